"""Rules on a page to the cells between them, merged cells as one. Pure geometry.

Rules come in pieces (a segment a cell), doubled, as frames of single cells, dotted, or not at all at the outer edges. Pieces in one
line are joined; rules that touch make a table; its rules divide it into slots; slots without a rule between them are one cell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpus.formats.pdf_page import Area

# Pieces of one rule lie this close in line; rules of neighbouring cells with border-spacing 2 px are 2.25 pt apart, double ones 3.
_ONE_RULE = 3.0
# Gaps in a dotted rule, and corners where rules do not quite meet.
_GAP = 3.5
# Shorter than a character is no rule, once its pieces are joined.
_SHORTEST = 5.0
# Part of a slot's side that a rule has to cover; the rest is corners and dots.
_COVERED = 0.6
# More rules than this are a drawing: a form has about 90.
_MOST_RULES = 1200
# Slots of one table; the widest form has 16 columns and 40 rows.
_MOST_SLOTS = 20_000


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell. ``open_top``/``open_bottom``: no rule closes it there, as when a page ends within it.

    plain  False when its slots make no rectangle, so that a rule is missing or one is too many
    """

    left: float
    top: float
    right: float
    bottom: float
    open_top: bool = False
    open_bottom: bool = False
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Lattice:
    """A table's cells, and which of them holds a point."""

    left: float
    top: float
    right: float
    bottom: float
    slots: tuple[Slot, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: tuple[tuple[int, ...], ...]  # [row][column] → index in slots

    @property
    def columns(self) -> int:
        """The most cells that stand side by side."""
        return max((len(set(row)) for row in self.owner), default=0)

    def at(self, x: float, y: float) -> int | None:
        """The cell at a point, None outside the table."""
        if not (self.left <= x <= self.right and self.top <= y <= self.bottom):
            return None
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.owner) - 1)
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.owner[0]) - 1)
        return self.owner[row][column]


@dataclass(slots=True)
class _Rule:
    """``at`` is where it lies, ``start`` to ``end`` how far it reaches."""

    at: float
    start: float
    end: float


def lattices(across: Sequence[Area], down: Sequence[Area]) -> list[Lattice] | None:
    """The ruled tables of a page, from top to bottom; None when there is too much line art to tell."""
    flat = _joined(_Rule((a.top + a.bottom) / 2, a.left, a.right) for a in across)
    upright = _joined(_Rule((a.left + a.right) / 2, a.top, a.bottom) for a in down)
    if len(flat) + len(upright) > _MOST_RULES:
        return None
    found = [table for group in _touching(flat, upright) if (table := _lattice(*group)) is not None]
    # A frame round a page or a table is no table; of nested tables the inner ones hold the cells.
    found = [t for t in found if not any(_inside(other, t) for other in found if other is not t)]
    return sorted(found, key=lambda t: (t.top, t.left))


def _inside(inner: Lattice, outer: Lattice) -> bool:
    return (
        len(inner.slots) > 1
        and outer.left - 1 <= inner.left
        and inner.right <= outer.right + 1
        and outer.top - 1 <= inner.top
        and inner.bottom <= outer.bottom + 1
    )


def _joined(pieces: Iterable[_Rule]) -> list[_Rule]:
    """Pieces in line and close to each other as one rule, those too short for a rule left out."""
    joined: list[_Rule] = []
    for line in _clusters(pieces, 1.0):
        line.sort(key=lambda r: r.start)
        current = line[0]
        for piece in line[1:]:
            if piece.start - current.end <= _GAP:
                longest = current if current.end - current.start >= piece.end - piece.start else piece
                current = _Rule(longest.at, current.start, max(current.end, piece.end))
            else:
                joined.append(current)
                current = piece
        joined.append(current)
    return [rule for rule in joined if rule.end - rule.start >= _SHORTEST]


