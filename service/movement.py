"""Which way a question says that a figure went. One table: where several lists stood, a fall was told as a rise.

Other words for the same (下滑, 走低, 攀升 …) are brought to these before a question is read (regional_words.txt).
"""

from __future__ import annotations

import re

RISES = r"变多|增长|增加|上升|上涨|增多|提高|涨|升(?!级)"
FALLS = r"变少|下降|减少|降低|下跌|降|减(?!免)|跌|缩|落"
# What only a comparison makes a movement: 比上年多, 甲的更少.
MORE, LESS = r"(?<!少)多(?!多少|几)|高|大", r"(?<!多)少(?!多少|几)|低|小"
WAYS = rf"{RISES}|多|{FALLS}|(?<![多至])少"

_FALL = re.compile(rf"{FALLS}|少|低|小")


def against_an_end(text: str) -> str:
    """Which end of several years another is held against (比最多的那年低百分之几: 多); "" where it is none, or more than one."""
    end = re.search(r"[比跟和与]最([多少高低])的?那?一?年", text)
    return end[1] if end and text.count("最") == 1 else ""


# 峰值那一年比头一年多几件: the most or least of several years against the first or the last of them
FROM_AN_END = re.compile(
    r"(?:最(?P<most>[多少高低])的?|(?P<end>峰值|顶峰|高峰|低谷|谷底))(?:的|那)*一?年[^,，。]{0,4}[比跟和与]"
    r"(?:(?P<last>最后|末尾?|最近|最新|去)|头|首|第一|最早|开头|起始)(?:的|那)*一?年"
)


def is_fall(words: str) -> bool:
    """Whether the words that name a movement name a fall."""
    return bool(_FALL.search(words))
