"""Cells to text, and how sure that is. A figure is sure when the recogniser and the page's own type agree on it.

The recogniser reads a cell as a line. Beside that, every glyph of a figure is compared with the other glyphs of the page that were
read with certainty: those are its neighbours. A digit that was dropped, doubled or mistaken makes the two readings differ.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corpus.formats.ocr_image import INK as _INK
from corpus.formats.ocr_image import Grey
from corpus.formats.ocr_ink import Ink, Piece, side_by_side
from corpus.formats.ocr_recognise import Line, Recogniser

# What may stand in a figure's cell beside digits.
_FIGURE = re.compile(
    r"^[\d.,+\-—/%\s]*(?:[增减]|增加|减少|新增|净增|净减|无|不涉及|不适用)?[\d.,+\-—/%\s]*(?:[万亿]?[元件项条份个宗次部]?)?\s*$"
)
# Shapes that a reader of lines takes for each other; in a figure, and as high as a digit, they are digits.
_LIKE_DIGITS = str.maketrans("OoQ〇○。lI|丨SsBZz", "000000111155822")
_OUTLINED = "/—-"  # signs that are known by their outline, better than any recogniser knows a lone one
_DASHES = str.maketrans("－−–一﹣", "---—-")
# A glyph that has no likeness on the page: of a digit's size, of any other.
_DIGIT_LIKE, _WILD = "#", "?"
_SIGNS = "0123456789.,-—/"
# A digit is at least this high, as a share of the type; a full stop or small o is lower.
_DIGIT = 0.55
_DIGIT_WIDTH = 0.53  # from one digit to the next, in the faces that reports are set in
# Similarity (correlation) at which two glyphs may be the same, and by how much the best other label must stay behind. At 200 dpi two
# prints of one digit correlate by 0.93 on average, 3 and 8 by 0.75 to 0.85.
_ALIKE, _AHEAD = 0.8, 0.03
_NEIGHBOURS = 5
_SHAPE = 16, 24  # pixels that a glyph is drawn to
_CERTAIN = 0.9  # no reading of a figure that was this certain was wrong in 700 cells; of the less certain a fifth were
_LEGIBLE = 0.75  # below it, words are as often wrong as right


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a cell; lines of words are divided by line breaks. ``odds`` is the mean certainty of words, 1 for anything else."""

    text: str
    sure: bool
    odds: float = 1.0


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A glyph of cell ``cell``, read as ``label`` (None where nobody read it)."""

    cell: int
    label: str | None
    shape: NDArray[np.float32]
    aspect: float


def read_cells(inks: Sequence[Ink], recogniser: Recogniser) -> list[Reading]:
    """The cells of a page, which are best read together: they are printed in the same type."""
    first = _lines(inks, recogniser, list(range(len(inks))), again=False)
    readings = {at: Reading("", ink.sure) for at, ink in enumerate(inks) if not ink.lines}
    figures: list[int] = []
    words: list[int] = []
    known = _Shapes(inks, first)
    spelled = {at: known.spell(at, inks[at]) for at in first}
    for at, lines in first.items():
        if _is_figure("".join(line.text for line in lines), spelled[at]):
            figures.append(at)
        else:
            words.append(at)
    doubtful = [at for at in figures if not _agree(_plain(first[at]), spelled[at])]
    doubtful += [at for at in first if min(line.least for line in first[at]) < _CERTAIN]
    second = _lines(inks, recogniser, sorted(set(doubtful)), again=True)
    for at in words:
        readings[at] = _words(inks[at], first[at], second.get(at))
    for at in figures:
        readings[at] = _figure(inks[at], first[at], second.get(at), spelled[at])
    _doubt_lone_hyphens(readings, inks)
    return [readings[at] for at in range(len(inks))]


def _doubt_lone_hyphens(readings: dict[int, Reading], inks: Sequence[Ink]) -> None:
    """A hyphen alone in a cell is hardly larger than dust: it is believed when another cell of the page has one just like it."""
    widths = {at: inks[at].lines[0].glyphs[0].width for at, r in readings.items() if r.text == "-" and len(inks[at].lines[0].glyphs) == 1}
    for at, width in widths.items():
        if not any(other != at and abs(like - width) <= max(1, 0.2 * width) for other, like in widths.items()):
            readings[at] = Reading("-", sure=False)


def _lines(inks: Sequence[Ink], recogniser: Recogniser, which: Sequence[int], again: bool) -> dict[int, list[Line]]:
    """The recogniser's lines of each cell that has any."""
    pictures: list[Grey] = []
    owners: list[int] = []
    for at in which:
        ink = inks[at]
        made = [side_by_side(ink)] if ink.upright else [line.picture for line in ink.lines]
        pictures += [_otherwise(p) if again else p for p in made]
        owners += [at] * len(made)
    found: dict[int, list[Line]] = {}
    for at, line in zip(owners, recogniser.read(pictures), strict=True):
        found.setdefault(at, []).append(line)
    return found


