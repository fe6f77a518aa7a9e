"""Layouts: which column of a table holds what, as data in `data/layouts/*.toml`.

A layout names, for each thing that is read, the headers that it goes by; what words in cells stand
for; and what a table in this layout holds in full. Another layout is another file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, Literal

import attrs

from .._document import parsed_toml, read_file
from ..errors import Fault, OfstedFrameworkError, nearest, texts
from ..events import EVENTS
from ..grades import Grade
from ..history import PROVIDER_KINDS, Coverage
from ..sources import Basis, to_basis_or_none

_DATA = Path(__file__).parent.parent / "data" / "layouts"
_SHARED = ("provider_kind", "needed", "first_day", "dates", "ended", "leave", "keep", "grade",
           "kinds", "priority_action", "basis", "frameworks")  # fmt: skip
"""What a layout that is `like` another takes from it, besides columns."""
NAMES = {
    "provider": "the name of the provider",
    "urn": "Ofsted's number for it",
    "code": "the code of its area",
    "region": "the region it lies in",
    "id": "a name for the event",
    "kind": "what sort of event it is",
    "framework": "the framework that it names, to be compared with that of its kind",
    "start": "the first day",
    "end": "the last day",
    "published": "the day of publication",
    "theme": "its theme",
    "priority_action": "whether areas for priority action are named",
    "parts": "the days of split fieldwork",
    "basis": "how well it is known",
    "source": "where it is published",
    "ended": "whether the provider no longer exists",
}
"""What a layout can read, by the names that it uses."""
SHAPES = {
    "2024-01-22": re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?:[T ]00:00(?::00)?)?"),
    "22/01/2024": re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})"),
    "22/01/24": re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{2})"),
}
"""The shapes of a day that is written as text, each by its example; two digits are of 20xx."""
GRADES = {
    "outstanding": Grade.OUTSTANDING,
    "good": Grade.GOOD,
    "requires improvement": Grade.REQUIRES_IMPROVEMENT,
    "requires improvement to be good": Grade.REQUIRES_IMPROVEMENT,
    "satisfactory": Grade.SATISFACTORY,
    "adequate": Grade.ADEQUATE,
    "inadequate": Grade.INADEQUATE,
    "not judged": Grade.NOT_JUDGED,
}
"""Every spelling of a grade, in one place: compared in small letters, without `_` and `-`."""
NO_GRADE = ("not reported post reform", "inspection pre dates judgement", "not applicable")
"""Words that say that there is no such judgement."""
NOTHING = ("", "none", "nan", "nat", "null", "n a", "not known")
"""Words that say nothing."""

REGIONS = (
    *("East Midlands", "East of England", "London", "North East", "North West", "South East"),
    *("South West", "West Midlands", "Yorkshire and the Humber"),
)
"""How the regions are spelt: tables differ in capitals, and figures are counted by region."""


def plain(text: object) -> str:
    """A text as it is compared: in small letters, with single blanks for all marks."""
    return " ".join(re.findall(r"[^\W_]+", str(text).replace("&", " and ").casefold()))


def region(word: str) -> str | None:
    """A region as it is spelt here; as it stands, if it is another; None of an empty cell."""
    return next((one for one in REGIONS if plain(one) == plain(word)), word) or None


def _words(value: Mapping[str, str]) -> dict[str, str]:
    return {str(word): str(meaning) for word, meaning in value.items()}


def _plain_words(value: Mapping[str, str]) -> dict[str, str]:
    return {plain(word): meaning for word, meaning in _words(value).items()}


@attrs.frozen(kw_only=True)
class Sort:
    """What a word in the column of kinds stands for."""

    type: str
    """The kind of event."""
    kind: str | None = None
    """The kind of inspection; None: the word does not say."""
    framework: str | None = None
    """The framework that it names; None: it names none."""
    graded: Literal["yes", "no", "not-said"] = "yes"
    """Whether the layout has grades for it: an event without any was given none, or it is not
    said."""


@attrs.frozen(kw_only=True)
class GradeColumn:
    """A column of grades."""

    columns: tuple[str, ...] = attrs.field(converter=texts)
    """The headers that it goes by."""
    area: str
    """The area that it grades."""
    framework: str | None = None
    """The framework under which it is this area; None: any."""
    first: date | None = attrs.field(default=None, metadata={"wire": "from"})
    """The first day from which inspections have this grade; None: from the beginning."""
    last: date | None = attrs.field(default=None, metadata={"wire": "to"})
    """The last such day; None: to this day."""
    optional: bool = False
    """Whether inspections may have no such grade."""

    def on(self, lo: int, hi: int) -> bool | None:
        """Whether an inspection that begins within these days has the grade; None: open."""
        first = 1 if self.first is None else self.first.toordinal()
        last = date.max.toordinal() if self.last is None else self.last.toordinal()
        if first <= lo and hi <= last:
            return True
        return False if hi < first or last < lo else None


def _filled(shape: str, groups: Sequence[str | None]) -> str | None:
    """A text with `{0}` and so on filled from the groups; None: it names what is not there.

    By hand, since str.format would write any width that a file asks for.
    """
    parts = re.split(r"\{(\d{1,3})\}", shape)
    if "{" in "".join(parts[::2]) or any(int(one) >= len(groups) for one in parts[1::2]):
        return None
    return "".join(
        part if at % 2 == 0 else groups[int(part)] or "" for at, part in enumerate(parts)
    )


@attrs.frozen(kw_only=True)
class Claim:
    """What a table in the layout holds in full."""

    type: str
    """The kind of event, or `*`."""
    first: str | None = attrs.field(default=None, metadata={"wire": "from"})
    """The first day, in which `{0}`, `{1}` stand for what was found in the title."""
    last: str = attrs.field(metadata={"wire": "to"})
    """The last day, told in the same way."""
    title: str | None = None
    """A pattern to be found above the header; without it, nothing is claimed."""
    less_days: int = 0
    """Days taken off the end: what began in them may not have been published in time."""
    fields: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """Fields that are filled wherever there is something to fill."""
    omits: str | None = None
    """What the list leaves out by habit."""
    basis: Basis = Basis.INFERRED
    """How well that is supported."""
    sources: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """Facts that it rests on."""
    says: str | None = None
    """Why."""

    def __attrs_post_init__(self) -> None:
        """Refuse a pattern that is none, and a day that names what the pattern does not find."""
        try:
            groups = [""] * re.compile(self.title or "").groups
        except (re.error, OverflowError, RecursionError) as error:
            message = f"is no pattern: {error}"
            raise OfstedFrameworkError.of(message, self.title, "/title") from None
        faults = []
        for place, shape in (("/from", self.first or ""), ("/to", self.last)):
            if _filled(shape, groups) is None:
                message = "names what its title's pattern does not find: {0} is the first group"
                faults.append(Fault(place, shape, message))
        if faults:
            raise OfstedFrameworkError(faults)

    def of(self, title: str) -> Coverage | None:
        """The claim of one table, by what stands above its header."""
        found = re.search(self.title or "", title)
        if found is None:
            return None
        try:
            last = date.fromisoformat(_filled(self.last, found.groups()) or "")
            first = self.first and date.fromisoformat(_filled(self.first, found.groups()) or "")
        except ValueError:  # not a day
            return None
        last = date.fromordinal(max(1, last.toordinal() - self.less_days))
        if first and last < first:
            return None
        return Coverage(
            type=self.type,
            first=first or None,
            last=last,
            fields=self.fields,
            omits=self.omits,
            basis=self.basis,
            sources=self.sources,
            says=self.says,
        )


@attrs.frozen(kw_only=True)
class Layout:
    """How to read a table of events, one row for each."""

    id: str
    """Its id, for instance `ofsted-in-year`."""
    title: str
    """What is laid out so."""
    provider_kind: str
    """The kind of provider that it is about."""
    sheets: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """The names of the sheet in a workbook; none: any sheet with its header."""
    needed: tuple[str, ...] = attrs.field(converter=texts)
    """What must be there, of the names below."""
    columns: dict[str, tuple[str, ...]] = attrs.field(hash=False)
    """The headers of each thing that is read, by the names in `NAMES`."""
    grades: tuple[GradeColumn, ...] = attrs.field(default=(), metadata={"wire": "grade"})
    """The columns of grades."""
    sorts: dict[str, Sort] = attrs.field(factory=dict, hash=False, metadata={"wire": "kinds"})
    """What the words in the column of kinds stand for; `*` for every event, if there is none."""
    dates: tuple[str, ...] = attrs.field(default=("2024-01-22",), converter=texts)
    """The shapes of days that are written as text; nothing else is read as one."""
    first_day: date = date(1980, 1, 1)
    """The first day that it can speak of; an earlier one is a fault."""
    priority_action: dict[str, str] = attrs.field(factory=dict, hash=False, converter=_words)
    """What words on areas for priority action stand for."""
    basis: dict[str, str] = attrs.field(factory=dict, hash=False, converter=_words)
    """What words say how well an event is known, `*` for any letters; others say nothing."""
    frameworks: dict[str, str] = attrs.field(factory=dict, hash=False, converter=_plain_words)
    """What the words in the column of frameworks stand for."""
    ended: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """Words that say that the provider no longer exists."""
    keep: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """Columns that no field holds, kept in the event's note with their header."""
    leave: tuple[str, ...] = attrs.field(default=(), converter=texts)
    """Columns that are known and not kept."""
    claims: tuple[Claim, ...] = attrs.field(default=(), metadata={"wire": "coverage"})
    """What such a table holds in full."""

    def __attrs_post_init__(self) -> None:
        """Refuse what names nothing."""
        faults = [
            Fault(f"/columns/{name}", name, "is nothing that is read", nearest(name, NAMES))
            for name in self.columns
            if name not in NAMES
        ]
        faults += [
            Fault("/needed", name, "has no columns", nearest(name, self.columns))
            for name in self.needed
            if name not in self.columns
        ]
        faults += [
            Fault(f"/columns/{name}", [], "lists no header, and is needed")
            for name in self.needed
            if not self.columns.get(name, ("",))
        ]
        if not self.needed:
            message = "names nothing that must be there, and any table would be one of it"
            faults.append(Fault("/needed", [], message))
        faults += [
            Fault("/dates", shape, f"is no shape of a day ({', '.join(SHAPES)})")
            for shape in self.dates
            if shape not in SHAPES
        ]
        for word, sort in self.sorts.items():
            if sort.type not in EVENTS:
                near = nearest(sort.type, EVENTS)
                faults.append(Fault(f"/kinds/{word}/type", sort.type, "is no kind of event", near))
        if self.provider_kind not in PROVIDER_KINDS:
            near = nearest(self.provider_kind, PROVIDER_KINDS)
            message = "is no kind of provider"
            faults.append(Fault("/provider_kind", self.provider_kind, message, near))
        if ("kind" not in self.columns) != ("*" in self.sorts):
            message = "has a sort `*` where there is no column of kinds, and only then"
            faults.append(Fault("/kinds", None, message))
        if faults:
            raise OfstedFrameworkError(faults)

    def place(self, header: Sequence[str]) -> dict[str, int]:
        """The column of each thing that is read, where the header has it."""
        at = {}
        for index, name in reversed(list(enumerate(map(plain, header)))):
            at[name] = index
        found = {}
        for name, headers in self.columns.items():
            known = [at[plain(one)] for one in headers if plain(one) in at]
            if known:
                found[name] = known[0]
        return found

    def misses(self, header: Sequence[str]) -> list[str]:
        """What must be there and is not."""
        placed = self.place(header)
        return [name for name in self.needed if name not in placed]

    @property
    def headers(self) -> list[str]:
        """Every header that it knows."""
        known = [one for some in self.columns.values() for one in some]
        known += [one for column in self.grades for one in column.columns]
        return [*known, *self.keep, *self.leave]

    def sort(self, word: str) -> Sort | None:
        """What a word in the column of kinds stands for; None: it is not known."""
        found = {plain(known): sort for known, sort in self.sorts.items()}
        return found.get(plain(word))

    def known_as(self, word: str) -> Basis | None:
        """How well an event is known, by a word of the layout."""
        for pattern, meaning in self.basis.items():
            if fnmatchcase(plain(word), " ".join(map(_pattern, pattern.casefold().split()))):
                return to_basis_or_none(meaning)
        return None


