"""Questions over many reports: several years of one body, several bodies, all bodies of a kind.

Each operation works on rows, one a report (rows.py), and says how many reports it rests on and which gave no number. A blank cell,
one that does not apply and a table that is missing are never counted as zero.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from corpus.forms import channels, subjects
from corpus.textual import number, show_number
from service import compose
from service.case import Case
from service.cells import share_pairs, wanted_metrics
from service.check import body_count
from service.conditions import HAS
from service.contract import Answer, AnswerStatus, Caution, Chart, FigureOut
from service.directory import directory
from service.evidence import growth_of, percent_of
from service.group import Group, members
from service.lexicon import find_terms, mask
from service.movement import FALLS, RISES, against_an_end
from service.narrative import mean_of_each
from service.query import LEAST_OF_ALL, MOST_OF_ALL, Query
from service.relevance import telling
from service.rows import NOT_WRITTEN, OF_YEARS, Row, change, combined, row_of, rows, times_out

_LISTED = 20  # bodies named one by one in the text
_GIVEN = 60  # figures that an answer carries


def many_step(case: Case) -> Answer | None:
    """An answer over all the reports chosen; None where one report is asked about, or nothing that is counted."""
    query = case.query
    if len(case.reports) < 2 and not (case.among and case.reports):
        return None
    if (query.operation in ("define", "coverage", "find") and not (query.condition and query.group)) or query.section:
        return None
    if query.condition is None and query.operation in ("value", "exists") and _beside(case) > _spare(query):
        return None  # what was done, not how much of it
    if (each := mean_of_each(case)) is not None:
        return each
    table = rows(case, case.reports)
    if not table:
        return None
    if query.condition is None and _beside(case) and all(r.shown == NOT_WRITTEN for found in table for r in found):
        return None  # no report states such a number: what else they say of it
    years = case.years
    if query.qualifier or (query.attributive and not query.has_cells):
        return None
    if not case.several and not case.among:
        return _years(case, table)
    if query.mention.named and not case.among:
        return _side_by_side(case, table, years)
    return _group(case, table, years)


def _spare(query: Query) -> int:
    """How many telling words a question may have beside what it counts and still ask for a number."""
    if query.asks_number and query.unit and query.subject_only:
        return 9  # 三年合起来参加培训多少人: what is counted, and in what, is plain
    return 1 if query.asks_number else 0


def _beside(case: Case) -> int:
    """How many telling words a question has beside those that name what is counted: 自助查阅机 counts no visits."""
    query = case.query
    if query.has_cells or (query.weak and query.mention.named):
        return 0
    cues = [c for item in (*channels(), *subjects()) if item.id in (*query.channels, query.subject) for c in (*item.cues, *item.terms)]
    rest = mask(query.matter, [(h.start, h.end) for h in find_terms(query.matter) if not h.loose])
    counts = re.compile("[人场次件条]数|场次|人次")  # how it is counted, not what
    words = [word for word in telling(case, rest.replace("\n", "，")) if not counts.fullmatch(word)]
    return sum(not any(word in cue or cue in word for cue in cues) for word in words)


# ------------------------------------------------------------------------------------------------ one body over years


def _years(case: Case, table: Sequence[Sequence[Row]]) -> Answer:
    """One body over its years: the series, and what was asked of it."""
    query = case.query
    answers = []
    for series in table:
        _note_form(case, series)
        if (shared := _share_of_years(case, series)) is not None:
            answers.append(shared)
            continue
        sure = [r for r in series if r.value is not None]
        lead = f"{series[-1].who}{series[0].label}："
        if (ends := _focus_and_end(case, sure) or _end_and_year(case, sure)) is not None:
            answers.append(_series(case, ends, lead))
            continue
        if _asks_times(query) and len(sure) == len(series) == 2:
            first, second = (query.text.find(str(r.report.year)[2:]) for r in series)
            later_first = first < 0 or 0 <= second < first  # 是上一年的几倍: the later one is told by the earlier
            answers.append(_times(sure[::-1] if later_first else sure))
            if query.growth == "rate":
                answers.append(_series(case, series, lead))
        elif _SPREAD.search(query.text) and len(sure) > 1 and not _mixed(sure):
            answers.append(_spread(case, series, sure, by_year=True))
        elif query.operation == "rank" and len(sure) > 2 and _STEPS.search(query.text) and not _mixed(sure):
            answers.append(_extreme_step(case, series, lead))
        elif len(sure) > 2 and not _mixed(sure) and (apart := _TIMES_AS_MUCH.search(query.text)):
            high, low = max(sure, key=lambda r: r.value or 0), min(sure, key=lambda r: r.value or 0)
            answers.append(_times([high, low] if apart["top"] else [low, high]))
        elif query.operation == "rank" and len(sure) == 2 and re.search("差(?:多少|几|了)|相差", query.text):
            answers.append(_series(case, series, lead))  # 差几件，哪年多
        elif query.operation == "rank" and len(sure) > 1 and not _mixed(sure):
            answers.append(_extreme_year(case, series, sure, lead))
        elif query.condition and ((_picks(case) and not query.asks_number) or _ASKS_YEARS.search(query.text)):
            answers.append(_which_years(case, series, lead))
        elif query.mean and len(sure) > 1 and not _mixed(sure):
            answers.append(_together(case, series, "mean"))
        elif (query.operation == "sum" or (query.operation == "value" and _asks_total(case))) and len(sure) > 1 and not _mixed(sure):
            answers.append(_together(case, series, "sum"))
        else:
            answers.append(_series(case, series, lead))
    if query.operation == "sum" and len(answers) > 1 and not re.search("各|分别", query.text):
        every = [r for series in table for r in series]
        if all(r.value is not None for r in every) and len({r.unit for r in every}) == 1 and not any(_mixed(s) for s in table):
            whole = combined(every, "sum", "合计")  # 许可、处罚三年全部相加
            answers.append(
                Answer("answered", f"全部合计 {show_number(whole.value or 0)} {whole.unit}（计算所得：{whole.formula}）。", (whole,))
            )
    return _merged(answers)


def _share_of_years(case: Case, series: Sequence[Row]) -> Answer | None:
    """占这两年全部新收的百分之几: what several years add up to over what their wholes do; of one year that is named first, that year's."""
    query = case.query
    base = OF_YEARS.search(query.text)
    if not base or len(series) < 2 or any(r.value is None for r in series) or _mixed(series) or series[0].unit == "%":
        return None
    named = re.search(r"(20\d\d|(?<!\d)\d\d)年?", query.text[: base.start()])
    one = [r for r in series if named and str(r.report.year).endswith(named[1])]
    part, whole = one or list(series), list(series)
    if not one and query.applicants and query.applicants != ("total",):
        total = replace(
            case, query=replace(query, applicants=("total",), operation="value", shared=False, follows=False, asked="", text="")
        )
        found = rows(total, [r.report for r in series])
        if len(found) != 1 or any(r.value is None for r in found[0]):
            return None
        whole = found[0]
    if not one and whole == part:
        return None
    top, below = combined(part, "sum", part[0].label), combined(whole, "sum", whole[0].label)
    if not below.value:
        return Answer("not_reported", f"{whole[0].label}合计是 0，算不出占比。", (below,))
    percent, formula = percent_of(top.value or 0, below.value)
    share = replace(below, metric="share", label=f"{part[0].label}占合计", value=percent, unit="%", formula=f"{below.formula}；{formula}")
    when = "、".join(f"{r.report.year}年" for r in part)
    span = "、".join(f"{r.report.year}年" for r in whole)
    text = (
        f"{series[-1].who}{when}{part[0].label} {show_number(top.value or 0)} {top.unit}，占{span}{whole[0].label}合计 {show_number(below.value)} "
        f"{below.unit}的 {show_number(percent)}%（计算所得：{formula}）。"
    )
    return Answer("answered", text, (share, top, below))


