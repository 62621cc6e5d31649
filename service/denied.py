"""What a question says not to mean: 是公安局，不是教育局; 企业提了几件，律所、协会这些别算; 别给我去年的数.

Whoever says so names what is near to what he asks for. Read along with the rest it would be asked for too.
"""

from __future__ import annotations

import re

from corpus.forms import LEGAL_PERSONS, metrics
from service.cues import channels_of, subjects_of
from service.directory import Directory
from service.lexicon import TermHit, find_terms
from service.rewrites import in_the_words_of_the_forms
from service.years import years_in

# 是公安局，不是教育局; 不予公开几件，不是不予处理
_NOT_THOSE = re.compile(
    "[,，(（](?:可|并|我)*(?:不是(?:问|说|看|指|要)?|没(?:有|在)?(?:问|说|指|提)(?:的是)?)(?P<out>[^,，。?？!！:：()（）]{2,16}?)(?:那家|的)?[啊呀哦噢哈嘛]?(?:[)）]|(?=[,，。!！?？:：]|$))"
)
# 不是教育局，是财政局: the one that is meant comes last
_BUT_THIS = re.compile(
    r"^(?:不对|不|错了|哎呀?|哦|噢)?[,，。]*(?:我|俺)?(?:也|又|可|并)*(?:(?:问|说|要|想问|指|查)的)?(?:也|又|可|并)*不是(?:问|说|要|指|看)?(?P<out>[^,，。?？]{2,14}?)(?:那家|的|年)?[啊呀哦噢]?"
    r"[,，]+(?:而|我)?(?:问|说|要|指)?的?是(?:问|说|要|指|看)?(?P<meant>[^,，。?？是].+)$"
)
_BEGINS = r"(?:^|[,，。;；:：?？!！(（])(?:[可请但就先也]|记得|麻烦)*"
_ENDS = "(?:[)）]|(?=[,，。;；:：?？!！]|$))"
# 不要把需要现做的、说不清楚的算进去; 律所、协会这些别算; 别给我去年的数; 直接起诉的剔除
_LEFT_OUT = re.compile(
    rf"{_BEGINS}(?:不要|别|不用|不必|莫|甭)(?:给我|再)?(?:把|将)?(?P<into>[^?？()（）。;；]{{2,24}}?)[也都给]*(?:算|加|混|掺|带|计|数|弄|扯|并|统计)(?:进(?:去|来|[分子母]{{2}})?|在内|上|到?一起|一块儿?){_ENDS}"
    rf"|{_BEGINS}(?:不要|别)(?:再)?(?:给我|报|说|拿)+(?P<told>[^?？()（）,，。;；]{{2,12}}?)的?(?:数字?|情况)?{_ENDS}"
    rf"|{_BEGINS}除[掉去开](?P<off>[^?？()（）,，。;；]{{2,14}}?)[,，]"
    rf"|{_BEGINS}(?:把)?(?P<out>[^?？()（）,，。;；]{{2,20}}?)(?:[这那][些类种])?的?(?:先|都|就|也|一律|暂时|统统)*(?:不要[算管]?|别[算管看]|别(?:加|算)进[来去]|不[算管看问含计提]|不用[算看]|剔除|剔掉|排除|除外)(?:在内|进去|了)?{_ENDS}"
)
_CELLS = ("metric", "row", "block")
_ONLY_YEARS = re.compile(r"(?:(?:20)?\d\d年?(?:度)?|去年|前年|今年|上年|[、,和跟与到至—-]|以[后前来]|之[后前])+(?:的|那份|那年)*")
_A_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)|去年|前年|今年|上年")


def without_those_denied(text: str, held: Directory) -> str:
    """A question without the body, or the row of the form, that it says not to mean, where another is named before it."""
    if (but := _BUT_THIS.match(text)) is not None:
        out = held.match(but["out"], 0)
        of_a_body = out is not None and out.end == len(but["out"])
        if (of_a_body and any(held.match(but["meant"], at) for at in range(len(but["meant"])))) or (_ONLY_YEARS.fullmatch(but["out"]) and _ONLY_YEARS.match(but["meant"])):
            return but["meant"]
    match = _NOT_THOSE.search(text)
    if match is None:
        return _without_asides(text, held)
    body, ahead = held.match(match["out"], 0), text[: match.start()]
    if body is not None and body.end == len(match["out"]):
        other = any((named := held.match(text, at)) and named.agencies != body.agencies for at in range(match.start()))
    else:
        whole = {h.id for h in find_terms(match["out"]) if h.kind in _CELLS and (h.start, h.end) == (0, len(match["out"]))}
        other = bool(whole) and any(h.kind in _CELLS and not h.weak and h.id not in whole for h in find_terms(ahead))
    return _without_asides(ahead + text[match.end() :] if other else text, held)


def _without_asides(text: str, held: Directory) -> str:
    """A question without a clause that says what is not to be counted, where that is no part of what the rest asks for."""
    match = _LEFT_OUT.search(text)
    if match is None or re.search("剩|其余|余下|另外的|[类项条种]合计", text):
        return text  # 信访那项剔掉，剩几件: taken off
    joint = "，" if match["off"] else ""
    rest, words = text[: match.start()] + joint + text[match.end() :], match[match.lastgroup or 0]
    if _ONLY_YEARS.fullmatch(words):
        out_of = {*years_in(rest, ())[0]} & {*years_in(words, ())[0]}  # 2020到2024年，2022年剔掉: taken off
        apart = _A_YEAR.search(rest) is not None and not out_of
    elif (body := held.match(words, 0)) is not None and not words[body.end :].strip("的那家"):
        named = {n.agencies for at in range(len(rest)) if (n := held.match(rest, at)) is not None}
        apart = len(named) > 1 and body.agencies not in named  # of a group named by its kind it is taken off
    else:
        named_, out = _firm(rest), _firm(words)
        if out:
            apart = all(_apart([h for h in out if (h.kind == "applicant") == people], named_) for people in (True, False))
        else:
            apart = _in_text_alone(words, named_) or _other_channels(words, rest)
    return rest.lstrip(",，:： ") if apart else text


def _firm(text: str) -> list[TermHit]:
    hits = find_terms(in_the_words_of_the_forms(text))
    return [h for h in hits if h.kind in ("applicant", *_CELLS) and not h.weak and not h.loose]


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


def _in_text_alone(words: str, named: list[TermHit]) -> bool:
    """Whether the words name what only the text counts, where the rest names a row of the form: 信息处理费不算."""
    return any(cues.search(words) for _, cues in subjects_of(words)) and any(h.kind in _CELLS for h in named)


def _other_channels(words: str, rest: str) -> bool:
    """Whether the words name channels of which the rest names others: 网上提交的不算，信函和当面的一共几件."""
    out, named = ({c.id for c, cues in channels_of(text) if cues.search(text)} for text in (words, rest))
    return bool(out) and bool(named) and not out & named
