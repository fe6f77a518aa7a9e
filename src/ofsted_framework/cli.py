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

    def on_record(made: argparse.ArgumentParser, formats: bool = True) -> None:
        made.add_argument(
            "file", metavar="FILE", help="a record (.json, .csv, .toml), or sample:cafcass"
        )
        made.add_argument(
            "--as-of", type=_day, required=True, metavar="DATE", help="the day of asking"
        )
        made.add_argument("--complete", action="store_true", help="the record holds everything")
        if formats:
            made.add_argument("--format", choices=_FORMATS, default="text", help="how to tell it")
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
    _tell(args, results, "result")
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


def _tell(args: argparse.Namespace, answers: Sequence[CheckResult | Agenda], kind: str) -> None:
    from importlib import import_module

    if args.format == "text":
        from .telling import text

        if kind == "agenda":
            told = [text.agenda_text(one) for one in answers]  # type: ignore[arg-type]
        else:
            told = [
                text.result_text(one, every=args.every, explained=args.explain)  # type: ignore[arg-type]
                for one in answers
            ]
        print("\n\n".join(told))
    elif args.format == "json":
        import json

        from .telling import plain

        made = [getattr(plain, f"{kind}_plain")(one) for one in answers]
        print(json.dumps(made[0] if len(made) == 1 else made, indent=2, ensure_ascii=False))
    elif args.format == "html":
        from .telling import html

        body = "\n".join(getattr(html, f"{kind}_html")(one) for one in answers)
        line = ""
        if kind == "agenda" and len(answers) == 1:
            from .telling.timeline import timeline_svg

            line = timeline_svg(answers[0])  # type: ignore[arg-type]
        print(html.page("Inspections", body, line))
    else:
        module = {"markdown": "markdown", "csv": "csv_text"}[args.format]
        tell = getattr(import_module(f".telling.{module}", __package__), f"{kind}_{args.format}")
        parts = [tell(one) for one in answers]
        if args.format == "csv":  # one table: the header of the first only
            parts = [part if i == 0 else part.split("\n", 1)[1] for i, part in enumerate(parts)]
        print("".join(parts) if args.format == "csv" else "\n\n".join(parts), end="")


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

    if args.id is not None:
        print(framework_text(framework(args.id)))
        return OK
    for one in frameworks():
        period = f"from {one.start.in_words()}" + (f" to {one.end.in_words()}" if one.end else "")
        print(f"{one.id}  {one.provider_kind}  {period}  {one.title}")
    return OK


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
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else USAGE
    try:
        code: int = args.run(args)
        sys.stdout.flush()
        return code
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
