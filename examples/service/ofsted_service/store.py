"""Records in SQLite: one row for a record, one row for each of its events.

An append is the insertion of one row, so that appends at the same time cannot undo one another,
and a process that is killed leaves each event wholly there or not at all.
"""

from __future__ import annotations

import json
import uuid
from typing import Any, Literal

import attrs
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from ofsted_framework import Event, History, dump
from ofsted_framework.documents import loads

_TABLES = sa.MetaData()
_RECORDS = sa.Table(
    "records",
    _TABLES,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("head", sa.String, nullable=False),  # the document without its events
)
_EVENTS = sa.Table(
    "events",
    _TABLES,
    sa.Column("record", sa.String, sa.ForeignKey("records.id"), primary_key=True),
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("document", sa.String, nullable=False),
)


class NoRecordError(LookupError):
    """There is no record of that key."""


class Store:
    """The records of the service."""

    def __init__(self, database: str) -> None:
        """Open the database, and make it where it is not there yet.

        Args:
            database: The path of the file.
        """
        self._engine = sa.create_engine(
            f"sqlite:///{database}", connect_args={"timeout": 30}, pool_size=8, max_overflow=32
        )
        sa.event.listen(self._engine, "connect", _prepare)
        _TABLES.create_all(self._engine)

    def add(self, history: History) -> str:
        """Keep a new record, and give its key."""
        head, events = _parts(history)
        key = uuid.uuid4().hex
        with self._engine.begin() as connection:  # all of it or nothing
            connection.execute(_RECORDS.insert().values(id=key, head=head))
            rows = [{"record": key, "id": id, "document": text} for id, text in events.items()]
            if rows:
                connection.execute(_EVENTS.insert(), rows)
        return key

    def get(self, key: str) -> History:
        """A record.

        Raises:
            NoRecordError: There is none of that key.
        """
        events = sa.select(_EVENTS.c.document).where(_EVENTS.c.record == key)
        with self._engine.connect() as connection:
            head = self._head(connection, key)
            some = [json.loads(text) for text in connection.execute(events).scalars()]
        return loads(json.dumps({**json.loads(head), "events": some}), "json")[0]

    def append(self, key: str, event: Event) -> Literal["new", "again", "another"]:
        """Add an event to a record.

        Returns:
            Whether it is new, has come again and is the same, or is another of an id that the
            record has, and was not kept.

        Raises:
            NoRecordError: There is none of that key.
        """
        mine = (_EVENTS.c.record == key) & (_EVENTS.c.id == event.id)
        with self._engine.begin() as connection:
            head = json.loads(self._head(connection, key))
            (text,) = _parts(attrs.evolve(_history(head), events=[event]))[1].values()
            row = {"record": key, "id": event.id, "document": text}
            done = connection.execute(insert(_EVENTS).values(row).on_conflict_do_nothing())
            if done.rowcount:
                return "new"
            known = connection.execute(sa.select(_EVENTS.c.document).where(mine)).scalar_one()
        return "again" if known == text else "another"

    def _head(self, connection: sa.Connection, key: str) -> str:
        found = sa.select(_RECORDS.c.head).where(_RECORDS.c.id == key)
        head: str | None = connection.execute(found).scalar_one_or_none()
        if head is None:
            raise NoRecordError(key)
        return head


def _prepare(connection: Any, _: Any) -> None:
    """Readers and a writer beside one another, and nothing acknowledged before it is on disk."""
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _parts(history: History) -> tuple[str, dict[str, str]]:
    """A record's document without its events, and the document of each event by its id."""
    plain = json.loads(dump(history))
    events = {event["id"]: json.dumps(event, sort_keys=True) for event in plain.pop("events", ())}
    return json.dumps(plain), events


def _history(head: dict[str, Any]) -> History:
    return loads(json.dumps(head), "json")[0]
