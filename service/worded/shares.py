"""One number of the text as a share of another that the same sentence states: 采纳的比例, of 收集意见512条，采纳387条."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.model import Quantity
from index.store import StoredReport
from service.case import Case
from service.contract import Answer
from service.narrative import one_share
from service.relevance import share_held
from service.worded.answers import of_the_text
from service.worded.asked import measure_of
from service.worded.stated import beside_of, clause_of, in_turn, last_of_text

_PART = re.compile(
    r"(?P<part>[\u4e00-\u9fff]{2,6}?)(?:了|上|到)?的?(?:比例|比率|占比|比重|率(?!先))|(?P<verb>[\u4e00-\u9fff]{2,4})(?:了|的)(?:占|是)?(?:百分之|几成|多大比例)"
)
_OF_LAST = re.compile(r"^(?:那|这)?(?:个数?)?占")
_SHARED_OF = 0.3  # of the question's own words, by length


def share_told(case: Case, given: Answer, words: Sequence[str]) -> Answer | None:
    """The share that is asked for, worked out from two numbers of one sentence; None where the report prints it, or states no such two."""
    query = case.query
    none = given.status in ("not_reported", "clarify") or "算不出占比" in given.text
    if measure_of(query.asked) != "%" or query.has_cells or len(case.reports) != 1 or not none:
        return None
    if _OF_LAST.match(query.asked) and (of_last := _of_the_last(case, words)) is not None:
        return _told(case, *of_last)
    match = _PART.search(query.asked)
    part = (match["part"] or match["verb"]) if match else ""
    if not part:
        return None
    for reports in in_turn(case):
        found = [(report, *pair) for report in reports for pair in _pairs(case, report, part, words)]
        if len(found) == 1:
            return _told(case, *found[0])
    return None


def _told(case: Case, report: StoredReport, part: Quantity, whole: Quantity) -> Answer:
    case.reports = [report]
    of_the_text(case, part)
    return one_share(case, report, part, whole)


def _of_the_last(case: Case, words: Sequence[str]) -> tuple[StoredReport, Quantity, Quantity] | None:
    """占提的意见百分之几: the number told last, and the one beside it that the question names."""
    last = last_of_text(case)
    if last is None or case.reports != [last.report]:
        return None
    report, part = last.report, last.quantity
    wholes = [
        q for q in beside_of(case, report.row, part) if q.value >= part.value and share_held(words, clause_of(case, report.row, q)) > 0
    ]
    return (report, part, wholes[0]) if len(wholes) == 1 else None


def _pairs(case: Case, report: StoredReport, part: str, words: Sequence[str]) -> Iterator[tuple[Quantity, Quantity]]:
    """(part, whole) of each sentence that holds enough of the words: the number said of ``part``, and the last one before it."""
    for _, quantity in case.snapshot.quantities([report.row]):
        clause = clause_of(case, report.row, quantity)
        if part[-2:] not in clause:
            continue
        sentence = case.snapshot.quote(report.row, quantity.sentence.start, quantity.sentence.end)
        others = [w for w in words if w not in part]
        ahead = [q for q in beside_of(case, report.row, quantity) if q.span.start < quantity.span.start and q.value >= quantity.value]
        if ahead and share_held(others, sentence) >= _SHARED_OF:
            yield quantity, ahead[-1]
