"""Evidence to plain Chinese. Zero, blank, not applicable and missing are worded differently, always."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.forms import applicants, metrics, unit_classes
from corpus.model import Quantity
from corpus.textual import number, show_number, stated_number, tidy, without_number
from index.store import StoredReport
from service.affirmed import asks_whether
from service.concepts import claimed_unit
from service.conditions import Condition, percent
from service.contract import Answer, Chart, FigureOut, Operand
from service.evidence import Desk, Value, channel_label, label_of
from service.operation import CLAIMED
from service.query import Query
from service.replacing import replace

GREETING = "您好。这里回答各机关政府信息公开工作年度报告里的内容，例如某一年收到多少件公开申请、有没有被提起行政诉讼、存在哪些问题。"
OUT_OF_SCOPE = {
    "howto": "这里只回答年度报告里写了什么，不办理申请，也不解答办事流程。怎样申请、是否收费，请看该机关网站的“政府信息公开指南”，或向该机关的公开工作机构咨询。",
    "contact": "年度报告里没有可以确认的联系方式，这里不提供电话、地址或人员信息。请查看该机关网站的“政府信息公开指南”或“机构职能”栏目。",
    "law": "这里只回答年度报告里写了什么，不解释法律，也不给出法律意见。有关规定请查《中华人民共和国政府信息公开条例》原文，或向司法行政部门咨询。",
    "other": "这个问题不在年度报告的范围内。这里只回答政府信息公开工作年度报告里的内容，例如申请件数、办理结果、复议诉讼、存在的问题。",
}
_OPERATIONS = {
    "value": "查数字", "list": "分项列出", "sum": "求和", "share": "求占比", "exists": "有没有", "compare": "比较", "rank": "比大小",
    "find": "找原文", "where": "找出处", "define": "解释", "coverage": "收录情况", "overview": "概况",
}  # fmt: skip


def named(value: Value) -> str:
    """A value's metric and applicant, for a sentence."""
    return _named(value.metric, value.applicant)


@lru_cache(maxsize=512)  # some hundred names, each put on thousands of values
def _named(metric: str, applicant: str | None) -> str:
    label = label_of(metric)
    if applicant == "total" and "总计" in label:
        return label
    return label + (f"（{applicants()[applicant]}）" if applicant and applicant in applicants() else "")


def figure_name(figure: FigureOut) -> str:
    if figure.applicant and figure.applicant != "total":
        return applicants()[figure.applicant]
    return figure.label


def sentence(value: Value) -> str:
    """What one value says, its state in words."""
    name = named(value)
    state = value.state
    if state == "value":
        return f"{name}是 {value.amount()}"
    if state == "zero":
        return f"{name}是 {value.amount()}（报告填的是 0）"
    if state == "computed":
        count = len(value.parts)
        what = "由" + ("两项" if count == 2 else "各项") + "相加" if value.metric not in _RATES else "按公式"
        if value.left_blank:
            what = f"表里这一格是空白，没有填写；{what}"
        return f"{name}是 {value.amount() if value.unit != '%' else show_number(value.value or 0) + '%'}（{what}计算所得：{value.formula}）"
    if state in ("blank", "na") and value.parts:
        why = "有单元格是空白（空白不等于零）" if state == "blank" else "有单元格填的是“/”（不适用）"
        known = [f"{named(p)} {said(p)}" for p in value.parts if p.value is not None]
        return f"{name}算不出来：其中{why}" + (f"，填了数的是{'、'.join(known)}" if 0 < len(known) < 4 else "")
    if state == "blank":
        return f"{name}这一格在报告中是空白，没有填写（空白不等于零）"
    if state == "na":
        return f"{name}这一格填的是“{tidy(value.printed) or '/'}”，表示不适用"
    if state == "text":
        return f"{name}这一格写的是文字“{tidy(value.printed)}”，不是数字"
    if state == "unsure":
        return f"{name}这一格因表格损坏读法不确定，不作为数字给出，请看原文"
    if state == "zero_base":
        return f"{name}算不出来：作分母的“{named(value.parts[1])}”是 0"
    if state == "missing":
        return f"{name}在这份报告中没有取得（表格可能是图片、附件或者缺失）"
    if state == "absent":
        return f"{value.report.edition} 版表格不含“{named(value)}”这一项" if value.metric in metrics() else f"报告没有“{name}”这一项"
    return f"{name}算不出来"