def _otherwise(picture_: Grey) -> Grey:
    """The same line with more paper round it and drawn wider: what is read by chance is read otherwise."""
    more = max(1, round(picture_.shape[0] * 0.12))
    wider = cv2.resize(picture_, None, fx=1.5, fy=1.0, interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.pad(wider, more, constant_values=255), dtype=np.uint8)


def _plain(lines: Sequence[Line]) -> str:
    """The reading as the forms' figures are written: half-width, one kind of dash, no spaces."""
    text = "".join(line.text for line in lines)
    text = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES).replace(" ", "")
    return re.sub(r"^—(?=\d)", "-", text)  # a minus, however long it is drawn


def _is_figure(text: str, spelled: str) -> bool:
    if _known(spelled):
        return True
    return bool(_FIGURE.match(unicodedata.normalize("NFKC", text.translate(_DASHES)))) or (len(text) <= 1)


def _words(ink: Ink, first: Sequence[Line], second: Sequence[Line] | None) -> Reading:
    """A label, or words where a figure might stand: of two readings the more certain one."""
    lines = [max(pair, key=lambda line: line.least) for pair in zip(first, second or first, strict=True)]
    same = second is None or [line.text for line in first] == [line.text for line in second]
    text = "\n".join(line.text for line in lines)
    sure = ink.sure and same and min(line.least for line in lines) >= _LEGIBLE
    odds = [certain for line in lines for certain in line.odds]
    return Reading(re.sub(r"(?<=[\u4e00-\u9fff])[.·]$", "", text), sure, sum(odds) / max(1, len(odds)))


def _figure(ink: Ink, first: Sequence[Line], second: Sequence[Line] | None, spelled: str) -> Reading:
    """A figure's cell, from two readings of the recogniser and from its glyphs."""
    one, two = _plain(first), _plain(second or first)
    whole = ink.sure and (len(ink.lines) == 1 or ink.wrapped)
    for text in (one, two):
        if _agree(text, spelled):
            return Reading(spelled if _known(spelled) else text, whole and bool(_FIGURE.match(text)))
    least = [min(line.least for line in lines) for lines in (first, second or first)]
    certain = bool(one) and one == two and min(least) >= _LEGIBLE and max(least) >= _CERTAIN
    one, two = one.strip(".,"), two.strip(".,")  # no figure begins or ends with them: dust, and nothing here is certain
    if _known(spelled):
        return Reading(spelled.strip(".,"), sure=len(spelled) == 1 and spelled in _OUTLINED and whole)
    if not any(c.isdigit() for c in _as_digits(one) + _as_digits(two) + spelled):  # 无, 不涉及
        return Reading(one or two, ink.sure and certain)
    sure = whole and certain and _possible(one, spelled) and bool(_FIGURE.match(one))
    high = any(glyph.height >= _DIGIT * ink.em for line in ink.lines for glyph in line.glyphs)
    return Reading(_as_digits(one or two) if high else one or two, sure and one == _as_digits(one))


def _as_digits(text: str) -> str:
    """Letters that look like digits as digits, where nothing but digits and signs stands beside them."""
    return text.translate(_LIKE_DIGITS) if re.fullmatch(r"[\dOoQ〇○。lI|丨SsBZz.,+\-—/]*", text) else text


