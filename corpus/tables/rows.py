"""Every table row of a report in reading order, which table it belongs to, and what stands after its label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from corpus.cells import is_value_like, read_cell
from corpus.forms import Form
from corpus.model import Cell, Document, Grid, Section
from corpus.tables.labels import APPLICANT_HEADER, CLAUSE, RESULT_WORDS, squashed

Match = Callable[[str, int], int | None]
"""(printed label, key of the row before) → key of the row, None when it is no label of this table."""

# A label with its numbers behind it on one line: 行政许可 12, 规章000.
_LABEL_AND_NUMBERS = re.compile(r"^(?P<label>.*?[^\d\s,，.+\-—－/])(?P<gap>[\s:：]*)(?P<numbers>[+\-－]?\d[\d\s,，.+\-—－/]*)$", re.S)


@dataclass(frozen=True)
class Row:
    """One row. ``grid`` tells the tables of a file apart; -1 is a line outside any table."""

    cells: tuple[Cell, ...]
    grid: int = -1

    @cached_property
    def words(self) -> list[str]:
        return [squashed(cell.text) for cell in self.cells if cell.text]


@dataclass(slots=True)
class LogicalRow:
    """A label that a table knows and the cells after it.

    at        how many cells stand before the label
    streamed  its cells came one a line, so that a blank one would be lost
    glued     the numbers stood together with the label in one cell: "" (no), "spaced" or "tight"
    """

    key: int
    slots: list[Cell]
    label: Cell
    at: int = 0
    grid: int = -1
    streamed: bool = False
    glued: str = ""
    cells: tuple[Cell, ...] = field(default=())
    whole: str = ""  # the label, with what of it stands in the lines below

    def __post_init__(self) -> None:
        self.whole = self.whole or self.label.text


def table_rows(document: Document, sections: Sequence[Section]) -> Iterator[Row]:
    """All table rows; lines of sections 二 to 四 outside any grid count as rows of one cell.

    Headings are left out, so that 行政复议 in a heading never reads as a cell.
    """
    tabled = [s for s in sections if s.number in (2, 3, 4)]
    headings = {s.heading.start for s in sections}
    for number, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            yield from (Row(cells, number) for cells in block.rows if not any(cell.text and cell.start in headings for cell in cells))
            continue
        if block.start in headings or not any(s.start <= block.start < s.end for s in tabled):
            continue
        at = block.start
        for line in document.text[block.start : block.end].splitlines(keepends=True):
            for piece in _pieces(line):
                stripped = piece.strip()
                if stripped:
                    begin = at + piece.index(stripped[0])
                    yield Row((Cell(stripped, begin, begin + len(stripped), block.sure),))
                at += len(piece)


# Where a row begins in a table that an extractor put on one line.
_ROW_START = re.compile(
    r"(?=第二十条第?[（(]|信息内容|(?<![\u4e00-\u9fff])(?:规章|(?:行政)?规范性文件|行政许可|其他对外管理服务事项|行政处罚|行政强制|行政事业性收费|政府集中采购)\s"
    r"|[（(]?本列数据|[一二四][、.]\s*(?:本年新收|上年结转|结转下年度)|三[、.]\s*本年度办理结果|[（(][一二三四五六七][）)]\s*(?:予以|部分|不予|无法|其他|总计)"
    r"|(?<!\d)[1-8]\s*[.．、]\s*[\u4e00-\u9fff]|行政复议\s|结果维持|未经复议|复议后起诉)"
)
_ONE_LINE = 80


def _pieces(line: str) -> list[str]:
    """A line, or the rows of a table that stands on it."""
    return [piece for piece in _ROW_START.split(line) if piece] if len(line) > _ONE_LINE and len(_ROW_START.findall(line)) > 3 else [line]


def by_table(rows: Iterable[Row], form: Form) -> dict[int, list[Row]]:
    """Rows by table. A table begins where its own words first stand in a row and ends where the next begins."""
    parts: dict[int, list[Row]] = {2: [], 3: [], 4: []}
    columns = {squashed(c.label) for clause in form.clauses for c in clause.columns}
    current = 0
    for row in rows:
        texts = row.words
        joined = "".join(texts)
        if any(CLAUSE.search(t) for t in texts) or any(t in columns for t in texts):
            current = 2
        elif "勾稽关系" in joined or any(t in APPLICANT_HEADER for t in texts) or "本年新收政府信息公开申请" in joined:
            current = 3
        elif _heads_disputes(texts, current):
            current = 4
        if current:
            parts[current].append(row)
    return parts


# A line of nothing but heading words of table 四, as text taken out of a page has them.
_DISPUTE_HEADING = re.compile(r"^(?:行政复议|行政诉讼|未经复议直接起诉|复议后起诉|结果|维持|纠正|其他|尚未|审结|总计)+$")


def _heads_disputes(texts: Sequence[str], current: int) -> bool:
    """Whether a row's words head table 四. 行政复议 in table 二's clauses would be no heading, but stands there alone."""
    if {"行政复议", "行政诉讼"} & set(texts):
        return True
    if current == 2:
        return False
    joined = "".join(texts)
    return any(t.startswith(RESULT_WORDS) for t in texts) or bool(re.search("复议|维持|审结", joined) and _DISPUTE_HEADING.match(joined))


def logical_rows(rows: Iterable[Row], match: Match, width: Callable[[int], int]) -> Iterator[LogicalRow]:
    """Rows with a label that ``match`` knows; ``width`` tells how many values a row has.

    Single cells one after the other are put back into rows; so are a label and its numbers that a page break or a wrapped
    line put into two rows.
    """
    current: LogicalRow | None = None
    last = -1
    fragments: list[Cell] = []  # lines that are no label by themselves since the last row
    for row in rows:
        found = _labelled(row, match, width, last)
        if found is None and not (current is not None and _go_on(current, row, match, width(current.key))):
            found = _pieced_together(row, fragments, match, width, last)
            if found is None and len(row.cells) == 1:
                fragments = [*fragments[-_MOST_FRAGMENTS:], row.cells[0]]
        if found is None:
            continue
        fragments = []
        if current is not None:
            yield current
        current, last = found, found.key
    if current is not None:
        yield current


# A label with its numbers is not longer than this.
_LONGEST_ROW = 300
# A label of the form, however narrow its cell, does not stand on more lines than this.
_MOST_FRAGMENTS = 8


def _pieced_together(row: Row, fragments: Sequence[Cell], match: Match, width: Callable[[int], int], last: int) -> LogicalRow | None:
    """The row whose label stands in pieces on the lines before its numbers: 4.保护 / 第三方 / 合法权益 / 0 1 0 0 0 0 1."""
    if len(row.cells) != 1 or not fragments:
        return None
    found = _LABEL_AND_NUMBERS.match(row.cells[0].text) if len(row.cells[0].text) <= _LONGEST_ROW else None
    numbers = row.cells[0] if found is None else Cell(found["numbers"], row.cells[0].start + found.start("numbers"), row.cells[0].end)
    tail = found["label"] if found else ""
    slots = _split_numbers(numbers, 0, "spaced")
    if len(slots) < 2 or any(read_cell(cell.text).state not in ("value", "zero", "na") for cell in slots):
        return None
    for first in range(len(fragments)):
        key = match("".join(cell.text for cell in fragments[first:]) + tail, last)
        if key is not None and len(slots) == width(key):
            return LogicalRow(key, slots, fragments[first], 0, row.grid, glued="spaced")
    return None


def _labelled(row: Row, match: Match, width: Callable[[int], int], last: int) -> LogicalRow | None:
    """The row by its label, None where it has none."""
    hit: tuple[int, int] | None = None
    for at, cell in enumerate(row.cells):
        key = match(cell.text, last) if cell.text else None
        # A merged label may be repeated; other words after it (规章由市政府制定) are what the cell says.
        if key is not None and (hit is None or squashed(cell.text) == squashed(row.cells[hit[1]].text)):
            hit = (key, at)
    if hit is not None:
        key, at = hit
        glued = _unglued(row.cells[at], match, last)
        rest = row.cells[at + 1 :]
        if glued is None or glued[0] != key or (len(rest) >= width(key) and any(cell.text for cell in rest)):
            slots = list(rest)
            return LogicalRow(key, slots, row.cells[at], at, row.grid, streamed=len(row.cells) == 1, cells=row.cells)
    for at, cell in enumerate(row.cells):
        glued = _unglued(cell, match, last) if cell.text else None
        if glued is None:
            continue
        key, label, numbers, how = glued
        rest = row.cells[at + 1 :] if any(cell.text for cell in row.cells[at + 1 :]) else ()
        slots = _split_numbers(numbers, width(key) - len(rest), how)
        return LogicalRow(key, [*slots, *rest], label, at, row.grid, glued=how)
    return None


def _unglued(cell: Cell, match: Match, last: int) -> tuple[int, Cell, Cell, str] | None:
    """(row, label, numbers, how) of a cell that holds a label and its numbers."""
    found = _LABEL_AND_NUMBERS.match(cell.text) if len(cell.text) <= _LONGEST_ROW else None
    if not found:
        return None
    label = found["label"]
    # What a merged cell to the left holds may stand on the line before the label: （五）不予处理 2.重复申请
    starts = [0, *(m.end() for m in re.finditer(r"\s+", label))]
    begin, key = next(((at, key) for at in starts if (key := match(label[at:], last)) is not None), (0, None))
    if key is None:
        return None
    label = label[begin:]
    end = cell.start + found.end("label")
    numbers = Cell(found["numbers"].strip(), cell.start + found.start("numbers"), cell.end, cell.sure)
    spaced = bool(found["gap"]) or bool(re.search(r"\d\s+\d", found["numbers"]))
    return key, Cell(label, cell.start + begin, end, cell.sure), numbers, "spaced" if spaced else "tight"


def _split_numbers(numbers: Cell, wanted: int, how: str) -> list[Cell]:
    """A run of numbers as cells: at its spaces, or digit by digit where there are as many digits as cells."""
    parts = [(m.start(), m.group()) for m in re.finditer(r"\S+", numbers.text)]
    if how == "tight" and len(parts) == 1 and wanted > 1 and len(numbers.text) == wanted and numbers.text.isdigit():
        parts = list(enumerate(numbers.text))
    return [Cell(text, numbers.start + at, numbers.start + at + len(text), numbers.sure) for at, text in parts]


def _go_on(current: LogicalRow, row: Row, match: Match, width: int) -> bool:
    """Add to a row what the next one holds of it: single cells, or its numbers where a break parted them from its label."""
    filled = [cell for cell in row.cells if cell.text]
    if current.streamed and len(row.cells) == 1 and filled and is_value_like(filled[0].text):
        current.slots.append(filled[0])
        return True
    if not filled or any(cell.text for cell in current.slots) or current.glued:
        return False
    if len(row.cells) == 1:
        return _wrapped(current, filled[0], match, width)
    values = [at for at, cell in enumerate(row.cells) if cell.text and read_cell(cell.text).state in ("value", "zero")]
    if not values:
        return False
    words = [at for at, cell in enumerate(row.cells) if cell.text and at not in values and not is_value_like(cell.text)]
    if any(at > values[0] for at in words) or len(words) > 1:
        return False
    # Numbers alone belong to a label that has no cells; a row of blank cells is a row of blanks.
    if not words and len(current.slots) >= width:
        return False
    # The rest of a wrapped label must make the same label whole.
    if words and match(current.whole + row.cells[words[0]].text, current.key - 1) != current.key:
        return False
    after = words[-1] + 1 if words else 0
    current.slots = list(row.cells[after:])
    current.at, current.grid, current.cells, current.streamed = after - 1, row.grid, row.cells, False
    return True


def _wrapped(current: LogicalRow, cell: Cell, match: Match, width: int) -> bool:
    """The rest of a label on a line of its own, or the row's numbers, or both on the last of such lines."""
    alone = _split_numbers(cell, 0, "spaced")
    if len(alone) == width > 1 and all(read_cell(c.text).state in ("value", "zero", "na") for c in alone):
        current.slots, current.glued, current.streamed = alone, "spaced", False
        return True
    found = _LABEL_AND_NUMBERS.match(cell.text) if len(cell.text) <= _LONGEST_ROW else None
    words = found["label"] if found else cell.text
    if match(current.whole + words, current.key - 1) != current.key:
        return False
    current.whole += words
    if found:
        spaced = bool(found["gap"]) or bool(re.search(r"\d\s+\d", found["numbers"]))
        numbers = Cell(found["numbers"].strip(), cell.start + found.start("numbers"), cell.end, cell.sure)
        current.glued, current.streamed = ("spaced" if spaced else "tight"), False
        current.slots = _split_numbers(numbers, width, current.glued)
    return True
