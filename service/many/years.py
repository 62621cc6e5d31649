"""One body over its years: the series, and what was asked of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from corpus.textual import show_number, stated_number
from service.case import Case
from service.claims import alike, borne_out
from service.conditions import HAS, first_few, one_place, rounded_up
from service.contract import Answer, AnswerStatus, Chart, FigureOut
from service.directory import directory
from service.evidence import percent_of
from service.many.parts import (
    CLAIMS,
    SHORT_OF,
    WORDS_OF_LESS,
    and_total,
    asks_total,
    asks_which,
    count_of,
    in_sum,
    merged,
    movement_of,
    note_form,
    placed,
    total_too,
    unlike_rules,
)
from service.many.together import SPREAD, spread_of, together
from service.many.versus import asks_times, ends_as_much, times_as_much
from service.movement import FALLS, FROM_AN_END, RISES, against_an_end
from service.operation import both_ends
from service.replacing import replace
from service.rows import OF_YEARS, Row, as_named, change, combined, rows


def over_its_years(case: Case, table: Sequence[Sequence[Row]]) -> Answer:
    """One body over its years: the series, and what was asked of it."""
    query = case.query
    answers = []
    for series in table:
        note_form(case, series)
        if (shared := _share_of_years(case, series)) is not None:
            answers.append(shared)
            continue
        sure = [r for r in series if r.value is not None]
        lead = f"{series[-1].who}{series[0].label}："
        if (ends := _focus_and_end(case, sure) or _end_and_year(case, sure)) is not None:
            answers.append(_series(case, ends, lead))
            continue
        if len(sure) == len(series) == 2 and (ends_over := ends_as_much(query.text, sure)) is not None:
            answers.append(ends_over)  # 最高是最低的几倍, after two years were told
            continue
        if asks_times(query) and len(sure) == len(series) == 2:
            first, second = (query.text.find(str(r.report.year)[2:]) for r in series)
            # 是上一年的几倍, 从2019年涨到2024年翻了几倍: the later one is told by the earlier
            later_first = first < 0 or 0 <= second < first or bool(_GREW.search(query.text))
            if over := _OF_YEAR.search(query.text):  # 是2023年的几倍: over that year
                later_first = str(series[0].report.year).endswith(over[1][-2:])
            answers.append(times_as_much(as_named(query.text, sure[::-1] if later_first else sure)))
            if query.growth == "rate":
                answers.append(_series(case, series, lead))
        elif SPREAD.search(query.text) and len(sure) > 1 and not unlike_rules(sure):
            answers.append(spread_of(case, series, sure, by_year=True))
        elif query.operation == "rank" and len(sure) > 2 and _STEPS.search(query.text) and not unlike_rules(sure):
            answers.append(_extreme_step(case, series, lead))
        elif _RUN.search(query.text) and len(sure) == len(series) > 1 and not unlike_rules(sure):
            answers.append(_run_of_years(case, series, lead))
        elif (ends_over := ends_as_much(query.text, sure)) is not None:
            answers.append(ends_over)
        elif query.operation == "rank" and len(sure) == 2 and re.search("差(?:多少|几|了)|相差", query.text):
            answers.append(_series(case, series, lead))  # 差几件，哪年多
        elif query.operation == "rank" and len(sure) > 1 and not unlike_rules(sure):
            answers.append(_extreme_year(case, series, sure, lead))
        elif query.condition and ((asks_which(case) and not query.asks_number) or _ASKS_YEARS.search(query.text)):
            answers.append(_which_years(case, series, lead))
        elif query.mean and len(sure) > 1 and not unlike_rules(sure):
            answers.append(together(case, series, "mean"))
        elif (query.operation == "sum" or (query.operation == "value" and asks_total(case))) and len(sure) > 1 and not unlike_rules(sure):
            answers.append(together(case, series, "sum"))
        else:
            answers.append(_series(case, series, lead))
    if query.operation == "sum" and len(answers) > 1 and not re.search("各|分别", query.text):
        every = [r for series in table for r in series]
        if all(r.value is not None for r in every) and len({r.unit for r in every}) == 1 and not any(unlike_rules(s) for s in table):
            whole = combined(every, "sum", "合计")  # 许可、处罚三年全部相加
            answers.append(
                Answer("answered", f"全部合计 {show_number(whole.value or 0)} {whole.unit}（计算所得：{whole.formula}）。", (whole,))
            )
    return merged(answers)


def _share_of_years(case: Case, series: Sequence[Row]) -> Answer | None:
    """占这两年全部新收的百分之几: what several years add up to over what their wholes do; of one year that is named first, that year's."""
    query = case.query
    base = OF_YEARS.search(query.text)
    if not base or len(series) < 2 or any(r.value is None for r in series) or unlike_rules(series) or series[0].unit == "%":
        return None
    named = re.search(r"(20\d\d|(?<!\d)\d\d)年?", query.text[: base.start()])
    one = [r for r in series if named and str(r.report.year).endswith(named[1])]
    few = re.search("(?P<end>前|后|最后|末)(?:面|头)?(?P<n>[两三四])年[^占]{0,4}$", query.text[: base.start()])
    count = int(stated_number(few["n"]) or 0) if few else 0
    if few and 0 < count < len(series):  # 后面三年占六年合计的百分之几
        one = list(series[:count] if few["end"] == "前" else series[-count:])
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


