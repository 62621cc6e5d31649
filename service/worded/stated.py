"""What the texts of reports state: the number that a question's words and measure fit, by its clause, its sentence, or what is nearest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.forms import unit_classes
from corpus.model import Quantity, Span
from corpus.textual import sentences, tidy
from index.store import Hit, StoredReport
from service.case import Case
from service.directory import directory
from service.leftover import GENERIC
from service.narrative import found_passages
from service.reckoning.reading import stated_at
from service.relevance import MOST_WORDS, PLAIN, share_held
from service.replacing import replace
from service.worded.asked import ACCOUNTS, by_another_channel, counts_in, dated, of_a_matter, spoken_of, thing_named

_SPENT = re.compile(
    "(?:多少|几[百千万]?)[个万亿]?(?:[钱元费]|块钱)|(?:费|钱|款|收)[^,，。?？]{0,8}(?:多少|几)块(?=[?？,，啊呀]|$)|经费|花[了费]|金额"
)
_LATER = re.compile("后来|之后|后头|后面几年|如今|现在")
_HEADING = 14  # characters of a sentence that only heads what follows
_FIRST_FEW = 3  # sentences near to a question that are looked into for its number
_EVERYDAY = frozenset("人件次条个元天%")  # measures of so many things that a sentence must share more of the question's words
_BY_FAR = 1.0  # in log odds
VERY_SURE = 3.0  # in log odds: what is said of the channel no longer matters
_SOME, _ANY = 0.2, 0.01
_BY_MEANING = 1.0  # in log odds: without a word in common
NEARLY_ALL = 0.8  # of a question's own words, by length
MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Stated:
    report: StoredReport
    quantity: Quantity
    share: float


def in_turn(case: Case) -> Iterator[list[StoredReport]]:
    """The reports asked about; where no year was asked for, those of the same body before them, the newest first."""
    yield case.reports
    newest = case.reports[-1]
    if len(case.reports) == 1 and case.request.context is not None and _LATER.search(case.query.asked):
        own = directory(case.snapshot.reports).reports_of_kin([newest.agency])
        for report in sorted((r for r in own if r.year > newest.year), key=lambda r: r.year):
            yield [report]  # 后来发了多少份
    followed = case.query.subject == "followers" or {*case.query.channels} & {*ACCOUNTS, "website"}
    if len(case.reports) != 1 or dated(case) or (followed and not thing_named(case)):
        return
    own = directory(case.snapshot.reports).reports_of_kin([newest.agency])
    for report in sorted((r for r in own if r.year < newest.year), key=lambda r: -r.year):
        yield [report]


def sentence_of(case: Case, stated: Stated) -> str:
    return case.snapshot.quote(stated.report.row, stated.quantity.sentence.start, stated.quantity.sentence.end)


_AT_FIRST = re.compile("原来|原先|起初|当初|先前|之前|以前|压减前|精简前|降之前")
_NOT_DONE = re.compile(
    "(?<![有是过])(?<!收)(?<!办)(?<!开)没(?![错有事法]|[?？]?$)(?:有(?=[\u4e00-\u9fff]))?|(?<!尚)未(?!来)|不(?=[愿肯让给])"
)
_STATED_UNDONE = re.compile("未(?!来)|没有?(?=[\u4e00-\u9fff])")


def as_affirmed(case: Case, row: int, quantity: Quantity) -> bool:
    """Whether a number counts what is done where that is asked for, and what is not where that is: 还有几个没装, of 312个已安装，16个未安装;
    and what a thing came to, or stood at before where that is asked for: 由36个压减至22个."""
    first = bool(_AT_FIRST.search(case.query.asked))
    if (quantity.period == "before") != first and (not first or any(q.period == "before" for q in beside_of(case, row, quantity))):
        return False
    asked = bool(_NOT_DONE.search(case.query.asked))
    undone = _is_undone(case, row, quantity)
    # Said of both in one sentence: the other one is meant.
    return asked == undone or all(_is_undone(case, row, q) == undone for q in beside_of(case, row, quantity))


def _is_undone(case: Case, row: int, quantity: Quantity) -> bool:
    return bool(_STATED_UNDONE.search(clause_of(case, row, quantity)))


def best_of(case: Case, reports: Sequence[StoredReport], words: Sequence[str], measure: str | None) -> list[Stated]:
    """The numbers whose clauses hold most of the words, and in whole; none where many do alike."""
    by_row = {r.row: r for r in reports}
    found: list[Stated] = []
    spent = bool(_SPENT.search(case.query.asked))
    for row, quantity in case.snapshot.quantities(list(by_row)):
        if measure and not counts_in(quantity.unit, measure):
            continue
        if by_another_channel(case.query, quantity) or not as_affirmed(case, row, quantity):
            continue
        if (unit_classes().get(quantity.unit) == "money") != (spent or measure == "元"):
            continue
        if case.query.subject_only and quantity.subject not in (None, case.query.subject):
            continue  # 公众号粉丝多少: no number of what it published
        if quantity.subject != case.query.subject and not spoken_of(quantity.subject, case.query.text):
            continue  # 法人代表提的几件: no 人大代表建议
        if case.query.premise is not None and measure is None and quantity.value != case.query.premise:
            continue
        clause = tidy(clause_of(case, row, quantity))
        share = share_held(words, clause)
        if share >= MOST_WORDS and (measure == "%" or any(w in clause for w in words)):
            found.append(Stated(by_row[row], quantity, share))
    most = max((s.share for s in found), default=0.0)
    best = [s for s in found if s.share == most]
    if measure and (own := [s for s in best if s.quantity.unit.startswith(measure)]):
        best = own  # 多少家企业: rather than 户, which is said of the same
    if not best and measure:
        best = _in_such_a_sentence(case, by_row, words, measure)
    best = [s for s in best if measure is None or names_the_part(case, s)]
    return best if len(best) <= MOST_TOLD else []


def names_the_part(case: Case, stated: Stated) -> bool:
    """Whether a number's clause names the part that the question asks for, where it asks for one: 招生培训办了几次, of no other training."""
    words = [w for w in case.snapshot.segmenter.words(case.query.qualifier or "") if len(w) > 1 and w not in GENERIC]
    return not words or any(w in clause_of(case, stated.report.row, stated.quantity) for w in words)


