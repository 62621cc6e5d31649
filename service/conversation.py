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
at the end of this file, in their order; those of the years and of the rows of the form stand in spoken/years.py and spoken/rows.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from corpus.forms import LEGAL_PERSONS, metrics, subjects
from service.agencies import Mention
from service.cells import natural_base
from service.conditions import state_in
from service.context import Context
from service.directory import Directory
from service.follow import Found, asks_total, counted, is_elliptic, operation_again
from service.leftover import WITHIN
from service.lexicon import find_terms, verb_alone
from service.operation import MENTIONED, OF_TEXT
from service.query import REQUEST_CHANNELS, Query
from service.remainder import asks_closed, closed_of
from service.spoken.base import each
from service.spoken.bodies import same_bodies
from service.spoken.places import names_a_place
from service.spoken.rows import (
    added,
    column_of_row,
    columns_again,
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
    rows_ranked,
    share_of,
    the_rest,
    this_outcome,
    this_reason,
    this_result,
    weak_alone,
    which_reasons,
    who_applied,
    whole_of_them,
    within_block,
)
from service.spoken.together import two_compared
from service.spoken.years import BACK, THAT_YEAR, YEARS_COUNTED, which_years


def inherit(query: Query, context: Context | None, held: Directory) -> Query:
    """The query completed from the context: what is not said again stays, what is said replaces, a new topic resets."""
    if context is None:
        return query
    for rule in _RULES:
        found = rule(query, context, held)
        if isinstance(found, Query):
            return found
        if found is not None:
            query, context = found
    return _the_same_again(query, context)


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


_DEEDS = ("licensing", "penalty", "coercion", "services")  # what a body does beside answering requests


def _times_of_it(query: Query, context: Context, held: Directory) -> Found:
    """一共办了几次: of what was spoken of, though 办了 names a cell."""
    of_text = context.subject and not context.subject.startswith("requests.") and not query.mention.agencies
    bare = query.unit == "request" or (query.unit is None and not context.metrics)  # 2023年办了多少, after messages were counted
    if of_text and bare and verb_alone(query.metrics, query.text):
        return replace(query, metrics=(), subject=None, weak=()), context  # 中间那年办了几件, of motions
    deeds = bool(context.metrics) and all(m.partition(".")[0] in _DEEDS for m in context.metrics)
    if deeds and {*query.metrics, *query.weak} <= {"outcome.total", "requests.received"} and verb_alone(query.metrics, query.text):
        return replace(query, metrics=(), subject=None, weak=(), residue=()), context  # 每年办了多少, after licences were told
    if query.unit in ("times", "people", "info") and context.subject and query.metrics == ("outcome.total",) and not query.mention.agencies:
        return replace(query, metrics=(), subject=None), context
    return None


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


def _total_of_block(query: Query, context: Context, held: Directory) -> Found:
    """一共呢, after the results of one kind of cases were told: their total."""
    blocks = {m.rpartition(".")[0] for m in context.metrics}
    if (
        len(blocks) != 1
        or len(context.metrics) < 2
        or not re.fullmatch("(?:那)?(?:一共|总共|合计|总计)(?:是|有)?(?:多少|几)?[件个]?[呢啊]?[?？]?", query.text)
    ):
        return None
    block = blocks.pop()
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


def _which_it_was(query: Query, context: Context, held: Directory) -> Found:
    """是哪年的事, after 最低的一年: the year that was found, again."""
    if context.operation != "rank" or context.focus is None or not re.fullmatch("(?:那)?是?哪一?年(?:的事|的)?[呢啊]?[?？]?", query.text):
        return None
    return replace(query, operation="rank", least=context.least, top=1, years=context.years, follows=True), context


def _turned_round(query: Query, context: Context, held: Directory) -> Found:
    """倒过来呢: the other end of the ranking."""
    moved = query.growth or query.operation == "compare"  # 反过来，比上一年少了的呢: no ranking
    if (
        re.search(r"[反倒]过?来|[反倒]着", query.text)
        and not query.has_topic
        and not moved
        and (context.group or len(context.agencies) > 1)
    ):
        least = not context.least
        query = replace(query, operation="rank", least=least, top=max(query.top, context.top), follows=True)
        return query, replace(context, least=least)
    return None


