"""Which bodies a follow-up is about: those of the last answers, some of them, the ones left over, or the same field elsewhere.

The rules stand in the order in which they are asked. The client sends the context back, so every name in it is looked up before it
is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from corpus.identity.places import Place
from corpus.textual import stated_number
from service.agencies import Mention, place_of_a_bureau
from service.conditions import Condition, share_bound_in, state_in
from service.context import Context
from service.directory import LEVEL_OF, LEVELS, Directory
from service.group import Group, find_group, members, told_again
from service.operation import asks_share, both_ends
from service.query import LEAST_OF_ALL as LEAST
from service.query import MOST_OF_ALL as MOST
from service.query import Query

COUNTS = {"两": 2, "二": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5, "六": 6}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the answers before were about, as far as it is held.

    bodies  of the last answer
    group   that the last answer was about, and the place that it was looked for in
    pool    the bodies named one by one, for as long as answers stay among them
    """

    context: Context
    held: Directory
    bodies: tuple[str, ...]
    group: Group | None
    place: Place | None
    pool: tuple[str, ...]

    @classmethod
    def of(cls, context: Context, held: Directory) -> Spoken:
        return cls(
            context,
            held,
            tuple(a for a in context.agencies if a in held.bodies),
            told_again(context.group, held) if context.group else None,
            _place(context),
            tuple(a for a in context.pool if a in held.bodies),
        )

    @property
    def several(self) -> bool:
        """Whether the last answer was about several bodies, so that 谁 asks which of them."""
        return bool(self.context.group) or len(self.context.agencies) > 1


class Open(NamedTuple):
    """A query that later rules may still change."""

    query: Query


def same_bodies(query: Query, context: Context, held: Directory) -> Query:
    """The bodies of the last answer, where the question names none; a group goes on in another place that is named."""
    spoken = Spoken.of(context, held)
    for rule in _RULES:
        found = rule(query, spoken)
        if isinstance(found, Query):
            return found
        if found is not None:
            query = found.query
    return query


def each(agencies: Sequence[str]) -> Mention:
    """Bodies as if they had been named one by one."""
    return Mention(tuple(agencies), named=tuple((a,) for a in agencies))


def _of_each(query: Query, agencies: Sequence[str]) -> Query:
    """The follow-up about these bodies one by one, and no group."""
    return replace(query, group=None, mention=each(agencies), follows=True)


def _among_them(query: Query, spoken: Spoken) -> Query:
    """The query about the group spoken of, in the place that it was spoken of."""
    return replace(query, group=spoken.group, mention=Mention((), place=spoken.place))


def _same_field(query: Query, spoken: Spoken) -> Query | Open | None:
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
        if any(held.bodies[a].kind != "government" for a in query.mention.agencies):
            return None
        # 枫林区那个, after 望川区城关街道
        own = [b.agency for b in held.within(place) if b.kind == told[0].kind and b.place.township == told[0].place.township]
    else:
        own = [b.agency for b in held.bodies.values() if b.own == told[0].own and held.stands_at(b, place)]
    if len(lineages) > 1 and {*own} & {*spoken.bodies, *spoken.pool}:
        return None  # one of those spoken of, for the rules about them
    return Open(replace(query, mention=Mention(tuple(own)), follows=True)) if len(own) == 1 else None


def _more_again(query: Query, spoken: Spoken) -> Query | Open | None:
    """予以公开的件数也是碧原多吗: the bodies that were compared, by another figure or in another year."""
    if (
        len(spoken.bodies) != 2
        or query.group
        or not re.search(r"[也还]是[^,，。?？]{1,12}[多少高低](?:一?些|一?点)?(?:吗|么|吧|不|$|[,，?？])", query.text)
    ):
        return None
    named, held = query.mention, spoken.held
    own = {a for a in spoken.bodies if a in named.agencies or any(held.stands_at(held.bodies[a], p) for p in named.places)}
    if named.agencies and len(own) != 1:
        return None
    return replace(query, mention=each(spoken.bodies), operation="list", follows=True)


def _namesake(query: Query, spoken: Spoken) -> Query | Open | None:
    """财政局占三家的多少, 城管局同期: of the bodies of that name the one spoken of, or the one in the place spoken of."""
    mention, context, held = query.mention, spoken.context, spoken.held
    both = re.search("[这那]?(?:俩|两[个家])(?!局[差相一合共谁哪])", query.text)  # no 两个局差多少 of one and the one spoken of
    if len(mention.agencies) == 2 and not (mention.named or query.group) and both:
        return replace(_of_each(query, mention.agencies), years=query.years or context.years, relative=None)  # 这俩税务局
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
    if one_told and not re.search("各|哪|谁|所有|系统|全[省市县区]|每|[两三俩几]", query.text[: group.span[1] + 1] if group else ""):
        return Open(replace(query, group=None, mention=Mention(spoken.bodies)))  # 水务局这三年里最高的比最低的多几件
    by_level = re.search("(?:^|[,，年])(?:再?[把看算]|同年|那)*[市县区](?!里)", query.text)  # 县教育局: of the county spoken of
    if len(mention.agencies) < 2 or mention.named or (query.has_topic and not by_level):
        return None
    pool = {*context.agencies, *context.earlier}
    kin = {held.bodies[a].lineage for a in pool if a in held.bodies}
    own = tuple(a for a in mention.agencies if a in pool) or tuple(a for a in mention.agencies if held.bodies[a].lineage in kin)
    if len(own) == 1:
        return Open(replace(query, mention=Mention(own)))
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


def _other_namesake(query: Query, spoken: Spoken) -> Query | Open | None:
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


_OUT = "除了?|除[去开掉]|不算|不含|不包括|[去扣刨拿剔][掉去]|剔除|撇开|抛开"
_OPPOSITE = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}


def _the_others(query: Query, spoken: Spoken) -> Query | Open | None:
    """剩下的那几家呢: those of the bodies asked about that the last answer's condition left out."""
    context = spoken.context
    asked = re.search(
        r"剩下|其余|余下|另外(?:那|的)?[几两二三四五六]|(?:没|不|未)(?:过|到|超过|达到)(?:线|标)?\d*[件条]?的?(?:那|这)?[几两二三四五六些家个]",
        query.text,
    )
    left_over = query.metrics == ("requests.carried_out",)  # 剩下的 by itself
    rest = tuple(a for a in spoken.pool if a not in spoken.bodies)
    counted = re.search(r"(?:另外|其他|其它|剩下|余下|其余)(?:的|那|这)*([几两二三四五六])(?:个|家)", query.text)
    if not counted and context.condition and len(rest) != len(spoken.bodies):
        # 收了钱的三家, after the one of four that took none
        counted = re.match("(?![^家]*(?:最|前|后|上|说|头))[\u4e00-\u9fff]{1,5}[了过有][\u4e00-\u9fff]{0,2}的([三四五六])家", query.text)
    named_out = re.search(rf"(?:{_OUT})(?!它|这家|那家)[\u4e00-\u9fff]{{2,6}}", query.text)  # 刨掉公安的，余下仨局: told apart below
    if rest and counted and not named_out and not query.mention.agencies and COUNTS.get(counted[1], len(rest)) == len(rest):
        weak = query.weak if not left_over else ()
        own = replace(query, metrics=()) if left_over else query
        results = tuple(r for r in query.results if r != "other")  # 其他的几家: of the bodies
        return replace(
            own,
            weak=weak,
            results=results,
            bare_other=False,
            group=None,
            mention=each(rest) if len(rest) > 1 else Mention(rest),
            follows=True,
        )
    behind = context.order[1:] if context.operation == "rank" and not spoken.group and "" not in context.order else ()
    if (
        counted
        and not rest
        and not re.search(_OUT, query.text)
        and not query.mention.agencies
        and COUNTS.get(counted[1], len(behind)) == len(behind) > 1
    ):
        own = replace(query, metrics=(), weak=()) if left_over else query  # 另外两家各是多少, after who is first was told
        return replace(own, group=None, mention=each(behind), operation="list", top=1, follows=True)
    other = re.search(
        r"另(?:外)?(?:那)?一?[个家](?:局|厅|街道|镇|乡|单位|机关|开发区|管委会|高新区|经开区|区|县|市|的|呢|总|也|(?=(?:20)?\d\d年))",
        query.text,
    )
    if other and len(spoken.pool) == 2 and len(rest) == 1 and not query.mention.agencies and not query.group:
        return replace(query, mention=Mention(rest), follows=True)  # 另一个局的访问量呢
    if counted and spoken.group and context.condition and not (query.mention.agencies or query.mention.place):
        # 另外三家里面, after three of six streets fulfilled it
        every = tuple(b.agency for b in members(spoken.group, spoken.held, spoken.place))
        rest = tuple(a for a in every if a not in spoken.bodies)
        if {*spoken.bodies} < {*every} and COUNTS.get(counted[1]) == len(rest) > 1:
            return replace(_of_each(query, rest), residue=())
    ranked = tuple(a for a in context.order if a in spoken.held.bodies)
    left = tuple(a for a in ranked if a not in spoken.bodies)
    if counted and not rest and len(left) == len(ranked) - 1 and "" not in context.order and COUNTS.get(counted[1]) == len(left) > 1:
        own = replace(query, metrics=(), weak=()) if left_over else query  # 剩下三个街道, after one of four that were ranked
        if not own.has_topic and not query.mention.agencies:
            return replace(_of_each(own, left), residue=())
    named = {*query.mention.agencies} & {*spoken.bodies}  # 省政府拿掉，剩下的合计: of those that were picked
    if not asked or named or not context.condition or context.condition[0] not in _OPPOSITE or (query.has_topic and not left_over):
        return None
    sign, bound, words = context.condition
    condition = Condition(_OPPOSITE[sign], float(bound), f"不符合{words}")
    query = replace(query, metrics=(), weak=(), subject=None, asked=query.asked.replace(asked.group(), ""))
    if spoken.group:
        return replace(_among_them(query, spoken), condition=condition, operation="value", follows=True)
    every = spoken.pool or spoken.bodies
    operation = "sum" if re.search("加起来|合计|一共|总共", query.text) else "value"
    return replace(_of_each(query, every), condition=condition, operation=operation)


