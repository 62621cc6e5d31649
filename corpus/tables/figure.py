"""A cell of the form with the cell of the report that holds it."""

from __future__ import annotations

from corpus.cells import read_cell
from corpus.model import Cell, Figure, Span
from corpus.textual import number

_SCALES = {"万": 10_000, "亿": 100_000_000}


def figure(metric: str, applicant: str | None, unit: str, place: str, cell: Cell, sure: bool = True) -> Figure:
    """The figure that a cell prints. ``unit`` is the form's; the cell's own, where it prints one, goes before it. Of amounts of money 万
    is a unit, as the forms have it; of what is counted in 件 it is a part of the number."""
    reading = read_cell(cell.text)
    value, own = reading.value, reading.unit
    counted = value is not None and not metric.endswith(".amount") and "元" not in own
    scale = _SCALES.get(own[:1]) if counted else None
    if scale and value is not None:  # 238.6万 in a row of 件: a count like those of other reports
        value, own = number(round(value * scale, 4)), own[1:]
    return Figure(
        metric=metric,
        applicant=applicant,
        value=value,
        unit=own or unit,
        printed=cell.text,
        state=reading.state,
        place=place,
        span=Span(cell.start, cell.end),
        sure=sure and cell.sure and not reading.joined,
    )


def lost(metric: str, applicant: str | None, unit: str, place: str) -> Figure:
    """A cell whose row is there while damage leaves open which of the row's cells it is: not quoted, and not called absent."""
    return Figure(metric, applicant, None, unit, "", "missing", place, None, sure=False)
