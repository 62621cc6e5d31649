"""What the operations over many reports share: how much is told, what is left out, and what may stand side by side."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from corpus.textual import show_number
from service.case import Case
from service.check import body_count
from service.conditions import first_few
from service.contract import Answer, AnswerStatus, Caution, Chart, FigureOut
from service.movement import FALLS
from service.operation import EACH_OF_THEM
from service.rows import NOT_WRITTEN, Row, combined

LISTED = 20  # bodies named one by one in the text
GIVEN = 60  # figures that an answer carries


def unlike_rules(found: Sequence[Row]) -> bool:
    """Whether rows are counted by different rules or in different units, and are neither added nor compared."""
    return len({r.comparable for r in found}) > 1 or len({r.unit for r in found}) > 1


def note_form(case: Case, found: Sequence[Row]) -> None:
    other_form = len({r.report.edition for r in found}) > 1 and any(r.state == "absent" for r in found)
    if other_form or len({r.comparable for r in found if r.value is not None}) > 1:
        case.noted.append(Caution("form_changed", "这些报告用的是不同版式的表格，这一项的口径不同，不能直接比较。"))
    elif {"2019", "2021"} <= {r.report.edition for r in found} and re.match("licensing|penalty|coercion", found[0].comparable):
        case.noted.append(Caution("form_changed", "这些报告用的是不同版式的表格；这一项在两种版式里都有，含义相同。"))


def movement_of(years: tuple[int, int], unit: str, difference: FigureOut, growth: FigureOut | None = None) -> str:
    """2024年比2023年增加 3 件（计算所得：…），增长 …%, without a full stop."""
    by = difference.value or 0
    word = "增加" if by > 0 else "减少" if by < 0 else "持平"
    amount = f" {show_number(abs(by))} {unit}" if by else ""
    text = f"{years[1]}年比{years[0]}年{word}{amount}（计算所得：{difference.formula}）"
    if growth is not None and growth.value is not None:
        text += f"，{'增长' if growth.value > 0 else '下降'} {show_number(abs(growth.value))}%（计算所得：{growth.formula}）"
    return text


# A number that says how much there is at a time is not added up over the years.
_STOCK = re.compile(r"in_force|published_total|items_last_year|carried_|pending|followers|rate\.")
_EACH = re.compile(r"各|分别|每|逐|历年|趋势|走势|变化|同期|[比较差增减升降涨跌最排列哪谁]|[多少]了|[更还]多|是不是|吗")


def and_total(case: Case, found: Sequence[Row]) -> tuple[str, list[FigureOut]]:
    """The sum in words and as a figure, where one number is asked for of several years or bodies and nothing says that each is meant: 两年一起办了多少件."""
    if (too := total_too(case, found))[1]:
        return too
    query, sure = case.query, [r for r in found if r.value is not None]
    asks = query.asks_number and not query.applicants and not _EACH.search(query.asked)
    if (
        not asks
        or len(sure) < 2
        or len(sure) < len(found)
        or unlike_rules(sure)
        or sure[0].unit in ("%", "")
        or query.condition
        or query.growth
    ):
        return "", []
    if _STOCK.search(sure[0].comparable) or (
        any(f.scope == "全域汇总" for f in (r.report for r in sure)) and len({r.who for r in sure}) > 1
    ):
        return "", []
    words, whole = in_sum(sure)
    return words, [whole]


def in_sum(sure: Sequence[Row]) -> tuple[str, FigureOut]:
    """What rows of one label, each with a number, add up to, in words and as a figure."""
    whole = combined(sure, "sum", f"{sure[0].label}合计")
    return f"合计 {show_number(whole.value or 0)} {whole.unit}（计算所得：{whole.formula}）。", whole


def placed(order: Sequence[Row], top: int) -> tuple[list[Row], list[Row]]:
    """Of rows in the order of their numbers, those ahead of the place ``top``, from 1, and those that share it; the last where there are fewer."""
    value = order[min(top, len(order)) - 1].value
    return list(itertools.takewhile(lambda r: r.value != value, order)), [r for r in order if r.value == value]


def warn_overlap(case: Case, found: Sequence[Row]) -> None:
    """Say where a sum may count a case twice, and who is missing from it."""
    if len({r.report.scope for r in found}) > 1 and any(r.report.scope == "全域汇总" for r in found):
        case.noted.append(Caution("overlap", "其中有政府的汇总报告，可能已经包含下属单位的数，相加会重复。"))
    warn_missing(case)


# Beside who has the most, or what each has: 一共多少件，哪家最多; 各自几件，再给个合计.
_TOTAL_TOO = re.compile(
    r"(?:再|并|还要?|另外?|也|最后)[^,，。?？]{0,4}(?:合计|总数|总和|加总|总计)(?:数|起来|一下|出来)?(?=$|[,，。?？呢吧])|"
    r"(?:一共|总共|合计|加起来|共计|拢共|总和|(?<=[,，年])共)[^,，。?？最比差占涨降增减高低多百]{0,10}?(?:多少|几)(?![个家]?[年家个])"
)


def asks_total_too(case: Case) -> bool:
    """Whether a sum is asked for beside what each one has, or who has the most."""
    return bool(_TOTAL_TOO.search(case.query.text))


def total_too(case: Case, found: Sequence[Row]) -> tuple[str, list[FigureOut]]:
    """The sum in words and as a figure, where a question asks for it beside each one or who has the most; nothing where the rows cannot be added."""
    sure = [r for r in found if r.value is not None]
    over_years = len({r.report.year for r in sure}) > 1
    if over_years and _STOCK.search(sure[0].comparable):
        return "", []
    if not asks_total_too(case) or len(sure) < 2 or unlike_rules(sure) or sure[0].unit in ("%", ""):
        return "", []
    warn_overlap(case, sure)
    words, whole = in_sum(sure)
    some = first_few(case.query.top) and case.query.operation == "rank"  # 最多的前三家一共几件: those that were told
    return f"{f'这 {len(sure)} 个' if some else ''}{words}", [whole]


# Between two that are held against each other: the first has less. 甲没有乙多, 甲不如乙多
SHORT_OF = "不如|不及|赶不上|比不上|(?<!有)没有?(?![写提说报])"
CLAIMS = re.compile(r"是不是|是否|对吗|对吧|对不对|对不$|准不准|靠谱|属实|真的|是真|没错|说法|吧[?？]?$|[吗么][?？]?$|[升降涨跌多少]了没(?:有)?[?？]?$")


_NONE_OF_THEM = re.compile(r"(?:都|全|一[家个]也)[^,，。?？]{0,6}(?:没(?!错)|未(?!经|审|结))|(?:都|全)(?:是|为|填)(?:的)?(?:零|0|〇)(?![\d.])")
_ALL_OF_THEM = re.compile(
    r"(?:都|全都|个个|家家|每[家个]都)[^,，。?？没未不]{0,12}?(?:有(?!没有|无|几|多少)|[到过](?=[\u4e00-\u9fff]{0,8}(?:吗|么|吧|没有?|了)|[,，?？]|$))"
)


# 四个局都没超过100件吗, 没有哪一家超过100件，对不对
_BOUND_OF_ALL = re.compile(
    r"(?:(?:都|全都?|统统|一律|个个|家家)(?:是)?(?P<not>没有?|不|未)?|(?P<none>没有?(?:任何|哪)?一[家个])[^,，。?？\d]{0,12}?)"
    r"(?:(?P<more>超过?|突破|多于|高于|大于)|(?P<least>达到?|够|满|不少于)|(?P<less>少于|低于|不足|不到|不满))了?(?P<n>\d[\d,]*(?:\.\d+)?)(?![\d%％年])"
)
_MOVED_ALL = re.compile(
    r"(?:都|全都?|统统|一律|个个|家家|均)[^,，。?？没未不]{0,4}?(?:(?:比|较)[^,，。?？]{2,10}?)?(?:(?P<down>少|低|下降|减少|降|跌)|(?P<up>多|高|上升|增加|增长|涨|升))(?:了|的)?(?=[,，?？吗么吧]|$)"
)


def _named(against: Sequence[str]) -> str:
    """Who is the exception: three of them by name."""
    return f"{'、'.join(against[:3])}{f'等 {len(against)} 个机关' if len(against) > 3 else ''}"


def _bounded_as_claimed(bound: re.Match[str], found: Sequence[Row]) -> str:
    n = float(bound["n"].replace(",", ""))

    def holds(value: float) -> bool:
        return value > n if bound["more"] else value >= n if bound["least"] else value < n

    denied = bool(bound["not"] or bound["none"])
    sure = [r for r in found if r.value is not None]
    against = [r.who for r in sure if holds(r.value or 0) == denied]
    if against:
        return f"不对，{_named(against)}不是这样。"
    return "是的。" if len(sure) == len(found) else ""


def all_moved(text: str, series: Sequence[Sequence[Row]]) -> str:
    """To a claim that the numbers of all of several bodies rose, or fell, between two years: whether it is so, and who is the exception."""
    claim = _MOVED_ALL.search(text)
    pairs = [(own[0], own[-1]) for own in series if len(own) == 2 and own[0].value is not None and own[1].value is not None]
    if claim is None or not CLAIMS.search(text) or re.search("哪|多少|几[家个]|谁", text) or not pairs:
        return ""
    sign = -1 if claim["down"] else 1
    against = [last.who for first, last in pairs if sign * ((last.value or 0) - (first.value or 0)) <= 0]
    if against:
        return f"不是，{_named(against)}不是这样。"
    return "是的。" if len(pairs) == len(series) else ""


def all_or_none(text: str, found: Sequence[Row]) -> str:
    """To a claim that all of several bodies have some of a thing, or that none has (四个街道都收到过申请吗, 两家都没有被告): whether it is so, and
    who is the exception; "" where none is claimed or a body's number is not known."""
    sure = [r for r in found if r.value is not None]
    asks = re.search("哪|几[家个](?![^,，。?？]{0,8}都)|多少|谁", re.sub("没有?(?:任何|哪)一[家个]", "", text))
    if not CLAIMS.search(text) or asks or len(found) < 2 or len({r.who for r in found}) < len(found):
        return ""
    if bound := _BOUND_OF_ALL.search(text):
        return _bounded_as_claimed(bound, found)
    none, every = _NONE_OF_THEM.search(text), _ALL_OF_THEM.search(text)
    if not none and not every:
        return ""
    against = [r.who for r in sure if bool(r.value) == bool(none)]
    if not against:
        return "是的。" if len(sure) == len(found) else ""
    return f"不是，{_named(against)}{'有' if none else '没有'}。"


