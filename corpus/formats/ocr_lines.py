"""Type outside tables: lines found by the text detector, put into reading order and joined to paragraphs by where they stand."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from rapidocr_onnxruntime.ch_ppocr_det import TextDetector

from corpus.formats.blocks import Text
from corpus.formats.ocr_image import INK, Grey
from corpus.formats.ocr_recognise import MODELS, THREADS, Line, Recogniser

# The detector sees type at this height in pixels; smaller and it misses full stops, larger and it only takes longer.
_SEEN = 22.0
_ROWS = 4000  # pixels of height that the detector sees at once
_LEAST_SIDE = 320  # a smaller picture would be enlarged
_PIECE = 0.25  # of the type's height: the smallest piece of ink that is looked round for lines
_GUTTER, _COLUMN_LINES = 1.2, 3  # characters between two columns, and lines side by side that make columns
_PAGE_NUMBER = re.compile(r"^[-—–－一·.\s]*(?:第\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*页)?(?:\s*共\s*\d{1,3}\s*页)?[-—–－一·.\s]*$")
# A digit below this makes its paragraph unsure; words need less, for a wrong one among them changes no figure.
_DIGIT_CERTAIN, _WORDS_CERTAIN = 0.9, 0.8


@dataclass(frozen=True, slots=True)
class Row:
    """A line of type with its place on the page, in pixels. ``odds`` is how certain its characters are on average."""

    x0: int
    y0: int
    x1: int
    y1: int
    text: str = ""
    sure: bool = True
    odds: float = 1.0

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


def detect(grey: Grey, em: float) -> list[Row]:
    """Where lines of type are; the page must hold nothing else."""
    bands, left, right = _inked(grey, em)
    if not bands:
        return []
    found: list[Row] = []
    while bands:  # so many at a time that the detector's memory stays bounded however long the page is
        heights = list(itertools.accumulate(bottom - top for top, bottom in bands))
        some = max(1, sum(height <= _ROWS for height in heights))
        found += _detected(grey, bands[:some], left, right, em)
        bands = bands[some:]
    return found


def _detected(grey: Grey, bands: Sequence[tuple[int, int]], left: int, right: int, em: float) -> Iterator[Row]:
    packed = np.vstack([grey[top:bottom, left:right] for top, bottom in bands])
    factor = min(1.0, _SEEN / em)
    seen = cv2.resize(packed, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    seen = np.pad(seen, ((0, max(0, _LEAST_SIDE - seen.shape[0])), (0, max(0, _LEAST_SIDE - seen.shape[1]))), constant_values=255)
    boxes, _ = _detector()(cv2.cvtColor(seen, cv2.COLOR_GRAY2BGR))
    for box in boxes if boxes is not None else ():
        (x0, y0), (x1, y1) = np.floor(box.min(axis=0) / factor), np.ceil(box.max(axis=0) / factor)
        by = _unpacked(bands, (y0 + y1) / 2)
        row = _tight(grey, int(x0) + left, int(y0) + by, int(x1) + left, int(y1) + by)
        if row:
            yield row


def _inked(grey: Grey, em: float) -> tuple[list[tuple[int, int]], int, int]:
    """The stretches of rows that hold type, with a little paper round each, and the leftmost and rightmost column of them."""
    count, _, stats, _ = cv2.connectedComponentsWithStats((grey < INK).astype(np.uint8), connectivity=8)
    typed = stats[1:count]
    typed = typed[typed[:, 2:4].max(axis=1) >= _PIECE * em]  # no specks: they are everywhere
    if not len(typed):
        return [], 0, 0
    edge = round(em)
    bands: list[tuple[int, int]] = []
    for top, height in sorted(zip(typed[:, 1].tolist(), typed[:, 3].tolist(), strict=True)):
        if bands and top - edge <= bands[-1][1]:
            bands[-1] = bands[-1][0], max(bands[-1][1], min(grey.shape[0], top + height + edge))
        else:
            bands.append((max(0, top - edge), min(grey.shape[0], top + height + edge)))
    left, right = int(typed[:, 0].min()), int((typed[:, 0] + typed[:, 2]).max())
    return bands, max(0, left - edge), min(grey.shape[1], right + edge)


def _unpacked(bands: Sequence[tuple[int, int]], y: float) -> int:
    """How far the row ``y`` of the packed page lies from where it was."""
    gone = 0
    for top, bottom in bands:
        if y < gone + bottom - top:
            return top - gone
        gone += bottom - top
    return bands[-1][0] - gone + bands[-1][1] - bands[-1][0]


@lru_cache(maxsize=1)
def _detector() -> TextDetector:
    return TextDetector(
        {
            "model_path": str(MODELS / "ch_PP-OCRv4_det_infer.onnx"),
            "intra_op_num_threads": THREADS,
            "inter_op_num_threads": 1,
            "limit_side_len": _LEAST_SIDE,
            "limit_type": "min",
            "mean": [0.5, 0.5, 0.5],
            "std": [0.5, 0.5, 0.5],
            "thresh": 0.3,
            "box_thresh": 0.5,
            "unclip_ratio": 1.6,
            "use_dilation": True,
            "score_mode": "fast",
        }
    )


def _tight(grey: Grey, x0: int, y0: int, x1: int, y1: int) -> Row | None:
    """The box drawn in to its ink."""
    x0, y0 = max(0, x0), max(0, y0)
    rows, columns = np.nonzero(grey[y0:y1, x0:x1] < INK)
    if len(rows) < 4:
        return None
    return Row(x0 + int(columns.min()), y0 + int(rows.min()), x0 + int(columns.max()) + 1, y0 + int(rows.max()) + 1)


def read_rows(grey: Grey, rows: Sequence[Row], em: float, recogniser: Recogniser) -> list[Row]:
    """The rows with their text. One that states a number is read twice, and is sure when both readings have the same digits."""
    pictures = [picture_of(grey, row, em) for row in rows]
    first = recogniser.read(pictures)
    counted = [at for at, line in enumerate(first) if any(c.isdigit() for c in line.text)]
    wider = [np.asarray(cv2.resize(pictures[at], None, fx=1.25, fy=1.0, interpolation=cv2.INTER_CUBIC), np.uint8) for at in counted]
    second = dict(zip(counted, recogniser.read(wider), strict=True))
    found = []
    for at, (row, line) in enumerate(zip(rows, first, strict=True)):
        if line.text.strip():
            found.append(Row(row.x0, row.y0, row.x1, row.y1, line.text.strip(), _is_sure(line, second.get(at)), float(np.mean(line.odds))))
    return found


def _is_sure(line: Line, again: Line | None) -> bool:
    digits = [odds for char, odds in zip(line.text, line.odds, strict=True) if char.isdigit()]
    same = again is None or re.sub(r"[^\d.]", "", again.text) == re.sub(r"[^\d.]", "", line.text)
    return same and min(digits, default=1.0) >= _DIGIT_CERTAIN and sum(line.odds) / len(line.odds) >= _WORDS_CERTAIN


def picture_of(grey: Grey, row: Row, em: float) -> Grey:
    """The row with a little paper round it, as the recogniser likes it."""
    high = max(row.y1 - row.y0, round(em * 0.7))
    edge = max(2, round(high * 0.08))
    middle = round(row.middle)
    cut = grey[max(0, middle - high // 2 - edge) : middle + high // 2 + edge, max(0, row.x0 - edge * 2) : row.x1 + edge * 2]
    return np.ascontiguousarray(cut)


# ---------------------------------------------------------------------------------------------------------- reading order


def paragraphs(rows: Sequence[Row], em: float, height: int, margins: tuple[int, int]) -> Iterator[Text]:
    """The rows of one stretch of a page as paragraphs in reading order, page numbers left out.

    ``height`` is the page's, ``margins`` are the leftmost and rightmost column that anything on it takes up.
    """
    columns = list(_columns(_one_a_line(rows, em), em))
    for column in columns:
        yield from _joined([row for row in column if not _is_page_number(row, height)], em, margins if len(columns) == 1 else None)


def _is_page_number(row: Row, height: int) -> bool:
    return bool(_PAGE_NUMBER.match(row.text)) and (row.y0 > 0.88 * height or row.y1 < 0.06 * height)


def _one_a_line(rows: Sequence[Row], em: float) -> list[list[Row]]:
    """Rows that stand side by side, from top to bottom; those with no more than a space between them put together."""
    lines: list[list[Row]] = []
    for row in sorted(rows, key=lambda r: r.middle):
        beside = lines[-1] if lines and abs(row.middle - sum(r.middle for r in lines[-1]) / len(lines[-1])) < em / 2 else None
        if beside is None:
            lines.append([row])
        else:
            beside.append(row)
    return [_close(sorted(line, key=lambda r: r.x0), em) for line in lines]


def _close(line: Sequence[Row], em: float) -> list[Row]:
    whole: list[Row] = []
    for row in line:
        if whole and row.x0 - whole[-1].x1 < _GUTTER * em:
            left = whole[-1]
            gap = " " if row.x0 - left.x1 > em / 2 else ""
            top, bottom = min(left.y0, row.y0), max(left.y1, row.y1)
            whole[-1] = Row(left.x0, top, max(left.x1, row.x1), bottom, left.text + gap + row.text, left.sure and row.sure)
        else:
            whole.append(row)
    return whole


def _columns(lines: Sequence[Sequence[Row]], em: float) -> Iterator[list[Row]]:
    """The rows in reading order, a column at a time. Lines with a gutter at the same place one below the other make two columns."""
    best: tuple[int, int, float] | None = None
    for gutter in sorted({(a.x1 + b.x0) / 2 for line in lines for a, b in itertools.pairwise(line)}):
        start = 0
        for is_open, run in itertools.groupby(lines, key=lambda line: not any(row.x0 < gutter < row.x1 for row in line)):
            held = list(run)
            both = sum(any(r.x1 < gutter for r in line) and any(r.x0 > gutter for r in line) for line in held)
            if is_open and both >= _COLUMN_LINES and (best is None or len(held) > best[1] - best[0]):
                best = (start, start + len(held), gutter)
            start += len(held)
    if best is None:
        yield [_beside(line) for line in lines]
        return
    start, end, gutter = best
    yield from _columns(lines[:start], em) if start else ()
    for side in (True, False):
        rows = [[row for row in line if (row.x1 < gutter) is side] for line in lines[start:end]]
        yield [_beside(row) for row in rows if row]
    yield from _columns(lines[end:], em) if end < len(lines) else ()


def _beside(line: Sequence[Row]) -> Row:
    """What stands side by side without being columns: one row, divided by wide spaces."""
    return Row(
        line[0].x0,
        min(r.y0 for r in line),
        line[-1].x1,
        max(r.y1 for r in line),
        "\u3000".join(r.text for r in line),
        all(r.sure for r in line),
    )


def _joined(rows: Sequence[Row], em: float, margins: tuple[int, int] | None) -> Iterator[Text]:
    """Paragraphs: a row that reaches the right margin goes on in the next one, unless that is indented or stands apart."""
    if not rows:
        return
    left, right = margins or (min(row.x0 for row in rows), max(row.x1 for row in rows))
    steps = [b.middle - a.middle for a, b in itertools.pairwise(rows)]
    usual = float(np.median(steps)) if steps else 0.0
    open_: list[Row] = []
    for row in rows:
        last = open_[-1] if open_ else None
        goes_on = (
            last is not None
            and last.x1 >= right - (0.6 if last.text[-1] in "。！？；：" else 2) * em
            and row.x0 < left + em
            and row.middle - last.middle < max(1.3 * usual, 2.2 * em)
            and abs((row.y1 - row.y0) - (last.y1 - last.y0)) < em / 2
        )
        if open_ and not goes_on:
            yield _paragraph(open_)
            open_ = []
        open_.append(row)
    yield _paragraph(open_)


def _paragraph(rows: Sequence[Row]) -> Text:
    text = rows[0].text
    for row in rows[1:]:
        text += (" " if re.search(r"[A-Za-z]$", text) and re.match(r"[A-Za-z]", row.text) else "") + row.text
    return Text(text, all(row.sure for row in rows))
