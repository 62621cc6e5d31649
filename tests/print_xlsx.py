"""Generated reports as workbooks: one sheet or several, cells merged or not, figures as text, numbers, formats and formulas.

What the visible cells of the visible sheets show is the printed report.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from dataclasses import dataclass
from random import Random
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from tests.generate import GeneratedReport
from tests.print_content import Edit, Form, Item, Line, Rows, Slot, as_it_is, cut, items, placed

SHEETS = {2: "主动公开情况", 3: "申请情况", 4: "复议诉讼情况"}
_WIDTH = 15  # columns that a line of text is merged over: those of the widest table


@dataclass(frozen=True, slots=True)
class XlsxStyle:
    apart: bool = False  # a sheet a table
    merged: bool = True
    figures: str = "text"  # text, numbers or formulas
    hidden: bool = False  # rows, columns and sheets with last year's figures
    down: int = 0  # empty rows above and columns left of everything
    right: int = 0
    rich: bool = False  # labels with line breaks and fonts of their own
    dated: bool = False  # the date of publication is a date


XLSX_STYLES: dict[str, XlsxStyle] = {
    "one_sheet": XlsxStyle(),
    "sheets": XlsxStyle(apart=True, figures="numbers"),
    "unmerged": XlsxStyle(merged=False),
    "numbers": XlsxStyle(figures="numbers", dated=True),
    "formulas": XlsxStyle(figures="formulas", rich=True),
    "hidden": XlsxStyle(hidden=True, figures="numbers"),
    "hidden_sheets": XlsxStyle(hidden=True, apart=True),
    "offset": XlsxStyle(down=3, right=2, rich=True),
    "offset_unmerged": XlsxStyle(merged=False, down=2, right=1, figures="numbers"),
}


def to_xlsx(made: GeneratedReport, rng: Random, style: str, edit: Edit = as_it_is) -> bytes:
    """The report as a workbook in one of ``XLSX_STYLES``."""
    printer = _Printer(made, XLSX_STYLES[style], rng)
    for item in items(made, rng, edit):
        printer.put(item)
    return printer.finish()


def typed(text: str) -> tuple[Any, str] | None:
    """The number and its format that show as ``text``; None where only text does."""
    formats = (
        (r"0|[1-9]\d*", "0"), (r"[1-9]\d{0,2}(,\d{3})+", "#,##0"), (r"0\.00|[1-9]\d*\.\d{2}", "0.00"), (r"(0|[1-9]\d*)\.\d{1,4}", "General"),
        (r"\+[1-9]\d*", "+0;-0;0"), (r"-[1-9]\d*", "0_ "),
    )  # fmt: skip
    for pattern, form in formats:
        if re.fullmatch(pattern, text, re.ASCII):
            number = float(text.replace(",", ""))
            if form == "General" and text.endswith("0"):
                return None
            return (int(number) if number == int(number) else number), form
    return None


class _Printer:
    """Puts items below one another and keeps what openpyxl cannot write until the file is patched."""

    def __init__(self, made: GeneratedReport, style: XlsxStyle, rng: Random) -> None:
        self.made, self.style, self.rng = made, style, rng
        self.book = Workbook()
        self.sheet: Any = self.book.active
        self.sheet.title = "年度报告"
        self.rows: dict[str, int] = {}  # the last row used of each sheet
        self.cached: dict[tuple[str, str], int] = {}  # sheet and cell of a formula → the value it showed when saved
        self.unseen_column = style.right + 2 if style.hidden and style.apart else 0

    def put(self, item: Item) -> None:
        if isinstance(item, Line):
            self._line(item)
        elif self.style.apart:
            home, self.sheet = self.sheet, self.book.create_sheet(SHEETS[item.number])
            self._table(item)
            self.sheet = home
        else:
            self._table(item)

    def _next(self) -> int:
        row = self.rows.get(self.sheet.title, self.style.down) + 1
        self.rows[self.sheet.title] = row
        return row

    def _line(self, line: Line) -> None:
        row = self._next()
        first = self.style.right + 1
        date = re.fullmatch(r"(.{4}：)(\d{4})-(\d\d)-(\d\d)", line.text)
        if line.role == "meta" and date and self.style.dated:
            self.sheet.cell(row, first, date[1])
            cell = self.sheet.cell(row, first + 1, datetime.date(*map(int, date.groups()[1:])))
            cell.number_format = self.rng.choice(("yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "m/d/yyyy"))
            return
        self.sheet.cell(row, first, line.text).alignment = Alignment(wrap_text=True)
        if self.style.merged:
            self.sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=first + _WIDTH - 1)
        if self.style.hidden and not self.style.apart and self.rng.random() < 0.3:
            self._hidden_row(["规章", 91, 92, 93])

    def _hidden_row(self, values: list[Any]) -> None:
        row = self._next()
        for at, value in enumerate(values, self.style.right + 1):
            self.sheet.cell(row, at, value)
        self.sheet.row_dimensions[row].hidden = True

    def _table(self, form: Form) -> None:
        top = self.rows.get(self.sheet.title, self.style.down) + 1
        for line in placed(form.rows):
            row = self._next()
            for column, slot in line:
                self._cell(row, self._column(column), slot, form.rows)
        if self.style.merged:
            self._merge(form.rows, top)
        if self.unseen_column:
            for row in range(top, top + len(form.rows)):
                cell = self.sheet.cell(row, self.unseen_column)
                if not isinstance(cell, MergedCell):
                    cell.value = "7"
            self.sheet.column_dimensions[get_column_letter(self.unseen_column)].hidden = True

    def _column(self, column: int) -> int:
        """The sheet's column of a table's; in a sheet of its own a hidden one may stand between."""
        at = column + self.style.right + 1
        return at + 1 if self.unseen_column and at >= self.unseen_column else at

    def _cell(self, row: int, column: int, slot: Slot, rows: Rows) -> None:
        number = typed(slot.text) if slot.key and self.style.figures != "text" else None
        cell = self.sheet.cell(row, column)
        if number is None:
            cell.value = self._label(slot) if slot.label else slot.text or None
            return
        cell.value, cell.number_format = number
        if self.style.figures == "formulas" and slot.key and slot.key[1] == "total":
            first, last = (get_column_letter(column - n) for n in (6, 1))
            self.cached[self.sheet.title, cell.coordinate] = number[0]
            cell.value = f"=SUM({first}{row}:{last}{row})"
        if self.rng.random() < 0.02:
            cell.comment = Comment("与上年的12件核对", "经办人")

    def _label(self, slot: Slot) -> Any:
        if not self.style.rich or len(slot.text) < 4:
            return slot.text or None
        if self.rng.random() < 0.5:
            return "\n".join(cut(slot.text, self.rng))
        return CellRichText(*(TextBlock(InlineFont(b=at == 0), part) for at, part in enumerate(cut(slot.text, self.rng))))

    def _merge(self, rows: Rows, top: int) -> None:
        for row, line in enumerate(placed(rows), top):
            for column, slot in line:
                if slot.down > 1 or slot.across > 1:
                    ends = (self._column(column), self._column(column + slot.across - 1))
                    self.sheet.merge_cells(start_row=row, end_row=row + slot.down - 1, start_column=ends[0], end_column=ends[1])

    def finish(self) -> bytes:
        if self.style.hidden:
            for state in ("hidden", "veryHidden"):
                sheet = self.book.create_sheet(f"上年{state}")
                sheet.append([f"{self.made.agency}{self.made.year - 1}年政府信息公开工作年度报告"])
                sheet.append(["规章", 71, 72, 73])
                sheet.sheet_state = state
        file = io.BytesIO()
        self.book.save(file)
        return _with_cached(file.getvalue(), self.cached, self.book.sheetnames) if self.cached else file.getvalue()


def _with_cached(data: bytes, cached: dict[tuple[str, str], int], names: list[str]) -> bytes:
    """The workbook with the values that its formulas showed, as a spreadsheet program saves them."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if number:
                content = _filled(content.decode(), cached, names[int(number[1]) - 1]).encode()
            new.writestr(name, content)
    return file.getvalue()


def _filled(text: str, cached: dict[tuple[str, str], int], sheet: str) -> str:
    def fill(match: re.Match[str]) -> str:
        return f"{match['head']}<v>{cached[sheet, match['at']]}</v></c>"

    text, count = re.subn(r'(?P<head><c r="(?P<at>[A-Z]+\d+)"[^>]*><f>[^<]*</f>)<v ?/?>(?:</v>)?</c>', fill, text)
    assert count == sum(1 for name, _ in cached if name == sheet)
    return text
