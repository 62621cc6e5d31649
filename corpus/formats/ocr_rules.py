"""Ruling lines on a page to the cells between them, merged cells included.

Stages: ridges (thin dark strokes) → rules (long, nearly unbroken ridges) → frames (rules that cross each other) → the grid of a
frame → cells, neighbours without a rule between them being one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corpus.formats.ocr_image import Grey

Mask = NDArray[np.uint8]

# A ridge is darker than the paper on both sides of it by this many grey levels. Faint grey rules of a third of a point come out
# at 30 to 60 after a scanner's blur; noise, smoothed along the rule, stays under 10.
_CONTRAST = 18
# The share of a stretch of one and a half characters that must be ridge. A digit 1 or a stroke fills at most 0.65 of it; a rule with
# a gap of eight pixels still 0.8.
_UNBROKEN = 0.75
_STRETCH = 1.5
# A rule is at least half as dark as usual and has paper on both sides over this share of its length, where strokes of type that stand
# in line do so over half of theirs; and it is interrupted, where others cross it, for less than this share of a character.
_SOLID, _CROSSING = 0.7, 0.5
# How far from level a rule may be on a page that was straightened, and how many characters long a rule is that type never makes.
_STEEP, _LONG = 0.03, 4.0
# What a rule shows of itself with paper on both sides, further than so many pixels from a rule that crosses it.
_WHOLE, _CROSSED = 0.8, 8
# Rules that meet do so within this share of a character; type keeps a greater distance.
_TOUCH = 0.2
# A rule is there when this much of it is dark (a stroke over the whole height of a character in a narrow row makes 0.65 of it), and
# this much, where no other crosses, has paper on both sides. Where half of the way is dark and the rest is clean, a broken rule is more
# likely than none, but nobody knows; strokes of type have paper on both sides over half of the way.
_THERE, _APART, _TRACES, _CLEAN = 0.72, 0.7, 0.5, 0.85
_NO, _UNLIKELY, _LIKELY, _YES = range(4)
_SHORTEST = 1.25  # characters: the height of the lowest row there is


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell: grid lines that bound it (right and bottom exclusive), pixels inside its rules, and whether its rules are certain."""

    left: int
    top: int
    right: int
    bottom: int
    x0: int
    y0: int
    x1: int
    y1: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A ruled table on the page: the pixels it takes up, and its cells in reading order."""

    x0: int
    y0: int
    x1: int
    y1: int
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule along one axis: from ``start`` to ``end``, ``height`` of the first and ``slope``; ``half`` its thickness.

    ``dark`` tells of each pixel along it whether the rule is there, ``alone`` whether there is paper on both sides of it.
    """

    start: int
    end: int
    height: float
    slope: float
    half: int
    dark: NDArray[np.bool_]
    alone: NDArray[np.bool_]

    def at(self, along: float) -> float:
        return self.height + self.slope * (along - self.start)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one direction as masks of 0 and 1, in which they lie level: where they run, where they are dark, where alone.

    ``ink`` is how dark each pixel of the page is, ``faint`` how dark a faint rule.
    """

    run: Mask
    dark: Mask
    alone: Mask
    ink: Mask
    faint: float

    def only(self, own: Mask) -> Rules:
        return Rules(self.run & own, self.dark & own, self.alone & own, self.ink, self.faint)


def find_rules(grey: Grey, em: float) -> tuple[Rules, Rules]:
    """Level and upright rules; the masks of the latter are transposed."""
    ink = 255 - grey
    turned = np.ascontiguousarray(ink.T)
    level, upright = _rules(ink, em), _rules(turned, em)
    for _ in range(2):  # a rule may have been held by one that was none
        level, upright = _held(level, upright, em), _held(upright, level, em)
    return _drawn(level, ink), _drawn(upright, turned)


def _rules(ink: Mask, em: float) -> list[Rule]:
    """Level rules. Noise is smoothed along the rule only."""
    aside = max(3, round(em * 0.2))
    smooth = cv2.blur(ink, (9, 1)).astype(np.int16)
    padded = np.pad(smooth, ((aside, aside), (0, 0)), mode="edge")
    ridge = (smooth - np.maximum(padded[: ink.shape[0]], padded[2 * aside :]) > _CONTRAST).astype(np.uint8)
    # A rule that lies a little askew steps from one row to the next: its ridge is looked for in three rows at a time.
    thick = _mask(cv2.dilate(ridge, np.ones((3, 1), np.uint8)))
    stretch = round(em * _STRETCH)
    full = (cv2.blur(thick.astype(np.float32), (stretch, 1)) >= _UNBROKEN).astype(np.uint8)
    # The middle of a stretch was found; the rule reaches as far as its ridge does.
    reached = _mask(cv2.dilate(full, np.ones((1, stretch), np.uint8))) & _mask(cv2.dilate(thick, np.ones((1, 9), np.uint8)))
    joined = _mask(cv2.morphologyEx(reached, cv2.MORPH_CLOSE, np.ones((1, round(em * 0.7)), np.uint8)))
    whole = _joined(_straight(joined, full, ink, em), em)
    return [rule for rule in whole if rule.end - rule.start >= _SHORTEST * em and rule.dark.mean() >= _THERE]


def _straight(mask: Mask, seeds: Mask, dark: Mask, em: float) -> list[Rule]:
    """The parts of ``mask`` that are drawn with a ruler: strokes of type that happen to stand in line are not."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found: list[Rule] = []
    for at in np.unique(labels[seeds > 0]):
        x, y, w, h = (int(v) for v in stats[at, :4])
        if at == 0 or w < em:
            continue
        own = labels[y : y + h, x : x + w] == at
        ys, xs = np.nonzero(own & (seeds[y : y + h, x : x + w] > 0))
        line = _line(xs, ys)
        if line is not None:
            found += _ruled(dark, x, x + w, line[1] + y, line[0], em)
    return found


