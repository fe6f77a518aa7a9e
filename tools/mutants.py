"""Change the code in small ways, one at a time, and see whether a test fails.

    python -m pip install -e ".[all]" --group test --group mutation
    python tools/mutants.py --share 0.1

The changes (mutants) are those of mutmut's operators. Its runner is not used: it leaves out every
decorated function, which most rules, properties and cached functions are, and everything outside
functions. Here the function takes the code of the mutant in a fork of a process that has collected
the tests; those that reach the changed lines run, the ones that lately killed a neighbour first,
then the quickest, until one fails. What survives that, and what takes effect on import, is run in
a fork of a process that has not imported the library, for longer.

Which tests reach which lines is found out first, with coverage, and kept in `build/mutants` with
the outcome of every mutant: a second call goes on where the first stopped. After a change of the
code or the tests, delete that directory. `docs/mutation-testing.md` tells the results, and
`tools/mutants.toml` the mutants that no test can kill.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gc
import importlib
import importlib.machinery
import importlib.util
import json
import math
import os
import random
import resource
import signal
import sys
import time
import tomllib
import types
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "ofsted_framework"
SCOPE = (
    *("dates.py", "windows.py", "obligations.py", "rules/__init__.py", "rules/_rule.py"),
    *("rules/form.py", "rules/sequence.py", "rules/timing.py", "rules/completeness.py"),
    *("history.py", "documents.py"),
)
LEFT_OUT = (
    *("arrays", "back_test", "behaviour", "broken_tables", "cli_compare", "cli_tables"),
    *("docs", "executors", "fitting", "markov", "notebooks", "outlook"),
    *("outlook_telling", "public_api", "scans", "simulation_bits", "simulation_conforms"),
    *("sinks", "summary", "table", "tables_broken", "tables_reading", "tidy", "tools"),
    *("true_quality", "typed_use"),
)
"""Test files that are not run: of what rests on the modules in scope, or of other processes."""
OPTIONS = (
    *(
        "-q",
        "--tb=no",
        "--assert=plain",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-p",
        "no:cov",
    ),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)
MEMORY = 6 << 30
"""How much a mutant may ask for, in bytes."""

os.environ.setdefault("HYPOTHESIS_PROFILE", "quick")
os.environ["HYPOTHESIS_NO_PLUGINS"] = "1"  # its plugin would import the library too soon


# --- The mutants --------------------------------------------------------------------------------


class Mutant:
    """One change of one file."""

    def __init__(
        self, file: str, function: str, lines: tuple[int, int], operator: str, text: str, old: str
    ) -> None:
        self.file, self.function, self.lines, self.operator = file, function, lines, operator
        self.text = text  # the whole file as changed
        before, after = _difference(old, text)
        self.before, self.after = before, after
        self.id = f"{file}:{function}:{operator}: {before} -> {after}"

    @property
    def module(self) -> str:
        """The name of the module."""
        parts = Path("ofsted_framework", self.file).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _difference(old: str, new: str) -> tuple[str, str]:
    """The lines that differ, their white space squeezed."""
    a, b = old.splitlines(), new.splitlines()
    start = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), 0)
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    squeezed = (" ".join(" ".join(some[start : len(some) - end]).split()) for some in (a, b))
    before, after = squeezed
    return before, after


def _left_out(node: Any) -> bool:
    """Whether nothing in a part of the code is changed."""
    import libcst as cst
    from libcst import matchers as m

    if isinstance(node, cst.Annotation | cst.Import | cst.ImportFrom):
        return True
    # Calls that would only raise, as mutmut leaves them out; what is for type checkers alone; how
    # much is kept in mind.
    names = ("len", "isinstance", "TypeVar", "cast", "lru_cache")
    called = node.func if isinstance(node, cst.Call) else None
    if isinstance(called, cst.Name) and called.value in names:
        return True
    if isinstance(called, cst.Attribute) and called.attr.value in names:
        return True
    if m.matches(node, m.Assign(value=m.Subscript(value=m.Name("tuple")))):
        return True
    # The prose of a rule.
    return m.matches(node, m.Arg(keyword=m.Name("why") | m.Name("remedy")))


def mutants(file: str, share: float = 1, seed: int = 1) -> Iterator[Mutant]:
    """The mutants of a file, in the order of its lines: all, or a random sample.

    Args:
        file: The file.
        share: The probability with which each is taken.
        seed: What the sample follows from.
    """
    import libcst as cst
    from libcst.metadata import MetadataWrapper, PositionProvider
    from mutmut.mutation.mutators import mutation_operators

    old = (PACKAGE / file).read_text("utf-8")
    wrapper = MetadataWrapper(cst.parse_module(old), unsafe_skip_copy=False)
    module = wrapper.module
    places = wrapper.resolve(PositionProvider)
    assert module.code == old

    class Find(cst.CSTVisitor):
        def __init__(self) -> None:
            super().__init__()
            self.found: list[tuple[cst.CSTNode, cst.CSTNode, str, tuple[int, int], str]] = []
            self.names: list[str] = []
            self.statements: list[tuple[int, int]] = []

        def on_visit(self, node: cst.CSTNode) -> bool:
            if _left_out(node):
                return False
            if isinstance(node, cst.FunctionDef | cst.ClassDef):
                self.names.append(node.name.value)
            place = places.get(node)
            lines = (place.start.line, place.end.line) if place else self.statements[-1]
            self.statements.append(lines)
            for kind, operator in mutation_operators:
                if isinstance(node, kind):
                    for changed in operator(node):
                        name = operator.__name__.removeprefix("operator_")
                        self.found.append((node, changed, name, lines, ".".join(self.names)))
            return True

        def on_leave(self, node: cst.CSTNode) -> None:
            if _left_out(node):
                return
            self.statements.pop()
            if isinstance(node, cst.FunctionDef | cst.ClassDef):
                self.names.pop()

    draw = random.Random(f"{seed} {file}")
    count: Counter[str] = Counter()
    pieces = [module.code_for_node(one) for one in module.body]
    start = old.index(pieces[0])
    for place, statement in enumerate(module.body):
        find = Find()
        find.statements.append((1, 1))
        statement.visit(find)
        before = old[:start]
        start += len(pieces[place])
        after = old[start:]
        for node, changed, name, lines, function in find.found:
            if draw.random() >= share:
                continue
            try:
                new = module.code_for_node(statement.deep_replace(node, changed))  # type: ignore[arg-type]
                compile(new, file, "exec", dont_inherit=True)
            except Exception:  # no Python
                continue
            if new != pieces[place]:
                mutant = Mutant(file, function, lines, name, before + new + after, old)
                count[mutant.id] += 1
                if count[mutant.id] > 1:
                    mutant.id += f" ({count[mutant.id]})"
                yield mutant


def statement_lines(file: str) -> dict[int, tuple[int, int]]:
    """Of every line the first and last line of the innermost statement, or of its head."""
    import ast

    found: dict[int, tuple[int, int]] = {}

    def visit(nodes: Sequence[ast.stmt]) -> None:
        for node in nodes:
            body = getattr(node, "body", None)
            some = getattr(node, "decorator_list", [])
            first = min([node.lineno, *(one.lineno for one in some)])
            last = node.end_lineno or first
            for line in range(first, last + 1):
                found[line] = first, last
            if body:
                head = max(first, body[0].lineno - 1)
                for line in range(first, head + 1):
                    found[line] = first, head
                for part in ("body", "orelse", "finalbody"):
                    visit(getattr(node, part, []))
                for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
                    visit(part.body)
            elif hasattr(node, "cases"):
                for case in node.cases:
                    visit(case.body)

    visit(ast.parse((PACKAGE / file).read_text("utf-8")).body)
    return found


# --- Which tests reach which lines --------------------------------------------------------------


def forked(work: Callable[[], None]) -> int:
    """Do something in a process of its own, and wait for it."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return os.waitpid(pid, 0)[1]