def _in_such_a_sentence(case: Case, by_row: Mapping[int, StoredReport], words: Sequence[str], measure: str) -> list[Stated]:
    """The one number in its measure of the sentences that hold nearly all of the words, though its own clause holds none: 开放日3次，接待2150人."""
    found = []
    for row, quantity in case.snapshot.quantities(list(by_row)):
        stated = Stated(by_row[row], quantity, 0.0)
        named = spoken_of(quantity.subject, case.query.text) and not (case.query.subject_only and quantity.subject != case.query.subject)
        if (
            named
            and counts_in(quantity.unit, measure)
            and not by_another_channel(case.query, quantity)
            and as_affirmed(case, row, quantity)
        ):
            sentence = sentence_of(case, stated)
            if share_held(words, sentence) >= NEARLY_ALL and all(w in sentence for w in words):
                found.append(stated)
    return found if len(found) == 1 else []


def printed_at(case: Case, hit: Hit) -> Span:
    """Where the nearest sentence of a passage stands in the report: the passage's own text has its white space put in order."""
    passage = hit.passage
    source = case.snapshot.quote(passage.report, passage.start, passage.end)
    own, printed = list(sentences(passage.text)), list(sentences(source))
    if hit.sentence not in own or len(own) != len(printed):
        return Span(passage.start, passage.end)
    start, end = printed[own.index(hit.sentence)]
    return Span(passage.start + start, passage.start + end)


def nearest(case: Case, words: Sequence[str], measure: str) -> Stated | None:
    """The one number in its measure that a sentence states which is nearest to the question, as plainly as an answer must be; of several
    reports the one whose sentence is nearer by far, or as near and holds more of the words; else the newest."""
    best: Stated | None = None
    held = 0.0
    for reports in in_turn(case):
        found = nearest_in(case, reports, words, measure)
        if found is None:
            continue
        own = share_held(words, sentence_of(case, found))
        if best is None or found.share > best.share + _BY_FAR or (found.share >= best.share and own > held + _SOME):
            best, held = found, own
    return best


