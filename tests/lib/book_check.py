# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks into a workbook as other programs see it: book_check.py WHAT FILE [JSON]."""
import json
import re
import sys
import zipfile

import openpyxl

CELL_TEXT = 32767


def rows_of(sheet):
    return [[c.value for c in row] for row in sheet.iter_rows()]


def headed(sheet, *titles):
    """Rows below the first row that begins with these titles, up to an empty one."""
    rows = rows_of(sheet)
    for i, row in enumerate(rows):
        if tuple(row[:len(titles)]) == titles:
            below = []
            for next_row in rows[i + 1:]:
                if next_row[0] is None:
                    break
                below.append(next_row)
            return row, below
    raise SystemExit(f"{sheet.title}: no table headed {titles}")


def same(a, b, what):
    if a is None or b is None:
        ok = a is None and b is None
    else:
        ok = isinstance(a, (int, float)) and abs(a - b) <= 1e-9 * max(1, abs(b))
    if not ok:
        raise SystemExit(f"{what}: {a!r} in the workbook, {b!r} in JSON")


def comparison(book, report):
    head, rows = headed(book["Measures"], "Measure", "Unit of measure")
    at = {title: i for i, title in enumerate(head) if title}
    if len(rows) != len(report["kpis"]):
        raise SystemExit(f"{len(rows)} rows, {len(report['kpis'])} measures")
    for row, kpi in zip(rows, report["kpis"]):
        same(row[at["Before"]], kpi["before"], kpi["key"])
        same(row[at["After"]], kpi["after"], kpi["key"])
        probability = kpi["key"] == "incomplete"
        same(row[at["Change"]], kpi["change"] * (100 if probability else 1), kpi["key"])
        if not probability:
            same(row[at["Percent"]], kpi["change_pct"] / 100, kpi["key"])
        year = row[at["Per year"]]
        if kpi["key"] == "lead_minutes":
            same(year, None, "lead time of a year")
        elif kpi["key"].endswith("_minutes"):
            same(year, kpi["per_year"] / 60, kpi["key"])
        else:
            same(year, kpi["per_year"], kpi["key"])
        word = {True: "better", False: "worse", None: None}[kpi["better"]]
        if row[at["Result"]] != word:
            raise SystemExit(f"{kpi['key']}: result {row[at['Result']]!r}, expected {word!r}")
    removed = {s["name"] for s in report["steps"]["removed"]}
    _, steps = headed(book["Steps of work"], "Change", "Step")
    if {r[1] for r in steps if r[0] == "goes"} != removed:
        raise SystemExit("steps that go differ")


def simulation(book, report):
    figures = report["case"]
    _, rows = headed(book["Measures"], "Measure", "Unit of measure", "Mean")
    known = [f for f in figures.values() if f and f.get("mean") is not None]
    if len(rows) != len(known):
        raise SystemExit(f"{len(rows)} rows, {len(known)} figures")
    for row, figure in zip(rows, known):
        same(row[2], figure["mean"], row[0])


def plain(path, figures=True):
    """No formula, no error, no text too long, names and printing as spreadsheet programs want them."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        if len(sheet.title) > 31 or re.search(r"[\[\]:*?/\\]", sheet.title):
            raise SystemExit(f"name of a sheet: {sheet.title!r}")
        if sheet.freeze_panes is None:
            raise SystemExit(f"{sheet.title}: nothing stays in view")
        if str(sheet.page_setup.paperSize) != "9" or sheet.page_setup.fitToHeight != 0 or not sheet.print_title_rows:
            raise SystemExit(f"{sheet.title}: printing")
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type in ("f", "e"):
                    raise SystemExit(f"{sheet.title}!{cell.coordinate}: {cell.value!r}")
                if isinstance(cell.value, str) and len(cell.value.encode("utf-16-le")) // 2 > CELL_TEXT:
                    raise SystemExit(f"{sheet.title}!{cell.coordinate}: too long")
                if figures and isinstance(cell.value, str) and re.fullmatch(r"[-+]?[0-9.,]+ ?%?", cell.value):
                    raise SystemExit(f"{sheet.title}!{cell.coordinate}: {cell.value!r} is a text")
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.filename.startswith("xl/worksheets/sheet") and b"<f>" in archive.read(info):
                raise SystemExit(f"{info.filename} holds a formula")
    return book


def charts(path):
    with zipfile.ZipFile(path) as archive:
        print(sum(bool(re.fullmatch(r"xl/charts/chart\d+\.xml", n)) for n in archive.namelist()))


def main():
    what, path = sys.argv[1:3]
    if what == "charts":
        charts(path)
        return
    if what == "sheets":
        print("\n".join(openpyxl.load_workbook(path).sheetnames))
        return
    if what == "has":
        texts = {c.value for s in openpyxl.load_workbook(path) for r in s.iter_rows() for c in r if isinstance(c.value, str)}
        for wanted in sys.argv[3:]:
            if not any(wanted in t for t in texts):
                raise SystemExit(f"{wanted!r} is nowhere")
        return
    book = plain(path, what != "hostile")
    if what not in ("plain", "hostile"):
        with open(sys.argv[3], encoding="utf-8") as file:
            {"comparison": comparison, "simulation": simulation}[what](book, json.load(file))


main()
