"""What a report's text counts in a question's own words, where the cell that was found says less of them.

个人隐私外泄多少起 holds the name of a cell (a reason for refusing), 欠税企业多少户 a kind of applicant; both ask for numbers that the text
alone states. Which it is shows in the words that the cell leaves over: where the clause that states a number holds them, and counts in the
measure that is asked for, that number is the answer, and the cell is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.forms import metrics, unit_classes
from corpus.model import Quantity
from corpus.textual import tidy
from index.segment import STOPWORDS
from index.store import StoredReport
from service import compose
from service.case import Case
from service.contract import Answer
from service.directory import directory
from service.leftover import GENERIC
from service.lexicon import find_terms, mask
from service.relevance import MOST_WORDS, share_held

_MEASURE = re.compile(r"(?:多少|几)(?:多)?(?P<measure>[\u4e00-\u9fff])?(?P<noun>[\u4e00-\u9fff]{0,2})")
_ASKING = re.compile(r".*(?:多少|几|怎么|什么|哪|吗|呢).*|[\x00-\x7f]+|[一二两三四五六七八九十]+[件个条次场年家]?")
_FILED = re.compile("提交|递交|提出|提供|发布|推送|推出|接到|收取")  # said of whatever is filed or published
_SPENT = re.compile("(?:多少|几[百千万]?)[个万亿]?[钱元块费]|经费|花[了费]|金额")
_NOW = re.compile("现在|目前|如今|眼下|最新|最近")
_MOST_TOLD = 3
_APART = re.compile(r"分别|各(?!类|种)|[两三四五六]样|以及|还有")


@dataclass(frozen=True, slots=True)
class _Stated:
    report: StoredReport
    quantity: Quantity
    share: float


def in_its_words(case: Case, given: Answer) -> Answer | None:
    """The numbers of the text that hold what ``given`` leaves over of the question; None where there are none, or where ``given`` rests on
    the text itself. Sets the case to what was found."""
    query = case.query
    if not _may_be_of_text(case, given):
        return None
    words = _left_over(case)
    measure = _measure_of(query.asked)
    if not words or (measure is None and query.premise is None):
        return None
    told = {f.value for f in given.figures}
    for reports in _in_turn(case):
        best = _best(case, reports, words, measure)
        if best and not any(s.quantity.value in told for s in best):
            return _told(case, best)
    return None


def _may_be_of_text(case: Case, given: Answer) -> bool:
    """Whether one body is asked for one number, and a cell or nothing was found for it."""
    query = case.query
    if given.status not in ("answered", "not_reported", "clarify") or case.several or case.among or query.group or not case.reports:
        return False
    if query.operation not in ("value", "exists", "list") or not (query.asks_number or query.premise is not None) or query.mean:
        return False
    if _APART.search(query.asked) or len(_MEASURE.findall(query.asked)) > 1:
        return False
    return all(f.metric in metrics() for f in given.figures)


def _in_turn(case: Case) -> Iterator[list[StoredReport]]:
    """The reports asked about; where no year was asked for, those of the same body before them, the newest first."""
    yield case.reports
    if len(case.reports) != 1 or _dated(case) or case.query.subject_only or case.query.channels:
        return
    newest = case.reports[-1]
    own = directory(case.snapshot.reports).reports_of_kin([newest.agency])
    for report in sorted((r for r in own if r.year < newest.year), key=lambda r: -r.year):
        yield [report]


def _dated(case: Case) -> bool:
    return bool(case.query.years or case.query.relative or case.request.year or _NOW.search(case.query.text))


def _measure_of(text: str) -> str | None:
    """The measure that a question counts in, 户 of 多少户; "" where it asks for a number without one; None where it asks for none."""
    match = _MEASURE.search(text)
    if match is None:
        return None
    measure = match["measure"] or ""
    return measure if any(unit.startswith(measure) for unit in unit_classes()) else ""


def _left_over(case: Case) -> list[str]:
    """The words of a question that no cell's own name holds; of one that counts companies or people those too."""
    text = case.query.asked
    counted = re.search(r"(?:多少|几)(?:家|户|名|位)[\u4e00-\u9fff]{0,2}", text) and not re.search("申请|提交|递", text)
    spans = [
        (h.start, h.end)
        for h in find_terms(text)
        if not h.weak and not h.loose and not (counted and h.kind == "applicant") and h.kind != "column"
    ]
    words = case.snapshot.segmenter.words(mask(text, spans).replace("\n", "，"))
    return [
        w for w in dict.fromkeys(words)
        if len(w) >= 2 and w not in GENERIC and w not in STOPWORDS and not _ASKING.fullmatch(w) and not _FILED.fullmatch(w)
    ]  # fmt: skip


def _best(case: Case, reports: Sequence[StoredReport], words: Sequence[str], measure: str | None) -> list[_Stated]:
    """The numbers whose clauses hold most of the words, and in whole; none where many do alike."""
    by_row = {r.row: r for r in reports}
    found: list[_Stated] = []
    spent = bool(_SPENT.search(case.query.asked))
    for row, quantity in case.snapshot.quantities(list(by_row)):
        if measure and not _counts_in(quantity.unit, measure):
            continue
        if (unit_classes().get(quantity.unit) == "money") != spent:
            continue
        if case.query.subject_only and quantity.subject not in (None, case.query.subject):
            continue  # 公众号粉丝多少: no number of what it published
        if case.query.premise is not None and measure is None and quantity.value != case.query.premise:
            continue
        clause = tidy(case.snapshot.quote(row, quantity.clause.start, quantity.clause.end))
        share = share_held(words, clause)
        if share >= MOST_WORDS and any(w in clause for w in words):
            found.append(_Stated(by_row[row], quantity, share))
    most = max((s.share for s in found), default=0.0)
    best = [s for s in found if s.share == most]
    return best if len(best) <= _MOST_TOLD else []


def _counts_in(unit: str, measure: str) -> bool:
    """Whether a printed unit is the measure asked for, or of its kind: 户次 of 户, 场次 of 次."""
    if unit.startswith(measure):
        return True
    kinds = {name for printed, name in unit_classes().items() if printed == measure}
    return bool(kinds - {"other"}) and unit_classes().get(unit) in kinds


def _told(case: Case, best: Sequence[_Stated]) -> Answer:
    kin = directory(case.snapshot.reports).reports_of_kin([best[0].report.agency])
    earlier = not _dated(case) and best[0].report.year < max(r.year for r in kin)
    case.reports = list({s.report.row: s.report for s in best}.values())
    first = best[0].quantity
    case.query = replace(
        case.query, metrics=(), rows=(), columns=(), blocks=(), results=(), applicants=(), weak=(), shares=None, condition=None,
        subject=first.subject, channels=(first.channel,) if first.channel else (),
    )  # fmt: skip
    figures = tuple(case.desk.quantity_out(s.report, s.quantity) for s in best)
    passages = tuple(
        case.desk.passage_out(s.report, s.quantity.sentence, s.quantity.section, [tidy(s.quantity.printed), s.quantity.counted], 1.0)
        for s in best
    )
    lead = "最新的一份报告里没有找到。" if earlier else ""
    text = compose.quantities([(s.report, s.quantity) for s in best], case.query)
    return Answer("answered", lead + text, figures, tuple({p.text: p for p in passages}.values()))
