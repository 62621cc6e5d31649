"""Short names of bodies that no table holds: 公积金中心 for 住房公积金管理中心, 民委 for 民族宗教事务委员会, 执法局, 残联.

What is shortened keeps the first sign and some of the others in their order (民委), or one whole word of the name (公积金中心). It
is written out where just one kind of body that is held can be meant, in the place named before it where one is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.identity.lineage import matters_of_the_past
from corpus.identity.places import Place
from service.directory import Directory

# What a short name ends with, and what the full name then ends with.
_ORGANS = {
    "局": "局", "厅": "厅", "委": "委员会|委", "办": "办公室|办", "社": "社", "馆": "馆", "联": "联合会|联", "协": "协会",
    "会": "会", "支队": "支队", "中心": "中心",
}  # fmt: skip
_SHORT = re.compile(
    r"[\u4e00-\u9fff]{1,7}?(?P<organ>中心|支队|[局厅](?![长部面里限势])|委(?![托员屈任派办])|办(?![公理结了完法证件过得事好])|社(?![会区保])|馆|联(?![系合席])|协(?![会调商])|会(?![议不场计]))"
)
# Words that stand in the names of many bodies and tell none of them apart.
_EVERYWHERE = re.compile("(?:管理|服务|事务|监督|发展|建设|保障|综合|行政|工作|办公|人民|政府|市|县|区|省|和|与)+")
_EDGE = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[省市县区旗]|[年月日]|去年|前年|查查?|[问看请给帮]|[和与跟及、比]|[的是在对向找由]|我们|你们|他们|咱们)$"
)


def written_out(text: str, held: Directory) -> str:
    """``text`` with every short name of a body that is held in full; those that any rule knows already stay as they are."""
    at = 0
    while at < len(text):
        known = held.match(text, at)
        if known is not None and (known.rank != 1 or known.end == len(text)):
            at = known.end
            continue
        places = known.places if known is not None else ()
        start = known.end if known is not None else at
        if known is not None and text[start : start + 1] == "的":
            start += 1
        found = None
        if known is not None or _EDGE.search(text[:start]):
            found = _meant(text, start, places, bool(places), held)
        if found is None and known is None and text[at] in "省市县区" and _EDGE.search(text[:at]):
            start = at + 1  # 市民委: of the city
            found = _meant(text, start, (), True, held)
        if found is not None:
            full, end = found
            text = text[:start] + full + text[end:]
            at = start + len(full)
        else:
            at = known.end if known is not None else at + 1
    return text


def _meant(text: str, start: int, places: Sequence[Place], placed: bool, held: Directory) -> tuple[str, int] | None:
    """The full name that a short one at ``start`` stands for, in one of ``places`` where some are named, and where the short one ends; None
    where there is none, or more than one."""
    match = _SHORT.match(text, start)
    if match is None or held.match(text, start) is not None:
        return None
    word, organ = match.group(), match["organ"]
    if len(word) < (2 if placed else 3) or _EVERYWHERE.fullmatch(word.removesuffix(organ)):
        return None
    stem = word.removesuffix(organ)
    ended = re.compile(f"(?:{_ORGANS[organ]})$")
    owns = {own for place in places for own in held.owns_at(place)} if places else held.owns()
    found = {own for own in owns if len(own) > len(word) and ended.search(own) and _is_short_for(stem, ended.sub("", own))}
    return (found.pop(), match.end()) if len(found) == 1 else None


def _is_short_for(stem: str, matter: str) -> bool:
    whole_word = len(stem) > 1 and stem in matter and not _EVERYWHERE.fullmatch(stem)
    if whole_word and (matter.startswith(stem) or stem not in matters_of_the_past()):
        return True
    if stem in matters_of_the_past() or matter[:1] != stem[:1]:
        return False
    rest = iter(matter)
    return all(sign in rest for sign in stem)