BETWEEN = re.compile(
    r"^(?:(?:这|那)?(?:俩|两(?:个数?|样|项|种|类|者|边))?(?:本该|本来|应该|按理)[^,，]{0,8}[,，])?(?:实际|到底|究竟)?(?:那|这)?(?:两者|二者|[两俩]个?(?:数|年|边|处|样|项|种|类)?|前后|之间|中间|一共|总共|一?来一?去)*(?:[差多少高低]了?出?了?(?:多少|几)|相差|差距|差额|加(?:起来|一起|一块)|合(?:起来|计)|[几多]少?倍)[件个条次人元]*(?:是|有)?(?:多少|几)?[件个条次人元]*[呢啊呀了的]*[?？]?$"
)


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


def _between_told(query: Query, context: Context, held: Directory) -> Found:
    """差几件, where the two cells told last differ in more than one way: 2021年结转下年 against 2022年上年结转; or the one
    is asked for as a percent of the other: 后一个数是前一个数的百分之几."""
    told = context.told
    twice = context.ledger[-2:]
    text_and_table = len(twice) == 2 and twice[0][:2] == twice[1][:2] and sum(c[2].startswith("text:") for c in twice) == 1
    plain = BETWEEN.match(re.sub("^[^,，]{1,8}[,，]", "", query.text)) and not query.has_topic
    if text_and_table and plain and twice[0][0] in held.bodies:
        # 差几件, of what the text and the table say.
        return _over_cells(query, twice, "sum" if re.search("加|合", query.text) else "compare")
    divided = re.match("(?:那)?[用拿][前后]一个(?:数)?除以[前后]一个", query.text)  # 用后一个数除以前一个，纠错率多少: however it is called
    if len(told) != 2 or (query.has_topic and not divided) or any(c[0] not in held.bodies for c in told):
        return None
    shared = re.match(
        r"(?:那|用|拿)?(?P<top>[前后])(?:一个|者|面)(?:数|那个)?(?:(?:是|占)(?=.*(?:百分之几|多少|几成))|除以)[前后](?:一个|者|面)",
        query.text,
    )
    if shared and shared["top"] == "前":
        told = told[::-1]
    shared = shared or re.match(r"(?:那)?[小少低]的(?:那个)?(?:是|占)[大多高]的(?:那个)?的?(?:百分之几|多少|几成)", query.text)
    one, two = told
    same = held.bodies[one[0]].lineage == held.bodies[two[0]].lineage
    apart = (not same) + sum(a != b for a, b in zip(one[1:], two[1:], strict=True)) > 1
    one_answer = one[:2] == two[:2] and context.operation == "list"  # 许可和处罚各多少, 差几件
    each_other = re.match("(?:那)?前者(?:[比跟和与]后者)[^,，]{0,4}[多少高低差]", query.text)
    if not shared and not ((apart or one_answer) and BETWEEN.match(query.text)) and not (one_answer and each_other):
        return None
    operation = "share" if shared else "sum" if re.search("加|合", query.text) else "compare"
    return _over_cells(query, told, operation)


def _former_of_told(query: Query, context: Context, held: Directory) -> Found:
    """后者前年呢, 前者占总数多少, after two things of one body were told together: the first or the second of them."""
    which = re.match("(?:那)?(?P<first>前者|前一[项样个类种])|(?:那)?(?:后者|后一[项样个类种])", query.text)
    told = context.told
    if (
        which is None
        or len(told) != 2
        or told[0][:2] != told[1][:2]
        or told[0][0] not in held.bodies
        or re.search("[比跟和与]|除以|前(?:者|一).*后(?:者|一)|后(?:者|一).*前(?:者|一)", query.text)
    ):
        return None
    if query.has_topic or query.mention.agencies or query.group or context.operation not in ("list", "compare"):
        return None
    _, year, metric, applicant = told[0 if which["first"] else 1]
    return replace(
        query, mention=Mention((told[0][0],)), metrics=(metric,), applicants=(applicant,) if applicant not in ("", "total") else (),
        weak=(), subject=None, years=query.years or (() if query.relative else (int(year),)), follows=True, results=(),
        operation="value" if query.operation in ("find", "list", "compare") else query.operation, asks_number=True,
    )  # fmt: skip


