"""Reading and writing 100,000 events, beside cattrs' own orjson converter with the same classes.

    python benchmarks/documents.py [EVENTS]

Records of sixty events each, of every kind that there is. All ways make the same objects, with the
checks that the classes make; ours tells every fault with its place besides. Needs orjson; where
msgspec is installed, what it takes to decode the same bytes into plain values is shown too.
"""

from __future__ import annotations

import gc
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from cattrs.preconf.orjson import make_converter
from cattrs.strategies import configure_tagged_union

from ofsted_framework import History, Provider, When, documents
from ofsted_framework.events import EVENTS, Scope

EACH = 60
AREAS = ("overall-effectiveness", "impact-of-leaders", "help-and-protection", "in-care")
GRADES = ("outstanding", "good", "requires-improvement", "inadequate")


def record(number: int, chance: random.Random) -> dict[str, Any]:
    """A record as a document spells it."""
    events = []
    for place in range(EACH):
        year, month, day = 2005 + place // 4, chance.randint(1, 12), chance.randint(1, 14)
        one: dict[str, Any] = {
            "type": chance.choice(("inspection", "focused-visit", "engagement-meeting")),
            "id": f"e-{place}",
            "start": f"{year}-{month:02}-{day:02}",
        }
        if one["type"] == "inspection":
            one |= {
                "end": f"{year}-{month:02}-{day + 11:02}",
                "published": f"{year}-{month:02}-28",
                "kind": chance.choice(("standard", "short")),
                "judgements": [{"area": a, "grade": chance.choice(GRADES)} for a in AREAS],
            }
        elif one["type"] == "focused-visit":
            one |= {"end": f"{year}-{month:02}-{day + 1:02}", "theme": "the front door"}
        events.append(one)
    provider = {"name": f"Authority {number}", "kind": "local-authority"}
    return {
        "format": documents.FORMAT, "version": documents.VERSION, "provider": provider,
        "events": events,
    }  # fmt: skip


def cattrs_way() -> tuple[Callable[[str], History], Callable[[History], bytes]]:
    """Reading and writing with cattrs as it comes, told of our few scalar classes."""
    made = make_converter(forbid_extra_keys=True, omit_if_default=True)
    made.register_structure_hook(When, lambda value, _: When.parse(value))
    made.register_unstructure_hook(When, str)
    made.register_structure_hook(Scope, lambda value, _: Scope.of(value))
    made.register_unstructure_hook(Scope, str)
    union: Any = EVENTS["inspection"]
    for cls in EVENTS.values():
        union = union | cls
    tags = {cls: tag for tag, cls in EVENTS.items()}
    configure_tagged_union(union, made, tag_generator=tags.__getitem__, tag_name="type")

    def read(text: str) -> History:
        import orjson

        plain = orjson.loads(text)
        events = made.structure(plain["events"], tuple[union, ...])
        return History(made.structure(plain["provider"], Provider), events)

    def write(history: History) -> bytes:
        import orjson

        return orjson.dumps({
            "format": documents.FORMAT, "version": documents.VERSION,
            "provider": made.unstructure(history.provider),
            "events": made.unstructure(history.events, tuple[union, ...]),
        })  # fmt: skip

    return read, write


def timed(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median seconds of each way, taken in turn."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            gc.collect()
            began = time.process_time()
            way()
            found[name].append(time.process_time() - began)
    return {name: statistics.median(some) for name, some in found.items()}


def main() -> None:
    """Time and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    chance = random.Random(1)
    texts = [json.dumps(record(n, chance)) for n in range(max(1, count // EACH))]
    events = len(texts) * EACH
    read, write = cattrs_way()
    histories = [documents.loads(text, "json")[0] for text in texts]
    assert [read(text) for text in texts[:20]] == histories[:20]
    assert [json.loads(write(one)) for one in histories[:20]] == [
        json.loads(documents.dump(one, layout="ndjson")) for one in histories[:20]
    ]
    reading: dict[str, Callable[[], object]] = {
        "ours": lambda: [documents.loads(text, "json") for text in texts],
        "cattrs": lambda: [read(text) for text in texts],
    }
    try:
        import msgspec
    except ImportError:
        pass
    else:
        reading["msgspec, plain values"] = lambda: [msgspec.json.decode(text) for text in texts]
    writing: dict[str, Callable[[], object]] = {
        "ours": lambda: [documents.dump(one, layout="ndjson") for one in histories],
        "cattrs": lambda: [write(one) for one in histories],
    }
    for title, ways in (("reading", reading), ("writing", writing)):
        found = timed(ways, 5)
        for name, seconds in found.items():
            each = seconds / events * 1e6
            print(f"{title:8} {name:22} {each:6.2f} µs an event, "
                  f"{found['cattrs'] / seconds:5.2f} times as fast as cattrs")  # fmt: skip


if __name__ == "__main__":
    main()
