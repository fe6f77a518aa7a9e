"""The command line: thin. Every command is one call of the library, told in a medium."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._version import VERSION
from .errors import OfstedFrameworkError, nearest

if TYPE_CHECKING:
    from .dates import WorkingDays
    from .editions import Framework
    from .frames import Listing
    from .history import History
    from .planning import Agenda
    from .population import Agendas
    from .simulation import Outlook
    from .verdicts import CheckResult

OK, DEPARTURES, USAGE, BAD_INPUT, INTERNAL = range(5)
_FORMATS = ("text", "json", "markdown", "html", "csv")
_OF_MANY = ("ndjson", "tidy")
_FILE = "a record or table (.json, .ndjson, .csv, .toml, .ods, .xlsx), a folder, or sample:cafcass"
_SHOWN = 100
_SEVERITIES = ("error", "warning", "note")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ofsted-framework",
        description="Check, plan and explain inspections of Cafcass and of children's services.",
        epilog="Exit codes: 0 nothing to report, 1 departures, 2 usage, 3 bad input, 4 internal.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, help: str, run: Callable[[argparse.Namespace], int]):  # type: ignore[no-untyped-def]
        made = commands.add_parser(name, help=help, description=help)
        made.set_defaults(run=run)
        return made

    def told(made: argparse.ArgumentParser, *more: str) -> None:
        formats = (*_FORMATS, *more)
        made.add_argument("--format", choices=formats, default="text", help="how to tell it")

    def on_record(made: argparse.ArgumentParser, *more: str, formats: bool = True) -> None:
        made.add_argument("file", metavar="FILE", help=f"{_FILE}; - reads NDJSON")
        _on_table(made)
        made.add_argument(
            "--as-of", type=_day, required=True, metavar="DATE", help="the day of asking"
        )
        made.add_argument("--complete", action="store_true", help="the record holds everything")
        if formats:
            told(made, *more)
        made.add_argument("--only", action="append", default=[], metavar="NAME",
                          help="only this provision (or, in check, this rule)")  # fmt: skip
        _on_framework(made)

    check = command("check", "Check a record against the frameworks that governed it.", _check)
    on_record(check, *_OF_MANY)
    check.add_argument("--summary", action="store_true", help="count the verdicts")
    _by(check, "rule,provision,status")
    check.add_argument("--fail-on", choices=_SEVERITIES, default="error",
                       help="the least severity that makes the exit code 1")  # fmt: skip
    check.add_argument("--every", action="store_true", help="list what does not apply as well")
    check.add_argument("--explain", action="store_true", help="explain every verdict listed")
    due = command("due", "Say what is due next, in which window, and why.", _due)
    on_record(due, *_OF_MANY, "ics")
    due.set_defaults(wrong=due.error)
    due.add_argument("--summary", action="store_true", help="count what is due")
    _by(due, "quarter,framework,activity,kind")
    due.add_argument("--at", choices=("earliest", "expected", "latest"), default="latest",
                     help="the day of a window that counts for months and quarters")  # fmt: skip
    due.add_argument("--team", action="append", default=[], metavar="ACTIVITY=N[xDAYS]",
                     help="inspectors, and working days on site: inspection/short=4, "
                     "focused-visit=2x2")  # fmt: skip
    line = command("timeline", "Draw a record and what is due, as an SVG picture.", _timeline)
    on_record(line, formats=False)
    line.add_argument("--output", required=True, type=Path, metavar="FILE", help="the picture")
    simulated = command("simulate", "Simulate the coming years, many times over.", _simulate)
    simulated.set_defaults(wrong=simulated.error)
    start = simulated.add_mutually_exclusive_group(required=True)
    start.add_argument("file", metavar="FILE", nargs="?", help=_FILE)
    start.add_argument("--bare", action="store_true", help="without a record")
    simulated.add_argument("--as-of", type=_day, metavar="DATE",
                           help="the day of asking, with a record")  # fmt: skip
    simulated.add_argument("--start", type=_day, metavar="DATE",
                           help="the first day of a bare start")  # fmt: skip
    for name, least, text in (
        ("years", None, "how many years"),
        ("seed", None, "a whole number: the same seed gives the same histories"),
        ("replications", 1000, "how many times; 1,000 unless told"),
    ):
        simulated.add_argument(
            f"--{name}", type=int, metavar="N", default=least, required=least is None, help=text
        )
    simulated.add_argument("--behaviour", metavar="ID", help="a behaviour's id or file")
    simulated.add_argument("--without-departures", action="store_true",
                           help="everyone keeps to the framework")  # fmt: skip
    simulated.add_argument("--complete", action="store_true", help="the record holds everything")
    told(simulated)
    simulated.add_argument("--assumptions", action="store_true",
                           help="list every assumption in the text")  # fmt: skip
    simulated.add_argument("--only", action="append", default=[], metavar="KIND",
                           help="say when the next of this kind of event begins")  # fmt: skip
    simulated.add_argument(
        "--picture", type=Path, metavar="FILE", help="draw it, as an SVG picture"
    )
    _on_framework(simulated)
    fitted = command(
        "fit", "Estimate how everyone behaves from records, as a behaviour file.", _fit
    )
    fitted.add_argument("file", metavar="FILE", help=f"{_FILE}; - reads NDJSON")
    _on_table(fitted)
    fitted.add_argument("--known-at", type=_day, required=True, metavar="DATE",
                        help="the day: what was published later has no say")  # fmt: skip
    fitted.add_argument("--years", type=int, default=3, metavar="N",
                        help="how many years before it are looked at; 3 unless told")  # fmt: skip
    fitted.add_argument("--all-years", action="store_true", help="look at all of them")
    fitted.add_argument("--complete", action="store_true", help="the records hold everything")
    fitted.add_argument("--output", type=Path, metavar="FILE",
                        help="the behaviour file (.toml); else it is printed")  # fmt: skip
    made = command("convert", "Read records or tables, and write them in another layout.", _convert)
    made.add_argument("file", metavar="FILE", help=f"{_FILE}; - reads NDJSON")
    _on_table(made)
    made.add_argument("--complete", action="store_true", help="the record holds everything")
    made.add_argument("--format", choices=("json", "ndjson", "csv", "tidy"), default="ndjson",
                      help="how to write it; ndjson unless told")  # fmt: skip
    made.add_argument("--without-coverage", action="store_true",
                      help="leave out claims to be complete, which CSV cannot hold")  # fmt: skip
    after = command("deadlines", "Say what follows from one event.", _deadlines)
    after.add_argument("file", metavar="FILE", help=_FILE)
    after.add_argument("event", metavar="EVENT", help="the event's id")
    _on_framework(after)
    explain = command("explain", "Explain a rule by its code or name.", _explain)
    explain.add_argument("code", metavar="CODE", help="for instance OF301")
    frameworks = command("frameworks", "List the frameworks, or show one.", _frameworks)
    frameworks.add_argument("id", nargs="?", metavar="ID", help="a framework's id or file")
    frameworks.add_argument("--on", type=_day, metavar="DATE",
                            help="say which governs what begins on this day")  # fmt: skip
    frameworks.add_argument("--provider-kind", metavar="KIND", help="cafcass or local-authority")
    frameworks.add_argument("--format", choices=("text", "json"), default="text",
                            help="how to tell it, with --on")  # fmt: skip
    frameworks.set_defaults(wrong=frameworks.error)
    compared = command("diff", "Compare two frameworks, or two editions of one.", _diff)
    for name in ("one", "other"):
        compared.add_argument(name, metavar="ID[@DATE]",
                              help="a framework's id or file, as it is or on a day")  # fmt: skip
    compared.add_argument("--format", choices=("text", "json", "markdown"), default="text",
                          help="how to tell it")  # fmt: skip
    asked = command(
        "information-request",
        "Show what is asked for when an inspection begins, or check a list of closed cases.",
        _request,
    )
    asked.add_argument("file", nargs="?", metavar="FILE", help="a list of closed cases (.csv)")
    asked.add_argument("--on", type=_day, required=True, metavar="DATE",
                       help="the day on which the inspection or visit begins")  # fmt: skip
    asked.add_argument("--framework", default="cafcass-2021", metavar="ID",
                       help="a framework's id or file; cafcass-2021 unless told")  # fmt: skip
    asked.add_argument("--day-first", action="store_true", help="dates are written 22/01/2024")
    schema = command("schema", "Print the JSON Schema of a document.", _schema)
    schema.add_argument("kind", nargs="?", default="history", metavar="KIND", help="history")
    return parser


def _on_table(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--layout", metavar="ID", help="the layout of a table, instead of the one its header shows"
    )
    made.add_argument("--known", metavar="FILE",
                      help="records whose providers a table's rows belong to")  # fmt: skip


def _by(made: argparse.ArgumentParser, usual: str) -> None:
    made.add_argument("--by", metavar="NAMES", default=usual,
                      help=f"with --summary, what to count by; {usual} unless told")  # fmt: skip


def _on_framework(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--framework",
        action="append",
        metavar="ID",
        default=[],
        help="a framework's id or file, instead of those found by provider and date",
    )
    made.add_argument(
        "--choose",
        action="append",
        metavar="PROVISION=READING",
        default=[],
        help="choose a reading, for instance full-inspection=fixed-window",
    )
    made.add_argument(
        "--replace",
        action="append",
        metavar="PROVISION.FIELD=VALUE",
        default=[],
        help="supply a value, for instance report-publication.working_days=38",
    )
    made.add_argument("--holiday", action="append", type=_day, metavar="DATE", default=[],
                      help="a bank holiday that the calendar does not know")  # fmt: skip


def _day(text: str) -> date:
    from .dates import When

    try:
        when = When.parse(text)
    except OfstedFrameworkError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if not when.exact or when.earliest is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day: write 2026-11-23")
    return when.earliest


def _histories(args: argparse.Namespace) -> tuple[History, ...]:
    """The records of FILE; what could not be used of a table is told on standard error."""
    import attrs

    from .documents import sample
    from .history import COMPLETE
    from .tables import read

    complete = getattr(args, "complete", False)
    if args.file == "-" or args.file.startswith("sample:"):
        found = _piped() if args.file == "-" else (sample(args.file.removeprefix("sample:")),)
        return tuple(attrs.evolve(one, coverage=(COMPLETE,)) if complete else one for one in found)
    known = read(args.known).histories if getattr(args, "known", None) else ()
    layout = getattr(args, "layout", None)
    loaded = read(args.file, layout=layout, known=known, complete=complete)
    if loaded.rows:
        events = loaded.rows - len(loaded.repeated) - len(loaded.unused)
        counted = f"{_number(loaded.rows, 'row')}: {_number(events, 'event')} of "
        counted += _number(len(loaded.histories), "provider")
        counted += f", {len(loaded.repeated):,} told again, {len(loaded.unused):,} unused"
        print(f"{args.file}: {counted}", file=sys.stderr)
    if loaded.problems:
        lines = list(map(str, loaded.problems[:_SHOWN]))
        more = len(loaded.problems) - len(lines)
        lines += [f"and {more:,} more"] if more else []
        print(f"{_number(len(loaded.problems), 'problem')}:", *lines, sep="\n", file=sys.stderr)
    if not loaded.histories:
        raise OfstedFrameworkError.of("holds no event that can be used", args.file)
    return loaded.histories


def _piped() -> tuple[History, ...]:
    """The records on standard input, one on each line."""
    from .documents import loads

    try:
        found = loads(sys.stdin.read(), "ndjson")
    except UnicodeDecodeError as error:
        message = f"is not UTF-8: byte {error.start} is {error.object[error.start]:#x}"
        raise OfstedFrameworkError.of(message, "standard input") from None
    if not found:
        raise OfstedFrameworkError.of("holds no event that can be used", "standard input")
    return found


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"


def _calendar(args: argparse.Namespace) -> WorkingDays:
    from .dates import ENGLAND, WorkingDays

    return WorkingDays(args.holiday) if args.holiday else ENGLAND


def _by_kind(args: argparse.Namespace, histories: Iterable[History]) -> dict[str, list[Framework]]:
    """The frameworks for each kind of provider that there is a record of."""
    kinds = dict.fromkeys(one.provider.kind for one in histories)
    some = _edited(args, *kinds)
    return {kind: [one for one in some if one.provider_kind == kind] for kind in kinds}


def _edited(args: argparse.Namespace, *kinds: str) -> list[Framework]:
    """The frameworks for some kinds of provider, with readings chosen and values replaced."""
    from .editions import framework, frameworks

    some = [framework(name) for name in args.framework]
    some = some or [one for kind in kinds for one in frameworks(kind)]
    for text in args.choose:
        provision, equals, reading = text.partition("=")
        if not equals:
            raise OfstedFrameworkError.of("is not PROVISION=READING", text, place="--choose")
        some = [
            one.choose(id, reading=reading) if id else one for one, id in _having(some, provision)
        ]
    for text in args.replace:
        target, equals, value = text.partition("=")
        provision, dot, field = target.rpartition(".")
        if not equals or not dot:
            raise OfstedFrameworkError.of("is not PROVISION.FIELD=VALUE", text, place="--replace")
        number = int(value) if value.isdecimal() and value.isascii() else value
        new: dict[str, Any] = {field: number}
        some = [one.replace(id, **new) if id else one for one, id in _having(some, provision)]
    return some


def _having(some: Sequence[Framework], name: str) -> list[tuple[Framework, str]]:
    """Each framework with the provision's id where it has it: `id`, or `framework/id`."""
    prefix, _, id = name.rpartition("/")
    found = [
        (one, id if prefix in ("", one.id) and any(row.id == id for row in one.rows) else "")
        for one in some
    ]
    if not any(id for _, id in found):
        good = {row.id for one in some for row in one.rows}
        raise OfstedFrameworkError.of("is no provision here", name, nearest=nearest(id, good))
    return found


