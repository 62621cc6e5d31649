"""Which bodies a question means: by any usual form of their names, never by a guess.

What stands in the question is looked up in the directory of what is held. A name that fits several bodies stays several;
one that goes on behind what is held (云溪市教育局望川分局) is another body's.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from corpus.identity.places import Place, is_division
from corpus.textual import chinese_number
from index.segment import Segmenter
from service.directory import LEVEL_OF, Body, Directory, Match
from service.lexicon import mask
from service.replacing import replace
from service.shortened import by_its_work, written_out

# What an unknown body's name ends with; each beside words that only look like one.
_BODY = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:人民政府|政府(?!信息|采购|集中|网站|公报|门户|公开|部门|规章|机关|开放|热线|服务|工作)|管理委员会|管委会|办事处|街道办?|办公[室厅]|自治[区州县]|"
    r"(?:[省市县区旗镇]|乡(?!镇))(?!民|场|里|别|间|域|分|的?[多几]|级|委|长)|[厅局](?!长|部|面|里|限)|委员会|委(?!托|员|屈|任|派))"
)
_NOT_BODY = re.compile(
    r"(?:哪|什么|某|各|每|本|我|你|贵|该|那|这|全|小|大|这种|那种|其他|其它|别|一|有|整|咱|您|他|们|多少|几|[这那]?俩|[这那]?[两三四五六])个?(?:个|些|家)?(?:的)?(?:区|市|县|镇|乡|局|厅|委|办公室|街道|政府|管委会|街道办|单位|省)$|[两三四五六](?:个|家)(?:办公室|局|委|街道|镇|乡)$"
    r"|(?:行政|政府|国家|上级|下级|主管|有关|相关|地方|各级|人民)(?:机关|政府|部门)$|乡镇$|(?:反|自|节|深|内)省$|当局$|结局$|格局$|布局$|大局$|地区$|社区$|小区$|城市$|上市$|超市$|都市$|城区$|片区$|辖区$|园区$|全市$|全区$|全县$|我市$|我区$|我县$|本市$|本区$|本县$|城乡$|[家老下返回进离还在]乡$|邮局$|法院$|专区$|分区$|雷区$|误区$|景区$|大厅$|展厅$|客厅$|考区$|灾区$|山区$|时区$|禁区$|特区$|学区$|街区$"
)
_ZONE = re.compile(r"(?:高新技术产业|高新技术|经济技术|经济)开发区|高新区|经开区|保税区|自贸区|示范区|度假区|工业园区?")
_BEHIND_PLACE = re.compile(
    r"(?![的在于从有是和与跟同把被向收受去前今各全所哪每])[\u4e00-\u9fff]{1,12}?(?:局|厅|委员会|委(?![托员屈任派])|馆|研究院|医院|法院|检察院|中心|支队|协会|联合会|公司|集团|学院|大学|中学|小学|银行|街道|镇(?!江)|乡(?!村|镇))(?=$|[\s\d\n，,。?？的]|去年|前年|今年|那年|收|公开|办|一共|总共|有|在|行政|不予|予以|部分|无法|本年|上年|新收|结转)"
)
_GENERIC_BODIES = frozenset(
    (
        "镇政府",
        "乡政府",
        "区政府",
        "县政府",
        "市政府",
        "办公室",
        "办公厅",
        "管委会",
        "街道",
        "政府",
        "人民政府",
        "委员会",
        "办事处",
        "管理委员会",
        "街道办",
        "乡镇",
    )
)
_LEAD = re.compile(
    r"^(?:一下|下|只看|光看|单看|就看|总?觉得|请算|算|想|听说|听讲|含|包括|包含|向|由|给|让|请|被|到|去|找|为|以|换成|我们|你们|咱们|他们|请问|看看|查查|查询|关于|如果|那么|比如|那|查|问|在|比|跟|对|从)+"
)
_MINISTRY = re.compile(
    r"(?:外交|国防|教育|科技|科学技术|工业和信息化|工信|公安|安全|民政|司法|财政|人社|人力资源和?社会保障|自然资源|生态环境|环保|住建|住房和?城乡建设|交通运输|交通|水利|农业农村|农业|商务|"
    r"文化和?旅游|文旅|退役军人事务|应急管理|应急)部(?!门|分)|国务院(?!办公厅令)|国家[\u4e00-\u9fff]{2,8}(?:总局|局|委)|(?:税务|海关|市场监管)总[局署]|央行|最高法|最高检"
)
_NATION = re.compile(r"全国|我国|中国(?!人)|各省|各地(?![^?？。]{0,20}(?:怎么|如何|怎样|咋|做法|经验|措施))|各市(?![、县区])")
# What goes on behind a body's name and makes another body of it.
_GOES_ON = re.compile(
    r"(?:高级|中级|市|省|县|区)?(?:人民法院|(?:人民)?检察院|人大(?:常委会)?(?!代表|建议|议案|[、和及与]?政协)|政协(?!提案|委员|建议)|纪委|监委)|"
    r"(?![的在于从有是和与跟同把被向收受到去往给说讲称])(?:(?:(?![哪没几谁])[\u4e00-\u9fff]){0,7}?(?:分局|支队|大队|总队|派出所|中心|学校|中学|小学|医院|卫生院|图书馆|博物馆|研究院|监狱|支行|分行|公司))|办(?![理结了完法证件过得事好的])(?:公[室厅])?"
)
_AND = re.compile(r"^(?:和|与|跟|同|及|以及|还有|、|,|，|/|;|；|vs|对比|相比|比|加)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """What a question says of agencies.

    agencies  names held that fit; several when the mention does not tell them apart, or when several bodies are named
    spans     stretches of the question that belong to the mention
    unknown   words that name a body which is not held, or None
    partial   only the place that a body lies in is named (淄博), which is no name of the body
    named     the candidates of each body named, when more than one is
    place     the place named, where nothing but a place is
    places    all places named that no body's own name follows
    """

    agencies: tuple[str, ...]
    spans: tuple[tuple[int, int], ...] = ()
    unknown: str | None = None
    partial: bool = False
    named: tuple[tuple[str, ...], ...] = ()
    place: Place | None = None
    places: tuple[Place, ...] = ()


def place_of_a_bureau(mention: Mention, text: str, held: Directory) -> str:
    """The place of which 云溪市局 names a bureau without saying which; empty where a text names none so."""
    place = mention.unknown or ""
    return place if place in held.places and re.search(f"{re.escape(place)}[市县区]?局", text) else ""


# 纸质文件多久往档案馆送一次: where something goes is not who is asked about
_SENT_TO = re.compile(r"(?:往|移送|移交|送交|报送|抄送|送到|送往|交到|寄到)(?:到|给|至)?(?:市|县|区|省|当地)?$")


def find_agencies(text: str, held: Directory, segmenter: Segmenter, protected: Sequence[tuple[int, int]] = ()) -> Mention:
    """What ``text`` says of the bodies held. ``protected`` spans are terms that no name may claim."""
    every = [
        m
        for m in _matches(text, held, segmenter, protected)
        if not (text[m.start : m.end].endswith("馆") and _SENT_TO.search(text[: m.start]))
    ]
    if elsewhere := _elsewhere(text, every, held):
        return Mention((), tuple((m.start, m.end) for m in every), elsewhere)
    found = _without_excluded(text, _joined(text, _the_other_one(every, _in_place(every, text, held), text), held))
    found = _as_named(found, held)
    spans = tuple((m.start, m.end) for m in every)
    for match in found:
        further = _GOES_ON.match(text[match.end :])
        if further and match.rank < 2 and (match.own or not match.agencies or further[0].startswith("办") is False):
            if further[0].startswith("办") and not text[: match.end].endswith("政府"):
                continue
            return Mention((), spans, text[match.start : match.end] + further[0])
    unknown = _unknown(text, spans, segmenter, protected, held)
    if unknown:
        return Mention((), spans, unknown)
    if not found and (first := _place_first(text, held, protected)):
        found, spans = [first], ((first.start, first.end),)
    if not found:
        return Mention(())
    bodies = list(dict.fromkeys(tuple(m.agencies) for m in found))
    places = tuple(p for m in found if not m.own and m.rank == 1 for p in m.places)
    place = places[0] if places and len(found) == 1 else None
    if len(bodies) == 1 and not bodies[0]:  # a place without a body that stands for it
        if government := _GOVERNMENT.match(text, found[0].end):
            return Mention((), spans, text[found[0].start : government.end()])
        within = [b for p in found[0].places for b in held.within(p)]
        inside = [b.agency for b in within if b.kind not in ("street", "town")] or [b.agency for b in within]
        own = [a for a in inside if _same_place(held.bodies[a].place, found[0].places)]
        return Mention(tuple(own or inside), spans, None, True, (), place, places)
    bodies = [b for b in bodies if b]
    union = tuple(dict.fromkeys(a for b in bodies for a in b))
    return Mention(union, spans, None, False, tuple(bodies) if len(bodies) > 1 else (), place, places)


def _place_first(text: str, held: Directory, protected: Sequence[tuple[int, int]]) -> Match | None:
    """石柱2020年…, where nothing else is named: a place whose name is an everyday word as well, at the beginning of a clause."""
    for clause in re.finditer(r"(?:^|(?<=[,，。;；:：?？\s]))(?=[\u4e00-\u9fff])", text):
        match = held.match(text, clause.start())
        if match and match.rank == 1 and len(match.agencies) == 1 and not any(a < match.end and match.start < b for a, b in protected):
            return match
    return None


_GOVERNMENT = re.compile(r"人民政府|政府(?!信息|采购|集中|网站|公报|门户|公开|部门|规章|机关|开放|热线|服务|工作|办)")


def _the_other_one(every: list[Match], placed: list[Match], text: str) -> list[Match]:
    """市教育局和碧原市教育局: a name that fits several is, joined to one of these, another of them."""
    result = list(placed)
    for i, match in enumerate(every):
        for beside in every[max(0, i - 1) : i] + every[i + 1 : i + 2]:
            first, second = sorted((match, beside), key=lambda m: m.start)
            joint = re.fullmatch("[和跟与及、比]|还有|以及", text[first.end : second.start])
            others = tuple(a for a in match.agencies if a not in beside.agencies)
            if joint and len(beside.agencies) == 1 and 0 < len(others) < len(match.agencies):
                own_name = tuple(a for a in others if a.endswith(text[match.start : match.end]))
                result = [replace(m, agencies=own_name or others) if m.start == match.start else m for m in result]
    return result


def _as_named(found: list[Match], held: Directory) -> list[Match]:
    """A name that fits several is the one of them that stands beside it (望川区南苑、城关两个街道里，城关街道占几成), or the only one that
    lies in the county of the others (松岚县教育局、财政局、城关镇)."""
    sure = {m.agencies[0] for m in found if len(m.agencies) == 1}
    counties = {county for a in sure if (county := held.bodies[a].place.county)}
    result = []
    for match in found:
        named = tuple(a for a in match.agencies if a in sure)
        near = tuple(a for a in match.agencies if held.bodies[a].place.county in counties)
        own = named if len(named) == 1 else near
        result.append(replace(match, agencies=own) if len(match.agencies) > 1 and len(own) == 1 else match)
    return result


def _without_excluded(text: str, found: list[Match]) -> list[Match]:
    """除望川之外，松岚、青禾、枫林三个: a name that is said to be left out, where several others are named."""
    kept = [
        m for m in found
        if not (
            re.search(r"(?:除了?|除[去开掉]|[扣减刨去][掉去除]|剔除|撇开)$", text[: m.start])
            and re.match(r"[\u4e00-\u9fff]{0,6}?(?:以外|之外|外|不算|不计)|[,，]", text[m.end :])
        )
    ]  # fmt: skip
    return kept if len(kept) > 1 else found


# One sign and as many more as are said behind it, none of them a joint: what a list is made of.
_UNJOINED = r"[\u4e00-\u9fff](?:(?![和跟与及、])[\u4e00-\u9fff])"
_LISTED_STEMS = re.compile(
    rf"({_UNJOINED}{{1,7}}?(?:[、和跟与及]{_UNJOINED}{{1,5}}?){{1,11}})(?:这)?(?:[两二三四五六七八九十](?:个|家)?|几个|几家)?[省市州盟县区旗]?级?(局|厅|街道|镇|乡|区|县|市|部门|单位|机关)"
)
# What the bodies of fields end with, where a list of these calls them departments: 公安、卫健两个部门
_ENDS_OF_FIELDS = {"局": ("局", "委"), "部门": ("局", "委", "厅", "办", "馆"), "单位": ("局", "委", "厅", "办", "馆"), "机关": ("局", "委", "厅", "办")}


_NOUNS_LISTED = re.compile(
    rf"(?:[两二三四五六七八九十]|几)(?:个|家|大)(?:(?:省|市|县|区)级|[市县区]{{2,3}})?(?P<noun>{_UNJOINED}{{0,7}}?)(?:——|—|--|[:：]|[(（])(?P<list>{_UNJOINED}{{0,11}}(?:[、,，和跟与及]{_UNJOINED}{{0,11}}){{1,9}})(?:——|—|--|[)）])?"
)
# 白石、南苑、城关、沙河——望川区这四个街道
_BEFORE_PLACE = re.compile(
    rf"(?P<list>{_UNJOINED}{{1,4}}(?:[、和跟与及]{_UNJOINED}{{1,4}}){{1,7}})(?:——|—|--|[,，:：])(?P<place>{_UNJOINED}{{1,5}}?)的?(?:这|那)?(?:[两二三四五六七八]|几)(?:个|家)(?P<noun>街道|镇|乡|{_UNJOINED}{{0,3}}局)"
)
_PLACES_LISTED = re.compile(
    rf"(?P<list>{_UNJOINED}{{0,7}}(?:[、和跟与及]{_UNJOINED}{{0,5}}){{1,5}})(?:这)?(?:[两二三四五六](?:个|家|地)|各家)(?P<noun>{_UNJOINED}{{1,5}}?)(?:机关|部门|系统|口)"
)


# 公安机关（省厅、云溪、碧原三家里挑）
_FIELD_LISTED = re.compile(
    rf"(?:[一二两三四五]级)?(?P<noun>{_UNJOINED}{{1,3}}?)(?:机关|部门|系统|口子?)(?:[两三四五六七八九]家)?[(（](?P<list>{_UNJOINED}{{0,4}}(?:[、,，和跟与及]{_UNJOINED}{{0,4}}?){{1,7}})(?:这|那)?(?:[两二三四五六七八](?:个|家)(?:[市县区]局)?)?(?:里|中)?(?:挑|选|比)?[)）]"
)
# 财政局三家（云溪市、碧原市、松岚县）
_NAMED_OF_PLACES = re.compile(
    rf"(?P<noun>{_UNJOINED}{{0,4}}?(?:局|厅|委|办公室|街道|镇))(?:(?:这)?[两三四五六七八九](?:家|个))?[(（](?P<list>{_UNJOINED}{{1,4}}(?:[、,，]{_UNJOINED}{{1,4}}){{1,8}})[)）]"
)
_COUNTED_LIST = re.compile(r"(?P<count>[两二三四五六七八九十])(?:个|家)(?P<noun>[\u4e00-\u9fff]{2,10}?)[(（][^()（）]{4,40}[)）]")


# 省级四家（省政府、办公厅、教育厅、公安厅）
_COUNTED_NAMES = re.compile(
    r"(?:(?P<unit>[省市州盟区县旗])(?:级|里|直)?的?)?(?P<count>[两二三四五六七八九十]|几(?=[个家][^(（]))(?:个|家)(?:(?P<level>[省市州盟区县旗])(?:级|直|属)的?)?(?:单位|机关|部门)?里?[(（:：](?P<list>[^()（）:：]{5,60})[)）]"
)


def _listed_by_count(text: str, held: Directory) -> str:
    """As many bodies as a question counts, with nothing but their names in brackets behind, in place of both; other texts as they are."""
    match = _COUNTED_NAMES.search(text)
    items = re.split("[、,，和跟与及]", match["list"]) if match else []
    if match is None or (match["count"] != "几" and len(items) != chinese_number(match["count"])):
        return text
    unit, names = match["unit"] or match["level"] or "", []
    before = text[: match.start("count")].rstrip("的")
    place = next((before[-size:] for size in (6, 5, 4, 3, 2) if before[-size:] in held.places), "")  # 松岚县的几个单位（县政府、教育局）
    for item in items:
        forms = (item, unit + item) if item not in ("办公厅", "办公室") else (unit + item,)
        forms = (place + re.sub("^[省市县区](?=政府)", "", item), *forms) if place else forms
        named = next((m for f in forms if (m := held.match(f, 0)) and m.end == len(f) and len(m.agencies) == 1), None)
        if named is None or named.rank == 1:
            return text  # 财政局三家（云溪市、碧原市、松岚县）: places, and no bodies
        names.append(named.agencies[0])
    if len({*names}) != len(items):
        return text
    start = len(before) - len(place) if place else match.start()
    return re.sub("在$", "", text[:start]) + "、".join(names) + text[match.end() :]


def _without_full_list(text: str, held: Directory) -> str:
    """六个教育局（两个市的、望川枫林松岚青禾）: where no more are held than counted, the brackets say nothing further."""
    for match in _COUNTED_LIST.finditer(text):
        named = held.match(match["noun"], 0)
        if named and named.rank == 2 and named.end == len(match["noun"]):
            own = {held.bodies[a].own for a in named.agencies}
            if len([b for b in held.bodies.values() if b.own in own]) == chinese_number(match["count"]):
                return text[: match.end("noun")] + text[match.end() :]
    return text


def _without_superior(text: str, held: Directory) -> str:
    """国税总局云溪市税务局: the short name of the office above, which stands in the body's full name."""
    for match in re.finditer(r"总局(?=[一-鿿])", text):
        named = held.match(text, match.end())
        above = re.match(r"国家([一-鿿]{2,6}?)总局", named.agencies[0]) if named and named.rank == 0 and named.agencies else None
        for form in (f"国家{above[1]}", f"国{above[1][0]}", above[1]) if above else ():
            if text[: match.start()].endswith(form):
                return text[: match.start() - len(form)] + text[match.end() :]
    return text


