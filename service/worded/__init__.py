"""What a report's text counts in a question's own words, where the cell that was found says less of them.

个人隐私外泄多少起 holds the name of a cell (a reason for refusing), 欠税企业多少户 a kind of applicant; both ask for numbers that the text
alone states. Which it is shows in the words that the cell leaves over: where the clause that states a number holds them, and counts in the
measure that is asked for, that number is the answer, and the cell is none.
"""

from __future__ import annotations

import re

from corpus.forms import channels, metrics
from corpus.model import Quantity
from service import compose, safety
from service.case import Case
from service.concepts import things_in
from service.contract import Answer
from service.leftover import GENERIC
from service.relevance import MOST_WORDS, PLAIN, share_held
from service.replacing import replace
from service.scope import choose_reports
from service.worded.answers import number_told, over_years, sentence_about, sentence_near
from service.worded.asked import ACCOUNTS, MEASURE, OF_DAYS, counts_in, counts_otherwise, left_over, measure_of, of_a_matter, thing_named
from service.worded.shares import share_told
from service.worded.stated import (
    MOST_TOLD,
    NEARLY_ALL,
    VERY_SURE,
    Stated,
    around,
    as_affirmed,
    beside_it,
    beside_of,
    beside_the_last,
    best_of,
    clause_of,
    in_turn,
    last_of_text,
    names_the_part,
    nearest,
    nearest_in,
    sentence_of,
)

# Of one person among those who applied, whom no cell counts: 有人一年申请43次.
_ONE_PERSON = re.compile(
    "有(?:个|一个)?人(?:一年|全年|一口气|连着|反复|前后|光|就)|同一(?:个|位|名)?(?:申请)?人|(?<!哪)[一某]个?(?:申请)?人(?:就|一年|提|申请|递)|个别(?:申请)?人"
)
_NAMED = re.compile(r"“[^“”]{2,14}”[^，。；,;]{0,6}(?:推送|推出|发布|发文|更新|粉丝)")
_A_FEW = 3  # words that a sentence holds most of by no chance
_SHORT = 14  # characters of a follow-up that leaves what it is about to what was told
_WHY = re.compile("为什么|为啥|为何|咋|怎么|原因|原文|原话|出处|哪里|在哪")
_WHY_OR_HOW = re.compile(f"{_WHY.pattern}|办法|法子|怎么|措施|招")
_WHEN = re.compile("几月|什么时候|何时|哪一?天|几号|啥时候")
_APART = re.compile(r"分别|各(?!类|种)|[两三四五六]样|以及|还有(?!几|多少)")


def in_its_words(case: Case, given: Answer) -> Answer | None:
    """The numbers of the text that hold what ``given`` leaves over of the question; None where there are none, or where ``given`` rests on
    the text itself. Sets the case to what was found."""
    query = case.query
    if given.status == "out_of_scope":
        return _in_scope_all_the_same(case, given)
    if (noun := _noun_beside_the_last(case)) is not None:
        return noun
    if (again := _told_before(case, given)) is not None:
        return again
    if (each := _in_each_measure(case, given)) is not None:
        return each
    if (rest := _the_rest_beside(case, given)) is not None:
        return rest
    if not _may_be_of_text(case, given):
        return None
    for more in (_the_other_beside, _in_that_measure):
        if (other := more(case, given)) is not None:
            return other
    if (account := _of_account(case, given) or _beside_its_account(case, given)) is not None:
        return account
    if _ONE_PERSON.search(query.asked) and given.figures and {*query.metrics, *query.weak} <= {"requests.received"}:
        return _of_one_person(case)
    words = left_over(case)
    if (share := share_told(case, given, words)) is not None:
        return share
    # 点名的有几家: what asks may have been taken for a group of bodies
    asked = query.asked if MEASURE.search(query.asked) or query.group else query.text
    unsaid = given.status == "clarify" or (given.status == "not_reported" and not given.figures and not given.passages)
    if unsaid and _WHY_OR_HOW.search(asked) and not query.asks_number:  # 水电站退出补偿为啥闹出一堆集中申请
        return sentence_about(case, words) or sentence_near(case, words, PLAIN)
    if not (query.asks_number or query.premise is not None or MEASURE.search(asked) or OF_DAYS.search(asked)):
        return sentence_about(case, words) if given.figures and not _from_text(given) else None
    measure = measure_of(asked)
    if not words or (measure is None and query.premise is None):
        return None
    held = "".join(f.label for f in given.figures) + "".join(p.text for p in given.passages)
    unlike = bool(measure) and _from_text(given) and all(counts_otherwise(f, measure or "") for f in given.figures)
    if _from_text(given) and len(given.figures) > 1 and len(case.reports) == 1 and not re.search("比|还是", query.asked):
        best = best_of(case, case.reports, words, measure)  # “公开小院”一共建了多少个: of all that 公开 fits the one that says so
        # Of a matter that numbers are read by, 局长信箱 among all letters, only where the clause says all of it.
        whole = len(words) > 1 and len(best) == 1 and all(w in clause_of(case, best[0].report.row, best[0].quantity) for w in words)
        named = whole if of_a_matter(query) else not any(s.quantity.channel for s in best)
        if best and len(best) < len(given.figures) and named:
            return number_told(case, best)
    worked_out = any(f.metric in ("difference", "growth", "sum") or f.value is None for f in given.figures)
    if len(case.reports) > 1 and query.operation in ("compare", "sum") and _from_text(given) and not worked_out:
        return over_years(case, words, measure)
    if _from_text(given) and any(w in held for w in words) and not unlike:
        if len(given.figures) == 1 and not of_a_matter(query):
            case.item = (measure or "", *words)
        return None
    if len(case.reports) > 1:
        return over_years(case, words, measure)
    return _in_one_report(case, given, words, measure, unlike=unlike)


