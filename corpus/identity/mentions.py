"""Bodies that running text names as the reporter: in the preface, in the contact clause, as the owner of the web site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.identity.bodies import BODY_ENDINGS, Mentioned, clean_body, place_in, without_sub_office
from corpus.identity.dates import YEAR, read_year
from corpus.identity.places import Place, read_place

_REPORT = r"(?:政府|政务)?信息公开(?:工作)?(?:有关)?(?:的)?(?:情况|(?:年度)?(?:工作)?(?:报告|年报))"
_PUBLISHES = re.compile(
    rf"(?:现公布|现将|公布|发布|编制|编写|形成|现就|《|“)(?P<a>[^，。；：《》“”\n\d〔〕]{{2,40}}?)(?P<y>{YEAR})年?度?(?P<b>[^，。；：《》\n\d〔〕]{{0,30}}?){_REPORT}(?!的?通知|.{{0,12}}通知)"
)
_PUBLISHES_LATE = re.compile(
    rf"(?:现公布|现将|公布|发布|编制|编写|形成|《)(?P<y>{YEAR})年?度?(?P<a>[^，。；：《》“”\n\d〔〕]{{2,40}}?){_REPORT}(?!的?通知|.{{0,12}}通知)"
)
_YEAR_OF_REPORT = re.compile(rf"(?<![〔\[【（(])(?P<y>{YEAR})年?度?[^，。；：\n〔〕\d]{{0,30}}?{_REPORT}")
# Converters break lines at 25 characters or more; shorter lines are lines of their own.
_WRAPPED = 25
_LINE_ENDS = ("。", "；", "：", "！", "？", ";", ":", "报告", "年报", "版）", "止")
_TITLED = re.compile(r"《[^《》]{0,80}》")
_CLAUSE = re.compile(r"[^，。；：:;,\n《》“”（）()！？]{2,80}")
_ALIAS = re.compile(r"[（(](?P<b>[\u4e00-\u9fff]{2,20}(?:局|委员会|办公室|委|办))[)）]")
_LEAD = re.compile(
    rf"^(?:(?:{YEAR})年?(?:度)?|(?:一年来|今年以来|现将|现公布|现就|现|为此|为|本报告由|本年度报告由|本报告是|由|特|将|年度|年|度)+)+"
)
# What a reporter does right after its name; words that begin otherwise make the name a part of something else.
_DOES = re.compile(
    r"^(?:认真|严格|深入|高度|全面|坚持|按照|按|根据|依据|以(?!及)|持续|积极|紧紧|紧扣|切实|进一步|扎实|不断|共(?!同|和)|通过|始终|围绕|主动公开|全年|结合|稳步|将|严|依法|依托|对照|"
    rf"对(?!于)|编制|编写|编撰|制作|着力|大力|继续|把|牢|强化|聚焦|充分|立足|贯彻|落实|在(?!线)|政府信息公开|政务公开|信息公开|没有|未|无|收到|受理|制定|高质量|推进|推动|及时|准确|加强|加大|加快|注重|"
    rf"明确|健全|{YEAR}年|现将|$)"
)
_NOT_REPORTER = re.compile(
    r"^(?:请|如|本|结合|围绕|通过|依托|对照|该|其|并|及|以下|全文|按照|根据|依据|遵照|在|经|与|和|向|对|报|受|接受|收到|登录|登陆|访问|通过|关注|来自|转发|印发|下发|参加|配合|协助|邀请|国务院|党中央|中共|省委|市委|区委|县委)"
)
_CONTACT = re.compile(
    r"(?:请与|可与|请和|请同|请联系|请致电|请向|可向|可联系|请径与|联系单位[:：]?|联系机构[:：]?|受理机构[:：]?|咨询单位[:：]?|"
    r"(?<![理自事])由)(?P<a>[\u4e00-\u9fff（）()]{3,40}?)(?:联系|编制|编写|负责解释|负责编制|负责|咨询|反映|查询|索取|[（(](?:联系)?(?:地址|电话)|[，,。；;](?:联系)?(?:地址|电话|邮编|通讯地址))"
)
_RULES = re.compile(
    r"《(?P<a>[\u4e00-\u9fff（）]{4,30}?)(?:政府|政务)?(?:信息|政务)公开(?:工作)?(?:实施)?(?:指南|目录|办法|制度|规定|细则|规程)"
)
_SITE = re.compile(
    r"(?:(?:人民)?政府|党政|党务|政务|政府信息|管委会|管理委员会)(?:信息|门户|公众|公开|政务|信息公开)*(?:网站|网|门户)(?:[^\u4e00-\u9fff]|$|[\u4e00-\u9fff])"
)
_ADDRESS = re.compile(r"地址[:：]?(?P<a>[\u4e00-\u9fff]{4,30})")
_GOVERNMENT = re.compile(r"人民政府|政府|委(?=[、和，,县市区])")
_OWN_SITE = re.compile(r"(?:局|厅|委|委员会|办公室|中心)(?:门户|官方|政务|公众|政府)?网")


def flowing(text: str) -> str:
    """Text in compatibility form without white space but for breaks between paragraphs and after titles: a long line that ends in mid-sentence goes on."""
    parts: list[str] = []
    for line in text.splitlines():
        bare = "".join(line.split())
        if not bare:
            parts.append("\n")
            continue
        broken = len(bare) >= _WRAPPED and not bare.endswith(_LINE_ENDS)
        parts.append(bare if broken else bare + "\n")
    return re.sub(r"\n+", "\n", "".join(parts))


def clauses(squashed: str, limit: int = 60) -> Iterator[tuple[int, str]]:
    for at, match in enumerate(_CLAUSE.finditer(squashed)):
        if at >= limit:
            return
        yield match.start(), match.group()


@lru_cache(maxsize=2048)
def leading_body(clause: str) -> tuple[str, int | None] | None:
    """The body that a clause begins with and says something of (2025年大冶市教育局认真贯彻…), with the year said before it."""
    lead = _LEAD.match(clause)
    year = re.match(YEAR, clause)
    rest = clause[lead.end() :] if lead else clause
    if _NOT_REPORTER.match(rest):
        return None
    place = read_place(rest[:40])
    for end in range(min(len(rest), 36), 2, -1):
        # A place alone does nothing here but report: 山西省2017年…; the whole clause may be a name.
        if not rest[:end].endswith(BODY_ENDINGS) or not _DOES.match(rest[end:]) or end < place.length:
            continue
        if rest[:end].endswith("政府") and rest[end:].startswith("信息"):
            continue
        name = clean_body(rest[:end])
        if name and (place.length or len(name) >= 3):
            return name, read_year(year.group()) if year else None
    return None


def in_preface(squashed: str) -> list[Mentioned]:
    """Bodies named as the reporter in the text's beginning, strongest first: those that publish the report, then subjects of sentences."""
    found: list[Mentioned] = []
    for pattern in (_PUBLISHES, _PUBLISHES_LATE):
        match, tries = pattern.search(squashed), 0
        while match and tries < 20:
            groups = match.groupdict()
            name = _reporter(groups["a"]) or _reporter(groups.get("b") or "")
            if name:
                found.append(Mentioned(name, read_year(groups["y"]), "前言"))
            # A verb too early (编制…现公布X) must not swallow the right one behind it.
            match, tries = pattern.search(squashed, match.end() if name else match.start() + 1), tries + 1
    plain = _TITLED.sub("《》", squashed)
    for at, clause in clauses(plain):
        body = leading_body(clause)
        alone = body and clause.endswith(body[0])
        if alone and plain[at + len(clause) : at + len(clause) + 1] not in tuple("，,（(《“"):
            continue  # a line of its own is a masthead or a menu as often as the reporter
        alias = _ALIAS.match(plain, at + len(clause)) if alone else None
        if body and alias and clean_body(alias["b"]):
            body = (f"{body[0]}（{alias['b']}）", body[1])
        if body and (place_in(body[0]).full or place_in(body[0]).candidates or len(found) < 8):
            found.append(Mentioned(without_sub_office(body[0]), body[1], "前言"))
    return found


