"""The one error this library raises, and the faults it lists."""

import enum
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Self, TypeGuard, TypeVar

from attrs import evolve, frozen

_Word = TypeVar("_Word", bound=enum.StrEnum)
_Item = TypeVar("_Item")
_LONGEST_VALUE = 80
_LONGEST_WORD = 100
_LONGEST_PLACE = 200


@frozen
class Fault:
    """One thing wrong with what the library was given."""

    place: str
    """Where: a JSON pointer, or 'sheet, row, column', or '' when there is no place to name."""
    value: object
    """What was found there; None when there is nothing to show."""
    message: str
    """What is wrong, worded to follow the value: 'is not a date'."""
    nearest: str | None = None
    """The good value that looks most like the one found, where there is one."""

    def __str__(self) -> str:
        """One readable line, with the value shortened and control characters escaped."""
        place = f"{_cut(self.place, _LONGEST_PLACE)}: " if self.place else ""
        value = "" if self.value is None else f"{_shown(self.value)} "
        hint = "" if self.nearest is None else f" (nearest good one: {self.nearest})"
        return printable(f"{place}{value}{self.message}{hint}")


class OfstedFrameworkError(ValueError):
    """What this library raises for anything it cannot accept.

    Attributes:
        faults: Every fault found, in the order in which they were found.
    """

    faults: tuple[Fault, ...]

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Take the faults.

        Args:
            faults: The faults, in the order in which they are to be listed.
        """
        self.faults = tuple(faults)
        # Pickling and copying call the class again with `args`.
        super().__init__(self.faults)

    @classmethod
    def of(
        cls, message: str, value: object = None, place: str = "", nearest: str | None = None
    ) -> Self:
        """Make an error with a single fault.

        Args:
            message: What is wrong, worded to follow the value.
            value: What was found; None when there is nothing to show.
            place: Where it was found; '' when there is no place to name.
            nearest: The good value that looks most like the one found.

        Returns:
            The error, to be raised by the caller.
        """
        return cls([Fault(place, value, message, nearest)])

    def __str__(self) -> str:
        """Every fault, one a line, after a count unless there is exactly one."""
        lines = [str(fault) for fault in self.faults]
        return "\n".join(lines if len(lines) == 1 else [f"{len(lines)} faults:", *lines])


def refuse(faults: Iterable[Fault]) -> None:
    """Raise one error with some faults, if there are any.

    Raises:
        OfstedFrameworkError: There was a fault.
    """
    if some := tuple(faults):
        raise OfstedFrameworkError(some)


class Gathered:
    """Gathers the faults of several things, each looked at in a `with`, to raise them in one."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def __enter__(self) -> None:
        """Look at one thing."""

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        """Keep its faults, and go on to the next."""
        if isinstance(error, OfstedFrameworkError):
            self.faults += error.faults
            return True
        return False

    def add(self, place: str, value: object, message: str) -> None:
        """Keep one more fault."""
        self.faults.append(Fault(place, value, message))

    def done(self) -> None:
        """Raise what was gathered.

        Raises:
            OfstedFrameworkError: There was a fault.
        """
        refuse(self.faults)


def in_file(fault: Fault, name: str) -> Fault:
    """A fault with the name of the file that it was found in."""
    place = f"{name}, {fault.place}" if fault.place else name
    value = None if fault.value == name else fault.value
    return evolve(fault, place=place, value=value)


def nearest(word: object, good: Iterable[str]) -> str | None:
    """Find the good word that looks most like `word`.

    Args:
        word: The word that was not recognised.
        good: The words that would have been.

    Returns:
        The most similar good word, or None when none is similar or `word` is no text, or one of
        over 100 characters.
    """
    # The comparison takes time in proportion to the product of the lengths.
    if not isinstance(word, str) or len(word) > _LONGEST_WORD:
        return None
    from difflib import get_close_matches

    words = {one.casefold(): one for one in good}
    return next((words[one] for one in get_close_matches(word.casefold(), words, n=1)), None)


def number_of(number: int, what: str) -> str:
    """So many of something: "1 event", "1,200 events"."""
    return f"{number:,} {what}{'s' * (number != 1)}"


def is_day(value: object) -> TypeGuard[date]:
    """Whether a value is a day. A datetime is a date to isinstance, but equals no date."""
    return isinstance(value, date) and not isinstance(value, datetime)


