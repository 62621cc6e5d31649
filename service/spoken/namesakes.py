"""A body by its name or field where several bear it: of those spoken of, or the one in another place."""

from __future__ import annotations

import re

from corpus.identity.places import Place
from corpus.textual import stated_number
from service.agencies import Mention, place_of_a_bureau
from service.group import members
from service.query import Query
from service.replacing import replace
from service.spoken.base import Open, Spoken, each, of_each


def same_field(query: Query, spoken: Spoken) -> Query | Open | None:
    """枫林区的呢, after 望川区教育局 was spoken of: the body of the same field there, where one is held."""
    context, held = spoken.context, spoken.held
    told = [held.bodies[a] for a in spoken.bodies]
    lineages = {b.lineage for b in told}
    named = query.mention.places
    bureaus = len(named) > 1 and len(named) == len(query.mention.named) and re.search(r"[市县区]局|[两二三四五]个?局", query.text)
    if bureaus and len(lineages) == 1 and not query.has_topic:
        lying = [[b.agency for b in held.bodies.values() if b.own[:-1] == told[0].own[:-1] and held.stands_at(b, p)] for p in named]
        if all(len(own) == 1 for own in lying):
            return Open(replace(query, mention=each(tuple(own[0] for own in lying)), follows=True))  # 云溪、碧原两个市局
    if len(lineages) == 1 and (away := place_of_a_bureau(query.mention, query.text, held)):  # 云溪市局呢
        there = [b.agency for b in held.serving(away) if b.own[:-1] == told[0].own[:-1]]
        return Open(replace(query, mention=Mention(tuple(there)), follows=True)) if len(there) == 1 else None
    place = query.mention.place
    if query.group is not None and told and query.group.kind == told[0].kind and re.search("[那这]个", query.text):
        query = replace(query, group=None, follows=True)  # 望川区那个街道: no group, but the one there
    spoken_rows = {m.partition(".")[0] for m in context.metrics}
    said = {*query.metrics, *(r for r in query.rows if r not in spoken_rows)} or ({query.subject} if query.subject else set())
    pointed = place is not None and re.search(
        "[区县市]?那[个家](?:街道|镇|乡|局|厅)|^(?:那)?[\u4e00-\u9fff]{2,4}(?:的|那边的?|这边的?)呢[,，]", query.text
    )  # 望川区那个街道，同样的，予以公开几件
    new = (
        query.has_topic
        and not pointed
        and not (query.follows and (said <= {*context.metrics} or (query.rows and {*query.rows} <= spoken_rows)))
    )
    if (
        place is None
        or new
        or query.blocks
        or query.group
        or not (len(lineages) == 1 or (told and len({b.own for b in told}) == 1))
        or told[0].kind in ("government", "zone", "other")
    ):
        return None
    if told[0].kind in ("street", "town"):
        if not query.mention.partial and any(held.bodies[a].kind != "government" for a in query.mention.agencies):
            return None
        # 枫林区那个, after 望川区城关街道
        own = [b.agency for b in held.within(place) if b.kind == told[0].kind and b.place.township == told[0].place.township]
    else:
        own = [b.agency for b in held.bodies.values() if b.own == told[0].own and held.stands_at(b, place)]
    if len(lineages) > 1 and {*own} & {*spoken.bodies, *spoken.pool}:
        return None  # one of those spoken of, for the rules about them
    return Open(replace(query, mention=Mention(tuple(own)), follows=True)) if len(own) == 1 else None


