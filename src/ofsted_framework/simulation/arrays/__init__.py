"""The simulator on arrays: all replications of a block at once, draw for draw as the plain form.

What is owed, and when, is looked up in tables that ask the functions of the plain form: see
`lookups`. Events of a kind that come in the same turn, or are the same visit of the same stretch,
are one column: an array of the replications that have such an event, and arrays of what it is like.
A question that would need numbers beyond 64 bits is left to the plain form (`UnsupportedError`).

A block is made in layers, each of which asks only those below it: what is known (`known`), true
quality (`quality`), what events are like (`details`), the visits between them (`visits`), what
recurs (`recurring`), and what must follow (`block`). `counting` goes from block to block.
"""

from .block import Block
from .counting import AT_ONCE, on_arrays, replications
from .engine import Engine
from .lookups import Ints, UnsupportedError
from .made import Column

__all__ = [
    "AT_ONCE", "Block", "Column", "Engine", "Ints", "UnsupportedError", "on_arrays",
    "replications",
]  # fmt: skip
