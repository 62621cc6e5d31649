"""Table 三: some thirty rows under seven applicant columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from corpus.cells import read_cell
from corpus.forms import Form, applicants
from corpus.model import Cell, Figure
from corpus.tables.figure import figure, lost
from corpus.tables.labels import APPLICANT_HEADER, APPLICANTS, request_row, squashed
from corpus.tables.rows import LogicalRow, Row, logical_rows


@dataclass(frozen=True, slots=True)
class _Columns:
    """Applicant ids from left to right.

    at     by grid, the grid column of each where the heading tells it
    named  by grid, columns right of these that have a heading of their own (上年数, 备注)
    """

    ids: tuple[str, ...]
    at: dict[int, dict[str, int]] = field(default_factory=dict)
    named: dict[int, set[int]] = field(default_factory=dict)


def read(rows: list[Row], form: Form) -> Iterator[Figure]:
    def match(text: str, last: int) -> int | None:
        return request_row(form.edition, text, last)

    columns = _columns(rows, form)
    data = [row for row in rows if not any(word in APPLICANT_HEADER for word in row.words) or len(row.cells) == 1]
    logical = list(logical_rows(data, match, lambda _: len(columns.ids)))
    ids = list(columns.ids)
    if any(sum(1 for cell in row.slots if cell.text) > len(ids) for row in logical):
        ids = [a.id for a in form.applicants]
    labels = applicants()
    order = _believed(ids, [a.id for a in form.applicants], logical, columns)
    if order is not None and order != ids:
        ids, columns = order, _Columns(tuple(order))
    # Where most rows are there by name, one whose figures cannot be placed is damaged and not absent.
    whole_table = len({row.key for row in logical}) >= len(form.requests) // 2
    usual = _usual_offsets(logical, len(ids))
    printed = _totals_printed(logical, len(ids))
    lengths = Counter(sum(_shape(row)) for row in logical)
    usual_length = max(lengths, key=lambda n: (lengths[n], n), default=0)
    read: set[int] = set()
    for row in logical:
        request = form.requests[row.key]
        read.add(row.key)
        aligned = _under_header(row, ids, columns) or _align(row, ids, usual.get(_shape(row), set()), printed)
        # A row with blanks that is shorter than its table has lost a cell, and any of its blanks may be the one.
        short = len(row.slots) > len(ids) and sum(_shape(row)) < usual_length and not row.glued
        short = short and sum(1 for cell in row.slots if cell.text) < len(ids) and row.slots[0].column is None
        for applicant, cell, sure in aligned:
            place = f"{request.place} · {labels[applicant]}"
            yield figure(request.metric, applicant, "件", place, cell, sure and not short and order is not None)
        if not aligned and (whole_table or any(cell.text for cell in row.slots)):
            for applicant in ids:
                yield lost(request.metric, applicant, "件", f"{request.place} · {labels[applicant]}")
    # More rows of numbers than labels: the form's other rows are there, and only their names are lost.
    if sum(_numbers(row) >= len(ids) for row in data) > sum(len([c for c in row.slots if c.text]) >= len(ids) for row in logical):
        for at, request in enumerate(form.requests):
            if at not in read:
                for applicant in ids:
                    yield lost(request.metric, applicant, "件", f"{request.place} · {labels[applicant]}")


def _numbers(row: Row) -> int:
    """How many numbers stand in a row, apart or in one cell."""
    texts = [cell.text for cell in row.cells] if len(row.cells) > 1 else row.cells[0].text.split() if row.cells else []
    return sum(read_cell(text).state in ("value", "zero") for text in texts if text)


# ---------------------------------------------------------------------------------------------------- columns


def _columns(rows: list[Row], form: Form) -> _Columns:
    """The value columns: all seven in the order printed, less those that the header leaves out."""
    everyone = tuple(a.id for a in form.applicants)
    names = {a.label: a.id for a in form.applicants} | {"其它": "other", "合计": "total"}
    head: list[str] = []
    for row in rows:
        if any(request_row(form.edition, word, -1) is not None for word in row.words):
            break
        head += row.words
    joined = "".join(head)
    # Of a name that is broken over two rows (商业 / 企业) the first half tells that its column is there.
    present = [
        a.id
        for a in form.applicants
        if a.label in head or (len(a.label) > 2 and a.label[:2] in joined) or (a.id == "other" and "其它" in head)
    ]
    at = {grid: places for grid, places in _placed(rows, names).items() if len(set(places.values())) == len(places)}
    if {"自然人", "法人或其他组织", "总计"} <= set(head) and set(present) <= {"natural", "total"}:
        return _Columns(("natural", "legal_persons", "total"))
    whole = next((places for places in at.values() if set(places) == set(everyone)), None)
    if whole:
        return _Columns(tuple(sorted(whole, key=whole.__getitem__)), at, _named(rows))
    if any("总计" in row.words and "自然人" in row.words and row.words.index("总计") < row.words.index("自然人") for row in rows):
        everyone = ("total", *(a for a in everyone if a != "total"))
    # A flattened header often loses a cell or two; only a header that keeps the total and names few is believed.
    if "total" in present and "natural" in present and 2 <= len(present) <= 4:
        return _Columns(tuple(present), at, _named(rows))
    return _Columns(everyone, at, _named(rows))


def _placed(rows: list[Row], names: dict[str, str]) -> dict[int, dict[str, int]]:
    """By grid, the grid column of each applicant heading."""
    found: dict[int, dict[str, int]] = {}
    for row in rows:
        words = [squashed(cell.text) for cell in row.cells]
        if not any(word in APPLICANT_HEADER for word in words):
            continue
        for cell, word in zip(row.cells, words, strict=True):
            if cell.column is not None and word in names:
                found.setdefault(row.grid, {}).setdefault(names[word], cell.column)
    return found


def _named(rows: list[Row]) -> dict[int, set[int]]:
    """By grid, columns with a heading that is none of the form's."""
    found: dict[int, set[int]] = {}
    headed = {row.grid for row in rows if any(word in APPLICANTS for word in row.words)}
    for row in rows:
        if row.grid in headed and any(word in APPLICANT_HEADER for word in row.words):
            known = APPLICANT_HEADER | {"总计", "合计", "其他", "其它"}
            found.setdefault(row.grid, set()).update(
                cell.column for cell in row.cells if cell.text and cell.column is not None and squashed(cell.text) not in known
            )
    return found


