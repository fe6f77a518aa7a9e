"""Run the tutorial's commands on records that it has never seen.

python tools/check_tutorial.py .venv/bin/ofsted-framework .venv/bin/python

The commands and the Python session are taken out of `docs/tutorial.md` and run in an empty folder,
by the program and the Python named, with another file in place of the tutorial's own. What must be
in the answers was worked out by hand from the days below.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorial.md"

# As a spreadsheet saves it: a byte-order mark, Windows line ends, quoted cells, an empty row, and
# columns in an order of their own. The events are invented.
OURS = """\
id,type,start,end,published,provider,provider_kind,kind,scope,grade:impact-of-leaders,\
grade:private-law-practice,grade:public-law-practice,attended_by,covers,reviews,judgements,theme
"visit, spring",focused-visit,2022-03-08,2022-03-10,2022-04-19,Cafcass,cafcass,,,,,,,,,none,\
"duty, early help"
review,self-evaluation,2022-05,,,Cafcass,cafcass,,,,,,,private-law; public-law,,none,
talk,engagement-meeting,2022-06-21,,,Cafcass,cafcass,,,,,,chief-executive,,review,none,
,,,,,,,,,,,,,,,,
whole-23,inspection,2023-11-06,2023-12-01,2024-02-09,Cafcass,cafcass,full,national,\
requires-improvement,good,good,,,,,
"""
VISIT = "visit, spring"
# For each command, by its words without the file and the day: what the answer must hold. The
# letter: 10 March 2022 is a Thursday; 7 April is working day 20; Good Friday and Easter Monday lie
# before 19 April, which is working day 26. The windows: 36 or 48 months from 1 April 2021, or the
# third anniversary of 6 November 2023 and six months to either side. The meetings planned for: the
# twelve months after 10 September 2025 are over, its next years of either sort are not.
EXPECTED = {
    "check": ["1 departure: 1 warning", "OF101 start-not-after-end · whole-23", "UNDETERMINED"],
    "check slip": ["row 2, column type: 'focus-visit'", "(nearest good one: focused-visit)"],
    "due --only full-inspection": [
        "cafcass-2021/full-inspection, after whole-23",
        "fixed-window: periods of 36 months from 1 April 2021 on: 1 April 2024 to 31 March 2027",
        "6 November 2023 + 36 months = 6 November 2026",
        "6 months earlier is 6 May 2026; 6 months later is 6 May 2027",
        "a complete record of inspections from 7 November 2023 to 23 November 2026",
    ],
    "check --only OF402": ["WARNING OF402[cafcass-2021/meeting-attendance]:talk"],
    "check --only OF302": ["OF302 cafcass-2021/letter-publication · visit, spring"],
    "check --only letter-publication --replace letter-publication.working_days=20": [
        "on working day 26, where 20 are allowed: due by 7 April 2022",
    ],
    "check --complete --only OF202 --only OF301": [
        "Focused visits between 1 April 2021 and whole-23: 1",
        "ERROR OF301[cafcass-2021/engagement-meeting]:talk No engagement meeting came: due 1 April "
        "2023 to 31 March 2024 (financial-year), 1 January to 31 December 2023 (calendar-year) or "
        "21 June 2022 to 21 June 2023",
    ],
    "check --complete --only engagement-meeting --choose engagement-meeting=financial-year": [
        "2 departures: 2 notes",
        "talk did not come in its window: due 1 April 2021 to 31 March 2022 (financial-year)",
    ],
    "due --complete --only full-inspection --only focused-visits": [
        "fixed-window: periods of 36 months from 1 April 2021 on: 1 April 2024 to 31 March 2027",
    ],
    "due plan --complete --only engagement-meeting": [
        "Due 1 April 2026 to 31 March 2027 (financial-year), 1 January to 31 December 2026 "
        "(calendar-year) or 10 September 2025 to 10 September 2026",
        "10 September 2025 + 12 months = 10 September 2026. It is overdue.",
        "talk-26 is booked, after its window has closed (twelve-months).",
    ],
    "deadlines --replace letter-publication.working_days=20": [
        "10 March 2022 + 20 working days = 7 April 2022",
    ],
    "check json --only OF202": ["Focused visits between 1 April 2021 and whole-23: 1"],
    "due --complete --framework four-years.toml --only full-inspection": [
        "Due 1 April 2025 to 31 March 2029 (fixed-window)",
    ],
    "diff": ["36 months at a time, from 1 April 2021"],
}
CODES = {"check slip": 3, "check --complete --only OF202 --only OF301": 1}

# The last meeting, and one that is planned.
PLAN = """\
provider,provider_kind,type,id,start
Cafcass,cafcass,engagement-meeting,talk-25,2025-09-10
Cafcass,cafcass,engagement-meeting,talk-26,2026-12-01
"""

# A council, whose kind of record the tutorial never shows.
COUNCIL = """\
provider,provider_kind,type,id,kind,start,end,published
Anytown,local-authority,inspection,std-22,standard,2022-05-09,2022-05-13,2022-06-21
Anytown,local-authority,focused-visit,fv-24,,2024-02,,2024-03-19
"""


def blocks(text: str) -> list[tuple[str, str]]:
    """The fenced blocks of a page: what stands after the fence, and the text."""
    return re.findall(r"^```([^\n`]+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(text: str) -> list[list[str]]:
    """The library's commands in the console sessions of a page, word by word."""
    return [
        shlex.split(line)[1:]
        for info, body in blocks(text)
        if info == "console"
        for line in re.findall(r"^\$ (ofsted-framework .+)$", body, re.MULTILINE)
    ]