_GREW = re.compile("(?:涨|升|增|扩)[^,，。]{0,6}[到至成]|翻了?(?:几|多少)(?:倍|番)|原来的|当初的")
_OF_YEAR = re.compile(r"(?:是|为|相当于|顶)((?:20)?\d\d)年?度?的?[^,，\d]{0,6}[几多]少?倍")


def _series(case: Case, series: Sequence[Row], lead: str) -> Answer:
    body = "；".join(f"{r.report.year}年 {r.shown}" for r in series) + "。"
    figures = [r.figure() for r in series]
    more = ""
    if unlike_rules([r for r in series if r.value is not None]):
        more = "这些年度的表格版式不同，口径不同，不能直接比较。"
    elif any(r.state == "absent" for r in series) and len({r.report.edition for r in series}) > 1:
        more = "有的年度用的是另一种版式的表格，没有这一项，不能直接比较。"
    sure = [r for r in series if r.value is not None]
    if len(series) > 1 and len(sure) > 1 and series[0].value is not None and series[-1].value is not None:
        first, last = series[0], series[-1]
        difference, growth = change(first, last, "amount"), change(first, last, "rate")
        if difference is not None and difference.value is not None:
            moved = [difference.figure(), *([growth.figure()] if growth is not None and growth.value and first.unit != "%" else [])]
            more = movement_of((first.report.year, last.report.year), first.unit if first.unit != "%" else "个百分点", *moved)
            figures += moved
            if len(moved) < 2 and not first.value and first.unit != "%" and last.value:
                more += "，上期是 0，算不出百分比"
            more += "。"
            lead = _yes_or_no(case, series, difference.value) + lead
    if lead == f"{series[-1].who}{series[0].label}：":  # no verdict so far
        lead = _any_year(case.query.text, series) + lead
    words, whole = and_total(case, series)
    more, figures = more + words, [*figures, *whole]
    status: AnswerStatus = "answered" if sure else "not_reported"
    chart = Chart(
        series[0].label, series[-1].unit or (sure[0].unit if sure else ""), tuple(f"{r.report.year}年" for r in series),
        ((series[-1].who, tuple(r.value for r in series)),),
    )  # fmt: skip
    return Answer(status, lead + body + more, tuple(figures), chart=chart if sure else None)


_NO_YEAR = re.compile(
    r"(?:从来?|历来|一直|[年每历]年|[两三四五六]年|(?<!是不是)都)(?:就|也|都)*(?:一[件份条次][^,，。?？哪]{0,4}(?:也|都))?[^,，。?？哪]{0,3}(?:没(?!错)|未(?!经|审|结)|不曾)"
)
_EACH_YEAR = re.compile("(?:(?:年年|每一?年)(?:都|全)?|年(?:都|全)|(?<!年)都)(?<!没)有(?!没有|无|多少|几)")
_SOME_YEAR = re.compile("有没有|有无|是否有|年有(?!没|多少|几|哪)|(?:有|被[\u4e00-\u9fff]{1,3})过")


def _any_year(text: str, series: Sequence[Row]) -> str:
    """To a claim that a figure was nought in every year, or in none (从没败诉过, 每年都有复议吗), or to whether there was any; "" where none is made."""
    claims = CLAIMS.search(text) or "有没有" in text or text.endswith(("?", "？"))
    if not claims or re.search("哪|几|多少|谁", text) or series[0].unit == "%":
        return ""
    text = text.replace("有没有", "有无")
    sure = [r.value for r in series if r.value is not None]
    whole = len(sure) == len(series)
    if _NO_YEAR.search(text):
        return "不对，不是每年都没有。" if any(sure) else "是的，都没有。" if whole else ""
    if _EACH_YEAR.search(text):
        return "是的，每年都有。" if whole and all(sure) else "" if all(sure) else "不对，不是每年都有。"
    if _SOME_YEAR.search(text) and not re.search(f"有无(?:{RISES}|{FALLS}|变|[升增])", text):  # 有没有降: no claim that there is any
        return "有。" if any(sure) else "没有。" if whole else ""
    return ""