_RATES = frozenset(m.id for m in metrics().values() if m.kind == "rate") | {"share"}


_NEAR = re.compile("约|左右|大概|差不多|将近|接近|上下|近(?=[\\d一二三四五六七八九])")


def _as_said(value: float, premise: float, text: str) -> bool:
    """Whether a number is the one that is put forward: as it is, rounded as that one is (39.8 for 39.81), or near to it where it is said to be about."""
    digits = len(f"{premise:g}".partition(".")[2])
    rounded = value != int(value) and round(value + 1e-9, digits) == premise
    return abs(value - premise) < 1e-6 or rounded or (bool(_NEAR.search(text)) and abs(value - premise) <= 0.05 * abs(premise))


def _opening(value: float | None, exists: bool, premise: float | None, top: float | None = None, text: str = "") -> str:
    """Yes or no before a figure: to a number that the question puts forward, else to whether there is any."""
    if value is None or re.search("[写搞填弄印算]错|没(?:有)?(?:报|填)", text):
        return ""  # 是不是写错了: that it is printed so confirms no error
    if premise is not None:
        return "是的。" if _as_said(value, premise, text) or (top is not None and premise <= value <= top) else "不对。"
    return ("有。" if value else "没有。") if exists else ""


def values(found: Sequence[Value], exists: bool, premise: float | None, premise_top: float | None = None, text: str = "") -> str:
    """One or several values of one report as a sentence or two."""
    report = found[0].report
    lead = f"{report.agency}{report.year}年，"
    if len(found) == 1:
        value = found[0]
        scale = {"万": 1e4, "亿": 1e8}.get(value.unit[:1], 1.0)  # 19.7 万 is held against 19.7万 as typed, 666.19 万 against 666万
        scale = scale if re.search(r"\d\s*[万亿元]|[一二两三四五六七八九十百千]+[万亿元]", text) else 1.0  # 是19.7吧: in the unit that is told
        claimed, top = (None if n is None else n / scale for n in (premise, premise_top))
        opening = _opening(value.value, exists, claimed, top, text)
        return f"{opening}{lead}{sentence(value)}。"
    if len(found) == len({v.applicant for v in found}) and len({v.metric for v in found}) == 1:
        rows = "；".join(_short(v, applicants().get(v.applicant or "", "")) for v in found)
        return f"{lead}{found[0].label}：{rows}。"
    states = {v.state for v in found}
    if states == {"blank"}:
        return f"{lead}{'、'.join(named(v) for v in found[:6])}这几格在报告中都是空白，没有填写（空白不等于零）。"
    if states == {"absent"}:
        return f"{lead}{report.edition} 版表格不含{'、'.join(f'“{v.label}”' for v in found[:4])}。"
    groups = {v.label.partition("——")[0] for v in found}
    if len(groups) == 1 and len(found) > 2 and len({v.applicant for v in found}) == 1:
        # The parts of one group: the group is named once.
        who = found[0].applicant
        group = groups.pop() + (f"（{applicants()[who]}）" if who in applicants() and who != "total" else "")
        rows = "；".join(_short(v, v.label.partition("——")[2] or "合计") for v in found)
        return f"{lead}{group}的各种情形：{rows}。"
    plain = {v.applicant for v in found} <= {None, "total"}
    return lead + "；".join(_short(v, v.label if plain else named(v)) for v in found) + "。"


def said(value: Value) -> str:
    """What a value is, without its name: 12 件, 空白，未填写."""
    if value.state in ("value", "zero"):
        return value.amount()
    if value.state == "computed":
        blank = "这一格空白，" if value.left_blank else ""
        return f"{show_number(value.value or 0)}%" if value.unit == "%" else f"{value.amount()}（{blank}计算所得：{value.formula}）"
    words = {
        "blank": "空白，未填写",
        "na": f"“{tidy(value.printed) or '/'}”（不适用）",
        "text": f"“{tidy(value.printed)}”",
        "missing": "没有取得",
        "absent": "没有这一项",
        "zero_base": "分母是 0，算不出来",
    }
    return words.get(value.state, "无法确定")


def _short(value: Value, name: str) -> str:
    return f"{name} {said(value)}"


