"""Let atheris look for bytes that break a reader, guided by the lines that they reach.

    python -m pip install --group fuzzing -e .
    python tools/fuzz_guided.py -max_total_time=60

Arguments go to libFuzzer. Whatever comes of a reader must be an answer or the library's own error.
The first byte of an input says which reader takes the rest; the golden documents are where it
begins. `tools/fuzz.py` needs no such package, and reads files of more sorts.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

with atheris.instrument_imports(include=["ofsted_framework"]):
    import ofsted_framework as of
    from ofsted_framework.documents import load_document
    from ofsted_framework.editions import read_framework
    from ofsted_framework.simulation import read_behaviour
    from ofsted_framework.tables import read

GOLDEN = ROOT / "tests" / "golden"
FOLDER = Path(tempfile.mkdtemp())


def _file(ending: str, reader: Callable[[Path], object], data: bytes) -> None:
    path = FOLDER / f"input{ending}"
    path.write_bytes(data)
    reader(path)


def _text(reader: Callable[[str], object], data: bytes) -> None:
    reader(data.decode("utf-8", "surrogatepass"))


READERS: tuple[Callable[[bytes], None], ...] = (
    partial(_text, load_document),
    partial(_file, ".csv", read),
    partial(_file, ".toml", read),
    partial(_text, read_framework),
    partial(_file, ".toml", read_behaviour),
)


def one(data: bytes) -> None:
    """Read an input."""
    if data:
        with suppress(of.OfstedFrameworkError, UnicodeDecodeError):
            READERS[data[0] % len(READERS)](data[1:])


def main(arguments: list[str]) -> None:
    """Begin with the golden documents and the files of the library."""
    seeds = FOLDER / "seeds"
    seeds.mkdir()
    data = ROOT / "src" / "ofsted_framework" / "data"
    files = [(0, GOLDEN.glob("*.json")), (3, data.glob("frameworks/*.toml"))]
    for number, some in [*files, (4, data.glob("behaviours/*.toml"))]:
        for file in some:
            (seeds / f"{number}-{file.stem}").write_bytes(bytes([number]) + file.read_bytes())
    (seeds / "1").write_bytes(
        b"\x01provider,provider_kind,type,id,start\nA,cafcass,inspection,i,2024\n"
    )
    (seeds / "2").write_bytes(b'\x02[provider]\nname = "A"\nkind = "cafcass"\n')
    atheris.Setup([*arguments, str(seeds)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