_YEAR = "(?:(?<!\\d)(?:19|20)?\\d\\d年|大前年|前年|去年|今年)"
_YEAR_THAT_HAS_MORE = re.compile(
    f"(?<!比)(?P<own>{_YEAR})(?:(?:度|的|那年|那会儿)?(?:应该|肯定|难道)?|[^,，。比]{{0,10}}?(?:是不是|是否|会不会))(?:更|还要?|反而|要)*[多少高低](?![了出])"
)
_YEAR_AGAINST = re.compile(f"(?P<own>{_YEAR})[^,，。]*?比(?:起)?(?P<other>{_YEAR})")
_AGAINST_YEAR = re.compile(f"(?:[和跟与同]|比起?)(?P<other>{_YEAR})(?:度)?(?:相?比|来说)?[,，](?P<own>{_YEAR})")


_FALLS_SHORT = re.compile(f"(?P<own>{_YEAR})[^,，。]*?(?:{SHORT_OF})(?P<other>{_YEAR})(?:度)?[^,，。]{{0,4}}?(?P<how>[多少高低])")


def _when(word: str) -> int:
    """The place of a year among years told in the same way: 2022年, 前年."""
    return int(word[-3:-1]) if word[0].isdigit() else ("大前年", "前年", "去年", "今年").index(word)


def _of_the_earlier(text: str, years: Sequence[int]) -> bool:
    """Whether a claim about two years is one about the earlier of them: 2022年是不是更多, 前年是不是比去年多."""
    against = _AGAINST_YEAR.search(text) or _YEAR_AGAINST.search(text)
    if against and against["own"][0].isdigit() == against["other"][0].isdigit():
        return _when(against["own"]) < _when(against["other"])
    over = re.search(rf"(?P<own>{_YEAR})[^,，。]*?(?P<other>{_YEAR})度?的[^,，。]{{0,4}}?(?:倍|一半)", text)  # 2019年是2022年的两倍多
    if over and over["own"][0].isdigit() and over["other"][0].isdigit():
        return _when(over["own"]) < _when(over["other"])
    own = _YEAR_THAT_HAS_MORE.search(text)
    return bool(own and own["own"][0].isdigit() and len(years) == 2 and _when(own["own"]) == min(years) % 100)


_EVERY_YEAR = re.compile(
    rf"(?:逐年|年年|每年都|连年|持续|连续(?:[两二三四五六]年|\d年)?|连着[两二三四五六]年|一直|一路|一年比一年|年复一年|不断)(?:都|在|地|递|呈)*(?:{RISES}|{FALLS}|[增减涨降升走往]|(?<=一年比一年)[多少高低])"
)
_BY_SO_MANY = re.compile(
    r"(?P<way>[多增涨升少减降跌])[加长少下了收办发到出]*(?P<n>\d[\d,]*(?:\.\d+)?)(?:件|条|次|份|宗|起|个|场|篇|期|人|万元)(?![左上多])"
)

_BY_ABOUT = re.compile(
    r"(?P<way>[多增涨升少减降跌])[加长少下了收办发到出]*(?P<n>\d[\d,]*|[一二两三四五六七八九十百千]+)(?:多|来|余)(?:件|条|次|份|宗|起|个|场|篇|期|人|万元)"
)

_EVER_MOVED = re.compile(rf"有没有(?:哪年|哪一年)?(?:出现)?(?:(?P<falls>{FALLS})|{RISES})过")


_TURNS = re.compile("先(?P<up>[升增涨多高])?(?P<down>[降减跌少低])?(?:了|一下)?(?:,|，)?(?:而)?后(?P<then_down>[降减跌少低])?(?P<then_up>[升增涨多高])?")


