"""Named bodies, or years, held one against the other: differences, multiples, who has more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.textual import show_number
from service import compose
from service.case import Case
from service.claims import alike, borne_out
from service.contract import Answer, AnswerStatus
from service.directory import directory
from service.evidence import growth_of, percent_of
from service.many.parts import (
    CLAIMS,
    LISTED,
    SHORT_OF,
    all_or_none,
    and_total,
    asks_total,
    bars,
    count_of,
    movement_of,
    span_of,
    unlike_rules,
)
from service.operation import THEIR_SUM
from service.query import Query
from service.replacing import replace
from service.rows import Row, change, combined, times_out

LIES_APART = re.compile(r"[多少增减涨降差缩][长加少了出水]*(?:几|多少)|相差|差距|差额|[增涨降跌]幅|百分之[几多]|变化")


def sums_apart(case: Case, found: Sequence[Row], years: Sequence[int]) -> Answer | None:
    """How far what several bodies add up to in two years lies apart: 四个街道合计，2024年比2023年少几件; None for any other question."""
    query, bodies = case.query, {r.report.lineage or r.who for r in found}
    summed = re.search("累计|合计|总和|总数|加起来|一共|总共", query.text) and re.search(
        "哪[个家边][^,，]{0,2}多|谁多|[多少差]几|[多少差]多少", query.text
    )
    apiece = "各自一共" in query.text and query.operation != "rank" and len(years) > 1
    if len(bodies) == 2 and len(years) > 1 and (apiece or query.together or (summed and not re.search("各|分别|每", query.text))):
        return bodies_apart(case, found)
    if apiece and len(bodies) > 2:
        return _each_over_years(case, found)
    if len(years) != 2 or len(bodies) < 2 or not LIES_APART.search(query.text) or not (query.operation == "sum" or asks_total(case)):
        return None
    apart = [[r for r in found if r.report.year == year] for year in sorted(years)]
    if any(r.value is None for r in found) or unlike_rules(found) or len(apart[0]) != len(apart[1]):
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
    text = f"{who}{found[0].label}合计：{shown}。{movement_of((min(years), max(years)), last.unit, *moved)}"
    return Answer("answered", text + "。", (first, last, *moved))


def _each_over_years(case: Case, found: Sequence[Row]) -> Answer | None:
    """What the years of each of several bodies add up to: 三家六年各自一共多少."""
    own = [[r for r in found if r.who == who] for who in dict.fromkeys(r.who for r in found)]
    if any(r.value is None for r in found) or unlike_rules(found) or len({len(rows_) for rows_ in own}) > 1 or len(own) > LISTED:
        return None
    sums = [combined(rows_, "sum", f"{rows_[0].who}{rows_[0].label}合计") for rows_ in own]
    shown = "；".join(f"{s.label} {show_number(s.value or 0)} {s.unit}（计算所得：{s.formula}）" for s in sums)
    return Answer("answered", f"{span_of(found)}，{shown}。", tuple(sums))


def bodies_apart(case: Case, found: Sequence[Row]) -> Answer | None:
    """How far what two bodies add up to over some years lies apart: 所以市里比县里多几件, after the sum of each was told."""
    own = [[r for r in found if r.who == who] for who in dict.fromkeys(r.who for r in found)]
    if len(own) != 2 or len(own[0]) != len(own[1]) or any(r.value is None for r in found) or unlike_rules(found):
        return None  # the sums would not be over the same years
    sums = [combined(rows_, "sum", f"{rows_[0].who}{rows_[0].label}合计") for rows_ in own]
    shown = "；".join(f"{s.label} {show_number(s.value or 0)} {s.unit}（计算所得：{s.formula}）" for s in sums)
    high, low = sorted(sums, key=lambda s: -(s.value or 0))
    told = compose.difference((high, low), high.value or 0, low.value or 0)
    if (over := re.search("(?P<part>[前后])者[^,，]{0,6}[前后]者[^,，]{0,4}(?:百分|几成)", case.query.text)) and high.value and low.value:
        part, whole = sums if over["part"] == "前" else sums[::-1]
        percent, formula = percent_of(part.value or 0, whole.value or 0)
        share = replace(part, metric="share", label=f"{over['part']}者占另一者", value=percent, unit="%", formula=formula)
        text = f"{span_of(found)}，{shown}。{over['part']}者是另一者的 {show_number(percent)}%（计算所得：{formula}）。"
        return Answer("answered", text, (share, *sums))
    text = f"{span_of(found)}，{shown}。相差 {show_number(told.value or 0)} {high.unit}（计算所得：{told.formula}）。"
    return Answer("answered", text, (*sums, told))


_MORE_THAN = re.compile(
    r"(?P<one>[^,，。?？]{0,14})比(?P<other>[^,，。?？]{1,14}?)(?:[收办罚发批]得|要|还|都|更|来得)*(?P<way>[多少高低])(?!了?(?:多少|几))"
)


def years_with_more(case: Case, found: Sequence[Row]) -> Answer | None:
    """The years in which one of two bodies has more, or less, than the other: 哪几年是碧原比云溪收得多."""
    text = case.query.text
    match = _MORE_THAN.search(text)
    who = list(dict.fromkeys(r.who for r in found))
    if match is None or not re.search("哪[几些一]?个?年|年份", text) or len(who) != 2 or unlike_rules(found):
        return None
    spoken = [a for a in case.query.mention.agencies if a in who] or who

    def meant(words: str) -> str:
        if place := re.search("前(?:一[个家]|者|面)|后(?:一[个家]|者|面)", words):
            return spoken[0 if place.group()[0] == "前" else -1]
        own = [a for a in who if a in words or any(a[at : at + 2] in words and a[at : at + 2] not in o for at in range(len(a) - 1) for o in who if o != a)]
        return own[0] if len(own) == 1 else ""

    first = meant(match["one"]) or next((a for a in who if a != meant(match["other"])), "")
    if not first or meant(match["other"]) in ("", first):
        return None
    mine = {r.report.year: r for r in found if r.who == first}
    others = {r.report.year: r for r in found if r.who != first}
    both = [y for y in sorted(mine) if y in others and mine[y].value is not None and others[y].value is not None]
    more = match["way"] in "多高"
    held = [y for y in both if ((mine[y].value or 0) > (others[y].value or 0)) == more and mine[y].value != others[y].value]
    if not both:
        return None
    other = next(a for a in who if a != first)
    shown = "、".join(f"{y}年（{mine[y].shown} 对 {others[y].shown}）" for y in held)
    words = f"{first}比{other}{match['way']}"
    lead = f"{found[0].label}：可以比较的 {len(both)} 个年度里，"
    said = f"{words}的有 {len(held)} 个：{shown}。" if held else f"没有{words}的年度。"
    rest = "；".join(f"{y}年 {mine[y].shown} 对 {others[y].shown}" for y in both if y not in held)
    figures = [r.figure() for y in [*held, *(y for y in both if y not in held)] for r in (mine[y], others[y])]
    counted = count_of([mine[y] for y in held], [mine[y] for y in both])
    return Answer("answered", lead + said + (f"其余：{rest}。" if rest else ""), (counted, *figures))


def furthest_apart(case: Case, found: Sequence[Row]) -> Answer | None:
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


WHO_HAS_MORE = re.compile(
    r"(?:谁|哪[个家边])(?:[^,，。?？]{0,16}(?<!多)[多少高低](?!少|多少|几)|[^,，。?？]{0,4}(?:排|在|靠)(?:最)?前|[^,，。?？]{0,3}领先)"
)


_ENDS_AS_MUCH = re.compile(r"最(?:(?P<top>[多高大])|[少低小])[^,，。]{0,6}[是为]最[多少高低大小][^,，。]{0,6}[几多]少?倍")


def ends_as_much(text: str, sure: Sequence[Row]) -> Answer | None:
    """最高的是最低的几倍, of years or of bodies; None where that is not asked for, or cannot be told."""
    apart = _ENDS_AS_MUCH.search(text)
    if apart is None or len(sure) < 2 or unlike_rules(sure):
        return None
    high, low = max(sure, key=lambda r: r.value or 0), min(sure, key=lambda r: r.value or 0)
    return times_as_much([high, low] if apart["top"] else [low, high])


def versus(case: Case, found: Sequence[Row], sure: Sequence[Row]) -> Answer:
    when = found[0].when
    if WHO_HAS_MORE.search(case.query.text) and not unlike_rules(sure):  # who it is comes first
        sign = 1 if re.search(r"(?:谁|哪[个家边])[^,，。?？]{0,10}[少低](?!多少|几)", case.query.text) else -1
        found = sorted(found, key=lambda r: (r.value is None, sign * (r.value or 0)))
    text = f"{when}{found[0].label}：" + "；".join(f"{r.who} {r.shown}" for r in found) + "。"
    figures = [r.figure() for r in found]
    if len(sure) > 1 and not unlike_rules(sure):
        best = max(r.value or 0 for r in sure)
        top = [r for r in sure if r.value == best]
        if len(top) < len(sure):
            least = case.query.least or bool(re.search(r"更少|较少|少一?些|最不|谁少|哪[个家]少|更低|谁低", case.query.text))
            low = min(r.value or 0 for r in sure)
            shown = [r for r in sure if r.value == low] if least else top
            text += f"{'、'.join(r.who for r in shown)}{'少' if least else '多' if found[0].unit != '%' else '高'}"
        else:
            text += "两者相同" if len(sure) == 2 else "各家相同"
            if case.query.operation == "rank" and "最" in case.query.text:
                text += "，并列最少" if case.query.least else "，并列最多"
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
    words, whole = and_total(case, found)
    text, figures = text + words, [*figures, *whole]
    status: AnswerStatus = "answered" if sure else "not_reported"
    text = (_claimed(case, found) or all_or_none(case.query.text, found)) + text
    return Answer(status, text, tuple(figures), chart=bars(found, f"{when}{found[0].label}"))


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


def added_up(text: str, found: Sequence[Row]) -> bool:
    """Whether all of those found stand before the sum that a share is asked of, so that none is the other's whole: 甲和乙合计，占多少."""
    added = re.search(rf"{THEIR_SUM}[,，]", text)
    return added is not None and all(row.who in text[: added.start()] for row in found)