def share_label(value: Value) -> str:
    top, base = value.parts
    whole = base.label if base.label != "sum" else "各项之和"
    name = named(top) if top.label != "sum" else "各项之和"
    if top.metric == base.metric and top.applicant:
        column = applicants().get(base.applicant, "") if base.applicant not in (None, "total") else ""
        return f"{applicants().get(top.applicant, '')}占{base.label}{f'（{column}）' if column else '总计'}"
    return f"{name}占{whole}"


def shares(found: Sequence[Value]) -> str:
    """Shares with their formula; why, where one cannot be computed."""
    report = found[0].report
    said = []
    for value in found:
        top, base = value.parts
        if value.value is not None:
            said.append(f"{share_label(value)}的 {show_number(value.value)}%（计算所得：{value.formula}）")
        elif value.state == "zero_base":
            said.append(f"{share_label(value)}的比例算不出来：分母“{base.label}”是 0")
        else:
            hole = top if top.value is None else base
            said.append(f"{share_label(value)}的比例算不出来：{sentence(hole)}")
    return f"{report.agency}{report.year}年，" + "；".join(said) + "。"


def total(whole: Value, parts: Sequence[Value]) -> str:
    """A sum over values, or why there is none."""
    report = parts[0].report
    lead = f"{report.agency}{report.year}年，"
    if whole.value is not None:
        names = "、".join(_short(v, named(v)) for v in parts)
        return f"{lead}合计 {show_number(whole.value)} {whole.unit}（计算所得：{whole.formula}）。其中：{names}。"
    if whole.state == "mixed":
        return f"{lead}这几项的单位不同，不能相加：{'、'.join(_short(v, named(v)) for v in parts)}。"
    holes = "；".join(sentence(v) for v in parts if v.value is None)
    rest = "、".join(_short(v, named(v)) for v in parts if v.value is not None)
    return f"{lead}合计算不出来：{holes}。" + (f"能确定的是：{rest}。" if rest else "")


def quantities(found: Sequence[tuple[StoredReport, Quantity]], query: Query) -> str:
    """Numbers of the narrative, each with the words that say what it counts."""
    report = found[0][0]
    several = len({r.row for r, _ in found}) > 1
    said = []
    for own, quantity in found:
        channel = channel_label(quantity.channel)
        words = without_number(quantity.counted)
        if channel and channel not in words and (quantity.channel or "") not in ("in_person", "letter", "online"):
            words = f"{channel}：{words}"
        period = {"year": "", "cumulative": "（累计）", "before": "（变动之前）"}.get(quantity.period, f"（{quantity.period} 年）")
        whose = f"{own.agency}{own.year}年 " if several else ""
        said.append(f"{whose}{words} {tidy(quantity.printed)}{period}")
    plainly = query.text.endswith("?") and not re.search("多少|几|谁|哪|什么|啥|怎", query.text)  # 超过一万五了?
    whether = re.search("是不是|是否|写了[^,，。?？]{0,20}[吗么]", query.text) and not re.search("多少|几|哪", query.text)
    asserts = (query.premise is not None and (CLAIMED.search(query.text) or whether)) or (
        plainly and bool(query.condition and query.condition.value and not query.condition.percent and not query.growth)
    )
    exists = (query.operation == "exists" or asks_whether(query.text)) and not re.search(
        "(?:都|全部|全都)[^,，。?？]{0,10}(?:吗|么|吧|没有?)", query.text
    )  # that there is some
    whole = [q.value for _, q in found if q.channel is None] if not query.channels else []  # 主动公开了772条: of no one channel
    alone = found[0][1].value if len(found) == 1 else whole[0] if len(whole) == 1 and (asserts or query.operation == "exists") else None
    if query.premise is None and not (query.condition and query.condition.value) and len({(r.row, q.sentence) for r, q in found}) == 1 and all(q.value for _, q in found):
        alone = found[0][1].value  # 收取 2 件、300 元: there is some, whatever it is counted in
    kind = unit_classes().get(found[0][1].unit)
    if kind in ("people", "times") and claimed_unit(query.text) not in (None, kind):
        alone = None  # 培训只有一次吗 is neither confirmed nor denied by the 29 人 who came
    if alone is None and query.premise is not None and (asserts or exists):  # 搞过6次培训: of how often, beside how many came
        counted = [q.value for _, q in found if unit_classes().get(q.unit) == claimed_unit(query.text)]
        alone = counted[0] if len(counted) == 1 else None
    percent_of_them = found[0][1].unit in ("%", "％") and query.premise is not None and not re.search("[%％]|百分|成", query.text)
    opening = _opening(alone, exists, query.premise if (exists or asserts) and not percent_of_them else None, text=query.text)
    if percent_of_them and alone is not None and re.search("全都?|都|全部", query.text):  # 282件是不是全都按期办结了
        opening = "是的。" if alone == 100 else "不对，不是全部。"
    if exists and alone is not None and found[0][1].unit in ("%", "％") and re.search(_LATE, query.text):
        opening = "没有。" if alone == 100 else ""  # 有超期的吗, where all were answered in time
    part = re.search("百分之[一二三四五六七八九十百零点]+|百分百", query.text) if CLAIMED.search(query.text) and not query.premise else None
    if part and alone is not None and found[0][1].unit == "%":  # 按时办结率百分之百，对吗
        opening = _opening(alone, exists, 100.0 if part.group() == "百分百" else percent(part.group()))
    of_percent = bool(query.condition and query.condition.percent and found[0][1].unit in ("%", "％") and re.search("[吗么吧][?？]?$|对不对|是不是", query.text))
    if query.condition and alone is not None and (exists or asserts or of_percent) and (query.condition.value or query.condition.sign != "="):
        opening = "是的。" if query.condition.holds(alone, found[0][1].unit) else f"{query.condition.denied}。"
    elif query.condition and alone is not None and (CLAIMED.search(query.text) or re.search("是不是|是否", query.text)):
        opening = "是的。" if query.condition.holds(alone, found[0][1].unit) else "不对。"  # 一分钱都没收，对吗
    if len(found) > 1 and not several and not opening.startswith(("是", "不")):
        opening = _each_as_claimed(query.text, [q for _, q in found]) or opening
    if len(said) == 1:
        return f"{opening}{report.agency}{report.year}年的报告叙述中写道：{said[0]}。"
    where = "这些报告的叙述" if several else f"{report.agency}{report.year}年的报告叙述"
    return f"{opening}{where}中写了几个数：{'；'.join(said)}。"


