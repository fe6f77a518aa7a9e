"""The command line: thin. Every command is one call of the library, told in a medium."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._version import VERSION
from .errors import OfstedFrameworkError, nearest

if TYPE_CHECKING:
    from .dates import WorkingDays
    from .editions import Framework
    from .history import History
    from .planning import Agenda
    from .simulation import Outlook
    from .verdicts import CheckResult

OK, DEPARTURES, USAGE, BAD_INPUT, INTERNAL = range(5)
_FORMATS = ("text", "json", "markdown", "html", "csv")
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

    def told(made: argparse.ArgumentParser) -> None:
        made.add_argument("--format", choices=_FORMATS, default="text", help="how to tell it")

    def on_record(made: argparse.ArgumentParser, formats: bool = True) -> None:
        made.add_argument(
            "file", metavar="FILE", help="a record (.json, .csv, .toml), or sample:cafcass"
        )
        made.add_argument(
            "--as-of", type=_day, required=True, metavar="DATE", help="the day of asking"
        )
        made.add_argument("--complete", action="store_true", help="the record holds everything")
        if formats:
            told(made)
        made.add_argument("--only", action="append", default=[], metavar="NAME",
                          help="only this provision (or, in check, this rule)")  # fmt: skip
        _on_framework(made)

    check = command("check", "Check a record against the frameworks that governed it.", _check)
    on_record(check)
    check.add_argument("--fail-on", choices=_SEVERITIES, default="error",
                       help="the least severity that makes the exit code 1")  # fmt: skip
    check.add_argument("--every", action="store_true", help="list what does not apply as well")
    check.add_argument("--explain", action="store_true", help="explain every verdict listed")
    due = command("due", "Say what is due next, in which window, and why.", _due)
    on_record(due)
    line = command("timeline", "Draw a record and what is due, as an SVG picture.", _timeline)
    on_record(line, formats=False)
    line.add_argument("--output", required=True, type=Path, metavar="FILE", help="the picture")
    simulated = command("simulate", "Simulate the coming years, many times over.", _simulate)
    simulated.set_defaults(wrong=simulated.error)
    start = simulated.add_mutually_exclusive_group(required=True)
    start.add_argument("file", metavar="FILE", nargs="?",
                       help="a record (.json, .csv, .toml), or sample:cafcass")  # fmt: skip
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
    after = command("deadlines", "Say what follows from one event.", _deadlines)
    after.add_argument(
        "file", metavar="FILE", help="a record (.json, .csv, .toml), or sample:cafcass"
    )
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


def _histories(name: str, complete: bool = False) -> tuple[History, ...]:
    from .documents import read, sample
    from .history import COMPLETE, History

    if name.startswith("sample:"):
        found = sample(name.removeprefix("sample:"))
        if complete:
            found = History(found.provider, found.events, coverage=(COMPLETE,))
        return (found,)
    return read(name, complete=complete).histories


def _calendar(args: argparse.Namespace) -> WorkingDays:
    from .dates import ENGLAND, WorkingDays

    return WorkingDays(args.holiday) if args.holiday else ENGLAND


def _edited(args: argparse.Namespace, kind: str) -> list[Framework]:
    """The frameworks for a kind of provider, with readings chosen and values replaced."""
    from .editions import framework, frameworks

    some = [framework(name) for name in args.framework] or list(frameworks(kind))
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
    from .rules import RULES, check

    results = []
    for one in _histories(args.file, args.complete):
        some = _edited(args, one.provider.kind)
        _known(args, some, {word for rule in RULES for word in (rule.code, rule.slug)})
        result = check(one, as_of=args.as_of, frameworks=some, calendar=_calendar(args))
        result.verdicts = tuple(
            v for v in result.verdicts if _wanted(args, v.provision, v.rule.code, v.rule.slug)
        )
        results.append(result)
    worst = _SEVERITIES.index(args.fail_on)
    severities = [departure.severity for result in results for departure in result.departures]
    how = {"every": args.every, "explained": args.explain} if args.format == "text" else {}
    _tell(args, results, "result", **how)
    return DEPARTURES if any(_SEVERITIES.index(one) <= worst for one in severities) else OK


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


def _agendas(args: argparse.Namespace) -> list[Agenda]:
    import attrs

    from .planning import due

    agendas = []
    for one in _histories(args.file, args.complete):
        some = _edited(args, one.provider.kind)
        _known(args, some, set())
        agenda = due(one, as_of=args.as_of, frameworks=some, calendar=_calendar(args))
        kept = (o for o in agenda if _wanted(args, f"{o.framework}/{o.provision}"))
        agendas.append(attrs.evolve(agenda, obligations=tuple(kept)))
    return agendas


def _due(args: argparse.Namespace) -> int:
    _tell(args, _agendas(args), "agenda")
    return OK


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
    histories = [None] if args.bare else _histories(args.file, args.complete)
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
    answers: Sequence[CheckResult | Agenda | Outlook],
    kind: str,
    **how: Any,
) -> None:
    from importlib import import_module

    module = {"json": "plain", "csv": "csv_text"}.get(args.format, args.format)
    shape = "plain" if args.format == "json" else args.format
    home = import_module(f".telling.{'outlook' if kind == 'outlook' else module}", __package__)
    told = [getattr(home, f"{kind}_{shape}")(one, **how) for one in answers]
    if args.format == "json":
        import json

        print(json.dumps(told[0] if len(told) == 1 else told, indent=2, ensure_ascii=False))
    elif args.format == "html":
        from .telling.html import page

        picture = _picture(answers[0], how) if len(answers) == 1 else ""
        print(page("Inspections", "\n".join(told), picture))
    elif args.format == "csv":  # one table: the header of the first only
        parts = [part if i == 0 else part.split("\n", 1)[1] for i, part in enumerate(told)]
        print("".join(parts), end="")
    else:
        print("\n\n".join(told), end="\n" if args.format == "text" else "")


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

    agendas = _agendas(args)
    if len(agendas) != 1:
        raise OfstedFrameworkError.of("holds several providers; a picture shows one", args.file)
    args.output.write_text(timeline_svg(agendas[0]), encoding="utf-8", newline="\n")
    print(f"The timeline is in {args.output}.")
    return OK


def _deadlines(args: argparse.Namespace) -> int:
    from .planning import deadlines
    from .telling.text import obligation_text

    for history in _histories(args.file):
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
