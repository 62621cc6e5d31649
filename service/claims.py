"""What a question claims of how one year's figure stands to another's, held against the figures: 翻了一番, 不到上年的一半, 多了两成."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.textual import stated_number
from service.conditions import percent

_TENTHS = (
    r"百分之[一二两三四五六七八九十百零点\d.]+|[一二两三四五六七八九]成[半一二三四五六七八九]?(?![立果效员本为绩功])|\d+(?:\.\d+)?\s*%|一半"
)
_BULK = "一?(?:大半|多半|小半|少半)"  # more, or less, than a half
_LESS, _MORE = "不到|不足|不及|低于|少于|没到|没有?|未到", "超过了?|多于|不止|高于|超出"
_DOUBLED = re.compile(
    r"(?P<near>几乎|将近|差不多|接近|近乎|快要?|(?<!最)近)?(?P<less>(?:没有?|未|不到)(?:比[^,，。]{2,8}年)?)?翻(?:了|过)?(?P<n>[一两二三])?(?P<unit>番|倍)"
    r"(?:(?P<more>(?:都|还)?(?:不止|还多|有余|出头|以上|多(?![少几])))|(?P<short>都?(?:不到|没到|不足)))?"
)
_HALF = re.compile(
    rf"(?:(?P<less>{_LESS})|(?P<more>{_MORE}))[^,，。占?？]{{0,14}}?的?一半|的一半(?:也|都|还)?(?:(?P<short>不到|不足|没有|没到|以下)|(?P<beyond>不止|多(?![少几])|以上))"
    r"|(?P<exact>(?:正|刚|恰)好|等于|(?<!不)(?<!是不)是(?!不是|否))[^,，。占?？]{0,14}?的一半"
)
_TIMES = re.compile(
    rf"(?:(?P<less>{_LESS})|(?P<over>{_MORE})|(?<!不)是(?!不是|否)|有(?!没有)|达到?|相当于)[^,，。占?？]{{0,14}}?(?P<n>[一两二三四五六七八九十]|\d+(?:\.\d+)?)倍(?P<more>多(?![少几])|以上|还多|不止)?"
)
_MOVED = re.compile(
    rf"(?P<way>(?P<falls>减少|下降|降低|下跌|[降跌减]幅|[少减降跌])|增长|增加|上升|上涨|[增涨]幅|[多增涨升])了?(?P<no>没有?|未|不)?"
    rf"(?:(?P<over>{_MORE})|(?P<less>{_LESS})|(?P<least>至少|达到?了?)|(?P<near>将近|接近|差不多|大约|大概|快(?:到|有)?|近|约)(?:有|是)?)?"
    rf"(?P<part>{_BULK}|{_TENTHS}|[一两二三四五六七八九]倍)(?P<more>以上|多(?![少几])|都?不止|还多)?(?P<down>以下|都?不到)?(?!左右|上下)"
)
# 并没有比上年多四成, 不是去年的两倍: the claim is that it is not so
_DENIED = re.compile(r"(?:(?<!有)没有?|未|(?<!会)不会|并不|并非|(?<!是)不)(?:是)?(?:比[^,，。]{1,8}?)?$")


@dataclass(frozen=True, slots=True)
class Claim:
    """The later figure as a percentage of the earlier one: ``sign`` is one of > < >= <= ~; ``close`` is how near ~ must be to be so.

    denied  whether the question says that it is not so: 没有增加一倍
    """

    words: str
    sign: str
    ratio: float
    close: float = 0.0
    denied: bool = False

    def holds(self, ratio: float) -> bool:
        """Whether the later figure, ``ratio`` percent of the earlier one, is as is claimed."""
        return (
            self.denied
            != {
                ">": ratio > self.ratio,
                ">=": ratio >= self.ratio,
                "<": ratio < self.ratio,
                "<=": ratio <= self.ratio,
                "~": abs(ratio - self.ratio) < self.close,
            }[self.sign]
        )


def claim_in(text: str) -> Claim | None:
    """What ``text`` claims of one figure against another; None where it claims nothing of the kind."""
    for read in (_doubled, _moved, _half, _times):
        if found := read(text):
            match, sign, ratio, close = found
            denied = _DENIED.search(text[: match.start()])
            if denied and read is _moved and sign == "~":  # 没有多四成: it did not get so far, however close
                return Claim(denied.group() + match.group(), "<" if ratio > 100 else ">", ratio)
            return Claim((denied.group() if denied else "") + match.group(), sign, ratio, close, bool(denied))
    return None


_Read = tuple[re.Match[str], str, float, float]


def _doubled(text: str) -> _Read | None:
    match = _DOUBLED.search(text)
    if match is None:
        return None
    n = stated_number(match["n"] or "一") or 1
    sign = "~" if match["near"] else "<" if match["less"] or match["short"] else ">" if match["more"] else ">="
    ratio = 100.0 * (2**n if match["unit"] == "番" else 1 + n)
    return match, sign, ratio, 0.1 * ratio if match["near"] else 0.0


def _half(text: str) -> _Read | None:
    match = _HALF.search(text)
    if match is None:
        return None
    sign = "~" if match["exact"] else "<" if match["less"] or match["short"] else ">"
    return match, sign, 50.0, 0.5


def _times(text: str) -> _Read | None:
    match = _TIMES.search(text)
    if match is None:
        return None
    sign = "<" if match["less"] else ">" if match["over"] or match["more"] else "~"
    return match, sign, 100.0 * (stated_number(match["n"]) or 0), 5.0


def _moved(text: str) -> _Read | None:
    match = _MOVED.search(text)
    part = _part(match["part"]) if match else None
    if match is None or part is None:
        return None
    sign = "<" if match["less"] or match["down"] else ">" if match["over"] or match["more"] else ">=" if match["least"] else "~"
    close = max(5.0, 0.1 * part) if match["near"] else 0.5
    if re.search("[大多]半", match["part"]):
        sign = ">"
    elif re.search("[小少]半", match["part"]):
        sign = "<"
    if match["no"]:  # 增长没超过两成
        sign = {">": "<=", ">=": "<", "<": ">="}.get(sign, "<")
    if match["falls"]:  # fallen by more than a fifth: to less than four fifths
        return match, {"<": ">", ">": "<", ">=": "<=", "<=": ">="}.get(sign, sign), 100 - part, close
    return match, sign, 100 + part, close


_ALIKE = re.compile(
    r"(?P<not>(?<!是)不(?:是|太|怎么)?)?(?:一样(?:多|高|大|少)?|相同|持平|相等|一致|同样多|(?:刚好|正好|恰好|同)?是?(?:同)?一个数(?!据|字))(?!的(?:问题|措施))|(?:没有?|未|不)(?:什么)?变(?:化|动)?(?![多少成为])|没(?:有)?(?:什么)?增减"
)


def alike_in(text: str) -> bool | None:
    """Whether ``text`` claims that figures are the same (True) or that they are not (False): 一样多吗, 没变吧; None where it claims neither."""
    match = _ALIKE.search(text)
    if match is None or re.search("哪|谁|几[个家年]|多少[个家年]|为什么|为啥|为何|怎么|原因|最|一样不一样的", text):
        return None
    return not match["not"] or bool(re.search(r"一样不一样|相同不相同", text))


def alike(text: str, numbers: Sequence[float]) -> str:
    """The opening of an answer to a claim that all of ``numbers`` are the same, or are not; ``""`` where none is made."""
    claimed = alike_in(text)
    if claimed is None or len(numbers) < 2:
        return ""
    near = re.search("几乎|差不多|基本上?|大致|大体|近乎|接近", text)
    if near and len(numbers) == 2 and claimed and 0 < abs(numbers[0] - numbers[1]) <= 0.05 * max(map(abs, numbers)):
        return "是的，两个数相差不大。"
    same = len(set(numbers)) == 1
    which = "几个" if len(numbers) > 2 else "两个"
    if re.search("变没变|有没有变|变不变", text):
        return f"{'没有变' if same else '变了'}，{which}数{'相等' if same else '不相等'}。"
    return f"{'是的' if same == claimed else '不是'}，{which}数{'相等' if same else '不相等'}。"


def _part(words: str) -> float | None:
    """两成, 一成六, 20%, 一倍, 一大半 in percent."""
    if re.fullmatch(_BULK, words):
        return 50.0
    if words.endswith("倍"):
        return 100.0 * (stated_number(words[:-1]) or 0)
    return percent(re.sub(r"\s", "", words))


def borne_out(text: str, earlier: float, later: float) -> str:
    """The opening of an answer to such a claim; ``""`` where there is none, or nothing to divide by."""
    claim = claim_in(text)
    if claim is None or not earlier:
        return ""
    ratio = 100 * later / earlier
    # A number in the words of the question is no figure of a report, and is not said again.
    words = "这个说法" if re.search(r"\d", claim.words) else f"“{claim.words}”"
    if claim.holds(ratio):
        return f"是的，{words}与数字相符。"
    if claim.sign == "~" and not claim.denied and abs(ratio - claim.ratio) < 5:
        return f"接近，但{words}不完全准确。"
    return f"不对，{words}与数字不符。"