def against_other(case: Case, found: Sequence[Row]) -> Answer:
    """One body's figure as a share of another's: 市公安局的相当于全市的百分之几."""
    part, whole = found
    of_place = directory(case.snapshot.reports).bodies
    if of_place[part.who].kind == "government" and of_place[whole.who] in directory(case.snapshot.reports).within(of_place[part.who].place):
        part, whole = whole, part
    figures = tuple(r.figure() for r in found)
    shown = f"{part.report.year}年{part.label}：{part.who} {part.shown}，{whole.who} {whole.shown}"
    if part.value is None or not whole.value or unlike_rules(found):
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


_TIMES = re.compile(r"(?:几|多少)倍|倍数")


def asks_times(query: Query) -> bool:
    """Whether the one is to be told by the other; a follow-up that asks for nothing else goes on with it: 2023年呢."""
    return bool(
        _TIMES.search(query.text)
        or (query.operation == "value" and not query.has_topic and _TIMES.search(query.matter))
        or (query.follows and query.operation == "value" and not query.asks_number and _TIMES.search(query.matter))
    )


def times_as_much(found: Sequence[Row]) -> Answer:
    """How many times as much the first of two rows is as the second: 甲是乙的几倍."""
    first, second = found
    shown = f"{first.label}：{first.who}{first.report.year}年 {first.shown}，{second.who}{second.report.year}年 {second.shown}"
    figures = tuple(r.figure() for r in found)
    if not first.value or not second.value or unlike_rules(found):
        return Answer("not_reported", f"{shown}，算不出倍数。", figures)
    told = times_out(found, first.value, second.value)
    return Answer("answered", f"{shown}；前者是后者的 {show_number(told.value or 0)} 倍（计算所得：{told.formula}）。", (told, *figures))


