"""Read made-up and spoilt files with every reader of outside input, as many as are wanted.

    python tools/fuzz.py --examples 1000000 --seed 1

Each example is a small good file of one sort, spoilt in a few places. It is read; what can be read
is also written again, checked and told. Nothing may come out of that but an answer or the library's
own error, and what a document was read into must be the same after it was written and read once
more. The same seed gives the same examples; `--only` takes some of the sorts, and a failure is
printed with the number under which `--at` shows it again.
"""

from __future__ import annotations

import argparse
import functools
import io
import json
import random
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

import ofsted_framework as of  # noqa: E402
from ofsted_framework import documents  # noqa: E402
from ofsted_framework.editions import read_framework  # noqa: E402
from ofsted_framework.errors import OfstedFrameworkError  # noqa: E402
from ofsted_framework.history import History  # noqa: E402
from ofsted_framework.simulation import Behaviour, behaviour  # noqa: E402
from ofsted_framework.tables.layouts import read_layout  # noqa: E402

GOLDEN = ROOT / "tests" / "golden"
DATA = ROOT / "src" / "ofsted_framework" / "data"
AS_OF = date(2026, 11, 23)
_TEXTS = (
    *("", " ", "x", "2024-01-22", "2024-02-30", "../2024-04", "2024-03/2024-02", "1899-12-31"),
    *("9999-12-31", "0000-00-00", "inspection", "cafcass", "*", "complete", "not-known", "1"),
    *(
        "\ud800",
        "a\udfffb",
        "\u202eevil\u202c",
        "\u2066x\u2069",
        "\0",
        "a\x1b[31mb",
        "\r\n",
        "\x85",
    ),
    *(
        "\ufeff",
        "\ufffe",
        "🙂",
        "é",
        "ﬁ",
        "=1+1",
        "'=x",
        "@x",
        "<b>&amp;",
        "{id}",
        "{",
        "}}",
        "{0}",
    ),
    *("a/b~c", "../../etc/passwd", "C:\\x", "%s%n", "$(x)", "[link](x)", "x" * 3000, "١٢", "１"),
)
_NUMBERS = (
    *(0, -1, 1, 2, 7, 365, 10**4, 2**31, 2**63, 2**64, -(2**63), 10**30, 10**400, -(10**19)),
    *(0.0, -0.0, 1.0, 0.5, 1e308, 5e-324),
)
_TOKENS = (
    *("NaN", "-Infinity", "1e999", "1" * 5000, "-", "null", "true", "{}", "[]", "[" * 60, "]" * 60),
    *('"', "\\", '\\"', "\\ud800", "\\u0000", ",", ":", "\n", "\t", "\0", "\ufeff", "\u2028"),
    *("0x10", "1_000", "1979-05-27T07:32:00Z", "07:32:00", "inf", "'''", '"""', "[[", "]]", "#"),
    *("=", ";", '""', "'", "\r", "\x1a", "é", "\u202e", "https://", "-0", "00", "1e5", ".5"),
)


class Sort(NamedTuple):
    """One sort of file."""

    weight: int
    """How often it is taken, beside the others."""
    make: Callable[[random.Random], str | bytes]
    """Makes a spoilt one."""
    read: Callable[[Any], object]
    """Reads it, and uses what was read."""


# --- Spoiling ---------------------------------------------------------------------------------


def other(chance: random.Random) -> Any:
    """Any value, more often a hostile one."""
    match chance.randrange(8):
        case 0 | 1 | 2:
            return chance.choice(_TEXTS)
        case 3:
            return chance.choice(_NUMBERS)
        case 4:
            return chance.choice((None, True, False, float("nan"), float("inf")))
        case 5:
            return [other(chance) for _ in range(chance.randrange(4))]
        case 6:
            return {str(chance.choice(_TEXTS)): other(chance) for _ in range(chance.randrange(3))}
    deep: Any = []
    for _ in range(chance.choice((2, 2, 3, 3, 3, 30, 400))):
        deep = [deep]
    return deep


