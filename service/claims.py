"""What a question claims of how one year's figure stands to another's, held against the figures: 翻了一番, 不到上年的一半, 多了两成."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.textual import stated_number
from service.conditions import percent

_TENTHS = r"百分之[一二两三四五六七八九十百零点\d.]+|[一二两三四五六七八九]成半?(?![立果效员本为绩功])|\d+(?:\.\d+)?\s*%|一半"
_DOUBLED = re.compile(
    r"(?P<less>(?:没有?|未|不到)(?:比[^,，。]{2,8}年)?)?翻(?:了|过)?(?P<n>[一两二三])?(?P<unit>番|倍)(?P<more>(?:都|还)?(?:不止|还多|有余|出头|以上|多(?![少几])))?"
)
_LESS, _MORE = "不到|不足|不及|低于|少于|没到|没有?|未到", "超过了?|多于|不止|高于|超出"
_HALF = re.compile(
    rf"(?:(?P<less>{_LESS})|(?P<more>{_MORE}))[^,，。占?？]{{0,14}}?的?一半|的一半(?:也|都|还)?(?:(?P<short>不到|不足|没有|没到|以下)|(?P<beyond>不止|多(?![少几])|以上))"
)
_TIMES = re.compile(
    rf"(?:(?P<less>{_LESS})|(?P<over>{_MORE})|是|有|达到?|相当于)[^,，。占?？]{{0,14}}?(?P<n>[一两二三四五六七八九十]|\d+(?:\.\d+)?)倍(?P<more>多(?![少几])|以上|还多|不止)?"
)
_MOVED = re.compile(
    rf"(?P<way>增长|增加|上升|上涨|[多增涨升]|(?P<falls>减少|下降|降低|下跌|[少减降跌]))了?(?:(?P<less>{_LESS})|(?P<over>{_MORE})|(?P<least>至少|达到?了?))?"
    rf"(?P<part>{_TENTHS}|[一两二三四五六七八九]倍)(?P<more>以上|多(?![少几])|都?不止|还多)?(?P<down>以下|都?不到)?(?!左右|上下)"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """The later figure as a percentage of the earlier one: ``sign`` is one of > < >= <= ~; ``close`` is how near ~ must be to be so."""

    words: str
    sign: str
    ratio: float
    close: float = 0.0


def claim_in(text: str) -> Claim | None:
    """What ``text`` claims of one figure against another; None where it claims nothing of the kind."""
    if doubled := _DOUBLED.search(text):
        n = stated_number(doubled["n"] or "一") or 1
        ratio = 100.0 * (2**n if doubled["unit"] == "番" else 1 + n)
        return Claim(doubled.group(), "<" if doubled["less"] else ">" if doubled["more"] else ">=", ratio)
    if half := _HALF.search(text):
        return Claim(half.group(), "<" if half["less"] or half["short"] else ">", 50.0)
    moved = _MOVED.search(text)
    if moved is None and (times := _TIMES.search(text)):
        sign = "<" if times["less"] else ">" if times["over"] or times["more"] else "~"
        return Claim(times.group(), sign, 100.0 * (stated_number(times["n"]) or 0), close=5.0)
    part = _part(moved["part"]) if moved else None
    if moved is None or part is None:
        return None
    sign = "<" if moved["less"] or moved["down"] else ">" if moved["over"] or moved["more"] else ">=" if moved["least"] else "~"
    if moved["falls"]:  # fallen by more than a fifth: to less than four fifths
        return Claim(moved.group(), {"<": ">", ">": "<", ">=": "<="}.get(sign, sign), 100 - part, close=0.5)
    return Claim(moved.group(), sign, 100 + part, close=0.5)


def _part(words: str) -> float | None:
    """两成, 20%, 一倍 in percent."""
    if words.endswith("倍"):
        return 100.0 * (stated_number(words[:-1]) or 0)
    return percent(re.sub(r"\s", "", words))


def borne_out(text: str, earlier: float, later: float) -> str:
    """The opening of an answer to such a claim; ``""`` where there is none, or nothing to divide by."""
    claim = claim_in(text)
    if claim is None or not earlier:
        return ""
    ratio = 100 * later / earlier
    held = {
        ">": ratio > claim.ratio,
        ">=": ratio >= claim.ratio,
        "<": ratio < claim.ratio,
        "<=": ratio <= claim.ratio,
        "~": abs(ratio - claim.ratio) < claim.close,
    }[claim.sign]
    # A number in the words of the question is no figure of a report, and is not said again.
    words = "这个说法" if re.search(r"\d\s*[%倍]", claim.words) else f"“{claim.words}”"
    if held:
        return f"是的，{words}与数字相符。"
    if claim.sign == "~" and abs(ratio - claim.ratio) < 5:
        return f"接近，但{words}不完全准确。"
    return f"不对，{words}与数字不符。"
