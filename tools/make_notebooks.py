"""Run the notebooks, and write each as a page of the site and as a file for Jupyter.

    python tools/make_notebooks.py [--check] [NAME ...]

Each runs in a kernel of its own, from top to bottom, two at a time; a cell that fails stops it.
With `--check` nothing is written, and the exit status is 1 if a page says something else than its
notebook does now. What libraries put into their output beside the figures does not count: pictures
that matplotlib drew are compared by their words, and files for Jupyter hold no output.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any

import jupytext
from nbconvert.preprocessors import ExecutePreprocessor

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from make_docs import comparable  # noqa: E402

NOTEBOOKS = ROOT / "docs" / "notebooks"
NOTE = "<!-- Written by tools/make_notebooks.py: do not edit by hand. -->\n\n"
SHOWN = ("image/svg+xml", "text/html", "text/plain")
"""What a cell may show, the best first."""
SECONDS = 120


def executed(file: Path) -> Any:
    """A notebook with the output of its cells, run in an empty folder."""
    book = jupytext.read(file, fmt="py:percent")
    with tempfile.TemporaryDirectory() as folder:
        running = ExecutePreprocessor(
            timeout=SECONDS,
            kernel_name="python3",
            record_timing=False,
            extra_arguments=["--Application.log_level=40"],  # no word on how kernels talk
        )
        running.preprocess(book, {"metadata": {"path": folder}})
    return book


def made(file: Path) -> dict[str, str]:
    """The files that are made of a notebook: its page, its pictures, and the one for Jupyter."""
    book = executed(file)
    files, parts = {}, []
    for cell in book.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
            continue
        parts.append(f"```python\n{cell.source}\n```")
        for kind, text in outputs(cell):
            if kind == "image/svg+xml":
                name = f"{file.stem}-{len(files) + 1}.svg"
                files[name] = text.rstrip("\n") + "\n"
                parts.append(f"[![{title(text)}]({name})]({name})")  # large on a small screen
            elif kind == "text/html":
                parts.append(re.sub(r"\n\s*\n", "\n", text.strip()))
            else:
                parts.append(f"```text\n{text.rstrip()}\n```")
    parts.append(foot(file.stem))
    page = NOTE + "\n\n".join(parts) + "\n"
    return {f"{file.stem}.md": page, f"{file.stem}.ipynb": for_jupyter(book), **files}


def outputs(cell: Any) -> Iterator[tuple[str, str]]:
    """What a cell shows: the kind and the text of each, what is printed in one piece."""
    printed = "".join(one.text for one in cell.outputs if one.output_type == "stream")
    wrong = [one.text for one in cell.outputs if one.get("name") == "stderr"]
    if wrong:
        raise SystemExit(f"a cell writes to standard error: {wrong[0]}")
    if printed:
        yield "text/plain", printed
    for one in cell.outputs:
        if one.output_type != "stream":
            kind = next(kind for kind in SHOWN if kind in one.data)
            yield kind, one.data[kind]


def title(svg: str) -> str:
    """What a picture is called, to stand for it where it is not seen."""
    found = re.search(r"<title[^>]*>(.*?)</title>", svg, re.DOTALL)
    if found is None:
        raise SystemExit("a picture has no title")
    return re.sub(r"([\[\]\\])", r"\\\1", " ".join(unescape(found[1]).split()))


def foot(name: str) -> str:
    """How to get a notebook."""
    return (
        f"This page is a notebook, run from top to bottom: take it as a file for Jupyter, "
        f"[{name}.ipynb]({name}.ipynb), or as Python, [{name}.py]({name}.py), which Jupyter opens "
        "with Jupytext. [The list of notebooks](index.md) says what they need."
    )


def for_jupyter(book: Any) -> str:
    """A notebook as Jupyter keeps it, without output, always in the same spelling."""
    cells = []
    for number, cell in enumerate(book.cells, 1):
        more = {"execution_count": None, "outputs": []} if cell.cell_type == "code" else {}
        cells.append(
            {
                "cell_type": cell.cell_type,
                "id": f"cell-{number}",
                "metadata": {},
                **more,
                "source": away(cell.source).splitlines(keepends=True),
            }
        )
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def away(text: str) -> str:
    """A cell away from the site: links to other pages of it are text."""
    return re.sub(r"\[([^\]]*)\]\(\.\./[^)]*\)", r"\1", text)


def left_over(folder: Path, wanted: Iterable[str]) -> list[Path]:
    """Files in the folder that no notebook makes any more."""
    there = [path for kind in ("md", "ipynb", "svg") for path in folder.glob(f"*.{kind}")]
    return sorted(path for path in there if path.name not in {*wanted, "index.md"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the files and write or compare them; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit 1 if a page is stale")
    parser.add_argument("names", nargs="*", metavar="NAME", help="these only")
    options = parser.parse_args(arguments)
    os.environ["PYTHONPATH"] = str(ROOT / "src")
    files = [NOTEBOOKS / f"{name}.py" for name in options.names] or sorted(NOTEBOOKS.glob("*.py"))
    wanted: dict[str, str] = {}
    with ThreadPoolExecutor(2) as pool:
        for some in pool.map(made, files):
            wanted |= some
    over = [] if options.names else left_over(NOTEBOOKS, wanted)
    if not options.check:
        for path in over:
            path.unlink()
        for name, text in wanted.items():
            (NOTEBOOKS / name).write_bytes(text.encode())
        return 0
    stale = [path.name for path in over]
    for name, text in wanted.items():
        path = NOTEBOOKS / name
        if not path.is_file() or comparable(path.read_text("utf-8")) != comparable(text):
            stale.append(name)
    for name in sorted(stale):
        print(f"docs/notebooks/{name} is stale: run tools/make_notebooks.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
