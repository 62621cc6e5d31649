"""Which time a number of the narrative speaks of: the report's own year, another year, or all years so far."""

from __future__ import annotations

import re

_CUMULATIVE = re.compile(r"累计|历年|至今|总计达到|以来")
_THIS_YEAR = re.compile(r"全年|本年|今年|年内|一年来|年度内")
_OF_OTHERS = r"度?(?:[^,。;、\d]{0,14}?)(?:报告|年报|预算|决算|要点|方案|计划|规划|总结|清单|目录|考核)"
_YEAR = re.compile(rf"(?<!\d)(?<![自从])(20\d\d)年(?!{_OF_OTHERS})(?![^,。;\d]{{0,10}}以来)")
_COMPARED = re.compile(
    r"(?:较|比|与|同)(?:20\d\d年|上一?年|去年)[^,。;]{0,10}?(?:相比|同期|增|减|下降|上升|提高|提升|降|多|少|高|低|持平|$|(?=,))"
)
_PLANNED = re.compile(
    r"下一步|明年|来年|(?<!结转)(?<!转)下一年(?!度?继续)|(?:拟|计划|力争|争取|预计)(?:在|于|全年|再)?(?:开展|举办|组织|召开|公开|发布|完成|新增|培训|建设|推送|实现|达到)"
)
_LAST_YEAR = re.compile(r"(?<!结转)(?<!转结)(?<!结转自)(?:上一?年度?|去年)(?!度?(?:结转|转|遗留|未|继续))")
_BASE = re.compile(r"(?:较|比|与|由|从)(?:上一?年度?|去年|(20\d\d)年度?)(?:同期)?的$")
_FROM = re.compile(r"(?:自|从)(20\d\d)年")
_OF_CARRIED = re.compile(r"度?(?:结转|转|遗留)")
_CARRIED_TO = re.compile(r"结转(?:至|到|入)?$")
_UNTIL = r"(?:截[至止]|到20\d\d年(?:底|末|12月))"


_SO_FAR = re.compile(rf"{_UNTIL}[^,。;]{{0,16}},?[^,。;]{{0,6}}累计|历年|开通以来|以来,?[^,。;]{{0,12}}$")
_TIME = re.compile(r"年|累计|至今|以来|下一步|去|拟|计划|力争|争取|预计")


def period_of(clause: str, lead: str, year: int) -> str:
    """``year``, ``cumulative`` or another year. ``clause`` and ``lead`` end where the number begins, white space out.

    截至12月31日 alone is the report's year; 累计 with 全年 or the report's year before it is that year's total.
    """
    if not _TIME.search(lead) and not _TIME.search(clause):
        return "year"
    base = _BASE.search(clause)
    if base:
        return base[1] or str(year - 1)
    clause, lead = _COMPARED.sub(" ", clause), _COMPARED.sub(" ", lead)
    said = lead + clause
    if _PLANNED.search(said):
        return str(year + 1)
    years = [m for m in _YEAR.finditer(said) if not _OF_CARRIED.match(said, m.end()) and not _CARRIED_TO.search(said[: m.start()])]
    own = [m for m in years if m.start() >= len(lead)]
    if own and not _CUMULATIVE.search(clause) and not re.search(_UNTIL, clause):
        return own[-1][1] if int(own[-1][1]) != year else "year"  # 累计 1892 条，其中 2022 年新增 417 条
    if "历年" in clause:
        return "cumulative"  # whatever year the sentence began with
    if _CUMULATIVE.search(clause) or _SO_FAR.search(said):
        return "year" if _of_one_year(said, years, year) else "cumulative"
    if _LAST_YEAR.search(clause):
        return str(year - 1)
    return years[-1][1] if years and int(years[-1][1]) != year else "year"


def _of_one_year(said: str, years: list[re.Match[str]], year: int) -> bool:
    """Whether a total (累计) is the report's year's: 全年累计, 2022 年累计, 今年以来; not 截至 2022 年底累计, 开通以来."""
    started = _FROM.search(said)
    if started and int(started[1]) != year:
        return False
    since = re.search(r"([^,。;]{0,14})以来", said)
    if since and not re.search(rf"今年|年初|本年|{year}年(?:\d+月(?:\d+日)?)?$", since[1]):
        return False
    return bool(_THIS_YEAR.search(said) or (years and int(years[-1][1]) == year and not re.search(_UNTIL, said)))
