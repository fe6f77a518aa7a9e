"""Run the core's tests with the lowest versions of its dependencies, or with the highest.

    python tools/check_versions.py lowest
    python tools/check_versions.py highest

Makes an environment of its own in a temporary folder. `holidays` is left out of it, which holds
python-dateutil below 3, so that the highest is the highest; so are the tests that compare with it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = (
    *("dates", "windows", "worked_example", "rules", "editions", "governing", "cafcass_sample"),
    *("extending", "testing::TestAnyRecord", "testing::test_a_service_that_keeps_the_contract"),
)
"""Tests of the core that need nothing but the library, pytest and Hypothesis."""
EXTRAS = ("testing",)


def requirements(which: str) -> list[str]:
    """What the library asks for, and pytest, at the versions meant."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = list(project["dependencies"])
    for extra in EXTRAS:
        asked += project["optional-dependencies"][extra]
    if which == "lowest":
        asked = [re.sub(r">=([\d.]+)$", r"==\1.*", one) for one in asked]
    return [*asked, "pytest>=8.2"]


def main(arguments: list[str]) -> int:
    """Make the environment, say what is in it, and run the tests."""
    if arguments not in (["lowest"], ["highest"]):
        print(__doc__, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / ("Scripts" if os.name == "nt" else "bin") / "python"
        pip = [str(python), "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "-qq", *requirements(arguments[0])], check=True)
        subprocess.run([*pip, "list"], check=True)
        files = [f"tests/test_{one}.py::{part}".removesuffix("::")
                 for one, _, part in (name.partition("::") for name in TESTS)]  # fmt: skip
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "HYPOTHESIS_PROFILE": "quick",
        }
        command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", *files]
        return subprocess.run(command, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