_AFTER_IT = re.compile(
    r"(?:紧?跟|排|接)(?:在|着)?(?:它|其|这家|那家)?(?:的)?(?:后面|后头|之后|身后)的?(?:那)?(?P<n>[俩两三四五])(?:个|家|名)?"
    r"|(?:剩下|余下|其余)的?(?:那)?(?P<last>[俩两三四五六])(?:个|家)"
)


def _next_in_order(query: Query, spoken: Spoken) -> Query | Open | None:
    """紧跟在它后面的两个, 剩下的三个: those of a ranking behind who was spoken of last."""
    order = tuple(a for a in spoken.context.order if a in spoken.held.bodies)
    match = _AFTER_IT.search(query.text)
    if match is None or "" in spoken.context.order or len(order) < 3 or query.mention.agencies or query.group:
        return None
    if spoken.context.operation == "rank" and spoken.context.least:
        order = order[::-1]
    ranked, count = spoken.context.operation == "rank", COUNTS[match["n"] or match["last"]]
    told = spoken.bodies if not ranked else order[: spoken.context.top if match["last"] else 1]
    if not told or told[-1] not in order or (len(told) > 1 and not ranked):
        return None
    behind = order[order.index(told[-1]) + 1 :]
    if (match["n"] and count > len(behind)) or (match["last"] and (count != len(behind) or len(behind) == len(order) - 1)):
        return None
    operation = "list" if query.operation in ("find", "value", "rank", "exists") else query.operation
    return replace(_of_each(query, behind[:count]), operation=operation, top=1, placed=True, metrics=(), weak=())


_FIRST_FEW = re.compile(r"前(?P<n>[两二三四五])(?:名|家|位|个)?(?P<behind>[以之]?外|开外|后面)?")
_NOT_AMONG = re.compile(r"(?:没|未)(?:有|能)*(?:挤|排|跻身|混)?[进入]到?了?$")


def _behind_the_first(query: Query, spoken: Spoken) -> Query | Open | None:
    """没挤进前三的四家里哪家最多, 前三家合计占七家总数的几成: the first so many of the bodies that were ranked, or the others."""
    context = spoken.context
    order = tuple(a for a in context.order if a in spoken.held.bodies)
    match = _FIRST_FEW.search(query.text)
    if match is None or "" in context.order or len(order) < 3 or query.has_topic or query.mention.agencies:
        return None
    at = COUNTS[match["n"]]
    if at >= len(order):
        return None
    first = tuple(order[::-1][:at] if context.operation == "rank" and context.least else order[:at])
    rest = tuple(a for a in order if a not in first)
    if match["behind"] or _NOT_AMONG.search(query.text[: match.start()]):
        operation = "list" if query.operation == "find" or (query.operation == "rank" and "最" not in query.text) else query.operation
        return replace(_of_each(query, rest), operation=operation, top=1, placed=True)
    added = re.match("的?(?:合计|合起来|加起来|加总|一共|总共|总和|之和|总数|平均)", query.text[match.end() :])
    if added and not asks_share(query):
        return replace(_of_each(query, first), operation="value" if query.mean else "sum", top=1, placed=True)  # 前三名合计
    if re.match("(?:的|加起来|合起来|合计|总共|一共|总和|之和)*占(?!用|地)", query.text[match.end() :]):
        return replace(_of_each(query, order), singled=first, operation="share", top=1)
    return None


def _picked_anew(query: Query, spoken: Spoken) -> Query | Open | None:
    """不到300件的有几家, 2023年呢, after some of the bodies named were picked: another bound or year picks among all of them."""
    context = spoken.context
    if len(spoken.pool) < 2 or not context.condition or query.mention.agencies or query.mention.unknown:
        return None
    if (query.group and not query.group.vague) or re.search(r"其中|里面|里头|当中", query.text):
        return None
    all_of_them = re.search("([两三四五六])家[^,，]{0,2}(?:合计|一共|总共|加起来)", query.text)
    if all_of_them and COUNTS[all_of_them[1]] == len(spoken.pool) and not query.condition:
        return replace(_of_each(query, spoken.pool), operation="sum")  # 2023年这四家合计
    again = (query.years or query.relative) and not query.has_topic and query.operation in ("value", "find", "list")
    told = _bound(context)
    if told and told.words.startswith("不符合"):  # 剩下的: the line was drawn the other way
        told = Condition(_OPPOSITE[told.sign], told.value, told.words.removeprefix("不符合"), percent=told.percent)
    if query.condition and told and query.condition.sign == "=" and query.condition.value == told.value:
        query = replace(query, condition=told)  # 还是300件这条线
    if not query.condition and not query.years and (bound := _CHANGED.search(query.text)):
        changed = Condition(context.condition[0], float(bound[1].replace(",", "")), bound.group())
        query = replace(query, condition=changed, asks_number=True, residue=())
    if not query.condition and (not again or _SINGLE.search(query.text)):
        return None  # 它2021年呢
    return replace(_of_each(query, spoken.pool), condition=query.condition or _bound(context), operation="value")


def _by_stem(query: Query, spoken: Spoken) -> Query | Open | None:
    """柳荫那家网站几条, after 望川的南苑街道和枫林的柳荫街道: the one of the bodies spoken of whose name holds the word."""
    match = re.match(r"(?:那|还有|再看)?([\u4e00-\u9fff]{2,4}?)的?(?:那|这)一?[家个边行列栏份]", query.text)
    if match is None or query.mention.agencies or query.group or len(spoken.pool or spoken.bodies) < 2:
        return None
    found = tuple(a for a in (spoken.pool or spoken.bodies) if match[1] in a)
    if len(found) == 1 and query.operation == "share" and not query.has_topic and found[0] in spoken.bodies[1:] + spoken.bodies[:-1]:
        return replace(query, mention=each(spoken.bodies), singled=found, follows=True)  # 城关那家占百分之几: of what they add up to
    return replace(query, mention=Mention(found), follows=True) if len(found) == 1 else None


def _without_named(query: Query, spoken: Spoken, told: Sequence[str]) -> tuple[str, ...]:
    """The bodies told without the one that a part of its name or its level leaves out: 去掉沙河再算, 县里那个不管."""
    out = re.search(
        rf"(?:{_OUT})(?P<name>[\u4e00-\u9fff]{{2,6}}?)(?:那[家个])?(?:的话|再|后|之后|[,，]|$)"
        rf"|(?:^|[,，把])(?:(?P<level>[省市区县乡镇])里?(?:的)?那[家个]|(?P<stem>[\u4e00-\u9fff]{{2,6}}?)(?:那[家个])?)(?:的)?(?:{_OUT}|不管)",
        query.text,
    )
    levels = re.search(
        rf"(?:^|[,，把])(?:那)?[两三]个?(?P<level>[省市区县])级?(?:局|厅)?(?:的)?(?:都|也)?(?:{_OUT}|不算进去|不计)", query.text
    ) or re.search(rf"(?:{_OUT})(?:那|这)?[俩两三]个?(?P<level>[省市区县])级?(?:的|局|厅)", query.text)  # 去掉两个市级的
    if levels:
        apart = tuple(a for a in told if spoken.held.bodies[a].level != LEVEL_OF[levels["level"]])
        return apart if 1 < len(apart) < len(told) else ()
    if out is None:
        return ()
    bodies, name = spoken.held.bodies, out["name"] or out["stem"]
    own = [a for a in told if (name in a if name else bodies[a].level == LEVEL_OF.get(out["level"], out["level"]))]
    return tuple(a for a in told if a not in own) if len(own) == 1 else ()


