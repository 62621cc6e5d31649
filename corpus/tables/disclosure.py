"""Table 二: clauses of a few rows and columns each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.forms import Clause, Column, Form, disclosure_place
from corpus.forms import Row as FormRow
from corpus.model import Cell, Figure
from corpus.tables.figure import figure, lost
from corpus.tables.labels import CLAUSE, column_labels, disclosure_row, squashed
from corpus.tables.rows import LogicalRow, Row, logical_rows

_UNIT = re.compile(r"^[(]?(?:单位)?[:]?(亿元|万元|千元|百元|元|件|项|个)[)]?$")


def read(rows: list[Row], form: Form) -> Iterator[Figure]:
    labelled = [(clause, row) for clause in form.clauses for row in clause.rows]

    def match(text: str, _last: int) -> int | None:
        return disclosure_row(form.edition, text)

    headers = _headers(rows, form.edition)
    for logical in logical_rows(rows, match, lambda key: len(labelled[key][0].columns)):
        clause, form_row = labelled[logical.key]
        yield from _row(clause, form_row, logical, headers.get(logical.label.start, ([], {})))


def _headers(rows: list[Row], edition: str) -> dict[int, tuple[list[str], dict[int, str]]]:
    """Of each labelled cell (by its offset) the heading above it: texts by position, and texts by grid column."""
    known = column_labels(edition)
    header: list[str] = []
    placed: dict[int, str] = {}
    grid = -1
    fresh = True  # the next header row opens a new clause
    found: dict[int, tuple[list[str], dict[int, str]]] = {}
    for row in rows:
        texts = [squashed(cell.text) for cell in row.cells]
        if row.grid != grid:
            grid, placed = row.grid, {}
        if any(disclosure_row(edition, t) is not None for t in texts if t):
            for cell in row.cells:
                found[cell.start] = (header, placed)
            fresh = True
        elif any(CLAUSE.search(t) for t in texts):
            header, placed, fresh = [], {}, False
        elif any(t in label for t in texts if len(t) >= 2 for label in known):
            if fresh:
                header, placed, fresh = [], {}, False
            header = [*header, *[""] * (len(texts) - len(header))]
            header = [old + texts[at] if at < len(texts) else old for at, old in enumerate(header)]
            placed = dict(placed)
            for cell, text in zip(row.cells, texts, strict=True):
                if cell.column is not None and text:
                    placed[cell.column] = placed.get(cell.column, "") + text
    return found


def _row(clause: Clause, row: FormRow, logical: LogicalRow, header: tuple[list[str], dict[int, str]]) -> Iterator[Figure]:
    expected = len(clause.columns)
    chosen, sure = _chosen(clause, logical, header)
    texts = [*header[0], *header[1].values()]
    for at, column in enumerate(clause.columns):
        unit = _printed_unit(column, texts) or column.unit
        key = (f"{row.id}.{column.id}", None, unit, disclosure_place(clause, row, column))
        yield figure(*key, chosen[at], sure) if len(chosen) == expected else lost(*key)


def _printed_unit(column: Column, texts: Iterable[str]) -> str | None:
    """The unit that a column's heading names: 本年收费金额（单位：元）."""
    label = squashed(column.label)
    found = (_UNIT.search(text[len(label) :]) for text in texts if text.startswith(label))
    return next((match[1] for match in found if match), None)


def _chosen(clause: Clause, logical: LogicalRow, header: tuple[list[str], dict[int, str]]) -> tuple[list[Cell], bool]:
    """The cells of a row in the order of the clause's columns, and whether no other reading is open."""
    expected = len(clause.columns)
    slots = logical.slots
    filled = [cell for cell in slots if cell.text]
    if logical.glued == "tight" and expected > 1:
        # 规章000 can only be three zeros; 规章102 may be 1, 0, 2 or 10 and 2 beside a blank.
        return (slots, all(cell.text == "0" for cell in slots)) if len(slots) == expected else ([], False)
    if under := _under_header(clause, logical, header[1]):
        return under, True
    if len(filled) == expected:
        return _in_order(clause, filled, header[0]), True
    if expected == 1 and filled and len({squashed(cell.text) for cell in filled}) == 1:
        return filled[:1], True  # a merged cell that a converter repeats
    if len(slots) < expected or logical.streamed or logical.glued:
        return [], False
    offset = _header_offset(clause, header[0])
    chosen = slots[offset : offset + expected] if offset + expected <= len(slots) else slots[:expected]
    # Figures that stand beside every column of the form belong to none of them for sure; nor do blanks tell the
    # columns of a row that is shifted against its heading.
    straight = len(slots) == expected or (len(header[0]) == logical.at + 1 + len(slots) and header[0][logical.at].startswith("信息内容"))
    return chosen, straight and all(not cell.text or cell in chosen for cell in slots)


def _in_order(clause: Clause, cells: list[Cell], header: list[str]) -> list[Cell]:
    """Cells in the form's order, from the order in which the heading names the columns; the form's where it names not all."""
    places = [[at for at, text in enumerate(header) if _names(text, squashed(column.label))] for column in clause.columns]
    if any(len(place) != 1 for place in places) or len({place[0] for place in places}) != len(places):
        return cells
    printed = sorted(place[0] for place in places)
    return [cells[printed.index(place[0])] for place in places]


def _names(text: str, label: str) -> bool:
    return bool(text) and (text.startswith(label) or (len(text) > 3 and label.startswith(text)))


def _under_header(clause: Clause, logical: LogicalRow, placed: dict[int, str]) -> list[Cell]:
    """The cells that stand right under the clause's column headings, [] where one of them has no heading or no cell."""
    found: list[Cell] = []
    for column in clause.columns:
        label = squashed(column.label)
        at = [c for c, text in placed.items() if _names(text, label)]
        cell = next((cell for cell in logical.cells if cell.column == at[0]), None) if len(at) == 1 else None
        if cell is None:
            return []
        found.append(cell)
    return found


def _header_offset(clause: Clause, header: list[str]) -> int:
    """How many slots after the label the first column of the clause stands, 0 where the header does not tell."""
    first = squashed(clause.columns[0].label)
    label_at = next((at for at, text in enumerate(header) if text.startswith("信息内容")), None)
    column_at = next((at for at, text in enumerate(header) if text and (text in first or first in text)), None)
    return max(0, column_at - label_at - 1) if label_at is not None and column_at is not None else 0
