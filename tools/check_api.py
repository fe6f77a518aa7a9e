"""Tell whether something public was taken away, or changed so that programs break.

    python tools/check_api.py [REF]

Compares with the last tag; where the clone has none, with the commit named in
`tools/api-baseline.txt`; or with REF. Public is what the pages of the documentation list. After a
change that is meant and is told in CHANGELOG.md, name the commit that makes it in that file.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import griffe

ROOT = Path(__file__).parents[1]
BASELINE = ROOT / "tools" / "api-baseline.txt"
PACKAGE = "ofsted_framework"


def documented() -> set[str]:
    """The paths of what the pages list, and of where each of these is defined."""
    pages = [page.read_text(encoding="utf-8") for page in (ROOT / "docs").rglob("*.md")]
    named = {path for text in pages for path in re.findall(r"^::: (\S+)$", text, re.MULTILINE)}
    package = loaded(PACKAGE, ROOT / "src")
    for path in list(named):
        found = package[path.removeprefix(f"{PACKAGE}.")]
        named.add(found.canonical_path)
    return named


def loaded(name: str, folder: Path) -> griffe.Object:
    """A package, read from its source."""
    made = griffe.load(name, search_paths=[folder], resolve_aliases=True)
    assert isinstance(made, griffe.Object)
    return made


def breakages(old: griffe.Object, new: griffe.Object, public: set[str]) -> list[tuple[str, str]]:
    """What breaks programs that use what is public: its path, and what was done."""
    found = []
    for one in griffe.find_breaking_changes(old, new):
        path = one.obj.path
        if any(path == name or path.startswith(f"{name}.") for name in public):
            found.append((path, one.explain(griffe.ExplanationStyle.ONE_LINE)))
    return found


def _git(*words: str) -> str | None:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else None


def main(arguments: list[str]) -> int:
    """Compare, and list what breaks."""
    baseline = BASELINE.read_text(encoding="utf-8").split()[0]
    ref = arguments[0] if arguments else _git("describe", "--tags", "--abbrev=0") or baseline
    if _git("cat-file", "-e", f"{ref}^{{commit}}") is None:
        if _git("rev-parse", "--is-shallow-repository") != "false":
            print(f"skipped: this clone does not reach back to {ref}")
            return 0
        print(f"{ref} is not in this clone: name another in {BASELINE.name}", file=sys.stderr)
        return 1
    old = griffe.load_git(PACKAGE, ref=ref, repo=ROOT, search_paths=["src"], resolve_aliases=True)
    assert isinstance(old, griffe.Object)
    found = breakages(old, loaded(PACKAGE, ROOT / "src"), documented())
    for _, told in found:
        print(told)
    print(f"compared with {ref}: {len(found) or 'nothing'} that breaks others")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
