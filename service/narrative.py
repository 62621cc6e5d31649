"""Steps over the narrative: numbers that sentences state, what a section says, and the passages that answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.forms import channels, subjects, unit_classes
from corpus.model import Quantity, Span
from corpus.narrative import cue_pattern
from corpus.outline import TITLES
from corpus.textual import sentences, show_number, squash, stated_number, tidy
from index.store import Hit, StoredPassage, StoredReport
from service import affirmed, compose
from service.case import Case, cut
from service.concepts import several
from service.contract import Answer, Caution, FigureOut, PassageOut
from service.directory import directory
from service.evidence import (
    Desk,
    channel_label,
    fitting_quantities,
    narrow,
    percent_of,
    speaking_of,
    subject_label,
)
from service.leftover import GENERIC
from service.operation import CLAIMED
from service.parts import perhaps_parts, without_parts
from service.query import REQUEST_CHANNELS, Query
from service.relevance import LEAST, MOST_WORDS, NEAR, PLAIN, beside, nearest_of, plainly_about, relevance, share_held, telling
from service.replacing import replace
from service.scope import of_reports

_COUNTS = re.compile(r"(?:几|多少)[条件次场篇人个份期]")
_WHY = re.compile(r"为什么|为啥|为何|咋回事|怎么回事|原因")
_WHEN = re.compile(r"几月|什么时候|何时|哪一?天|啥时候|什么时间")


_DONE = re.compile("有没有(?:搞|做|弄|进行|开展|建|设|增|推|改|上线|开通)|(?:搞|做|弄|改造|增设|新增|建|开通|上线|推出)(?:了|过)")


def narrative_numbers(case: Case) -> Answer | None:
    """Numbers that the narrative states: given only when matter, channel, unit and period all fit."""
    query, desk = case.query, case.desk
    if not (query.subject or query.channels) and not (query.asks_number and query.residue):
        return None
    if (query.operation == "find" and not asks_channels(query)) or (query.section and query.operation != "value"):
        return None
    if query.operation == "where" and not query.asks_number and not query.channels and query.subject == "published":
        return None
    if (
        query.subject == "published"
        and not query.channels
        and not query.asks_number
        and query.premise is None
        and query.operation == "exists"
    ):
        return None  # 有没有人拿不到信息: the word 信息 alone asks for no count of what was published
    if _WHEN.search(query.matter) or (not query.asks_number and query.premise is None and _WHY.search(query.matter)):
        return None  # when or why, not how many: the sentence says it
    deed = query.operation == "exists" and (query.channels or query.subject == "visits") and not (query.asks_number or query.condition)
    if deed and _DONE.search(query.text) and (query.premise is None or query.subject == "visits") and beside(case):
        return None  # 网站有没有搞无障碍改造: what was done there, no count of what was published
    by_row = case.listed.by_row
    found = case.snapshot.quantities(list(by_row))
    within = _INCLUDES.fullmatch(case.request.question.strip())
    if within is not None and case.request.context is not None and not any(within["what"] in desk.snapshot.quote(r, q.sentence.start, q.sentence.end) for r, q in found):
        return _absent(case, within["what"])  # 包括图解吗, where the number told says nothing of it
    relaxed = replace(query, unit=None) if query.operation in ("exists", "where", "sum", "share") else query
    words = _apart(case, query.matter)
    listed = (
        several(relaxed)
        if query.operation in ("value", "list", "sum")
        and (query.joined or query.operation == "list" or len(_COUNTS.findall(query.matter)) > 1)
        else []
    )
    parts = listed if len(listed) > 1 else [relaxed]
    fitting: list[tuple[int, Quantity]] = []
    unsaid: list[Query] = []  # what is asked for beside it, and the report gives no number of
    for part in parts:
        fits = fitting_quantities(part, found, desk)
        unsaid += [part] if len(parts) > 1 and not fits and len(case.reports) == 1 else []
        if len(parts) > 1:
            fits = narrow(fits, _apart(case, part.matter))
        fitting += [pair for pair in fits if pair not in fitting]
    if len(parts) == 1 and query.operation in ("value", "exists", "where") and len(query.channels) < 2:
        fitting = narrow(fitting, words)
    if query.residue and not query.asks_number:
        # Asked without a number: a sentence that also speaks of the rest answers, a number beside it does not.
        fitting = [(r, q) for r, q in fitting if all(w in desk.snapshot.quote(r, q.sentence.start, q.sentence.end) for w in query.residue)]
        if not fitting:
            return None
    if query.mean and (each := _mean_each(case, found, by_row)) is not None:
        return each
    units = unit_classes()
    if query.operation == "sum" and query.unit and sum(units.get(q.unit) == query.unit for _, q in fitting) > 1:
        fitting = [(row, q) for row, q in fitting if units.get(q.unit) == query.unit]  # 网站和微信合起来几条: no visits
    if (claimed := _all_by_one_way(query, found, by_row, desk)) is not None:
        return claimed
    if asks_channels(query):
        fitting = [(row, q) for row, q in found if q.subject == "requests.received" and q.channel]
    of_channels = {q.channel for _, q in found}
    if len(query.channels) > 1 and not set(query.channels) & of_channels and not any(q.channel for _, q in fitting):
        return _no_number(case)  # 网上、信函、当面各几件, of a report that tells no more than their sum
    account = query.channels and query.subject == "requests.received" and not {*query.channels} & REQUEST_CHANNELS
    if not fitting and account and not re.search("申请|提|递|收|寄|交", query.text):  # 微信的呢, after requests: what it published
        other = narrative_numbers(replace(case, query=replace(query, subject="published")))
        return other if other is not None and other.status == "answered" else _no_number(case)
    if not fitting:
        return _no_number(case)
    # 未收取信息处理费 says a zero in two units: once is enough.
    fitting = list({(row, q.span): (row, q) for row, q in reversed(fitting)}.values())[::-1]
    if query.operation == "share" and not all(q.unit in ("%", "％") for _, q in fitting):
        share, bound = _quantity_share(case, fitting, found, by_row), query.condition
        percents = [f.value for f in share.figures if f.metric == "share" and f.value is not None]
        if bound and bound.percent and len(percents) == 1:  # 多半是网上交的，对吗
            return replace(share, text=compose.on_share(bound, percents[0]) + share.text)
        return share
    if two := _claimed_of_two(query, fitting):
        fitting = two
    if query.operation == "sum" and query.channels and len({q.subject for _, q in fitting}) == 1:
        # 收到的申请，信函和当面的一共: the whole is none of the addends
        fitting = [(row, q) for row, q in fitting if q.channel in query.channels] or fitting
    figures = tuple(desk.quantity_out(by_row[row], q) for row, q in fitting[:8])
    sentences_ = list(dict.fromkeys((row, q.sentence, q.section) for row, q in fitting))[:3]
    marks = [m for _, q in fitting for m in (tidy(q.printed), q.counted)]
    passages = tuple(desk.passage_out(by_row[row], span, section, marks, 1.0) for row, span, section in sentences_)
    verdict = _channel_claim(query, two)
    said = replace(query, operation="list") if verdict else query
    text = verdict + compose.quantities([(by_row[row], q) for row, q in fitting[:8]], said)
    told = {q.channel for _, q in fitting}
    names = [_matter_of(part) for part in unsaid if not part.channels or not {*part.channels} <= told]
    if len(query.channels) > 1 and len(case.reports) == 1:
        names += [channel_label(c) for c in query.channels if c not in told]
    if names := [name for name in dict.fromkeys(names) if name]:
        text += f"报告没有写“{'、'.join(names)}”的数。"
    if query.operation == "sum" and (all_told := _as_claimed(case, fitting, found)) is not None:
        whole = _quantity_sum(case, all_told, tuple(desk.quantity_out(by_row[r], q) for r, q in all_told), desk.sentences_of((by_row[r], q) for r, q in all_told), by_row)
        return replace(whole, text=f"是的。{whole.text}")
    if query.operation == "sum" and len(fitting) > 1:
        apart = without_parts(case, fitting)
        if len(apart) < len(fitting):
            return _sum_apart(case, apart, by_row)
        if perhaps_parts(fitting):
            _warn_quantities(case, [q for _, q in fitting])
            return Answer("answered", text, figures, passages)
        return _quantity_sum(case, fitting, figures, passages, by_row)
    _warn_quantities(case, [q for _, q in fitting])
    lead, more = _compared(case, fitting, figures)
    return Answer("answered", lead + text, (*figures, *more), passages)


def _as_claimed(
    case: Case, fitting: Sequence[tuple[int, Quantity]], found: Sequence[tuple[int, Quantity]]
) -> list[tuple[int, Quantity]] | None:
    """加起来是153吧, after one way of requests and then two more: the numbers of all the ways told, where these come to what is claimed."""
    claimed, before = case.query.premise, case.request.context
    if claimed is None or before is None or len(fitting) < 2:
        return None
    ways = {*case.query.channels, *before.channels, *before.earlier_channels}
    subjects_ = {q.subject for _, q in fitting}
    told = [(r, q) for r, q in found if q.channel in ways and {q.subject} == subjects_ and r in {row for row, _ in fitting}]
    same = len({(q.unit, q.period) for _, q in told}) == 1 and len({q.channel for _, q in told}) == len(told)
    return told if same and sum(q.value for _, q in told) == claimed else None


_INCLUDES = re.compile(
    r"(?:那)?(?:这)?(?:里面|其中|里头|个数)?(?:也)?(?:包括|包含|含|算上)了?(?P<what>[\u4e00-\u9fff]{2,8}?)(?:在内|的)?(?:吗|么|没有?|不)[?？]?"
)
_ALL_OF_THEM = re.compile("(?:都|全|均|全部|一律)(?:是|走|用|通过|为)")


def _the_one_way(query: Query) -> str | None:
    """The channel that all requests are said to have come by, though the others may be named as such that none came by."""
    said = _ALL_OF_THEM.search(query.text)
    if said is None:
        return None
    if len(query.channels) == 1:
        asks = query.operation == "exists" or (query.operation == "value" and not query.asks_number and query.text.endswith("?"))
        return query.channels[0] if asks else None
    if not CLAIMED.search(query.text):
        return None
    cues = {c.id: cue_pattern(c.cues + c.terms) for c in channels() if c.id in query.channels}
    own = re.split("[,，;；]", query.text[said.end() :])[0]  # 现在没人写信了，…全都是网上来的
    named = [c for c, cue in cues.items() if cue.search(own)]
    return named[0] if len(named) == 1 else None


def _all_by_one_way(query: Query, found: Sequence[tuple[int, Quantity]], by_row: Mapping[int, StoredReport], desk: Desk) -> Answer | None:
    """Whether all requests came in the one way that is claimed, with every way that the report counts: 都是当面递的，对不对."""
    way = _the_one_way(query)
    if way is None or query.subject != "requests.received":
        return None
    ways = [(row, q) for row, q in found if q.subject == "requests.received" and q.channel in REQUEST_CHANNELS and q.period == "year"]
    if (
        len(by_row) != 1
        or len(ways) < 2
        or len({q.channel for _, q in ways}) < len(ways)
        or way not in {q.channel for _, q in ways}
    ):
        return None
    others = sum(q.value for _, q in ways if q.channel != way)
    figures = tuple(desk.quantity_out(by_row[row], q) for row, q in ways)
    stated = [(by_row[row], q) for row, q in ways]
    text = compose.quantities(stated, replace(query, operation="list", premise=None))
    return Answer("answered", f"{'不对。' if others else '是的。'}{text}", figures, desk.sentences_of(stated))


def mean_of_each(case: Case) -> Answer | None:
    """平均到每件，两家各收多少元: what each of several reports comes to; None where one of them does not state both numbers."""
    if not case.query.mean or len(case.reports) < 2 or not re.search("每[件次场回期]|一[次场回期件]", case.query.text):
        return None
    told = []
    for report in case.reports:
        alone = replace(case, reports=[report])
        one = _mean_each(alone, case.snapshot.quantities([report.row]), {report.row: report})
        if one is None or one.status != "answered":
            return None
        told.append(one)
    passages = tuple(p for one in told for p in one.passages)
    return Answer("answered", "".join(one.text for one in told), tuple(f for one in told for f in one.figures), passages)


def _mean_each(case: Case, found: Sequence[tuple[int, Quantity]], by_row: dict[int, StoredReport]) -> Answer | None:
    """平均一次多少人: one number of the matter over another of it, both stated by the report."""
    query, units = case.query, unit_classes()
    per = re.search(r"(?:每|一)(次|场|回|期|条|篇|件)", query.text) or re.search(r"(?:每|一)(次|场|回|期|条|篇|件)", query.matter)
    own = [
        (row, q)
        for row, q in found
        if q.subject == query.subject and (not query.channels or q.channel in query.channels) and q.period == "year"
    ]
    people = [(row, q) for row, q in own if units.get(q.unit) == "people"]
    times = [(row, q) for row, q in own if units.get(q.unit) == "times"]
    # 信息处理费平均每件多少元: the amount over the requests that it was taken for
    whole = [(row, q) for row, q in own if units.get(q.unit) == "money"] if query.subject == "handling_fee" else people
    if query.subject == "handling_fee":
        times = [(row, q) for row, q in own if units.get(q.unit) == "request"]
    if per is None or per[1] not in ("件份" if query.subject == "handling_fee" else "次场回期") or len(whole) != 1 or len(times) != 1:
        return None
    (row, many), (_, often) = whole[0], times[0]
    if not often.value and (query.operation == "exists" or re.search("收没收|收不收|有没有|[了过]没", query.text)):
        return None  # 松岚县那家收没收, after a mean: that there was none
    figures = tuple(case.desk.quantity_out(by_row[r], q) for r, q in (*whole, *times))
    if not often.value:
        return Answer("not_reported", f"{often.counted}是 0，算不出平均数。", figures)
    value = round(many.value / often.value, 2)
    formula = f"{show_number(many.value)}÷{show_number(often.value)}＝{show_number(value)}"
    mean = replace(
        figures[0], metric="mean", label=f"平均每{per[1]}", value=value, printed="", state="computed", citation=None, formula=formula,
        operands=tuple(compose.operand(f) for f in figures),
    )  # fmt: skip
    report = by_row[row]
    text = f"{report.agency}{report.year}年，{often.counted} {tidy(often.printed)}，{many.counted} {tidy(many.printed)}，平均每{per[1]} {show_number(value)} {many.unit}（计算所得：{formula}）。"
    return Answer("answered", text, (mean, *figures), case.desk.sentences_of((by_row[r], q) for r, q in (*times, *whole)))


_AS_BEFORE = re.compile("(?:也|还|仍|又|依旧|依然)(?:然|旧)?是(?:它|他|[这那]一?[种条个类样])?最?[多少]")


def _as_before(case: Case, best: Quantity) -> str:
    """前一年也是它最多吗, after the ways of another year: whether the same one has the most, or the least, of these."""
    before = case.request.context
    if before is None or len(before.years) != 1 or not _AS_BEFORE.search(case.query.text):
        return ""
    reports = [r for r in directory(case.snapshot.reports).reports_of(before.agencies) if r.year == before.years[0]]
    told = [
        q for _, q in case.snapshot.quantities([r.row for r in reports], best.subject, before.channels or None)
        if q.channel and q.period == "year" and q.unit == best.unit
    ]  # fmt: skip
    if len(reports) != 1 or len(told) < 2 or len({q.channel for q in told}) < len(told):
        return ""
    first = (min if case.query.least else max)(told, key=lambda q: q.value)
    return "是的。" if first.channel == best.channel else "不是。"


def _compared(case: Case, fitting: Sequence[tuple[int, Quantity]], figures: Sequence[FigureOut]) -> tuple[str, tuple[FigureOut, ...]]:
    """Which of several numbers of one unit is the most, or how far two lie apart, where that is asked."""
    query = case.query
    if len(fitting) < 2 or len({q.unit for _, q in fitting}) > 1 or len(fitting) != len(figures):
        return "", ()
    order = sorted(zip(fitting, figures, strict=True), key=lambda pair: pair[0][1].value)
    if query.operation == "rank":
        _, best = order[0 if query.least else -1][0]
        return f"{_as_before(case, best)}{'最少' if query.least else '最多'}的是{best.counted}，{tidy(best.printed)}。", ()
    if len(order) == 2 and re.search(r"[多少差高低](?:[发推登收办开]?[出了]?)(?:多少|几)|相差|差距", query.text):
        (_, low), (_, high) = order[0][0], order[1][0]
        told = compose.difference(figures, high.value, low.value)
        return f"相差 {show_number(told.value or 0)} {high.unit}（计算所得：{told.formula}）。", (told,)
    return "", ()


_CLAIMS_MORE = re.compile("超过|比(?!例|率|重)|不如|[多少高低]过|[多少高低]于")


def _claimed_of_two(query: Query, fitting: Sequence[tuple[int, Quantity]]) -> list[tuple[int, Quantity]]:
    """Of what fits the numbers of the two channels that are held against each other, one each: 公众号比网站发得多吗; else none."""
    asserted = query.operation == "exists" or CLAIMED.search(query.text) or re.search(r"吗|是不是|对吧|吧[?？]?$", query.text)
    if len(query.channels) != 2 or not _CLAIMS_MORE.search(query.text) or not asserted:
        return []
    for subject in ("published", "requests.received"):
        own = [(row, q) for row, q in fitting if q.subject == subject and q.channel in query.channels]
        if len(own) == 2 == len({q.channel for _, q in own}):
            return own
    return []


# Said of the ways of requests as no report writes them.
_SPOKEN_WAYS = {"online": ("网上", "网络"), "letter": ("信函", "信件", "写信"), "in_person": ("上门", "窗口")}
_BY_SO_MANY = re.compile(r"[多少高低]了?(?P<n>\d[\d,]*|[一二两三四五六七八九十百千]+)[件条份篇个次]")


def _channel_claim(query: Query, two: Sequence[tuple[int, Quantity]]) -> str:
    """To a claim that one channel has more than another: whether the numbers bear it out."""
    claim = _CLAIMS_MORE.search(query.text)
    if not two or claim is None:
        return ""
    order = {c.id: m.start() for c in channels() if c.id in query.channels and (m := cue_pattern((*c.cues, *c.terms, *_SPOKEN_WAYS.get(c.id, ()))).search(query.text))}
    if len(order) < 2:
        return ""
    first, second = sorted((q for _, q in two), key=lambda q: order[q.channel or ""])
    less = claim.group() == "不如" or re.search(r"少|低", query.text)
    apart = second.value - first.value if less else first.value - second.value
    by = _BY_SO_MANY.search(query.text)  # 寄信的比网上的多一件
    stated = stated_number(by["n"].replace(",", "")) if by is not None else None
    return "是的。" if (apart > 0 if stated is None else apart == stated) else "不对。"


def _apart(case: Case, matter: str) -> list[str]:
    """The words of a question that can tell two numbers of one channel and subject apart."""
    for item in (*channels(), *(s for s in subjects() if s.id == "published")):
        matter = cue_pattern(tuple(c for c in item.cues + item.terms if not re.search(r"专栏|其他信息", c))).sub(" ", matter)
    return [w for w in case.snapshot.segmenter.words(matter) if w not in GENERIC]


def asks_channels(query: Query) -> bool:
    """Whether a question is about the ways in which requests came in, none of them named."""
    return bool(
        query.subject == "requests.received"
        and not query.channels
        and query.operation in ("value", "list", "find", "rank")
        and re.search(r"申请方式|渠道|途径|路子|门路|(?:几种|哪些|什么|哪几种)方式|怎么(?:来的|递|提)", f"{query.text}，{query.matter}")
    )


def _warn_quantities(case: Case, found: Sequence[Quantity]) -> None:
    if any(q.approximate for q in found):
        case.noted.append(Caution("approximate", "报告用的是约数，原样照录。"))
    if any(q.period == "cumulative" for q in found):
        case.noted.append(Caution("cumulative", "其中有累计数，不是当年一年的数。"))


def _sum_apart(case: Case, apart: Sequence[tuple[int, Quantity]], by_row: dict[int, StoredReport]) -> Answer:
    """The sum of numbers none of which is part of another; a single one is the whole that the report itself states."""
    figures = tuple(case.desk.quantity_out(by_row[row], q) for row, q in apart[:8])
    told = list(dict.fromkeys((row, q.sentence, q.section) for row, q in apart))[:3]
    marks = [m for _, q in apart for m in (tidy(q.printed), q.counted)]
    passages = tuple(case.desk.passage_out(by_row[row], span, section, marks, 1.0) for row, span, section in told)
    _warn_quantities(case, [q for _, q in apart])
    if len(apart) > 1:
        return _quantity_sum(case, apart, figures, passages, by_row)
    return Answer("answered", compose.quantities([(by_row[row], q) for row, q in apart], case.query), figures, passages)


def _quantity_sum(
    case: Case,
    fitting: Sequence[tuple[int, Quantity]],
    figures: tuple[FigureOut, ...],
    passages: tuple[PassageOut, ...],
    by_row: dict[int, StoredReport],
) -> Answer:
    if len({q.unit for _, q in fitting}) > 1 or any(q.approximate or q.period != "year" for _, q in fitting):
        return Answer("answered", compose.quantities([(by_row[r], q) for r, q in fitting], case.query), figures, passages)
    total = sum(q.value for _, q in fitting)
    formula = "＋".join(show_number(q.value) for _, q in fitting) + f"＝{show_number(total)}"
    parts = "、".join(f"{q.counted} {tidy(q.printed)}" for _, q in fitting)
    operands = tuple(compose.operand(f) for f in figures)
    whole = replace(
        figures[0],
        metric="sum",
        label="合计",
        value=total,
        printed="",
        state="computed",
        citation=None,
        formula=formula,
        operands=operands,
    )
    text = f"报告没有写合计数。报告写到的各项相加是 {show_number(total)} {fitting[0][1].unit}（计算所得：{formula}）。各项是：{parts}。"
    return Answer("answered", text, (whole, *figures), passages)


def _one_over_other(case: Case, one: tuple[int, Quantity], other: tuple[int, Quantity], by_row: dict[int, StoredReport]) -> Answer:
    figures = tuple(case.desk.quantity_out(by_row[row], q) for row, q in (one, other))
    percent, formula = percent_of(one[1].value, other[1].value)
    share = replace(
        figures[0], metric="share", label=f"{one[1].counted}相当于{other[1].counted}", value=percent, unit="%", printed="", state="computed",
        citation=None, formula=formula, operands=tuple(compose.operand(f) for f in figures),
    )  # fmt: skip
    report = by_row[one[0]]
    text = f"{report.agency}{report.year}年，{one[1].counted} {tidy(one[1].printed)}，{other[1].counted} {tidy(other[1].printed)}，前者相当于后者的 {show_number(percent)}%（计算所得：{formula}）。"
    return Answer("answered", text, (share, *figures), case.desk.sentences_of((by_row[r], q) for r, q in (one, other)))


def _quantity_share(
    case: Case,
    fitting: Sequence[tuple[int, Quantity]],
    found: Sequence[tuple[int, Quantity]],
    by_row: dict[int, StoredReport],
) -> Answer:
    """A channel's number over the whole that the same sentence states; of two channels the one over the other: 公众号的条数相当于网站的百分之几."""
    row, part = fitting[0]
    named_at = {
        c.id: m.start() for c in channels() if c.id in case.query.channels and (m := cue_pattern(c.cues + c.terms).search(case.query.text))
    }
    two = sorted((p for p in fitting if p[1].channel in named_at), key=lambda p: named_at[p[1].channel or ""])
    alike = len(two) == len(fitting) == len(named_at) == 2 and two[0][1].unit == two[1][1].unit and two[1][1].value
    if alike and re.search("相当于|是[^,，。]{2,12}的(?:百分|几成)", case.query.text):
        return _one_over_other(case, two[0], two[1], by_row)
    wholes = [
        q
        for r, q in found
        if r == row and q.subject == part.subject and not q.channel and q.unit == part.unit and q.sentence == part.sentence
    ]
    before = case.request.context
    said = case.query.text + (before.matter if before is not None else "")  # 公众号的占比也说一下: of the whole spoken of
    # What the report says that it published in all.
    of_whole = part.subject == "published" and not re.search("之和|加起来|[三几各]", case.query.text)
    if not wholes and part.channel and (of_whole or re.search(r"主动公开|总量|总数|总条数|全部|所有", said)):
        wholes = [
            q for r, q in found
            if r == row and q.subject == part.subject and not q.channel and (q.unit, q.period) == (part.unit, part.period) and q.section == 1
        ]  # fmt: skip
    together = case.query.together or re.search(r"[合加](?:起来|一起|一块|在一起)|[两三四]项?[合加]|相加|之和", case.query.text)
    if len(wholes) == 1 and len(fitting) > 1 and together and len({q.unit for _, q in fitting}) == 1 and all(q.channel for _, q in fitting):
        return _sum_over_whole(case, fitting, (row, wholes[0]), by_row)
    named = narrow(fitting, _apart(case, case.query.matter))
    if (
        not wholes
        and len(fitting) > 1
        and len(named) == 1
        and re.search(r"加|合", case.query.text)
        and len({q.unit for _, q in fitting}) == 1
    ):
        return _share_of_sum(case, named[0], fitting, by_row)
    alike = sum(
        r == row and q.subject == part.subject and q.unit == part.unit and bool(q.channel) and q.sentence == part.sentence for r, q in found
    )
    if not wholes and len(named) == 1 and (alike > 1 or re.search(r"总|全部|所有|[三几各]|渠道|方式", case.query.text)):
        base = [
            (r, q)
            for r, q in found
            if r == row and q.subject == part.subject and (q.unit, q.period) == (part.unit, part.period) and (q.channel or not part.channel)
        ]  # a number of all channels is no part beside them
        if alike > 1:  # the ways of one sentence are parts of one whole
            base = [(r, q) for r, q in base if q.sentence == part.sentence and q.channel]
        if len(base) > 1 and named[0] in base:
            return _share_of_sum(case, named[0], base, by_row)
    if part.channel is None or len(wholes) != 1:
        figures = tuple(case.desk.quantity_out(by_row[r], q) for r, q in fitting[:4])
        text = compose.quantities([(by_row[r], q) for r, q in fitting[:4]], case.query) + "报告没有写合计数，算不出占比。"
        return Answer("not_reported" if not figures else "answered", text, figures)
    parts = [q for r, q in fitting if r == row and q.unit == part.unit and q.channel in case.query.channels]
    if len(parts) > 1:  # 网站和微信各占主动公开总数多少
        told = [one_share(case, by_row[row], q, wholes[0]) for q in parts]
        return Answer(
            "answered", "".join(t.text for t in told), tuple(f for t in told for f in t.figures),
            tuple(dict.fromkeys(p for t in told for p in t.passages)),
        )  # fmt: skip
    return one_share(case, by_row[row], part, wholes[0])