def namesake(query: Query, spoken: Spoken) -> Query | Open | None:
    """财政局占三家的多少, 城管局同期: of the bodies of that name the one spoken of, or the one in the place spoken of."""
    mention, context, held = query.mention, spoken.context, spoken.held
    both = re.search("[这那]?(?:俩|两[个家])(?!局[差相一合共谁哪])", query.text)  # no 两个局差多少 of one and the one spoken of
    if len(mention.agencies) == 2 and not (mention.named or query.group) and both:
        return replace(of_each(query, mention.agencies), years=query.years or context.years, relative=None)  # 这俩税务局
    one = context.agencies[0] if len(context.agencies) == 1 and not (mention.named or mention.places) else ""
    if len(mention.agencies) > 1 and one in mention.agencies:
        return Open(replace(query, mention=Mention((one,))))  # 水务局2019年采购花了多少: the one of that name spoken of
    same = re.search("同一?个?(省|市|区|县)(?:里的?|的|(?=[\u4e00-\u9fff]{1,6}(?:局|委|办|厅)))", query.text)
    if same and len(mention.agencies) > 1 and not mention.named and len(spoken.bodies) == 1:
        beside = held.bodies[spoken.bodies[0]].place
        unit = "county" if same[1] in "区县" else "city" if same[1] == "市" else "province"
        there = tuple(a for a in mention.agencies if getattr(held.bodies[a].place, unit) == getattr(beside, unit) != "")
        if len(there) == 1:
            return Open(replace(query, mention=Mention(there), follows=True))  # 同一个区的城关街道办呢
    group = query.group
    one_told = group and group.kind == "named" and not group.each and len(spoken.bodies) == 1 and spoken.bodies[0] in group.names
    if one_told and not re.search("各|哪|谁|所有|系统|全[省市州盟县区旗]|每|[两三俩几]", query.text[: group.span[1] + 1] if group else ""):
        return Open(replace(query, group=None, mention=Mention(spoken.bodies)))  # 水务局这三年里最高的比最低的多几件
    by_level = re.search("(?:^|[,，年])(?:再?[把看算]|同年|那)*[市县区](?!里)", query.text)  # 县教育局: of the county spoken of
    renamed = re.search("改名|更名|以前叫|原来叫|原先叫|前身|老名字", query.text)  # 改名前叫水务局的时候
    inside = re.match("(?:[这那])?(?:里面|里头|其中|当中|上面)的?那?[个家]?", query.text)  # 里面那个财政局去年收几件
    if len(mention.agencies) < 2 or mention.named or (query.has_topic and not (by_level or renamed or inside)):
        return None
    pool = {*context.agencies, *context.earlier}
    kin = {held.bodies[a].lineage for a in pool if a in held.bodies}
    own = tuple(a for a in mention.agencies if a in pool) or tuple(a for a in mention.agencies if held.bodies[a].lineage in kin)
    if len(own) == 1:
        return Open(replace(query, mention=Mention(own)))
    small = ("street", "town")
    if len(spoken.bodies) == 1 and (sibling := held.bodies[spoken.bodies[0]]).kind in small and sibling.place.county:
        kin_of = tuple(a for a in mention.agencies if (b := held.bodies[a]).kind in small and b.place.county == sibling.place.county)
        if len(kin_of) == 1:
            return Open(replace(query, mention=Mention(kin_of), follows=True))  # 城关街道呢, after another street of its district
    cities = {(held.bodies[a].place.province, held.bodies[a].place.city) for a in spoken.bodies}
    if mention.places or not spoken.bodies or (len(context.agencies) != 1 and (len(cities) > 1 or spoken.group)):
        return None
    lies = held.bodies[spoken.bodies[0]].place
    if len(context.agencies) > 1:  # 再把市财政局也算上, after bureaus of one city; 漏了城关街道, after three of one district
        counties = {held.bodies[a].place.county for a in spoken.bodies}
        lies = Place(*next(iter(cities)), *(counties if len(counties) == 1 else ()))
    around = (lies, Place(lies.province, lies.city, lies.county), Place(lies.province, lies.city))  # 县教育局 after one of its towns
    there = next((fit for p in around if (fit := tuple(a for a in mention.agencies if held.stands_at(held.bodies[a], p)))), ())
    return Open(replace(query, mention=Mention(there), follows=True)) if len(there) == 1 else None


def other_namesake(query: Query, spoken: Spoken) -> Query | Open | None:
    """另一个呢, 另一个县的城关镇: the only other body of the name of the one spoken of."""
    other = re.search(r"另(?:外)?(?:那)?一?个(?:[县区市](?:的|里)|(?=呢|的|叫|同名|重名|$))|[重同]名的(?:另|那)", query.text)
    told = [spoken.held.bodies[a] for a in spoken.bodies]
    if other is None or len(told) != 1 or len(spoken.pool) > 1 or query.group:
        return None
    one = told[0]
    kin = [b for b in spoken.held.bodies.values() if b.kind == one.kind and b.lineage != one.lineage]
    if one.kind in ("street", "town"):
        alike = {b.agency for b in kin if b.place.township == one.place.township}
    else:
        alike = {b.agency for b in kin if b.own == one.own and one.kind not in ("government", "zone", "other")}
    alike &= {*query.mention.agencies} if query.mention.agencies else alike
    return Open(replace(query, mention=Mention(tuple(alike)), follows=True)) if len(alike) == 1 else None


def by_stem(query: Query, spoken: Spoken) -> Query | Open | None:
    """柳荫那家网站几条, after 望川的南苑街道和枫林的柳荫街道: the one of the bodies spoken of whose name holds the word."""
    match = re.match(r"(?:那|还有|再看)?([\u4e00-\u9fff]{2,4}?)的?(?:那|这)一?[家个边行列栏份]", query.text)
    if match is None or query.mention.agencies or query.group or len(spoken.pool or spoken.bodies) < 2:
        return None
    found = tuple(a for a in (spoken.pool or spoken.bodies) if match[1] in a)
    if len(found) == 1 and query.operation == "share" and not query.has_topic and found[0] in spoken.bodies[1:] + spoken.bodies[:-1]:
        return replace(query, mention=each(spoken.bodies), singled=found, follows=True)  # 城关那家占百分之几: of what they add up to
    return replace(query, mention=Mention(found), follows=True) if len(found) == 1 else None


