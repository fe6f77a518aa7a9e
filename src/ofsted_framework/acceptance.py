"""Departures that somebody has accepted, each with a reason and a last day.

An accepted departure stays in the result and says that it is accepted: nothing is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import attrs

from .errors import Fault, OfstedFrameworkError, is_day

_ID = re.compile(r"[^\[\]:\s]+\[[^\[\]:\s]*\](?::.+)?", re.DOTALL)


@attrs.frozen(kw_only=True)
class Acceptance:
    """A departure that somebody has accepted, with the reason, up to a day."""

    departure: str
    """Its id as the result gives it, `OF301[cafcass-2021/engagement-meeting]:em-2021`; without the
    subject (`OF301[cafcass-2021/engagement-meeting]`), those of every subject."""
    reason: str
    """Why it is accepted, and by whom."""
    until: date
    """The last day of asking on which it is accepted."""

    def __attrs_post_init__(self) -> None:
        """Refuse what names no departure, gives no reason, or never ends."""
        faults = []
        if not isinstance(self.departure, str) or not _ID.fullmatch(self.departure):
            message = (
                "is no departure's id, such as OF301[cafcass-2021/engagement-meeting]:em-2021, or "
                "the same without :em-2021 for every subject"
            )
            faults.append(Fault("/departure", self.departure, message))
        if not isinstance(self.reason, str) or not self.reason.strip():
            faults.append(Fault("/reason", self.reason, "is no reason"))
        if not is_day(self.until):
            faults.append(Fault("/until", self.until, "is not a day (a datetime.date is wanted)"))
        if faults:
            raise OfstedFrameworkError(faults)

    def names(self, id: str) -> bool:
        """Whether a departure of that id is meant."""
        return id == self.departure or id.startswith(f"{self.departure}:")


def accepting(given: Iterable[Acceptance], id: str, as_of: date) -> Acceptance | None:
    """Of what was accepted, that which holds longest for a departure on a day; None: nothing."""
    some = [one for one in given if one.names(id) and as_of <= one.until]
    return max(some, key=lambda one: one.until, default=None)


def read_acceptances(path: str | Path) -> tuple[Acceptance, ...]:
    """Read a TOML file of accepted departures: a table `[[accepted]]` for each.

    Args:
        path: The file.

    Raises:
        OfstedFrameworkError: The file cannot be read. Lists every fault with its place.
    """
    from ._document import parsed_toml, read_file
    from ._strict import structure

    return read_file(path, lambda text: structure(parsed_toml(text), _File).accepted)


@attrs.frozen(kw_only=True)
class _File:
    """A file of accepted departures."""

    accepted: tuple[Acceptance, ...]
    """What is accepted."""
