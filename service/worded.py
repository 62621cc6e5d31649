"""What a report's text counts in a question's own words, where the cell that was found says less of them.

个人隐私外泄多少起 holds the name of a cell (a reason for refusing), 欠税企业多少户 a kind of applicant; both ask for numbers that the text
alone states. Which it is shows in the words that the cell leaves over: where the clause that states a number holds them, and counts in the
measure that is asked for, that number is the answer, and the cell is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.forms import metrics, subjects, unit_classes
from corpus.model import Quantity, Span
from corpus.narrative import cue_pattern
from corpus.narrative.numerals import FURTHER_UNITS
from corpus.textual import sentences, tidy
from index.segment import STOPWORDS
from index.store import StoredPassage, StoredReport
from service import compose
from service.case import Case, cut
from service.concepts import things_in
from service.contract import Answer, FigureOut
from service.directory import directory
from service.leftover import GENERIC
from service.lexicon import find_terms, mask
from service.many.years import over_its_years
from service.narrative import found_passages, remedied
from service.query import Query
from service.relevance import MOST_WORDS, PLAIN, share_held
from service.rows import Row, quantity_row
from service.scope import choose_reports
from service.told import IN_TEXT

_MEASURE = re.compile(r"(?:多少|几)(?:[万亿千百](?=[\u4e00-\u9fff]))?(?:多)?(?P<measure>[\u4e00-\u9fff])?(?P<noun>[\u4e00-\u9fff]{0,2})")
_ASKING = re.compile(r".*(?:多少|几|怎么|什么|哪|吗|呢).*|[\x00-\x7f]+|[一二两三四五六七八九十]+[件个条次场年家]?")
_FILED = re.compile("提交|递交|提出|提供|发布|推送|推出|接到|收取|平均|人均")  # said of whatever is filed or published
_SPENT = re.compile(
    "(?:多少|几[百千万]?)[个万亿]?(?:[钱元费]|块钱)|(?:费|钱|款|收)[^,，。?？]{0,8}(?:多少|几)块(?=[?？,，啊呀]|$)|经费|花[了费]|金额"
)
# Of one person among those who applied, whom no cell counts: 有人一年申请43次.
_ONE_PERSON = re.compile(
    "有(?:个|一个)?人(?:一年|全年|一口气|连着|反复|前后|光|就)|同一(?:个|位|名)?(?:申请)?人|(?<!哪)[一某]个?(?:申请)?人(?:就|一年|提|申请|递)|个别(?:申请)?人"
)
_ACCOUNTS = frozenset(("wechat", "weibo", "client"))
_NAMED = re.compile(r"“[^“”]{2,14}”[^，。；,;]{0,6}(?:推送|推出|发布|发文|更新|粉丝)")
_A_THING = 4  # characters of known nouns that name what is counted, and are no talk
_SHORT = 14  # characters of a follow-up that leaves what it is about to what was told
_FIRST_FEW = 3  # sentences near to a question that are looked into for its number
_EVERYDAY = frozenset("人件次条个元天%")  # measures of so many things that a sentence must share more of the question's words
_VERY_SURE = 3.0  # in log odds: what is said of the channel no longer matters
_SOME, _ANY = 0.15, 0.01
_NEARLY_ALL = 0.8  # of a question's own words, by length
_WHY = re.compile("为什么|为啥|为何|咋|怎么|原因|原文|原话|出处|哪里|在哪")
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
    if given.status == "out_of_scope":
        return _in_scope_all_the_same(case, given)
    if (again := _told_before(case, given)) is not None:
        return again
    if not _may_be_of_text(case, given):
        return None
    if (account := _of_account(case, given)) is not None:
        return account
    if _ONE_PERSON.search(query.asked) and given.figures and {*query.metrics, *query.weak} <= {"requests.received"}:
        return _of_one_person(case)
    words = _left_over(case)
    # 点名的有几家: what asks may have been taken for a group of bodies
    asked = query.asked if _MEASURE.search(query.asked) or query.group else query.text
    if not (query.asks_number or query.premise is not None or _MEASURE.search(asked)):
        return _sentence(case, words) if given.figures and not _from_text(given) else None
    measure = _measure_of(asked)
    if not words or (measure is None and query.premise is None):
        return None
    held = "".join(f.label for f in given.figures) + "".join(p.text for p in given.passages)
    unlike = bool(measure) and _from_text(given) and all(_unlike(f, measure or "") for f in given.figures)
    if _from_text(given) and any(w in held for w in words) and not unlike:
        if len(given.figures) == 1 and not _of_a_matter(query):
            case.item = (measure or "", *words)
        return None
    if len(case.reports) > 1:
        return _over_years(case, words, measure)
    named = _thing_named(case)
    of_all = _from_text(given) and query.subject == "published" and not query.channels and named
    told = {f.value for f in given.figures}
    for reports in _in_turn(case):
        best = _best(case, reports, words, measure)
        if best and not any(s.quantity.value in told for s in best):
            return _told(case, best)
    of_cells = query.has_cells or query.weak or query.applicants or query.part_of_year or query.qualifier or query.attributive
    if (
        measure
        and (unlike or not given.figures)
        and case.request.context
        and len(query.text) <= _SHORT
        and (beside := _beside_the_last(case, measure))
    ):
        return _told(case, [beside])
    if measure and (unlike or not given.figures) and not of_cells and (near := _nearest(case, words, measure)):
        return _told(case, [near])
    if unlike and given.status == "answered":  # 印多少册, where the text says how many issues there were
        report = case.reports[-1]
        words_of = f"{report.agency}{report.year}年的报告没有写出这个数字；与问题最接近的原文见下面的引文。"
        return Answer("not_reported", words_of, passages=given.passages)
    if of_all and given.status == "answered":  # 惠农补贴发了多少条, of a report that counts other things
        report, case.item = case.reports[-1], (measure or "", *named)
        return Answer("not_reported", f"{report.agency}{report.year}年的报告没有写“{'、'.join(named)}”的数。没有写不等于没有，也不等于零。")
    return None


def _from_text(given: Answer) -> bool:
    return bool(given.figures) and all(f.metric not in metrics() and f.metric != "share" for f in given.figures)


def _told_before(case: Case, given: Answer) -> Answer | None:
    """What was told last by words of its own, of another year or body, or over the years spoken of: 前年呢, 多了几场."""
    query, before = case.query, case.request.context
    if before is None or not before.item or case.several or case.among or not case.reports or given.status == "refused":
        return None
    if query.operation not in ("value", "list", "compare", "sum", "rank", "find", "exists") or _WHY.search(query.text) or _left_over(case):
        return None
    own = things_in(query.asked)
    if own.has_cells or own.applicants or own.channels or own.section or own.subject not in (None, "published"):
        return None
    if not (query.years or query.relative or query.mention.agencies or query.operation in ("compare", "sum", "rank")):
        return None
    measure, *words = before.item
    if measure and (asked := _measure_of(query.asked)) and not _counts_in(asked, measure):
        return None
    if len(case.reports) > 1:
        return _over_years(case, words, measure, followed=True)
    best = _best(case, case.reports, words, measure)
    if not best and measure and (near := _nearest(case, words, measure)) is not None:
        best = [near]
    if best:
        told = _told(case, best)
        case.item = before.item
        return told
    if _from_text(given) and any(w in f.label for f in given.figures for w in words):
        return None
    case.item = before.item
    report = case.reports[-1]
    return Answer("not_reported", f"{report.agency}{report.year}年的报告没有写“{'、'.join(words)}”的数。没有写不等于没有，也不等于零。")


def _told_last(case: Case, report: StoredReport, measure: str | None) -> _Stated | None:
    """The number of a report's text that was told last in its measure, by its place."""
    before = case.request.context
    for agency, year, place, _ in reversed(before.ledger if before is not None else ()):
        if (agency, year) == (report.agency, str(report.year)) and place.startswith(IN_TEXT):
            at = int(place.removeprefix(IN_TEXT))
            own = (
                q for _, q in case.snapshot.quantities([report.row]) if q.span.start == at and (not measure or _counts_in(q.unit, measure))
            )
            return next((_Stated(report, q, 0.0) for q in own), None)
    return None


