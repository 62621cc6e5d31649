"""What is held: which bodies, which years, and what is missing between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Span
from index.store import StoredReport
from service import compose
from service.agencies import Mention
from service.case import Case
from service.check import body_count
from service.contract import Answer, Choice, FigureOut
from service.directory import Body, Directory, directory
from service.group import Group, members
from service.replacing import replace
from service.scope import choose_group, not_held, years_missing

_MISSING = re.compile(
    r"缺|没(?:有)?(?:收录|收进|收到|收|传|交|报|公布|发布|上传|入库)|还没|(?<!有)没有(?:的|(?:20)?\d\d|这一?年|那一?年|[^,，。有]{0,6}(?:年报|报告))|哪[一几]?年[^,，。]{0,6}(?:你们?|库里|这里?)没有|漏|少了?哪|差哪|不全|断"
)
_WHO = re.compile(r"哪[几些]?(?:家|个?(?:单位|机关|部门))|(?:几|多少)(?:家|个(?:单位|机关|部门))")
_LISTED = 30


def coverage(case: Case) -> Answer | None:
    """An answer about the reports held; None for other questions."""
    query = case.query
    if query.operation != "coverage" or query.has_cells:
        return None
    held = case.snapshot.reports
    if query.mention.unknown:
        return not_held(case, query.mention.unknown)
    everything = (
        query.group is not None and query.group.kind == "any" and re.search(r"(?:多少|几)份", query.text) and not query.mention.place
    )
    inside = query.mention.place if query.group is None and _WHO.search(query.text) else None
    if inside is not None:  # 青禾县那边收了哪几家的年报: whoever lies there
        own = tuple(b.agency for b in _one_each(directory(held).within(inside)))
        case.query = query = replace(query, group=Group("named", "单位", names=own), mention=Mention((), place=inside))
    if query.group is not None and not everything:
        return _of_group(case)
    chosen = directory(held).reports_of_kin(query.mention.agencies) if query.mention.agencies else list(held)
    if _MISSING.search(query.text) and query.mention.agencies:
        return _gaps_of_one(case, chosen)
    if query.years and not any(r.year in query.years for r in chosen):
        return years_missing(case, chosen, query.years)
    if (
        re.search(r"同一(?:家|个)|(?:改|更)过?名|以前叫|原来叫|曾用名|叫什么|什么名|哪个名|单位名称|名称|名字", query.text)
        and query.mention.agencies
    ):
        text = _names_over_the_years(chosen)
    elif re.search(r"哪些?(?:个)?(?:省|市|地方|地区|区县)|覆盖", query.text) and not query.mention.agencies:
        text = _by_place(case)
    else:
        text = compose.coverage(chosen, query.years)
    counted: tuple[FigureOut, ...] = ()
    if re.search(r"(?:几|多少)[份家个]", query.text):
        of_year = [r for r in chosen if not query.years or r.year in query.years]
        bodies = {r.lineage or r.agency for r in of_year}
        who = bool(re.search(r"(?:几|多少)[家个]", query.text))
        many, label, unit = (len(bodies), "收录的机关", "个") if who else (len(of_year), "收录的报告", "份")
        counted = (replace(body_count(many, of_year[0], len(of_year)), label=label, unit=unit),) if of_year else ()
    choices = tuple(Choice(f"{r.agency}{r.year}年", f"{r.agency}{r.year}年的报告有哪些主要数字？", r.agency, r.year) for r in chosen[:5])
    for report in chosen[:20]:
        case.desk.cite(report, Span(0, 0), "整份报告", 0, report.title)
    return Answer("answered", text, counted, choices=choices)


def _names_over_the_years(chosen: Sequence[StoredReport]) -> str:
    """Under which name each year's report was published; said once of a body that kept its own."""
    kept = [(r.year, r.agency) for r in sorted(chosen, key=lambda r: r.year)]
    if len({name for _, name in kept}) == 1 < len(kept):
        return f"收录的 {len(kept)} 个年度（{'、'.join(str(year) for year, _ in kept)}），报告用的名称都是{kept[0][1]}。"
    return "各年度报告用的名称是：" + "、".join(f"{year} 年度 {name}" for year, name in kept) + "。"