def _under_header(row: LogicalRow, ids: list[str], columns: _Columns) -> list[tuple[str, Cell, bool]]:
    """The cells right under the headings, [] where a column has none or the row has figures beside them."""
    places = columns.at.get(row.grid, {})
    under = {cell.column: cell for cell in row.cells if cell.column is not None}
    if set(places) != set(ids) or any(column not in under for column in places.values()):
        return []
    aside = [cell for cell in row.slots if cell.text and cell.column not in places.values()]
    beyond = columns.named.get(row.grid, set())
    if any((cell.column or 0) < max(places.values()) or cell.column not in beyond for cell in aside):
        return []
    return [(applicant, under[places[applicant]], True) for applicant in ids]


def _believed(ids: list[str], form: list[str], rows: list[LogicalRow], columns: _Columns) -> list[str] | None:
    """The order of columns: one other than the form's only where the row sums bear it out; None where none does.

    A heading that is merged one column short moves 总计 over the figures of 其他, and its rows no longer add up.
    """
    if set(ids) != set(form) or (ids == form and not columns.at):
        return ids
    tried: dict[bool, int] = {True: 0, False: 0}
    placed = False
    for row in rows:
        filled = [cell for cell in row.slots if cell.text]
        if len(filled) != len(form):
            continue
        under = [cell for _, cell, _ in _under_header(row, ids, columns)] or filled
        placed = placed or under != filled
        tried[True] += _row_holds(under, ids)
        tried[False] += _row_holds(filled, form)
    if ids == form and not placed:
        return ids
    return ids if tried[True] > tried[False] else form if tried[False] > tried[True] else None


# ---------------------------------------------------------------------------------------------------- rows without such a heading


def _shape(row: LogicalRow) -> tuple[int, int]:
    return row.at, len(row.slots)


def _usual_offsets(rows: Iterable[LogicalRow], width: int) -> dict[tuple[int, int], set[int]]:
    """Where the first column stands after the label in full rows of each shape: merged cells make it differ."""
    usual: dict[tuple[int, int], set[int]] = {}
    for row in rows:
        filled = [at for at, cell in enumerate(row.slots) if cell.text]
        if len(filled) == width == filled[-1] - filled[0] + 1:
            usual.setdefault(_shape(row), set()).add(filled[0])
    return usual


def _totals_printed(rows: Iterable[LogicalRow], width: int) -> bool:
    """Whether rows that have one reading print their totals: only then is a window with a blank total refuted."""
    plain = [row.slots for row in rows if len(row.slots) == width and any(cell.text for cell in row.slots)]
    return bool(plain) and all(slots[-1].text for slots in plain)


def _align(row: LogicalRow, ids: list[str], usual: set[int], totals_printed: bool) -> list[tuple[str, Cell, bool]]:
    """Slots to columns. Filled slots as many as columns is the plain case; blanks make windows to choose from.

    A row sum decides where the table prints its totals. Where it leaves some blank, a wrong window can add up by chance:
    then the window must also stand where full rows of the same shape have it, and no other such window may be open.
    """
    width = len(ids)
    slots = row.slots
    filled = [cell for cell in slots if cell.text]
    if len(filled) == width:
        tight = row.glued == "tight" and any(cell.text != "0" for cell in filled)
        return [(column, cell, not tight) for column, cell in zip(ids, filled, strict=True)]
    if len(slots) < width or len(filled) > width or row.streamed:
        return []
    windows = {at: slots[at : at + width] for at in range(len(slots) - width + 1)}
    windows = {at: w for at, w in windows.items() if sum(1 for c in w if c.text) == len(filled)}
    if not windows:  # more columns apart than the form has: something is lost, and no reading is safe
        return []
    holding = [at for at, w in windows.items() if _row_holds(w, ids)]
    open_ = [at for at in sorted(usual) if at in windows and (at in holding or not windows[at][-1].text)]
    at = next(iter([*(o for o in open_ if o in holding), *holding, *(o for o in sorted(usual) if o in windows), *windows]))
    sure = not filled or len(windows) == 1 or (holding == [at] and (totals_printed or open_ == [at]))
    return [(column, cell, sure) for column, cell in zip(ids, windows[at], strict=True)]


def _row_holds(window: list[Cell], ids: list[str]) -> bool:
    """自然人 and the legal persons together are the total, blanks taken as nothing."""
    values = {column: read_cell(cell.text).value or 0 for column, cell in zip(ids, window, strict=True)}
    return "total" in values and sum(v for c, v in values.items() if c != "total") == values["total"] != 0
