"""The accounting of a question: what it asks for against what an answer gives.

A question names things (rows, results, applicants, channels), says how many of them (五种原因, 三家), brings numbers (不到二十件), asks
for an operation (占比, 差几件, 加起来) and a unit (多少钱). An answer that states figures must account for each of them. Where one is left
over the reading is not sure, whatever the words were: the answer then asks back instead of stating a figure.

Everything here looks at the question's own words and at the finished answer, never at how the one was made from the other, so that
a fault of understanding cannot hide itself.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.forms import LEGAL_PERSONS, applicants, channels, concepts, metrics, subjects
from corpus.narrative import cue_pattern
from corpus.textual import stated_number
from index.segment import STOPWORDS
from service.case import Case
from service.cells import asked_for
from service.concepts import NO_MATTER_WHO, put_aside
from service.contract import Answer, Choice
from service.evidence import full_label
from service.formula import MINUS
from service.leftover import GENERIC
from service.lexicon import TermHit, find_terms, mask
from service.operation import EACH_OF_THEM, MEDIAN, ends_of_two
from service.query import MOST_OF_ALL, Query
from service.remainder import CLOSED
from service.spoken.some import ENDS_IN, KIND_TOLD, THOSE_OF_PLACE
from service.years import LEFT_OUT, LEFT_OUT_AFTER, OWN_PARTS, PARTS_OF_YEAR


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a question says and its answer does not account for: ``words`` as the question has them."""

    kind: str
    words: str


def doubts(case: Case, given: Answer) -> list[Doubt]:
    """What ``given`` leaves out of what was asked; empty where it states no figure as sure."""
    query = case.query
    if given.status != "answered" or not any(f.value is not None for f in given.figures):
        return []
    if query.operation in ("define", "coverage", "where", "overview"):
        return []
    told = _Told(case, given)
    if query.operation == "find":
        return list(_had_none(case, told))
    found = [
        *_had_none(case, told),
        *_years(case, told),
        *_numbers(query, told),
        *_operations(query, told),
        *_conditions(query, told),
        *_units(query, told),
        *_things(query, told),
        *_asked(query, told),
        *_beside(case, told),
        *_paired(case, told),
        *_pointed(case, told),
        *_restrictions(query, told),
    ]
    return list(dict.fromkeys(found))


def settle(case: Case, given: Answer) -> Answer:
    """The answer itself; where it does not account for the question, what could be meant as choices; where the question parts applicants by
    what no form parts them by, that nothing is reported."""
    found = doubts(case, given)
    if not found:
        return given
    words = "、".join(f"“{d.words}”" for d in found[:3])
    if trait := next((d.words for d in found if d.kind == "trait"), ""):
        return Answer("not_reported", f"报告的表只按自然人和五类法人或其他组织分列申请，没有就“{trait}”另列数字。")
    if noun := next((d.words for d in found if d.kind == "noun"), ""):
        return Answer("not_reported", f"报告里没有找到“{noun}”对应的数字。没有写不等于没有。")
    options: dict[str, Choice] = {}
    for figure in given.figures:
        if figure.metric in _COMPUTED or figure.metric not in metrics():
            continue
        people = applicants().get(figure.applicant or "", "") if figure.applicant not in (None, "total") else ""
        label = f"{people}{full_label(figure.metric)}"
        options.setdefault(
            f"{figure.agency}{figure.year}年{label}",
            Choice(f"{figure.year}年{label}", f"{figure.year}年{label}是多少？", figure.agency, figure.year),
        )
    if any(d.words == "收费" for d in found):
        year = case.reports[-1].year
        options["fee"] = Choice(f"{year}年申请信息公开收取的费用", f"{year}年收取信息处理费多少元？", case.reports[-1].agency, year)
    text = f"问题里的{words}没有能和找到的数对上，问的是哪一个数还不能确定。"
    text += "请选一项，或者把要问的几样分开问。" if options else "请换个说法，或者把要问的几样分开问。"
    return Answer("clarify", text, choices=tuple(options.values())[:5])


class _Told:
    """What an answer gives, in the terms that a question asks in."""

    def __init__(self, case: Case, given: Answer) -> None:
        figures = [f for f in asked_for(case, given.figures) if f.value is not None or f.state != "computed"]
        self.figures = figures
        self.metrics = {f.metric for f in figures}
        # Of a share what it is the share of: the first operand's label leads back to its metric.
        labels = {o.label for f in figures if f.metric == "share" for o in f.operands[:1]}
        self.parts = self.metrics | {m for m in metrics() if any(full_label(m) in label for label in labels)}
        self.text, self.noted = given.text, case.noted
        self.words = given.text + " ".join([*(f.label for f in figures), *(o.label for f in figures for o in f.operands)])
        self.words += " ".join(applicants().get(f.applicant or "", "") for f in figures)
        self.words += " ".join(p.text for p in given.passages)
        self.picked_by = [re.sub(r"\s+", "", words) for words in re.findall(r"“([^”]*)”", given.text)]
        self.quoted = " ".join(re.findall(r"“([^”]*)”", given.text))
        self.labels = " ".join([*(f.label for f in figures), *(p.text for p in given.passages)])
        self.applicants = {f.applicant for f in figures if f.applicant}
        self.agencies = {f.agency for f in figures if f.agency} | set(case.agencies)
        self.bodies = case.listed.bodies
        self.many = len(self.bodies) > 1 or bool(case.among)
        before = case.request.context
        self.spoken_of = {len(before.pool), len(before.agencies), len(before.order)} if before else set()
        self.years = set(case.years)
        self.passages = given.passages
        self.units = {f.unit for f in figures}
        self.bare = {(f.metric, f.applicant, f.unit, f.label, f.year, f.agency) for f in figures}
        self.incomparable = bool(re.search(r"不能|算不出|没有写", given.text))

    def counts(self, *, added: bool, halves: bool = True) -> set[int]:
        """How many things of one kind the answer tells; what it adds up counts where a sum, share or rank is asked for.

        ``halves``: whether the two ways to court count too, where their sum is told.
        """
        sizes = {len(self.metrics), len(self.applicants), len(self.bare), len({f.label for f in self.figures}), len(self.years)}
        sizes |= {len([f for f in self.figures if f.metric not in _COMPUTED])} - {len(self.bodies)}
        if added:
            for f in (f for f in self.figures if halves or not f.metric.startswith("litigation.")):
                sizes |= {len(f.operands), (f.formula or "").count("＋") + 1}
        return sizes | {size - 1 for size in sizes if size > 3} | {len(self.bodies)}  # a total may stand beside the parts


_COMPUTED = ("sum", "share", "difference", "growth", "mean", "median", "times", "count")

# ------------------------------------------------------------------------------------------- years and numbers

_YEAR = re.compile(r"(?<!\d)(20[12]\d)(?!\d|年?版)")


def _years(case: Case, told: _Told) -> Iterator[Doubt]:
    """A year that was typed is one that is told of, or one whose absence is."""
    for match in _YEAR.finditer(case.query.text):
        noted = told.text + "".join(c.text for c in case.noted)
        if LEFT_OUT.search(case.query.text[: match.start()]) or LEFT_OUT_AFTER.match(case.query.text[match.end() :]):
            continue  # 2019年的扣掉
        if int(match[1]) not in told.years and match[1] not in noted and "结转" not in told.words:
            yield Doubt("year", f"{match[1]}年")
    counted = _YEARS_COUNTED.search(case.query.text)
    these = counted and case.query.text[: counted.start()].endswith(("这", "那"))
    if (
        counted
        and (len(told.years) > 1 or these)
        and stated_number(counted[1]) != len(told.years)
        and "没有收录" not in told.text
        and not case.missing
    ):
        yield Doubt("years", counted.group())


