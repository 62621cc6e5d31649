"""Some of the bodies spoken of: of a kind, at a level, in a place, or pointed at."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.identity.places import Place
from service.agencies import Mention
from service.conditions import first_few
from service.directory import LEVEL_OF, Directory
from service.group import find_group
from service.query import Query
from service.replacing import replace
from service.spoken.base import COUNTS, LEFT_OUT_AFTER, LEVEL_WORD, OF_THEM_ALL, OUT, SINGLE, Open, Spoken, each, of_each, of_one
from service.spoken.places import APART_FROM, PLACES

THOSE_OF_PLACE = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{2,4}?)(?:的|那|这)(?:那|这)?(?P<n>[两三四五六俩])(?:个|家)?(?:镇|乡|街道|局)?(?=加|合|一共|总共|共|各|平均|占)"
)


def those_in_place(query: Query, spoken: Spoken) -> Query | Open | None:
    """松岚的两个加起来, of four towns that were told: as many of them as lie there."""
    match, context = THOSE_OF_PLACE.search(query.text), spoken.context
    pool = tuple(a for a in dict.fromkeys((*spoken.bodies, *spoken.pool, *context.order, *context.mentioned)) if a in spoken.held.bodies)
    of_kind = query.group and match and query.group.span[0] < match.end() + 2
    if match is None or len(pool) < 3 or query.has_topic or (query.group and not of_kind) or len(query.mention.named) > 1:
        return None
    own = tuple(a for a in pool if match["stem"] in a)
    if len(own) != COUNTS[match["n"]] or own == pool:
        return None
    if query.operation == "share" and OF_THEM_ALL.search(query.text):
        return replace(of_each(query, pool), singled=own)  # 松岚县那两个镇占其中百分之几
    operation = "sum" if query.operation in ("find", "value") and re.search("加|合|共", query.text) else query.operation
    return of_each(query, own) if operation == query.operation else replace(of_each(query, own), operation=operation)


_OF_THEM = re.compile(f"{OF_THEM_ALL.pattern}|(?:在)?(?:里头|里面|当中|其中|中间)[^,，]{{0,2}}占")
KIND_TOLD = re.compile(
    "(?P<n>[两俩三四五])个?(?P<kind>乡镇|街道|乡|镇|局|[市区县](?=政府|$|[加合各共总占在收办里呢是,，?？]))(?:政府|办事处|办)?"
)
ENDS_IN = {
    "乡镇": ("乡人民政府", "镇人民政府"),
    "局": ("局",),
    "街道": ("街道办事处",),
    **{kind: (f"{kind}人民政府",) for kind in "乡镇市区县"},
}


def of_kind_told(query: Query, spoken: Spoken) -> Query | Open | None:
    """两个乡镇政府各收了几件, after a list in which two of them stand: those."""
    if (one := re.search("[那这]个(?P<kind>乡|镇|街道)(?![镇政办])", query.text)) and not (query.mention.agencies or query.group):
        pool = dict.fromkeys((*spoken.bodies, *spoken.pool, *spoken.context.mentioned))
        alone = tuple(a for a in pool if a in spoken.held.bodies and a.endswith(ENDS_IN[one["kind"]]))
        if len(pool) > 1 and len(alone) == 1:
            return replace(query, mention=Mention(alone), follows=True, operation=of_one(query))  # 那个乡2022年收费多少
    match = KIND_TOLD.search(query.text)
    among = spoken.bodies if len(spoken.bodies) > 2 or not {*spoken.bodies} <= {*spoken.pool} else spoken.pool
    if match is None or len(among) < 3 or query.mention.agencies or query.mention.place:
        return None
    own = tuple(a for a in among if a.endswith(ENDS_IN[match["kind"]]))
    if len(own) != COUNTS[match["n"]] or len(own) == len(among) or len(KIND_TOLD.findall(query.text)) > 1:
        return None  # 两个街道比两个镇多多少: two groups against each other
    if query.operation == "share" and not query.has_topic and _OF_THEM.search(query.text):
        return replace(of_each(query, among), singled=own)  # 两个县在里头占多大比例
    operation = "sum" if query.operation in ("find", "value") and re.search("加|合|共", query.text) else query.operation
    return replace(of_each(query, own), operation=operation)


_KIND_OF_ALL = re.compile(
    r"(?P<n>[两俩三四五])[家个](?P<kind>[\u4e00-\u9fff]{2,5}?)(?:部门|单位|机关|那边)?的?(?=新收|收|予以|不予|办|加|合|一共|总共|总数|各|分别|平均)"
)


def of_kind_mentioned(query: Query, spoken: Spoken) -> Query | Open | None:
    """三家公安的新收加起来, after three of that kind were asked about one after another, whatever of each: these."""
    match = _KIND_OF_ALL.search(query.text)
    told = tuple(a for a in spoken.context.mentioned if a in spoken.held.bodies)
    own = tuple(a for a in told if match and match["kind"].removesuffix("局") in a)
    if match is None or len(own) != COUNTS[match["n"]] or own != told[: len(own)] or query.mention.agencies or len(spoken.bodies) > 1:
        return None
    if not (query.has_topic or query.weak or spoken.context.metrics):
        return None
    operation = "sum" if re.search("加|合|共", query.text) else "list" if query.operation == "find" else query.operation
    return replace(of_each(query, own[::-1]), operation=operation, residue=(), qualifier=None, attributive=None)


def of_level(query: Query, spoken: Spoken) -> Query | Open | None:
    """市局那家占多少: the only one of the bodies spoken of that is at that level; 县局的顶市局的百分之几: one of each."""
    match = LEVEL_WORD.search(query.text)
    levels = list(dict.fromkeys(LEVEL_OF[m["unit"]] for m in LEVEL_WORD.finditer(query.text)))
    pool = [a for a in dict.fromkeys((*spoken.context.earlier, *spoken.bodies)) if a in spoken.held.bodies]
    if len(levels) == 2 and len(pool) == 2 and not query.mention.agencies:
        both = tuple(a for level in levels for a in pool if spoken.held.bodies[a].level == level)
        if len(both) == 2:
            return replace(of_each(query, both), qualifier=None, attributive=None)
    if match and len(spoken.bodies) == 1 and re.search("[比跟和]它", query.text) and not query.mention.agencies:
        pool = [a for a in dict.fromkeys((*pool, *spoken.pool)) if a not in spoken.bodies]
        other = [a for a in pool if spoken.held.bodies[a].level == LEVEL_OF[match["unit"]]]
        if len(other) == 1:
            return replace(of_each(query, (*other, *spoken.bodies)), operation="list")  # 省厅比它少几件
    if len(spoken.bodies) < 2 or query.has_topic or match is None:
        return None
    beside = query.mention.place
    if beside and APART_FROM.search(query.text) and not query.mention.named:  # 省厅和云溪差几件
        there = _lying_at(beside, spoken.bodies, spoken.held)
        own = [a for a in spoken.bodies if spoken.held.bodies[a].level == LEVEL_OF[match["unit"]]]
        both = tuple(dict.fromkeys((*own, *there)))
        return replace(of_each(query, both), operation="list") if len(own) == len(there) == 1 and len(both) == 2 else None
    found = [a for a in spoken.bodies if spoken.held.bodies[a].level == LEVEL_OF[match["unit"]]]
    if len(found) != 1:
        return None
    if re.search(rf"(?:{OUT})$", query.text[: match.start()]) or LEFT_OUT_AFTER.match(query.text[match.end() :]):  # 剔除省厅后呢
        return of_each(query, tuple(a for a in spoken.bodies if a != found[0]))
    if query.operation == "share":
        return replace(of_each(query, spoken.bodies), singled=(found[0],))
    return replace(query, group=None, mention=Mention((found[0],)), follows=True)


def of_unit(query: Query, spoken: Spoken) -> Query | Open | None:
    """区里的呢, after bodies of one name: those of districts alone."""
    match = re.fullmatch("(?:那)?(?P<units>[省市州盟区县旗]{1,2})(?:级|里)的?(?:那些|[那这]?几[家个])?呢[?？]?", query.text)
    if match is None or spoken.group is None or spoken.group.kind != "named":
        return None
    noun = spoken.group.noun
    own = spoken.held.match(noun[1:], 0) if noun[:1] in "省市州盟区县旗" else None
    noun = noun[1:] if own and own.rank == 2 and own.end == len(noun) - 1 else noun  # 区级的呢, after 县教育局
    group = find_group(f"各{match['units']}{noun}", spoken.held)
    if group is None or group.kind != "named" or not group.names:
        return None
    context = spoken.context
    operation = context.operation if context.operation in ("rank", "sum", "share") else "value"
    return replace(
        query, group=group, mention=Mention((), place=spoken.place), operation=operation, top=context.top, least=context.least, whole="",
        residue=(), follows=True,
    )  # fmt: skip


def these(query: Query, spoken: Spoken) -> Query | Open | None:
    """这两家, 连碧原在内三家: as many of those spoken of."""
    pointed_at = _pointed_at(query, spoken)
    mention = query.mention
    if pointed_at and mention.agencies and re.search(r"(?:连|包括|算上|加上)[^,，。]{1,10}(?:在内|一起|一共)", query.text):
        mention = Mention(())
    if not pointed_at or mention.agencies or mention.unknown:
        return None
    operation = "list" if query.operation == "find" or (query.operation == "rank" and len(pointed_at) < 3) else query.operation
    operation = "sum" if query.operation == "find" and spoken.context.operation == "sum" else operation
    operation = "sum" if operation == "list" and re.search("相加|加起来|加总|总和|合计", query.text) else operation
    return replace(query, mention=each(pointed_at), group=None, operation=operation)


def _pointed_at(query: Query, spoken: Spoken) -> list[str]:
    """The bodies spoken of that a question points at: 这两家, 它们; 两家 alone may mean those of the last two answers."""
    first = re.search(r"(?:前头|前面|原先|起先|开头|先前)的?那?([两三四五六])[家个]", query.text)
    before = [a for a in spoken.context.earlier if a in spoken.held.bodies]
    if first and len(before) == COUNTS[first[1]]:
        return before  # 前头三家, after one more was asked about
    counts, context, held = COUNTS, spoken.context, spoken.held
    told = list(spoken.bodies)
    first = re.match("(?:那)?(?:前)?([两三四五六])[家个](?:加|合|一共|总共|平均)", query.text)
    ranked = [a for a in context.order if a in held.bodies]
    if first and context.operation == "rank" and context.top == COUNTS[first[1]] <= len(ranked):
        return ranked[-context.top :] if context.least else ranked[: context.top]  # 三家加起来, after the first or the last three
    unit = r"(?:家|处|个(?:地方)|个(?!年|数|月|样|问|百)|者|边|单位|街道|局|部门)"
    if re.search(r"[这那它他]们?俩", query.text) and len(told) == 2:
        return told
    if re.search(r"[这那它他]们?俩|^俩|^(?:那)?(?:两边|二者)", query.text) and len(told) == 1:
        other = [a for a in (*context.earlier[-1:], *context.mentioned) if a in held.bodies and a not in told][:1]
        return [*other, *told] if other else []
    if re.match("(?:那)?各自", query.text) and len(told) == 1 and len(before) == 1:
        return [*before, *told]  # 各自占本家总数的多少, of two told one after the other
    if re.search("[这那]俩", query.text) and len(told) == 1 and len(both := [a for a in context.mentioned if a in held.bodies][:2]) == 2:
        return both[::-1]  # 这俩税务局, one asked about after the other
    if re.search("[这那它他]们?仨", query.text):  # of those spoken of one after another
        every = [a for a in dict.fromkeys((*told, *context.mentioned)) if a in held.bodies]
        return every[:3] if len(told) != 3 and len(every) >= 3 else told if len(told) == 3 else []
    if match := re.search(rf"(?:这|那|刚才|前面|上述)(?:的|说的)?([两二三四五六几些])?{unit}|它们|他们(?!收|办)", query.text):
        if not match[1] and len(told) > 1 and SINGLE.search(query.text):
            return []  # 这家, after a ranking: the first
        if match.group() in ("这个", "那个"):
            return []  # 还有谁提到这个: what is written
        if match.group() == "他们" and len(told) == 1:
            return []  # 他们再往前一年呢: the people of the one body
        named = context.top if context.operation == "rank" and first_few(context.top) and context.group and match.group() == "它们" else 40
        found = told[: counts.get(match[1] or "", named)]  # 最多的前两家, 它们: the two that were named
        if len(told) < counts.get(match[1] or "", 0) == len(context.pool):
            return list(spoken.pool)  # 这四家, after some of them were picked
        if context.earlier and (len(found) == 1 or len(found) + len(context.earlier) == counts.get(match[1] or "")):
            found = list(dict.fromkeys([*(a for a in context.earlier if a in held.bodies), *found]))[-counts.get(match[1] or "", 12) :]
        count = counts.get(match[1] or "", 0)
        lately = [a for a in dict.fromkeys((*told, *context.mentioned)) if a in held.bodies][:count]
        if len(found) == 1 and len(lately) == count > 1:
            return lately  # 这两家, after a report of one of them was not held
        return found if len(found) > 1 else []
    bare = re.search(rf"(?<![哪前最第这那的])([两二三四五六]){unit}", query.text)
    if bare and not (query.group and not query.group.vague and query.operation == "rank"):
        count, pool = counts[bare[1]], list(dict.fromkeys([*(a for a in context.earlier if a in held.bodies), *told]))
        if count == len(told):
            return told
        if len(told) < count == len(context.pool):
            return list(spoken.pool)  # 三家都算上, after one was left out
        if context.condition and {*told} < {*spoken.pool} and len(told) + count == len(spoken.pool):
            return [a for a in spoken.pool if a not in told]  # 三家平均呢, after the one of four that took nothing
        mentioned = [a for a in context.mentioned if a in held.bodies]
        if len(pool) < count == len(mentioned) and re.search("各|分别|都|合|加|共|最|谁|哪|一[块起]", query.text):
            return mentioned
        lately = [a for a in dict.fromkeys((*told, *context.mentioned)) if a in held.bodies][:count]
        if len(pool) < count == len(lately) and re.search("谁|哪", query.text):
            return lately  # 两个街道谁多, of those asked about one after the other
        return pool[-count:] if len(told) < count <= len(pool) else []
    return []


_LEFT_OUT = re.compile(r"(?:不算|不要|除了?|除[去掉]|[去扣减刨拿][掉去除]|剔除|不含|不包括|撇开|抛开)$")


def _lying_at(place: Place, pool: Sequence[str], held: Directory) -> list[str]:
    """Those of some bodies that serve a place, or else those that lie in it: of 枫林区 its bureau, or its 城关街道."""
    serving = [a for a in pool if held.stands_at(held.bodies[a], place)]
    if serving or not place.county:
        return serving  # a city that holds one of them is another body
    within = {b.agency for b in held.within(place)}
    return [a for a in pool if a in within]


_THE_ONE_THERE = re.compile(r"(?:^|[^\u4e00-\u9fff]|同年|同一年|当年|那年|年)(?P<place>[\u4e00-\u9fff]{2,4}?)的?[这那]一?家(?![店厂])")


def the_one_there(query: Query, spoken: Spoken) -> Query | Open | None:
    """同一年望川区这家的行政处罚决定, after bodies of three places were told: the one of them that lies there, and no government."""
    match = _THE_ONE_THERE.search(query.text)
    places = spoken.held.places.get(match["place"], ()) if match else ()
    if not places or query.group or len(query.mention.named) > 1 or query.operation == "share":
        return None
    every = (*spoken.pool, *spoken.bodies, *spoken.context.order, *spoken.context.mentioned[:6])
    told = tuple(a for a in dict.fromkeys(every) if a in spoken.held.bodies)
    own = list(dict.fromkeys(a for p in places for a in _lying_at(p, told, spoken.held)))
    if len(own) != 1 or own[0] in query.mention.agencies:
        return None
    return replace(query, mention=Mention((own[0],)), follows=True, residue=())


def among_spoken(query: Query, spoken: Spoken) -> Query | Open | None:
    """碧原几件, 不算松岚的话: a place that is named means the one body spoken of that lies there, unless its government is spoken of too."""
    mention, context, held = query.mention, spoken.context, spoken.held
    back = re.search(r"[那这]家|[那这]个(?!年)|那边|说回|回到|刚才|自己", query.text)
    every = (*context.agencies, *context.earlier, *context.pool, *(context.mentioned if back else ()))
    pool = tuple(a for a in dict.fromkeys(every) if a in held.bodies)
    several = len(mention.named) > 1 and len(mention.places) == len(mention.named) and not query.group and not re.search("政府", query.text)
    if len(pool) > 1 and several and not set(mention.agencies) & set(pool):
        lying = [_lying_at(p, pool, held) for p in mention.places]
        if all(len(own) == 1 for own in lying):
            return replace(query, mention=each(tuple(own[0] for own in lying)), follows=True)  # 枫林区的比望川区的
    if len(pool) < 2 or len(mention.agencies) != 1 or not mention.places or query.group or set(mention.agencies) & set(pool):
        return None
    start, end = mention.spans[0]
    if held.bodies[mention.agencies[0]].kind != "government" or re.search(r"政府|府$", query.text[start:end]):
        return None
    own = _lying_at(mention.places[0], pool, held)
    own = own or [a for a in pool if a.startswith(query.text[start:end])]  # 碧原那边: the zone of that name, where two zones were compared
    if len(own) != 1:
        return None
    counted = re.search(r"占(?:了|到)?(?:这|那|全部|他们|它们)?([两三四五六])(?:个|家)", query.text)
    if query.operation == "share" and counted and COUNTS[counted[1]] == len(pool):
        return replace(query, mention=each(pool), singled=tuple(own), follows=True)  # 望川一家占三家的几成
    if _LEFT_OUT.search(query.text[:start]) or LEFT_OUT_AFTER.match(query.text[end:]):
        rest = tuple(a for a in context.agencies if a in pool and a != own[0])
        return replace(query, mention=each(rest), follows=True) if len(rest) > 1 else None
    whole = re.search("占(?:了|到)?(?:这|那)?(?:合计|总数|总量|总和|一共|总共|全部)", query.text) and not query.has_topic
    if query.operation == "share" and whole and len(pool) > 1 and not spoken.group:
        return replace(query, mention=each(pool), singled=tuple(own), follows=True)  # 松岚那份占合计的百分之几
    if (
        query.operation == "rank"
        and len(spoken.pool) > 1
        and re.search(rf"(?:{PLACES.pattern}|最[多少高低]的?)[^,，。]{{0,4}}[还也仍]", query.text)
    ):
        return replace(of_each(query, spoken.pool), ranked=tuple(own))  # 换2022年再排，头一名还是碧原的吗
    again = context.singled and own[0] in spoken.bodies and len(spoken.bodies) > 1 and re.search("呢[?？]?$", query.text)
    of_all = context.operation == "sum" and re.match(
        r"(?:那)?[\u4e00-\u9fff]{2,5}(?:的|那[家边个])?占(?:了|到)?(?:多少|几成|百分|多大)", query.text
    )
    if (again or (query.operation == "share" and of_all)) and not query.has_topic:
        return replace(query, mention=each(spoken.bodies), singled=tuple(own), operation="share", follows=True)  # 那碧原的呢, of both
    return replace(query, mention=Mention((own[0],)), follows=True)


def at_level(query: Query, spoken: Spoken) -> Query | Open | None:
    """省厅, 市局, after a bureau was spoken of: the body of the same field at that level."""
    match = LEVEL_WORD.search(query.text)
    if query.mention.agencies or query.group or len(spoken.bodies) != 1 or match is None:
        return None
    level, own = LEVEL_OF[match["unit"]], spoken.held.bodies[spoken.bodies[0]]
    if level == "province" and own.kind == "office":
        found = [b.agency for b in spoken.held.bodies.values() if b.kind == "office" and b.level == level]
        return replace(query, mention=Mention(tuple(found)), follows=True) if len(found) == 1 else None  # 省里的办公厅
    found = [
        b.agency for b in spoken.held.bodies.values()
        if b.own[:-1] == own.own[:-1] and b.level == level and b.agency != own.agency
        and (level == "province" or not own.place.city or b.place.city == own.place.city)
    ]  # fmt: skip
    return replace(query, mention=Mention((found[0],)), follows=True) if len(found) == 1 else None


_LEVEL_WORDS = re.compile(
    "(?<![\u4e00-\u9fff])(?:那|看|问)?(?P<one>[省市州盟县区旗])(?:里|[厅局办]|政府)[和跟与、](?P<other>[省市州盟县区旗])(?:里|[厅局办]|政府)"
)


def by_levels(query: Query, spoken: Spoken) -> Query | Open | None:
    """省厅和市局差几件: of the bodies that the last answers told of, those of these levels; asked back where two are of one."""
    match = _LEVEL_WORDS.search(query.text)
    if match is None or query.mention.named:
        return None
    last = [a for a in spoken.context.mentioned if a in spoken.held.bodies][:4]
    found = [[a for a in last if spoken.held.bodies[a].level == LEVEL_OF[match[side]]] for side in ("one", "other")]
    if not all(found) or found[0] == found[1]:
        return None
    return replace(of_each(query, (*found[0], *found[1])), operation="list", years=query.years or spoken.context.years)


def several_at_level(query: Query, spoken: Spoken) -> Query | Open | None:
    """两个市局呢: those of the bodies spoken of that are at one level."""
    match = re.search("([两三四几])个?(?P<unit>[省市州盟区县旗])(?:里)?的?[局厅]", query.text)
    if match is None or query.has_topic or query.mention.agencies:
        return None
    pool = [a for a in dict.fromkeys((*spoken.pool, *spoken.bodies, *spoken.context.mentioned)) if a in spoken.held.bodies]
    own = tuple(a for a in pool if spoken.held.bodies[a].level == LEVEL_OF[match["unit"]])
    if len(own) < 2 or COUNTS.get(match[1], len(own)) != len(own):
        return None
    if re.search(rf"(?:{OUT})$", query.text[: match.start()]) or LEFT_OUT_AFTER.match(query.text[match.end() :]):  # 两个市局不算进去呢
        own = tuple(a for a in pool if a not in own)
    return of_each(query, own) if own else None


def kind_in_place(query: Query, spoken: Spoken) -> Query | Open | None:
    """The place spoken of, for a group that names none."""
    mention = query.mention
    if not query.group or mention.agencies or mention.unknown or query.whole:
        return None
    one = spoken.held.bodies[spoken.bodies[0]] if len(spoken.bodies) == 1 else None
    if (
        one
        and one.kind == "government"
        and not mention.place
        and re.match("(?:那)?(?:它|他们)?的?(?:下面|下边|下辖|下属|所辖|底下|辖区?内?)", query.text)
    ):
        return replace(query, mention=replace(mention, place=one.place))  # 下面的乡镇呢, after a county's government
    if not spoken.place:
        return None
    among = spoken.context.operation == "coverage" and query.group.vague  # 2022年谁收得最多, after who is held of a place was told
    return replace(query, mention=replace(mention, place=spoken.place)) if query.follows or among else query
