"""Years in a question: named, counted back, in ranges and rows; and the text without them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.textual import chinese_number, stated_number
from service.lexicon import mask

_YEAR = re.compile(
    r"(?<![\d.])(?<!新收)(?<!收到)(?<!收了)(?<!办结)(?<!受理)((?:19|20)\d\d)(?![\d.]|[件条份人次元个篇%万]|以[上下]|年?[那这]?一?版)年?度?|(?<![\d.])(\d\d)年(?:度|的)?(?!来|内|前|后|级|版)|([一二][九〇零○][一二三四五六七八九〇零○]{2})年?|(?<![一二三四五六七八九十])([一二][〇零一二三四五六七八九十])年(?!来|内|前|后|级)"
)
_RELATIVE = re.compile(
    r"(?<![\d一二三四五六七八九十近这])[两二三四五2-5]年(?:以前|之前|前)(?!后|[两三四五几]?[名位家])|大前年|前年|(?<![一二两三四五六七八九十\d近这几前头后第首末])[三四五六七八九十]年来(?![了过])|去年|上年度?|上一年度?|今年|本年度?|当年|最近的?(?:那一?年|一年)|最新|最[晚近]的?那?一?份|最早的?(?:有报告的?)?(?:那)?(?:一?年|一?份)|近([一二两三四五六七八九十\d]+)年|同一年|同年|前一年|头一年|再前一年|头年|再?早一年|再?往前推?一年|(?<!最)后一年|接下来那?一?年|次年|翌年|下一年度?|第二年|最近([一二两三四五六七八九十\d]+)年|这([三四五六七八九十\d])年|过去([一二两三四五六七八九十\d]+)年|连续([一二两三四五六七八九十\d]+)年|历年|每年|各年(?!级|龄|代|轻|长|节)|各个年份|逐年|连年|年年|这几年|那年头?|那一年"
)
_RANGE = re.compile(
    r"(?:从)?((?:19|20)\d\d)年?度?(?:[\u4e00-\u9fff]{0,5}?(?:以来|以后|之后|起|开始))?(?:到|至|—|–|--|-|~|→|(?:一直|一路|直|看|算|数|查|比)[\u4e00-\u9fff]{0,2}到)((?:19|20)\d\d)年?|(?<!\d)(\d\d)年?(?:到|至|—|-|~|→)(\d\d)年|(?<![\d第])(1[5-9]|2\d)(?:到|至|转)(1[5-9]|2\d)(?![\d件条份个人次名位项])"
)
# Two years in a row, the first without its unit: 21、22两年, 2021和2022年.
_PAIR = re.compile(r"(?<![\d.])((?:20)?\d\d(?:(?:、|,|，|和|与|跟|及)(?:20)?\d\d)+)(?:这)?[两三四五几]?个?年")
# What is left of 六年（2019—2024） once the years are taken out: it says them again.
_SAID_AGAIN = re.compile(r"(?:这|近)?(?:[两二三四五六七八九十\d]+个?年(?:间|里)?)?[(（]\n+[)）]")
# Years without any unit: 23和24新收的合计; 21 22 一起报; 近三年申请，22、23、24.
_SHORT_LISTS = (
    re.compile(r"(?<![\d.、])(?P<list>2\d[和跟与、]2\d)(?![\d.、]|[件条个份年月日号人元次万%岁])"),
    re.compile(r"^(?:那)?(?P<list>(?:1[89]|2\d)(?:[ 、,，和跟]+(?:1[89]|2\d))+)(?=[ ,，]*(?:一起|都|也|各|分别|呢|两年|年))"),
    re.compile(r"(?:[两三四五六]年[^\d]{0,6}?)(?P<list>(?:1[89]|2\d)(?:[、,，](?:1[89]|2\d))+)(?![\d.%]|[件条个份次人元万])"),
)
_SINCE = re.compile(
    r"从?((?:19|20)\d\d|(?<=从)[12]\d(?=年)|(?<!\d)[12]\d(?=年(?:到现在|至今|以来)))年?(?:算?起|以来|以后|之后|往后|开始|至今|到现在|到今年|到目前)"
)
# 一九年到二四年, 二〇二三年: a digit for a character, so that no offset moves.
_SPELT = re.compile(
    r"(?<![一二三四五六七八九十百千两〇零○])(?:一九|二[〇零○0Oo])[一二三四五六七八九〇零○0Oo]{2}(?![一二三四五六七八九十百千〇零○件条份人次元个])|(?<![一二三四五六七八九十百千两〇零○])(?:[一二][九〇零○0Oo])?[一二〇零○][一二三四五六七八九〇零○](?=年(?!来|内|前|后|级))"
)
TAKEN = r"(?:[扣剔刨抛撇][掉除去开]|除[去掉了开]|去掉|拿掉|不算|不含|不包括|不要)"
LEFT_OUT = re.compile(rf"{TAKEN}(?:20[12]\d年?[、和与跟及])*$")
LEFT_OUT_AFTER = re.compile(rf"年?(?:度)?(?:那一?年)?的?(?:那份|数)?(?:也|都|要|得|先|给我)*(?:{TAKEN}|除外)")
# Years parted by the asker: 前三年、后三年各自, 分两段算
OWN_PARTS = re.compile("前([二两三四五])年[、,，和跟与及]?后([二两三四五])年|分[成为]?[两三]段")
_LEFT_OUT = re.compile(rf"{TAKEN}(20[12]\d)年?(?:度|那一?年|的)?(?:以外|之外|外)?(?:不算|不计|不要)?")
_DIGITS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")
PARTS_OF_YEAR = re.compile(
    r"(?<!\d)\d{1,2}(?:[、和到至]\d{1,2})?(?:[两三几四五六]个)?月份?|[两三四五六]个月|[一二三四五六七八九十]{1,2}月份?(?!底)|(?:上|下)半年|季度|每(?:个?月|天|日)(?=[^,，。;；?？]{0,8}(?:多少|几|平均|均))|一天(?:能|要|得|可以)?[收办处答接]|月均|平均每(?![家个件份条次场期人笔局镇乡街县区市年])|哪个月|几月|哪一?天(?=[^,，。?？]{0,8}(?:最|多少|几))"
)
_CARRIED_TO = re.compile(r"(?:结转|转|拖|留|跨|压|挪)(?:到|至|入|给)?了?((?:19|20)\d\d|2\d(?=年))年?")
_CARRIED_FROM = re.compile(
    r"从((?:19|20)?\d\d)年?(?:度)?(?:结转|转|遗留|留|剩|带|接|拖|移)|((?:19|20)\d\d)年?(?:度)?(?:结转|转|遗留|留|剩|带)(?:过来|到本年)"
)


def _full_year(digits: str) -> int:
    """2024 of 2024 and of 24."""
    return int(digits) + (2000 if len(digits) == 2 else 0)


def carried_over(text: str) -> tuple[tuple[str | None, tuple[int, ...]], str]:
    """结转到2020年 names the metric of the 2019 report; 从2018年结转 that of the report after it."""
    match = _CARRIED_TO.search(text)
    if match:
        return ("requests.carried_out", (_full_year(match[1]) - 1,)), mask(text, [match.span()])
    match = _CARRIED_FROM.search(text)
    if match:
        return ("requests.carried_in", (_full_year(match[1] or match[2]) + 1,)), mask(text, [match.span()])
    return (None, ()), text


def years_ago(relative: str | None) -> int:
    """How many years 两年前 counts back; 0 for any other word."""
    match = re.fullmatch("([两二三四五2-5])年(?:以前|之前|前)", relative or "")
    return int(stated_number(match[1]) or 0) if match else 0


def years_in(text: str, kept: Sequence[tuple[int, int]]) -> tuple[tuple[int, ...], str | None, str]:
    """Years named, a relative word for one, and the text without them. Words inside terms stay: 上年结转."""
    years: list[int] = []
    spans: list[tuple[int, int]] = []
    two = re.search(r"大前年[^,，]{0,10}?(?<!大)前年|(?<!大)前年[^,，]{0,10}?大前年", text)
    if two and not re.search(r"去年|今年|(?:19|20)\d\d", text):  # 前年和大前年
        spans = [m.span() for m in re.finditer("大?前年", text)]
        return (), "前年和大前年", mask(text, spans)
    text = re.sub(r"从?前年[跟和与、到至]去年|去年[跟和与、]前年", lambda m: "近两年".ljust(len(m.group())), text)
    # 前年的收费和去年的收费; 去年收费多少，前年呢
    text = re.sub(
        r"(?P<one>去年|前年)(?P<what>[^,，。?？比]{2,8})[和跟与](?!(?P=one))(?:去年|前年)(?=[^,，。?？比]{0,8}(?:[,，。?？]|$))",
        lambda m: f"  {m['what']}近两年",
        text,
    )
    text = re.sub(
        r"(?P<one>去年|(?<!大)前年)(?P<what>[^。?？比]{2,24}[多少几][^,，。?？比]{0,8})[,，](?!(?P=one))(?:去年|前年)(?P<rest>的?(?:呢|又?是?多少|又?是?几[件个份条])?[?？]?$)",
        lambda m: f"  {m['what']}近两年" + " " * len(m["rest"]),
        text,
    )
    # 去年收的正好是前年的一半
    text = re.sub(r"去年(?P<what>[^,，。?？]{0,16}?)(?:(?:是|有|到|足|过)前年)", lambda m: f"  {m['what']}近两年", text)
    text = _SPELT.sub(lambda m: m.group().translate(_DIGITS), text)
    for match in _RANGE.finditer(text):
        first, last = sorted(_full_year(g) for g in match.groups() if g)
        if last - first <= 40:
            years += range(first, last + 1)
            spans.append(match.span())
    text = mask(text, spans)
    text = mask(text, [m.span() for m in _SAID_AGAIN.finditer(text)])
    if since := _SINCE.search(text):
        every = [m.span() for m in re.finditer("历年|逐年|每年|各年(?![级龄代轻长节])", text)]  # 从2020年起历年的
        return (_full_year(since[1]),), "至今", mask(text, [since.span(), *every])
    spans = []
    for match in _PAIR.finditer(text):
        listed = [_full_year(y) for y in re.findall(r"\d+", match[1])]
        if all(1990 < y < 2100 for y in listed):
            years += listed
            spans.append(match.span())
    text = mask(text, spans)
    if not years and (
        short := re.match(r"(?:那|再看|到)?((?:1[89]|2\d))(?=的(?:有|呢|是|没|总|$)|呢[?？]?$|[比跟和](?:它|那|这|去|前|上))", text)
        or re.fullmatch(r"(?:那|那就|就)?(?:再?[看查报说]|换|改)(?:成|到)?((?:1[89]|2\d))(?:的)?(?:吧|呢)?[?？]?", text)
    ):
        years.append(_full_year(short[1]))  # 24的有没有, 那24比它多几件
        text = mask(text, [short.span(1)])
    if not years and (row := next((m for pattern in _SHORT_LISTS if (m := pattern.search(text))), None)):
        years += map(_full_year, re.findall(r"\d\d", row["list"]))
        text = mask(text, [row.span("list")])
    spans = []
    for match in _YEAR.finditer(text):
        year = _year_value(match)
        if year is not None:
            years.append(year)
            spans.append(match.span())
    for match in _LEFT_OUT.finditer(text):
        if len(set(years)) > 2 and (gone := int(match[1])) in years:  # 2021到2024年，扣掉2022年
            years = [y for y in years if y != gone]
            spans.append(match.span())
    for match in _YEAR.finditer(text):  # 2020到2024年，但2022年那年剔掉
        behind = LEFT_OUT_AFTER.match(text[match.end() :])
        if behind and len(set(years)) > 2 and (gone := _year_value(match) or 0) in years:
            years = [y for y in years if y != gone]
            spans.append((match.start(), match.end() + behind.end()))
    text = mask(text, spans)
    relative = None
    for match in _RELATIVE.finditer(text):
        if any(start <= match.start() and match.end() <= end for start, end in kept):
            continue
        if years and match.group().startswith("各"):
            continue  # 2022年和2024年…各年: those named
        relative = match.group()
        text = mask(text, [match.span()])
        break
    return tuple(dict.fromkeys(years)), relative, text


def _year_value(match: re.Match[str]) -> int | None:
    if match[1]:
        return int(match[1])
    if match[2]:
        return 2000 + int(match[2]) if 4 <= int(match[2]) <= 40 else None
    words = match[3] or match[4]
    if match[3]:
        value = chinese_number(words.replace("○", "〇"))
        return value if value and 1990 < value < 2100 else None
    digits = chinese_number("".join(words))
    if digits is None:
        return None
    short = int("".join(str(chinese_number(c) or 0) for c in words)) if "十" not in words else digits
    return 2000 + short if 4 <= short <= 40 else None
