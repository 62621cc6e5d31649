"""One body among others: what its figure is of a group's, and its place in their order, asked for or claimed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.identity.places import Place
from corpus.textual import stated_number
from index.segment import Segmenter
from service.agencies import Mention, find_agencies
from service.conditions import LEAST
from service.directory import LEVEL_OF, Directory
from service.group import Group, find_group, members
from service.lexicon import mask
from service.query import Query
from service.replacing import replace

Understand = Callable[[str, Directory, Segmenter], Query]

_OF_GROUP = re.compile(
    r"占(?:了|到)?(?P<whole>[^,，。;；?？占]{3,20}?)(?:的)?(?:合计|总[数量和计共]|[加合]起来|之和|全部)?的?"
    r"(?:百分之[几多]少?|几成|多少(?![件个起])|多大(?:比例|比重|份额)?|比例|比重|份额)"
)


# 两个市政府2024年的申请加起来，云溪市政府占百分之多少: the whole first, the part behind it
_GROUP_FIRST = re.compile(
    r"^(?P<what>[^?？]{4,40}?)(?:(?:合计|总(?:条|件|次)?[数和量]|[加合]起来|之和|一共|总共)(?:看|算)?(?:里面?|里头|当中|中)?[,，]?|(?:里面?|里头|当中|中)[,，]?)的?"
    r"(?P<own>[^,，占\d]{2,18}?)(?:一家|自己)?占(?:了|到)?(?P<ask>百分之[几多]少?|几成|多少(?![件个起])|多大(?:比例|比重|份额)?|比例|比重|份额)"
)


# 南苑、沙河两个街道: how many those named are, and of what kind
_AS_MANY_OF_THEM = re.compile("(?:这|那)?[两三四五六]个?(?:街道|镇|乡|局|部门|单位|家|区|县|市)(?:办事处)?(?!最)")
_ADDED_UP = re.compile("(?:合计|一共|总共|共计|[加合]起来|加在一起|之和|合在一起)")


def _place_of(group: Group, whole: str, own: Sequence[str], held: Directory, segmenter: Segmenter) -> Place | None:
    """The place that a group lies in: named beside it, else that of the bodies set among it (占全区各街道的几成, 占各部门的几成)."""
    place = find_agencies(mask(whole, group.spans), held, segmenter).place
    level = (
        LEVEL_OF.get(group.whole) or group.level or (held.bodies[own[0]].level if own and group.kind in ("department", "bureau") else "")
    )
    if place is not None or level not in LEVEL_OF.values():
        return place
    around = {_around(held.bodies[a].place, level) for a in own}
    return around.pop() if len(around) == 1 else None


def _around(place: Place, level: str) -> Place:
    """The province, city or county that a place lies in."""
    return Place(place.province, place.city if level != "province" else "", place.county if level == "county" else "")


def share_of_group(text: str, held: Directory, segmenter: Segmenter, understand: Understand) -> Query | None:
    """沙河街道去年收到的申请占望川区四个街道总数的百分之几: what the figure of one body, or of some, is of its group's; None for any other question."""
    if (turned := _GROUP_FIRST.search(text)) and (group := find_group(turned["what"] + "，合计", held)):
        what = turned["what"][: group.span[0]] + turned["what"][group.span[1] :]
        text = f"{turned['own']}{what.lstrip('的,，')}占{turned['what'][slice(*group.span)]}合计的{turned['ask']}"
    match = _OF_GROUP.search(text)
    group = find_group(match["whole"] + "，合计", held) if match else None
    if match is None or group is None or re.search(r"\d\d年", text[match.start() :]):
        return None
    part = _AS_MANY_OF_THEM.sub("", text[: match.start()])
    if find_group(part, held):
        return None
    mention = find_agencies(part, held, segmenter)
    own = tuple(a for names in mention.named for a in names[:1]) or mention.agencies
    place = _place_of(group, match["whole"], own, held, segmenter)
    if (
        not own
        or (turned and len(own) > 1)
        or len(own) < len(mention.agencies)
        or not {*own} < {b.agency for b in members(group, held, place)}
    ):
        return None
    # What each of several has is read by the first of them: all are asked the same.
    for start, end in reversed(mention.spans[1:] if len(own) > 1 else ()):
        part = part[:start].rstrip("、和与跟及,，") + part[end:]
    query = understand(_ADDED_UP.sub("", part).rstrip(",，") + "有多少", held, segmenter)
    if not (query.has_topic or query.weak):
        return None
    return replace(
        query, text=text, mention=Mention((), place=place), group=group, singled=own, operation="share", asked="占比", pieces=(text,)
    )


