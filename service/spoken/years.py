"""Which years a follow-up is about: those spoken of, those around them, or among which one is asked for."""

from __future__ import annotations

import re

from corpus.textual import stated_number
from service.context import Context
from service.directory import Directory
from service.follow import Found, counted
from service.movement import FROM_AN_END, against_an_end
from service.query import Query
from service.replacing import replace
from service.spoken.base import COUNTS
from service.years import LEFT_OUT, LEFT_OUT_AFTER, TAKEN

_YEAR_BEFORE = ("上年", "上年度", "上一年", "上一年度", "前一年", "头一年")


def which_years(query: Query, context: Context, held: Directory) -> Found:
    """The years spoken of, those around them, or among which one is asked for."""
    if query.operation == "compare" and not query.rows:
        # 比上年: the year before, not the form's column of that name
        query = replace(query, columns=tuple(c for c in query.columns if not c.startswith("items_")))
    if query.operation == "coverage":
        return query  # which years are held, not what the year spoken of holds
    if (
        query.columns == ("items_last_year",)
        and len(context.years) == 1
        and re.match(r"^(?:那|就)?(?:它|这家|那家)?[,，]?上一?年度?的?(?!项目)", query.text)
    ):
        query = replace(query, columns=(), years=(context.years[0] - 1,), follows=True)  # 上一年的处罚数呢: the year before, no column
    span = re.fullmatch("(?:那|再)?(?:之前|前面?)(?:的)?(?P<n>[两三四])年(?:的)?呢?[?？]?", query.text)
    if span and len(context.years) == 1 and not query.has_topic:  # 前两年呢, after 2024
        before = int(stated_number(span["n"]) or 0)
        return replace(query, years=tuple(range(context.years[0] - before, context.years[0])), relative=None, follows=True), context
    ends = re.search("(?P<last>最[后末新近]的?那?一?[年份]|末[了尾]那?一?年)|最[早先老]的?那?一?[年份]|头一?[年份]|第一[年份]", query.text)
    own = held.bodies[context.agencies[0]].years if len(context.agencies) == 1 and context.agencies[0] in held.bodies else ()
    same = {*query.mention.agencies} <= {*context.agencies} and not query.group and not query.years
    both = re.search("最[早先老]|头一?[年份]|第一[年份]", query.text) and re.search("最[后末新近]|末[了尾]", query.text)
    if both and own and same and context.operation == "coverage":
        operation = "compare" if re.search("差|比|多几|少几", query.text) else query.operation
        return replace(query, years=(min(own), max(own)), relative=None, operation=operation, follows=True), context
    if ends and own and same and context.operation == "coverage":
        return replace(query, years=(max(own) if ends["last"] else min(own),), relative=None, follows=True), context  # of those told
    stepped = context.focus if context.operation == "rank" and context.growth and len(context.years) > 2 else None
    if stepped and same and query.operation == "compare" and not (query.relative or query.has_topic):
        return replace(query, years=(stepped - 1, stepped), follows=True), context  # 涨了百分之多少, after 哪年比上年涨得最猛
    before_it = query.operation == "compare" and query.relative in _YEAR_BEFORE and len(query.years) == 1
    if before_it and not (query.has_topic or query.mention.named or query.group):  # 2023年比上一年涨了吗: counted from the year named
        return replace(query, years=(query.years[0] - 1, query.years[0]), relative=None, follows=True), context
    if (less := _less_a_year(query, context) or _against_an_end(query, context)) is not None:
        return less, context
    much_more = re.search("[多少高低]得多|(?:是不是|还)(?:更|要)[多少高低]", query.text)  # 2023年来的人是不是多得多
    apart = much_more or (
        re.search(r"差了?(?:多少|几)|相差|差距|差额", query.text) and not re.search(r"比|较|上一?年|前一年|同比", query.text)
    )
    one_each = len(query.years) == len(context.years) == 1 and query.years != context.years
    # 2024年这个比例是上升的，没错吧, after 2023: against the year told, which is also the one before
    moved = re.search("(?:上升|下降|提高|降低|走高|走低|上涨|增加|减少)(?:的|了)(?=[,，?？吗么吧]|$)", query.text)
    apart = apart or (moved and one_each and query.years[0] - context.years[0] == 1)
    against = re.search(
        r"[比跟和](?:它|(?:最后|刚才?)?[说讲问查]?的?(?:那|这)一?年)[^,，。]{0,4}[多少高低增减差]", query.text
    )  # 那2024年比它多几件
    if against and query.relative in ("去年", "前年") and not query.years and len(context.years) == 1:  # 去年比最后说的这年多几件
        newest = max((y for b in held.bodies.values() for y in b.years), default=0)
        query = replace(query, years=(newest - (query.relative == "前年"),), relative=None)
        one_each = query.years != context.years
    said = {*query.metrics} <= {*context.metrics} and {*query.channels} <= {*context.channels} and not (query.rows or query.blocks)
    new = query.has_topic and not (against and said)
    against = against or re.match(r"(?:那|这)?(?:大概|约)?(?:是|为|相当于|顶)(?:20)?\d\d年?度?的?[^,，\d]{0,6}[几多]少?倍", query.text)
    if (apart or against) and one_each and not (new or query.mention.named or query.group):  # 那2023年呢，差多少件: against the year told
        return replace(query, years=tuple(sorted((*query.years, *context.years))), operation="compare", follows=True), context
    gap = re.search("(?:跳|略|隔|漏|空|缺|少)(?:过去?|过|掉|了)?的?(?:那|这)?一?年", query.text)
    skipped = tuple(y for y in range(min(context.years, default=0), max(context.years, default=0)) if y not in context.years)
    if gap and len(context.years) > 1 and len(skipped) == 1 and not query.years and not query.has_topic:
        return replace(
            query, years=skipped, relative=None, residue=(), asks_number=True, operation="value", follows=True
        ), context  # 中间跳过去的那一年
    if (odd := _one_of_the_years(query, context)) is not None:
        return odd, context
    if (others := _other_years(query, context, held)) is not None:
        return others, context
    picked = query.condition and not query.years and not query.relative and re.search("那些?年份?|哪[一几些]?个?年|年份", query.text)
    if picked and context.earlier_years and not (query.mention.named or query.group):
        # 非零的那些年份, after those with nothing were picked
        return replace(query, years=_last_spoken_of(context), follows=True), context
    query = _moved_year(_to_the_ends(query, context, held), context)
    than_before = query.operation == "compare" and query.relative in _YEAR_BEFORE
    if than_before and len(context.years) == 1 and not (query.years or query.mention.named or query.group):
        return replace(query, years=(context.years[0] - 1, context.years[0]), relative=None, follows=True), context  # 新收比上年多几件
    which_year = bool(re.search(r"哪[一几些]?个?年|几几年", query.text))
    # 转得最多的一年, after the years with nothing were picked: of all of them
    picked_years = context.condition and context.earlier_years and query.operation == "rank" and re.search("年", query.text)
    if picked_years and not query.years and not query.relative and not re.search("这|其中|里[面头]?", query.text):
        return replace(query, years=_last_spoken_of(context), follows=True), context
    # 哪年最多, after one year and then another: the best of two is no most, so it is asked of all that are held
    of_two = len({*context.earlier_years, *context.years}) == 2 and "最" in query.text and not re.search("[这那]两年|两年[里中]", query.text)
    if which_year and len(context.years) == 1 and context.earlier_years and query.operation == "rank" and not query.years and not of_two:
        query = replace(query, years=_last_spoken_of(context), follows=True)
    elif which_year and query.growth and query.operation == "rank" and len(context.years) == 2 and not query.years:
        query = replace(query, follows=True)  # 哪年跌得最多, after two years were compared
    elif which_year and len(context.years) == 1 and query.operation in ("rank", "value", "find"):
        query = replace(query, follows=True)  # among all that are held
    elif not query.years and not query.relative and context.years:
        # 比上年呢: the year of the last answer against the one before it.
        between = query.mention.named or query.group  # bodies are compared, in the year spoken of
        compared = query.operation == "compare" and len(context.years) == 1 and not between
        after = compared and _told_of_next(query, context)
        compared = compared and (after or not query.has_topic)  # 许可少了一半吗, after 2024 and then 2023: from the one to the other
        query = replace(query, years=(context.years[0] - (not after), context.years[0] + after) if compared else context.years)
    if query.applicants and (context.subject or "").startswith("requests.") and not query.has_cells and not query.channels:
        context = replace(context, metrics=("requests.received",), subject=None, channels=(), matter="")  # applicants stand in the table alone
    return query, context