# 望川、松岚、青禾这三家教育局, 云溪、碧原两市的教育局、公安局、财政局
_BODIES_OF_PLACES = re.compile(
    rf"(?P<list>{_UNJOINED}{{1,7}}(?:[、,，和跟与及]{_UNJOINED}{{1,5}}?){{1,7}})(?:这|那)?(?:[两二三四五六七八](?:个?(?:区县|县区|市县|地方)|个|家|地|市|区|县)(?:的|各)?|各家|几家|各有一?个|都有一?个)(?P<nouns>(?:区县|县区|[市区县])政府(?!办)|(?:市|区|县)?{_UNJOINED}{{1,7}}?(?:局|厅|委员会|委|办公室|府办|街道办?|镇|乡|政府)(?:[、和跟与及](?:市|区|县)?{_UNJOINED}{{1,7}}?(?:局|厅|委员会|委|办公室|府办))*)"
)
_BELOW = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,8}?)(?:下面|下属|下辖|底下|辖下|辖内)的?$")


# 两家市府办，云溪的和碧原的; 同是公安局，2024年云溪市和碧原市哪家; 都叫城关街道，望川区那个和枫林区那个
_NOUN_BEFORE_PLACES = re.compile(
    rf"(?:[两二三四五](?:家|个?[市县区]的|[座个][城县]?[市区镇]?的?|个)|同样?是|都是|同为|都叫|同叫)(?P<noun>{_UNJOINED}{{1,7}}?)(?:[,，:：]|里[,，]?)(?P<year>(?:(?:20)?\d\d年?)?)(?P<list>{_UNJOINED}{{1,4}}?(?:的|那[家个])?(?:[、,，和跟与及]{_UNJOINED}{{1,4}}?(?:的|那[家个])?){{1,4}})(?=[,，]|哪|谁|20|各|分别|比)"
)