def _middle(query: Query, spoken: Spoken) -> Query | Open | None:
    """排当中那家: the one in the middle of a ranking of an odd number."""
    order = tuple(a for a in spoken.context.order if a in spoken.held.bodies)
    top = spoken.context.top
    if spoken.context.operation == "rank" and 1 < top < 20:
        order = order[-top:] if spoken.context.least else order[:top]  # those that were told
    inner = re.search("(?:夹在|排在|处在)?中间的?(?:那|这)?(?P<n>[两三四几])[家个]", query.text)
    between = order[1:-1]
    if inner and len(between) > 1 and COUNTS.get(inner["n"], len(between)) == len(between) and not query.mention.agencies:
        if query.operation == "share" and re.search("[两三四五六七八]家|合计|总", query.text):
            return replace(_of_each(query, order), singled=between, top=1)
        return replace(_of_each(query, between), placed=True)  # 夹在中间的两家
    if (
        len(order) % 2 == 0
        or len(order) < 3
        or query.mention.agencies
        or not re.search("(?:排)?(?:当中|中间|居中)的?[那这]一?[家个]", query.text)
    ):
        return None
    if query.operation == "share" and _OF_THEM_ALL.search(query.text) and not query.has_topic:
        return replace(_of_each(query, order), singled=(order[len(order) // 2],), top=1)  # 中间那家占三家合计的
    own = Mention((order[len(order) // 2],))
    return replace(query, group=None, mention=own, operation=_of_one(query), top=1, placed=True, follows=True)


def _by_name_alone(query: Query, spoken: Spoken) -> Query | Open | None:
    """南苑呢, after 白石街道 or four streets: the one whose name begins so, of those spoken of or of the same district."""
    match = re.fullmatch(
        r"(?:那|还有|再看)?(?P<stem>[\u4e00-\u9fff]{2,4}?)(?:(?:那边|的)?呢[?？]?|(?:那边|的)?[也再](?:报|说|给|看|列|来|要)(?:一?下|一个)?)",
        query.text,
    )
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


THOSE_OF_PLACE = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{2,4}?)(?:的|那|这)(?:那|这)?(?P<n>[两三四五六俩])(?:个|家)?(?:镇|乡|街道|局)?(?=加|合|一共|总共|共|各|平均|占)"
)


def _those_in_place(query: Query, spoken: Spoken) -> Query | Open | None:
    """松岚的两个加起来, of four towns that were told: as many of them as lie there."""
    match, context = THOSE_OF_PLACE.search(query.text), spoken.context
    pool = tuple(a for a in dict.fromkeys((*spoken.bodies, *spoken.pool, *context.order, *context.mentioned)) if a in spoken.held.bodies)
    of_kind = query.group and match and query.group.span[0] < match.end() + 2
    if match is None or len(pool) < 3 or query.has_topic or (query.group and not of_kind) or len(query.mention.named) > 1:
        return None
    own = tuple(a for a in pool if match["stem"] in a)
    if len(own) != COUNTS[match["n"]] or own == pool:
        return None
    if query.operation == "share" and _OF_THEM_ALL.search(query.text):
        return replace(_of_each(query, pool), singled=own)  # 松岚县那两个镇占其中百分之几
    operation = "sum" if query.operation in ("find", "value") and re.search("加|合|共", query.text) else query.operation
    return _of_each(query, own) if operation == query.operation else replace(_of_each(query, own), operation=operation)


# Of what several bodies have together: 占四家合计的, 占这个总数
_OF_THEM_ALL = re.compile("占(?:了|到)?(?:这|那|仨|其中|全|合|总|一共|[两三四五六七八])")
_OF_THEM = re.compile(f"{_OF_THEM_ALL.pattern}|(?:在)?(?:里头|里面|当中|其中|中间)[^,，]{{0,2}}占")
_ADDED_LAST = re.compile(r"(?:新|后|后来|刚|最后|补|临时)?(?:[拉加添补算并塞纳带捎][进上入]?(?:来|去)?)(?:了)?的?[这那](?:一)?[家个]")
_TAKEN_OUT = re.compile(r"(?:被|给)?(?:[剔去刨排扣拿剥][掉去除出开]|排除|剔除|撇开)(?:了)?的?[这那](?:一)?[家个]")


def _one_moved(query: Query, spoken: Spoken) -> Query | Open | None:
    """后加的这家, 被剔掉的那家: the one body that the last answer was asked with beside the others, or without."""
    context = spoken.context
    if query.mention.agencies or query.group or spoken.group:
        return None
    if _ADDED_LAST.search(query.text) and len(spoken.bodies) > 2 and context.operation == "sum":
        own = next((a for a in context.mentioned if a in spoken.bodies), spoken.bodies[-1])
        own = spoken.pool[-1] if spoken.pool and spoken.pool[-1] in spoken.bodies else own
        if query.operation == "share" and not query.has_topic:
            return replace(_of_each(query, spoken.bodies), singled=(own,))  # 后加的这家占多少: of the sum that it was added to
        return replace(query, mention=Mention((own,)), follows=True, operation=_of_one(query))
    ranked = tuple(a for a in dict.fromkeys((*spoken.pool, *context.order, *context.mentioned)) if a in spoken.held.bodies)
    left = tuple(a for a in ranked if a not in spoken.bodies)
    of_all = query.operation == "share" and re.search("[两三四五六七八]家|合计|总", query.text) and not query.has_topic
    if _TAKEN_OUT.search(query.text) and len(spoken.bodies) > 1 and len(left) == 1 and of_all:
        return replace(_of_each(query, ranked), singled=left)  # 被刨掉的那家在四家里占多大份额
    if _TAKEN_OUT.search(query.text) and len(spoken.bodies) > 1 and len(left) == 1:
        return replace(query, mention=Mention(left), follows=True, operation=_of_one(query))
    return None


_REST = re.compile(
    "(?:那)?(?:(?:其余|其[他它]|余下|剩下|另外)的?(?:那|这)?(?:[几各]|[两三四五六七八九])[家个]|(?:其余|余下|剩下)的(?:[那这]些)?呢)"
)


def _less_one(query: Query, spoken: Spoken) -> Query | Open | None:
    """刨掉公安局呢, 把它去掉, 再算上枫林区的: the bodies spoken of with one less, or one more."""
    mention = query.mention
    it = re.search(
        r"(?:把)?(?:它|这家|那家)(?:去掉|除外|除开|刨[掉去]|排除|不算)|(?:去掉|除了|除[去开]|刨[掉去开]|不算)(?:它|这家|那家)", query.text
    )
    told = spoken.bodies
    pool = spoken.pool or told
    among = told if len(told) > 2 else pool if {*told} <= {*pool} else ()  # one of four was told last
    if len(among) > 2 and not mention.agencies and (rest := _without_named(query, spoken, among)):
        operation = spoken.context.operation if query.operation == "find" else "list" if query.operation == "compare" else query.operation
        return replace(_of_each(query, rest), operation=operation, residue=())
    if it and len(pool) > 2 and told and not mention.agencies:
        return replace(_of_each(query, tuple(a for a in pool if a != told[0])), metrics=(), weak=())
    rest_of_them = _REST.match(query.text)
    if (it or rest_of_them) and spoken.group and told and spoken.context.operation == "rank" and not mention.agencies:
        out = told if rest_of_them and both_ends(spoken.context.matter) else told[:1]
        others = replace(_among_them(query, spoken), excluded=out, follows=True)  # 除了它，其他几家一共几件
        return replace(others, operation="list" if query.operation in ("find", "compare") else query.operation)
    order = tuple(a for a in spoken.context.order if a in spoken.held.bodies)
    same = {c[0] for c in spoken.context.ledger if spoken.context.metrics == (c[2],)}  # of whom the same was told as of this one
    pointed = len(told) == 1 and not (spoken.group or mention.agencies) and told[0] in order and "" not in spoken.context.order
    if rest_of_them and pointed and {*order} <= same:
        return _of_each(query, tuple(a for a in order if a != told[0]))  # 其余几家平均几件, after 最多的那家 of them was told
    more = re.search(
        r"再?(?:[算加]上|加进|加入)|再[加添]|(?:加|补|添|算)[进上](?:来|去)|加上它|[也都](?:[算加添并拉]进[来去]?|[算加]在内|一起[算加])",
        query.text,
    )
    along = re.search("[也都](?:一起)?[带捎补算加][进上]", query.text) and re.search(
        "一共|总共|合计|共(?:多少|几)|[三四五六七八]家", query.text
    )
    more = more or along  # 把区政府办公室也带上，一共几份
    counted = re.search("([三四五六七八])个?家", query.text)
    if more and counted and len(told) > 1 and len(told) != len(pool) and stated_number(counted[1]) in (len(told), len(told) + 1):
        pool = told  # 加入这剩下的四家
    both = tuple(a for a in dict.fromkeys((*spoken.context.earlier[-1:], *told)) if a in spoken.held.bodies)
    if more and len(pool) == 1 and len(both) == 2 and re.search("[两二俩]个?(?:家|[市县区]?局|镇|乡|街道|单位)?", query.text):
        pool = both  # 两个县局再加云溪市教育局
        query = replace(query, metrics=query.metrics or spoken.context.metrics, weak=(), subject=None)
    if more and len(pool) > 1 and len(mention.agencies) == 1 and mention.agencies[0] not in pool and (not query.has_topic or pool == both):
        return replace(query, mention=each((*pool, *mention.agencies)), operation="sum", results=(), follows=True)  # 再算上枫林区教育局
    alike = [a for a in (query.group.names if query.group else mention.agencies) if a in told]  # 财政局 may stand for all of that name
    if len(told) < 3 or len(alike) != 1 or (len(mention.agencies) > 1 and mention.named):
        return None
    if not re.search(r"(?:不算|不含|不包括|不要|除了?|除[去掉开]|[扣减刨去拿][掉去除]|剔除|撇开|抛开)", query.text):
        return None
    if query.metrics == ("requests.carried_out",) and re.search("剩下|其余|余下", query.text):  # 拿掉，剩下的合计: who is left
        query = replace(query, metrics=(), weak=(), subject=None)
    operation = "sum" if re.search("合计|一共|总共|加起来", query.text) else query.operation
    return replace(_of_each(query, tuple(a for a in told if a not in alike)), operation=operation)


_PLACES = re.compile(
    r"第(?P<nth>[一二三四五])(?:名|位|的)?|(?P<top>头名|打头的?(?=那)|榜首|冠军|头一[名个家]|最[多高大]的?(?=那|比第)|(?:排头|领头|领先|排?最前面?)的?(?=[那这])|(?<![最么])[多大高]的(?=(?:那一?|一)[家个]))|(?P<last>最后一名|排?最后的?(?=那[家个])|末尾(?:的?(?=那[家个]))?|末位|垫底的?|倒数第一|最[少低小]的?(?=那)|(?<![最么])[少小低]的(?=(?:那一?|一)[家个]))"
)
_APART_FROM = re.compile(r"[差多少高低隔][收办批罚发推]?(?:出去?|开)?了?[多几]|差[^,，。]{1,6}(?:几|多少)|相差|差距|[几多]少?倍|加|合")


def names_a_place(text: str) -> bool:
    """Whether a place of a ranking is named: 头名, 第二名, 垫底的."""
    return bool(_PLACES.search(text))


_AS_NAMED = re.compile(
    "我?(?:报|说|点名?|提|列|问|念)(?:到|出|给你?)?的第(?P<nth>[一二三四五六])(?:个|家)?|排?第(?P<nth2>[一二三四五六])个(?:报|说|点|提|列|问|念)(?:到|出)?的"
)


_NTH_NAMED = re.compile("(?:那)?(?:第(?P<nth>[一二三四五六])家|(?P<first>头一家|首家)|(?:最后|末尾|最末)那?的?一?家)")


def _as_named(query: Query, spoken: Spoken) -> Query | Open | None:
    """我报的第二个局，占这个总数百分之几: in the order in which the question named them."""
    match = _AS_NAMED.search(query.text)
    if match is None and spoken.context.operation == "sum":  # 第二个局单独念一下, after their sum: no ranking was told
        match = re.match("(?:那)?第(?P<nth>[一二三四五六])(?:个|家)(?:局|街道|镇|乡|县|区|单位)", query.text)
    spelt = next((g for g in match.groups() if g), "") if match else ""
    at = "一二三四五六".index(spelt) if spelt else 9
    plain = not spoken.context.order and len(spoken.pool) > 2 and not spoken.group
    if len(spoken.pool) == 2 and spoken.context.operation == "sum" and (one := re.match("(?:那)?(?P<which>[前后])一家", query.text)):
        at = 0 if one["which"] == "前" else 1  # 前一家占这个合计的几成
    if plain and (named := _NTH_NAMED.match(query.text)):  # 第一家三年一共多少, 最后一家呢, where none was ranked
        at = "一二三四五六".index(named["nth"]) if named["nth"] else 0 if named["first"] else len(spoken.pool) - 1
    if at >= len(spoken.pool) or query.mention.agencies:
        return None
    if query.operation in ("share", "rank") and _OF_THEM_ALL.search(query.text) and not query.has_topic:
        return replace(_of_each(query, spoken.pool), singled=(spoken.pool[at],), operation="share", top=1)
    own = Mention((spoken.pool[at],))
    operation = "value" if spoken.context.operation == "sum" and query.operation == "list" else _of_one(query)
    return replace(query, group=None, mention=own, operation=operation, top=1, placed=True, follows=True, residue=())


KIND_TOLD = re.compile(
    "(?P<n>[两俩三四五])个?(?P<kind>乡镇|街道|乡|镇|局|[市区县](?=政府|$|[加合各共总占在收办里呢是,，?？]))(?:政府|办事处|办)?"
)
ENDS_IN = {
    "乡镇": ("乡人民政府", "镇人民政府"),
    "局": ("局",),
    "街道": ("街道办事处",),
    **{kind: (f"{kind}人民政府",) for kind in "乡镇市区县"},
}


def _of_kind_told(query: Query, spoken: Spoken) -> Query | Open | None:
    """两个乡镇政府各收了几件, after a list in which two of them stand: those."""
    if (one := re.search("[那这]个(?P<kind>乡|镇|街道)(?![镇政办])", query.text)) and not (query.mention.agencies or query.group):
        pool = dict.fromkeys((*spoken.bodies, *spoken.pool, *spoken.context.mentioned))
        alone = tuple(a for a in pool if a in spoken.held.bodies and a.endswith(ENDS_IN[one["kind"]]))
        if len(pool) > 1 and len(alone) == 1:
            return replace(query, mention=Mention(alone), follows=True, operation=_of_one(query))  # 那个乡2022年收费多少
    match = KIND_TOLD.search(query.text)
    among = spoken.bodies if len(spoken.bodies) > 2 or not {*spoken.bodies} <= {*spoken.pool} else spoken.pool
    if match is None or len(among) < 3 or query.mention.agencies or query.mention.place:
        return None
    own = tuple(a for a in among if a.endswith(ENDS_IN[match["kind"]]))
    if len(own) != COUNTS[match["n"]] or len(own) == len(among) or len(KIND_TOLD.findall(query.text)) > 1:
        return None  # 两个街道比两个镇多多少: two groups against each other
    if query.operation == "share" and not query.has_topic and _OF_THEM.search(query.text):
        return replace(_of_each(query, among), singled=own)  # 两个县在里头占多大比例
    operation = "sum" if query.operation in ("find", "value") and re.search("加|合|共", query.text) else query.operation
    return replace(_of_each(query, own), operation=operation)


def _by_order(query: Query, spoken: Spoken) -> Query | Open | None:
    """它跟头名差多少, 第一名和第二名差几件, 排第二的那家予以公开多少: bodies by their place in the last ranking."""
    context = spoken.context
    order = tuple(a for a in context.order if a in spoken.held.bodies)
    beside = query.mention.agencies if len(query.mention.agencies) == 1 and query.mention.agencies[0] in order else ()
    place = list(_PLACES.finditer(query.text)) if beside and _APART_FROM.search(query.text) and not query.has_topic else []
    if len(place) == 1 and "" not in order:  # 第二名比财政局多几件
        nth = len(order) - 1 if place[0]["last"] else 0 if place[0]["top"] else "一二三四五".index(place[0]["nth"])
        if nth < len(order) and order[nth] not in beside:
            return replace(_of_each(query, (order[nth], *beside)), operation="list", years=query.years or context.years, top=1)
    at_place = re.search(rf"(?:{_PLACES.pattern})的?[那这]一?[家个]", query.text)
    if query.group and at_place and query.text[at_place.end() :].startswith(query.group.noun):
        query = replace(query, group=None)  # 最后那个街道: one of them
    if len(order) < 2 or query.mention.agencies or (query.group and not query.group.vague):
        return None
    if context.operation != "rank" and spoken.context.pool and re.search("头一[个家]", query.text):
        order = spoken.pool  # the one named first, where they were not ranked
    out = re.search(rf"(?:{_OUT})(?:排)?(?:(?P<top>第一|头名|榜首|冠军|最[多高]的)|(?P<last>最后|末位|垫底|最[少低]的))", query.text)
    if out and "" not in context.order and len(order) > 2 and not spoken.group:  # 除了排第一的这家以外，另外三家
        rest = order[1:] if bool(out["top"]) != (context.least and not context.top) else order[:-1]
        operation = "sum" if re.search("加|合|总|共", query.text) else "list" if query.operation in ("rank", "find") else query.operation
        return replace(_of_each(query, rest), operation=operation, least=False, top=1, weak=(), results=())
    if "" in context.order and re.search(r"最后|末位|垫底|倒数|尾", query.text):
        return None  # only the first of them were told
    again = len(spoken.bodies) == 1 and not spoken.group and re.search(rf"^那?(?:{_PLACES.pattern})(?:的|那[家个])?呢[?？]?$", query.text)
    two = len({m.group() for m in _PLACES.finditer(query.text)}) > 1 and _APART_FROM.search(query.text)  # 第二名是哪家，和第一名差多少
    if (
        not again
        and not two
        and re.search(r"第[一二三四五](?:名|位)?(?:吗|么|不是|呢?$)|排第几|是不是第|也是|(?:是|又是)(?:谁|哪)|哪[个家]", query.text)
    ):
        return None  # whether it is, or who is
    found: list[str] = []
    if re.search(r"一头一尾|首尾|头尾|第一(?:名)?和最后", query.text):
        found = [order[0], order[-1]]
    elif re.search(r"(?:头|前)(?:两|二)(?:名|位|家)", query.text):
        found = [order[0], order[1]]
    for match in () if found else _PLACES.finditer(query.text):
        at = len(order) - 1 if match["last"] else 0 if match["top"] else "一二三四五".index(match["nth"])
        if at >= len(order):
            return None
        found.append(order[at])
    if not found:
        return None
    alone = len(found) == 1 and (
        re.search(rf"(?:{_PLACES.pattern})的?(?:[那这]?一[家个位]|[那这][家个位]|局|街道|单位|机关|的|[,，]?它)", query.text)
        or (query.asks_number and (query.years or re.match(rf"那?(?:[这那]个)?(?:{_PLACES.pattern})", query.text)))
    )
    if len(found) == 1 and spoken.group and not query.has_topic and re.search("占(?!用|地)", query.text):
        # 最高的那家占多少: of what they all add up to
        return replace(_among_them(query, spoken), singled=(found[0],), operation="share", top=1, follows=True)
    of_all = re.search("占(?!用|地|了?(?:它|其(?!中)|自))", query.text) and (
        re.search("[两三四五六七八]家|合计|总|全部|其中", query.text) or context.operation == "sum"
    )
    if alone and of_all and len(spoken.pool or order) > 1:
        pool = spoken.pool or order
        own = found[0]
        if len(order) < len(pool):  # some of them alone were told last: the first of all is not the first of those
            first = _PLACES.search(query.text)
            if first is None or not (first["top"] or first["last"] or first["nth"] == "一"):
                return None
            own = LEAST if first["last"] else MOST
        return replace(_of_each(query, pool), singled=(own,), operation="share")  # 最多的那个局占三家合计的
    if _APART_FROM.search(query.text) and not query.has_topic:
        if len(found) == 1:
            found = [*context.agencies[:1], *found]
        if len(set(found)) < 2:
            return None
        operation = "sum" if re.search("加|合", query.text) else "list"
        return replace(_of_each(query, found), operation=operation, years=query.years or context.years, top=1, placed=True)
    if len({*found}) > 1 and re.search("[两三四]家|各|分别", query.text) and (query.has_topic or query.applicants or query.asks_number):
        operation = "list" if query.operation in ("rank", "find", "value") else query.operation
        return replace(_of_each(query, tuple(dict.fromkeys(found))), operation=operation, top=1, placed=True)  # 排第二、第三的两家
    if again or (
        alone
        and (
            query.has_topic
            or query.years
            or query.applicants
            or query.asks_number
            or re.search("[那这]一?[家个][^,，。]{0,3}呢[?？]?$", query.text)
        )
    ):
        level = _level_with(found[0], context)
        mention = each(level) if len(level) > 1 else Mention(level)
        totals = any(c[0] == found[0] and c[3] == "total" for c in context.ledger)
        apart = re.search("各|分别|两|都", query.text)
        # 垫底那家2023年又是多少, after two columns of another were told: what they were ranked by
        told_apart = len(context.applicants) > 1 or (context.applicants and re.search("收了|收到|新收", query.text))
        back = totals and told_apart and query.asks_number and not (query.applicants or query.has_topic or apart)
        people = ("total",) if back else query.applicants
        return replace(query, group=None, mention=mention, operation=_of_one(query), top=1, placed=True, follows=True, applicants=people)
    return None


def _level_with(agency: str, context: Context) -> tuple[str, ...]:
    """The bodies that share the place of one in the last ranking, it among them."""
    ranks = dict(zip((a for a in context.order if a), context.ranks, strict=False))
    return tuple(a for a, rank in ranks.items() if rank == ranks.get(agency)) or (agency,)


def _of_one(query: Query) -> str:
    """What is asked of one body that was pointed at: the ranking is over, unless its years are ranked (它哪一年最少)."""
    by_year = re.search(r"哪一?[几些]?个?年", query.text)
    if query.operation == "rank" and re.search("比[^,，]{0,4}(?:上一?年|前一年|头一?年|去年|往年)", query.text):
        return "compare"  # 垫底的那个区，比上一年降了多少
    if query.operation == "rank" and asks_share(query):
        return "share"  # 第三名那家，网站发的占它自己总条数的多少
    return "value" if query.operation == "find" or (query.operation == "rank" and not by_year) else query.operation


_LEVEL_WORD = re.compile(
    r"(?P<unit>省|市|区|县)(?:(?:里)?的?(?:厅|局)(?![\u4e00-\u9fff]{0,2}[局厅])|里的?那[个家]|里的?(?:办公[厅室])?(?=呢|[?？]|$))"
)


def _of_level(query: Query, spoken: Spoken) -> Query | Open | None:
    """市局那家占多少: the only one of the bodies spoken of that is at that level; 县局的顶市局的百分之几: one of each."""
    match = _LEVEL_WORD.search(query.text)
    levels = list(dict.fromkeys(LEVEL_OF[m["unit"]] for m in _LEVEL_WORD.finditer(query.text)))
    pool = [a for a in dict.fromkeys((*spoken.context.earlier, *spoken.bodies)) if a in spoken.held.bodies]
    if len(levels) == 2 and len(pool) == 2 and not query.mention.agencies:
        both = tuple(a for level in levels for a in pool if spoken.held.bodies[a].level == level)
        if len(both) == 2:
            return replace(_of_each(query, both), qualifier=None, attributive=None)
    if match and len(spoken.bodies) == 1 and re.search("[比跟和]它", query.text) and not query.mention.agencies:
        pool = [a for a in dict.fromkeys((*pool, *spoken.pool)) if a not in spoken.bodies]
        other = [a for a in pool if spoken.held.bodies[a].level == LEVEL_OF[match["unit"]]]
        if len(other) == 1:
            return replace(_of_each(query, (*other, *spoken.bodies)), operation="list")  # 省厅比它少几件
    if len(spoken.bodies) < 2 or query.has_topic or match is None:
        return None
    beside = query.mention.place
    if beside and _APART_FROM.search(query.text) and not query.mention.named:  # 省厅和云溪差几件
        there = _lying_at(beside, spoken.bodies, spoken.held)
        own = [a for a in spoken.bodies if spoken.held.bodies[a].level == LEVEL_OF[match["unit"]]]
        both = tuple(dict.fromkeys((*own, *there)))
        return replace(_of_each(query, both), operation="list") if len(own) == len(there) == 1 and len(both) == 2 else None
    found = [a for a in spoken.bodies if spoken.held.bodies[a].level == LEVEL_OF[match["unit"]]]
    if len(found) != 1:
        return None
    if re.search(rf"(?:{_OUT})$", query.text[: match.start()]) or _LEFT_OUT_AFTER.match(query.text[match.end() :]):  # 剔除省厅后呢
        return _of_each(query, tuple(a for a in spoken.bodies if a != found[0]))
    if query.operation == "share":
        return replace(_of_each(query, spoken.bodies), singled=(found[0],))
    return replace(query, group=None, mention=Mention((found[0],)), follows=True)


def _the_most(query: Query, spoken: Spoken) -> Query | Open | None:
    """最多的那家占多少, of those that were named one by one."""
    most = re.search(r"最([多少高低大小])的?那", query.text)
    every = spoken.pool if spoken.context.pool else spoken.bodies
    largest = re.search("占比最[大高多]|占得?最[多大]", query.text) and not (query.has_topic or query.mention.agencies or query.applicants)
    if largest and spoken.context.operation == "sum" and len(spoken.context.metrics) == 1 and (spoken.group or len(every) > 1):
        among = _among_them(query, spoken) if spoken.group else _of_each(query, every)  # 占比最大的是谁, after their sum
        return replace(among, singled=(MOST,), operation="share", follows=True)
    if (
        most
        and spoken.group
        and re.search("占(?!用|地)", query.text)
        and not query.mention.agencies
        and not (query.has_topic or query.group)
    ):
        singled = MOST if most[1] in "多高大" else LEAST  # 最高的那家占多少, of a group
        return replace(_among_them(query, spoken), singled=(singled,), operation="share", follows=True)
    if most is None or len(spoken.context.pool or every) < 2 or query.mention.agencies or spoken.context.group:
        return None
    if not (query.has_topic or not spoken.context.order or "占" in query.text):
        return None
    if query.operation == "share" or re.search(r"占(?!用|地)", query.text):
        singled = MOST if most[1] in "多高大" else LEAST
        return replace(_of_each(query, every), singled=(singled,), operation="share")
    return replace(_of_each(query, every), operation="rank", least=most[1] in "少低", top=1)


def _most_of_picked(query: Query, spoken: Spoken) -> Query | Open | None:
    """其中最多的那家结果维持几件, after bodies were picked: the first of them, asked for another figure of its own."""
    most = re.match(r"(?:那)?(?:其中|里[面头]|当中)的?最([多高])的?那一?[家个](?!是)", query.text)
    ranked = spoken.context.condition and len(spoken.bodies) > 1 and not spoken.group
    if not most or not ranked or not (query.has_topic or query.results) or query.mention.agencies or query.group:
        return None
    operation = "list" if len(query.results) > 1 else "value"
    return replace(query, mention=Mention(spoken.bodies[:1]), operation=operation, top=1, least=False, follows=True)


def _of_unit(query: Query, spoken: Spoken) -> Query | Open | None:
    """区里的呢, after bodies of one name: those of districts alone."""
    match = re.fullmatch("(?:那)?(?P<units>[省市区县]{1,2})(?:级|里)的?(?:那些|[那这]?几[家个])?呢[?？]?", query.text)
    if match is None or spoken.group is None or spoken.group.kind != "named":
        return None
    group = find_group(f"各{match['units']}{spoken.group.noun}", spoken.held)
    if group is None or group.kind != "named" or not group.names:
        return None
    context = spoken.context
    operation = context.operation if context.operation in ("rank", "sum", "share") else "value"
    return replace(
        query, group=group, mention=Mention((), place=spoken.place), operation=operation, top=context.top, least=context.least, whole="",
        residue=(), follows=True,
    )  # fmt: skip


_HOW_MANY = re.compile("(?:^|[,，呢])(?:那|这样的|(?:写|提|够|达|符合|满足)[了到]?的|一共|总共)*(?:有|是)?(?:几|多少)[家个][呢啊]?[?？]?$")


def _how_many_picked(query: Query, spoken: Spoken) -> Query | Open | None:
    """有几家, after bodies were picked by a bound: how many they are, not how many reports are held."""
    bound = _bound(spoken.context)
    if bound is None or not spoken.group or not _HOW_MANY.search(query.text) or query.has_topic:
        return None
    people = query.applicants or spoken.context.applicants
    return replace(_among_them(query, spoken), condition=bound, applicants=people, operation="value", asks_number=True, follows=True)


def _former(query: Query, spoken: Spoken) -> Query | Open | None:
    """前者占多少: the first of the two that were told."""
    if re.search("[多少高低]的?那一?[家个]比另(?:外)?(?:那)?一?[家个]", query.text) and len(spoken.bodies) == 2 and not query.has_topic:
        return replace(_of_each(query, spoken.bodies), operation="list")  # 多的那家比另一家多多少
    end = re.match("(?:那)?(?:(?P<last>最后|末尾|末)|第|头|最前面?)一?[家个](?:的)?占", query.text)
    whole = spoken.context.operation == "sum" or re.search("占(?:了|到)?(?:一共|总共|合计|总数|全部)", query.text)
    if end and whole and len(spoken.bodies) > 1 and not (query.has_topic or query.mention.agencies):
        own = spoken.bodies[-1 if end["last"] else 0]
        return replace(_of_each(query, spoken.bodies), singled=(own,), operation="share")  # 最后一家占一共的多少
    named = {
        m[1] + "者"
        for m in re.finditer(
            r"([前后])(?:者|(?:面(?:那|这))?一?[个家](?:镇|乡|街道|局|单位|机关|部门|区|县|市)|面(?:那|这)一?[个家])", query.text
        )
    }
    bodies = spoken.bodies if len(spoken.bodies) == 2 else spoken.pool  # 后者呢, after 前者 was asked about
    before = tuple(a for a in spoken.context.earlier[-1:] if a in spoken.held.bodies)
    if len(bodies) != 2 and len(spoken.bodies) == len(before) == 1:
        bodies = (*before, *spoken.bodies)  # 前一个单位, of two asked about one after the other
    if spoken.context.operation == "rank":
        bodies = spoken.pool  # in the order that the question named them in
    if len(named) != 1 or len(bodies) != 2 or query.mention.agencies or query.group:
        return None
    if re.search("[多少高低]出?了?(?:多少|几)", query.text) and not query.has_topic:
        return replace(query, mention=each(bodies), operation="list", follows=True)  # 前者多多少件
    if re.search("[比跟和与]|倍|差", query.text) and not re.search("之比|占比|比例|比重", query.text):
        return None
    own = bodies[0 if "前者" in named else 1]
    of_both = spoken.context.operation == "sum" or re.search("占(?:了|到)?(?:一共|总共|合计|两家|全部|总)", query.text)
    if query.operation == "share" and of_both and not query.has_topic:
        return replace(query, mention=each(bodies), singled=(own,), follows=True)  # 前者占一共的多少
    return replace(query, mention=Mention((own,)), follows=True)


def _these(query: Query, spoken: Spoken) -> Query | Open | None:
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
    if re.search(r"[这那它他]们?俩|^俩|^(?:那)?(?:两边|二者)", query.text) and len(told) == 1 and context.earlier:
        return [*(a for a in context.earlier[-1:] if a in held.bodies), *told]
    if re.search("[这那]俩", query.text) and len(told) == 1 and len(both := [a for a in context.mentioned if a in held.bodies][:2]) == 2:
        return both[::-1]  # 这俩税务局, one asked about after the other
    if re.search("[这那它他]们?仨", query.text):  # of those spoken of one after another
        every = [a for a in dict.fromkeys((*told, *context.mentioned)) if a in held.bodies]
        return every[:3] if len(told) != 3 and len(every) >= 3 else told if len(told) == 3 else []
    if match := re.search(rf"(?:这|那|刚才|前面|上述)(?:的|说的)?([两二三四五六几些])?{unit}|它们|他们(?!收|办)", query.text):
        if not match[1] and len(told) > 1 and _SINGLE.search(query.text):
            return []  # 这家, after a ranking: the first
        if match.group() in ("这个", "那个"):
            return []  # 还有谁提到这个: what is written
        if match.group() == "他们" and len(told) == 1:
            return []  # 他们再往前一年呢: the people of the one body
        named = context.top if context.operation == "rank" and 1 < context.top < 20 and context.group and match.group() == "它们" else 40
        found = told[: counts.get(match[1] or "", named)]  # 最多的前两家, 它们: the two that were named
        if len(told) < counts.get(match[1] or "", 0) == len(context.pool):
            return list(spoken.pool)  # 这四家, after some of them were picked
        if context.earlier and (len(found) == 1 or len(found) + len(context.earlier) == counts.get(match[1] or "")):
            found = list(dict.fromkeys([*(a for a in context.earlier if a in held.bodies), *found]))[-counts.get(match[1] or "", 12) :]
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
        if len(pool) < count == len(mentioned) and re.search("各|分别|都|合|加|共|最|谁|哪", query.text):
            return mentioned
        return pool[-count:] if len(told) < count <= len(pool) else []
    return []


_LEFT_OUT = re.compile(r"(?:不算|不要|除了?|除[去掉]|[去扣减刨拿][掉去除]|剔除|不含|不包括|撇开|抛开)$")
_LEFT_OUT_AFTER = re.compile(r"的?(?:那家|那个)?(?:[去扣减刨拿][掉去除]|剔除|除外|不算|不要|撇开|抛开)")


def _lying_at(place: Place, pool: Sequence[str], held: Directory) -> list[str]:
    """Those of some bodies that serve a place, or else those that lie in it: of 枫林区 its bureau, or its 城关街道."""
    serving = [a for a in pool if held.stands_at(held.bodies[a], place)]
    if serving or not place.county:
        return serving  # a city that holds one of them is another body
    within = {b.agency for b in held.within(place)}
    return [a for a in pool if a in within]


def _among_spoken(query: Query, spoken: Spoken) -> Query | Open | None:
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
    if _LEFT_OUT.search(query.text[:start]) or _LEFT_OUT_AFTER.match(query.text[end:]):
        rest = tuple(a for a in context.agencies if a in pool and a != own[0])
        return replace(query, mention=each(rest), follows=True) if len(rest) > 1 else None
    whole = re.search("占(?:了|到)?(?:这|那)?(?:合计|总数|总量|总和|一共|总共|全部)", query.text) and not query.has_topic
    if query.operation == "share" and whole and len(pool) > 1 and not spoken.group:
        return replace(query, mention=each(pool), singled=tuple(own), follows=True)  # 松岚那份占合计的百分之几
    if (
        query.operation == "rank"
        and len(spoken.pool) > 1
        and re.search(rf"(?:{_PLACES.pattern}|最[多少高低]的?)[^,，。]{{0,4}}[还也仍]", query.text)
    ):
        return replace(_of_each(query, spoken.pool), ranked=tuple(own))  # 换2022年再排，头一名还是碧原的吗
    again = context.singled and own[0] in spoken.bodies and len(spoken.bodies) > 1 and re.search("呢[?？]?$", query.text)
    of_all = context.operation == "sum" and re.match(
        r"(?:那)?[\u4e00-\u9fff]{2,5}(?:的|那[家边个])?占(?:了|到)?(?:多少|几成|百分|多大)", query.text
    )
    if (again or (query.operation == "share" and of_all)) and not query.has_topic:
        return replace(query, mention=each(spoken.bodies), singled=tuple(own), operation="share", follows=True)  # 那碧原的呢, of both
    return replace(query, mention=Mention((own[0],)), follows=True)


_ENDS = re.compile("最[多高]的?(?:那|的)[^,，。]{0,6}比最[少低]|最[少低]的?(?:那|的)[^,，。]{0,6}比最[多高]")


def _ends_of_told(query: Query, spoken: Spoken) -> Query | Open | None:
    """最多的那个街道比最少的多多少, after several were asked about one after another."""
    told = tuple(a for a in dict.fromkeys((*spoken.context.earlier, *spoken.bodies)) if a in spoken.held.bodies)
    if len(told) < 3 or not _ENDS.search(query.text) or spoken.pool[1:] or query.has_topic or query.mention.agencies:
        return None
    if query.group and not {*told} <= {b.agency for b in members(query.group, spoken.held, None)}:
        return None
    return replace(_of_each(query, told), operation="list", years=query.years or spoken.context.years[-1:])


def _sums_apart(query: Query, spoken: Spoken) -> Query | Open | None:
    """差距是几件, 后者是前者的百分之几, after what the years of two bodies add up to was told: of these sums."""
    context = spoken.context
    told = spoken.pool if len(spoken.pool) == 2 else spoken.bodies
    summed = len(context.years) > 1 and (context.operation == "sum" or (context.operation == "rank" and not context.focus))
    against = re.search("[前后]者[^,，]{0,6}[前后]者[^,，]{0,4}(?:百分|几成|[几多]少?倍)", query.text)
    if not summed or len(told) != 2 or not (against or re.match("(?:那|这)?(?:两家|俩|两者|之间)?(?:相?差|差距|差额)", query.text)):
        return None
    if query.has_topic or query.years or query.relative or query.mention.agencies or query.applicants or query.group:
        return None
    return replace(_of_each(query, told), operation="list", together=True, years=context.years, growth="")


_YEARS_OF_MORE = re.compile(
    r"比[^,，。]{1,14}[多少高低]的?(?:年份|年度|年)|哪[几些一]?个?年[^,，。]{0,10}比[^,，。]{1,14}[多少高低](?!了?(?:多少|几))"
)


def _years_of_more(query: Query, spoken: Spoken) -> Query | Open | None:
    """后一个局比前一个局多的年份有哪几年, after several years of two bodies were told."""
    context = spoken.context
    pair = spoken.pool if len(spoken.pool) == 2 else spoken.bodies
    if len(pair) != 2 or not _YEARS_OF_MORE.search(query.text) or query.has_topic or query.group or not context.metrics:
        return None
    years = query.years or context.years
    if len(years) < 2 or query.applicants or not re.search("前|后|" + "|".join({a[:2] for a in pair}), query.text):
        return None
    return replace(_of_each(query, pair), operation="list", years=years, relative=None, residue=(), condition=None, growth="")


def _of_their_kind(query: Query, spoken: Spoken) -> Query | Open | None:
    """最多的是哪个街道, 四个街道各多少, after four streets were named: those, and not all that are held."""
    group, pool = query.group, spoken.pool if spoken.context.pool else ()
    if group is None or group.vague or group.whole or group.names or len(pool) < 3 or query.mention.agencies or query.mention.place:
        return None
    noun = query.text[slice(*group.span)]
    counted = re.match("(?:[这那])?([三四五六七八九十])个", noun)
    those = stated_number(counted[1]) == len(pool) if counted else noun.startswith("哪") and not (group.each or query.has_topic)
    return _of_each(query, pool) if those and {*pool} <= {b.agency for b in members(group, spoken.held, None)} else None


_BOTH_OF_THEM = re.compile("(?:[两二]个?(?:家|[区县市镇乡局厅]|街道|单位)|这俩)[^,，]{0,4}(?:差|相差|一共|合计|加|共|谁|哪[个家])")


def _with_the_last(query: Query, spoken: Spoken) -> Query | Open | None:
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
    return replace(_of_each(query, (*own, *named)), operation=operation, years=years, relative=None, residue=())


def _at_level(query: Query, spoken: Spoken) -> Query | Open | None:
    """省厅, 市局, after a bureau was spoken of: the body of the same field at that level."""
    match = _LEVEL_WORD.search(query.text)
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


def _the_whole(query: Query, spoken: Spoken) -> Query | Open | None:
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


_CHANGED = re.compile(r"(?:门槛|标准|条件|改|降|放低|提高|提到|放宽|换|调)[^\d]{0,6}?(?!(?:19|20)\d\d)(\d[\d,]*)(?!\d*年)")


def _bound_changed(query: Query, spoken: Spoken) -> Query | Open | None:
    """门槛降到50件呢: the group anew, with the bound said now."""
    if spoken.context.condition and spoken.group and not query.years and (bound := _CHANGED.search(query.text)):
        changed = Condition(spoken.context.condition[0], float(bound[1].replace(",", "")), bound.group())
        return Open(replace(query, condition=changed, asks_number=True, residue=(), follows=True))
    return None


def _against(query: Query, spoken: Spoken) -> Query | Open | None:
    """比望川区教育局多几件: the body named beside the one spoken of."""
    against = re.match(r"^(?:那|它|那么|实际)?(?:那年|当年|同年)?(?:比|跟|和|与|较)", query.text) and re.search(
        r"多|少|差|高|低", query.text
    )
    # 云溪市的呢，跟刚才那个差几条: the one named now beside the one told
    against = against or re.search(
        "[比跟和与](?:刚才|前面|前头|上面|上一个|前一个)(?:说的|问的)?(?:那?[个家]|的)?[^,，]{0,3}[多少差高低]", query.text
    )
    mention = query.mention
    if not against or len(mention.agencies) != 1 or spoken.context.group:
        return None
    own = spoken.bodies
    if len(own) > 1 and spoken.context.order and re.match("它", query.text):
        own = (spoken.context.order[0],)  # who was first of those compared
    if len(own) != 1 or mention.agencies == own:
        return None
    both = each((*own, *mention.agencies))
    return replace(query, mention=both, operation="list", years=query.years or spoken.context.years[-1:])


_SINGLE = re.compile(r"(?<!其)(?<!吉)它(?![们俩])|这家|那家|该单位|这个单位|那个单位|最[多少高低]的那|第一名|榜首|冠军")


def _least_of_them(query: Query, spoken: Spoken) -> Query | Open | None:
    """其中最少的那家是谁: of the bodies that fulfilled the condition told last."""
    most = re.search(r"(?:其中|里[面头]|当中)[^,，。]{0,8}最([多少高低])", query.text)
    most = most or re.match("(?:那)?(?:件数|数量|条数)?最([多少高低])的", query.text)
    if most is None or not spoken.context.condition or not 1 < len(spoken.bodies) < 12 or query.mention.agencies:
        return None
    return replace(_of_each(query, spoken.bodies), operation="rank", least=most[1] in "少低", top=1)


def _it(query: Query, spoken: Spoken) -> Query | Open | None:
    """它占全部的多少, 2022年也是它第一吗, 那家公开了几件: the body that was told first."""
    mention, group = query.mention, spoken.group
    if (
        group
        and query.operation == "share"
        and spoken.bodies
        and not mention.agencies
        and _SINGLE.search(query.text)
        and not query.has_topic
    ):
        return replace(query, group=group, mention=Mention((), place=spoken.place), singled=spoken.bodies[:1])
    again = query.operation == "rank" and re.search(r"第[一二三]吗|排第几|第几名|也是它|还是它|排头", query.text)
    again = again or re.search(r"(?:也|还)是它(?:领先|多|最多|第一)", query.text)
    if again and group and not mention.agencies:
        return replace(query, group=group, mention=Mention((), place=spoken.place), follows=True)
    every = spoken.pool or spoken.bodies
    if again and len(every) > 1 and set(mention.agencies) <= set(every):  # 2023年也是青禾排第一吗
        return replace(_of_each(query, every), ranked=mention.agencies)
    named = mention.agencies or mention.unknown or state_in(query.text)  # 填斜杠的那家是谁: none that was told
    if spoken.bodies and not named and _SINGLE.search(query.text) and (spoken.context.group or len(spoken.bodies) > 1):
        return replace(query, group=None, mention=Mention(spoken.bodies[:1]), operation=_of_one(query))
    return None


def _offered(query: Query, spoken: Spoken) -> Query | Open | None:
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


def _namesake_spoken(query: Query, spoken: Spoken) -> Query | Open | None:
    """那水务局这份, where one water bureau of those held was spoken of before another body was."""
    mention = query.mention
    if len(mention.agencies) < 2 or mention.named or mention.places or query.group:
        return None
    told = tuple(a for a in spoken.context.mentioned if a in mention.agencies)
    return Open(replace(query, mention=Mention(told, mention.spans), follows=True)) if len(told) == 1 else None


def _share_of_one(query: Query, spoken: Spoken) -> Query | Open | None:
    """望川的占多少: of all that were spoken of, or the same share of one of them again; 占全市各局的几成: of the group that is named."""
    named, context = query.mention.agencies, spoken.context
    of_group = (
        query.group and not query.group.vague and query.operation == "share" and re.match("(?:那|这)?(?:它|这家|那家)?占", query.text)
    )
    if of_group and spoken.bodies and not named and not query.has_topic:
        first = (spoken.context.order[:1] if context.operation == "rank" else ()) or spoken.bodies[:1]
        place = query.mention.place or (
            spoken.held.bodies[over].place if (over := spoken.held.government_above(first[0], query.whole)) else None
        )
        if query.group and first[0] in {b.agency for b in members(query.group, spoken.held, place)}:
            return replace(query, mention=Mention((), place=place), singled=first, follows=True)
    every = spoken.pool or spoken.bodies
    stem = re.match(r"(?:那|(?:其中|里[面头]|当中)的?)?([\u4e00-\u9fff]{2,4}?)(?:那?一?家|那边|的)?占", query.text)
    if stem and not named and not query.group and query.operation == "share" and len(every) > 1:
        named = tuple(a for a in every if stem[1] in a)  # 白石一家占其中百分之几
        named = named if len(named) == 1 else ()
    if (
        len(named) == 1
        and query.operation == "share"
        and re.search("的?里[面头边](?!.*(?:合计|总共|一共))", query.text)
        and (query.has_topic or {*query.results} - {"total"})
    ):
        return replace(query, mention=Mention(named), follows=True)  # 碧原的里面维持的占多少: of its own
    again = context.singled and query.operation in ("value", "find", "list") and not (query.has_topic or query.weak or query.asks_number)
    if again and len(named) == 1 and len(every) > 1 and set(named) <= set(every) and not spoken.group:
        return replace(query, mention=each(every), singled=named, operation="share", follows=True)  # 青禾那家呢
    if again and len(named) == 1 and spoken.group and named[0] in {b.agency for b in members(spoken.group, spoken.held, spoken.place)}:
        return replace(_among_them(query, spoken), singled=named, operation="share", follows=True)
    if query.operation != "share" or not named:
        return None
    if len(spoken.bodies) > 1 and set(named) <= set(spoken.bodies):
        shared = context.operation == "share" or re.search(r"占|比例|比重(?!复)|比率", context.matter)
        if shared and "占" not in query.text:
            return replace(query, follows=True)
        if not query.has_topic:
            return replace(query, mention=each(spoken.bodies), singled=named)
    if spoken.group and not query.has_cells and not query.subject:
        return replace(_among_them(query, spoken), singled=named)
    return None


def _share_of_last(query: Query, spoken: Spoken) -> Query | Open | None:
    """剩下那个呢, after the shares of all others of those spoken of were told."""
    context = spoken.context
    rest = tuple(a for a in spoken.pool if a not in context.singled)
    asked = re.match("(?:那)?(?:剩下|余下|另外|还有)的?(?:那|这)?一?[个家](?:呢|占|是|有)", query.text)
    if not asked or not context.singled or len(rest) != 1 or query.has_topic or query.mention.agencies:
        return None
    return replace(_of_each(query, spoken.pool), singled=rest, operation="share")


_LEVEL_WORDS = re.compile(
    "(?<![\u4e00-\u9fff])(?:那|看|问)?(?P<one>[省市县区])(?:里|[厅局办]|政府)[和跟与、](?P<other>[省市县区])(?:里|[厅局办]|政府)"
)


def _by_levels(query: Query, spoken: Spoken) -> Query | Open | None:
    """省厅和市局差几件: of the bodies that the last answers told of, those of these levels; asked back where two are of one."""
    match = _LEVEL_WORDS.search(query.text)
    if match is None or query.mention.named:
        return None
    last = [a for a in spoken.context.mentioned if a in spoken.held.bodies][:4]
    found = [[a for a in last if spoken.held.bodies[a].level == LEVEL_OF[match[side]]] for side in ("one", "other")]
    if not all(found) or found[0] == found[1]:
        return None
    return replace(_of_each(query, (*found[0], *found[1])), operation="list", years=query.years or spoken.context.years)


def _several_at_level(query: Query, spoken: Spoken) -> Query | Open | None:
    """两个市局呢: those of the bodies spoken of that are at one level."""
    match = re.search("([两三四几])个?(?P<unit>[省市区县])(?:里)?的?[局厅]", query.text)
    if match is None or query.has_topic or query.mention.agencies:
        return None
    pool = [a for a in dict.fromkeys((*spoken.pool, *spoken.bodies, *spoken.context.mentioned)) if a in spoken.held.bodies]
    own = tuple(a for a in pool if spoken.held.bodies[a].level == LEVEL_OF[match["unit"]])
    if len(own) < 2 or COUNTS.get(match[1], len(own)) != len(own):
        return None
    if re.search(rf"(?:{_OUT})$", query.text[: match.start()]) or _LEFT_OUT_AFTER.match(query.text[match.end() :]):  # 两个市局不算进去呢
        own = tuple(a for a in pool if a not in own)
    return _of_each(query, own) if own else None


def _share_of_picked(query: Query, spoken: Spoken) -> Query | Open | None:
    """占四家总数的百分之几: what the bodies just told make up of all that were named before."""
    counted = re.search(r"占(?:了|到)?(?:这|那|全部|所有|上述)?([两三四五六七八])(?:个|家)", query.text)
    first = spoken.context.order[:1] if spoken.context.operation == "rank" and re.match("那?(?:这家|它|那家)", query.text) else ()
    if counted and first and query.operation == "share" and not query.has_topic and len(spoken.bodies) == stated_number(counted[1]):
        return replace(_of_each(query, spoken.bodies), singled=tuple(first))  # 这家占四家合计的
    if counted is None or query.operation != "share" or query.has_topic or query.mention.agencies:
        return None
    if (query.group and query.group.span[0] < counted.start()) or names_a_place(query.text[: counted.start()]):
        return None  # 头一个占这四家总数的多少: one of them
    ranked = tuple(a for a in spoken.context.order if a in spoken.held.bodies)
    of = next((p for p in (spoken.pool, ranked) if len(p) == stated_number(counted[1]) and {*spoken.bodies} < {*p}), ())
    return replace(_of_each(query, of), singled=spoken.bodies) if of and spoken.bodies else None


def _of_who_wrote(query: Query, spoken: Spoken) -> Query | Open | None:
    """其中谁新收最多, after the bodies whose reports say something were told: of those."""
    context = spoken.context
    wrote = spoken.group and len(spoken.bodies) > 1 and not (context.metrics or context.condition or context.picked)
    if not wrote or not re.search("其中|里[面头]|当中", query.text) or not query.has_topic or query.mention.agencies or query.mention.place:
        return None
    return None if query.group and not query.group.vague else _of_each(query, spoken.bodies)


def _who_moved(query: Query, spoken: Spoken) -> Query | Open | None:
    """谁涨得快, after numbers of one year of several bodies were told: since the year before."""
    years, vague = spoken.context.years, query.group is not None and query.group.vague
    told = tuple(a for a in dict.fromkeys((*spoken.context.earlier, *spoken.bodies)) if a in spoken.held.bodies)
    every = spoken.pool if len(spoken.pool) > 1 else told
    moved = vague and query.growth and query.operation in ("rank", "find") and len(every) > 1 and len(years) == 1
    own = query.metrics or query.rows or query.blocks or query.subject
    if not moved or spoken.group or own or query.years or query.mention.agencies or query.mention.place:
        return None
    other = spoken.context.earlier_years
    since = other[0] if len(other) == 1 and re.search("两年", query.text) else years[0] - 1  # 两年一比，降得最多的是谁: the two told
    both = (min(since, years[0]), max(since, years[0]))
    return replace(_of_each(query, every), operation="rank", years=both, relative=None, residue=(), columns=())


def _who_of_them(query: Query, spoken: Spoken) -> Query | Open | None:
    """名单给一下, 那申请数呢，谁多: of what was spoken of."""
    if query.group and query.mean and len(spoken.pool) > 1 and re.search("每一?[个家]", query.text) and not query.mention.agencies:
        return _of_each(query, spoken.pool)  # 匀到每个局是多少: of those that were added up
    if not query.group or not query.group.vague:
        return None
    if len(spoken.pool) > 1 and not (query.years and query.has_topic) and not query.mention.agencies and not query.mention.place:
        return _of_each(query, spoken.pool)  # 有没有哪家一件都没收到: of those named
    told = (spoken.group or spoken.context.agencies) and not query.has_topic
    return Open(replace(query, group=None)) if told or ((query.follows or "呢" in query.text) and spoken.several) else None


def _group_again(query: Query, spoken: Spoken) -> Query | Open | None:
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
        condition=query.condition or _bound(context),
        mean=query.mean or (context.mean and query.operation in ("value", "find") and not query.condition),
        operation="value" if query.condition else operation,
    )


def _other_kind(query: Query, spoken: Spoken) -> Query | Open | None:
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
            condition=_bound(context),
            picked=context.picked,
        )
    )


def _without_governments(query: Query, spoken: Spoken) -> Query | Open | None:
    """把各级政府刨掉再排: the bodies spoken of but whole governments."""
    out = re.search(
        r"(?:各级)?(?:人民)?政府(?:那?些)?(?:都|统统|一律|也|一共|全部?)?(?:[刨撇抛除]开|[刨扣去除拿剔]掉|排除|剔除|除外|不算|不计)",
        query.text,
    )
    if out is None or spoken.group is None or spoken.group.kind not in ("every", "any", "government") or query.mention.agencies:
        return None
    rest = replace(spoken.group, kind="any", noun="单位")
    context = spoken.context
    operation = "rank" if context.operation == "rank" else query.operation
    top, least = max(query.top, context.top if query.operation != "rank" else 1), context.least
    return replace(
        query, group=rest, mention=Mention((), place=spoken.place), operation=operation, top=top, least=least, follows=True,
        condition=query.condition or _bound(context),
    )  # fmt: skip


def _kind_in_place(query: Query, spoken: Spoken) -> Query | Open | None:
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


def _the_bodies_again(query: Query, spoken: Spoken) -> Query | Open | None:
    mention, context = query.mention, spoken.context
    if mention.agencies or mention.unknown or query.group or not context.agencies:
        return None
    one_each = list({spoken.held.bodies[a].lineage: a for a in spoken.bodies}.values())
    return replace(query, mention=Mention(context.agencies, named=tuple((a,) for a in one_each) if len(one_each) > 1 else ()))


_RULES: tuple[Callable[[Query, Spoken], Query | Open | None], ...] = (
    _more_again,
    _same_field,
    _other_namesake,
    _namesake,
    _with_the_last,
    _ends_of_told,
    _sums_apart,
    _years_of_more,
    _share_of_picked,
    _of_their_kind,
    _those_in_place,
    _next_in_order,
    _behind_the_first,
    _the_others,
    _picked_anew,
    _by_stem,
    _by_name_alone,
    _middle,
    _one_moved,
    _of_unit,
    _several_at_level,
    _how_many_picked,
    _most_of_picked,
    _less_one,
    _as_named,
    _of_kind_told,
    _by_order,
    _of_level,
    _the_most,
    _share_of_last,
    _by_levels,
    _former,
    _these,
    _among_spoken,
    _at_level,
    _the_whole,
    _bound_changed,
    _against,
    _least_of_them,
    _it,
    _namesake_spoken,
    _offered,
    _share_of_one,
    _without_governments,
    _of_who_wrote,
    _who_moved,
    _who_of_them,
    _group_again,
    _other_kind,
    _kind_in_place,
    _the_bodies_again,
)


def _place(context: Context) -> Place | None:
    if not context.place:
        return None
    province, city, county, township = context.place
    return Place(province, city, county, township)


def _bound(context: Context) -> Condition | None:
    """The bound of the last answer."""
    if not context.condition:
        return None
    sign, value, words = context.condition
    return Condition(sign, float(value), words, percent=share_bound_in(words) is not None)


_MORE = re.compile(
    r"更[多少高低大小]|(?:比|还)[^,，。]{0,8}[多少高低大小]|谁[多少高低]|[谁哪][个家边]?(?:涨|增|升|降|跌|减|掉|落)[得的了]?(?:更|最)?[快慢多少猛狠厉]|哪[个家边]更?[多少高低]|[多少高低](?:一些|些|点)?[咯吧吗么嘛了]*[?？]?$"
)


def two_compared(query: Query, context: Context, held: Directory) -> Query:
    """那么是云溪更多咯, 市里的是不是比县里的多: the two bodies that the last two answers told the same of."""
    spoken = tuple(a for a in context.agencies if a in held.bodies)
    own = query.mention.agencies or spoken
    both = tuple(dict.fromkeys((*context.earlier[-1:], *spoken)))
    fits = len(spoken) == 1 and len(both) == 2 and len(own) == 1 and own[0] in both and all(a in held.bodies for a in both)
    if (
        fits
        and query.group
        and re.match(r"(?:那)?哪[个家一]", query.text)
        and {*both} <= {b.agency for b in members(query.group, held, None)}
    ):
        # 哪个镇多，多几件: which of the two
        return replace(_of_each(query, both), operation="list", asks_number=True)
    if not fits or query.has_topic or query.group or query.asks_number or query.years or query.relative or not _MORE.search(query.text):
        return query
    if query.growth and query.operation in ("rank", "compare"):
        return replace(
            query, mention=each(both), years=context.years[-1:], operation="rank", follows=True
        )  # 哪家涨得多: from the year before
    if re.search(r"哪[一几些]?个?年", query.text):
        return query  # 哪年最多: of the one body
    order = (*own, *(a for a in both if a not in own)) if query.mention.agencies else both
    return replace(query, mention=each(order), operation="share" if context.operation == "share" else "list", follows=True)
