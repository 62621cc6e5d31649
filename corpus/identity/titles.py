"""Titles: one to four consecutive short lines read as the title of an annual report, with its agency and its year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.identity.bodies import clean_body, stands_alone
from corpus.identity.dates import YEAR, read_year
from corpus.identity.front import LONGEST_LINE, is_label, is_menu
from corpus.textual import squash

# What every title ends with. 年度 stands before 报告, before 工作, or twice, or not at all; 政府 may be gone.
_KIND = r"(?:政府|政务)?(?:信息(?:和政务)?公开|政务公开(?=工作年度报告|年度报告|工作年报))(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:情况)?(?:年度)?(?:报告|年报)"
_Y = rf"(?P<y>{YEAR})年?度?"
_PATTERNS = (
    re.compile(rf"^(?P<a>[^，。；]{{0,60}}?)(?:政府|政务)?信息公开(?:工作)?(?P<b>){_Y}(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)"),
    re.compile(rf"^(?P<a>[^，。；]{{0,60}}?){_Y}(?P<b>[^，。；\d]{{0,40}}?){_KIND}"),
)
_NO_YEAR = re.compile(rf"^(?P<a>[^，。；]{{0,60}}?){_KIND}(?:[（(〔【\[]?{_Y}[)）〕】\]]?)?")
_YEAR_MARK = re.compile(r"^【(?P<y>20\d\d)】")
# What a converter or a site puts before the title proper.
_LEAD = re.compile(
    r"^(?:【[^】]{0,30}】|[（(][^）)]{0,12}版[）)]|Page\d{1,4}[-—–]|标题[:：]|名称[:：]|信息名称[:：]|[A-Za-z][A-Za-z,.'’()&-]{2,200}|(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\d{1,2}:\d\d(?::\d\d)?)?|\d{1,3}[.、])+",
    re.IGNORECASE,
)
# A title that goes on so is about the report, and no report.
_ABOUT_AFTER = re.compile(
    r"^[》”]?的?(?:通知|通告|公告|函|批复|要求|格式|模板|范本|样本|意见|办法|制度|解读|说明|政策解读|起草|编制|编写|编报|统计|报送|评|发布(?:制度|情况|会)|公布(?:制度|情况)|图解|新闻)"
)
_ABOUT_BEFORE = re.compile(r"解读|图解|一图读懂|关于(?:做好|报送|编制|组织|进一步|开展|认真|规范|切实)|通知|转发|印发|如何|怎样")
# A report of a quarter or a month is another thing.
_PART_OF_YEAR = re.compile(r"季度|[上下]半年|半年度?|\d月份?(?!\d)|[一二三四五六七八九十]月份?(?=政府|信息)")
_DATED = re.compile(r"^[\[(（【]?20\d\d[-/.年]\d{1,2}")
_LABEL = re.compile(r"^\s*(?:标\s*题|名\s*称|信息名称)\s*[:：]\s*")
_BEHIND = re.compile(r"^[（(](?P<c>[\u4e00-\u9fff]{3,30})[)）]$|^[—–-]{1,4}(?P<d>[\u4e00-\u9fff]{3,30})$")


@dataclass(frozen=True, slots=True)
class TitleReading:
    """Lines ``first`` to ``last`` read as a title. ``place`` of ``agency``: whether the name tells its place."""

    score: int
    first: int
    last: int
    printed: str
    agency: str | None
    year: int | None
    placed: bool


def read_title(lines: Sequence[str]) -> TitleReading | None:
    """The best reading of the opening lines as a title, None when none reads so. Prefers a name with its place, and more of it."""
    readings = [*_readings(_pieces(lines))]
    whole = [r for r in readings if not any(_without_masthead(r, other) for other in readings)]
    best = max(whole, key=lambda r: r.score, default=None)
    if best and best.agency and not best.year:
        year = next((r.year for r in whole if r.year and (not r.agency or r.agency == best.agency)), None)
        return TitleReading(best.score, best.first, best.last, best.printed, best.agency, year, best.placed) if year else best
    if best and best.year and not best.agency:
        named = next((r for r in whole if r.agency and r.year is None), None)
        if named:
            return TitleReading(best.score, best.first, best.last, best.printed, named.agency, best.year, named.placed)
    return best


def _pieces(lines: Sequence[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        short = line if len(squash(line)) <= LONGEST_LINE else ""
        found += [short] if short else [p if len(p) <= LONGEST_LINE else "。" for p in line[:400].split(" ")[:6]]
    return found


def _readings(lines: Sequence[str]) -> Iterable[TitleReading]:
    for at in range(len(lines)):
        joined = printed = ""
        marked: int | None = None
        for last, line in enumerate(lines[at : at + 4], at):
            bare = squash(line)
            if len(bare) > LONGEST_LINE or "。" in line or is_label(bare) or is_menu(line):
                break
            if at == last and (mark := _YEAR_MARK.match(bare)):
                marked = int(mark["y"])
            joined, printed = _LEAD.sub("", joined + bare), f"{printed}{line}"
            if len(joined) > 2 * LONGEST_LINE:
                break
            found = _one(joined, printed, at, last, marked)
            if found:
                yield found


def _one(joined: str, printed: str, first: int, last: int, marked: int | None) -> TitleReading | None:
    match = next((m for p in _PATTERNS if (m := p.match(joined))), None) or _NO_YEAR.match(joined)
    if not match:
        return None
    groups = match.groupdict()
    rest = joined[match.end() :]
    publishing = re.match(r"^(?:关于)?(?:公布|发布|公开)", joined)
    if (_ABOUT_AFTER.match(rest) and not publishing) or _ABOUT_BEFORE.search(joined[: match.end()]):
        return None
    if _PART_OF_YEAR.search(joined[: match.end()]):
        return None
    behind = _BEHIND.match(rest)
    agency = clean_body(groups["a"]) or clean_body(groups.get("b")) or (clean_body(behind["c"] or behind["d"]) if behind else None)
    year = (read_year(groups["y"]) if groups["y"] else None) or marked
    placed = bool(agency and stands_alone(agency))
    score = (100 if agency else 0) + (60 if placed else 0) + (len(agency) if agency else 0) + (40 if year else 0) + 10 - 2 * (last - first)
    # A name that runs on over what stood before it (a menu, a masthead) is longer, and no better.
    score -= 50 if len(joined) > LONGEST_LINE else 0
    # With its date behind it, a title is an entry of a list of reports.
    score -= 45 if _DATED.match(rest) else 0
    return TitleReading(score, first, last, _LABEL.sub("", printed).strip("*# "), agency, year, placed)


def _without_masthead(reading: TitleReading, other: TitleReading) -> bool:
    """Whether ``other`` is ``reading`` less the lines above the title: a parent's masthead, a menu."""
    if not (reading.first < other.first <= other.last <= reading.last and other.agency):
        return False
    return other.placed or bool(not reading.placed and reading.agency and reading.agency.endswith(other.agency))
