"""What stands on a page of a PDF: glyphs, rules and fills, each with its place. Only here and in pdf.py is pypdfium2 used.

All places are in points from the top left corner of the page as it is read: the page is turned so that most of its text is upright,
whatever the file says of its rotation.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.model import UnreadableFile

if TYPE_CHECKING:  # needed where a page is rendered, that is with the extra for OCR
    from PIL.Image import Image

# A filled rectangle or an image no thicker than this is a rule (double borders of browsers are 2.25 pt), and no rule is a cell.
_RULE_THICKNESS = 4.0
# Above so many pieces of line art a page is a map or a drawing: a form of three tables has about 1,500, with dotted borders 20,000.
MOST_PIECES = 60_000
# More than a page can show: at 2 pt a glyph, an A4 page holds 125,000.
MOST_GLYPHS = 150_000
# Text objects of a page; a full page has 2,000, and PDFium's time for them grows with the square where they overlap.
MOST_TEXTS = 30_000
_DEEPEST_FORM = 6
# Smaller than this nobody reads it: search words hidden in a page.
_SMALLEST_TEXT = 1.5
# Two copies of one glyph closer than this part of its size are one glyph printed twice (fake bold shifts by 3 to 5 per cent).
_SAME_PLACE = 0.15
_WHITE = 250
# A page with fewer glyphs and a picture over this part of it is a scan: a page number, a footer, the text of a stamp.
_FEW_GLYPHS, _COVERED = 30, 0.3
# A page of so many filled shapes without a glyph is text turned into outlines.
_OUTLINES = 200
# Part of the characters that a font does not name; above it the text layer is no use (symbols of a list are a few per cent).
_NAMELESS = 0.2
_INVISIBLE = 3  # text render mode


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character. ``bottom`` is just under its base line; ``order`` counts in the order of the file; ``turned`` by a right angle."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    order: int
    turned: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle: a fill, an image, or (thin) a rule."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Page:
    """``across`` and ``down`` are rules; ``drawn`` False: too much line art to be looked at, so that no rules are known.

    hidden  the text is an invisible layer over an image, thus somebody's recognition of it
    scan    what the page says can only be read off its image
    """

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    across: tuple[Area, ...]
    down: tuple[Area, ...]
    drawn: bool = True
    hidden: bool = False
    scan: bool = False


Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def read_page(page: pdfium.PdfPage) -> Page:
    """The page's glyphs, duplicates and what cannot be seen left out, and its rules.

    Raises UnreadableFile for a page with more pieces of text than PDFium can sort in bounded time.
    """
    box = page.get_bbox()
    shapes = _Shapes()
    if _text_objects(page) > MOST_TEXTS:
        raise UnreadableFile("PDF 里有一页的文字对象多得不正常，没有读取。")
    drawn = shapes.collect(page)
    chars, hidden, lost = _characters(page, box, shapes)
    turn = _turn(chars, raw.FPDFPage_GetRotation(page))
    place = _placer(box, turn)
    glyphs = _distinct(_glyph(char, place, turn) for char in chars)
    width, height = (box[2] - box[0], box[3] - box[1]) if turn % 2 == 0 else (box[3] - box[1], box[2] - box[0])
    rules = [_placed(area, place) for area in shapes.rules] if drawn else []
    rules = [r for r in rules if r.right >= -1 and r.bottom >= -1 and r.left <= width + 1 and r.top <= height + 1]
    return Page(
        width,
        height,
        glyphs,
        tuple(r for r in rules if r.right - r.left >= r.bottom - r.top),
        tuple(r for r in rules if r.bottom - r.top >= r.right - r.left),
        drawn,
        hidden,
        lost or _is_scan(shapes, box, len(glyphs), hidden),
    )


def render(page: pdfium.PdfPage, dots_per_inch: int, pixels: int) -> Image:
    """The page as an image of at most ``pixels``."""
    width, height = page.get_size()
    scale = min(dots_per_inch / 72, math.sqrt(pixels / max(1.0, width * height)))
    image: Image = page.render(scale=scale).to_pil()
    return image


def _text_objects(page: pdfium.PdfPage) -> int:
    kinds = (raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, at)) for at in range(raw.FPDFPage_CountObjects(page)))
    return sum(kind == raw.FPDF_PAGEOBJ_TEXT for kind in kinds)


def _is_scan(shapes: _Shapes, box: tuple[float, float, float, float], glyphs: int, hidden: bool) -> bool:
    """Whether images or outlines of letters are all that the page has, but for a page number or a stamp."""
    if not hidden and glyphs >= _FEW_GLYPHS:
        return False
    area = max(1.0, (box[2] - box[0]) * (box[3] - box[1]))
    covered = sum((a.right - a.left) * (a.bottom - a.top) for a in shapes.images) / area
    return covered > _COVERED or (not glyphs and len(shapes.fills) > _OUTLINES)


# ------------------------------------------------------------------------------------------------------------ shapes


class _Shapes:
    """Rules, fills and images of a page, in its own coordinates (y upwards)."""

    def __init__(self) -> None:
        self.rules: list[Area] = []
        self.fills: list[Area] = []
        self.images: list[Area] = []
        self._left = MOST_PIECES

    def collect(self, page: pdfium.PdfPage) -> bool:
        """False when the page holds more line art than is looked at."""
        count = raw.FPDFPage_CountObjects(page)
        if count > MOST_PIECES * 2:  # text objects are cheap but count too
            return False
        self._level(count, lambda at: raw.FPDFPage_GetObject(page, at), _IDENTITY, 0)
        return self._left > 0

    def _level(self, count: int, get: Callable[[int], object], outer: Matrix, depth: int) -> None:
        for at in range(count):
            if self._left <= 0:
                return
            item = get(at)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(item, outer)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._left -= 1
                self._image(item, outer)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
                self._left -= 1
                self._form(item, outer, depth)

    def _form(self, item: object, outer: Matrix, depth: int) -> None:
        inner = _times(_matrix(item), outer)
        self._level(raw.FPDFFormObj_CountObjects(item), lambda at: raw.FPDFFormObj_GetObject(item, at), inner, depth + 1)

    def _image(self, item: object, outer: Matrix) -> None:
        area = _around([_point(_times(_matrix(item), outer), x, y) for x in (0, 1) for y in (0, 1)])
        (self.rules if _is_thin(area) else self.images).append(area)

    def _path(self, item: object, outer: Matrix) -> None:
        self._left -= 1
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if not fill.value and not stroke.value:
            return
        area = _bounds(item, outer)
        if _is_thin(area):  # most of them, and a dotted border is thousands
            self.rules.append(area)
            return
        count = raw.FPDFPath_CountSegments(item)
        self._left -= count
        if self._left <= 0:
            return
        matrix = _times(_matrix(item), outer)
        for points, closed in _outlines(item, count, matrix):
            area = _around(points)
            if _is_thin(area):
                self.rules.append(area)
                continue
            if fill.value and not _is_white(item, raw.FPDFPageObj_GetFillColor):
                self.fills.append(area)
            if stroke.value:
                edges = zip(points, points[1:] + points[:1] if closed else points[1:], strict=False)
                straight = (_around(edge) for edge in edges)
                self.rules += [a for a in straight if min(a.right - a.left, a.bottom - a.top) <= 1.0]


_Point = tuple[float, float]


def _outlines(item: object, count: int, matrix: Matrix) -> Iterator[tuple[list[_Point], bool]]:
    """The subpaths of a path; curves by their end points, which is enough to tell that they are no rule."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[_Point] = []
    closed = False
    for at in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, at)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
            if len(points) > 1:
                yield points, closed
            points, closed = [], False
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(_point(matrix, x.value, y.value))
        closed = closed or bool(raw.FPDFPathSegment_GetClose(segment))
    if len(points) > 1:
        yield points, closed