def _beside_the_last(case: Case, measure: str) -> _Stated | None:
    """The one number in another measure in the sentence of the number that was told last: 钱发了多少, after 资助9874人."""
    before = case.request.context
    if before is None or not before.ledger or len(case.reports) != 1:
        return None
    report, (agency, year, place, _) = case.reports[0], before.ledger[-1]
    if (agency, year) != (report.agency, str(report.year)) or not place.startswith(IN_TEXT):
        return None
    at, own = int(place.removeprefix(IN_TEXT)), [q for _, q in case.snapshot.quantities([report.row])]
    sentence = next((q.sentence for q in own if q.span.start == at), None)
    found = [q for q in own if sentence is not None and q.sentence == sentence and q.span.start != at and _counts_in(q.unit, measure)]
    return _Stated(report, found[0], 0.0) if len(found) == 1 else None


def _over_years(case: Case, words: Sequence[str], measure: str | None, *, followed: bool = False) -> Answer | None:
    """The numbers of several years that hold the words, and what was asked of them; None where fewer than two years have one. ``followed``:
    what was told of a year before counts, whatever words it holds."""
    found: list[Row] = []
    stated: list[_Stated] = []
    for report in sorted(case.reports, key=lambda r: r.year):
        best = _best(case, [report], words, measure)
        if not best and followed and (told := _told_last(case, report, measure)) is not None:
            best = [told]
        if len({(s.quantity.value, s.quantity.unit) for s in best}) == 1:
            stated.append(best[0])
            found.append(quantity_row(case, report, best[0].quantity, best[0].quantity.counted))
    if len(found) < 2 or len({r.unit for r in found}) > 1:
        return None
    label = found[-1].label  # each report says it in words of its own: they are held against each other all the same
    found = [replace(r, label=label, comparable=label) for r in found]
    _of_the_text(case, stated[-1].quantity)
    case.reports = [r.report for r in found]
    case.item = (measure or "", *words)
    return over_its_years(case, [found])