_SPREAD = re.compile(
    r"最[多高大][^,，。]{0,6}(?:比|和|跟|与|同)(?:最[少低小]|谷底|低谷)|最[少低小][^,，。]{0,6}(?:比|和|跟|与|同)最[多高大]|极差|最高和最低|高低(?:相)?差|一高一低[^,，。]{0,4}差|(?:峰值|顶峰|高峰|最高点)[^,，。]{0,4}(?:比|和|跟|与|同)(?:谷底|低谷|最低点)"
    r"|(?:谷底|低谷|最低点)[^,，。]{0,4}(?:比|和|跟|与|同)(?:它|峰值|顶峰|高峰|最高点)"
)


_TIMES_AS_MUCH = re.compile(r"最(?:(?P<top>[多高大])|[少低小])[^,，。]{0,6}[是为]最[多少高低大小][^,，。]{0,6}[几多]少?倍")


def _spread(case: Case, found: Sequence[Row], sure: Sequence[Row], *, by_year: bool) -> Answer:
    """How far the most and the least lie apart: 最多那年比最少那年多几件."""
    low, high = min(sure, key=lambda r: r.value or 0), max(sure, key=lambda r: r.value or 0)
    apart = change(low, high, "amount")
    name = (lambda r: f"{r.report.year}年") if by_year else (lambda r: r.who)
    if apart is None or apart.value is None:
        return _none_told(case, found)
    unit = "个百分点" if high.unit == "%" else high.unit
    text = (
        f"{high.who if by_year else case.among or ''}{high.label}，最多的是{name(high)} {high.shown}，最少的是{name(low)} {low.shown}，"
        f"相差 {show_number(apart.value)} {unit}（计算所得：{apart.figure().formula}）。"
    )
    return Answer("answered", text + _gaps(found), (apart.figure(), high.figure(), low.figure()))


def _mixed(found: Sequence[Row]) -> bool:
    return len({r.comparable for r in found}) > 1 or len({r.unit for r in found}) > 1


def _note_form(case: Case, found: Sequence[Row]) -> None:
    other_form = len({r.report.edition for r in found}) > 1 and any(r.state == "absent" for r in found)
    if other_form or len({r.comparable for r in found if r.value is not None}) > 1:
        case.noted.append(Caution("form_changed", "这些报告用的是不同版式的表格，这一项的口径不同，不能直接比较。"))
    elif {"2019", "2021"} <= {r.report.edition for r in found} and re.match("licensing|penalty|coercion", found[0].comparable):
        case.noted.append(Caution("form_changed", "这些报告用的是不同版式的表格；这一项在两种版式里都有，含义相同。"))


def _moved(years: tuple[int, int], unit: str, difference: FigureOut, growth: FigureOut | None = None) -> str:
    """2024年比2023年增加 3 件（计算所得：…），增长 …%, without a full stop."""
    by = difference.value or 0
    word = "增加" if by > 0 else "减少" if by < 0 else "持平"
    amount = f" {show_number(abs(by))} {unit}" if by else ""
    text = f"{years[1]}年比{years[0]}年{word}{amount}（计算所得：{difference.formula}）"
    if growth is not None and growth.value is not None:
        text += f"，{'增长' if growth.value > 0 else '下降'} {show_number(abs(growth.value))}%（计算所得：{growth.formula}）"
    return text


def _series(case: Case, series: Sequence[Row], lead: str) -> Answer:
    body = "；".join(f"{r.report.year}年 {r.shown}" for r in series) + "。"
    figures = [r.figure() for r in series]
    more = ""
    if _mixed([r for r in series if r.value is not None]):
        more = "这些年度的表格版式不同，口径不同，不能直接比较。"
    elif any(r.state == "absent" for r in series) and len({r.report.edition for r in series}) > 1:
        more = "有的年度用的是另一种版式的表格，没有这一项，不能直接比较。"
    sure = [r for r in series if r.value is not None]
    if len(series) > 1 and len(sure) > 1 and series[0].value is not None and series[-1].value is not None:
        first, last = series[0], series[-1]
        difference, growth = change(first, last, "amount"), change(first, last, "rate")
        if difference is not None and difference.value is not None:
            moved = [difference.figure(), *([growth.figure()] if growth is not None and growth.value and first.unit != "%" else [])]
            more = _moved((first.report.year, last.report.year), first.unit if first.unit != "%" else "个百分点", *moved)
            figures += moved
            if len(moved) < 2 and not first.value and first.unit != "%" and last.value:
                more += "，上期是 0，算不出百分比"
            more += "。"
            lead = _yes_or_no(case, difference.value) + lead
    words, whole = _whole(case, series)
    more, figures = more + words, [*figures, *whole]
    status: AnswerStatus = "answered" if sure else "not_reported"
    chart = Chart(
        series[0].label, series[-1].unit or (sure[0].unit if sure else ""), tuple(f"{r.report.year}年" for r in series),
        ((series[-1].who, tuple(r.value for r in series)),),
    )  # fmt: skip
    return Answer(status, lead + body + more, tuple(figures), chart=chart if sure else None)


# A number that says how much there is at a time is not added up over the years.
_STOCK = re.compile(r"in_force|published_total|items_last_year|carried_|pending|followers|rate\.")
_EACH = re.compile(r"各|分别|每|逐|历年|趋势|走势|变化|同期|[比较差增减升降涨跌最排列哪谁]|[多少]了|[更还]多|是不是|吗")


def _whole(case: Case, found: Sequence[Row]) -> tuple[str, list[FigureOut]]:
    """The sum in words and as a figure, where one number is asked for of several years or bodies and nothing says that each is meant: 两年一起办了多少件."""
    query, sure = case.query, [r for r in found if r.value is not None]
    asks = query.asks_number and not query.applicants and not _EACH.search(query.asked)
    if not asks or len(sure) < 2 or len(sure) < len(found) or _mixed(sure) or sure[0].unit in ("%", "") or query.condition or query.growth:
        return "", []
    if _STOCK.search(sure[0].comparable) or (
        any(f.scope == "全域汇总" for f in (r.report for r in sure)) and len({r.who for r in sure}) > 1
    ):
        return "", []
    whole = combined(sure, "sum", f"{found[0].label}合计")
    return f"合计 {show_number(whole.value or 0)} {whole.unit}（计算所得：{whole.formula}）。", [whole]


def _yes_or_no(case: Case, difference: float) -> str:
    """To a question that claims a direction: 是不是下降了."""
    text = case.query.text
    if not _CLAIMS.search(text) and "有没有" not in text:
        return ""
    falls = re.search(rf"{FALLS}|少了|往下|(?<!多)还?少(?!了?[几多])", text)
    rises = re.search(rf"{RISES}|往上|多了|还多|更多|多(?=[,，吗吧?？是]|靠|$)", text)
    if bool(falls) == bool(rises):
        return ""
    return "是的。" if (difference < 0 if falls else difference > 0) else "不对。"