def python(text: str) -> str:
    """What the Python sessions of a page type in, as one program."""
    return "\n".join(
        line
        for info, body in blocks(text)
        if info == "python"
        for line in re.findall(r"^(?:>>>|\.\.\.) ?(.*)$", body, re.MULTILINE)
    )


def named(words: list[str]) -> str:
    """A command without its file, its event and its day."""
    told = words[0]
    if "slip.csv" in words:
        told += " slip"
    if "cafcass.json" in words:
        told += " json"
    if "plan.csv" in words:
        told += " plan"
    where = next((at for at, word in enumerate(words) if word.startswith("--")), len(words))
    rest = words[where:] if words[0] != "diff" else []
    if rest[:1] == ["--as-of"]:
        rest = rest[2:]
    return " ".join([told, *rest]) if told != "check slip" else told


def run(program: list[str], words: list[str], folder: Path) -> tuple[int, str]:
    """Run a command; its exit code, and all that it printed, in one line."""
    done = subprocess.run(
        [*program, *words], cwd=folder, capture_output=True, text=True, encoding="utf-8"
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def faults(program: str, interpreter: str) -> list[str]:
    """What went otherwise than it should."""
    text = TUTORIAL.read_text(encoding="utf-8")
    found = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        ours, council = folder / "our own.csv", folder / "council.csv"
        ours.write_bytes(("\ufeff" + OURS.replace("\n", "\r\n")).encode())
        council.write_bytes(COUNCIL.encode())
        (folder / "plan.csv").write_bytes(PLAN.encode())
        for info, body in blocks(text):
            title = re.search(r'title="(slip\.csv|four-years\.toml)"', info)
            if title:
                (folder / title[1]).write_text(body, encoding="utf-8")
        session = python(text).replace("cafcass.csv", ours.name)
        code, told = run([interpreter, "-X", "utf8"], ["-c", session], folder)
        if code or not (folder / "cafcass.json").is_file():
            found.append(f"the Python session: {told}")
        unmet = dict(EXPECTED)
        for words in commands(text):
            name = named(words)
            wanted = unmet.pop(name, None)
            if wanted is None:
                found.append(f"nothing is expected of: {shlex.join(words)}")
                continue
            own = {"cafcass.csv": ours.name, "fv-2026": VISIT}
            code, told = run([program], [own.get(word, word) for word in words], folder)
            if code != CODES.get(name, 0):
                found.append(f"{name}: exit code {code}: {told}")
            found += [f"{name}: does not say: {one}: {told}" for one in wanted if one not in told]
        found += [f"is no longer in the tutorial: {name}" for name in unmet]
        for words in (["check"], ["due"]):
            code, told = run([program], [*words, council.name, "--as-of", "2026-11-23"], folder)
            if code not in (0, 1) or "Anytown" not in told or "std-22" not in told:
                found.append(f"{words[0]} of a council: exit code {code}: {told}")
    return found


def main(arguments: list[str]) -> int:
    """List what went otherwise."""
    program, interpreter = (str(Path(word).absolute()) for word in arguments)
    found = faults(program, interpreter)
    for one in found:
        print(one, file=sys.stderr)
    if not found:
        print(f"{len(EXPECTED)} commands of the tutorial, on records of others: as they should")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