def by_name_alone(query: Query, spoken: Spoken) -> Query | Open | None:
    """南苑呢, after 白石街道 or four streets: the one whose name begins so, of those spoken of or of the same district."""
    match = re.fullmatch(
        r"(?:那|还有|再看)?(?P<stem>[\u4e00-\u9fff]{2,4}?)(?:(?:那边|的)?呢[?？]?|(?:那边|的)?[也再](?:报|说|给|看|列|来|要)(?:一?下|一个)?)",
        query.text,
    )
    match = match or re.fullmatch("(?P<stem>[\u4e00-\u9fff]{2})", query.text) if query.text in spoken.held.stems else match
    told = [spoken.held.bodies[a] for a in spoken.bodies]
    if (
        match is None
        or not told
        or query.mention.agencies
        or query.group
        or query.has_topic
        or query.relative
        or query.columns
        or query.results
    ):
        return None
    every = [spoken.held.bodies[a] for a in dict.fromkeys((*spoken.bodies, *spoken.pool)) if a in spoken.held.bodies]
    if told[0].kind in ("street", "town"):
        every += [b for b in spoken.held.bodies.values() if b.kind in ("street", "town") and b.place.county == told[0].place.county]
    found = {b.agency for b in every if b.kind in ("street", "town") and b.place.township.startswith(match["stem"])}
    if len(found) != 1:
        return None
    if spoken.context.singled and len(spoken.bodies) > 1 and found <= {*spoken.bodies}:
        return replace(query, mention=each(spoken.bodies), singled=tuple(found), operation="share", follows=True)
    return replace(query, mention=Mention(tuple(found)), follows=True)


def of_their_kind(query: Query, spoken: Spoken) -> Query | Open | None:
    """最多的是哪个街道, 四个街道各多少, after four streets were named: those, and not all that are held."""
    group, pool = query.group, spoken.pool if spoken.context.pool else ()
    if group is None or group.vague or group.whole or group.names or len(pool) < 3 or query.mention.agencies or query.mention.place:
        return None
    noun = query.text[slice(*group.span)]
    counted = re.match("(?:[这那])?([三四五六七八九十])个", noun)
    those = stated_number(counted[1]) == len(pool) if counted else noun.startswith("哪") and not (group.each or query.has_topic)
    return of_each(query, pool) if those and {*pool} <= {b.agency for b in members(group, spoken.held, None)} else None


_BOTH_OF_THEM = re.compile("(?:[两二]个?(?:家|[区县市镇乡局厅]|街道|单位)|这俩)[^,，]{0,4}(?:差|相差|一共|合计|加|共|谁|哪[个家])")


def with_the_last(query: Query, spoken: Spoken) -> Query | Open | None:
    """望川区政府同年几件，两个区差多少: the body named beside the one spoken of."""
    own, named = spoken.bodies, query.mention.agencies
    if len(own) != 1 or len(named) != 1 or own == named or spoken.group or query.group:
        return None
    things = max(len(query.metrics), len(query.applicants), len(query.results), len(query.channels), len(query.rows), len(query.years))
    if things > 1 or not _BOTH_OF_THEM.search(query.text) or re.search("再|还有|加上|外加", query.text):
        return None  # 自然人和商业企业差几件: of two columns
    if spoken.held.bodies[own[0]].kind != spoken.held.bodies[named[0]].kind:
        return None
    operation = "sum" if re.search("一共|合计|加|共", query.text) else "list"
    years = query.years or spoken.context.years
    return replace(of_each(query, (*own, *named)), operation=operation, years=years, relative=None, residue=())


def offered(query: Query, spoken: Spoken) -> Query | Open | None:
    """枫林区的: which of the bodies that were offered a short answer means."""
    candidates, mention, held = spoken.context.candidates, query.mention, spoken.held
    if not candidates or not (mention.agencies or mention.places) or query.has_topic:
        return None
    fitting = tuple(a for a in candidates if a in mention.agencies)
    if len(fitting) != 1 and mention.places:
        own = tuple(a for a in candidates if a in held.bodies and any(held.stands_at(held.bodies[a], p) for p in mention.places))
        inside = {b.agency for p in mention.places for b in held.within(p)}
        fitting = own if len(own) == 1 else tuple(a for a in candidates if a in inside)
    return replace(query, mention=Mention(fitting), follows=True) if len(fitting) == 1 else None


def namesake_spoken(query: Query, spoken: Spoken) -> Query | Open | None:
    """那水务局这份, where one water bureau of those held was spoken of before another body was."""
    mention = query.mention
    if len(mention.agencies) < 2 or mention.named or mention.places or query.group:
        return None
    told = tuple(a for a in spoken.context.mentioned if a in mention.agencies)
    return Open(replace(query, mention=Mention(told, mention.spans), follows=True)) if len(told) == 1 else None