def _of_group(case: Case) -> Answer | None:
    """The bodies of a kind: how many, which, and which of them lack the year asked about."""
    query, listed = case.query, directory(case.snapshot.reports)
    group = query.group
    if group is None:
        return None
    refused = choose_group(case, group)
    if refused is not None and not case.among:
        return refused
    place = query.mention.place
    every = group.kind == "any" and place is None and not group.level  # 多少个单位的报告: whoever published one
    whole = replace(group, kind="every") if group.kind == "any" else group  # a government's report is one of those held
    bodies = _one_each(list(listed.bodies.values()) if every else members(whole, listed, place))
    if not bodies:
        return Answer("answered", f"没有收录{case.among or group.noun}的报告。")
    report = case.snapshot.reports[0]
    if _MISSING.search(query.text):
        newest = max(y for b in bodies for y in b.years)
        years = sorted(query.years) or [newest]
        lacking = [(b, y) for b in bodies for y in years if y not in _years_of(b, listed)]
        words = "、".join(map(str, years))
        if not lacking:
            return Answer("answered", f"收录的{case.among or group.noun}共 {len(bodies)} 个，{words} 年度的报告都有。")
        names = "、".join(dict.fromkeys(b.agency for b, _ in lacking[:_LISTED]))
        text = f"收录过报告的{case.among or group.noun}共 {len(bodies)} 个，其中没有收录 {words} 年度报告的有 {len(lacking)} 个：{names}。没有收录不等于没有公布。"
        return Answer("answered", text, (body_count(len(lacking), report, len(bodies)),))
    if query.years:
        bodies = [b for b in bodies if set(query.years) & set(_years_of(b, listed))]
    spans = [f"{b.agency}（{_span(_years_of(b, listed))}）" for b in bodies[:_LISTED]]
    more = f"等 {len(bodies)} 个" if len(bodies) > _LISTED else ""
    text = f"收录的{case.among or group.noun}共有 {len(bodies)} 个：{'、'.join(spans)}{more}。"
    return Answer("answered", text, (body_count(len(bodies), report, len(case.snapshot.reports)),))


def _one_each(bodies: Sequence[Body]) -> list[Body]:
    """One entry a body, under its newest name."""
    newest: dict[str, Body] = {}
    for body in bodies:
        if body.lineage not in newest or max(body.years) > max(newest[body.lineage].years):
            newest[body.lineage] = body
    return list(newest.values())


def _years_of(body: Body, listed: Directory) -> list[int]:
    return sorted({y for b in listed.bodies.values() if b.lineage == body.lineage for y in b.years})


def _span(years: Sequence[int]) -> str:
    whole = list(range(years[0], years[-1] + 1))
    if list(years) == whole and len(years) > 2:
        return f"{years[0]}—{years[-1]} 年度"
    return "、".join(f"{y}" for y in years) + " 年度"


def _gaps_of_one(case: Case, chosen: Sequence[StoredReport]) -> Answer:
    """Years between the first and the last report held of a body for which none is."""
    everywhere = [r.year for r in case.snapshot.reports]
    years = sorted({r.year for r in chosen})
    lacking = [y for y in range(min(everywhere), max(everywhere) + 1) if y not in years]
    lead = f"{chosen[0].agency}收录了 {'、'.join(map(str, years))} 年度的报告"
    if not lacking:
        return Answer("answered", f"{lead}，中间没有缺。")
    return Answer("answered", f"{lead}，没有收录 {'、'.join(map(str, lacking))} 年度的。没有收录不等于没有公布。")


def _by_place(case: Case) -> str:
    """Bodies and reports held, by the city or province that they lie in."""
    listed = directory(case.snapshot.reports)
    places: dict[str, int] = {}
    for body in _one_each(list(listed.bodies.values())):
        name = body.place.province + (body.place.city if body.place.city else "") or "地方不明"
        places[name] = places.get(name, 0) + 1
    held = [r.year for r in case.snapshot.reports]
    years = f"{min(held)}—{max(held)} 年度" if len({*held}) > 1 else f"{held[0]} 年度"
    told = "、".join(f"{name}（{count} 个机关）" for name, count in sorted(places.items(), key=lambda p: -p[1])[:_LISTED])
    return f"现在收录了 {len(case.snapshot.reports)} 份报告（{years}），按地方分：{told}。"
