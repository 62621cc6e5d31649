"""The table of indicators of reports before the national form: a name, a unit and a number a line.

A column of row codes may stand before the numbers, and numbers of several periods beside each other. What truly counts the
same as a metric of the later forms becomes a figure; every line is a quantity as well, so that it is found as it stands.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.cells import read_cell
from corpus.forms import Indicator, indicator_headings, indicators, subjects, unit_classes
from corpus.model import Cell, Document, Figure, Grid, Quantity, Span
from corpus.tables.figure import figure
from corpus.tables.labels import alike, squashed
from corpus.textual import squash

SECTION = 7
"""Where these quantities stand: in the table at the end, which is none of the six sections."""

_UNITS = frozenset(unit_classes()) | {"万元", "元", "件次", "人次"}
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[)）]|\d{1,2}[.、．]|[①-⑳])")
_LEAD = re.compile(r"^(?:其中|#|——|—)[:：]?")
# Fewer lines than this that an indicator table has are an accident.
_FEWEST = 3
_LONGEST_LABEL = 60
_CODE_HEADINGS = {"代码", "编号", "行次", "序号"}
_VALUE_COLUMNS = ("本年累计", "统计数", "累计", "本年数", "数量", "数值", "本期实际", "本年实际", "本期数", "本年")


@dataclass(frozen=True, slots=True)
class _Line:
    """A name with what stands after it on its line."""

    label: Cell
    values: tuple[Cell, ...]
    unit: str


def read(document: Document) -> tuple[tuple[Figure, ...], tuple[Quantity, ...]] | None:
    """The figures and quantities of the table of indicators, None where the document has none."""
    cells = list(_rows(document))
    head = next((at for at, row in enumerate(cells) if _is_header(row)), None)
    known = sum(1 for row in cells for cell in row if cell.text and _matching(cell.text, -1) is not None)
    if known < _FEWEST or (head is None and known < 2 * _FEWEST):
        return None
    lines = list(_lines(cells[head + 1 :] if head is not None else cells))
    codes = _has_codes(lines) or (head is not None and any(squashed(cell.text) in _CODE_HEADINGS for cell in cells[head]))
    columns = _value_columns(cells[head]) if head is not None else []
    figures: dict[str, Figure] = {}
    quantities: list[Quantity] = []
    last = -1
    for line in lines:
        chosen, sure = _value(line, codes, columns)
        at = _matching(line.label.text, last)
        indicator = indicators()[at] if at is not None else None
        last = at if at is not None else last
        name = _bare(line.label.text)
        if chosen is None:
            continue
        made = figure(indicator.metric if indicator and indicator.metric else "", None, line.unit, f"附表 · {name}", chosen, sure)
        if indicator and indicator.metric:
            applicant = "total" if indicator.by_applicant else None
            figures.setdefault(
                indicator.metric,
                Figure(made.metric, applicant, made.value, made.unit, made.printed, made.state, made.place, made.span, made.sure),
            )
        for cell, period in _stated(line, codes, columns) if not sure else [(chosen, "")]:
            quantities += _quantity(line, cell, name, period, indicator)
    return tuple(figures.values()), tuple(quantities)


def start(document: Document) -> int | None:
    """Where the table of indicators begins, with the title above it; None where there is none."""
    for block in document.blocks:
        text = squash(document.text[block.start : block.end])
        if any(_is_header(row) for row in (block.rows if isinstance(block, Grid) else ())) or re.match(r"^指标名称", text):
            return block.start
    return None


def _rows(document: Document) -> Iterator[tuple[Cell, ...]]:
    for block in document.blocks:
        if isinstance(block, Grid):
            yield from block.rows
            continue
        at = block.start
        for line in document.text[block.start : block.end].splitlines(keepends=True):
            stripped = line.strip()
            if stripped and len(stripped) <= _LONGEST_LABEL:
                begin = at + line.index(stripped[0])
                yield _spaced(Cell(stripped, begin, begin + len(stripped)))
            at += len(line)


def _spaced(cell: Cell) -> tuple[Cell, ...]:
    """A line of text as cells where its name, unit and number are divided by spaces."""
    parts = [Cell(m.group(), cell.start + m.start(), cell.start + m.end(), cell.sure) for m in re.finditer(r"\S+", cell.text)]
    ends = len(parts) > 1 and (parts[-1].text in _UNITS or read_cell(parts[-1].text).state in ("value", "zero"))
    return tuple(parts) if ends else (cell,)


def _is_header(row: Sequence[Cell]) -> bool:
    words = {squashed(cell.text) for cell in row if cell.text}
    return bool(words & {"指标名称", "统计指标"}) or ("指标" in words and bool(words & set(indicator_headings())))


def _lines(rows: Sequence[Sequence[Cell]]) -> Iterator[_Line]:
    """Names with the cells after them, whether a line of the table holds them all or one each."""
    label: Cell | None = None
    values: list[Cell] = []
    unit = ""
    for row in rows:
        for at, cell in enumerate(row):
            text = squashed(cell.text)
            if text in _UNITS:
                unit = unit or text
            elif label is not None and (read_cell(cell.text).state in ("value", "zero", "na") or (not text and at > 0)):
                values.append(cell)
            elif text and re.search(r"[\u4e00-\u9fff]", text):
                if label is not None and values:
                    yield _Line(label, tuple(values), unit)
                label, values, unit = cell, [], ""
    if label is not None and values:
        yield _Line(label, tuple(values), unit)


def _code(line: _Line) -> str | None:
    """The first number of a line that has more than one cell."""
    return next((text for cell in line.values if (text := squashed(cell.text)).isdigit()), None) if len(line.values) > 1 else None


def _has_codes(lines: Sequence[_Line]) -> bool:
    """Whether the first number of each line only counts the lines."""
    first = [int(code) for line in lines if (code := _code(line)) is not None]
    running = sum(1 for a, b in itertools.pairwise(first) if b == a + 1)
    return len(first) > _FEWEST and running >= 0.8 * (len(first) - 1)


def _value_columns(header: Sequence[Cell]) -> list[str]:
    """The headings of a line's numbers, from left to right."""
    names = [squashed(cell.text) for cell in header if cell.text]
    return [name for name in names if name.startswith(_VALUE_COLUMNS)]