def _clusters(rules: Iterable[_Rule], within: float) -> list[list[_Rule]]:
    """Rules whose neighbours lie ``within`` of each other, no cluster wider than three times that."""
    clusters: list[list[_Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if clusters and rule.at - clusters[-1][-1].at <= within and rule.at - clusters[-1][0].at <= 3 * within:
            clusters[-1].append(rule)
        else:
            clusters.append([rule])
    return clusters


def _touching(flat: list[_Rule], upright: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Rules that meet, directly or through others, as one group each; groups without both kinds left out."""
    parent = list(range(len(flat) + len(upright)))
    find, unite = _union(parent)
    for i, f in enumerate(flat):
        for j, u in enumerate(upright):
            if f.start - _GAP <= u.at <= f.end + _GAP and u.start - _GAP <= f.at <= u.end + _GAP:
                unite(i, len(flat) + j)
    for rules, offset in ((flat, 0), (upright, len(flat))):  # the two lines of a double border do not meet
        order = sorted(range(len(rules)), key=lambda at: rules[at].at)
        for n, i in enumerate(order):
            for j in order[n + 1 :]:
                if rules[j].at - rules[i].at > _ONE_RULE:
                    break
                if min(rules[i].end, rules[j].end) - max(rules[i].start, rules[j].start) > -_GAP:
                    unite(offset + i, offset + j)
    groups: dict[int, tuple[list[_Rule], list[_Rule]]] = {}
    for i, rule in enumerate([*flat, *upright]):
        groups.setdefault(find(i), ([], []))[0 if i < len(flat) else 1].append(rule)
    return [group for group in groups.values() if group[0] and group[1]]


def _union(parent: list[int]) -> tuple[Callable[[int], int], Callable[[int, int], None]]:
    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def unite(i: int, j: int) -> None:
        parent[find(i)] = find(j)

    return find, unite


def _lattice(flat: list[_Rule], upright: list[_Rule]) -> Lattice | None:
    """The cells that a group of rules encloses. Where outer rules are missing, the table ends where the others end."""
    xs = _edges(upright, [r.start for r in flat], [r.end for r in flat])
    ys = _edges(flat, [r.start for r in upright], [r.end for r in upright])
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 1 or rows < 1 or columns * rows > _MOST_SLOTS:
        return None
    beside = [[_covers(upright, xs[c + 1], ys[r], ys[r + 1]) for c in range(columns - 1)] for r in range(rows)]
    under = [[_covers(flat, ys[r], xs[c], xs[c + 1]) for c in range(columns)] for r in range(rows + 1)]
    find, unite = _union(list(range(rows * columns)))
    for r in range(rows):
        for c in range(columns):
            if c + 1 < columns and not beside[r][c]:
                unite(r * columns + c, r * columns + c + 1)
            if r + 1 < rows and not under[r + 1][c]:
                unite(r * columns + c, (r + 1) * columns + c)
    members: dict[int, list[tuple[int, int]]] = {}
    for r in range(rows):
        for c in range(columns):
            members.setdefault(find(r * columns + c), []).append((r, c))
    slots: list[Slot] = []
    owner = [[0] * columns for _ in range(rows)]
    for cells in members.values():
        for part in _rectangles(cells):
            top, bottom = min(r for r, _ in part), max(r for r, _ in part)
            left, right = min(c for _, c in part), max(c for _, c in part)
            for r, c in part:
                owner[r][c] = len(slots)
            open_top, open_bottom = not any(under[top][left : right + 1]), not any(under[bottom + 1][left : right + 1])
            slots.append(Slot(xs[left], ys[top], xs[right + 1], ys[bottom + 1], open_top, open_bottom, len(part) == len(cells)))
    return Lattice(xs[0], ys[0], xs[-1], ys[-1], tuple(slots), tuple(xs), tuple(ys), tuple(map(tuple, owner)))


def _rectangles(cells: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The slots of a cell: together where they fill a rectangle, else one by one."""
    rows = {r for r, _ in cells}
    columns = {c for _, c in cells}
    full = (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) == len(cells)
    return [cells] if full else [[cell] for cell in cells]


def _edges(rules: list[_Rule], starts: list[float], ends: list[float]) -> list[float]:
    """Where the rules lie, and where the crossing ones begin and end if that is further out."""
    edges = [sum(r.at for r in cluster) / len(cluster) for cluster in _clusters(rules, _ONE_RULE)]
    for outer in (min(starts), max(ends)):
        if all(abs(outer - edge) > _SHORTEST for edge in edges) and (outer < edges[0] or outer > edges[-1]):
            edges.append(outer)
    return sorted(edges)


def _covers(rules: list[_Rule], at: float, start: float, end: float) -> bool:
    """Whether rules at ``at`` cover the side from ``start`` to ``end``."""
    near = sorted((max(r.start, start), min(r.end, end)) for r in rules if abs(r.at - at) <= _ONE_RULE)
    covered, reached = 0.0, start
    for begin, finish in near:
        covered += max(0.0, finish - max(begin, reached))
        reached = max(reached, finish)
    return covered >= _COVERED * (end - start)
