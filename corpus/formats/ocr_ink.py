"""What is printed inside one ruled cell, before anything is recognised: pieces of ink, the lines they make, pictures of those."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corpus.formats.ocr_image import Grey

# Sizes as shares of the type's height. A decimal point is 0.1 to 0.17, a hyphen 0.25 wide, a digit 0.65 to 0.8 high.
_SPECK, _SMALL = 0.07, 0.3
_DASH = 0.18
# Two lines stand at least 1.2 apart, and a character is at most 1.1 high: what fits into this is one line.
_LINE = 1.15
# The lightest ink of a cell that is taken for print, and the darkest of one that is called blank: between them nobody knows.
_PRINT, _PAPER = 175, 205
# Ink is what is darker than this share of the way from the darkest to paper. The level strokes of a serif face at 9 point come out at 0.6.
_DEPTH = 0.7
# A character that hardly took darkens its neighbourhood by more than this many grey levels; noise by 3, once it is averaged over that.
_TRACE = 12
_FRINGE = 0.12  # what a rule's blur leaves along the edge of a cell is not thicker than this
_MARGIN, _SIDE, _LOWEST = 0.1, 0.3, 0.7  # of a line's picture: above and below, left and right, and its least height


@dataclass(frozen=True, slots=True)
class Piece:
    """Connected ink, in pixels of the cell."""

    x0: int
    y0: int
    x1: int
    y1: int
    area: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class InkLine:
    """A line of type: its glyphs from left to right (pieces one above the other put together) and its picture."""

    glyphs: tuple[Piece, ...]
    picture: Grey


@dataclass(frozen=True, slots=True)
class Ink:
    """``lines`` from top to bottom; ``sure`` False where there may be more or less ink than that.

    ``upright`` tells that each line is a single character, and ``wrapped`` that a line goes on in the next because it is full.
    """

    grey: Grey
    em: float
    lines: tuple[InkLine, ...]
    sure: bool
    upright: bool = False
    wrapped: bool = False


def ink_of(grey: Grey, em: float) -> Ink:
    """The ink in a cell's picture, which holds no rules."""
    if min(grey.shape) < em / 4:
        return Ink(grey, em, (), sure=False)
    grey = _dark_on_light(grey)
    soft = np.asarray(cv2.GaussianBlur(grey, (0, 0), max(0.8, em / 40)), dtype=np.uint8)
    darkest = int(soft[1:-1, 1:-1].min())
    if darkest > _PAPER:
        return Ink(grey, em, (), sure=not _traces(grey, (), em))
    pieces, cut = _pieces(soft < min(darkest + _DEPTH * (255 - darkest), _PRINT + 10), em)
    large = [p for p in pieces if max(p.width, p.height) >= _SMALL * em or (p.width >= _DASH * em and p.width >= 1.6 * p.height)]
    small = [p for p in pieces if p not in large]
    if not large:
        # Specks of dust are few and no larger than a full stop.
        dust = len(small) <= 3 and all(max(p.width, p.height) < _DASH * em for p in small)
        return Ink(grey, em, (), sure=dust and not _traces(grey, small, em))
    lines = [_line(grey, row, em) for row in _rows(large, small, em)]
    lines = [line for line in lines if line.glyphs]
    upright = len(lines) > 1 and all(line.glyphs[-1].x1 - line.glyphs[0].x0 < 1.25 * em for line in lines)
    room = _pitch(lines, em) + 0.65 * em  # another character, and what a cell leaves free on both sides
    wrapped = all(grey.shape[1] - (line.glyphs[-1].x1 - line.glyphs[0].x0) < room for line in lines[:-1])
    return Ink(grey, em, tuple(lines), not cut and darkest < _PRINT, upright, wrapped)


def _traces(grey: Grey, dust: Sequence[Piece], em: float) -> bool:
    """Whether a cell without ink holds something the size of a character that is fainter than ink."""
    usual = float(np.median(grey))
    rest = grey.copy()
    for p in dust:
        rest[max(0, p.y0 - 3) : p.y1 + 3, max(0, p.x0 - 3) : p.x1 + 3] = round(usual)
    edge = max(1, round(_FRINGE * em))
    broad = cv2.GaussianBlur(rest, (0, 0), em / 12)[edge:-edge, edge:-edge]
    return bool(broad.size) and usual - float(broad.min()) > _TRACE


def _pitch(lines: Sequence[InkLine], em: float) -> float:
    """From one character to the next, in pixels; a whole one where no line has two."""
    steps = [(b.x0 + b.x1 - a.x0 - a.x1) / 2 for line in lines for a, b in itertools.pairwise(line.glyphs)]
    return float(np.median(steps)) if steps else em


def _dark_on_light(grey: Grey) -> Grey:
    return grey if float(np.median(grey)) > 110 else np.asarray(255 - grey, dtype=np.uint8)


