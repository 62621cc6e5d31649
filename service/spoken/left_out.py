"""Bodies left over, and what was told without some."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.textual import stated_number
from service.agencies import Mention
from service.conditions import Condition
from service.directory import LEVEL_OF
from service.group import members
from service.operation import both_ends
from service.query import Query
from service.replacing import replace
from service.spoken.base import CHANGED, COUNTS, OPPOSITE, OUT, SINGLE, Open, Spoken, among_them, each, last_bound, of_each, of_one


def the_others(query: Query, spoken: Spoken) -> Query | Open | None:
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
    named_out = re.search(rf"(?:{OUT})(?!它|这家|那家)[\u4e00-\u9fff]{{2,6}}", query.text)  # 刨掉公安的，余下仨局: told apart below
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
        and not re.search(OUT, query.text)
        and not query.mention.agencies
        and COUNTS.get(counted[1], len(behind)) == len(behind) > 1
    ):
        own = replace(query, metrics=(), weak=()) if left_over else query  # 另外两家各是多少, after who is first was told
        return replace(own, group=None, mention=each(behind), operation="list", top=1, follows=True)
    other = re.search(
        r"另(?:外)?(?:那)?一?[个家](?:局|厅|街道|镇|乡|单位|机关|开发区|管委会|高新区|经开区|区|县|市|的|呢|总|也|(?=(?:20)?\d\d年))",
        query.text,
    )
    alone = re.match("(?:那)?(?:剩下|余下|另外|其余)的?(?:那)?一?[家个](?!的?(?:数|年))", query.text)
    if alone and context.operation == "sum" and len(rest) == 1 < len(spoken.bodies) and not query.mention.agencies and not query.group:
        return replace(
            query, mention=Mention(rest), weak=() if left_over else query.weak, metrics=() if left_over else query.metrics, follows=True
        )
    if other and len(spoken.pool) == 2 and len(rest) == 1 and not query.mention.agencies and not query.group:
        return replace(query, mention=Mention(rest), follows=True)  # 另一个局的访问量呢
    if counted and spoken.group and context.condition and not (query.mention.agencies or query.mention.place):
        # 另外三家里面, after three of six streets fulfilled it
        every = tuple(b.agency for b in members(spoken.group, spoken.held, spoken.place))
        rest = tuple(a for a in every if a not in spoken.bodies)
        if {*spoken.bodies} < {*every} and COUNTS.get(counted[1]) == len(rest) > 1:
            return replace(of_each(query, rest), residue=())
    ranked = tuple(a for a in context.order if a in spoken.held.bodies)
    left = tuple(a for a in ranked if a not in spoken.bodies)
    if counted and not rest and len(left) == len(ranked) - 1 and "" not in context.order and COUNTS.get(counted[1]) == len(left) > 1:
        own = replace(query, metrics=(), weak=()) if left_over else query  # 剩下三个街道, after one of four that were ranked
        if not own.has_topic and not query.mention.agencies:
            return replace(of_each(own, left), residue=())
    named = {*query.mention.agencies} & {*spoken.bodies}  # 省政府拿掉，剩下的合计: of those that were picked
    if not asked or named or not context.condition or context.condition[0] not in OPPOSITE or (query.has_topic and not left_over):
        return None
    sign, bound, words = context.condition
    condition = Condition(OPPOSITE[sign], float(bound), f"不符合{words}")
    query = replace(query, metrics=(), weak=(), subject=None, asked=query.asked.replace(asked.group(), ""))
    if spoken.group:
        return replace(among_them(query, spoken), condition=condition, operation="value", follows=True)
    every = spoken.pool or spoken.bodies
    operation = "sum" if re.search("加起来|合计|一共|总共", query.text) else "value"
    return replace(of_each(query, every), condition=condition, operation=operation)


def picked_anew(query: Query, spoken: Spoken) -> Query | Open | None:
    """不到300件的有几家, 2023年呢, after some of the bodies named were picked: another bound or year picks among all of them."""
    context = spoken.context
    if len(spoken.pool) < 2 or not context.condition or query.mention.agencies or query.mention.unknown:
        return None
    if (query.group and not query.group.vague) or re.search(r"其中|里面|里头|当中", query.text):
        return None
    all_of_them = re.search("([两三四五六])家[^,，]{0,2}(?:合计|一共|总共|加起来)", query.text)
    if all_of_them and COUNTS[all_of_them[1]] == len(spoken.pool) and not query.condition:
        return replace(of_each(query, spoken.pool), operation="sum")  # 2023年这四家合计
    again = (query.years or query.relative) and not query.has_topic and query.operation in ("value", "find", "list")
    told = last_bound(context)
    if told and told.words.startswith("不符合"):  # 剩下的: the line was drawn the other way
        told = Condition(OPPOSITE[told.sign], told.value, told.words.removeprefix("不符合"), percent=told.percent)
    if query.condition and told and query.condition.sign == "=" and query.condition.value == told.value:
        query = replace(query, condition=told)  # 还是300件这条线
    if not query.condition and not query.years and (bound := CHANGED.search(query.text)):
        changed = Condition(context.condition[0], float(bound[1].replace(",", "")), bound.group())
        query = replace(query, condition=changed, asks_number=True, residue=())
    if not query.condition and (not again or SINGLE.search(query.text)):
        return None  # 它2021年呢
    return replace(of_each(query, spoken.pool), condition=query.condition or last_bound(context), operation="value")


def _without_named(query: Query, spoken: Spoken, told: Sequence[str]) -> tuple[str, ...]:
    """The bodies told without the one that a part of its name or its level leaves out: 去掉沙河再算, 县里那个不管."""
    out = re.search(
        rf"(?:{OUT})(?P<name>[\u4e00-\u9fff]{{2,6}}?)(?:那[家个]|的(?!话))?(?:的话|再|后|之后|[,，]|$)"
        rf"|(?:^|[,，把])(?:(?P<level>[省市区县乡镇])里?(?:的)?那[家个]|(?P<stem>[\u4e00-\u9fff]{{2,6}}?)(?:那[家个])?)(?:的)?(?:{OUT}|不管)",
        query.text,
    )
    levels = re.search(
        rf"(?:^|[,，把])(?:那)?[两三]个?(?P<level>[省市州盟区县旗])级?(?:局|厅)?(?:的)?(?:都|也)?(?:{OUT}|不算进去|不计)", query.text
    ) or re.search(rf"(?:{OUT})(?:那|这)?[俩两三]个?(?P<level>[省市州盟区县旗])级?(?:的|局|厅)", query.text)  # 去掉两个市级的
    if levels:
        apart = tuple(a for a in told if spoken.held.bodies[a].level != LEVEL_OF[levels["level"]])
        return apart if 1 < len(apart) < len(told) else ()
    if out is None:
        return ()
    bodies, name = spoken.held.bodies, out["name"] or out["stem"]
    by_level = out["level"] or (name[:1] if name and re.fullmatch("[省市州盟区县旗]里?的?那?个?[局厅]", name) else "")
    level = LEVEL_OF.get(by_level, by_level)
    own = [a for a in told if (bodies[a].level == level if level else name in a)]
    return tuple(a for a in told if a not in own) if len(own) == 1 else ()


_ADDED_LAST = re.compile(r"(?:新|后|后来|刚|最后|补|临时)?(?:[拉加添补算并塞纳带捎][进上入]?(?:来|去)?)(?:了)?的?[这那](?:一)?[家个]")
_TAKEN_OUT = re.compile(r"(?:被|给)?(?:[剔去刨排扣拿剥][掉去除出开]|排除|剔除|撇开)(?:了)?的?[这那](?:一)?[家个]")


def one_moved(query: Query, spoken: Spoken) -> Query | Open | None:
    """后加的这家, 被剔掉的那家: the one body that the last answer was asked with beside the others, or without."""
    context = spoken.context
    if query.mention.agencies or query.group or spoken.group:
        return None
    if _ADDED_LAST.search(query.text) and len(spoken.bodies) > 2 and context.operation == "sum":
        own = next((a for a in context.mentioned if a in spoken.bodies), spoken.bodies[-1])
        own = spoken.pool[-1] if spoken.pool and spoken.pool[-1] in spoken.bodies else own
        if query.operation == "share" and not query.has_topic:
            return replace(of_each(query, spoken.bodies), singled=(own,))  # 后加的这家占多少: of the sum that it was added to
        return replace(query, mention=Mention((own,)), follows=True, operation=of_one(query))
    ranked = tuple(a for a in dict.fromkeys((*spoken.pool, *context.order, *context.mentioned)) if a in spoken.held.bodies)
    left = tuple(a for a in ranked if a not in spoken.bodies)
    of_all = query.operation == "share" and re.search("[两三四五六七八]家|合计|总", query.text) and not query.has_topic
    if _TAKEN_OUT.search(query.text) and len(spoken.bodies) > 1 and len(left) == 1 and of_all:
        return replace(of_each(query, ranked), singled=left)  # 被刨掉的那家在四家里占多大份额
    if _TAKEN_OUT.search(query.text) and len(spoken.bodies) > 1 and len(left) == 1:
        return replace(query, mention=Mention(left), follows=True, operation=of_one(query))
    return None


_REST = re.compile(
    "(?:那)?(?:(?:其余|其[他它]|余下|剩下|另外)的?(?:那|这)?(?:[几各]|[两三四五六七八九])[家个]|(?:其余|余下|剩下)的(?:[那这]些)?呢)"
)


def without_kind(query: Query, spoken: Spoken) -> Query | Open | None:
    """两个市教育局剔掉，剩下谁第一: those spoken of without the ones of a kind."""
    group, context = query.group, spoken.context
    if group is None or group.vague or not (spoken.group or len(spoken.bodies) > 2) or query.mention.agencies:
        return None
    before, after = query.text[: group.span[0]], query.text[group.span[1] :]
    if not (re.search(rf"(?:{OUT})[两二三四五各几]?个?$", before) or re.match("(?:都|就|们)?(?:[剔去刨扣拿除]掉|剔除|除外|不算)", after)):
        return None
    order = tuple(a for a in context.order if a in spoken.held.bodies)
    told = tuple(b.agency for b in members(spoken.group, spoken.held, spoken.place)) if spoken.group else spoken.bodies
    out = {b.agency for b in members(group, spoken.held, spoken.place)}
    rest = tuple(a for a in (order if {*order} == {*told} else told) if a not in out)
    if not out or len(rest) in (0, 1, len(told)):
        return None
    operation = context.operation if query.operation == "find" else query.operation
    return replace(of_each(query, rest), operation=operation, residue=())


def less_one(query: Query, spoken: Spoken) -> Query | Open | None:
    """刨掉公安局呢, 把它去掉, 再算上枫林区的: the bodies spoken of with one less, or one more."""
    mention = query.mention
    stem = re.search("(?:把|再|[加算]上)([\u4e00-\u9fff]{2})的", query.text)
    if stem and not mention.agencies and spoken.bodies:  # 把南苑的许可也加上: the street of that name in the same district
        near = spoken.held.bodies[spoken.bodies[0]].place.county
        own = [a for a in spoken.held.stems.get(stem[1], ()) if spoken.held.bodies[a].place.county == near]
        mention = Mention(tuple(own)) if len(own) == 1 else mention
    it = re.search(
        r"(?:把)?(?:它|这家|那家)(?:去掉|除外|除开|刨[掉去]|排除|不算)|(?:去掉|除了|除[去开]|刨[掉去开]|不算)(?:它|这家|那家)", query.text
    )
    told = spoken.bodies
    pool = spoken.pool or told
    among = told if len(told) > 2 else pool if {*told} <= {*pool} else ()  # one of four was told last
    ranked = tuple(a for a in spoken.context.order if a in spoken.held.bodies)
    if len(among) < 3 and spoken.context.operation == "rank" and "" not in spoken.context.order and len(ranked) > 2:
        among = ranked  # 刨掉省厅，剩下的里面谁最多, after the first of a whole field was told
    if len(among) > 2 and not mention.agencies and (rest := _without_named(query, spoken, among)):
        if query.metrics == ("requests.carried_out",) and re.search("剩下|其余|余下", query.text):
            query = replace(query, metrics=(), weak=(), subject=None)  # who is left, and no row
        operation = spoken.context.operation if query.operation == "find" else "list" if query.operation == "compare" else query.operation
        return replace(of_each(query, rest), operation=operation, residue=())
    if it and len(pool) > 2 and told and not mention.agencies:
        return replace(of_each(query, tuple(a for a in pool if a != told[0])), metrics=(), weak=())
    rest_of_them = _REST.match(query.text)
    if (it or rest_of_them) and spoken.group and told and spoken.context.operation == "rank" and not mention.agencies:
        out = told if rest_of_them and both_ends(spoken.context.matter) else told[:1]
        others = replace(among_them(query, spoken), excluded=out, follows=True)  # 除了它，其他几家一共几件
        return replace(others, operation="list" if query.operation in ("find", "compare") else query.operation)
    order = tuple(a for a in spoken.context.order if a in spoken.held.bodies)
    same = {c[0] for c in spoken.context.ledger if spoken.context.metrics == (c[2],)}  # of whom the same was told as of this one
    pointed = len(told) == 1 and not (spoken.group or mention.agencies) and told[0] in order and "" not in spoken.context.order
    if rest_of_them and pointed and {*order} <= same:
        return of_each(query, tuple(a for a in order if a != told[0]))  # 其余几家平均几件, after 最多的那家 of them was told
    more = re.search(
        r"再?(?:[算加]上|加进|加入)|再[加添]|(?:加|补|添|算|放|拉|列|纳|带|摆)[进上](?:来|去)|加上它|[也都](?:[算加添并拉放列纳]进[来去]?|[算加]在内|一起[算加比排])",
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
    same_thing = not query.has_topic or (
        {*query.rows} <= {m.partition(".")[0] for m in spoken.context.metrics} and not (query.metrics or query.blocks)
    )
    if mention.agencies and len(told) > 1 and {*mention.agencies} <= {*pool} - {*told}:
        pool = told  # 把南苑的也加上, of four streets of which two were told last
    if more and len(pool) > 1 and len(mention.agencies) == 1 and mention.agencies[0] not in pool and (same_thing or pool == both):
        ranks = re.search("排|最[多少高低大小]|第一|榜首|垫底|谁[多少]", query.text) and not re.search("合计|一共|总共|加起来", query.text)
        operation = "rank" if ranks else query.operation if query.operation in ("rank", "list") else "sum"  # 也放进来，三家里哪家最多
        every = (*pool, *mention.agencies)
        still = re.search("(?:还|仍|依然|也|就成|就变成|换成)是?(?P<who>它|[\u4e00-\u9fff]{2,8}?)(?:了)?(?:吗|么|不|吧)", query.text) if ranks else None
        who = (mention.agencies if still["who"] == "它" else tuple(a for a in every if re.search(".*".join(still["who"]), a))) if still else ()
        ranked = who if len(who) == 1 else query.ranked  # 再添上财政局一起排，第一还是城管吗
        return replace(query, mention=each(every), operation=operation, ranked=ranked, results=(), follows=True)  # 再算上枫林区教育局
    told = told if len(told) > 2 else tuple(among)  # one of them was told last
    alike = [a for a in (query.group.names if query.group else mention.agencies) if a in told]  # 财政局 may stand for all of that name
    if len(told) < 3 or len(alike) != 1 or (len(mention.agencies) > 1 and mention.named):
        return None
    if not re.search(r"(?:不算|不含|不包括|不要|除了?|除[去掉开]|[扣减刨去拿][掉去除]|剔除|撇开|抛开)", query.text):
        return None
    if query.metrics == ("requests.carried_out",) and re.search("剩下|其余|余下", query.text):  # 拿掉，剩下的合计: who is left
        query = replace(query, metrics=(), weak=(), subject=None)
    first = re.search("打头|领头|谁(?:最|排|是第)|最[多少高低]|榜首|第一", query.text)
    operation = "sum" if re.search("合计|一共|总共|加起来", query.text) else "rank" if first else query.operation
    return replace(of_each(query, tuple(a for a in told if a not in alike)), operation=operation)


def without_governments(query: Query, spoken: Spoken) -> Query | Open | None:
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
        condition=query.condition or last_bound(context),
    )  # fmt: skip