def _check(args: argparse.Namespace) -> int:
    from .population import Checks
    from .rules import RULES, check

    histories = _histories(args)
    worst, seen = _SEVERITIES.index(args.fail_on), False
    calendar = _calendar(args)
    frameworks = _by_kind(args, histories)
    every = [one for some in frameworks.values() for one in some]
    _known(args, every, {word for rule in RULES for word in (rule.code, rule.slug)})

    def answer(one: History) -> CheckResult:
        nonlocal seen
        some = frameworks[one.provider.kind]
        result = check(one, as_of=args.as_of, frameworks=some, calendar=calendar)
        if args.only:
            result.verdicts = tuple(
                v for v in result.verdicts if _wanted(args, v.provision, v.rule.code, v.rule.slug)
            )
        seen |= any(_SEVERITIES.index(d.severity) <= worst for d in result.departures)
        return result

    checks = Checks(histories, answer, _counter(len(histories)))
    if args.summary:
        _list(args, checks.summary(*args.by.split(",")))
    else:
        how = {"every": args.every, "explained": args.explain} if args.format == "text" else {}
        _tell(args, checks, "result", **how)
    return DEPARTURES if seen else OK


def _known(args: argparse.Namespace, some: Sequence[Framework], names: set[str]) -> None:
    """Refuse a name after `--only` that nothing bears."""
    good = names | {word for f in some for row in f.rows for word in (row.id, f"{f.id}/{row.id}")}
    for name in args.only:
        if name not in good:
            near = nearest(name, good)
            raise OfstedFrameworkError.of("is no provision or rule here", name, "--only", near)


