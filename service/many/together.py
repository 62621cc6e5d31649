"""Sums, means and shares over many rows, and how far they lie apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.textual import show_number
from service.case import Case
from service.cells import share_pairs, wanted_metrics
from service.contract import Answer, FigureOut
from service.evidence import percent_of
from service.many.parts import CLAIMS, GIVEN, LISTED, bars, gaps, in_sum, none_told, span_of, unlike_rules, warn_overlap
from service.operation import MEDIAN
from service.query import LEAST_OF_ALL, MOST_OF_ALL
from service.replacing import replace
from service.rows import Row, change, combined, row_of

SPREAD = re.compile(
    r"最[多高大][^,，。]{0,4}减[去掉]?最[少低小]|最[多高大][^,，。]{0,6}(?:比|和|跟|与|同)(?:最[少低小]|谷底|低谷)|最[少低小][^,，。]{0,6}(?:比|和|跟|与|同)最[多高大]|极差|最高和最低|高低(?:相)?差|一高一低[^,，。]{0,4}差|(?:峰值|顶峰|高峰|最高点)[^,，。]{0,4}(?:比|和|跟|与|同)(?:谷底|低谷|最低点)"
    r"|(?:谷底|低谷|最低点)[^,，。]{0,4}(?:比|和|跟|与|同)(?:它|峰值|顶峰|高峰|最高点)|从最(?:[少低小][^,，。]{0,4}到最[多高大]|[多高大][^,，。]{0,4}到最[少低小])[^。]{0,8}(?:差|[多少增减]了)"
)


def spread_of(case: Case, found: Sequence[Row], sure: Sequence[Row], *, by_year: bool) -> Answer:
    """How far the most and the least lie apart: 最多那年比最少那年多几件."""
    low, high = min(sure, key=lambda r: r.value or 0), max(sure, key=lambda r: r.value or 0)
    apart = change(low, high, "amount")
    name = (lambda r: f"{r.report.year}年") if by_year else (lambda r: r.who)
    if apart is None or apart.value is None:
        return none_told(case, found)
    unit = "个百分点" if high.unit == "%" else high.unit
    text = (
        f"{high.who if by_year else case.among or ''}{high.label}，最多的是{name(high)} {high.shown}，最少的是{name(low)} {low.shown}，"
        f"相差 {show_number(apart.value)} {unit}（计算所得：{apart.figure().formula}）。"
    )
    return Answer("answered", text + gaps(found), (apart.figure(), high.figure(), low.figure()))


def together(case: Case, found: Sequence[Row], kind: str) -> Answer:
    """The sum or mean of the rows that hold a number; the others are named."""
    sure = [r for r in found if r.value is not None]
    one, span = len({r.report.lineage or r.who for r in found}) == 1, span_of(found)
    who = found[-1].who if one else case.among or "、".join(dict.fromkeys(r.who for r in found))
    if not sure:
        return none_told(case, found)
    if unlike_rules(sure):
        shown = "；".join(f"{'' if one else r.who}{r.report.year}年 {r.shown}" for r in found[:LISTED])
        return Answer(
            "not_reported", f"{who}{span}的{found[0].label}口径或单位不同，不能相加：{shown}。", tuple(r.figure() for r in found[:GIVEN])
        )
    if kind == "sum" and sure[0].unit == "%":
        if re.search("加|合计|之和|总和", case.query.text):
            return Answer("clarify", "比率不能相加。请写明要算的是哪一个数占哪一个数，例如“甲占三家合计的百分之几”。")
        each = "；".join(f"{r.who}{r.report.year}年 {r.shown}" for r in sure[:LISTED])
        return Answer("answered", f"{found[0].label}：{each}。" + gaps(found), tuple(r.figure() for r in sure[:GIVEN]))
    if kind == "sum" and not one and _EACH_YEAR.search(case.query.text) and (apart := _sum_of_each_year(case, sure)) is not None:
        return replace(apart, text=apart.text + gaps(found))
    if kind == "mean" and MEDIAN.search(case.query.text + case.query.matter):
        kind = "median"
    word = {"mean": "平均", "median": "中位数"}.get(kind, "合计")
    whole = combined(sure, kind, f"{found[0].label}{word}")
    word += "是" if kind == "median" else ""
    noun = "个年度" if one else "份报告"
    text = (
        f"{who}{span}{found[0].label}，{len(sure)} {noun}{word} {show_number(whole.value or 0)} {whole.unit}（计算所得：{whole.formula}）。"
    )
    query = case.query
    if query.premise is not None and CLAIMS.search(query.text) and not re.search("多少|几(?!年)|谁|哪|超过|不到|不止|至少|以上", query.text):
        text = f"{'是的' if whole.value == query.premise else '不对'}。{text}"  # 两年合计是73件，对吗
    added: tuple[FigureOut, ...] = ()
    if kind == "mean" and re.search("一共|总共|合计|之和|总数|加起来|加总|共(?:多少|几)", case.query.text):  # 一共多少，年均多少
        words, total = in_sum(sure)
        text, added = text + words, (total,)
    case.among = case.among or who
    warn_overlap(case, sure)
    chart = bars(sure[:LISTED], found[0].label) if not one else None
    return Answer("answered", text + gaps(found), (whole, *added, *(r.figure() for r in found[:GIVEN])), chart=chart)


# A total for every year: 每一年三家的合计, 逐年加起来; no 平均每年
_EACH_YEAR = re.compile(
    "(?<!平均)(?:每一?年|逐年|各年|分年)[^,，。?？]{0,8}(?:合计|总数|总和|总量|一共|总共|加)|(?:合计|加起来)[^,，。?？]{0,4}(?<!平均)(?:每一?年|逐年|各年)"
)


def _by_year(sure: Sequence[Row]) -> tuple[dict[int, list[Row]], dict[int, FigureOut]]:
    """Rows by their year, and what those of each year add up to."""
    of_year = {y: [r for r in sure if r.report.year == y] for y in sorted({r.report.year for r in sure})}
    return of_year, {y: combined(rows, "sum", f"{y}年{rows[0].label}合计") for y, rows in of_year.items()}


def _sum_of_each_year(case: Case, sure: Sequence[Row]) -> Answer | None:
    """What several bodies have together in each of several years, one sum a year; None for a single year."""
    of_year, sums = _by_year(sure)
    if len(of_year) < 2 or len({frozenset(r.report.lineage or r.who for r in rows) for rows in of_year.values()}) > 1:
        return None  # a body that has no number in one of the years: sums that are no sums of the same
    who = case.among or "、".join(dict.fromkeys(r.who for r in sure))
    told = "；".join(f"{y}年 {show_number(s.value or 0)} {s.unit}（计算所得：{s.formula}）" for y, s in sums.items())
    return Answer("answered", f"{who}{sure[0].label}合计：{told}。", (*sums.values(), *(r.figure() for r in sure[:GIVEN])))


_WHICH_YEAR = re.compile("哪一?年|最[多少高低]的?那?一年|哪一?个?年[份度]")


def year_of_most(case: Case, found: Sequence[Row]) -> Answer | None:
    """The year in which a group has most, or least, taken together: 街道办里申请最多的是哪一年; None where no year is asked for."""
    query, sure = case.query, [r for r in found if r.value is not None]
    if not _WHICH_YEAR.search(query.text) or len({r.report.year for r in sure}) < 2 or unlike_rules(sure) or sure[0].unit == "%":
        return None
    of_year, sums = _by_year(sure)
    pick = min if query.least else max
    best = pick(s.value or 0 for s in sums.values())
    first = "、".join(f"{y}年" for y, s in sums.items() if s.value == best)
    told = "；".join(
        f"{y}年 {show_number(s.value or 0)} {s.unit}（{len(of_year[y])} 份报告，计算所得：{s.formula}）" for y, s in sums.items()
    )
    unlike = "各年度收录的报告数不同，合计不完全可比。" if len({len(rows) for rows in of_year.values()}) > 1 else ""
    text = f"{case.among or ''}{sure[0].label}合计：{first}最{'少' if query.least else '多'}，{show_number(best)} {sure[0].unit}。{told}。{unlike}"
    order = sorted(sums.values(), key=lambda s: (s.value or 0) * (1 if query.least else -1))
    warn_overlap(case, sure)
    return Answer("answered", text, (*order, *(r.figure() for r in sure[:GIVEN])))


def share_of_all(case: Case, found: Sequence[Row], sure: Sequence[Row]) -> Answer:
    """One body's figure over the sum of all of the group."""
    own = [r for r in sure if r.who in case.query.singled]
    if {MOST_OF_ALL, LEAST_OF_ALL} & {*case.query.singled} and sure:
        pick = max if MOST_OF_ALL in case.query.singled else min
        own = [pick(sure, key=lambda r: r.value or 0)]
    if not own or unlike_rules(sure) or found[0].unit == "%":
        return none_told(case, [r for r in found if r.who in case.query.singled] or found)
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
        f"{part.when}{found[0].label}，{part.who} {part.shown}，占{case.among}合计 {show_number(whole.value)} {whole.unit}的 "
        f"{show_number(percent)}%（计算所得：{formula}）。"
    )
    return Answer("answered", text + gaps(found), (share, whole, part.figure()))


def share_together(case: Case) -> Answer | None:
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
    text = f"{own[0].when}{own[0].label}，{names}合计 {show_number(part.value or 0)} {part.unit}（计算所得：{part.formula}），"
    text += f"占 {len(sure)} 个机关合计 {show_number(whole.value)} {whole.unit}（计算所得：{whole.formula}）的 {show_number(percent)}%（计算所得：{formula}）。"
    return Answer("answered", text, (share, whole, part, *(r.figure() for r in own)))