def _line(xs: NDArray[np.int64], ys: NDArray[np.int64]) -> tuple[float, float] | None:
    """Slope and start of the straight line through most of the pixels."""
    near = np.abs(ys - np.median(ys)) <= 8
    slope = start = 0.0
    for reach in (5, 2.5):
        if near.sum() < 2 or np.ptp(xs[near]) < 2:
            return None
        slope, start = (float(v) for v in np.polyfit(xs[near], ys[near], 1))
        near = np.abs(ys - slope * xs - start) <= reach
    return (slope, start) if abs(slope) < _STEEP else None


def _ruled(dark: Mask, start: int, end: int, height: float, slope: float, em: float) -> Iterator[Rule]:
    """The rules along a line: the pieces of it that are evenly dark and have paper on both sides."""
    reach = round(em * 0.4)
    columns = np.arange(start, end)
    rows = np.round(height + slope * (columns - start)).astype(int)
    across = np.clip(rows[None, :] + np.arange(-reach, reach + 1)[:, None], 0, dark.shape[0] - 1)
    strip = cv2.blur(dark[across, columns[None, :]].astype(np.float32), (5, 1))
    middle = strip[reach - 2 : reach + 3].max(axis=0)
    usual = float(np.median(middle))
    core = np.nonzero(np.median(strip, axis=1) >= max(usual * 0.35, 8))[0] - reach
    core = core[np.abs(core) <= em * 0.2]
    if not len(core) or np.abs(core).max() > max(3, em * 0.15):
        return
    half = int(np.abs(core).max())
    beside = [np.arange(side * (half + 2), side * (half + 2 + max(2, round(em * 0.1))), side) + reach for side in (-1, 1)]
    clean = [strip[np.clip(at, 0, len(strip) - 1)].min(axis=0) < max(usual * 0.35, 12) for at in beside]
    there, alone = middle >= usual * 0.5, clean[0] & clean[1]
    for first, last in _runs(there & alone, em * _CROSSING):
        if last - first >= em / 2 and (there & alone)[first:last].mean() >= _SOLID:
            # Where others cross a rule it is not alone; it goes on as far as it is dark.
            while first > 0 and there[first - 1]:
                first -= 1
            while last < len(there) and there[last]:
                last += 1
            piece = slice(first, last)
            yield Rule(start + first, start + last, height + slope * first, slope, half, there[piece], alone[piece])


def _runs(solid: NDArray[np.bool_], gap: float) -> Iterator[tuple[int, int]]:
    """Where ``solid`` is true, stretches closer than ``gap`` taken as one."""
    at = np.nonzero(solid)[0]
    if len(at):
        breaks = np.nonzero(np.diff(at) > gap)[0]
        yield from ((int(a), int(b) + 1) for a, b in zip(at[[0, *(breaks + 1)]], at[[*breaks, -1]], strict=True))


def _joined(rules: list[Rule], em: float) -> list[Rule]:
    """Pieces of one broken rule put together."""
    whole: list[Rule] = []
    for rule in sorted(rules, key=lambda r: r.start):
        for at, left in enumerate(whole):
            gap = rule.start - left.end
            if -em <= gap <= em and abs(left.at(rule.start) - rule.height) <= 3 and rule.end > left.end:
                rise = rule.at(rule.end) - left.height
                slope = rise / (rule.end - left.start)
                hole = np.zeros(max(0, gap), bool)
                dark, alone = (
                    np.concatenate([one[: rule.start - left.start], hole, other])
                    for one, other in ((left.dark, rule.dark), (left.alone, rule.alone))
                )
                whole[at] = Rule(left.start, rule.end, left.height, slope, max(left.half, rule.half), dark, alone)
                break
        else:
            whole.append(rule)
    return whole