_YEARS_COUNTED = re.compile(
    r"(?:(?<=[这那])|(?<![近前第过去续最每哪\u4e00-\u9fff])|(?<=其余)|(?<=剩下)|(?<=剩下的)|(?<=另外))([两三四五六])年(?=合计|加|总|平均|一共|里|来|的|都|各|$)"
)
_NUMERAL = re.compile(r"(?<![\d第表])(\d[\d,]*(?:\.\d+)?|[两二三四五六七八九十百千]+)\s*([\u4e00-\u9fff%]{0,3})")
_OF_THINGS = re.compile(r"小?(?:个(?!人)|[家种类项样行列栏格者块])|街道|区|县|市|乡|镇|局|部门|单位|机关|大[类项]|子项|分项|样")
_MEASURES = re.compile(r"[万亿余多来]*(?:件|条|份|场|次|人|宗|起|篇|期|%|元|回)")


def _numbers(query: Query, told: _Told) -> Iterator[Doubt]:
    """Every number that a question brings is a bound, a claim, a rank or a count of what it lists."""
    hits = [h for h in find_terms(query.asked) if not h.loose]
    values = set() if told.many else {abs(f.value) for f in told.figures if f.value is not None}
    added = bool(_ADDS.search(query.text))
    rows = _siblings(told) | (_parts(told) if re.search("总共|一共|合计|加", query.asked) else set())
    for match in _NUMERAL.finditer(query.asked):
        if any(h.start <= match.start() < h.end for h in hits):
            continue  # 三类内部事务信息
        spelt, after = match[1].replace(",", ""), match[2]
        value = stated_number(spelt)
        before = query.asked[: match.start()]
        if value is None or value < (1 if told.many and spelt[0].isdigit() else 2):
            continue
        if before.endswith(("第", "近", "前", "好", "十", "几", "一厅", "一省", "一市")) or value in values or re.match(_NO_COUNT, after):
            continue
        if _is_bound(query, value) or query.top == value or match[1] in told.quoted:
            continue
        further = re.match(r"[个家]?[\u4e00-\u9fff]{0,6}?(?:再加|加上|外加|连同|还有)", query.asked[match.end(1) :])
        if further and int(value) + 1 in (len(told.bodies), *told.counts(added=True)):
            continue  # 两个县局再加云溪市教育局
        if re.match("[个家](?:里|[当之其]?中)", after) and value in told.spoken_of:
            continue  # 三家里最多的那家是几起
        if _TAKEN_OFF.match(query.asked[match.end(1) :]):
            continue  # 两个市教育局剔掉: who is left out
        if re.match(r"[个项样条]", after) and len(set(told.picked_by)) == value:
            continue  # 三样都占的: as many conditions
        if re.match(r"小?[类种项样行列格条]", after) and int(value) in rows:
            continue  # 三小类里不掌握的几件, 八条总共几件: how the form is made, not how many are asked for
        misfit = after.startswith("家") and told.many and not _bodies_fit(query, told, int(value))
        if misfit or (_OF_THINGS.match(after) and int(value) not in told.counts(added=added) | _listed(query)):
            yield Doubt("count", match[0].strip())
        elif re.match("[余多来]", after) and any(value <= v < value * 1.5 for v in values):
            continue  # 那两千来件: the number told, in round
        elif _MEASURES.match(after) and (told.many or query.operation != "exists"):  # a claim is answered by the figure
            yield Doubt("number", match[0].strip())
    addends = re.search(r"([两三四五六七八九十]|\d{1,2})个数(?:字)?(?:求和|相加|加起来|加总|合计|的和|之和)", query.asked)
    sums = [(f.formula or "").count("＋") + 1 for f in told.figures if f.metric == "sum"]
    if addends and sums and stated_number(addends[1]) not in sums:
        yield Doubt("count", addends.group())  # 这六个数求和, of the three told last
    kinds = [stated_number(m[1]) or 0 for m in _BODIES.finditer(query.text)]
    every = sum(kinds) == len(told.bodies)  # 两个市政府和四个区县政府
    more = re.search(r"还有|加上|再加|外加|连同|以及", query.text) and len(kinds) == 1 and kinds[0] < len(told.bodies) <= kinds[0] + 2
    for match in () if every or more else _BODIES.finditer(query.text):
        stated = stated_number(match[1])
        wanted = (0 if query.group else len(query.mention.named)) or len(told.bodies)
        if stated == len(query.singled) or _TAKEN_OFF.match(query.text[match.end(1) :]):
            continue  # 两个县在四家里占多少
        if stated and stated > 1 and query.top == 1 and told.many and (wanted > stated or (not query.group and wanted < stated)):
            yield Doubt("bodies", match.group())


def _bodies_fit(query: Query, told: _Told, stated: int) -> bool:
    """Whether as many bodies as a question counts (六家) are told of, named, picked or left."""
    sizes = {len(told.bodies), len(told.agencies), len(query.mention.named), query.top}
    sizes |= {int(f.value) for f in told.figures if f.metric == "count" and f.value is not None}
    if re.search("加[入上进]|连同|还有|外加|再加|另外|一[厅省市]", query.text):
        sizes |= {size - 1 for size in sizes}
    return stated in sizes


_TAKEN_OFF = re.compile("[个家][^,，。里]{0,8}(?:[剔去刨扣拿除]掉|剔除|除外|不算)")
_ADDS = re.compile(r"加|合|总|共|和|计|算|占|率|最|比例|百分|平均|多|少")
_NO_COUNT = re.compile(r"类(?:内部|过程)|个?字|件[里中当]|[年月日版号点楼届]|几|成|分之|倍|多年|五年规划|条(?:例|规定)")
# How many bodies are meant: 四个县级教育局, 三家公安. What stands behind 第, 前, 近 counts nothing.
_BODIES = re.compile(
    r"(?<![第前近十最多少哪和])([两二三四五六七八九十]|\d{1,2})(?:个|家|大)(?=区|县|市|街道|乡|镇|局|厅|单位|部门|机关|政府|园区|开发区|[\u4e00-\u9fff]{2}(?:局|厅|镇|乡|街道))"
)


def _siblings(told: _Told) -> set[int]:
    """How many rows the form prints beside those told, and how many columns of applicants, with and without their total."""
    parents = {m.rpartition(".")[0] for m in told.metrics if m.count(".") > 1}
    rows = {sum(m.rpartition(".")[0] == parent for m in metrics()) for parent in parents}
    return rows | ({len(LEGAL_PERSONS), len(LEGAL_PERSONS) + 1, len(LEGAL_PERSONS) + 2} if told.applicants else set())


def _parts(told: _Told) -> set[int]:
    """How many rows each of those told is the sum of."""
    return {len(metrics()[m].parts) for m in told.metrics if m in metrics()}


def _listed(query: Query) -> set[int]:
    """How many of each the reading itself holds."""
    return {
        len(query.metrics), len(query.rows), len(query.columns), len(query.blocks), len(query.results), len(query.applicants),
        len(query.channels), len(query.mention.named), len(query.years), len(query.metrics) + len(query.rows) + len(query.blocks),
    }  # fmt: skip


def _is_bound(query: Query, value: float) -> bool:
    condition = query.condition
    near = {value, value * 1e4, value * 1e8, value * 100, value * 1000}
    return bool(
        (condition and ({condition.value, getattr(condition, "above", None)} & near or str(int(value)) in condition.words))
        or query.premise in near
        or query.premise_top in near
    )


# ---------------------------------------------------------------------------------------------------- operations

