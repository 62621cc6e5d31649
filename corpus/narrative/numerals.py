"""Numbers in running text: value, unit and approximation, and nothing that only looks like a number of things.

Works on one folded line (``corpus.textual.fold``), in linear time: every repetition in the patterns is possessive or bounded.
What could be read in two ways (a range, digits torn apart, 三四件) is left out rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.forms import unit_classes
from corpus.textual import chinese_number, number


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number with its unit. ``start`` to ``end`` takes in the words that make it approximate: 近 180 件.

    unit  as printed, in its plain form (件（次） is 件次); where none is printed and the noun before leaves no doubt 人 of those who follow an
          account, else ""
    """

    start: int
    end: int
    value: int | float
    unit: str
    approximate: bool


_WRITTEN_UNITS = {"件(次)": "件次", "条(次)": "条次", "人(次)": "人次", "场(次)": "场次", "份(次)": "份次", "篇(次)": "篇次", "百分点": "个百分点"}  # fmt: skip
# Measures of things that no class of units holds: a number in them is told for what it is, and never added to others.
FURTHER_UNITS = ("支", "枚", "所", "辆", "座", "间", "盏", "只", "株", "亩", "吨", "公里", "通")
_UNITS = sorted((*unit_classes(), *_WRITTEN_UNITS, *FURTHER_UNITS), key=len, reverse=True)
_UNIT = "|".join(re.escape(u) for u in _UNITS)
_CN = "一二两三四五六七八九十百千万亿零〇"
_WHOLE = ("info", "request", "people", "times")  # classes of unit that come in whole numbers only
_COUNT_UNITS = frozenset(u for u, kind in unit_classes().items() if kind in _WHOLE) | set("个家类册种处本张块")

