"""Follow-ups: what a question takes over from the answer before it.

A question is a set of slots. What it fills itself replaces what was spoken of; what it leaves open is taken over:

| slot | filled by | left open | counted (两家, 三样, 两年) |
|---|---|---|---|
| body | a name, a group, 它, 这家 | the bodies of the last answer; a place alone: the body of the same field there | that many of the last answers' bodies |
| year | a year, 前一年, 后一年 | the years of the last answer; a difference of one year: that year and the other one spoken of | that many of the last answers' years |
| metric | a row, block, reason, subject, channel | those of the last answer; a column or result alone: of the row or block spoken of | that many of the last answers' things |
| applicant | a column of table three | that of the last answer, unless a total is asked for | that many |
| operation | 占比, 合计, 比, 列表, 排 … or a number asked for | that of the last answer, where only body, year, applicant or metric changes | things that are counted and asked for as one number are added up |
| condition | 超过…, 没有 … | that of the last answer over the same group; a bound of its own picks, whatever was done before | – |
| rank | 第二名, 最少, 倒过来 | that of the last answer over the same group | – |

A question that fills the metric and the operation itself, or says that it is another one, starts anew.

What the last answer was about comes with the question (context.py); the bodies are taken over first (spoken/bodies.py), the rest by the rules
at the end of this file, in their order; those of the years, of the rows of the form, of the text and of cells told before stand in spoken (years, rows, texts, cells).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.forms import LEGAL_PERSONS, metrics
from service.agencies import Mention
from service.cells import natural_base
from service.conditions import state_in
from service.context import Context
from service.directory import Directory
from service.follow import SO_MANY_OF, Found, asks_total, counted, is_elliptic, operation_again
from service.lexicon import find_terms
from service.operation import MENTIONED, OF_TEXT, asks_share
from service.query import REQUEST_CHANNELS, Query
from service.remainder import asks_closed, closed_of, is_part, parts_of
from service.replacing import replace
from service.spoken.base import each
from service.spoken.bodies import same_bodies
from service.spoken.cells import (
    between_told,
    former_of_told,
    of_their_sum,
    one_of_two,
    percent,
    same_ratio,
    term_of_share,
    times_of_it,
    turned_round,
    two_results,
    which_it_was,
)
from service.spoken.places import names_a_place
from service.spoken.rows import (
    added,
    both_rows,
    column_of_row,
    columns_again,
    filed_of_these,
    first_of_them,
    granted,
    how_dealt_with,
    how_it_ended,
    less_some,
    nth_of_them,
    of_the_five,
    other_rows,
    part_of_them,
    result_of_block,
    results_of_it,
    rows_ranked,
    share_of,
    shares_of_each,
    the_rest,
    these_rows,
    this_outcome,
    this_reason,
    this_result,
    total_column,
    weak_alone,
    which_reasons,
    who_applied,
    whole_of_them,
    within_block,
)
from service.spoken.texts import (
    another_matter,
    channels_apart,
    channels_together,
    done_about_it,
    elsewhere_too,
    every_way,
    own_channels,
    quote_of_it,
    same_matter,
    same_point,
    same_published,
    share_of_channel,
    text_or_table,
    what_they_are_about,
)
from service.spoken.together import two_compared
from service.spoken.years import BACK, THAT_YEAR, YEARS_COUNTED, which_years
from service.unknown_parts import part_named
from service.years import years_ago


def inherit(query: Query, context: Context | None, held: Directory) -> Query:
    """The query completed from the context: what is not said again stays, what is said replaces, a new topic resets."""
    if context is None:
        return query
    query = _of_the_rates(_more_or_less(_counted_back(_as_of_now(query, context, held), context), context), context)
    query = _moved_again(_in_points(query, context), context)
    query = _no_part_of_it(query, context)
    for rule in _RULES:
        found = rule(query, context, held)
        if isinstance(found, Query):
            return _of_the_same_whole(found, context)
        if found is not None:
            query, context = found
    return _the_same_again(query, context)


_OWN_NAME = 4  # characters: 部分公开, 过程性信息; but 驳回, 撤回, 涉密 may be said of cases and documents of any kind


def _no_part_of_it(query: Query, context: Context) -> Query:
    """驳回的呢, 其中网上的几件, after reviews or licences were told: a part that these are not divided into, and no figure of requests."""
    own = (query.metrics and all(m.startswith("outcome.") for m in query.metrics)) or (query.channels and {*query.channels} <= REQUEST_CHANNELS)
    told = bool(context.metrics) and not any(m.startswith(("requests.", "outcome.", "rate.")) for m in context.metrics)
    told = told or bool(not context.metrics and context.subject and not context.subject.startswith("requests."))  # 保密的呢, after training
    if not own or not told or query.mention.agencies or query.blocks or query.results or "申请" in query.text:
        return query
    what = part_named(query.text)
    if what is None or any(h.end - h.start >= _OWN_NAME and not h.weak for h in find_terms(what)):
        return query  # 部分公开的呢: a row of the form by a name of its own, and nothing that cases of another kind are divided into
    return replace(query, metrics=(), rows=(), weak=(), channels=(), subject=None, qualifier=what, unit_only=True, follows=True)


def _of_the_same_whole(query: Query, context: Context) -> Query:
    """执法案卷呢, after 不予公开里第三方占多少: a share of the same whole, where the row is a part of it."""
    whole = metrics().get(context.base or "")
    part = len(query.metrics) == 1 and whole is not None and query.metrics[0] in whole.parts
    share = query.operation == "share" and query.base is None and query.shares is None
    if share and part and context.operation == "share":
        return replace(query, base=context.base)
    # 国家秘密占多少, after 不予公开一共几件
    told = context.metrics[0] if len(context.metrics) == 1 else ""
    inner = len(query.metrics) == 1 and told in metrics() and query.metrics[0] in metrics()[told].parts and told.startswith("outcome.")
    return replace(query, base=told) if share and inner and len(context.agencies) == 1 else query


def _of_the_rates(query: Query, context: Context) -> Query:
    """谁最低？百分之几, after rates: of the rates, and not of how they moved."""
    if query.operation != "rank" or not query.growth or re.search("[涨升增降减跌掉变]|提高", query.text):
        return query
    rates = context.operation == "share" or (context.metrics and all(m.startswith("rate.") for m in context.metrics))
    return replace(query, growth="") if rates else query


_POINTS = re.compile("[高低多少差][出了]?(?:多少|几)个?(?:百分)?点(?!钱)")


def _in_points(query: Query, context: Context) -> Query:
    """高多少个点, after the shares of several bodies: how far these lie apart, and no counts."""
    again = context.operation == "share" and len(context.agencies) > 1 and not (query.has_topic or query.mention.agencies)
    return replace(query, operation="share", follows=True) if again and _POINTS.search(query.text) else query


def _moved_again(query: Query, context: Context) -> Query:
    """前三名, after who grew or fell most: of how much they did, and not of what they have."""
    again = query.operation == "rank" and query.unit_only and not query.growth and not (query.years or query.relative or query.residue)
    told = context.operation == "rank" and context.growth and context.group and len(context.years) == 2
    return replace(query, growth=context.growth) if again and told else query


# 现在还管用的有几件; but 现在再看2023年, 现在我想问
_NOW = re.compile("(?:现在|现如今|如今|眼下|目前)(?!再|就|[问看查说想要换改请我给帮把来])")


def _as_of_now(query: Query, context: Context, held: Directory) -> Query:
    """他们现在还管用的有多少件, after an earlier year was told: the newest year that is held of the body."""
    if query.years or query.relative or len(context.years) != 1 or not _NOW.search(query.text):
        return query
    newest = max((r.year for r in held.reports_of_kin(query.mention.agencies or context.agencies)), default=0)
    return replace(query, years=(newest,)) if newest > context.years[0] else query


def _counted_back(query: Query, context: Context) -> Query:
    """上一年总案数是多少, 两年前呢: the year so far before the one that was told, whatever else is taken over."""
    if (ago := years_ago(query.relative)) and not query.years and len(context.years) == 1:
        told = context.years[0]  # 两年前才多少, 跟三年前比多了几件
        against = query.operation == "compare" or re.search(f"[比较跟和与同].{{0,2}}{query.relative}", query.text)
        return replace(query, years=(told - ago, told) if against else (told - ago,), relative=None)
    back = query.relative is not None and BACK.fullmatch(query.relative) and not query.years and len(context.years) == 1
    carried = any(m.startswith("requests.carried") for m in (*query.metrics, *query.weak))  # 接手上年的旧件: what came from that year
    if (
        not back
        or carried
        or query.growth
        or query.operation in ("compare", "rank", "find")
        or re.search(f"[比较跟和与同].{{0,2}}{query.relative}", query.text)
    ):
        return query
    named = {*query.metrics} or {*query.weak}
    other = (named and not named & {*context.metrics}) or query.rows or query.blocks
    if other and "再" not in query.text and context.earlier_years[-1:] == (context.years[0] + 1,):
        return replace(query, years=context.years, relative=None)  # 前一年呢, and then of another thing 前一年收了几件: the same year
    return replace(query, years=(context.years[0] - 1,), relative=None)


_EITHER_WAY = re.compile(
    "[多增涨升][^,，。?？]{0,3}还是[^,，。?？]{0,3}[少减降跌]|[少减降跌][^,，。?？]{0,3}还是[^,，。?？]{0,3}[多增涨升]"
)


def _more_or_less(query: Query, context: Context) -> Query:
    """到24年还有几件？少了还是多了, after 2023 was told: both years."""
    one = len(query.years) == 1 and len(context.years) == 1 and query.years != context.years and not query.relative
    other = (query.metrics and {*query.metrics} != {*context.metrics}) or (query.applicants and query.applicants != context.applicants)
    alike = "也一样多" in query.text and not other
    if not one or not (_EITHER_WAY.search(query.text) or alike) or len(context.agencies) != 1 or query.group or query.mention.named:
        return query
    return replace(query, years=tuple(sorted((*context.years, *query.years))), operation="compare")


def _another_topic(query: Query, context: Context, held: Directory) -> Found:
    own = query.has_topic or query.weak or query.years or query.relative or query.mention.agencies or query.applicants
    goes_on = query.operation in ("sum", "list", "share", "compare", "rank", "where") or query.results or query.columns or query.follows
    if (
        re.match("对了|顺便问", query.text)
        and len(query.text) > 6
        and not own
        and not goes_on
        and not (query.group and not query.group.vague)
    ):
        # 对了家里水表坏了找谁修: looked for in the report spoken of, and no figure told again
        return replace(query, group=None, mention=Mention(context.agencies[:1]), years=context.years[-1:], operation="find")
    if not re.search(r"换个(?:话题|问题)|(?:另外|再)问(?:个|一个)别的|问个?别的", query.text):
        return None
    return same_bodies(query, Context(agencies=context.agencies), held) if _BACK_TO.search(query.text) else query


def _held_of_another(query: Query, context: Context, held: Directory) -> Found:
    """教育局的呢, after it was told which years are held of a body: which are held of that one."""
    own = query.has_topic or query.weak or query.applicants or query.years or query.relative or query.group or query.residue
    if context.operation != "coverage":
        return None
    counted = re.fullmatch("(?:那)?(?:总共|一共|拢共|共)?(?:有|收录?)?了?(?:多少|几)[家个](?:单位|机关|部门)?[呀啊呢]?[?？]?", query.text)
    if counted and not query.has_topic and not query.years:
        return replace(query, operation="coverage", mention=Mention(()), follows=True)  # 总共多少家单位, of all that are held
    if context.group or own or not query.mention.agencies or not query.follows:
        return None
    return replace(query, operation="coverage")


def _thing_told_before(query: Query, context: Context, held: Directory) -> Found:
    """一共多少件, after something that no report writes was asked: of what was told last, and not of 申请 because 件 counts these."""
    told = context.metrics or context.subject or context.section is not None
    if told or not query.unit_only or not query.asks_number or query.operation == "find" or not context.ledger:
        return None
    last = context.ledger[-1]
    if last[2] not in metrics() or last[0] not in held.bodies:
        return None
    return query, replace(context, metrics=(last[2],), applicants=(last[3],) if last[3] not in ("", "total") else ())


def _taken_in(query: Query, context: Context, held: Directory) -> Found:
    """隔壁街道收了多少, after what was charged: of that, and not of requests received."""
    charged = context.metrics and all(m.startswith("fees.") for m in context.metrics)
    received = {*query.metrics, *query.weak} == {"requests.received"} and not query.rows and not query.blocks
    if charged and received and re.search("(?<!新)收了?(?:多少|几)(?![件份宗])", query.text) and "申请" not in query.text:
        return replace(query, metrics=(), weak=(), subject=None, residue=(), unit_only=False), context
    return None


def _charged(query: Query, context: Context, held: Directory) -> Found:
    """24年收费哪家高, 收费这两年呢: the row of that name, unless the fee for an answer was spoken of."""
    if {*query.weak} != {"fees"} or query.has_topic or context.subject == "handling_fee" or "收费" not in query.text:
        return None
    operation = query.operation if query.operation != "find" else "rank" if query.group else "value"
    return replace(query, rows=("fees",), columns=query.columns or ("amount",), weak=(), operation=operation, follows=True), context


def _same_applicant(query: Query, context: Context, held: Directory) -> Found:
    """同一类申请人分别是多少: of the applicants spoken of."""
    if context.applicants and not query.applicants and re.search("(?:同一?|这|那)(?:一)?[类种]的?(?:申请人|机构|单位|主体|人)", query.text):
        return replace(query, applicants=context.applicants, metrics=query.metrics or context.metrics), context
    return None


def _received(query: Query, context: Context, held: Directory) -> Found:
    """有没有哪家一件都没收到, after an outcome: of what came in."""
    outcome = context.metrics and all(m.startswith(("outcome.", "requests.carried")) for m in context.metrics)
    outcome = outcome or context.subject in ("days", "ontime")  # 那总共收了几件, after how long it took
    if OF_TEXT.search(query.text):
        return None
    plain = query.weak in ((), ("requests.received",)) and not query.subject_only and not query.has_cells
    if (
        outcome
        and plain
        and re.search(r"收到|接到|没收|收得最[多少]|收[了着](?:几|多少)(?![条篇钱万元])|[递提交报]了(?:多少|几)[件份]", query.text)
    ):
        return replace(query, metrics=("requests.received",), weak=()), context
    return None


def _closed(query: Query, context: Context, held: Directory) -> Found:
    """那已经审结的呢, after cases were told: all of them but those that are open."""
    block = context.metrics[0].rpartition(".")[0] if len(context.metrics) == 1 else ""
    asked = block.startswith(("review", "litigation")) and asks_closed(query.text) and not query.has_topic and query.operation != "share"
    if not asked or query.blocks:
        return None
    mention = query.mention if query.mention.agencies else Mention(context.agencies[:1])
    return replace(closed_of(query, block), years=query.years or context.years, follows=True, mention=mention)


def _total_of_row(query: Query, context: Context, held: Directory) -> Found:
    """合计是多少, 同一行的总计填了没有, after one kind of applicant's number was told alone: the row's total."""
    alone = len(context.applicants) == len(context.metrics) == len(context.agencies) == 1 and context.applicants != ("total",)
    last = {c[3] for c in (*context.ledger, *context.told) if c[2:3] == context.metrics[:1]}  # a sum over rows stands in no ledger
    asked = re.fullmatch(
        "(?:那)?(?:加起来|总计|合计|总数)(?:那一?[格栏])?(?:是|有|填的?)?(?:了)?(?:多少|几|什么|没有?|吗)*[件个]?[呢啊]?[?？]?", query.text
    )
    if not alone or last - {"total"} != {*context.applicants} or not asked or context.operation not in ("value", "exists"):
        return None
    return replace(
        query, metrics=context.metrics, applicants=("total",), results=(), weak=(), years=context.years, operation="value", asks_number=True,
        follows=True, together=False, mention=Mention(context.agencies), residue=(),
    )  # fmt: skip


def _total_of_block(query: Query, context: Context, held: Directory) -> Found:
    """一共呢, after the results of one kind of cases were told: their total."""
    blocks = {m.rpartition(".")[0] for m in context.metrics}
    if len(blocks) != 1:
        return None
    block = blocks.pop()
    if (
        query.blocks == (block,)
        and f"{block}.total" in metrics()
        and f"{block}.total" not in context.metrics
        and not ({*query.results} - {"total"} or query.metrics or query.residue)
        and query.operation in ("value", "list")
    ):  # 行政复议总共呢, after those set right: the kind of cases as a whole
        return replace(query, metrics=(f"{block}.total",), blocks=(), results=(), subject=None), context
    of_cases = bool(re.match("review|litigation", block)) and not query.has_topic
    results = of_cases and len(context.metrics) > 1 and query.operation == "compare" and f"{block}.total" in metrics()
    whole = f"{block}.total" in context.metrics and not query.results  # 降了多少件, after all results with their total
    if results and (whole or re.search("总(?:案件|案|件)?(?:数|量)", query.text)):
        return replace(query, results=(), weak=()), replace(context, metrics=(f"{block}.total",))  # 总件数比前年多出几件
    if (
        of_cases
        and context.operation == "share"
        and len(context.agencies) == 1
        and re.search("总(?:案|件)?(?:数|量)|总计|(?:一共|总共|总计|加起来)(?:是|有)?(?:多少|几)", query.text)
        and "占" not in query.text
    ):
        years = query.years or (() if query.relative else context.years)
        return replace(
            query, metrics=(f"{block}.total",), results=(), weak=(), years=years, operation="value", asks_number=True, follows=True,
            mention=Mention(context.agencies[:1]),
        )  # fmt: skip
    if len(context.metrics) < 2 or not re.fullmatch("(?:那)?(?:一共|总共|合计|总计)(?:是|有)?(?:多少|几)?[件个]?[呢啊]?[?？]?", query.text):
        return None
    if f"{block}.total" not in metrics() or block.startswith("outcome") or len(context.agencies) != 1:
        return None
    if len(context.metrics) < 4:  # of some of the results: what they come to
        return replace(
            query, metrics=context.metrics, results=(), weak=(), years=query.years or context.years, operation="sum", joined=True,
            together=True, asks_number=True, follows=True, mention=Mention(context.agencies[:1]),
        )  # fmt: skip
    return replace(
        query, metrics=(f"{block}.total",), results=(), weak=(), years=query.years or context.years, operation="value", asks_number=True,
        follows=True, mention=Mention(context.agencies[:1]),
    )  # fmt: skip


def _of_requests(context: Context) -> bool:
    """Whether all that was told last counts requests, as they came in or as they were answered."""
    return bool(context.metrics) and all(m.startswith(("requests.", "outcome.")) for m in context.metrics)


def _which_ways(query: Query, context: Context, held: Directory) -> Found:
    """那几件是通过什么方式递的, after how many there were: by the ways in which they came, not by who sent them."""
    ways = re.search(
        "(?:什么|啥|哪[些几种]?种?)(?:样的)?(?:方式|渠道|途径|路子|门路)|怎么(?:递|提|交|送|寄)(?:上来|进来|过来)?的", query.text
    )
    if not ways or not _of_requests(context) or query.has_cells or len(query.channels) == 1:
        return None
    return replace(
        query, subject="requests.received", weak=(), applicants=(), operation="list", years=query.years or context.years, asks_number=False,
        residue=(), attributive=None, follows=True,
    )  # fmt: skip


def _what_divides(query: Query, context: Context, held: Directory) -> Found:
    """分母是哪个数, after a share: the whole that it was the share of."""
    asked = re.search(r"分(?P<which>母|子)(?:是|用的?)?(?:是)?(?:哪一?个|什么|多少|几)", query.text)
    if not asked or context.operation != "share" or len(context.metrics) < 1 or query.has_topic:
        return None
    whole = context.base or natural_base(context.metrics[0])
    wanted = context.metrics if asked["which"] == "子" else (whole,) if whole else ()
    if not wanted:
        return None
    people = context.applicants if asked["which"] == "子" else ()
    years = query.years or context.years
    return replace(query, metrics=wanted, base=None, operation="value", years=years, applicants=people, residue=(), follows=True)


def _bodies(query: Query, context: Context, held: Directory) -> Found:
    return two_compared(same_bodies(query, context, held), context, held), context


def _by_the_same_rule(query: Query, context: Context, held: Directory) -> Found:
    """2020年按这个算法（公开加部分公开）呢: the reckoning spoken of, however it is described."""
    again = re.search(
        r"按(?:照)?(?:这|那)个?[^,，]{2,12}的(?:算法|口径)|按(?:照)?(?:这|那|同|上面|刚才|前面|后面)这?那?[个种样]?的?(?:算法|口径|办法|法子|标准|公式)|同样的?(?:算法|口径|公式)|同口径|同法|同一个?(?:算法|口径)|照[这此]样?[个么]?(?:算|口径)|(?:按|照|用)[^,，]{0,4}一?种?(?:口径|算法|办法)|同样算",
        query.text,
    )
    outside = re.sub(r"[(（][^()（）]*[)）]", "", query.text.replace(again.group(), "") if again else query.text)
    if any(h.kind in ("metric", "row", "block") and not h.weak for h in find_terms(outside)):
        return None  # 行政强制呢，同样的算法: the thing is another one
    if (
        not again
        or not context.metrics
        or query.operation in ("define", "coverage", "where")
        or not (query.years or query.mention.agencies or query.applicants or query.relative)
    ):
        return None
    if query.relative and not query.years and BACK.fullmatch(query.relative) and len(context.years) == 1:
        query = replace(query, years=(context.years[0] - 1,), relative=None)  # 上一年度按这个口径
    both = tuple(sorted({*context.years, *context.earlier_years}))
    if not query.years and counted(YEARS_COUNTED, query.text) == len(both) > 1:
        query = replace(query, years=both, relative=None)  # 碧原这两年也照后一种口径
    return replace(
        query, metrics=context.metrics, base=context.base, operation=context.operation, rows=(), columns=(), blocks=(), results=(), weak=(),
        residue=(), subject=None, shares=None, applicants=query.applicants or context.applicants, follows=True, attributive=None, qualifier=None,
        years=query.years or (() if query.relative and query.relative not in THAT_YEAR else context.years),
        singled=query.singled or (context.singled if {*context.singled} <= {*query.mention.agencies} else ()),
    )  # fmt: skip


def _parted_again(query: Query, context: Context, held: Directory) -> Found:
    """2021年的也照样拆一遍, after the largest of several parts was told: all of them again."""
    if query.has_topic or len(context.metrics) != 1 or not re.search("[照同一]样(?:地|再)?[拆列分]", query.text):
        return None
    own = context.metrics[0]
    whole = own if metrics()[own].parts else own.rpartition(".")[0]
    if whole not in metrics() or not metrics()[whole].parts:
        return None
    return replace(
        query, metrics=metrics()[whole].parts, operation="list", applicants=query.applicants or context.applicants, residue=(),
        follows=True, years=query.years or (() if query.relative else context.years),
    )  # fmt: skip


def _carried(query: Query, context: Context, held: Directory) -> Found:
    """又结转了多少: into the year or out of it, as was spoken of."""
    carried = {"requests.carried_in", "requests.carried_out"}
    if carried <= set(query.weak) and not query.metrics and len(own := [m for m in context.metrics if m in carried]) == 1:
        return replace(query, metrics=tuple(own), weak=(), subject=None), context
    if set(context.metrics) & carried and not query.has_topic and re.search("年?底[^,，。]{0,3}(?:剩|余|留|压)|还剩", query.text):
        return replace(query, metrics=("requests.carried_out",), weak=(), residue=()), context  # 24年底又剩多少
    return None


def _fees(query: Query, context: Context, held: Directory) -> Found:
    """Of the fee spoken of: 几件上收的, 多少钱."""
    if context.subject != "handling_fee":
        return None
    if query.unit is None and re.search("钱|金额", query.text) and not re.search("[几多少]+件|件数", query.text):
        query = replace(query, unit="money")  # 两年收的钱差多少
    fee = replace(query, subject="handling_fee", weak=(), residue=(), years=query.years or context.years, asks_number=True)
    if re.search("(?:还|也|又)?(?:收不收|收没收|收了?没有?|收了?吗|收过没)", query.text) and not (query.mention.spans or query.metrics):
        return replace(fee, metrics=(), columns=(), unit=None, operation="exists", matter="有没有收取信息处理费", condition=None)
    requests = r"(?:多少|几)件[^,，。]{0,6}收的?|^(?:那)?件数|涉及(?:多少|几)件|哪?几件上"
    if not query.mention.spans and re.search(requests, query.text):
        return replace(fee, metrics=(), unit="request", operation="value", unit_only=False, attributive=None, qualifier=None)
    if re.search(r"(?:几|多少)件", query.text) and re.search(r"多少钱|几元|多少元|几块", query.text):
        return replace(
            fee, metrics=(), columns=(), unit=None, operation="list", joined=True, unit_only=False, attributive=None, qualifier=None,
            matter="信息处理费几件、多少元",
        )  # fmt: skip
    if query.unit == "money" and not query.has_cells and not query.subject and not query.group:
        return replace(fee, columns=()), context
    return None


def _motions(query: Query, context: Context, held: Directory) -> Found:
    """市卫健委办了多少件, after motions of deputies: of those, and no requests that were dealt with."""
    named = {*query.metrics, *query.weak, *query.rows, *query.blocks}
    plain = named <= {"outcome.total", "requests.received"} and not (query.channels or query.applicants or query.columns)
    if context.subject != "motions" or not plain or query.subject not in (None, "requests.completed") or query.residue:
        return None
    if not re.search("办(?:理|结|了)?了?(?:多少|几)[件份条]", query.text) or "申请" in query.text:
        return None
    return replace(query, subject="motions", metrics=(), weak=(), unit="request", asks_number=True, operation="value", matter=context.matter, follows=True)


def _things_counted(query: Query, context: Context, held: Directory) -> Found:
    """这两样: as many of the things spoken of last; asked for as one number they are added up."""
    things = counted(_THINGS, query.text)
    if not things or (query.has_topic and query.operation != "share"):
        return None
    parts = tuple(m for m in context.metrics if m not in ("outcome.total", "requests.to_handle"))
    if len(parts) == things < len(context.metrics) and all(m.startswith("outcome.") for m in parts):
        context = replace(context, metrics=parts)  # 这两样, of two outcomes told with their total
    if context.earlier_metrics and len(context.metrics) > 1:  # the whole that was told beside a part is no thing of its own
        parts = tuple(m for m in context.metrics if m not in ("outcome.total", "requests.to_handle"))
        context = replace(context, metrics=parts or context.metrics)
    context = _before_a_part(context, things)
    of_one = parts_of(context.metrics[0]) if len(context.metrics) == 1 else ()
    if len(of_one) == things and not query.metrics and query.operation in ("value", "find", "list"):
        context = replace(context, metrics=of_one, earlier_metrics=(), operation="list")  # 23年这三项, after what they add up to
    context = replace(
        context,
        metrics=_last(context.earlier_metrics, context.metrics, things) or context.metrics,
        applicants=_last(context.earlier_applicants, context.applicants, things) or context.applicants,
        channels=_last(context.earlier_channels, context.channels, things) or context.channels,
    )
    told_by_column = (
        context.operation == "list" and context.metrics == ("requests.received",) and not (context.applicants or context.channels)
    )
    if told_by_column and things == 1 + len(LEGAL_PERSONS):
        context = replace(context, applicants=("natural", *LEGAL_PERSONS))  # the row was told with all its columns
    pointed = things in (_kinds(context.metrics), len(context.metrics), len(context.applicants), len(context.channels))
    elsewhere = query.years and query.years != context.years and not re.search("共|总|合|加", query.text)  # 2023年这两样是几件: each
    if elsewhere and pointed and query.operation == "value" and context.operation != "sum":
        query = replace(query, operation="list", joined=True)
    if pointed and query.operation == "value" and query.asks_number and not re.search(r"各|分别|[多少高低差]几|差", query.text):
        query = replace(query, operation="sum", joined=True)
    elif pointed and query.operation in ("list", "sum", "find", "value") and re.search("相加|加起来|加总|合计", query.text):
        query = replace(query, operation="sum", joined=True)  # 把这六列相加
    elif pointed and context.operation == "sum" and query.operation in ("value", "find") and not query.asks_number:
        query = replace(query, operation="list", joined=True)  # 同样这三项也报一下
    return replace(query, follows=query.follows or pointed), context


def _before_a_part(context: Context, things: int) -> Context:
    """The context as it was before the last answer told a part of one of so many things that were told together: 这两类, after 直接起诉 and
    复议后起诉 and then 复议后起诉的纠正了几件."""
    one = context.metrics[0] if len(context.metrics) == 1 else ""
    for table in reversed(context.tables[:-1] if one and things > 1 else ()):
        each = dict.fromkeys(c.place for c in table.cells if c.place in metrics())
        told = tuple(m for m in each if not (metrics()[m].parts and {*metrics()[m].parts} <= {*each}))  # without their sum
        if len(told) == things and one not in told and any(is_part(one, m) for m in told):
            return replace(context, metrics=told, earlier_metrics=(), operation="list")
    return context


_OF_THESE = re.compile("(?:那|这)?(?:些)?(?:其中|里[头面边]|当中)")


def _own_cells(query: Query, context: Context, held: Directory) -> Found:
    """A question that names its cell takes over the applicant and the share at most."""
    if not query.has_cells or (query.operation == "find" and re.search(r"买|内容|什么|啥", query.text)):
        return query if query.has_cells else None
    # 其中予以公开的几件, of those that companies filed; but of all, where 其中自然人的 was asked of all before
    whole = any(c[2:] == (m, "total") for c in context.ledger for m in context.metrics) and not re.match("(?:那)?这", query.text)
    inside = _OF_THESE.match(query.text) if len(context.applicants) == 1 and not whole else None
    if (
        (query.follows or inside)
        and not query.applicants
        and context.applicants
        and (inside or not query.asks_number)
        and (inside or query.premise is None)  # 它部分公开的是20件，没错吧: a claim with a row and a number of its own
        and not re.match("(?:那)?还", query.text)  # 还有没办完的吗: of all, whosever share was told
        and not asks_total(query)
    ):
        query = replace(query, applicants=context.applicants)
    if context.operation == "share" and re.search("分子(?:换|改)(?:成|为)", query.text):
        return replace(
            query, operation="share", base=context.base or query.base, years=query.years or context.years
        )  # 把分子换成“予以公开”
    bodies = len(query.mention.named) > 1 and {*query.mention.agencies} == {*context.agencies}
    if context.operation == "sum" and bodies and query.operation == "value" and not query.asks_number and re.match("那?换", query.text):
        return replace(query, operation="sum")  # 换行政处罚那行，同样四家
    again = is_elliptic(query) and context.operation == "share" and query.operation == "value"
    if again and not asks_total(query) and not query.condition:
        query = replace(query, operation="share")
    return query


def _anew(query: Query, context: Context, held: Directory) -> Found:
    return query if query.subject or query.section or not _takes_over(query, context) else None


def _why(query: Query, context: Context, held: Directory) -> Found:
    """为啥涨了: of the figure spoken of; 是什么活动: what it was, not how much."""
    moved = re.search(r"为什么|为啥|为何|原因", query.text) and re.search(r"[涨降增减升跌掉落缩多少高低]", query.text)
    if query.operation == "find" and moved and context.metrics and not query.residue:
        return replace(query, metrics=context.metrics, years=(query.years or context.years)[-1:], applicants=context.applicants)
    aside = re.match("对了|顺便|另外问|再问个", query.text)
    if (
        query.operation == "find"
        and re.search(r"什么|啥|为什么|谁", query.text)
        and not query.follows
        and not query.applicants
        and not aside
    ):
        return replace(query, matter=f"{context.matter} {query.matter}"[:300])
    return None


# 那2022年收了几份, after those of one kind of applicant: said in full it is of all
_RECEIVED_AT_ALL = re.compile(r"^(?!.*(?:其中|里[头面]|同样|这一?[类种]|也)).*(?:收到?|接到?)了?(?:几|多少)[件份]")


def _the_same_again(query: Query, context: Context) -> Query:
    """What was asked of the last body, year or applicant, asked of another."""
    # 合计, after what several bodies have of one column: over the bodies, not the row's total
    over_bodies = len(query.mention.named) > 1 and len(context.applicants) == 1 and {*query.mention.agencies} == {*context.agencies}
    # 这两家一共多少, 两年一共几件, after one column of each was told: of that column
    over_bodies = over_bodies or bool(SO_MANY_OF.fullmatch(query.text) and len(context.applicants) == len(context.agencies) == 1)
    # 总共几件, after bodies were picked by one column: of that column
    over_bodies = over_bodies or bool(context.group and context.condition and (query.unit_only or not (query.weak or query.has_cells)))
    received = _RECEIVED_AT_ALL.search(query.text) and (len(query.mention.named) < 2 or re.search("各自?收", query.text))
    anew = received or (asks_total(query) and not over_bodies)
    chosen = query.applicants or (() if anew else context.applicants)
    if query.bare_other and not query.applicants and context.metrics:
        chosen = ("other",)
    operation = operation_again(query, context)
    if context.operation == "rank" and operation == "rank" and context.group and asks_share(replace(query, asked=context.matter)):
        query = replace(query, shared=True)  # 最低呢, after whose rate was the highest: by the rate
    if context.subject and not query.asks_number and re.search("平均|人均", context.matter) and operation == "value":
        query = replace(query, mean=True)  # 24年同样算一个
    if re.search("分子分母|分母也|都换成", query.text) and query.applicants and context.operation == "share":
        operation = "share"  # 分子分母都换成自然人那一列
    whole = next((m.id for m in metrics().values() if m.kind == "sum" and m.parts and {*m.parts} == {*context.metrics}), None)
    if context.operation == "sum" and operation == "compare" and whole:
        context = replace(context, metrics=(whole,))  # 比头一年多几件: of what was added up
    if context.subject and query.unit is None and re.search("的人(?:呢|有|$)|人呢|(?:几|多少)个?人(?!大)", query.text):
        query = replace(query, unit="people")  # 参加的人呢, after how often
    # 两年一共几件, after people or sessions were told: loosely said of whatever was counted
    loosely = query.unit == "request" and context.subject and not context.metrics and not query.has_topic
    loosely = loosely and {*query.weak} <= {"requests.received"} and query.operation in ("sum", "compare", "list", "rank")
    outcomes = context.metrics and all(m.startswith("outcome.") for m in context.metrics)
    own = "outcome.total" if outcomes and re.search("分子分母|分母也|都换成", query.text) else None
    plain = not query.residue and len(query.mention.agencies) < 2
    counted = plain and context.subject and operation == "value" == context.operation
    return replace(
        query,
        asks_number=query.asks_number or bool(counted),  # 2023年呢, after 网民留言几百条: a number, and no other sentence about it
        metrics=context.metrics,
        less=context.less,
        applicants=chosen,
        subject=context.subject,
        # 那三棵松镇收到几件, after 都是当面交的吗: said in full it is of all, by whatever way they came
        channels=() if received and context.operation == "exists" and {*context.channels} <= REQUEST_CHANNELS else context.channels,
        section=context.section,
        topic=context.topic,
        unit=context.unit if loosely else query.unit or context.unit,
        # 平均一回几个人: the mean stays what is asked for, whatever year or body comes next.
        matter=f"{context.matter}，{query.asked}"[:300]
        if re.search("平均(?:每|一)[次场回期条篇件]", query.asked) and context.subject
        else context.matter or query.matter,
        residue=(),
        qualifier=query.qualifier,
        attributive=None,
        unit_only=False,
        base=context.base or own if query.base is None and (operation == "share" or query.shared) else query.base,
        operation=operation,
    )


_THINGS = re.compile(r"(?<![前第哪最头分])([两二三四五六])个?大?(?:样|项|种|类|列|栏|者|数|个数|拨|伙|个(?=[加合一总共相]))|(俩)")


def _last(earlier: tuple[str, ...], spoken: tuple[str, ...], count: int) -> tuple[str, ...]:
    """As many of what was spoken of last as are counted; () where fewer were, or just those of the last answer are."""
    pool = tuple(dict.fromkeys((*earlier, *spoken)))
    parts = tuple(m for m in pool if not any(o.startswith(m + ".") for o in pool))
    pool = parts if len(parts) >= count else pool  # no whole beside its parts, where these are enough
    ways = tuple(p for p in spoken if p in ("litigation.direct.total", "litigation.after_review.total"))
    if len(ways) == count < len(spoken):
        return ways  # the two ways to court, told beside what they add up to
    kinds = list(dict.fromkeys(map(_kind, pool)))  # both ways to court are one thing beside 复议
    if len(kinds) == 1 and count == len(pool) > len(spoken):
        return pool  # and two where nothing else was spoken of
    if _kinds(spoken) >= count or count > len(kinds):
        return ()
    return tuple(p for p in pool if _kind(p) in kinds[-count:])


def _kind(thing: str) -> str:
    return "litigation" if thing.startswith("litigation.") and thing.endswith(".total") else thing


def _kinds(things: tuple[str, ...]) -> int:
    return len(set(map(_kind, things)))


_BACK_TO = re.compile(r"同一[家个]|[这那]?[两三四]家|[这那该](?:家|个?单位|个?机关|个?局)|它|[他她人]家|他们|上述|刚才")


_TOGETHER = re.compile(r"加起来|合起来|加一|加总|相加|总和|之和|再加")


_APART = re.compile(
    r"前一[家个]|[几多]少?倍|[差多少高低]出?了?[多几]|相差|差距|谁[多少高低]|哪[个家边项样类种]更?[多少高低大小]|分别|各(?:是|占|有)?(?:多少|几)|平均|前者|后者"
)


def _varied(query: Query, context: Context, held: Directory) -> Found:
    """加起来, 差几件, 哪个多 without a slot of its own: over what changed between the last two answers, the bodies or the things."""
    together = _TOGETHER.search(query.text)
    own = (
        query.has_topic
        or query.applicants
        or query.columns
        or {*query.results} - {"total"}
        or query.years
        or query.relative
        or (query.group and not query.group.vague)
    )
    # 甲几件, 乙呢, 一共多少件: of both, where a total was told of each
    all_of_both = bool(
        context.earlier
        and len(context.agencies) == 1
        and not context.applicants
        and re.fullmatch("(?:那)?(?:一共|总共|合计|拢共)(?:是|有)?(?:多少|几)?[件个条份]?[呢啊呀]?[?？]?", query.text)
    )
    if (
        own
        or not (together or all_of_both or _APART.search(query.text))
        or re.search(r"年|同比|环比|占比|[两三四五六俩](?!头)|它(?:的|自己)", query.text)
        or (context.order and names_a_place(query.text))  # 比头名多出几件: of the ranking
    ):
        return query, context
    named = query.mention.agencies
    bodies = tuple(a for a in dict.fromkeys((*context.earlier, *context.agencies)) if a in held.bodies)
    if context.earlier and len(context.agencies) == 1 and len(bodies) > 1 and (not named or (together and len(named) == 1)):
        # 再加上省公安厅: one more beside them.
        bodies = (*bodies, *named) if named else bodies[-2:]
        if re.search(r"后(?:者|面[这那]?个?|一[个家])[^,，]{0,4}(?:是|占|顶|相当于)前", query.text):
            bodies = bodies[::-1]  # 后面这个是前面那个的几倍
        operation = (
            "sum" if together or all_of_both else "list" if query.operation in ("compare", "rank", "find", "exists") else query.operation
        )
        if context.operation == "share" and not together:
            operation = "share"  # 高出几个百分点
        # 市里比县里多几件, after three years of each
        of_sums = context.operation == "sum" and len(context.years) > 1 and operation == "list"
        return replace(
            query,
            group=None,
            mention=each(bodies),
            operation=operation,
            years=context.years if of_sums else context.years[-1:],
            together=of_sums or query.together,
            follows=True,
        ), context
    if named or query.mention.unknown:
        return query, context
    if len(context.agencies) > 1 and re.search("谁|哪[个家]", query.text):
        return replace(query, group=None, operation="list", follows=True), context  # 谁多, of two bodies: by what was told last
    operation = "list" if query.operation in ("rank", "compare", "find") else query.operation
    over = replace(query, group=None, operation=operation, joined=True, follows=True)
    if context.earlier_metrics and len(context.metrics) == 1:
        last = tuple(m for m in context.earlier_metrics if _kind(m) == _kind(context.earlier_metrics[-1]))
        return over, replace(context, metrics=(*last, *context.metrics))
    if context.earlier_applicants and len(context.applicants) == 1:
        return over, replace(context, applicants=(context.earlier_applicants[-1], *context.applicants))
    if together and context.earlier_years and len(context.years) == 1 and query.operation != "share":
        years = tuple(sorted({*context.earlier_years, *context.years}))
        return replace(over, years=years, operation="sum", channels=context.channels, subject=context.subject, asks_number=True), context
    if context.earlier_channels and len(context.channels) == 1:
        return over, replace(context, channels=(context.earlier_channels[-1], *context.channels))
    return query, context


def _takes_over(query: Query, context: Context) -> bool:
    """Whether a question without a topic of its own goes on with the last one."""
    if not (context.metrics or context.subject or context.section is not None or context.matter):
        return False
    if query.operation in ("coverage", "define") and not query.follows:
        return False
    if context.metrics and state_in(query.text) and not query.has_topic:
        return True  # 填斜杠的那家是谁
    # 所以一年工夫降了几件: nothing of its own is counted, whatever it says beside
    told = context.metrics or context.subject
    no_other = query.unit_only and query.operation in ("compare", "sum") and told and len(query.residue) == 1
    ranked = query.operation == "rank" and (context.group or (query.growth and context.metrics))  # 哪年比上年涨得最猛
    if query.residue and not query.follows and not no_other and not ranked:
        return False
    if query.residue and query.operation in ("find", "where") and context.matter and not context.metrics and context.section is None:
        return False  # 它好像还请了退休教师帮忙，怎么说的, after another matter of the text
    if query.residue and _of_requests(context) and query.unit == "people" and re.search("了(?:多少|几)个?人", query.text):
        return False  # 教师招聘了多少人, after requests were told: of other people
    if query.residue and MENTIONED.search(query.text):
        return False  # 这家的报告提没提到农贸市场: of the text, whatever was spoken of
    return bool(
        query.follows
        or query.mean
        or query.applicants
        or query.columns
        or query.results
        or query.bare_other
        or query.weak
        or query.years
        or query.relative
        or query.mention.agencies
        or query.operation in ("share", "sum", "list", "where", "compare", "rank", "define")
        or query.asks_number
    )


# Each takes over one thing. It returns the query when nothing is left to take over, the query and context to go on with, or None.
_RULES: tuple[Callable[[Query, Context, Directory], Found], ...] = (
    same_published,
    _another_topic,
    _held_of_another,
    _thing_told_before,
    _taken_in,
    _charged,
    times_of_it,
    _same_applicant,
    shares_of_each,
    filed_of_these,
    this_result,
    this_outcome,
    within_block,
    _received,
    _closed,
    _total_of_row,
    _total_of_block,
    which_it_was,
    turned_round,
    how_dealt_with,
    nth_of_them,
    rows_ranked,
    results_of_it,
    total_column,
    both_rows,
    these_rows,
    other_rows,
    former_of_told,
    channels_apart,
    every_way,
    same_ratio,
    between_told,
    one_of_two,
    two_results,
    _varied,
    term_of_share,
    quote_of_it,
    elsewhere_too,
    _bodies,
    text_or_table,
    _by_the_same_rule,
    _parted_again,
    same_matter,
    what_they_are_about,
    the_rest,
    weak_alone,
    part_of_them,
    _carried,
    of_their_sum,
    percent,
    less_some,
    who_applied,
    which_reasons,
    this_reason,
    how_it_ended,
    whole_of_them,
    _things_counted,
    which_years,
    _which_ways,
    _what_divides,
    _fees,
    _motions,
    first_of_them,
    added,
    of_the_five,
    share_of_channel,
    share_of,
    granted,
    channels_together,
    columns_again,
    column_of_row,
    _own_cells,
    own_channels,
    done_about_it,
    same_point,
    another_matter,
    _anew,
    _why,
    result_of_block,
)