def _in_scope_all_the_same(case: Case, given: Answer) -> Answer | None:
    """What the text says in nearly all of the words of a question that a word puts out of scope: 局长信箱收到多少封, 咨询电话打不进."""
    if given.text not in (compose.OUT_OF_SCOPE["contact"], compose.OUT_OF_SCOPE["other"]) or case.query.group or case.query.mention.named:
        return None
    if (not case.reports and (choose_reports(case) is not None or not case.reports)) or case.several:
        return None
    words = _left_over(case)
    measure = _measure_of(case.query.asked)
    if len(words) < 2 or (case.query.asks_number and measure is None):
        return None
    case.query = replace(case.query, subject=None, channels=())
    if not case.query.asks_number:
        return _sentence(case, words, _NEARLY_ALL)
    for reports in _in_turn(case):
        best = _best(case, reports, words, measure)
        if best and share_held(words, _sentence_of(case, best[0])) >= _NEARLY_ALL:
            return _told(case, best)
    return None


def _sentence_of(case: Case, stated: _Stated) -> str:
    return case.snapshot.quote(stated.report.row, stated.quantity.sentence.start, stated.quantity.sentence.end)


def _of_account(case: Case, given: Answer) -> Answer | None:
    """What an account did or has that is called by its own name, where the text says not of what kind it is: “某地发布”推送1298条, of 公众号."""
    query = case.query
    if given.status != "not_reported" or not {*query.channels} & _ACCOUNTS or query.subject not in (None, "published", "followers"):
        return None
    by_row = case.listed.by_row
    found = []
    for row, quantity in case.snapshot.quantities(list(by_row)):
        stated = _Stated(by_row[row], quantity, 1.0)
        own = quantity.channel is None and _NAMED.search(_sentence_of(case, stated)[: quantity.span.end - quantity.sentence.start])
        if own and quantity.subject == (query.subject or "published"):
            found.append(stated)
    if not 0 < len(found) <= _MOST_TOLD:
        return None
    told = _told(case, found)
    return replace(told, text=f"{told.text}报告只写了账号的名称，没有写它是哪一种账号。")


