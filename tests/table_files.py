"""Small files in the layouts that people have, written by other libraries than those that read."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

Cell = str | int | float | date | None
Table = Sequence[Sequence[Cell]]

EVENTS = (
    *("event_id", "urn", "ons_code", "authority", "region", "framework", "kind", "kind_basis"),
    *("start", "end", "published", "overall", "leaders", "help_protection", "in_care"),
    *("care_leavers", "in_care_and_leavers", "sif_leadership", "sif_looked_after", "sif_adoption"),
    *("sif_lscb", "reinspection", "theme", "area_for_priority_action", "action_plan_70wd"),
    *("draft_plan_20wd", "report_url", "notes"),
)
LEADERS = "The impact of leaders on social work practice with children and families"
HELP = "The experiences and progress of children who need help and protection"
CARE = "The experiences and progress of children in care"
LEAVERS = "The experiences and progress of care leavers"
GRADES = ("Overall effectiveness", LEADERS, HELP, CARE, LEAVERS)
LATEST = ("Web link", "Local authority area code", "Local authority name", "Ofsted region",
          "Inspection date", "Publication date", *GRADES)  # fmt: skip
IN_YEAR = ("Web link", "Local authority area code", "Local authority name", "Region",
           "Inspection/Visit date", "Publication date", "Inspection/Visit type", *GRADES,
           "Visit Theme")  # fmt: skip
HISTORY = ("Web link", "Local authority area code", "Local authority name",
           "Local authority status", "Ofsted region", "Inspection date", "Publication date",
           "Inspection type", *GRADES)  # fmt: skip
SUMMARY = ("urn", "la_code", "region_code", "la_code_new", "stat_neighbours",
           "stat_neighbour_judgement", "local_authority", "inspection_link",
           "overall_effectiveness_grade", "inspection_framework", "inspector_name",
           "inspection_start_date", "inspection_end_date", "publication_date",
           "local_link_to_all_inspections", "impact_of_leaders_grade", "help_and_protection_grade",
           "in_care_grade", "care_leavers_grade", "inspectors_inspections_count")  # fmt: skip
LINK = "Ofsted Local Authority Webpage"


def day(text: str) -> datetime:
    """A day as a workbook holds it."""
    return datetime.fromisoformat(text)


def event(**cells: str) -> dict[str, str]:
    """A row of the table of events."""
    return {"event_id": "e-1", "urn": "90001", "ons_code": "E06900001", "authority": "Northshire",
            "region": "North East", "framework": "ILACS", "kind": "standard",
            "start": "2023-09-04", "end": "2023-09-15", "published": "2023-10-30",
            **cells}  # fmt: skip


def graded(overall: str = "good", **cells: str) -> dict[str, str]:
    """A row of an inspection with the five grades of 2023."""
    told = {"overall": overall, "leaders": "good", "help_protection": "good", "in_care": "good",
            "care_leavers": "good"}  # fmt: skip
    return event(**(told | cells))


def write_csv(
    path: Path, rows: Sequence[Mapping[str, str]], columns: Sequence[str] = EVENTS
) -> Path:
    """A CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_xlsx(path: Path, sheets: Mapping[str, Table]) -> Path:
    """A workbook of openpyxl."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def write_ods(path: Path, sheets: Mapping[str, Table]) -> Path:
    """A workbook of odfpy."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table as Sheet
    from odf.table import TableCell, TableRow
    from odf.text import P

    def cell(value: Cell) -> Any:
        if value is None or value == "":
            return TableCell()
        if isinstance(value, date):
            made = TableCell(valuetype="date", datevalue=value.isoformat()[:10])
        elif isinstance(value, str):
            made = TableCell(valuetype="string")
        else:
            made = TableCell(valuetype="float", value=str(value))
        made.addElement(P(text=str(value)))
        return made

    book = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        sheet = Sheet(name=name)
        for row in rows:
            line = TableRow()
            for value in row:
                line.addElement(cell(value))
            sheet.addElement(line)
        book.spreadsheet.addElement(sheet)
    book.save(str(path))
    return path