def _bounds(item: object, outer: Matrix) -> Area:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    if outer is _IDENTITY:
        return Area(left.value, bottom.value, right.value, top.value)
    return _around([_point(outer, x.value, y.value) for x in (left, right) for y in (bottom, top)])


def _is_thin(area: Area) -> bool:
    return min(area.right - area.left, area.bottom - area.top) <= _RULE_THICKNESS


def _is_white(item: object, get: Callable[..., object]) -> bool:
    parts = [ctypes.c_uint(0) for _ in range(4)]
    get(item, *parts)
    red, green, blue, alpha = (part.value for part in parts)
    return min(red, green, blue) >= _WHITE or alpha == 0


def _matrix(item: object) -> Matrix:
    m = raw.FS_MATRIX()
    return (m.a, m.b, m.c, m.d, m.e, m.f) if raw.FPDFPageObj_GetMatrix(item, m) else _IDENTITY


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _point(matrix: Matrix, x: float, y: float) -> _Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _around(points: list[_Point] | tuple[_Point, ...]) -> Area:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Area(min(xs), min(ys), max(xs), max(ys))


# -------------------------------------------------------------------------------------------------------- characters


@dataclass(frozen=True, slots=True)
class _Char:
    """A character in the page's own coordinates; ``angle`` in quarter turns against the clock, None when it is none of them."""

    text: str
    box: tuple[float, float, float, float]
    origin: _Point
    size: float
    angle: int | None
    order: int