def _pieces(ink: NDArray[np.bool_], em: float) -> tuple[list[Piece], bool]:
    """Connected ink without specks and what is left of rules, and whether a piece runs into the cell's edge."""
    height, width = ink.shape
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    found: list[Piece] = []
    cut = False
    for x, y, w, h, area in stats[1:count].tolist():
        if max(w, h) < max(2, _SPECK * em) or area < 4:
            continue
        level, upright = y <= 1 or y + h >= height - 1, x <= 1 or x + w >= width - 1
        if (level and h <= _FRINGE * em + 1) or (upright and w <= _FRINGE * em + 1):
            continue
        if (level or upright) and area < 0.2 * w * h and max(w, h) > em:  # along two edges
            continue
        cut = cut or ((level or upright) and max(w, h) >= _DASH * em)
        found.append(Piece(x, y, x + w, y + h, area))
    return found, cut


def _rows(large: Sequence[Piece], small: Sequence[Piece], em: float) -> list[list[Piece]]:
    """The pieces of each line. A small piece belongs to the line it is nearest to, when it stands by it."""
    rows: list[list[Piece]] = []
    for piece in sorted(large, key=lambda p: p.y0 + p.y1):
        if rows:
            top, bottom = min(p.y0 for p in rows[-1]), max(p.y1 for p in rows[-1])
            middle = (piece.y0 + piece.y1) / 2
            if max(bottom, piece.y1) - min(top, piece.y0) <= _LINE * em or (piece.height > _LINE * em and middle < bottom):
                rows[-1].append(piece)
                continue
        rows.append([piece])
    for piece in sorted(small, key=lambda p: p.x0):
        for row in rows:
            x0, x1, y0, y1 = min(p.x0 for p in row), max(p.x1 for p in row), min(p.y0 for p in row), max(p.y1 for p in row)
            if x0 - em / 4 <= piece.x0 and piece.x1 <= x1 + em / 2 and y0 - em / 5 <= piece.y0 and piece.y1 <= y1 + em / 4:
                row.append(piece)
                break
    return rows


def _line(grey: Grey, pieces: Sequence[Piece], em: float) -> InkLine:
    glyphs: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: p.x0):
        if glyphs and min(glyphs[-1].x1, piece.x1) - piece.x0 >= 0.5 * min(glyphs[-1].width, piece.width):
            glyphs[-1] = around([glyphs[-1], piece])
        else:
            glyphs.append(piece)
    return InkLine(tuple(glyphs), picture(_alone(grey, pieces), around(glyphs), em))


def _alone(grey: Grey, pieces: Sequence[Piece]) -> Grey:
    """The picture with nothing but these pieces: no specks, no neighbouring line."""
    out = np.full_like(grey, 255)
    for p in pieces:
        at = slice(max(0, p.y0 - 3), p.y1 + 3), slice(max(0, p.x0 - 3), p.x1 + 3)
        out[at] = grey[at]
    return out


def around(pieces: Sequence[Piece]) -> Piece:
    return Piece(
        min(p.x0 for p in pieces),
        min(p.y0 for p in pieces),
        max(p.x1 for p in pieces),
        max(p.y1 for p in pieces),
        sum(p.area for p in pieces),
    )


def picture(grey: Grey, box: Piece, em: float, margin: float = _MARGIN) -> Grey:
    """The line in ``box`` with paper round it, as the recogniser likes it: tight, but never a dash blown up to a character."""
    height = max(box.height, _LOWEST * em)
    middle = (box.y0 + box.y1) / 2
    top, bottom = round(middle - height * (0.5 + margin)), round(middle + height * (0.5 + margin))
    left, right = round(box.x0 - _SIDE * height), round(box.x1 + _SIDE * height)
    out = np.full((max(1, bottom - top), max(1, right - left)), 255, np.uint8)
    y0, y1, x0, x1 = max(0, top), min(grey.shape[0], bottom), max(0, left), min(grey.shape[1], right)
    out[y0 - top : y1 - top, x0 - left : x1 - left] = grey[y0:y1, x0:x1]
    return out


def side_by_side(ink: Ink) -> Grey:
    """The characters of an upright label in one line."""
    boxes = [around(line.glyphs) for line in ink.lines]
    height = max(round(ink.em), *(b.height for b in boxes))
    gap = np.full((height, max(1, round(ink.em * 0.15))), 255, np.uint8)
    parts = [gap, gap]
    for box in boxes:
        tile = np.full((height, box.width), 255, np.uint8)
        top = (height - box.height) // 2
        tile[top : top + box.height] = ink.grey[box.y0 : box.y1, box.x0 : box.x1]
        parts += [tile, gap]
    return np.pad(np.hstack([*parts, gap]), ((round(height * 0.08),) * 2, (0, 0)), constant_values=255)