def asks_total(case: Case) -> bool:
    return bool(
        re.search(
            r"共(?=[发收办开接批罚出推登挂](?:了|过|到)?(?:多少|几))|一并(?=是|有|多少|几)|汇总(?:起来)?(?:是|有)?(?:多少|几)|(?<!结果)总计(?:是|有)?(?:多少|几)|(?<!结果)(?<!办结)(?<!办理)总计(?=$|[:：])|总(?:次|人|件|条|篇|场|份)数|一共|总共|合计|共计|总数|总量|加起来|加总|总和|之和|求和|累加|累计|小计|拢共|统共|[加合算凑归](?:在|到)?一(?:块|起|堆)|合起来|[全都]算上?(?:下来|起来)|全部加",
            case.query.text,
        )
    ) and not re.search(r"分别|各自|各是|各有|各多少", case.query.text)


def asks_which(case: Case) -> bool:
    """Whether bodies are to be picked out by what they have: 哪些街道有行政处罚, 有几个单位收过信息处理费."""
    if EACH_OF_THEM.search(case.query.text):
        return False  # 望川区的几个街道办，各办了多少件: each of them is told
    return bool(
        re.search(
            r"的(?:单位|机关|部门|街道|局)?(?:都)?列|哪些|哪几|哪个|哪家|(?<![这那余下外他它])(?<!其余的)(?<!剩下的)几[个家]|多少个|多少家|有没有|有无|哪一?年|谁|是不是都|都(?:是|有|没)",
            case.query.text,
        )
    ) and case.query.operation in ("value", "exists", "list", "find", "compare")