class Loop:
    """A pytest plugin that does something else with the tests than to run them one by one."""

    def __init__(self, work: Callable[[Loop, Any], None]) -> None:
        self.work = work
        self.failed = False
        self.began = False

    def pytest_runtestloop(self, session: Any) -> bool:
        """Do the work in the place of pytest's own loop."""
        if not session.testsfailed:
            self.began = True
            self.work(self, session)
        return True

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Remember that a test failed."""
        self.failed = self.failed or report.failed

    def run(self, item: Any, after: Any) -> bool:
        """Run one test, and say whether it passed."""
        self.failed = False
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        return not self.failed


def run_pytest(out: Path, work: Callable[[Loop, Any], None], *args: str) -> Loop:
    """Collect the tests, silently, and do some work with them."""
    import pytest

    os.environ.pop("HYPOTHESIS_NO_PLUGINS", None)
    from hypothesis import entry_points

    sys.stdout.flush()
    with (out / "pytest.log").open("a") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    sys.path[:0] = [str(SOURCE)]
    os.chdir(ROOT)
    loop = Loop(work)
    if hasattr(entry_points, "run"):
        entry_points.run()
    pytest.main([*OPTIONS, f"--basetemp={out / 'tmp'}", *args], plugins=[loop])
    return loop


def make_map(out: Path, tests: Sequence[str]) -> None:
    """Find out which tests reach which lines, and how long each takes."""
    import coverage

    files = {str(PACKAGE / file): file for file in SCOPE}
    cov = coverage.Coverage(data_file=None, config_file=False, include=list(files), branch=False)
    seconds: dict[str, float] = {}
    bad: list[str] = []

    def work(loop: Loop, session: Any) -> None:
        items = session.items
        for item, after in zip(items, [*items[1:], None], strict=True):
            cov.switch_context(item.nodeid)
            begin = time.perf_counter()
            good = loop.run(item, after)
            seconds[item.nodeid] = round(time.perf_counter() - begin, 4)
            if not good:
                bad.append(item.nodeid)

    cov.start()
    run_pytest(out, work, *tests)
    cov.stop()
    data = cov.get_data()
    reached: dict[str, dict[int, list[str]]] = {}
    for path, file in files.items():
        lines = data.contexts_by_lineno(path)
        reached[file] = {line: [c for c in some if c] for line, some in lines.items()}
    modules = [
        name
        for name, module in list(sys.modules.items())
        if getattr(module, "__file__", None)
        and not str(module.__file__).startswith(str(ROOT) + "/")
        and not name.startswith(("ofsted_framework", "__main__"))
    ]
    found = {"seconds": seconds, "bad": bad, "reached": reached, "modules": modules}
    (out / "map.json").write_text(json.dumps(found))


class Map:
    """Which tests reach which lines, and how long each takes."""

    def __init__(self, out: Path) -> None:
        plain = json.loads((out / "map.json").read_text())
        self.seconds: dict[str, float] = plain["seconds"]
        self.bad = frozenset(plain["bad"])
        self.reached = {
            file: {int(line): some for line, some in lines.items()}
            for file, lines in plain["reached"].items()
        }
        self.modules: list[str] = plain["modules"]
        self.killers: dict[tuple[str, str], deque[str]] = defaultdict(lambda: deque(maxlen=8))

    @functools.cached_property
    def statements(self) -> dict[str, dict[int, tuple[int, int]]]:
        """The lines of the statement that a line is in."""
        return {file: statement_lines(file) for file in self.reached}

    def tests(self, mutant: Mutant, budget: float) -> list[str]:
        """The tests to run, in order: no more than take so many seconds of those that are known."""
        lines = self.reached[mutant.file]
        spans = [self.statements[mutant.file].get(line, (line, line)) for line in mutant.lines]
        near = range(min(span[0] for span in spans), max(span[1] for span in spans) + 1)
        found = {test for line in near for test in lines.get(line, ())}
        # What is worked out once and kept is reached by the first test that asks for it only.
        others = {test for some in lines.values() for test in some} - found
        name = Path(mutant.file).stem.strip("_")
        lately = [*self.killers[mutant.file, mutant.function], *self.killers[mutant.file, ""]]
        rank = {test: place for place, test in enumerate(dict.fromkeys(lately))}

        def order(test: str) -> tuple[int, float]:
            return rank.get(test, len(rank)), self.seconds[test] * (1 if name in test else 3)

        chosen: list[str] = []
        for some, limit in ((found, budget), (others, budget / 2)):
            total = 0.0
            for test in sorted(some - self.bad, key=order):
                total += self.seconds[test]
                if total > limit:
                    break
                chosen.append(test)
        return chosen

    def killed(self, mutant: Mutant, test: str) -> None:
        """Remember which test killed a mutant."""
        for key in ((mutant.file, mutant.function), (mutant.file, "")):
            self.killers[key].appendleft(test)


# --- Running ------------------------------------------------------------------------------------


Functions = dict[tuple[str, types.CodeType], list[types.FunctionType]]
"""The functions of the library by file and code."""


class NoEffectError(Exception):
    """A mutant that cannot be put into a process that has imported the library already."""


def attempt(work: Callable[[], str]) -> str:
    """What work in a fork comes to: what it returns, or `timeout`, or `crash`."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.setpgid(0, 0)
            os.close(reading)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            signal.signal(signal.SIGPROF, signal.SIG_DFL)
            said = work()
        except NoEffectError:
            said = "no effect"
        except BaseException as error:
            said = f"killed: {type(error).__name__}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    status = os.waitpid(pid, 0)[1]
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    os.set_blocking(reading, False)
    try:
        said = os.read(reading, 65536).decode()
    except BlockingIOError:
        said = ""
    os.close(reading)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGPROF:
        return "timeout"
    return said or "crash"


