"""The cells told before: set against each other, as shares of one another, and one of two."""

from __future__ import annotations

import re

from corpus.forms import metrics
from service.agencies import Mention
from service.cells import natural_base
from service.context import Context
from service.directory import Directory
from service.follow import Found
from service.lexicon import verb_alone
from service.query import Query
from service.replacing import replace
from service.spoken.base import each

_DEEDS = ("licensing", "penalty", "coercion", "services")  # what a body does beside answering requests


def times_of_it(query: Query, context: Context, held: Directory) -> Found:
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


def which_it_was(query: Query, context: Context, held: Directory) -> Found:
    """是哪年的事, after 最低的一年: the year that was found, again."""
    if context.operation != "rank" or context.focus is None or not re.fullmatch("(?:那)?是?哪一?年(?:的事|的)?[呢啊]?[?？]?", query.text):
        return None
    return replace(query, operation="rank", least=context.least, top=1, years=context.years, follows=True), context


def turned_round(query: Query, context: Context, held: Directory) -> Found:
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


def between_told(query: Query, context: Context, held: Directory) -> Found:
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
    if (
        same
        and re.match("(?:这|那)?[两二]年[^,，]{0,4}[差多少高低]", query.text)
        and one[1] != two[1]
        and one[2:] != two[2:]
        and two[2] in metrics()
    ):
        # 两年差几件, after one year's total, a part of it and the other year's total: of what was told last
        years = tuple(sorted((int(one[1]), int(two[1]))))
        people = (two[3],) if two[3] not in ("", "total") else ()
        return replace(
            query, mention=Mention((two[0],)), metrics=(two[2],), applicants=people, years=years, weak=(), operation="compare", follows=True
        )
    apart = (not same) + sum(a != b for a, b in zip(one[1:], two[1:], strict=True)) > 1
    # 许可和处罚各多少, 差几件
    one_answer = one[:2] == two[:2] and (context.operation == "list" or (context.operation != "sum" and one[2] != two[2] and {one[2], two[2]} == {*context.metrics}))
    each_other = re.match("(?:那)?前者(?:[比跟和与]后者)[^,，]{0,4}[多少高低差]", query.text)
    if not shared and not ((apart or one_answer) and BETWEEN.match(query.text)) and not (one_answer and each_other):
        return None
    operation = "share" if shared else "sum" if re.search("加|合", query.text) else "compare"
    return _over_cells(query, told, operation)


def former_of_told(query: Query, context: Context, held: Directory) -> Found:
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


def same_ratio(query: Query, context: Context, held: Directory) -> Found:
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


def term_of_share(query: Query, context: Context, held: Directory) -> Found:
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


def of_their_sum(query: Query, context: Context, held: Directory) -> Found:
    """自然人占多少, after several bodies were added up: of their sum."""
    if query.operation != "share" or query.singled or len(query.mention.agencies) < 2 or re.search("各|分别|每", query.text):
        return None
    added = context.operation == "sum" and re.search("这些|其中|里面|里头|这里", query.text)
    if added or re.search("(?:放|算)(?:到|在)?一(?:起|块)|[加合]起来|合计的", query.text):
        return replace(query, together=True), context
    return None


def percent(query: Query, context: Context, held: Directory) -> Found:
    """百分比呢, after a change: by how many percent; 谁最高, after shares: of the shares."""
    percent_of = query.operation == "share" or re.search(r"幅度|百分[数比点]", query.text)
    share_again = context.base and query.years and re.search("[这那]个?比[例重]", query.text)  # 云溪2024年的这个比例呢, after shares were compared
    if context.operation == "compare" and percent_of and not (query.has_topic or share_again) and not re.search("占|率", query.text):
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


_NAMED_OF_TWO = re.compile(
    r"^(?:那|所以|这么说|这样)*(?P<one>[\u4e00-\u9fff]{2,12}?)(?:的|那边|这边)?(?:要|还|又|能)?[多少高低](?:了|出来?)?(?:多少|几)[件条个份宗起人次]?[呢啊呀]?[?？]?$"
)


def one_of_two(query: Query, context: Context, held: Directory) -> Found:
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


def two_results(query: Query, context: Context, held: Directory) -> Found:
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