def one_share(case: Case, report: StoredReport, part: Quantity, whole: Quantity) -> Answer:
    """What one number of the text is of the whole that the text states as well."""
    desk = case.desk
    operands = tuple(compose.operand(desk.quantity_out(report, q)) for q in (part, whole))
    figure = replace(
        desk.quantity_out(report, part),
        metric="share",
        state="computed",
        unit="%",
        printed="",
        citation=None,
        operands=operands,
    )
    if not whole.value:
        return Answer("not_reported", f"{whole.counted}是 0，算不出占比。", (replace(figure, value=None, state="missing"),))
    percent, formula = percent_of(part.value, whole.value)
    text = f"{report.agency}{report.year}年，{part.counted}占{whole.counted}的 {show_number(percent)}%（计算所得：{formula}）。"
    passages = tuple(
        desk.passage_out(report, sentence, part.section, [tidy(part.printed), tidy(whole.printed)], 1.0)
        for sentence in dict.fromkeys((part.sentence, whole.sentence))
    )
    return Answer(
        "answered",
        text,
        (replace(figure, value=percent, formula=formula, label=f"{part.counted}占{whole.counted}"),),
        passages,
    )


def _sum_over_whole(
    case: Case, parts: Sequence[tuple[int, Quantity]], whole: tuple[int, Quantity], by_row: dict[int, StoredReport]
) -> Answer:
    """Several numbers added up over the whole that the report states: 网站和公众号合起来占主动公开总数的."""
    desk, report = case.desk, by_row[whole[0]]
    figures = tuple(desk.quantity_out(by_row[row], q) for row, q in (*parts, whole))
    if not whole[1].value:
        return Answer("not_reported", f"{whole[1].counted}是 0，算不出占比。", figures)
    percent, _ = percent_of(sum(q.value for _, q in parts), whole[1].value)
    formula = f"（{'＋'.join(show_number(q.value) for _, q in parts)}）÷{show_number(whole[1].value)}＝{show_number(percent)}%"
    share = replace(
        figures[-1], metric="share", label=f"各项合计占{whole[1].counted}", value=percent, unit="%", printed="", state="computed",
        citation=None, formula=formula, operands=tuple(compose.operand(f) for f in figures),
    )  # fmt: skip
    told = "、".join(f"{q.counted} {tidy(q.printed)}" for _, q in parts)
    text = f"{report.agency}{report.year}年，{told}，合起来占{whole[1].counted}的 {show_number(percent)}%（计算所得：{formula}）。"
    return Answer("answered", text, (share, *figures), desk.sentences_of((report, q) for _, q in (*parts, whole)))


