"""What a question says not to mean: 是公安局，不是教育局; 企业提了几件，律所、协会这些别算.

Whoever says so names what is near to what he asks for. Read along with the rest it would be asked for too.
"""

from __future__ import annotations

import re

from corpus.forms import LEGAL_PERSONS, metrics, subjects
from corpus.narrative import cue_pattern
from service.directory import Directory
from service.lexicon import TermHit, find_terms
from service.rewrites import in_the_words_of_the_forms

# 是公安局，不是教育局; 不予公开几件，不是不予处理
_NOT_THOSE = re.compile(
    "[,，(（](?:可|并)?不是(?:问|说|看|指|要)?(?P<out>[^,，。?？!！()（）]{2,16}?)(?:那家|的)?(?:[)）]|(?=[,，。!！?？]|$))"
)
_BEGINS = r"[,，。;；?？!！(（](?:[可请但就先也]|记得|麻烦)*"
_ENDS = "(?:[)）]|(?=[,，。;；?？!！]|$))"
# 不要把需要现做的、说不清楚的算进去; 律所、协会这些别算; 信息处理费不算
_LEFT_OUT = re.compile(
    rf"{_BEGINS}(?:不要|别|不用|不必|莫|甭)(?:给我)?(?:把|将)?(?P<into>[^?？()（）。;；]{{2,24}}?)[也都给]*(?:算|加|混|掺|带|计|数|弄|扯|并|统计)(?:进[去来]?|在内|上|到?一起|一块儿?){_ENDS}"
    rf"|{_BEGINS}(?P<out>[^?？()（）,，。;；]{{2,20}}?)(?:[这那][些类种])?的?(?:先|都|就|也|一律|暂时|统统)*(?:不要[算管]?|别[算加管看]|不[算管看问含计提]|不用算)(?:在内|进去|了)?{_ENDS}"
)
_CELLS = ("metric", "row", "block")


def without_those_denied(text: str, held: Directory) -> str:
    """A question without the body, or the row of the form, that it says not to mean, where another is named before it."""
    match = _NOT_THOSE.search(text)
    if match is None:
        return _without_asides(text)
    body, ahead = held.match(match["out"], 0), text[: match.start()]
    if body is not None and body.end == len(match["out"]):
        other = any((named := held.match(text, at)) and named.agencies != body.agencies for at in range(match.start()))
    else:
        whole = {h.id for h in find_terms(match["out"]) if h.kind in _CELLS and (h.start, h.end) == (0, len(match["out"]))}
        other = bool(whole) and any(h.kind in _CELLS and not h.weak and h.id not in whole for h in find_terms(ahead))
    return _without_asides(ahead + text[match.end() :] if other else text)


def _without_asides(text: str) -> str:
    """A question without a clause that says what is not to be counted, where that is no part of what is asked for before it."""
    match = _LEFT_OUT.search(text)
    if match is None:
        return text
    ahead, words = text[: match.start()], match["into"] or match["out"]
    named, out = _firm(in_the_words_of_the_forms(ahead)), _firm(in_the_words_of_the_forms(words))
    if not out:
        apart = any(cue_pattern(s.cues + s.terms).search(words) for s in subjects()) and any(h.kind in _CELLS for h in named)
    else:
        apart = _apart([h for h in out if h.kind == "applicant"], named) and _apart([h for h in out if h.kind in _CELLS], named)
    return ahead + text[match.end() :] if apart else text


def _firm(text: str) -> list[TermHit]:
    return [h for h in find_terms(text) if h.kind in ("applicant", *_CELLS) and not h.weak and not h.loose]


def _apart(out: list[TermHit], named: list[TermHit]) -> bool:
    """Whether none of those left out is a part of what is named, nor the same; true where none is left out."""
    if not out:
        return True
    own = {h.id for h in named if (h.kind == "applicant") == (out[0].kind == "applicant")}
    own -= {whole for whole in own if any(one.startswith(f"{whole}.") for one in own)}  # 内部事务没公开的: the one reason
    parts = {p for one in own if one in metrics() for p in metrics()[one].parts} | own
    if "legal_persons" in own:
        parts |= {*LEGAL_PERSONS}
    return bool(own) and not any(h.id in parts or any(h.id.startswith(f"{one}.") for one in own) for h in out)