GOOD, OUTSTANDING, INADEQUATE = "Good", "Outstanding", "Inadequate"
RI = "Requires improvement to be good"
WORKBOOK: dict[str, Table] = {
    "Cover": [
        ["Local authority inspection outcomes as at 31 March 2024"],
        ["Published on:", day("2024-09-26")],
    ],
    "Notes": [["Notes"], ["Data"]],
    "Inspections_as_at_31_March": [
        ["Local authority inspection judgements as at 31 March 2024"],
        ["This worksheet contains one table with no blank rows or columns."],
        LATEST,
        [LINK, "E06900001", "Northshire", "North East", day("2023-09-04"), day("2023-10-30"),
         GOOD, GOOD, RI, GOOD, OUTSTANDING],
        [LINK, "E06900002", "Westmere", "South West", day("2022-11-14"), day("2023-01-16"),
         OUTSTANDING, OUTSTANDING, GOOD, OUTSTANDING, None],
    ],
    "In-year_inspections": [
        ["Local authority in-year inspection activity 2023-24"],
        ["This worksheet contains one table with no blank rows or columns."],
        IN_YEAR,
        [LINK, "E06900001", "Northshire", "North East", day("2023-09-04"), day("2023-10-30"),
         "ILACS Short Inspection", GOOD, GOOD, RI, GOOD, OUTSTANDING, None],
        [LINK, "E06900002", "Westmere", "South West", day("2024-02-06"), day("2024-03-12"),
         "ILACS Focused Visit", None, None, None, None, None, "Front door"],
        [LINK, "E06900003", "Eastmarsh", "London", day("2023-05-23"), day("2023-06-27"),
         "LA Monitoring visit", None, None, None, None, None, "Care leavers"],
    ],
    "ILACS_inspection_history": [
        ["ILACS inspection history from 2018-2024"],
        ["This worksheet contains one table with no blank rows or columns."],
        HISTORY,
        [LINK, "E06900001", "Northshire", "Current", "North East", day("2018-11-05"),
         day("2018-12-17"), "ILACS Standard Inspection", RI, RI, RI, GOOD, None],
        [LINK, "E06900001", "Northshire", "Current", "North East", day("2023-09-04"),
         day("2023-10-30"), "ILACS Short Inspection", GOOD, GOOD, RI, GOOD, OUTSTANDING],
        [LINK, "E06900002", "Westmere", "Current", "South West", day("2022-11-14"),
         day("2023-01-16"), "ILACS Short Inspection", OUTSTANDING, OUTSTANDING, GOOD, OUTSTANDING,
         None],
        [LINK, "E06900004", "Old Fenland", "No longer exists", "East of England",
         day("2019-06-10"), day("2019-07-22"), "ILACS Standard Inspection", INADEQUATE, INADEQUATE,
         INADEQUATE, RI, None],
    ],
}  # fmt: skip
"""A workbook in the layout of Ofsted's, of invented authorities."""


def workbook(**sheets: Table | None) -> dict[str, Table]:
    """The workbook with some sheets replaced, or left out."""
    names = {"latest": "Inspections_as_at_31_March", "in_year": "In-year_inspections",
             "history": "ILACS_inspection_history"}  # fmt: skip
    given = {names[name]: rows for name, rows in sheets.items()}
    return {
        name: rows
        for name, old in WORKBOOK.items()
        if (rows := given.get(name, old)) is not None
    }  # fmt: skip


def summary(**cells: Cell) -> list[Cell]:
    """A row of the summary of Data to Insight."""
    told: dict[str, Cell] = {
        "urn": "90001", "la_code": "901", "region_code": "NE", "la_code_new": "E06900001",
        "stat_neighbours": "902, 903", "local_authority": "northshire",
        "inspection_link": "https://files.example.org/1", "overall_effectiveness_grade": "good",
        "inspection_framework": "standard", "inspection_start_date": "04/09/2023",
        "inspection_end_date": "15/09/2023", "publication_date": "30/10/23",
        "impact_of_leaders_grade": "good", "help_and_protection_grade": "requires improvement",
        "in_care_grade": "good", "care_leavers_grade": "outstanding",
    }  # fmt: skip
    told |= cells
    return [told.get(name) for name in SUMMARY]