def _turned(text: str, numbers: Sequence[float]) -> str:
    """To a claim that numbers went up first and down afterwards, or the other way round (先升后降吗); "" where none is made."""
    match = _TURNS.search(text)
    if match is None or len(numbers) < 3 or not CLAIMS.search(text):
        return ""
    if not ((match["up"] and match["then_down"]) or (match["down"] and match["then_up"])):
        return ""
    own = [n if match["up"] else -n for n in numbers]
    top = own.index(max(own))
    so = 0 < top < len(own) - 1 and own[: top + 1] == sorted(own[: top + 1]) and own[top:] == sorted(own[top:], reverse=True)
    return "是的。" if so else "不对。"


def _yes_or_no(case: Case, series: Sequence[Row], difference: float) -> str:
    """To a question that claims a direction, or how far: 是不是下降了, 翻了一番吧."""
    text = case.query.text
    backwards = _of_the_earlier(text, case.years)
    earlier, later = (series[-1], series[0]) if backwards else (series[0], series[-1])
    asks = case.query.asks_number and re.search("多少|几(?!乎)", text)
    if series[0].unit != "%" and not asks and (verdict := borne_out(text, earlier.value or 0, later.value or 0)):
        return verdict
    if series[0].unit != "%" and (verdict := alike(text, [r.value for r in series if r.value is not None])):
        return verdict
    if not CLAIMS.search(text) and "有没有" not in text:
        return ""
    if ever := _EVER_MOVED.search(text):  # 三年内有没有下降过: from any year to the next
        known = [r.value for r in series if r.value is not None]
        so = any(b < a if ever["falls"] else b > a for a, b in itertools.pairwise(known))
        return "有。" if so else "没有。" if len(known) == len(series) else ""  # of a year without a number nothing is said
    if turned := _turned(text, [r.value for r in series if r.value is not None]):
        return turned
    if (by := _BY_SO_MANY.search(text)) and series[0].unit not in ("%", ""):  # 比上年多12件，对吗
        claimed = float(by["n"].replace(",", "")) * (1 if by["way"] in "多增涨升" else -1)
        return "是的。" if (-difference if backwards else difference) == claimed else "不对。"
    if (about := _BY_ABOUT.search(text)) and series[0].unit not in ("%", ""):  # 比前年多一百多件，对吗
        least = stated_number(about["n"].replace(",", "")) or 0
        moved = (-difference if backwards else difference) * (1 if about["way"] in "多增涨升" else -1)
        return "是的。" if least <= moved <= (rounded_up(least) or least) else "不对。"
    falls = re.search(rf"{FALLS}|少了|往下|(?<!多)还?少(?!了?[几多])|(?<!最)[还更要]?低(?=[,，吗吧?？]|的[吗吧]|$)", text)
    rises = re.search(
        rf"{RISES}|往上|多了|还多|更[多高]|多[收办发批罚开来](?:了|到|出)?(?!几|多少)|(?<!最)[多高](?=[,，吗吧?？是]|的[吗吧]|靠|$)", text
    )
    short = _FALLS_SHORT.search(text)
    if short and short["own"][0].isdigit() == short["other"][0].isdigit():  # 2024年是不是没有2022年多
        own, other = _when(short["own"]), _when(short["other"])
        apart = difference if own > other else -difference
        return "是的。" if (apart > 0 if short["how"] in "少低" else apart < 0) else "不对。"
    if bool(falls) == bool(rises):
        return ""
    if len(series) > 2 and (every := _EVERY_YEAR.search(text)):  # 逐年上升: from each year to the next
        steps = [(b - a) * (-1 if falls else 1) for a, b in itertools.pairwise([r.value or 0 for r in series])]
        level = re.match("一路|一直", every.group())  # 一路往上走: a year may be as the one before
        so = all(s >= 0 for s in steps) and any(steps) if level else all(s > 0 for s in steps)
        return "是的。" if so else "不对，不是每年都这样。"
    if backwards:
        difference = -difference
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
    if named is None and (named := FROM_AN_END.search(case.query.text)) and sure:
        own = sure[-1 if named["last"] else 0]
    if named is None or own is None or len(sure) < 3:
        return None
    least = (named["end"] or named["most"]) in ("少", "低", "低谷", "谷底")
    other = (min if least else max)(sure, key=lambda r: r.value or 0)
    return (own, other) if other is not own else None


_STEPS = re.compile(
    rf"(?:比|较)(?:前一年|上一?年|头年)[^,，。]{{0,8}}最|(?:{RISES}|{FALLS}|掉|变化)(?:得|的|幅度?|了)?最|(?:增|涨|升|降|跌|减)幅最"
)


