"""Tables to figures: by label and structure, never by position alone.

Stages: every grid row in reading order → which table it belongs to → logical rows (a label and the slots after it) →
figures. Converters drop merged cells, shift rows and split labels; a row is therefore read from its label to the right,
and where blanks leave several readings, the 勾稽 relations choose. What they cannot choose is marked unsure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from corpus.cells import Reading, is_value_like, read_cell
from corpus.forms import Clause, Form, Row, disclosure_place, dispute_place, forms
from corpus.model import Cell, Document, Figure, Grid, Section, Span
from corpus.textual import squash

GridRow = tuple[Cell, ...]
_CLAUSE = re.compile(r"第?二十条第?\(?([一二三四五六七八九十])")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\)|\(?\d{1,2}[、.)]|[㈠-㈩])")
_APPLICANTS = {"自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构"}
_APPLICANT_HEADER = _APPLICANTS | {"申请人情况", "法人或其他组织"}
_RESULT_WORDS = ("结果维持", "结果纠正", "其他结果", "尚未审结")
_DISPUTE_WIDTH = 15
# Cut or damaged labels still count as the form's when this alike; below it, 行政处罚 begins to look like 行政强制.
_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class TableReading:
    """What the tables say: figures in the form's order, the edition, and which tables were found."""

    edition: str
    figures: tuple[Figure, ...]
    tables: tuple[int, ...]


@dataclass(slots=True)
class _LogicalRow:
    key: int
    slots: list[Cell]
    label: Cell
    at: int = 0  # where the label stands in its row
    streamed: bool = field(default=False)


def read_tables(document: Document, sections: Sequence[Section], year: int) -> TableReading:
    """Every cell of the report's national form as a figure; a cell that is not in the report is ``missing``."""
    rows = list(_rows(document, sections))
    edition = detect_edition(cell.text for row in rows for cell in row)
    if not rows and edition == "unknown":
        return TableReading("unknown", _complete(_form_for(year), {}), ())
    form = forms().get(edition) or _form_for(year)
    parts = _split(rows, form)
    read: dict[tuple[str, str | None], Figure] = {}
    for number, reader in ((2, _disclosure), (3, _requests), (4, _disputes)):
        for figure in reader(parts[number], form):
            read.setdefault((figure.metric, figure.applicant), figure)
    found = tuple(n for n in (2, 3, 4) if any(f.place.startswith(f"表{'一二三四'[n - 1]}") for f in read.values()))
    return TableReading(edition, _complete(form, read), found)


def detect_edition(labels: Iterable[str]) -> str:
    """``2019``, ``2021`` or ``unknown``, by a majority of the labels that only one form has."""
    text = "\n".join(squash(label) for label in labels)
    votes = {e: sum(squash(label) in text for label in form.signature) for e, form in forms().items()}
    # A normative document is 规范性文件 in the older form; 行政规范性文件 alone does not outvote column headings.
    best = max(votes, key=lambda e: votes[e])
    return best if votes[best] and list(votes.values()).count(votes[best]) == 1 else "unknown"


def _form_for(year: int) -> Form:
    return forms()["2021" if year >= 2021 else "2019"]


def _complete(form: Form, read: dict[tuple[str, str | None], Figure]) -> tuple[Figure, ...]:
    return tuple(
        read.get((metric, applicant)) or Figure(metric, applicant, None, unit, "", "missing", place, None)
        for metric, applicant, unit, place in form.cells()
    )


def _rows(document: Document, sections: Sequence[Section]) -> Iterator[GridRow]:
    """All table rows; lines of sections 二 to 四 outside any grid count as rows of one cell.

    Headings become marker rows, so that 行政复议 in a heading never reads as a cell.
    """
    tabled = [s for s in sections if s.number in (2, 3, 4)]
    headings = {s.heading.start for s in sections}
    for block in document.blocks:
        if isinstance(block, Grid):
            yield from block.rows
            continue
        if block.start in headings or not any(s.start <= block.start < s.end for s in tabled):
            continue
        at = block.start
        for line in document.text[block.start : block.end].splitlines(keepends=True):
            stripped = line.strip()
            if stripped:
                begin = at + line.index(stripped[0])
                yield (Cell(stripped, begin, begin + len(stripped)),)
            at += len(line)


