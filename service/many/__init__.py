"""Questions over many reports: several years of one body, several bodies, all bodies of a kind.

Each operation works on rows, one a report (rows.py), and says how many reports it rests on and which gave no number. A blank cell,
one that does not apply and a table that is missing are never counted as zero.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from service.case import Case
from service.conditions import state_in
from service.contract import Answer, AnswerStatus, Chart
from service.many.growth import summed_over_years, who_moved
from service.many.parts import (
    GIVEN,
    LISTED,
    all_moved,
    all_or_none,
    among_whom,
    asks_total,
    asks_total_too,
    asks_which,
    bars,
    merged,
    none_told,
    note_form,
    total_too,
    unlike_rules,
    warn_missing,
)
from service.many.ranking import in_state, picked, ranking
from service.many.together import SPREAD, share_of_all, share_together, spread_of, together, year_of_most
from service.many.versus import (
    LIES_APART,
    WHO_HAS_MORE,
    added_up,
    against_other,
    asks_times,
    bodies_apart,
    ends_as_much,
    furthest_apart,
    sums_apart,
    times_as_much,
    versus,
    years_with_more,
)
from service.many.years import over_its_years
from service.narrative import mean_of_each
from service.query import Query
from service.relevance import beside
from service.replacing import replace
from service.rows import NOT_WRITTEN, Row, as_named, rows


def many_step(case: Case) -> Answer | None:
    """An answer over all the reports chosen; None where one report is asked about, or nothing that is counted."""
    query = case.query
    if len(case.reports) < 2 and not (case.among and case.reports):
        return None
    if (query.operation in ("define", "coverage", "find") and not (query.condition and query.group)) or query.section:
        return None
    if query.condition is None and query.operation in ("value", "exists") and beside(case) > _spare(query):
        return None  # what was done, not how much of it
    if (each := mean_of_each(case)) is not None:
        return each
    if query.subject == "handling_fee" and query.unit is None and query.operation in ("rank", "compare"):
        case.query = query = replace(query, unit="money")  # 收得最多的是谁: of what was taken, not of how often
    table = rows(case, case.reports)
    if not table:
        return None
    if query.condition is None and beside(case) and all(r.shown == NOT_WRITTEN for found in table for r in found):
        return None  # no report states such a number: what else they say of it
    years = case.years
    if query.qualifier or (query.attributive and not query.has_cells):
        return None
    if not case.several and not case.among:
        return over_its_years(case, table)
    if query.growth and query.operation == "rank" and len(years) == 1 and years[0] - 1 in query.years:
        return Answer("no_report", f"没有收录{years[0] - 1}年度的报告，算不出{years[0]}年比上一年增减了多少。")  # sizes are no growth
    if query.mention.named and not case.among:
        return _side_by_side(case, table, years)
    return _group(case, table, years)


def _spare(query: Query) -> int:
    """How many telling words a question may have beside what it counts and still ask for a number."""
    if query.asks_number and query.unit and query.subject_only:
        return 9  # 三年合起来参加培训多少人: what is counted, and in what, is plain
    return 1 if query.asks_number else 0


def _side_by_side(case: Case, table: Sequence[Sequence[Row]], years: Sequence[int]) -> Answer:
    """Bodies named one by one: each one's figures; of two, the difference."""
    query = case.query
    answers = []
    for found in table:
        sure = [r for r in found if r.value is not None]
        note_form(case, [r for r in found if r.report.year == found[0].report.year])
        if query.together and query.operation == "share" and (whole := share_together(case)) is not None:
            answers.append(whole)
            continue
        if (sums := sums_apart(case, found, years)) is not None:
            answers.append(sums)
            continue
        if query.singled and len(sure) > 1:
            summed = summed_over_years(found) if len(years) > 1 else found
            answers.append(share_of_all(case, summed, [r for r in summed if r.value is not None]))
            continue
        if len(years) == 1 and (state := state_in(query.text)):
            answers.append(in_state(case, found, state))
            continue
        if len(years) == 1 and (over := ends_as_much(query.text, sure)) is not None:
            answers.append(over)
            continue
        if SPREAD.search(query.text) and len(sure) > 1 and len(years) == 1 and not unlike_rules(sure):
            answers.append(spread_of(case, found, sure, by_year=False))
            continue
        if (
            query.operation == "share"
            and found[0].unit != "%"
            and len(found) == 2
            and len(years) == 1
            and re.search(r"占|相当于|顶|是.{2,20}的(?:几|百分)", query.text)
            and not added_up(query.text, found)
        ):
            answers.append(against_other(case, found))
            continue
        picks = asks_which(case.asking("value") if query.operation == "sum" else case) or (query.follows and query.operation == "value")
        picks = picks or bool(query.condition and (_HOW_MANY_BODIES.search(query.text) or _picks_by(query)))
        if sure and query.condition and picks and len(years) == 1:
            answers.append(picked(case, found, sure))  # whatever else adds them up: 甲加上乙等七家里超过200条的有几个
            continue
        if len(years) > 1 and (more := years_with_more(case, found)) is not None:
            answers.append(more)
            continue
        if query.growth and len(years) > 1 and (query.operation == "rank" or asks_which(case) or re.search("各|分别|每", query.asked)):
            answers.append(who_moved(case, found, years))
            continue
        if asks_times(query) and len(sure) == len(found) == 2:
            turned = re.search("后者是前者|[,，?？](?!它)[^,，?？]{2,14}是(?:它|前者|前面那个)的", query.text)  # 甲几件？乙的是它的几倍
            answers.append(times_as_much(as_named(query.text, found[::-1] if turned else found)))
            if re.search(r"[多少高低]出?了?(?:几|多少)(?!倍)|相差|差几", query.text):
                answers.insert(-1, versus(case, found, sure))
            continue
        if sure and len(years) == 1 and query.operation in ("value", "exists", "find") and _HOW_MANY_BODIES.search(query.text):
            answers.append(picked(case, found, sure))
            continue
        if (condition := query.condition) and (query.mean or query.operation == "sum" or asks_total(case)):  # of those that it picks
            fitting = [r for r in sure if condition.holds(r.value or 0, r.unit)]
            if not fitting:
                answers.append(picked(case, found, sure))
                continue
            sure = found = fitting
        if query.mean and len(sure) > 1:
            answers.append(together(case, found, "mean"))
            continue
        apart = query.operation != "sum" and len(sure) == 2 and LIES_APART.search(query.text)  # 省厅比它少几件（说总数）
        each = len(years) > 1 and query.operation == "sum" and re.search("比较|对比|相比|谁|哪[个家]", query.text)
        if each and (told := bodies_apart(case, found)) is not None:
            answers.append(told)  # 比较两家三年的总量
            continue
        if (query.operation == "sum" or (asks_total(case) and query.operation != "rank" and not apart)) and len(sure) > 1:
            answers.append(together(case, found, "sum"))
            continue
        if len(years) > 1 and (furthest := furthest_apart(case, found)) is not None:
            answers.append(furthest)
            continue
        by_sum = len(years) > 1 and query.operation == "rank" and re.search("加|合|累计|总|一共", query.asked) and not query.growth
        if by_sum and (by_year := year_of_most(case, found)) is not None:
            answers.append(by_year)  # 两个市政府合计最多的是哪一年
            continue
        if by_sum:
            found = summed_over_years(found)
            answers.append(ranking(case, found, [r for r in found if r.value is not None]))
            continue
        if len(years) > 1:
            answers.append(_matrix(found, case.query.text))
            continue
        if len(sure) > 2 and query.operation == "rank":
            answers.append(ranking(case, found, sure))
            continue
        answers.append(versus(case, found, sure))
        # 这三家收到的申请中自然人提的占百分之几: of each, and of all of them taken together
        pooled = query.operation == "share" and len(found) > 1 and len(sure) == len(found) and _OF_THESE.search(query.text)
        if pooled and not _EACH_ONE.search(query.text) and (whole := share_together(case)) is not None and whole.status == "answered":
            answers.append(replace(whole, text=f"合在一起算，{whole.text}"))
    return merged(answers)