_SHARE = re.compile(r"占比|比率|百分之[几多]|百分比|比例|几成|百分点|占[^,，。?？]{0,16}(?:百分|几成|比重(?!复)|个点)")
_DIFFERENCE = re.compile(
    r"[差多少高低][收办批罚发推]?(?:了|出|上)?(?:多少|几)(?![年])|变动了?(?:多少|几)|相差|差距|差额|净增|净减|[大小]多少|(?:[增减涨跌升降缩]|(?<![废去刨扣除])掉)[加长少了水]{0,2}(?:多少|几)[件条次人份个万元块]"
    r"|超(?:过|出)?(?:前者|后者|它|对方|另一[家个])[^,，]{0,2}(?:多少|几)"
)
_SUM = re.compile(r"[加拢](?:在|到)?一?(?:起来|起|块)|[全都]加上|相加|总和|之和|合计|合起来|累计|加总|求和|拢共")
# Over several bodies or years these ask for their sum too, unless each is asked for.
_TOTAL = re.compile(
    r"(?!一起[报看给列说查])(?:(?<!办结)(?<!结果)总[次条件人场量数计共额]|共(?![同享]|[两二三四五六七八九十\d]+个?(?:数|格|项|年))|一起|的和(?=[呢是有]|$)|汇总(?=[是有]|起来)|一并(?=[是有])|一块)"
)
_EACH = re.compile(r"各|分别|每|逐|历年|趋势|变化|走势|比|差|最|排|前[一二三四五六七八九十\d]|哪|列|超|上|下|谁|多|少(?![件条])|率|占")
_MEAN = re.compile(r"平均|人均|年均")
_COUNT = re.compile(
    r"(?<![这那他它余下外])(?<!其余的)(?<!剩下的)(?<!说的)(?<!说过的)(?<!提到的)(?<!上述)(?<!上面)(?:有|共)?(?:几|多少)个?(?:家|单位|部门|机关|街道|乡镇|区县|局)(?!申请)"
)
_RANK = re.compile(r"最(?:[多少高低大小常快慢狠勤]|厉害|积极|突出)|第[一二三四五]名|垫底|倒数")


def _operations(query: Query, told: _Told) -> Iterator[Doubt]:
    """A share, difference, sum, mean, count or rank that is asked for must be given."""
    text = query.asked
    several = len(told.bare) > 1
    joined = bool(re.search(r"和|跟|与|及|、|[两三][个样项种类者家]|俩|加", text)) and not any(
        re.search("和|与|及|、", f.label) for f in told.figures
    )
    alike = (several or joined) and not any("元" in u for u in told.units if len(told.units) > 1) and "勾稽" not in told.text
    if (m := _SHARE.search(text)) and not told.incomparable:
        parts = [f for f in told.figures if ("%" in f.unit or "％" in f.unit) and (f.metric != "growth" or not re.search("占", m.group()))]
        if not parts:
            yield Doubt("share", m.group())  # by how many percent it grew is no share
    yield from _wholes(text, told)
    if (m := re.search(r"(?:折|换|换算|折算|折合)(?:成|为)(?P<unit>元|万元|亿元)", text)) and m["unit"] not in told.units:
        yield Doubt("unit", m.group())
    of_handled = [f for f in told.figures if f.metric == "share" and "本年新收" in f.label.partition("占")[0] and "占应办" in f.label]
    if of_handled and not re.search("应办|要办|该办|处理|结转|总量|加", text):
        yield Doubt("base", "占")  # 占仨的几成: of what all of them have, which was not found
    over = [f for f in told.figures if f.metric == "share" and (f.value or 0) > 100]
    if over and not re.search(r"相当于|倍|与|跟|和|比|[前后]者.*[前后]者", text):
        yield Doubt("share", "占比")  # no part is larger than its whole
    if (base := re.search("占", text)) and (stated := [f.label for f in told.figures if f.metric not in ("count",) and "占" in f.label]):
        end = next((m.start() for m in re.finditer(r"[,，。;；?？]", text) if m.start() > base.end()), len(text))
        for hit in (h for h in find_terms(text[:end]) if h.start >= base.end() and h.kind in ("metric", "derived") and not h.weak):
            names = [c.label for c in concepts() if (c.kind, c.id) == (hit.kind, hit.id)]
            if any(n in s.partition("占")[0] and n not in s.partition("占")[2] for n in names for s in stated):
                yield Doubt("base", text[hit.start : hit.end])  # what stands behind 占 is the whole, not the part
    things = [h for h in find_terms(text) if h.kind in ("row", "metric", "block", "applicant") and not (h.weak or h.loose)]
    for a, b in itertools.pairwise(things):
        against = (
            re.search(r"比|多于|少于|[大小高低]于|不及|不如|超过(?!\s*[\d一二两三四五六七八九十百半])", text[a.end : b.start])
            if a.id != b.id
            else None
        )
        if against and told.many and "count" in told.metrics and not (_is_told(a, told) and _is_told(b, told)):
            yield Doubt("compare", against.group())  # bodies picked by one figure against another
    if (
        (m := re.search("赶[得不]?上|顶[得不]上|比[得不]上|抵[得不]上", text))
        and len(told.bare) < 2
        and not told.metrics & {"share", "times", "difference"}
    ):
        yield Doubt("compare", m.group())
    half = re.search(
        r"(?:超过?|达到?|不足|不到|占)[^,，。?？]{0,8}一半|过半|半数|[一二三四五六七八九两]成(?![立果效员本为])|[\u4e00-\u9fff]{2}率(?![先领])",
        text,
    )
    if half and not any("%" in u for u in told.units) and not told.incomparable and half.group() not in told.words:
        yield Doubt("share", half.group())
    if (m := MINUS.search(text)) and "sum" in told.metrics and "加" in text:
        yield Doubt("difference", m.group())  # 加上新发的减掉废止的: no plain sum
    if (m := re.search(r"勾稽|等不等于|是否相等", text)) and not re.search(r"勾稽|[＝等]|对[得不]上", told.text):
        yield Doubt("relation", m.group())
    if (m := re.search("等于[^,，。?？]{2,14}[吗么]", text)) and not re.search("对[得不]上|相等|相同|一致|相差|是的|不对", told.text):
        yield Doubt("relation", m.group())  # a sum alone says of nothing whether it is equal
    if (m := MINUS.search(text)) and told.metrics & {"growth", "difference"} and query.growth and len(told.years) > 1:
        yield Doubt("difference", m.group())  # 制发减废止: what the one has more than the other, not than the year before
    if query.less and "difference" not in told.metrics:
        yield Doubt("negated", "除去的部分")  # over several years or bodies nothing is taken off
    if CLOSED.search(text) and not query.less and any(m.startswith(("review", "litigation")) for m in told.parts):
        yield Doubt("settled", "审结")  # a share of the cases that are closed, not of all
    if "百分点" in text and "百分点" not in told.text and not told.incomparable and told.metrics & {"difference", "growth"}:
        yield Doubt("share", "百分点")  # how far two shares lie apart, not two counts
    if m := re.search(r"分母[^,，。]{0,4}(?:剔|去|扣|除|不算|减)", text):
        yield Doubt("base", m.group())  # no share that the service knows of
    if (m := re.search(r"折合|每[件条次][^,，]{0,4}(?:几|多少)(?:元|钱)", text)) and not told.metrics & {
        "mean",
        "times",
        "growth",
        "share",
    }:
        yield Doubt("mean", m.group())
    if (m := re.search(r"(?:(?<!好)几|多少)倍|倍数", text)) and "倍" not in told.text and not told.incomparable:
        yield Doubt("times", m.group())
    if (m := _MEAN.search(text)) and "mean" not in told.metrics and not told.incomparable:
        yield Doubt("mean", m.group())
    if (m := MEDIAN.search(text)) and "median" not in told.metrics and not told.incomparable:
        yield Doubt("median", m.group())
    if (
        (m := _DIFFERENCE.search(text))
        and not told.metrics & {"difference", "growth"}
        and not told.incomparable
        and not re.search(r"持平|两者相同|各家相同", told.text)
        and (len(told.agencies) > 1 or len(told.years) > 1 or several)
    ):
        yield Doubt("difference", m.group())
    if query.operation == "rank" and ends_of_two(text) and not told.metrics & {"difference", "times"}:
        yield Doubt("ends", text)
    printed = not query.channels and any(m.startswith("narrative.") for m in told.metrics)  # a whole that the text states itself
    m = _SUM.search(text)
    if m and query.operation == "rank" and len(told.years) < 2 and re.match("的?(?:数|量)?最[多少高低]", text[m.end() :]):
        m = None  # 申请合计最多的是谁: the total of each
    plain = m and m.group() == "合计" and re.match("是?(?:几|多少)", text[m.end() :]) and not re.search("[这那]|上述|前面", text)
    if plain and len(told.bare) == 1 and all(metric.endswith(".total") for metric in told.metrics):
        m = None  # 直接奔法院的官司合计几件: the row of that name
    if m and alike and not printed and not query.less and not _adds(told) and not told.incomparable:
        yield Doubt("sum", m.group())
    if (
        (m := _TOTAL.search(re.sub("(?:复议|诉讼|起诉)的?总计" if len(told.bodies) == 1 else "(?!)", "", text)))
        and not _EACH.search(text.replace("多少", ""))
        and (len(told.bodies) > 1 or len(told.years) > 1)
        and not _adds(told)
        and not told.incomparable
        and not told.metrics & {"count", "times"}
    ):
        yield Doubt("sum", m.group())
    if (
        (m := _COUNT.search(query.text))
        and (query.group or (told.many and query.text[: m.start()][-1:] != "哪"))
        and not EACH_OF_THEM.search(query.text)
        and query.operation != "rank"
        and "count" not in told.metrics
    ):
        yield Doubt("bodies", m.group())
    if (
        not told.many
        and (m := re.search("(?:是|有|都是)?哪[几些](?:家|个(?:局|单位|部门|街道|机关))", text))
        and "count" not in told.metrics
    ):
        yield Doubt("bodies", m.group())  # of one body no others are told
    which = re.search(r"哪几家|有几家|哪些(?:家|单位|部门|机关|局|街道)", text)
    picked = "count" in told.metrics or query.operation == "rank" or re.search(r"依次|最[多少高低]", told.text)
    if which and told.many and not picked and query.mention.named:
        yield Doubt("bodies", which.group())
    if (
        (
            m := _RANK.search(
                re.sub(
                    r"最[多少高低大小]的?[这那]一?[家个年]|(?:回到|说回|再说|那个?|这个?)(?:第一名|榜首|冠军)",
                    "",
                    text,
                )
            )
        )
        and MOST_OF_ALL not in query.singled  # 占比最大的是谁: its share is told
        and not re.search(r"最|依次|并列", told.text)
        and not (
            told.metrics & {"difference", "growth"} and re.search("[比跟和与]最[多少高低]|最[多少高低]的?那?一?年[^,，]{0,3}比", text)
        )  # 比最多的那年低百分之几
        and not ("times" in told.metrics and text.count("最") == 2)  # 最高的一年是最低那年的几倍
        and not query.placed
        and query.operation != "find"
        and not told.incomparable
    ):
        yield Doubt("rank", m.group())


