"""Bodies picked by more than one number: a share, two rows against each other, several bounds at once, growth that goes on.

What a question demands is read clause by clause into tests. Each body, or each year of one, is held against all of them; one that
lacks a number for any is named as not counted, never taken to fail.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.forms import metrics
from index.store import StoredReport
from service.case import Case
from service.check import body_count
from service.conditions import Condition, condition_in
from service.contract import Answer, FigureOut
from service.directory import directory
from service.group import Group, members
from service.lexicon import find_terms, mask
from service.question import Query, things_in
from service.rows import Row, change, rows
from service.years import years_in

_LISTED = 20
_GIVEN = 60


@dataclass(frozen=True, slots=True)
class Test:
    """What a body must fulfil.

    thing      what is looked at, a question of its own
    condition  a bound on it; None where ``other`` or ``rising`` says what it must be
    other      what it is held against, with ``sign`` > or <
    years      of which years; () for those asked about
    every      whether it must hold in each of the years
    plainly    whether no more than that there is some, or none, is said
    rising     1 where each year must have more than the one before, -1 where less
    """

    words: str
    thing: Query
    condition: Condition | None = None
    other: Query | None = None
    sign: str = ""
    years: tuple[int, ...] = ()
    every: bool = False
    rising: int = 0
    plainly: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one body: ``fits`` is None where a number is missing."""

    reports: tuple[StoredReport, ...]
    fits: bool | None
    shown: str
    told: tuple[Row, ...]

    @property
    def name(self) -> str:
        return self.reports[-1].agency


def picking_step(case: Case) -> Answer | None:
    """Which bodies, or which years of one, fulfil what a single bound does not say; None for any other question."""
    query = case.query
    bodies = {r.lineage or r.agency for r in case.reports}
    if len(case.reports) < 2 or query.operation in ("define", "coverage", "rank", "where") or query.section:
        return None
    if not _PICKS.search(query.text) and not query.group:
        return None
    tests = _tests(case, one=len(bodies) == 1)
    if not tests:
        return None
    found = _held_against(case, tests, case.reports, by_year=len(bodies) == 1)
    words = query.picked or _without_bodies(query)
    if not any(t.years for t in tests):
        words = years_in(words, [])[2] if not any(t.rising for t in tests) else words
    case.query = replace(query, picked=re.sub(r"\s+", " ", words).strip()[:120])
    return _told(case, tests, found, by_year=len(bodies) == 1) if found else None


_PICKS = re.compile(r"哪|几[个家]|多少[个家]|有没有|有无|谁|名单|列")


# ------------------------------------------------------------------------------------------------------------- tests

_CLAUSES = re.compile(
    r"[,，;；。?？!！]|[也又](?=有|没)|而且|并且|同时|又(?!是)|且|但是?|却|、(?=[^、]*(?:超|过|不|没|未|少|多|低|高|至少|以[上下]|是零))"
)
_RISING = re.compile(
    r"(?:连续[两二三四五六\d]+年|连年|年年|逐年|一年比一年|每年都?|[两三四五六]年(?:里|间)?(?:一直|都|持续)|一直|持续)(?:都|在|是|都在)*[^,，。]{0,8}?(?P<way>增长|增加|上升|上涨|走高|增多|变多|涨|多|升|下降|减少|走低|回落|变少|跌|降|少)"
)
_EVERY = re.compile(r"[两二三四五六]年(?:里|间)?(?:都|均)|每年(?:都|均)?|年年|各年(?:都|均)|连续[两二三四五六]年|都|均(?!为)")
_COMPARED = re.compile(
    r"(?<!不)(?<!没)(?<!相)(?<!对)(?:(?P<than>比|较)|(?P<more>多于|大于|高于|超过了?|超出|多过|大过|高过|盖过)|(?P<less>少于|小于|低于|不及|不如|少过))(?!例|率|重|如)"
)
_MORE = re.compile(
    r"(?:的?(?:件数|数量|数|量|那?一?[栏项列])|申请)?(?:[提收办报交递来]得|还要|还|都|要|更|的)*(?P<way>[多少高低大小])(?!多少|几|了?几|出?\d|年)"
)
# 有复议也有诉讼: by itself a question of its own, beside another a test.
_PLAINLY = re.compile(r"(?P<way>没有|没|无|未|有)(?:发生|产生|出现|被|提起|作出|做出|过)*[^\s几哪多]{2,8}")
_RANGE = re.compile(
    r"(?:在|介于)?(?P<low>\d+|[一二两三四五六七八九十百]+)[件条个份次场宗起]?(?:到|至|-|—|~|和)(?P<high>\d+|[一二两三四五六七八九十百]+)[件条个份次场宗起]?(?:之间|之内|的范围)"
)