# Numbers that count nothing: titles and short quotations, addresses, ordinals, document numbers, dates, times, house numbers,
# ranges (both ends), sums and ratios such as 10+1 and 7×24.
_MASKED = re.compile(
    rf"(?=[《“「‘\"A-Za-z第〔\[【(\d{_CN}])(?:"  # most characters begin none of these
    r"《[^》]{1,80}》|“[^”]{1,12}”|「[^」]{1,12}」|‘[^’]{1,12}’|\"[^\"]{1,12}\"|(?:https?:|www\.)[^\s,。;)]++|[A-Za-z][A-Za-z\d._-]*+@?"
    rf"|第\s*+(?:\d|[{_CN}])++(?:\s*+(?:[、,和及至到~—–-]\s*+)第?(?:\d|[{_CN}])++(?=\s*+(?:[条项款期次批届号]|[、,和及至到~—–-]\s*+第)))*+"
    r"|[〔\[【(]\s*+(?:19|20)\d\d\s*+[〕\]】)]\s*+\d*+\s*+号?"
    r"|(?<!\d)\d++\s*+(?:年[度版]?|月(?:\s*+\d++\s*+[日号])?|[日号]|:\s*+\d\d(?::\d\d)?|[时点](?:\s*+\d{1,2}\s*+分)?)"
    rf"|(?<![\d.,])\d[\d.,]*+\s*+(?:{_UNIT}|万|亿)?\s*+(?:[-—–~―]{{1,2}}|至|到)\s*+\d[\d.,]*+"
    r"|(?<![\d.])\d[\d.]*+[万亿]?(?:\s*+[+×*/]\s*+(?:\d[\d.]*+[万亿]?|[NnXx]))++"
    rf"|(?<![{_CN}])[{_CN}]++\s*+(?:{_UNIT})?(?:[-—–~―]{{1,2}}|至|到)[一二两三四五六七八九十]++)"
)
_QUANTITY = re.compile(
    rf"(?=[\d{_CN}])(?:"
    r"(?:(?<![\d.A-Za-z_/+×*~—–-])(?<!\d,)(?P<digits>(?<!\d )\d(?: \d){2,}+(?! ?\d)|\d{1,3}(?:,\d{3})++(?!\d)(?:\.\d++)?+|\d++(?:\.\d++)?+(?!\.?\d))"
    rf"|(?<![第之几数若成两{_CN}\d点])(?P<cn>[{_CN}]++))"
    r"\s*+(?P<more1>余|多|几|来)?+\s*+(?P<scale>千万|百万|十万|万亿|万|亿|千|百(?!分))?+(?P<rest>\d{1,4}(?:\.\d++)?+(?P<scale2>万|千)?+)?+"
    rf"\s*+(?P<more2>余|多|左右|上下)?+\s*+(?P<unit>{_UNIT})(?P<more3>以上|左右|上下|以下|有余|(?:余|多)(?![次种项样]))?+)"
)
_SCALES = {"千": 1e3, "百": 1e2, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}
_FRACTION = re.compile(
    rf"(?P<base>[百千万]|[二三四五六七八九十]|\d{{1,3}})分之(?P<part>[{_CN}]+(?:点[{_CN}]+)?|\d+(?:\.\d+)?)(?P<more>左右|以上|以下|多)?"
    r"|(?P<tenths>[一二三四五六七八九])成(?P<more2>以上|左右|以下|多)?(?=[,。;、)的]|$)"
)
_ABOUT = re.compile(
    r"(?:(?<![最附临邻靠远])近|将近|接近|大约|大概|(?<![预签节集制合条公违履大特])约|超过?|逾|突破|不少于|不低于|至少|不足|不到|不超过|低于|高于|多于|少于|(?:(?<=[^通经])过|上)(?=$))\s*了?\s*$"
)
# 过 and 上 say "more than" only before a bare 百, 千, 万, 亿: 过万, 上百.
_ABOUT_BARE = re.compile(r"[过上]\s*$")
# A unit character that goes on into another word is no unit: 5 人员, 3 项目, 2 次序.
_NOT_UNIT = {"人": "民大员才事类物口行", "名": "称单录义", "部": "门分署委位队", "份": "的额", "位": "于置数", "分": "别之为局管级类布析", "次": "序数要性供生产元", "个": "人体性别月年", "期": "间限刊工", "条": "例款件", "件": "套", "处": "理罚于长室", "本": "级年机局部", "块": "链", "元": "旦", "案": "卷例件", "起": "来草点", "户": "籍口外", "天": "然", "类": "别型似", "场": "所景地馆合", "家": "庭长", "项": "目", "种": "植", "段": "落时", "例": "如会外行", "台": "账阶", "张": "贴", "倍": "增", "集": "中体合", "笔": "记录", "宗": "旨教", "页": "面", "则": "是将", "支": "持出付部撑", "所": "有在以谓长属需", "座": "谈机", "间": "隔接断", "只": "有要是能需", "通": "过知报告道信用路俗常行"}  # fmt: skip
_RANKED = re.compile(r"(?:前进|上升|提升|前移|进步|位列|名列|排名|排|列|前)了?\s*$")
_GOES_ON = re.compile(r"诉(?!讼)")  # 3起诉 is a verb, 3起诉讼 are cases
# Chinese numerals count with these; 个 and 家 are mostly part of set phrases (三个方面, 一家亲), so a noun must follow.
_CHINESE_UNITS = frozenset("件位名条期场篇份起次人类天宗封册部则幅例") | {"人次", "大类", "场次", "个工作日", "工作日", "小时", "元", "万元", "条次", "篇次", "件次"}  # fmt: skip
_THINGS = r"(?:专栏|栏目|专区|专题|平台|账号|公众号|部门|单位|乡?镇|街道|社区|村|查阅[点室]?|窗口|网站|微信|微博|系统|品种|媒体|企业|场所|公开[点栏])"
_CHINESE_COUNTED = re.compile(rf"\s*{_THINGS}")
_CHINESE_THING_BEFORE = re.compile(rf"{_THINGS}\s*$")
# 一 with most units is no number: 一次性, 一条龙, 一类; with these it is, unless the word goes on.
_ONE = {"件": "事", "位": "数", "名": "", "期": "", "场": "", "份": "力", "宗": "", "封": "", "篇": ""}
_ONE_CASE = re.compile(r"\s*(?:行政|诉讼|复议|案|申请|因|政府信息|依申请|投诉|举报|[,。;、)]|$)")
_NO_COUNT = re.compile(r"三?\s*类内部|四?\s*类过程|[大]?类\s*(?:内部|过程)")
_WELL_FORMED = re.compile(
    r"(?:(?P<high>(?:[一二两三四五六七八九]?千)?零?(?:[一二两三四五六七八九]?百)?零?(?:[一二三四五六七八九]?十)?[一二两三四五六七八九]?)[万亿])?"
    r"零?(?:[一二两三四五六七八九]千)?(?:零?[一二两三四五六七八九]百)?(?:(?:零|(?<=百)|(?<![千万亿百]))[一二三四五六七八九]?十)?"
    r"(?:(?:(?<=十)|零|^)[一二两三四五六七八九])?"
)
_BARE = frozenset(("百", "千", "万", "亿", "百万", "千万", "十万", "万亿"))
# Nouns that a number may follow without any unit, where the sentence goes on after a mark: 申请12，答复12.
_UNITLESS = re.compile(
    r"(?=[申答予部不无其受办复诉主公发留件条次人份篇期场])(?:(?P<noun>申请|答复|予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|受理|办结|复议|诉讼|主动公开|公开信息|发布信息|留言)(?:总?数量?|总量)?|(?P<unit>件|条|次|人|份|篇|期|人次|场次)(?:总)?数)"
    r"\s*+(?:分别)?(?:为|是|达|共|:)?\s*+(?P<digits>\d{1,3}(?:,\d{3})++(?!\d)|\d{1,7}+)(?=\s*+[,。;)](?!\s*+\d))"
)
# 粉丝7.5万, 用户总数达12.6万: those who follow an account are people, whether or not a unit says so.
_FOLLOWED = re.compile(
    r"(?:粉丝|关注(?:用户|者)?|订阅(?:用户|者)?|用户)(?:总|累计)?(?:数量?|量|人数)?\s*+(?P<about>已?(?:经)?(?:达到?了?|为|有|共|近|约|超过?|突破)?)\s*+"
    r"(?P<digits>\d{1,3}(?:,\d{3})++(?:\.\d++)?+|\d{1,7}(?:\.\d++)?+)\s*+(?P<scale>[万亿])?(?P<more>余|多)?(?=\s*+(?:[,。;、)]|$))"
)
_BEFORE_A_MARK = re.compile(r"\d\s*+[,。;)](?!\s*+\d)")


