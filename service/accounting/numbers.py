"""Numbers and years: each that a question brings is a bound, a claim, a rank, a count of what is told, or a year that is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.forms import LEGAL_PERSONS, metrics
from corpus.textual import stated_number
from service.accounting.base import Doubt, Told
from service.case import Case
from service.conditions import AHEAD, without_wholes
from service.lexicon import find_terms
from service.query import Query
from service.years import LEFT_OUT, LEFT_OUT_AFTER

_YEAR = re.compile(r"(?<!\d)(20[12]\d)(?!\d|年?版)")

_AGO = re.compile("大?前年|去年")
_AGAINST_THAT = re.compile("对[得不]上|接[得不]上|那个数")  # 跟去年这个数对得上吗: held against it, not told


def years(case: Case, told: Told) -> Iterator[Doubt]:
    """A year that was typed is one that is told of, or one whose absence is."""
    for match in _YEAR.finditer(case.query.text):
        noted = told.text + "".join(c.text for c in case.noted)
        if LEFT_OUT.search(case.query.text[: match.start()]) or LEFT_OUT_AFTER.match(case.query.text[match.end() :]):
            continue  # 2019年的扣掉
        if int(match[1]) not in told.years and match[1] not in noted and "结转" not in told.words:
            yield Doubt("year", f"{match[1]}年")
    ago = dict.fromkeys(_AGO.findall(case.query.text))
    if len(ago) > max(len(told.years), 1) and not case.missing and "结转" not in told.words and not _AGAINST_THAT.search(case.query.text):
        yield Doubt("year", [*ago][-1])  # 去年拒了几份，前年一份都没拒是吗: of one year only
    span = re.match("近|过去|这", case.query.relative or "") and len(case.listed.agencies) == 1
    if span and not told.many and len(case.years) > len(told.years) and not case.missing:
        yield Doubt("years", case.query.relative or "")  # 近两年有人申请吗: of one of them only
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


def _printed(case: Case, value: float) -> bool:
    """Whether the one report asked about prints a number, in a cell or in its text."""
    if len(case.reports) != 1:
        return False
    report = case.reports[0]
    cells = (f.value for f in case.desk.figures(report).values())
    return value in cells or any(q.value == value for _, q in case.snapshot.quantities([report.row]))


def numbers(case: Case, told: Told) -> Iterator[Doubt]:
    """Every number that a question brings is a bound, a claim, a rank or a count of what it lists."""
    query = case.query
    hits = [h for h in find_terms(query.asked) if not h.loose]
    values = set() if told.many else {abs(f.value) for f in told.figures if f.value is not None}
    added = bool(_ADDS.search(query.text))
    rows = _siblings(told) | (_parts(told) if re.search("总共|一共|合计|加", query.asked) else set())
    apiece = [stated_number(m[1]) or 0 for m in _BODIES.finditer(case.request.question)]
    apiece = apiece if sum(apiece) == len(told.bodies) else []  # 三个街道以及另外两个街道: five in all
    asked = without_wholes(query.asked)
    for match in _NUMERAL.finditer(asked):
        if any(h.start <= match.start() < h.end for h in hits):
            continue  # 三类内部事务信息
        spelt, after = match[1].replace(",", ""), match[2]
        value = stated_number(spelt)
        before = asked[: match.start()]
        if value is None or value < (1 if told.many and spelt[0].isdigit() else 2):
            continue
        if before.endswith(("第", "近", "前", "好", "十", "几", "一厅", "一省", "一市")) or value in values or re.match(_NO_COUNT, after):
            continue
        if _is_bound(query, value) or query.top == value or match[1] in told.quoted:
            continue
        if _OF_A_WHOLE.match(query.asked[match.end(1) :]):
            continue  # 46件申请中，自然人几件: the whole that a part is asked of
        further = re.match(r"[个家]?[\u4e00-\u9fff]{0,6}?(?:再加|加上|外加|连同|还有)", query.asked[match.end(1) :])
        if further and int(value) + 1 in (len(told.bodies), *told.counts(added=True)):
            continue  # 两个县局再加云溪市教育局
        if re.match("[个家](?:里|[当之其]?中)", after) and value in told.spoken_of:
            continue  # 三家里最多的那家是几起
        if _TAKEN_OFF.match(query.asked[match.end(1) :]):
            continue  # 两个市教育局剔掉: who is left out
        if AHEAD.match(query.asked[match.start() :]) and _printed(case, value):
            continue  # 行政诉讼84起，赢了多少起: what the report itself says, before what is asked of it
        before_it = case.request.context
        tied = before_it is not None and value < sum(rank <= value for rank in before_it.ranks) == len(told.bodies)
        if after[:1] in ("个", "家") and (value in apiece or (tied and told.many)):
            continue  # 前三家, where two share the third place
        if re.match(r"[个项样条]", after) and len(set(told.picked_by)) == value:
            continue  # 三样都占的: as many conditions
        pointed = before.endswith(("这", "那"))
        if pointed and re.match("[件份宗起]|小?[类种项行条格列](?:里|中|当中|之中)", after):
            continue  # 那四件申请里, 那三行里最末一行: what is spoken of, and no claim
        fits = told.counts(added=added) if pointed else rows  # 这两条: those told, and not what the form has
        if re.match(r"小?[类种项样行列格条]", after) and int(value) in fits:
            continue  # 三小类里不掌握的几件, 八条总共几件: how the form is made, not how many are asked for
        misfit = after.startswith("家") and told.many and not _bodies_fit(query, told, int(value))
        if misfit or (_OF_THINGS.match(after) and int(value) not in told.counts(added=added) | _listed(query)):
            yield Doubt("count", match[0].strip())
        elif re.match("[余多来]", after) and any(value <= v < value * 1.5 for v in values):
            continue  # 那两千来件: the number told, in round
        elif value == 12345 and after.startswith(("热", "政", "平", "便")):
            continue  # the hotline's number
        elif _MEASURES.match(after) and (told.many or query.operation != "exists"):  # a claim is answered by the figure
            yield Doubt("number", match[0].strip())
    shares = sum(f.unit in ("%", "％") for f in told.figures)
    if (both := re.search("[这那]两个(?:比例|占比|率|百分比)", query.text)) and shares < 2:
        yield Doubt("count", both.group())
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


def _bodies_fit(query: Query, told: Told, stated: int) -> bool:
    """Whether as many bodies as a question counts (六家) are told of, named, picked or left."""
    sizes = {len(told.bodies), len(told.agencies), len(query.mention.named), query.top}
    sizes |= {int(f.value) for f in told.figures if f.metric == "count" and f.value is not None}
    if re.search("加[入上进]|连同|还有|外加|再加|另外|一[厅省市]", query.text):
        sizes |= {size - 1 for size in sizes}
    return stated in sizes


_OF_A_WHOLE = re.compile(
    r"[件条份宗起个][^,，。?？\d]{0,8}?(?:里面?|里头|当中|之中|中(?!心)|内)(?=[,，的\u4e00-\u9fff])[^?？]*(?:多少|几|占)"
)
_TAKEN_OFF = re.compile("[个家][^,，。里]{0,8}(?:[剔去刨扣拿除]掉|剔除|除外|不算)")
_ADDS = re.compile(r"加|合|总|共|和|计|算|占|率|最|比例|百分|平均|多|少")
_NO_COUNT = re.compile(r"类(?:内部|过程)|个?字|件[里中当]|[年月日版号点楼届]|几|成|分之|倍|多年|五年规划|条(?:例|规定)")
# How many bodies are meant: 四个县级教育局, 三家公安. What stands behind 第, 前, 近 counts nothing.
_BODIES = re.compile(
    r"(?<![第前近十最多少哪和])([两二三四五六七八九十]|\d{1,2})(?:个|家|大)(?=(?:[省市区县](?:级|直|属)的?)?(?:部门|单位|机关)|区|县|市|街道|乡|镇|局|厅|单位|部门|机关|政府|园区|开发区|[\u4e00-\u9fff]{2}(?:局|厅|镇|乡|街道))"
)


def _siblings(told: Told) -> set[int]:
    """How many rows the form prints beside those told, and how many columns of applicants, with and without their total."""
    parents = {m.rpartition(".")[0] for m in told.metrics if m.count(".") > 1}
    rows = {sum(m.rpartition(".")[0] == parent for m in metrics()) for parent in parents}
    return rows | ({len(LEGAL_PERSONS), len(LEGAL_PERSONS) + 1, len(LEGAL_PERSONS) + 2} if told.applicants else set())


def _parts(told: Told) -> set[int]:
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


def paired(case: Case, told: Told) -> Iterator[Doubt]:
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