def _known(spelled: str) -> bool:
    """Whether every glyph is known."""
    return bool(spelled) and not set(spelled) & {_DIGIT_LIKE, _WILD}


def _agree(text: str, spelled: str) -> bool:
    """Whether the line was read as its glyphs are spelled. Digits must be the very ones; a word may be any number of pieces."""
    if not spelled.strip(_DIGIT_LIKE + _WILD):
        return False
    text = _as_digits(text)
    if _known(spelled):
        return text == spelled
    words = rf"[{_DIGIT_LIKE}{_WILD}\d.,+\-—/]+"
    return bool(text) and bool(re.fullmatch("".join(re.escape(c) if c in _SIGNS else words for c in text), spelled))


def _possible(text: str, spelled: str) -> bool:
    """Whether the glyphs allow for the text: as many, points and commas in the same places, and no digit known to be another."""
    pieces = rf"[{_DIGIT_LIKE}{_WILD}\d.,+\-—/]{{1,3}}"
    parts = (rf"[{c}{_DIGIT_LIKE}]" if c.isdecimal() else re.escape(c) if c in _SIGNS else pieces for c in text)
    return bool(re.fullmatch("".join(parts), spelled))


class _Shapes:
    """The glyphs of a page's figures, and what those were read as that were read with certainty."""

    def __init__(self, inks: Sequence[Ink], lines: dict[int, list[Line]]) -> None:
        self._glyphs = [glyph for at, read in lines.items() for glyph in _read_glyphs(at, inks[at], read)]
        self._matrix = np.array([g.shape.ravel() for g in self._glyphs], np.float32).reshape(len(self._glyphs), _SHAPE[0] * _SHAPE[1])
        self._refuse_strangers()

    def _refuse_strangers(self) -> None:
        """Forget glyphs that look like others which were read as something else: one misreading must not spread."""
        strangers = [at for at, g in enumerate(self._glyphs) if (best := self._label(g.shape, g.aspect, g.cell)) and best != g.label]
        keep = [at for at in range(len(self._glyphs)) if at not in set(strangers)]
        self._glyphs = [self._glyphs[at] for at in keep]
        self._matrix = self._matrix[keep]

    def spell(self, cell: int, ink: Ink) -> str:
        """The cell's glyphs as characters; ``#`` and ``?`` for those that look like none, or like several."""
        text = ""
        for line in ink.lines:
            feet = [g.y1 for g in line.glyphs if g.height >= _DIGIT * ink.em]
            bottom = int(np.median(feet)) if feet else 0
            for glyph in _parted(line.glyphs, ink):
                text += self._character(cell, ink, glyph, bottom)
        return re.sub(r"^—(?=\d)", "-", text)

    def _character(self, cell: int, ink: Ink, glyph: Piece, bottom: int) -> str:
        drawn = _drawn(ink, glyph, bottom)
        if drawn:
            return drawn
        if not _DIGIT * ink.em <= glyph.height <= 1.1 * ink.em or glyph.width > 0.8 * ink.em:
            return _WILD
        return self._label(_shape(ink.grey, glyph), glyph.width / glyph.height, cell) or _DIGIT_LIKE

    def _label(self, shape: NDArray[np.float32], aspect: float, cell: int) -> str | None:
        """The label that the most similar glyphs of other cells have, None when they do not agree."""
        if not self._glyphs:
            return None
        scores = self._matrix @ shape.ravel()
        near: list[tuple[float, str]] = []
        rival: dict[str, float] = {}
        for at in np.argsort(-scores)[: 8 * _NEIGHBOURS]:
            other = self._glyphs[at]
            if other.cell == cell or other.label is None or not 0.7 < other.aspect / aspect < 1.4:
                continue
            score = float(scores[at])
            rival[other.label] = max(rival.get(other.label, 0.0), score)
            if len(near) < _NEIGHBOURS:
                near.append((score, other.label))
        if not near or near[0][0] < _ALIKE:
            return None
        label, votes = Counter(label for _, label in near).most_common(1)[0]
        others = max((score for name, score in rival.items() if name != label), default=0.0)
        clear = rival[label] - others >= _AHEAD or votes == len(near) >= 3
        return label if clear else None