def _tests(case: Case, *, one: bool) -> list[Test]:
    """The tests that a question makes; none where a single bound, or none, says it all."""
    query = case.query
    text = query.picked or _without_bodies(query)
    if re.search(r"或者?(?!其他组织|以上|更多|更少)", text):
        return []
    found: list[Test] = []
    last: Query | None = None
    clauses = [c for c in _CLAUSES.split(text) if c.strip()]
    for clause in clauses:
        if len(clauses) > 1 and re.search(r"其中|有没有|是否|有无", clause):
            if found:
                return []  # one more question about those picked
            continue
        rising = _RISING.search(clause)
        years, _, plain = years_in(clause, [])
        part = things_in(plain)
        own = part if part.has_topic or part.applicants or part.weak else None
        thing = _asked(query, own, plain) if own else last
        if rising and (thing or query.has_topic):
            way = -1 if re.search(r"降|减|少|低|落|跌", rising["way"]) else 1
            found.append(Test(rising.group().strip(), thing or _whole(query), rising=way))
        else:
            found += _of_clause(query, plain, thing, years)
        last = thing or last
    if len({t.years for t in found}) == 1 and set(found[0].years) <= set(query.years):
        found = [replace(t, years=()) for t in found]  # the year of the whole question
    if sum(t.plainly for t in found) == len(found) < 2:
        return []  # 有复议的
    many = len({r.year for r in case.reports}) > 1 and not one
    every = many and bool(_EVERY.search(text))
    if many and not every and not all(t.years or t.rising for t in found):
        return []  # of which of the years is not said
    simple = len(found) == 1 and found[0].condition is not None and not found[0].condition.percent and not every
    ranged = len(found) == 2 and found[0].words == found[1].words
    if not found or (simple and not ranged) or (one and simple):
        return []
    if query.growth and not any(t.other or t.rising for t in found):
        return []  # a bound on how much a figure grew
    return [replace(t, every=every and not t.years and not t.rising) for t in found]


def _without_bodies(query: Query) -> str:
    return mask(query.text, [*query.mention.spans, *(query.group.spans if query.group else ())])


def _asked(query: Query, part: Query, clause: str) -> Query:
    """What a clause names, asked about the bodies and years of the whole question."""
    return replace(
        query, text=clause, asked=clause, matter=clause, metrics=part.metrics, rows=part.rows, columns=part.columns, blocks=part.blocks,
        results=part.results, applicants=part.applicants, weak=part.weak, subject=part.subject, channels=part.channels, unit=None,
        base=part.base, shares=part.shares, bare_other=part.bare_other, condition=None, operation="value", growth="", joined=False,
        premise=None, premise_top=None, singled=(), mean=False, residue=(), qualifier=None, attributive=None, follows=False,
    )  # fmt: skip


def _of_clause(query: Query, clause: str, thing: Query | None, years: tuple[int, ...]) -> Iterator[Test]:
    if (against := _against(query, clause, thing)) is not None:
        yield replace(against, years=years)
        return
    if bounds := _RANGE.search(clause):
        low, high = (condition_in(f"不少于{bounds['low']}件"), condition_in(f"不超过{bounds['high']}件"))
        for bound in (low, high):
            if bound and (thing or query.has_topic):
                yield Test(bounds.group(), thing or _whole(query), replace(bound, words=bounds.group()), years=years)
        return
    rest, first = clause, True
    while (condition := condition_in(rest)) is not None:
        at = rest.find(condition.words)
        if at < 0 or not (first or re.search(r"[\d一二两三四五六七八九十百半]", condition.words)):
            return
        asked = thing or (_whole(query) if query.has_topic else None)
        if asked is not None:
            if condition.percent and not any(m.startswith("rate.") for m in asked.metrics):
                asked = replace(asked, operation="share", follows=True)
            yield Test(condition.words, asked, condition, years=years)
        rest, first = rest[at + len(condition.words) :], False
    plainly = _PLAINLY.search(clause)
    if first and plainly and thing and thing.has_cells:
        none = plainly["way"] != "有"
        bound = Condition("=", 0, plainly.group()) if none else Condition(">", 0, plainly.group())
        yield Test(plainly.group(), thing, bound, years=years, plainly=True)


def _whole(query: Query) -> Query:
    return replace(query, condition=None, operation="value", growth="", joined=False, premise=None, premise_top=None, residue=())


