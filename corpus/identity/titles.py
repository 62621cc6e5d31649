"""Titles: one to four consecutive short lines read as the title of an annual report, with its agency and its year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.identity.bodies import clean_body, same_body, stands_alone
from corpus.identity.dates import YEAR, read_year
from corpus.identity.front import LONGEST_LINE, is_label, is_menu
from corpus.identity.lineage import within
from corpus.identity.places import read_place
from corpus.textual import squash

# What every title ends with. 年度 stands before 报告, before 工作, or twice, or not at all; 政府 may be gone.
_KIND = r"(?:政府|政务)?(?:信息(?:和政务)?公开|政务公开(?=工作年度报告|年度报告|工作年报))(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:情况)?(?:年度)?(?:报告|年报)"
_Y = rf"(?P<y>{YEAR})年?度?"
_PATTERNS = (
    re.compile(rf"^(?P<a>[^，。；]{{0,60}}?)(?:政府|政务)?信息公开(?:工作)?(?P<b>){_Y}(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)"),
    re.compile(rf"^(?P<a>[^，。；]{{0,60}}?){_Y}(?P<b>[^，。；\d]{{0,40}}?){_KIND}"),
)
_NO_YEAR = re.compile(rf"^(?P<a>[^，。；]{{0,60}}?){_KIND}(?:[（(〔【\[]?{_Y}[)）〕】\]]?)?")
_YEAR_MARK = re.compile(
    r"^(?:【(?=20\d\d】)|[【\[(](?=20\d\d[年度]))(?P<y>20\d\d)年?度?(?:政府信息公开)?(?:工作)?(?:年度)?(?:报告|年报|报)?[】\])]"
)
# What a converter or a site puts before the title proper.
_LEAD = re.compile(
    r"^(?:【[^】]{0,30}】|[\[(（]20\d\d[年度]度?(?:政府信息公开)?(?:工作)?(?:年度)?(?:报告|年报|报)?[)）\]]|[（(][^）)]{0,12}版[）)]|Page\d{1,4}[-—–]|(?:信息|文件|公文|主题)?(?:标题|名称)[:：]?|题名[:：]?|主题[:：]|[A-Za-z][A-Za-z,.'’()&-]{2,200}|(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\d{1,2}:\d\d(?::\d\d)?)?|\d{1,3}[.、])+",
    re.IGNORECASE,
)
# With its date behind it, a title is an entry of a list of reports: worse than one that says no year (40), better than none.
_LISTED = 45
# A title that is printed again counts more than one with a longer name, and less than one that also says a place (60) or a year (40).
_TWICE = 30
# A title that goes on so is about the report, and no report.
_ABOUT_AFTER = re.compile(
    r"^[》”]?的?(?:通知|通告|公告|函|批复|要求|格式|模板|范本|样本|意见|办法|制度|解读|说明|政策解读|起草|编制|编写|编报|统计|报送|评|发布(?:制度|情况|会)|公布(?:制度|情况)|图解|新闻)"
)
_ABOUT_BEFORE = re.compile(r"解读|图解|一图读懂|关于(?:做好|报送|编制|组织|进一步|开展|认真|规范|切实)|通知|转发|印发|如何|怎样")
# A report of a quarter or a month is another thing.
_PART_OF_YEAR = re.compile(r"季度|[上下]半年|半年度?|\d月份?(?!\d)|[一二三四五六七八九十]月份?(?=政府|信息)")
# A label of a table of metadata and the value behind it: no body's name begins so, whether a colon stands between or not.
_LABEL = re.compile(
    r"(?:^|[\s|])(?:(?:(?:信\s*息|文\s*件|公\s*文|主\s*题)?\s*(?:标\s*题|名\s*称)|题\s*名)\s*[:：|]?|主\s*题\s*[:：|]|主\s+题\s|主题\s)\s*(?=[\u4e00-\u9fff\d《【(（])"
)
_DATED = re.compile(r"^[\[(（【]?20\d\d[-/.年]\d{1,2}")
_DATE_ALONE = re.compile(r"^[\[(（【]?20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\])）】]?$")
# 国家矿山安全监察局 / 山西局: the place and 局, no more.
_PLAIN_BRANCHES = re.compile(r"国家(?:矿山安全监察局|粮食和物资储备局)$")
# Below a line of its superior stands a branch that has only its place: 云溪市公安局 / 望川分局.
_BRANCH_ALONE = re.compile(r"^(?:分局|支队|大队|中队|分行|中心支行|支行|监管分局|税务分局|管理所|税务所|派出所)$")
# Bodies of the state whose branches carry the whole name, and how these end.
_SYSTEMS = tuple(
    (re.compile(f"(?:{upper})$"), re.compile(f"(?:{lower})(?:（.*）)?$"))
    for upper, lower in (
        ("国家税务总局", "税务局|税务所|稽查局"),
        ("国家统计局", "调查[总支]?队"),
        ("国家金融监督管理总局|中国(?:证券|银行业|保险|银行保险)监督管理委员会|中国[银保证]{1,2}监会", "监管(?:局|分局|支局)"),
        ("国家(?:能源局|外汇管理局|林业和草原局)", "监管局|监管办(?:公室)?|分局|中心支局|森林资源监督专员办事处"),
        ("中国人民银行", "支行|分行|管理部|总部"),
        ("中华人民共和国", "海关|海事局|边防检查站|边检站"),
        ("水利部", "水利委员会|流域管理局"),
        ("交通运输部", "航务管理局|航道局|海事局|救助局|打捞局"),
        ("生态环境部|自然资源部", "督察局|流域[^局]{0,10}监督管理局|安全监督站"),
        ("中国民用航空局?", "地区管理局|安全监督管理局"),
    )
)  # fmt: skip
_BEHIND = re.compile(r"^[（(](?P<c>[\u4e00-\u9fff]{3,30})[)）]$|^[—–-]{1,4}(?P<d>[\u4e00-\u9fff]{3,30})$")


@dataclass(frozen=True, slots=True)
class TitleReading:
    """Lines ``first`` to ``last`` read as a title. ``placed``: whether the name tells its place.

    ``rivals``: body and year of other titles near it that are as good, so that which is the report's is not certain.
    """

    score: int
    first: int
    last: int
    printed: str
    agency: str | None
    year: int | None
    placed: bool
    rivals: tuple[tuple[str, int], ...] = ()


def read_title(lines: Sequence[str]) -> TitleReading | None:
    """The best reading of the opening lines as a title, None when none reads so. Prefers a name with its place, and more of it."""
    pieces = _pieces([_value(line) for line in lines])
    readings = [*_readings(pieces)]
    whole = [r for r in readings if not any(_without_masthead(r, other) for other in readings)]
    entries = _entries(pieces)
    whole = [replace(r, score=r.score + _TWICE * _repeated(r, whole) - _LISTED * (r.last in entries)) for r in whole]
    best = max(whole, key=lambda r: r.score, default=None)
    best = replace(best, rivals=_rivals(best, whole)) if best else None
    if best and best.agency and not best.year:
        year = next((r.year for r in whole if r.year and (not r.agency or r.agency == best.agency)), None)
        return replace(best, year=year) if year else best
    if best and best.year and not best.agency:
        named = next((r for r in whole if r.agency and r.year is None), None)
        if named:
            return replace(best, agency=named.agency, placed=named.placed)
    return best


def _repeated(reading: TitleReading, others: Sequence[TitleReading]) -> bool:
    """Whether the title stands on other lines again: a page's headline, and the report's own."""
    return any(
        (r.agency, r.year) == (reading.agency, reading.year) and r.agency and r.year and (r.last < reading.first or r.first > reading.last)
        for r in others
    )


def _rivals(best: TitleReading, others: Sequence[TitleReading]) -> tuple[tuple[str, int], ...]:
    """Full titles of another body or year on other lines that no sign (a date, standing once) makes worse than ``best``."""
    least = best.score - len(best.agency or "") - _TWICE  # a longer name is no better a title
    found = (
        (r.agency, r.year)
        for r in others
        if r.agency and r.placed and r.year and r.score - len(r.agency) > least and (r.last < best.first or r.first > best.last)
        if r.year != best.year or not same_body(r.agency, best.agency or "")
    )
    return tuple(dict.fromkeys(found))


def _entries(lines: Sequence[str]) -> frozenset[int]:
    """Lines that are entries of a list of reports: each with its date on the line below, two or more in a run."""
    pairs = {at for at in range(len(lines) - 1) if "信息公开" in squash(lines[at]) and _DATE_ALONE.match(squash(lines[at + 1]))}
    return frozenset(at for at in pairs if at - 2 in pairs or at + 2 in pairs)


def _value(line: str) -> str:
    """A line of metadata without what stands before the title on it (分 类 年报 名 称 云溪市水务局2022年…)."""
    if "公开" not in line:
        return line
    match = next(reversed([*_LABEL.finditer(line[:200])]), None)
    return line[match.end() :].strip() if match and "公开" in line[match.end() :] else line


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
    agency = _said_once(agency) if agency else None
    year = (read_year(groups["y"]) if groups["y"] else None) or marked
    placed = bool(agency and stands_alone(agency))
    score = (100 if agency else 0) + (60 if placed else 0) + (len(agency) if agency else 0) + (40 if year else 0) + 10 - 2 * (last - first)
    # A name that runs on over what stood before it (a menu, a masthead) is longer, and no better.
    score -= 50 if len(joined) > LONGEST_LINE else 0
    score -= _LISTED if _DATED.match(rest) else 0
    return TitleReading(score, first, last, printed.strip("*# "), agency, year, placed)


_ORGAN = re.compile(r"管理委员会|委员会|人民政府|[局厅]")


def _said_once(name: str) -> str:
    """The fuller of two names of one body that run into one: a site's 长白山保护开发区管理委员会 and the title's 长白山管委会 behind it."""
    for organ in _ORGAN.finditer(name):
        whole, short = name[: organ.end()], name[organ.end() :]
        if len(short) > 3 and whole[:2] == short[:2] and within(short.replace("管委会", "管理委员会"), whole):
            return whole
    return name


def _without_masthead(reading: TitleReading, other: TitleReading) -> bool:
    """Whether ``other`` is ``reading`` less the lines above the title: a parent's masthead, a menu."""
    if not (reading.first < other.first <= other.last <= reading.last and other.agency):
        return False
    if reading.agency == other.agency and reading.year and not other.year:
        return False  # 2022年度 stands on the line above
    if _is_front_of(reading.agency or "", other.agency):
        return False
    return other.placed or bool(not reading.placed and reading.agency and reading.agency.endswith(other.agency))


def _is_front_of(whole: str, rear: str) -> bool:
    """Whether ``whole`` is one name that two lines part: 国家税务总局 / 云溪市税务局, 云溪市公安局 / 望川区分局."""
    front = whole[: len(whole) - len(rear)]
    if len(rear) >= len(whole) or not whole.endswith(rear) or rear.startswith(front):
        return False
    if any(upper.search(front) and lower.search(rear) for upper, lower in _SYSTEMS):
        return True
    own = rear[read_place(rear).length :]
    if own == "局":
        return bool(_PLAIN_BRANCHES.search(front))
    return front.endswith(("局", "银行", "总队", "支队")) and bool(_BRANCH_ALONE.match(own))