def _read_glyphs(at: int, ink: Ink, lines: Sequence[Line]) -> Iterator[_Glyph]:
    """The digits of a cell whose line has as many characters as the cell has glyphs."""
    glyphs = [glyph for line in ink.lines for glyph in line.glyphs]
    text = "".join(line.text for line in lines).replace(" ", "")
    odds = [o for line in lines for c, o in zip(line.text, line.odds, strict=True) if c != " "]
    if len(text) != len(glyphs):
        return
    for glyph, char, certain in zip(glyphs, unicodedata.normalize("NFKC", text), odds, strict=True):
        if char.isdecimal() and certain >= _CERTAIN and glyph.height >= _DIGIT * ink.em:
            yield _Glyph(at, char, _shape(ink.grey, glyph), glyph.width / glyph.height)


def _parted(glyphs: Sequence[Piece], ink: Ink) -> Iterator[Piece]:
    """The glyphs, those as wide as several digits cut where they touch."""
    for glyph in glyphs:
        parts = round(glyph.width / (_DIGIT_WIDTH * ink.em))
        if parts < 2 or glyph.width < 0.7 * ink.em or not _DIGIT * ink.em <= glyph.height <= 0.95 * ink.em:
            yield glyph
            continue
        dark = (255 - ink.grey[glyph.y0 : glyph.y1, glyph.x0 : glyph.x1].astype(np.float32)).sum(axis=0)
        reach = max(1, round(0.12 * ink.em))
        cuts = [0]
        for part in range(1, parts):
            near = round(glyph.width * part / parts)
            cuts.append(near - reach + int(dark[max(0, near - reach) : near + reach + 1].argmin()))
        for left, right in itertools.pairwise([*cuts, glyph.width]):
            rows = np.nonzero((ink.grey[glyph.y0 : glyph.y1, glyph.x0 + left : glyph.x0 + right] < _INK).any(axis=1))[0]
            if len(rows):
                top, bottom = glyph.y0 + int(rows[0]), glyph.y0 + int(rows[-1]) + 1
                yield Piece(glyph.x0 + left, top, glyph.x0 + right, bottom, glyph.area // parts)


def _shape(grey: Grey, glyph: Piece) -> NDArray[np.float32]:
    """The glyph drawn to one size, its ink as a vector of length one and mean zero."""
    cut = grey[max(0, glyph.y0 - 1) : glyph.y1 + 1, max(0, glyph.x0 - 1) : glyph.x1 + 1]
    drawn = cv2.GaussianBlur(cv2.resize(cut, _SHAPE, interpolation=cv2.INTER_AREA), (0, 0), 0.8).astype(np.float32)
    drawn -= drawn.mean()
    return np.asarray(drawn / max(float(np.linalg.norm(drawn)), 1.0), dtype=np.float32)


def _drawn(ink: Ink, glyph: Piece, bottom: int) -> str:
    """Signs that are told by their outline alone: dashes, slashes, points and commas; "" for anything else."""
    em = ink.em
    if glyph.height <= 0.2 * em and glyph.width >= 0.2 * em and glyph.width >= 1.6 * glyph.height:
        return "—" if glyph.width >= 0.7 * em else "-"
    if glyph.height >= 0.6 * em and _diagonal(ink.grey, glyph) < -0.9:
        return "/"
    if bottom and max(glyph.width, glyph.height) < 0.4 * em and glyph.y1 >= bottom - 0.06 * em and glyph.y0 > bottom - 0.3 * em:
        deep = glyph.y1 - bottom
        if glyph.height <= 0.2 * em and deep <= 0.06 * em:
            return "."
        if deep >= 0.05 * em:
            return ","
    return ""


def _diagonal(grey: Grey, glyph: Piece) -> float:
    """Correlation of the columns and rows of the ink: −1 for a stroke from the lower left to the upper right."""
    rows, columns = np.nonzero(grey[glyph.y0 : glyph.y1, glyph.x0 : glyph.x1] < _INK)
    if len(rows) < 5 or np.ptp(rows) == 0 or np.ptp(columns) < 0.2 * np.ptp(rows):
        return 0.0
    return float(np.corrcoef(columns, rows)[0, 1])