def _held(rules: Sequence[Rule], others: Sequence[Rule], em: float) -> list[Rule]:
    """The rules that end at rules of the other direction: both ends of a short one, for a long one any that crosses it is enough.

    Each must moreover be whole between those that cross it, as strokes of several characters in line are not.
    """
    kept = []
    for rule in rules:
        ends = [any(_meets(rule, end, other, em) for other in others) for end in (rule.start, rule.end)]
        crossings = _crossings(rule, others, em)
        if not all(ends) and not (rule.end - rule.start >= _LONG * em and (any(ends) or crossings)):
            continue
        free = np.ones(rule.end - rule.start, bool)
        for along in (rule.start, rule.end, *crossings):
            free[max(0, round(along) - rule.start - _CROSSED) : max(0, round(along) - rule.start + _CROSSED)] = False
        if free.any() and (rule.dark & rule.alone)[free].mean() >= _WHOLE:
            kept.append(rule)
    return kept


def _crossings(rule: Rule, others: Sequence[Rule], em: float) -> list[float]:
    """Where others cross the rule."""
    found = []
    for other in others:
        along = other.at((other.start + other.end) / 2)
        if rule.start <= along <= rule.end and other.start - em / 2 <= rule.at(along) <= other.end + em / 2:
            found.append(along)
    return found


def _meets(rule: Rule, end: int, other: Rule, em: float) -> bool:
    height = rule.at(end)
    return abs(other.at(height) - end) <= em * _TOUCH and other.start - em / 2 <= height <= other.end + em / 2


def _drawn(rules: Sequence[Rule], ink: Mask) -> Rules:
    run, dark, alone = (np.zeros_like(ink) for _ in range(3))
    shades = [2 * _CONTRAST]
    for rule in rules:
        columns = np.arange(rule.start, rule.end)
        rows = np.round(rule.height + rule.slope * (columns - rule.start)).astype(int)
        for offset in range(-rule.half, rule.half + 1):
            at = np.clip(rows + offset, 0, ink.shape[0] - 1)
            run[at, columns] = 1
            dark[at[rule.dark], columns[rule.dark]] = 1
            alone[at[rule.alone], columns[rule.alone]] = 1
        shades.append(int(np.median(ink[np.clip(rows, 0, ink.shape[0] - 1), columns])))
    return Rules(run, dark, alone, ink, float(np.percentile(shades, 20)) / 2)


def _mask(image: object) -> Mask:
    return np.asarray(image, dtype=np.uint8)


