"""What the cells of a table hold, each read again from its report."""

from __future__ import annotations

from corpus.forms import metrics
from corpus.model import Quantity
from index.store import StoredReport
from service.case import Case
from service.cells import share_of
from service.directory import directory
from service.reckoning.expression import Like, Reading, Unread
from service.reckoning.tables import IN_TEXT, Block, Cell, Measure
from service.rows import Row, quantity_row, share_row, value_row


def report_of(case: Case, body: str, year: int) -> StoredReport | None:
    """The one report of the body and year; None where none is held, or several."""
    own = directory(case.snapshot.reports).reports_of_years([body], [year])
    return own[0] if len(own) == 1 else None


def stated_at(case: Case, report: StoredReport, place: str) -> list[Quantity]:
    """The numbers of a report's text that stand where a cell says; none for a cell of the form."""
    if not place.startswith(IN_TEXT):
        return []
    at = int(place.removeprefix(IN_TEXT))
    return [q for _, q in case.snapshot.quantities([report.row]) if q.span.start == at]


def row_of_cell(case: Case, cell: Cell) -> Row | None:
    """The cell's number with its report; None where that is not held, or has no such place."""
    report = report_of(case, cell.body, cell.year)
    if report is None:
        return None
    if "/" in cell.place:
        part, whole = (case.desk.value(report, m, a or None) for m, _, a in (e.partition(":") for e in cell.place.split("/")))
        return share_row(case, share_of(case, part, whole))
    if not cell.place.startswith(IN_TEXT):
        return value_row(case, report, cell.place, cell.applicant or None) if cell.place in metrics() else None
    stated = stated_at(case, report, cell.place)
    return quantity_row(case, report, stated[0]) if len(stated) == 1 else None


def numbers_of(case: Case, block: Block) -> dict[Cell, int | float]:
    """The numbers that the block's cells hold, each read again."""
    return {c: r.value for c in block.cells if (r := row_of_cell(case, c)) is not None and r.value is not None}


def cell_like(case: Case, body: str, year: int, measure: Measure) -> Cell:
    """The cell that counts the same for another body or year; of the text the one number that does."""
    if measure.metric:
        return Cell(body, year, measure.metric, measure.applicant)
    subject, channel, unit = measure.label.split("/")
    report = report_of(case, body, year)
    stated = [
        q
        for _, q in (case.snapshot.quantities([report.row]) if report else ())
        if (q.subject, q.channel or "", q.unit) == (subject, channel, unit) and q.period == "year"
    ]
    if len({q.value for q in stated}) != 1:
        raise Unread
    return Cell(body, year, f"{IN_TEXT}{stated[0].span.start}", "", measure.label)


def of_no_other(body: str, year: int, measure: Measure) -> Cell:
    """Where a question asks of nobody and of no year beside."""
    raise Unread


def reading(case: Case, block: Block, like: Like = of_no_other) -> Reading:
    """The block as the case's question reads it."""
    context = case.request.context
    tables, named = (context.tables, context.pool) if context is not None else ((), ())
    return Reading(block, numbers_of(case, block), tables, like, named)
