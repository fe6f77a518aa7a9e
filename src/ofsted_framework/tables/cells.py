"""What one cell says: a text, or a day. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from ..errors import OfstedFrameworkError, is_missing
from .layouts import NOTHING, SHAPES, Layout, plain

_EPOCH = date(1899, 12, 30)
"""The day from which spreadsheets count days."""


def text(cell: object) -> str:
    """What a cell says, as a text without blanks around it; a number as it is written."""
    if is_missing(cell):
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if _is_midnight(cell) else cell.isoformat(" ")
    return str(cell).strip()


def says_nothing(cell: object) -> bool:
    """Whether a cell is empty, or says that nothing is known."""
    said = text(cell)
    return plain(said) in NOTHING and said[:1] != "#"  # `#N/A` is an error of a formula


def day(cell: object, layout: Layout, doubted: bool = False) -> date | None:
    """The day that a cell says; None where it says nothing.

    Args:
        cell: The cell.
        layout: The layout, which says in which shapes days are written.
        doubted: Whether the order of day and month is in doubt where both could be either.

    Raises:
        OfstedFrameworkError: It says something that is no day.
    """
    found = None
    if is_missing(cell):
        return None
    if isinstance(cell, datetime):
        if not _is_midnight(cell):
            raise OfstedFrameworkError.of("is a day with a time, and no day", str(cell))
        found = cell.date()
    elif isinstance(cell, date):
        found = cell
    elif says_nothing(cell):
        return None
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        near = _EPOCH + timedelta(days=int(cell)) if 20_000 < cell < 80_000 else None
        message = "is a number and no day; give the column the format of a date"
        shown = None if near is None else near.isoformat()
        raise OfstedFrameworkError.of(message, cell, nearest=shown)
    else:
        found = _written(text(cell), layout, doubted)
    if found < layout.first_day:
        message = f"is before {layout.first_day}, the first day that such a table can speak of"
        raise OfstedFrameworkError.of(message, found.isoformat())
    if found.year > 2230:
        raise OfstedFrameworkError.of("is after the year 2230", found.isoformat())
    return found


def _written(word: str, layout: Layout, doubted: bool) -> date:
    for shape in layout.dates:
        found = SHAPES[shape].fullmatch(word)
        if found is None or not word.isascii():
            continue
        either = max(int(found["d"]), int(found["m"])) <= 12
        if doubted and either and shape != "2024-01-22":
            message = "may be read in two ways: elsewhere in its column the month stands first"
            raise OfstedFrameworkError.of(message, word)
        year = found["y"] if len(found["y"]) == 4 else f"20{found['y']}"
        try:
            return date(int(year), int(found["m"]), int(found["d"]))
        except ValueError:
            break
    good = " or ".join(layout.dates)
    raise OfstedFrameworkError.of(f"is not a day, written as {good}", word, nearest=_near(word))


def _near(word: str) -> str | None:
    """A day in another shape than the layout's, where the shape leaves no doubt which it is."""
    for name, shape in SHAPES.items():
        found = shape.fullmatch(word)
        if found and (name == "2024-01-22" or int(found["d"]) > 12) and len(found["y"]) == 4:
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
            except ValueError:
                return None
    return None


def month_first(cells: Iterable[object]) -> bool:
    """Whether some day in a column can only be read with the month first."""
    shapes = [SHAPES["22/01/2024"], SHAPES["22/01/24"]]
    for cell in cells:
        if isinstance(cell, str):
            found = next((f for s in shapes if (f := s.fullmatch(cell.strip()))), None)
            if found and int(found["d"]) <= 12 < int(found["m"]) <= 31:
                return True
    return False


def _is_midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)
