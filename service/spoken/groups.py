"""The group spoken of asked again: in another place, of another kind, with another bound, or its whole."""

from __future__ import annotations

import re

from corpus.identity.places import Place
from service.agencies import Mention
from service.conditions import HAS, Condition
from service.context import LISTED
from service.directory import LEVEL_OF, LEVELS
from service.group import find_group
from service.query import Query
from service.replacing import replace
from service.spoken.base import CHANGED, Open, Spoken, among_them, each, last_bound, of_each

_HOW_MANY = re.compile("(?:^|[,，呢])(?:那|这样的|(?:写|提|够|达|符合|满足)[了到]?的|一共|总共)*(?:有|是)?(?:几|多少)[家个][呢啊]?[?？]?$")


def how_many_picked(query: Query, spoken: Spoken) -> Query | Open | None:
    """有几家, after bodies were picked by a bound: how many they are, not how many reports are held."""
    bound = last_bound(spoken.context)
    if bound is None or not spoken.group or not _HOW_MANY.search(query.text) or query.has_topic:
        return None
    people = query.applicants or spoken.context.applicants
    return replace(among_them(query, spoken), condition=bound, applicants=people, operation="value", asks_number=True, follows=True)


_WITHIN_THEM = re.compile("其中|(?:这|那)?里[面头边]|当中|[这那][几些](?:家|个)?(?:里|当中|中)?")
_SOME_OF_THEM = re.compile("(?:有|是)?(?:几|多少|哪几?|哪些)(?:家|个单位|个机关|个局|个部门|单位|部门|局)|有谁|都?是谁|哪些(?![类种项方])")


def picked_among(query: Query, spoken: Spoken) -> Query | Open | None:
    """其中有复议的几家, after bodies were picked by a bound: of those, by another."""
    mention = query.mention
    if (
        not (last_bound(spoken.context) or spoken.context.picked)
        or not spoken.group
        or not 1 < len(spoken.bodies) < LISTED
        or query.operation == "rank"
    ):
        return None
    named = mention.agencies or mention.place or mention.unknown or (query.group and not query.group.vague)
    # 企业的有几家: by the same figure of another applicant
    other = query.has_cells or query.condition or (query.applicants and query.applicants != spoken.context.applicants)
    if spoken.group.kind == "any" and query.condition and not spoken.context.picked:
        return None  # whole governments were told beside them
    some = _SOME_OF_THEM.search(query.text) or re.search("的(?:呢|有吗)?[?？]?$", query.text)
    if named or not other or not _WITHIN_THEM.search(query.text) or not some:
        return None
    without = re.search("没有?(?!办)|未(?!经|审)|无(?!法)", query.text)  # 其中没有诉讼的
    return replace(
        of_each(query, spoken.bodies),
        condition=query.condition or (Condition("=", 0, without.group()) if without else Condition(">", 0, HAS)),
        picked="",
        metrics=query.metrics or (() if query.rows or query.blocks else spoken.context.metrics),
        operation="value",
        asks_number=True,
    )


_THESE = re.compile("它们|他们|这些(?:单位|机关|局)?|[这那](?:几|[两俩二三四五六七八])[家个]")


def of_those_picked(query: Query, spoken: Spoken) -> Query | Open | None:
    """合计多少, 它们的申请各几件, after bodies were picked by a bound: of those, and not of all that were looked at."""
    if not (last_bound(spoken.context) or spoken.context.picked) or not spoken.group or not 0 < len(spoken.bodies) < LISTED:
        return None
    named = query.mention.agencies or query.mention.place or query.mention.unknown or (query.group and not query.group.vague)
    summed = query.operation == "sum" and not query.has_topic and not re.search("全部|所有|全省|全市|各", query.text)
    these = _THESE.search(query.text) and query.has_topic and query.operation in ("value", "list", "sum")
    if named or query.condition or query.years or query.relative or not (summed or these):
        return None
    return replace(of_each(query, spoken.bodies), condition=None, picked="", follows=True)


