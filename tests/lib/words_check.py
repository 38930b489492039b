#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""words_check.py ja|en REPORT [INPUT...]: prints the words of the other language in a report; exit status 1 if there are any.

Reports are text, Markdown, HTML, SVG and .xlsx; of pages and pictures everything that somebody sees or hears
is looked at (text, title, desc, aria-label, alt), not what only programs read. What an input says may stand in a
report as it is: every word in the cells of the given tables but those that are not theirs to choose (headings, kinds, keys).
"""
import csv
import html
import io
import os
import re
import sys
import xml.etree.ElementTree as tree
import zipfile
from html.parser import HTMLParser

# Words that Japanese offices write in Latin letters, and why each of them may stand in a Japanese report.
ALLOWED = {
    'bpr',                                     # the name of the program
    'CSV', 'BPMN', 'JSON', 'SVG', 'HTML', 'XLSX',  # formats have no other name
    'ID',                                      # what forms and systems of offices print
    'tri',                                     # the notation of distributions in tables
    'II',                                      # how to write the number that is one character
    'TBS', 'Yahoo',                            # publishers of figures of other municipalities
}
# What hints say to write into a table, whatever the language of its reader: a rule, and headings with units.
NOTATION = re.compile(r'押印|処理時間\s*\(\s*分\)|時間単価\s*\(\s*円\)')
HEADINGS = set()
SEEN = ('title', 'aria-label', 'alt', 'placeholder', 'label', 'aria-description')
HIDDEN = ('style', 'script', 'code', 'kbd', 'pre')
VOID = ('area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr')


class Page(HTMLParser):
    """The text of a page or a picture, one entry for each piece."""

    def __init__(self, language):
        super().__init__(convert_charrefs=True)
        self.language = language
        self.open = []
        self.pieces = []

    def foreign(self):
        """Within an element that says to be of the other language: the name of the other page in the switch."""
        langs = [lang for _, lang in self.open if lang]
        return bool(langs) and langs[-1] != self.language

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        # What the page says to be of itself does not excuse it.
        self.open.append((tag, attrs.get('lang') if tag != 'html' else None))
        if not self.foreign():
            self.pieces += [attrs[a] for a in SEEN if attrs.get(a)]
            if tag == 'meta' and attrs.get('name') in ('description', 'author'):
                self.pieces.append(attrs['content'])
        if tag in VOID:
            self.open.pop()

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(tag in HIDDEN for tag, _ in self.open) and not self.foreign():
            self.pieces.append(data)


def local(tag):
    return tag.rsplit('}', 1)[-1]


def book_pieces(path):
    """Cells, names of sheets, headers and footers, drawn text, titles and properties of a workbook."""
    pieces = []
    with zipfile.ZipFile(path) as book:
        for name in sorted(book.namelist()):
            if not name.endswith('.xml') or '[' in name:
                continue
            for element in tree.fromstring(book.read(name)).iter():
                tag = local(element.tag)
                if tag == 'sheet':
                    pieces.append(element.get('name'))
                elif tag in ('oddHeader', 'oddFooter'):
                    # Codes of headers: &L, &C, &R, &P, &N, &D, &A, &F, &"font,style", &12.
                    pieces.append(re.sub(r'&("[^"]*"|[LCRPNDTAFZGKUEIBSXY]|\d+)', ' ', element.text or ''))
                elif tag == 't' and not name.startswith('xl/styles'):
                    pieces.append(element.text or '')
                elif tag == 'cNvPr' and element.get('descr'):
                    pieces.append(element.get('descr'))
                elif tag in ('title', 'subject', 'description', 'keywords') and 'docProps/core' in name:
                    pieces.append(element.text or '')
                elif tag == 'v' and '/charts/' in name:
                    pieces.append(element.text or '')
                elif tag == 'numFmt':
                    pieces += re.findall(r'"([^"]*)"', element.get('formatCode'))
    return pieces


def pieces_of(path, language):
    if path.endswith('.xlsx'):
        return book_pieces(path)
    with open(path, encoding='utf-8-sig') as file:
        text = file.read()
    if path.endswith(('.html', '.svg')):
        page = Page(language)
        page.feed(text)
        page.close()
        return page.pieces
    if path.endswith('.md'):
        text = re.sub(r'`[^`]*`', ' ', text)
        text = html.unescape(re.sub(r'\\(.)', r'\1', text))
    # Lines are broken anywhere: a paragraph is a piece.
    return [' '.join(part.split()) for part in re.split(r'\n\s*\n', text)]


def words_of(inputs):
    words = set()
    for path in inputs:
        if not path.endswith('.csv'):
            continue
        with open(path, 'rb') as file:
            data = file.read()
        try:
            text = data.decode('utf-8-sig')
        except UnicodeDecodeError:
            text = data.decode('cp932')
        # Headings, kinds and the keys of demand are words of ours.
        ours = None
        for row in csv.reader(io.StringIO(text)):
            if row and row[0] in ('id', 'form', 'counter', 'pool', 'key'):
                HEADINGS.update(row)
                ours = row.index('kind') if 'kind' in row else 0 if row[0] == 'key' else None
                continue
            for column, cell in enumerate(row):
                if column != ours:
                    words |= set(re.findall(r'[A-Za-z]{2,}', cell))
    return words


def without(piece):
    """What is left of a piece without commands, files, options, addresses, codes of findings and digests."""
    if re.match(r'bpr [a-z]+ ', piece):
        return ''  # a command to be copied
    # A column of the reader's own file, named behind what is said of it.
    piece = re.sub(r'（([a-z_]+)(?: / ([a-z_]+))?）', lambda m: ' ' if HEADINGS.issuperset(filter(None, m.groups())) else m[0], piece)
    piece = re.sub(r'\bbpr-[a-z]+\(\d\)', ' ', piece)
    piece = re.sub(r'\bbpr (analyze|compare|simulate|check|convert|draw|explain|new)\b', ' ', piece)
    piece = re.sub(r'[\w./-]*\.(csv|bpmn|json|xlsx|html|md|svg)\b', ' ', piece)
    piece = re.sub(r'\b[a-z0-9.-]+\.(jp|app|com)/[\w./-]*', ' ', piece)
    piece = re.sub(r'--set \w+\.\s?[\w.=]+', ' ', piece)
    piece = re.sub(r'--[a-z][a-z-]*', ' ', piece)
    piece = re.sub(r'\b[A-Z]\d{3}\b', ' ', piece)
    return re.sub(r'(?<![0-9A-Za-z])(?=[a-f]*[0-9])[0-9a-f]{8,64}(?![0-9A-Za-z])', ' ', piece)


def main():
    language, report, inputs = sys.argv[1], sys.argv[2], sys.argv[3:]
    known = words_of(inputs) | ALLOWED
    found = []
    for piece in pieces_of(report, language):
        if report.endswith('.xlsx') and piece in HEADINGS:
            continue  # the column of the reader's own file that a finding is about, in a cell of its own
        if language == 'ja':
            rest = [w for w in re.findall(r'[A-Za-z]{2,}', without(piece)) if w not in known]
        else:
            rest = re.findall(r'[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+', NOTATION.sub(' ', piece))
        if rest:
            found.append('%s: %s: in %r' % (os.path.basename(report), ' '.join(rest), piece.strip()[:160]))
    if found:
        print('\n'.join(dict.fromkeys(found)))
    sys.exit(1 if found else 0)


main()
