"""Workbooks to blocks: the visible cells of the visible sheets, numbers as the sheet shows them."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from corpus.formats.blocks import RawBlock, Table, TableCell, Text, assemble, columns
from corpus.formats.limits import Limits
from corpus.formats.package import Package
from corpus.model import Document, UnreadableFile
from corpus.textual import squash

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# A row of one cell is a heading or a paragraph between tables when it reads like one.
_PROSE = re.compile(r"[。；]|报告$|^(?:[一二三四五六]、|[（(][一二三四五六][)）]).*(?:情况|事项|问题|措施)$")
_LONGEST_LABEL = 60


def read(data: bytes, limits: Limits) -> Document:
    """Raises UnreadableFile when the workbook is damaged, protected, or more than the limits allow."""
    import openpyxl

    computed = False
    for name, part in Package(data, limits).parts():
        computed = computed or (name.startswith("xl/worksheets/") and b"<f" in part)
        _check_merges(part, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # extensions that openpyxl does not know
            book = openpyxl.load_workbook(BytesIO(data), data_only=True, keep_links=False)
            formulas = openpyxl.load_workbook(BytesIO(data), keep_links=False) if computed else None
        blocks = [
            block
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
            for block in _sheet(sheet, formulas[sheet.title] if formulas else None, limits)
        ]
        title = book.properties.title
    except UnreadableFile:
        raise
    except Exception as error:  # openpyxl lets all sorts out of damaged workbooks; they end here
        raise UnreadableFile("Excel 文件已经损坏或不完整，打不开。") from error
    return assemble(blocks, "xlsx", limits, {"title": str(title)[:300]} if title else None)


_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*[\"']([A-Z]{1,4})(\d{1,9}):([A-Z]{1,4})(\d{1,9})")


def _check_merges(part: bytes, limits: Limits) -> None:
    """openpyxl makes a cell for every cell that a merged area covers, however far it reaches. Raises UnreadableFile."""
    from openpyxl.utils import column_index_from_string

    area = 0
    for left, top, right, bottom in _MERGE.findall(part):
        try:
            across = column_index_from_string(right.decode()) - column_index_from_string(left.decode()) + 1
        except ValueError as error:
            raise UnreadableFile("Excel 文件已经损坏或不完整，打不开。") from error
        area += abs(across * (int(bottom) - int(top) + 1))
    if area > 2 * limits.cells:
        raise UnreadableFile("合并的单元格太大，不像一份年度报告。")


def _sheet(sheet: Worksheet, formulas: Worksheet | None, limits: Limits) -> Iterator[RawBlock]:
    """Tables and lines of one sheet, in order; its name first where that is a heading. ``formulas``: the sheet before computing."""
    if _PROSE.search(squash(sheet.title)):
        yield Text(sheet.title)
    if sheet.max_row * sheet.max_column > 20 * limits.cells:
        raise UnreadableFile("工作表太大，不像一份年度报告。")
    hidden = {at for letter, d in sheet.column_dimensions.items() if d.hidden for at in _between(d, letter, sheet.max_column)}
    shown = [c for c in range(1, sheet.max_column + 1) if c not in hidden]
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for area in sheet.merged_cells.ranges:
        rows_ = [r for r in range(area.min_row, min(area.max_row, sheet.max_row) + 1) if not sheet.row_dimensions[r].hidden]
        columns_ = [c for c in range(area.min_col, min(area.max_col, sheet.max_column) + 1) if c not in hidden]
        covered |= {(r, c) for r in rows_ for c in columns_}
        if rows_ and columns_:
            merged[rows_[0], columns_[0]] = (len(rows_), len(columns_))
    covered -= set(merged)
    rows: list[list[TableCell]] = []
    for number in range(1, sheet.max_row + 1):
        if sheet.row_dimensions[number].hidden:
            continue
        line = []
        for column in shown:
            if (number, column) not in covered:
                height, width = merged.get((number, column), (1, 1))
                text, sure = _shown(sheet.cell(number, column))
                if not text and formulas is not None and formulas.cell(number, column).value is not None:
                    sure = False  # a formula that no program has computed yet
                line.append(TableCell(text, height, width, sure))
        rows.append(line)
    yield from _parted(rows)


def _parted(rows: list[list[TableCell]]) -> Iterator[RawBlock]:
    """Lines (rows of one cell above the first table, over its whole width, or that read like prose) and tables between them."""
    table: list[list[TableCell]] = []
    widest = max((sum(cell.colspan for cell in row) for row in rows), default=0)
    begun = False

    def release() -> Iterator[RawBlock]:
        if any(cell.text for row in table for cell in row):
            yield Table(tuple(tuple(row) for row in _narrowed(table)))
        table.clear()

    for row in rows:
        filled = [cell for cell in row if cell.text]
        begun = begun or len(filled) > 1
        if len(filled) == 1 and filled[0].rowspan == 1:
            text = filled[0].text
            if not begun or filled[0].colspan > 0.6 * widest or _PROSE.search(squash(text)) or len(text) > _LONGEST_LABEL:
                yield from release()
                yield Text(text)
                continue
        if filled or table:
            table.append(row)
    yield from release()


def _narrowed(table: list[list[TableCell]]) -> list[list[TableCell]]:
    """Without the columns left and right of everything: a sheet is wider than its table."""
    starts: list[int] = []
    ends: list[int] = []
    places = columns(table, 1000)
    for row, at in zip(table, places, strict=True):
        filled = [(c, c + cell.colspan) for cell, c in zip(row, at, strict=True) if cell.text]
        if filled:
            starts.append(filled[0][0])
            ends.append(max(end for _, end in filled))
    low, high = min(starts), max(ends)
    return [[cell for cell, c in zip(row, at, strict=True) if low <= c < high] for row, at in zip(table, places, strict=True)]


def _between(dimension: Any, letter: str, last: int) -> range:
    from openpyxl.utils import column_index_from_string

    first = dimension.min or column_index_from_string(letter)
    return range(first, min(dimension.max or first, last) + 1)


def _shown(cell: Any) -> tuple[str, bool]:
    """A cell's value as the sheet shows it, and whether its number format is one that is understood."""
    value = cell.value
    if value is None:
        return "", True
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), True
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "General")
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.year}年{value.month}月{value.day}日", True
    return str(value).strip(), True