def _wanted(args: argparse.Namespace, provision: str | None, *names: str) -> bool:
    """Whether an answer is among those asked for with `--only`; without it, all are."""
    mine = {*names, provision or "", (provision or "").rpartition("/")[2]}
    return not args.only or not mine.isdisjoint(args.only)


def _agendas(args: argparse.Namespace) -> Agendas:
    import attrs

    from .planning import due
    from .population import Agendas

    histories = _histories(args)
    calendar = _calendar(args)
    frameworks = _by_kind(args, histories)
    _known(args, [one for some in frameworks.values() for one in some], set())

    def answer(one: History) -> Agenda:
        some = frameworks[one.provider.kind]
        agenda = due(one, as_of=args.as_of, frameworks=some, calendar=calendar)
        kept = (o for o in agenda if _wanted(args, f"{o.framework}/{o.provision}"))
        return attrs.evolve(agenda, obligations=tuple(kept))

    return Agendas(histories, answer, _counter(len(histories)))


def _due(args: argparse.Namespace) -> int:
    if args.team and not args.summary:
        args.wrong("--team goes with --summary")
    if args.summary and args.format == "ics":
        args.wrong("a summary has no days for a calendar")
    agendas = _agendas(args)
    if args.summary:
        _list(args, agendas.summary(*args.by.split(","), at=args.at, teams=_teams(args.team)))
    else:
        _tell(args, agendas, "agenda")
    return OK


