"""When reports were published, held against one another: which came first or last, and which after a day of the year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Span
from index.store import StoredReport
from service.case import Case
from service.contract import Answer, Caution
from service.directory import directory
from service.replacing import replace
from service.spoken.base import each

_PUBLISH = r"(?:发布|公布|公开|发出?来?|挂(?:出|网)?来?|上网|晒|登|出)"
_DOCUMENT = r"(?:年度)?(?:报告|年报)"
# 报告发布得最早的是哪家, 谁的年报出得最晚, 哪个单位最先公布年报
_ENDS = re.compile(
    rf"{_DOCUMENT}[^,，。?？]{{0,8}}?{_PUBLISH}(?:日期|时间)?得?(?:的)?[^,，。?？]{{0,4}}?(?:是)?(?:最|更|比较)?(?P<end>早|晚|迟)"
    rf"|最(?P<first>早|先|晚|迟|后){_PUBLISH}(?:的)?[^,，。?？]{{0,8}}{_DOCUMENT}|{_DOCUMENT}[^,，。?？]{{0,6}}最(?P<second>早|先|晚|迟|后){_PUBLISH}"
)
_EARLIER = re.compile(r"(?:那)?(?:谁|哪一?[个家])(?:的)?(?:发布?|公布|出)?得?(?:更|比较|要)?(?P<end>早|晚|迟)(?:一?[点些])?(?:呢|啊)?[?？]?")
_WHOSE = re.compile(r"谁|哪[些几一]?[个家份]|哪些")
_DAY = re.compile(
    rf"(?<![\d年])(?P<month>\d{{1,2}})月(?:份)?(?:(?P<day>\d{{1,2}})[日号]|(?P<end>底|末))?(?:这天)?(?:还|都)?(?:以|之)?(?P<side>前|后|才|还没)[^,，。?？]{{0,8}}{_PUBLISH}"
)
_MOST_TIES = 5
_MOST_LISTED = 60


def dates_step(case: Case) -> Answer | None:
    """Which of the reports asked about was published first or last, or after a day; None for any other question."""
    query, before = case.query, case.request.context
    text = query.text
    again = None
    order = before is not None and re.fullmatch(r"(?:那)?(?:公布|发布)?得?最(?P<end>早|晚|迟)的?(?:是)?(?:谁|哪一?[个家])?(?:呢)?[?？]?", text)
    if order and before is not None and not _ENDS.search(before.matter):
        order = None  # 最晚的呢, after something else
    if before is not None and before.earlier and re.search("哪一?天|什么时候|何时|日期|几[月号]", before.matter):
        again = _EARLIER.fullmatch(text)  # 谁更早, after the dates of two
    if again is not None and before is not None:
        names = tuple(dict.fromkeys((*before.earlier[-1:], *before.agencies)))
        reports = [r for r in directory(case.snapshot.reports).reports_of(names) if r.year in before.years]
        query = replace(query, mention=each(names), years=before.years)
    else:
        reports = case.reports
        if query.group is not None and query.group.kind == "any" and not query.mention.place and case.years:  # governments publish theirs as well
            reports = [r for r in case.snapshot.reports if r.year == case.years[-1]]
    if len({r.lineage or r.agency for r in reports}) < 2 or query.has_cells:
        return None
    ends, day = again or order or _ENDS.search(text), _DAY.search(text)
    if not (ends or (day and re.search(_DOCUMENT, text))) or not (order or _WHOSE.search(text)):
        return None
    if again is not None:
        case.query, case.reports = query, reports
    newest = max(r.year for r in reports)
    of_year = [r for r in reports if r.year == newest]
    dated = sorted((r for r in of_year if r.published), key=lambda r: r.published or "")
    if len(of_year) == 2 and len(dated) < 2:
        return Answer("not_reported", f"{newest}年的两份报告不是都注明了公布日期，比不出先后。")
    if len({r.year for r in reports}) > 1 and len(of_year) < 2:
        return None
    if before is None:
        case.frame = case.request.question  # 2023年的呢: the same of another year
    elif order and before.frame:
        case.frame = re.sub("(?<=最)[早先后晚迟]|(?<=得)[早晚迟]", order["end"], before.frame)
    if not dated:
        return Answer("not_reported", f"{newest}年的报告都没有注明公布日期。")
    among = f"{newest}年的 {len(of_year)} 份报告里" if len(of_year) > 2 else f"{newest}年的两份报告里"
    if len(dated) < len(of_year):
        among += f"，有 {len(of_year) - len(dated)} 份没有注明公布日期，其余"
    if ends is None and day is not None:
        return _on_one_side(case, dated, day, among)
    word = next(w for w in ends.groupdict().values() if w) if ends is not None else ""
    first = word in ("早", "先")
    reached = dated[0 if first else -1].published
    told = [r for r in dated if r.published == reached]
    if len(of_year) > 2:
        text = f"{among}，公布得最{'早' if first else '晚'}的是{_named(told)}（{reached}）。"
    elif len(told) == 2:
        text = f"{among}，公布日期相同，都是 {reached}。"
    else:
        text = f"{among}，{told[0].agency}的公布得更{'早' if first else '晚'}：" + "；".join(f"{r.agency} {r.published}" for r in dated) + "。"
    _cite(case, told if len(of_year) > 2 else dated)
    return Answer("answered", text)


def _on_one_side(case: Case, dated: Sequence[StoredReport], day: re.Match[str], among: str) -> Answer | None:
    """Those published before a day of the year, or not until after it; of a month named alone, outside of that month."""
    month, after = int(day["month"]), day["side"] != "前" or bool(re.search("没|未", case.query.text[: day.start()]))
    number = int(day["day"]) if day["day"] else 31 if day["end"] or after else 1
    if not (1 <= month <= 12 and 1 <= number <= 31):
        return None
    limit = f"{dated[0].year + 1}-{month:02}-{number:02}"  # a report comes out in the year after the one that it is on
    told = [r for r in dated if ((r.published or "") > limit if after else (r.published or "") < limit)]
    said = f"这以{'后' if after else '前'}"
    bound = f"{month}月{day['day'] + '日' if day['day'] else day['end'] or ''}"
    case.noted.append(Caution("bound", f"按{bound}以{'后' if after else '前'}公布算，不含{bound if day['day'] or not after else '当月'}。"))
    if not told:
        _cite(case, dated[-1:] if after else dated[:1])
        last = dated[-1] if after else dated[0]
        return Answer("answered", f"{among}，没有在{said}公布的；最{'晚' if after else '早'}的是{last.agency}（{last.published}）。")
    _cite(case, told)
    return Answer("answered", f"{among}，在{said}公布的有 {len(told)} 份：" + "；".join(f"{r.agency} {r.published}" for r in told[:_MOST_LISTED]) + "。")


def _named(reports: Sequence[StoredReport]) -> str:
    more = f"等 {len(reports)} 家" if len(reports) > _MOST_TIES else ""
    return "、".join(r.agency for r in reports[:_MOST_TIES]) + more


def _cite(case: Case, reports: Sequence[StoredReport]) -> None:
    for report in reports[:_MOST_LISTED]:
        case.desk.cite(report, Span(0, 0), "整份报告", 0, report.title)