def _share_of_sum(
    case: Case, part: tuple[int, Quantity], fitting: Sequence[tuple[int, Quantity]], by_row: dict[int, StoredReport]
) -> Answer:
    """One of several numbers over their sum, which the question itself proposes as the base."""
    desk, report = case.desk, by_row[part[0]]
    total = sum(q.value for _, q in fitting)
    figures = [desk.quantity_out(by_row[row], q) for row, q in fitting]
    if not total:
        return Answer("not_reported", "各项相加是 0，算不出占比。", tuple(figures))
    percent, _ = percent_of(part[1].value, total)
    formula = f"{show_number(part[1].value)}÷（{'＋'.join(show_number(q.value) for _, q in fitting)}）＝{show_number(percent)}%"
    share = replace(
        desk.quantity_out(report, part[1]), metric="share", label=f"{part[1].counted}占各项之和", value=percent, unit="%", printed="",
        state="computed", citation=None, formula=formula, operands=tuple(compose.operand(f) for f in figures),
    )  # fmt: skip
    text = f"{report.agency}{report.year}年，{share.label}的 {show_number(percent)}%（计算所得：{formula}）。"
    return Answer("answered", text, (share, *figures))


def _matter_of(query: Query) -> str:
    """What a question about the text is about, by its channels and subject."""
    subject = "" if query.subject in (None, "published") else subject_label(query.subject)
    return "、".join(filter(None, [*(channel_label(c) for c in query.channels), subject]))