def _extreme_step(case: Case, series: Sequence[Row], lead: str) -> Answer:
    """The year that has most more, or less, than the one before it: 哪一年跟前一年比掉得最厉害."""
    falls = bool(WORDS_OF_LESS.search(case.query.text) or re.search("掉", case.query.text))
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


_RUN = re.compile(rf"连续(?:了)?几年(?:都|在)?(?P<way>(?P<falls>{FALLS})|{RISES})")


def _run_of_years(case: Case, series: Sequence[Row], lead: str) -> Answer:
    """For how many years on end, up to the newest, a figure has risen or fallen: 连续几年上升了."""
    match = _RUN.search(case.query.text)
    falls, way = bool(match and match["falls"]), match["way"] if match else ""
    steps = [((last.value or 0) - (first.value or 0)) * (-1 if falls else 1) for first, last in itertools.pairwise(series)]
    run = len(list(itertools.takewhile(lambda step: step > 0, reversed(steps))))
    rest = "；".join(f"{r.report.year}年 {r.shown}" for r in series) + "。"
    last = series[-1].report.year
    case.among = case.among or f"{series[-1].who}的报告"
    own = series[-1 - run :]
    held = f"到{last}年为止，已有 {run} 个年度连续{way}（{own[0].report.year}年 {own[0].shown} → {last}年 {own[-1].shown}）" if run else f"{last}年没有比上一年{way}"
    return Answer("answered", f"{lead}{held}。{rest}", tuple(r.figure() for r in series))


def _extreme_year(case: Case, series: Sequence[Row], sure: Sequence[Row], lead: str) -> Answer:
    query = case.query
    both = both_ends(query.text)
    word = "最少" if query.least and not both else "最多"
    order = sorted(sure, key=lambda r: (r.value or 0) * (1 if word == "最少" else -1))
    before, level = placed(order, query.top)
    first, last = placed(order, 1)[1], placed(order, len(order))[1]
    top, words = first, f"{_years(first)}{word}，{first[0].shown}"
    if both and first != last:
        top, words = [*first, *last], f"{words}；{_years(last)}最少，{last[0].shown}"
    elif query.top > 1 and one_place(query.text):
        shared = "（并列）" if len(level) > 1 else ""
        top, words = level, f"排第 {len(before) + 1} 的是{_years(level)}{shared}，{level[0].shown}；{words}"
    elif query.top > 1:
        top = [*before, *level]
        order_of = f"{word}的" if len(top) < len(order) else "从少到多" if word == "最少" else "从多到少"
        words = f"{order_of}依次是{'、'.join(f'{r.report.year}年（{r.shown}）' for r in top)}"
    every = {r.year for r in directory(case.snapshot.reports).reports_of_kin([series[-1].report.agency])}
    text = f"{'收录的' if len(every) == len(series) else '这'} {len(series)} 个年度里，{words}。"
    rest = "；".join(f"{r.report.year}年 {r.shown}" for r in series) + "。"
    chart = Chart(
        series[0].label, sure[0].unit, tuple(f"{r.report.year}年" for r in series), ((series[-1].who, tuple(r.value for r in series)),)
    )
    case.among = case.among or f"{series[-1].who}的报告"
    added, whole = total_too(case, top if first_few(query.top) else series)
    figures = [r.figure() for r in [*top, *(r for r in series if r not in top)]]
    return Answer("answered", lead + text + rest + added, (*figures, *whole), chart=chart)


def _years(series: Sequence[Row]) -> str:
    return "、".join(f"{r.report.year}年" for r in series)


_ASKS_YEARS = re.compile(r"哪(?:几|些|一)个?年|年份|共?几个年|(?<![近前第])有几年")


def _which_years(case: Case, series: Sequence[Row], lead: str) -> Answer:
    condition = case.query.condition
    held = [r for r in series if r.value is not None and condition is not None and condition.holds(r.value, r.unit)]
    if condition is not None and case.query.growth:  # by how much each year has more, or less, than the one before
        steps = [(last, change(first, last, case.query.growth)) for first, last in itertools.pairwise(series)]
        falls = bool(WORDS_OF_LESS.search(case.query.text))
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
        and not unlike_rules(held)
        and re.search(r"(?:合计|加起来|相加|总共|一共|累计|加总)(?!有?(?:几|多少)个?年)", case.query.text)
    ):
        words_of_sum, whole = in_sum(held)
        text, added = f"{text}这些年度{words_of_sum}", (whole,)
    return Answer("answered", lead + text + rest, (count_of(held, series), *added, *(r.figure() for r in series)))