def _characters(page: pdfium.PdfPage, box: tuple[float, float, float, float], shapes: _Shapes) -> tuple[list[_Char], bool, bool]:
    """The characters that can be seen, or those of a recogniser's hidden layer; whether it is such; whether they are lost.

    They are lost where the page's fonts do not say which characters their glyphs are.
    """
    text_page = raw.FPDFText_LoadPage(page)
    try:
        seen: list[_Char] = []
        hidden: list[_Char] = []
        nameless = 0
        for char, index in _raw_characters(text_page):
            x, y = (char.box[0] + char.box[2]) / 2, (char.box[1] + char.box[3]) / 2
            if not (box[0] <= x <= box[2] and box[1] <= y <= box[3]) or char.size < _SMALLEST_TEXT or char.angle is None:
                continue
            if _is_nameless(char.text) or raw.FPDFText_HasUnicodeMapError(text_page, index) == 1:
                nameless += 1
            (seen if _is_seen(text_page, index, shapes, x, y) else hidden).append(char)
        if nameless > _NAMELESS * (len(seen) + len(hidden)):
            return [], False, True
        # White text beside real text is hidden on purpose; where a picture is all there is to see, it is a scanner's recognition.
        if len(hidden) > _FEW_GLYPHS and len(seen) < _FEW_GLYPHS and shapes.images:
            return hidden, True, False
        return [char for char in seen if not _is_nameless(char.text)], False, False
    finally:
        raw.FPDFText_ClosePage(text_page)


def _is_nameless(text: str) -> bool:
    return text == "\ufffd" or "\ue000" <= text <= "\uf8ff"


def _raw_characters(text_page: object) -> Iterator[tuple[_Char, int]]:
    rect, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    high = 0
    for at in range(min(raw.FPDFText_CountChars(text_page), MOST_GLYPHS)):
        code = raw.FPDFText_GetUnicode(text_page, at)
        if 0xD800 <= code < 0xDC00:  # two units make one character; the first says where it stands
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        if code == 0:
            code = 0xFFFD
        if code < 32 or code > 0x10FFFF or 0xFFFE <= code <= 0xFFFF or raw.FPDFText_IsGenerated(text_page, at) == 1:
            continue
        raw.FPDFText_GetLooseCharBox(text_page, at, rect)
        raw.FPDFText_GetMatrix(text_page, at, matrix)
        raw.FPDFText_GetCharOrigin(text_page, at, x, y)
        size = raw.FPDFText_GetFontSize(text_page, at) * math.hypot(matrix.c, matrix.d)
        angle = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        quarter = round(angle) % 4 if abs(angle - round(angle)) < 0.05 else None
        box = (rect.left, rect.bottom, rect.right, rect.top)
        yield _Char(chr(code), box, (x.value, y.value), size, quarter, at), at


def _is_seen(text_page: object, index: int, shapes: _Shapes, x: float, y: float) -> bool:
    item = raw.FPDFText_GetTextObject(text_page, index)
    if item and raw.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE:
        return False
    if not _is_white(text_page, lambda page, *parts: raw.FPDFText_GetFillColor(page, index, *parts)):
        return True
    return any(area.holds(x, y) for area in (*shapes.fills, *shapes.images))


def _turn(chars: list[_Char], rotation: int) -> int:
    """Quarter turns that set most of the text upright."""
    angles = Counter(char.angle for char in chars if char.angle is not None)
    return angles.most_common(1)[0][0] if angles else rotation


def _placer(box: tuple[float, float, float, float], turn: int) -> Callable[[float, float], _Point]:
    """From the page's coordinates to those of the turned page, y downwards."""
    left, bottom, right, top = box
    return (
        lambda x, y: (x - left, top - y),
        lambda x, y: (y - bottom, x - left),
        lambda x, y: (right - x, y - bottom),
        lambda x, y: (top - y, right - x),
    )[turn]


def _placed(area: Area, place: Callable[[float, float], _Point]) -> Area:
    return _around((place(area.left, area.top), place(area.right, area.bottom)))


def _glyph(char: _Char, place: Callable[[float, float], _Point], turn: int) -> Glyph:
    """Across, a glyph is as wide as its advance; its height is taken from the base line, since fonts disagree about theirs."""
    around = _around((place(*char.box[:2]), place(*char.box[2:])))
    _, base = place(*char.origin)
    if char.angle != turn:
        return Glyph(char.text, around.left, around.top, around.right, around.bottom, char.size, char.order, turned=True)
    return Glyph(char.text, around.left, base - 0.85 * char.size, around.right, base + 0.15 * char.size, char.size, char.order)


def _distinct(glyphs: Iterator[Glyph]) -> tuple[Glyph, ...]:
    """Without copies of a glyph at its own place (fake bold, a text layer printed twice)."""
    kept: list[Glyph] = []
    at: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        x, y = glyph.middle
        near = _SAME_PLACE * glyph.size
        step = max(1.0, near)
        column, line = int(x // 8), int(y // 8)
        around = {(int((x + dx) // 8), int((y + dy) // 8)) for dx in (-step, step) for dy in (-step, step)}
        others = [g for c, r in around for g in at.get((glyph.text, c, r), ())]
        if any(abs(g.middle[0] - x) <= near and abs(g.middle[1] - y) <= near for g in others):
            continue
        at.setdefault((glyph.text, column, line), []).append(glyph)
        kept.append(glyph)
    return tuple(kept)