_OF_THESE = re.compile("(?:这|那)(?:[几两俩二三四五六])[家个]?|它们|他们")
_EACH_ONE = re.compile("各|分别|每|谁|哪|[高低]|比(?!例|重|率)|差")


def _picks_by(query: Query) -> bool:
    """Whether bodies are picked by a bound that stands before what is asked of them: 新收过450件的各是多少."""
    bound = query.condition
    if bound is None or not bound.value or query.operation == "rank":
        return False
    return bool(re.search(re.escape(bound.words) + "[件条个份次场人项起元]?的", query.text))


_HOW_MANY_BODIES = re.compile(
    r"数一数|点一点|有[^,，。]{2,16}(?:是|有)(?:几|哪几)(?:家|个(?:单位|部门|机关|局|街道))|的(?:共|总共|一共)?有(?:几|多少)家"
)


def _matrix(found: Sequence[Row], text: str) -> Answer:
    """Several bodies over several years."""
    by_body: dict[str, list[Row]] = {}
    for row in found:
        by_body.setdefault(row.report.lineage or row.who, []).append(row)
    lines = []
    years = sorted({r.report.year for r in found})
    listed = list(by_body.values())[: max(1, min(LISTED, GIVEN // len(years)))]  # each number that is said needs its cell beside it
    for own in listed:
        own.sort(key=lambda r: r.report.year)
        lines.append(f"{own[-1].who}：" + "，".join(f"{r.report.year}年 {r.shown}" for r in own))
    more = f"；其余 {len(by_body) - len(listed)} 个见下表" if len(by_body) > len(listed) else ""
    series = tuple(
        (own[-1].who, tuple(next((r.value for r in own if r.report.year == y), None) for y in years)) for own in list(by_body.values())[:12]
    )
    sure = [r for r in found if r.value is not None]
    chart = Chart(found[0].label, sure[0].unit, tuple(f"{y}年" for y in years), series) if sure and not unlike_rules(sure) else None
    status: AnswerStatus = "answered" if sure else "not_reported"
    in_words = [r for own in listed for r in own]
    given = itertools.islice(itertools.chain(in_words, (r for r in found if r not in in_words)), GIVEN)
    verdict = all_moved(text, list(by_body.values()))
    return Answer(status, f"{verdict}{found[0].label}：" + "；".join(lines) + more + "。", tuple(r.figure() for r in given), chart=chart)


def _group(case: Case, table: Sequence[Sequence[Row]], years: Sequence[int]) -> Answer:
    query = case.query
    answers = []
    for found in table:
        if query.growth and len(years) > 1 and query.operation in ("rank", "list", "compare", "value", "exists"):
            answers.append(who_moved(case, found, years))
            continue
        if (sums := sums_apart(case, found, years)) is not None:
            answers.append(sums)
            continue
        if len(years) > 1 and query.operation == "rank" and (by_year := year_of_most(case, found)) is not None:
            answers.append(by_year)
            continue
        # 2020年以来谁的申请总数多: what the years of each add up to
        most = len(years) > 1 and query.operation == "sum" and not query.condition and WHO_HAS_MORE.search(query.text)
        if len(years) > 1 and (most or query.operation == "rank" or query.condition or query.singled or asks_which(case)):
            found = summed_over_years(found)
        sure = [r for r in found if r.value is not None]
        note_form(case, found)
        if len(years) == 1 and (state := state_in(query.text)):
            answers.append(in_state(case, found, state))
        elif not sure:
            answers.append(none_told(case, found))
        elif query.singled:
            answers.append(share_of_all(case, found, sure))
        elif query.together and len(years) == 1 and 1 < len(case.reports) <= LISTED and (whole := share_together(case)) is not None:
            answers.append(whole)
        elif len(years) == 1 and (over := ends_as_much(query.text, sure)) is not None:
            answers.append(over)
        elif SPREAD.search(query.text) and len(sure) > 1 and len(years) == 1 and not unlike_rules(sure):
            answers.append(spread_of(case, found, sure, by_year=False))
        elif query.mean:
            answers.append(together(case, found, "mean"))
        elif (
            len(found) == len(sure) == 2
            and query.operation in ("rank", "compare")
            and re.search(r"[多少差高低]几|[多少差高低]多少|差距|相差", query.text)
        ):
            answers.append(versus(case, found, sure))
        elif query.operation == "rank" or most:
            answers.append(ranking(case, found, sure))
        elif len(years) == 1 and not query.condition and all_or_none(query.text, found):
            answers.append(_listing(case, found))  # 各镇都没有诉讼吧
        elif query.condition or asks_which(case):
            answers.append(picked(case, found, sure))
        elif len(years) == 1 and query.operation == "list" and asks_total_too(case) and re.search("各[收办有发批罚是自]|分别", query.text):
            answers.append(_listing(case, found))
        elif query.operation == "sum" or (
            query.operation in ("value", "list", "compare") and query.group and not query.condition and asks_total(case)
        ):
            answers.append(together(case, found, "sum"))
        elif len(years) > 1:
            answers.append(_matrix(found, case.query.text))
        else:
            answers.append(_listing(case, found))
    return merged(answers)


def _listing(case: Case, found: Sequence[Row]) -> Answer:
    when = found[0].when
    order = (
        found
        if case.query.group and case.query.group.kind == "named"
        else sorted(found, key=lambda r: -(r.value if r.value is not None else -1))
    )
    shown = "；".join(f"{r.who} {r.shown}" for r in order[:LISTED])
    more = f"；其余 {len(order) - LISTED} 个见下表" if len(order) > LISTED else ""
    warn_missing(case)
    words, whole = total_too(case, found)
    sure = [r for r in found if r.value is not None]
    chart = bars([r for r in order if r.value is not None][:LISTED], f"{when}{found[0].label}") if not unlike_rules(sure) else None
    return Answer(
        "answered",
        f"{all_or_none(case.query.text, found)}{among_whom(case, found)}，{when}{found[0].label}：{shown}{more}。{words}",
        (*(r.figure() for r in order[:GIVEN]), *whole),
        chart=chart,
    )