def _against(query: Query, clause: str, thing: Query | None) -> Test | None:
    """复议维持多于纠正, 企业申请比自然人的还多: one thing against another of the same report."""
    for match in _COMPARED.finditer(clause):
        left, right = clause[: match.start()], clause[match.end() :]
        hits = [h for h in find_terms(right) if not h.weak]
        if re.match(r"\s*[\d一二两三四五六七八九十百]+\s*[件条个份次场宗起%成万]|百分|一半", right) or not hits:
            continue
        end = max(h.end for h in hits)
        way = _MORE.match(right, end) or _MORE.match(right, hits[0].end)
        if match["than"] and way is None:
            continue
        if way is not None:
            end = way.start()
        more = bool(match["more"]) if way is None or not match["than"] else way["way"] in "多高大"
        one, two = _completed(things_in(left), things_in(right[:end]))
        if thing is not None and not (one.has_topic or one.applicants):
            one, two = _completed(thing, two)
        if not (one.has_topic or one.applicants) or not (two.has_topic or two.applicants):
            continue
        words = re.sub(r"\s+|^.*哪一?[几些]?个?年(?:份|度)?(?:里|的)?", "", clause[: match.end() + (way.end() if way else end)])
        return Test(words, _asked(query, one, clause), other=_asked(query, two, clause), sign=">" if more else "<")
    return None


def _completed(one: Query, two: Query) -> tuple[Query, Query]:
    """Two things, each with what only the other says: 复议维持、纠正; 企业、自然人的申请."""

    def filled(own: Query, other: Query) -> Query:
        if own.results and not own.blocks and not own.metrics and other.blocks:
            own = replace(own, blocks=other.blocks)
        if own.columns and not own.rows and not own.metrics and other.rows:
            own = replace(own, rows=other.rows)
        if own.rows and not own.columns and other.columns:
            own = replace(own, columns=other.columns)
        if own.applicants and not own.has_cells:
            own = replace(own, metrics=other.metrics or ("requests.received",), subject=None)
        if not own.applicants and other.applicants and own.metrics and not other.metrics:
            return own
        if not own.applicants and other.applicants and all(m in metrics() and metrics()[m].by_applicant for m in own.metrics):
            own = replace(own, applicants=other.applicants)
        return own

    if one.results and not one.blocks and two.metrics and not one.metrics:
        block = two.metrics[0].rpartition(".")[0]
        one = replace(one, blocks=(block,)) if block in ("review", "litigation") else one
    if two.results and not two.blocks and one.metrics and not two.metrics:
        block = one.metrics[0].rpartition(".")[0]
        two = replace(two, blocks=(block,)) if block in ("review", "litigation") else two
    return filled(one, two), filled(two, one)


# ------------------------------------------------------------------------------------------------------------ holding


def _held_against(case: Case, tests: Sequence[Test], reports: Sequence[StoredReport], *, by_year: bool) -> list[Finding]:
    """What became of each body, or of each year of one; [] where one of the things is counted in no report."""
    units: dict[object, list[StoredReport]] = {}
    for report in reports:
        units.setdefault(report.year if by_year else report.lineage or report.agency, []).append(report)
    given: list[tuple[dict[int, Row], dict[int, Row]]] = []
    for test in tests:
        one = _by_report(case, test.thing, reports)
        two = _by_report(case, test.other, reports) if test.other else {}
        if not one or (test.other and not two):
            return []
        given.append((one, two))
    years = 1 if by_year else len({r.year for r in reports})
    return [_finding(tests, given, tuple(sorted(own, key=lambda r: r.year)), years) for own in units.values()]


def _by_report(case: Case, thing: Query, reports: Sequence[StoredReport]) -> dict[int, Row]:
    table = rows(replace(case, query=thing), reports)
    return {row.report.row: row for row in table[0]} if len(table) == 1 else {}