def _in_one_report(case: Case, given: Answer, words: list[str], measure: str | None, *, unlike: bool) -> Answer | None:
    """The number by its clause's words, by its place beside the one told last, or by its sentence's nearness; ``unlike``: what was found
    counts in another measure, so that it is no answer even where nothing better is found."""
    query, report = case.query, case.reports[-1]
    values = {f.value for f in given.figures}
    of_cases = re.search("许可|处罚|强制|复议|诉讼|规范性文件|规章", query.text) if query.qualifier and (query.rows or query.blocks) else None
    for reports in in_turn(case):
        best = best_of(case, reports, words, measure)
        if of_cases is not None:  # 网上的许可: no number of requests that came so
            best = [s for s in best if of_cases.group() in clause_of(case, s.report.row, s.quantity)]
        if best and not any(s.quantity.value in values for s in best):
            return number_told(case, best)
        near = nearest_in(case, reports, words, measure) if measure and reports is case.reports and not given.figures else None
        if near is not None and near.share >= VERY_SURE and names_the_part(case, near):  # rather than what an older report says in more of the words
            return number_told(case, [near])
    named = thing_named(case)
    if measure and (unlike or not given.figures or (_from_text(given) and named)):
        spoken = case.request.context is not None and len(query.text) <= _SHORT
        if spoken and (beside := beside_the_last(case, measure)) is not None:
            return number_told(case, [beside])
        applied = query.applicants and re.search("申请|提[交出的了]|递", query.asked)  # 给企业兑现多少钱: who is paid applied for nothing
        narrowed = query.part_of_year or query.attributive or (query.qualifier and measure in "件份")
        refused = given.status == "not_reported" and bool(query.residue)  # 翻老文件: no cell for what it is said of
        of_cells = query.has_cells or (query.weak and not refused) or applied or narrowed
        if not of_cells and (near := nearest(case, words, measure)) is not None and names_the_part(case, near):
            return number_told(case, [near])
    if given.status != "answered":
        return None
    if unlike:  # 印多少册, where the text says how many issues there were
        words_of = f"{report.agency}{report.year}年的报告没有写出这个数字；与问题最接近的原文见下面的引文。"
        return Answer("not_reported", words_of, passages=given.passages)
    if named and _from_text(given) and query.subject == "published" and not query.channels:
        return _not_stated(case, measure or "", named)  # 惠农补贴发了多少条, of a report that counts other things
    return None


def _in_each_measure(case: Case, given: Answer) -> Answer | None:
    """办了多少期，多少人看: a number in each measure that is asked for, where nothing that was found counts in them all."""
    query = case.query
    measures = list(dict.fromkeys(m for clause in re.split("[,，、;；?？]", query.asked) if (m := measure_of(clause))))
    words = left_over(case)
    # 匹配成功率呢: no rate of the forms, where a number of the text is asked for beside it
    rates = bool(query.metrics) and all(m.startswith("rate.") for m in query.metrics) and not (query.rows or query.blocks or query.results)
    if not 1 < len(measures) <= MOST_TOLD or len(case.reports) != 1 or (query.has_cells and not rates) or query.applicants or not words:
        return None
    if given.status == "refused" or (given.figures and not _from_text(given) and not rates):
        return None
    told = any(counts_in(f.unit, m) for f in given.figures for m in measures)
    for reports in in_turn(case):
        by_measure = {m: best[0] for m in measures if len(best := best_of(case, reports, words, m)) == 1}
        for measure in (m for m in measures if m not in by_measure):
            beside = next((s for of in by_measure.values() if (s := beside_it(case, of, measure)) is not None), None)
            if (near := beside or nearest_in(case, reports, words, measure)) is not None:
                by_measure[measure] = near
        found = list(by_measure.values())
        whole = len(found) == len(measures) and len({s.quantity.span.start for s in found}) == len(found)
        # 访问量 for 多少人看: what was found elsewhere stays, unless one sentence says it all
        if {s.quantity.value for s in found} <= {f.value for f in given.figures}:
            return None
        if whole and (not told or len({(s.report.row, s.quantity.sentence) for s in found}) == 1):
            return number_told(case, found)
    return None