def one_day(value: object, place: str = "") -> date:
    """The value, once it is sure that it is a day.

    Raises:
        OfstedFrameworkError: It is none.
    """
    if not is_day(value):
        raise OfstedFrameworkError.of("is not a day (a datetime.date is wanted)", value, place)
    return value


def is_missing(value: object) -> bool:
    """Whether a value is None, or a missing value of a data frame."""
    if value is None:
        return True
    # Such a value differs from itself, or will not say whether it does.
    try:
        return bool(value != value)
    except (TypeError, ValueError):
        return True


def is_one_of(word: object, good: Container[str]) -> TypeGuard[str]:
    """Whether a value is one of some words. What is no text is none, and need not have a hash."""
    return isinstance(word, str) and word in good


def of_class(**given: tuple[object, Any]) -> None:
    """Refuse what is of another class than is wanted.

    Args:
        **given: By the name of an argument, its value and the class that is wanted.

    Raises:
        OfstedFrameworkError: Lists each argument that is of another class.
    """
    refuse(
        Fault(place, value, f"is not of the class {kind.__name__}")
        for place, (value, kind) in given.items()
        if not isinstance(value, kind)
    )


def no_texts(**given: object) -> Iterator[Fault]:
    """The faults of fields that are neither a text nor None.

    Args:
        **given: The values, by the names of their fields.
    """
    for name, value in given.items():
        if value is not None and not isinstance(value, str):
            yield Fault(f"/{name}", value, "is not of the class str")


def no_call(progress: object) -> Iterator[Fault]:
    """Refuse a `progress` that cannot be called."""
    if progress is not None and not callable(progress):
        yield Fault("progress", progress, "cannot be called")


def items(value: Iterable[_Item], kind: type[_Item], place: str = "") -> tuple[_Item, ...]:
    """Make a tuple of some things, all of one class.

    Args:
        value: The things. A single text, which would fall into letters, is refused.
        kind: The class that each must be of.
        place: Where they were given, such as the name of an argument.

    Raises:
        OfstedFrameworkError: It is no list, or lists each thing that is of another class.
    """
    # A text would fall into letters, and a table would lose its values.
    if isinstance(value, str | bytes):
        raise OfstedFrameworkError.of("is one text where a list is meant", value, place)
    if kind is not object and isinstance(value, kind):
        message = f"one {kind.__name__} is given where a list is meant: put it in brackets"
        raise OfstedFrameworkError.of(message, place=place)
    try:
        some = None if isinstance(value, Mapping) else tuple(value)
    except TypeError:
        some = None
    if some is None:
        raise OfstedFrameworkError.of("is not a list", value, place)
    refuse(
        Fault(f"{place}/{index}", one, f"is not of the class {kind.__name__}")
        for index, one in enumerate(some)
        if not isinstance(one, kind)
    )
    return some


def texts(value: Iterable[str]) -> tuple[str, ...]:
    """Make a tuple of texts, as `items` does."""
    return items(value, str)


def texts_or_none(value: Iterable[str] | None) -> tuple[str, ...] | None:
    """The same, where None may stand for "not said"."""
    return None if value is None else texts(value)


def choice(words: type[_Word]) -> Callable[[object], _Word]:
    """Make a converter to one of a closed set of words, which names the nearest good one.

    Args:
        words: The enumeration.

    Returns:
        A function that gives the member, or raises an OfstedFrameworkError.
    """

    def convert(value: object) -> _Word:
        try:
            return words(value)  # type: ignore[arg-type]  # anything may have been given
        except ValueError:
            good = [str(word) for word in words]
            message = f"is none of {', '.join(good)}"
            raise OfstedFrameworkError.of(
                message, value, nearest=nearest(value, good) if isinstance(value, str) else None
            ) from None

    return convert


def _shown(value: object) -> str:
    """The repr of a value, escaped and cut to 80 characters."""
    try:
        text = printable(repr(value))
    except Exception:  # a repr may fail, and the fault must still be readable
        text = f"<{type(value).__name__}>"
    return _cut(text, _LONGEST_VALUE)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def printable(text: str) -> str:
    """The text on one line, with everything unprintable written as a backslash escape."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text
    )