def _may_be_of_text(case: Case, given: Answer) -> bool:
    """Whether one body is asked for one number, and a cell or nothing was found for it."""
    query = case.query
    if given.status not in ("answered", "not_reported", "clarify") or case.several or case.among or query.group or not case.reports:
        return False
    # 满意的占多少: a share that was not to be worked out, or one of cells
    none = (given.status == "not_reported" and not given.figures) or "算不出占比" in given.text
    shared = query.operation == "share" and (
        none or (query.has_cells and not query.channels and all(f.metric == "share" for f in given.figures))
    )
    years = query.operation in ("compare", "sum", "rank") and len(case.reports) > 1
    if (query.operation not in ("value", "exists", "list", "find") and not shared and not years) or (
        query.mean and not _OF_DAYS.search(query.asked)
    ):
        return False
    if _APART.search(query.asked) or len(_MEASURE.findall(query.asked)) > 1:
        return False
    return _from_text(given) or all(f.metric in metrics() or f.metric in ("difference", "growth", "sum", "share") for f in given.figures)


def _in_turn(case: Case) -> Iterator[list[StoredReport]]:
    """The reports asked about; where no year was asked for, those of the same body before them, the newest first."""
    yield case.reports
    followed = case.query.subject == "followers" or {*case.query.channels} & {*_ACCOUNTS, "website"}
    if len(case.reports) != 1 or _dated(case) or (followed and not _thing_named(case)):
        return
    newest = case.reports[-1]
    own = directory(case.snapshot.reports).reports_of_kin([newest.agency])
    for report in sorted((r for r in own if r.year < newest.year), key=lambda r: -r.year):
        yield [report]


def _thing_named(case: Case) -> list[str]:
    """The nouns by which a question names what is counted; none where they are too short to be more than talk."""
    named = [w for w in case.query.residue if case.snapshot.segmenter.known(w)]
    return named if len("".join(named)) >= _A_THING else []


def _of_a_matter(query: Query) -> bool:
    """Whether a channel or a subject is asked about that numbers are read by; what is published or applied for is of any kind."""
    subject = query.subject or "published"
    return bool(query.channels) or not (subject == "published" or subject.startswith("requests."))


def _dated(case: Case) -> bool:
    return bool(case.query.years or case.query.relative or case.request.year or _NOW.search(case.query.text))


def _nearest(case: Case, words: Sequence[str], measure: str) -> _Stated | None:
    """The one number in its measure that a sentence states which is nearest to the question, as plainly as an answer must be."""
    for reports in _in_turn(case):
        by_row = {r.row: r for r in reports}
        found = found_passages(replace(case, reports=reports, query=replace(case.query, asks_number=True)))
        if found is None:
            return None
        quantities = case.snapshot.quantities(list(by_row))
        sure = sorted((h for h in found.hits if found.sure[h.passage.id] >= PLAIN), key=lambda h: -found.sure[h.passage.id])
        for hit in sure[:_FIRST_FEW]:
            start, end = hit.sentence or (0, len(hit.passage.text))
            span = range(hit.passage.start + start, hit.passage.start + end)
            own = [
                _Stated(by_row[row], q, found.sure[hit.passage.id])
                for row, q in quantities
                if row == hit.passage.report
                and q.span.start in span
                and _counts_in(q.unit, measure)
                and (not case.query.channels or q.channel in case.query.channels or found.sure[hit.passage.id] >= _VERY_SURE)
            ]
            shared = share_held([w for w in words if w != "平均"], hit.passage.text[start:end])
            if own and shared < (_SOME if measure in _EVERYDAY else _ANY):
                return None
            if own:
                return own[0] if len({(s.quantity.value, s.quantity.unit) for s in own}) == 1 else None
    return None


_OF_PEOPLE = re.compile(
    "(?:多少|几)个?(?:[^,，。?？]{0,4}的)?(?:家长|群众|老?百姓|学生|学员|观众|居民|牧民|村民|市民|老师|教师|干部|代表(?!的?建议|议案|提案)|职工|老人|孩子|读者|粉丝|人(?!大))"
    "|人(?:一共|总共|大概|约)?(?:有|是)?(?:多少|几[个位名人])"
)
_OF_DAYS = re.compile("(?:多少|几)个?(?:工作日|天|小时|日)")
_OF_MONEY = re.compile(
    "多少钱|(?:钱|资金|金额|经费|补贴|补助)[^,，。?？]{0,6}(?:多少|几[百千万亿])(?!人|户|家|个|次|件)|(?:多少|几)(?:万?元|块钱)|(?:费|钱|款|收)[^,，。?？]{0,8}(?:多少|几)块(?=[?？,，啊呀]|$)"
)