def ranked_among(query: Query, spoken: Spoken) -> Query | Open | None:
    """这里面哪个地方的许可最多, after the sum of a group: which of those."""
    group = query.group
    anyone = group is None or group.vague or group.noun in ("地方", "单位", "机关", "部门")
    named = query.mention.agencies or query.mention.place or query.mention.unknown
    if query.operation != "rank" or not spoken.group or len(spoken.bodies) < 2 or named or not anyone:
        return None
    if last_bound(spoken.context) and len(spoken.bodies) < LISTED and query.has_topic and _WITHIN_THEM.search(query.text):
        return replace(of_each(query, spoken.bodies), operation="rank", condition=None, picked="")  # 其中公开率最高的是谁, of those over a bound
    if spoken.context.operation not in ("sum", "list", "value") or last_bound(spoken.context) or not _WITHIN_THEM.search(query.text):
        return None
    return replace(query, group=spoken.group, mention=Mention((), place=spoken.place), follows=True)


def _wider(spoken: Spoken, unit: str, government: str | None) -> Place | None:
    """The 省, 市 or 县 around the place in which a group was looked for; None where that is no wider, or not known."""
    if spoken.place is None or unit not in LEVEL_OF:
        return None
    at = LEVELS.index(LEVEL_OF[unit])
    if not any(getattr(spoken.place, level) for level in LEVELS[at + 1 : -1]):
        return None
    kept = Place(*(getattr(spoken.place, level) for level in LEVELS[: at + 1]))
    known = spoken.held.bodies[government].place if government else None
    return kept if getattr(kept, LEVELS[at]) else known


def the_whole(query: Query, spoken: Spoken) -> Query | Open | None:
    """全省呢, 占全省多少: the place that the body spoken of lies in, or that no report of it is held."""
    mention = query.mention
    if not query.whole or not spoken.bodies or mention.agencies or query.group or query.has_topic:
        return None
    own, over = spoken.held.bodies[spoken.bodies[0]], spoken.held.government_above(spoken.bodies[0], query.whole)
    if spoken.group and spoken.place and query.operation != "share" and (wider := _wider(spoken, query.whole, over)):
        return replace(query, group=spoken.group, mention=Mention((), place=wider), follows=True)  # the streets of the whole city
    if over:
        both = each((own.agency, over)) if query.operation == "share" else Mention((over,))
        return replace(query, mention=both, follows=True)
    if mention.unknown or (own.kind == "government" and own.level == LEVEL_OF.get(query.whole)):
        return None
    return replace(query, mention=Mention((), unknown=f"全{query.whole}"))


def bound_changed(query: Query, spoken: Spoken) -> Query | Open | None:
    """门槛降到50件呢: the group anew, with the bound said now."""
    if spoken.context.condition and spoken.group and not query.years and (bound := CHANGED.search(query.text)):
        changed = Condition(spoken.context.condition[0], float(bound[1].replace(",", "")), bound.group())
        return Open(replace(query, condition=changed, asks_number=True, residue=(), follows=True))
    return None


def of_who_wrote(query: Query, spoken: Spoken) -> Query | Open | None:
    """其中谁新收最多, after the bodies whose reports say something were told: of those."""
    context = spoken.context
    wrote = spoken.group and len(spoken.bodies) > 1 and not (context.metrics or context.condition or context.picked)
    if not wrote or not re.search("其中|里[面头]|当中", query.text) or not query.has_topic or query.mention.agencies or query.mention.place:
        return None
    return None if query.group and not query.group.vague else of_each(query, spoken.bodies)


def each_of_them(query: Query, spoken: Spoken) -> Query | Open | None:
    """平均到每个街道是多少, after the sum of the streets of one district: of these."""
    group, own = query.group, spoken.group
    alike = group is not None and own is not None and not group.vague and group.kind == own.kind and group.names == own.names
    if not alike or spoken.place is None or query.mention.place or query.mention.agencies or query.whole:
        return None
    if not re.search("每|最|谁|第[一二三四五]", query.text) or (query.has_topic and query.years):
        return None  # 哪个部门最多, after those of one district were added up, is asked of them
    return replace(query, group=own, mention=Mention((), place=spoken.place), follows=True)


def of_kind_there(query: Query, spoken: Spoken) -> Query | Open | None:
    """哪个街道多, after the streets of one district; 街道里的第一, after all bodies of it: those of that place."""
    group, place, mention = query.group, spoken.place, query.mention
    before = spoken.group
    if group is None or group.vague or before is None or place is None or not (place.city or place.county):
        return None
    if mention.agencies or mention.place or mention.unknown or query.whole or re.search("全部|所有|全[省市州县区]|各地", query.text):
        return None
    narrower = before.kind == group.kind or (before.kind in ("any", "department") and group.kind in ("street", "town", "bureau"))
    return replace(query, mention=replace(mention, place=place), follows=True) if narrower and group.kind != "named" else None