def span_of(found: Sequence[Row]) -> str:
    """The years of some rows: 2024年, 2021—2024年."""
    years = sorted({r.report.year for r in found})
    in_a_row = years[-1] - years[0] == len(years) - 1
    return f"{years[0]}年" if len(years) == 1 else f"{years[0]}—{years[-1]}年" if in_a_row else "、".join(f"{y}年" for y in years)


def among_whom(case: Case, found: Sequence[Row]) -> str:
    return f"收录了{found[0].when}报告的{case.among or '机关'}共 {len({r.report.lineage or r.who for r in found})} 个"


def none_told(case: Case, found: Sequence[Row]) -> Answer:
    shown = "；".join(f"{r.who} {r.shown}" for r in found[:LISTED])
    return Answer(
        "not_reported",
        f"{among_whom(case, found)}，{found[0].label}都没有可以引用的数字：{shown}。",
        tuple(r.figure() for r in found[:GIVEN]),
    )


def gaps(found: Sequence[Row]) -> str:
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


def count_of(held: Sequence[Row], found: Sequence[Row]) -> FigureOut:
    return body_count(len(held), found[0].report, len(found))


def warn_missing(case: Case) -> None:
    if case.missing:
        names = "、".join(dict.fromkeys(agency for agency, _ in case.missing[:6]))
        case.noted.append(Caution("not_all_held", f"没有收录{names}{'等' if len(case.missing) > 6 else ''}这一年度的报告。"))


WORDS_OF_LESS = re.compile(rf"{FALLS}|少[了得]|(?:比|较)[^,，。?？]{{0,12}}(?:(?<!多)少|低)(?!多少|几)|[少低]于|不及|不如")


def bars(found: Sequence[Row], title: str) -> Chart | None:
    sure = [r for r in found if r.value is not None]
    if len(sure) < 2 or len({r.unit for r in sure}) > 1:
        return None
    return Chart(title, sure[0].unit, tuple(r.who for r in sure), ((title, tuple(r.value for r in sure)),))


def merged(answers: Sequence[Answer]) -> Answer:
    """Answers to several things asked at once, as one."""
    status: AnswerStatus = "answered" if any(a.status == "answered" for a in answers) else "not_reported"
    figures = tuple(f for a in answers for f in a.figures)[: 6 * GIVEN]
    chart = next((a.chart for a in answers if a.chart), None)
    return Answer(status, "".join(a.text for a in answers), figures, chart=chart)