def _same_ratio(query: Query, context: Context, held: Directory) -> Found:
    """商业企业照样除一下, after two cells of one applicant were divided: the same two of another."""
    again = re.search("照[样此着](?!片)|同样|也这[么样]|一样[算除]", query.text)
    if not again or context.operation != "share" or len(query.applicants) != 1 or query.has_topic or query.years or query.mention.agencies:
        return None
    if context.base and context.metrics:
        whose, over = Mention(context.agencies), context.base
        return replace(
            query, mention=whose, metrics=context.metrics, base=over, operation="share", years=context.years, residue=(), follows=True
        )
    twice = context.ledger[-2:]
    alike = len(twice) == 2 and twice[0][:2] == twice[1][:2] and twice[0][3] == twice[1][3] != "" and twice[0][2] != twice[1][2]
    if context.metrics or not alike or twice[0][0] not in held.bodies:
        return None
    return replace(_over_cells(query, tuple((*c[:3], query.applicants[0]) for c in twice), "share"), residue=())


def _over_cells(query: Query, cells: tuple[tuple[str, ...], ...], operation: str) -> Query:
    """A question about two cells that answers told, with their bodies and years."""
    bodies = tuple(dict.fromkeys(c[0] for c in cells))
    mention = each(bodies) if len(bodies) > 1 else Mention(bodies)
    return replace(query, cells=cells, mention=mention, years=tuple(sorted({int(c[1]) for c in cells})), operation=operation)


def _bodies(query: Query, context: Context, held: Directory) -> Found:
    return two_compared(same_bodies(query, context, held), context, held), context


def _term_of_share(query: Query, context: Context, held: Directory) -> Found:
    """那个分母是哪一行的数, after a share: what was divided, or what it was divided by."""
    term = re.search("分[母子](?!分|和|跟|都|也?[换改])", query.text)
    if not term or query.has_topic or query.operation == "share":
        return None
    if context.operation != "share" or not context.metrics:
        return query  # of no share that was told last: asked back
    first = metrics().get(context.metrics[0])
    over = first.base if first and first.kind == "rate" else (context.base or natural_base(context.metrics[0]),)
    parts = first.parts if first and first.kind == "rate" else context.metrics
    people = context.applicants
    if people and not context.base:  # 自然人占新收的多少: of the same row's total
        over, people = context.metrics[:1], ("total",) if term.group() == "分母" else people
    told = tuple(m for m in (over if term.group() == "分母" else parts) if m)
    if not told:
        return None
    return replace(
        query, metrics=told, operation="value" if len(told) == 1 else "list", years=query.years or context.years[-1:], weak=(),
        residue=(), asks_number=True, subject=None, follows=True, applicants=people,
        mention=query.mention if query.mention.agencies else Mention(context.agencies),
    )  # fmt: skip


def _quote_of_it(query: Query, context: Context, held: Directory) -> Found:
    """没人申请还开这么多场？原句给我瞅瞅, after a number of the text: where it stands, whatever is said before."""
    asked = re.search(r"[?？!！。,，](?:那|把)?(?:原句|原话|原文|出处)[^,，。?？]{0,8}$", query.text)
    another = query.residue or query.channels or query.subject not in (None, context.subject)
    if not asked or another or not context.subject or query.operation != "where" or query.mention.agencies or query.years:
        return None
    return replace(
        query, mention=Mention(context.agencies), years=context.years, subject=context.subject, channels=context.channels, metrics=(),
        unit=None, weak=(), residue=(), applicants=(), matter=context.matter, asked=context.matter, follows=True,
    )  # fmt: skip


