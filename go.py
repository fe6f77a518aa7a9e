"""Set up this checkout and run one thing in it, with one command.

    python3 go.py cafcass       the bundled Cafcass record: checked, what is due, its timeline,
                                and an outlook over the coming ten years
    python3 go.py test [ARGS]   the tests; ARGS go to pytest
    python3 go.py docs          the documentation site, into site/; with --with-try also the page
                                to try the library on in the browser, for which npm is needed;
                                with --serve [PORT] it is also served, on this machine alone,
                                until it is interrupted
    python3 go.py service       a small service over the library, on this machine alone;
                                arguments go to it: --port 8000 --database records.sqlite

Needs Python 3.11 or newer and nothing else: the first run makes the virtual environment `.venv`
in the checkout and installs into it, later runs find it ready.
"""

import contextlib
import hashlib
import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
SCRIPT = BIN / ("ofsted-framework.exe" if os.name == "nt" else "ofsted-framework")
STAMP = VENV / "ofsted-framework-ready"

RECORD = ("sample:cafcass", "--as-of", "2026-11-23")
CAFCASS = (
    ("check", *RECORD),
    ("due", *RECORD),
    ("timeline", *RECORD, "--output", "cafcass-timeline.svg"),
    ("simulate", *RECORD, "--years", "10", "--seed", "7", "--picture", "cafcass-outlook.svg"),
)


def environment():
    """The environment for what runs in `.venv`, free of what would point it elsewhere."""
    aside = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PIP_TARGET", "PIP_PREFIX", "PIP_PYTHON")
    env = {name: value for name, value in os.environ.items() if name not in aside}
    return env | {
        "PIP_USER": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTHONUTF8": "1",
        "NO_MKDOCS_2_WARNING": "1",
    }


def run(*command, **options):
    """Run a command to its end and return its exit code."""
    sys.stdout.flush()
    code = subprocess.run([str(word) for word in command], env=environment(), **options).returncode
    return code if code >= 0 else 128 - code


def must(*command):
    """Run a step of the set-up; stop with one sentence if it fails."""
    if run(*command, cwd=ROOT) != 0:
        sys.exit("go.py: the set-up failed (the reason is above); the next run starts it again.")


@contextlib.contextmanager
def only_one():
    """Hold `.venv.lock`, so that two runs at once do not install over each other."""
    with open(ROOT / ".venv.lock", "a+b") as lock:  # noqa: PTH123
        if os.name == "nt":
            import msvcrt

            while True:
                try:
                    lock.seek(0)
                    msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
                    break
                except OSError:
                    time.sleep(0.5)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield  # closing the file, or the end of the process, lets the lock go


def ready(wanted):
    """Whether `.venv` was set up to its end for this pyproject.toml; "dev" holds "run"."""
    try:
        done = STAMP.read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return done in ([key(), "dev"], [key(), wanted]) and PYTHON.exists()


def key():
    """What an installation depends on: the place of the checkout and its pyproject.toml."""
    return hashlib.sha256(
        os.fsencode(ROOT) + b"\0" + (ROOT / "pyproject.toml").read_bytes()
    ).hexdigest()


def usable():
    """Whether `.venv` has a Python that runs, is new enough and has pip."""
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return PYTHON.exists() and run(PYTHON, "-c", probe, **quiet) == 0


def set_up(wanted):
    """Make `.venv` and install into it what `wanted` ("run" or "dev") names, if not done yet."""
    with only_one():
        if ready(wanted):
            return
        started = time.monotonic()
        print(
            "go.py: setting up .venv, which takes a minute or so ...", file=sys.stderr, flush=True
        )
        STAMP.unlink(missing_ok=True)  # so that a set-up that stops half-way is not trusted
        if not usable():
            if importlib.util.find_spec("ensurepip") is None:
                sys.exit(
                    "go.py: this Python cannot make virtual environments because it came without "
                    "ensurepip: install it (on Debian and Ubuntu: apt install python3-venv) and "
                    "run the same command again."
                )
            must(sys.executable, "-m", "venv", "--clear", VENV)
        # -qq leaves pip's errors and nothing else.
        pip = (PYTHON, "-m", "pip", "install", "-qq")
        if wanted == "dev":
            must(*pip, "pip>=25.1")  # the first that knows --group
            must(*pip, "-e", ".[all]", "--group", "dev")
        else:
            must(*pip, "-e", ".[plotting]")
        half = STAMP.with_suffix(".half")
        half.write_text(f"{key()}\n{wanted}\n", encoding="utf-8")
        half.replace(STAMP)
        print(f"go.py: set up in {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)


def cafcass():
    """Run the Cafcass commands, each shown before its output; return the worst exit code."""
    set_up("run")
    worst = 0
    for words in CAFCASS:
        print("$ ofsted-framework", *words)
        worst = max(worst, run(SCRIPT, *words))
        print()
    return worst


def test(*arguments):
    """Run the tests on all cores."""
    set_up("dev")
    return run(PYTHON, "-m", "pytest", "-n", "auto", *arguments, cwd=ROOT)


def docs(*arguments):
    """Build the documentation site, a warning being an error, and serve it if asked to."""
    words, port = list(arguments), None
    if "--serve" in words:
        at = words.index("--serve")
        given = words[at + 1 : at + 2] if words[at + 1 : at + 2] and words[at + 1].isdigit() else []
        del words[at : at + 1 + len(given)]
        port = int(*given or ["8765"])
    set_up("dev")
    rest = [word for word in words if word != "--with-try"]
    site = rest[rest.index("--site-dir") + 1] if "--site-dir" in rest else "site"
    code = run(PYTHON, "-m", "mkdocs", "build", "--strict", *rest, cwd=ROOT)
    if code == 0 and len(rest) < len(words):
        code = run(PYTHON, "tools/make_try.py", site, cwd=ROOT)
    if code or port is None:
        return code
    print(f"go.py: http://127.0.0.1:{port}/ shows it; Ctrl+C ends it", file=sys.stderr, flush=True)
    serve = ("-m", "http.server", port, "--bind", "127.0.0.1", "--directory", site)
    return run(PYTHON, *serve, cwd=ROOT)


def service(*arguments):
    """Run the service of examples/service, until it is interrupted."""
    set_up("run")
    stamp = STAMP.with_name("ofsted-framework-service-ready")
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != key():
        print("go.py: installing what the service runs on ...", file=sys.stderr, flush=True)
        with only_one():
            must(PYTHON, "-m", "pip", "install", "-qq", "pip>=25.1")  # the first with --group
            must(PYTHON, "-m", "pip", "install", "-qq", "--group", "service")
            stamp.write_text(key(), encoding="utf-8")
    here = Path.cwd() / "records.sqlite"
    given = arguments if "--database" in arguments else ("--database", here, *arguments)
    return run(PYTHON, "-m", "ofsted_service", *given, cwd=ROOT / "examples" / "service")


def main(arguments):
    """Do what the first argument names."""
    if sys.version_info < (3, 11):  # noqa: UP036
        return f"go.py: needs Python 3.11 or newer, and this is {sys.version.split()[0]}."
    tasks = {"cafcass": cafcass, "test": test, "docs": docs, "service": service}
    task, *rest = arguments or [""]
    if task not in tasks or (task == "cafcass" and rest):
        print(__doc__, file=sys.stdout if task in ("-h", "--help") else sys.stderr)
        return 0 if task in ("-h", "--help") else 2
    return tasks[task](*rest)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
