"""What one table cell holds: its state, its number, its unit. Blank is not zero, and words are not numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.model import State
from corpus.textual import number, squash

_NOT_APPLICABLE = {
    "/",
    "\\",
    "-",
    "--",
    "---",
    "—",
    "——",
    "–",
    "−",
    "一",
    "无",
    "不涉及",
    "不适用",
    "无此项",
    "N/A",
    "n/a",
    "无数据",
}
_NUMBER = re.compile(
    r"^(?P<sign>[+\-−－增减]|增加|减少|新增|净增|净减)?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<unit>万|亿|%|(?:万|亿)?[元件项条份个宗次部]|千元)?$"
)

_NOTE_MARK = re.compile(r"(?<=\d)\s*[\u2460-\u24ff\u2070\u00b9\u00b2\u00b3\u2074-\u208e]+$")
# A float keeps this many digits; no report counts higher, and what is longer is several numbers run together.
_MOST_DIGITS = 15
_CHINESE_ZEROS = {"〇", "○", "零"}
_LOOKS_LIKE = {"O": 0, "o": 0, "l": 1, "I": 1, "丨": 1}
# Two numbers, or one that a converter tore apart; a space after a comma is a slip of the typist's.
_APART = re.compile(r"\d\s+[\d,，.]")


@dataclass(frozen=True, slots=True)
class Reading:
    """``unit`` as printed, "" where the cell prints none. ``joined``: the digits are in doubt: they stood apart (35 11), or one looks like a
    letter (O)."""

    state: State
    value: int | float | None
    unit: str
    joined: bool = False


@lru_cache(maxsize=8192)
def read_cell(printed: str) -> Reading:
    """The reading of a cell as printed. ``减4`` is −4, ``19.7 万`` is 19.7 with the unit 万, ``无`` is na."""
    bare = _NOTE_MARK.sub("", printed)  # 26① is 26 with a note's mark; NFKC would make it 261
    text = squash(bare).replace("，", ",")
    if not text:
        return Reading("blank", None, "")
    if text in _NOT_APPLICABLE:
        return Reading("na", None, "")
    if text in _CHINESE_ZEROS:
        return Reading("zero", 0, "")
    if text in _LOOKS_LIKE:  # a recogniser's letter for a digit: a number, though not for sure
        return Reading("value" if _LOOKS_LIKE[text] else "zero", _LOOKS_LIKE[text], "", True)
    match = _NUMBER.match(text)
    if not match:
        return Reading("text", None, "")
    digits = match["digits"].replace(",", "")
    if len(digits.replace(".", "")) > _MOST_DIGITS:
        return Reading("text", None, "")
    value = number(float(digits))
    if (match["sign"] or "+")[0] in "-−－减" or match["sign"] == "净减":
        value = -value
    return Reading(
        "value" if value else "zero", value if value else 0, match["unit"] or "", bare != printed or bool(_APART.search(printed.strip()))
    )


def is_value_like(printed: str) -> bool:
    """Whether a cell can stand where the form wants a number (blank included)."""
    return read_cell(printed).state != "text"
