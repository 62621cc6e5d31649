"""Tables without rules: lines whose values stand under each other, as lines of cells divided by tabs.

Columns are where values stand, so that a blank leaves an empty cell; where it is not clear which column a value stands in, the table
is given as cells that are not sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.formats.blocks import RawBlock, Table, TableCell, Text
from corpus.formats.pdf_flow import Placed
from corpus.formats.pdf_lines import Line, Piece
from corpus.formats.pdf_tables import NUMBERED

_VALUE = re.compile(r"[+\-－增减]?[\d０-９][\d０-９,，.． ]*(?:[万亿]?元|[万亿件项条份个宗部%％])?|[/／—\-－无]{1,3}")
# A row of one value and a label is found anywhere in prose; it takes two such rows, or one of many values.
_FEWEST_ROWS, _MANY_VALUES = 2, 5
# Columns closer than this part of the size may be one.
_APART = 0.3
# Values of one column are set to a line within this part of the size (a decimal point or a sign is half a size).
_OFF_LINE = 0.6
# Values without a label closer than this many sizes to other values may be the second line of those.
_NEXT_ROW = 2.0


@dataclass(slots=True)
class _Row:
    """Label pieces from left to right, and values; a row of headings has no values, but pieces with places."""

    labels: list[str] = field(default_factory=list)
    values: list[Piece] = field(default_factory=list)
    heads: list[Piece] = field(default_factory=list)


def aligned(lines: Sequence[Placed], doubtful: Set[int] = frozenset()) -> Iterator[list[Placed] | RawBlock]:
    """Stretches of running text, and the tables between them; those on ``doubtful`` pages are not sure."""
    prose: list[Placed] = []
    at = 0
    while at < len(lines):
        end = _run(lines, at)
        if end is None:
            prose.append(lines[at])
            at += 1
            continue
        if prose:
            yield prose
            prose = []
        yield _table([placed.line for placed in lines[at:end]], lines[at].page not in doubtful)
        at = end
    if prose:
        yield prose


def _values(line: Line) -> list[Piece]:
    """The values that end a line, if it has a label before them or is nothing but values."""
    values: list[Piece] = []
    for piece in reversed(line.pieces):
        if not _VALUE.fullmatch(piece.text):
            break
        values.insert(0, piece)
    return values if len(values) < len(line.pieces) or len(values) >= _MANY_VALUES else []


def _run(lines: Sequence[Placed], start: int) -> int | None:
    """Where the table that begins at ``start`` ends, None where none begins."""
    first = lines[start]
    if len(first.line.pieces) < 2:
        return None
    rows: list[int] = []
    edge = first.line.pieces[1].left
    last = start
    for at in range(start, len(lines)):
        line = lines[at].line
        if (lines[at].page, lines[at].column) != (first.page, first.column):
            break
        values = _values(line)
        if _is_stray(line, edge):
            last = at
        elif values:
            rows.append(len(values))
            edge = min(values[0].left, edge) if len(rows) > 1 else values[0].left
            last = at
        elif len(line.pieces) == 1 and (line.right > edge or line.bottom - lines[last].line.bottom > 4 * line.size):
            break
        elif len(line.pieces) > 1:
            last = at
    if len(rows) < _FEWEST_ROWS and max(rows, default=0) < _MANY_VALUES:
        return None
    return last + 1


def _is_stray(line: Line, edge: float) -> bool:
    """Whether a line is a few values without a label: parts of numbers that were broken in two, or not."""
    return len(line.pieces) < _MANY_VALUES and line.left >= edge - line.size and all(_VALUE.fullmatch(p.text) for p in line.pieces)


def _is_torn(lines: Sequence[Line], edge: float) -> bool:
    """Whether some of the lines may hold parts of the numbers of others."""
    labelled = [line for line in lines if _values(line)]
    bare = [line for line in lines if all(_VALUE.fullmatch(piece.text) for piece in line.pieces)]
    near = (abs(a.bottom - b.bottom) < _NEXT_ROW * a.size for a in bare for b in labelled if a is not b)
    return any(_is_stray(line, edge) for line in bare) or any(near)


def _table(lines: Sequence[Line], sure: bool) -> RawBlock:
    edge = min(values[0].left for line in lines if (values := _values(line)))
    rows = _rows(lines, edge)
    columns, clear = _columns([row.values for row in rows], [head for row in rows for head in row.heads], max(line.size for line in lines))
    cells = [[*row.labels, *_under(row.values, columns)] if row.values else row.labels for row in rows]
    if clear and sure and not _is_torn(lines, edge):
        return Text("\n".join("\t".join(row) if len(row) > 1 else f"{row[0]}\t" for row in cells if row))
    return Table(tuple(tuple(TableCell(text, sure=False) for text in row) for row in cells if row))


def _rows(lines: Sequence[Line], edge: float) -> list[_Row]:
    """The rows, a label of several lines with its values. Numbered labels begin anew; what is not numbered goes on."""
    rows: list[_Row] = []
    pending: str | None = None
    for line in lines:
        values = _values(line)
        labels = [piece.text for piece in line.pieces[: len(line.pieces) - len(values)]]
        if _is_stray(line, edge):
            rows.append(_Row([], list(line.pieces)))
        elif values:
            if pending is not None and not (labels and NUMBERED.match(labels[-1])):
                labels = [*labels[:-1], pending + (labels[-1] if labels else "")]
            elif pending is not None:
                rows.append(_Row([pending]))
            pending = None
            rows.append(_Row(labels, values))
        elif len(labels) > 1:
            rows.append(_Row(labels, heads=list(line.pieces)))
        elif NUMBERED.match(labels[0]):
            if pending is not None:
                rows.append(_Row([pending]))
            pending = labels[0]
        elif pending is not None:
            pending += labels[0]
        elif rows and rows[-1].values and rows[-1].labels and NUMBERED.match(rows[-1].labels[-1]):
            rows[-1].labels[-1] += labels[0]
        else:
            pending = labels[0]
    return [*rows, _Row([pending])] if pending is not None else rows


def _columns(rows: Sequence[Sequence[Piece]], heads: Sequence[Piece], size: float) -> tuple[list[tuple[float, float]], bool]:
    """Where the columns of values lie, and whether each value lies in one of its own.

    A column in which no row has a value is known by its heading.
    """
    columns: list[tuple[float, float]] = []
    for piece in sorted((p for row in rows for p in row), key=lambda p: p.left):
        if columns and piece.left <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.right))
        else:
            columns.append((piece.left, piece.right))
    values = [[p for row in rows for p in row if _column(p, columns) == at] for at in range(len(columns))]
    apart = all(b[0] - a[1] >= _APART * size for a, b in pairwise(columns))
    single = all(len({_column(p, columns) for p in row}) == len(row) for row in rows)
    straight = all(_lined_up(column, size) for column in values)
    for head in heads:
        if columns and head.left > columns[0][0] and all(head.right < left or right < head.left for left, right in columns):
            columns.append((head.left, head.right))
    return sorted(columns), apart and single and straight


def _lined_up(column: Sequence[Piece], size: float) -> bool:
    """Whether values stand under each other by their left or right edges, or by their middles."""
    edges = ([p.left for p in column], [p.right for p in column], [(p.left + p.right) / 2 for p in column])
    return any(max(edge) - min(edge) < _OFF_LINE * size for edge in edges)


def _column(piece: Piece, columns: Sequence[tuple[float, float]]) -> int:
    return next(at for at, (left, right) in enumerate(columns) if left <= piece.left and piece.right <= right)


def _under(values: Sequence[Piece], columns: Sequence[tuple[float, float]]) -> list[str]:
    """A text for each column; values that share one stand beside each other."""
    texts: list[list[str]] = [[] for _ in columns]
    for piece in values:
        texts[_column(piece, columns)].append(piece.text)
    return [" ".join(text) for text in texts]