def _split(rows: list[GridRow], form: Form) -> dict[int, list[GridRow]]:
    """Rows by table. A table begins where its own words first stand in a row and ends where the next begins."""
    parts: dict[int, list[GridRow]] = {2: [], 3: [], 4: []}
    columns = {squash(c.label) for clause in form.clauses for c in clause.columns}
    current = 0
    for row in rows:
        texts = [squash(cell.text) for cell in row if cell.text]
        joined = "".join(texts)
        if any(_CLAUSE.search(t) for t in texts) or any(t in columns for t in texts):
            current = 2
        elif "勾稽关系" in joined or any(t in _APPLICANT_HEADER for t in texts) or "本年新收政府信息公开申请" in joined:
            current = 3
        elif (current != 2 and (any(t in ("行政复议", "行政诉讼") for t in texts) or any(t.startswith(_RESULT_WORDS) for t in texts))) or (
            current == 2 and {"行政复议", "行政诉讼"} & set(texts)
        ):
            current = 4
        if current:
            parts[current].append(row)
    return parts


# ---------------------------------------------------------------------------------------------------- logical rows


def bare_label(text: str) -> str:
    """A label without numbering, brackets and quotation marks, for comparing."""
    text = _NUMBERING.sub("", squash(text))
    text = re.sub(r"\([^)]*\)?", "", text)
    return re.sub(r"[“”\"'「」『』、,，。:：]", "", text)


def _alike(text: str, label: str) -> bool:
    if text == label:
        return True
    if len(text) >= 4 and (label.startswith(text) or (text.startswith(label) and len(label) >= 4)):
        return True
    return len(text) >= 5 and SequenceMatcher(None, text, label).ratio() >= _ALIKE


def _logical_rows(rows: Iterable[GridRow], match: Callable[[str, int], int | None]) -> Iterator[_LogicalRow]:
    """Rows with a label that ``match`` knows. Single cells one after the other are put back into rows."""
    current: _LogicalRow | None = None
    last = -1
    for row in rows:
        filled = [cell for cell in row if cell.text]
        if len(row) == 1 and filled:
            key = match(row[0].text, last)
            if key is not None:
                if current and current.streamed:
                    yield current
                current, last = _LogicalRow(key, [], row[0], streamed=True), key
            elif current and current.streamed and is_value_like(row[0].text):
                current.slots.append(row[0])
            elif current and current.streamed and len(current.slots) == 0:
                pass  # a label that goes on in the next line
            continue
        hit = None
        for at, cell in enumerate(row):
            key = match(cell.text, last) if cell.text else None
            # A merged label may be repeated; other words after it (规章由市政府制定) are what the cell says.
            if key is not None and (hit is None or squash(cell.text) == squash(row[hit[1]].text)):
                hit = (key, at)
        if hit is None:
            continue
        if current and current.streamed:
            yield current
        last = hit[0]
        current = _LogicalRow(last, list(row[hit[1] + 1 :]), row[hit[1]], hit[1])
        yield current
    if current and current.streamed:
        yield current


# ---------------------------------------------------------------------------------------------------- table 二


