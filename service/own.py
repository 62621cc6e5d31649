"""Bodies that a question calls by what they are to the asker or to one another: 我们局, 本街道; 市局 and 省厅, of those spoken of."""

from __future__ import annotations

import re

from corpus.textual import stated_number
from service.context import Context
from service.directory import LEVEL_OF, Directory

# What the body is called, and what its name then ends with; 本机关 stands in a row of the form.
_ENDS = {
    "局": "局", "委": "委员会|委", "办": "办公室|办事处|办", "厅": "厅", "中心": "中心", "街道": "街道办事处|街道", "街道办": "街道办事处",
    "镇": "镇人民政府|镇", "乡": "乡人民政府|乡", "管委会": "管理委员会|管委会", "单位": "", "部门": "",
}  # fmt: skip
_OURS = re.compile(
    r"(?:我们|咱们?|俺们|你们|(?<![我你他])(?:我|本|贵|你))(?:这个?|那个?)?(?P<organ>局|委(?![托屈任员])|办(?![事理公结])|厅|中心|街道办?|镇|乡|管委会|单位|部门)(?![长里内])"
)
_WE = re.compile(
    r"(?:^|(?<=[,，那]))(?:我们|咱们?|俺们)(?=[和跟与比]|在[^,，。]{2,14}(?:排|算|是不是)|排第|占|呢[?？]?$"
    r"|(?!这|那|想|要|是|都|老|百姓|村|小区|家|公司|企业|里|市|县|区|省)[^,，。?？]{1,16}(?:比|[和跟与](?=[^,，]{2,14}(?:比|相比|谁|哪|差|相差)))[^,，。?？]{2,})"
)
_OURSELVES = re.compile(r"^(?:那)?(?:本机关|本单位|我[局委厅办])呢[?？]?$")
# 和碧原市教育局比，谁的公开率高: whom it is held against is said, who is not
_AGAINST = re.compile(r"^(?:跟|和|与|同)(?P<other>[^,，。?？]{2,16})(?:相?比较?|对比)[,，](?=.{3,})")
_PLACE = re.compile(r"(?:我们?|本|咱们?)(?P<unit>[省市州盟县区旗])(?=[各所的里全部级直有]|哪|多少)")


def named_for(question: str, default: str | None, held: Directory) -> str:
    """``question`` with the name of the body ``default`` in place of the words that call it ours; as it is where they fit another kind of body."""
    if default is None or default not in held.bodies:
        return question

    def name(match: re.Match[str]) -> str:
        ends = _ENDS[match["organ"]]
        return default if re.search(f"(?:{ends})$", default) else match.group()

    place = held.bodies[default].place
    around = (place.county, place.city, place.province)  # 我们市, of a city that is a county, is that city
    question = _PLACE.sub(lambda m: next((p for p in around if p.endswith(m["unit"])), m.group()), question)
    if _OURSELVES.match(question):
        return f"{default}呢"
    if (against := _AGAINST.match(question)) and default not in question:
        return f"{default}{question}" if held.match(against["other"], 0) else question
    return _WE.sub(default, _OURS.sub(name, question))


# 市局, 县局, 省厅 by themselves: no part of a name, and none that is counted (两个市局)
_BY_LEVEL = re.compile(
    r"(?:^|(?<=[\s，。,.?？!！、:：和跟与同及比是占在那对让把被由给于顶到]))(?P<unit>[省市区县])(?P<organ>[局厅])(?![长势级面域务党办机])"
)


_ALL_AT_LEVEL = re.compile(r"(?P<count>[两俩三四五六])(?:个|家)?(?P<unit>[市区县])(?P<organ>局)(?![长势级面域务党办机])")


def named_by_level(question: str, context: Context | None, held: Directory) -> str:
    """``question`` with the names of the bodies spoken of in place of 市局, 县局 and 省厅, where there is one of each level among them."""
    if context is None:
        return question
    told = tuple(dict.fromkeys((*context.agencies, *context.pool)))
    before = tuple(dict.fromkeys((*context.earlier, *context.mentioned)))

    def at_level(match: re.Match[str]) -> set[str]:
        for among in (told, (*told, *before)):
            own = {a for a in among if a in held.bodies and a.endswith(match["organ"]) and held.bodies[a].level == LEVEL_OF[match["unit"]]}
            if own:
                return own
        return set()

    def all_of(match: re.Match[str]) -> str:
        for among in (told, (*told, *before), (*told, *before, *context.order)):
            own = [a for a in dict.fromkeys(among) if a in held.bodies and a.endswith("局") and held.bodies[a].level == LEVEL_OF[match["unit"]]]
            if len(own) == (2 if match["count"] == "俩" else stated_number(match["count"])):
                return "、".join(own)
        return match.group()

    if "加" in question or "和" in question or "合计" in question:  # 两个市局加起来
        question = _ALL_AT_LEVEL.sub(all_of, question)
    if any(len(at_level(match)) != 1 for match in _BY_LEVEL.finditer(question)):
        return question  # which of two is meant is another matter
    return _BY_LEVEL.sub(lambda match: at_level(match).pop(), question)


# 各教育局, 哪个公安局, 教育局系统: of all of that name
_OF_ALL = re.compile(r"(?:各|各个|哪一?个?|哪些|所有|全部|全[省市县区]的?|其[他它余]的?|别的|另外的?|[两二三四五六七八九十几\d]个?|每个?|的|那[边个家]|这[边个家]|[俩仨家个省市县区])$")
_AS_A_KIND = re.compile(r"(?:系统|口|们|[里中](?:谁|哪|最)|这?[两三四五六几]家|这[些几])")
_ONE_MORE = re.compile(r"(?:[再也都]?(?:添|加|补|算|放|摆|带|捎|拉|列)(?:上|进|入|在内))")


def _county(held: Directory, agency: str) -> tuple[str, str, str]:
    place = held.bodies[agency].place
    return place.province, place.city, place.county


def named_as_before(question: str, context: Context | None, held: Directory) -> str:
    """``question`` with the whole name in place of one that several bodies have, where one of these alone was spoken of: 公安局比城管局多几件.

    What is put in is what the talk is about: the bodies told last, then those before; of a body that is added to others (再添上市财政局) the
    one that lies where all of these do.
    """
    if context is None or not (context.agencies or context.pool):
        return question
    told = tuple(dict.fromkeys((*context.agencies, *context.pool)))
    before = tuple(dict.fromkeys((*told, *context.earlier, *context.mentioned, *context.order)))
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(question) - 1:
        match = held.match(question, at)
        if match is None:
            at += 1
            continue
        at = match.end
        several = len(match.agencies) > 1 and match.rank > 0
        if not several or _OF_ALL.search(question[: match.start]) or _AS_A_KIND.match(question[match.end :]):
            continue
        own = next((o for among in (told, before) if (o := [a for a in among if a in match.agencies])), [])
        if not own and _ONE_MORE.search(question):
            places = {_county(held, a) for a in told if a in held.bodies}
            own = [a for a in match.agencies if {_county(held, a)} == places]
        if len(own) == 1:
            found.append((match.start, match.end, own[0]))
    for start, end, name in reversed(found):
        question = question[:start] + name + question[end:]
    return question
