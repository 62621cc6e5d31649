"""有, 是的 or 不对 before a sentence that was found in the text: only where the sentence itself says so.

A sentence that speaks of the matter is shown in any case. Whether it settles a question of whether is a claim of our own, so that every
telling word of the question must stand in it, and nothing that denies them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.textual import stated_number
from service.operation import CLAIMED
from service.query import Query

_WHETHER = re.compile(r"有没有|有无|是否有?|(?P<verb>[\u4e00-\u9fff])没(?P=verb)|真的?(?:有|写|提|讲|说|开|办|搞|建|设)|[了过](?:吗|么)[?？]?$|没有?[?？]?$")
_DENIES = re.compile(r"未|没有|尚无|并无|[^有]无(?!障碍|纸|人机|线)|不(?!断|同|少|仅|但|动产|低于|少于)")
_MEASURED = re.compile(r"(\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+)\s*([台处块间座辆部套本册组支盏面级道名位个条项场次回期篇件])")


_AND_HOW_MANY = re.compile(
    "(?:有没有|有无|是否有?|有(?!几|多少)[^,，。?？]{0,14}[吗么没])[^,，。?？]{0,12}[,，?？][^,，。?？]{0,6}(?:几|多少)[件条份次场起宗篇期人]?[呢啊]?[?？]?$"
)


def asks_whether_and_how_many(text: str) -> bool:
    """Whether a question asks if there is any, and then how many: 有被纠正的案子吗，几件."""
    return bool(_AND_HOW_MANY.search(text))


def asks_whether(text: str) -> bool:
    """Whether a question asks if there is something: 有没有写到…, 开没开, …真的写了吗."""
    return bool(_WHETHER.search(text)) or bool(CLAIMED.search(text))


def opening(query: Query, quoted: str, words: Sequence[str]) -> str:
    """The word that a quotation begins with: 有。 for what it says, 是的。 or 不对。 for a number claimed of it, "" where it settles nothing.

    ``words`` are the telling words of the question. A number is judged where the sentence has one number, and in the same measure.
    """
    if not words or _DENIES.search(quoted) or re.search("多少|几(?!乎)|哪|谁|怎|为什么|为何|如何|啥|什么", query.text):
        return ""
    claimed = {measure: stated_number(number.replace(",", "")) for number, measure in _MEASURED.findall(query.asked)}
    plain = [w for w in words if not _MEASURED.fullmatch(w) and stated_number(w) is None and len(w) > 1]
    if not plain or not asks_whether(query.text) or any(w not in quoted for w in plain):
        return ""
    if not claimed:
        return "是的。" if CLAIMED.search(query.text) else "有。"
    said = [(stated_number(number.replace(",", "")), measure) for number, measure in _MEASURED.findall(quoted)]
    if len(claimed) != 1 or [measure for _, measure in said] != [*claimed]:
        return ""
    return "是的。" if said[0][0] == next(iter(claimed.values())) else "不对。"