def _measure_of(text: str) -> str | None:
    """The measure that a question counts in, 户 of 多少户; "" where it asks for a number without one; None where it asks for none."""
    match = _MEASURE.search(text)
    if re.search("几成|百分之|多大比例|占比|比例|占(?:了|到)?(?:多少|几)(?![件个条户人家])", text):
        return "%"
    for pattern, unit in ((_OF_DAYS, "天"), (_OF_MONEY, "元"), (_OF_PEOPLE, "人")):
        if pattern.search(text):
            return unit
    if match is None:
        return None
    measure = (match["measure"] or "").strip("万亿千百")
    return measure if any(unit.startswith(measure) for unit in (*unit_classes(), *FURTHER_UNITS)) else ""


def _left_over(case: Case) -> list[str]:
    """The words of a question that no cell's own name holds; of one that counts companies or people those too."""
    text = case.query.asked
    counted = re.search(r"(?:多少|几)(?:家|户|名|位)[\u4e00-\u9fff]{0,2}", text) and not re.search("申请|提交|递", text)
    spans = [
        (h.start, h.end)
        for h in find_terms(text)
        if not h.weak and not h.loose and not (counted and h.kind == "applicant") and h.kind != "column"
    ]
    covered = mask(text, spans)
    words, at = [], 0
    for word in case.snapshot.segmenter.words(text.replace("\n", "，")):
        at = max(text.lower().find(word, at), at)
        if covered[at : at + len(word)].strip("\n"):  # 法人代表 is more than the 法人 in it
            words.append(word)
        at += len(word)
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
        if (unit_classes().get(quantity.unit) == "money") != (spent or measure == "元"):
            continue
        if case.query.subject_only and quantity.subject not in (None, case.query.subject):
            continue  # 公众号粉丝多少: no number of what it published
        if quantity.subject != case.query.subject and not _spoken_of(quantity.subject, case.query.text):
            continue  # 法人代表提的几件: no 人大代表建议
        if case.query.premise is not None and measure is None and quantity.value != case.query.premise:
            continue
        clause = tidy(case.snapshot.quote(row, quantity.clause.start, quantity.clause.end))
        share = share_held(words, clause)
        if share >= MOST_WORDS and (measure == "%" or any(w in clause for w in words)):
            found.append(_Stated(by_row[row], quantity, share))
    most = max((s.share for s in found), default=0.0)
    best = [s for s in found if s.share == most]
    if not best and measure:
        best = _in_such_a_sentence(case, by_row, words, measure)
    return best if len(best) <= _MOST_TOLD else []


def _in_such_a_sentence(case: Case, by_row: Mapping[int, StoredReport], words: Sequence[str], measure: str) -> list[_Stated]:
    """The one number in its measure of the sentences that hold nearly all of the words, though its own clause holds none: 开放日3次，接待2150人."""
    found = []
    for row, quantity in case.snapshot.quantities(list(by_row)):
        stated = _Stated(by_row[row], quantity, 0.0)
        named = _spoken_of(quantity.subject, case.query.text) and not (case.query.subject_only and quantity.subject != case.query.subject)
        if named and _counts_in(quantity.unit, measure):
            sentence = _sentence_of(case, stated)
            if share_held(words, sentence) >= _NEARLY_ALL and all(w in sentence for w in words):
                found.append(stated)
    return found if len(found) == 1 else []


def _spoken_of(subject: str | None, text: str) -> bool:
    """Whether a question names the subject of a number by a word of its own; what is published or applied for goes by many."""
    if subject is None or subject == "published" or subject.startswith("requests."):
        return True
    return any(s.id == subject and cue_pattern(s.cues + s.terms).search(text) for s in subjects())


def _unlike(figure: FigureOut, measure: str) -> bool:
    """Whether a number counts another sort of thing than the measure asked for: 期 of 册, 批 of 户; 条, 件 and 次 are said of the same, and
    requests of people."""
    of_unit, of_measure = unit_classes().get(figure.unit), unit_classes().get(measure)
    alike = {"info", "request", "times"} | ({"people"} if figure.metric.startswith("narrative.requests") else set())
    return not _counts_in(figure.unit, measure) and not (of_unit in alike and of_measure in alike)


