"""Run the examples of the page "Try it in the browser" as a browser does, under Node.js.

    python tools/check_try.py SITE

What comes of them must be what comes of them here without Matplotlib, to the letter. The site is
one that `tools/make_try.py` put the page into. Needs Node.js.
"""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTS = ROOT / "tools" / "try"


def here() -> dict[str, list[str]]:
    """What each example prints and shows in this Python without Matplotlib, in an empty folder."""
    sys.modules["matplotlib"] = None  # type: ignore[assignment]
    sys.path.insert(0, str(ROOT / "src"))
    run = runpy.run_path(str(PARTS / "run.py"))["run"]
    examples = {path.name: path.read_text("utf-8") for path in (PARTS / "examples").glob("*.py")}
    was = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            return {name: list(run(text)) for name, text in sorted(examples.items())}
        finally:
            os.chdir(was)


def there(folder: Path) -> dict[str, list[str]]:
    """The same under Node.js, from the files of the page."""
    command = ["node", str(ROOT / "tools" / "check_try.mjs"), str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    found: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(arguments: list[str]) -> int:
    """Compare; return the exit status."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    mine, theirs = here(), there(Path(arguments[0]) / "try")
    different = sorted(name for name in {*mine, *theirs} if mine.get(name) != theirs.get(name))
    for name in different:
        print(f"{name}: another result under Node.js", file=sys.stderr)
    print(f"{len(mine) - len(different)} of {len(mine)} examples give the same")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