def in_order(loop: Loop, items: Sequence[Any], seconds: dict[str, float]) -> str:
    """Run tests until one fails; which it was."""
    for item, after in zip(items, [*items[1:], None], strict=True):
        signal.setitimer(signal.ITIMER_PROF, 3 + 10 * seconds.get(item.nodeid, 1))
        if not loop.run(item, after):
            signal.setitimer(signal.ITIMER_PROF, 0)
            return f"killed: {item.nodeid}"
    signal.setitimer(signal.ITIMER_PROF, 0)
    return f"survived {len(items)} tests"


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, types.CodeType):
            yield from _codes(one)


@functools.cache
def _compiled(path: str) -> types.CodeType:
    return compile(Path(path).read_text("utf-8"), path, "exec", dont_inherit=True)


def put_in(mutant: Mutant, functions: Functions) -> None:
    """Give the functions of the library the code of a mutant."""
    path = str(PACKAGE / mutant.file)
    old = _outermost(_compiled(path))
    new = _outermost(compile(mutant.text, path, "exec", dont_inherit=True))
    done = False
    for name, codes in new.items():
        if len(codes) != len(old.get(name, ())):
            raise NoEffectError
        for code, was in zip(codes, old[name], strict=True):
            for function in () if _same(code, was) else functions.get((path, was), ()):
                function.__code__ = code
                done = True
    if not done:
        raise NoEffectError