def _disclosure(rows: list[GridRow], form: Form) -> Iterator[Figure]:
    labelled = [(clause, row) for clause in form.clauses for row in clause.rows]

    def match(text: str, _last: int) -> int | None:
        bare = bare_label(text)
        for at, (_, row) in enumerate(labelled):
            if bare in (bare_label(row.label), *map(bare_label, row.aliases)):
                return at
        for at, (_, row) in enumerate(labelled):
            if len(bare) >= 4 and any(_alike(bare, bare_label(name)) for name in (row.label, *row.aliases)):
                return at
        if bare.startswith("规章"):
            return next(at for at, (_, row) in enumerate(labelled) if row.id == "rules")
        return None

    header: list[str] = []
    fresh = True  # the next header row opens a new clause
    headers: dict[int, list[str]] = {}
    known = _column_labels(form)
    for row in rows:
        texts = [squash(cell.text) for cell in row]
        if any(match(t, -1) is not None for t in texts if t):
            headers[id(row)] = list(header)
            fresh = True
        elif any(_CLAUSE.search(t) for t in texts):
            header, fresh = [], False
        elif any(t in label for t in texts if len(t) >= 2 for label in known):
            if fresh:
                header, fresh = [], False
            header += [""] * (len(texts) - len(header))
            header = [old + texts[at] if at < len(texts) else old for at, old in enumerate(header)]
    by_label = {id(row[at]): headers.get(id(row), []) for row in rows for at in range(len(row))}
    for logical in _logical_rows(rows, match):
        clause, form_row = labelled[logical.key]
        yield from _disclosure_row(clause, form_row, logical, by_label.get(id(logical.label), []))


def _column_labels(form: Form) -> list[str]:
    return [squash(c.label) for clause in form.clauses for c in clause.columns] + ["信息内容"]


def _disclosure_row(clause: Clause, row: Row, logical: _LogicalRow, header: list[str]) -> Iterator[Figure]:
    expected = len(clause.columns)
    slots = logical.slots
    filled = [cell for cell in slots if cell.text]
    sure = True
    if len(filled) == expected:
        chosen: list[Cell] = filled
    elif len(slots) >= expected:
        offset = _header_offset(clause, header)
        chosen = slots[offset : offset + expected] if offset + expected <= len(slots) else slots[:expected]
        # Figures that stand beside every column of the form belong to none of them for sure; nor do blanks tell the
        # columns of a row that is shifted against its heading.
        straight = len(slots) == expected or (len(header) == logical.at + 1 + len(slots) and header[logical.at].startswith("信息内容"))
        sure = straight and all(not cell.text or cell in chosen for cell in slots)
    else:
        return
    for column, cell in zip(clause.columns, chosen, strict=True):
        yield _figure(f"{row.id}.{column.id}", None, column.unit, disclosure_place(clause, row, column), cell, sure)


def _header_offset(clause: Clause, header: list[str]) -> int:
    """How many slots after the label the first column of the clause stands, 0 where the header does not tell."""
    first = squash(clause.columns[0].label)
    label_at = next((at for at, text in enumerate(header) if text.startswith("信息内容")), None)
    column_at = next((at for at, text in enumerate(header) if text and (text in first or first in text)), None)
    return max(0, column_at - label_at - 1) if label_at is not None and column_at is not None else 0


# ---------------------------------------------------------------------------------------------------- table 三


def _requests(rows: list[GridRow], form: Form) -> Iterator[Figure]:
    data = [row for row in rows if not any(squash(cell.text) in _APPLICANT_HEADER for cell in row) or len(row) == 1]
    columns = _applicant_columns(rows, form)
    logical = list(_logical_rows(data, lambda text, last: _match_request(text, last, form)))
    if any(sum(1 for cell in row.slots if cell.text) > len(columns) for row in logical):
        columns = [a.id for a in form.applicants]
    usual = _usual_offsets(logical, len(columns))
    printed = _totals_printed(logical, len(columns))
    lengths = Counter(sum(_shape(row)) for row in logical)
    usual_length = max(lengths, key=lambda n: (lengths[n], n), default=0)
    for row in logical:
        request = form.requests[row.key]
        # A row with blanks that is shorter than its table has lost a cell, and any of its blanks may be the one.
        short = len(row.slots) > len(columns) and sum(_shape(row)) < usual_length
        short = short and sum(1 for cell in row.slots if cell.text) < len(columns)
        for reading, cell, sure in _align(row.slots, columns, usual.get(_shape(row), set()), printed):
            place = f"{request.place} · {_applicant_label(form, reading)}"
            yield _figure(request.metric, reading, "件", place, cell, sure and not short)