def _wholes(text: str, told: _Told) -> Iterator[Doubt]:
    """What a share is of: of the body's own figure, of what several bodies have, or of the row that is named."""
    labels = [f.label for f in told.figures if f.metric == "share"]
    if not labels:
        return
    of_all = [label for label in labels if label.endswith(("占合计", "占各项之和"))]
    if (own := re.search("占(?:了|到)?(?:它|其|自己|本单位|本身)(?!中|他|余)", text)) and len(of_all) == len(labels):
        yield Doubt("base", own.group())  # 占它复议总数的: not of what all of them have
    named = re.search("占(?:了|到)?(?:主动公开|办理|办结|复议|诉讼|新收)[^,，。]{0,4}总[数量计条]", text)
    if named and of_all and len(of_all) == len(labels) and len(told.bodies) > 1:
        yield Doubt("base", named.group())
    if (several := re.search(r"占(?:了|到)?(?:这|那)?[两三四五六七八九十\d]+[家]", text)) and not any("合计" in label for label in labels):
        yield Doubt("base", several.group())
    within = re.search("在(?P<whole>[^,，。在]{3,14}?)(?:里[头面]?|中|当中|之中)(?:的)?(?:占|比重|比例)", text)
    for hit in find_terms(within["whole"]) if within else ():
        names = [c.label for c in concepts() if (c.kind, c.id) == (hit.kind, hit.id)]
        if (
            hit.kind == "metric"
            and not hit.weak
            and any(n in label.partition("占")[0] and n not in label.partition("占")[2] for n in names for label in labels)
        ):
            yield Doubt("base", within["whole"] if within else "")  # the whole that is named, told as the part


_CONDITIONS = re.compile(
    r"超过|超出|多于|少于|大于|小于|高于|低于|不足(?=\d)|(?<=[^查找看搜收得用想])不到(?!位|场|东西)|至少|不少于|不超过|以上|以下|(?<!占)比(?![例如重率较一])|持平|一样多|翻(?:[番倍]|了(?!翻))|倍|平均|连续|逐年|(?<!\d)年年(?![报底末初])|每年"
)


_SAYS = re.compile(
    r"(?:讲|写|提到|说|承认|坦言|坦承|检讨|反映)(?:到|过|了|自己|自家)*(?P<what>[\u4e00-\u9fff]{4,20}?)(?:的?[、,，]|而且|并且|同时|的(?:单位|机关|部门|街道|乡镇|区|县|局|那))"
)


def _conditions(query: Query, told: _Told) -> Iterator[Doubt]:
    """Of bodies that were picked every condition that the question makes stands in what the answer says they were picked by."""
    if not told.many:
        return
    picks = query.group and (query.operation == "rank" or query.condition) and told.metrics & {*metrics()}
    said = _SAYS.search(query.text) if picks else None
    if said and not told.passages and not any(h.kind in ("metric", "row", "block") and not h.weak for h in find_terms(said["what"])):
        yield Doubt("condition", said["what"])  # 承认更新不及时的单位里谁收得最多: who writes so was not looked for
    if "count" not in told.metrics:
        return
    rest = re.sub(r"\s+|[（(][^()（）]*[)）]|(?:大于|超过)(?:零|0)", "", mask(query.text, query.group.spans if query.group else ()))
    for words in sorted(told.picked_by, key=len, reverse=True):
        rest = re.sub(re.escape(words) + "[件条次个人家份场万元%]{0,2}(?:及?以[上下])?", "。", rest)
    if len(told.years) > 1 and told.picked_by:
        rest = re.sub("连续|逐年|年年|每年", "", rest)
    if told.metrics & {"difference", "growth"} or re.search("比[^，。]{2,24}[多少高低]的(?:有|年度)", told.text):
        rest = re.sub("比|翻[了番倍]|[多少高低]于(?=20|上年|去年)", "", rest)
    if m := _CONDITIONS.search(rest):
        yield Doubt("condition", m.group())


def _adds(told: _Told) -> bool:
    return (
        bool(told.metrics & {"sum", "mean", "median", "share"})
        or any("＋" in (f.formula or "") for f in told.figures)
        or any(metrics()[m].parts for m in told.metrics if m in metrics())
        or re.search("合计|之和", told.words) is not None
    )


