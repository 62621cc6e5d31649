"""What a format reader hands over, and how it becomes a Document: one text, and blocks that point into it.

A reader knows nothing of reports. It yields, in reading order, ``Text`` (a paragraph, or lines) and ``Table`` (rows of real
cells, a merged cell standing once with its spans). ``assemble`` prints them as one text, table rows as cells divided by tabs,
so that every later stage and every citation works with offsets whatever the file was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from corpus.formats import plain
from corpus.formats.limits import Limits
from corpus.model import Block, Cell, Document, Grid, Paragraph, UnreadableFile
from corpus.script import is_traditional, mainland

_SPACE = re.compile(r"\s+")
_WIDE = re.compile(plain.WIDE)
# The only cell of a row that reads like this is a paragraph that a table lays out.
_PROSE = re.compile(r"[，。；].*[。；]|.{40,}[。；]")

# Enough to tell the script of a file by.
_SAMPLED_BLOCKS = 200


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, or several lines that are read as plain text is (cells divided by tabs or bars make a table).

    ``sure`` False: a recogniser was not certain of a character of it.
    """

    text: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class TableCell:
    """A real cell. ``text`` may hold line breaks. ``sure`` False: a recogniser was not certain of a character of it."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of real cells, as in HTML: a slot that a merged cell covers holds no cell of its own."""

    rows: tuple[tuple[TableCell, ...], ...]


RawBlock = Text | Table


def one_line(text: str) -> str:
    """A cell's text on one line: breaks beside Chinese characters vanish, all other white space becomes a space."""
    text = text.strip()

    def joined(match: re.Match[str]) -> str:
        start, end = match.span()
        broken = any(c in "\r\n\t\f\v" for c in match.group())
        return "" if broken and (_WIDE.match(text[start - 1]) or _WIDE.match(text[end])) else " "

    return _SPACE.sub(joined, text)


def columns(rows: Sequence[Sequence[TableCell]], widest: int) -> list[list[int]]:
    """The grid column of each cell, its merged neighbours to the left and above taken into account.

    Spans reach no further than ``widest`` columns and the table's last row, whatever they claim; cells beyond
    share the last one.
    """
    covered: dict[int, int] = {}  # column → rows (this one included) that a cell from above still covers
    found: list[list[int]] = []
    for at, row in enumerate(rows):
        line: list[int] = []
        fresh: dict[int, int] = {}
        column = 0
        for cell in row:
            while column < widest and covered.get(column, 0) > 0:
                column += 1
            line.append(column)
            height = max(1, min(cell.rowspan, len(rows) - at))
            width = max(1, min(cell.colspan, widest - column))
            if height > 1:
                fresh |= dict.fromkeys(range(column, column + width), height)
            column = min(column + width, widest)
        covered = {c: left - 1 for c, left in covered.items() if left > 1}
        covered |= {c: height - 1 for c, height in fresh.items()}
        found.append(line)
    return found


def assemble(blocks: Iterable[RawBlock], kind: str, limits: Limits, meta: Mapping[str, str] | None = None) -> Document:
    """The document made of ``blocks``. Raises UnreadableFile when they are more than ``limits`` allow."""
    parts: list[str] = []
    made: list[Block] = []
    length = cells = 0
    blocks, meta = _simplified(list(blocks), dict(meta or {}))
    for block in _parted(blocks, limits):
        if isinstance(block, Text):
            text = block.text.strip("\r\n \u3000")
            if not text.strip():
                continue
            made += [_moved(b, length, block.sure) for b in plain.blocks(text)]
            piece = text + "\n\n"
        else:
            cells += sum(len(row) for row in block.rows)
            if cells > limits.cells:
                raise UnreadableFile(f"表格太大，单元格超过 {limits.cells} 个。")
            grid, piece = _grid(block, length, limits)
            if grid is None:
                continue
            made.append(grid)
        parts.append(piece)
        length += len(piece)
        if length > limits.characters:
            raise UnreadableFile(f"文字太多，超过 {limits.characters // 10_000} 万字，不像一份年度报告。")
    text = "".join(parts)
    return Document(text, plain.without_furniture(text, made), kind, meta)


def _simplified(blocks: list[RawBlock], meta: dict[str, str]) -> tuple[list[RawBlock], dict[str, str]]:
    """Blocks and meta in simplified script, where the file is in traditional."""
    texts = (b.text if isinstance(b, Text) else " ".join(c.text for row in b.rows for c in row) for b in blocks)
    if not is_traditional("\n".join(islice(texts, _SAMPLED_BLOCKS))):
        return blocks, meta
    found: list[RawBlock] = []
    for block in blocks:
        if isinstance(block, Text):
            found.append(replace(block, text=mainland(block.text)))
        else:
            found.append(Table(tuple(tuple(replace(cell, text=mainland(cell.text)) for cell in row) for row in block.rows)))
    return found, {name: mainland(value) for name, value in meta.items()} | {"script": "traditional"}


def _parted(blocks: Iterable[RawBlock], limits: Limits) -> Iterator[RawBlock]:
    """Blocks with the lines that stand in a table row of their own (over its whole width, or as prose) taken out of the table."""
    for block in blocks:
        if isinstance(block, Text):
            yield block
            continue
        places = columns(block.rows, limits.columns)
        begun = 0
        for at, row in enumerate(block.rows):
            filled = [cell for cell in row if cell.text.strip()]
            if len(filled) != 1 or filled[0].rowspan > 1:
                continue
            across = len(row) == 1 and places[at] == [0] and filled[0].colspan > 1
            if across or _PROSE.search(one_line(filled[0].text)):
                yield Table(block.rows[begun:at])
                yield Text(filled[0].text, filled[0].sure)
                begun = at + 1
        yield Table(block.rows[begun:])


def _moved(block: Block, by: int, sure: bool) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(block.start + by, block.end + by, sure)
    rows = tuple(tuple(replace(c, start=c.start + by, end=c.end + by, sure=sure) for c in row) for row in block.rows)
    return Grid(block.start + by, block.end + by, rows)


def _grid(table: Table, start: int, limits: Limits) -> tuple[Grid | None, str]:
    """The table as a grid at ``start``, and its text."""
    at = columns(table.rows, limits.columns)
    lines: list[str] = []
    rows: list[tuple[Cell, ...]] = []
    offset = start
    for row, places in zip(table.rows, at, strict=True):
        texts = [one_line(cell.text) for cell in row]
        if not row:
            continue
        line: list[Cell] = []
        here = offset
        for cell, text, column in zip(row, texts, places, strict=True):
            width = max(1, min(cell.colspan, limits.columns))
            line.append(Cell(text, here, here + len(text), cell.sure, column, width))
            here += len(text) + 1
        rows.append(tuple(line))
        lines.append("\t".join(texts))
        offset += len(lines[-1]) + 1
    if not any(cell.text for row in rows for cell in row):
        return None, ""
    return Grid(rows[0][0].start, rows[-1][-1].end, tuple(rows)), "\n".join(lines) + "\n\n"
