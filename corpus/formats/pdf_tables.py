"""Ruled cells with their text, a table's parts on several pages as one table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from corpus.formats.blocks import Table
from corpus.formats.boxes import Box, table_of
from corpus.formats.pdf_lines import CellText, cell_text, padding_of
from corpus.formats.pdf_page import Glyph
from corpus.formats.pdf_ruled import Lattice, Slot

# Edges of one table on two pages differ by less than this; printers shift by a pixel, mirrored margins by much more.
_SAME_EDGE = 4.0
# Pages of a bound print have mirrored margins: the whole table may stand this much further to one side.
_SHIFT = 60.0
# A cell of more characters is a piece of layout that holds running text (a whole report in one cell), not a cell of a form;
# the longest label, the definition of a normative document, has about 150.
_LONGEST_CELL = 300
NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十⼀⼆⼋⼗]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．]|[㈠-㈩①-⑩])")
_VALUE = re.compile(r"[\s\d０-９,，.．%％万亿元件/／—\-－+＋增减无]*")


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell in its place."""

    slot: Slot
    content: CellText

    @property
    def text(self) -> str:
        return self.content.text

    @property
    def bare(self) -> str:
        return re.sub(r"\s+", "", self.text)


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table, or its part on one page. ``head``: the cells of its first page, by which a repeated head is known."""

    cells: tuple[RuledCell, ...]
    head: tuple[RuledCell, ...]

    @property
    def left(self) -> float:
        return min(c.slot.left for c in self.cells)

    @property
    def right(self) -> float:
        return max(c.slot.right for c in self.cells)

    @property
    def top(self) -> float:
        return min(c.slot.top for c in self.cells)

    @property
    def bottom(self) -> float:
        return max(c.slot.bottom for c in self.cells)


@dataclass(slots=True)
class Held:
    """The glyphs of a table's cells, and the cells with text that runs over their rules."""

    lattice: Lattice
    inside: list[list[Glyph]]
    over: set[int]


