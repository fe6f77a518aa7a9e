"""Answers as tables: columns of one length, for data frames and for files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from typing import Any

import attrs

from .errors import OfstedFrameworkError


def library(name: str) -> Any:
    """A library that makes data frames.

    Raises:
        OfstedFrameworkError: It is not installed.
    """
    try:
        return import_module(name)
    except ImportError:
        message = f"is needed for this and not installed: pip install {name}"
        raise OfstedFrameworkError.of(message, name) from None


def to_pandas(columns: Mapping[str, Sequence[object]]) -> Any:
    """Columns as a data frame of pandas, in which days are dates of its own (`datetime64`)."""
    pandas = library("pandas")
    frame = pandas.DataFrame(dict(columns))
    for name, values in columns.items():
        told = [value for value in values if value is not None]
        if told and all(isinstance(value, date) for value in told):
            frame[name] = pandas.to_datetime(frame[name])
    return frame


def to_polars(columns: Mapping[str, Sequence[object]]) -> Any:
    """Columns as a data frame of polars."""
    return library("polars").DataFrame(dict(columns), strict=False)


@attrs.frozen
class Listing:
    """A table of answers: its columns and its rows."""

    columns: tuple[str, ...]
    """The names of its columns."""
    rows: tuple[tuple[object, ...], ...]
    """Its rows, each with a value for every column: a text, a number, a day or None."""

    @classmethod
    def of(cls, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Listing:
        """A table of rows."""
        return cls(tuple(columns), tuple(map(tuple, rows)))

    def __len__(self) -> int:
        """How many rows it has."""
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, object]]:
        """Go through its rows, each as a mapping."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def to_records(self) -> list[dict[str, object]]:
        """Its rows as a list of mappings."""
        return list(self)

    def to_columns(self) -> dict[str, list[object]]:
        """Its columns by name."""
        return {name: [row[at] for row in self.rows] for at, name in enumerate(self.columns)}

    def to_pandas(self) -> Any:
        """The table as a data frame of pandas.

        Raises:
            OfstedFrameworkError: pandas is not installed.
        """
        return to_pandas(self.to_columns())

    def to_polars(self) -> Any:
        """The table as a data frame of polars.

        Raises:
            OfstedFrameworkError: polars is not installed.
        """
        return to_polars(self.to_columns())

    def to_csv(self) -> str:
        """The table as CSV, in which no cell is taken for a formula."""
        from .telling.csv_text import csv_text

        return csv_text(self.columns, self.rows)

    def _repr_html_(self) -> str:
        from .telling.html import listing_html

        return listing_html(self)