def _focus_and_end(case: Case, sure: Sequence[Row]) -> Sequence[Row] | None:
    """The year with the most or least and the one that was told, to be held against it: 比最多的那年低百分之几."""
    end = against_an_end(case.query.text)
    focus = case.request.context.focus if case.request.context else None
    own = next((r for r in sure if r.report.year == focus), None)
    if not end or own is None or len(sure) < 3:
        return None
    other = (max if end in "多高" else min)(sure, key=lambda r: r.value or 0)
    return (other, own) if other is not own else None


def _end_and_year(case: Case, sure: Sequence[Row]) -> Sequence[Row] | None:
    """The most or least of several years against one that is named: 最高的一年比2024年高出百分之多少."""
    named = re.search(r"最(?P<end>[多高少低])的?那?一?年[^,，。]{0,4}比(?P<year>(?:20)?\d\d)年?", case.query.text)
    own = next((r for r in sure if named and str(r.report.year).endswith(named["year"])), None)
    if named is None or own is None or len(sure) < 3:
        return None
    other = (max if named["end"] in "多高" else min)(sure, key=lambda r: r.value or 0)
    return (own, other) if other is not own else None


_STEPS = re.compile(
    rf"(?:比|较)(?:前一年|上一?年|头年)[^,，。]{{0,8}}最|(?:{RISES}|{FALLS}|掉|变化)(?:得|的|幅度?|了)?最|(?:增|涨|升|降|跌|减)幅最"
)


def _extreme_step(case: Case, series: Sequence[Row], lead: str) -> Answer:
    """The year that has most more, or less, than the one before it: 哪一年跟前一年比掉得最厉害."""
    falls = bool(_FALLS.search(case.query.text) or re.search("掉", case.query.text))
    kind = "rate" if re.search("幅|百分", case.query.text) else "amount"
    steps = [(last, moved) for first, last in itertools.pairwise(series) if (moved := change(first, last, kind)) and moved.value]
    steps = [(r, s) for r, s in steps if (s.value or 0) < 0] if falls else [(r, s) for r, s in steps if (s.value or 0) > 0]
    rest = "；".join(f"{r.report.year}年 {r.shown}" for r in series) + "。"
    figures = tuple(r.figure() for r in series)
    case.among = case.among or f"{series[-1].who}的报告"
    if not steps:
        return Answer("answered", f"{lead}收录的年度里没有哪一年比前一年{'少' if falls else '多'}。{rest}", figures)
    last, step = max(steps, key=lambda s: abs(s[1].value or 0))
    word = "减少" if falls else "增加"
    shown = f"{show_number(abs(step.value or 0))}{'%' if kind == 'rate' else ' ' + last.unit}"
    text = f"{lead}比前一年{word}最多的是{last.report.year}年，{word} {shown}（计算所得：{step.figure().formula}）。{rest}"
    return Answer("answered", text, (step.figure(), last.figure(), *figures))


def _extreme_year(case: Case, series: Sequence[Row], sure: Sequence[Row], lead: str) -> Answer:
    least = case.query.least
    best = (min if least else max)(r.value or 0 for r in sure)
    top = [r for r in sure if r.value == best]
    names = "、".join(f"{r.report.year}年" for r in top)
    text = f"收录的 {len(series)} 个年度里，{names}{'最少' if least else '最多'}，{top[0].shown}。"
    rest = "；".join(f"{r.report.year}年 {r.shown}" for r in series) + "。"
    chart = Chart(
        series[0].label, sure[0].unit, tuple(f"{r.report.year}年" for r in series), ((series[-1].who, tuple(r.value for r in series)),)
    )
    case.among = case.among or f"{series[-1].who}的报告"
    return Answer("answered", lead + text + rest, tuple(r.figure() for r in [*top, *(r for r in series if r not in top)]), chart=chart)


_ASKS_YEARS = re.compile(r"哪(?:几|些|一)个?年|年份|共?几个年|(?<![近前第])有几年")


def _which_years(case: Case, series: Sequence[Row], lead: str) -> Answer:
    condition = case.query.condition
    held = [r for r in series if r.value is not None and condition is not None and condition.holds(r.value, r.unit)]
    if condition is not None and case.query.growth:  # by how much each year has more, or less, than the one before
        steps = [(last, change(first, last, case.query.growth)) for first, last in itertools.pairwise(series)]
        falls = bool(_FALLS.search(case.query.text))
        held = [r for r, s in steps if s and s.value and (s.value < 0) == falls and condition.holds(abs(s.value))]
    words = condition.words if condition else ""
    rest = "；".join(f"{r.report.year}年 {r.shown}" for r in series) + "。"
    case.among = case.among or f"{series[-1].who}的报告"
    if len(held) > 1:
        case.told_years = tuple(r.report.year for r in held)  # 这几年, asked next, are those that were picked
    named = f"符合“{words}”" if words != HAS else "大于 0 "
    text = f"{named}的年度有 {len(held)} 个：{'、'.join(f'{r.report.year}年' for r in held)}。" if held else f"没有{named}的年度。"
    added: tuple[FigureOut, ...] = ()
    if (
        len(held) > 1
        and not _mixed(held)
        and re.search(r"(?:合计|加起来|相加|总共|一共|累计|加总)(?!有?(?:几|多少)个?年)", case.query.text)
    ):
        whole = combined(held, "sum", f"{held[0].label}合计")
        text += f"这些年度合计 {show_number(whole.value or 0)} {whole.unit}（计算所得：{whole.formula}）。"
        added = (whole,)
    return Answer("answered", lead + text + rest, (_count(held, series), *added, *(r.figure() for r in series)))


# ------------------------------------------------------------------------------------------------------ named bodies


def _side_by_side(case: Case, table: Sequence[Sequence[Row]], years: Sequence[int]) -> Answer:
    """Bodies named one by one: each one's figures; of two, the difference."""
    query = case.query
    answers = []
    for found in table:
        sure = [r for r in found if r.value is not None]
        _note_form(case, [r for r in found if r.report.year == found[0].report.year])
        if query.together and (whole := _share_together(case)) is not None:
            answers.append(whole)
            continue
        if (sums := _sums_apart(case, found, years)) is not None:
            answers.append(sums)
            continue
        if query.singled and len(sure) > 1:
            answers.append(_share_of_all(case, found, sure))
            continue
        if _SPREAD.search(query.text) and len(sure) > 1 and len(years) == 1 and not _mixed(sure):
            answers.append(_spread(case, found, sure, by_year=False))
            continue
        if (
            query.operation == "share"
            and found[0].unit != "%"
            and len(found) == 2
            and len(years) == 1
            and re.search(r"占|相当于|顶|是.{2,20}的(?:几|百分)", query.text)
        ):
            answers.append(_against_other(case, found))
            continue
        picks = _picks(case.asking("value") if query.operation == "sum" else case) or (query.follows and query.operation == "value")
        picks = picks or bool(query.condition and _HOW_MANY_BODIES.search(query.text))
        if sure and query.condition and picks and len(years) == 1:
            answers.append(_picked(case, found, sure))  # whatever else adds them up: 甲加上乙等七家里超过200条的有几个
            continue
        if query.growth and len(years) > 1 and (query.operation == "rank" or _picks(case) or re.search("各|分别|每", query.asked)):
            answers.append(_growth(case, found, years))
            continue
        if _asks_times(query) and len(sure) == len(found) == 2:
            answers.append(_times(found[::-1] if re.search("后者是前者", query.text) else found))
            if re.search(r"[多少高低]出?了?(?:几|多少)(?!倍)|相差|差几", query.text):
                answers.insert(-1, _versus(case, found, sure))
            continue
        if sure and len(years) == 1 and query.operation in ("value", "exists", "find") and _HOW_MANY_BODIES.search(query.text):
            answers.append(_picked(case, found, sure))
            continue
        if (condition := query.condition) and (query.mean or query.operation == "sum" or _asks_total(case)):  # of those that it picks
            fitting = [r for r in sure if condition.holds(r.value or 0, r.unit)]
            if not fitting:
                answers.append(_picked(case, found, sure))
                continue
            sure = found = fitting
        if query.mean and len(sure) > 1:
            answers.append(_together(case, found, "mean"))
            continue
        apart = query.operation != "sum" and len(sure) == 2 and _LIES_APART.search(query.text)  # 省厅比它少几件（说总数）
        if (query.operation == "sum" or (_asks_total(case) and query.operation != "rank" and not apart)) and len(sure) > 1:
            answers.append(_together(case, found, "sum"))
            continue
        if len(years) > 1 and (furthest := _furthest_apart(case, found)) is not None:
            answers.append(furthest)
            continue
        if len(years) > 1 and query.operation == "rank" and re.search("加|合|累计|总|一共", query.asked) and not query.growth:
            found = _over_years(found)
            answers.append(ranking(case, found, [r for r in found if r.value is not None]))
            continue
        if len(years) > 1:
            answers.append(_matrix(found))
            continue
        if len(sure) > 2 and query.operation == "rank":
            answers.append(ranking(case, found, sure))
            continue
        answers.append(_versus(case, found, sure))
    return _merged(answers)