def _outermost(module: types.CodeType) -> dict[str, list[types.CodeType]]:
    """The code of every function that is not inside another, by name: lambdas share one."""
    found: dict[str, list[types.CodeType]] = defaultdict(list)
    for code in _codes(module):
        if "<locals>" not in code.co_qualname:
            found[code.co_qualname].append(code)
    return found


def _same(a: types.CodeType, b: types.CodeType) -> bool:
    if a.co_code != b.co_code or a.co_names != b.co_names or a.co_varnames != b.co_varnames:
        return False
    if len(a.co_consts) != len(b.co_consts):
        return False
    for x, y in zip(a.co_consts, b.co_consts, strict=True):
        if isinstance(x, types.CodeType) and isinstance(y, types.CodeType):
            if not _same(x, y):
                return False
        elif type(x) is not type(y) or repr(x) != repr(y):
            return False
    return True


def prepare() -> None:
    """Load what nearly every test needs, so that a fork need not."""
    import ofsted_framework as of

    for one in of.frameworks():
        of.framework(one.id)
    of.dump(of.sample("cafcass"))
    of.dates.ENGLAND.table()


def warm(
    out: Path,
    known: Map,
    todo: Sequence[Mutant],
    budgets: Sequence[float],
    until: float,
    tests: Sequence[str],
) -> None:
    """Run mutants in forks of a process that has collected all tests."""

    def work(loop: Loop, session: Any) -> None:
        items = {item.nodeid: item for item in session.items}
        functions: Functions = defaultdict(list)
        caches: dict[str, list[Any]] = defaultdict(list)
        inside = {str(PACKAGE / file) for file in SCOPE}
        for one in gc.get_objects():
            if isinstance(one, types.FunctionType) and one.__code__.co_filename in inside:
                functions[one.__code__.co_filename, one.__code__].append(one)
            elif isinstance(one, functools._lru_cache_wrapper):
                code = getattr(one.__wrapped__, "__code__", None)
                caches[getattr(code, "co_filename", "")].append(one)
        for path in inside:
            _compiled(path)
        prepare()
        gc.freeze()

        def one_of(mutant: Mutant) -> str:
            before: set[str] = set()
            said = "survived"
            for budget in budgets:
                names = [test for test in known.tests(mutant, budget) if test in items]
                names += [test for test in items if test not in known.seconds]
                said = tried(mutant, [items[test] for test in names if test not in before])
                if not said.startswith("survived"):
                    break
                before.update(names)
            return said

        def tried(mutant: Mutant, chosen: Sequence[Any]) -> str:
            def run() -> str:
                gc.disable()
                for cache in caches[str(PACKAGE / mutant.file)]:
                    cache.cache_clear()
                put_in(mutant, functions)
                return in_order(loop, chosen, known.seconds)

            return attempt(run)

        with (out / "warm.jsonl").open("a") as file:
            for mutant in todo:
                if time.monotonic() > until:
                    break
                record(file, known, mutant, one_of)

    run_pytest(out, work, *tests)