def find_frames(level: Rules, upright: Rules, em: float) -> list[Frame]:
    """The tables of the page from top to bottom. A frame round other frames (a border of the page) is none."""
    near = max(3, round(em * 0.2)) | 1
    both = cv2.dilate(level.run | upright.run.T, np.ones((near, near), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(both, connectivity=8)
    found: list[Frame] = []
    for at in range(1, count):
        w, h = int(stats[at, cv2.CC_STAT_WIDTH]), int(stats[at, cv2.CC_STAT_HEIGHT])
        if w < 3 * em or h < 1.5 * em:
            continue
        own = (labels == at).astype(np.uint8)
        frame = _frame(level.only(own), upright.only(np.ascontiguousarray(own.T)), em)
        if frame:
            found.append(frame)
    inner = [f for f in found if not any(g is not f and _within(g, f) for g in found)]
    return sorted(inner, key=lambda f: (f.y0, f.x0))


def _within(inner: Frame, outer: Frame) -> bool:
    return outer.x0 <= inner.x0 and outer.y0 <= inner.y0 and inner.x1 <= outer.x1 and inner.y1 <= outer.y1


def _frame(level: Rules, upright: Rules, em: float) -> Frame | None:
    """The table that rules make, None when they make no cell."""
    down, across = _positions(level.run, em), _positions(upright.run, em)
    if len(down) < 2 or len(across) < 2:
        return None
    slots = tuple(_slots(level, upright, across, down, em))
    return Frame(across[0], down[0], across[-1], down[-1], slots) if slots else None


def _positions(level: Mask, em: float) -> list[int]:
    """Rows in which level rules lie; rules nearer to each other than a third of a character are one (double rules)."""
    count, _, stats, centres = cv2.connectedComponentsWithStats(level, connectivity=8)
    long = [(float(centres[at][1]), int(stats[at, cv2.CC_STAT_WIDTH])) for at in range(1, count) if stats[at, cv2.CC_STAT_WIDTH] >= em]
    groups: list[list[tuple[float, int]]] = []
    for centre, length in sorted(long):
        if groups and centre - _mean(groups[-1]) <= em * 0.35:
            groups[-1].append((centre, length))
        else:
            groups.append([(centre, length)])
    return [round(_mean(group)) for group in groups]


def _mean(group: Sequence[tuple[float, int]]) -> float:
    return sum(centre * length for centre, length in group) / sum(length for _, length in group)


def _slots(level: Rules, upright: Rules, across: list[int], down: list[int], em: float) -> Iterator[Slot]:
    band = max(2, round(em * 0.3))
    above = _edges(level, down, across, band)
    before = np.ascontiguousarray(_edges(upright, across, down, band).T)
    for r0, c0, r1, c1, sure in _regions(above, before):
        top, bottom = (_edge(level.run, across[c0], across[c1], down[r], band, side) for r, side in ((r0, 1), (r1, -1)))
        left, right = (_edge(upright.run, down[r0], down[r1], across[c], band, side) for c, side in ((c0, 1), (c1, -1)))
        yield Slot(c0, r0, c1, r1, left, top, right, bottom, sure)


def _edges(rules: Rules, lines: list[int], along: list[int], band: int) -> NDArray[np.int8]:
    """Line × stretch between two crossing lines: whether a rule is there (_NO to _YES)."""
    pairs = list(itertools.pairwise(along))
    return np.array([[_evidence(rules, line, start, end, band) for start, end in pairs] for line in lines], np.int8)


def _evidence(rules: Rules, line: int, start: int, end: int, band: int) -> int:
    rows = slice(max(0, line - band), line + band + 1)
    dark = rules.dark[rows, start:end].any(axis=0)
    margin = min(band, (end - start) // 4)  # near its ends others cross it
    alone = rules.alone[rows, start + margin : end - margin].any(axis=0)
    if dark.mean() >= _THERE and alone.mean() >= _APART:
        return _YES
    # No whole rule was found: what dark there is on the line that has paper on both sides of it.
    stretch = slice(start + margin, end - margin)
    middle = rules.ink[max(0, line - 2) : line + 3, stretch].max(axis=0) >= rules.faint
    sides = [rules.ink[max(0, at) : max(0, at) + 2, stretch].min(axis=0) for at in (line - band + 1, line + band - 2)]
    traces = middle & (sides[0] < rules.faint) & (sides[1] < rules.faint)
    if dark.mean() >= _TRACES and alone.mean() >= _CLEAN:
        return _LIKELY
    return _UNLIKELY if traces.size and traces.mean() >= _TRACES else _NO


def _regions(above: NDArray[np.int8], before: NDArray[np.int8]) -> Iterator[tuple[int, int, int, int, bool]]:
    """Cells as (top, left, bottom, right) grid lines, in reading order, and whether the rules leave no doubt of them."""
    rows, columns = before.shape[0], above.shape[1]
    group = np.arange(rows * columns).reshape(rows, columns)

    def join(one: int, other: int) -> None:
        group[group == max(one, other)] = min(one, other)

    for r in range(rows):
        for c in range(columns):
            if c and before[r, c] <= _UNLIKELY:
                join(group[r, c], group[r, c - 1])
            if r and above[r, c] <= _UNLIKELY:
                join(group[r, c], group[r - 1, c])
    for label in np.unique(group):
        rs, cs = np.nonzero(group == label)
        r0, r1, c0, c1 = int(rs.min()), int(rs.max()) + 1, int(cs.min()), int(cs.max()) + 1
        inner = np.concatenate([above[r0 + 1 : r1, c0:c1].ravel(), before[r0:r1, c0 + 1 : c1].ravel()])
        if len(rs) == (r1 - r0) * (c1 - c0):
            outer = np.concatenate([above[[r0, r1], c0:c1].ravel(), before[r0:r1, [c0, c1]].ravel()])
            yield r0, c0, r1, c1, bool((inner == _NO).all() and (outer == _YES).all())
            continue
        # Rules that are broken or stray leave no rectangle: the smallest cells, each row for itself, none of them certain.
        for r in range(r0, r1):
            start = None
            for c in range(c0, c1 + 1):
                member = c < c1 and group[r, c] == label
                if start is not None and (not member or before[r, c]):
                    yield r, start, r + 1, c, False
                    start = None
                if member and start is None:
                    start = c


def _edge(level: Mask, start: int, end: int, line: int, band: int, inward: int) -> int:
    margin = min(band, (end - start) // 4)
    top = max(0, line - band)
    rows = level[top : line + band + 1, start + margin : end - margin].mean(axis=1)
    ruled = np.nonzero(rows > 0.05)[0] + top
    if not len(ruled):
        return line
    return int(ruled.max()) + 1 if inward > 0 else int(ruled.min())