def distribute(tables: Sequence[Lattice], glyphs: Sequence[Glyph]) -> tuple[list[Held], list[Glyph]]:
    """Each glyph to the cell that holds its middle, and those that are in none.

    A word that is wider than its cell runs over the rule; it goes as a whole to where most of it stands.
    """
    held = [Held(lattice, [[] for _ in lattice.slots], set()) for lattice in tables]
    free: list[Glyph] = []
    for run in _runs(glyphs):
        places = [_place(tables, glyph) for glyph in run]
        if len(set(places)) > 1 and any(_straddles(tables, glyph, place) for glyph, place in zip(run, places, strict=True)):
            most = max(set(places), key=lambda p: (places.count(p), p is not None))
            for at, slot in {p for p in places if p is not None}:
                held[at].over.add(slot)
            places = [most] * len(run)
        for glyph, place in zip(run, places, strict=True):
            if place is None:
                free.append(glyph)
            else:
                held[place[0]].inside[place[1]].append(glyph)
    return held, free


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs that follow each other in the file and on the page without a gap."""
    run: list[Glyph] = []
    for glyph in glyphs:
        last = run[-1] if run else None
        if last is None or abs(glyph.left - last.right) > 0.05 * glyph.size or abs(glyph.bottom - last.bottom) > 0.5 or glyph.turned:
            if run:
                yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _place(tables: Sequence[Lattice], glyph: Glyph) -> tuple[int, int] | None:
    for at, lattice in enumerate(tables):
        slot = lattice.at(*glyph.middle)
        if slot is not None:
            return at, slot
    return None


def _straddles(tables: Sequence[Lattice], glyph: Glyph, place: tuple[int, int] | None) -> bool:
    """Whether an upright rule of its cell runs through the glyph, and not just along its side."""
    margin = 0.15 * (glyph.right - glyph.left)
    left, right = glyph.left + margin, glyph.right - margin
    if place is None:
        return any(left < edge < right for t in tables if t.top <= glyph.middle[1] <= t.bottom for edge in (t.left, t.right))
    slot = tables[place[0]].slots[place[1]]
    return left < slot.left < right or left < slot.right < right


def fill(held: Held) -> RuledTable:
    """The table with the text of its cells."""
    slots = held.lattice.slots
    padding = padding_of(zip(slots, held.inside, strict=True))
    cells = []
    for at, (slot, glyphs) in enumerate(zip(slots, held.inside, strict=True)):
        content = cell_text(glyphs, slot, padding)
        cells.append(RuledCell(slot, replace(content, sure=content.sure and at not in held.over)))
    return RuledTable(tuple(cells), tuple(cells))


def parts(held: Held) -> Iterator[RuledTable | tuple[Slot, list[Glyph]]]:
    """The table, and between its parts those rows, cell by cell, that are a layout of running text and no row of a form."""
    table = fill(held)
    by_slot = dict(zip(held.lattice.slots, held.inside, strict=True))
    form: list[RuledCell] = []
    for band in _bands(table.cells):
        if all(len(by_slot[cell.slot]) <= _LONGEST_CELL for cell in band):
            form += band
            continue
        if form:
            yield RuledTable(tuple(form), tuple(form))
            form = []
        yield from ((cell.slot, by_slot[cell.slot]) for cell in sorted(band, key=lambda c: (c.slot.left, c.slot.top)))
    if form:
        yield RuledTable(tuple(form), tuple(form))


def _bands(cells: Sequence[RuledCell]) -> list[list[RuledCell]]:
    """Rows, those together that a merged cell ties."""
    bands: list[list[RuledCell]] = []
    reach = float("-inf")
    for row in _rows(cells):
        if bands and row[0].slot.top < reach - 1.0:
            bands[-1] += row
        else:
            bands.append(row)
        reach = max(reach, *(cell.slot.bottom for cell in row))
    return bands


def to_table(ruled: RuledTable) -> Table:
    """The table of real cells with spans."""
    boxes = [Box(c.slot.left, c.slot.top, c.slot.right, c.slot.bottom, c.text, c.content.sure) for c in ruled.cells]
    table = table_of(boxes, tolerance=1.0)
    return Table(tuple(row for row in table.rows if row))


# ------------------------------------------------------------------------------------------------------- page breaks


def join(upper: RuledTable, lower: RuledTable) -> RuledTable | None:
    """Both as one table where ``lower`` goes on with ``upper`` on the next page, else None."""
    shift = ((upper.left - lower.left) + (upper.right - lower.right)) / 2
    if abs((upper.right - upper.left) - (lower.right - lower.left)) > 2 * _SAME_EDGE or abs(shift) > _SHIFT:
        return None
    edges = sorted({e for c in upper.cells for e in (c.slot.left, c.slot.right)})
    aligned = [_moved(cell, shift, 0.0, edges) for cell in lower.cells]
    cells = _without_head(upper.head, aligned)
    if not cells:
        return upper
    drop = upper.bottom - min(c.slot.top for c in cells)
    below = [_moved(cell, 0.0, drop, edges) for cell in cells]
    return RuledTable(_united(upper, below), upper.head)


def _moved(cell: RuledCell, right: float, down: float, edges: Sequence[float]) -> RuledCell:
    def snapped(x: float) -> float:
        nearest = min(edges, key=lambda e: abs(e - x))
        return nearest if abs(nearest - x) <= _SAME_EDGE else x

    s = cell.slot
    return replace(
        cell, slot=replace(s, left=snapped(s.left + right), right=snapped(s.right + right), top=s.top + down, bottom=s.bottom + down)
    )


def _rows(cells: Sequence[RuledCell]) -> list[list[RuledCell]]:
    """The cells by the line that they begin at, from top to bottom."""
    rows: list[list[RuledCell]] = []
    for cell in sorted(cells, key=lambda c: (c.slot.top, c.slot.left)):
        if rows and cell.slot.top - rows[-1][0].slot.top <= 1.0:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [sorted(row, key=lambda c: c.slot.left) for row in rows]


def _without_head(head: Sequence[RuledCell], cells: list[RuledCell]) -> list[RuledCell]:
    """The cells below a head that repeats the first page's."""
    repeated: list[RuledCell] = []
    reach = None
    for first, again in zip(_rows(head), _rows(cells), strict=False):
        if not _same_row(first, again):
            break
        repeated += again
        # A head ends where all of its cells end; one that is cut through is not one.
        if max(c.slot.bottom for c in repeated) - min(c.slot.bottom for c in again) <= 1.0:
            reach = max(c.slot.bottom for c in repeated)
    return cells if reach is None else [c for c in cells if c.slot.top >= reach - 1.0]


def _same_row(first: Sequence[RuledCell], again: Sequence[RuledCell]) -> bool:
    return (
        len(first) == len(again)
        and any(c.bare for c in again)
        and all(a.bare == b.bare and _same_columns(a, b) for a, b in zip(first, again, strict=True))
    )


def _same_columns(a: RuledCell, b: RuledCell) -> bool:
    return abs(a.slot.left - b.slot.left) <= _SAME_EDGE and abs(a.slot.right - b.slot.right) <= _SAME_EDGE