def _no_number(case: Case) -> Answer | None:
    """No number fits: the sentences that speak of the matter, without a headline number; or that there are none."""
    query, desk = case.query, case.desk
    if query.operation == "find" or not (query.subject or query.channels):
        return None
    report = case.reports[0]
    spoken = [s for r in case.reports for s in speaking_of(query, r, desk)]
    # Requests and publishing are spoken of everywhere; that says nothing about the question.
    generic = query.subject in ("published", "requests.received") and not query.channels
    by_ways = query.channels and query.subject == "requests.received"  # that requests came in is said, by which ways is not
    matter = _matter_of(replace(query, subject=None) if by_ways else query)
    if query.qualifier and query.asks_number and (not spoken or generic):
        return _absent(case, query.qualifier)  # 招生培训办了几次, where the text tells of other training
    if not spoken or generic:
        if generic and query.operation not in ("value", "exists", "sum", "list", "share"):
            return None
        if generic and query.residue:
            return _absent(case, query.residue[0])
        if generic and not query.asks_number:
            return None
        return _absent(case, matter)
    passages = tuple(
        desk.passage_out(report, span, p.section, list(case.snapshot.segmenter.words(query.matter)), 1.0) for p, span, _ in spoken[:3]
    )
    quoted = tidy(spoken[0][2])
    if query.subject == "ontime" or query.operation in ("exists", "where") or (not query.asks_number and query.operation == "value"):
        settled = affirmed.opening(query, quoted, telling(case, query.matter))
        return Answer("answered", f"{settled}{report.agency}{report.year}年的报告写道：“{cut(quoted)}”", passages=passages)
    return Answer("not_reported", f"{report.agency}{report.year}年的报告提到了{matter}，但没有写出这个数字。", passages=passages)


