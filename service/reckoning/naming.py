"""What a question points at by its place among what was told, put into it by name: 最多那年的申请都是怎么递上来的, 打头那家自己承认哪些不足.

The rest of such a question asks for something new, which reckoning with what was told cannot give. Once the body or the year is named the question
is whole, and is asked again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from service.agencies import find_agencies
from service.case import Case
from service.directory import directory
from service.reckoning.expression import Unread
from service.reckoning.reading import reading
from service.reckoning.tables import Block, blocks
from service.reckoning.words import IN_ORDER, Token, word

_BEFORE = re.compile(r"(?:其中|里[面头]|当中|说回|回到|就说|再说|那么?|这|五家里的|[两三四五六七八九]家里的?)+$")


def named_outright(case: Case) -> str | None:
    """The question with the body or year that it points at named; None where it points at none, or not at one alone."""
    context = case.request.context
    if context is None or not context.tables:
        return None
    text = unicodedata.normalize("NFKC", case.request.question)
    made = _in_the_same_place(case, text)
    found = list(_pointing(made))
    if len(found) > 1:
        return None
    for start, end, token in found:
        if re.search("[和跟与比]$", made[:start]) or re.match("[和跟与]", made[end:]):
            return None  # one of two
        near = find_agencies(made, directory(case.snapshot.reports), case.snapshot.segmenter).agencies or context.agencies
        name = next((n for block in blocks(context.tables) if (n := _name(case, block, token, near)) is not None), None)
        if name is None:
            return None
        return f"{_BEFORE.sub('', made[:start])}{name}{made[end:]}"
    return made if made != text else None


def points_at_a_place(text: str) -> bool:
    """Whether a word of the text is a place in an order."""
    return any(found is not None and found[0].kind in IN_ORDER for found in (word(text, at) for at in range(len(text))))


def _pointing(text: str) -> Iterator[tuple[int, int, Token]]:
    start = 0
    while start < len(text):
        token, end = word(text, start) or (None, start + 1)
        if token is not None and token.kind in ("place", "middle", "rest") and (token.noun not in ("", "个", "者") or token.ranking):
            yield start, end, token
        start = end


def _name(case: Case, block: Block, token: Token, near: Sequence[str]) -> str | None:
    """Whom, or which year, the word points at in the block; a year only of the bodies that are spoken of (``near``)."""
    axes = [token.axis] if token.axis else [a for a in ("body", "year") if block.axes[a] > 1]
    if axes not in (["body"], ["year"]) or block.axes["body" if axes == ["year"] else "year"] > 1:
        return None
    if axes == ["year"] and {*block.bodies} != {*near}:
        return None
    try:
        one = reading(case, block).members(token, axes[0])
    except Unread:
        return None
    if len(one) != 1:
        return None
    return f"{one[0]}年" if axes == ["year"] else str(one[0])


def _in_the_same_place(case: Case, text: str) -> str:
    """同县的城关镇: the county of the body spoken of, by its name."""
    context = case.request.context
    held = directory(case.snapshot.reports)
    if context is None or len(context.agencies) != 1 or context.agencies[0] not in held.bodies:
        return text
    place = held.bodies[context.agencies[0]].place
    names = {"县": place.county, "区": place.county, "市": place.city}
    return re.sub(r"[同本](?P<unit>[县区市])的?(?=[\u4e00-\u9fff]{2,})", lambda m: names[m["unit"]] or m.group(), text)