def spoilt(plain: Any, chance: random.Random) -> Any:
    """The values with one of them changed, dropped, moved or given twice."""
    if isinstance(plain, dict) and plain and chance.random() < 0.93:
        key = chance.choice(list(plain))
        match chance.randrange(20):
            case 0:
                return {name: value for name, value in plain.items() if name != key}
            case 1:
                name = chance.choice((*_TEXTS[:20], key + "s", key.upper(), "type", "while"))
                return {**plain, name: other(chance)}
            case 2:
                return {**plain, key: plain[chance.choice(list(plain))]}
        return {**plain, key: spoilt(plain[key], chance)}
    if isinstance(plain, list) and plain and chance.random() < 0.93:
        at = chance.randrange(len(plain))
        match chance.randrange(12):
            case 0:
                return plain[:at] + plain[at + 1 :]
            case 1:
                return [*plain, plain[at]]
            case 2:
                return plain[::-1]
        return [*plain[:at], spoilt(plain[at], chance), *plain[at + 1 :]]
    if isinstance(plain, str) and plain and chance.random() < 0.4:
        return cut(plain, chance)
    if type(plain) is int and chance.random() < 0.4:
        return plain + chance.choice((-1, 1, 100, -100, 10**6))
    return other(chance)


def cut(text: str, chance: random.Random) -> str:
    """The text with a piece of it left out, doubled, or changed for something else."""
    at = chance.randrange(len(text) + 1)
    to = min(len(text), at + chance.choice((0, 1, 1, 2, 5, 40)))
    piece = chance.choice((*_TOKENS, *_TEXTS[:40], "", "", text[at:to] * 2, text[to : to + 30]))
    return text[:at] + piece + text[to:]


def times(chance: random.Random) -> int:
    """In how many places a file is spoilt."""
    return chance.choice((0, 1, 1, 1, 1, 2, 3, 6))


# --- JSON -------------------------------------------------------------------------------------


@functools.cache
def golden(name: str) -> Any:
    """A golden document, made smaller where most of its parts are alike."""
    plain = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    if name.startswith("check-result"):
        kept = plain["verdicts"][::6]
        codes = {f"{v['code']}[{v['provision'] or ''}]:{v['subject']}" for v in kept}
        plain["verdicts"] = kept
        plain["departures"] = [id for id in plain["departures"] if id in codes]
        plain["counts"] = {
            status: sum(v["status"] == status for v in kept) for status in plain["counts"]
        }
    if name.startswith("agenda"):
        plain["obligations"] = plain["obligations"][:2]
    return plain


def of_json(*names: str) -> Callable[[random.Random], str]:
    """Spoilt JSON documents."""

    def make(chance: random.Random) -> str:
        plain = golden(chance.choice(names))
        for _ in range(times(chance)):
            plain = spoilt(plain, chance)
        ascii = chance.random() < 0.5
        text = json.dumps(plain, ensure_ascii=ascii)
        for _ in range(chance.choice((0, 0, 0, 0, 1, 2))):
            text = cut(text, chance)
        return text

    return make


def read_document(text: str) -> None:
    """Read a document of any kind, write it again and use it."""
    value = documents.load_document(text)
    again = asked(lambda: documents.dump(value))
    back = documents.load_document(again)
    assert back == value
    assert documents.dump(back) == again
    if isinstance(value, History):
        use_history(value)
    elif isinstance(value, of.Framework):
        use_framework(value)


def asked(ask: Callable[[], Any]) -> Any:
    """An answer on what was read; None: a deadline lies beyond the calendar.

    Raises:
        AssertionError: It was refused otherwise: it ought to have been refused when it was read.
    """
    try:
        return ask()
    except OfstedFrameworkError as error:
        # What an event names as its framework is looked at only when it is asked about.
        if any(
            "table of working days" in fault.message or fault.place.endswith("/framework")
            for fault in error.faults
        ):
            return None
        raise AssertionError(f"refused after it was read: {error}") from error


def use_history(history: History) -> None:
    """Ask what can be asked of a record: of one in five, since it takes long."""
    if zlib.crc32(repr(history.events).encode("utf-8", "replace")) % 5:
        return
    for ask in (of.check, of.due):
        answer = asked(lambda ask=ask: ask(history, as_of=AS_OF))
        if answer is not None:
            asked(answer.explain)
            asked(lambda answer=answer: documents.load_document(documents.dump(answer)))


@functools.cache
def records() -> dict[str, History]:
    """A small record of each kind of provider."""
    return {
        "cafcass": of.sample("cafcass").known_at(date(2024, 6, 1)),
        "local-authority": of.sample("south-tyneside"),
    }