def _absent(case: Case, matter: str) -> Answer:
    report = case.reports[0]
    return Answer(
        "not_reported",
        f"{report.agency}{report.year}年的报告没有提到{'“' + matter + '”' if matter else '这件事'}。没有提到不等于没有，也不等于零。",
    )


_YEARS_OF_ITS_OWN = re.compile(r"年[^年]*年|\d\d年?[到至和与、~—-]+\d\d|[两俩三四五几]年|分别|[各每历近都]")
_MOST_YEARS = 6


def sections_step(case: Case) -> Answer | None:
    """What a section says: problems, measures, other matters; of several years, where the question is about them, each."""
    query = case.query
    if not query.section:
        return None
    # 存在什么问题, after a trend was told: of the newest year.
    each = len(case.reports) > 1 and (case.request.context is None or _YEARS_OF_ITS_OWN.search(query.text))
    reports, length = (case.reports[-_MOST_YEARS:], 200) if each else (case.reports[-1:], 400)
    lead = ""
    if not each and (older := _speaking_earlier(case, case.reports[-1], query.section)) is not None:
        reports, case.reports, lead = [older], [older], "最新的一份报告里没有写这件事。"
    elif not each and (done := _done_about(case, case.reports[-1], query.section)) is not None:
        return done
    elif not each and (elsewhere := _said_elsewhere(case, case.reports[-1], query.section)) is not None:
        return elsewhere
    told = [_section_of(case, report, query.section, length) for report in reports]
    outs = tuple(out for _, own in told for out in own)
    return Answer("answered" if outs else "not_reported", lead + "".join(text for text, _ in told), passages=outs)


def _own_words(query: Query) -> list[str]:
    """The words of a question that no term knows and that tell what it is about."""
    return [w for w in query.residue if len(w) > 1 and w not in GENERIC]


def _section_speaks(case: Case, report: StoredReport, section: int) -> bool:
    """Whether a section of a report holds one of the question's own words."""
    return any(w in p.text for p in case.snapshot.passages([report.row], section) for w in _own_words(case.query))


_PROBLEM = re.compile("(?:问题|不足|短板|毛病|教训|差距)[\u4e00-\u9fff]{0,4}[,，]")


def _done_about(case: Case, report: StoredReport, section: int) -> Answer | None:
    """What was done about a problem that is named, where that is asked behind it: 纳税咨询和公开申请混到一起这个问题，是怎样分流的."""
    query = case.query
    words = [w for w in _own_words(query) if not _PROBLEM.match(f"{w}，")]
    asked = _PROBLEM.search(query.matter)
    if query.topic != "problems" or not words or not asked or not _WHAT_WAS_DONE.search(query.matter, asked.end()):
        return None
    told = [p for p in case.snapshot.passages([report.row], section) if p.topic == "problems" and share_held(words, p.text)]
    problem = max(told, key=lambda p: share_held(words, p.text), default=None)
    return remedied(replace(case, query=replace(query, operation="find")), report, problem, words) if problem is not None else None


def _said_elsewhere(case: Case, report: StoredReport, section: int) -> Answer | None:
    """What another part of the report plainly says of the matter of a question that its section on problems and measures does not touch."""
    if case.query.topic != "measures" or not _own_words(case.query) or _section_speaks(case, report, section):
        return None
    alone = replace(case, reports=[report], query=replace(case.query, section=None, topic=None, operation="find"))
    found = found_passages(alone)
    if found is None:
        return None
    nearest = max(found.hits, key=lambda h: h.nearness or 0, default=None)
    if nearest is None or nearest.passage.section == section:
        return None
    other = [h for h in found.hits if h.passage.section != section]
    return _told_by(alone, replace(found, hits=other), PLAIN)


def _speaking_earlier(case: Case, newest: StoredReport, section: int) -> StoredReport | None:
    """The newest of the earlier reports whose section speaks of what the question is about, where no year was asked for and the newest report
    says nothing of it: 秸秆罚款公开 整改."""
    query = case.query
    if not _own_words(query) or query.years or query.relative or query.follows or case.several or case.among:
        return None
    if _section_speaks(case, newest, section):
        return None
    own = directory(case.snapshot.reports).reports_of_kin([newest.agency])
    older = sorted((r for r in own if r.year < newest.year), key=lambda r: -r.year)
    return next((r for r in older if _section_speaks(case, r, section)), None)


def _section_of(case: Case, report: StoredReport, section: int, length: int) -> tuple[str, tuple[PassageOut, ...]]:
    """What one report says in a section, cut to a length in characters, and its passages; none where it has no such section."""
    query = case.query
    passages = case.snapshot.passages([report.row], section)
    wanted = [p for p in passages if query.topic is None or p.topic == query.topic] or passages
    if re.search(r"问题|不足|短板|差距|毛病|不够|欠缺", query.text) and re.search(
        r"改进|措施|怎么办|整改|解决|应对|打算|怎么治|克服|改法|对策|办法|法子|[怎咋]么?改|如何改", query.text
    ):
        wanted, query = passages, replace(query, topic=None)
    if not wanted:
        return f"{report.agency}{report.year}年的报告没有取得第{'〇一二三四五六'[section]}部分的内容。", ()
    words = case.snapshot.segmenter.words(query.matter)
    outs = tuple(case.desk.passage_out(report, Span(p.start, p.end), p.section, words, 1.0) for p in wanted[:6])
    body = "".join(o.text for o in outs)
    title = {"problems": "存在的主要问题", "measures": "改进措施"}.get(query.topic or "", TITLES[section])
    if len(body) <= 6:
        return f"{report.agency}{report.year}年的报告在“{title}”部分只写了“{body.rstrip('。')}”。", outs
    return f"{report.agency}{report.year}年的报告在“{title}”部分写道：“{cut(body, length)}”", outs


