"""The command line: thin. Every command is one call of the library, told in a medium."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._version import VERSION
from .errors import OfstedFrameworkError, in_file, nearest, number_of

if TYPE_CHECKING:
    from .dates import WorkingDays
    from .editions import Framework
    from .frames import Listing
    from .history import History
    from .planning import Agenda
    from .population import Agendas
    from .simulation import Comparison, Outlook, Reply
    from .simulation.questions import Question
    from .tables.books import Sheet
    from .verdicts import CheckResult

OK, DEPARTURES, USAGE, BAD_INPUT, INTERNAL = range(5)
_FORMATS = ("text", "json", "markdown", "html", "csv")
_OF_MANY = ("ndjson", "tidy")
_FILE = "a record or table (.json, .ndjson, .csv, .toml, .ods, .xlsx), a folder, or sample:cafcass"
_SHOWN = 100
_ASKED = ("text", "markdown", "json", "csv")
_QUESTIONS = (
    "within=FIRST/LAST[/KIND]", "time-to-next[=KIND]", "inadequate[=STATUS]", "contacts[=KIND,…]",
    "longest-gap[=KIND,…]", "inspector-days", "detection=AREA", "unnoticed=AREA",
)  # fmt: skip
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

    def on_record(
        made: argparse.ArgumentParser, *more: str, formats: bool = True, only: str = "kind of event"
    ) -> None:
        made.add_argument("file", metavar="FILE", help=f"{_FILE}; - reads NDJSON")
        _on_table(made)
        made.add_argument(
            "--as-of", type=_day, required=True, metavar="DATE", help="the day of asking"
        )
        made.add_argument("--complete", action="store_true", help="the record holds everything")
        if formats:
            told(made, *more)
        made.add_argument("--only", action="append", default=[], metavar="NAME",
                          help=f"only this provision or {only}")  # fmt: skip
        _on_framework(made)

    check = command("check", "Check a record against the frameworks that governed it.", _check)
    on_record(check, *_OF_MANY, only="rule")
    check.add_argument("--summary", action="store_true", help="count the verdicts")
    _by(check, "rule,provision,status")
    check.add_argument("--fail-on", choices=_SEVERITIES, default="error",
                       help="the least severity that makes the exit code 1")  # fmt: skip
    check.add_argument("--accepted", metavar="FILE",
                       help="a TOML file of accepted departures, which do not set 1")  # fmt: skip
    check.add_argument("--every", action="store_true",
                       help="in the text, list what does not apply as well")  # fmt: skip
    check.add_argument("--explain", action="store_true",
                       help="in the text, explain every verdict listed")  # fmt: skip
    due = command("due", "Say what is due next, in which window, and why.", _due)
    on_record(due, *_OF_MANY, "ics")
    due.add_argument("--summary", action="store_true", help="count what is due")
    _by(due, "quarter,framework,activity,kind")
    due.add_argument("--at", choices=("earliest", "expected", "latest"),
                     help="with --summary, the day of a window that counts for months and "
                     "quarters; latest unless told")  # fmt: skip
    due.add_argument("--team", action="append", default=[], metavar="ACTIVITY=N[xDAYS]",
                     help="with --summary, inspectors, and working days on site: "
                     "inspection/short=4, focused-visit=2x2")  # fmt: skip
    due.add_argument("--picture", type=Path, metavar="FILE", help="draw it, as an SVG picture")
    line = command("timeline", "Draw a record and what is due, as an SVG picture.", _timeline)
    on_record(line, formats=False)
    line.add_argument("--output", required=True, type=Path, metavar="FILE", help="the picture")
    simulated = command("simulate", "Simulate the coming years, many times over.", _simulate)
    _on_simulation(simulated)
    told(simulated)
    simulated.add_argument("--only", action="append", default=[], metavar="KIND",
                           help="say when the next of this kind of event begins")  # fmt: skip
    simulated.add_argument(
        "--picture", type=Path, metavar="FILE", help="draw it, as an SVG picture (extra: plotting)"
    )
    _on_framework(simulated)
    compared = command(
        "compare", "Simulate under two frameworks or values, and say what differs.", _compare
    )
    _on_simulation(compared)
    compared.add_argument("--format", choices=_ASKED, default="text", help="how to tell it")
    _on_framework(compared)
    compared.add_argument("--against", metavar="ID", help="the other framework's id or file; the "
                          "same one unless told")  # fmt: skip
    for name, shape, text in (
        ("choose", "PROVISION=READING", "choose a reading in the other alone"),
        ("replace", "PROVISION.FIELD=VALUE", "supply a value in the other alone"),
    ):
        compared.add_argument(
            f"--against-{name}", action="append", metavar=shape, default=[], help=text
        )
    compared.add_argument("--against-behaviour", metavar="ID",
                          help="the other's behaviour: an id or a file")  # fmt: skip
    fitted = command(
        "fit", "Estimate how everyone behaves from records, as a behaviour file.", _fit
    )
    fitted.add_argument("file", metavar="FILE", help=f"{_FILE}; - reads NDJSON")
    _on_table(fitted)
    fitted.add_argument("--known-at", type=_day, required=True, metavar="DATE",
                        help="the day: what was published later has no say")  # fmt: skip
    fitted.add_argument("--years", type=int, metavar="N",
                        help="how many years before it are looked at; 3 unless told")  # fmt: skip
    fitted.add_argument("--all-years", action="store_true", help="look at all of them")
    fitted.add_argument("--complete", action="store_true", help="the records hold everything")
    fitted.add_argument("--output", type=Path, metavar="FILE",
                        help="the behaviour file (.toml); else it is printed")  # fmt: skip
    fitted.set_defaults(wrong=fitted.error)
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
    frameworks.add_argument("--provider-kind", metavar="KIND",
                            help="cafcass or local-authority, to list only these")  # fmt: skip
    frameworks.add_argument("--format", choices=("text", "json"), default="text",
                            help="how to tell it, with --on or of one: its document")  # fmt: skip
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
    asked.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="a list of closed cases (.csv, .xlsx, .ods); - reads CSV",
    )
    asked.add_argument("--on", type=_day, required=True, metavar="DATE",
                       help="the day on which the inspection or visit begins")  # fmt: skip
    asked.add_argument("--framework", default="cafcass-2021", metavar="ID",
                       help="a framework's id or file; cafcass-2021 unless told")  # fmt: skip
    asked.add_argument("--day-first", action="store_true", help="dates are written 22/01/2024")
    told(asked)
    asked.set_defaults(wrong=asked.error)
    schema = command("schema", "Print the JSON Schema of a document.", _schema)
    schema.add_argument("kind", nargs="?", default="history", metavar="KIND",
                        help="history, check-result, agenda, framework or behaviour")  # fmt: skip
    schema.add_argument("--openapi", action="store_true",
                        help="print all, as components of an OpenAPI description")  # fmt: skip
    return parser


def _on_table(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--layout", metavar="ID", help="the layout of a table, instead of the one its header shows"
    )
    made.add_argument("--known", metavar="FILE",
                      help="records whose providers a table's rows belong to")  # fmt: skip


def _by(made: argparse.ArgumentParser, usual: str) -> None:
    made.add_argument("--by", metavar="NAMES",
                      help=f"with --summary, what to count by; {usual} unless told; a word that "
                      "is none of them lists them")  # fmt: skip
    made.set_defaults(usual=usual, wrong=made.error)


def _on_simulation(made: argparse.ArgumentParser) -> None:
    """What a simulation needs to be told."""
    made.set_defaults(wrong=made.error)
    start = made.add_mutually_exclusive_group(required=True)
    start.add_argument("file", metavar="FILE", nargs="?", help=_FILE)
    start.add_argument("--bare", action="store_true", help="without a record")
    made.add_argument("--as-of", type=_day, metavar="DATE",
                      help="the day of asking, with a record")  # fmt: skip
    made.add_argument("--start", type=_day, metavar="DATE",
                      help="the first day of a bare start")  # fmt: skip
    for name, least, text in (
        ("years", None, "how many years"),
        ("seed", None, "a whole number: the same seed gives the same histories"),
        ("replications", 1000, "how many times; 1,000 unless told"),
    ):
        made.add_argument(
            f"--{name}", type=int, metavar="N", default=least, required=least is None, help=text
        )
    made.add_argument("--behaviour", metavar="ID", help="a behaviour's id or file")
    made.add_argument("--true-quality", action="store_true",
                      help="grades follow a true quality that drifts")  # fmt: skip
    made.add_argument("--without-departures", action="store_true",
                      help="everyone keeps to the framework")  # fmt: skip
    made.add_argument("--complete", action="store_true", help="the record holds everything")
    made.add_argument("--ask", action="append", default=[], metavar="QUESTION",
                      help="reply to a question: " + ", ".join(_QUESTIONS))  # fmt: skip
    made.add_argument("--assumptions", action="store_true",
                      help="list every assumption in the text")  # fmt: skip
    made.add_argument("--team", action="append", default=[], metavar="ACTIVITY=N[xDAYS]",
                      help="inspectors, and days on site, for inspector-days")  # fmt: skip


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
        help="supply a value, for instance report-publication.working_days=38; of one of several "
        "frameworks, or for a day: ilacs-2018/report-publication@2024-05-01.working_days=38",
    )
    made.add_argument("--holiday", action="append", type=_day, metavar="DATE", default=[],
                      help="a bank holiday that the calendar does not know")  # fmt: skip


def _day(text: str) -> date:
    from .dates import When

    try:
        when = When.parse(text)
        if when.exact and when.earliest is not None:
            return when.earliest
    except OfstedFrameworkError:  # whose words tell how rough days are spelt, which is of no use
        pass
    message = f"{text!r} is not a day in the years 1900 to 2230: write 2026-11-23"
    raise argparse.ArgumentTypeError(message)


def _histories(args: argparse.Namespace) -> tuple[History, ...]:
    """The records of FILE; what could not be used of a table is told on standard error."""
    import attrs

    complete = getattr(args, "complete", False)
    given = args.file == "-" or args.file.startswith("sample:")
    no_table = given or Path(args.file).suffix.lower() in (".json", ".ndjson", ".toml")
    for name in ("layout", "known"):
        if no_table and getattr(args, name, None):
            message = f"goes with a table, and {args.file} is none"
            raise OfstedFrameworkError.of(message, place=f"--{name}")
    if given:
        from .documents import sample
        from .history import COMPLETE

        found = _piped() if args.file == "-" else (sample(args.file.removeprefix("sample:")),)
        return tuple(attrs.evolve(one, coverage=(COMPLETE,)) if complete else one for one in found)
    from .tables import read

    known = read(args.known).histories if getattr(args, "known", None) else ()
    layout = getattr(args, "layout", None)
    loaded = read(args.file, layout=layout, known=known, complete=complete)
    if loaded.rows:
        events = loaded.rows - len(loaded.repeated) - len(loaded.unused)
        told = f"{number_of(loaded.rows, 'row')}: {number_of(events, 'event')} of "
        told += number_of(len(loaded.histories), "provider")
        told += f", {len(loaded.repeated):,} told again, {len(loaded.unused):,} unused"
        print(f"{args.file}: {told}", file=sys.stderr)
    if loaded.problems:
        lines = list(map(str, loaded.problems[:_SHOWN]))
        more = len(loaded.problems) - len(lines)
        lines += [f"and {more:,} more"] if more else []
        print(f"{number_of(len(loaded.problems), 'problem')}:", *lines, sep="\n", file=sys.stderr)
    if not loaded.histories:
        raise OfstedFrameworkError.of("holds no event that can be used", args.file)
    return loaded.histories


def _piped() -> tuple[History, ...]:
    """The records on standard input, one on each line."""
    from .documents import loads

    found = loads(_standard_input(), "ndjson")
    if not found:
        raise OfstedFrameworkError.of("holds no event that can be used", "standard input")
    return found


def _standard_input(remedy: str = "") -> str:
    if sys.stdin is None:
        raise OfstedFrameworkError.of("is closed", place="standard input")
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        message = f"is not UTF-8: byte {error.start} is {error.object[error.start]:#x}{remedy}"
        raise OfstedFrameworkError.of(message, "standard input") from None


def _calendar(args: argparse.Namespace) -> WorkingDays:
    from .dates import ENGLAND, WorkingDays

    return WorkingDays(args.holiday) if args.holiday else ENGLAND


def _by_kind(args: argparse.Namespace, histories: Iterable[History]) -> dict[str, list[Framework]]:
    """The frameworks for each kind of provider that there is a record of."""
    from .dates import Answer, When

    kinds = dict.fromkeys(one.provider.kind for one in histories)
    for one in _given(args) if args.framework else ():
        if one.provider_kind not in kinds:
            message = f"is about another kind of provider than the record ({', '.join(kinds)})"
            raise OfstedFrameworkError.of(message, one.id, "--framework")
    some, day = _given(args, *kinds), When(args.as_of, args.as_of)
    if args.command == "check":  # of what has ended the record is judged too
        meant = [one for one in some if one.start.lo <= args.as_of.toordinal()]
    else:
        meant = [one for one in some if one.in_force(day) is not Answer.NO]
    some = _edited(args, some, meant)
    return {kind: [one for one in some if one.provider_kind == kind] for kind in kinds}


def _given(args: argparse.Namespace, *kinds: str) -> list[Framework]:
    """The frameworks that are named, or those that ship for some kinds of provider."""
    from .editions import framework, frameworks

    some = [framework(name) for name in args.framework]
    return some or [one for kind in kinds for one in frameworks(kind)]


def _edited(
    args: argparse.Namespace, some: list[Framework], meant: Sequence[Framework]
) -> list[Framework]:
    """Frameworks with readings chosen and values replaced; tells on standard error of which.

    Args:
        args: What was asked for.
        some: The frameworks.
        meant: Those among which a provision is looked for that is named without its framework.
    """
    among = [one.id for one in meant]
    before = {one.id: one.changes for one in some}
    for text in args.choose:
        provision, equals, reading = text.partition("=")
        if not equals:
            raise OfstedFrameworkError.of("is not PROVISION=READING", text, place="--choose")
        place, id = _having(some, among, provision, "--choose")
        with _said_by(f"--choose {text}"):
            some = [*some[:place], some[place].choose(id, reading=reading), *some[place + 1 :]]
    for text in args.replace:
        target, equals, value = text.partition("=")
        provision, dot, field = target.rpartition(".")
        if not equals or not dot:
            raise OfstedFrameworkError.of("is not PROVISION.FIELD=VALUE", text, place="--replace")
        provision, at, on = provision.partition("@")
        number = int(value) if value.isdecimal() and value.isascii() else value
        new: dict[str, Any] = {field: number, **({"on": _date(on, "--replace")} if at else {})}
        place, id = _having(some, among, provision, "--replace")
        with _said_by(f"--replace {text}"):
            some = [*some[:place], some[place].replace(id, **new), *some[place + 1 :]]
    for one in some:
        for change in one.changes[len(before[one.id]) :]:
            print(f"Value replaced: {one.id}/{change}.", file=sys.stderr)
    return some


@contextmanager
def _said_by(option: str) -> Iterator[None]:
    """Every fault comes with the option that it is of."""
    try:
        yield
    except OfstedFrameworkError as error:
        raise OfstedFrameworkError(in_file(fault, option) for fault in error.faults) from None


def _date(text: str, place: str) -> date:
    try:
        return _day(text)
    except argparse.ArgumentTypeError as error:
        raise OfstedFrameworkError.of(str(error), place=place) from None


def _having(some: Sequence[Framework], among: list[str], name: str, flag: str) -> tuple[int, str]:
    """Where the one framework stands that has a provision, and its id: `id`, or `framework/id`."""
    prefix, slash, id = name.rpartition("/")
    having = [n for n, one in enumerate(some) if any(row.id == id for row in one.rows)]
    wanted = [prefix] if slash else among
    found = [place for place in having if some[place].id in wanted]
    if len(found) == 1:
        return found[0], id
    if found or (having and not slash):
        places = found or having
        names = ", ".join(f"{some[place].id}/{id}" for place in places)
        message = f"is a provision of {len(places)} frameworks: say of which ({names})"
        if len(places) == 1:
            message = f"is a provision of no framework that is in question; say so to mean {names}"
        raise OfstedFrameworkError.of(message, name, flag)
    good = {f"{one.id}/{row.id}" if slash else row.id for one in some for row in one.rows}
    raise OfstedFrameworkError.of("is no provision here", name, flag, nearest(name, good))


def _check(args: argparse.Namespace) -> int:
    from .acceptance import read_acceptances
    from .population import Checks
    from .rules import RULES, check

    _for_nothing(args, not args.summary, "goes with --summary", "by")
    text = args.format == "text" and not args.summary
    _for_nothing(args, not text, "goes with the text of a result", "every", "explain")
    histories = _histories(args)
    worst, seen = _SEVERITIES.index(args.fail_on), False
    departed, severities = 0, Counter[str]()
    calendar = _calendar(args)
    frameworks = _by_kind(args, histories)
    every = [one for some in frameworks.values() for one in some]
    _known(args, every, {word for rule in RULES for word in (rule.code, rule.slug)})

    accepted = () if args.accepted is None else read_acceptances(args.accepted)

    def answer(one: History) -> CheckResult:
        nonlocal seen, departed
        some = frameworks[one.provider.kind]
        result = check(one, as_of=args.as_of, frameworks=some, calendar=calendar, accepted=accepted)
        if args.only:
            result.verdicts = tuple(
                v for v in result.verdicts if _wanted(args, v.provision, v.rule.code, v.rule.slug)
            )
        if args.only or len(histories) > 1:  # the others may be of what is not looked at here
            unused = set(result.unused)
            result.acceptances = tuple(a for a in result.acceptances if a not in unused)
        seen |= any(_SEVERITIES.index(d.severity) <= worst for d in result.standing)
        departed += bool(result.departures)
        severities.update(departure.severity for departure in result.departures)
        return result

    checks = Checks(histories, answer, _counter(len(histories)))
    if args.summary:
        _list(args, checks.summary(*_counted_by(args)))
    else:
        how = {"every": args.every, "explained": args.explain} if args.format == "text" else {}
        _tell(args, checks, "result", **how)
        if args.format == "text" and len(histories) > 1:
            from .telling.text import listed

            told = listed(number_of(severities[one], one) for one in _SEVERITIES if severities[one])
            records = number_of(len(histories), "record")
            found = f"Departures in {departed:,} of {records}: {told}."
            print("\n", found if departed else f"No departures in {records}.", sep="\n")
    return DEPARTURES if seen else OK


def _known(args: argparse.Namespace, some: Sequence[Framework], names: set[str]) -> None:
    """Refuse a name after `--only` that nothing bears."""
    good = names | {word for f in some for row in f.rows for word in (row.id, f"{f.id}/{row.id}")}
    for name in args.only:
        if name not in good:
            near = nearest(name, good)
            what = "provision or kind of event" if "inspection" in names else "provision or rule"
            raise OfstedFrameworkError.of(f"is no {what} here", name, "--only", near)


def _wanted(args: argparse.Namespace, provision: str | None, *names: str) -> bool:
    """Whether an answer is among those asked for with `--only`; without it, all are."""
    mine = {*names, provision or "", (provision or "").rpartition("/")[2]}
    return not args.only or not mine.isdisjoint(args.only)


def _agendas(args: argparse.Namespace) -> Agendas:
    import attrs

    from .events import EVENTS
    from .planning import due
    from .population import Agendas

    histories = _histories(args)
    calendar = _calendar(args)
    frameworks = _by_kind(args, histories)
    _known(args, [one for some in frameworks.values() for one in some], set(EVENTS))

    def answer(one: History) -> Agenda:
        some = frameworks[one.provider.kind]
        agenda = due(one, as_of=args.as_of, frameworks=some, calendar=calendar)
        kept = (o for o in agenda if _wanted(args, f"{o.framework}/{o.provision}", o.activity))
        return attrs.evolve(agenda, obligations=tuple(kept))

    return Agendas(histories, answer, _counter(len(histories)))


def _for_nothing(args: argparse.Namespace, so: bool, why: str, *names: str) -> None:
    """Refuse options that were given and would say nothing."""
    for name in names if so else ():
        if getattr(args, name) not in (None, False, []):
            args.wrong(f"--{name.replace('_', '-')} {why}")


def _counted_by(args: argparse.Namespace) -> list[str]:
    names: str = args.usual if args.by is None else args.by
    return names.split(",")


def _due(args: argparse.Namespace) -> int:
    from .frames import Listing

    _for_nothing(args, not args.summary, "goes with --summary", "team", "by", "at")
    if args.summary and args.format == "ics":
        args.wrong("a summary has no days for a calendar")
    _for_nothing(args, args.summary, "does not go with --summary", "picture")
    agendas = _agendas(args)
    if args.summary:
        at = {} if args.at is None else {"at": args.at}
        listing = agendas.summary(*_counted_by(args), teams=_teams(args.team), **at)
        if not args.team and args.format in ("text", "markdown", "html"):  # days of nobody
            listing = Listing.of(listing.columns[:-3], (row[:-3] for row in listing.rows))
        _list(args, listing)
    elif args.picture is None:
        _tell(args, agendas, "agenda")
    else:
        from .telling.agenda_picture import agenda_svg

        some = list(agendas)
        if len(some) != 1:
            raise OfstedFrameworkError.of("holds several providers; a picture shows one", args.file)
        _draw(args, agenda_svg(some[0]))
        _tell(args, some, "agenda")
        _drawn(args)
    return OK


def _write(args: argparse.Namespace, path: Path, text: str) -> None:
    """Write a file whole or not at all, and never in the place of one that is read.

    Raises:
        OfstedFrameworkError: It is a file that is read, or cannot be written.
    """
    names = [args.file, *(getattr(args, name, None) for name in ("known", "accepted", "behaviour"))]
    for name in (*names, *getattr(args, "framework", ())):
        if name and _is_read(Path(name), path):
            message = "is read, and would be lost: name another file to write"
            raise OfstedFrameworkError.of(message, str(path))
    made = None
    try:
        if path.exists() and not path.is_file():  # a device; or a folder, which is refused
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        whole = path.resolve()  # what a link leads to
        made = whole.with_name(f".{whole.name}.{os.getpid()}.part")
        made.write_text(text, encoding="utf-8", newline="\n")
        if whole.exists():
            made.chmod(whole.stat().st_mode)
        made.replace(whole)
    except OSError as error:
        if made is not None:
            made.unlink(missing_ok=True)
        message = f"cannot be written: {error.strerror}"
        raise OfstedFrameworkError.of(message, str(path)) from None


def _is_read(given: Path, path: Path) -> bool:
    """Whether a file is the one that was given to be read, or one of a folder that was."""
    if not (given.exists() and path.is_file()):
        return False
    endings = (".json", ".ndjson", ".csv", ".toml", ".ods", ".xlsx")
    inside = given.resolve() in path.resolve().parents and path.suffix.lower() in endings
    return given.samefile(path) or inside


def _draw(args: argparse.Namespace, picture: str) -> None:
    _write(args, args.picture, picture)


def _drawn(args: argparse.Namespace) -> None:
    """Say where a picture is; not among what another program reads."""
    stream = sys.stdout if args.format == "text" else sys.stderr
    print(f"The picture is in {args.picture}.", file=stream)


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
    from .telling import figures
    from .telling.outlook import shown

    _no_start(args)
    questions = _asked(args)
    if questions and args.format not in _ASKED:
        args.wrong(f"replies to --ask are told as {', '.join(_ASKED)}")
    _for_nothing(args, args.bare, "goes with a record", "complete")
    _for_nothing(args, args.format != "text", "goes with the text", "assumptions")
    whole = args.format in ("json", "csv") and args.picture is None
    _for_nothing(args, whole, f"does not go with {args.format}, which tells of every kind", "only")
    histories = [None] if args.bare else _histories(args)
    if args.picture is not None and len(histories) != 1:
        raise OfstedFrameworkError.of("holds several providers; a picture shows one", args.file)
    if args.picture is not None:
        figures.needed()
    outlooks = [_outlook(args, one) for one in histories]
    for one in outlooks:
        shown(one, args.only)
    if args.picture is not None:
        drawn = figures.chart("next_chart", outlooks[0], next(iter(args.only), None)).svg()
        _draw(args, drawn)
    how = {"every": args.assumptions} if args.format == "text" else {}
    if args.format not in ("json", "csv"):
        how["only"] = args.only
    if questions:
        from .simulation import replies

        _tell_asked(args, [reply for one in outlooks for reply in replies(one, questions)])
    else:
        _tell(args, outlooks, "outlook", **how)
    if args.picture is not None:
        _drawn(args)
    return OK


def _no_start(args: argparse.Namespace) -> None:
    """Refuse a simulation that does not say where it starts."""
    if args.bare and len(args.framework) != 1:
        args.wrong("--bare needs --framework, once")
    if args.bare and args.as_of is not None:
        args.wrong("--as-of goes with a record; --bare has a --start")
    if not args.bare and args.as_of is None:
        args.wrong("a record needs --as-of")
    if not args.bare and args.start is not None:
        args.wrong("--start goes with --bare; a record goes on from --as-of")


def _asked(args: argparse.Namespace) -> list[Question]:
    """The questions that are asked."""
    from . import simulation as home

    found: list[Question] = []
    for word in args.ask:
        name, _, value = word.partition("=")
        kinds = tuple(value.split(",")) if value else None
        if name == "within":
            ends = value.split("/")
            if len(ends) not in (2, 3):
                raise OfstedFrameworkError.of("is not within=FIRST/LAST[/KIND]", word, "--ask")
            try:
                days = [date.fromisoformat(one) for one in ends[:2]]
            except ValueError as error:
                raise OfstedFrameworkError.of(f"has no days: {error}", word, "--ask") from None
            kind = ends[2] if len(ends) == 3 else "inspection"
            found.append(home.Within(first=days[0], last=days[1], of=kind))
        elif name == "time-to-next":
            found.append(home.TimeToNext(of=value or "inspection"))
        elif name == "inadequate":
            found.append(home.TimeJudgedInadequate(status=value or None))
        elif name == "contacts":
            found.append(home.Contacts(of=kinds))
        elif name == "longest-gap":
            found.append(home.LongestGap(of=kinds))
        elif name == "inspector-days":
            if not args.team:
                raise OfstedFrameworkError.of("needs teams: --team inspection=6", word, "--ask")
            found.append(home.InspectorDays(teams=_teams(args.team)))
        elif name in ("detection", "unnoticed"):
            kind_of = home.DetectionDelay if name == "detection" else home.Unnoticed
            found.append(kind_of(area=value))
        else:
            names = [one.partition("=")[0].partition("[")[0] for one in _QUESTIONS]
            raise OfstedFrameworkError.of(
                f"is no question ({', '.join(_QUESTIONS)})", word, "--ask", nearest(name, names)
            )
    return found


def _tell_asked(args: argparse.Namespace, some: Iterable[Reply | Comparison]) -> None:
    """Tell replies or comparisons."""
    from .telling.replies import replies_text, told_csv, told_plain

    some = list(some)
    if args.format == "json":
        plain = [told_plain(one) for one in some]
        _print_json(plain[0] if len(plain) == 1 else plain)
    elif args.format == "csv":
        print(told_csv(some), end="")
    elif args.format == "markdown":
        print("\n".join(one.to_markdown() for one in some), end="")
    else:
        print(replies_text(some, every=args.assumptions))


def _compare(args: argparse.Namespace) -> int:
    from .simulation import compare

    _no_start(args)
    if not args.ask:
        args.wrong(f"nothing is asked: --ask one of {', '.join(_QUESTIONS)}")
    others = [args.against] if args.against else args.framework
    other = argparse.Namespace(**{
        **vars(args),
        "framework": others,
        "choose": [*args.choose, *args.against_choose],
        "replace": [*args.replace, *args.against_replace],
        "behaviour": args.against_behaviour or args.behaviour,
    })  # fmt: skip
    questions = _asked(args)
    histories = [None] if args.bare else _histories(args)
    found = []
    for history in histories:
        pair = _outlook(args, history), _outlook(other, history)
        names = tuple(one.framework.id for one in pair)
        names = names if names[0] != names[1] else (names[0], f"{names[1]}, the other")
        found.append(compare(*pair, *questions, names=(names[0], names[1])))
    _tell_asked(args, found)
    return OK


def _outlook(args: argparse.Namespace, history: History | None) -> Outlook:
    from .simulation import read_behaviour, simulate

    used = _one(args, history)
    behaviour = read_behaviour(args.behaviour or used.provider_kind)
    if args.true_quality:
        behaviour = behaviour.joined(read_behaviour("true-quality"))
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

    _for_nothing(args, args.all_years, "does not go with --all-years", "years")
    years = None if args.all_years else 3 if args.years is None else args.years
    found = fit(_histories(args), known_at=args.known_at, years=years)
    if args.output is None:
        print(found.to_toml(), end="")
        return OK
    if args.output.suffix != ".toml":
        raise OfstedFrameworkError.of("is not the name of a .toml file", str(args.output))
    _write(args, args.output, found.to_toml())
    print(f"{len(found.assumptions)} assumptions are in {args.output}. {found.title}.")
    return OK


def _bar(done: int, whole: int) -> None:
    """Show how much is done, on a terminal."""
    drawn = f"{'#' * (30 * done // whole):.<30}"
    print(f"\r[{drawn}] {done:,} of {whole:,}", end="", file=sys.stderr, flush=True)


def _one(args: argparse.Namespace, history: History | None) -> Framework:
    """The one framework to simulate: that which is surely in force on the day of asking."""
    from .dates import Answer, When

    some = _given(args, "" if history is None else history.provider.kind)
    if len(some) != 1:
        day = When(args.as_of, args.as_of)
        some = [one for one in some if one.in_force(day) is Answer.YES]
    some = _edited(args, some, some)
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
        picture = _picture(some[0]) if len(some) == 1 else ""
        parts = [tell(one, **how) for one in some]
        if len(some) > 1 and kind != "outlook":
            from .telling.html import overview

            parts = overview(some, parts)  # type: ignore[arg-type]  # of no outlooks
        print(page("Inspections", "\n".join(parts), picture))
    elif args.format == "csv":  # one table: the header of the first only
        for number, one in enumerate(answers):
            told = tell(one, **how)
            print(told if number == 0 else told.split("\n", 1)[1], end="")
    else:
        end = "\n" if args.format == "text" else ""
        for number, one in enumerate(answers):
            print("\n\n" * (number > 0) + tell(one, **how), end="")
        print(end=end)


def _picture(answer: CheckResult | Agenda | Outlook) -> str:
    """The timeline that goes with an agenda; an outlook brings its charts along."""
    from .planning import Agenda
    from .telling.timeline import timeline_svg

    return timeline_svg(answer) if isinstance(answer, Agenda) else ""


def _timeline(args: argparse.Namespace) -> int:
    from .telling.timeline import timeline_svg

    agendas = list(_agendas(args))
    if len(agendas) != 1:
        raise OfstedFrameworkError.of("holds several providers; a picture shows one", args.file)
    _write(args, args.output, timeline_svg(agendas[0]))
    print(f"The timeline is in {args.output}.")
    return OK


def _deadlines(args: argparse.Namespace) -> int:
    from .dates import Answer
    from .planning import deadlines
    from .telling.text import obligation_text

    for history in _histories(args):
        event = history.get(args.event)
        if event is None:
            near = nearest(args.event, (one.id for one in history.events))
            raise OfstedFrameworkError.of("is no event of this record", args.event, nearest=near)
        given = _given(args, history.provider.kind)
        governing = [one for one in given if one.governs(event) is not Answer.NO]
        if not governing:
            raise OfstedFrameworkError.of("came under no framework known here", args.event)
        for one in _edited(args, governing, governing):
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
    from .dates import rough_day
    from .editions import framework, frameworks
    from .telling.editions import framework_plain
    from .telling.text import framework_text

    if args.on is not None:
        return _governing(args)
    if args.id is not None:
        _for_nothing(args, True, "goes without an ID", "provider_kind")
        found = framework(args.id)
        if args.format == "json":
            from .documents import dump

            print(dump(found), end="")
        else:
            print(framework_text(found))
        return OK
    some = frameworks(args.provider_kind)
    if args.format == "json":
        _print_json([framework_plain(one, rows=False) for one in some])
        return OK
    for one in some:
        period = f"from {rough_day(one.start)}" + (f" to {rough_day(one.end)}" if one.end else "")
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
    return framework(id).at(_date(day, name))


def _request(args: argparse.Namespace) -> int:
    from .editions import framework
    from .telling import request as told

    asked = framework(args.framework).information_request(on=args.on)
    if args.file is None:
        if args.day_first:
            args.wrong("--day-first goes with a FILE")
        if args.format == "csv":
            print(told.request_listing(asked).to_csv(), end="")
        else:
            _show(args, asked, "request", told)
        return OK
    found = asked.check(
        _list_piped() if args.file == "-" else args.file, begins=args.on, day_first=args.day_first
    )
    if args.format == "csv":
        print(found.to_listing().to_csv(), end="")
    else:
        _show(args, found, "checked", told)
    return DEPARTURES if found.faults else OK


def _show(args: argparse.Namespace, answer: object, kind: str, told: Any) -> None:
    """Tell one answer in the medium that is asked for."""
    if args.format == "json":
        _print_json(getattr(told, f"{kind}_plain")(answer))
        return
    shown = getattr(told, f"{kind}_{args.format}")(answer)
    if args.format == "html":
        from .telling.html import page

        shown = page("Information request", shown)
    print(shown)


def _list_piped() -> Sheet:
    """The list of closed cases on standard input, as CSV."""
    from ._hand import csv_rows
    from .tables.books import Sheet

    return Sheet(None, list(csv_rows(_standard_input("; save it as “CSV UTF-8”"))))


def _print_json(plain: object) -> None:
    import json

    print(json.dumps(plain, indent=2, ensure_ascii=False))


def _schema(args: argparse.Namespace) -> int:
    from .documents import json_schema, openapi_components

    told = {"components": openapi_components()} if args.openapi else json_schema(args.kind)
    _print_json(told)
    return OK


@contextmanager
def _in_utf_8() -> Iterator[None]:
    """Read and write UTF-8, whatever the locale: documents are, and say so.

    A terminal keeps its own encoding. What cannot be written in it, or at all, is escaped.
    """
    if isinstance(sys.stdin, io.TextIOWrapper) and not sys.stdin.isatty():
        with suppress(io.UnsupportedOperation):  # something was read already
            sys.stdin.reconfigure(encoding="utf-8", errors="strict")
    out = sys.stdout
    if not isinstance(out, io.TextIOWrapper):
        yield
        return
    encoding, errors = out.encoding, out.errors
    out.reconfigure(encoding=encoding if out.isatty() else "utf-8", errors="backslashreplace")
    try:
        yield
    finally:
        with suppress(OSError, ValueError):  # a pipe that nobody reads, or one that was closed
            out.reconfigure(encoding=encoding, errors=errors)


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
        if sys.stdout is None:
            raise OfstedFrameworkError.of("is closed", place="standard output")
        with _in_utf_8():
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
        print(f"{error.filename or 'standard output'}: {error.strerror}", file=sys.stderr)
        return BAD_INPUT
    except Exception as error:
        print(f"internal error: {type(error).__name__}: {error}", file=sys.stderr)
        return INTERNAL


if __name__ == "__main__":
    sys.exit(main())