_LIES_APART = re.compile(r"[多少增减涨降差][长加少了出]*(?:几|多少)|相差|差距|差额|[增涨降跌]幅|百分之[几多]|变化")


def _sums_apart(case: Case, found: Sequence[Row], years: Sequence[int]) -> Answer | None:
    """How far what several bodies add up to in two years lies apart: 四个街道合计，2024年比2023年少几件; None for any other question."""
    query, bodies = case.query, {r.report.lineage or r.who for r in found}
    if len(years) != 2 or len(bodies) < 2 or not _LIES_APART.search(query.text) or not (query.operation == "sum" or _asks_total(case)):
        return None
    apart = [[r for r in found if r.report.year == year] for year in sorted(years)]
    if any(r.value is None for r in found) or _mixed(found) or len(apart[0]) != len(apart[1]):
        return None  # the sums would not be of the same bodies
    first, last = (combined(own, "sum", f"{own[0].label}合计") for own in apart)
    before, after = first.value or 0, last.value or 0
    told = compose.difference((last, first), after, before)
    who = case.among or "、".join(dict.fromkeys(r.who for r in found))
    shown = "；".join(
        f"{own[0].report.year}年 {show_number(whole.value or 0)} {whole.unit}（计算所得：{whole.formula}）"
        for own, whole in zip(apart, (first, last), strict=True)
    )
    moved = [told]
    if before and after != before:
        percent, formula = growth_of(before, after)
        moved.append(replace(told, metric="growth", label="变化幅度", value=percent, unit="%", formula=formula))
    text = f"{who}{found[0].label}合计：{shown}。{_moved((min(years), max(years)), last.unit, *moved)}"
    return Answer("answered", text + "。", (first, last, *moved))


def _furthest_apart(case: Case, found: Sequence[Row]) -> Answer | None:
    """The year in which two bodies lie furthest apart, or nearest: 相差最大的是哪年."""
    asked = re.search(r"(?:相差|差距|差得?)(?:是)?最(大|小|多|少)", case.query.text)
    by_year: dict[int, list[Row]] = {}
    for row in found:
        by_year.setdefault(row.report.year, []).append(row)
    pairs = [own for own in by_year.values() if len(own) == 2 and all(r.value is not None for r in own)]
    if asked is None or len({r.report.lineage or r.who for r in found}) != 2 or len(pairs) < 2:
        return None

    def apart(pair: Sequence[Row]) -> float:
        return abs((pair[0].value or 0) - (pair[1].value or 0))

    most = (max if asked[1] in "大多" else min)(map(apart, pairs))
    furthest = [pair for pair in pairs if apart(pair) == most]
    says, shown = [], []
    for pair in furthest:
        one, two = sorted(pair, key=lambda r: -(r.value or 0))
        told = compose.difference((one.figure(), two.figure()), one.value or 0, two.value or 0)
        says.append(
            f"{one.report.year}年（{one.who} {one.shown}，{two.who} {two.shown}，相差 {show_number(told.value or 0)} {one.unit}，计算所得：{told.formula}）"
        )
        shown += [told, one.figure(), two.figure()]
    others = [r.figure() for r in found if all(r not in pair for pair in furthest)]
    case.focus = furthest[0][0].report.year
    text = f"{found[0].label}相差最{asked[1]}的是{'、'.join(says)}。"
    return Answer("answered", text, (*shown, *others))


_WHO_HAS_MORE = re.compile(r"(?:谁|哪[个家边])[^,，。?？]{0,10}(?<!多)[多少高低](?!少|多少|几)")


def _versus(case: Case, found: Sequence[Row], sure: Sequence[Row]) -> Answer:
    year = found[0].report.year
    if _WHO_HAS_MORE.search(case.query.text) and not _mixed(sure):  # who it is comes first
        sign = 1 if re.search(r"(?:谁|哪[个家边])[^,，。?？]{0,10}[少低](?!多少|几)", case.query.text) else -1
        found = sorted(found, key=lambda r: (r.value is None, sign * (r.value or 0)))
    text = f"{year}年{found[0].label}：" + "；".join(f"{r.who} {r.shown}" for r in found) + "。"
    figures = [r.figure() for r in found]
    if len(sure) > 1 and not _mixed(sure):
        best = max(r.value or 0 for r in sure)
        top = [r for r in sure if r.value == best]
        if len(top) < len(sure):
            least = case.query.least or bool(re.search(r"更少|较少|少一?些|最不|谁少|哪[个家]少|更低|谁低", case.query.text))
            low = min(r.value or 0 for r in sure)
            shown = [r for r in sure if r.value == low] if least else top
            text += f"{'、'.join(r.who for r in shown)}{'少' if least else '多' if found[0].unit != '%' else '高'}"
        else:
            text += "两者相同" if len(sure) == 2 else "各家相同"
        order = sorted(sure, key=lambda r: r.value or 0)
        if len(order) == 2 and (difference := change(order[0], order[1], "amount")) is not None and difference.value:
            told = difference.figure()
            figures.append(told)
            unit = "个百分点" if found[0].unit == "%" else found[0].unit
            text += f"，相差 {show_number(abs(difference.value))} {unit}（计算所得：{told.formula}）"
            if (percent := _percent_apart(case, found)) is not None:
                figures.append(percent.figure())
                text += f"，{percent.label} {percent.shown}（计算所得：{percent.figure().formula}）"
        text += "。"
    words, whole = _whole(case, found)
    text, figures = text + words, [*figures, *whole]
    status: AnswerStatus = "answered" if sure else "not_reported"
    text = _claimed(case, found) + text
    return Answer(status, text, tuple(figures), chart=_bars(found, f"{year}年{found[0].label}"))