def _teams(words: Sequence[str]) -> dict[str, int | tuple[int, int]]:
    import re

    teams: dict[str, int | tuple[int, int]] = {}
    for word in words:
        name, _, team = word.partition("=")
        found = re.fullmatch(r"(\d{1,4})(?:x(\d{1,4}))?", team, re.ASCII)
        if found is None:
            message = "is not ACTIVITY=INSPECTORS or ACTIVITY=INSPECTORSxDAYS"
            raise OfstedFrameworkError.of(message, word, "--team")
        teams[name] = (int(found[1]), int(found[2])) if found[2] else int(found[1])
    return teams


def _convert(args: argparse.Namespace) -> int:
    import attrs

    from .documents import dump
    from .telling.tidy import histories_tidy

    histories = _histories(args)
    if args.without_coverage:
        histories = tuple(attrs.evolve(one, coverage=()) for one in histories)
    if args.format == "tidy":
        print(histories_tidy(histories).to_csv(), end="")
    elif args.format == "json" and len(histories) != 1:
        message = f"holds {len(histories)} records, and a JSON document holds one; write ndjson"
        raise OfstedFrameworkError.of(message, args.file)
    elif args.format == "csv":
        from ._hand import write_csv

        print(write_csv(*histories), end="")
    else:
        for one in histories:
            print(dump(one, layout=args.format), end="")
    return OK