def _shape(row: _LogicalRow) -> tuple[int, int]:
    return row.at, len(row.slots)


def _usual_offsets(rows: Iterable[_LogicalRow], width: int) -> dict[tuple[int, int], set[int]]:
    """Where the first column stands after the label in full rows of each shape: merged cells make it differ."""
    usual: dict[tuple[int, int], set[int]] = {}
    for row in rows:
        filled = [at for at, cell in enumerate(row.slots) if cell.text]
        if len(filled) == width == filled[-1] - filled[0] + 1:
            usual.setdefault(_shape(row), set()).add(filled[0])
    return usual


def _totals_printed(rows: Iterable[_LogicalRow], width: int) -> bool:
    """Whether rows that have one reading print their totals: only then is a window with a blank total refuted."""
    plain = [row.slots for row in rows if len(row.slots) == width and any(cell.text for cell in row.slots)]
    return bool(plain) and all(slots[-1].text for slots in plain)


def _applicant_label(form: Form, applicant: str) -> str:
    return next(a.label for a in form.applicants if a.id == applicant)


def _applicant_columns(rows: list[GridRow], form: Form) -> list[str]:
    """Applicant ids of the value columns. All seven in the form's order, less those that the header leaves out."""
    head: list[str] = []
    for row in rows:
        texts = [squash(cell.text) for cell in row if cell.text]
        if any(_match_request(t, -1, form) is not None for t in texts):
            break
        head += texts
    joined = "".join(head)
    # Of a name that is broken over two rows (商业 / 企业) the first half tells that its column is there.
    present = [
        a.id
        for a in form.applicants
        if a.label in head or (len(a.label) > 2 and a.label[:2] in joined) or (a.id == "other" and "其它" in head)
    ]
    # A flattened header often loses a cell or two; only a header that keeps the total and names few is believed.
    if "total" in present and "natural" in present and 2 <= len(present) <= 4:
        return present
    return [a.id for a in form.applicants]


def _match_request(text: str, last: int, form: Form) -> int | None:
    """The row of table 三 that a label names; of equal labels the first after ``last``."""
    bare = bare_label(text)
    if not bare or _is_number(bare):
        return None
    labels = [[bare_label(name) for name in (r.label, *r.aliases)] for r in form.requests]
    if bare in ("总计", "其他", "合计"):  # also column headings: rows only once the results have begun
        metric = "outcome.total" if bare != "其他" else "outcome.other.rest"
        at = next((i for i, r in enumerate(form.requests) if r.metric == metric), None)
        begun = next(i for i, r in enumerate(form.requests) if r.metric == "outcome.granted")
        if at is None or last < begun or (metric == "outcome.other.rest" and last < at - 2):
            return None
        return at
    exact = [at for at, names in enumerate(labels) if bare in names]
    if exact:
        return next((at for at in exact if at > last), exact[0])
    groups = [bare_label(g.label) for g in form.groups]
    if bare in groups:
        return None
    near = [at for at, names in enumerate(labels) if any(_alike(bare, name) for name in names if len(name) > 2)]
    return next((at for at in near if at > last), near[0] if near else None)


def _is_number(text: str) -> bool:
    return read_cell(text).state in ("value", "zero", "na")


