"""What answers told, kept as tables of cells, and the blocks of numbers that a later question can reckon with.

A table holds the cells that one answer told. Questions that follow point into it by place, by count and by name (第二名, 这三家, 青禾那家) and
want what some of its numbers come to. A number is never kept: the cell that it was read from is, so that it is read and cited again.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.forms import applicants, metrics
from service.replacing import replace

IN_TEXT = "text:"
TABLES_HELD = 8
CELLS_HELD = 40  # of one table
BLOCKS_TRIED = 24  # of those that what was told can be put together to
WORKED = ("sum", "sums", "mean", "median", "share", "difference", "growth", "times")


class Measure(NamedTuple):
    """What a number counts: a metric with its applicant, or what a sentence counts, as subject/channel/unit."""

    metric: str
    applicant: str
    label: str = ""


class Cell(NamedTuple):
    """Where a number stands, or what it is worked out of.

    place  a metric; a place in the report's text (text:120); or two cells that were divided (outcome.granted:total/outcome.total:total)
    label  what the text counts (see Measure)
    """

    body: str
    year: int
    place: str
    applicant: str = ""
    label: str = ""

    @property
    def measure(self) -> Measure:
        return Measure("", "", self.label) if self.place.startswith(IN_TEXT) else Measure(self.place, self.applicant)


def is_label(words: str, place: str) -> bool:
    """Whether a client may give a cell of that place such a label."""
    return words.count("/") == 2 if place.startswith(IN_TEXT) else not words


def is_place(words: str) -> bool:
    """Whether a client may name such a place."""
    ends = words.split("/")
    divided = len(ends) == 2 and all(m in metrics() and a in {"", *applicants()} for m, _, a in (e.partition(":") for e in ends))
    return words in metrics() or divided or bool(re.fullmatch(rf"{IN_TEXT}\d{{1,8}}", words))


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of one answer in the order in which it told them.

    whole   whether these are all that the question was about; a ranking may tell the first few
    ranked  whether the question asked for a ranking: 打头的 is then the first of that, whatever order the bodies were named in
    worked  what it told as worked out of them: "sum", "sums" (of each body its own), "share", …; empty where it told them alone
    """

    cells: tuple[Cell, ...]
    whole: bool = True
    worked: str = ""
    ranked: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A number for each of some bodies, of some years, by some measures: every one of them.

    summed   the axis along which answers added them up, so that one member of the others stands for what it adds up to
    trimmed  whether a total that was told with them is left out
    joined   whether several answers told it
    ranked   whether it was told as a ranking
    """

    bodies: tuple[str, ...]
    years: tuple[int, ...]
    measures: tuple[Measure, ...]
    cells: tuple[Cell, ...]
    whole: bool = True
    summed: str = ""
    trimmed: bool = False
    joined: bool = False
    ranked: bool = False

    def at(self, body: str, year: int, measure: Measure) -> Cell:
        return next(c for c in self.cells if (c.body, c.year, c.measure) == (body, year, measure))

    @property
    def mixed(self) -> bool:
        """Whether a total stands among its parts."""
        return any(is_whole(one, other) for one in self.measures for other in self.measures)

    @property
    def axes(self) -> dict[str, int]:
        return {"body": len(self.bodies), "year": len(self.years), "measure": len(self.measures)}


def block_of(cells: Iterable[Cell], *, whole: bool = True) -> Block | None:
    """The block that the cells make up; None where one is missing or told twice over."""
    told = tuple(dict.fromkeys(cells))
    bodies = tuple(dict.fromkeys(c.body for c in told))
    years = tuple(dict.fromkeys(c.year for c in told))
    measures = tuple(dict.fromkeys(c.measure for c in told))
    found = {(c.body, c.year, c.measure) for c in told}
    if not told or len(found) != len(told) or len(told) != len(bodies) * len(years) * len(measures):
        return None
    return Block(bodies, years, measures, told, whole)


def without_wholes(cells: Sequence[Cell]) -> list[Cell]:
    """The cells less those that are what others of them add up to: the total beside its parts."""
    measures = {c.measure for c in cells}
    return [c for c in cells if not any(is_whole(c.measure, m) for m in measures)]


def is_whole(one: Measure, other: Measure) -> bool:
    """Whether the other is a part of the one."""
    if not one.metric and not other.metric:
        (subject, channel, unit), (_, own, others) = one.label.split("/"), other.label.split("/")
        return not channel and bool(own) and unit == others and subject == other.label.split("/")[0]
    if one.metric == other.metric:
        return one.applicant == "total" != other.applicant
    block, _, column = one.metric.rpartition(".")
    in_row = column == "total" and block == other.metric.rpartition(".")[0] != "" and other.metric != one.metric
    return in_row or (one.metric in metrics() and other.metric in metrics()[one.metric].parts)


def blocks(tables: Sequence[Table]) -> Iterator[Block]:
    """The blocks of numbers that a question may mean, the likelier first: those of one answer, the last first, then those of several."""
    spoken = list(itertools.takewhile(lambda t: t.cells, reversed(tables)))  # a table that could not be kept hides those before it
    made: set[frozenset[Cell]] = set()
    joined = (replace(b, joined=True) for b in _of_several(spoken) if b is not None)
    for block in itertools.chain(*map(_of_one, spoken), joined):
        if len(made) == BLOCKS_TRIED:
            return
        if block is not None and len(block.cells) > 1 and frozenset(block.cells) not in made:
            made.add(frozenset(block.cells))
            yield block


def _of_one(table: Table) -> Iterator[Block | None]:
    return (replace(b, ranked=table.ranked) if b else None for b in _divided(table))


def _divided(table: Table) -> Iterator[Block | None]:
    every = block_of(table.cells, whole=table.whole)
    if table.worked == "sums" and every is not None and every.axes["measure"] == 1 and min(every.axes["body"], every.axes["year"]) > 1:
        yield replace(every, summed="year")
        return
    parts = without_wholes(table.cells)
    if len(parts) < len(table.cells) and (own := block_of(parts, whole=table.whole)) is not None:
        yield replace(own, trimmed=True)
    yield every
    for measure in dict.fromkeys(c.measure for c in table.cells):
        yield block_of((c for c in table.cells if c.measure == measure), whole=table.whole)


def _of_several(spoken: Sequence[Table]) -> Iterator[Block | None]:
    """Of several answers what differs in one thing alone: the bodies, the years, or what is counted."""
    every = list(dict.fromkeys(c for t in reversed(spoken) for c in t.cells))  # in the order in which they were told
    whole = all(t.whole for t in spoken)
    yield from _of_sums(spoken)
    latest = list(dict.fromkeys(c for t in spoken for c in t.cells))
    for measure in dict.fromkeys(c.measure for c in latest):
        alike = [c for c in every if c.measure == measure]
        yield block_of(alike, whole=whole)
        for year in dict.fromkeys(c.year for c in latest if c.measure == measure):
            yield block_of((c for c in alike if c.year == year), whole=whole)
        for body in dict.fromkeys(c.body for c in latest if c.measure == measure):
            yield block_of((c for c in alike if c.body == body), whole=whole)
    for body in dict.fromkeys(c.body for c in latest):
        own = [c for c in every if c.body == body]
        for year in dict.fromkeys(c.year for c in latest if c.body == body):
            yield block_of(without_wholes([c for c in own if c.year == year]), whole=whole)
        yield block_of(without_wholes(own), whole=whole)


def _of_sums(spoken: Sequence[Table]) -> Iterator[Block | None]:
    """Of the last answers that each told a sum: every one of the sums."""
    added: list[dict[Cell, None]] = []
    for table in spoken:
        if table.worked == "sum":
            added.append(dict.fromkeys(table.cells))
        elif not added or {*table.cells} != {*added[-1]}:
            break  # what was added up may have been told one by one before
    for many in range(len(added), 1, -1):
        grid = block_of(c for own in reversed(added[:many]) for c in own)
        blocks_of_each = [block_of(own) for own in added[:many]]
        if grid is None or any(b is None for b in blocks_of_each):
            continue
        along = [a for a in grid.axes if all(b is not None and b.axes[a] == grid.axes[a] > 1 for b in blocks_of_each)]
        apart = [a for a in grid.axes if all(b is not None and b.axes[a] == 1 for b in blocks_of_each) and grid.axes[a] == many]
        if len(along) == len(apart) == 1:
            yield replace(grid, summed=along[0])
