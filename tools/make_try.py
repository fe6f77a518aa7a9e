"""Put the page "Try it in the browser" into a built site.

    python tools/make_try.py SITE

Nothing of it is in the repository but its text: Pyodide comes by `npm`, the library and what it
needs by `pip`, and all of them are copied into the site, so that the page asks no other place for
anything. Without npm it says so, and the exit status is 1.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTS = ROOT / "tools" / "try"
PYODIDE = "314.0.7"
FROM_PYODIDE = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
WITHOUT = '<p id="try-it">'
"""How the paragraph begins that a site without the page has in the page's place."""


def fetch(folder: Path) -> None:
    """Fetch Pyodide and wheels into a folder.

    Raises:
        SystemExit: npm is not there, or something could not be fetched or runs in no browser.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("make_try: npm is not there, which Pyodide comes by: install Node.js")
    must(npm, "pack", "--silent", f"pyodide@{PYODIDE}", "--pack-destination", folder)
    archive = folder / f"pyodide-{PYODIDE}.tgz"
    with tarfile.open(archive) as packed:
        for name in FROM_PYODIDE:
            member = packed.extractfile(f"package/{name}")
            assert member is not None
            (folder / name).write_bytes(member.read())
    archive.unlink()
    must(sys.executable, "-m", "pip", "wheel", "-qq", "--wheel-dir", folder, ROOT)
    wheels = sorted(path.name for path in folder.glob("*.whl"))
    wrong = not_pure(wheels)
    if wrong:
        raise SystemExit(f"make_try: not pure Python, so that no browser runs it: {wrong[0]}")
    (folder / "wheels.json").write_text(json.dumps(wheels), encoding="utf-8")


def must(*command: object) -> None:
    """Run a command.

    Raises:
        SystemExit: It failed.
    """
    words = [str(word) for word in command]
    if subprocess.run(words, stdout=subprocess.DEVNULL).returncode != 0:
        raise SystemExit(f"make_try: this failed, and said why above: {' '.join(words)}")


def not_pure(wheels: Iterable[str]) -> list[str]:
    """The wheels that are not for every machine."""
    return [name for name in wheels if not name.endswith("-none-any.whl")]


def link(site: Path) -> None:
    """Have the site's page on it lead to it.

    Raises:
        SystemExit: There is no such page, or it has no place for that.
    """
    file = site / "in-the-browser" / "index.html"
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    before, found, rest = text.partition(WITHOUT)
    if not found:
        raise SystemExit(f"make_try: {site} is no built site with a page on the browser")
    after = rest.partition("</p>")[2]
    told = '<p id="try-it"><a href="../try/">Try it in the browser</a></p>'
    file.write_text(before + told + after, encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Make the page; return the exit status."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    site = Path(arguments[0])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "try")
        shutil.copytree(PARTS, folder)
        fetch(folder)
        link(site)
        shutil.rmtree(site / "try", ignore_errors=True)
        shutil.copytree(folder, site / "try")
    size = sum(path.stat().st_size for path in (site / "try").rglob("*") if path.is_file())
    print(f"{site / 'try'}: {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