def _pattern(word: str) -> str:
    return word if word == "*" else plain(word)


def grade(word: str) -> Grade | Literal["none", "nothing"] | None:
    """What a word in a column of grades says: a grade, that there is none, or nothing.

    None: the word is not known.
    """
    text = " ".join(re.sub("[_-]", " ", word.casefold()).split())
    if text in GRADES:
        return GRADES[text]
    if plain(word) in NO_GRADE:
        return "none"
    error = word.startswith("#")  # of a formula: `#N/A` does not say that there is nothing
    return "nothing" if plain(word) in NOTHING and not error else None


def read_layout(text: str) -> Layout:
    """Read a layout from the text of its file, in TOML.

    Raises:
        OfstedFrameworkError: Lists every fault of the file with its place.
    """
    from .._strict import structure

    return structure(_whole(parsed_toml(text)), Layout)


def _whole(found: dict[str, Any]) -> dict[str, Any]:
    """A layout with all that it takes from those that it is `like`."""
    like = found.pop("like", None)
    return found if like is None else _like(_whole(_plain(str(like))), found)


def _like(base: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """A layout that says only in what it differs from another."""
    own = found.get("columns", {})
    columns = {**base.get("columns", {}), **own} if isinstance(own, dict) else own
    shared = {key: base[key] for key in _SHARED if key in base}
    return {**shared, **found, "columns": columns}


def _plain(name: str) -> dict[str, Any]:
    """A layout of ours, as its file spells it."""
    path = _DATA / f"{name}.toml"
    names = [one.stem for one in _DATA.glob("*.toml")]
    if name not in names:
        near = nearest(name, names)
        raise OfstedFrameworkError.of("is no layout that ships", name, "/like", near)
    return parsed_toml(path.read_text(encoding="utf-8"))


@cache
def layouts() -> tuple[Layout, ...]:
    """The layouts that ship with the library, by id."""
    return tuple(
        read_layout(path.read_text(encoding="utf-8")) for path in sorted(_DATA.glob("*.toml"))
    )


def layout(name: str | Path | Layout) -> Layout:
    """A layout by its id, or from a file of one's own (`.toml`).

    Raises:
        OfstedFrameworkError: There is no such layout, or its file cannot be read.
    """
    if isinstance(name, Layout):
        return name
    if Path(name).suffix == ".toml":
        return read_file(name, read_layout)
    found = {one.id: one for one in layouts()}
    if name not in found:
        message = f"is no layout ({', '.join(found)})"
        raise OfstedFrameworkError.of(message, str(name), "layout", nearest(str(name), found))
    return found[str(name)]


def best(header: Sequence[str], some: Iterable[Layout]) -> tuple[float, Layout | None]:
    """The layout of which a header has most, and how much of what it needs."""
    found: tuple[float, int, Layout | None] = (0.0, 0, None)
    for one in some:
        share = 1 - len(one.misses(header)) / len(one.needed)
        known = {plain(name) for name in one.headers}
        seen = sum(plain(name) in known for name in header if name)
        if (share, seen) > found[:2]:
            found = (share, seen, one)
    return found[0], found[2]