def _counter(whole: int) -> Callable[[int], None] | None:
    """Shows how many records are done, on a terminal and where there are many."""
    if whole < 20 or not sys.stderr.isatty():
        return None

    def show(done: int) -> None:
        if done % 10 == 0 or done == whole:
            _bar(done, whole)
        if done == whole:
            print(f"\r{'':60}\r", end="", file=sys.stderr, flush=True)

    return show


def _list(args: argparse.Namespace, listing: Listing) -> None:
    """Tell a table of answers."""
    if args.format in ("csv", "tidy"):
        print(listing.to_csv(), end="")
    elif args.format in ("json", "ndjson"):
        import json

        records = listing.to_records()
        if args.format == "json":
            print(json.dumps(records, indent=2, ensure_ascii=False, default=str))
        else:
            for one in records:
                print(json.dumps(one, ensure_ascii=False, default=str))
    elif args.format == "html":
        from .telling.html import listing_html, page

        print(page("Inspections", listing_html(listing)))
    elif args.format == "markdown":
        from .telling.markdown import table

        print("\n".join(table(listing.columns, listing.rows)), end="")
    else:
        from .telling.text import listing_text

        print(listing_text(listing))


def _simulate(args: argparse.Namespace) -> int:
    from .telling.outlook import shown
    from .telling.outlook_picture import outlook_svg

    if args.bare and len(args.framework) != 1:
        args.wrong("--bare needs --framework, once")
    if args.bare and args.as_of is not None:
        args.wrong("--as-of goes with a record; --bare has a --start")
    if not args.bare and args.as_of is None:
        args.wrong("a record needs --as-of")
    if not args.bare and args.start is not None:
        args.wrong("--start goes with --bare; a record goes on from --as-of")
    histories = [None] if args.bare else _histories(args)
    if args.picture is not None and len(histories) != 1:
        raise OfstedFrameworkError.of("holds several providers; a picture shows one", args.file)
    outlooks = [_outlook(args, one) for one in histories]
    for one in outlooks:
        shown(one, args.only)
    if args.picture is not None:
        drawn = outlook_svg(outlooks[0], only=args.only)
        args.picture.write_text(drawn, encoding="utf-8", newline="\n")
    how = {"every": args.assumptions} if args.format == "text" else {}
    if args.format not in ("json", "csv"):
        how["only"] = args.only
    _tell(args, outlooks, "outlook", **how)
    if args.picture is not None:
        # Not among what another program reads.
        stream = sys.stdout if args.format == "text" else sys.stderr
        print(f"The picture is in {args.picture}.", file=stream)
    return OK


def _outlook(args: argparse.Namespace, history: History | None) -> Outlook:
    from .simulation import read_behaviour, simulate

    used = _one(args, history)
    behaviour = read_behaviour(args.behaviour or used.provider_kind)
    if args.without_departures:
        behaviour = behaviour.without_departures()
    on_terminal = sys.stderr.isatty()
    try:
        return simulate(
            used,
            history,
            as_of=args.as_of,
            start=args.start,
            years=args.years,
            replications=args.replications,
            seed=args.seed,
            behaviour=behaviour,
            calendar=_calendar(args),
            progress=_bar if on_terminal else None,
        )
    finally:
        if on_terminal:
            print(f"\r{'':60}\r", end="", file=sys.stderr, flush=True)