def _text_or_table(query: Query, context: Context, held: Directory) -> Found:
    """以表为准, 正文里写的又是几件: the same number where the report prints it a second time."""
    years = query.years or context.years
    cell = next((s.metric for s in subjects() if s.metric and s.id == context.subject), None)
    if cell and not query.has_topic and re.search(r"表[一二三四格里]?[^,，。]{0,3}(?:为准|里|上|中|的|呢)|以表|按表", query.text):
        return replace(query, metrics=(cell,), years=years, asks_number=True, operation="value", follows=True)
    stated = next((s.id for s in subjects() if s.metric and context.metrics == (s.metric,)), None)
    if OF_TEXT.search(query.text) and re.search(r"收到|收了|接到", query.text) and context.metrics and not query.has_cells:
        stated = "requests.received"
    other = query.subject is not None and not query.subject.startswith("requests.")  # 正文说主动公开了多少条: another thing
    if stated and OF_TEXT.search(query.text) and not (query.has_cells or (query.section or 1) > 1 or other):
        return replace(
            query, years=years, section=None, topic=None, subject=stated, weak=(), residue=(), unit_only=False, asks_number=True,
            operation="value"
        )  # fmt: skip
    return None


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


_WHAT_ABOUT = re.compile(
    r"(?:打听|询问|咨询|问|要|申请|关心|想(?:要|知道|了解)|涉及|关于)(?:的|到)?(?:是|都是|些|主要)*(?:啥|什么|哪些|哪方面|哪一?类)(?:子|样)?(?:的)?(?:事|内容|方面|东西|信息|材料|资料|问题|领域)"
)


def _what_they_are_about(query: Query, context: Context, held: Directory) -> Found:
    """都是打听啥事的, after the number of requests was told: what the report says that they were about."""
    requests = any(m.startswith(("requests.", "outcome.")) for m in context.metrics) or context.subject == "requests.received"
    if not requests or query.has_cells or query.subject or query.channels or query.applicants or not _WHAT_ABOUT.search(query.text):
        return None
    return replace(
        query, matter="申请内容主要涉及哪些方面", operation="find", asks_number=False, weak=(), residue=(), years=query.years or context.years,
        follows=True,
    )  # fmt: skip