def _each_of_place(text: str, held: Directory) -> str:
    """各望川区的街道 in the usual order: 望川区各街道."""
    for match in re.finditer(r"(?:各|所有)(?P<place>[\u4e00-\u9fff]{2,6}?)的?(?P<noun>街道|乡镇|镇街|部门|机关|单位|局)", text):
        if match["place"] in held.places:
            return text[: match.start()] + match["place"] + "各" + match["noun"] + text[match.end() :]
    return text


def place_at_end(words: str, held: Directory) -> str:
    """The longest name of a place, of two characters at least, that ``words`` end with; "" where there is none."""
    return next((words[at:] for at in range(len(words) - 1) if words[at:] in held.places), "")


def _places_written(text: str, held: Directory) -> str:
    """Each body of a name that stands once before or behind several places, written out."""
    for match in _NOUN_BEFORE_PLACES.finditer(text):
        items = [re.sub(r"(?:的|那[家个])$", "", item) for item in re.split(r"[、,，和跟与及]", match["list"])]
        named = [_stands_for(match["noun"], item, held) if item in held.places else None for item in items]
        if all(named):
            return text[: match.start()] + match["year"] + "、".join(n for n in named if n) + text[match.end() :]
    for match in _BODIES_OF_PLACES.finditer(text):
        items = re.split(r"[、,，和跟与及]", match["list"])
        skipped = 0
        while len(items) > 2 and not any(items[0][at:] in held.places for at in range(len(items[0]) - 1)):
            skipped += len(items[0]) + 1  # 云岭省公安厅和云溪、碧原两个市公安局
            items = items[1:]
        first = place_at_end(items[0], held)
        if not first or not all(item in held.places for item in items[1:]):
            continue
        start = match.start() + skipped + len(items[0]) - len(first)
        nouns = re.split(r"[、和跟与及]", match["nouns"])
        names = [_stands_for(noun, item, held) for item in (first, *items[1:]) for noun in nouns]
        if all(names):
            before = text[:start]
            above = next(
                (m for at in range(max(0, start - 12), start) if (m := _BELOW.match(before, at)) and m["place"] in held.places), None
            )
            before = before[: above.start()] if above else before  # 云溪下面望川、松岚、青禾三个区县政府
            return before + "、".join(n for n in names if n) + text[match.end() :]
    return text


def _stands_for(noun: str, place: str, held: Directory) -> str | None:
    """The one body of a place that a noun names: 望川, 教育局; 望川, 区县政府."""
    if re.fullmatch(r"(?:区县|县区|区|县|市|地方)?级?(?:人民)?政府", noun):
        whole = [b.agency for p in held.places[place] for b in held.within(p) if b.kind == "government" and held.stands_at(b, p)]
        return whole[0] if len(set(whole)) == 1 else None
    for form in (noun, noun[1:] if noun[:1] in ("市", "区", "县") else ""):
        named = held.match(form, 0) if form else None
        if named is None or named.rank != 2 or named.end != len(form):
            continue
        owns = {held.bodies[a].own for a in named.agencies}
        found = [a for own in owns for p in held.places[place] for a in held.behind(p, own)]
        if len(set(found)) == 1:
            return found[0]
    own = held.match(place + noun, 0)  # 望川区, 城关街道
    return own.agencies[0] if own and own.end == len(place + noun) and len(own.agencies) == 1 else None


# 四个县区政府（望川枫林松岚青禾）
_RUN_TOGETHER = re.compile(r"(?<=[局厅办府道镇乡区县市][(（])(?P<names>[\u4e00-\u9fff]{4,24})(?=[)）])")


# 松岚青禾两个县政府, 云溪碧原两市公安局
_SIDE_BY_SIDE = re.compile(r"(?P<names>[\u4e00-\u9fff]{4})(?=[这那]?[两俩]个?(?:[省市县区旗]|[\u4e00-\u9fff]{2,6}局))")


def _parted(names: str, held: Directory) -> str:
    """Places that are written one behind the other, with a mark between; as they stand where they are none, or one."""
    found, at = [], 0
    whole = held.match(names, 0)
    if whole is not None and whole.end == len(names):
        return names  # 松岚县城关镇: one body's name
    while at < len(names):
        name = next((names[at:end] for end in range(at + 4, at + 1, -1) if names[at:end] in held.places), "")
        if not name:
            return names
        found.append(name)
        at += len(name)
    return "、".join(found)


# 白石南苑城关沙河望川这四个街道, 望川松岚青禾枫林这四个县区政府: as many names, said in one breath
_IN_ONE_BREATH = re.compile(
    r"(?P<run>[\u4e00-\u9fff]{6,24}?)[这那](?P<count>[三四五六七八])个(?=(?P<noun>街道|乡镇|镇|乡|县区|区县|[县区](?:的)?政府|区|县))"
)


def _ending_at(words: str, at: int, names: Container[str]) -> str:
    """The longest of some names, of two to four characters, that ``words`` has right before ``at``; "" for none."""
    return next((words[at - size : at] for size in (4, 3, 2) if at >= size and words[at - size : at] in names), "")