def _percent_apart(case: Case, found: Sequence[Row]) -> Row | None:
    """By how many percent one of two bodies has more or less than the other, where that is asked: 后者比前者高百分之几."""
    text = case.query.text
    if len(found) != 2 or found[0].unit == "%" or not re.search(r"百分之|百分比|%", text):
        return None
    by_name = [text.find(name) for name in (found[0].who[-3:], found[1].who[-3:])]
    than = text.find("比", 0 if "百分比" not in text else text.find("百分比") + 3)
    base, other = found
    if re.search(r"前者比后者|比后者", text) or (min(by_name) >= 0 and 0 <= than < by_name[1] and by_name[0] < by_name[1]):
        other, base = found
    grown = change(base, other, "rate")
    if grown is None or grown.value is None:
        return None
    return replace(grown, label=f"{other.who}比{base.who}{'高' if grown.value > 0 else '低'}", told=f"{show_number(abs(grown.value))}%")


def _against_other(case: Case, found: Sequence[Row]) -> Answer:
    """One body's figure as a share of another's: 市公安局的相当于全市的百分之几."""
    part, whole = found
    of_place = directory(case.snapshot.reports).bodies
    if of_place[part.who].kind == "government" and of_place[whole.who] in directory(case.snapshot.reports).within(of_place[part.who].place):
        part, whole = whole, part
    figures = tuple(r.figure() for r in found)
    shown = f"{part.report.year}年{part.label}：{part.who} {part.shown}，{whole.who} {whole.shown}"
    if part.value is None or not whole.value or _mixed(found):
        return Answer("not_reported", f"{shown}，算不出占比。", figures)
    percent, formula = percent_of(part.value, whole.value)
    share = replace(
        combined(found, "sum", ""),
        metric="share",
        label=f"{part.who}占{whole.who}",
        value=percent,
        unit="%",
        formula=formula,
        agency=part.who,
    )
    return Answer("answered", f"{shown}；前者占后者的 {show_number(percent)}%（计算所得：{formula}）。", (share, *figures))


_HOW_MANY_BODIES = re.compile(
    r"数一数|点一点|有[^,，。]{2,16}(?:是|有)(?:几|哪几)(?:家|个(?:单位|部门|机关|局|街道))|的(?:共|总共|一共)?有(?:几|多少)家"
)
_TIMES = re.compile(r"(?:几|多少)倍|倍数")


def _asks_times(query: Query) -> bool:
    """Whether the one is to be told by the other; a follow-up that asks for nothing else goes on with it: 2023年呢."""
    return bool(
        _TIMES.search(query.text)
        or (query.operation == "value" and not query.has_topic and _TIMES.search(query.matter))
        or (query.follows and query.operation == "value" and not query.asks_number and _TIMES.search(query.matter))
    )


def _times(found: Sequence[Row]) -> Answer:
    """How many times as much the first of two rows is as the second: 甲是乙的几倍."""
    first, second = found
    shown = f"{first.label}：{first.who}{first.report.year}年 {first.shown}，{second.who}{second.report.year}年 {second.shown}"
    figures = tuple(r.figure() for r in found)
    if not first.value or not second.value or _mixed(found):
        return Answer("not_reported", f"{shown}，算不出倍数。", figures)
    told = times_out(found, first.value, second.value)
    return Answer("answered", f"{shown}；前者是后者的 {show_number(told.value or 0)} 倍（计算所得：{told.formula}）。", (told, *figures))


def _claimed(case: Case, found: Sequence[Row]) -> str:
    """To a claim that the first body named has more, or less, than the second."""
    text = case.query.text
    claim = re.search(r"(?:比|超过|不如).{1,24}?(多|少|高|低)", text)
    if len(found) != 2 or found[0].value is None or found[1].value is None or not claim or not _CLAIMS.search(text):
        return ""
    first, second = (r.value or 0 for r in found)
    return "是的。" if (first > second if claim[1] in "多高" else first < second) else "不对。"


_CLAIMS = re.compile(r"是不是|是否|对吗|对吧|对不对|对不$|准不准|靠谱|属实|真的|是真|没错|说法|吧[?？]?$|[吗么][?？]?$")