def verbatim(case: Case) -> Answer | None:
    """Where the report prints a number or the words in quotation marks that the question holds."""
    if case.query.operation != "where":
        return None
    number = re.search(r"(?<!\d)\d[\d,.]*(?:\s*[万亿%])?", case.query.matter)
    if number and not case.query.has_cells and not case.query.subject_only:
        return _printed_number(case, number.group().replace(" ", ""))
    for words in re.findall(r"[“\"「『‘']([^”\"」』’']{2,80})[”\"」』’']", case.request.question):
        pattern = r"\s*".join(re.escape(c) for c in words if not c.isspace())
        for report in case.reports:
            for passage in case.snapshot.passages([report.row]):
                source = case.snapshot.quote(report.row, passage.start, passage.end)
                for start, end in sentences(source):
                    if re.search(pattern, source[start:end]):
                        span = Span(passage.start + start, passage.start + end)
                        out = case.desk.passage_out(report, span, passage.section, [words], 1.0)
                        section = next(c.section for c in case.desk.citations if c.n == out.citation)
                        return Answer(
                            "answered",
                            f"写在{report.agency}{report.year}年报告的“{section}”部分：“{cut(out.text, 220)}”",
                            passages=(out,),
                        )
    return None


def _printed_number(case: Case, number: str) -> Answer | None:
    """The cells and sentences that print a number."""
    desk = case.desk
    outs: list[FigureOut] = []
    for report in case.reports:
        for figure in desk.figures(report).values():
            if figure.value is not None and number in (squash(figure.printed), show_number(figure.value)):
                value = desk.value(report, figure.metric, figure.applicant)
                if value.figure is not None:
                    outs.append(desk.figure_out(value))
        for _, quantity in case.snapshot.quantities([report.row]):
            if squash(quantity.printed).startswith(number) and quantity.value:
                outs.append(desk.quantity_out(report, quantity))
    if not outs or len(outs) > 12:
        return None
    places = "；".join(dict.fromkeys(c.place for c in desk.citations))
    return Answer("answered", f"这个数写在报告的：{places}。", tuple(outs))


def foreign(case: Case) -> Answer | None:
    """A question that names no body, year or matter of the reports, and that no passage held is near to: 机场高速堵不堵."""
    query = case.query
    named = query.mention.agencies or query.mention.unknown or query.group or query.years or query.whole
    asked = (
        query.has_topic
        or query.weak
        or query.applicants
        or set(query.columns) - {"amount"}
        or query.results
        or query.condition
        or query.bare_other
    )
    if named or asked or query.follows or case.request.agency or case.request.context or query.operation not in ("value", "exists", "find"):
        return None
    if re.search(r"单位|机关|报告|年报|公开|数(?!学)|勾稽", query.text):
        return None
    words = [w for w in telling(case, query.matter) if not re.search(r"\d", w)]
    if not words or any(plainly_about(h, words) for h in case.snapshot.search(query.matter, None, 5, case.encoder)):
        return None
    return Answer("out_of_scope", compose.OUT_OF_SCOPE["other"])


def search_step(case: Case) -> Answer | None:
    """What the report plainly says; else what one before it says, where no year was asked for; else what comes nearest to an answer."""
    if said := what_about(case):
        return said
    found = found_passages(case)
    plainly = _told_by(case, found, PLAIN) or _in_earlier(case)
    why = case.request.context is not None and _WHY_NOT.fullmatch(case.request.question.strip())
    if why and plainly is not None and plainly.status == "answered" and not any(_REASON.search(p.text) for p in plainly.passages):
        who = case.reports[-1]  # 为什么不收了: another matter is no cause
        return Answer("not_reported", f"{who.agency}{who.year}年的报告没有写明原因。没有写不等于没有。")
    return plainly or (_told_by(case, found, LEAST) if of_reports(case) else None)


def _in_earlier(case: Case) -> Answer | None:
    """What the newest report does not speak of, from those before it, where no year was asked for."""
    query = case.query
    found = query.operation in ("find", "where", "exists") and not (query.has_cells or query.asks_number or query.section)
    if not found or query.years or query.relative or case.several or not case.reports or case.among:
        return None
    newest = case.reports[-1]
    older = [r for r in directory(case.snapshot.reports).reports_of_kin([newest.agency]) if r.year < newest.year]
    if not older:
        return None
    before = replace(case, reports=older, query=replace(query, operation="find"))
    given = what_about(before) or _told_by(before, found_passages(before), PLAIN)
    if given is None or given.status != "answered":
        return None
    told = {p.citation for p in given.passages}
    case.told_years = tuple(sorted({c.year for c in case.desk.citations if c.n in told}))
    case.reports = [r for r in older if r.year in case.told_years] or older[:1]
    return replace(given, text=f"最新的一份报告里没有找到。{given.text}")


_MOVED = re.compile(
    r"(?:为什么|为啥|为何|原因)[^。?？]{0,8}[涨降增减升跌掉多少高低]|[涨降增减升跌掉多少高低][^。?？]{0,10}(?:为什么|为啥|为何|原因)"
)
_WHY_NOT = re.compile("(?:那|这)?(?:又|是)?(?:为什么|为啥|为何|怎么|咋)(?:就|都|又|还)?[不没][\u4e00-\u9fff]{1,6}[?？]?")
_BARE_WHY = re.compile(
    "(?:那|这|这个|那个)?(?:是|又)?(?:为什么|为啥|为何|咋回事|怎么回事|(?:什么|啥)原因)(?:呢|啊|呀)?[?？]?"
)  # after a number was told
_REASON = re.compile("因为|由于|原因|鉴于|主要是|影响|所致|得益于")