def _counts_in(unit: str, measure: str) -> bool:
    """Whether a printed unit is the measure asked for, or of its kind: 户次 of 户, 场次 of 次."""
    if unit.startswith(measure) or unit.endswith(measure):
        return True
    kinds = {name for printed, name in unit_classes().items() if printed == measure}
    return bool(kinds - {"other"}) and unit_classes().get(unit) in kinds


def _of_one_person(case: Case) -> Answer:
    """What the text says of a single applicant; that nothing is said of one, where it does not: a total tells nothing of him."""
    premise = case.query.premise
    for reports in _in_turn(case):
        by_row = {r.row: r for r in reports}
        found = [
            _Stated(by_row[row], q, 1.0)
            for row, q in case.snapshot.quantities(list(by_row))
            if re.search("个别|同一|某|一名|1名|单个", q.counted + case.snapshot.quote(row, q.clause.start, q.clause.end))
            and "申请" in case.snapshot.quote(row, q.clause.start, q.clause.end)
            and (premise is None or q.value == premise)
        ]
        if 0 < len(found) <= _MOST_TOLD:
            return _told(case, found)
    report = case.reports[-1]
    return Answer("not_reported", f"{report.agency}{report.year}年的报告没有写单个申请人提了多少件，表里只有各类申请人的总数。")


def _sentence(case: Case, words: Sequence[str], least: float = MOST_WORDS) -> Answer | None:
    """The sentence that speaks of what a cell leaves over of a question that asks for no number: 补贴名单没公开咋回事, of 不予公开."""
    if len(words) < 2:
        return None
    for reports in _in_turn(case):
        for report in reversed(reports):
            best: tuple[float, StoredPassage, Span] | None = None
            for passage in case.snapshot.passages([report.row]):
                for start, end in sentences(passage.text):
                    text = passage.text[start:end]
                    share = share_held(words, text)
                    if share >= least and share > (best[0] if best else 0.0) and sum(w in text for w in words) > 1:
                        best = share, passage, Span(passage.start + start, passage.start + end)
            if best:
                _, passage, span = best
                lead = _lead(case, report)
                case.reports = [report]
                case.query = replace(
                    case.query, operation="find", metrics=(), rows=(), columns=(), blocks=(), results=(), applicants=(), weak=(), subject=None
                )  # fmt: skip
                if (done := remedied(case, report, passage, words)) is not None:
                    return replace(done, text=lead + done.text)
                out = case.desk.passage_out(report, span, passage.section, words, 1.0)
                return Answer("answered", f"{lead}{report.agency}{report.year}年的报告写道：“{cut(out.text, 260)}”", passages=(out,))
    return None


def _lead(case: Case, report: StoredReport) -> str:
    """That the newest report does not speak of it, where one before it is told and no year was asked for."""
    kin = directory(case.snapshot.reports).reports_of_kin([report.agency])
    return "最新的一份报告里没有找到。" if not _dated(case) and report.year < max(r.year for r in kin) else ""


def _of_the_text(case: Case, quantity: Quantity) -> None:
    """The question as one of what ``quantity`` counts, and of no cell."""
    case.query = replace(
        case.query, metrics=(), rows=(), columns=(), blocks=(), results=(), applicants=(), weak=(), shares=None, condition=None,
        subject=quantity.subject, channels=(quantity.channel,) if quantity.channel else (),
    )  # fmt: skip


def _told(case: Case, best: Sequence[_Stated]) -> Answer:
    lead = _lead(case, best[0].report)
    case.reports = list({s.report.row: s.report for s in best}.values())
    case.item = (_measure_of(case.query.asked) or "", *_left_over(case))
    _of_the_text(case, best[0].quantity)
    figures = tuple(case.desk.quantity_out(s.report, s.quantity) for s in best)
    passages = tuple(
        case.desk.passage_out(s.report, s.quantity.sentence, s.quantity.section, [tidy(s.quantity.printed), s.quantity.counted], 1.0)
        for s in best
    )
    text = compose.quantities([(s.report, s.quantity) for s in best], case.query)
    return Answer("answered", lead + text, figures, tuple({p.text: p for p in passages}.values()))
