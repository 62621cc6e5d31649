"""Who reports, on which year, for what scope: from the title first, then from weaker places, and where it was found."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from corpus.model import Document, Paragraph, Section
from corpus.textual import chinese_number, squash

_YEAR = r"(?P<y>(?:19|20)\d{2}|[二2][〇○零OО0]{1,2}[一二三四五六七八九〇○零十]{1,2}|二[〇○零][一二三四五六七八九〇○零]{2})"
_KIND = r"(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)"
_YEAR_FIRST = re.compile(rf"^(?P<a>[^，。；：]{{0,60}}?){_YEAR}年?度?(?P<b>[^，。；：]{{0,40}}?){_KIND}")
_YEAR_INSIDE = re.compile(rf"^(?P<a>[^，。；：]{{0,60}}?)(?:政府|政务)?信息公开工作(?P<b>){_YEAR}年?度?(?:工作)?(?:报告|年报)")
_IN_PREFACE = re.compile(
    rf"(?:公布|发布|编制|现将|《|形成)(?P<a>[^，。；：《》]{{2,40}}?){_YEAR}年?度?(?P<b>[^，。；：《》]{{0,30}}?){_KIND}"
)
_METADATA = re.compile(r"(?:发布机构|发布单位|信息来源|公开机构|发文机关|来源|索引单位)\s*[:：]\s*(?P<a>[\u4e00-\u9fff（）()]{3,40})")
_CONTACT = re.compile(r"(?:请与|可与|请联系|由)(?P<a>[\u4e00-\u9fff（）()]{4,40}?)(?:联系|编制|负责解释|\(地址|（地址)")
_PERIOD = re.compile(r"统计(?:期限|时限|数据期限|时间段)?.{0,12}?(?:自|从|为|是)?\s*(?P<y>20\d{2})\s*年?\s*1\s*月?\s*1\s*日?")
_PUBLISHED = re.compile(
    r"(?:发布时间|发布日期|公开日期|成文日期|发文日期|生成日期|更新时间|日期)\s*[:：]?\s*(?P<y>20\d{2})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})"
)
_SOURCE = re.compile(r"https?://[^\s<>\"'）)，。]{8,200}")
# What a name may end with. Without such an ending a string before the year is no body but a stray phrase.
BODY_ENDINGS = (
    "人民政府办公厅", "人民政府办公室", "人民政府", "管理委员会办公室", "管理委员会", "管委会办公室", "管委会", "办事处", "办公厅", "办公室",
    "委员会", "分局", "支队", "总队", "大队", "中心", "公司", "集团", "大学", "学院", "学校", "医院", "银行", "法院", "检察院", "协会", "联合会",
    "厅", "局", "委", "办", "部", "院", "署", "镇", "乡", "街道", "苏木", "兵团", "开发区", "新区", "高新区", "园区", "示范区", "度假区", "自治区",
    "自治州", "自治县", "省", "市", "区", "县", "旗", "盟", "州", "站", "所", "处", "社",
)  # fmt: skip
_PREFIXES = re.compile(r"^(?:【[^】]*】|（[^）]*版）|\([^)]*版\)|关于|现公布|公布|发布|编制|根据.*?[，,]|标题[:：]|\d+[.、])+")
# What a converter or a site puts before the title proper.
_BEFORE_TITLE = re.compile(r"^(?:【[^】]*】|[（(][^）)]*版[）)]|Page\d+[-—–])+", re.IGNORECASE)
# A line of metadata (发布机构：…, 发布日期：…) is no part of a title.
_LABELLED = re.compile(r"^(?!标题)[\u4e00-\u9fff]{2,6}:")
# Only a name with its place in it makes the lines above it a masthead: 办事处 alone is the end of a broken name.
_PLACED = re.compile(r".[省市县区旗州盟].|国家|中国")
_OURSELVES = re.compile(r"^(?:我|本)(?:局|镇|区|委|办|厅|旗|中心|单位|机关|公司|市|县|街道|乡|部门|院|省)$|^本机关$")
# A place that stands for itself has its whole area in the report; an organ named beside it has its own.
_WHOLE_AREA = re.compile(r"(?:人民政府|(?:省|市|县|区|旗|盟|州|镇|乡|街道|办事处|管理委员会|管委会))$")
_OWN_OFFICE = re.compile(r"(?:人民政府|管理委员会|管委会|政府)(?:[（(]?办公[厅室][）)]?)$|^(?:.*市|.*县|.*区)政府办(?:公室)?$")


@dataclass(frozen=True, slots=True)
class Identity:
    """``found`` says for agency, year and scope where each was read."""

    title: str
    agency: str | None
    year: int | None
    scope: str
    found: dict[str, str]
    published: str | None
    source_url: str | None


@dataclass(frozen=True, slots=True)
class _Reading:
    """Opening lines ``first`` to ``last`` read as a title."""

    score: int
    first: int
    last: int
    printed: str
    agency: str | None
    year: int


def identify(document: Document, sections: tuple[Section, ...]) -> Identity:
    """Title, agency, year and scope as far as the text tells; None where it does not."""
    opening = _opening(document, sections)
    found: dict[str, str] = {}
    title, agency, year = _from_title(opening)
    if agency:
        found["agency"] = "标题"
    if year:
        found["year"] = "标题"
    body = squash(document.text)
    head = body[:6000]
    lines = "\n".join(squash(line) for line in document.text[:6000].splitlines())
    if not agency:
        for pattern, where in ((_METADATA, "发布机构"), (_IN_PREFACE, "前言"), (_CONTACT, "联系方式")):
            for match in pattern.finditer({_METADATA: lines, _IN_PREFACE: head}.get(pattern, body)):
                agency = _clean_agency(match["a"]) or (_clean_agency(match["b"]) if pattern is _IN_PREFACE else None)
                if agency:
                    found["agency"] = where
                    break
            if agency:
                break
    if not year:
        year, where = _year_elsewhere(head, body)
        if year:
            found["year"] = where
    published = _PUBLISHED.search(document.text[:3000])
    url = _SOURCE.search(document.text[:3000])
    scope, where = _scope(agency or "", opening)
    found["scope"] = where
    return Identity(
        title=title or (f"{agency}{year}年政府信息公开工作年度报告" if agency and year else ""),
        agency=agency,
        year=year,
        scope=scope,
        found=found,
        published=f"{published['y']}-{int(published['m']):02}-{int(published['d']):02}" if published else None,
        source_url=url.group() if url else None,
    )


def _opening(document: Document, sections: tuple[Section, ...]) -> list[str]:
    """The lines before section 一 (the first dozen where no heading is found)."""
    end = next((s.heading.start for s in sections if s.number), 1500) or 1500
    lines: list[str] = []
    for block in document.blocks:
        if block.start >= end or len(lines) >= 14:
            break
        if isinstance(block, Paragraph):
            text = document.text[block.start : block.end]
            lines += [" ".join(line.split()).lstrip("#* ").strip() for line in text.splitlines() if line.strip()]
    return lines


def _from_title(lines: list[str]) -> tuple[str, str | None, int | None]:
    """The longest reading of one to four consecutive short lines as a title."""
    readings: list[_Reading] = []
    for at in range(len(lines)):
        joined = ""
        printed = ""
        for last, line in enumerate(lines[at : at + 4], at):
            if len(squash(line)) > 60 or "。" in line or _LABELLED.match(squash(line)):
                break
            joined, printed = _BEFORE_TITLE.sub("", joined + squash(line)), f"{printed}{line}"
            for pattern in (_YEAR_INSIDE, _YEAR_FIRST):
                match = pattern.match(joined)
                if not match or "的通知" in joined or "解读" in joined:
                    continue
                agency = _clean_agency(match["a"]) or _clean_agency(match["b"])
                year = read_year(match["y"])
                score = (100 if agency else 0) + (len(agency) if agency else 0) + 10 - (len(joined) > 60) * 50
                if year:
                    readings.append(_Reading(score, at, last, printed, agency, year))
    whole = [r for r in readings if not any(_without_masthead(r, other) for other in readings)]
    best = max(whole, key=lambda r: r.score, default=None)
    return (best.printed, best.agency, best.year) if best and best.score > 0 else ("", None, None)


def _without_masthead(reading: _Reading, other: _Reading) -> bool:
    """Whether ``other`` is ``reading`` less the lines above the title: a parent's masthead, a menu."""
    return reading.first < other.first <= other.last <= reading.last and bool(other.agency and _PLACED.search(other.agency))