def mask(line: str) -> str:
    """The line with everything that is no count blanked by #, its length kept."""
    return _MASKED.sub(lambda m: "#" * len(m.group()), line)


def numerals(line: str) -> list[Numeral]:
    """The quantities of a folded line, in order, none overlapping another."""
    found: list[Numeral] = []
    shares = list(_fractions(line))
    chars = list(line)
    for share in shares:
        chars[share.start : share.end] = "#" * (share.end - share.start)
    masked = mask("".join(chars))
    found += shares
    for match in _QUANTITY.finditer(masked):
        numeral = _numeral(masked, match)
        if numeral is not None:
            found.append(numeral)
    for match in _UNITLESS.finditer(masked) if _BEFORE_A_MARK.search(masked) else ():
        value = _digits(match["digits"])
        if value is not None and not (match["unit"] is None and 1900 <= value <= 2100):
            found.append(Numeral(match.start("digits"), match.end(), number(value), match["unit"] or "", False))
    for match in _FOLLOWED.finditer(masked) if re.search("粉丝|关注|订阅|用户", masked) else ():
        value = _digits(match["digits"])
        about = bool(re.search("近|约|超|突破", match["about"]) or match["more"])
        if value is not None and not (match["scale"] is None and 1900 <= value <= 2100):
            scaled = round(value * _SCALES.get(match["scale"] or "", 1.0), 4)
            found.append(Numeral(match.start("digits"), match.end(), number(scaled), "人", about))
    return sorted(found, key=lambda n: n.start)


def _numeral(line: str, match: re.Match[str]) -> Numeral | None:
    """A match as a quantity, or None where it is part of a word, torn apart or ambiguous."""
    unit = match["unit"]
    after = line[match.end("unit") : match.end("unit") + 1]
    if (after and after in _NOT_UNIT.get(unit, "")) or (unit == "起" and _GOES_ON.match(line, match.end("unit"))):
        return None
    begin = match.start("digits") if match["digits"] else match.start("cn")
    lead = line[max(0, begin - 6) : begin]
    if unit in ("名", "位") and _RANKED.search(lead):
        return None
    about = _ABOUT.search(lead)
    more = any(match[g] for g in ("more1", "more2", "more3"))
    if match["digits"]:
        if re.search(r"\d[.,]?\s+$", lead):  # 13 1 条: two numbers or one, nobody can tell
            return None
        if about and _ABOUT_BARE.fullmatch(about.group()):
            about = None
        value = _digits(match["digits"].replace(" ", ""))
    else:
        value = _chinese(line, match, approximate=bool(about) or more)
    if value is None:
        return None
    value = _scaled(value, match)
    if value is None or (unit in _COUNT_UNITS and value != int(value)):
        return None
    start = begin - len(lead) + about.start() if about else begin
    return Numeral(start, match.end(), number(value), _WRITTEN_UNITS.get(unit, unit), bool(about) or more)