def _reporter(text: str) -> str | None:
    """The body in words between a verb and the year: 现将来宾市卫生健康委员会 | 2023年."""
    body = leading_body(text) if text else None
    name = body[0] if body else clean_body(text)
    return without_sub_office(name) if name else None


def report_years(squashed: str) -> list[int]:
    """Years beside the words 政府信息公开…报告, in order, those of notices left out."""
    found = []
    for match in _YEAR_OF_REPORT.finditer(squashed):
        after = squashed[match.end() : match.end() + 20]
        year = read_year(match["y"])
        if year and not re.search(r"通知", after):
            found.append(year)
    return found


def in_contact(squashed: str) -> list[Mentioned]:
    """Bodies that a reader is told to ask, or that compiled the report."""
    found = []
    for match in _CONTACT.finditer(squashed):
        name = clean_body(match["a"])
        if name:
            found.append(Mentioned(without_sub_office(name), None, "联系方式"))
    return found


def in_rules(squashed: str) -> list[Mentioned]:
    """Bodies whose own rules on disclosure the text cites: 《抚顺市人力资源和社会保障局政府信息公开工作办法》. A superior's look the same."""
    names = (clean_body(match["a"]) for match in _RULES.finditer(squashed))
    return [Mentioned(without_sub_office(name), None, "所引的本机关制度") for name in names if name]


def site_places(squashed: str) -> list[Place]:
    """Places whose government's web site the text names (在淄博市人民政府网站下载), in order, once each."""
    found: list[Place] = []
    for pattern in (_SITE, _OWN_SITE):
        for match in list(pattern.finditer(squashed))[:40]:
            place = _place_ending_at(squashed, match.start())
            if place and place not in found:
                found.append(place)
    return found


def addresses(squashed: str) -> list[Place]:
    """The counties and cities that addresses in the text begin with (地址：绥滨县连生乡连生村)."""
    readings = (read_place(match["a"]) for match in list(_ADDRESS.finditer(squashed))[:6])
    places = (r.place for r in readings if r.known and not r.place.candidates and (r.place.county or r.place.city))
    return list(dict.fromkeys(Place(p.province, p.city, p.county) for p in places))


def governments(squashed: str) -> list[Place]:
    """Counties and cities whose government, party committee or disclosure office the text names, once each: where it is from, weakly."""
    found: list[Place] = []
    for match in list(_GOVERNMENT.finditer(squashed))[:40]:
        place = _place_ending_at(squashed, match.start())
        if place and place not in found and place.level in ("county", "city"):
            found.append(place)
    return found


def _place_ending_at(text: str, end: int) -> Place | None:
    """The known place whose name ends at ``end``, the longest."""
    for start in range(max(0, end - 24), end - 1):
        reading = read_place(text[start:end])
        if reading.known and reading.length == end - start and not reading.place.candidates:
            return reading.place
    return None


def full_names(squashed: str, tail: str) -> list[str]:
    """Names in the text that end with ``tail`` and begin with a known place: 武汉市财政局 for 财政局. In order, repeated as often as said."""
    found: list[str] = []
    at = squashed.find(tail)
    tries = 0
    while at >= 0 and tries < 60:
        tries += 1
        for start in range(max(0, at - 20), at - 1):
            reading = read_place(squashed[start:at])
            if reading.known and reading.length == at - start:
                found.append(squashed[start : at + len(tail)])
                break
        at = squashed.find(tail, at + len(tail))
    return found
