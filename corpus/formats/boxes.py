"""Ruled cells on a page, each with its place, to a table of real cells with spans: what PDF and image readers share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.formats.blocks import Table, TableCell


@dataclass(frozen=True, slots=True)
class Box:
    """A cell between rules; origin top left, any unit. ``text`` may hold line breaks."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""
    sure: bool = True


def table_of(boxes: Sequence[Box], tolerance: float) -> Table:
    """The table whose cells are ``boxes``; edges closer than ``tolerance`` are one rule."""
    across = _rules((edge for b in boxes for edge in (b.left, b.right)), tolerance)
    down = _rules((edge for b in boxes for edge in (b.top, b.bottom)), tolerance)
    rows: list[list[tuple[int, TableCell]]] = [[] for _ in range(max(0, len(down) - 1))]
    for box in boxes:
        first, last = _nearest(across, box.left), _nearest(across, box.right)
        top, bottom = _nearest(down, box.top), _nearest(down, box.bottom)
        if last > first and bottom > top:
            rows[top].append((first, TableCell(box.text, bottom - top, last - first, box.sure)))
    return Table(tuple(tuple(cell for _, cell in sorted(row, key=lambda item: item[0])) for row in rows))


def _rules(edges: Iterable[float], tolerance: float) -> list[float]:
    """The distinct edges, each the mean of those that lie together."""
    groups: list[list[float]] = []
    for edge in sorted(edges):
        if groups and edge - groups[-1][-1] <= tolerance:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return [sum(group) / len(group) for group in groups]


def _nearest(rules: Sequence[float], edge: float) -> int:
    return min(range(len(rules)), key=lambda at: abs(rules[at] - edge))
