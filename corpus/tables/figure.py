"""A cell of the form with the cell of the report that holds it."""

from __future__ import annotations

from corpus.cells import read_cell
from corpus.model import Cell, Figure, Span


def figure(metric: str, applicant: str | None, unit: str, place: str, cell: Cell, sure: bool = True) -> Figure:
    """The figure that a cell prints. ``unit`` is the form's; the cell's own, where it prints one, goes before it."""
    reading = read_cell(cell.text)
    return Figure(
        metric=metric,
        applicant=applicant,
        value=reading.value,
        unit=reading.unit or unit,
        printed=cell.text,
        state=reading.state,
        place=place,
        span=Span(cell.start, cell.end),
        sure=sure and cell.sure and not reading.joined,
    )


def lost(metric: str, applicant: str | None, unit: str, place: str) -> Figure:
    """A cell whose row is there while damage leaves open which of the row's cells it is: not quoted, and not called absent."""
    return Figure(metric, applicant, None, unit, "", "missing", place, None, sure=False)