_LATE = "超期|逾期|超时|超过[^,，。?？]{0,6}(?:期限|时限)|拖延|误期|(?:没有?|未)按[时期]"
_STATED = re.compile(r"(\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+)\s*(件|份|元|块|次|回|场|期|人|名|位|条|篇)")
_SPOKEN_UNITS = {"块": "money", "回": "times"}


def _each_as_claimed(text: str, found: Sequence[Quantity]) -> str:
    """The opening of an answer to a claim of numbers in units of their own (收了4件、共170块，对吗); "" where one of them was not found."""
    if not CLAIMED.search(text):
        return ""
    units = unit_classes()
    stated = {_SPOKEN_UNITS.get(unit, units.get(unit)): stated_number(n.replace(",", "")) for n, unit in _STATED.findall(text)}
    kinds = [units.get(q.unit) for q in found]
    if len({*kinds}) < len(kinds) or not stated or not {*stated} <= {*kinds}:
        return ""
    return "是的。" if all(stated.get(k, q.value) == q.value for k, q in zip(kinds, found, strict=True)) else "不对。"


def on_share(bound: Condition, percent: float) -> str:
    """The opening of an answer to whether a share is as is claimed: 超过一半吗."""
    return f"是的，“{bound.words}”：" if bound.holds(percent, "%") else f"不是“{bound.words}”的："


def operand(figure: FigureOut) -> Operand:
    return Operand(figure.label, figure.value, figure.printed, figure.state, figure.citation)


def difference(figures: Sequence[FigureOut], high: int | float, low: int | float) -> FigureOut:
    """How far two figures of one report lie apart, with its formula; a sum is cited by its parts."""
    return taken_off(figures, [(1, high), (-1, low)])


def taken_off(figures: Sequence[FigureOut], terms: Sequence[tuple[int, int | float]]) -> FigureOut:
    """What (sign, number) come to, the first of them positive, with the formula; ``figures`` are what they were printed in."""
    value = number(round(sum(sign * term for sign, term in terms), 4))
    spelt = "".join(("＋" if sign > 0 else "－") + show_number(term) for sign, term in terms).removeprefix("＋")
    return replace(
        figures[0], metric="difference", label="差", applicant=None, value=value, printed="", state="computed", citation=None,
        formula=f"{spelt}＝{show_number(value)}", operands=tuple(o for f in figures for o in (f.operands or (operand(f),))),
    )  # fmt: skip


