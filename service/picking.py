"""Bodies picked by more than one number: a share, two rows against each other, several bounds at once, what moved since the year before.

What a question demands is read clause by clause into tests. Each body, or each year of one, is held against all of them; one that
lacks a number for any is named as not counted, never taken to fail. A ranking, a sum or a mean of bodies that are picked so is that of
those that pass.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from corpus.textual import number, show_number, stated_number
from index.store import StoredReport
from service.case import Case
from service.check import body_count
from service.concepts import things_in
from service.conditions import Condition, condition_in, growth_bound_in
from service.contract import Answer, FigureOut
from service.directory import Directory, directory
from service.group import Group, members
from service.lexicon import find_terms, mask
from service.many import many_step
from service.many.ranking import ranking
from service.movement import FALLS, RISES, WAYS, is_fall
from service.query import Query
from service.replacing import replace
from service.rows import Row, change, combined, rows
from service.years import years_in

_LISTED = 20
_GIVEN = 60

Side = tuple[Query, ...]
"""What is looked at: one thing, or several that are added up."""


@dataclass(frozen=True, slots=True)
class Test:
    """What a body must fulfil.

    side       what is looked at
    condition  the bound on it, or on how it stands to what it is held against
    against    "" for a bound on the figure itself; "other" another side of the same report, "before" the figure of an earlier year,
               "mean" the mean of all that are asked about
    kind       how it stands to that: "amount" the difference, "rate" its percentage, "times" the quotient
    other      the other side
    base       the earlier year, None for the one before
    years      of which years; () for those asked about
    every      whether it must hold in each of the years
    rising     1 where each year must have more than the one before among those asked about, -1 where less
    either     whether it is enough beside another
    plainly    whether no more than that there is some, or none, is said
    """

    words: str
    side: Side
    condition: Condition
    against: str = ""
    kind: str = "amount"
    other: Side = ()
    base: int | None = None
    years: tuple[int, ...] = ()
    every: bool = False
    rising: int = 0
    plainly: bool = False
    either: bool = False


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
    if len(case.reports) < 2 or query.operation in ("define", "coverage", "where") or query.section or query.singled:
        return None
    if not _PICKS.search(query.text) and not query.group:
        return None
    by_year = not case.several
    if by_year and not _WHICH_YEAR.search(query.text):
        return None
    over = query.operation in ("rank", "sum") or query.mean or re.search(r"(?:合计|总共|一共)(?!有?(?:几|多少)[个家])", query.text)
    if not by_year and over:
        given = _of_those_that_pass(case) or (_added_rank(case) if query.operation == "rank" else None)
        if given is not None or query.operation == "rank" or not re.search(r"哪|几[个家]|多少[个家]", query.text):
            return given
    if query.operation == "rank":
        return None
    words = query.picked or _without_bodies(query)
    tests = _tests(case, words, by_year=by_year)
    if not tests or (query.growth and _only_moved(tests) and not by_year):
        return None  # by how much one figure grew is told with its formula (many.py)
    reports = _asked_about(case, tests, by_year=by_year)
    found = _held_against(case, tests, reports, by_year=by_year)
    if not found:
        return None
    if not any(t.years or t.base or t.every or t.rising for t in tests):
        words = re.sub(r"(?<!\d)(?:20)?\d\d年度?", "", words)  # 2023年呢: the same of another year
    case.query = replace(query, picked=re.sub(r"\s+", " ", words).strip()[:120])
    case.reports = reports
    return _told(case, tests, found, by_year=by_year)


_WHICH_YEAR = re.compile(r"哪一?[几些]?个?年|几几年|年份")


def _added_rank(case: Case) -> Answer | None:
    """行政许可与不予处理之和最多的: a ranking by what several things add up to."""
    text = re.sub(r"[(（][^()（）]*[)）]", "", _without_bodies(case.query))
    if not _ADDED.search(text) or len(case.years) > 1:
        return None
    sides = [s for s in _sides(case.query, text, ()) if len(s) > 1]
    told = _by_report(case, sides[0], case.reports) if sides else {}
    found = [told[r.row] for r in case.reports if r.row in told]
    sure = [row for row in found if row.value is not None]
    return ranking(case, found, sure) if sure else None


def _only_moved(tests: Sequence[Test]) -> bool:
    plain = (
        len(tests) == 1
        and tests[0].against == "before"
        and tests[0].kind != "times"
        and not tests[0].every
        and tests[0].condition.sign != "="
    )
    return plain and len(tests[0].side) == 1 and not any(m.startswith("rate.") for m in tests[0].side[0].metrics)


_PICKS = re.compile(r"哪|几[个家]|多少[个家]|有没有|有无|谁|名单|列")


def _of_those_that_pass(case: Case) -> Answer | None:
    """申请超过35件的街道里哪个公开率最高, 不到20件的局平均多少: the operation over the bodies that pass the tests said before them."""
    query = case.query
    if query.group is None or not query.group.spans:
        return None
    start, end = query.group.spans[0]
    left, right = query.text[:start], query.text[end:]
    left = mask(left, [s for s in query.mention.spans if s[1] <= start])
    left = left[left.rfind(":") + 1 :]  # 我退休了没事研究年报：六个街道办: what stands before the mark picks none of them
    own = things_in(right)
    if not (own.has_topic or own.weak):
        return None
    tests = _tests(case, left, by_year=False, alone=True)
    if not tests:
        return None
    reports = _asked_about(case, tests, by_year=False)
    passing = [r for f in _held_against(case, tests, reports, by_year=False) if f.fits for r in f.reports]
    words = re.sub(r"\s+|(?:20)?\d\d年度?", "", left).strip("，,、").removesuffix("的")
    among = f"“{words}”的{case.among or query.group.noun}"
    if not passing:
        return Answer(
            "answered", f"收录的{case.among or query.group.noun}里没有“{words}”的。", (body_count(0, case.reports[-1], len(reports)),)
        )
    asked = replace(
        _asked(query, own, right),
        operation=query.operation,
        mean=query.mean,
        top=query.top,
        least=query.least,
        group=None,
        condition=condition_in(right),
    )
    inner = replace(case, query=asked, reports=passing, among=among)
    given = many_step(inner)
    # 第二是谁, asked next, is of those that pass, and no more of the whole group
    case.query = replace(query, condition=Condition("=", 0, words), picked="", group=None)
    case.reports, case.among = passing, among
    return given


# ------------------------------------------------------------------------------------------------------------- tests

_CLAUSES = re.compile(
    r"[,，;；。?？!！]|[也又](?=有|没)|而且|并且|同时|又(?!是|超|不[到足超多少满低高]|少于|多于|达|低于|高于|至少|有?\d)|且|但是?|却|而(?!非)"
)
_BOUND = re.compile(r"\d+到\d+|超|过|达到|满\d|不到|不足|没有|未|少于|多于|低于|高于|大于|小于|至少|以[上下]|是零|比")
_RISING = re.compile(rf"(?:连年|年年|逐年|一年比一年|每年都?|一直|持续)(?:都|在|是)*[^,，。]{{0,8}}?(?P<way>{WAYS})(?!于|过|少|不)")
_RUN = re.compile(
    rf"连续([两二三四五六\d]+)年[^,，。]{{0,12}}?(?P<way>{WAYS})(?!于|过|少|不)|[两三四五六]年(?:里|间)?(?:一直|都|持续)(?:在)?(?P<way2>{WAYS})(?!于|过|少|不)"
)
# 哪些局的公开率下降了: since the year before, where no other is named
_MOVED = re.compile(rf"(?P<way>{RISES}|{FALLS})了?(?=的|[\s,，。?？]*$)")
_EVERY = re.compile(r"[两二三四五六]年(?:里|间)?(?:都|均)|每年|年年|各年(?:都|均)|连续[两二三四五六]年|连着[两二三四五六]年|都|均(?!为)")
_BEFORE = re.compile(
    r"(?:(?:(?:比|较)起?|(?:跟|和|与|同)(?=[^,，]{2,10}(?:持平|一样|相同|相比|比|差不多)))(?P<when>上年度?|上一年度?|去年|前一年|前年|上年同期|20\d\d年?|(?<!\d)\d\d年)(?:的|度|相比|比)*|同比|是(?P<times>上年|上一年|去年|前一年)的?|达到(?:了)?(?P<times2>上年|上一年|去年)的?)"
)
_OR = r"或者?(?!其他组织|以上|更多|更少)"
_FLAT = re.compile(r"持平|一样|相同|没变|没有变化|不变")
_COMPARED = re.compile(
    r"(?P<denied>不|没有?)?(?:(?P<than>比|较)|(?P<more>多于|大于|高于|超过了?|超出|多过|大过|高过|盖过)|(?P<less>少于|小于|低于|不及|不如|少过)|(?P<same>(?:跟|和|与)(?=[^,，]{2,12}(?:一样|相同|相等|持平))))(?!例|率|重(?!复)|如)"
)
_MORE = re.compile(
    r"(?:的?(?:件数|数量|数|量|那?一?[栏项列])|申请)?(?:[提收办报交递来]得|还要|还|都|要|更|的)*(?P<way>[多少高低大小])(?!多少|几|了?几|年)(?:了|出)?(?P<by>(?:至少)?(?:\d+|[一二两三四五六七八九十百]+)[件个条次份场人]?(?:以上|多|或更多)?)?"
)
_TIMES = re.compile(r"的?(?P<n>\d+(?:\.\d+)?|[一两二三四五六七八九十]+)倍(?P<up>以上|还多|多)?|翻(?:了)?(?P<d>一)?番|翻倍")
# 有复议也有诉讼: by itself a question of its own, beside another a test.
_PLAINLY = re.compile(
    r"(?P<way>没有|没|无|未|有|(?:办|作|做|开|收|发|批)(?:理|出|收|到)?[了过](?!多少|几|\d))(?:发生|产生|出现|被|提起|作出|做出|过)*(?:[^\s几哪多]{2,8}|了?(?=的?\s*$))"
)
_RANGE = re.compile(
    r"(?:在|介于)?(?P<low>\d+|[一二两三四五六七八九十百]+)(?:[件条个份次场宗起%成])?(?:到|至|-|—|~|和)(?P<high>\d+|[一二两三四五六七八九十百]+)(?:(?P<unit>[件条个份次场宗起%成]?)(?:之间|之内|的范围)|(?P<unit2>[件条份次场宗起%])(?!之间))"
)
_MEAN = re.compile(r"(?P<way>超过|高于|多于|大于|低于|少于|不到|达不到)[^,，]{0,6}(?:平均(?:数|值|水平|线)?|均值|均数)")
_ADDED = re.compile(r"(?<![参增添附施])加上?|之和|总和|合计|合起来|加起来")


def _tests(case: Case, text: str, *, by_year: bool, alone: bool = False) -> list[Test]:
    """The tests that a question makes; none where a single bound, or none, says it all (``alone``: also then)."""
    query = case.query
    if re.search(_OR, text):  # each of two bounds is enough
        parts = [_tests(case, part, by_year=by_year, alone=True) for part in re.split(_OR, text)]
        single = len(parts) == 2 and all(len(part) == 1 for part in parts)
        return [replace(part[0], either=True) for part in parts] if single else []
    found: list[Test] = []
    last: Side = ()
    since = ""
    clauses = _clauses(text)
    for clause in clauses:
        if re.search("[两三四五][样个项条]都(?:占|符合|满足|有)", clause):
            continue  # 三样都占的: all of them
        if len(clauses) > 1 and re.search(r"其中|有没有|是否|(?<!没)有无(?!法)", clause):
            if found:
                return []  # one more question about those picked
            continue
        if since and re.match(rf"(?:反而|也|都)?(?:{WAYS})", clause.strip()):
            clause = since + clause  # 甲比上年增加、乙却减少
        before = _BEFORE.search(clause)
        since = before.group() if before else since
        named = [(h.start, h.end) for h in find_terms(clause) if h.kind == "metric" and not h.weak]  # 上年结转 is no year
        years, _, plain = years_in(mask(clause, [before.span()]) if before else clause, named)
        if not years and before and found and found[-1].years:
            years = found[-1].years  # 2024年甲比2023年多、乙却比2023年少
        sides = _sides(query, plain, last)
        found += _of_clause(query, clause, plain, before, sides, years)
        last = sides[0] if sides else last
    if len({t.years for t in found}) == 1 and set(found[0].years) <= set(query.years):
        found = [replace(t, years=()) for t in found]  # the year of the whole question
    every = bool(_EVERY.search(text)) and len(case.years) > 1 and not by_year
    if sum(t.plainly for t in found) == len(found) < 2 and not every and not alone:
        return []  # 有复议的
    many = len(case.years) > 1 and not by_year
    if many and len(query.years) == 1 and any(t.against == "before" for t in found):  # 达到2件而且比上年减少: of the year asked about
        found = [t if t.years or t.rising or t.against == "before" else replace(t, years=query.years) for t in found]
    if many and not every and not all(t.years or t.rising or t.against == "before" for t in found):
        return []  # of which of the years is not said
    plain_bound = (
        len(found) == 1 and not found[0].against and not found[0].rising and not found[0].condition.percent and len(found[0].side) == 1
    )
    if not found or (plain_bound and not every and not alone):
        return []
    return [replace(t, every=t.every or (every and not t.years and not t.rising)) for t in found]


def _clauses(text: str) -> list[str]:
    """What is demanded one by one; a list is one demand unless each of its items has a bound of its own."""
    found: list[str] = []
    for clause in _CLAUSES.split(re.sub(r"、(?=[^、,，]{2,12}却)", "，", text)):
        items = clause.split("、")
        found += items if len(items) > 1 and all(_BOUND.search(i) for i in items) else [clause]
    return [c for c in found if c.strip()]


def _sides(query: Query, text: str, last: Side) -> list[Side]:
    """What a clause looks at: several sides where each of several things must fulfil it (甲和乙都超过), one of several that are added up."""
    head = _COMPARED.split(text, maxsplit=1)[0] if _COMPARED.search(text) else text
    pieces = [p for p in re.split(r"、|和|与|跟|及|加上?", head) if p.strip()]
    things = [(p, things_in(p)) for p in pieces]
    cells = {(t.metrics, t.rows, t.columns, t.blocks, t.results, t.applicants): (p, t) for p, t in things if t.has_topic or t.applicants}
    named = [_asked(query, t, p) for p, t in cells.values()]  # 两种诉讼加在一起，哪家官司多: one thing said twice
    if len(named) > 1 and _ADDED.search(text):
        return [tuple(named)]
    if len(named) > 1 and re.search("都|均|全", text):
        return [(thing,) for thing in named]
    part = things_in(text)
    if part.results and not part.blocks and len(last) == 1 and last[0].blocks:
        part = replace(part, blocks=last[0].blocks)  # 复议上了10件、而且至少有1件被纠正的
    own = part.has_topic or part.applicants or part.weak
    if own:
        return [(_asked(query, part, text),)]
    return [last] if last else []


def _without_bodies(query: Query) -> str:
    return mask(query.text, [*query.mention.spans, *(query.group.spans if query.group else ())])


def _asked(query: Query, part: Query, clause: str) -> Query:
    """What a clause names, asked about the bodies and years of the whole question."""
    return replace(
        query, text=_said(clause), asked=_said(clause), matter=_said(clause), metrics=part.metrics, rows=part.rows, columns=part.columns,
        blocks=part.blocks, results=part.results, applicants=part.applicants, weak=part.weak, subject=part.subject, channels=part.channels, unit=None,
        base=part.base, shares=part.shares, bare_other=part.bare_other, condition=None, operation="value", growth="", joined=False,
        premise=None, premise_top=None, singled=(), mean=False, residue=(), qualifier=None, attributive=None, follows=False, shared=False,
    )  # fmt: skip


def _whole(query: Query) -> Query:
    return replace(query, condition=None, operation="value", growth="", joined=False, premise=None, premise_top=None, residue=())


def _of_clause(
    query: Query, clause: str, plain: str, before: re.Match[str] | None, sides: Sequence[Side], years: tuple[int, ...]
) -> Iterator[Test]:
    own = sides or ([(_whole(query),)] if query.has_topic else [])
    if re.search(WAYS, clause):  # 行政处罚减少了: how many there were, not the form's column of changes
        own = [tuple(replace(t, columns=tuple(c for c in t.columns if not c.startswith("items_"))) for t in side) for side in own]
    if (run := _RUN.search(clause)) and own:
        falls = is_fall(run["way"] or run["way2"])
        yield Test(run.group().strip(), own[0], _moved(falls=falls), "before", every=True)
        return
    if (rising := _RISING.search(clause)) and own:
        yield Test(rising.group().strip(), own[0], Condition(">", 0, ""), rising=-1 if is_fall(rising["way"]) else 1)
        return
    if before and own:
        if (test := _since(clause, before, own[0])) is not None:
            yield replace(test, years=years)
        return
    moved = _MOVED.search(plain) if not re.search(r"最|多少|(?<!哪)几(?![个家])|\d", plain) else None
    if moved and own and (len(query.years) < 2 or _WHICH_YEAR.search(query.text)):
        yield Test(f"比上一年{moved['way']}", own[0], _moved(falls=is_fall(moved["way"])), "before", years=years)
        return
    if (mean := _MEAN.search(clause)) and own:
        sign = "<" if re.search("低|少|不到", mean["way"]) else ">"
        yield Test(mean.group(), own[0], Condition(sign, 0, mean.group()), "mean", years=years)
        return
    if (against := _against(query, plain, own)) is not None:
        yield replace(against, years=years)
        return
    if bounds := _RANGE.search(plain):
        unit = bounds["unit"] or bounds["unit2"] or "件"
        low, high = (condition_in(f"不少于{bounds['low']}{unit}"), condition_in(f"不超过{bounds['high']}{unit}"))
        for bound in (low, high):
            if bound and own:
                yield Test(bounds.group(), _shared(own[0], bound), replace(bound, words=bounds.group()), years=years)
        return
    yield from _bounds(plain, own, years)


def _bounds(clause: str, own: Sequence[Side], years: tuple[int, ...]) -> Iterator[Test]:
    rest, first = clause, True
    while (condition := condition_in(rest)) is not None:
        at = rest.find(condition.words)
        if at < 0 or not (first or re.search(r"[\d一二两三四五六七八九十百半]", condition.words)):
            return
        for side in own:
            yield Test(condition.words, _shared(side, condition), condition, years=years)
        rest, first = rest[at + len(condition.words) :], False
    some = re.search(r"(?:收到|接到|收|发生|出现|办理?|公开)过", clause)
    if first and some and own and not re.search(r"没|未", clause[: some.start()]):
        yield from (
            Test(_said(some.group()), side, Condition(">", 0, some.group()), years=years, plainly=True) for side in own
        )  # 每年都收到过
        return
    plainly = _PLAINLY.search(clause)
    whole = [h for h in find_terms(clause) if plainly and not h.weak and h.end > plainly.end("way")]  # 办了 alone is no name
    if plainly and any(h.start <= plainly.start() < h.end for h in whole):
        plainly = None  # 没办完的: a name, no denial
    if first and plainly and own and all(thing.has_cells for side in own for thing in side):
        words = _said(plainly.group())
        bound = Condition("=" if plainly["way"][0] in "没无未" else ">", 0, words)
        behind = things_in(clause[plainly.end("way") :])  # 没有予以公开: none that was granted
        query = own[0][0]
        sides = [(_asked(query, behind, clause),)] if behind.has_cells and len(own) == 1 and len(own[0]) == 1 else own
        yield from (Test(words, side, bound, years=years, plainly=True) for side in sides)


def _said(words: str) -> str:
    """The words of a test without those that ask who fulfils it."""
    return (
        re.sub(r"的?(?:共|总共|一共)?[有是]?(?:谁|几[个家]|哪些?|哪几[个家]|多少[个家]?)[^,，]*$|的?有?$", "", re.sub(r"\s+", "", words))
        or words.strip()
    )


def _shared(side: Side, condition: Condition) -> Side:
    """The share of a thing, where the bound on it is one of a share."""
    if not condition.percent or len(side) > 1 or any(m.startswith("rate.") for m in side[0].metrics):
        return side
    return (replace(side[0], operation="share", follows=True, asked=f"{side[0].asked}占"),)


def _moved(*, falls: bool) -> Condition:
    return Condition("<" if falls else ">", 0, "")


def _since(clause: str, before: re.Match[str], side: Side) -> Test | None:
    """公开率比上年提高, 和上年持平, 是上年的两倍以上, 比2022年还多: a figure against that of an earlier year."""
    rest = clause[before.end() :]
    year = re.fullmatch(r"(20\d\d|\d\d)年?", before["when"] or "")
    base = (int(year[1]) + (2000 if len(year[1]) == 2 else 0)) if year else None
    words = _said(clause[before.start() :])
    if times := _TIMES.search(rest):
        of = stated_number(times["n"] or "2") or 0.0
        grew = not (before["times"] or before["times2"]) and bool(times["n"])  # 比上年多两倍: three times as much
        return Test(words, side, Condition(">=", of + 1 if grew else of, words), "before", "times", base=base)
    if _FLAT.search(rest):
        return Test(words, side, Condition("=", 0, words), "before", base=base)
    way = re.search(WAYS + "|高|低|大|小", rest)
    if way is None:
        return None
    falls = is_fall(way.group())
    bound: Condition | None = growth_bound_in(f"比上年{rest}") or (
        condition_in(rest) if re.search(r"\d|[一二三四五六七八九十]", rest) else None
    )
    points = re.search(r"(?P<n>\d+(?:\.\d+)?|[一二两三四五六七八九十]+)个?(?:百分)?点", rest)
    if points:
        n = stated_number(points["n"]) or 0.0
        bound = Condition("<" if re.search("不到|不足|少于", rest) else ">" if re.search("超过|多于", rest) else ">=", n, points.group())
    if bound is None or not bound.value:
        return Test(words, side, _moved(falls=falls), "before", base=base)
    sign = {">": "<", ">=": "<=", "<": ">", "<=": ">="}[bound.sign] if falls and bound.sign != "=" else bound.sign
    value = -bound.value if falls else bound.value
    kind = "rate" if bound.percent and not points else "amount"
    return Test(words, side, Condition(sign, value, words), "before", kind, base=base)


def _against(query: Query, clause: str, own: Sequence[Side]) -> Test | None:
    """复议维持多于纠正, 企业申请比自然人的还多, 甲比乙多五件以上, 甲是乙的两倍以上: one side against another of the same report."""
    if (times := _TIMES.search(clause)) and (of := re.search(r"(?:是|达到了?|超过了?)(?P<other>[^,，]{2,14}?)$", clause[: times.start()])):
        one, two = _completed(things_in(clause[: of.start()]), things_in(of["other"]))
        if (one.has_topic or one.applicants) and (two.has_topic or two.applicants):
            n = stated_number(times["n"] or "2") or 0.0
            words = re.sub(r"\s+", "", clause[: times.end()])
            return Test(words, (_asked(query, one, clause),), Condition(">=", n, words), "other", "times", (_asked(query, two, clause),))
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
        one, two = _completed(things_in(left), things_in(right[:end]))
        sides = _sides(query, left, ())
        first: Side = sides[0] if sides and len(sides[0]) > 1 else (_asked(query, one, clause),)
        if own and not (one.has_topic or one.applicants):
            first = own[0]
            one, two = _completed(first[0], two)
        if not (one.has_topic or one.applicants) or not (two.has_topic or two.applicants):
            continue
        words = re.sub(r"\s+", "", clause[: match.end() + (way.end() if way else end)])
        words = re.sub(r"^.*哪一?[几些]?个?年(?:份|度)?(?:里|的)?", "", words).removeprefix("的")
        more = bool(match["more"]) if way is None or not match["than"] else way["way"] in "多高大"
        condition = Condition(">" if more else "<", 0, words)
        if match["same"]:
            condition = Condition("=", 0, words)
        elif match["denied"]:
            condition = Condition("<=" if more else ">=", 0, words)
        elif way is not None and way["by"] and (by := re.search(r"\d+|[一二两三四五六七八九十百]+", way["by"])):
            apart = stated_number(by.group()) or 0.0
            condition = Condition(">=" if more else "<=", apart if more else -apart, words)
        return Test(words, first, condition, "other", other=(_asked(query, two, clause),))
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
        return own

    def of_block(own: Query, other: Query) -> Query:
        block = other.metrics[0].rpartition(".")[0] if own.results and not own.blocks and not own.metrics and other.metrics else ""
        return replace(own, blocks=(block,)) if block in ("review", "litigation") else own

    one, two = of_block(one, two), of_block(two, one)
    return filled(one, two), filled(two, one)


# ------------------------------------------------------------------------------------------------------------ holding


def _asked_about(case: Case, tests: Sequence[Test], *, by_year: bool) -> list[StoredReport]:
    """The reports of the years asked about, without those that are only compared with."""
    since = [t for t in tests if t.against == "before"]
    if not since or by_year or any(t.every or t.years for t in since):
        return case.reports
    bases = {t.base for t in since if t.base}
    years = set(case.years)
    pair = len(years) == 2 and max(years) - min(years) == 1 and not re.search(r"\d年|每年|连续|[两这几]年", case.query.text)
    # 哪几家比上年增加了, after two years of each were told: in the later one
    asked = {max(years)} if pair else {y for y in case.query.years if y not in bases} or {max(years)}
    return [r for r in case.reports if r.year in asked] or case.reports


Rows = Callable[[StoredReport], Row | None]


def _held_against(case: Case, tests: Sequence[Test], reports: Sequence[StoredReport], *, by_year: bool) -> list[Finding]:
    """What became of each body, or of each year of one; [] where one of the things is counted in no report."""
    listed = directory(case.snapshot.reports)
    units: dict[object, list[StoredReport]] = {}
    for report in reports:
        units.setdefault(report.year if by_year else report.lineage or report.agency, []).append(report)
    given: list[tuple[dict[int, Row], dict[int, Row], Row | None]] = []
    for test in tests:
        one = _by_report(case, test.side, reports)
        two: dict[int, Row] = {}
        mean: Row | None = None
        if test.against == "other":
            two = _by_report(case, test.other, reports)
        elif test.against == "before":
            earlier = _earlier(reports, test.base, listed)
            told = _by_report(case, test.side, list(earlier.values()))
            two = {row: told[r.row] for row, r in earlier.items() if r.row in told}
        elif test.against == "mean":
            sure = [r for r in one.values() if r.value is not None]
            mean = _mean(sure) if sure and len({r.comparable for r in sure}) == 1 else None
        if not one or (test.against == "other" and not two):
            return []
        given.append((one, two, mean))
    years = 1 if by_year else len({r.year for r in reports})
    return [_finding(tests, given, tuple(sorted(own, key=lambda r: r.year)), years) for own in units.values()]


def _earlier(reports: Sequence[StoredReport], base: int | None, listed: Directory) -> dict[int, StoredReport]:
    """For each report that of the same body for an earlier year, by its row; those whose is not held are left out."""
    wanted = {(r.lineage or r.agency, base or r.year - 1, r.scope): r.row for r in reports}
    found: dict[int, StoredReport] = {}
    for report in listed.reports_of_kin(list(dict.fromkeys(r.agency for r in reports))):
        row = wanted.get((report.lineage or report.agency, report.year, report.scope))
        if row is not None:
            found[row] = report
    return found


def _mean(sure: Sequence[Row]) -> Row:
    whole = combined(sure, "mean", f"{sure[0].label}平均")
    shown = f"{show_number(whole.value or 0)} {whole.unit}"
    return replace(sure[0], label=whole.label, value=whole.value, told=shown, figure=lambda: whole)


def _by_report(case: Case, side: Side, reports: Sequence[StoredReport]) -> dict[int, Row]:
    """A row a report; of things that are added up their sum. {} where one of them is counted in none."""
    if not reports:
        return {}
    tables = [rows(replace(case, query=thing), reports) for thing in side]
    if any(len(table) != 1 for table in tables):
        return {}
    parts = [{row.report.row: row for row in table[0]} for table in tables]
    if len(parts) == 1:
        return parts[0]
    return {r.row: _sum([own[r.row] for own in parts]) for r in reports}


def _sum(parts: Sequence[Row]) -> Row:
    label = "＋".join(p.label for p in parts)
    if any(p.value is None for p in parts) or len({p.unit for p in parts}) > 1:
        lacking = next((p for p in parts if p.value is None), parts[0])
        return replace(parts[0], label=label, value=None, state="missing", told=f"{lacking.label}{lacking.shown}")
    total = number(sum(p.value or 0 for p in parts))
    spelt = "＋".join(show_number(p.value or 0) for p in parts)
    shown = f"{show_number(total)} {parts[0].unit}（计算所得：{spelt}＝{show_number(total)}）"
    key = "＋".join(p.comparable for p in parts)
    return replace(
        parts[0],
        label=label,
        value=total,
        state="computed",
        told=shown,
        figure=partial(combined, list(parts), "sum", label),
        comparable=key,
    )


def _finding(
    tests: Sequence[Test], given: Sequence[tuple[dict[int, Row], dict[int, Row], Row | None]], own: tuple[StoredReport, ...], years: int
) -> Finding:
    fits: list[bool | None] = []
    told: list[Row] = []
    shown: list[str] = []
    labelled = len({row.label for one, _, _ in given for row in itertools.islice(one.values(), 1)}) > 1
    for test, (one, two, mean) in zip(tests, given, strict=True):
        of_years = [r for r in own if not test.years or r.year in test.years]
        if not of_years:
            fits.append(None)
            continue
        if (test.every or test.rising) and len(own) < years:
            fits.append(None)  # a year that no report is held of
        dated = len(own) > 1 and len({r.year for r in own}) > 1
        values = [one[r.row] for r in of_years]
        told += [row for row in values if row not in told]
        if test.rising:
            fits.append(_moves(values, test.rising))
        for report, value in zip(of_years, values, strict=True):
            when = f"{report.year}年" if dated or test.against == "before" else ""
            label = f"{value.label} " if labelled or test.against == "other" else ""
            shown.append(f"{when}{label}{value.shown}")
            if test.rising:
                continue
            other = mean if test.against == "mean" else two.get(report.row)
            if other is not None and other not in told:
                told.append(other)
            if test.against == "before" and other is not None:
                shown.append(f"{other.report.year}年{label}{other.shown}")
            elif test.against == "other" and other is not None:
                shown.append(f"{when}{other.label} {other.shown}")
            fits.append(_fits(test, value, other))
    fit = False if False in fits else None if None in fits or not fits else True
    if any(t.either for t in tests):
        fit = True if True in fits else None if None in fits else False
    return Finding(own, fit, "，".join(dict.fromkeys(shown)), tuple(told))


def _fits(test: Test, value: Row, other: Row | None) -> bool | None:
    """Whether one figure, or how it stands to the other, fulfils a test; None where that cannot be told."""
    if value.value is None:
        return None
    if not test.against:
        # 超过四成 is no number of cases
        return None if test.condition.percent and value.unit != "%" else test.condition.holds(value.value, value.unit)
    if other is None or other.value is None:
        return None
    if test.kind == "times":
        if not other.value:
            return None
        return test.condition.holds(value.value / other.value)
    if test.against in ("other", "mean"):
        return test.condition.holds(round(value.value - other.value, 4)) if value.unit == other.unit else None
    step = change(other, value, test.kind)
    return None if step is None or step.value is None else test.condition.holds(step.value)


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
    years = case.years
    span = f"{years[0]}年" if len(years) == 1 else f"{years[0]}—{years[-1]}年"
    words = "、".join(f"“{w}”" for w in dict.fromkeys(t.words for t in tests))
    labels = {row.label for f in found for row in f.told}
    words = f"{labels.pop()}{words}" if len(labels) == 1 else words  # two things are named where each body's figures are told
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
    if not by_year and 0 < len(held) < len(found):
        case.told_bodies = tuple(dict.fromkeys(f.reports[-1].agency for f in held))  # 它, 这几家 are those that were picked
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
    reports = listed.reports_of_years(bodies, set(case.years))
    also = [f for f in (_held_against(case, tests, reports, by_year=False) if reports else []) if f.fits]
    if not also:
        return "", ()
    named = "；".join(f"{f.name}（{f.shown}）" for f in also[:_LISTED])
    text = f"以上没有计入各级政府的总报告；总报告里符合的有 {len(also)} 个：{named}，连同它们共 {held + len(also)} 个。"
    whole = body_count(held + len(also), reports[0], among + len(bodies))
    return text, (whole, *(row.figure() for f in also[:_LISTED] for row in f.told))
