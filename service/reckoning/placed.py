"""Whether it is one's place that a question says: 换成2022年，三家里还是碧原排头名吗; of the bodies, years or things that were told.

The numbers are read anew, for the year or the body that the question names, so that the verdict is over all of them.
"""

from __future__ import annotations

import re
import unicodedata

from service.case import Case
from service.contract import Answer
from service.reckoning.answer import Worked
from service.reckoning.expression import AXES, Unread, member
from service.reckoning.reading import cell_like, reading, row_of_cell
from service.reckoning.tables import Block, blocks
from service.reckoning.words import Token, names_in, read
from service.replacing import replace

_WHETHER = re.compile(r"是不是|是否|对不对|[吗么吧嘛](?=$|[?？,，])|不(?=[?？]?$)")
_ELSE = re.compile(r"[?？,，]*(?:如果|要是)?不是的?话?[,，]?(?:是|又是|那是|那么?是)?(?:谁|哪[一家个年种条]*).{0,6}$")


def placed(case: Case) -> Worked | None:
    """The verdict on the place of one that a question claims; None where it claims none, or one number is missing."""
    context = case.request.context
    question = unicodedata.normalize("NFKC", case.request.question)
    if context is None or not context.tables or not _WHETHER.search(question):
        return None
    text = _ELSE.sub("", _WHETHER.sub("", question))
    names = names_in(case, text)
    for block in blocks(context.tables):
        if "它" in text and block.axes["year"] > 1:
            continue  # 2023年也是它最多吗: whether it is, not whether the year is
        tokens = read(case, block, text, names)
        if tokens and (given := _of_block(case, block, tokens)) is not None:
            return given
    return None


def _of_block(case: Case, block: Block, tokens: list[Token]) -> Worked | None:
    places = [t for t in tokens if t.kind == "place"]
    varying = [a for a in AXES if block.axes[a] > 1]
    said = {"place", "body", "year", "thing", "set", "all", "to", *(("share",) if all("/" in m.metric for m in block.measures) else ())}
    if len(places) != 1 or len(varying) != 1 or {t.kind for t in tokens} - said:
        return None
    axis = varying[0]
    kinds = {"body": "body", "year": "year", "measure": "thing"}
    own = [t for t in tokens if t.kind == kinds[axis] and len(t.names) == 1 and (axis != "body" or t.names <= {*block.bodies})]
    if places[0].axis not in ("", axis) or len(own) != 1 or any(t.count not in (0, block.axes[axis]) for t in tokens if t.kind == "set"):
        return None
    try:
        asked = _of_another(case, block, axis, tokens, own[0])
        first = reading(case, asked).members(replace(places[0], by_value=True), axis)
    except Unread:
        return None
    claimed = next(iter(own[0].names))
    told = [c for m in (*first, claimed) for c in asked.cells if member(c, axis) == m]
    rows = [row_of_cell(case, c) for c in dict.fromkeys(told)]
    if len(first) != 1 or any(r is None for r in rows) or claimed not in {member(c, axis) for c in asked.cells}:
        return None
    found = [r for r in rows if r is not None]
    shown = "；".join(r.in_full for r in found)
    verdict = "是的" if first[0] == claimed else "不是"
    case.reports = [r.report for r in found]
    text = f"{verdict}，{places[0].words.strip('的')}的是{_name(axis, first[0], found[0].label)}。{shown}。"
    return Worked(Answer("answered", text, tuple(r.figure() for r in found)), pointed=True)


def _name(axis: str, which: object, label: str) -> str:
    return f"{which}年" if axis == "year" else label if axis == "measure" else str(which)


def _of_another(case: Case, block: Block, axis: str, tokens: list[Token], own: Token) -> Block:
    """The block for the year, or the body, that the question names beside; Unread where one of its numbers is not held."""
    years = [y for t in tokens if t.kind == "year" and t is not own for y in t.names if isinstance(y, int)]
    bodies = [b for t in tokens if t.kind == "body" and t is not own for b in t.names if isinstance(b, str)]
    if len(years) > 1 or len(bodies) > 1 or (axis == "year" and years) or (axis == "body" and bodies):
        raise Unread
    if not years and not bodies:
        return block
    cells = [cell_like(case, (bodies or [c.body])[0], (years or [c.year])[0], c.measure) for c in block.cells]
    return replace(block, bodies=tuple(bodies) or block.bodies, years=tuple(years) or block.years, cells=tuple(cells))