def _values(line: _Line, codes: bool) -> tuple[Cell, ...]:
    """The cells after a line's name, without its code."""
    if codes and (code := _code(line)) is not None:
        return line.values[[squashed(cell.text) for cell in line.values].index(code) + 1 :]
    return line.values


def _value(line: _Line, codes: bool, columns: Sequence[str]) -> tuple[Cell | None, bool]:
    """The cell that holds the year's number, and whether no other could.

    Beside 本期实际 a column 本年累计 is the same number in most reports, and all that was ever counted in others.
    """
    values = _values(line, codes)
    if not values:
        return None, False
    filled = [cell for cell in values if cell.text]
    if len(values) <= 1 or len(columns) <= 1 or not filled:
        return (filled or list(values))[0], len({squashed(cell.text) for cell in filled}) <= 1
    return filled[0], len(filled) == len(values) and len({squashed(cell.text) for cell in filled}) == 1


def _stated(line: _Line, codes: bool, columns: Sequence[str]) -> list[tuple[Cell, str]]:
    """Each number of a line with the heading that it stands under, where there are as many."""
    values = _values(line, codes)
    return [(cell, name) for cell, name in zip(values, columns, strict=True) if cell.text] if len(values) == len(columns) else []


def _bare(text: str) -> str:
    """A printed name without numbering, 其中 and explanations in brackets."""
    name = squash(text)
    while (shorter := _LEAD.sub("", _NUMBERING.sub("", name))) != name:
        name = shorter
    return re.sub(r"\([^)]*\)?|（[^）]*）?", "", name).strip(":：") or name


def _matching(text: str, last: int) -> int | None:
    """The indicator that a name means; of equal ones the first after line ``last``."""
    name = _bare(text)
    if len(name) < 4:
        return None
    exact = [at for at, indicator in enumerate(indicators()) if name in map(squash, indicator.names)]
    found = exact or [
        at for at, indicator in enumerate(indicators()) if len(name) >= 6 and any(alike(name, squash(n)) for n in indicator.names)
    ]
    return next((at for at in found if at > last), found[0] if found else None)


def _quantity(line: _Line, cell: Cell, name: str, column: str, indicator: Indicator | None) -> Iterator[Quantity]:
    """The number in ``cell`` as a quantity; ``column`` is its heading where the line has several that differ."""
    reading = read_cell(cell.text)
    if reading.value is None or reading.joined or not cell.sure:
        return
    whole = Span(line.label.start, cell.end)
    yield Quantity(
        section=SECTION,
        counted=f"{name}（{column}）" if column else name,
        subject=_subject(indicator),
        channel=indicator.channel if indicator else None,
        value=reading.value,
        unit=reading.unit or line.unit,
        printed=cell.text,
        approximate=False,
        period="cumulative" if "累计" in column else "year",
        span=Span(cell.start, cell.end),
        clause=whole,
        sentence=whole,
    )


def _subject(indicator: Indicator | None) -> str | None:
    """The subject of narrative.toml that an indicator counts."""
    if indicator is None or indicator.subject or not indicator.metric:
        return indicator.subject if indicator else None
    return next((subject.id for subject in subjects() if subject.metric == indicator.metric), None)