def use_framework(framework: of.Framework) -> None:
    """Check a record against a framework: one in three, since it takes long."""
    if zlib.crc32(framework.content_hash.encode()) % 3:
        return
    history = records()[framework.provider_kind]
    for ask in (of.check, of.due):
        answer = asked(lambda ask=ask: ask(history, as_of=AS_OF, frameworks=[framework]))
        if answer is not None:
            asked(answer.explain)


def read_lines(text: str) -> None:
    """Read records, one on each line."""
    for one in documents.loads(text, "ndjson"):
        asked(lambda one=one: documents.dump(one))


def of_lines(chance: random.Random) -> str:
    """Spoilt NDJSON."""
    one = of_json("history-1")
    lines = [json.dumps(golden("history-1")) for _ in range(chance.randrange(2))]
    lines += [one(chance).replace("\n", " ") for _ in range(chance.randrange(1, 3))]
    return chance.choice(("\n", "\n\n", "\r\n", " ")).join(lines)


# --- TOML -------------------------------------------------------------------------------------

_RECORD = """
[provider]
name = "Cafcass"
kind = "cafcass"
[[coverage]]
type = "*"
from = 2014-01-01
fields = ["*"]
[[events]]
type = "inspection"
id = "a"
start = 2024-01-22
end = "2024-02"
judgements = [{area = "private-law-practice", grade = "good"}]
"""
_FRAMEWORK = """
id = "own"
based_on = "cafcass-2021"
[choose]
full-inspection = "fixed-window"
[[replace]]
id = "report-publication"
working_days = 38
[[duration]]
id = "long"
activity = "inspection"
days = 30
effective_from = "2022-01/2022-03"
sentence = "It lasts {days} days."
grounds = [{part = "sentence", basis = "assumed", facts = []}]
[[duration]]
id = "long"
activity = "inspection"
days = 40
"""
_WHOLE = """
id = "whole"
title = "A whole framework"
provider_kind = "local-authority"
start = 2018-01-01
[areas]
overall-effectiveness = "Overall effectiveness"
[[scale]]
id = "four"
grades = ["outstanding", "good", "requires-improvement", "inadequate"]
[[cadence]]
id = "interval"
activity = "inspection"
opening = "framework-start"
since_last = {months = 36, before = 6}
sentence = "Every {since_last.months} months."
grounds = [{part = "sentence", basis = "official", from = 2018-01-01}]
[[response]]
id = "report"
after = ["inspection"]
when = {kind = ["standard", "short"]}
gives = "published"
working_days = "not-known"
sentence = "Within {working_days} working days."
grounds = []
[[status]]
id = "low"
if = [{areas = ["overall-effectiveness"], or_worse = "inadequate"}]
scale = "four"
sentence = "Inadequate overall."
grounds = []
[[only]]
id = "monitoring"
activity = "monitoring-visit"
while = "low"
sentence = "Only while inadequate."
grounds = []
[[suspension]]
id = "pause"
activities = ["inspection"]
effective_from = 2020-03-17
effective_to = "2020-09"
published = 2020-03-20
sentence = "Suspended."
grounds = []
"""
_BEHAVIOUR = """
id = "own"
title = "Tried out"
like = {behaviour = "cafcass", says = "By analogy."}
[[assumption]]
what = "late-by"
of = "inspection"
weights = {7 = 5, 28 = 2, 100 = 1}
basis = "assumed"
[[assumption]]
what = "grade-move"
of = "overall-effectiveness"
given = "good"
weights = {good = 17, inadequate = 3}
basis = "reported"
facts = ["own:1"]
[[fact]]
id = "own:1"
status = "read"
says = "So it was."
"""


def of_toml(*texts: str) -> Callable[[random.Random], str]:
    """Spoilt TOML: cut as text, or one value of it set to another."""

    def make(chance: random.Random) -> str:
        text = chance.choice(texts)
        lines = text.split("\n")
        for _ in range(times(chance)):
            at = chance.randrange(len(lines))
            key, equals, _ = lines[at].partition(" = ")
            match chance.randrange(5):
                case 0 | 1 if equals:
                    lines[at] = f"{key} = {told(other(chance))}"
                case 2:
                    lines.insert(at, chance.choice(lines))
                case 3:
                    del lines[at]
                    lines = lines or [""]
                case _:
                    lines[at] = cut(lines[at], chance)
        return "\n".join(lines)

    return make


