"""Bodies by the place that they had in what was told: first, next, in the middle, as they were named; and the one body spoken of."""

from __future__ import annotations

import re

from service.agencies import Mention
from service.conditions import first_few, state_in
from service.context import LEDGER_HOLDS, Context
from service.group import members
from service.operation import asks_share
from service.query import LEAST_OF_ALL as LEAST
from service.query import MOST_OF_ALL as MOST
from service.query import Query
from service.remainder import is_part
from service.replacing import replace
from service.spoken.base import COUNTS, OF_THEM_ALL, OUT, SINGLE, Open, Spoken, among_them, each, last_bound, of_each, of_one

_AFTER_IT = re.compile(
    r"(?:紧?跟|排|接)(?:在|着)?(?:它|其|这家|那家)?(?:的)?(?:后面|后头|之后|身后)的?(?:那)?(?P<n>[俩两三四五])(?:个|家|名)?"
    r"|(?:剩下|余下|其余)的?(?:那)?(?P<last>[俩两三四五六])(?:个|家)"
)


_ADDED_UP = re.compile("合计|总[共和计数]|一共|加总|相加|[加合]起来|共(?:计|有|收|是)|加(?:在|到)?一[起块]")


def next_in_order(query: Query, spoken: Spoken) -> Query | Open | None:
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
    return replace(of_each(query, behind[:count]), operation=operation, top=1, placed=True, metrics=(), weak=())


_FIRST_FEW = re.compile(r"前(?P<n>[两二三四五])(?:名|家|位|个)?(?P<behind>[以之]?外|开外|后面)?")
_NOT_AMONG = re.compile(r"(?:没|未)(?:有|能)*(?:挤|排|跻身|混)?[进入]到?了?$")


def behind_the_first(query: Query, spoken: Spoken) -> Query | Open | None:
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
        return replace(of_each(query, rest), operation=operation, top=1, placed=True)
    added = re.match("的?(?:合计|合起来|加起来|加总|一共|总共|总和|之和|总数|平均)", query.text[match.end() :])
    if added and not asks_share(query):
        return replace(of_each(query, first), operation="value" if query.mean else "sum", top=1, placed=True)  # 前三名合计
    if re.match("(?:的|加起来|合起来|合计|总共|一共|总和|之和)*占(?!用|地)", query.text[match.end() :]):
        return replace(of_each(query, order), singled=first, operation="share", top=1)
    return None