def _same_matter(query: Query, context: Context, held: Directory) -> Found:
    """2021年的报告里还提这件事吗: what was looked for, in another report."""
    again = re.search(
        r"(?:提|写|说|讲|有)(?:没提|没写|到|过|了)?(?:这|那)(?:件|个|桩|种|类|条|项)?(?:事|话|句|做法|问题|内容|情况|活动)?"
        r"|(?:年报|报告|报)(?:里|中|上)(?:面|头)?(?:有没有|有吗|写没写|提没提|有哪[几些](?:家|个?单位)|有谁)[呢啊呀]?[?？]?$"
        r"|(?:这|那)(?:么|样)(?:做|干|办|搞)|同样(?:做|干)|有(?:这|那)(?:种|个|类)做法",
        query.text,
    )
    which_year = re.search(r"哪[一几些]?个?年", query.text)
    pointed = re.search("(?:提|写|说|讲)(?:到|过|了)*[这那](?:个|件|项)", query.text) and query.subject in (None, "published")
    topic = query.has_topic and not (pointed and not query.has_cells and not query.channels)
    if not again or topic or query.applicants or not context.matter or context.metrics or context.section is not None:
        return None
    if not (query.years or query.relative or query.mention.agencies or which_year):
        return None
    back = query.relative is not None and BACK.fullmatch(query.relative) and context.years
    if back and not query.years:
        query = replace(query, years=(min(context.years) - 1,), relative=None)
    if which_year and not query.years and (not context.subject or context.operation == "find"):
        return replace(query, matter=context.matter, operation="find", residue=(), asks_number=False, follows=True)
    if context.subject:  # 写没写这一项: the number of the text
        return replace(
            query, subject=context.subject, channels=context.channels, unit=context.unit, operation="value", asks_number=True, weak=(),
            residue=(), years=query.years or context.years, matter=context.matter, follows=True,
        )  # fmt: skip
    return replace(
        query, matter=context.matter, operation="find", years=query.years or (() if query.relative else context.years), residue=(),
        asks_number=False, follows=True,
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


def _of_their_sum(query: Query, context: Context, held: Directory) -> Found:
    """自然人占多少, after several bodies were added up: of their sum."""
    if query.operation != "share" or query.singled or len(query.mention.agencies) < 2 or re.search("各|分别|每", query.text):
        return None
    added = context.operation == "sum" and re.search("这些|其中|里面|里头|这里", query.text)
    if added or re.search("(?:放|算)(?:到|在)?一(?:起|块)|[加合]起来|合计的", query.text):
        return replace(query, together=True), context
    return None


def _percent(query: Query, context: Context, held: Directory) -> Found:
    """百分比呢, after a change: by how many percent; 谁最高, after shares: of the shares."""
    percent_of = query.operation == "share" or re.search(r"幅度|百分[数比点]", query.text)
    if context.operation == "compare" and percent_of and not query.has_topic and not re.search("占|率", query.text):
        query = replace(query, operation="compare", years=query.years or context.years, follows=True)
    if percent_of and context.growth == "amount" and len(context.years) > 1 and not query.has_topic:  # 换成百分比再给一遍
        query = replace(
            query, growth="rate", operation=context.operation, years=query.years or context.years, asked="各" + query.asked, follows=True
        )
    if percent_of and re.search("后者比前者|前者比后者", query.text) and not query.has_topic:
        query = replace(query, operation="list", follows=True)
    of_shares = context.operation == "share" or (context.operation == "rank" and re.search(r"占|比例|比重(?!复)|比率", context.matter))
    if of_shares and query.operation in ("rank", "list", "compare") and not query.has_topic and not query.unit:
        query = replace(query, shared=not context.singled)
    return query, context


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


def _share_of_channel(query: Query, context: Context, held: Directory) -> Found:
    """占多少, after a number of the text: of the number in the text."""
    received = query.metrics == ("requests.received",) and context.subject == "requests.received" and not (query.rows or query.blocks)
    if query.operation == "share" and context.channels and received and not query.applicants and re.search("^(?:那)?占", query.matter):
        # 占全年新收的百分比: the channel's number over what the same report counts in all
        return replace(query, metrics=(), weak=(), subject=context.subject, channels=context.channels, unit=None)
    placed = re.match("(?:那)?(?:(?P<first>第一|前一?|头一)|第二|后一?|最后一?)[种个类样者]的?占", query.matter)
    two = (*context.earlier_channels, *context.channels)
    if placed and query.operation == "share" and len(two) == 2:  # 第一种占新收总数的百分比, after one and the other
        own = (two[0 if placed["first"] else 1],)
        return replace(query, metrics=(), weak=(), subject=context.subject, channels=own, unit=None, years=query.years or context.years)
    if (
        query.operation == "share"
        and context.channels
        and not query.has_cells
        and not query.channels
        and query.subject in (None, context.subject)
    ):
        summed = context.operation == "sum" and len(context.channels) > 1  # 占总数多少, after 网站 and 微信 were added up
        return replace(query, subject=context.subject, channels=context.channels, unit=None, together=summed or query.together)
    return None


def _channels_apart(query: Query, context: Context, held: Directory) -> Found:
    """差多少, after the numbers of two channels of one report were told at once: how far they lie apart."""
    asked = re.search("差(?:了|着|出)?(?:多少|几)|相差|差距|差额|谁[多少]|哪个[多少]", query.text)
    named = query.has_topic or query.years or query.relative or query.applicants or query.mention.agencies or query.group
    two = re.search("两[个种条](?:渠道|平台|途径|方式)", query.text)
    if two and not named and len(context.channels) == len(context.earlier_channels[-1:]) == 1:
        # 两个渠道差多少条, after one and the other
        context = replace(context, channels=(context.earlier_channels[-1], *context.channels))
    if not asked or named or len(context.channels) != 2 or len(context.agencies) != 1 or len(context.years) != 1:
        return None
    return replace(
        query, subject=context.subject, channels=context.channels, unit=context.unit, operation="list", joined=True, asks_number=True,
        years=context.years, mention=Mention(context.agencies), growth="", follows=True,
    )  # fmt: skip


def _channels_together(query: Query, context: Context, held: Directory) -> Found:
    """一共呢: of several bodies or years the channel spoken of is added up; of one all of its channels."""
    if context.channels and not query.has_topic and (asks_total(query) or query.operation == "sum"):
        many = bool(query.group) or len(query.mention.named) > 1 or len(query.years) > 1 or len(context.channels) > 1  # 俩加一块
        channels = context.channels if many else query.channels
        return replace(query, subject=context.subject, channels=channels, unit=context.unit, asks_number=True, operation="sum")
    return None


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


def _own_channels(query: Query, context: Context, held: Directory) -> Found:
    if not query.channels or query.subject:
        return None
    if query.operation in ("find", "exists", "where") and sum(map(len, query.residue)) > 3 and not query.asks_number:
        return query  # 它的网站做过适老化改造没: what is written, whatever was counted before
    subject = context.subject or ("requests.received" if context.metrics else None)
    if query.unit == "info" and not set(query.channels) & REQUEST_CHANNELS:
        subject = "published"  # 微信上又推了几条
    elif query.unit == "people" and "人次" in query.text:
        subject = "visits"  # 网站有多少人次去看
    operation = operation_again(query, context)
    if operation == "list" and "比" in query.text and context.channels:
        query = replace(query, channels=(*context.channels, *query.channels))  # 比网站多几条: both are told
    return replace(
        query, subject=subject, unit=query.unit or context.unit, operation=operation, asks_number=query.asks_number or operation != "find"
    )  # fmt: skip


def _same_point(query: Query, context: Context, held: Directory) -> Found:
    """隐私那条还在不在, 24年承认的又是啥: of the section spoken of."""
    again = context.section is not None and not query.section and not query.asks_number
    if again and re.search(r"[那这][两三四几]?[条一点]|又是(?:什么|啥)", query.text):
        both = re.search(r"[那这][两三四几]条", query.text)  # problems, or what is done about them, as they are numbered
        done = re.search(
            "采取|办法|措施|对策|怎么(?:办|改|解决|治)|咋(?:办|改|解决|治)|如何", query.text
        )  # 针对搜不到东西这条，采取什么办法
        return replace(
            query, section=context.section, topic=None if both else "measures" if done else context.topic, metrics=(), weak=(), applicants=(), subject=None,
            operation="find", residue=()
        )  # fmt: skip
    return None


def _another_matter(query: Query, context: Context, held: Directory) -> Found:
    """做了盲文指南的呢, after who wrote of another matter: who wrote of this one; 那份放在什么地方: of the matter spoken of."""
    narrative = context.matter and not (context.metrics or context.subject) and context.section is None
    if not narrative or not query.residue or query.asks_number or query.has_cells:
        return None
    if context.group and re.search(r"[\u4e00-\u9fff]{4}的呢[?？]*$", query.text):
        who = re.sub(r"的呢[?？]*$", "的有哪些", query.text)
        return replace(query, text=who, operation="find", years=query.years or context.years, follows=True)
    where = re.search(r"[那这][份个本]|它", query.text) and re.search(r"[放摆设贴挂存]在?(?:了)?(?:什么地方|哪)", query.text)
    return replace(query, matter=f"{context.matter} {query.matter}"[:300], operation="find") if where else None


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


def _the_same_again(query: Query, context: Context) -> Query:
    """What was asked of the last body, year or applicant, asked of another."""
    # 合计, after what several bodies have of one column: over the bodies, not the row's total
    over_bodies = len(query.mention.named) > 1 and len(context.applicants) == 1 and {*query.mention.agencies} == {*context.agencies}
    chosen = query.applicants or (() if asks_total(query) and not over_bodies else context.applicants)
    if query.bare_other and not query.applicants and context.metrics:
        chosen = ("other",)
    operation = operation_again(query, context)
    if context.subject and not query.asks_number and re.search("平均|人均", context.matter) and operation == "value":
        query = replace(query, mean=True)  # 24年同样算一个
    if re.search("分子分母|分母也|都换成", query.text) and query.applicants and context.operation == "share":
        operation = "share"  # 分子分母都换成自然人那一列
    whole = next((m.id for m in metrics().values() if m.kind == "sum" and m.parts and {*m.parts} == {*context.metrics}), None)
    if context.operation == "sum" and operation == "compare" and whole:
        context = replace(context, metrics=(whole,))  # 比头一年多几件: of what was added up
    if context.subject and query.unit is None and re.search("的人(?:呢|有|$)|人呢", query.text):
        query = replace(query, unit="people")  # 参加的人呢, after how often
    outcomes = context.metrics and all(m.startswith("outcome.") for m in context.metrics)
    own = "outcome.total" if outcomes and re.search("分子分母|分母也|都换成", query.text) else None
    return replace(
        query,
        metrics=context.metrics,
        less=context.less,
        applicants=chosen,
        subject=context.subject,
        channels=context.channels,
        section=context.section,
        topic=context.topic,
        unit=query.unit or context.unit,
        # 平均一回几个人: the mean stays what is asked for, whatever year or body comes next.
        matter=f"{context.matter}，{query.asked}"[:300]
        if re.search("平均(?:每|一)[次场回期条篇件]", query.asked) and context.subject
        else context.matter or query.matter,
        residue=(),
        qualifier=query.qualifier if WITHIN.search(query.text) else None,
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


_NAMED_OF_TWO = re.compile(
    r"^(?:那|所以|这么说|这样)*(?P<one>[\u4e00-\u9fff]{2,12}?)(?:的|那边|这边)?(?:要|还|又|能)?[多少高低](?:了|出来?)?(?:多少|几)[件条个份宗起人次]?[呢啊呀]?[?？]?$"
)


def _one_of_two(query: Query, context: Context, held: Directory) -> Found:
    """个人多几件, 碧原的少多少, after two numbers that differ in this alone: the one that is named against the other."""
    asked = _NAMED_OF_TWO.match(query.text)
    if not asked or query.years or query.relative or query.group:
        return None
    own, told = query.channels, context.told
    if len(own) == len(context.channels) == 1 and own != context.channels and own[0] in context.earlier_channels:
        return replace(query, channels=(*own, *context.channels), subject=context.subject, operation="list", joined=True), context
    if len(told) != 2 or any(c[0] not in held.bodies for c in told):
        return None
    slot = [i for i in range(4) if told[0][i] != told[1][i]]
    if slot == [0]:
        named = [c for c in told if asked["one"] in c[0]]
    elif slot in ([2], [3]) and not query.mention.agencies:
        things = query.metrics if slot == [2] else query.applicants
        named = [c for c in told if things == (c[slot[0]],)]
    else:
        named = []
    if len(named) != 1:
        return None
    cells = (named[0], next(c for c in told if c != named[0]))
    return _over_cells(replace(query, metrics=tuple(dict.fromkeys(c[2] for c in cells)), subject=None), cells, "compare")


def _two_results(query: Query, context: Context, held: Directory) -> Found:
    """维持的呢，这两种相差几件, after the cases that were corrected: of the one told and the one that is named."""
    told = context.metrics[0].rpartition(".") if len(context.metrics) == 1 else ("", "", "")
    named = [r for r in query.results if r not in ("total", told[2])]
    both = re.search("[这那]?[两俩]个?(?:[种类项样者]|数字?|结果)?(?:数字?|结果)?[^,，]{0,2}(?:相?差|合|加|一共|总共)", query.text)
    if not both or len(named) != 1 or not told[0].startswith(("review", "litigation")) or query.blocks or query.mention.agencies:
        return None
    return replace(
        query, blocks=(told[0],), results=(told[2], named[0]), operation="sum" if re.search("合|加|一共|总共", query.text) else "list",
        joined=True, years=query.years or context.years, mention=Mention(context.agencies), weak=(), subject=None, follows=True,
    )  # fmt: skip


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
    _another_topic,
    _thing_told_before,
    _taken_in,
    _times_of_it,
    _same_applicant,
    this_result,
    this_outcome,
    within_block,
    _received,
    _closed,
    _total_of_block,
    _which_it_was,
    _turned_round,
    how_dealt_with,
    nth_of_them,
    rows_ranked,
    other_rows,
    _former_of_told,
    _channels_apart,
    _same_ratio,
    _between_told,
    _one_of_two,
    _two_results,
    _varied,
    _term_of_share,
    _quote_of_it,
    _bodies,
    _text_or_table,
    _by_the_same_rule,
    _parted_again,
    _same_matter,
    _what_they_are_about,
    the_rest,
    weak_alone,
    part_of_them,
    _carried,
    _of_their_sum,
    _percent,
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
    first_of_them,
    added,
    of_the_five,
    _share_of_channel,
    share_of,
    granted,
    _channels_together,
    columns_again,
    column_of_row,
    _own_cells,
    _own_channels,
    _same_point,
    _another_matter,
    _anew,
    _why,
    result_of_block,
)