def _told_apart(run: re.Match[str], held: Directory) -> str:
    """Names in one breath with marks between, from the last backwards; as they stand where they are not as many as is said.

    Of streets and towns the place that they lie in may stand among them.
    """
    words, count = run["run"], chinese_number(run["count"]) or 0
    small = run["noun"][0] in "街乡镇"
    names: list[str] = []
    at, place = len(words), ""
    while len(names) < count:
        if name := _ending_at(words, at, held.stems if small else held.places):
            names.insert(0, name)
        elif small and not place and (name := _ending_at(words, at, held.places)):
            place = name
        else:
            return run.group()
        at -= len(name)
    return f"{words[:at]}{f'{place}的' if place else ''}{'、'.join(names)}{run['count']}个"


def _items_written(text: str, held: Directory) -> str:
    """两个厅（教育厅、公安厅）, 四个县级教育局——望川、枫林——, 省、云溪两家公安机关 with each body's name in place of the list."""
    if (match := _BEFORE_PLACE.search(text)) and match["place"] in held.places:
        items = re.split(r"[、和跟与及]", match["list"])
        written = _rewritten(text, match.start(), match.end(), match["place"], items, match["noun"], held)
        if written != text:
            return written
    match = _NAMED_OF_PLACES.search(text)
    if match and (re.search("[两三四五六七八九家个][(（]", match.group()) or "个" not in text[max(0, match.start() - 4) : match.start() + 2]):
        for at in range(len(match["noun"]) - 1):  # words may stand before the name
            noun = match["noun"][at:]
            written = _rewritten(
                text, match.start() + at, match.end(), "", [p + noun for p in re.split("[、,，]", match["list"])], noun, held
            )
            if written != text:
                return written
    text = _RUN_TOGETHER.sub(lambda m: _parted(m["names"], held), text)
    for pattern in (_NOUNS_LISTED, _PLACES_LISTED, _FIELD_LISTED):
        if not (match := pattern.search(text)):
            continue
        noun, items = match["noun"], re.split(r"[、,，和跟与及]", match["list"])
        start = match.start()
        if not all(items):
            continue  # 、和: two joints one after the other name nothing
        if pattern is _FIELD_LISTED:  # the noun is as much of what stands before as names bodies
            noun = next((noun[at:] for at in range(len(noun) - 1) if (m := held.match(noun[at:] + "局", 0)) and m.rank == 2), "")
            start = match.start("noun") + len(match["noun"]) - len(noun)
            if not noun:
                continue
        lead = (text[at:start] for at in range(max(0, start - 8), start))
        stands = next((words for words in lead if words.removesuffix("的") in held.places), "")
        before = stands.removesuffix("的")
        noun = re.sub(r"[里中内]$|当中$", "", noun)
        organ = noun[-1] if noun[-1] in "局厅" else ""
        names = []
        for item in items:
            forms = (
                *((before + item + noun,) if before and pattern is _NOUNS_LISTED else ()),  # 城关街道办 of the place before
                item + noun,
                before + item + noun,
                item,
                before + item,
                *(item + noun + o for o in "局厅"),
                *((before + item + organ, item + organ) if organ else ()),
                *((item[:-1] + noun + item[-1],) if item[-1] in "局厅" else ()),
            )
            own = next(
                (
                    f
                    for f in forms
                    if (m := held.match(f, 0))
                    and m.end == len(f)
                    and m.agencies
                    and (m.rank < 2 or len(m.agencies) == 1)
                    and not (m.rank == 1 and pattern is not _NOUNS_LISTED)
                ),
                None,
            )
            own = own or next((f for f in forms if (m := held.match(f, 0)) and m.end == len(f) and m.rank == 2 and f != item), None)
            names.append(own)
        if all(names):
            start = start - len(stands) if any(n.startswith(before) for n in names if n and before) else start
            return text[:start] + "、".join(n for n in names if n) + text[match.end() :]
    return text


_COUNTED_NOUN = re.compile(
    r"[,，:：]?(?:这|那)?(?:[两二三四五六七八九十]|\d)(?:个|家)(?P<noun>街道办?(?:事处)?|乡镇|镇|乡|[\u4e00-\u9fff]{0,6}?(?:局|委))"
)


def _stems_by_place(text: str, held: Directory) -> str:
    """望川的城关、沙河，枫林的城关、柳荫，这四个街道: the stems of each place, written out."""
    match = _COUNTED_NOUN.search(text)
    if match is None:
        return text
    noun, names, start = match["noun"], list[str](), match.start()
    for piece in reversed(re.split(r"(?<=[,，;；])", text[: match.start()])):
        bare = piece.rstrip(",，;；")
        own = next(
            (
                (at, end)
                for at in range(len(bare) - 1)
                for end in range(at + 2, min(at + 8, len(bare)))
                if bare[at:end] in held.places and bare[end : end + 1] == "的"
            ),
            None,
        )
        items = re.split("[、和跟与及]", bare[own[1] + 1 :]) if own else []
        written = [bare[own[0] : own[1]] + item + noun for item in items] if own else []
        if not written or not all((m := held.match(w, 0)) and m.end == len(w) and len(m.agencies) == 1 for w in written):
            break
        names = [*written, *names]
        start -= len(piece)
        if own and own[0]:
            start += own[0]
            break
    return text[:start] + "、".join(names) + text[match.end() :] if len(names) > 1 else text


# 公积金中心（宿迁）
_PLACE_BEHIND = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,12})[(（](?P<place>[\u4e00-\u9fff]{2,8}?)(?:的|那[个家])?[)）]")


def _place_before(match: re.Match[str], held: Directory) -> str:
    """A body's name with the place before it that stands in brackets behind; as it stands where the place has no such body."""
    name, place = match["name"], match["place"]
    if place not in held.places:
        return match.group()
    for at in range(len(name) - 1):
        written = written_out(place + name[at:], held)
        if held.match(written, 0) is None or not is_name(written, held):
            written = f"{written}局" if is_name(f"{written}局", held) else written  # 城管（云溪）
        named = held.match(written, 0)
        other = named is not None and (named.own or not {*named.agencies} & {a for p in held.places[place] for a in held.standing(p)})
        if named and other and named.end == len(written) and len({*named.agencies}) == 1:
            return name[:at] + named.agencies[0]
    own = next((m for at in range(len(name) - 1) if (m := held.match(name, at)) and m.end == len(name) and m.rank == 2), None)
    inside = {b.agency for p in held.places[place] for b in held.within(p)} & {*own.agencies} if own else set()
    return name[: own.start] + inside.pop() if own and len(inside) == 1 else match.group()


def spelt_out(text: str, held: Directory) -> str:
    """碧原市教育、公安、城管四个局 and 白石跟城关两个街道 with each name written out; other texts as they are."""
    # 名叫城关镇的乡镇
    text = re.sub(r"名叫(?P<name>[\u4e00-\u9fff]{2,5}?(?P<kind>镇|乡|街道|局)?)的(?P<noun>乡镇|街道|镇|乡|局|机关|单位)", _of_a_name, text)
    # 碧原市人民政府比它自己的办公室
    text = re.sub(
        r"(?P<whole>[\u4e00-\u9fff]{2,10}政府)(?P<joint>[比和跟与])(?:它|其)(?:自己|自家|本身|本级)?的?办公(?P<organ>[室厅])",
        r"\g<whole>\g<joint>\g<whole>办公\g<organ>",
        text,
    )
    text = re.sub(  # 白石、城关、沙河这三个望川区的街道
        r"这(?P<count>[两三四五六七八])个(?P<place>[\u4e00-\u9fff]{2,4})的(?=街道|乡镇|镇|乡)",
        lambda m: f"这{m['place']}{m['count']}个" if m["place"] in held.places else m.group(),
        text,
    )
    text = _listed_by_count(text, held)
    text = written_out(_PLACE_BEHIND.sub(lambda m: _place_before(m, held), by_its_work(text, held)), held)
    text = _IN_ONE_BREATH.sub(lambda run: _told_apart(run, held), text)
    text = _names_behind(_organ_beside(text, held), held)
    text = _SIDE_BY_SIDE.sub(lambda m: _parted(m["names"], held), text)
    text = _townships_written(_named_before_place(_field_there(text, held), held), held)
    text = re.sub(r"^(?P<then>那)?(?:[区县市]里|里面)的?(?=(?:各|几个)?(?:街道|乡镇|镇街))", r"\g<then>下面的", text)
    # 各县乡镇, 各区的街道办: the townships, wherever they lie
    text = re.sub(r"(?P<each>各|每个|所有|全部)个?(?:[区县市]{1,2})(?:的|下面的?|下辖的?|里的)?(?=乡镇|街道|镇街)", r"\g<each>", text)
    if "、" in text:  # 甲区政府、乙县政府，两个县区级政府: what they are together, said behind their names
        text = re.sub(
            r"(?<=[局厅委办府会镇乡道处])[,，](?:[两三四五六七八九十]|\d{1,2})[个家](?:[省市州盟县区旗]{1,3}级?)?(?:政府|局|厅|街道|乡镇)(?=[,，\d]|里|中|当中)",
            "",
            text,
        )
    text = re.sub(
        r"(?<=[局厅委办府会])[,，]?这(?:[两三四五六七八九十几]|\d{1,2})[个家]?(?:[省市州盟区县旗]级?)?(?:局|厅|单位|部门|机关|家)(?=[,，\d]|里|中|当中)",
        "",
        text,
    )
    text = _each_of_place(_stems_by_place(text, held), held)
    for _ in range(3):  # 望川、枫林两个区政府和松岚、青禾两个县政府
        written = _places_written(text, held)
        if written == text:
            break
        text = written
    text = _items_written(_without_full_list(_without_superior(text, held), held), held)
    for _ in range(4):  # 望川、枫林两个区的教育局加上松岚、青禾两个县的
        written = _stems_written(text, held)
        if written == text:
            break
        text = written
    return text