_COUNTED_VERB = re.compile(r"(?P<verb>[\u4e00-\u9fff]{2})(?:了|过)?(?:多少|几)")


def _the_other_beside(case: Case, given: Answer) -> Answer | None:
    """采纳了几条, where 收集意见512条，采纳387条 was told for the first of them: the one that says so, as done or as not done."""
    if len(given.figures) != 1 or not _from_text(given) or len(case.reports) != 1 or case.query.channels:
        return None
    report, figure = case.reports[0], given.figures[0]
    own = [q for _, q in case.snapshot.quantities([report.row]) if (q.value, q.unit) == (figure.value, figure.unit)]
    if len(own) != 1:
        return None
    others = [q for q in beside_of(case, report.row, own[0]) if q.subject in (None, own[0].subject)]
    verb = _COUNTED_VERB.search(case.query.asked)
    said: list[Quantity] = []
    # 公开了几条 says nothing that tells them apart
    if verb and verb["verb"] in left_over(case) and verb["verb"] not in clause_of(case, report.row, own[0]):
        said = [q for q in others if q.period != "before" and verb["verb"] in clause_of(case, report.row, q)]
    if not said and not as_affirmed(case, report.row, own[0]):
        said = [q for q in others if as_affirmed(case, report.row, q)]
    return number_told(case, [Stated(report, said[0], 1.0)]) if len(said) == 1 else None


def _quantities_of(case: Case, given: Answer) -> list[Quantity]:
    """What the figures of an answer over one report's text were read from; none where one of them may be read from several."""
    every = [q for _, q in case.snapshot.quantities([case.reports[0].row])]
    found = [[q for q in every if (q.value, q.unit) == (f.value, f.unit)] for f in given.figures]
    return [own[0] for own in found] if all(len(own) == 1 for own in found) else []


_ASKS_FOR = re.compile("(?:多少|几)个?(?P<noun>[\u4e00-\u9fff]{2})")


def _the_rest_beside(case: Case, given: Answer) -> Answer | None:
    """办了几场、发布多少岗位, where the first alone was told: with what stands beside it under the noun that is asked for."""
    nouns = _ASKS_FOR.findall(case.query.asked)
    clauses = [c for c in re.split("[,，、;；?？]", case.query.asked) if MEASURE.search(c)]
    if not _from_text(given) or len(given.figures) != 1 or len(case.reports) != 1 or len(clauses) != 2 or not nouns:
        return None
    (report,), own = case.reports, _quantities_of(case, given)
    if len(own) != 1:
        return None
    found = [q for q in around(case, report.row, own[0]) if any(n in clause_of(case, report.row, q) for n in nouns)]
    return number_told(case, [Stated(report, q, 1.0) for q in (own[0], found[0])]) if len(found) == 1 else None


_NOUN_ASKED = re.compile(
    "(?:那|其中|又|一共|总共|发布|提供)*(?P<noun>[\u4e00-\u9fff]{2,4}?)(?:一共|总共|是|有)?(?:多少|几)[\u4e00-\u9fff]{0,2}[呢啊]?[?？]?"
)


def _noun_beside_the_last(case: Case) -> Answer | None:
    """岗位多少, after 直播带岗进园区96场: the one other number of that sentence that is said of the noun."""
    asked = _NOUN_ASKED.fullmatch(case.query.asked.strip())
    last = last_of_text(case) if asked and case.request.context is not None else None
    if asked is None or last is None or len(case.reports) != 1 or case.reports[0] != last.report or case.query.has_cells:
        return None
    row = last.report.row
    found = [q for q in around(case, row, last.quantity) if asked["noun"] in clause_of(case, row, q)]
    return number_told(case, [Stated(last.report, found[0], 1.0)]) if len(found) == 1 else None