def _united(upper: RuledTable, below: list[RuledCell]) -> tuple[RuledCell, ...]:
    """The cells of both, those that the break cut in two put together."""
    top = min(c.slot.top for c in below)
    ending = [c for c in upper.cells if abs(c.slot.bottom - upper.bottom) <= 1.0]
    beginning = [c for c in below if abs(c.slot.top - top) <= 1.0]
    pairs = {id(u): b for u in ending for b in beginning if _same_columns(u, b)}
    last_row = [c for c in ending if abs(c.slot.top - max(e.slot.top for e in ending)) <= 1.0]
    cut = [u for u in ending if id(u) in pairs and _is_cut(u, pairs[id(u)])]
    if _row_is_cut([(u, pairs[id(u)]) for u in last_row if id(u) in pairs], len(last_row)):
        cut += [u for u in last_row if id(u) in pairs and u not in cut]
    elif any(u in cut for u in last_row):  # a row is cut as a whole or not at all
        clash = any(u.bare and pairs[id(u)].bare for u in last_row if id(u) in pairs)
        cut = [u for u in cut if u not in last_row or (not clash and u.slot.open_bottom) or not pairs[id(u)].bare]
    cut += _continued_above(ending, beginning, pairs, cut)
    gone = {id(pairs[id(u)]) for u in cut}
    # A row that no rule closes, and a value on either side of the break: which row has which is not to be told.
    torn = {id(c) for u in last_row if u.slot.open_bottom and u not in cut and id(u) in pairs for c in (u, pairs[id(u)])}
    united = [_one(u, pairs[id(u)]) if u in cut else _doubted(u, torn) for u in upper.cells]
    return (*united, *(_doubted(c, torn) for c in below if id(c) not in gone))


def _doubted(cell: RuledCell, torn: Set[int]) -> RuledCell:
    return replace(cell, content=replace(cell.content, sure=False)) if id(cell) in torn else cell


def _is_cut(upper: RuledCell, lower: RuledCell) -> bool:
    """Whether no rule closes the cell at the page's end, as browsers leave it."""
    return upper.slot.open_bottom and not (upper.bare and lower.bare)


def _row_is_cut(pairs: Sequence[tuple[RuledCell, RuledCell]], width: int) -> bool:
    """Whether the last row of a page goes on in the first row of the next.

    So it is when the label's last line is full and goes on there without a number of its own, or when one row has nothing but
    a label and the other nothing but values; no value may stand in both.
    """
    if len(pairs) != width or width < 2:
        return False
    both = [(u, b) for u, b in pairs if u.bare and b.bare]
    if any(_VALUE.fullmatch(u.text) or _VALUE.fullmatch(b.text) or not _goes_on(u, b) for u, b in both):
        return False
    if both:
        return True
    above = [at for at, (u, _) in enumerate(pairs) if u.bare]
    below = [at for at, (_, b) in enumerate(pairs) if b.bare]
    if not above or not below:
        return False
    values = all(_VALUE.fullmatch(pairs[at][1].text) for at in below)
    return max(above) < min(below) and values and not any(_VALUE.fullmatch(pairs[at][0].text) for at in above)


def _goes_on(upper: RuledCell, lower: RuledCell) -> bool:
    """Whether a label's last line is so full that the next word did not fit, and the next is no label of its own."""
    if upper.slot.open_bottom:
        return True
    return upper.content.room < lower.content.first * 1.5 and not NUMBERED.match(lower.text)


def _continued_above(
    ending: Sequence[RuledCell], beginning: Sequence[RuledCell], pairs: dict[int, RuledCell], cut: Sequence[RuledCell]
) -> list[RuledCell]:
    """Merged cells that a break closes with a rule: empty cells before the first label of the next page go on with what is above."""
    labelled = min((c.slot.left for c in beginning if c.bare and not _VALUE.fullmatch(c.text)), default=None)
    if labelled is None:
        return []
    return [u for u in ending if id(u) in pairs and u not in cut and not pairs[id(u)].bare and pairs[id(u)].slot.right <= labelled + 1.0]


def _one(upper: RuledCell, lower: RuledCell) -> RuledCell:
    slot = replace(upper.slot, bottom=lower.slot.bottom, open_bottom=lower.slot.open_bottom)
    text = "\n".join(part for part in (upper.text, lower.text) if part)
    room, first = (
        (lower.content.room, upper.content.first) if lower.text else (upper.content.room, upper.content.first or lower.content.first)
    )
    return RuledCell(slot, CellText(text, upper.content.sure and lower.content.sure, room, first))
