"""Small text tools that every stage shares."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "Ｏ": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_LONGEST_NUMBER = 30
_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;]+[”」』）)]*|\n|$)")
_LIST_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]{1,2}(?:是|、|要)|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.、．])\s*")


class _Folds(dict[int, str]):
    """For ``str.translate``: what a character becomes, found out when it first comes."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = " " if char.isspace() else unicodedata.normalize("NFKC", char)
        self[code] = folded if len(folded) == 1 else char
        return self[code]


_folds = _Folds()


def fold(text: str) -> str:
    """Width and compatibility forms unified one character for one, so that offsets stay true."""
    return text.translate(_folds)


def squash(text: str) -> str:
    """The text without any white space and in compatibility form: for comparing labels, never for quoting."""
    return _squash_short(text) if len(text) <= _SHORT else _squash(text)


# Labels come again and again, row after row and stage after stage; paragraphs do not.
_SHORT = 80


def _squash(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


_squash_short = lru_cache(maxsize=32768)(_squash)


def tidy(text: str) -> str:
    """For display: line breaks inside Chinese text go, other runs of white space become one space."""
    text = re.sub(r"(?<=[^\x00-\x7f])\s*[\r\n]+\s*(?=[^\x00-\x7f])", "", text)
    return re.sub(r"\s+", " ", text).strip()


def chinese_number(text: str) -> int | None:
    """一百二十三 → 123, 二〇二三 → 2023; None when it is no number."""
    if not 0 < len(text) <= _LONGEST_NUMBER or any(c not in CHINESE_DIGITS and c not in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return int("".join(str(CHINESE_DIGITS[c]) for c in text))
    total = section = digit = 0
    for char in text:
        if char in CHINESE_DIGITS:
            digit = CHINESE_DIGITS[char]
            continue
        unit = _UNITS[char]
        if unit >= 10_000:
            total = (total + section + digit) * unit
            section = 0
        else:
            section += (digit or 1) * unit
        digit = 0
    return total + section + digit


def stated_number(text: str) -> float | None:
    """12, 12.5, 十二, 十二点五: a number in digits or in words; None when it is none."""
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text)
    whole, _, decimals = text.partition("点")
    value = chinese_number(whole)
    if value is None or not decimals:
        return value
    return value + float("0." + "".join(str(chinese_number(c) or 0) for c in decimals))


def to_chinese(value: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十; digits beyond 99."""
    if not 0 <= value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else "零一二三四五六七八九"[tens] + "十"
    return head + ("零一二三四五六七八九"[ones] if ones or not tens else "")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Offsets of the sentences of ``text[start:end]``, without the white space around them."""
    spans = []
    for match in _SENTENCE.finditer(text, start, len(text) if end is None else end):
        body = match.group()
        stripped = body.strip()
        if stripped:
            begin = match.start() + body.index(stripped[0])
            spans.append((begin, begin + len(stripped)))
    return spans


def without_number(sentence: str) -> str:
    """A sentence without its number in a list (一是, （二）, 3.): under another number it is the same sentence."""
    return _LIST_NUMBER.sub("", sentence)


def number(value: float) -> int | float:
    """The same finite number, as an int where it is whole."""
    return int(value) if value == int(value) else round(value, 6)


def show_number(value: float) -> str:
    """A number for reading: thousands separated, no needless decimals."""
    value = number(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.4f}".rstrip("0").rstrip(".")