def group_again(query: Query, spoken: Spoken) -> Query | Open | None:
    """2022年呢, 枫林区呢: the group spoken of, in another year or place."""
    mention, context = query.mention, spoken.context
    kind = re.match(r"(?:那)?(?P<noun>[\u4e00-\u9fff]{2,5}?)的?(?:呢|有吗|有没有)", query.text) if context.operation == "coverage" else None
    if kind and spoken.group and not query.group and (other := find_group(f"各{kind['noun']}", spoken.held)) is not None:
        return replace(query, group=other, mention=Mention((), place=spoken.place), operation="coverage", follows=True)  # 街道办的呢
    # 望川区的几件, after the sum of all streets
    of_place = not query.has_topic and re.match(
        r"(?:那)?[\u4e00-\u9fff]{2,5}(?:的|那边的?)(?:一共|总共|合计)?(?:是|有|占)?(?:多少|几)", query.text
    )
    if not spoken.group or query.group or mention.unknown or not (not mention.agencies or (mention.place and (query.follows or of_place))):
        return None
    query = replace(query, group=spoken.group, mention=replace(mention, place=mention.place or spoken.place))
    each_of_first = context.operation == "rank" and context.top > 1 and re.search("各|分别", query.text)
    if each_of_first and query.operation in ("list", "value") and not (query.has_cells or query.years):
        return replace(query, operation="rank", top=context.top, least=context.least, weak=(), subject=None)  # 各有多少件
    repeated = query.operation in ("value", "find", "list", "compare")
    if not repeated or query.has_cells or query.subject or query.weak:
        return query
    apart = query.operation == "list" and context.operation == "sum" and re.search("各|分别", query.text)  # 各是多少, after their sum
    operation = query.operation if query.operation == "compare" or apart else context.operation
    return replace(
        query,
        picked="" if query.condition else context.picked,
        top=max(query.top, context.top),
        least=query.least or context.least,
        growth=query.growth or context.growth,
        applicants=query.applicants or context.applicants,
        condition=query.condition or last_bound(context),
        mean=query.mean or (context.mean and query.operation in ("value", "find") and not query.condition),
        operation="value" if query.condition else operation,
    )


_FIELD_AGAIN = re.compile(
    r"^(?:那么?|再看|换成)?(?P<noun>[\u4e00-\u9fff]{2,8}?[局厅委])(?:们|系统|里)?(?:的)?(?:呢|(?P<sum>(?:一共|总共|合计|加起来|加一起)(?:是|有|收到?了?)?(?:多少|几)[\u4e00-\u9fff]?))[?？]?$"
)


def field_again(query: Query, spoken: Spoken) -> Query | Open | None:
    """财政局呢, 教育局加起来多少件, after the bureaus of one field were asked about: all of the field that is named."""
    match, context = _FIELD_AGAIN.match(query.text), spoken.context
    if match is None or spoken.group is None or spoken.group.kind != "named" or query.has_cells or query.mention.place:
        return None
    group = find_group(f"各{match['noun']}", spoken.held)
    if group is None or group.kind != "named" or len(group.names) < 2:
        return None
    operation = "sum" if match["sum"] else context.operation
    return replace(
        query, group=group, mention=Mention((), place=spoken.place), operation=operation, top=max(query.top, context.top), least=context.least,
        growth=context.growth, condition=last_bound(context) if operation != "sum" else None, whole="", residue=(), weak=(), follows=True,
    )  # fmt: skip


def other_kind(query: Query, spoken: Spoken) -> Query | Open | None:
    """乡镇呢: the same of another kind of bodies."""
    context = spoken.context
    if not (query.group and context.group and query.follows) or query.has_topic or query.condition:
        return None
    if query.operation not in ("value", "find", "list"):
        return None
    return Open(
        replace(
            query,
            top=max(query.top, context.top),
            least=query.least or context.least,
            growth=query.growth or context.growth,
            operation=context.operation,
            mean=query.mean or (context.mean and query.operation != "list"),
            condition=last_bound(context),
            picked=context.picked,
        )
    )


def the_bodies_again(query: Query, spoken: Spoken) -> Query | Open | None:
    mention, context = query.mention, spoken.context
    if mention.agencies or mention.unknown or query.group or not context.agencies:
        return None
    one_each = list({spoken.held.bodies[a].lineage: a for a in spoken.bodies}.values())
    return replace(query, mention=Mention(context.agencies, named=tuple((a,) for a in one_each) if len(one_each) > 1 else ()))
