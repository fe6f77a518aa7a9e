"""What `import ofsted_framework` costs beside `import attrs`, each over a bare interpreter.

Each is timed in a process of its own, in turn, so that a busy machine slows all of them.
Prints the medians and the ratio; at most 1.6 is wanted. The last is a whole command, from nothing
to what is due: at most 150 ms over a bare interpreter are wanted.
"""

import os
import statistics
import subprocess
import sys
import time

RUNS = 31
CODES = {
    "a bare interpreter": "pass",
    "import attrs": "import attrs",
    "import ofsted_framework": "import ofsted_framework",
    "…, and its classes": "from ofsted_framework import History, Inspection, Framework",
    "…, and a check": "from ofsted_framework import check, sample",
    "due sample:cafcass": "from ofsted_framework.cli import main; "
    "main(['due', 'sample:cafcass', '--as-of', '2026-11-23'])",
}


def seconds(code: str) -> float:
    """The wall-clock time of a process that runs the code."""
    # Without its bytecode a package is compiled anew each time, which nobody does.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    command = [sys.executable, "-c", code]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Time each in turn and print medians and ratios."""
    for code in CODES.values():
        seconds(code)
    times: dict[str, list[float]] = {name: [] for name in CODES}
    for _ in range(RUNS):
        for name, code in CODES.items():
            times[name].append(seconds(code))
    medians = {name: statistics.median(some) for name, some in times.items()}
    bare = medians["a bare interpreter"]
    attrs = medians["import attrs"] - bare
    for name, median in medians.items():
        over = median - bare
        print(
            f"{name:26} {median * 1000:6.1f} ms, {over * 1000:6.1f} over bare, "
            f"{over / attrs:5.2f} of import attrs"
        )


if __name__ == "__main__":
    main()
