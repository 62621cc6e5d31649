"""Glyphs to lines, and the lines of a cell to its text. Pure geometry and the rules of breaking lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.formats.pdf_page import Glyph
from corpus.formats.pdf_ruled import Slot

# Glyphs whose base lines differ by less than this part of their size stand on one line.
_ONE_LINE = 0.35
# A gap wider than this part of the size divides a line into pieces: wider than any space within a sentence.
_PIECE = 1.2
# A gap between Latin letters wider than this part of the size is a space.
_SPACE = 0.2
_NUMERIC = re.compile(r"[0-9０-９,，.．]")
_DIGIT = re.compile(r"[0-9０-９]")
_GROUPED = re.compile(r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+")
_DIVIDED = re.compile(r"[0-9０-９][ \u00a0\u3000\n]+[0-9０-９]")
_BY_THREES = re.compile(r"[0-9０-９]{1,3}(?:[ \u00a0][0-9０-９]{3})+")
# A number nearer than this to the right edge of its cell runs over, and its end may be cut off.
_EDGE = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of glyphs without a wide gap. ``first``/``last``: their widths, which line breaking depends on."""

    text: str
    left: float
    right: float
    first: float

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with its pieces from left to right."""

    pieces: tuple[Piece, ...]
    top: float
    bottom: float
    size: float

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return self.pieces[-1].right


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that the glyphs stand on, from top to bottom."""
    groups: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.bottom, g.left)):
        near = [g for g in groups[-3:] if abs(g[0].bottom - glyph.bottom) <= _ONE_LINE * max(g[0].size, glyph.size)]
        if near:
            near[-1].append(glyph)
        else:
            groups.append([glyph])
    return [line for group in groups if (line := _line(group)) is not None]


def _line(glyphs: list[Glyph]) -> Line | None:
    glyphs.sort(key=lambda g: (g.left, g.order))
    inked = [g for g in glyphs if not g.text.isspace()]
    if not inked:
        return None
    runs: list[list[Glyph]] = [[inked[0]]]
    texts = [[inked[0].text]]
    blanks = {id(g): before for before, g in zip(_blank_before(glyphs), inked, strict=True)}
    for last, glyph in pairwise(inked):
        gap, size = glyph.left - last.right, max(last.size, glyph.size)
        if gap > _PIECE * size:
            runs.append([])
            texts.append([])
        elif blanks[id(glyph)] or (gap > _SPACE * size and last.text.isascii() and glyph.text.isascii()):
            texts[-1].append(" ")
        runs[-1].append(glyph)
        texts[-1].append(glyph.text)
    pieces = tuple(
        Piece("".join(text), run[0].left, max(g.right for g in run), run[0].right - run[0].left)
        for run, text in zip(runs, texts, strict=True)
    )
    sizes = sorted(g.size for g in inked)
    return Line(pieces, min(g.top for g in inked), max(g.bottom for g in inked), sizes[len(sizes) // 2])


def _blank_before(glyphs: list[Glyph]) -> list[bool]:
    """For each inked glyph whether a space stands before it."""
    found, blank = [], False
    for glyph in glyphs:
        if glyph.text.isspace():
            blank = True
        else:
            found.append(blank)
            blank = False
    return found


# -------------------------------------------------------------------------------------------------------------- cells


@dataclass(frozen=True, slots=True)
class CellText:
    """What stands in a cell. ``sure`` False: a number's digits are in doubt.

    room   how much of its last line the cell leaves free
    first  width of its first glyph
    """

    text: str
    sure: bool = True
    room: float = 0.0
    first: float = 0.0


def cell_text(glyphs: Sequence[Glyph], slot: Slot, padding: float) -> CellText:
    """The text of a cell, lines divided by line breaks, digits of a number that was too long for its cell put together."""
    if not glyphs:
        return CellText("", slot.plain)
    written = _as_written(glyphs)
    if written is not None:
        return CellText(written, slot.plain and not _DIGIT.search(written))
    lines = lines_of(glyphs)
    if not lines:
        return CellText("", slot.plain)
    inner = slot.right - slot.left - 2 * padding
    text, sure = lines[0].text, True
    for above, line in pairwise(lines):
        joins = _wrapped_number(above, line, inner)
        text += line.text if joins else "\n" + line.text
        sure = sure and joins is not False
    sure = sure and not (_DIVIDED.search(text) and not _BY_THREES.fullmatch(text))
    over = any(_DIGIT.match(g.text) for g in glyphs) and _runs_over(glyphs, slot)
    last = lines[-1]
    return CellText(text, sure and not over and slot.plain, inner - (last.right - last.left), lines[0].pieces[0].first)


def _runs_over(glyphs: Sequence[Glyph], slot: Slot) -> bool:
    """Whether text leaves its cell or ends at its right edge, where it may be cut off; at the left edge it may well begin."""
    return min(g.left for g in glyphs) < slot.left - _EDGE or max(g.right for g in glyphs) > slot.right - _EDGE


def _as_written(glyphs: Sequence[Glyph]) -> str | None:
    """Text set downwards or turned, in the order of the file; None for lines across."""
    inked = [g for g in glyphs if not g.text.isspace()]
    if sum(g.turned for g in inked) * 2 > len(inked):
        return "".join(g.text for g in sorted(inked, key=lambda g: g.order))
    ordered = sorted(inked, key=lambda g: g.order)
    downwards = across = 0
    for last, glyph in pairwise(ordered):
        dx, dy = glyph.middle[0] - last.middle[0], glyph.bottom - last.bottom
        downwards += abs(dx) < 0.3 * glyph.size and 0.7 * glyph.size < dy < 2.5 * glyph.size
        across += abs(dy) < _ONE_LINE * glyph.size and dx > 0
    columns = {round(g.middle[0] / max(1.0, g.size)) for g in inked}
    return "".join(g.text for g in ordered) if downwards > across and len(columns) > 1 else None


def _wrapped_number(above: Line, below: Line, inner: float) -> bool | None:
    """Whether a number goes on in the next line because the cell is too narrow for it; None when no number meets the break."""
    head, tail = above.text, below.text
    if not (_NUMERIC.match(head[-1]) and _NUMERIC.match(tail[0]) and (_DIGIT.match(head[-1]) or _DIGIT.match(tail[0]))):
        return None
    width = above.right - above.left
    if width + below.pieces[0].first > inner:
        return True
    # Browsers break after a full-width comma, before digits that they keep together.
    return head[-1] in ",，" and bool(_GROUPED.fullmatch(head + re.split(r"(?<=[,，])", tail)[0].rstrip(",，")))


def padding_of(cells: Iterable[tuple[Slot, Sequence[Glyph]]]) -> float:
    """How far a table's text keeps from its rules: near the least distance found, one in twenty may run over."""
    gaps = sorted(
        max(0.0, min(min(g.left for g in glyphs) - slot.left, slot.right - max(g.right for g in glyphs)))
        for slot, glyphs in cells
        if glyphs
    )
    return gaps[len(gaps) // 20] if gaps else 0.0