def _units(query: Query, told: _Told) -> Iterator[Doubt]:
    """What is counted in money is no number of cases, and a share no count."""
    text = query.asked
    units = "".join(told.units)
    amounts = any(m.endswith(".amount") for m in told.metrics)  # some forms print no unit
    if query.unit == "money" and "元" not in units and not amounts and (m := re.search(r"多少钱|几块|[几多少]+万?元|金额", text)):
        yield Doubt("unit", m.group())
    if query.unit == "people" and "人" not in units and any(re.match(r"narrative\.(?!requests)", f.metric) for f in told.figures):
        yield Doubt("unit", "人数")
    if (
        told.units == {"件"}
        and (m := re.search(r"(?:问|要|说|按|指)的?(?:是)?(?:人数|人头)", text))
        and re.search("不是|不问|不要|不看", text)
    ):
        yield Doubt("unit", m.group())  # 我问人数，不是件数
    if query.unit == "request" and told.units == {"%"}:
        yield Doubt("unit", "件数")
    bare = re.search(r"收费", text) and not re.search(r"行政事业性|项|目|个|格|上一?年|增|减", text)
    if bare and told.metrics and all(m.startswith("fees.items") for m in told.metrics):
        yield Doubt("unit", "收费")  # the form of 2019 counts what is charged for, not what was taken
    if (
        told.metrics
        and all(m.endswith(".amount") for m in told.metrics)
        and (m := re.search(r"项目(?:数|有)?(?:一共|总共|共)?(?:有)?(?:几|多少)[个项]", text))
    ):
        yield Doubt("unit", m.group())  # how many things are charged for, not what was taken
    if m := re.search("哪一?天(?!内)|几月几[号日]|(?:什么|啥)时候(?:发|公|挂|登)", text):
        yield Doubt("unit", m.group())  # a date, and no number of anything
    if query.unit == "days" and not re.search(r"天|日", units):
        yield Doubt("unit", "天数")


# -------------------------------------------------------------------------------------------------------- things

_FRAMES = ("requests.received", "outcome.total", "requests.to_handle")
_NARRATIVE = frozenset(
    ["handling_fee", "motions", "training", "press", "interpretation", "visits", "followers", "weight", "days", "ontime"]
)


def _things(query: Query, told: _Told) -> Iterator[Doubt]:
    """Everything that a question names is found again in what its answer tells."""
    text = query.asked
    hits = [h for h in find_terms(text) if not h.weak and not h.loose]
    in_text = all(f.metric.startswith("narrative.") for f in told.figures if f.metric not in _COMPUTED)
    for hit in hits:
        words = text[hit.start : hit.end]
        same = [h for h in hits if (h.start, h.end) == (hit.start, hit.end)]
        if any(h.id in _FRAMES or h.id in ("total", "items_change", "items_last_year") for h in same):
            continue  # where a figure belongs, or a word of comparing and adding up
        if hit.kind == "applicant" and re.search(NO_MATTER_WHO + "$", text[: hit.start]) and told.applicants == {"total"}:
            continue
        people = hit.kind == "applicant" and (in_text or not told.applicants or _COUNTED.search(text[: hit.start]))
        if people or re.search(r"多少|几", words) or (hit.kind == "column" and in_text):
            continue
        if hit.kind == "rate" and re.search("占(?:了|到)?(?:全部|所有|总)?$", text[: hit.start]):
            continue  # 占全部办结的比例: no rate of ours
        if hit.kind == "rate" and "share" in told.metrics and re.search("÷|除以", text):
            continue  # a rate by the asker's own formula
        if query.condition and not query.condition.value and hit.kind == "metric":
            continue  # 一件都没予以公开: what is denied is told as a zero
        if any(c.code == "next_report" for c in told.noted):
            continue
        if hit.id == "requests.carried_out" and re.match("剩|其余|还剩", words) and "requests.carried_out" not in query.metrics:
            continue
        turned = hit.id == "requests.carried_out" and "requests.carried_in" in told.metrics
        if turned and re.search(r"前一年|上一?年|去年|头一?年|往年|从", query.text):
            continue  # 从上一年接过来没办完的: one number, told at length
        if query.less and (hit.id in query.less or re.match("的?结果", text[hit.end :])):
            continue  # taken off what is told, or the others behind it: 除予以公开外的其他处理结果
        if _left_out(text, hit):
            taken_off = MINUS.search(text) and "difference" in told.metrics  # 行政处罚减去行政许可: told, and taken off
            if (
                not taken_off
                and hit.kind in ("applicant", "block", "row", "result")
                and query.operation != "exists"
                and not query.condition
                and (_stated(hit, told) or (hit.kind == "result" and "share" in told.metrics and words in told.labels))
            ):
                yield Doubt("negated", words)
        elif not any(_is_told(h, told) for h in same):
            yield Doubt("thing", words)
    if (
        re.search("收费", text)
        and not any(m.startswith(("fees", "narrative.handling_fee")) for m in told.parts)
        and "收费" not in told.words
    ):
        yield Doubt("thing", "收费")
    why = re.search(
        "(?:说|写|讲|解释|交代)[^,，]{0,4}(?:为啥|为什么|为何)|解释(?:了|过)?[^,，]{0,4}原因|原因(?:没有|没写|写没写)|从哪些?[^,，年]{1,8}来的?[?？]?$",
        text,
    )
    if why and not any(re.search("原因|由于|因为|主要(?:是|来自)", p.text) for p in told.passages):
        yield Doubt("thing", why.group())  # why it is so, answered by how much it is
    if re.search("(?<![处刑])罚(?![款没])", text) and not any(m.startswith("penalty") for m in told.parts) and "罚" not in told.words:
        yield Doubt("thing", "罚")
    if told.metrics == {"count"}:
        return  # who wrote of something: its words were searched for
    for subject in subjects():
        match = cue_pattern(subject.cues + subject.terms).search(text)
        if match and subject.id in _NARRATIVE and not any(f"narrative.{subject.id}" in m for m in told.metrics):
            if not any(h.start <= match.start() < h.end for h in hits) and match.group() not in told.words:
                yield Doubt("subject", match.group())
        elif match and subject.id == "letters" and match.group() not in told.words and "narrative.letters" in " ".join(told.metrics):
            yield Doubt("subject", match.group())  # 热线 is no 留言
    for channel in channels():
        matches = list(cue_pattern(channel.cues + channel.terms).finditer(text))
        given = any(m.endswith(f".{channel.id}") for m in told.metrics)
        negated = bool(matches) and all(re.search(r"(?<!是)不是$|不要$|不算$", text[: m.start()]) for m in matches)
        if matches and given == negated and (given or matches[0].group() not in told.words):
            yield Doubt("channel", matches[0].group())


_COUNTED = re.compile(r"[几一两三\d每某]$")  # 几个人: a unit, no applicant
_NEGATION = re.compile(
    r"(?:(?<!是)不是|没走过?|没有?经过?|未经过?|没有?提过?|没去|不走|不经|不要|不含|不算|不包括|不计|除了?|除[去掉]|[去扣减刨][去掉除]|撇开|排除|剔除|而非)$"
)


def _left_out(text: str, hit: TermHit) -> bool:
    after = re.match(
        r"(?:提|申请|递)?(?:的|都)?(?:那?[一]?[项类种个家])?(?:也|都|再)?(?:剔[掉除]|以外|之外|外的|不算|不要|别[算混掺带加]|除外|不含|不计|刨[掉去]|去掉|扣掉|撇开)",
        text[hit.end :],
    )
    if after and any(h.start == hit.end + after.end() and h.kind == hit.kind for h in find_terms(text)):
        after = None  # 法人或其他组织的不算商业企业: what comes behind is left out
    start, end = put_aside(text)
    joint = re.match("的?(?:和|、|与|及|跟)", text[hit.end :])  # 个人和企业以外的
    beside = next((h for h in find_terms(text) if joint and h.start == hit.end + joint.end() and h.kind == hit.kind), None)
    if beside is not None and _left_out(text, beside):
        return True
    return bool(_NEGATION.search(text[: hit.start]) or after or start <= hit.start < end)


def _stated(hit: TermHit, told: _Told) -> bool:
    """Whether the concept itself, not a part or whole of it, is what the answer gives."""
    if hit.kind == "applicant":
        return hit.id in told.applicants
    return any(m.startswith(hit.id + ".") for m in told.metrics)