def _number(value: float, form: str) -> tuple[str, bool]:
    """A number in its format: its sign's section, decimals, thousands, percent, and the characters around it.

    Formats that scale (0!.0,"万") or that are of another kind leave the number as stored, and in doubt.
    """
    sections = form.split(";")
    section = sections[1] if value < 0 and len(sections) > 1 else sections[2] if value == 0 and len(sections) > 2 else sections[0]
    bare = re.sub(r"\[[^\]]*\]|_.|\*.|\\", "", section)  # colours and conditions, padding, fill, escapes
    match = re.fullmatch(r"(?P<before>[^0#?!]*)(?P<digits>[0#?,]*[0#?])(?:\.(?P<decimals>[0#?]+))?(?P<after>[^0#?!,]*)", bare)
    if not match or bare == "General":
        stored = str(int(value)) if value == int(value) else repr(round(value, 10))
        return stored, bare in ("General", "@", "")
    before, after = (part.replace('"', "") for part in (match["before"], match["after"]))
    if "%" in after:
        value = round(value * 100, 10)
    shown = abs(value) if len(sections) > 1 and value < 0 else value
    required = len(re.findall("0", match["decimals"] or ""))
    allowed = len(match["decimals"] or "")
    text = f"{shown:,.{allowed}f}" if "," in match["digits"] else f"{shown:.{allowed}f}"
    if allowed > required:
        whole, _, rest = text.partition(".")
        rest = rest[:required] + rest[required:].rstrip("0")
        text = f"{whole}.{rest}" if rest else whole
    return f"{before}{text}{after}".strip(), True
