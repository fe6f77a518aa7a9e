"""Tell whether a wheel holds the package, all of it and nothing else.

python tools/check_wheel.py dist/ofsted_framework-0.1.0-py3-none-any.whl
"""

from __future__ import annotations

import sys
import zipfile
from email.parser import HeaderParser
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
ENTRY_POINTS = (
    "ofsted-framework = ofsted_framework.cli:main",
    "ofsted_framework = ofsted_framework.testing._registered:register",
)


def faults(wheel: Path) -> list[str]:
    """What is wrong with a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
        info = next(name for name in names if name.endswith(".dist-info/METADATA"))
        about = HeaderParser().parsestr(archive.read(info).decode())
        points = archive.read(info.replace("METADATA", "entry_points.txt")).decode()
    inside = {name for name in names if ".dist-info/" not in name}
    wanted = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and ".egg-info" not in str(path)
    }
    found = [f"is not in it: {name}" for name in sorted(wanted - inside)]
    found += [f"is in it: {name}" for name in sorted(inside - wanted)]
    if not any(name.endswith("/licenses/LICENSE") for name in names):
        found.append("is not in it: the licence")
    found += [f"is no entry point: {line}" for line in ENTRY_POINTS if line not in points]
    asked = [one for one in about.get_all("Requires-Dist", []) if "extra ==" not in one]
    bare = sorted(one.split(">=")[0].strip() for one in asked)
    if bare != ["attrs", "cattrs", "python-dateutil"]:
        found.append(f"asks for {', '.join(asked)}")
    found += [f"is a cap: {one}" for one in asked if "<" in one]
    if about["License-Expression"] != "MIT" or about["Requires-Python"] != ">=3.11":
        found.append("states another licence, or other versions of Python")
    return found


def main(arguments: list[str]) -> int:
    """List what is wrong."""
    (path,) = map(Path, arguments)
    found = faults(path)
    for one in found:
        print(f"{path.name}: {one}", file=sys.stderr)
    if not found:
        with zipfile.ZipFile(path) as archive:
            print(f"{path.name} holds {len(archive.namelist())} files, as it should")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