def _fit(args: argparse.Namespace) -> int:
    from .simulation import fit

    years = None if args.all_years else args.years
    found = fit(_histories(args), known_at=args.known_at, years=years)
    if args.output is None:
        print(found.to_toml(), end="")
        return OK
    if args.output.suffix != ".toml":
        raise OfstedFrameworkError.of("is not the name of a .toml file", str(args.output))
    args.output.write_text(found.to_toml(), encoding="utf-8", newline="\n")
    print(f"{len(found.assumptions)} assumptions are in {args.output}. {found.title}.")
    return OK


def _bar(done: int, whole: int) -> None:
    """Show how much is done, on a terminal."""
    drawn = f"{'#' * (30 * done // whole):.<30}"
    print(f"\r[{drawn}] {done:,} of {whole:,}", end="", file=sys.stderr, flush=True)


def _one(args: argparse.Namespace, history: History | None) -> Framework:
    """The one framework to simulate: that which is surely in force on the day of asking."""
    from .dates import Answer, When

    some = _edited(args, "" if history is None else history.provider.kind)
    if len(some) != 1:
        day = When(args.as_of, args.as_of)
        some = [one for one in some if one.in_force(day) is Answer.YES]
    if len(some) != 1:
        found = f"is a day on which these are in force: {', '.join(one.id for one in some)}"
        found = found if some else "is a day on which no framework known here is surely in force"
        message = f"{found}; --framework says which one to simulate"
        raise OfstedFrameworkError.of(message, args.as_of.isoformat(), "--as-of")
    return some[0]


def _tell(
    args: argparse.Namespace,
    answers: Iterable[CheckResult | Agenda | Outlook],
    kind: str,
    **how: Any,
) -> None:
    """Tell answers one after another, as far as the medium lets them be told so."""
    from importlib import import_module

    if args.format == "ics":
        from .telling.calendar_file import agendas_ics

        sys.stdout.write(agendas_ics(answers))  # type: ignore[arg-type]  # of what is due alone
        return
    if args.format == "tidy":
        from .telling import tidy

        told_of: Any = tidy.results_tidy if kind == "result" else tidy.agendas_tidy
        print(told_of(answers).to_csv(), end="")
        return
    shape = "plain" if args.format in ("json", "ndjson") else args.format
    module = {"csv": "csv_text"}.get(shape, shape)
    home = import_module(f".telling.{'outlook' if kind == 'outlook' else module}", __package__)
    tell = getattr(home, f"{kind}_{shape}")
    if args.format == "json":
        plain = [tell(one, **how) for one in answers]
        _print_json(plain[0] if len(plain) == 1 else plain)
    elif args.format == "ndjson":
        import json

        for one in answers:
            print(json.dumps(tell(one, **how), ensure_ascii=False))
    elif args.format == "html":
        from .telling.html import page

        some = list(answers)
        picture = _picture(some[0], how) if len(some) == 1 else ""
        print(page("Inspections", "\n".join(tell(one, **how) for one in some), picture))
    elif args.format == "csv":  # one table: the header of the first only
        for number, one in enumerate(answers):
            told = tell(one, **how)
            print(told if number == 0 else told.split("\n", 1)[1], end="")
    else:
        end = "\n" if args.format == "text" else ""
        for number, one in enumerate(answers):
            print("\n\n" * (number > 0) + tell(one, **how), end="")
        print(end=end)


def _picture(answer: CheckResult | Agenda | Outlook, how: dict[str, Any]) -> str:
    """The picture that goes with an answer, where there is one."""
    from .planning import Agenda
    from .verdicts import CheckResult

    if isinstance(answer, CheckResult):
        return ""
    if isinstance(answer, Agenda):
        from .telling.timeline import timeline_svg

        return timeline_svg(answer)
    from .telling.outlook_picture import outlook_svg

    return outlook_svg(answer, **how)


def _timeline(args: argparse.Namespace) -> int:
    from .telling.timeline import timeline_svg

    agendas = list(_agendas(args))
    if len(agendas) != 1:
        raise OfstedFrameworkError.of("holds several providers; a picture shows one", args.file)
    args.output.write_text(timeline_svg(agendas[0]), encoding="utf-8", newline="\n")
    print(f"The timeline is in {args.output}.")
    return OK