def nearest_in(case: Case, reports: Sequence[StoredReport], words: Sequence[str], measure: str) -> Stated | None:
    by_row = {r.row: r for r in reports}
    found = found_passages(replace(case, reports=list(reports), query=replace(case.query, asks_number=True)))
    if found is None:
        return None
    counted = ((row, q) for row, q in case.snapshot.quantities(list(by_row)) if counts_in(q.unit, measure))
    quantities = [(row, q) for row, q in counted if as_affirmed(case, row, q)]
    sure = sorted((h for h in found.hits if found.sure[h.passage.id] >= PLAIN), key=lambda h: -found.sure[h.passage.id])
    for hit in sure[:_FIRST_FEW]:
        span, nearness = printed_at(case, hit), found.sure[hit.passage.id]
        own = _within(quantities, hit.passage.report, span)
        if not own and span.end - span.start <= _HEADING:  # 六是抓培训。2场，165人次。
            span = replace(span, end=span.end + _HEADING * 2)
            own = _within(quantities, hit.passage.report, span)
        if nearness < VERY_SURE and case.query.channels:
            own = [q for q in own if q.channel in case.query.channels]
        if case.query.channels != ("online",):  # 网上 is said of anything
            own = [q for q in own if not by_another_channel(case.query, q)]
        if of_a_matter(case.query):  # 政策解读出了几篇: no number of what was published
            own = [q for q in own if q.subject in (None, case.query.subject) or (nearness >= VERY_SURE and q.subject != "published")]
        if not own:
            continue
        shared = share_held(words, case.snapshot.quote(hit.passage.report, span.start, span.end))
        unnamed = {q.subject for q in own} == {None} and nearness >= _BY_MEANING  # what no cue names, and is near all the same
        if not unnamed and shared < (_SOME if measure in _EVERYDAY and nearness < VERY_SURE else _ANY):
            return None
        return _the_one(case, [Stated(by_row[hit.passage.report], q, nearness) for q in own], words)
    return None


def _within(quantities: Sequence[tuple[int, Quantity]], row: int, span: Span) -> list[Quantity]:
    return [q for of, q in quantities if of == row and span.start <= q.span.start < span.end]


def _the_one(case: Case, found: Sequence[Stated], words: Sequence[str]) -> Stated | None:
    """Of several numbers of one sentence the one whose clause holds more of the words than any other's; None where none does."""
    if len({(s.quantity.value, s.quantity.unit) for s in found}) == 1:
        return found[0]
    clauses = [clause_of(case, s.report.row, s.quantity) for s in found]
    ahead = re.search(r"([\u4e00-\u9fff])[了过出有]?(?:多少|几)", case.query.asked)  # 坏了几台: of 15台…坏了7台
    leads = [case.snapshot.quote(s.report.row, s.quantity.clause.start, s.quantity.span.start) for s in found]
    done = re.search(r"([\u4e00-\u9fff])[了过](?:多少|几)", case.query.asked)
    right_behind = [bool(done and re.search(f"{done[1]}[了过至到]?$", lead)) for lead in leads]  # 15台查询机坏了7台
    shares = [
        share_held(words, clause) + (0.1 if ahead and ahead[1] in clause else 0) + (0.1 if behind else 0)
        for clause, behind in zip(clauses, right_behind, strict=True)
    ]
    most = max(shares)
    return found[shares.index(most)] if most and shares.count(most) == 1 else None


def told_last(case: Case, report: StoredReport, measure: str | None) -> Stated | None:
    """The number of a report's text that was told last in its measure, by its place."""
    before = case.request.context
    for agency, year, place, _ in reversed(before.ledger if before is not None else ()):
        if (agency, year) == (report.agency, str(report.year)) and (own := stated_at(case, report, place)):
            return next((Stated(report, q, 0.0) for q in own if not measure or counts_in(q.unit, measure)), None)
    return None


def last_of_text(case: Case) -> Stated | None:
    """The number of a text that was told last; None where a cell's was."""
    before = case.request.context
    if before is None or not before.ledger:
        return None
    agency, year, place, _ = before.ledger[-1]
    kin = directory(case.snapshot.reports).reports_of_kin([agency])
    return next((Stated(r, q, 0.0) for r in kin if str(r.year) == year for q in stated_at(case, r, place)), None)


def beside_the_last(case: Case, measure: str) -> Stated | None:
    """The one number in another measure in the sentence of the number that was told last: 钱发了多少, after 资助9874人."""
    last = last_of_text(case)
    return beside_it(case, last, measure) if last is not None and case.reports == [last.report] else None


def beside_it(case: Case, stated: Stated, measure: str) -> Stated | None:
    """The one number in another measure in the sentence of a number."""
    found = [q for q in around(case, stated.report.row, stated.quantity) if counts_in(q.unit, measure)]
    return replace(stated, quantity=found[0]) if len(found) == 1 else None


def around(case: Case, row: int, quantity: Quantity) -> list[Quantity]:
    """The other numbers of a number's sentence, whatever they count in."""
    every = (q for _, q in case.snapshot.quantities([row]))
    return [q for q in every if q.sentence == quantity.sentence and q.span.start != quantity.span.start]


def beside_of(case: Case, row: int, quantity: Quantity) -> list[Quantity]:
    """The other numbers of a number's sentence that count in its unit."""
    return [q for q in around(case, row, quantity) if q.unit == quantity.unit]


def clause_of(case: Case, row: int, quantity: Quantity) -> str:
    return case.snapshot.quote(row, quantity.clause.start, quantity.clause.end)