# 白石、南苑、沙河和望川区的城关; 柳荫，加上望川和枫林两个城关
_STREETS_LISTED = re.compile(
    r"[\u4e00-\u9fff]{2,10}(?:、[\u4e00-\u9fff]{2,8})+(?:(?:[,，]?(?:再?加上?|还有)|和|与|跟|及)[\u4e00-\u9fff]{2,10}(?:、[\u4e00-\u9fff]{2,8})*)?"
)
_TWO_OF_A_NAME = re.compile(
    r"(?P<a>[\u4e00-\u9fff]{2,3})[和与跟、](?P<b>[\u4e00-\u9fff]{2,3})(?:这|的)?两[个家]?(?P<stem>[\u4e00-\u9fff]{2})"
)


def _street(name: str, held: Directory) -> str | None:
    """The one street or town that goes by ``name`` without what it is: 沙河, 望川城关, 望川区的城关."""
    for at in (0, 2, 3):
        place, stem = name[:at], name[at:].removeprefix("的")
        own = held.stems.get(stem, ()) if not at or place in held.places else ()
        inside = {b.agency for p in held.places[place] for b in held.within(p)} if at and own else {*own}
        if len(found := [a for a in own if a in inside]) == 1:
            return found[0]
    return None


def _both_of_a_name(match: re.Match[str], held: Directory) -> str:
    """望川城关、枫林城关 for 望川和枫林两个城关."""
    placed = any(match["a"][at:] in held.places for at in (0, 1)) and match["b"] in held.places
    return f"{match['a']}{match['stem']}、{match['b']}{match['stem']}" if placed and match["stem"] in held.stems else match.group()


def streets_written(text: str, held: Directory) -> str:
    """A list of streets and towns by the stems of their names, each written out; other texts as they are."""
    text = _TWO_OF_A_NAME.sub(lambda m: _both_of_a_name(m, held), text)
    for match in _STREETS_LISTED.finditer(text):
        items = re.split("、|[,，]?再?加上?|[,，]?还有|[和与跟及]", match.group())
        start = next((at for at in range(len(items[0]) - 1) if _street(items[0][at:], held)), -1)
        size = next((n for n in range(len(items[-1]), 1, -1) if _street(items[-1][:n], held)), 0)
        end = match.end() - len(items[-1]) + size
        counted = re.match("[,，]?这?[两三四五六七八]个(?:街道|乡镇|镇|乡)", text[end:])  # 白石、南苑、沙河三个街道: read below
        if len(items) < 3 or start < 0 or not size or counted:
            continue
        names = [_street(n, held) for n in (items[0][start:], *items[1:-1], items[-1][:size])]
        if all(names):
            return text[: match.start() + start] + "、".join(n for n in names if n) + text[end:]
    return text


def _organ_beside(text: str, held: Directory) -> str:
    """碧原市和云溪市的公安局还有省厅: the 厅 of the field that the bureaus beside it are of."""
    match = re.search(r"(?:[和跟与及、]|还有|加上|连同)省(?=厅(?!级))", text)
    if match is None:
        return text
    stems = (m[1][-size:] for m in re.finditer(r"([\u4e00-\u9fff]{2,8})局", text) for size in (6, 5, 4, 3, 2) if len(m[1]) >= size)
    fields = list(dict.fromkeys(s for s in stems if held.called((f"{s}厅",))))
    return f"{text[: match.end()]}{fields[0]}{text[match.end() :]}" if len(fields) == 1 else text


_IN_BRACKETS = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,5}?)(?:的|那|这|全部)*(?P<count>[两二三四五六七八九十])个?(?:街道(?:办)?|乡镇|镇|乡)[^()（）]*"
    r"[(（](?P<list>[^()（）]{5,40})[)）]"
)
_UNIT_BEHIND = re.compile("(?:街道(?:办(?:事处)?)?|镇|乡)$")


def _names_behind(text: str, held: Directory) -> str:
    """望川区那四个街道办…（南苑、城关、沙河、白石）: without the names in brackets where they are all that lie there, as is said before."""
    match = _IN_BRACKETS.search(text)
    if match is None:
        return text
    place = place_at_end(match["place"], held)
    stems = [_UNIT_BEHIND.sub("", name) for name in re.split("[、,，和]", match["list"])]
    if len(stems) == 1:  # written without marks between
        stems = re.findall("..", match["list"])
    if not place or len(stems) != chinese_number(match["count"]):
        return text
    lying = {b.agency for p in held.places[place] for b in held.within(p) if b.kind in ("street", "town")}
    meant = {a for stem in stems for a in held.stems.get(stem, ()) if a in lying}
    return text[: match.start("list") - 1] + text[match.end("list") + 1 :] if meant == lying and len(meant) == len(stems) else text


def _of_a_name(match: re.Match[str]) -> str:
    return f"所有{match['name']}" if match["kind"] else f"所有{match['name']}{match['noun']}"


def is_name(name: str, held: Directory) -> bool:
    """Whether a string is, as a whole, what one body is called."""
    found = held.match(name, 0)
    return found is not None and found.end == len(name) and found.rank < 2 and bool(found.agencies)


def _field_there(text: str, held: Directory) -> str:
    """碧原那边的公安: the body of that field at that place, each that is named so; 云溪那边教育培训 names none."""
    for there in reversed(list(re.finditer("(?:那边|这边|那儿|那头|那里|那块儿?)的?", text))):
        places = (text[there.start() - size : there.start()] for size in (5, 4, 3, 2) if there.start() >= size)
        place = next((p for p in places if p in held.places), "")
        for size in (4, 3, 2) if place else ():
            stem = text[there.end() : there.end() + size]
            ends = re.match(r"[\d\s,，。?？、和跟与呢]|[去前今]年|$", text[there.end() + size :])
            if len(stem) == size and ends and is_name(f"{place}{stem}局", held):
                text = f"{text[: there.start() - len(place)]}{place}{stem}局{text[there.end() + size :]}"
                break
    return text


# 同样是公安，…; 教育这条线上，…; 国税系统这两家——…
_FIELD_SAID = re.compile(
    r"(?:同样)?(?:都?是|说到|说说)?(?P<field>[\u4e00-\u9fff]{2,6}?(?<!开发区)(?<!街道)(?<!乡镇))"
    r"(?:(?:这|那)?(?:一)?(?:系统|口子?|块儿?|条?线|战线|行当)(?:上|里|内|的)?(?:这|那)?(?:[两三四五六]个?[家局个])?[,，:：—、]*|[,，:：])(?=.{4})"
)
_ORGAN_OF_PLACE = re.compile(
    f"(?P<place>{_UNJOINED}{{2,5}})局(?!长)|(?P<level>[省市县区])(?:里头?|上)?(?:的|那个?)?(?P<organ>[局厅])(?![长里面限级])"
)