def _digits(text: str) -> float | None:
    """None for more digits than any count has: a code, or noise."""
    whole, _, decimals = text.replace(",", "").partition(".")
    return float(f"{whole}.{decimals or 0}") if len(whole) <= 13 and len(decimals) <= 8 else None


def _scaled(value: float, match: re.Match[str]) -> float | None:
    """The value times its scale; 1亿2300万 and 3万5千 added up, and None for what does not add up that way."""
    scale = match["scale"]
    if match["rest"] is None:
        return round(value * _SCALES.get(scale or "", 1.0), 4)
    below = {"亿": ("万", 1e4), "万": ("千", 1e3)}.get(scale or "")
    if below is None or match["scale2"] != below[0] or match["more1"]:
        return None
    rest = float(match["rest"].rstrip("万千"))
    return round(value * _SCALES[scale] + rest * below[1], 4) if rest * below[1] < _SCALES[scale] else None


def _chinese(line: str, match: re.Match[str], approximate: bool) -> float | None:
    """The value of a Chinese numeral that counts something: 四十余条, 一位负责同志; not 三四件, 一批, 十四五, 三定."""
    words, unit = match["cn"], match["unit"]
    following = line[match.end("unit") : match.end("unit") + 6]
    if match["rest"] or _NO_COUNT.match(line, match.start("cn")):
        return None
    before = line[max(0, match.start("cn") - 4) : match.start("cn")]
    if words in _BARE:  # 万余条 is about 10,000; 百件 without 余 may be a name
        return float(_product(words)) if approximate and not before.endswith("成百上") else None
    if words in ("零", "〇"):  # 零件 alone is a spare part
        return 0.0 if re.search(r"[为是均共计数请议讼到生]$", before) and unit in _CHINESE_UNITS else None
    if words == "一" and not match["more1"]:
        if unit == "起":
            return 1.0 if _ONE_CASE.match(following) and re.search(r"[有生仅共为到理发起及]$", before) else None
        if unit == "条":  # 信息一条。 counts, 一条主线 does not
            return 1.0 if re.match(r"[,。;、)]|$", following) else None
        return 1.0 if unit in _ONE and not (_ONE[unit] and following.startswith(_ONE[unit])) else None
    if unit not in _CHINESE_UNITS and not (unit in ("个", "家", "处") and _of_things(before, following)):
        return None
    if match["scale"] and words[-1] in "万亿":
        return None
    if not _WELL_FORMED.fullmatch(words) or re.search(r"[国新]$", before):  # 国二十条 is a policy
        return None
    value = chinese_number(words)
    return None if value is None else float(value)


def _of_things(before: str, following: str) -> bool:
    """Whether 个, 家 or 处 counts things that a report counts, named after the number or, at a clause's end, before it."""
    return bool(_CHINESE_COUNTED.match(following) or (re.match(r"[,。;、]|$", following) and _CHINESE_THING_BEFORE.search(before)))


def _product(words: str) -> int:
    value = 1
    for char in words:
        value *= {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}[char]
    return value


def _fractions(line: str) -> Iterator[Numeral]:
    """百分之八十, 千分之三, 三分之一, 八成以上: shares, as percent (or ‰)."""
    if "分之" not in line and "成" not in line:
        return
    for match in _FRACTION.finditer(line):
        if match["tenths"]:
            if line[max(0, match.start() - 1) : match.start()] not in tuple("约近超占达有过的到率"):
                continue
            value, unit = "一二三四五六七八九".index(match["tenths"]) * 10 + 10.0, "%"
        else:
            part, base = _decimal(match["part"]), {"百": 100, "千": 1000, "万": 10_000}.get(match["base"]) or _decimal(match["base"])
            if part is None or not base or part > base:
                continue
            unit = "‰" if match["base"] == "千" else "%"
            value = part if base == 1000 else 100 * part / base
        lead = line[max(0, match.start() - 6) : match.start()]
        about = _ABOUT.search(lead)
        start = match.start() - len(lead) + about.start() if about else match.start()
        yield Numeral(start, match.end(), number(round(value, 6)), unit, bool(about or match["more"] or match["more2"]))


def _decimal(words: str) -> float | None:
    """八十五点六 → 85.6, 百 → 100, 12.5 → 12.5."""
    if words[0].isdigit():
        return float(words)
    whole, _, decimals = words.partition("点")
    value = 100 if whole == "百" else chinese_number(whole)
    if value is None or any(c in "十百千万亿" for c in decimals):
        return None
    digits = chinese_number(decimals) if decimals else None
    return float(f"{value}.{digits:0{len(decimals)}d}") if digits is not None else float(value)