def record(
    file: Any, known: Map, mutant: Mutant, run: Callable[[Mutant], str], **more: bool
) -> None:
    """Run a mutant and write down what came of it."""
    begin = time.perf_counter()
    outcome = run(mutant)
    if outcome.startswith("killed: tests/"):
        known.killed(mutant, outcome.removeprefix("killed: "))
    plain = {
        "id": mutant.id,
        "file": mutant.file,
        "line": mutant.lines[0],
        "outcome": outcome,
        "seconds": round(time.perf_counter() - begin, 2),
        **more,
    }
    print(json.dumps(plain), file=file, flush=True)


def cold(out: Path, known: Map, todo: Sequence[Mutant], budget: float, until: float) -> None:
    """Run mutants in forks of a process that has not imported the library."""
    os.environ["HYPOTHESIS_NO_PLUGINS"] = "1"
    for name in ("pytest", *known.modules):
        if name not in sys.modules:
            try:
                importlib.import_module(name)
            except BaseException:
                continue
    assert not any(name.startswith("ofsted_framework") for name in sys.modules)
    gc.freeze()

    def one_of(mutant: Mutant) -> str:
        chosen = known.tests(mutant, budget)
        files = list(dict.fromkeys(test.partition("::")[0] for test in chosen))

        def run() -> str:
            sys.meta_path.insert(0, Instead(mutant))
            said = "no test"
            for group in (files[:2], files[2:]):  # few files are collected sooner
                if group:
                    said = collected(group)
                    if said.startswith("killed"):
                        break
            return said

        def collected(group: Sequence[str]) -> str:
            signal.setitimer(signal.ITIMER_PROF, 60)
            said = ["killed: the tests cannot be collected"]

            def work(loop: Loop, session: Any) -> None:
                items = {item.nodeid: item for item in session.items}
                some = [test for test in chosen if test.partition("::")[0] in group]
                missing = [test for test in some if test not in items]
                if missing:
                    said[0] = f"killed: {missing[0]} is not collected"
                else:
                    said[0] = in_order(loop, [items[test] for test in some], known.seconds)

            run_pytest(out, work, *group)
            return said[0]

        return attempt(run)

    with (out / "cold.jsonl").open("a") as file:
        for mutant in todo:
            if time.monotonic() > until:
                break
            record(file, known, mutant, one_of, cold=True)