def field_for_organ(text: str, held: Directory) -> str:
    """同样是公安，云溪市局和碧原市局; 教育这条线上，省里那个厅: the field that is named once, for those named by place or level alone."""
    said = _FIELD_SAID.match(text)
    if said is None:
        return text
    organs = list(_ORGAN_OF_PLACE.finditer(text, said.end()))
    if any(m["level"] and re.match("[、)）也都和跟与]|[,，][^,，]{0,3}局", text[m.end() :]) for m in organs):
        return text  # 教育口的（省厅、市局都算）: the whole field
    for match in reversed(organs):
        field = said["field"].removesuffix("局")
        if match["level"]:
            start, name = match.start(), f"{match['level']}{field}{match['organ']}"
        else:
            place = place_at_end(match["place"], held)
            start, name = match.end() - 1 - len(place), f"{place}{field}局" if place else ""
        found = held.match(name, 0)
        if found is None or found.end != len(name) or not found.agencies:
            return text
        text = f"{text[:start]}{name}{text[match.end() :]}"
    return text


_NAMED_BEFORE_PLACE = re.compile(
    rf"(?P<list>{_UNJOINED}{{1,5}}(?:[、和跟与及]{_UNJOINED}{{1,2}}){{1,8}}?)[(（,，]?(?:这|都是|均是|都在|都属于?|是)(?P<place>[\u4e00-\u9fff]{{2,5}}?)"
    r"的?(?:这)?(?:[两二三四五六七八九]|\d)?个?(?P<noun>街道(?:办事处|办)?|镇|乡)[)）]?"
)


def _named_before_place(text: str, held: Directory) -> str:
    """白石、沙河这望川区两个街道: the names, with the place that is told behind them."""
    match = _NAMED_BEFORE_PLACE.search(text)
    if match is None or match["place"] not in held.places:
        return text
    items = re.split("[、和跟与及]", match["list"])
    for at in range(len(items[0]) - 1):  # words may stand before the first of them
        own = [items[0][at:], *items[1:]]
        written = _rewritten(text, match.start() + at, match.end(), match["place"], own, match["noun"], held)
        if written != text:
            return written
    return text


# 松岚县、青禾县的城关镇, 望川区和枫林区的城关街道
_TOWNSHIPS_LISTED = re.compile(
    rf"(?P<list>{_UNJOINED}{{1,5}}(?:[、和跟与及]{_UNJOINED}{{1,5}}?){{1,4}}?)(?:[两三四五]个?[区县市地])?的(?:那[两三]个)?(?P<noun>{_UNJOINED}{{1,3}}?(?:街道(?:办事处|办)?|镇|乡))"
)


def _townships_written(text: str, held: Directory) -> str:
    """Townships of one name in several places with the place before each."""
    for match in _TOWNSHIPS_LISTED.finditer(text):
        first, *others = re.split("[、和跟与及]", match["list"])
        for at in range(len(first) - 1):
            items = [first[at:], *others]
            if all(item in held.places for item in items):
                written = _rewritten(text, match.start() + at, match.end(), "", items, match["noun"], held)
                if written != text:
                    return written
    return text


def _stems_written(text: str, held: Directory) -> str:
    """The first list of stems that can be written out, written out."""
    for match in _LISTED_STEMS.finditer(text):
        joints = [match.start() + m.start() for m in re.finditer("[和与及]", match.group())]
        names = (held.match(text, at) for at in range(max(0, match.start() - 6), match.end()))
        if joints and any(name and name.start < joint < name.end for name in names for joint in joints):
            continue  # 自然资源和规划局: one name
        if (written := _list_written(text, match, held)) != text:
            return written
    return text


def _list_written(text: str, match: re.Match[str], held: Directory) -> str:
    first, *others = re.split(r"[、和跟与及]", match[1])
    ends = ((start, end) for start in range(len(first) - 3) for end in range(len(first) - 2, start + 1, -1))
    lead = next(((start, end) for start, end in ends if first[start:end] in held.places), None)
    if lead is not None:
        start, end = lead
        matters = [re.sub(r"^(?:下辖|下属|辖区内?|那边|这边|那儿|那片)?的?", "", first[end:]), *others]
        return _rewritten(text, match.start() + start, match.end(), first[start:end], matters, match[2], held)
    if (whole := _with_place_before(text, match, held)) != text:
        return whole
    tries = (_rewritten(text, match.start() + at, match.end(), "", [first[at:], *others], match[2], held) for at in range(len(first) - 1))
    return next((written for written in tries if written != text), text)


def _with_place_before(text: str, match: re.Match[str], held: Directory) -> str:
    """The same where the place stands before the list: 碧原市的教育、公安局."""
    for start in range(max(0, match.start() - 8), match.start()):
        lead = held.match(text, start)
        if lead and lead.rank == 1 and text[lead.end : match.start()] in ("", "的", "下辖", "下属", "下辖的", "辖区"):
            stems = re.split(r"[、和跟与及]", match[1])
            return _rewritten(text, lead.start, match.end(), text[lead.start : lead.end], stems, match[2], held)
    return text


def _rewritten(text: str, start: int, end: int, place: str, matters: Sequence[str], organ: str, held: Directory) -> str:
    def known_as(name: str) -> bool:
        return bool((found := held.match(name, 0)) and found.end == len(name) and found.rank < 2 and found.agencies)

    ends = _ENDS_OF_FIELDS.get(organ, (organ,)) if place else (organ,)
    spelt = [[f"{place}{m if m.endswith(end) else m + end}" for end in ends] for m in matters]
    names = [next(filter(known_as, forms), forms[0]) for forms in spelt]
    known = [n for n in names if known_as(n)]
    return text[:start] + "、".join(names) + text[end:] if len(known) == len(names) else text


def names_in(text: str, held: Directory, segmenter: Segmenter, protected: Sequence[tuple[int, int]] = ()) -> tuple[tuple[int, int], ...]:
    """Where bodies are named by names of their own."""
    return tuple((m.start, m.end) for m in _matches(text, held, segmenter, protected) if m.rank == 0 or (m.rank == 1 and m.agencies))


def _elsewhere(text: str, every: Sequence[Match], held: Directory) -> str | None:
    """A name put together of a place and of a body that lies elsewhere (枫林区沙河街道): a body that is not held."""
    for place, body in itertools.pairwise(every):
        if place.rank != 1 or place.own or text[place.end : body.start] not in ("", "的"):
            continue
        inside = {b.agency for p in place.places for b in held.within(p)}
        own = [a for p in place.places for o in (body.own, body.own[1:]) for a in held.behind(p, o)] if body.rank == 2 else []
        around = {b.agency for p in body.places for b in held.within(p)} if body.rank == 1 else set()
        if around & set(place.agencies):
            continue  # 高新区，云溪的那个
        # 碧原市市场监督管理局 is the city's own, which a district's is not.
        nearer = inside if body.rank != 2 or text[place.end : body.start] else set()
        if body.agencies and not nearer & set(body.agencies) and not own and not set(body.agencies) & set(place.agencies):
            return text[place.start : body.end]
    return None


def _same_place(place: Place, among: Sequence[Place]) -> bool:
    return any((place.province, place.city, place.county, place.township) == (p.province, p.city, p.county, p.township) for p in among)


def _matches(text: str, held: Directory, segmenter: Segmenter, protected: Sequence[tuple[int, int]]) -> list[Match]:
    found: list[Match] = []
    at = 0
    while at < len(text):
        match = held.match(text, at)
        if match is None:
            at += 1
            continue
        behind = bool(found) and found[-1].end == match.start and found[-1].rank == 1
        listed = match.rank == 1 and _beside_another(match, text, held, found)  # 库车和西乌旗: an everyday word, and a place beside another
        if not behind and not listed and not _counts(match, text, segmenter, protected):
            at = match.end if match.rank == 2 else at + 1  # no piece of a name that is another body's is a name either
            continue
        found.append(match)
        at = match.end
    return found


def _beside_another(match: Match, text: str, held: Directory, found: Sequence[Match]) -> bool:
    """Whether a place's bare name of two characters stands in a row with another place or body that is held."""
    if match.end - match.start != 2 or match.own:
        return False
    if text[match.end : match.end + 1] in ("和", "与", "跟", "、") and (other := held.match(text, match.end + 1)) is not None:
        return other.rank < 2
    return bool(found) and found[-1].end == match.start - 1 and text[match.start - 1] in "和与跟、" and found[-1].rank < 2


_UNITS_OF_PLACES = frozenset("市县区旗州盟")
_UNIT_IN_A_WORD = re.compile("市(?:场|民|容|面|级|直|里|局|政务|委)|[县区州盟旗](?:级|直|里|域|划|局|委)")