_NTH = r"(?:第?几[名位]?|多少[名位]|老几|(?:倒数)?第[一二三四五六七八九十\d]+[名位]?|前[二两三四五六七八九十\d]+[名位]?|头一?名)"
_RANKS = rf"(?:排|位列|位居|名列|居)(?:名|在|到|行|得?上|得|个)*{_NTH}|(?:算|是不是|是否|是)?(?:第一名?|最[多少高低]的?)(?=吗|么|吧|$)"
# 公安局收到的申请在市直部门里排第几
_IN_GROUP = re.compile(
    rf"^(?P<own>[^?？]+?)[,，]?在(?P<whole>[^,，。在?？]{{2,80}}?)(?:里面?|里头|中间?|当中|之中|内)?[,，]?(?P<rank>(?:能|可以|到底|大概)?(?:{_RANKS})[^,，?？]{{0,6}})[?？]?$"
)
# 望川区各街道收到的申请，城关街道排第几; 最多的是不是城关街道
_GROUP_AHEAD = (
    re.compile(rf"^(?P<what>[^?？]+?)[,，](?P<own>[^,，?？]{{2,14}}?)(?P<rank>(?:能|可以|到底|大概)?(?:{_RANKS})[^,，?？]{{0,6}})[?？]?$"),
    re.compile(
        r"^(?P<what>[^?？]+?)(?P<rank>(?:最[多少高低]|第一)的?)(?:那?一?(?:个|家)?(?:单位|部门|街道|镇|机关|局|地方)?)?[,，]?"
        r"(?P<claim>是不是|是否是?|就?是)(?P<own>[^,，?？谁哪几多少]{2,14}?)(?P<end>吗|么|吧|对[吗吧]|对不对|[,，](?:对|是|没错)[吗吧不]?.{0,2}|$)[?？]?$"
    ),
)


