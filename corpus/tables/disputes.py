"""Table 四: fifteen cells in three blocks of five."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.cells import Reading, is_value_like, read_cell
from corpus.forms import Form, dispute_place
from corpus.model import Cell, Figure
from corpus.tables.figure import figure, lost
from corpus.tables.labels import RESULT_WORDS, squashed
from corpus.tables.rows import Row

_WIDTH = 15
_RESULTS = 5


def read(rows: list[Row], form: Form) -> Iterator[Figure]:
    places = [(block, result) for block in form.blocks for result in form.results]
    cells, sure = _cells(rows)
    if not cells:
        if _numbers_left(rows):
            for block, result in places:
                yield lost(f"{block.id}.{result.id}", None, "件", dispute_place(block, result))
        return
    order = _printed_order(rows)
    if order is not None:
        by_place = dict(zip(order, cells, strict=True))
        cells = [by_place[block, result] for block in range(len(_BLOCKS)) for result in range(_RESULTS)]
        sure = sure and _blocks_hold(cells)  # an order of its own is believed where its sums bear it out
    for (block, result), cell in zip(places, cells, strict=True):
        yield figure(f"{block.id}.{result.id}", None, "件", dispute_place(block, result), cell, sure)


def _numbers_left(rows: list[Row]) -> bool:
    """Whether a row of numbers stands there that is no row of the form: damaged is not absent."""
    return any(sum(read_cell(cell.text).state in ("value", "zero") for cell in row.cells if cell.text) >= _RESULTS for row in rows) or any(
        len(_spaced(row.cells[0])) >= _RESULTS for row in rows if len(row.cells) == 1
    )


def _printed_order(rows: list[Row]) -> list[tuple[int, int]] | None:
    """(block, result) of each column from left to right where the heading has an order of its own, None for the form's."""
    results: list[int] = []
    blocks: list[int] = []
    for row in rows:
        words = row.words
        results += [_RESULT_NAMES.index(w) for w in words if w in _RESULT_NAMES]
        named = [n for w in words for n, name in enumerate(_BLOCKS) if w == name]
        blocks += [1, 2] if "行政诉讼" in words and "行政复议" in words and words.index("行政诉讼") < words.index("行政复议") else []
        blocks += [n for n in named if n not in blocks]
    if len(results) != _WIDTH:
        return None
    groups = [results[at : at + _RESULTS] for at in range(0, _WIDTH, _RESULTS)]
    blocks = blocks if sorted(blocks) == [0, 1, 2] else [0, 1, 2]
    if any(sorted(group) != list(range(_RESULTS)) for group in groups) or (blocks == [0, 1, 2] and all(g == sorted(g) for g in groups)):
        return None
    return [(block, result) for block, group in zip(blocks, groups, strict=True) for result in group]


_RESULT_NAMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_BLOCKS = ("行政复议", "未经复议直接起诉", "复议后起诉")
_HEADING_WORDS = re.compile(r"^(?:行政复议|行政诉讼|未经复议直接(?:起诉|诉讼)|复议后起诉|结果|维持|纠正|其他|尚未|审结|总计|\s)+(?=\d)")


def _turned(rows: list[Row]) -> list[Cell]:
    """The cells of a table whose blocks are rows and whose results are columns, [] where it is none."""
    found: dict[int, list[Cell]] = {}
    for row in rows:
        for at, cell in enumerate(row.cells):
            words = squashed(cell.text).replace("诉讼", "起诉") if cell.text else ""
            # 行政诉讼（未经复议直接起诉） ends in the block's name, in brackets or not.
            block = next((n for n, name in enumerate(_BLOCKS) if words.strip("()").endswith(name) and len(words) < 20), None)
            values = [c for c in row.cells[at + 1 :] if is_value_like(c.text)]
            if block is not None and len(values) == _RESULTS == len(row.cells) - at - 1 and any(c.text for c in values):
                found.setdefault(block, values)
    return [cell for block in sorted(found) for cell in found[block]] if len(found) == len(_BLOCKS) else []


def _cells(rows: list[Row]) -> tuple[list[Cell], bool]:
    """The fifteen cells under the three blocks, blank ones included, and whether they are so for sure; [] where there are none."""
    if turned := _turned(rows):
        return turned, True
    head: Row | None = None
    parts: list[Cell] = []  # of a table whose blocks stand in rows of their own
    for row in rows:
        words = row.words
        if any(w.startswith(RESULT_WORDS) or w in ("行政复议", "行政诉讼", "总计") for w in words):
            if head is None or (row.grid == head.grid and len(row.cells) > len(head.cells)):
                head = row
            continue
        if head is None:
            continue
        values = list(row.cells)
        while len(values) > _WIDTH and values[0].text and not is_value_like(values[0].text):
            values = values[1:]  # a label before the row
        if not values or not all(is_value_like(cell.text) for cell in values):
            continue
        if len(values) >= _WIDTH:
            return _window(values, head, known=row.cells[0].column is not None)
        if len(values) in (5, 10) and any(cell.text for cell in values):
            parts += values
    if len(parts) == _WIDTH:
        return parts, True
    stream = [row.cells[0] for row in rows if len(row.cells) == 1 and read_cell(row.cells[0].text).state in ("value", "zero", "na")]
    spaced = [cell for row in rows if len(row.cells) == 1 for cell in _spaced(row.cells[0])]
    for run in (stream, spaced):
        if len(run) == _WIDTH:
            return run, True
    return [], True


def _window(values: list[Cell], head: Row, *, known: bool) -> tuple[list[Cell], bool]:
    """Fifteen of the row's cells that hold all that it prints."""
    filled = sum(1 for cell in values if cell.text)
    windows = {at: values[at : at + _WIDTH] for at in range(len(values) - _WIDTH + 1)}
    windows = {at: w for at, w in windows.items() if sum(1 for c in w if c.text) == filled}
    if not windows:
        return [], True
    # Blank totals make a shifted window add up too; only a row as long as its heading stands under it for sure.
    under = next((at for at, cell in enumerate(head.cells) if cell.text), 0) if len(head.cells) == len(values) and not known else None
    holding = [at for at, w in windows.items() if _blocks_hold(w)]
    at = under if under in windows else next(iter([*holding, *windows]))
    return windows[at], len(windows) == 1 or at == under


def _spaced(cell: Cell) -> list[Cell]:
    """Numbers divided by spaces on one line, after the table's heading where that stands on it too."""
    heading = _HEADING_WORDS.match(cell.text)
    found, at = [], cell.start + (heading.end() if heading else 0)
    for part in cell.text[at - cell.start :].split():
        at = cell.start + cell.text.index(part, at - cell.start)
        if read_cell(part).state not in ("value", "zero", "na"):
            return []
        found.append(Cell(part, at, at + len(part), cell.sure))
        at += len(part)
    return found if len(found) > 1 else []


def _blocks_hold(window: list[Cell]) -> bool:
    readings = [read_cell(cell.text) for cell in window]
    return all(_sum(readings[at : at + 4]) == (readings[at + 4].value or 0) for at in (0, 5, 10))


def _sum(readings: Iterable[Reading]) -> float:
    return sum(r.value or 0 for r in readings)