def coverage(reports: Sequence[StoredReport], years: Sequence[int]) -> str:
    """Which agencies and years are held."""
    if not reports:
        return "现在还没有收录任何报告。"
    by_agency: dict[str, list[int]] = {}
    reports = [r for r in reports if not years or r.year in years]
    for report in reports:
        by_agency.setdefault(report.agency, []).append(report.year)
    bodies = len({r.lineage or r.agency for r in reports})
    lines = [f"{agency}（{'、'.join(f'{y} 年度' for y in sorted(set(own)))}）" for agency, own in list(by_agency.items())[:10]]
    more = f"等 {len(by_agency)} 个机关" if len(by_agency) > 10 else ""
    return f"现在收录了 {len(reports)} 份报告，来自 {bodies} 个机关：{'、'.join(lines)}{more}。"


def chart(found: Sequence[Value]) -> Chart | None:
    """A bar a value, when all count the same unit."""
    usable = [v for v in found if v.state in ("value", "zero", "computed", "blank", "na", "missing")]
    units = {v.unit for v in usable if v.value is not None}
    parts = [v for v in usable if v.applicant != "total" or len({x.metric for x in usable}) > 1]
    if len(units) != 1 or len(parts) < 2 or not any(v.value for v in parts):
        return None
    by_person = len({v.metric for v in parts}) == 1
    categories = tuple(applicants().get(v.applicant or "", v.label) if by_person else v.label for v in parts)
    report = parts[0].report
    title = parts[0].label if by_person else f"{report.agency}{report.year}年"
    return Chart(title, units.pop(), categories, ((f"{report.year}年", tuple(v.value for v in parts)),))


def understood(query: Query, bodies: Sequence[str], spoken: Sequence[int], answer: Answer) -> str:
    """The question as it was understood, in a line."""
    parts: list[str] = []
    agencies = list(bodies)
    if not agencies and len(query.mention.agencies) == 1:  # of several that fit none is taken for meant
        agencies = list(query.mention.agencies)
    if agencies:
        parts.append(agencies[0] if len(agencies) == 1 else f"{len(agencies)} 个机关")
    years = list(spoken or query.years)
    if years:
        parts.append("、".join(f"{y}年" for y in years) if len(years) <= 4 else f"{years[0]}—{years[-1]}年")
    labels = list(dict.fromkeys(f.label for f in answer.figures if f.metric in metrics() or f.metric == "share"))
    if labels:
        parts.append("、".join(labels[:3]) + ("等" if len(labels) > 3 else ""))
    elif query.matter:
        parts.append(query.matter)
    people = [applicants()[a] for a in query.applicants if a in applicants()]
    if people and answer.figures and not any(f.metric == "share" for f in answer.figures):  # a share names them
        parts.append("、".join(people))
    parts.append(_OPERATIONS.get(query.operation, ""))
    return " · ".join(p for p in parts if p)


_NEXT: dict[str, tuple[str, ...]] = {
    "requests.received": ("其中自然人多少？", "这些申请最后予以公开几件？", "自然人占比多少？"),
    "outcome.granted": ("公开率是多少？", "不予公开的有几件？", "还有多少结转到下年？"),
    "outcome.refused": ("不予公开的各种情形分别多少？", "无法提供的有几件？", "不予处理的有几件？"),
    "procurement.projects": ("政府集中采购金额多少？",),
    "procurement.amount": ("政府集中采购项目有几个？",),
    "litigation.total": ("未经复议直接起诉的有几件？", "行政复议有几件？"),
    "review.total": ("行政诉讼有几件？",),
}
_GENERAL = (
    "收到多少件信息公开申请？",
    "公开了多少条信息？",
    "存在哪些问题？",
    "采取了什么改进措施？",
    "有没有被提起行政诉讼？",
)


def suggestions(query: Query, reports: Sequence[StoredReport], desk: Desk, answer: Answer) -> tuple[str, ...]:
    """Up to three next questions that the reports held can answer."""
    asked = query.text
    held = reports or desk.snapshot.reports[:1]
    if not held:
        return ()
    report = held[-1]
    first = answer.figures[0].metric if answer.figures else ""
    options = [*_NEXT.get(first, ())] if answer.status == "answered" and reports else []
    if report.edition != "unknown":
        options += [f"{report.year}年{q}" for q in _GENERAL]
    return tuple(o for o in dict.fromkeys(options) if o.rstrip("？") not in asked)[:3]
