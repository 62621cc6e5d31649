"""Years that are not the report's: leftovers of last year's text, and a 统计期限 that is no year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from corpus.audit.material import Material, Prose, quote
from corpus.model import Finding, Span

_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
# A year's own facts: as the sentence's opening, or before a verb of reporting. A date, a document or a plan is not among them.
_OPENS = re.compile(r"^(?:[(]?[一二三四五六七八九十\d]{1,2}[)、.]|[一二三四五六七八九十]是|[^,。]{0,16}情况[。:])*(?:截[至止]到?)?$")
_REPORTS = re.compile(
    r"^年度?[,、]?(?:全年)?(?:我[^,。]{1,3}|本[^,。]{1,3}|全[省市县区镇乡旗州局])?(?:共|累计|未|没有|收到|接到|受理|主动公开|无)"
)
_CLOSES = re.compile(r"^年(?:12月31日|12月?底|年?底|末)")
_COMPARES = re.compile(
    r"[比较].{0,4}(?:20\d\d|上|去)|相比|同期|同比|上年|去年|上一年|增[长加]|下降|减少|持平|以来|结转|历年|近[几两三四五]年|连续|预算|决算"
)
_HISTORY = re.compile(
    r"起[,至]|规划|十[三四五]五|目标|力争|到20\d\d|年报|修订|修改|印发|出台|施行|实施|制定|成立|建成|开通|上线|组建|机构改革|挂牌|自20\d\d"
)
_COMING = re.compile(r"将|拟|计划|下一步|下步|今后|明年|新的一年|继续|打算|展望|要|谋划|安排|重点|着力")
_TITLED = re.compile(r"《[^》]{0,80}》|[〔\[【][^〕\]】]{0,8}[〕\]】]\d*号?|20\d\d[-—~至到]20\d\d年")
_OWN_TITLE = re.compile(
    r"(?:公布|发布|编制|形成|撰写|现将|报告)[^,。;]{0,40}?(?<!\d)(?P<y>20\d\d)年?度?[^,。;《]{0,24}?信息公开(?:工作)?(?:年度)?(?:报告|年报)"
)

_PERIOD = re.compile(
    r"(?:统计|数据|核定|期限|时限|时间段|报告期)[^。;]{0,40}?"
    # More than four digits are a year only before 年: 202012月31日 lost it, 202020年12月31日 has two too many.
    r"(?P<y1>\d{4}|\d{4,8}(?=年))年?(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日"
    r"(?:起|开始|零时|0时)?,?(?:[-—~]+|至|到|止|截至|截止)+"
    r"(?:(?P<y2>\d{4}|\d{4,8}(?=年))年?)?(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日"
)


def dates(material: Material) -> Iterator[Finding]:
    """Judged only where the report's year is known."""
    if material.year is None:
        return
    yield from _periods(material, material.year)
    found: dict[int, list[tuple[Prose, int, int, Span]]] = defaultdict(list)
    for piece in material.prose:
        for start, end in piece.sentences():
            for other, at in _leftovers(piece, start, end, material.year):
                found[other].append((piece, start, end, piece.span(at, at + 5)))
    for other, hits in sorted(found.items()):
        piece, start, end, _ = hits[0]
        said = quote(piece.raw[start:end])
        more = f"等 {len(hits)} 处" if len(hits) > 1 else ""
        message = f"报告年度是 {material.year} 年，文中写有 {other} 年：“{said}”{more}，可能是旧文遗留，请核对。"
        places = tuple(dict.fromkeys(hit[0].place for hit in hits))
        yield Finding("text.year", "notice", message, places, (material.year, other), tuple(hit[3] for hit in hits[:50]))


def _leftovers(piece: Prose, start: int, end: int, year: int) -> Iterator[tuple[int, int]]:
    """(year, index) of the years in a sentence that report the facts of another year than the report's."""
    sentence = piece.text[start:end]
    if "20" not in sentence:
        return
    for match in _OWN_TITLE.finditer(piece.text, start, end) if piece.section == 0 else ():
        if int(match["y"]) != year:
            yield int(match["y"]), match.start("y")
    if piece.section == 0 or re.search(r"统计期限|统计时限|数据期限|报告期", sentence):
        return
    plain = _TITLED.sub(lambda m: "□" * len(m.group()), sentence)  # the same length
    years = [int(m[1]) for m in _YEAR.finditer(plain)]
    if not years or year in years:
        return
    for match in _YEAR.finditer(plain):
        other = int(match[1])
        before, after = plain[: match.start()], plain[match.end() - 1 :]
        closes = bool(_CLOSES.match(after)) and bool(re.search(r"截[至止]到?$", before))
        opens = bool(_OPENS.match(before)) and bool(re.match(r"^年度?(?:[,]|(?!\d{1,2}月)(?=[^\d]))", after))
        told = closes or bool(_REPORTS.match(after))
        opens = opens and bool(re.search(r"公开|申请|发布|信息", plain)) and not re.search(r"考核|评估|测评|评比|获", plain)
        if not (told or opens) or _COMPARES.search(plain) or (not told and _HISTORY.search(plain)):
            continue
        if other > year and (piece.section == 5 or _COMING.search(plain)):
            continue
        if other < 2008 or (other > year + 1 and re.search(r"年[,]?(?:全面|基本|建成|实现)", after)):
            continue
        yield other, start + match.start()


def _periods(material: Material, year: int) -> Iterator[Finding]:
    for piece in material.prose:
        for match in _PERIOD.finditer(piece.text):
            printed = (match["y1"], match["y2"] or match["y1"])
            first = int(match["y1"][-4:]), int(match["m1"]), int(match["d1"])
            last = int((match["y2"] or match["y1"])[-4:]), int(match["m2"]), int(match["d2"])
            slips = []
            if any(len(y) != 4 for y in printed):
                slips.append("年份写错")
            if first[0] != year or last[0] != year:
                slips.append(f"与报告年度 {year} 年不一致")
            if last < first:
                slips.append("止期早于起期")
            elif (last[0] - first[0]) * 12 + last[1] - first[1] + (last[2] >= first[2]) > 12:
                slips.append("超过十二个月")
            if slips:
                range_ = piece.raw[match.start("y1") : match.end()]
                message = f"统计期限写作“{quote(range_, 50)}”，{'，'.join(slips)}。"
                span = piece.span(match.start("y1"), match.end())
                yield Finding("period.range", "notice", message, (piece.place,), (first[0], last[0]), (span,))