def _is_told(hit: TermHit, told: _Told) -> bool:
    """Whether a concept is found again: by its id in a figure, by its label in what is said, or as a part of what is added up."""
    ids, parts = told.metrics, {p for m in told.metrics if m in metrics() for p in (*metrics()[m].parts, *metrics()[m].base)}
    if hit.kind == "applicant":
        legal = hit.id == "legal_persons" and bool(told.applicants - {"total", "natural"})
        return legal or hit.id in told.applicants or applicants().get(hit.id, "?") in told.words
    if hit.kind in ("column", "result") and any(m.endswith("." + hit.id) for m in ids):
        return True
    if any(m == hit.id or m.startswith(hit.id + ".") or hit.id.startswith(m + ".") for m in ids | parts):
        return True
    if hit.id in metrics() and ids & {*metrics()[hit.id].parts}:
        return True
    if hit.kind == "block" and any(hit.id.startswith(m.rpartition(".")[0] + ".") for m in ids):
        return True
    named = [c for c in concepts() if (c.kind, c.id) == (hit.kind, hit.id)]
    return any(word in told.words for c in named for word in (c.label, *c.terms))


_ASKS = re.compile(
    r"(?<![十百好成这那])(?:多少(?=[件条份次场人笔元块项宗起篇期万钱]|申请|$|[\s,，。;；、?？])|几[件条份次场人笔元块项宗起篇期](?!吧)|几[家个](?=企业|公司|人提|人申))"
)


def _asked(query: Query, told: _Told) -> Iterator[Doubt]:
    """As many figures as are asked for."""
    text = query.asked
    asked: dict[str, str] = {}
    for ask in _ASKS.finditer(text):
        if text[: ask.start()].endswith(("差额", "差距")):
            continue  # worked out of those that are asked for
        bare = re.search(r"(?:^|[,，。;；?？!！])[到底究竟总共一有是]*$", text[: ask.start()])
        bare = bare and re.match(r"[呢啊呀来着嘛吧的]*(?:$|[\s,，。;；?？!！])", text[ask.end() :])  # 几件是公司提的 is no repetition
        if not (bare and ask.group() in asked.values()):  # …？到底几件: the same once more
            asked[text[max(0, ask.start() - 3) : ask.end()]] = ask.group()
    if re.search(r"几[件条份次项个][\s\S]{0,3}还是[\s\S]{0,8}几", text) and len(asked) == 2:
        asked.popitem()  # 添了几项还是砍了几项: one number
    unsaid = re.search("报告没有写“([^”]+)”的数", told.text)  # said to be without a number
    without = unsaid[1].count("、") + 1 if unsaid else 0
    if len(asked) > 1 and max(told.counts(added=True, halves=False)) + without < len(asked):
        yield Doubt("fewer", "／".join(sorted(asked)))
    wanted = [a for a in _ASKS.finditer(query.text) if not re.search("[差多少高低增减涨降]出?了?$", query.text[: a.start()])]
    ahead = max((end for _, end in query.mention.spans), default=0)  # what is asked behind all of the names is asked of each
    apart = (
        len(query.mention.named) > 1
        and len({a.group() for a in wanted} & {*asked.values()})
        and len(wanted) > 1
        and ahead <= wanted[0].start()
    )
    things = {(f.metric, f.applicant, f.unit) for f in told.figures if f.metric not in _COMPUTED}
    computed = told.metrics & {*_COMPUTED} - {"difference", "sum"} or query.operation in ("sum", "share", "rank")
    if apart and len(things) < 2 and len(told.years) < 2 and not computed:
        yield Doubt("fewer", "／".join(sorted(asked)))  # 甲、乙制发了几件，现在管用的又有几件: one of the two
    plain = text
    for hit in find_terms(text):  # a label may hold marks of its own
        plain = plain if hit.loose else plain[: hit.start] + re.sub(r"[、/+＋,，]", "一", plain[hit.start : hit.end]) + plain[hit.end :]
    for clause in re.split(r"[,，。;；:：?？]", re.sub(r"[(（][^()（）]*[)）]", "", plain)):
        items = [i for i in re.split(r"[、/+＋]", clause) if re.search(r"[\u4e00-\u9fff]", i)]
        items = [i for i in items if find_terms(i) or len(i.strip()) < 5]  # 、 may part no things: 没办完、转到下一年
        if len(items) > 2 and max(told.counts(added=True)) < len(items):
            yield Doubt("list", clause)
    if "的主要数字" in told.text and asked and not re.search(r"概况|概览|概要|主要|要点|总结", text):
        yield Doubt("overview", text)
    which = r"哪一?年|哪个年份" if query.years else r"哪一?年|哪个年份|年份"
    if (m := re.search(which, query.text)) and len(told.years) < 2 and "年" not in query.asked.replace(m.group(), ""):
        yield Doubt("year", m.group())


# ------------------------------------------------------------------------------------------------- words left over


# What the forms part no applicant by.
_TRAITS = re.compile(
    r"(?:家长|业主|商户|职工|教师|老师|记者)们?(?:提|申请|递|要)|[十\d]岁|女(?:性|的|士|同志|申请)|男(?:性|的|士|同志|申请)|性别|老年人|年轻人|青年|妇女|残疾|农民|村民|居民|外地|外省|外籍|外国|本地人|户籍|人头|党员|少数民族|退役|军人"
)

_WHO_ASKS = re.compile(r"(?:^|[,，])\s*我们?是[^,，。]{0,12}[,，]")  # 我是…的居民，


def _restrictions(query: Query, told: _Told) -> Iterator[Doubt]:
    """A part of the year or a kind of people that no cell of the forms counts."""
    cells = [m for m in told.metrics if m in metrics()]
    out = re.search(r"(?:除了?|除[去开掉]|不算|不含|不包括)(?P<who>[\u4e00-\u9fff]{3,16}?)(?:以外|之外|外|[,，])", query.text)
    if out and any(agency.endswith(out["who"]) for agency in told.agencies):
        yield Doubt("negated", out.group())
    aside = re.search(r"(?:除(?!以)了?|除[去开掉])(?P<what>[^,，。]{2,24})[,，]", query.asked)
    for hit in find_terms(aside["what"]) if aside and not query.less else ():
        if hit.kind in ("metric", "row", "block") and not hit.weak and any(m == hit.id for m in told.parts):
            yield Doubt("negated", aside.group() if aside else "")
    others = re.search(r"(?:别的|其余|另外的?)[\u4e00-\u9fff]{0,4}(?:提|申请|递|要)|(?:提|申请|递)的别的", query.asked)
    if others and told.applicants & {"natural", "company"} and len(told.applicants) == 1:
        yield Doubt("people", others.group())
    taken = re.search(r"(?:去掉|扣[掉除]|减[去掉]|除去|刨[掉去])(?:这|那|它)[一两]?[条项类个种样]?", query.asked)
    if taken and len(told.bodies) < 2 and not told.metrics & {"difference", "sum"}:
        yield Doubt("negated", taken.group())
    if cells and (m := PARTS_OF_YEAR.search(query.asked)) and m.group() not in told.words:
        yield Doubt("period", m.group())
    who = re.search(r"(?<!没有)(?<!有)哪[个家些](?:法院|法官|律师|公司|企业|人(?![次数]))|(?:是|被)谁(?:提|告|判|申请|起诉)", query.asked)
    if who and cells and not told.quoted and len(told.applicants) < 2:
        yield Doubt("people", who.group())  # the forms print no names
    if (
        any(metrics()[m].by_applicant for m in told.parts if m in metrics())
        and (m := _TRAITS.search(_WHO_ASKS.sub("", query.asked)))
        and not re.search("不(?:区?分|管|论|限)|都算|有(?:没有|无)?(?:居民|村民)(?:去|来|过)", query.asked)
        and m.group() not in told.words
    ):
        # An age holds a number, which is no figure of a report.
        yield Doubt("trait", "年龄" if m.group().endswith("岁") else m.group())
    inner = re.search("里[头面边]?(?![头面边])[,，]?(?P<part>[\u4e00-\u9fff]{3,14}?)的?占(?!用|地)", query.asked)
    of_form = told.parts - {"share"} and not query.channels and not told.many
    if (
        inner
        and of_form
        and "share" in told.metrics
        and not any(not h.weak for h in find_terms(inner["part"]))
        and inner["part"] not in told.words
    ):
        yield Doubt("part", inner["part"])  # 办结的申请里，…的占: a part that no cell was found for


