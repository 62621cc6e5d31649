"""Who grew or fell, and by how much: bodies whose years are compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from corpus.textual import number, show_number
from service.case import Case
from service.check import body_count
from service.contract import Answer
from service.many.parts import GIVEN, LISTED, WORDS_OF_LESS, asks_which, bars, placed, span_of, unlike_rules
from service.replacing import replace
from service.rows import Row, change, combined

_MOVED = re.compile(
    r"(?:比|较|年).{0,8}(?:下降|减少|降|回落|上升|增加|增长|涨|多了|少了)(?!多少|最|幅|了?几)"
    r"|(?:比|较).{0,8}(?:年|上年|去年)[^,，。?？]{0,6}[多少高低](?!多少|几|了?几)|(?:[多少高低]于|不及|不如|超过).{0,4}(?:年|上年|去年)"
)


def who_moved(case: Case, found: Sequence[Row], years: Sequence[int]) -> Answer:
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
    said = query.text if WORDS_OF_LESS.search(query.text) or re.search("[多增涨升高长]", query.text) else query.matter  # 前三名: as before
    falls = bool(WORDS_OF_LESS.search(said))
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
    if query.operation != "rank" and claimed and (bound or asks_which(case)):
        top = [r for r in order if ((r.value or 0) < 0) == falls and r.value]
        word = "下降" if falls else "上升"
        names = "、".join(f"{r.who}（{r.figure().formula}）" for r in top[:LISTED]) or "没有"
        counted = body_count(len(top), found[0].report, len(moved))
        if 0 < len(top) < len(moved):
            case.told_bodies = tuple(r.who for r in top)  # 这几家 are those that were picked
        text = f"{lead}{word}{f'“{bound.words}”' if bound else ''}的有 {len(top)} 个：{names}。"
        return Answer("answered", text + gaps, (counted, *(r.figure() for r in top[:GIVEN])), chart=bars(top[:LISTED], f"{between}{label}"))
    if query.operation == "rank":
        before, level = placed(order, query.top)
        top = [*before, *level]
        word = "下降" if falls else "增长"
        points = found[0].unit == "%" and query.growth == "amount"  # a rate that moved by so many points, not by so many percent
        names = "；".join(
            f"{r.who} {show_number(abs(r.value or 0))}{' 个百分点' if points else '%' if r.unit == '%' else ' ' + r.unit}（{r.figure().formula}）"
            for r in top[:LISTED]
        )
        text = f"{lead}{word}最多的是：{names}。"
    else:
        top = order
        text = f"{lead}的变化：" + "；".join(f"{r.who} {r.shown}" for r in order[:LISTED]) + "。"
    return Answer("answered", text + gaps, tuple(r.figure() for r in top[:GIVEN]), chart=bars(order[:LISTED], f"{between}{label}"))


def summed_over_years(found: Sequence[Row]) -> list[Row]:
    """Each body's years added up; a body that lacks one of them gives no number."""
    by_body: dict[str, list[Row]] = {}
    for row in found:
        by_body.setdefault(row.report.lineage or row.who, []).append(row)
    years, span = {r.report.year for r in found}, span_of(found)
    summed = []
    for own in by_body.values():
        complete = {r.report.year for r in own} == years and all(r.value is not None for r in own) and not unlike_rules(own)
        if complete and found[0].unit != "%":
            total = number(sum(r.value or 0 for r in own))
            spelt = "＋".join(show_number(r.value or 0) for r in own)
            shown = f"{show_number(total)} {own[-1].unit}（计算所得：{spelt}＝{show_number(total)}）"
            # Cells are cited only of the bodies that the answer shows.
            whole = partial(combined, own, "sum", own[-1].label)
            summed.append(replace(own[-1], value=total, state="computed", told=shown, figure=whole, span=span))
        else:
            summed.append(replace(own[-1], value=None, state="missing", told="有的年度没有数字", span=span))
    return summed
