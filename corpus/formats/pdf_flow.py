"""Lines of running text to paragraphs: reading order, page headers and footers, lines that go on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.formats.pdf_lines import Line

_PAGE_NUMBER = re.compile(
    r"[\s—–\-－·•~～_第]*\d{1,3}(?:\s*[/／]\s*\d{1,3}|\s*页?\s*[，,/／]?\s*共\s*\d{1,3}\s*)?[\s—–\-－·•~～_页]*|[ivxIVX]{1,5}"
)
# Parts of the page's height where headers and footers stand: A4 margins are 37 mm at the top and 35 mm at the foot of an official document.
_MARGIN = 0.13
_BEGINS_ANEW = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十⼀⼆⼋⼗]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．]\D|[㈠-㈩①-⑩•●]|第[一二三四五六七八九十]{1,3}[章条部])"
)
_ENDS = "。！？!?：:；;"
# Fewer lines than this tell nothing of a page's margins.
_FEW = 8
# Lines that end before this part of the page's width (by column) are all short, however alike; a form's widest margins are a quarter.
_REACH = (0.65, 0.33, 0.65)
# Two columns: each side has at least so many lines, of at least so many characters on average.
_COLUMN_LINES, _COLUMN_CHARACTERS = 4, 8


@dataclass(frozen=True, slots=True)
class Placed:
    """A line on its page; ``column`` 0 for the whole width, 1 and 2 for a page in two columns, more for cells of a layout.

    reach  how far to the right a line must come to be a full one
    """

    line: Line
    page: int
    reach: float
    column: int = 0


# ------------------------------------------------------------------------------------------------ headers and footers


def without_margins(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[list[Line]]:
    """The lines of each page (height, lines) less page numbers, and less what repeats at one place of several pages."""
    repeated = Counter(key for height, lines in pages for key in {_repeat_key(line) for line in _marginal(height, lines)})
    kept = []
    for height, lines in pages:
        dropped = {
            id(line)
            for line in _marginal(height, lines)
            if _PAGE_NUMBER.fullmatch(line.text) or (len(pages) > 1 and repeated[_repeat_key(line)] >= max(2, len(pages) // 2))
        }
        kept.append([line for line in lines if id(line) not in dropped])
    return kept


def _marginal(height: float, lines: Sequence[Line]) -> Iterator[Line]:
    return (line for line in lines if line.bottom < _MARGIN * height or line.top > (1 - _MARGIN) * height)


def _repeat_key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.bottom / 4)


# ------------------------------------------------------------------------------------------------------ reading order


def in_order(lines: Sequence[Line], page: int, width: float) -> list[Placed]:
    """The lines of one stretch of a page as they are read: from top to bottom, or column by column."""
    placed: list[Placed] = []
    stretch: list[Line] = []
    for line in lines:
        if any(p.left < 0.47 * width and p.right > 0.53 * width for p in line.pieces):
            placed += _columns(stretch, page, width)
            placed.append(Placed(line, page, _REACH[0] * width))
            stretch = []
        else:
            stretch.append(line)
    return placed + _columns(stretch, page, width)


def _columns(lines: list[Line], page: int, width: float) -> list[Placed]:
    middle = _gutter(lines, width)
    if middle is None:
        return [Placed(line, page, _REACH[0] * width) for line in lines]
    sides: tuple[list[Placed], list[Placed]] = ([], [])
    for line in lines:
        for at in (0, 1):
            pieces = tuple(p for p in line.pieces if (p.left >= middle) == bool(at))
            if pieces:
                sides[at].append(Placed(replace(line, pieces=pieces), page, _REACH[at + 1] * width, at + 1))
    return [*sides[0], *sides[1]]


def _gutter(lines: Sequence[Line], width: float) -> float | None:
    """Where a white band parts two columns of running text, None where there are not two."""
    pieces = [piece for line in lines for piece in line.pieces]
    left = [p for p in pieces if (p.left + p.right) / 2 < width / 2]
    right = [p for p in pieces if (p.left + p.right) / 2 >= width / 2]
    if any(len(side) < _COLUMN_LINES or sum(len(p.text) for p in side) < _COLUMN_CHARACTERS * len(side) for side in (left, right)):
        return None
    ends, begins = max(p.right for p in left), min(p.left for p in right)
    # Numbers in columns under each other are a table and no running text.
    return (ends + begins) / 2 if begins - ends > 8 else None


# --------------------------------------------------------------------------------------------------------- paragraphs


@dataclass(frozen=True, slots=True)
class _Body:
    """Where the text of a column begins and ends, its usual size, and the usual distance of its base lines."""

    left: float
    right: float
    size: float
    leading: float


def paragraphs(lines: Sequence[Placed], margins: Sequence[Placed]) -> Iterator[str]:
    """The paragraphs that consecutive lines make; ``margins`` are all lines of the document, which tell where lines end.

    Centred lines that follow each other (a title) stay lines of one paragraph.
    """
    bodies = _bodies(margins)
    current: list[str] = []
    centred = False
    last: Placed | None = None
    for placed in lines:
        body = bodies[placed.page, placed.column]
        here = _is_centred(placed.line, body)
        if last is not None and current:
            if here and centred and last.page == placed.page:
                current.append("\n")
            elif not _goes_on(last, placed, bodies[last.page, last.column], body):
                yield "".join(current)
                current = []
            elif (
                current[-1][-1].isascii() and current[-1][-1].isalnum() and placed.line.text[0].isascii() and placed.line.text[0].isalpha()
            ):
                current.append(" ")
        current.append(placed.line.text)
        centred, last = here, placed
    if current:
        yield "".join(current)


def _is_centred(line: Line, body: _Body) -> bool:
    left, right = line.left - body.left, body.right - line.right
    large = line.size > 1.15 * body.size
    return abs(left - right) < 1.2 * line.size and (left > 2.5 * line.size or (large and left > -line.size))


def _goes_on(last: Placed, here: Placed, before: _Body, body: _Body) -> bool:
    """Whether a line continues the one before: that one is full, and this one is not indented."""
    above, line = last.line, here.line
    if abs(above.size - line.size) > 0.12 * max(above.size, line.size):
        return False
    if before.right < last.reach:  # no line of this page is full
        return False
    room = before.right - above.right
    first = line.pieces[0].first
    if line.text[0].isascii() and line.text[0].isalnum():  # a word or a number is not broken
        first *= len(re.split(r"[^!-~]", line.text)[0])
    # Up to one character more is left free where a full stop may not begin a line.
    if room > max(first, line.size) + 0.9 * line.size:
        return False
    if line.left - body.left > 0.8 * line.size:
        return False
    if last.page == here.page and last.column == here.column and line.bottom - above.bottom > 1.5 * max(body.leading, 1.2 * line.size):
        return False
    return not (_BEGINS_ANEW.match(line.text) and above.text[-1] in _ENDS)


def _bodies(lines: Iterable[Placed]) -> dict[tuple[int, int], _Body]:
    """The body of each page and column; a page of few lines has that of the whole document."""
    everything: dict[int, list[Placed]] = {}
    pages: dict[tuple[int, int], list[Placed]] = {}
    for placed in lines:
        everything.setdefault(placed.column, []).append(placed)
        pages.setdefault((placed.page, placed.column), []).append(placed)
    whole = {column: _body(of) for column, of in everything.items()}
    return {key: _body(of) if len(of) >= _FEW else whole[key[1]] for key, of in pages.items()}


def _body(lines: Sequence[Placed]) -> _Body:
    size = sorted(p.line.size for p in lines)[len(lines) // 2]
    lefts = sorted(p.line.left for p in lines)
    rights = sorted((p.line.right for p in lines), reverse=True)
    gaps = sorted(b.line.bottom - a.line.bottom for a, b in pairwise(lines) if a.page == b.page and b.line.bottom > a.line.bottom)
    return _Body(_common(lefts, size), _common(rights, size), size, gaps[len(gaps) // 2] if gaps else 1.5 * size)


def _common(edges: Sequence[float], size: float) -> float:
    """The outermost edge that at least two lines share; ``edges`` from the outside in."""
    for edge, further in pairwise(edges):
        if abs(edge - further) <= 0.6 * size:
            return edge
    return edges[0]