@lru_cache(maxsize=1)
def _telling_apart() -> frozenset[str]:
    """Words that part one cell of the forms from its neighbours: 直接, 复议后, 上年, 部分."""
    words = re.compile(r"直接|复议后|未经|上年|下年|结转|不予|无法|重复|反复")
    return frozenset(w for c in concepts() for t in (c.label, *c.terms) for w in words.findall(t))


def _paired(case: Case, told: _Told) -> Iterator[Doubt]:
    """甲2022年的申请加上乙2023年的: each body, or each thing, has a year of its own, and no number of the other year is meant."""
    query = case.query
    years = list(re.finditer(r"(?<!\d)20\d\d年?", query.text))
    if len(years) != 2 or years[0].group()[:4] == years[1].group()[:4] or len(told.years) < 2:
        return
    between = query.text[years[0].end() : years[1].start()]
    joints = list(re.finditer("[、，,和跟与及加]", between))
    if not joints or re.search("[滚转结拖推留]到?$", between) or re.search("各年|每年|分别", query.text):
        return
    at = years[0].end() + joints[-1].start()
    names = [start for start, _ in query.mention.spans] if len(told.bodies) > 1 else []
    things = [h.start for h in find_terms(query.text) if h.kind in ("metric", "row", "block") and not h.weak and not h.loose]
    if any(len(places) == 2 and places[0] < at < places[1] for places in (names, things)):
        yield Doubt("years", between[: joints[-1].start()].strip(" 、,，")[:12] or years[0].group())


# The body, or the year, that a question picks by words of its own: 被剔掉的那家, 居中那年, 夹在中间的两家.
_PICKED_BY = re.compile(
    r"(?:^|[,，。?？!！;；:：、把]|[比跟和与])(?P<mod>[\u4e00-\u9fff\d]{2,12}?)"
    r"(?:的(?:那|这)?一?(?P<n>[两三四五六七几俩])家|的?(?:那|这)一?家|的(?:那|这)一?年)(?![多里间来])"
)
# What the rules of follow-ups look for there.
_KNOWN_PICKS = re.compile(
    r"最|第[一二三四五六七八九十]|头[一名个]|垫底|末|打头|排|[前后][面头者一]|上[面述一]|刚才|刚刚|一?开[始头]|起先|原先|先前|[说问提讲查看报算][的到过]?$|它|他们|同样|同[一年]|还是|也是|[就要]是|"
    r"剩|余|另|别的|其[他它]|中间|当中|居中|两头|峰|谷|^那?[多少高低大小]$|这里|里[面头]|[各每哪]|[按照占换回]|过线|达标|空|杠|零|没有?过|超|满|不[到足满]|[省市县区]里|[省市县区镇]$|年$|[加添补拉][了进上入]|[加添补拉算塞][进上入来去了]*$|[剔去刨排除扣拿][掉去除开]|[省市县区](?:[局厅]|政府)|接着|接下来|更[多少高低]|[收交]了"
)


def _unknown_pick(case: Case, text: str) -> str:
    """The words by which a follow-up picks a body or a year, where no rule knows them; "" where there are none."""
    before = case.request.context
    if before is None or case.query.condition:
        return ""
    names = {*before.agencies, *before.order, *before.pool, *before.mentioned, *case.agencies}
    for m in _PICKED_BY.finditer(text):
        mod = re.sub("的$|^(?:那么?|再|又|还有?|其中|里[面头]|所以|说回|回到|换成|我[问说]的是|比|跟|和)", "", m["mod"])
        known = len(mod) < 2 or _KNOWN_PICKS.search(mod) or find_terms(mod) or any(mod[:2] in name for name in names)
        if not known:
            return m.group().strip(",，。?？、")
    return ""


_THAT_YEAR = re.compile(r"(?:那|这|同)一?年(?![来间里各后前以之的上下]|度各)|当年(?!的?新|制|新)")


_SO_MANY_YEARS = re.compile(
    "(?<![这那近前后头第])(?P<n>[二两三四五六七八])年(?:下来|里面?|间|一共|总共|合计|加起来|加总|累计|总计)|最[多少高低]的(?P<top>[二两三四五])年"
)


def _had_none(case: Case, told: _Told) -> Iterator[Doubt]:
    """没收过钱的那家呢: whoever had none, of whom another number is told."""
    none = re.search("没有?[收罚批发办][^,，。的]{0,4}的[那这]一?家", case.request.question)
    elsewhen = re.search(r"\d年|[去前上头]一?年", case.request.question)  # 没收过钱的那家，2021年收了多少
    if none and len(told.agencies) == 1 and not elsewhen and any(f.value for f in told.figures):
        yield Doubt("whose", none.group())


def _pointed(case: Case, told: _Told) -> Iterator[Doubt]:
    """What a question points at in the answers before: one year, one body, each of several."""
    text = case.query.asked
    if unknown := _unknown_pick(case, case.query.text):
        yield Doubt("whose", unknown)
    worked_out = (
        told.incomparable
        or case.query.operation in ("rank", "sum", "share")
        or told.metrics & {"mean", "median", "times", "count", "share"}
    )
    moved = re.search("比|各|分别|和|跟|与|[差增减涨降变升跌]|合计|共|平均|从|到现在|以[来后前]", text)
    if (m := _THAT_YEAR.search(text)) and len(told.years) > 1 and not worked_out and not moved:
        yield Doubt("year", m.group())
    yield from _beside_them(case, told)
    if (
        2 < case.query.top < 20
        and re.search("(?<![进入])前[三四五六七八九十]", text)
        and case.query.top > max(len(told.bodies), len(told.years), len(told.bare))
        and f" {case.query.top} 项" not in told.text
    ):
        yield Doubt("count", f"前{case.query.top}")  # 2022年的前五呢, after two of them were spoken of
    of_several = len(told.years) > 1 or len(told.metrics & {*metrics()}) > 1
    if (
        (m := re.search("各自一共", text))
        and of_several
        and len(told.bodies) > 1
        and sum(f.metric == "sum" for f in told.figures) < len(told.bodies)
    ):
        yield Doubt("sum", m.group())
    if m := re.search("在榜|上榜|掉出|跌出|落榜|挤出", text):
        yield Doubt("condition", m.group())  # who was among the first then and is no longer
    for m in THOSE_OF_PLACE.finditer(case.query.text):
        lying = sum(m["stem"] in agency for agency in told.agencies)
        if lying and lying != stated_number(m["n"]):
            yield Doubt("whose", m.group())  # 松岚的两个: two of those that were told lie there, not its government
    if (m := re.search("刚才[^,，。]{1,8}的[这那]一?[种项条个类](?![月年])", text)) and case.request.context is not None:
        yield Doubt("whose", m.group())  # 刚才叫你复核的这一种: by what was said, which no rule keeps
    if (m := OWN_PARTS.search(case.query.text)) and sum(f.metric in ("sum", "mean") for f in told.figures) < 2:
        yield Doubt("sum", m.group())
    added = [(f.formula or "").count("＋") + 1 for f in told.figures if f.metric in ("sum", "mean")]
    if (m := _SO_MANY_YEARS.search(case.query.text)) and added and stated_number(m["n"] or m["top"]) not in (*added, len(told.years)):
        yield Doubt("count", m.group())  # 六年下来, where three years are held
    if (m := re.search("净[增减]", text)) and told.figures and not told.metrics & {"difference", "growth"}:
        yield Doubt("difference", m.group())
    if (m := re.search("[加算][^,，。]{0,8}(?:全|都|一起|一并)算(?:上|进去|在内)", text)) and not told.metrics & {"sum", "share"}:
        yield Doubt("sum", m.group())
    for m in KIND_TOLD.finditer(case.query.text):
        if told.agencies and not any(agency.endswith(ENDS_IN[m["kind"]]) for agency in told.agencies):
            yield Doubt("whose", m.group())  # 两个街道: none of those that were told is one
    one = re.search("的(?:那|这)一?[家个][,，]?[^,，?？家]{0,14}(?:多少|几[件条个次场万])", text)
    if one and case.query.condition and "count" in told.metrics and len(told.bodies) > 1:
        yield Doubt("bodies", one.group())  # 一分钱没收的那家，2022年收了多少: of the one, not how many there are
    which = re.search("哪[几些]个?年|年份", text)
    if which and len(told.bodies) > 1 and len(told.years) > 1 and not told.metrics & {"count"} and "最" not in told.text:
        yield Doubt("year", which.group())
    each = re.search("各(?:自|家|是|有|占|收|办|报|发|罚)?(?:了|到)?(?:多少|几)", text)
    if each and len(told.bare) == 1 and not told.passages:
        yield Doubt("fewer", each.group())