def told(value: Any) -> str:
    """A value as TOML spells it, more or less."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {told(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        depth, inner = 0, value
        while isinstance(inner, list) and len(inner) == 1:
            depth, inner = depth + 1, inner[0]
        rest = ", ".join(map(told, inner)) if isinstance(inner, list) else told(inner)
        return "[" * (depth + 1) + rest + "]" * (depth + 1)
    if value is None:
        return "nan"
    return json.dumps(value, ensure_ascii=False).replace("NaN", "nan").replace("Infinity", "inf")


def read_toml_record(text: str) -> None:
    """Read a record in TOML and use it."""
    (history,) = documents.loads(text, "toml")
    assert asked(lambda: documents.load_document(documents.dump(history))) == history
    use_history(history)


def read_toml_framework(text: str) -> None:
    """Read a framework file and use it."""
    framework = read_framework(text)
    assert asked(lambda: documents.load_document(documents.dump(framework))) == framework
    use_framework(framework)


def read_toml_behaviour(text: str) -> None:
    """Read a behaviour file."""
    one = behaviour._read(text)
    back = documents.load_document(documents.dump(one))
    assert back == one
    assert isinstance(back, Behaviour)
    assert back.content_hash == one.content_hash


def layout_text(chance: random.Random) -> str:
    """A spoilt layout file."""
    names = ("ilacs-events", "ofsted-in-year", "ofsted-as-at-31-march", "d2i-summary")
    return of_toml(*((DATA / "layouts" / f"{n}.toml").read_text("utf-8") for n in names))(chance)


def use_layout(text: str) -> None:
    """Read a layout, and tables with it."""
    layout = read_layout(text)
    table = folder() / "layout.csv"
    for rows in (_TABLE, _IN_YEAR):
        table.write_text(rows, encoding="utf-8")
        try:
            loaded = of.read(table, layout=layout)
        except OfstedFrameworkError as error:  # it is a layout of other tables
            str(error)
        else:
            use_loaded(loaded)


# --- Tables -----------------------------------------------------------------------------------

_CSV = """\
provider,provider_kind,type,id,start,end,published,kind,note,grade:overall-effectiveness,judgements
Northshire,local-authority,inspection,i-1,2019-05-13,2019-05-24,2019-07-04,standard,"a, b",good,
Northshire,local-authority,focused-visit,v-1,2021-06,,../2021-08-01,,'=x,,none
"""
_TABLE = """\
event_id,urn,authority,framework,kind,kind_basis,start,end,published,overall,leaders,in_care
e-1,90001,Northshire,ILACS,standard,read,2023-09-04,2023-09-15,2023-10-30,good,good,good
e-2,90001,Northshire,ILACS,focused visit,read,2021-06-15,2021-06-16,2021-07-20,,,
"""
_IN_YEAR = """\
Local authority inspections between 1 April 2023 and 31 March 2024
Local authority name,Inspection/Visit date,Publication date,Inspection/Visit type,Visit Theme
Northshire,04/09/2023,30/10/2023,Standard inspection,
Northshire,05/06/2023,,Focused visit,The front door
"""
_CASES = """Child ID,Case ID
1,2
3,4
"""
_folder: list[tempfile.TemporaryDirectory[str]] = []


def folder() -> Path:
    """A folder for files of a moment, the same for the whole run."""
    if not _folder:
        _folder.append(tempfile.TemporaryDirectory())
    return Path(_folder[0].name)


def of_csv(*texts: str) -> Callable[[random.Random], bytes]:
    """Spoilt CSV, in bytes: not always UTF-8."""

    def make(chance: random.Random) -> bytes:
        lines = [line.split(",") for line in chance.choice(texts).split("\n")]
        for _ in range(times(chance)):
            line = chance.choice(lines)
            at = chance.randrange(len(line))
            match chance.randrange(4):
                case 0:
                    line[at] = str(chance.choice((*_TEXTS, *_TOKENS)))
                case 1:
                    line.insert(at, line[at])
                case 2:
                    lines.append(list(chance.choice(lines)))
                case _:
                    line[at] = cut(line[at], chance)
        text = chance.choice(("\n", "\r\n")).join(",".join(line) for line in lines)
        for _ in range(chance.choice((0, 0, 0, 1))):
            text = cut(text, chance)
        return raw(text, chance)

    return make


def raw(text: str, chance: random.Random) -> bytes:
    """A text as bytes, now and then spoilt ones."""
    encoding = chance.choice(("utf-8",) * 12 + ("utf-8-sig", "utf-16", "cp1252"))
    content = bytearray(text.encode(encoding, "replace"))
    if content and chance.random() < 0.05:
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def use_loaded(loaded: documents.Loaded) -> None:
    """Look at what was read of a table."""
    for one in loaded.problems:
        str(one)
    for history in loaded.histories:
        assert (
            asked(lambda history=history: documents.load_document(documents.dump(history)))
            == history
        )
    for history in loaded.histories[:1]:
        use_history(history)


def read_file(ending: str) -> Callable[[bytes], None]:
    """Read a file of some ending, from its bytes."""

    def read(content: bytes) -> None:
        path = folder() / f"file.{ending}"
        path.write_bytes(content)
        use_loaded(of.read(path))

    return read


def read_cases(content: bytes) -> None:
    """Look through a list of closed cases."""
    path = folder() / "cases.csv"
    path.write_bytes(content)
    request = of.framework("cafcass-2021").information_request(on=AS_OF)
    for fault in request.check(path, begins=AS_OF).faults:
        str(fault)


@functools.cache
def members(ending: str) -> dict[str, bytes]:
    """The members of a small workbook."""
    rows = [line.split(",") for line in _TABLE.strip().split("\n")]
    packed = io.BytesIO()
    if ending == "xlsx":
        import openpyxl

        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in rows:
            sheet.append(row)
        book.save(packed)
    else:
        from odf.opendocument import OpenDocumentSpreadsheet
        from odf.table import Table, TableCell, TableRow
        from odf.text import P

        ods = OpenDocumentSpreadsheet()
        table = Table(name="events")
        for row in rows:
            line = TableRow()
            for cell in row:
                made = TableCell(valuetype="string")
                made.addElement(P(text=cell))
                line.addElement(made)
            table.addElement(line)
        ods.spreadsheet.addElement(table)
        ods.save(packed)
    with zipfile.ZipFile(packed) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def of_workbook(ending: str) -> Callable[[random.Random], bytes]:
    """A spoilt workbook: its XML, the list of its members, or its bytes."""

    def make(chance: random.Random) -> bytes:
        some = dict(members(ending))
        for _ in range(times(chance)):
            name = chance.choice([one for one in some if one.endswith(".xml")] or ["x"])
            text = some.get(name, b"").decode("utf-8", "replace")
            match chance.randrange(8):
                case 0:
                    some.pop(name, None)
                case 1:
                    number = chance.choice(("0", "-1", "99999999999", "1048577", "x"))
                    for old in ('r="2"', 'repeated="2"', 'r="B2"'):
                        text = text.replace(old, old[: old.index('"') + 1] + number + '"', 1)
                    some[name] = text.encode()
                case _:
                    some[name] = cut(text, chance).encode("utf-8", "replace")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", chance.choice((0, 8))) as made:
            for name, content in some.items():
                made.writestr(name, content)
        content = bytearray(packed.getvalue())
        for _ in range(chance.choice((0, 0, 0, 1, 4))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if chance.random() < 0.03:
            del content[chance.randrange(len(content)) :]
        return bytes(content)

    return make


# --- The run ----------------------------------------------------------------------------------

SORTS: dict[str, Sort] = {
    "json-history": Sort(22, of_json("history-1"), read_document),
    "json-check-result": Sort(
        10, of_json("check-result-1", "check-result-2", "check-result-3"), read_document
    ),
    "json-agenda": Sort(10, of_json("agenda-1", "agenda-2"), read_document),
    "json-framework": Sort(8, of_json("framework-1"), read_document),
    "json-behaviour": Sort(12, of_json("behaviour-1"), read_document),
    "ndjson": Sort(6, of_lines, read_lines),
    "toml-history": Sort(10, of_toml(_RECORD), read_toml_record),
    "toml-framework": Sort(4, of_toml(_FRAMEWORK, _WHOLE), read_toml_framework),
    "toml-behaviour": Sort(4, of_toml(_BEHAVIOUR), read_toml_behaviour),
    "toml-layout": Sort(2, layout_text, use_layout),
    "csv-own": Sort(6, of_csv(_CSV), read_file("csv")),
    "csv-table": Sort(3, of_csv(_TABLE, _IN_YEAR), read_file("csv")),
    "csv-cases": Sort(1, of_csv(_CASES), read_cases),
    "xlsx": Sort(1, of_workbook("xlsx"), read_file("xlsx")),
    "ods": Sort(1, of_workbook("ods"), read_file("ods")),
}
"""Every sort of file that comes from outside."""


class Tally(NamedTuple):
    """How one sort fared."""

    read: int
    """How many were read."""
    refused: int
    """How many were refused with the library's own error."""
    escaped: list[str]
    """What else came out, with the number of the example."""