def _align(slots: list[Cell], columns: list[str], usual: set[int], totals_printed: bool) -> list[tuple[str, Cell, bool]]:
    """Slots to columns. Filled slots as many as columns is the plain case; blanks make windows to choose from.

    A row sum decides where the table prints its totals. Where it leaves some blank, a wrong window can add up by chance:
    then the window must also stand where full rows of the same shape have it, and no other such window may be open.
    """
    width = len(columns)
    filled = [cell for cell in slots if cell.text]
    if len(filled) == width:
        return [(column, cell, True) for column, cell in zip(columns, filled, strict=True)]
    if len(slots) < width or len(filled) > width:
        return []
    windows = {at: slots[at : at + width] for at in range(len(slots) - width + 1)}
    windows = {at: w for at, w in windows.items() if sum(1 for c in w if c.text) == len(filled)}
    if not windows:  # more columns apart than the form has: something is lost, and no reading is safe
        return []
    holding = [at for at, w in windows.items() if _row_holds(w, columns)]
    open_ = [at for at in sorted(usual) if at in windows and (at in holding or not windows[at][-1].text)]
    at = next(iter([*(o for o in open_ if o in holding), *holding, *(o for o in sorted(usual) if o in windows), *windows]))
    sure = not filled or len(windows) == 1 or (holding == [at] and (totals_printed or open_ == [at]))
    return [(column, cell, sure) for column, cell in zip(columns, windows[at], strict=True)]


def _row_holds(window: list[Cell], columns: list[str]) -> bool:
    """自然人 and the legal persons together are the total, blanks taken as nothing."""
    values = {column: read_cell(cell.text).value or 0 for column, cell in zip(columns, window, strict=True)}
    return "total" in values and sum(v for c, v in values.items() if c != "total") == values["total"] != 0


# ---------------------------------------------------------------------------------------------------- table 四


def _disputes(rows: list[GridRow], form: Form) -> Iterator[Figure]:
    cells, sure = _dispute_cells(rows)
    if not cells:
        return
    places = [(block, result) for block in form.blocks for result in form.results]
    for (block, result), cell in zip(places, cells, strict=True):
        yield _figure(f"{block.id}.{result.id}", None, "件", dispute_place(block, result), cell, sure)


def _dispute_cells(rows: list[GridRow]) -> tuple[list[Cell], bool]:
    """The fifteen cells under the three blocks, blank ones included, and whether they are so for sure; [] where there are none."""
    head: GridRow = ()
    for row in rows:
        words = [squash(cell.text) for cell in row if cell.text]
        if any(w.startswith(_RESULT_WORDS) or w in ("行政复议", "行政诉讼", "总计") for w in words):
            head = head or row
            continue
        if not head or len(row) < _DISPUTE_WIDTH or not all(is_value_like(cell.text) for cell in row):
            continue
        windows = {at: list(row[at : at + _DISPUTE_WIDTH]) for at in range(len(row) - _DISPUTE_WIDTH + 1)}
        windows = {at: w for at, w in windows.items() if sum(1 for c in w if c.text) == sum(1 for c in row if c.text)}
        if windows:
            # Blank totals make a shifted window add up too; only a row as long as its heading stands under it for sure.
            under = next((at for at, cell in enumerate(head) if cell.text), 0) if len(head) == len(row) else None
            holding = [at for at, w in windows.items() if _blocks_hold(w)]
            at = under if under in windows else next(iter([*holding, *windows]))
            return windows[at], len(windows) == 1 or at == under
    stream = [row[0] for row in rows if len(row) == 1 and row[0].text and _is_number(row[0].text)]
    return (stream, True) if len(stream) == _DISPUTE_WIDTH else ([], True)


def _blocks_hold(window: list[Cell]) -> bool:
    readings = [read_cell(cell.text) for cell in window]
    return all(_sum(readings[at : at + 4]) == (readings[at + 4].value or 0) for at in (0, 5, 10))


def _sum(readings: Iterable[Reading]) -> float:
    return sum(r.value or 0 for r in readings)


# ---------------------------------------------------------------------------------------------------- figures


def _figure(metric: str, applicant: str | None, unit: str, place: str, cell: Cell, sure: bool) -> Figure:
    reading = read_cell(cell.text)
    return Figure(
        metric=metric,
        applicant=applicant,
        value=reading.value,
        unit=reading.unit or unit,
        printed=cell.text,
        state=reading.state,
        place=place,
        span=Span(cell.start, cell.end),
        sure=sure,
    )
