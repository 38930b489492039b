# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a workbook with nothing but Python's own zipfile: make_xlsx.py OUT.xlsx [OPTION]... SHEET=FILE.csv ...

Plain numbers become numbers, other cells texts. A cell may also be  =!#N/A (a formula's error),  =? (a formula without a value),
=T0.5 (a number shown as a time),  =D46467 (as a date). Options: --hide SHEET, --merge SHEET!A1:B2, --shared (shared texts).
"""
import csv
import re
import sys
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'
NUMBER = re.compile(r'-?(0|[1-9][0-9]*)(\.[0-9]+)?')


def reference(row, column):
    letters = ''
    while column:
        letters = chr(ord('A') + (column - 1) % 26) + letters
        column = (column - 1) // 26
    return f'{letters}{row}'


def cell(ref, text, shared):
    if text.startswith('=!'):
        return f'<c r="{ref}" t="e"><f>1/0</f><v>{escape(text[2:])}</v></c>'
    if text == '=?':
        return f'<c r="{ref}"><f>A1</f></c>'
    if text[:2] in ('=T', '=D'):
        return f'<c r="{ref}" s="{"TD".index(text[1]) + 1}"><v>{text[2:]}</v></c>'
    if NUMBER.fullmatch(text):
        return f'<c r="{ref}"><v>{text}</v></c>'
    if shared is None:
        return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
    return f'<c r="{ref}" t="s"><v>{shared.setdefault(text, len(shared))}</v></c>'


def main(out, *args):
    args, sheets, hidden, merges, shared = list(args), [], set(), {}, None
    while args:
        word = args.pop(0)
        if word == '--hide':
            hidden.add(args.pop(0))
        elif word == '--merge':
            name, area = args.pop(0).split('!')
            merges.setdefault(name, []).append(area)
        elif word == '--shared':
            shared = {}
        else:
            sheets.append(word.split('=', 1))
    parts, listed, relations = {}, '', ''
    for i, (name, path) in enumerate(sheets, 1):
        rows = ''
        with open(path, encoding='utf-8-sig', newline='') as file:
            for r, row in enumerate(csv.reader(file), 1):
                cells = ''.join(cell(reference(r, c), text, shared) for c, text in enumerate(row, 1) if text)
                rows += f'<row r="{r}">{cells}</row>'
        merged = ''.join(f'<mergeCell ref="{area}"/>' for area in merges.get(name, []))
        parts[f'xl/worksheets/sheet{i}.xml'] = (f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>'
                                                f'{"<mergeCells>" + merged + "</mergeCells>" if merged else ""}</worksheet>')
        state = ' state="hidden"' if name in hidden else ''
        listed += f'<sheet name={quoteattr(name)} sheetId="{i}"{state} r:id="rId{i}"/>'
        relations += f'<Relationship Id="rId{i}" Type="{REL}/worksheet" Target="worksheets/sheet{i}.xml"/>'
    relations += f'<Relationship Id="st" Type="{REL}/styles" Target="styles.xml"/>'
    if shared is not None:
        relations += f'<Relationship Id="ss" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/>'
        items = ''.join(f'<si><r><t xml:space="preserve">{escape(t[:1])}</t></r><r><t xml:space="preserve">{escape(t[1:])}</t></r></si>' for t in shared)
        parts['xl/sharedStrings.xml'] = f'<sst xmlns="{MAIN}">{items}</sst>'
    parts['xl/styles.xml'] = (f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="21"/><xf numFmtId="14"/></cellXfs></styleSheet>')
    parts['xl/workbook.xml'] = f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{listed}</sheets></workbook>'
    parts['xl/_rels/workbook.xml.rels'] = f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>'
    parts['_rels/.rels'] = (f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{REL}/officeDocument" '
                            'Target="xl/workbook.xml"/></Relationships>')
    kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml.'
    kinds = ''.join(f'<Override PartName="/{name}" ContentType="{kind}{what}+xml"/>' for name, what in
                    [('xl/workbook.xml', 'sheet.main'), ('xl/styles.xml', 'styles'), ('xl/sharedStrings.xml', 'sharedStrings')]
                    + [(name, 'worksheet') for name in parts if '/worksheets/' in name] if name in parts)
    parts['[Content_Types].xml'] = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                                    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                                    f'<Default Extension="xml" ContentType="application/xml"/>{kinds}</Types>')
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>\n' + text)


main(*sys.argv[1:])