def example(seed: int, number: int, only: Sequence[str] = ()) -> tuple[str, str | bytes]:
    """The example of a number: its sort, and the file."""
    chance = random.Random(f"{seed}/{number}")
    names = list(only or SORTS)
    name = chance.choices(names, [SORTS[one].weight for one in names])[0]
    return name, SORTS[name].make(chance)


def tried(name: str, content: str | bytes) -> str | None:
    """Read an example: whether it was `read` or `refused`; None: something escaped."""
    try:
        SORTS[name].read(content)
    except OfstedFrameworkError as error:
        return "refused" if str(error) and error.faults else None
    return "read"


def run(
    examples: int,
    seed: int,
    only: Sequence[str] = (),
    seconds: float = 0,
    progress: Callable[[int], None] = lambda done: None,
    tell: Callable[[str], None] = lambda line: None,
) -> dict[str, Tally]:
    """Try examples 0, 1, 2 … and count how they fared.

    Args:
        examples: How many.
        seed: Which: the same seed gives the same examples.
        only: The sorts to take; none: all.
        seconds: Tell of every example that takes longer; 0: of none.
        progress: Called now and then with the number done.
        tell: Called with everything that escapes, at once.

    Returns:
        How each sort fared; after an interruption, as far as it went.
    """
    found: dict[str, Counter[str]] = {}
    escaped: dict[str, list[str]] = {}
    with suppress(KeyboardInterrupt):
        for number in range(examples):
            name, content = example(seed, number, only)
            began = time.perf_counter()
            wrong = None
            try:
                fared = tried(name, content) or "nothing"
            except Exception as error:
                fared = "escaped"
                where = traceback.extract_tb(error.__traceback__)[-1]
                wrong = f"{type(error).__name__}: {str(error)[:100]} at {where.name}:{where.lineno}"
            took = time.perf_counter() - began
            if wrong is None and seconds and took > seconds:
                wrong = f"took {took:.1f} seconds"
            if wrong is not None:
                told = f"--at {number}: {wrong}"
                escaped.setdefault(name, []).append(told)
                tell(f"{name} {told}")
            found.setdefault(name, Counter())[fared] += 1
            if number % 1000 == 999:
                progress(number + 1)
    return {
        name: Tally(found[name]["read"], found[name]["refused"], escaped.get(name, []))
        for name in sorted(found)
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; the exit status is 1 if anything escaped."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--examples", type=int, default=10_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--only", action="append", default=[], choices=list(SORTS))
    parser.add_argument(
        "--at", type=int, metavar="N", help="show one example, and what comes of it"
    )
    parser.add_argument("--slow", type=float, default=0, metavar="SECONDS",
                        help="tell of every example that takes longer")  # fmt: skip
    options = parser.parse_args(arguments)
    if options.at is not None:
        name, content = example(options.seed, options.at, options.only)
        print(name, ascii(content))
        print(tried(name, content))
        return 0

    def progress(done: int) -> None:
        if done % 10_000 == 0:
            print(f"{done:,}", file=sys.stderr, flush=True)

    def tell(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    found = run(options.examples, options.seed, options.only, options.slow, progress, tell)
    for name, tally in found.items():
        print(f"{name:20} read {tally.read:>8,}  refused {tally.refused:>8,}"
              f"  escaped {len(tally.escaped):>4,}")  # fmt: skip
        for line in tally.escaped[:20]:
            print(f"    {line}")
    return 1 if any(tally.escaped for tally in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