def middle(query: Query, spoken: Spoken) -> Query | Open | None:
    """排当中那家: the one in the middle of a ranking of an odd number."""
    order = tuple(a for a in spoken.context.order if a in spoken.held.bodies)
    top = spoken.context.top
    if spoken.context.operation == "rank" and first_few(top):
        order = order[-top:] if spoken.context.least else order[:top]  # those that were told
    inner = re.search("(?:夹在|排在|处在)?中间的?(?:那|这)?(?P<n>[两三四几])[家个]", query.text)
    between = order[1:-1]
    if inner and len(between) > 1 and COUNTS.get(inner["n"], len(between)) == len(between) and not query.mention.agencies:
        if query.operation == "share" and re.search("[两三四五六七八]家|合计|总", query.text):
            return replace(of_each(query, order), singled=between, top=1)
        return replace(of_each(query, between), placed=True)  # 夹在中间的两家
    if (
        len(order) % 2 == 0
        or len(order) < 3
        or query.mention.agencies
        or not re.search("(?:排)?(?:当中|中间|居中)的?[那这]一?[家个]", query.text)
    ):
        return None
    if query.operation == "share" and OF_THEM_ALL.search(query.text) and not query.has_topic:
        return replace(of_each(query, order), singled=(order[len(order) // 2],), top=1)  # 中间那家占三家合计的
    own = Mention((order[len(order) // 2],))
    return replace(query, group=None, mention=own, operation=of_one(query), top=1, placed=True, follows=True)


_NTH = "一二三四五六七八九"
PLACES = re.compile(
    r"第(?P<nth>[一二三四五六七八九])(?:名|位|的)?|(?P<top>头名|[排队](?:头|首)(?=[跟和与比呢,，?？]|$)|打头的?(?=那)|榜首|冠军|头一[名个家]|最[多高大]的?(?=那|这一?[家个]|比第)|(?:排头|领头|领先|排?最前面?)的?(?=[那这])|(?<![最么])[多大高]的(?=(?:那一?|一)[家个]))|(?P<last>最后一名|排?最后的?(?=那[家个])|最末的?(?=那?一?[家个])|末尾(?:的?(?=那[家个]))?|末位|[排队]尾(?=[跟和与比的呢是,，?？]|$)|垫底的?|倒数第一|最[少低小]的?(?=那|这一?[家个])|(?<![最么])[少小低]的(?=(?:那一?|一)[家个]))"
)
APART_FROM = re.compile(r"[差多少高低隔][收办批罚发推]?(?:出去?|开)?了?[多几]|差[^,，。]{1,6}(?:几|多少)|相差|差距|[几多]少?倍|加|合")


def names_a_place(text: str) -> bool:
    """Whether a place of a ranking is named: 头名, 第二名, 垫底的."""
    return bool(PLACES.search(text))


_AS_NAMED = re.compile(
    "我?(?:报|说|点名?|提|列|问|念)(?:到|出|给你?)?的第(?P<nth>[一二三四五六])(?:个|家)?|排?第(?P<nth2>[一二三四五六])个(?:报|说|点|提|列|问|念)(?:到|出)?的"
)
_NTH_NAMED = re.compile(
    "(?:那)?(?:第(?P<nth>[一二三四五六])家|(?P<first>头一家|首家|我?(?:最?先|头先|一开始)(?:说|提|问|讲)(?:到|起)?的那?一?[家个])|(?:最后|末尾|最末)那?的?一?家)"
)
_NAMED_FIRST = re.compile("我?(?:最?先|头先|一开始|(?P<last>最?后))(?:说|提|问|讲)(?:到|起)?的那?一?[个家]")


def as_named(query: Query, spoken: Spoken) -> Query | Open | None:
    """我报的第二个局，占这个总数百分之几: in the order in which the question named them."""
    match = _AS_NAMED.search(query.text)
    if match is None and spoken.context.operation == "sum":  # 第二个局单独念一下, after their sum: no ranking was told
        match = re.match("(?:那)?第(?P<nth>[一二三四五六])(?:个|家)(?:局|街道|镇|乡|县|区|单位)", query.text)
    spelt = next((g for g in match.groups() if g), "") if match else ""
    at = "一二三四五六".index(spelt) if spelt else 9
    plain = not spoken.context.order and len(spoken.pool) > 2 and not spoken.group
    pool = spoken.pool
    if len(pool) > 1 and (turn := _NAMED_FIRST.match(query.text)):  # whatever order they were told in
        plain, pool = False, tuple(a for a in spoken.context.mentioned if a in pool)
        at = len(pool) - 1 if turn["last"] else 0
    if len(spoken.pool) == 2 and spoken.context.operation == "sum" and (one := re.match("(?:那)?(?P<which>[前后])一家", query.text)):
        at = 0 if one["which"] == "前" else 1  # 前一家占这个合计的几成
    if plain and (named := _NTH_NAMED.match(query.text)):  # 第一家三年一共多少, 最后一家呢, where none was ranked
        at = "一二三四五六".index(named["nth"]) if named["nth"] else 0 if named["first"] else len(pool) - 1
    if at >= len(pool) or query.mention.agencies:
        return None
    if query.operation in ("share", "rank") and OF_THEM_ALL.search(query.text) and not query.has_topic:
        return replace(of_each(query, spoken.pool), singled=(pool[at],), operation="share", top=1)
    own = Mention((pool[at],))
    operation = "value" if spoken.context.operation == "sum" and query.operation == "list" else of_one(query)
    return replace(query, group=None, mention=own, operation=operation, top=1, placed=True, follows=True, residue=())


# 最多的那家先拿掉，余下三家加起来几件
_TAKEN_AWAY = re.compile(
    "(?:(?P<top>第一|头名|榜首|冠军|最[多高]的?)|(?P<last>垫底的?|末位|最[少低]的?))(?:那|这)?一?[家个](?:先|给|就|都)?(?:拿掉|去掉|剔除|刨掉|撇开|抛开|不算|排除|扣掉|除外)"
)


def by_order(query: Query, spoken: Spoken) -> Query | Open | None:
    """它跟头名差多少, 第一名和第二名差几件, 排第二的那家予以公开多少: bodies by their place in the last ranking."""
    context = spoken.context
    order = tuple(a for a in context.order if a in spoken.held.bodies)
    beside = query.mention.agencies if len(query.mention.agencies) == 1 and query.mention.agencies[0] in order else ()
    place = list(PLACES.finditer(query.text)) if beside and APART_FROM.search(query.text) and not query.has_topic else []
    if len(place) == 1 and "" not in order:  # 第二名比财政局多几件
        nth = len(order) - 1 if place[0]["last"] else 0 if place[0]["top"] else _NTH.index(place[0]["nth"])
        if nth < len(order) and order[nth] not in beside:
            return replace(of_each(query, (order[nth], *beside)), operation="list", years=query.years or context.years, top=1)
    at_place = re.search(rf"(?:{PLACES.pattern})的?[那这]一?[家个]", query.text)
    if query.group and at_place and query.text[at_place.end() :].startswith(query.group.noun):
        query = replace(query, group=None)  # 最后那个街道: one of them
    if len(order) < 2 or query.mention.agencies or (query.group and not query.group.vague):
        return None
    if context.operation != "rank" and spoken.context.pool and re.search("头一[个家]", query.text):
        order = spoken.pool  # the one named first, where they were not ranked
    out = re.search(rf"(?:{OUT})(?:排)?(?:(?P<top>第一|头名|榜首|冠军|最[多高]的)|(?P<last>最后|末位|垫底|最[少低]的))", query.text)
    out = out or _TAKEN_AWAY.search(query.text)
    if out and "" not in context.order and len(order) > 2 and not spoken.group:  # 除了排第一的这家以外，另外三家
        rest = order[1:] if bool(out["top"]) != (context.least and not context.top) else order[:-1]
        operation = "sum" if re.search("加|合|总|共", query.text) else "list" if query.operation in ("rank", "find") else query.operation
        return replace(of_each(query, rest), operation=operation, least=False, top=1, weak=(), results=())
    if "" in context.order and re.search(r"最后|末位|垫底|倒数|尾", query.text):
        return None  # only the first of them were told
    beyond = list(PLACES.finditer(query.text))
    at = _NTH.index(beyond[0]["nth"]) if len(beyond) == 1 and beyond[0]["nth"] else 0
    told = len(spoken.bodies) if len(spoken.bodies) < len(order) else 2  # of the other order all are spoken of
    plain = context.operation != "rank" and not (spoken.group or query.has_topic or query.years or re.search("几|多少|差", query.text))
    if plain and 1 < told <= at < len(order) and "" not in order[: at + 1] and re.search("谁|哪[一]?[家个]", query.text):
        # 第四位轮到谁了, after the first three were told
        return replace(
            query, group=None, mention=Mention((order[at],)), operation="value", top=1, placed=True, follows=True, residue=(),
            years=query.years or context.years,
        )  # fmt: skip
    again = len(spoken.bodies) == 1 and not spoken.group and re.search(rf"^那?(?:{PLACES.pattern})(?:的|那[家个])?呢[?？]?$", query.text)
    two = len({m.group() for m in PLACES.finditer(query.text)}) > 1 and APART_FROM.search(query.text)  # 第二名是哪家，和第一名差多少
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
    for match in () if found else PLACES.finditer(query.text):
        at = len(order) - 1 if match["last"] else 0 if match["top"] else _NTH.index(match["nth"])
        if at >= len(order):
            return None
        found.append(order[at])
    if not found:
        return None
    alone = len(found) == 1 and (
        re.search(rf"(?:{PLACES.pattern})的?(?:[那这]?一[家个位]|[那这][家个位]|局|街道|单位|机关|的|[,，]?它)", query.text)
        or (query.asks_number and (query.years or re.match(rf"那?(?:[这那]个)?(?:{PLACES.pattern})", query.text)))
        or (
            query.years and re.search("呢[?？]?$", query.text) and "个" not in query.text
        )  # 第三名2023年呢; 第三个呢 is of the order they were named in
    )
    if len(found) == 1 and spoken.group and not query.has_topic and re.search("占(?!用|地)", query.text):
        # 最高的那家占多少: of what they all add up to
        return replace(among_them(query, spoken), singled=(found[0],), operation="share", top=1, follows=True)
    of_all = re.search("占(?!用|地|了?(?:它|其(?!中)|自))", query.text) and (
        re.search("[两三四五六七八]家|合计|总|全部|其中", query.text) or context.operation == "sum"
    )
    if alone and of_all and len(spoken.pool or order) > 1:
        few = re.search("占(?:了|到)?(?:这|那)?前?(?P<n>[两三四五六])(?:个|家)", query.text)
        pool = spoken.pool or (order[: sum(rank <= COUNTS[few["n"]] for rank in context.ranks)] if few else order)
        own = found[0]
        if len(order) < len(pool):  # some of them alone were told last: the first of all is not the first of those
            first = PLACES.search(query.text)
            if first is None or not (first["top"] or first["last"] or first["nth"] == "一"):
                return None
            own = LEAST if first["last"] else MOST
        return replace(of_each(query, pool), singled=(own,), operation="share")  # 最多的那个局占三家合计的
    if APART_FROM.search(query.text) and not query.has_topic:
        if len(found) == 1:
            found = [*context.agencies[:1], *found]
        if len(set(found)) < 2:
            return None
        operation = "sum" if re.search("加|合", query.text) else "list"
        return replace(of_each(query, found), operation=operation, years=query.years or context.years, top=1, placed=True)
    if len({*found}) > 1 and re.search("[两三四]家|各|分别", query.text) and (query.has_topic or query.applicants or query.asks_number):
        operation = "list" if query.operation in ("rank", "find", "value") else query.operation
        return replace(of_each(query, tuple(dict.fromkeys(found))), operation=operation, top=1, placed=True)  # 排第二、第三的两家
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
        return replace(query, group=None, mention=mention, operation=of_one(query), top=1, placed=True, follows=True, applicants=people)
    return None


def _level_with(agency: str, context: Context) -> tuple[str, ...]:
    """The bodies that share the place of one in the last ranking, it among them."""
    ranks = dict(zip((a for a in context.order if a), context.ranks, strict=False))
    return tuple(a for a, rank in ranks.items() if rank == ranks.get(agency)) or (agency,)


def the_most(query: Query, spoken: Spoken) -> Query | Open | None:
    """最多的那家占多少, of those that were named one by one."""
    most = re.search(r"最([多少高低大小])的?那", query.text)
    every = spoken.pool if spoken.context.pool else spoken.bodies
    largest = re.search("占比最[大高多]|占得?最[多大]", query.text) and not (query.has_topic or query.mention.agencies or query.applicants)
    if largest and spoken.context.operation == "sum" and len(spoken.context.metrics) == 1 and (spoken.group or len(every) > 1):
        among = among_them(query, spoken) if spoken.group else of_each(query, every)  # 占比最大的是谁, after their sum
        return replace(among, singled=(MOST,), operation="share", follows=True)
    if (
        most
        and spoken.group
        and re.search("占(?!用|地)", query.text)
        and not query.mention.agencies
        and not (query.has_topic or query.group)
    ):
        singled = MOST if most[1] in "多高大" else LEAST  # 最高的那家占多少, of a group
        return replace(among_them(query, spoken), singled=(singled,), operation="share", follows=True)
    if most is None or len(spoken.context.pool or every) < 2 or query.mention.agencies or spoken.context.group:
        return None
    if not (query.has_topic or not spoken.context.order or "占" in query.text):
        return None
    if query.operation == "share" or re.search(r"占(?!用|地)", query.text):
        singled = MOST if most[1] in "多高大" else LEAST
        return replace(of_each(query, every), singled=(singled,), operation="share")
    return replace(of_each(query, every), operation="rank", least=most[1] in "少低", top=1)


def most_of_picked(query: Query, spoken: Spoken) -> Query | Open | None:
    """其中最多的那家结果维持几件, after bodies were picked: the first of them, asked for another figure of its own."""
    most = re.match(r"(?:那)?(?:其中|里[面头]|当中)的?最([多高])的?那一?[家个](?!是)", query.text)
    ranked = spoken.context.condition and len(spoken.bodies) > 1 and not spoken.group
    if not most or not ranked or not (query.has_topic or query.results) or query.mention.agencies or query.group:
        return None
    operation = "list" if len(query.results) > 1 else "value"
    return replace(query, mention=Mention(spoken.bodies[:1]), operation=operation, top=1, least=False, follows=True)


def former(query: Query, spoken: Spoken) -> Query | Open | None:
    """前者占多少: the first of the two that were told."""
    if re.search("[多少高低]的?那一?[家个]比另(?:外)?(?:那)?一?[家个]", query.text) and len(spoken.bodies) == 2 and not query.has_topic:
        return replace(of_each(query, spoken.bodies), operation="list")  # 多的那家比另一家多多少
    end = re.match("(?:那)?(?:(?P<last>最后|末尾|末)|第|头|最前面?)一?[家个](?:的)?占", query.text)
    whole = spoken.context.operation == "sum" or re.search("占(?:了|到)?(?:一共|总共|合计|总数|全部)", query.text)
    if end and whole and len(spoken.bodies) > 1 and not (query.has_topic or query.mention.agencies):
        own = spoken.bodies[-1 if end["last"] else 0]
        return replace(of_each(query, spoken.bodies), singled=(own,), operation="share")  # 最后一家占一共的多少
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


_ENDS = re.compile("最[多高]的?(?:那|的)[^,，。]{0,6}比最[少低]|最[少低]的?(?:那|的)[^,，。]{0,6}比最[多高]")


def ends_of_told(query: Query, spoken: Spoken) -> Query | Open | None:
    """最多的那个街道比最少的多多少, after several were asked about one after another."""
    told = tuple(a for a in dict.fromkeys((*spoken.context.earlier, *spoken.bodies)) if a in spoken.held.bodies)
    if len(told) < 3 or not _ENDS.search(query.text) or spoken.pool[1:] or query.has_topic or query.mention.agencies:
        return None
    if query.group and not {*told} <= {b.agency for b in members(query.group, spoken.held, None)}:
        return None
    return replace(of_each(query, told), operation="list", years=query.years or spoken.context.years[-1:])


_BOTH_APART = re.compile("(?:那)?(?:[这他它]们?)?(?:俩|两[个家者])(?:之间)?的?(?:差|相差)")


_OF_THEM_ALL_AGAIN = re.compile("(?:这|那)?(?P<n>[三四五六])家里(?:面|头)?(?:的)?(?=最|末|垫底|倒数|排|谁|哪)")


def all_ranked(query: Query, spoken: Spoken) -> Query | Open | None:
    """六家里末位是谁, after the first three of them were told: all that were ranked, or named."""
    match = _OF_THEM_ALL_AGAIN.match(query.text)
    every = next((own for own in (spoken.context.order, spoken.pool) if match and "" not in own and len(own) == COUNTS[match["n"]]), ())
    if not every or len(every) <= len(spoken.bodies) or query.mention.agencies or not {*every} <= {*spoken.held.bodies}:
        return None
    return replace(of_each(query, every), operation="rank", top=1)


def both_ends_told(query: Query, spoken: Spoken) -> Query | Open | None:
    """这俩差多少件, after who had the most and then who had the least was asked: the first and the last."""
    context = spoken.context
    order = tuple(a for a in context.order if a in spoken.held.bodies)
    turned = context.operation == "rank" and bool(re.search("最[少低小]", context.matter)) != context.least
    if not turned or len(order) < 3 or "" in context.order or not _BOTH_APART.match(query.text) or query.has_topic:
        return None
    return replace(of_each(query, (order[0], order[-1])), operation="list", top=1)


def least_of_them(query: Query, spoken: Spoken) -> Query | Open | None:
    """其中最少的那家是谁: of the bodies that fulfilled the condition told last."""
    most = re.search(r"(?:其中|里[面头]|当中)[^,，。]{0,8}最([多少高低])", query.text)
    most = most or re.match("(?:那)?(?:件数|数量|条数)?最([多少高低])的", query.text)
    if most is None or not spoken.context.condition or not 1 < len(spoken.bodies) < 12 or query.mention.agencies:
        return None
    # The whole governments, which were told beside them, are among those told as well.
    ledger = spoken.context.ledger
    alike = tuple(dict.fromkeys(c[0] for c in ledger if c[1:3] == ledger[-1][1:3])) if 0 < len(ledger) < LEDGER_HOLDS else ()
    whole = {*spoken.bodies} < {*alike} <= {*spoken.held.bodies}
    beside = spoken.group and spoken.group.kind == "any" and not any(spoken.held.bodies[a].kind == "government" for a in spoken.bodies)
    if not whole and beside and most[1] in "多高" and spoken.context.condition[0] in (">", ">="):
        # The first of those above a bound is the first of all, and so are the governments told beside them.
        return replace(among_them(query, spoken), operation="rank", least=False, top=1, condition=None, follows=True)
    return replace(of_each(query, alike if whole else spoken.bodies), operation="rank", least=most[1] in "少低", top=1)


_SAME_FEW = re.compile(
    r"(?:[也还]是|依然是|仍是|仍然是)(?:这|那)(?P<n>[两俩三四五六七八])[家个]?(?:吗|么|不|吧|$)|(?:掉|跌|落|挤|退)出(?:了)?(?:前(?P<top>[两三四五六七八]))?|(?:还|仍)在(?:前(?P<in>[两三四五六七八])|榜上?)"
)


def the_same_few(query: Query, spoken: Spoken) -> Query | Open | None:
    """2024年还是这三家吗, 谁掉出前三了, after the first three of another year were told: the same ranking, and where these stand in it."""
    context, match = spoken.context, _SAME_FEW.search(query.text)
    count = COUNTS.get((match["n"] or match["top"] or match["in"] or ""), context.top) if match else 0
    told = context.operation == "rank" and 1 < context.top < 20 and count == context.top and len(context.order) >= count
    if not told or not spoken.group or query.mention.agencies or query.has_cells or not (query.years or query.relative):
        return None
    if query.years == context.years:
        return None  # whose order of an earlier year was told is not kept
    return replace(
        query, group=spoken.group, mention=Mention((), place=spoken.place), operation="rank", top=count, least=context.least,
        ranked=context.order[:count], residue=(), condition=None, follows=True,
    )  # fmt: skip


_SO_MANY = re.compile(
    r"(?:前|这|那|排?前)?(?:面|头)?(?:的)?(?P<n>[两俩二三仨四五六])(?P<body>名|位|强|家|个)?(?P<kind>单位|机关|部门|局|委|街道|镇|乡|县|区|政府)?"
)


_TOGETHER_ALONE = re.compile("(?:那)?(?:它们|他们|这些)?(?:合计|一共|总共|加起来|加总)(?:是|有)?(?:多少|几)?[件条个次]?[呢啊]?[?？]?")


_LEADING = re.compile("(?:(?<![之以])前|头)(?P<n>[两二三四五六七八九十])(?:[家名位]|个(?!月|季))")


def _first_few_again(query: Query, spoken: Spoken) -> Query | None:
    """前三家总共收了多少, after the second and the third of a ranking were set side by side: the first three of that ranking."""
    context, match = spoken.context, _LEADING.search(query.text)
    count = (COUNTS.get(match["n"]) or 0) if match else 0
    order = context.order[: sum(rank <= count for rank in context.ranks)]
    elsewhere = query.mention.agencies or (query.group and not query.group.vague) or context.least or "占" in query.text
    if elsewhere or context.operation == "rank" or not len(spoken.bodies) < count <= len(order) or not {*order} <= {*spoken.held.bodies}:
        return None
    added = _ADDED_UP.search(query.text)
    return replace(of_each(query, order), operation="sum" if added else "list", top=1, placed=True, residue=())


def first_so_many(query: Query, spoken: Spoken) -> Query | Open | None:
    """前三名加总, 三个局一共多少, 榜首占三家合计的几成, after the first three of a group were told: of these three."""
    if (again := _first_few_again(query, spoken)) is not None:
        return again
    context = spoken.context
    order = tuple(a for a in context.order if a)[: context.top]
    few = next((m for m in _SO_MANY.finditer(query.text) if (m["body"] or m["kind"]) and COUNTS.get(m["n"]) == context.top), None)
    told = context.operation == "rank" and spoken.group and first_few(context.top) and len(order) == context.top
    together = _TOGETHER_ALONE.fullmatch(query.text) is not None  # 合计多少: of those that were told
    if not told or not (few or together) or context.least or not {*order} <= {*spoken.held.bodies}:
        return None
    if query.mention.agencies or (query.group and not query.group.vague and (few is None or few["kind"] != query.group.noun)):
        return None
    if not (query.applicants or query.has_topic):
        query = replace(query, applicants=context.applicants)  # 合计 is of what was ranked, whoever filed it
    shared = asks_share(query) or "占" in query.text
    added = _ADDED_UP.search(query.text)
    if query.operation == "rank" and not (shared or added):
        return None  # 三家里谁最多
    if re.search("^[^,，]{0,2}(?:不是|还有|之外|以外|除)", query.text) or OF_ALL_HELD.search(query.text):
        return None
    one = PLACES.search(query.text) if shared and not query.has_topic else None
    if one and OF_THEM_ALL.search(query.text):
        at = len(order) - 1 if one["last"] else 0 if one["top"] else _NTH.index(one["nth"])
        return replace(of_each(query, order), singled=(order[at],), operation="share", top=1, placed=True) if at < len(order) else None
    operation = "share" if shared else "sum" if added else "list" if query.operation in ("find", "value") else query.operation
    return replace(of_each(query, order), operation=operation, top=1, placed=True, residue=())


OF_ALL_HELD = re.compile("占(?:了|到)?(?:全[省市县区部]|所有|各|整个)")


_WHICH_PLACE = re.compile(
    "(?:排|位列|位居|名列|居)(?:到|在|了|得|个|行)*(?:第几|老几|几[名位]|多少[名位])|排名(?:是)?(?:第?几|多少)|第几名|老几"
)


def place_of_one(query: Query, spoken: Spoken) -> Query | Open | None:
    """碧原市公安局能排到第几, after a group was ranked: among all of these; a government among the others and the governments."""
    context, one = spoken.context, query.mention.agencies or (spoken.bodies[:1] if SINGLE.search(query.text) else ())
    asked = context.operation == "rank" and len(one) == 1 and one[0] in spoken.held.bodies and _WHICH_PLACE.search(query.text)
    if not asked or spoken.group is None or (query.group and not query.group.vague) or query.has_cells:
        return None
    group = spoken.group
    if group.kind == "any" and spoken.held.bodies[one[0]].kind == "government":
        group = replace(group, kind="every")
    if not any(b.agency == one[0] for b in members(group, spoken.held, spoken.place)):
        return None
    return replace(
        query, group=group, mention=Mention((), place=spoken.place), operation="rank", top=1, least=context.least, ranked=one, follows=True,
        residue=(),
    )  # fmt: skip


_AMONG_PICKED = re.compile(
    "(?:在|属于|算(?:在|是)?|列在|排在)(?:这|那|其|里|上面|刚才|前面|名单|它们)[^,，。?？]{0,8}(?:里面?|里头|中间?|当中|之列|名单|内|其中)|在(?:里面|里头|其中|名单|此列)"
)


def among_picked(query: Query, spoken: Spoken) -> Query | Open | None:
    """云溪市教育局也在这些里面吗, after bodies were picked by a bound: whether its own number fulfils that."""
    bound, own = last_bound(spoken.context), query.mention.agencies
    if bound is None or len(own) != 1 or query.has_cells or query.group or not _AMONG_PICKED.search(query.text):
        return None
    return replace(
        query,
        operation="exists",
        condition=bound,
        premise=None,
        premise_top=None,
        weak=(),
        residue=(),
        follows=True,
        text=f"{query.text}，对吗",
    )


def it(query: Query, spoken: Spoken) -> Query | Open | None:
    """它占全部的多少, 2022年也是它第一吗, 那家公开了几件: the body that was told first."""
    mention, group = query.mention, spoken.group
    if (
        group
        and query.operation == "share"
        and spoken.bodies
        and not mention.agencies
        and SINGLE.search(query.text)
        and not query.has_topic
    ):
        return replace(query, group=group, mention=Mention((), place=spoken.place), singled=spoken.bodies[:1])
    again = query.operation == "rank" and re.search(r"第[一二三]吗|排第几|第几名|也是它|还是它|排头", query.text)
    again = again or re.search(r"(?:也|还)是它(?:领先|多|最多|第一)", query.text)
    again = again or re.search("(?:居首|领先|第一|榜首|冠军|垫底|最[多少高低])的?(?:也|还|仍|又|依[旧然])(?:然|旧)?是(?!谁|哪)", query.text)
    if again and group and not mention.agencies:
        # Whether it is the first again, of the same bodies.
        first = spoken.context.order[:1] if re.search("[也还]是(?:它|这家|那家)", query.text) and spoken.context.operation == "rank" else ()
        return replace(
            query, group=group, mention=Mention((), place=spoken.place), operation="rank" if first else query.operation, ranked=first,
            follows=True,
        )  # fmt: skip
    if group and spoken.bodies and _part_of_the_first(query, spoken):
        return replace(query, group=None, mention=Mention(spoken.bodies[:1]), operation=of_one(query), follows=True)
    every = spoken.pool or spoken.bodies
    same = re.search("(?:也|还|仍|依然)是(?P<who>[\u4e00-\u9fff]{2,8}?)(?:更|最)?[多少高低](?:吗|么)", query.text)
    who = tuple(a for a in every if same["who"] in a) if same else ()
    if len(who) == 1 and len(every) > 1 and not (group or query.has_topic):
        return replace(of_each(query, every), ranked=who, operation="rank")  # 2023年也是碧原多吗
    if again and len(every) > 1 and set(mention.agencies) <= set(every):  # 2023年也是青禾排第一吗
        return replace(of_each(query, every), ranked=mention.agencies)
    named = mention.agencies or mention.unknown or state_in(query.text)  # 填斜杠的那家是谁: none that was told
    end = PLACES.search(query.text)
    if end and (end["top"] or end["last"]) and len(spoken.bodies) > 1 and spoken.context.operation != "rank" and not (named or group):
        return replace(of_each(query, spoken.bodies), operation="rank")  # 最多的那家是谁, after their sum: no order was told
    if spoken.bodies and not named and SINGLE.search(query.text) and (spoken.context.group or len(spoken.bodies) > 1):
        return replace(query, group=None, mention=Mention(spoken.bodies[:1]), operation=of_one(query))
    return None


def _part_of_the_first(query: Query, spoken: Spoken) -> bool:
    """其中没经过复议就直接起诉的几件, after who has the most was told: whether a part of that number is asked for."""
    context = spoken.context
    inner = re.match("(?:那)?(?:这)?(?:其中|里[面头]|当中)的?(?!哪|谁|最|[几多])", query.text) and query.asks_number
    told = context.operation == "rank" and context.top == 1 and len(context.metrics) == 1 and not context.condition
    whole = context.metrics[0] if told else ""
    blocks = query.blocks and whole.startswith("litigation") and all(b.startswith("litigation.") for b in query.blocks)
    parts = query.metrics and all(is_part(m, whole) for m in query.metrics)
    alone = query.group is None and not (query.mention.agencies or query.years)
    return bool(inner and told and alone and (blocks or parts or (query.applicants and not query.has_topic)))


def who_moved(query: Query, spoken: Spoken) -> Query | Open | None:
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
    return replace(of_each(query, every), operation="rank", years=both, relative=None, residue=(), columns=())


def who_of_them(query: Query, spoken: Spoken) -> Query | Open | None:
    """名单给一下, 那申请数呢，谁多: of what was spoken of."""
    if query.group and query.mean and len(spoken.pool) > 1 and re.search("每一?[个家]", query.text) and not query.mention.agencies:
        return of_each(query, spoken.pool)  # 匀到每个局是多少: of those that were added up
    if not query.group or not query.group.vague:
        return None
    if len(spoken.pool) > 1 and not (query.years and query.has_topic) and not query.mention.agencies and not query.mention.place:
        return of_each(query, spoken.pool)  # 有没有哪家一件都没收到: of those named
    told = (spoken.group or spoken.context.agencies) and not query.has_topic
    return Open(replace(query, group=None)) if told or ((query.follows or "呢" in query.text) and spoken.several) else None
