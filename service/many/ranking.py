"""Bodies in their order, and those that fulfil a condition."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.textual import show_number
from service import compose
from service.among import standing
from service.case import Case
from service.check import body_count
from service.conditions import HAS, first_few, one_place
from service.contract import Answer, Caution, FigureOut
from service.directory import directory
from service.group import Group, members
from service.many.parts import GIVEN, LISTED, all_or_none, among_whom, bars, count_of, gaps, placed, total_too, unlike_rules
from service.operation import both_ends
from service.query import Query
from service.rows import Row, rows

_BEHIND = re.compile("落后|[差少多]了?(?:多少|几)|相差|差距")


def ranking(case: Case, found: Sequence[Row], sure: Sequence[Row]) -> Answer:
    """Top or bottom rows, ties told together."""
    query = case.query

    either = both_ends(query.text)
    least = query.least and not either

    def place(row: Row) -> int | float:
        return (row.value or 0) * (1 if least else -1)

    order = sorted(sure, key=place)
    before, tied = placed(order, query.top)
    top = [*before, *tied]
    word = ("最低" if least else "最高") if found[0].unit == "%" else ("最少" if least else "最多")
    year = found[0].when if len({r.when for r in found}) == 1 else ""
    lead = f"{among_whom(case, found)}，{year}{found[0].label}{word}的"
    apart: FigureOut | None = None
    last: list[Row] = []
    if query.top == 1 or len(order) == 1:
        text = f"{lead}是{_level(top)}，{top[0].shown}。"
        following = order[len(top) :][:2]
        if either and order[-1].value != tied[0].value:
            last = [r for r in order if r.value == order[-1].value]
            text = f"{text[:-1]}；{'最低' if word == '最高' else '最少'}的是{_level(last)}，{last[0].shown}。"
        elif following:
            text += f"其次是{'、'.join(f'{r.who}（{r.shown}）' for r in following)}。"
    else:
        text = f"{lead}依次是：{'；'.join(f'{r.who} {r.shown}' for r in top[:LISTED])}。"
        if one_place(query.text) and not query.ranked:
            text = f"排第 {len(before) + 1} 的是{'、'.join(r.who for r in tied[:LISTED])}{'（并列）' if len(tied) > 1 else ''}，{tied[0].shown}。{text}"
        if _BEHIND.search(query.text) and len({r.unit for r in top}) == 1 and order[0].value != tied[0].value:  # 第二名是谁，落后几件
            ends = sorted((order[0], top[-1]), key=lambda r: -(r.value or 0))
            apart = compose.difference([r.figure() for r in ends], ends[0].value or 0, ends[1].value or 0)
            text += f"{ends[0].who}与{ends[1].who}相差 {show_number(apart.value or 0)} {apart.unit}（计算所得：{apart.formula}）。"
    if not least and order[0].value == 0:
        text = f"{among_whom(case, found)}，{year}{found[0].label}都是 0，没有最多的。"
    asked = [r for r in order if r.who in query.ranked]
    unplaced = [r for r in found if r.who in query.ranked and r not in order]  # 云溪市公安局排第几, whose report does not write of it
    said = "".join(f"{r.who}没有可以排名的数（{r.shown}）。" for r in unplaced[:LISTED])
    text = said + _places_asked(query, order, asked, top) + text
    if found[0].unit == "%" and any(_small_base(r) for r in top):
        case.noted.append(Caution("small_base", "其中有的比率分母不到 30，件数很少时比率起伏大，排名只供参考。"))
    if unlike_rules(sure):
        case.noted.append(Caution("form_changed", "这些报告用的是不同版式的表格，这一项的口径不同，排名只供参考。"))
    ahead = [r for r in _governments(case, found) if place(r) <= place(tied[0])]
    both = sorted([*ahead, *order], key=place)[: max(query.top, 1)] if ahead else []
    if both:  # a government is a body too: whoever counts it among them gets that order as well
        text += f"以上没有计入各级政府的总报告；连同它们，{word}的是：{'；'.join(f'{r.who} {r.shown}' for r in both[:LISTED])}。"
    chart = bars(order[:LISTED], f"{year}{found[0].label}")
    first = order[: max(10, len(top))]
    given = [*first, *(r for r in (*asked[:LISTED], *last) if r not in first), *sorted(ahead, key=place)[:LISTED]]
    words, whole = total_too(case, top if first_few(query.top) else found)
    if both and whole and first_few(query.top):  # 前三家总共几件: of either order
        theirs, sum_of_theirs = total_too(case, both)
        words, whole = f"{words}连同各级政府的总报告，{theirs}", [*whole, *sum_of_theirs]
    figures = tuple(r.figure() for r in given[:GIVEN])
    return Answer("answered", text + words + gaps(found), (*figures, *([apart] if apart else []), *whole), chart=chart)


def _places_asked(query: Query, order: Sequence[Row], asked: Sequence[Row], top: Sequence[Row]) -> str:
    """Where the bodies that a question points at stand in an order, and whether it is as the question puts it: 松岚排第几, 还是这三家吗."""
    if not asked:
        return ""
    values = [r.value for r in order]
    fewest = "从少到多" if query.least and not both_ends(query.text) else ""

    def placed_at(row: Row) -> str:
        level = "并列" if values.count(row.value) > 1 else ""
        return f"{row.who}{fewest}{level}排第 {values.index(row.value) + 1}，{row.shown}"

    if len(asked) == 1:
        verdict = standing(query.text, values.index(asked[0].value) + 1, len(order))
        return f"{verdict}{placed_at(asked[0])}。"
    out = [r for r in asked if r not in top]
    if re.search("出了?(?:前|榜|$|[吗呢了?？])", query.text):
        lead = f"掉出前 {query.top} 名的是{'、'.join(r.who for r in out)}。" if out else f"没有掉出前 {query.top} 名的。"
    else:
        lead = f"不全是，{'、'.join(r.who for r in out)}不在前 {query.top} 名。" if out else "是的。"
    return lead + "；".join(placed_at(r) for r in asked[:LISTED]) + "。"


def _level(rows_: Sequence[Row]) -> str:
    """The names of those that share a place."""
    many = f"等 {len(rows_)} 个（并列）" if len(rows_) > LISTED else "（并列）" if len(rows_) > 1 else ""
    return "、".join(r.who for r in rows_[:LISTED]) + many


def _small_base(row: Row) -> bool:
    operands = row.figure().operands
    return bool(operands) and (operands[-1].value or 0) < 30


def picked(case: Case, found: Sequence[Row], sure: Sequence[Row]) -> Answer:
    """The bodies whose figure fulfils the condition, with their number."""
    query = case.query
    condition = query.condition

    def fits(row: Row) -> bool:
        return condition.holds(row.value or 0, row.unit) if condition else (row.value or 0) > 0

    held = [r for r in sure if fits(r)]
    order = sorted(held, key=lambda r: -(r.value or 0))
    words = f"“{condition.words}”" if condition and condition.words != HAS else "大于零"
    if condition and re.search(r"[万亿]", condition.words) and any(not r.unit for r in sure):
        case.noted.append(Caution("no_unit", "有的报告没有印出金额的单位；十万以下的数按“万元”比较，请自行核对原文。"))
    lead = f"{among_whom(case, found)}，{found[0].label}"
    counted = count_of(held, found)
    governments = _governments(case, found)
    also = sorted((r for r in governments if fits(r)), key=lambda r: -(r.value or 0))
    aside = ""
    others: tuple[FigureOut, ...] = ()
    if also:  # a government is a body too: whoever counts it among them gets that number as well
        named = "、".join(f"{r.who}（{r.shown}）" for r in also[:LISTED])
        aside = f"以上没有计入各级政府的总报告；总报告里符合的有 {len(also)} 个：{named}，连同它们共 {len(held) + len(also)} 个。"
        whole = body_count(len(held) + len(also), found[0].report, len(found) + len(governments))
        others = (whole, *(r.figure() for r in also[:LISTED]))
    opening = all_or_none(query.text, found) or (("有。" if held else "没有。") if query.operation == "exists" else "")
    if not held:
        return Answer(
            "answered", f"{opening}{lead}没有一个{words}。{aside}" + gaps(found), (counted, *others, *(r.figure() for r in found[:GIVEN]))
        )
    names = "、".join(
        f"{r.who}（{r.shown}）" if not condition or condition.value or condition.sign != "=" else r.who for r in order[:LISTED]
    )
    more = "等" if len(order) > LISTED else ""
    text = f"{opening}{lead}{words}的有 {len(held)} 个：{names}{more}。"
    figures = (counted, *others, *(r.figure() for r in order[:GIVEN]))
    return Answer("answered", text + aside + gaps(found), figures, chart=bars(order[:LISTED], found[0].label) if len(order) > 1 else None)


_IN_WORDS = {"na": "填的是“/”（不适用）", "blank": "是空白（没有填写）"}


def in_state(case: Case, found: Sequence[Row], state: str) -> Answer:
    """The bodies whose cell holds no number, and says so in one way: 填斜杠的有几家."""
    held = [r for r in found if (r.state if isinstance(r.told, str) else case.desk.printed_state(r.told)) == state]
    lead, counted = f"{among_whom(case, found)}，{found[0].label}这一格", count_of(held, found)
    if not held:
        return Answer("answered", f"{lead}没有一个{_IN_WORDS[state]}。", (counted,))
    names = "、".join(r.who for r in held[:LISTED]) + ("等" if len(held) > LISTED else "")
    text = f"{lead}{_IN_WORDS[state]}的有 {len(held)} 个：{names}。"
    return Answer("answered", text, (counted, *(r.figure() for r in held[:GIVEN])))


def _governments(case: Case, found: Sequence[Row]) -> list[Row]:
    """What the reports of whole governments give, which 单位 leaves out: whoever counts them among the bodies is told of them."""
    group, years = case.query.group, {r.report.year for r in found}
    if group is None or group.kind != "any" or len(years) > 1:
        return []
    listed = directory(case.snapshot.reports)
    every = members(Group("government", "政府"), listed, case.query.mention.place)
    bodies = [b.agency for b in every if b.agency not in case.query.excluded]
    reports = listed.reports_of_years(bodies, years)
    others = rows(case, reports) if reports else []
    same = next((o for o in others if o and o[0].label == found[0].label), [])
    alike = next((r.comparable for r in found if r.value is not None), None)
    return [r for r in same if r.value is not None and r.comparable == alike]