def _counts(match: Match, text: str, segmenter: Segmenter, protected: Sequence[tuple[int, int]]) -> bool:
    """Whether a match is a name and no everyday word that is spelt like one."""
    word = text[match.start : match.end]
    if match.rank and any(start <= match.start and match.end <= end for start, end in protected):
        return False
    if (
        match.rank == 1
        and not re.search(r"[省市县区旗州盟镇乡道]$", word)
        and (len(word) < 2 or (len(word) == 2 and segmenter.common(word) and not segmenter.places(word)))
    ):
        return False
    if (
        match.rank < 2
        and word.startswith(("经开", "高新", "开发区"))
        and re.search(r"(?:技术|产业|经济|高新|工业|农业|旅游|物流|示范|出口|加工|综合|保税)$", text[: match.start])
    ):
        return False  # 高新技术产业开发区 is not 经济开发区
    before = text[max(0, match.start - 1) : match.start]
    # 望川路 and 双沟村 are no 望川 and 双沟; 双沟镇村村响, 双沟镇大厅 speak of the town.
    if match.rank == 1 and re.match("村(?![村级务居民])" if word[-1] in "省市县区镇乡" else "[路街村河湖大]", text[match.end :]):
        return False
    unit = text[match.end : match.end + 1]
    another = (
        match.rank == 1
        and word[-1] not in "省市县区旗州盟镇乡道"
        and unit in _UNITS_OF_PLACES
        and not _UNIT_IN_A_WORD.match(text, match.end)
    )
    wider = unit == "市" and all(p.narrowest.endswith(("地区", "州", "盟")) for p in match.places)
    if another and match.places and all(p.narrowest != word + unit and (wider or is_division(word + unit)) for p in match.places):
        return False  # 阿克苏市, where 阿克苏地区 is held
    if match.rank == 1 and re.match("[市县区]?局(?![长面部限里势])", text[match.end :]) and "税" not in text[: match.start]:
        return False  # 云溪市局: one of its bureaus, which is not said, and not the city
    if match.rank != 2:
        return True
    if match.own[:1] in "省市州盟县区旗" and len(match.own) > 2:
        # 市公安局 behind other characters is the end of a longer name: 桃源市公安局.
        if not before or not re.match(r"[\u4e00-\u9fff]", before) or _BEFORE_NAME.search(text[: match.start]):
            return True
        # No province's name is an everyday word: 请摘录省政府 speaks of the one held.
        run = re.search(r"[\u4e00-\u9fff]{1,8}$", text[: match.start])
        return match.own[:1] == "省" and run is not None and segmenter.common(segmenter.words(run.group())[-1])
    # A name that stands behind a place that is not held is another body's.
    return not (
        before
        and before in "省市县区旗州盟"
        and not re.search(r"(?:全|我|本|哪个|哪|各|这个|该|咱们?)[省市县区旗州盟]$", text[: match.start])
    )


def _of_such_a_unit(body: Body, unit: str) -> bool:
    """Whether a city-level body is one of a 市 where the name says 市: 阿克苏市人民政府 is not that of 阿克苏地区."""
    return unit != "市" or body.level != "city" or body.place.city.endswith("市")


def _in_place(found: list[Match], text: str, held: Directory) -> list[Match]:
    """Names without their place told by the place named beside them: 望川区去年教育局收到多少, 云溪市教育局、公安局."""
    placed = [m for m in found if m.places]
    if not placed:
        return found
    found = _narrowed(found, text, held)
    result: list[Match] = []
    used: set[Match] = set()
    for match in found:
        if match.rank != 2:
            result.append(match)
            continue
        own = match.own
        level = LEVEL_OF.get(own[:1])
        inside: tuple[str, ...] = ()
        # 松岚县教育局、三棵松镇、城关镇: where nothing of that name lies in the place named last, the one before it is meant.
        for nearest in sorted(placed, key=lambda m: (m.start > match.start, abs(m.start - match.start))):
            inside = tuple(
                a
                for a in dict.fromkeys(a for p in nearest.places for o in (own, own[1:]) for a in held.behind(p, o))
                if level is None or (held.bodies[a].level == level and _of_such_a_unit(held.bodies[a], own[0])) or a in match.agencies
            )  # 省府办公厅 beside 云溪市府办 is no body of the city
            inside = tuple(a for a in inside if a in match.agencies) or inside
            if inside or nearest.start > match.start:
                break
        if inside:
            result.append(replace(match, agencies=inside, rank=0, places=nearest.places))
            whole = text[: nearest.start].endswith("全")  # 全云溪市收到的，市公安局一家占多少
            if nearest.rank == 1 and not whole and not _AND.match(text[nearest.end : match.start]):
                used.add(nearest)
        else:
            result.append(match)
    return _beside_used(result, used, text, held)


def _beside_used(result: Sequence[Match], used: set[Match], text: str, held: Directory) -> list[Match]:
    """What is left when the places that told where a name lies are taken out; one that stands in a row with them has the name too: 公安局，云溪市和碧原市的."""
    named = next((m.own for m in result if m.rank == 0 and m.places and any(m.places == u.places for u in used)), "")
    kept: list[Match] = []
    for match in result:
        if match in used:
            continue
        beside = match.rank == 1 and not match.own and any(
            _AND.match(text[min(u.end, match.end) : max(u.start, match.start)]) for u in used
        )  # fmt: skip
        own = tuple(dict.fromkeys(a for p in match.places for a in held.behind(p, named))) if beside and named else ()
        kept.append(replace(match, agencies=own, rank=0, own=named) if own else match)
    return kept


def _narrowed(found: list[Match], text: str, held: Directory) -> list[Match]:
    """Places that only say where a body beside them lies: 高新区（云溪的）, 城关街道，望川区那个; and the bodies told apart by them."""
    dropped: set[int] = set()
    result = list(found)
    for at, place in enumerate(found):
        if place.rank != 1 or place.own or len(place.places) != 1:
            continue
        inside = {b.agency for b in held.within(place.places[0])}
        for other in (at - 1, at + 1):
            if not 0 <= other < len(found) or found[other].rank == 2 or other in dropped:
                continue
            one = result[other]
            low, high = sorted((place, one), key=lambda m: m.start)
            between = text[low.end : high.start]
            within = tuple(a for a in one.agencies if a in inside and a not in place.agencies)
            told_apart = len(one.agencies) > 1 and within and len(within) < len(one.agencies)
            beside = bool(within) and set(within) == set(one.agencies) and re.fullmatch(r"[（(，,\s]{0,2}|的", between)
            pointed = re.match(r"那个|的那|也是|这边|里的", text[place.end :])  # 城关街道，枫林区那个
            again = bool(within) and set(within) == set(one.agencies) and re.match(r"的?那个|的那", text[place.end :])
            if (told_apart and (pointed or not _AND.match(between))) or beside or again:
                result[other] = replace(one, agencies=within)
                dropped.add(at)
                break
    for bracket in re.finditer(r"[(（][^()（）]{2,24}[)）]", text):
        inner = [at for at, m in enumerate(found) if bracket.start() < m.start and m.end < bracket.end()]
        before = [at for at, m in enumerate(found) if m.end <= bracket.start() and at not in dropped]
        talk = mask(text, [(found[at].start, found[at].end) for at in inner])[bracket.start() + 1 : bracket.end() - 1]
        if len(inner) < 2 or re.sub(r"[\n的和与跟及、,，各]", "", talk) or any(found[at].rank != 1 or found[at].own for at in inner):
            continue
        covered = {b.agency for at in inner for p in found[at].places for b in held.within(p)}
        own = {at: tuple(a for a in result[at].agencies if a in covered) for at in before}
        if before and all(own.values()):  # 高新区、经开区（云溪的和碧原的）
            dropped.update(inner)
            for at, agencies in own.items():
                result[at] = replace(result[at], agencies=agencies)
    return [m for at, m in enumerate(result) if at not in dropped]


def _joined(text: str, found: list[Match], held: Directory) -> list[Match]:
    """云溪和碧原的教育局: the name that stands once, behind the last of the places, is each one's."""
    result = list(found)
    for at in range(len(result) - 2, -1, -1):
        one, two = result[at], result[at + 1]
        if one.rank == 1 and not one.own and two.own and two.rank == 0 and two.places and _AND.match(text[one.end : two.start]):
            own = tuple(dict.fromkeys(a for p in one.places for a in (*held.behind(p, two.own), *held.behind(p, two.own[1:]))))
            if own:
                result[at] = replace(one, agencies=own, rank=0, own=two.own)
    return result