# The other orders in which a place in a group is asked for or claimed.
_KINDS = "(?:[省市州盟县区旗](?:直|级)?)?(?:部门|单位|机关|局|街道|乡镇|镇|县区|区县|政府)"
_END = r"(?:吗|么|吧|对[吗吧]|对不对|是吧|[,，](?:对|是|没(?:有)?(?:说|记|搞|弄|看)?错)[吗吧不]?.{0,2}|$)"
_ORDERS = (
    # 申请最多的部门是不是省政府办公厅
    re.compile(rf"^(?P<topic>[^,，?？]{{2,24}}?)(?P<rank>(?:最[多少高低]|第一)的?)(?P<kind>{_KINDS})(?:是不是|是否是?|(?P<only>就?是))(?P<own>[^,，?？谁哪几多少]{{2,16}}?)(?P<end>{_END})[?？]?$"),
    # 省政府办公厅是不是全部机关里新收申请最多的
    re.compile(r"^(?P<own>[^,，?？]{2,20}?)(?P<when>(?:20)?\d\d年|去年|前年)?(?:是不是|是否是?|(?P<only>是))(?P<when2>(?:20)?\d\d年|去年|前年)?(?P<whole>[^,，?？]{2,16}?)(?:里面?|里头|当中|中)[,，]?(?P<topic>[^,，?？]{2,16}?)(?P<rank>最[多少高低]的?|排?第一的?)" + rf"(?P<end>{_END})[?？]?$"),
    # 2023年申请最多的是公安局，对吗
    re.compile(rf"^(?P<topic>(?![^最]*(?:各|部门|单位|街道|乡镇|机关|局|厅|镇里|县里|区县|县区))[^,，?？]{{2,24}}?)(?P<rank>(?:最[多少高低]|第一)的?)(?P<only>(?:就|应该|肯定)?是)(?P<own>[^,，?？谁哪几多少]{{1,15}}?[局厅委办府会馆院校道镇乡县区市处心])(?P<end>{_END})[?？]?$"),
    # 2022年自然资源局是不是复议最多的
    re.compile(r"^(?P<own>[^,，?？]{2,20}?)(?P<when>(?:20)?\d\d年|去年|前年)?(?:是不是|是否是?)(?P<topic>[^,，?？年]{2,16}?)(?P<rank>最[多少高低]的)(?P<end>[^,，?？]{0,2})[?？]?$"),
    # 教育厅2024年公开率排第几
    re.compile(r"^(?P<own>[^,，?？]{2,20}?)(?P<when>(?:20)?\d\d年|去年|前年)(?:的)?(?P<topic>[^,，?？年在]{2,14}?)(?P<rank>(?:能|可以)?排(?:名|在|到)?(?:第几[名位]?|老几|多少名|几名))[呢啊]?[?？]?$"),
    # 教育厅2024年公开率是不是全省最低
    re.compile(rf"^(?P<own>[^,，?？]{{2,20}}?)(?P<when>(?:20)?\d\d年|去年|前年)(?:的)?(?P<topic>[^,，?？年]{{2,14}}?)(?:是不是|是否是?|(?P<only>是))(?P<all>全[省市州盟区县旗])(?:里|范围)?(?P<rank>最[多少高低])的?(?P<end>{_END})[?？]?$"),
    # 按2024年新收申请排名，公安局第几名
    re.compile(r"^按(?:照)?(?P<topic>[^,，?？]{2,20}?)(?:来|从多到少|从高到低)?(?:排(?:名|序|队|个?名次)?)[,，](?P<own>[^,，?？]{2,16}?)(?:能|可以)?(?P<rank>(?:排|是|居|位列)?(?:在|到)?(?:第几名?|老几|第几位))[?？]?$"),
    # 公安局在市直部门里新收申请排第几
    re.compile(rf"^(?P<own>[^?？]{{2,24}}?)[,，]?在(?P<whole>[^,，。在?？]{{2,16}}?)(?:里面?|里头|当中|之中|中)[,，]?是?(?P<topic>[^,，?？排]{{2,16}}?)(?P<rank>(?:能|可以)?(?:{_RANKS}))(?P<end>吗|么|吧)?[?？]?$"),
)  # fmt: skip


def _in_order(text: str) -> str:
    """A question about a place in a group in the one order that is read, 公安局新收申请在市直部门里排第几; any other question as it is."""
    for pattern in _ORDERS:
        match = pattern.search(text)
        parts = match.groupdict() if match else {}
        if match is None or (parts.get("only") and not parts.get("end")):
            continue
        kind = parts.get("kind") or "单位"
        whole = parts.get("whole") or (
            f"{parts['all']}各单位" if parts.get("all") else "各单位" if kind in ("部门", "机关") else f"各{kind}"
        )
        rank = parts["rank"] if re.search("几", parts["rank"]) or re.match("排|位|居|能|可", parts["rank"]) else f"是不是{parts['rank']}"
        rank = f"排{rank}" if rank.startswith(("第", "老")) else rank
        when = parts.get("when") or parts.get("when2") or ""
        return f"{parts['own']}{when}{parts['topic']}在{whole}里{rank}"
    return text


def _what_is_ranked(rest: str, held: Directory, segmenter: Segmenter, understand: Understand) -> Query | None:
    """What is left of a question without its bodies, asked by itself; None where it names nothing that is counted, or names bodies still."""
    query = understand(re.sub(r"\s+", "", rest).strip("的,，里中") + "有多少", held, segmenter)
    named = query.mention.agencies or query.group
    return query if (query.has_topic or query.weak) and not named else None


