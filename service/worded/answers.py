"""The answers that the text gives: a number, the numbers of several years, or the sentence that speaks of the matter."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Quantity, Span
from index.store import StoredPassage, StoredReport
from service import affirmed, compose
from service.case import Case, cut
from service.contract import Answer
from service.directory import directory
from service.many.years import over_its_years
from service.narrative import found_passages, remedied
from service.relevance import MOST_WORDS, share_held
from service.replacing import replace
from service.rows import Row, quantity_row
from service.worded.asked import dated, left_over, measure_of
from service.worded.stated import Stated, best_of, in_turn, printed_at, told_last


def number_told(case: Case, best: Sequence[Stated]) -> Answer:
    lead = lead_of(case, best[0].report)
    case.reports = list({s.report.row: s.report for s in best}.values())
    case.item = (measure_of(case.query.asked) or "", *left_over(case))
    of_the_text(case, best[0].quantity)
    figures = tuple(case.desk.quantity_out(s.report, s.quantity) for s in best)
    stated = [(s.report, s.quantity) for s in best]
    return Answer("answered", lead + compose.quantities(stated, case.query), figures, case.desk.sentences_of(stated))


def lead_of(case: Case, report: StoredReport) -> str:
    """That the newest report does not speak of it, where one before it is told and no year was asked for."""
    kin = directory(case.snapshot.reports).reports_of_kin([report.agency])
    return "最新的一份报告里没有找到。" if not dated(case) and report.year < max(r.year for r in kin) else ""


def of_the_text(case: Case, quantity: Quantity) -> None:
    """The question as one of what ``quantity`` counts, and of no cell."""
    case.query = replace(
        case.query, metrics=(), rows=(), columns=(), blocks=(), results=(), applicants=(), weak=(), shares=None, condition=None,
        subject=quantity.subject, channels=(quantity.channel,) if quantity.channel else (),
    )  # fmt: skip


def over_years(case: Case, words: Sequence[str], measure: str | None, *, followed: bool = False) -> Answer | None:
    """The numbers of several years that hold the words, and what was asked of them; None where fewer than two years have one. ``followed``:
    what was told of a year before counts, whatever words it holds."""
    found: list[Row] = []
    stated: list[Stated] = []
    for report in sorted(case.reports, key=lambda r: r.year):
        best = best_of(case, [report], words, measure)
        if not best and followed and (told := told_last(case, report, measure)) is not None:
            best = [told]
        if len({(s.quantity.value, s.quantity.unit) for s in best}) == 1:
            stated.append(best[0])
            found.append(quantity_row(case, report, best[0].quantity, best[0].quantity.counted))
    if len(found) < 2 or len({r.unit for r in found}) > 1:
        return None
    label = found[-1].label  # each report says it in words of its own: they are held against each other all the same
    found = [replace(r, label=label, comparable=label) for r in found]
    of_the_text(case, stated[-1].quantity)
    case.reports = [r.report for r in found]
    case.item = (measure or "", *words)
    return over_its_years(case, [found])


def sentence_about(case: Case, words: Sequence[str], least: float = MOST_WORDS) -> Answer | None:
    """The sentence that speaks of what a cell leaves over of a question that asks for no number: 补贴名单没公开咋回事, of 不予公开."""
    if len(words) < 2:
        return None
    for reports in in_turn(case):
        for report in reversed(reports):
            best: tuple[float, StoredPassage, Span] | None = None
            for passage, span, text in case.desk.sentences_in(report):
                share = share_held(words, text)
                if share >= least and share > (best[0] if best else 0.0) and sum(w in text for w in words) > 1:
                    best = share, passage, span
            if best:
                _, passage, span = best
                return _quoted(case, report, passage, span, words)
    return None


def sentence_near(case: Case, words: Sequence[str], least: float) -> Answer | None:
    """The sentence of the reports asked about that is nearest to the question, where it is as sure as ``least`` (in log odds)."""
    for reports in in_turn(case):
        by_row = {r.row: r for r in reports}
        found = found_passages(replace(case, reports=reports))
        hit = max(found.hits, key=lambda h: found.sure[h.passage.id], default=None) if found else None
        if found and hit is not None and found.sure[hit.passage.id] >= least:
            span = printed_at(case, hit)
            if share_held(words, case.snapshot.quote(hit.passage.report, span.start, span.end)) > 0:  # a rainy day is no matter of a report
                return _quoted(case, by_row[hit.passage.report], hit.passage, span, words)
    return None


def _quoted(case: Case, report: StoredReport, passage: StoredPassage, span: Span, words: Sequence[str]) -> Answer:
    """A sentence as the answer; with what was done about it, where it owns up to a problem and that is asked."""
    lead = lead_of(case, report)
    asked = case.query
    case.reports = [report]
    case.query = replace(
        case.query, operation="find", metrics=(), rows=(), columns=(), blocks=(), results=(), applicants=(), weak=(), subject=None
    )  # fmt: skip
    if (done := remedied(case, report, passage, words)) is not None:
        return replace(done, text=lead + done.text)
    out = case.desk.passage_out(report, span, passage.section, words, 1.0)
    settled = affirmed.opening(asked, out.text, words)
    return Answer("answered", f"{settled}{lead}{report.agency}{report.year}年的报告写道：“{cut(out.text, 260)}”", passages=(out,))