def _beside_them(case: Case, told: _Told) -> Iterator[Doubt]:
    """Bodies that a question sets beside those spoken of, where only one is told."""
    text, before = case.query.text, case.request.context
    one = len(told.agencies) == 1
    if any(f.metric == "sum" and len(f.operands) == 1 for f in told.figures[:1]):
        yield Doubt("sum", "合计")  # of one number
    if before is None:
        return
    further = re.search("加上?[^,，]{2,8}(?:局|镇|乡|街道|政府|委|厅)", text)
    office = re.search("(?:这|那)?[两三四][家个](?:的|政府的?)+办公[室厅]", case.query.text)
    if office and told.agencies and not any("办公" in a for a in told.agencies):
        yield Doubt("whose", office.group())  # 那两家的政府办公室: not the governments
    if further and told.agencies and told.agencies <= {*before.agencies, *before.earlier} and not case.query.mention.spans:
        yield Doubt("whose", further.group())  # 再加上县水务局: none beside those spoken of
    level = re.search("[省市区县]里的?那[个家]", text)
    if level and len(told.agencies) > 1 and told.agencies <= {*before.agencies} and not re.search("[比跟和与占]|不[管算]|[剔去扣刨]", text):
        yield Doubt("whose", level.group())  # 县里那个四年合计: of one of the two
    end = re.match("(?:那|这)?最[多少高低]的?那?一?年(?:里|的)?[,，]", text)
    if end and case.query.operation == "rank" and told.metrics and not told.metrics & {*before.metrics}:
        yield Doubt("year", end.group())  # 最多那年里，不予公开的各几件: most of what was told, not of this
    if not one:
        return
    if m := re.search(r"(?:它|这家|那家)(?:和|跟|与)(?!去年|上年|前年|(?:20)?\d\d)[^,，]{2,8}的", text):
        yield Doubt("bodies", m.group())
    if (m := re.search("也(?:带|算|加|拉|补|捎)[上进][^,，]{0,4}[,，]?(?:一共|总共|合计|共)", text)) and len(before.agencies) > 1:
        yield Doubt("bodies", m.group())
    if (m := re.search("(?:反过来|谁|哪[家个边])[^。]{0,8}更[多少高低]", text)) and len(before.agencies) == 2 and len(told.years) == 1:
        yield Doubt("compare", m.group())
    former = re.search("前一[个家](?:单位|局|街道|镇|机关|部门)", text)
    if former and told.agencies == {*before.agencies} and before.earlier:
        yield Doubt("whose", former.group())  # 前一个单位: not the one told last
    joined = re.match(r"(?:那)?(?:再)?[跟和与](?!去年|上年|前年|(?:20)?\d\d)[^,，年]{2,8}(?:加|合)(?:起来|在?一)", text)
    if joined and not told.metrics & {"sum", "mean"} and not any("＋" in (f.formula or "") for f in told.figures):
        yield Doubt("sum", joined.group())  # 跟南苑加起来呢
    another = re.search("另(?:外)?(?:那)?一[个家](?!月|年|数|说|问)", text)
    if another and told.agencies == {*before.agencies} and len(before.agencies) == 1:
        yield Doubt("whose", another.group())  # 另一个开发区: not the one told last
    order, ranks = [a for a in before.order if a], before.ranks
    pick = re.search("(?<![最更么])(?:(?P<less>[少小低])|(?P<more>[多大高]))的(?:那一?|一)家", text)
    if pick and len(order) == len(ranks) == 2 and ranks[0] != ranks[1]:
        meant = order[0 if pick["more"] else 1]
        if told.agencies != {meant} and told.agencies <= {*order}:
            yield Doubt("whose", pick.group())


def _beside(case: Case, told: _Told) -> Iterator[Doubt]:
    """A word that tells cells apart, or the noun that the asking word counts, that no concept of the reading holds."""
    query, segmenter = case.query, case.snapshot.segmenter
    if told.metrics <= {"count"}:
        return
    text = query.asked
    spans = [(h.start, h.end) for h in find_terms(text)]
    for item in (*channels(), *subjects()):
        spans += [m.span() for m in cue_pattern(item.cues + item.terms).finditer(text)]
    rest = mask(text, spans)
    for word in _telling_apart():
        at = rest.find(word)
        held = told.labels if word in ("直接", "复议后", "未经") else told.words  # a sum is told by both of its halves
        idle = re.match(r"上门|到|去|来|当面|告诉|说|给|报|回|讲|写|念|答|对?比|拿", rest[at + len(word) :])
        if at >= 0 and word not in held and not idle and not _NEGATION.search(rest[:at]):
            yield Doubt("apart", word)
    if (m := re.search("(?:多少|几个?)[税罪树煤油粮菜酒鱼羊猪病房](?=$|[?？,，。呀啊呢了])", rest)) and m.group()[-1] not in told.labels:
        yield Doubt("noun", m.group())  # 一年收了多少税: no requests
    named = any(h.kind in ("row", "metric", "block") for h in find_terms(text))
    if query.unit == "money" and query.follows and query.residue and not named and not any(w in told.words for w in query.residue):
        yield Doubt("noun", "、".join(query.residue))  # 修路花了多少钱, after fees were told
    if (m := re.search("(?:花|交|付|掏)了?(?:多少|几)[^,，。?？]{0,6}[费钱款]", text)) and not (
        any("元" in f.unit or f.metric.endswith(".amount") for f in told.figures)
    ):
        yield Doubt("noun", m.group())  # 请律师花了多少律师费: no lawsuits
    if m := re.search("(?:钱|款|费)[^,，。?？]{0,4}(?:(?:花|用)(?:到|在|去)?了?哪|怎么[花用]的)|(?:开支|花销|用)途", text):
        yield Doubt("noun", m.group())  # 这钱都花到哪去了: no sum
    if (m := re.search("(?:几|多少)件(?:申请)?是?因为[^?？]{4,}的", text)) and told.metrics <= {"requests.received", "outcome.total"}:
        yield Doubt("reason", m.group())
    if (m := re.search("(?:多少|几)分(?=$|[?？,，。呀啊呢])", rest)) and "分" not in told.units:
        yield Doubt("noun", m.group())
    for match in re.finditer(r"(?:多少|几)[件个条份次场期回起宗篇笔通封名位]?", rest):
        after = re.match(r"的?([\u4e00-\u9fff]{2,6})", rest[match.end() :])
        before = re.search(r"([\u4e00-\u9fff]{2,6})$", rest[: match.start()].rstrip("是有了共为的"))
        near = [segmenter.words(after[1])[:1] if after else [], segmenter.words(before[1])[-1:] if before else []]
        for word in (w for words in near for w in words):
            plain = (
                len(word) < 2
                or word in GENERIC
                or word in STOPWORDS
                or word in told.words
                or re.search(r"[率比总和数量次人块钱件样]", word)
            )
            if not plain and segmenter.known(word) and segmenter.noun(word) and not match.group().endswith("个"):
                yield Doubt("noun", word)