def _deadlines(args: argparse.Namespace) -> int:
    from .planning import deadlines
    from .telling.text import obligation_text

    for history in _histories(args):
        event = history.get(args.event)
        if event is None:
            near = nearest(args.event, (one.id for one in history.events))
            raise OfstedFrameworkError.of("is no event of this record", args.event, nearest=near)
        governing = [
            one
            for one in _edited(args, history.provider.kind)
            if event.framework == one.id
            or (event.framework is None and one.start.lo <= event.start.hi
                and (one.end is None or event.start.lo <= one.end.hi))
        ]  # fmt: skip
        if not governing:
            raise OfstedFrameworkError.of("came under no framework known here", args.event)
        for one in governing:
            found = deadlines(event, framework=one, calendar=_calendar(args))
            print(
                "\n\n".join(obligation_text(each, asked=False) for each in found)
                or "Nothing follows."
            )
    return OK


def _explain(args: argparse.Namespace) -> int:
    from .rules import explain

    print(explain(args.code))
    return OK


def _frameworks(args: argparse.Namespace) -> int:
    from .editions import framework, frameworks
    from .telling.text import framework_text

    if args.on is not None:
        return _governing(args)
    if args.id is not None:
        print(framework_text(framework(args.id)))
        return OK
    for one in frameworks():
        period = f"from {one.start.in_words()}" + (f" to {one.end.in_words()}" if one.end else "")
        print(f"{one.id}  {one.provider_kind}  {period}  {one.title}")
    return OK


def _governing(args: argparse.Namespace) -> int:
    from .editions import governing
    from .telling.editions import governing_plain, governing_text

    if args.id is not None or args.provider_kind is None:
        args.wrong("--on needs --provider-kind, and no ID")
    answer = governing(args.provider_kind, on=args.on)
    if args.format == "json":
        _print_json(governing_plain(answer))
    else:
        print(governing_text(answer))
    return OK


def _diff(args: argparse.Namespace) -> int:
    import attrs

    from .changes import diff
    from .telling.editions import difference_markdown, difference_plain, difference_text

    found = diff(_edition(args.one), _edition(args.other))
    found = attrs.evolve(found, one=args.one, other=args.other)  # with their days
    if args.format == "json":
        _print_json(difference_plain(found))
    else:
        told = {"text": difference_text, "markdown": difference_markdown}[args.format]
        print(told(found))
    return OK


def _edition(name: str) -> Framework:
    """A framework as it is, or on the day after an @."""
    from .editions import framework

    id, at, day = name.rpartition("@")
    if not at or name.endswith(".toml"):  # a file may have any name
        return framework(name)
    try:
        return framework(id).at(_day(day))
    except argparse.ArgumentTypeError as error:
        raise OfstedFrameworkError.of(str(error), name) from None


def _request(args: argparse.Namespace) -> int:
    from .editions import framework
    from .telling.editions import request_text

    request = framework(args.framework).information_request(on=args.on)
    if args.file is None:
        print(request_text(request))
        return OK
    faults = request.check(args.file, begins=args.on, day_first=args.day_first)
    if faults:
        raise OfstedFrameworkError(faults)
    print("The list has the form that is asked for.")
    return OK


def _print_json(plain: object) -> None:
    import json

    print(json.dumps(plain, indent=2, ensure_ascii=False))


def _schema(args: argparse.Namespace) -> int:
    import json

    from .documents import json_schema

    print(json.dumps(json_schema(args.kind), indent=2, ensure_ascii=False))
    return OK


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: The arguments; None: those of the process.

    Returns:
        The exit code: 0 nothing at or above `--fail-on`, 1 departures, 2 usage, 3 bad input,
        4 internal.
    """
    try:
        args = _parser().parse_args(argv)
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except SystemExit as end:  # of the parser
        return end.code if isinstance(end.code, int) else USAGE
    except OfstedFrameworkError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        sys.stderr.close()
        return OK
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return BAD_INPUT
    except Exception as error:
        print(f"internal error: {type(error).__name__}: {error}", file=sys.stderr)
        return INTERNAL


if __name__ == "__main__":
    sys.exit(main())