_HELD_AGAINST = re.compile("(?:那么?)?(?:比起[^,，]{2,14}|[和跟与同][^,，]{2,14}(?:相?比|比起来))[,，]")


# 甲超过乙，对吗: no number behind it, and no word of how
_MORE_OR_LESS = re.compile(r"(?:超过了?|多于|高于|大于|(?P<less>少于|低于|小于|不及))(?![^,，。?？]{0,16}(?:\d|[多少高低几倍成]))")


def _claimed(case: Case, found: Sequence[Row]) -> str:
    """To a claim that the first body named has more, or less, than the second."""
    text = case.query.text
    if len(found) > 1 and all(r.value is not None for r in found) and (verdict := alike(text, [r.value or 0 for r in found])):
        return verdict
    claim = re.search(rf"(?:比起?|超过|(?P<short>{SHORT_OF})).{{1,24}}?(?P<how>多|少|高|低)", text)
    if len(found) != 2 or found[0].value is None or found[1].value is None or not CLAIMS.search(text):
        return ""
    first, second = (r.value or 0 for r in found)
    if re.search("(?<![几少])倍|一半", text) and found[0].unit != "%":
        return borne_out(text, second, first)  # 甲超过乙的两倍
    if claim is None and (joint := _MORE_OR_LESS.search(text)):
        return "是的。" if (first < second if joint["less"] else first > second) else "不对。"
    if claim is None:
        return ""
    so_many = re.match(r"[收办罚批发了出]*(?P<n>\d[\d,]*(?:\.\d+)?)(?=[件条份次人]|个(?!百分))", text[claim.end() :])
    plain = so_many is not None and found[0].unit != "%" and not claim["short"] and not _HELD_AGAINST.match(text)
    if plain and so_many and not re.search("[左右近约多超]", text[claim.end() : claim.end() + so_many.end() + 2]):  # 比乙少8件: by as many
        apart = (first - second) * (1 if claim["how"] in "多高" else -1)
        return "是的。" if abs(apart - float(so_many["n"].replace(",", ""))) < 1e-6 else "不对。"
    if _HELD_AGAINST.match(text):
        first, second = second, first  # 比起碧原，云溪是不是更少
    more = (claim["how"] in "多高") != bool(claim["short"])  # 甲不如乙多
    return "是的。" if (first > second if more else first < second) else "不对。"
