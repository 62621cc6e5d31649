"""One page image to paragraphs and tables."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from PIL import Image

from corpus.formats.blocks import RawBlock, Table
from corpus.formats.boxes import Box, table_of
from corpus.formats.limits import Limits
from corpus.formats.ocr_cells import read_cells
from corpus.formats.ocr_image import INK, Grey, Page, prepare
from corpus.formats.ocr_ink import ink_of
from corpus.formats.ocr_lines import Row, detect, paragraphs, picture_of, read_rows
from corpus.formats.ocr_recognise import recogniser
from corpus.formats.ocr_rules import Frame, Rules, find_frames, find_rules
from corpus.model import UnreadableFile

# Words of at least so many characters are certain to 0.97 on average in the worst scans, and to 0.55 on a page that stands on its head.
# Below this, and out of at least so many, its longest lines are tried the other way round.
_WORDS, _LEGIBLE, _FEW, _SAMPLE, _CLEARLY = 4, 0.85, 4, 10, 0.1
# Characters of a line are closer than this share of their height, lines are not. On a page that lies on its side, pieces of ink that are
# joined down instead of across are fewer by a third; on one that stands, more by as many.
_BETWEEN, _SIDEWAYS = 0.22, 0.9
_CELLS = 2000  # of one page; table 三, the largest of the national form, has 230, and each takes 10 ms to 50 ms
_BLUR = 2  # pixels beside a rule that a scanner's blur darkens


def blocks_of(image: Image.Image, limits: Limits) -> list[RawBlock]:
    """The page's blocks in reading order. Raises UnreadableFile when it has more cells than ``limits`` or a page allow."""
    try:
        return _blocks(image, limits)
    except (cv2.error, MemoryError) as error:  # no picture is known that does this; one that does is no report
        raise UnreadableFile("图片无法识别：尺寸或内容不是一页文件的样子。") from error


def _blocks(image: Image.Image, limits: Limits) -> list[RawBlock]:
    page = prepare(image)
    bare = _without_rules(page.grey, *find_rules(page.grey, page.em))
    if _lies_on_its_side(bare, page.em):
        page, bare = Page(_turned(page.grey, 1), page.em), _turned(bare, 1)
        if _stands_on_its_head(bare, page.em):
            page = Page(_turned(page.grey, 2), page.em)
        blocks, legible = _read(page, limits)
    else:
        blocks, legible = _read(page, limits)
        if legible < _LEGIBLE and _stands_on_its_head(bare, page.em):
            blocks, legible = _read(Page(_turned(page.grey, 2), page.em), limits)
    return blocks if legible >= _LEGIBLE else [_doubted(block) for block in blocks]


def _doubted(block: RawBlock) -> RawBlock:
    """Nothing on a page whose words cannot be read is certain."""
    if isinstance(block, Table):
        return Table(tuple(tuple(replace(cell, sure=False) for cell in row) for row in block.rows))
    return replace(block, sure=False)


def _read(page: Page, limits: Limits) -> tuple[list[RawBlock], float]:
    """The blocks, and how certain the words on the page are: 1 where there are too few to tell."""
    level, upright = find_rules(page.grey, page.em)
    frames = find_frames(level, upright, page.em)
    most = min(limits.cells, _CELLS)
    if sum(len(frame.slots) for frame in frames) > most:
        raise UnreadableFile(f"这一页的表格太大，单元格超过 {most} 个。")
    rows = _text(_without_rules(page.grey, level, upright), page, frames)
    tables, words = _tables(page, frames)
    words += [row.odds for row in rows if len(row.text) >= _WORDS]
    legible = float(np.median(words)) if len(words) >= _FEW else 1.0
    return _in_order(rows, frames, tables, page), legible


def _turned(grey: Grey, quarters: int) -> Grey:
    """Turned to the left."""
    return np.ascontiguousarray(np.rot90(grey, quarters))


def _lies_on_its_side(bare: Grey, em: float) -> bool:
    """Whether the characters stand closer to those above and below than to those beside them.

    The recogniser cannot tell: it reads lines of characters that lie on their sides, and is certain of them.
    """
    ink = (bare < INK).astype(np.uint8)
    near = round(em * _BETWEEN) | 1
    across, down = (
        cv2.connectedComponents(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(size, np.uint8)))[0] for size in ((1, near), (near, 1))
    )
    return down < _SIDEWAYS * across


def _stands_on_its_head(bare: Grey, em: float) -> bool:
    """Whether the longest lines are read with more certainty the other way round."""
    return _certainty(_turned(bare, 2), em) > _certainty(bare, em) + _CLEARLY


def _certainty(grey: Grey, em: float) -> float:
    """Of the longest lines of the page, the certainty of each weighted by how many characters it has."""
    rows = sorted(detect(grey, em), key=lambda row: row.x0 - row.x1)[:_SAMPLE]
    lines = recogniser().read([picture_of(grey, row, em) for row in rows if row.x1 - row.x0 > 2 * (row.y1 - row.y0)])
    odds = [certain for line in lines for certain in line.odds]
    return float(np.mean(odds)) if odds else 0.0


def _without_rules(grey: Grey, level: Rules, upright: Rules) -> Grey:
    """The page without its rules and what blurs round them, for the text outside tables: frames, underlines."""
    ruled = cv2.dilate(level.run | upright.run.T, np.ones((5, 5), np.uint8))
    return np.where(ruled > 0, np.uint8(255), grey)


def _tables(page: Page, frames: Sequence[Frame]) -> tuple[list[Table], list[float]]:
    """The tables, and how certain the words in their cells are."""
    slots = [slot for frame in frames for slot in frame.slots]
    inks = [ink_of(page.grey[s.y0 + _BLUR : s.y1 - _BLUR, s.x0 + _BLUR : s.x1 - _BLUR], page.em) for s in slots]
    readings = read_cells(inks, recogniser())
    paired = iter(zip(slots, readings, strict=True))
    tables: list[Table] = []
    for frame in frames:
        boxes = []
        for slot, reading in itertools.islice(paired, len(frame.slots)):
            boxes.append(Box(slot.left, slot.top, slot.right, slot.bottom, reading.text, slot.sure and reading.sure))
        tables.append(table_of(boxes, 0.1))
    return tables, [reading.odds for reading in readings if reading.odds < 1]


def _text(bare: Grey, page: Page, frames: Sequence[Frame]) -> list[Row]:
    outside = bare.copy()
    for frame in frames:
        edge = round(page.em * 0.15)
        outside[max(0, frame.y0 - edge) : frame.y1 + edge, max(0, frame.x0 - edge) : frame.x1 + edge] = 255
    return read_rows(outside, detect(outside, page.em), page.em, recogniser())


def _in_order(rows: Sequence[Row], frames: Sequence[Frame], tables: Sequence[Table], page: Page) -> list[RawBlock]:
    """Paragraphs and tables from top to bottom: a table divides what stands above it from what stands below."""
    blocks: list[RawBlock] = []
    edges = [(b.x0, b.x1) for b in rows] + [(b.x0, b.x1) for b in frames]
    margins = min((x0 for x0, _ in edges), default=0), max((x1 for _, x1 in edges), default=0)
    height = page.grey.shape[0]
    left = list(rows)
    for frame, table in zip(frames, tables, strict=True):
        above = [row for row in left if row.middle < (frame.y0 + frame.y1) / 2]
        left = [row for row in left if row not in above]
        blocks += [*paragraphs(above, page.em, height, margins), table]
    return [*blocks, *paragraphs(left, page.em, height, margins)]