class Instead(importlib.machinery.SourceFileLoader):
    """Finds and loads one module with changed text."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(mutant.module, str(PACKAGE / mutant.file))
        self.mutant = mutant

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """The changed module, when it is asked for."""
        if name != self.mutant.module:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)

    def get_code(self, fullname: str) -> types.CodeType:
        """The changed code."""
        return compile(self.mutant.text, self.path, "exec", dont_inherit=True)


# --- From the command line ----------------------------------------------------------------------


def outcomes(out: Path) -> dict[str, dict[str, Any]]:
    """What came of each mutant so far, the later run before the earlier."""
    found: dict[str, dict[str, Any]] = {}
    for name in ("warm.jsonl", "cold.jsonl"):
        if (out / name).exists():
            for line in (out / name).read_text().splitlines():
                plain = json.loads(line)
                found[plain["id"]] = plain
    return found


def killed(plain: dict[str, Any]) -> bool:
    """Whether a mutant was found out: by a test that failed, broke or did not end."""
    return not str(plain["outcome"]).startswith(("survived", "no "))


def equivalents() -> dict[str, str]:
    """The mutants that change nothing that a test could see, and why."""
    with (ROOT / "tools" / "mutants.toml").open("rb") as file:
        groups = tomllib.load(file)["equivalent"]
    return {f"{one['file']}:{id}": one["why"] for one in groups for id in one["mutants"]}


def listed() -> str:
    """The equivalent mutants in Markdown, under the reason of each."""
    with (ROOT / "tools" / "mutants.toml").open("rb") as file:
        groups = tomllib.load(file)["equivalent"]
    lines: list[str] = []
    for name in dict.fromkeys(one["file"] for one in groups):
        lines += ["", f"### `{name}`", ""]
        for one in (one for one in groups if one["file"] == name):
            lines.append(f"- {one['why']}")
            for id in one["mutants"]:
                function, _, change = id.partition(":")
                before, _, after = change.partition(": ")[2].partition(" -> ")
                lines.append(f"    - `{function}`: {_shortened(before, after)}")
    return "\n".join(lines[1:])


def _shortened(before: str, after: str) -> str:
    """What was and what is, without the words that they begin and end with alike."""
    old, new = before.split(), after.split()
    start = next((n for n, (x, y) in enumerate(zip(old, new, strict=False)) if x != y), 0)
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    start, end = max(0, start - 3), max(0, end - 2)
    cut = (" ".join(some[start : len(some) - end]) for some in (old, new))
    return " → ".join(f"`{one}`" for one in cut)


def interval(good: int, number: int) -> str:
    """The 95 per cent interval of a share (Wilson's), in per cent."""
    z, share = 1.96, good / number
    middle = share + z * z / (2 * number)
    width = z * math.sqrt(share * (1 - share) / number + z * z / (4 * number * number))
    low, high = ((middle + side * width) / (1 + z * z / number) for side in (-1, 1))
    return f"{100 * low:.1f} to {100 * high:.1f}"


def tell(some: Sequence[Mutant], done: dict[str, dict[str, Any]]) -> None:
    """Print the numbers of each file, and the mutants that survive and are not known to."""
    same = equivalents()
    print("| File | Tried | Killed | Equivalent | Survive | Killed, of all | Of the rest | 95% |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    total: Counter[str] = Counter()
    left: list[Mutant] = []
    for file in [*dict.fromkeys(one.file for one in some), ""]:
        count: Counter[str] = Counter() if file else total
        for one in some if file else ():
            if one.file != file or done.get(one.id, {}).get("outcome", "no ").startswith("no "):
                continue
            if killed(done[one.id]):
                kind = "killed"
            elif one.id in same:
                kind = "equivalent"
            else:
                kind = "survive"
                left.append(one)
            count[kind] += 1
        total += count if file else Counter()
        good, number = count["killed"], count.total()
        if number:
            rest = number - count["equivalent"]
            print(
                f"| {file or 'All'} | {number} | {good} | {count['equivalent']} "
                f"| {count['survive']} | {100 * good / number:.1f}% "
                f"| {100 * good / max(rest, 1):.1f}% | {interval(good, number)} |"
            )
    for one in left:
        print(f"\n{one.file}:{one.lines[0]} {done[one.id]['outcome']}\n  {one.id}")


def test_files() -> list[str]:
    """The test files that are run."""
    names = (path.stem.removeprefix("test_") for path in (ROOT / "tests").glob("test_*.py"))
    return [f"tests/test_{name}.py" for name in sorted(names) if name not in LEFT_OUT]


def main() -> None:
    """Run what has not been run yet, and tell the results."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--files", nargs="*", default=SCOPE, help="in src/ofsted_framework")
    parser.add_argument("--share", type=float, default=1, help="a random sample: 0.1 of them")
    parser.add_argument("--seed", type=int, default=1, help="what the sample follows from")
    parser.add_argument("--minutes", type=float, default=math.inf, help="for each of two passes")
    parser.add_argument("--quick", type=float, default=2, help="seconds of tests at first")
    parser.add_argument("--long", type=float, default=20, help="seconds of tests for survivors")
    parser.add_argument("--tests", nargs="*", default=test_files(), help="test files")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "mutants")
    parser.add_argument("--pass", dest="only", choices=("map", "warm", "cold", "tell", "list"))
    args = parser.parse_args()
    if args.only == "list":
        print(listed())
        return
    out: Path = args.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    if not (out / "map.json").exists() and forked(lambda: make_map(out, args.tests)):
        sys.exit("the tests could not be run")
    if args.only == "map":
        return
    known = Map(out)
    some = [one for file in args.files for one in mutants(file, args.share, args.seed)]
    # In no order, so that a run that is broken off is a random sample.
    mixed = sorted(some, key=lambda one: random.Random(f"{args.seed} {one.id}").random())
    if args.only in (None, "warm"):
        done = outcomes(out)
        todo = [one for one in mixed if one.id not in done]
        until = time.monotonic() + 60 * args.minutes
        forked(lambda: warm(out, known, todo, (args.quick, args.long), until, args.tests))
    if args.only in (None, "cold"):
        done = outcomes(out)
        again = [one for one in mixed if one.id in done and not killed(done[one.id])]
        again = [one for one in again if "cold" not in done[one.id]]
        again.sort(key=lambda one: str(done[one.id]["outcome"]).startswith("no "))
        until = time.monotonic() + 60 * args.minutes
        forked(lambda: cold(out, known, again, args.long, until))
    tell(some, outcomes(out))


if __name__ == "__main__":
    main()