def _last_spoken_of(context: Context, count: int = 0) -> tuple[int, ...]:
    """The years spoken of, in their order; only the ``count`` spoken of last, where they are counted."""
    return tuple(sorted(tuple(dict.fromkeys((*context.earlier_years, *context.years)))[-count:]))  # [-0:] is all of them


def _told_of_next(query: Query, context: Context) -> bool:
    """Whether a movement is one between the year told last and the one behind it, told before: 一年降了百分之几, after 2024年 and then 2023年."""
    if re.search("上一?年|前一年|同比|去年|往年", query.text):
        return False
    told = {int(c[1]) for c in context.ledger if c[0] in context.agencies[:1] and c[2] in context.metrics}
    return context.years[0] + 1 in told and context.years[0] - 1 not in told


def _one_of_the_years(query: Query, context: Context) -> Query | None:
    """中间那年占合计的, 最高的一年比2024年高百分之几, 俩差多少 after the most and the least: of several years spoken of."""
    years = context.years
    if len(years) < 3 or query.mention.named or query.group:
        return None
    one = re.search("中间(?:那|的)*一?年", query.text) if len(years) % 2 and not query.years else None
    if one and not re.search("占(?:了|到)?(?:合计|总和|总数|总共|全部|这)", query.text):
        own = (sorted(years)[len(years) // 2],)
        return replace(
            query, years=own, relative=None, operation="value" if query.operation == "compare" else query.operation, follows=True
        )
    if query.has_topic:
        return None
    middle = re.search("中间(?:那|的)?一?年|(?:20)?\\d\\d年(?:的|那一?年)?(?=占)", query.text)
    if middle and re.search("占(?:了|到)?(?:合计|总和|总数|总共|全部|这)", query.text) and not query.applicants:
        year = query.years[0] if query.years else sorted(years)[len(years) // 2]
        if (query.years or len(years) % 2) and len(query.years) < 2:
            text = f"{year}年占这几年合计的百分之几"
            return replace(
                query, text=text, asked=text, years=years, relative=None, operation="share", applicants=context.applicants, follows=True
            )
    against = re.search(r"最[多高少低]的?那?一?年[^,，。]{0,4}比", query.text)
    if against and len(query.years) == 1 and query.years[0] in years:
        return replace(query, years=years, relative=None, operation="compare", follows=True)
    if FROM_AN_END.search(query.text) and not query.years:  # 峰值那一年比头一年多几件
        return replace(query, years=years, relative=None, weak=(), residue=(), operation="compare", follows=True)
    end = re.match("(?:那)?最[多少高低]的?那?一?年[跟和与比](?:它|这一?年|那一?年)[^,，]{0,3}[差多少高低]", query.text)
    if end and context.focus is not None and context.operation == "rank":
        return replace(query, text=query.text + "，极差", years=years, relative=None, operation="compare", follows=True)
    both = re.match(r"(?:那)?(?:这|那)?(?:俩|两者|两个|两年|两头)(?:之间)?(?:差|相差)(?:了)?(?:多少|几)", query.text)
    # 差多少, after the year that had most and the one that had least were asked for
    ends = len(context.tables) > 1 and all(t.ranked for t in context.tables[-2:]) and context.tables[-1].cells and {*context.tables[-1].cells} == {*context.tables[-2].cells}
    plain = ends and re.fullmatch(r"(?:那)?(?:相)?差了?(?:多少|几)[件个条次份场万元倍]*[呢啊?？]?|(?:那)?[多少高低]了?(?:多少|几)[件个条次份场]?[?？]?", query.text)
    if (both or plain) and context.focus is not None and context.operation == "rank":
        return replace(query, text=query.text + "，极差", years=years, relative=None, operation="compare", follows=True)
    return None


def _other_years(query: Query, context: Context, held: Directory) -> Query | None:
    """它别的年份各收了多少: the years held of the body spoken of, but those spoken of."""
    asked = re.search(r"(?:别的|其[他它余]|另外(?:的)?)(?:几个|那些|各)?年(?:份|度|的|里|(?=各|分别|都|呢|收|有))", query.text)
    if not asked or query.years or query.operation == "coverage" or query.group or not context.years:
        return None
    years = tuple(sorted({r.year for r in held.reports_of(query.mention.agencies)} - {*context.years}))
    if not years:
        return None
    operation = "compare" if query.operation in ("value", "list", "find") else query.operation
    return replace(query, years=years, relative=None, operation=operation, follows=True)


def _against_an_end(query: Query, context: Context) -> Query | None:
    """比最多的那年低百分之几, after the least of several years: those years again, the one told against the one named."""
    if context.focus is None or len(context.years) < 3 or query.has_topic or query.years or not against_an_end(query.text):
        return None
    return replace(query, years=context.years, relative=None, operation="compare", follows=True)


def _less_a_year(query: Query, context: Context) -> Query | None:
    """2019年的扣掉，总数剩多少, 去掉峰值那年: of the years spoken of, without the one named or found."""
    found = re.search(rf"{TAKEN}(?:了)?(?:那|这)?(?:个)?(?:峰值|顶峰|高峰|低谷|谷底|最[高多低少])的?[那这]?一?[年个]", query.text)
    if found and context.focus and len(context.years) > 2 and not query.years:
        query = replace(query, years=(context.focus,))
    rest = tuple(y for y in context.years if y not in query.years)
    named = list(re.finditer(r"(?:20)?[12]\d年?", query.text))
    left_out = bool(found) or any(LEFT_OUT.search(query.text[: m.start()]) or LEFT_OUT_AFTER.match(query.text[m.end() :]) for m in named)
    if not left_out or not query.years or len(context.years) < 3 or len(rest) + len(query.years) != len(context.years) or query.has_topic:
        return None
    total = re.search("总|共|合计|加", query.text)
    if re.search("均", query.text):
        return replace(query, years=rest, relative=None, operation="value", mean=True, weak=(), residue=(), follows=True)
    operation = "sum" if total or context.operation == "sum" else "compare" if query.operation == "value" else query.operation
    return replace(query, years=rest, relative=None, operation=operation, weak=(), residue=(), follows=True)


def _to_the_ends(query: Query, context: Context, held: Directory) -> Query:
    """比最早那年增了百分之多少: the year spoken of against the first or last that is held of the body."""
    end = re.match("最(早|新|近|晚)", query.relative or "")
    if end is None or query.operation != "compare" or query.has_topic or len(context.years) != 1 or query.years:
        return query
    years = sorted({r.year for r in held.reports_of(query.mention.agencies)})
    if len(years) < 2:
        return query
    other = years[0] if end[1] == "早" else years[-1]
    return replace(query, years=tuple(sorted({other, *context.years})), relative=None) if other not in context.years else query


YEARS_COUNTED = re.compile(r"(?<![近前第哪最])([两二三四五六])个?(?:年|年度)")


THAT_YEAR = ("那年", "那一年", "当年", "同年", "同一年")
BACK = re.compile(r"前一年|头年|头一年|再前一年|再?早一年|再?往前推?一年|上年度?|上一年度?")


def _told_again(query: Query, context: Context) -> bool:
    """Whether what a question names was told by the last answer, beside others: 处罚降了多少, after 处罚 and 强制 of two years."""
    rows = {m.partition(".")[0] for m in context.metrics}
    named = {*query.metrics} <= {*context.metrics} and {*query.rows} <= rows and not (query.blocks or query.subject or query.channels)
    return len(context.metrics) > 1 and named


def _from_the_focus(query: Query, context: Context) -> Query | None:
    """比前一年少多少, 那年的前一年, 比2019年多出几件, after 哪年最少: from the year that was found."""
    focus = context.focus
    if focus is None or len(context.years) < 2 or (query.has_topic and not query.follows):
        return None
    compares = query.operation == "compare" or query.growth
    if compares and len(query.years) == 1 and query.years[0] != focus and re.match("(?:那|它|那年)?(?:比|较|跟|和)", query.text):
        return replace(query, years=tuple(sorted((focus, *query.years))), relative=None, operation="compare", follows=True)
    if query.years:
        return None
    before = re.search("[那这]一?年的?(?:[上前头]一?年|前面?一年)", query.text) or (query.relative and BACK.fullmatch(query.relative))
    after = re.search("[那这]一?年的?(?:后|下)一年", query.text) or re.fullmatch("后一年|次年|翌年|下一年度?|第二年", query.relative or "")
    if not (before or after):
        return None
    other = focus - 1 if before else focus + 1
    if compares:
        return replace(query, years=tuple(sorted((focus, other))), relative=None, operation="compare", follows=True)
    operation = "value" if query.operation == "rank" else query.operation
    return replace(query, years=(other,), relative=None, operation=operation, follows=True)


_ONWARD = re.compile("后一年|接下来那?一?年|次年|翌年|下一年度?|第二年")


def _moved_year(query: Query, context: Context) -> Query:
    """The year before or after the one spoken of; and both of two that were spoken of one after the other."""
    spoken = {*context.years, *context.earlier_years}
    both_ends = re.search("(?:头|首|第)一?年[跟和与](?:最后|末)一?年", query.text)
    if both_ends and len(context.years) == 1 and len(spoken) > 2 and not query.years:
        return replace(query, years=(min(spoken), max(spoken)), relative=None, operation="list", follows=True)
    last = re.match("(?:那)?(?:最后|末)(?:那|的)?一?年比(?:前|上)一?年", query.text)
    if last and len(context.years) > 1 and not (query.has_topic or query.years):
        return replace(query, years=(max(context.years) - 1, max(context.years)), relative=None, operation="compare", follows=True)
    if (moved := _from_the_focus(query, context)) is not None:
        return moved
    aside = re.search(rf"(?:{TAKEN})[这那]([两三四五])年[,，]?(?:其[他它余]|剩下|余下|另外)的?", query.text)
    others = tuple(sorted({*context.earlier_years} - {*context.years}))
    if aside and COUNTS[aside[1]] == len(context.years) and others and not query.years:
        return replace(query, years=others, relative=None, follows=True)  # 抛开这两年，其他四年合计
    same = re.search("同样的?这?([两三四五六])年", query.text)
    every = _last_spoken_of(context)
    if same and COUNTS[same[1]] == len(every) > len(context.years) and not query.years:
        return replace(query, years=every, relative=None, follows=True)  # 换成碧原市城管局，同样四年
    named = re.match("(?:那)?(?P<what>[\u4e00-\u9fff]{2,8}?)(?:[增减][加少长]|[少多增减涨降下][了出降])", query.text)
    own = {*query.mention.agencies} <= {*context.agencies}
    differs = query.operation == "compare" and own and not (query.years or query.relative or query.channels)
    if differs and named and len(every) == 2 and len(context.years) == 1 and named["what"] in context.matter:
        return replace(query, years=every, follows=True)  # 网民留言少了多少件, after two things of one year and then of another
    count_years = counted(YEARS_COUNTED, query.text)
    if query.relative == "这几年" and len(context.years) == 2 and re.search("哪一?年|最[多少高低]", query.text):
        return query  # 这几年哪年最多, after two were compared: of all that are held
    if query.relative in ("这几年", "每年", "各年", "逐年", "各个年份") and len(context.years) > 1 and not query.years:  # 平均每年
        return replace(query, years=context.years, relative=None, follows=True)
    summed = len(context.agencies) > 1 and context.operation == "sum"
    over = re.match(r"(?:那)?比(?:20)?\d\d年?(?:的)?(?:合计|总和|总数|总量)[多少高低差]", query.text)
    if over and summed and len(query.years) == len(context.years) == 1 and not query.has_topic:
        # 比2024年的合计多了多少, after the sum of several bodies in 2023
        return replace(query, years=tuple(sorted((*query.years, *context.years))), relative=None, operation="sum", follows=True)
    these = re.search(r"[这那]([两三四五六])年", query.text)
    if these and COUNTS[these[1]] == len(every) > len(context.years) and not query.years:
        return replace(query, years=every, relative=None, follows=True)  # 这两年, told one after the other
    if these and COUNTS[these[1]] == len(context.years) and not query.years:
        return replace(query, years=context.years, relative=None, follows=True)  # 这两年平均每年
    if (
        len(context.years) > 1
        and not query.years
        and re.search(
            "首尾两?年|头尾两?年|(?:后面|后头|后)(?:那|的)?一?年[比跟和](?:前面|前头|前)(?:那|的)?一?年|(?:头|首|第|最早|最初|开头)(?:那|的)?一?年[跟和与比到][^,，]{0,2}(?:末|最后|末尾|最近)(?:那|的)?一?年|起止年|末年[^,，。]{0,3}[比跟和](?:头|首)年|(?:最近|最后)(?:那|这)?一年[^,，。]{0,3}[比跟和](?:头一?年|首年|第一年|最早那?一?年|最初那?一?年|开头那?一?年)|(?:同样|同)的?(?:起止|首尾)",
            query.text,
        )
    ):
        return replace(query, years=(min(context.years), max(context.years)), relative=None, operation="compare", follows=True)
    top = re.search(
        "(?:[那这]个?(?:顶峰|高峰|峰值|低谷|谷底)|(?:[那这]个?|从|比)最[多高少低]的?那?一?年|(?:从|比)(?:顶峰|高峰|峰值|低谷|谷底)(?:那|的)?一?年)",
        query.text,
    )
    if top and context.focus and len(query.years) == 1 and query.years[0] != context.focus and not query.has_topic:
        return replace(query, years=tuple(sorted((context.focus, *query.years))), relative=None, operation="compare", follows=True)
    later = [y for y in context.earlier_years if len(context.years) == 2 and y > max(context.years)]
    if later and not query.years and not query.has_topic and re.match("后来|随后|之后|接着|再后来", query.text):
        return replace(query, years=(max(context.years), min(later)), relative=None, operation="compare", follows=True)  # 后来又回升了几件
    around = sorted({*context.earlier_years, *context.years})
    if len(context.years) == 1 and len(around) == 2 and not query.years and re.search("中间(?:那|的)*一?年", query.text):
        return replace(query, years=tuple(range(around[0] + 1, around[1])) or context.years, relative=None, asks_number=True, follows=True)
    next_ones = re.search("(?:后|接下来|之后|紧?接着|往后)(?:面|头|边)?的?([两二三])年", query.text)
    if next_ones and len(context.years) == 1 and not query.years:
        return replace(query, years=tuple(context.years[0] + 1 + n for n in range(COUNTS[next_ones[1]])), relative=None, follows=True)
    times = re.search("(?:最后|末)(?:那|的)?一?年(?:的)?是(?:第一|头|首|最早)(?:那|的)?一?年(?:的)?(?:几|多少)倍", query.text)
    if times and len(context.years) > 1 and not query.years:
        return replace(query, years=(min(context.years), max(context.years)), relative=None, operation="compare", follows=True)
    final = re.search("最后那?一?年|末年|末尾那?一?年", query.text)
    around = sorted({*context.earlier_years, *context.years})
    if final and len(context.years) == 1 < len(around) and not query.years and query.operation != "compare":
        return replace(query, years=(around[-1],), relative=None, follows=True)  # 最后一年里…, after the one in the middle
    if (
        final
        and len(context.years) > 1
        and query.years
        and (query.operation == "compare" or query.growth or re.search("较|比", query.text))
    ):
        return replace(
            query, years=tuple(sorted({max(context.years), *query.years})), relative=None, operation="compare"
        )  # 最后一年较2023年
    since = re.search(r"[从自](?:那|当|彼)(?:时候?|会儿?|一?年)?起?[到至]", query.text)
    if since and len(query.years) == len(context.years) == 1 and query.years != context.years:
        return replace(query, years=tuple(sorted((*context.years, *query.years))), relative=None, operation="compare", follows=True)
    if query.relative in ("后一年", "第二年") and len(context.years) == 2:
        return replace(query, years=(max(context.years),), relative=None, follows=True)  # 后一年里: of the two spoken of
    ends = re.search(r"(?P<last>后面那?一?年|末年|最后那?一年|末尾那?一?年)|(?P<first>前面那?一?年|首年|起始年|第一年)", query.text)
    if ends and len(context.years) > 1 and not query.years:
        return replace(query, years=(max(context.years) if ends["last"] else min(context.years),), relative=None, follows=True)
    joined = re.search(r"(?:连|加上|算上|连同|包括)[^,，]{0,3}\d\d(?:年|在内|一共|总共|一起|共)", query.text)
    every = tuple(sorted({*context.years, *query.years}))
    if joined and query.years and count_years in (0, len(every)) and (count_years or re.search("共|总|合计|加起来", query.text)):
        return replace(query, years=every, relative=None, operation="sum", weak=(), residue=(), follows=True)
    if len(context.years) == 2 and not query.years and re.search(r"中间(?:那|的)*一?年", query.text):
        between = tuple(range(min(context.years) + 1, max(context.years)))
        return replace(query, years=between or context.years, relative=None, asks_number=True, operation="value", follows=True)
    if (
        context.focus
        and not query.years
        and not query.relative
        and re.search("(?:^|[,，])(?:那|就)?(?:只?[看说问要])?[这那]一?年(?!里|间|度|份)", query.text)
    ):
        return replace(query, years=(context.focus,), relative=None)  # 这一年走网站的占多少
    if context.focus and query.relative in ("那年", "那一年") and query.operation != "rank":
        return replace(query, years=tuple(sorted({context.focus, *query.years})), relative=None)  # 从那年到2024
    back = query.relative is not None and bool(BACK.fullmatch(query.relative))
    moves = query.operation == "compare" or (query.operation == "rank" and query.growth)
    if back and moves and context.operation in ("compare", "rank", "list") and len(context.years) == 2 and not query.has_topic:
        return replace(query, years=context.years, relative=None, follows=True)  # 比上一年少了的呢, after 比2023年多的
    against = query.operation == "compare" or "倍" in query.text
    if against and back and len(context.years) == 1 and not query.has_topic:
        year = context.years[0]
        after = context.earlier_years[-1:] == (year + 1,)  # 2024年, 2023年, 是前一年的几倍: of the two spoken of
        return replace(query, years=(year, year + 1) if after else (year - 1, year), relative=None, follows=True)
    onward = query.relative is not None and bool(_ONWARD.fullmatch(query.relative))
    if against and onward and len(context.years) == 1 and not (query.years or query.has_topic):
        # 下一年是涨是跌: against the year told
        return replace(query, years=(context.years[0], context.years[0] + 1), relative=None, operation="compare", follows=True)
    grows = query.operation == "rank" and query.growth
    again = (query.operation == "compare" or grows or "倍" in query.text) and not query.years and not query.relative
    again = again and (not query.has_topic or _told_again(query, context))
    if again and len(context.years) == 1 and context.earlier_years and not re.search(r"同比|环比|逐年|趋势|走势", query.text):
        count = counted(YEARS_COUNTED, query.text)  # 两年差几件: between the last two spoken of; 差几件: among those spoken of
        return replace(query, years=_last_spoken_of(context, count if count > 1 else 0))
    bodies = len(query.mention.named) > 1 or query.group is not None
    if query.relative in THAT_YEAR and bodies and len(context.years) == 1 and not query.years:
        return replace(query, years=context.years, relative=None)  # 那一年教育厅比公安厅少几件: bodies are compared, not years
    if query.years or not context.years or (query.operation == "compare" and not re.search(r"[两二]个?年", query.text)):
        return query
    count = counted(YEARS_COUNTED, query.text)
    if count > len(context.years) and count <= len({*context.earlier_years, *context.years}):
        operation = "sum" if re.search(r"[加合总共累]", query.text) else "compare"
        operation = "rank" if query.operation == "rank" else operation
        return replace(query, years=_last_spoken_of(context, count), relative=None, operation=operation)
    if (
        count > len(context.years) and len(context.years) == 1 and not re.search("[这那]同?样?这?[两三四五六]年|同样", query.text)
    ):  # 三年平均下来: those that end with the year spoken of
        return replace(query, years=tuple(range(context.years[0] - count + 1, context.years[0] + 1)), relative=None)
    if query.relative in THAT_YEAR:
        of_pair = query.relative in ("同年", "同一年") and context.operation == "compare" and len(context.years) == 2
        return replace(
            query, years=context.years[-1:] if of_pair else context.years, relative=None
        )  # 同年, after 2024年比2023年: the former
    if query.relative in ("次年", "后一年", "第二年") and re.match("那(?:个)?(?:次年|后一年|第二年)", query.text) and context.earlier_years:
        return replace(query, years=context.years, relative=None)  # 那次年的现行有效件数: of the year that was told as 次年
    if query.relative in ("头一年", "头年") and len(context.years) > 2 and not re.search("比|较|再", query.text):
        return replace(
            query, years=(min(context.years),), relative=None
        )  # 头一年里头企业提的, after three years were told: the first of them
    alone = query.relative in ("上一年", "上一年度") and not (query.mention.spans or query.group)
    plain = (
        query.relative in ("前一年", "头一年", "再前一年", "再早一年", "早一年", "往前一年", "再往前一年", "往前推一年", "再往前推一年")
        or alone
        or not query.has_topic
        or (query.section and not query.has_cells)
    )
    alike = query.mention.agencies and not {*query.mention.agencies} & {*context.agencies} and "再" not in query.text
    if back and alike and len(context.years) == 1 and context.earlier_years[-1:] == (context.years[0] + 1,):
        return replace(query, years=context.years, relative=None)  # 甲前一年的金额, 乙的前一年呢: the same year
    if query.relative and plain and BACK.fullmatch(query.relative):
        return replace(query, years=(min(context.years) - 1,), relative=None)
    if onward:
        return replace(query, years=(max(context.years) + 1,), relative=None)
    return query