# Words of talk that run into a word that ends like a body: 提到大厅, 告管委会.
# What may stand before a name that begins with its level: 查查市公安局, 我想知道区教育局.
_BEFORE_NAME = re.compile(
    r"(?:查|问|看|请|给|个|就|这|帮|提供|摘录|摘抄|介绍|列出|统计|对比|比较|汇总|核对|核实|整理|把|到|在|是|和|跟|与|及|同|比|那|的|对|向|找|从|由|被|去|让|我们|咱们?|你们|他们|人家|知道|了解|告诉|换成|改成|说|讲|称|道|中|里|瞅瞅|关于|还有|以及|加|[加算连带捎]上|呢|啊|吧|吗|哦|下|一下|年|月|日|[年月]?[底末初]|俺们?|想)$"
)
_TALK = re.compile(
    r"(?:只看|光看|单看|用|提到|说到|写到|讲到|看到|谈到|放在|摆在|设在|告|在|有|把|给|用|来|去|我|你|他|这|那)(?=[\u4e00-\u9fff])[\u4e00-\u9fff]{0,4}(?:大厅|客厅|餐厅|展厅|厅)$|(?:告)"
)
_EVERYDAY_ZONES = re.compile(
    r"(?:风景|居民|工业|保护|服务|办公|老城|新城|商业|住宅|行政|生活|学校|公共|主城|中心城|功能|片|辖|校|厂|库|库存|休息|等候|窗口)区$"
)


def _is_everyday(words: str, segmenter: Segmenter) -> bool:
    """Whether a word that ends like a place is none. The dictionary's tags are no help: it has 周村区 as a common noun."""
    if len(words) >= 3 and words[-1] in "省市县区旗镇乡":
        return bool(_EVERYDAY_ZONES.search(words)) or words in ("大城市", "小城镇", "各城市", "老城区", "主城区")
    return segmenter.common(words)


_NO_PART_OF_A_NAME = re.compile(r"\s|[去今前]年|对(?!外)|把|被|给|让|为(?!民)|说|称|讲|表示|有没有|是不是")


# 现在没事就爱看看政府网, 帮我挂个市医院的号: words that stand in no body's name
_OF_TALK = re.compile(
    "我|你|没事|刚[播听看说才]|^做[省市县区]$|看看|就(?!业)[爱想要是]|爱[看听逛]|帮忙?[挂查问看找]|[挂有弄搞找问]个(?!旧)"
)


def _names_a_river(text: str, start: int, word: str, held: Directory) -> bool:
    """Whether a river, a lake or a road is called after a place that is held: 云溪河, 望川路."""
    return word in held.places and text[start + len(word) :][:1] in ("河", "湖", "路", "街")


def _begun_before(text: str, start: int, held: Directory) -> bool:
    """Whether the place of a body held begins before ``start`` and goes on behind it."""
    names = (text[at : at + size] for at in range(max(0, start - 3), start) for size in range(start - at + 1, 6))
    return any(name in held.places for name in names)


_ACCOUNT = re.compile(r"(?:[”」\"])?(?:公众号|微信|微博|抖音|视频号|头条号|客户端|小程序|app|平台|专栏)", re.IGNORECASE)


def _unknown(
    text: str, spans: Sequence[tuple[int, int]], segmenter: Segmenter, protected: Sequence[tuple[int, int]], held: Directory
) -> str | None:
    """A body or place that the question names beside what was matched."""
    masked = list(text)
    # 市民 in 云溪市民政局 is no term of the forms.
    protected = [(a, b) for a, b in protected if not any(a < end and start < b for start, end in spans)]
    for start, end in (*spans, *protected):
        masked[start:end] = ["\n"] * (end - start)
    rest = "".join(masked)
    rest = re.sub(
        r"(?:19|20)\d\d年?度?|\d+年|[去前今](?:年|一年)(?=[省市县区镇乡街])|(?:有?人)?[去到上跑](?=[省市县区镇乡][上里])|[那这](?:一?[个家])(?:街道办?|[乡镇局]|单位|机关)",
        lambda m: " " * len(m.group()),
        rest,
    )
    rest = re.sub(r"除(?:了|去|开)?[^,，。]{0,12}政府(?:本级)?(?:以外|之外|外)?", lambda m: "\n" * len(m.group()), rest)
    ministry = _MINISTRY.search(rest)
    if ministry:
        return ministry.group()
    nation = _NATION.search(rest)
    if nation:
        return nation.group()
    rest = re.sub(
        r"外[省市州盟县区旗](?=人|的人|户|来|籍|打工|上班|工作|做工|读书|上学|务工)|(?<=[在去到往从])外[省市州盟县区旗]|[去拿剔刨]掉|不算|不含|不包括",
        lambda m: "\n" * len(m.group()),
        rest,
    )
    for word, start in segmenter.places(rest):
        # A place right before a matched part belongs to a name that is not held: 济南经开区 is not 淄博经开区.
        if re.search(r"(?:前|第|头|后)$", text[:start]) and word[0] in "一二三四五六七八九十":
            continue  # 排行前三都有谁: 三都 is a county, too
        tail = _BODY.match(rest, start)
        if spans and _ACCOUNT.match(rest, tail.end() if tail else start + len(word)):
            continue  # 热市镇的温泉小镇公众号: what its account is called
        listed = re.search("[和与跟、比]$", text[:start]) or re.match("[和与跟、比]", text[start + len(word) :])
        region = bool(spans) and not listed and not is_division(word)  # beside a body that is named
        if tail is None and (region or _names_a_river(rest, start, word, held) or _begun_before(rest, start, held)):
            continue  # 东北虎; 汪清河长, which names 汪清 and no 清河
        if tail and re.search("[下返回]乡$", tail.group()):
            continue  # 乌兰牧骑下乡
        return tail.group() if tail else word
    zone = _ZONE.search(rest)
    if zone:
        before = next((text[start:end] for start, end in spans if end == zone.start()), "")
        return before + zone.group()
    for start, end in spans:  # 云溪市民政局, 碧原市档案馆: what goes on behind a place that was matched
        behind = _BEHIND_PLACE.match(rest, end)
        if behind and re.search(r"[省市县区旗州盟]$", text[start:end]):
            return text[start : behind.end()]
    rest = re.sub(r"乡镇(?:和|、)?街道|街道(?:和|、)?乡镇", lambda m: "\n" * len(m.group()), rest)
    for match in _BODY.finditer(rest):
        if spans and _ACCOUNT.match(rest, match.end()):
            continue
        words = _LEAD.sub("", re.sub(r"^\s*(?:[去今前]年|这[两三几]年|近[两三几]年|年)?(?:对(?!外)|把|被|给|让|说|称)", "", match.group()))
        if _NOT_BODY.search(words) or (words.endswith("政府") and text[match.end() :].startswith(("信息", "采购", "网站", "公开"))):
            continue
        tokens = segmenter.words(words)
        # A body's name is made of nouns; 收到的申请里有几个区 is none.
        *parted, last = re.split(r"[的了吗呢是有被把和与跟或里中多少几往到咱俺您给]", words)
        if parted:
            words = _LEAD.sub("", last)
            if len(words) < 2 or _NOT_BODY.search(words) or not _BODY.fullmatch(words):
                continue
        joint = next((start for start, end in spans if end == match.start()), None)
        if joint is not None and not parted and len(words) >= 2 and not _NO_PART_OF_A_NAME.match(match.group()):
            return text[joint : match.end()]  # the part behind a place that was matched is no part of the body held
        if len(words) < 2 or not tokens or words in _GENERIC_BODIES or _TALK.match(words) or _OF_TALK.search(words):
            continue
        if re.search(r"[跟给向替帮让找对同叫靠问求判说告骂怪由被要请能会进去到来](?:政府|街道|部门|单位|机关)$", words):
            continue  # 想跟政府供货: a verb's object
        beside = spans and words[-1] in "省市县区乡镇" and not re.search(r"[和与跟及、]$", text[: match.start()])
        if beside and len(words) > 2 and segmenter.known(words[:-1], 1000) and not segmenter.noun(words[:-1]):
            continue  # a body is named, and 承认乡镇来得少 is what it did
        if (words[-1] in "厅局委" and len(words) >= 3) or not _is_everyday(words, segmenter):
            return words
    return None