def _finding(
    tests: Sequence[Test], given: Sequence[tuple[dict[int, Row], dict[int, Row]]], own: tuple[StoredReport, ...], years: int
) -> Finding:
    fits: list[bool | None] = []
    told: list[Row] = []
    shown: list[str] = []
    labelled = len({t.thing.metrics + t.thing.applicants + t.thing.rows + t.thing.blocks + t.thing.results for t in tests}) > 1
    for test, (one, two) in zip(tests, given, strict=True):
        of_years = [r for r in own if not test.years or r.year in test.years]
        dated = len(own) > 1 and len({r.year for r in own}) > 1
        values = [one[r.row] for r in of_years]
        if (test.every or test.rising) and len(own) < years:
            fits.append(None)  # a year that no report is held of
        against = [two[r.row] for r in of_years] if test.other else []
        if not of_years:
            fits.append(None)
            continue
        told += [row for row in (*values, *against) if row not in told]
        when = [f"{r.year}年" if dated else "" for r in of_years]
        if test.other:
            fits += [_compared(a, b, test.sign) for a, b in zip(values, against, strict=True)]
            pairs = zip(when, values, against, strict=True)
            shown += [f"{w}{a.label} {a.shown}，{b.label} {b.shown}" for w, a, b in pairs]
            continue
        shown += [f"{w}{v.label + ' ' if labelled else ''}{v.shown}" for w, v in zip(when, values, strict=True)]
        if test.rising:
            fits.append(_moves(values, test.rising))
            continue
        fits += [None if v.value is None or test.condition is None else test.condition.holds(v.value, v.unit) for v in values]
    fit = False if False in fits else None if None in fits or not fits else True
    return Finding(own, fit, "，".join(dict.fromkeys(shown)), tuple(told))


def _compared(one: Row, two: Row, sign: str) -> bool | None:
    if one.value is None or two.value is None:
        return None
    return one.value > two.value if sign == ">" else one.value < two.value


def _moves(values: Sequence[Row], way: int) -> bool | None:
    """Whether each year has more (``way`` 1) or less (-1) than the one before; None where two of them cannot be compared."""
    if len(values) < 2:
        return None
    steps = [change(a, b, "amount") for a, b in itertools.pairwise(values)]
    if any(s is None or s.value is None for s in steps):
        return None
    return all((s.value or 0) * way > 0 for s in steps if s is not None)


# ------------------------------------------------------------------------------------------------------------ telling


def _told(case: Case, tests: Sequence[Test], found: Sequence[Finding], *, by_year: bool) -> Answer:
    years = sorted({r.year for r in case.reports})
    span = f"{years[0]}年" if len(years) == 1 else f"{years[0]}—{years[-1]}年"
    words = "、".join(f"“{w}”" for w in dict.fromkeys(t.words for t in tests))
    held = [f for f in found if f.fits]
    unsure = [f for f in found if f.fits is None]

    def name(finding: Finding) -> str:
        return f"{finding.reports[-1].year}年" if by_year else finding.name

    if by_year:
        who = case.reports[-1].agency
        case.among = case.among or f"{who}的报告"
        lead = f"{who}收录的 {len(found)} 个年度里，"
    else:
        lead = f"收录了{span}报告的{case.among or '机关'}共 {len(found)} 个，其中"
    if held:
        listed = "；".join(f"{name(f)}（{f.shown}）" for f in held[:_LISTED])
        text = f"{lead}{words}的有 {len(held)} 个：{listed}{'等' if len(held) > _LISTED else ''}。"
    else:
        text = f"{lead}没有{words}的。"
    counted = body_count(len(held), case.reports[-1], len(found))
    others: tuple[FigureOut, ...] = ()
    if not by_year:
        aside, others = _governments(case, tests, len(held), len(found))
        text += aside
    if unsure:
        told = "、".join(name(f) + f"（{f.shown}）" for f in unsure[:6])
        text += f"没有计入的：{told}{f'等 {len(unsure)} 个' if len(unsure) > 6 else ''}。"
    shown = [*held, *unsure[:6], *(f for f in found if f.fits is False)]
    figures = [row.figure() for f in shown[: _GIVEN // max(1, len(tests))] for row in f.told]
    return Answer("answered", text, (counted, *others, *figures))


def _governments(case: Case, tests: Sequence[Test], held: int, among: int) -> tuple[str, tuple[FigureOut, ...]]:
    """What fits among the reports of whole governments, which 单位 leaves out: whoever counts them among the bodies is told."""
    group = case.query.group
    if group is None or group.kind != "any":
        return "", ()
    listed = directory(case.snapshot.reports)
    bodies = [b.agency for b in members(Group("government", "政府"), listed, case.query.mention.place)]
    reports = listed.reports_of_years(bodies, {r.year for r in case.reports})
    also = [f for f in (_held_against(case, tests, reports, by_year=False) if reports else []) if f.fits]
    if not also:
        return "", ()
    named = "；".join(f"{f.name}（{f.shown}）" for f in also[:_LISTED])
    text = f"以上没有计入各级政府的总报告；总报告里符合的有 {len(also)} 个：{named}，连同它们共 {held + len(also)} 个。"
    whole = body_count(held + len(also), reports[0], among + len(bodies))
    return text, (whole, *(row.figure() for f in also[:_LISTED] for row in f.told))