def _matrix(found: Sequence[Row]) -> Answer:
    """Several bodies over several years."""
    by_body: dict[str, list[Row]] = {}
    for row in found:
        by_body.setdefault(row.report.lineage or row.who, []).append(row)
    lines = []
    years = sorted({r.report.year for r in found})
    listed = list(by_body.values())[: max(1, min(_LISTED, _GIVEN // len(years)))]  # each number that is said needs its cell beside it
    for own in listed:
        own.sort(key=lambda r: r.report.year)
        lines.append(f"{own[-1].who}：" + "，".join(f"{r.report.year}年 {r.shown}" for r in own))
    more = f"；其余 {len(by_body) - len(listed)} 个见下表" if len(by_body) > len(listed) else ""
    series = tuple(
        (own[-1].who, tuple(next((r.value for r in own if r.report.year == y), None) for y in years)) for own in list(by_body.values())[:12]
    )
    sure = [r for r in found if r.value is not None]
    chart = Chart(found[0].label, sure[0].unit, tuple(f"{y}年" for y in years), series) if sure and not _mixed(sure) else None
    status: AnswerStatus = "answered" if sure else "not_reported"
    in_words = [r for own in listed for r in own]
    given = itertools.islice(itertools.chain(in_words, (r for r in found if r not in in_words)), _GIVEN)
    return Answer(status, f"{found[0].label}：" + "；".join(lines) + more + "。", tuple(r.figure() for r in given), chart=chart)


# ------------------------------------------------------------------------------------------------------ groups


def _group(case: Case, table: Sequence[Sequence[Row]], years: Sequence[int]) -> Answer:
    query = case.query
    answers = []
    for found in table:
        if query.growth and len(years) > 1 and query.operation in ("rank", "list", "compare", "value", "exists"):
            answers.append(_growth(case, found, years))
            continue
        if (sums := _sums_apart(case, found, years)) is not None:
            answers.append(sums)
            continue
        if len(years) > 1 and (query.operation == "rank" or query.condition or _picks(case)):
            found = _over_years(found)
        sure = [r for r in found if r.value is not None]
        _note_form(case, found)
        if not sure:
            answers.append(_none_told(case, found))
        elif query.singled:
            answers.append(_share_of_all(case, found, sure))
        elif query.together and len(years) == 1 and 1 < len(case.reports) <= _LISTED and (whole := _share_together(case)) is not None:
            answers.append(whole)
        elif _SPREAD.search(query.text) and len(sure) > 1 and len(years) == 1 and not _mixed(sure):
            answers.append(_spread(case, found, sure, by_year=False))
        elif query.mean:
            answers.append(_together(case, found, "mean"))
        elif (
            len(found) == len(sure) == 2
            and query.operation in ("rank", "compare")
            and re.search(r"[多少差高低]几|[多少差高低]多少|差距|相差", query.text)
        ):
            answers.append(_versus(case, found, sure))
        elif query.operation == "rank":
            answers.append(ranking(case, found, sure))
        elif query.condition or _picks(case):
            answers.append(_picked(case, found, sure))
        elif query.operation == "sum" or (
            query.operation in ("value", "list", "compare") and query.group and not query.condition and _asks_total(case)
        ):
            answers.append(_together(case, found, "sum"))
        elif len(years) > 1:
            answers.append(_matrix(found))
        else:
            answers.append(_listing(case, found))
    return _merged(answers)


def _asks_total(case: Case) -> bool:
    return bool(
        re.search(
            r"共(?=[发收办开接批罚出推登挂](?:了|过)?(?:多少|几))|一并(?=是|有|多少|几)|汇总(?:起来)?(?:是|有)?(?:多少|几)|(?<!结果)总计(?:是|有)?(?:多少|几)|总(?:次|人|件|条|篇|场|份)数|一共|总共|合计|共计|总数|总量|加起来|加总|总和|之和|求和|累加|累计|小计|拢共|统共|[加合算凑归](?:在|到)?一(?:块|起|堆)|合起来|[全都]算上?(?:下来|起来)|全部加",
            case.query.text,
        )
    ) and not re.search(r"分别|各自|各是|各有|各多少", case.query.text)


def _picks(case: Case) -> bool:
    """Whether bodies are to be picked out by what they have: 哪些街道有行政处罚, 有几个单位收过信息处理费."""
    return bool(
        re.search(
            r"的(?:单位|机关|部门|街道|局)?(?:都)?列|哪些|哪几|哪个|哪家|几个|几家|多少个|多少家|有没有|有无|哪一?年|谁|是不是都|都(?:是|有|没)",
            case.query.text,
        )
    ) and case.query.operation in ("value", "exists", "list", "find", "compare")


def _lead(case: Case, found: Sequence[Row]) -> str:
    year = found[0].report.year
    return f"收录了{year}年报告的{case.among or '机关'}共 {len({r.report.lineage or r.who for r in found})} 个"


def _none_told(case: Case, found: Sequence[Row]) -> Answer:
    shown = "；".join(f"{r.who} {r.shown}" for r in found[:_LISTED])
    return Answer(
        "not_reported", f"{_lead(case, found)}，{found[0].label}都没有可以引用的数字：{shown}。", tuple(r.figure() for r in found[:_GIVEN])
    )


def _gaps(found: Sequence[Row]) -> str:
    """Who gave no number, and how; those of one state together."""
    groups: dict[str, list[str]] = {}
    for row in found:
        if row.value is None:
            groups.setdefault(row.shown, []).append(row.who)
    if not groups:
        return ""
    told = [
        # Not to write of a thing is no gap of a report: who does not is counted, not listed.
        f"其余 {len(names)} 个（{shown}）"
        if shown == NOT_WRITTEN
        else f"{'、'.join(names[:6])}{f'等 {len(names)} 个' if len(names) > 6 else ''}（{shown}）"
        for shown, names in groups.items()
    ]
    return "没有计入的：" + "；".join(told) + "。"


_BEHIND = re.compile("落后|[差少多]了?(?:多少|几)|相差|差距")


def ranking(case: Case, found: Sequence[Row], sure: Sequence[Row]) -> Answer:
    """Top or bottom rows, ties told together."""
    query = case.query

    def place(row: Row) -> int | float:
        return (row.value or 0) * (1 if query.least else -1)

    order = sorted(sure, key=place)
    cut = order[min(query.top, len(order)) - 1].value
    at = [r.value for r in order].index(cut)
    tied = [r for r in order if r.value == cut]
    top = [*order[:at], *tied]
    word = ("最低" if query.least else "最高") if found[0].unit == "%" else ("最少" if query.least else "最多")
    year = f"{found[0].report.year}年" if len({r.report.year for r in found}) == 1 else ""
    lead = f"{_lead(case, found)}，{year}{found[0].label}{word}的"
    apart: FigureOut | None = None
    if query.top == 1 or len(order) == 1:
        names = "、".join(r.who for r in top[:_LISTED])
        many = f"等 {len(top)} 个（并列）" if len(top) > _LISTED else "（并列）" if len(top) > 1 else ""
        text = f"{lead}是{names}{many}，{top[0].shown}。"
        following = [r for r in order if r not in top][:2]
        if following:
            text += f"其次是{'、'.join(f'{r.who}（{r.shown}）' for r in following)}。"
    else:
        following = []
        text = f"{lead}依次是：{'；'.join(f'{r.who} {r.shown}' for r in top[:_LISTED])}。"
        if _BEHIND.search(query.text) and len({r.unit for r in top}) == 1 and order[0].value != cut:  # 第二名是谁，落后几件
            ends = sorted((order[0], top[-1]), key=lambda r: -(r.value or 0))
            apart = compose.difference([r.figure() for r in ends], ends[0].value or 0, ends[1].value or 0)
            text += f"{ends[0].who}与{ends[1].who}相差 {show_number(apart.value or 0)} {apart.unit}（计算所得：{apart.formula}）。"
    asked = [r for r in order if r.who in query.ranked]
    for row in asked[:3]:  # 松岚排第几
        at = [r.value for r in order].index(row.value) + 1
        text = f"{row.who}排第 {at}，{row.shown}。{text}"
    if found[0].unit == "%" and any(_small_base(r) for r in top):
        case.noted.append(Caution("small_base", "其中有的比率分母不到 30，件数很少时比率起伏大，排名只供参考。"))
    if _mixed(sure):
        case.noted.append(Caution("form_changed", "这些报告用的是不同版式的表格，这一项的口径不同，排名只供参考。"))
    shown = [*top, *following, *(r for r in order if r not in top and r not in following)]
    ahead = [r for r in _governments(case, found) if place(r) <= place(tied[0])]
    both = sorted([*ahead, *order], key=place)[: max(query.top, 1)] if ahead else []
    if both:  # a government is a body too: whoever counts it among them gets that order as well
        text += f"以上没有计入各级政府的总报告；连同它们，{word}的是：{'；'.join(f'{r.who} {r.shown}' for r in both[:_LISTED])}。"
    chart = _bars(order[:_LISTED], f"{year}{found[0].label}")
    given = [*shown[: max(10, len(top))], *(r for r in both if r not in shown)]
    figures = tuple(r.figure() for r in given[:_GIVEN])
    return Answer("answered", text + _gaps(found), (*figures, apart) if apart else figures, chart=chart)


def _small_base(row: Row) -> bool:
    operands = row.figure().operands
    return bool(operands) and (operands[-1].value or 0) < 30


def _picked(case: Case, found: Sequence[Row], sure: Sequence[Row]) -> Answer:
    """The bodies whose figure fulfils the condition, with their number."""
    query = case.query
    condition = query.condition

    def fits(row: Row) -> bool:
        return condition.holds(row.value or 0, row.unit) if condition else (row.value or 0) > 0

    held = [r for r in sure if fits(r)]
    order = sorted(held, key=lambda r: -(r.value or 0))
    words = f"“{condition.words}”" if condition and condition.words != HAS else "有"
    if condition and re.search(r"[万亿]", condition.words) and any(not r.unit for r in sure):
        case.noted.append(Caution("no_unit", "有的报告没有印出金额的单位；十万以下的数按“万元”比较，请自行核对原文。"))
    lead = f"{_lead(case, found)}，{found[0].label}"
    counted = _count(held, found)
    governments = _governments(case, found)
    also = sorted((r for r in governments if fits(r)), key=lambda r: -(r.value or 0))
    aside = ""
    others: tuple[FigureOut, ...] = ()
    if also:  # a government is a body too: whoever counts it among them gets that number as well
        named = "、".join(f"{r.who}（{r.shown}）" for r in also[:_LISTED])
        aside = f"以上没有计入各级政府的总报告；总报告里符合的有 {len(also)} 个：{named}，连同它们共 {len(held) + len(also)} 个。"
        whole = body_count(len(held) + len(also), found[0].report, len(found) + len(governments))
        others = (whole, *(r.figure() for r in also[:_LISTED]))
    opening = ("有。" if held else "没有。") if query.operation == "exists" else ""
    if not held:
        text = f"{opening}{lead}没有一个{words if condition else '大于 0'}。" if condition else f"{opening}{lead}没有一个大于零。"
        return Answer("answered", text + aside + _gaps(found), (counted, *others, *(r.figure() for r in found[:_GIVEN])))
    names = "、".join(
        f"{r.who}（{r.shown}）" if not condition or condition.value or condition.sign != "=" else r.who for r in order[:_LISTED]
    )
    more = "等" if len(order) > _LISTED else ""
    text = f"{opening}{lead}{words}的有 {len(held)} 个：{names}{more}。"
    figures = (counted, *others, *(r.figure() for r in order[:_GIVEN]))
    return Answer(
        "answered", text + aside + _gaps(found), figures, chart=_bars(order[:_LISTED], found[0].label) if len(order) > 1 else None
    )


def _governments(case: Case, found: Sequence[Row]) -> list[Row]:
    """What the reports of whole governments give, which 单位 leaves out: whoever counts them among the bodies is told of them."""
    group, years = case.query.group, {r.report.year for r in found}
    if group is None or group.kind != "any" or len(years) > 1:
        return []
    listed = directory(case.snapshot.reports)
    bodies = [b.agency for b in members(Group("government", "政府"), listed, case.query.mention.place)]
    reports = listed.reports_of_years(bodies, years)
    others = rows(case, reports) if reports else []
    same = next((o for o in others if o and o[0].label == found[0].label), [])
    alike = next((r.comparable for r in found if r.value is not None), None)
    return [r for r in same if r.value is not None and r.comparable == alike]


def _count(held: Sequence[Row], found: Sequence[Row]) -> FigureOut:
    return body_count(len(held), found[0].report, len(found))


def _together(case: Case, found: Sequence[Row], kind: str) -> Answer:
    """The sum or mean of the rows that hold a number; the others are named."""
    sure = [r for r in found if r.value is not None]
    years = sorted({r.report.year for r in found})
    one = len({r.report.lineage or r.who for r in found}) == 1
    in_a_row = len(years) > 1 and years[-1] - years[0] == len(years) - 1
    span = f"{years[0]}—{years[-1]}年" if in_a_row else "、".join(f"{y}年" for y in years)
    who = found[-1].who if one else case.among or "、".join(dict.fromkeys(r.who for r in found))
    if not sure:
        return _none_told(case, found)
    if _mixed(sure):
        shown = "；".join(f"{'' if one else r.who}{r.report.year}年 {r.shown}" for r in found[:_LISTED])
        return Answer(
            "not_reported", f"{who}{span}的{found[0].label}口径或单位不同，不能相加：{shown}。", tuple(r.figure() for r in found[:_GIVEN])
        )
    label = f"{found[0].label}{'平均' if kind == 'mean' else '合计'}"
    whole = combined(sure, kind, label)
    word = "平均" if kind == "mean" else "合计"
    noun = "个年度" if one else "份报告"
    text = (
        f"{who}{span}{found[0].label}，{len(sure)} {noun}{word} {show_number(whole.value or 0)} {whole.unit}（计算所得：{whole.formula}）。"
    )
    added: tuple[FigureOut, ...] = ()
    if kind == "mean" and re.search("一共|总共|合计|之和|总数|共(?:多少|几)", case.query.text):  # 一共多少，年均多少
        total = combined(sure, "sum", f"{found[0].label}合计")
        text, added = f"{text}合计 {show_number(total.value or 0)} {total.unit}（计算所得：{total.formula}）。", (total,)
    case.among = case.among or who
    _warn_overlap(case, sure)
    chart = _bars(sure[:_LISTED], found[0].label) if not one else None
    return Answer("answered", text + _gaps(found), (whole, *added, *(r.figure() for r in found[:_GIVEN])), chart=chart)


def _share_of_all(case: Case, found: Sequence[Row], sure: Sequence[Row]) -> Answer:
    """One body's figure over the sum of all of the group."""
    own = [r for r in sure if r.who in case.query.singled]
    if {MOST_OF_ALL, LEAST_OF_ALL} & {*case.query.singled} and sure:
        pick = max if MOST_OF_ALL in case.query.singled else min
        own = [pick(sure, key=lambda r: r.value or 0)]
    if not own or _mixed(sure) or found[0].unit == "%":
        return _none_told(case, [r for r in found if r.who in case.query.singled] or found)
    whole = combined(sure, "sum", f"{found[0].label}合计")
    if len(own) > 1:
        return _share_of_several(own, sure, whole)
    part = own[0]
    if not whole.value:
        return Answer("not_reported", f"{case.among}{found[0].label}合计是 0，算不出占比。", (whole,))
    percent, formula = percent_of(part.value or 0, whole.value)
    share = replace(
        whole, metric="share", label=f"{part.who}占合计", value=percent, unit="%", formula=f"{whole.formula}；{formula}", agency=part.who
    )
    text = (
        f"{part.report.year}年{found[0].label}，{part.who} {part.shown}，占{case.among}合计 {show_number(whole.value)} {whole.unit}的 "
        f"{show_number(percent)}%（计算所得：{formula}）。"
    )
    return Answer("answered", text + _gaps(found), (share, whole, part.figure()))


def _share_together(case: Case) -> Answer | None:
    """两家并到一起算，自然人提的占百分之几: what the parts add up to over what the wholes do; None where one of them is missing."""
    pairs = [p for r in case.reports for p in share_pairs(case, r, wanted_metrics(case.query, r.edition)[:1])]
    if len(pairs) != len(case.reports) or any(top.value is None or base.value is None for top, base in pairs):
        return None
    tops, bases = [row_of(case, top) for top, _ in pairs], [row_of(case, base) for _, base in pairs]
    part, whole = combined(tops, "sum", f"{tops[0].label}合计"), combined(bases, "sum", f"{bases[0].label}合计")
    if not whole.value:
        return Answer("not_reported", f"{bases[0].label}合计是 0，算不出占比。", (whole,))
    percent, formula = percent_of(part.value or 0, whole.value)
    share = replace(
        whole, metric="share", label="占合计", value=percent, unit="%", formula=f"{part.formula}；{whole.formula}；{formula}",
        operands=(*part.operands, *whole.operands),
    )  # fmt: skip
    years = "、".join(dict.fromkeys(f"{r.report.year}年" for r in tops))
    text = f"{'、'.join(dict.fromkeys(r.who for r in tops))}{years}，{tops[0].label}合计 {show_number(part.value or 0)} {part.unit}（计算所得：{part.formula}），"
    text += f"占{bases[0].label}合计 {show_number(whole.value)} {whole.unit}（计算所得：{whole.formula}）的 {show_number(percent)}%（计算所得：{formula}）。"
    return Answer("answered", text, (share, part, whole))


def _share_of_several(own: Sequence[Row], sure: Sequence[Row], whole: FigureOut) -> Answer:
    """What some of the bodies make up together of all of them: 这两家占四家总数的百分之几."""
    if not whole.value:
        return Answer("not_reported", f"{own[0].label}合计是 0，算不出占比。", (whole,))
    part = combined(own, "sum", f"{own[0].label}合计")
    percent, formula = percent_of(part.value or 0, whole.value)
    share = replace(
        whole, metric="share", label="占合计", value=percent, unit="%", formula=f"{part.formula}；{whole.formula}；{formula}"
    )  # fmt: skip
    names = "、".join(r.who for r in own)
    text = f"{own[0].report.year}年{own[0].label}，{names}合计 {show_number(part.value or 0)} {part.unit}（计算所得：{part.formula}），"
    text += f"占 {len(sure)} 个机关合计 {show_number(whole.value)} {whole.unit}（计算所得：{whole.formula}）的 {show_number(percent)}%（计算所得：{formula}）。"
    return Answer("answered", text, (share, whole, part, *(r.figure() for r in own)))


def _warn_overlap(case: Case, found: Sequence[Row]) -> None:
    if len({r.report.scope for r in found}) > 1 and any(r.report.scope == "全域汇总" for r in found):
        case.noted.append(Caution("overlap", "其中有政府的汇总报告，可能已经包含下属单位的数，相加会重复。"))
    _warn_missing(case)


def _listing(case: Case, found: Sequence[Row]) -> Answer:
    year = found[0].report.year
    order = (
        found
        if case.query.group and case.query.group.kind == "named"
        else sorted(found, key=lambda r: -(r.value if r.value is not None else -1))
    )
    shown = "；".join(f"{r.who} {r.shown}" for r in order[:_LISTED])
    more = f"；其余 {len(order) - _LISTED} 个见下表" if len(order) > _LISTED else ""
    _warn_missing(case)
    sure = [r for r in found if r.value is not None]
    chart = _bars([r for r in order if r.value is not None][:_LISTED], f"{year}年{found[0].label}") if not _mixed(sure) else None
    return Answer(
        "answered",
        f"{_lead(case, found)}，{year}年{found[0].label}：{shown}{more}。",
        tuple(r.figure() for r in order[:_GIVEN]),
        chart=chart,
    )


def _warn_missing(case: Case) -> None:
    if case.missing:
        names = "、".join(dict.fromkeys(agency for agency, _ in case.missing[:6]))
        case.noted.append(Caution("not_all_held", f"没有收录{names}{'等' if len(case.missing) > 6 else ''}这一年度的报告。"))


_MOVED = re.compile(
    r"(?:比|较|年).{0,8}(?:下降|减少|降|回落|上升|增加|增长|涨|多了|少了)(?!多少|最|幅|了?几)"
    r"|(?:比|较).{0,8}(?:年|上年|去年)[^,，。?？]{0,6}[多少高低](?!多少|几|了?几)|(?:[多少高低]于|不及|不如|超过).{0,4}(?:年|上年|去年)"
)
_FALLS = re.compile(rf"{FALLS}|少了|(?:比|较)[^,，。?？]{{0,12}}(?:(?<!多)少|低)(?!多少|几)|[少低]于|不及|不如")


def _growth(case: Case, found: Sequence[Row], years: Sequence[int]) -> Answer:
    """By how much each body's figure changed between the first and the last of the years."""
    query = case.query
    pairs: dict[str, dict[int, Row]] = {}
    for row in found:
        pairs.setdefault(row.report.lineage or row.who, {})[row.report.year] = row
    first, last = years[0], years[-1]
    moved: list[Row] = []
    without: list[str] = []
    for own in pairs.values():
        delta = change(own[first], own[last], query.growth) if first in own and last in own else None
        if delta is None:
            without.append(own[max(own)].who)
        else:
            moved.append(delta)
    label = found[0].label
    falls = bool(_FALLS.search(query.text))
    order = sorted(moved, key=lambda r: (r.value or 0) * (1 if falls else -1))
    order = [r for r in order if ((r.value or 0) < 0) == falls or query.operation != "rank"]
    bound = query.condition if query.condition and query.condition.value else None
    if bound:
        order = [r for r in order if r.value and (r.value < 0) == falls and bound.holds(abs(r.value))]
    between = f"{first}年到{last}年"
    lead = f"收录了两年报告、可以比较的{case.among or '机关'}共 {len(moved)} 个，{between}{label}"
    gaps = f"两年不能都取得数字、没有计入的：{'、'.join(without[:8])}{'等' if len(without) > 8 else ''}。" if without else ""
    if not order:
        none = f"{lead}没有{f'“{bound.words}”' if bound else '下降' if falls else '增长'}的。{gaps}"
        return Answer("answered" if moved else "not_reported", none, (body_count(0, found[0].report, len(moved)),) if moved else ())
    claimed = bound or _MOVED.search(query.text)
    if query.operation != "rank" and claimed and (bound or _picks(case)):
        top = [r for r in order if ((r.value or 0) < 0) == falls and r.value]
        word = "下降" if falls else "上升"
        names = "、".join(f"{r.who}（{r.figure().formula}）" for r in top[:_LISTED]) or "没有"
        counted = body_count(len(top), found[0].report, len(moved))
        text = f"{lead}{word}{f'“{bound.words}”' if bound else ''}的有 {len(top)} 个：{names}。"
        return Answer(
            "answered", text + gaps, (counted, *(r.figure() for r in top[:_GIVEN])), chart=_bars(top[:_LISTED], f"{between}{label}")
        )
    if query.operation == "rank":
        cut = order[min(query.top, len(order)) - 1].value
        top = [r for at, r in enumerate(order) if at < query.top or r.value == cut]
        word = "下降" if falls else "增长"
        names = "；".join(
            f"{r.who} {show_number(abs(r.value or 0))}{'%' if r.unit == '%' else ' ' + r.unit}（{r.figure().formula}）"
            for r in top[:_LISTED]
        )
        text = f"{lead}{word}最多的是：{names}。"
    else:
        top = order
        text = f"{lead}的变化：" + "；".join(f"{r.who} {r.shown}" for r in order[:_LISTED]) + "。"
    return Answer("answered", text + gaps, tuple(r.figure() for r in top[:_GIVEN]), chart=_bars(order[:_LISTED], f"{between}{label}"))


def _over_years(found: Sequence[Row]) -> list[Row]:
    """Each body's years added up; a body that lacks one of them gives no number."""
    by_body: dict[str, list[Row]] = {}
    for row in found:
        by_body.setdefault(row.report.lineage or row.who, []).append(row)
    years = {r.report.year for r in found}
    summed = []
    for own in by_body.values():
        complete = {r.report.year for r in own} == years and all(r.value is not None for r in own) and not _mixed(own)
        if complete and found[0].unit != "%":
            total = number(sum(r.value or 0 for r in own))
            spelt = "＋".join(show_number(r.value or 0) for r in own)
            shown = f"{show_number(total)} {own[-1].unit}（计算所得：{spelt}＝{show_number(total)}）"
            # Cells are cited only of the bodies that the answer shows.
            summed.append(replace(own[-1], value=total, state="computed", told=shown, figure=partial(combined, own, "sum", own[-1].label)))
        else:
            summed.append(replace(own[-1], value=None, state="missing", told="有的年度没有数字"))
    return summed


def _bars(found: Sequence[Row], title: str) -> Chart | None:
    sure = [r for r in found if r.value is not None]
    if len(sure) < 2 or len({r.unit for r in sure}) > 1:
        return None
    return Chart(title, sure[0].unit, tuple(r.who for r in sure), ((title, tuple(r.value for r in sure)),))


def _merged(answers: Sequence[Answer]) -> Answer:
    """Answers to several things asked at once, as one."""
    status: AnswerStatus = "answered" if any(a.status == "answered" for a in answers) else "not_reported"
    figures = tuple(f for a in answers for f in a.figures)[: 6 * _GIVEN]
    chart = next((a.chart for a in answers if a.chart), None)
    return Answer(status, "".join(a.text for a in answers), figures, chart=chart)