def read_year(text: str) -> int | None:
    """2019, 二〇一九 or 二○一九 as a year."""
    if text.isdigit():
        return int(text)
    year = chinese_number(re.sub(r"[OОo0]", "〇", text).replace("2", "二"))
    return year if year and 1990 < year < 2100 else None


def _clean_agency(text: str | None) -> str | None:
    """The body's name in ``text``, None when it is no name of a body."""
    if not text:
        return None
    name = _PREFIXES.sub("", text).strip("《》“”\"'（）() -—·|")
    if text.endswith(("）", ")")) and ("（" in name or "(" in name):
        name += text[-1]
    name = re.sub(r"[（(](?:机关|本级)[)）]$", "", name)
    name = re.sub(r"^(.{2,})(?=\1)", "", name)  # a masthead of the parent before the full name
    name = name.replace("(", "（").replace(")", "）")
    bare = re.sub(r"[（(][^）)]*[)）]$", "", name)
    if len(bare) < 2 or len(name) > 40 or _OURSELVES.match(name) or not bare.endswith(BODY_ENDINGS):
        return None
    if re.search(r"[，。；：\d]|信息公开|根据|条例|规定|工作|关于", name):
        return None
    return name


def _year_elsewhere(head: str, body: str) -> tuple[int | None, str]:
    for pattern, where in ((_PERIOD, "统计期限"), (_IN_PREFACE, "前言")):
        match = pattern.search(body if pattern is _PERIOD else head)
        if match:
            year = read_year(match["y"])
            if year:
                return year, where
    years = Counter(int(y) for y in re.findall(r"(?<!\d)(20\d{2})年(?!\d*号)", body))
    if years:
        (year, count), *rest = years.most_common(2)
        if count >= 3 and (not rest or count >= 2 * rest[0][1]):
            return year, "正文中最多的年份"
    published = _PUBLISHED.search(head)
    if published:
        return int(published["y"]) - 1, "发布日期的上一年（推定）"
    return None, ""


def _scope(agency: str, opening: list[str]) -> tuple[str, str]:
    preface = squash("".join(opening))
    if not agency:
        return "未知", "没有找到机关名称"
    if _OWN_OFFICE.search(agency):
        return "本级", "机关名称"
    if re.search(r"全[省市县区州盟旗镇]汇总|包括.{0,30}(?:所属|各).{0,12}(?:部门|街道|乡镇)", preface):
        return "全域汇总", "前言"
    if _WHOLE_AREA.search(agency):
        return ("全域汇总", "机关名称") if re.search(r"(?:省|市|县|区|旗|盟|州)(?:人民政府)?$", agency) else ("本级", "机关名称")
    return "部门", "机关名称"
