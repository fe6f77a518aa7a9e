"""Tables that people have: spreadsheets, CSV files and data frames, read into records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

import attrs

from .._document import path_of, text_of
from .._hand import read_rows
from ..documents import LAYOUTS, Loaded, loads
from ..errors import Fault, OfstedFrameworkError, in_file, is_missing, items, nearest, refuse
from ..history import COMPLETE, History, Provider
from .books import WORKBOOKS, Sheet, sheets
from .cells import text
from .layouts import Layout, best, layout, layouts, plain
from .rows import Reading, header_at

_ENDINGS = (*LAYOUTS, *WORKBOOKS)
_OWN = "ofsted-framework"
_OWN_NEEDED = ("type", "id", "start", "provider_kind")


def read(
    path: str | Path,
    *,
    layout: str | Path | Layout | None = None,
    known: Iterable[Provider | History] = (),
    complete: bool = False,
) -> Loaded:
    """Read records from a file, or from all files of a folder.

    Our own JSON, NDJSON, CSV and TOML are read strictly: one error lists every fault. A foreign
    table (CSV, ODS, XLSX) is read as far as it goes, and what cannot be used is listed.

    Args:
        path: The file or folder.
        layout: The layout of a foreign table: its id, or a layout file of one's own; None: it is
            recognised by its header.
        known: Providers, or records of them, whose names and numbers are to be used: rows find
            theirs by number, else by code, else by name, and are listed where they find none.
        complete: Whether to take each record as complete, instead of what is claimed of it.

    Returns:
        The records, and what could not be used.

    Raises:
        OfstedFrameworkError: The file cannot be read. Lists every fault with its place: a JSON
            pointer, or a sheet, row and column; a missing column with the nearest header.
    """
    path, known = path_of(path), _known(known)
    try:
        read_it = _folder if path.is_dir() else _file
    except OSError:  # a name that is too long, which opening it tells
        read_it = _file
    loaded = read_it(path, layout, known)
    if complete:
        whole = [attrs.evolve(one, coverage=(COMPLETE,)) for one in loaded.histories]
        loaded = attrs.evolve(loaded, histories=tuple(whole))
    return loaded


def from_frame(
    frame: Any,
    *,
    layout: str | Path | Layout | None = None,
    known: Iterable[Provider | History] = (),
) -> Loaded:
    """Read records from a data frame, one row for each event.

    Args:
        frame: A data frame of pandas, polars or any other library that narwhals knows.
        layout: Its layout: the id of one, or a layout file of one's own; None: it is recognised by
            its columns. `ofsted-framework` is our own CSV layout, with its strict reading.
        known: Providers whose names and numbers are to be used, as in `read`.

    Returns:
        The records, and what could not be used. Rows are counted as in a spreadsheet, where the
        header is row 1.

    Raises:
        OfstedFrameworkError: It is no data frame, or lacks columns that its layout needs.
    """
    sheet = frame_sheet(frame)
    return _tables([sheet], layout, _known(known), "the data frame")


def _known(known: Iterable[Provider | History]) -> tuple[Provider | History, ...]:
    some = items(known, object, "known")
    refuse(
        Fault(f"known/{at}", one, "is neither a Provider nor a History")
        for at, one in enumerate(some)
        if not isinstance(one, Provider | History)
    )
    return cast(tuple[Provider | History, ...], some)


def frame_sheet(frame: Any) -> Sheet:
    """A data frame as a table, its columns in row 1.

    Raises:
        OfstedFrameworkError: It is no data frame, or cannot be read.
    """
    try:
        import narwhals as nw
    except ImportError:
        message = "needs narwhals to be read: install ofsted-framework[tables]"
        raise OfstedFrameworkError.of(message, type(frame).__name__) from None
    try:
        eager = nw.from_native(frame, eager_only=True)
        rows: list[tuple[int, Sequence[object]]] = [(1, list(eager.columns))]
        rows += enumerate(eager.iter_rows(), 2)
    except TypeError:
        message = "is no data frame that can be read (pandas, polars, pyarrow, …)"
        raise OfstedFrameworkError.of(message, type(frame).__name__) from None
    except nw.exceptions.NarwhalsError as error:  # columns of one name, above all
        told = "; ".join(line.strip() for line in str(error).splitlines() if line.strip())
        raise OfstedFrameworkError.of(f"cannot be read: {told}", type(frame).__name__) from None
    return Sheet(None, rows)


def _file(
    path: Path, name: str | Path | Layout | None, known: tuple[Provider | History, ...]
) -> Loaded:
    ending = path.suffix.lower().removeprefix(".")
    if ending not in _ENDINGS:
        endings = ", ".join(f".{one}" for one in _ENDINGS)
        message = f"has none of the endings that can be read ({endings})"
        near = nearest(ending, _ENDINGS)
        raise OfstedFrameworkError.of(message, path.name, nearest=near and f".{near}")
    if ending == "csv":
        found = text_of(path, ending)
        if name == _OWN or (name is None and _is_own(found)):
            return Loaded(loads(found, ending))
        return _tables(sheets(path), name, known, path.name)
    if ending in LAYOUTS:
        return Loaded(loads(text_of(path, ending), ending))
    return _tables(sheets(path), name, known, path.name)


def _is_own(found: str) -> bool:
    """Whether a CSV text is in our own layout, or in none that is known better."""
    head = next(iter(found.splitlines()), "")
    own = _own_share(one.strip().strip('"') for one in head.split(","))
    lines = [line.split(",") for line in found.splitlines()[:30]]
    share = max((best(line, layouts())[0] for line in lines), default=0.0)
    return own >= share


def _tables(
    some: list[Sheet],
    name: str | Path | Layout | None,
    known: tuple[Provider | History, ...],
    of_what: str,
) -> Loaded:
    """Read the tables of one file."""
    if name == _OWN or (name is None and any(map(_has_own, some))):
        return _own(some, of_what)
    chosen = [layout(name)] if name is not None else list(layouts())
    pairs, left = _paired(some, chosen, sure=name is not None)
    if not pairs:
        ids = ", ".join(one.id for one in chosen)
        message = (
            f"holds no table in a layout that is known ({ids}, {_OWN}). Our own layout needs the "
            f"columns {', '.join(_OWN_NEEDED)}; what the columns of another table hold is said in "
            "a layout file, given with layout= or --layout"
        )
        if not any(sheet.rows for sheet in some):
            message = "holds nothing"
        raise OfstedFrameworkError.of(message, of_what)
    faults: list[Fault] = []
    for found, sheet in pairs:
        try:
            header_at(found, sheet)
        except OfstedFrameworkError as error:
            faults += error.faults
    if faults:
        raise OfstedFrameworkError(faults)
    reading = Reading(known)
    reading.problems += left
    for found, sheet in pairs:
        reading.add(found, sheet)
    return Loaded(
        reading.histories(),
        tuple(reading.problems),
        reading.rows,
        tuple(reading.repeated),
        tuple(reading.unused),
    )


def _paired(
    some: list[Sheet], chosen: list[Layout], sure: bool
) -> tuple[list[tuple[Layout, Sheet]], list[Fault]]:
    """The tables of a file that are in a layout, or seem to be: those with most to say first.

    A sheet is known by its name. Without one that is known, all that a layout needs must be in
    its header; only where no sheet is known so, one that has half of it is taken for it. Beside
    sheets that are known, one that lacks little is listed: it may hold events.
    """
    named, full, half = [], [], []
    for sheet in some:
        by_name = [one for one in chosen if plain(sheet.name or "") in map(plain, one.sheets)]
        if by_name:
            named.append((by_name[0], sheet))
            continue
        shares = [best([text(cell) for cell in cells], chosen) for _, cells in sheet.rows[:30]]
        share, found = max(shares, key=lambda pair: pair[0], default=(0.0, None))
        if found is not None and share == 1:
            full.append((found, sheet))
        elif found is not None and share >= 0.5:
            half.append((found, sheet))
    if sure and not named + full and some:
        half = half or [(chosen[0], max(some, key=lambda sheet: len(sheet.rows)))]
    pairs = named + full or half[:1]
    left = []
    for found, sheet in half:
        if (found, sheet) not in pairs:
            try:
                header_at(found, sheet)
            except OfstedFrameworkError as error:
                told = "; ".join(f"{fault.place} {fault.message}" for fault in error.faults)
                message = f"looks like a table of events, and is not read: {told}"
                left.append(Fault(f"sheet {sheet.name}", None, message))
    # What says of which kind an inspection is comes before what does not.
    return sorted(pairs, key=lambda pair: "kind" not in pair[0].columns), left


def _has_own(sheet: Sheet) -> bool:
    """Whether a sheet is in our own layout, by the first row with anything in it."""
    return bool(sheet.rows) and _own_share(text(cell) for cell in sheet.rows[0][1]) == 1


def _own_share(header: Iterable[str]) -> float:
    """How much of what our own layout needs a header has.

    Capitals and blanks do not count here: the strict reading says how a column is spelt.
    """
    found = set(map(plain, header))
    return sum(plain(name) in found for name in _OWN_NEEDED) / len(_OWN_NEEDED)


def _own(some: list[Sheet], of_what: str) -> Loaded:
    """A table in our own layout, read strictly."""
    filled = [one for one in some if one.rows]
    own = [one for one in filled if _has_own(one)] or filled[:1] or [Sheet(None, [])]
    if len(own) > 1:
        names = ", ".join(str(one.name) for one in own)
        message = f"holds several sheets in our own layout ({names}); put their rows into one"
        raise OfstedFrameworkError.of(message, of_what)
    message = "is in no layout of ours, and is not read"
    left = [Fault(f"sheet {one.name}", None, message) for one in filled if one is not own[0]]
    rows = ((n, list(map(_own_cell, row))) for n, row in own[0].rows)
    return Loaded(read_rows((n, row) for n, row in rows if any(row)), tuple(left))


def _own_cell(cell: object) -> str:
    """A cell as our own layout spells it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if is_missing(cell) else text(cell)


def _folder(
    path: Path, name: str | Path | Layout | None, known: tuple[Provider | History, ...]
) -> Loaded:
    """Every file of a folder, in the order of their names."""
    whole = Loaded(())
    seen: dict[str, str] = {}
    files = sorted(one for one in path.iterdir() if one.is_file() and one.name[:1] != ".")
    if not files:
        raise OfstedFrameworkError.of("is a folder that holds no file", path.name)
    for file in files:
        try:
            one = _file(file, name, known)
        except OfstedFrameworkError as error:
            one = Loaded((), error.faults)
        problems = [in_file(fault, file.name) for fault in one.problems]
        for history in one.histories:
            first = seen.setdefault(plain(history.provider.name), file.name)
            if first != file.name:
                message = f"is in {first} too; the two records are kept apart"
                problems.append(Fault(file.name, history.provider.name, message))
        whole = Loaded(
            (*whole.histories, *one.histories),
            (*whole.problems, *problems),
            whole.rows + one.rows,
            (*whole.repeated, *(f"{file.name}, {place}" for place in one.repeated)),
            (*whole.unused, *(f"{file.name}, {place}" for place in one.unused)),
        )
    return whole


__all__ = ["from_frame", "read"]