def _in_that_measure(case: Case, given: Answer) -> Answer | None:
    """曝光违规机构多少家, where numbers in several measures were told: those in the one that is asked for, and what stands beside them in it."""
    measure, words = measure_of(case.query.asked), left_over(case)
    if not measure or measure in "个%" or not _from_text(given) or len(case.reports) != 1 or case.query.channels:
        return None
    kept = [f for f in given.figures if f.unit.startswith(measure)]
    own = _quantities_of(case, replace(given, figures=tuple(kept)))
    if not kept and len(given.figures) == 1 and (told := _quantities_of(case, given)):  # 抽检多少批次, where 抽检信息52期 was found
        alike = [q for q in around(case, case.reports[0].row, told[0]) if q.unit.startswith(measure)]
        return number_told(case, [Stated(case.reports[0], q, 1.0) for q in alike]) if 0 < len(alike) <= MOST_TOLD else None
    if not own or len(kept) == len(given.figures) or len(re.findall("多少|几", case.query.asked)) > 1 or case.query.premise is not None:
        return None
    report = case.reports[0]
    beside = [q for of in own for q in beside_of(case, report.row, of) if any(w in clause_of(case, report.row, q) for w in words)]
    every = list(dict.fromkeys((*own, *beside)))
    return number_told(case, [Stated(report, q, 1.0) for q in every]) if len(every) <= MOST_TOLD else None


def _not_stated(case: Case, measure: str, words: list[str]) -> Answer:
    report, case.item = case.reports[-1], (measure, *words)
    return Answer("not_reported", f"{report.agency}{report.year}年的报告没有写“{'、'.join(words)}”的数。没有写不等于没有，也不等于零。")


def _from_text(given: Answer) -> bool:
    return bool(given.figures) and all(f.metric not in metrics() and f.metric != "share" for f in given.figures)


def _told_before(case: Case, given: Answer) -> Answer | None:
    """What was told last by words of its own, of another year or body, or over the years spoken of: 前年呢, 多了几场."""
    query, before = case.query, case.request.context
    if before is None or not before.item or case.several or case.among or not case.reports or given.status == "refused":
        return None
    if query.operation not in ("value", "list", "compare", "sum", "rank", "find", "exists") or _WHY.search(query.text):
        return None
    last = last_of_text(case)
    own_words = left_over(case)
    if own_words and not query.asks_number:
        return None  # 小程序叫什么名字
    if any(w not in (last.quantity.counted if last else "") and w not in before.item for w in own_words):
        return None
    own = things_in(query.asked)
    if own.has_cells or own.applicants or own.channels or own.section or own.subject not in (None, "published"):
        return None
    if not (query.years or query.relative or query.mention.agencies or query.operation in ("compare", "sum", "rank")):
        return None
    measure, *words = before.item
    asked = measure_of(query.asked)
    if asked and asked != "%" and measure and not counts_in(asked, measure):
        return None
    if asked == "%" and not query.growth and query.operation != "compare":
        return None
    if len(case.reports) > 1:
        return over_years(case, words, measure, followed=True)
    best = best_of(case, case.reports, words, measure) or _of_the_same_label(case)
    if not best and measure and (near := nearest(case, words, measure)) is not None:
        best = [near]
    if best:
        given = number_told(case, best)
        case.item = before.item
        return given
    if _from_text(given) and any(w in f.label for f in given.figures for w in words):
        return None
    return _not_stated(case, measure, words)


def _of_the_same_label(case: Case) -> list[Stated]:
    """The one number of the report asked about that is said of what the number told last was said of: 准确率提高到88%, after 准确率只有71%."""
    last = last_of_text(case)
    if last is None:
        return []
    segmenter, counted = case.snapshot.segmenter, last.quantity.counted
    nouns = [w for w in segmenter.words(counted) if len(w) > 1 and segmenter.noun(w) and w not in GENERIC]
    return best_of(case, case.reports, nouns, last.quantity.unit) if nouns else []


def _in_scope_all_the_same(case: Case, given: Answer) -> Answer | None:
    """What the text says in nearly all of the words of a question that a word puts out of scope: 局长信箱收到多少封, 咨询电话打不进."""
    if given.text not in (compose.OUT_OF_SCOPE["contact"], compose.OUT_OF_SCOPE["other"]) or case.query.group or case.query.mention.named:
        return None
    if (not case.reports and (choose_reports(case) is not None or not case.reports)) or case.several:
        return None
    words = left_over(case)
    measure = measure_of(case.query.asked)
    if len(words) < 2 or (case.query.asks_number and measure is None):
        return None
    case.query = replace(case.query, subject=None, channels=())
    # Where no gate shut it out, the body's report was looked into for it, and the words are nobody's else.
    gated = safety.out_of_scope(case.query.matter, True) is not None
    if not case.query.asks_number:
        about = sentence_about(case, words, NEARLY_ALL if gated or len(words) < _A_FEW else MOST_WORDS)
        return about or (sentence_near(case, words, VERY_SURE if gated else PLAIN) if case.query.mention.agencies else None)
    for reports in in_turn(case):
        best = best_of(case, reports, words, measure)
        if best and share_held(words, sentence_of(case, best[0])) >= NEARLY_ALL:
            return number_told(case, best)
    near = nearest(case, words, measure) if measure and case.query.mention.agencies else None
    return number_told(case, [near]) if near is not None and near.share >= (VERY_SURE if gated else PLAIN) else None


