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


# What a body is known for, and how its name may end: 管学校的那个厅, 管房子的局.
_WORK = (
    ("学校|教育|读书|上学|念书|娃[\u4e00-\u9fff]{0,2}书|老师", ("教育厅", "教育局", "教育和体育局")),
    ("看病|医院|卫生|医生|看大夫", ("卫生健康委员会", "卫生健康局")),
    ("(?:盖|建|修)?房子?|住房|工地|物业|房地?产", ("住房和城乡建设厅", "住房和城乡建设局")),
    ("环保|环境|污染|大气", ("生态环境厅", "生态环境局")),
    ("水|河|水利|用水|水库|自来水", ("水利厅", "水务局", "水利局")),
    ("市场|食品(?:安全)?|营业执照|物价|消费", ("市场监督管理局",)),
    ("治安|户口|户籍|警察|交警|派出所", ("公安厅", "公安局")),
    ("财政|钱袋子|预算|花钱", ("财政厅", "财政局")),
    ("土地|规划|地皮|不动产|矿山?", ("自然资源厅", "自然资源和规划局", "自然资源局")),
    ("市容|占道|路边摊|摆摊|违建|城市卫生", ("城市管理局", "城市管理执法局", "综合行政执法局")),
    ("社保|养老金|就业|工资|劳动|退休金", ("人力资源和社会保障厅", "人力资源和社会保障局")),
    ("种地|农业|农村|庄稼", ("农业农村厅", "农业农村局")),
    ("交通|公交|公路", ("交通运输厅", "交通运输局")),
    ("收?税|纳税", ("税务局",)),
    ("档案|老档案", ("档案馆", "档案局")),
    ("退伍军人|退役军人|老兵", ("退役军人事务厅", "退役军人事务局")),
    ("低保|民政|救济", ("民政厅", "民政局")),
)  # fmt: skip
_BY_WORK = re.compile(
    r"(?P<level>[省市县区州盟旗])?(?:里头?|上)?(?:专门|负责|主)?管(?P<work>[\u4e00-\u9fff]{1,5}?)的?(?:事儿?)?的(?:那|这)?(?:一)?(?:个|家)?(?P<organ>厅|局|委|馆|部门|单位|机关)"
)


def by_its_work(text: str, held: Directory) -> str:
    """``text`` with a body that is described by what it is in charge of called by its name: 省里管学校的那个厅."""

    def called(match: re.Match[str]) -> str:
        for work, names in _WORK:
            if re.fullmatch(work, match["work"]):
                fitting = [n for n in names if match["organ"] not in "厅局馆" or n.endswith(match["organ"])]
                known = next((n for n in fitting if any(name.endswith(n) for name in held.names)), None)
                return f"{match['level'] or ''}{known}" if known else match.group()
        return match.group()

    return _BY_WORK.sub(called, text) if "管" in text else text


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