def _among_named(text: str, match: re.Match[str], held: Directory, segmenter: Segmenter, understand: Understand) -> Query | None:
    """One body's place among those that are named with it: 望川在望川、枫林、松岚三个区县政府里排老几; None where these are no such bodies."""
    named, others = find_agencies(match["own"], held, segmenter), find_agencies(match["whole"], held, segmenter)
    every = tuple(names for names in others.named if names)
    own = tuple(a for names in every for a in names if a in named.agencies)
    if len(every) < 2 or len(own) != 1 or len(named.named) > 1:
        return None
    query = _what_is_ranked(mask(match["own"], named.spans), held, segmenter, understand)
    if query is None:
        return None
    return replace(
        query,
        text=text,
        mention=others,
        ranked=own,
        operation="rank",
        top=1,
        least=bool(LEAST.search(match["rank"])),
        asked=text,
        pieces=(text,),
    )


_MOST_IS = re.compile("最[多少高低]的?(?:是不是|是否|就?是)")


def place_in_group(text: str, held: Directory, segmenter: Segmenter, understand: Understand) -> Query | None:
    """A ranking in which one body's place is told: 公安局在市直部门里排第几, 各街道里最多的是不是城关街道; None for any other question."""
    if _MOST_IS.search(text):
        text = re.sub(r"(?:^|(?<=年)|(?<=的))(?P<noun>[局厅镇乡])里(?:面|头)?", r"各\g<noun>里", text)  # 镇里最多的是陬市镇吗
    text = _in_order(text)
    for pattern in (_IN_GROUP, *_GROUP_AHEAD):
        match = pattern.search(text)
        parts = match.groupdict() if match else {}
        whole = parts.get("whole") or parts.get("what") or ""
        if match is not None and parts.get("whole") and (of_named := _among_named(text, match, held, segmenter, understand)) is not None:
            return of_named
        group = find_group(f"{whole}，合计" if parts.get("whole") else whole, held) if match else None
        if match and group is None and parts.get("whole"):  # 全市局里
            group = find_group(re.sub("^(全[省市州盟区县旗]的?)?", r"\1各", whole, count=1) + "，合计", held)
        if match is None or group is None or group.vague:
            continue
        if parts.get("claim") == "是" and not parts.get("end"):
            continue  # 最多的是…, and nothing that asks
        named = find_agencies(match["own"], held, segmenter)
        if len(named.named) > 1 or not named.agencies or find_group(match["own"], held):
            continue
        place = _place_of(group, whole, named.agencies[:1], held, segmenter)
        if group.kind == "any" and all(held.bodies[a].kind == "government" for a in named.agencies):
            group = replace(group, kind="every")
        own = {*named.agencies} & {b.agency for b in members(group, held, place)}
        if len(own) != 1:
            continue
        rest = mask(match["own"], named.spans) if parts.get("whole") else mask(whole, group.spans)
        if not parts.get("whole") and place is not None:
            rest = mask(rest, find_agencies(rest, held, segmenter).spans)
        least = bool(LEAST.search(match["rank"])) or bool(LEAST.search(rest))
        query = _what_is_ranked(rest, held, segmenter, understand)
        if query is None:
            continue
        return replace(
            query, text=text, mention=Mention((), place=place), group=group, ranked=tuple(own), operation="rank", top=1, least=least,
            asked=text, pieces=(text,),
        )  # fmt: skip
    return None


_CLAIMS = re.compile(r"[吗么吧]$|是不是|是否|对不对|[对是]不$|没错")


def standing(text: str, at: int, last: int) -> str:
    """Whether the place ``at`` of ``last`` is the one that ``text`` claims: 是的，, 不是，; "" where it claims none."""
    text = text.rstrip("?？。 ")
    if not _CLAIMS.search(text) or re.search("第几|几名|老几|多少名", text):
        return ""
    bottom = re.search("倒数第([一二三四五六七八九十])|垫底|末位", text)
    first = re.search(r"前([二两三四五六七八九十]|\d+)(?:[名位个家])?", text)
    nth = re.search(r"第([一二三四五六七八九十]|\d+)", text)
    if bottom:
        so = at == last + 1 - int(stated_number(bottom[1] or "一") or 1)
    elif first:
        so = at <= (stated_number(first[1]) or 1)
    else:
        so = at == (stated_number(nth[1]) if nth else 1)
    return "是的，" if so else "不是，"