def _of_account(case: Case, given: Answer) -> Answer | None:
    """What an account did or has that is called by its own name, where the text says not of what kind it is: “某地发布”推送1298条, of 公众号."""
    query = case.query
    if given.status != "not_reported" or not {*query.channels} & ACCOUNTS or query.subject not in (None, "published", "followers"):
        return None
    by_row = case.listed.by_row
    found = []
    for row, quantity in case.snapshot.quantities(list(by_row)):
        stated = Stated(by_row[row], quantity, 1.0)
        own = quantity.channel is None and _NAMED.search(sentence_of(case, stated)[: quantity.span.end - quantity.sentence.start])
        if own and quantity.subject == (query.subject or "published"):
            found.append(stated)
    if not 0 < len(found) <= MOST_TOLD:
        return None
    given = number_told(case, found)
    return replace(given, text=f"{given.text}报告只写了账号的名称，没有写它是哪一种账号。")


def _beside_its_account(case: Case, given: Answer) -> Answer | None:
    """新开设“温泉小镇”公众号，发文66篇: the one number in the measure that is asked for of the sentence that speaks of the account."""
    query, measure = case.query, measure_of(case.query.asked)
    if given.status != "not_reported" or given.figures or len(case.reports) != 1 or not measure or not {*query.channels} & ACCOUNTS:
        return None
    cues = [c for item in channels() if item.id in query.channels for c in (*item.cues, *item.terms)]
    every = [Stated(case.reports[0], q, 1.0) for _, q in case.snapshot.quantities([case.reports[0].row])]
    found = [
        s for s in every if counts_in(s.quantity.unit, measure) and s.quantity.channel is None and s.quantity.subject in (None, "published")
    ]
    spoken = [s for s in found if any(cue in sentence_of(case, s) for cue in cues)]
    return number_told(case, spoken) if len(spoken) == 1 else None


def _may_be_of_text(case: Case, given: Answer) -> bool:
    """Whether one body is asked for one number, and a cell or nothing was found for it."""
    query = case.query
    if given.status not in ("answered", "not_reported", "clarify") or case.several or case.among or query.group or not case.reports:
        return False
    # 满意的占多少: a share that was not to be worked out, or one of cells
    none = (given.status == "not_reported" and not given.figures) or "算不出占比" in given.text
    shared = query.operation == "share" and (
        none or (query.has_cells and not query.channels and all(f.metric == "share" or f.metric in metrics() for f in given.figures))
    )
    years = query.operation in ("compare", "sum", "rank") and len(case.reports) > 1
    one = query.operation == "sum" and len(case.reports) == 1 and none  # 救灾款一共多少钱
    if (query.operation not in ("value", "exists", "list", "find") and not shared and not years and not one) or (
        query.mean and not OF_DAYS.search(query.asked)
    ):
        return False
    if _APART.search(query.asked) or _WHEN.search(query.asked) or len(MEASURE.findall(query.asked)) > 1:
        return False
    return _from_text(given) or all(f.metric in metrics() or f.metric in ("difference", "growth", "sum", "share") for f in given.figures)


def _of_one_person(case: Case) -> Answer:
    """What the text says of a single applicant; that nothing is said of one, where it does not: a total tells nothing of him."""
    premise = case.query.premise
    for reports in in_turn(case):
        by_row = {r.row: r for r in reports}
        found = [
            Stated(by_row[row], q, 1.0)
            for row, q in case.snapshot.quantities(list(by_row))
            if re.search("个别|同一|某|一名|1名|单个", q.counted + clause_of(case, row, q))
            and "申请" in clause_of(case, row, q)
            and (premise is None or q.value == premise)
        ]
        if 0 < len(found) <= MOST_TOLD:
            return number_told(case, found)
    report = case.reports[-1]
    return Answer("not_reported", f"{report.agency}{report.year}年的报告没有写单个申请人提了多少件，表里只有各类申请人的总数。")