def find_passages(case: Case, need: Sequence[str] = ()) -> Answer | None:
    """The passages that answer, cut to the sentences that do, and hold all of ``need``; None when nothing held is about the question."""
    return what_about(case) or _told_by(case, found_passages(case), LEAST, need)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the telling words of the question, the passages, and how sure each is to answer, by its id."""

    words: list[str]
    hits: list[Hit]
    sure: dict[int, float]


# How a quotation is asked for, and no word of it: 轮岗那件事原话怎么写的.
_QUOTING = re.compile(
    "[那这](?:件|个|回|桩|码|档子?)?事儿?|的?(?:原话|原句)(?:是|都)?(?:怎么|咋)?(?:写|说|讲)?的?|(?:给我|让我)?(?:瞅瞅|瞧瞧|看看|念念|念一?下|看一?下|贴一?下)"
)


# What stands in every report, and answers no other question than the one about it.
_STOCK = (
    (re.compile("^[^。；;]{0,16}信息处理费[^。；;]{0,16}[。；;]?$"), re.compile("[费钱元块]|收取|分文")),
    (re.compile("^申请(?:的)?内容(?:主要)?[^。；;]{0,60}[。；;]?$"), re.compile("内容|涉及|关于|方面|什么|啥|哪些|主要|集中|打听|[问要查]")),
)
_A_REASON = re.compile("理由|原因|为什么|为啥|为何")


def _may_answer(question: str, passage: str) -> bool:
    """Whether a passage is more than a stock sentence that the question has no word of: no fee is charged, what requests were about."""
    for stock, asked in _STOCK:
        if stock.match(passage.strip()) and (not asked.search(question) or (_A_REASON.search(question) and "收费" not in question)):
            return False
    return True


def found_passages(case: Case) -> Found | None:
    """The passages nearest to the question; None where it tells nothing that could be looked for."""
    matter = case.query.matter or case.query.text
    matter = _QUOTING.sub("", matter) or matter
    words = telling(case, matter)
    # What the requests were about is not the sentence that counts them.
    about = "申请" in matter and re.search(
        r"(?:什么|啥|哪些|哪方面的?)(?:内容|材料|信息|东西|事)|内容(?:是|都)|(?:问|要)(?:的|了)?(?:都)?(?:是)?(?:些)?(?:什么|啥)", matter
    )
    if not words or about:
        return None
    rows = case.listed.rows
    hits = [h for h in case.snapshot.search(matter, rows, 8, case.encoder) if _may_answer(case.query.text, h.passage.text)]
    ground = case.snapshot.background(matter, rows, case.encoder) if case.encoder is not None else None
    nearest = nearest_of(hits)
    sure = {h.passage.id: relevance(h, words, ground, nearest, counts=case.query.asks_number) for h in hits}
    return Found(words, hits, sure)


def _told_by(case: Case, found: Found | None, least: float, need: Sequence[str] = ()) -> Answer | None:
    """The answer by what was found that is as sure as ``least``; None without any."""
    if found is None:
        return None
    query, desk, words, rows = case.query, case.desk, found.words, case.listed.by_row
    if query.operation == "find" and not need and (remedy := _remedy(case, found.hits, rows, words)) is not None:
        return remedy
    least = PLAIN if query.operation == "where" else least
    good = [h for h in found.hits if found.sure[h.passage.id] >= least and all(w in h.passage.text for w in need)]
    before = case.request.context
    bare = before is not None and before.operation in ("compare", "value", "list") and before.metrics and _BARE_WHY.fullmatch(query.text)
    if (bare or _MOVED.search(query.text)) and query.operation == "find":
        good = [h for h in good if _REASON.search(_sentences_for(h, words))]  # 为啥涨了: what gives no reason is no answer
    if not good:
        return None
    best = owned_up(query, good)[:3]
    outs: list[PassageOut] = []
    for hit in best:
        outs.append(
            desk.passage_out(
                rows[hit.passage.report],
                Span(hit.passage.start, hit.passage.end),
                hit.passage.section,
                words,
                hit.score,
            )
        )
    report = rows[best[0].passage.report]
    quoted = _sentences_for(best[0], words)
    number = (
        query.asks_number
        and not _WHEN.search(query.matter or query.text)
        and query.operation in ("value", "sum", "list", "share", "compare", "rank")
    )
    if number and not _states_in(quoted, query.asked):
        return Answer(
            "not_reported",
            f"{report.agency}{report.year}年的报告没有写出这个数字；与问题最接近的原文见下面的引文。",
            passages=tuple(outs),
        )
    if query.operation == "where":
        section = next(c.section for c in desk.citations if c.n == outs[0].citation)
        return Answer("answered", f"写在{report.agency}{report.year}年报告的“{section}”部分：“{cut(quoted, 220)}”", passages=tuple(outs))
    if (done := remedied(case, report, best[0].passage, words)) is not None:
        return done
    # Nearest in meaning, and perhaps no answer: said as no more than that.
    before = case.request.context
    again = before is not None and bool(before.matter) and query.matter == before.matter
    plainly = found.sure[best[0].passage.id] >= PLAIN and not _of_something_else(query, quoted, words, again=again)
    written = "写道" if plainly else "没有直接这样写，意思最近的一句是"
    settled = affirmed.opening(query, quoted, words) if plainly else ""
    return Answer("answered", f"{settled}{report.agency}{report.year}年的报告{written}：“{cut(quoted, 260)}”", passages=tuple(outs))


_WHETHER_MENTIONED = re.compile("(?:提|写|说|讲)(?:到|及|了|过)[^?？]*(?:吗|么|没有?)[?？]?$|有没有(?:提|写|说|讲)|(?:提没提|写没写)")


def _of_something_else(query: Query, quoted: str, words: Sequence[str], *, again: bool) -> bool:
    """Whether a question whether something is mentioned (提到培训不够了吗), or one asked ``again`` of another report (水利局呢), meets a sentence
    that lacks half of its words."""
    asked = again or _WHETHER_MENTIONED.search(query.text) or _WHETHER_MENTIONED.search(query.matter)
    return bool(asked and words) and 2 * sum(word not in quoted for word in words) >= len(words)


# Measures of things that the readers of numbers do not know: 自助查阅机三台. The sentence is told, and no number read out of it.
_MEASURE = re.compile("(?:多少|几)([台处块位名间座辆部套本册组支盏扇面级道层])")


def _states_in(sentence: str, asked: str) -> bool:
    """Whether a sentence gives a number in the measure that is asked for."""
    measure = _MEASURE.search(asked)
    return measure is not None and bool(re.search(rf"[\d一二两三四五六七八九十百千]\s*{measure[1]}", sentence))


_WHAT_WAS_DONE = re.compile(
    r"怎么(?!样的问题)|如何|怎样|咋|办法|法子|拿(?:什么|啥)|怎么?治|整治|靠(?:什么|啥)|凭(?:什么|啥)|安排|规定|应对|解决|补救|改造|改成(?:啥|什么|咋)|规矩|后来|事后|(?:什么|啥)招|多久|何时|什么时候|啥时候|(?:谁|啥人|什么人|哪个)[^,，。]{0,4}(?:盯|管|负责|来做)|(?:准备|打算|计划|要)[^,，。]{0,4}(?:补|改|治|弄|整)"
)
_ITEM = re.compile(r"(?:^|[：:])\s*[（(]?([一二三四五六七八九]|\d)(?:是|要|[、.．)）])")
# How near a problem and its remedy must both be, and among how many: each alone would prove little (docs/decisions/0009).
_NEAR_PAIR, _FIRST_FEW = 0.86, 5


def _remedy(case: Case, hits: Sequence[Hit], rows: Mapping[int, StoredReport], words: Sequence[str]) -> Answer | None:
    """What a report says it does about a problem that it owns up to, where both are near to a question about what was done: the problems
    and the measures of section 五 are numbered alike, 二是…口径不一 and 二是…统一口径."""
    if not _WHAT_WAS_DONE.search(case.query.matter):
        return None
    nearest = sorted((h for h in hits if h.sentence and (h.nearness or 0) >= _NEAR_PAIR), key=lambda h: -(h.nearness or 0))[:_FIRST_FEW]
    if not nearest or not nearest[0].passage.topic:
        return None
    if any(not h.passage.topic and share_held(words, h.passage.text) >= MOST_WORDS for h in hits):
        return None  # another sentence speaks of it more plainly
    problems = {(h.passage.report, _item(h)): h for h in reversed(nearest) if h.passage.topic == "problems" and _item(h)}
    measures = (h for h in nearest if h.passage.topic == "measures")
    pair = next(((h, problems[key]) for h in measures if (key := (h.passage.report, _item(h))) in problems), None)
    if pair is None:
        return None
    report = rows[pair[0].passage.report]
    outs, said = [], []
    for hit in pair:
        start, end = hit.sentence or (0, 0)
        span = Span(hit.passage.start + start, hit.passage.start + end)
        outs.append(case.desk.passage_out(report, span, hit.passage.section, words, hit.score))
        said.append(cut(tidy(hit.passage.text[start:end]), 200))
    text = f"{report.agency}{report.year}年的报告在“改进措施”部分写道：“{said[0]}”编号与它相同的问题是：“{said[1]}”"
    return Answer("answered", text, passages=tuple(outs))


_LABEL = re.compile(r"^[^，,。；;：:]{0,14}[：:]")


def _items(text: str) -> list[str]:
    """The single problems, or measures, that a passage tells one after another, without what it says that they are."""
    return [part for part in re.split(r"[；;。]", _LABEL.sub("", text.strip())) if len(part.strip()) > 3]


def remedied(case: Case, report: StoredReport, problem: StoredPassage, words: Sequence[str]) -> Answer | None:
    """What a report says it does about the problem that was found, where that is asked: the measure at the same place, where as many are told
    as problems, else all of them. None where no measure is told."""
    if problem.topic != "problems" or case.query.operation != "find" or not _WHAT_WAS_DONE.search(case.query.matter):
        return None
    own = case.snapshot.passages([report.row], problem.section)
    told = [p for p in own if p.topic == "problems"]
    # One problem and its measures may stand beside each other, （一）问题…（一）改进…: what follows the problem is its own.
    behind = [p for p in own if p.topic == "measures" and p.start >= problem.end]
    until = next((p.start for p in told if p.start > problem.end), None)
    next_to = [p for p in behind if until is None or p.start < until]
    measures = next_to or behind
    if not measures:
        return None
    problems = [item for p in told if next_to is not measures or p == problem for item in _items(p.text)]
    done = [item for p in measures for item in _items(p.text)]
    said = "".join(_LABEL.sub("", p.text.strip()) for p in measures)
    if len(problems) == len(done) > 1:
        at = max(range(len(problems)), key=lambda n: share_held(words, problems[n]))
        said = done[at].strip() + "。"
    shown = [case.desk.passage_out(report, Span(p.start, p.end), p.section, words, 1.0) for p in (problem, *measures[:3])]
    text = f"{report.agency}{report.year}年的报告写到的问题是：“{cut(tidy(_LABEL.sub('', problem.text.strip())), 160)}”写到的改进措施是：“{cut(tidy(said), 260)}”"
    return Answer("answered", text, passages=tuple({p.text: p for p in shown}.values()))


def _item(hit: Hit) -> str:
    """The number in its list of the sentence that is nearest: 二; "" where it has none."""
    match = _ITEM.search(hit.passage.text[slice(*(hit.sentence or (0, 0)))])
    return match[1] if match else ""


_ABOUT = re.compile(
    r"申请(?:公开)?的?(?:内容|事项)|内容(?:主要|全部|大多|均|都)*(?:涉及|集中|包括|[为是])|主要(?:涉及|集中)|申请[^。；;]{0,12}其中[^。；;\d]{2,14}类\d"
    r"|申请[^。；;]{0,30}?(?:(?:均|都|多|大多|大部分|大半|主要|半数|成)[^。；;，,]{0,4}(?:与|和|同|想(?:了解|要)|涉及|关于|集中在|问)|[^。；;，,]{0,2}涉及)[^。；;]{3,}"
)


_ABOUT_ASKED = re.compile(
    r"(?:申请|打听|关心|问|要)[^，。]{0,8}(?:什么|啥|哪些|哪方面|哪几个?方面|哪[几些]?类(?:事|问题|内容|信息)|集中在哪|内容)(?!人|单位|样?的?(?:结果|下场|结局))|内容[^，。]{0,6}(?:什么|啥|哪)"
)


def asks_about(matter: str) -> bool:
    """Whether it is asked what the requests were about: 主要问的什么内容."""
    return bool(_ABOUT_ASKED.search(matter)) and not re.search(r"渠道|途径|路子|制度|做法|措施|办法|规定|怎么|如何|手册|指南|须知|台账|流程", matter)


def what_about(case: Case) -> Answer | None:
    """What the requests were about, where the narrative says it."""
    query = case.query
    before = case.request.context
    shared = re.search("多大比例|占(?:多少|几)|几成", query.matter)
    # 分别是关于哪些方面的，各几件: no kinds of people, no ways
    apart = re.search("(?:方面|内容|事由?|关于)[^。?？]*[各都](?:是|有)?(?:多少|几)", query.matter) and not re.search(
        "身份|渠道|方式|路子|途径", query.matter
    )
    spoken = query.matter + (before.matter if before is not None and len(query.matter) < 14 else "")  # 21年主要问些什么
    if (
        not re.search(r"申请|打听|问的|问得|关心|要(?:的|过|点|些)?(?:政府)?信息|要的[^，。]{0,12}信息|要求?公开|来要", spoken)
        or set(query.metrics) - {"requests.received"}
        or query.rows
        or query.blocks
        or not asks_about(before.matter if before is not None and query.follows and len(query.matter) < 4 else query.matter)
        or (query.asks_number and not shared and not (apart and not query.channels and not query.applicants))
    ):
        return None
    outs: list[tuple[StoredReport, PassageOut]] = []
    told: list[Span] = []
    for report in case.reports:
        for passage in case.snapshot.passages([report.row]):
            for start, end in sentences(passage.text):
                text = passage.text[start:end]
                if _ABOUT.search(text) and "申请" in text and len(outs) < 3:
                    span = Span(passage.start + start, passage.start + end)
                    told.append(span)
                    outs.append((report, case.desk.passage_out(report, span, passage.section, ["涉及", "内容"], 1.0)))
    if not outs:
        plainly = re.search(r"(?:哪些|什么|啥|哪几个?)(?:方面|内容|信息|东西|材料)|集中在", query.matter) and not re.search(
            "问题|毛病", query.matter
        )
        who = f"{case.reports[-1].agency}{case.reports[-1].year}年的报告"
        return Answer("not_reported", f"{who}没有写申请的内容主要是哪些方面。") if plainly and not case.several else None
    report, first = outs[0]
    figures: tuple[FigureOut, ...] = ()
    if apart:  # …类15件，…类11件
        own = (q for _, q in case.snapshot.quantities([report.row]) if told[0].start <= q.span.start < told[0].end)
        figures = tuple(case.desk.quantity_out(report, q) for q in own)
    text = f"{report.agency}{report.year}年的报告写道：“{cut(first.text, 260)}”"
    return Answer("answered", text, figures, tuple(o for _, o in outs))


def owned_up(query: Query, hits: Sequence[Hit]) -> Sequence[Hit]:
    """Of what was found the problems, where it is asked what a body owned up to: 承认目录和工作脱节的."""
    problems = [h for h in hits if h.passage.topic == "problems"] if re.search("承认|坦承|坦言|抱怨|检讨|自认", query.text) else []
    return problems or hits


# What heads a paragraph and says nothing: （一）主动公开情况。
_HEADING = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*[^，,；;]{2,16}?(?:情况|方面|工作|建设|机制)[。：:]?")


def _sentences_for(hit: Hit, words: Sequence[str]) -> str:
    """The sentences of a passage that hold the telling words or are nearest in meaning, in their order; the whole when it is short."""
    text = hit.passage.text
    if len(text) <= 80:
        return text
    parts = [text[a:b] for a, b in sentences(text)]
    parts = [p for p in parts if not _HEADING.fullmatch(p)] or parts
    scores = [sum(len(w) for w in words if w in part) for part in parts]
    best = max(scores, default=0)
    near = text[slice(*hit.sentence)] if hit.sentence else ""
    near = "" if near not in parts else near
    if not best:
        return near or text
    kept = [p for p, s in zip(parts, scores, strict=True) if s >= best * 0.5 or (p == near and (hit.nearness or 0) >= NEAR)]
    return "".join(kept)
