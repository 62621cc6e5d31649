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

What the last answer was about comes with the question (context.py); the bodies are taken over first (spoken.py), the rest by the rules
at the end of this file, in their order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from corpus.forms import LEGAL_PERSONS, metrics, subjects
from corpus.textual import stated_number
from service.agencies import Mention
from service.context import Context
from service.directory import Directory
from service.leftover import WITHIN
from service.lexicon import find_terms
from service.movement import against_an_end
from service.operation import MENTIONED, OF_TEXT
from service.query import REQUEST_CHANNELS, Query
from service.spoken import COUNTS, each, same_bodies, two_compared
from service.years import LEFT_OUT, LEFT_OUT_AFTER, TAKEN

Found = Query | tuple[Query, Context] | None


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
    own = query.has_topic or query.weak or query.years or query.relative or query.mention.agencies or query.applicants or query.group
    if re.match("对了|顺便问", query.text) and query.residue and not own:
        return query  # 对了家里水表坏了找谁修
    if not re.search(r"换个(?:话题|问题)|(?:另外|再)问(?:个|一个)别的|问个?别的", query.text):
        return None
    return same_bodies(query, Context(agencies=context.agencies), held) if _BACK_TO.search(query.text) else query


def _times_of_it(query: Query, context: Context, held: Directory) -> Found:
    """一共办了几次: of what was spoken of, though 办了 names a cell."""
    if query.unit in ("times", "people", "info") and context.subject and query.metrics == ("outcome.total",) and not query.mention.agencies:
        return replace(query, metrics=(), subject=None), context
    return None


def _same_applicant(query: Query, context: Context, held: Directory) -> Found:
    """同一类申请人分别是多少: of the applicants spoken of."""
    if context.applicants and not query.applicants and re.search("(?:同一?|这|那)(?:一)?[类种]的?申请人", query.text):
        return replace(query, applicants=context.applicants, metrics=query.metrics or context.metrics), context
    return None


def _this_result(query: Query, context: Context, held: Directory) -> Found:
    """有几件是这个结果, after what 结果纠正 means: of the block named or spoken of."""
    pointed = re.search(r"(?:这|该|此)(?:一?种|个|一|类)?结果", query.text)
    results = tuple(dict.fromkeys(m.rpartition(".")[2] for m in context.metrics if m.startswith(("review.", "litigation."))))
    if not pointed or len(results) != 1 or {*query.results} - {"total"} or query.metrics or query.rows:
        return None
    blocks = query.blocks or tuple(dict.fromkeys(m.rpartition(".")[0] for m in context.metrics))
    return replace(query, blocks=blocks, results=results, weak=(), subject=None), context


def _within_block(query: Query, context: Context, held: Directory) -> Found:
    """其中法院结果纠正的几件, 两边维持的一共几件: of the one way to court that was told, or of both."""
    told = {m.rpartition(".")[0] for m in context.metrics}
    one = next(iter(told)) if len(told) == 1 else ""
    ways = ("litigation.direct", "litigation.after_review")
    if one not in ways or context.operation == "sum" or not {*query.results} - {"total"}:
        return None
    if query.blocks == ("litigation",) and re.match("其中|里面|这里面|当中", query.text):
        return replace(query, blocks=(one,), subject=None), context
    if not query.blocks and re.search("两边|两头|两类|两种", query.text):
        return replace(query, blocks=("litigation",), subject=None, metrics=(), weak=(), follows=True), context
    return None


def _received(query: Query, context: Context, held: Directory) -> Found:
    """有没有哪家一件都没收到, after an outcome: of what came in."""
    outcome = context.metrics and all(m.startswith("outcome.") for m in context.metrics)
    if OF_TEXT.search(query.text):
        return None
    plain = query.weak in ((), ("requests.received",)) and not query.subject_only and not query.has_cells
    if outcome and plain and re.search(r"收到|接到|没收|收[了着](?:几|多少)[件份宗]", query.text):
        return replace(query, metrics=("requests.received",), weak=()), context
    return None


def _turned_round(query: Query, context: Context, held: Directory) -> Found:
    """倒过来呢: the other end of the ranking."""
    if re.search(r"[反倒]过?来|[反倒]着", query.text) and not query.has_topic and (context.group or len(context.agencies) > 1):
        least = not context.least
        query = replace(query, operation="rank", least=least, top=max(query.top, context.top), follows=True)
        return query, replace(context, least=least)
    return None


BETWEEN = re.compile(
    r"^(?:那|这)?(?:两者|二者|[两俩]个?(?:数|年|边|处)?|前后|之间|中间|一共|总共|一?来一?去)*(?:[差多少高低]了?出?了?(?:多少|几)|相差|差距|差额|加(?:起来|一起|一块)|合(?:起来|计)|[几多]少?倍)[件个条次人元]*(?:是|有)?(?:多少|几)?[件个条次人元]*[呢啊呀了的]*[?？]?$"
)


def _between_told(query: Query, context: Context, held: Directory) -> Found:
    """差几件, where the two cells told last differ in more than one way: 2021年结转下年 against 2022年上年结转."""
    if len(context.told) != 2 or query.has_topic or not BETWEEN.match(query.text):
        return None
    one, two = context.told
    if any(c[0] not in held.bodies for c in context.told):
        return None
    same = held.bodies[one[0]].lineage == held.bodies[two[0]].lineage
    if (not same) + sum(a != b for a, b in zip(one[1:], two[1:], strict=True)) < 2:
        return None
    operation = "sum" if re.search("加|合", query.text) else "compare"
    years = tuple(sorted({int(c[1]) for c in context.told}))
    return replace(
        query, cells=context.told, mention=Mention(tuple(dict.fromkeys(c[0] for c in context.told))), years=years, operation=operation
    )


def _bodies(query: Query, context: Context, held: Directory) -> Found:
    return two_compared(same_bodies(query, context, held), context, held), context


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
    if stated and OF_TEXT.search(query.text) and not (query.has_cells or query.section or other):
        return replace(
            query, years=years, subject=stated, weak=(), residue=(), unit_only=False, asks_number=True, operation="value"
        )  # fmt: skip
    return None


def _by_the_same_rule(query: Query, context: Context, held: Directory) -> Found:
    """2020年按这个算法（公开加部分公开）呢: the reckoning spoken of, however it is described."""
    again = re.search(
        r"按(?:照)?(?:这|那|同|上面|刚才|前面|后面)这?那?[个种样]?的?(?:算法|口径|办法|法子|标准|公式)|同样的?(?:算法|口径|公式)|同一个?(?:算法|口径)|照[这此]样?[个么]?(?:算|口径)|(?:按|照|用)[^,，]{0,4}一?种?(?:口径|算法|办法)|同样算",
        query.text,
    )
    outside = re.sub(r"[(（][^()（）]*[)）]", "", query.text)
    if any(h.kind in ("metric", "row", "block") and not h.weak for h in find_terms(outside)):
        return None  # 行政强制呢，同样的算法: the thing is another one
    if (
        not again
        or not context.metrics
        or query.operation in ("define", "coverage", "where")
        or not (query.years or query.mention.agencies or query.applicants or query.relative)
    ):
        return None
    if query.relative and not query.years and _BACK.fullmatch(query.relative) and len(context.years) == 1:
        query = replace(query, years=(context.years[0] - 1,), relative=None)  # 上一年度按这个口径
    both = tuple(sorted({*context.years, *context.earlier_years}))
    if not query.years and _counted(_YEARS_COUNTED, query.text) == len(both) > 1:
        query = replace(query, years=both, relative=None)  # 碧原这两年也照后一种口径
    return replace(
        query, metrics=context.metrics, base=context.base, operation=context.operation, rows=(), columns=(), blocks=(), results=(), weak=(),
        residue=(), subject=None, shares=None, years=query.years or context.years, applicants=query.applicants or context.applicants, follows=True,
    )  # fmt: skip


def _same_matter(query: Query, context: Context, held: Directory) -> Found:
    """2021年的报告里还提这件事吗: what was looked for, in another report."""
    again = re.search(
        r"(?:提|写|说|讲|有)(?:没提|没写|到|过|了)?(?:这|那)(?:件|个|桩|种|类|条|项)?(?:事|话|句|做法|问题|内容|情况|活动)?"
        r"|(?:年报|报告|报)(?:里|中|上)(?:面|头)?(?:有没有|有吗|写没写|提没提)[呢啊呀]?[?？]?$"
        r"|(?:这|那)(?:么|样)(?:做|干|办|搞)|同样(?:做|干)|有(?:这|那)(?:种|个|类)做法",
        query.text,
    )
    which_year = re.search(r"哪[一几些]?个?年", query.text)
    if not again or query.has_topic or query.applicants or not context.matter or context.metrics or context.section is not None:
        return None
    if not (query.years or query.relative or query.mention.agencies or which_year):
        return None
    back = query.relative is not None and _BACK.fullmatch(query.relative) and context.years
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
        query, matter=context.matter, operation="find", years=query.years or context.years, residue=(), asks_number=False, follows=True
    )  # fmt: skip


def _part_of_them(query: Query, context: Context, held: Directory) -> Found:
    """企业申请的那部分, 剩下的是商业企业提的吗: of the figure spoken of, for the applicants named."""
    part = re.search(r"申请的?那?(?:一)?(?:部分|些)|[提递]的那?(?:部分|些)", query.text)
    if part and query.applicants and query.metrics in ((), ("requests.received",)) and context.metrics and not (query.rows or query.blocks):
        return replace(query, metrics=context.metrics, subject=None, years=query.years or context.years, operation="value")
    left = query.metrics == ("requests.carried_out",) and re.search(r"剩下的?(?=是|里|几|两|那|都|全|就)|其余", query.text)
    if left and not query.applicants and context.applicants == ("natural",) and not query.blocks and not query.rows:
        query = replace(query, applicants=("legal_persons",))  # 剩下的几件: whoever is no natural person
    if left and query.applicants and context.metrics:
        return replace(query, metrics=context.metrics, follows=True), context
    return None


def _carried(query: Query, context: Context, held: Directory) -> Found:
    """又结转了多少: into the year or out of it, as was spoken of."""
    carried = {"requests.carried_in", "requests.carried_out"}
    if carried <= set(query.weak) and not query.metrics and len(own := [m for m in context.metrics if m in carried]) == 1:
        return replace(query, metrics=tuple(own), weak=(), subject=None), context
    return None


def _fees(query: Query, context: Context, held: Directory) -> Found:
    """Of the fee spoken of: 几件上收的, 多少钱."""
    if context.subject != "handling_fee":
        return None
    fee = replace(query, subject="handling_fee", weak=(), residue=(), years=query.years or context.years, asks_number=True)
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
    if added or re.search("(?:并|合|加|放|算)(?:到|在)?一(?:起|块)|合起来|合计的", query.text):
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
        query = replace(query, shared=True)
    return query, context


def _less_some(query: Query, context: Context, held: Directory) -> Found:
    """许可不算, 再除掉商业企业: what was told, less the things named."""
    people = {h.id for h in find_terms(query.text) if h.kind == "applicant" and not h.weak}
    every = LEGAL_PERSONS if "legal_persons" in (*context.applicants, *context.earlier_applicants) else context.applicants
    rest = tuple(a for a in every if a not in people and a != "total")
    if query.applicants and people and not people & {*query.applicants} and people < {*every} and rest and context.metrics:
        return replace(
            query, applicants=rest, metrics=context.metrics, subject=None, weak=(), years=query.years or context.years,
            operation="list" if query.operation == "list" or re.search("列|哪些|分别", query.text) else "sum" if len(rest) > 1 else "value", joined=True, asks_number=True,
        )  # fmt: skip
    whole = metrics()[context.metrics[0]].parts if len(context.metrics) == 1 else ()
    carried = "requests.carried_in" in whole and re.match(rf"^(?:那|要是|如果)?{TAKEN}(?:上年)?结转(?:来|过来)?的?", query.text)
    if carried and not query.years:  # 不算结转的呢, after the sum of both
        return replace(
            query, metrics=tuple(m for m in whole if m != "requests.carried_in"), weak=(), residue=(), subject=None, attributive=None,
            qualifier=None, years=context.years, operation="value", asks_number=True, applicants=query.applicants or context.applicants,
        )  # fmt: skip
    out = {
        h.id
        for h in find_terms(query.text)
        if h.kind in ("row", "metric", "block")
        and not h.weak
        and re.match(r"的?(?:那[一]?[项类种个])?(?:不算|除外|去掉|[剔刨扣][掉去除])", query.text[h.end :])
    }
    listed = whole if whole and len(whole) > 2 else context.metrics
    kept = tuple(m for m in listed if not any(m == o or m.startswith(o + ".") for o in out))
    if out and len(listed) > 2 and 1 < len(kept) < len(listed):
        return replace(
            query, metrics=kept, rows=(), blocks=(), weak=(), subject=None, years=query.years or context.years,
            operation="sum" if whole else context.operation, joined=True, asks_number=True,
        )  # fmt: skip
    return None


def _things_counted(query: Query, context: Context, held: Directory) -> Found:
    """这两样: as many of the things spoken of last; asked for as one number they are added up."""
    things = _counted(_THINGS, query.text)
    if not things or (query.has_topic and query.operation != "share"):
        return None
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
    if pointed and query.operation == "value" and query.asks_number and not re.search(r"各|分别|[多少高低差]几|差", query.text):
        query = replace(query, operation="sum", joined=True)
    elif pointed and query.operation == "list" and re.search("相加|加起来|加总|合计", query.text):
        query = replace(query, operation="sum", joined=True)  # 把这六列相加
    elif pointed and context.operation == "sum" and query.operation in ("value", "find") and not query.asks_number:
        query = replace(query, operation="list", joined=True)  # 同样这三项也报一下
    return replace(query, follows=query.follows or pointed), context


def _who_applied(query: Query, context: Context, held: Directory) -> Found:
    """剩下那件是哪类申请人提的: the row spoken of, by its columns."""
    if not re.search(r"哪一?[类种]的?(?:申请)?人(?:提|申请|来|递|的|[?？]|$)", query.text) or query.operation == "rank" or query.has_cells:
        return None
    if not context.metrics or not all(metrics()[m].by_applicant for m in context.metrics):
        return None
    return replace(
        query, metrics=context.metrics, applicants=(), weak=(), subject=None, residue=(), attributive=None, qualifier=None, operation="list",
        years=query.years or context.years, follows=True,
    )  # fmt: skip


def _which_reasons(query: Query, context: Context, held: Directory) -> Found:
    """都因为什么理由, after how many were refused: the rows that the form divides them into."""
    asked = re.search(r"(?:都|各|分别|主要)?(?:是|因为|出于|凭)?(?:些)?(?:什么|啥|哪[些几]种?)(?:理由|原因|情形)", query.text)
    parent = context.metrics[0] if len(context.metrics) == 1 else ""
    if not asked or query.has_topic or parent not in metrics() or not parent.startswith("outcome.") or parent == "outcome.total":
        return None
    if not metrics()[parent].parts:
        return None
    return replace(
        query, metrics=(parent,), subject=None, weak=(), residue=(), operation="list", years=query.years or context.years,
        applicants=query.applicants or context.applicants, follows=True,
    )  # fmt: skip


def _this_reason(query: Query, context: Context, held: Directory) -> Found:
    """拿这个理由不公开的有几件, after what one of the reasons means: that row."""
    pointed = re.search(r"(?:这|那|该|此)(?:一?[个种条类项])?(?:理由|原因|情形|由头|名目|名义)", query.text)
    reason = context.metrics[0] if len(context.metrics) == 1 else ""
    if not pointed or reason.count(".") < 2 or query.rows or query.blocks or {*query.metrics} - {reason.rpartition(".")[0]}:
        return None
    return replace(query, metrics=(reason,), subject=None, weak=(), residue=()), context


def _how_it_ended(query: Query, context: Context, held: Directory) -> Found:
    """22年有1件吧，结果怎样, after a review or lawsuit: each of its results."""
    blocks = tuple(dict.fromkeys(m.rpartition(".")[0] for m in context.metrics if m.startswith(("review.", "litigation."))))
    asked = re.search(r"结果(?:怎么?样|如何|是(?:什么|啥|怎样)|咋样)|怎么判的|判(?:得|的)?怎么?样", query.text)
    if not asked or not blocks or query.rows or {*query.results} - {"total"}:
        return None
    return replace(
        query, blocks=query.blocks or blocks, results=(), metrics=(), weak=(), subject=None, operation="list", premise=None,
        years=query.years or context.years, follows=True,
    )  # fmt: skip


def _whole_of_them(query: Query, context: Context, held: Directory) -> Found:
    """八类总共几件, after one of the eight: what they add up to."""
    counted = re.search(r"([两三四五六七八])[类项种](?:理由|情形|原因)?(?:总共|一共|合计|加起来|加总|共)", query.text)
    parent = context.metrics[0].rpartition(".")[0] if len(context.metrics) == 1 else ""
    parts = metrics()[parent].parts if parent in metrics() else ()
    if not counted or query.has_topic or query.applicants or len(parts) != stated_number(counted[1]):
        return None
    return replace(
        query, metrics=(parent,), subject=None, operation="value", years=query.years or context.years, applicants=context.applicants,
        weak=(), follows=True,
    )  # fmt: skip


def _years(query: Query, context: Context, held: Directory) -> Found:
    """The years spoken of, those around them, or among which one is asked for."""
    if query.operation == "compare" and not query.rows:
        # 比上年: the year before, not the form's column of that name
        query = replace(query, columns=tuple(c for c in query.columns if not c.startswith("items_")))
    if query.operation == "coverage":
        return query  # which years are held, not what the year spoken of holds
    if query.columns == ("items_last_year",) and len(context.years) == 1 and re.match(r"^(?:那)?上一?年度?的?", query.text):
        query = replace(query, columns=(), years=(context.years[0] - 1,), follows=True)  # 上一年的处罚数呢: the year before, no column
    if (less := _less_a_year(query, context) or _against_an_end(query, context)) is not None:
        return less, context
    apart = re.search(r"差了?(?:多少|几)|相差|差距|差额", query.text) and not re.search(r"比|较|上一?年|前一年|同比", query.text)
    one_each = len(query.years) == len(context.years) == 1 and query.years != context.years
    if apart and one_each and not (query.has_topic or query.mention.named or query.group):  # 那2023年呢，差多少件: against the year told
        return replace(query, years=tuple(sorted((*query.years, *context.years))), operation="compare", follows=True), context
    query = _moved_year(_to_the_ends(query, context, held), context)
    which_year = bool(re.search(r"哪[一几些]?个?年|几几年", query.text))
    if which_year and len(context.years) == 1 and context.earlier_years and query.operation == "rank" and not query.years:
        query = replace(query, years=tuple(sorted({*context.earlier_years, *context.years})), follows=True)
    elif which_year and len(context.years) == 1 and query.operation in ("rank", "value", "find"):
        query = replace(query, follows=True)  # among all that are held
    elif not query.years and not query.relative and context.years:
        # 比上年呢: the year of the last answer against the one before it.
        between = query.mention.named or query.group  # bodies are compared, in the year spoken of
        compared = query.operation == "compare" and not query.has_topic and len(context.years) == 1 and not between
        query = replace(query, years=(context.years[0] - 1, context.years[0]) if compared else context.years)
    if query.applicants and (context.subject or "").startswith("requests.") and not query.has_cells and not query.channels:
        context = replace(context, metrics=("requests.received",), subject=None, channels=())  # applicants stand in the table alone
    return query, context


def _against_an_end(query: Query, context: Context) -> Query | None:
    """比最多的那年低百分之几, after the least of several years: those years again, the one told against the one named."""
    if context.focus is None or len(context.years) < 3 or query.has_topic or query.years or not against_an_end(query.text):
        return None
    return replace(query, years=context.years, relative=None, operation="compare", follows=True)


def _less_a_year(query: Query, context: Context) -> Query | None:
    """2019年的扣掉，总数剩多少: of the years spoken of, without the one named."""
    rest = tuple(y for y in context.years if y not in query.years)
    named = list(re.finditer(r"(?:20)?[12]\d年?", query.text))
    left_out = any(LEFT_OUT.search(query.text[: m.start()]) or LEFT_OUT_AFTER.match(query.text[m.end() :]) for m in named)
    if not left_out or not query.years or len(context.years) < 3 or len(rest) + len(query.years) != len(context.years) or query.has_topic:
        return None
    total = re.search("总|共|合计|加", query.text)
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


def _first_of_them(query: Query, context: Context, held: Directory) -> Found:
    """前两项加起来: of the things told."""
    first = re.search(r"(?<!近)前([两二三四])[个项样]", query.text)
    if query.has_topic or first is None or len(context.metrics) < 2 or query.group:
        return None
    operation = "sum" if re.search(r"加|合|总|一共", query.text) else "list"
    told = context.metrics[: COUNTS[first[1]]]
    return replace(query, metrics=told, operation=operation, applicants=query.applicants or context.applicants, joined=True)


def _of_the_five(query: Query, context: Context, held: Directory) -> Found:
    """其中商业企业占多少, after the five columns of legal persons: of these."""
    inner = query.applicants[0] if len(query.applicants) == 1 else ""
    within = query.operation == "share" and context.applicants == ("legal_persons",) and inner in LEGAL_PERSONS
    if within and re.search("其中|里面|当中", query.text):
        return replace(query, applicants=("legal_persons", inner)), context
    return None


def _share_of_channel(query: Query, context: Context, held: Directory) -> Found:
    """占多少, after a number of the text: of the number in the text."""
    if (
        query.operation == "share"
        and context.channels
        and not query.has_cells
        and not query.channels
        and query.subject in (None, context.subject)
    ):
        return replace(query, subject=context.subject, channels=context.channels, unit=None)
    return None


def _granted(query: Query, context: Context, held: Directory) -> Found:
    """公开的呢, after requests: those that were granted, not what was published."""
    bare = query.subject == "published" and query.follows and re.fullmatch(r"(?:那|其中)?公开(?:了)?的?(?:有|呢)?", query.matter)
    if bare and any(m.startswith(("requests.", "outcome.")) for m in context.metrics):
        return replace(query, metrics=("outcome.granted",), subject=None, applicants=query.applicants or context.applicants)
    return None


def _channels_together(query: Query, context: Context, held: Directory) -> Found:
    """一共呢: of several bodies or years the channel spoken of is added up; of one all of its channels."""
    if context.channels and not query.has_topic and (_asks_total(query) or query.operation == "sum"):
        many = len(query.mention.named) > 1 or len(query.years) > 1 or len(context.channels) > 1  # 俩加一块
        channels = context.channels if many else query.channels
        return replace(query, subject=context.subject, channels=channels, unit=context.unit, asks_number=True, operation="sum")
    return None


def _columns_again(query: Query, context: Context, held: Directory) -> Found:
    """那强制呢, 那直接起诉的呢: the columns or results spoken of, of another row or block."""
    if query.rows and not query.columns and (_is_elliptic(query) or re.search("[这那][两三]个数", query.text)):
        columns = {m.rpartition(".")[2] for m in context.metrics if m.partition(".")[0] in _ROWS}
        query = replace(query, columns=tuple(sorted(columns)))
    alike = re.search(r"照此|照样|同样|按这[几两三四]?[项样个种]|也这样|也这么", query.text)
    if query.blocks and not query.results and (_is_elliptic(query) or alike):
        results = {m.rpartition(".")[2] for m in context.metrics if m.startswith(("review.", "litigation."))}
        if results - {"total"} and not {b.partition(".")[0] for b in query.blocks} & {m.partition(".")[0] for m in context.metrics}:
            query = replace(query, results=("total", *sorted(results - {"total"})), operation="list")  # the same result, or all
        else:
            query = replace(query, results=tuple(sorted(results)))
    return query, context


def _column_of_row(query: Query, context: Context, held: Directory) -> Found:
    """当年制发的呢, 现行有效的还剩多少: of the row spoken of."""
    own_rows = tuple(dict.fromkeys(m.partition(".")[0] for m in context.metrics if m.partition(".")[0] in _ROWS))
    of_row = any(f"{row}.{column}" in metrics() for row in own_rows for column in query.columns)
    bare_column = not (query.rows or query.blocks) and {*query.metrics} <= {"requests.carried_out", "requests.carried_in"}
    plain = query.subject in (None, "documents", "published") or query.metrics or query.weak
    if query.columns and of_row and bare_column and plain and not query.channels:
        return replace(query, rows=own_rows, metrics=(), weak=(), subject=None, operation=_operation(query, context))
    return None


def _own_cells(query: Query, context: Context, held: Directory) -> Found:
    """A question that names its cell takes over the applicant and the share at most."""
    if not query.has_cells or (query.operation == "find" and re.search(r"买|内容|什么|啥", query.text)):
        return query if query.has_cells else None
    if query.follows and not query.applicants and context.applicants and not query.asks_number and not _asks_total(query):
        query = replace(query, applicants=context.applicants)
    again = _is_elliptic(query) and context.operation == "share" and query.operation == "value"
    if again and not _asks_total(query) and not query.condition:
        query = replace(query, operation="share")
    return query


def _own_channels(query: Query, context: Context, held: Directory) -> Found:
    if not query.channels or query.subject:
        return None
    subject = context.subject or ("requests.received" if context.metrics else None)
    if query.unit == "info" and not set(query.channels) & REQUEST_CHANNELS:
        subject = "published"  # 微信上又推了几条
    operation = _operation(query, context)
    if operation == "list" and "比" in query.text and context.channels:
        query = replace(query, channels=(*context.channels, *query.channels))  # 比网站多几条: both are told
    return replace(
        query, subject=subject, unit=query.unit or context.unit, operation=operation, asks_number=query.asks_number or operation != "find"
    )  # fmt: skip


def _same_point(query: Query, context: Context, held: Directory) -> Found:
    """隐私那条还在不在, 24年承认的又是啥: of the section spoken of."""
    again = context.section is not None and not query.section and not query.asks_number
    if again and re.search(r"[那这][条一点]|又是(?:什么|啥)", query.text):
        return replace(
            query, section=context.section, topic=context.topic, metrics=(), weak=(), applicants=(), subject=None, operation="find", residue=()
        )  # fmt: skip
    return None


def _anew(query: Query, context: Context, held: Directory) -> Found:
    return query if query.subject or query.section or not _takes_over(query, context) else None


def _why(query: Query, context: Context, held: Directory) -> Found:
    """为啥涨了: of the figure spoken of; 是什么活动: what it was, not how much."""
    moved = re.search(r"为什么|为啥|为何|原因", query.text) and re.search(r"[涨降增减升跌多少高低]", query.text)
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


def _result_of_block(query: Query, context: Context, held: Directory) -> Found:
    """维持的呢, 其他结果呢: of the blocks spoken of."""
    blocks = tuple(dict.fromkeys(m.rpartition(".")[0] for m in context.metrics))
    told = any(m.startswith(("review.", "litigation.")) for m in context.metrics)
    if query.results and told:
        return replace(query, blocks=blocks, operation=_operation(query, context))
    if query.bare_other and told:
        return replace(query, blocks=blocks, results=("other",), operation="value")
    if set(query.results) - {"total"} or (query.columns and not query.follows):
        return query  # parts of another table than the last answer's: they ask anew
    if query.bare_other and not query.applicants and not context.applicants and any(m.startswith("outcome.") for m in context.metrics):
        return query  # another outcome or another applicant: asked back
    return None


def _the_same_again(query: Query, context: Context) -> Query:
    """What was asked of the last body, year or applicant, asked of another."""
    chosen = query.applicants or (() if _asks_total(query) else context.applicants)
    if query.bare_other and not query.applicants and context.metrics:
        chosen = ("other",)
    operation = _operation(query, context)
    if context.subject and not query.asks_number and re.search("平均|人均", context.matter) and operation == "value":
        query = replace(query, mean=True)  # 24年同样算一个
    if re.search("分子分母|分母也|都换成", query.text) and query.applicants and context.operation == "share":
        operation = "share"  # 分子分母都换成自然人那一列
    outcomes = context.metrics and all(m.startswith("outcome.") for m in context.metrics)
    own = "outcome.total" if outcomes and re.search("分子分母|分母也|都换成", query.text) else None
    return replace(
        query,
        metrics=context.metrics,
        applicants=chosen,
        subject=context.subject,
        channels=context.channels,
        section=context.section,
        topic=context.topic,
        unit=query.unit or context.unit,
        matter=context.matter or query.matter,
        residue=(),
        qualifier=query.qualifier if WITHIN.search(query.text) else None,
        attributive=None,
        unit_only=False,
        base=context.base or own if query.base is None and operation == "share" else query.base,
        operation=operation,
    )


_THINGS = re.compile(r"(?<![前第哪最头分])([两二三四五六])个?(?:样|项|种|类|列|栏|者|数|个数|个(?=[加合一总共相]))|(俩)")


_YEARS_COUNTED = re.compile(r"(?<![近前第哪最])([两二三四五六])个?(?:年|年度)")


def _counted(pattern: re.Pattern[str], text: str) -> int:
    """How many of what was spoken of a question points at: 2 for 这两样; 0 where it counts none."""
    match = pattern.search(text)
    return COUNTS[next(g for g in match.groups() if g)] if match else 0


def _last(earlier: tuple[str, ...], spoken: tuple[str, ...], count: int) -> tuple[str, ...]:
    """As many of what was spoken of last as are counted; () where fewer were, or just those of the last answer are."""
    pool = tuple(dict.fromkeys((*earlier, *spoken)))
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


_BACK_TO = re.compile(r"同一[家个]|[这那该](?:家|个?单位|个?机关|个?局)|它|他们|上述|刚才")


_BACK = re.compile(r"前一年|头年|头一年|再前一年|再?早一年|再?往前一年|上年度?|上一年度?")


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
    if own or not (together or _APART.search(query.text)) or re.search(r"年|同比|环比|占比|[两三四五六俩]", query.text):
        return query, context
    named = query.mention.agencies
    bodies = tuple(a for a in dict.fromkeys((*context.earlier, *context.agencies)) if a in held.bodies)
    if context.earlier and len(context.agencies) == 1 and len(bodies) > 1 and (not named or (together and len(named) == 1)):
        # 再加上省公安厅: one more beside them.
        bodies = (*bodies, *named) if named else bodies[-2:]
        operation = "sum" if together else "list" if query.operation in ("compare", "rank", "find", "exists") else query.operation
        if context.operation == "share" and not together:
            operation = "share"  # 高出几个百分点
        return replace(
            query,
            group=None,
            mention=each(bodies),
            operation=operation,
            years=context.years[-1:],
            follows=True,
        ), context
    if named or query.mention.unknown:
        return query, context
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


def _added(query: Query, context: Context, held: Directory) -> Found:
    """把部分公开也算进去: one more figure beside what was told, added up or over the same whole."""
    blocks = tuple(f"{b}.total" for b in query.blocks if not query.results)
    query = replace(query, metrics=query.metrics or blocks, blocks=() if blocks and not query.metrics else query.blocks)
    if not re.search(r"也算(?!一)|算进去|算上|加进去|再加上|连同|也加", query.text) or not query.metrics or not context.metrics:
        return None
    if blocks and any(m.endswith(".total") for m in context.metrics):
        context = replace(context, metrics=tuple(m for m in context.metrics if m.endswith(".total")))
    told = context.metrics
    parents = {m.rpartition(".")[0] for m in (*told, *query.metrics)}
    if len(parents) == 1 and re.search("总共|一共|合计|总计", query.text):  # 再加上…，无法提供总共: with all parts of it that were told
        told = tuple(dict.fromkeys((*(m for m in context.earlier_metrics if m.rpartition(".")[0] in parents), *told)))
    wanted = tuple(dict.fromkeys((*(m for m in told if m not in query.metrics), *query.metrics)))
    share = query.operation == "share" or context.operation == "share"
    base = "outcome.total" if share and all(m.startswith("outcome.") for m in wanted) else None
    operation = "share" if base else "sum"
    return replace(query, metrics=wanted, base=base, operation=operation, subject=None, applicants=query.applicants or context.applicants)


def _moved_year(query: Query, context: Context) -> Query:
    """The year before or after the one spoken of; and both of two that were spoken of one after the other."""
    count_years = _counted(_YEARS_COUNTED, query.text)
    if query.relative == "这几年" and len(context.years) > 1 and not query.years:
        return replace(query, years=context.years, relative=None, follows=True)
    these = re.search(r"[这那]([两三四五六])年", query.text)
    if these and COUNTS[these[1]] == len(context.years) and not query.years:
        return replace(query, years=context.years, relative=None, follows=True)  # 这两年平均每年
    if len(context.years) > 1 and not query.years and re.search("首尾两?年|头尾两?年|起止年|(?:同样|同)的?(?:起止|首尾)", query.text):
        return replace(query, years=(min(context.years), max(context.years)), relative=None, operation="compare", follows=True)
    top = re.search("[那这]个?(?:顶峰|高峰|峰值|低谷|谷底|最[多高少低]的?那?一?年)", query.text)
    if top and context.focus and len(query.years) == 1 and query.years[0] != context.focus and not query.has_topic:
        return replace(query, years=tuple(sorted((context.focus, *query.years))), relative=None, operation="compare", follows=True)
    later = [y for y in context.earlier_years if len(context.years) == 2 and y > max(context.years)]
    if later and not query.years and not query.has_topic and re.match("后来|随后|之后|接着|再后来", query.text):
        return replace(query, years=(max(context.years), min(later)), relative=None, operation="compare", follows=True)  # 后来又回升了几件
    final = re.search("最后那?一?年|末年|末尾那?一?年", query.text)
    if (
        final
        and len(context.years) > 1
        and query.years
        and (query.operation == "compare" or query.growth or re.search("较|比", query.text))
    ):
        return replace(
            query, years=tuple(sorted({max(context.years), *query.years})), relative=None, operation="compare"
        )  # 最后一年较2023年
    if query.relative == "后一年" and len(context.years) == 2:
        return replace(query, years=(max(context.years),), relative=None, follows=True)  # 后一年里: of the two spoken of
    ends = re.search(r"(?P<last>后面那?一?年|末年|最后那?一年|末尾那?一?年)|(?P<first>前面那?一?年|首年|起始年|第一年)", query.text)
    if ends and len(context.years) > 1 and not query.years:
        return replace(query, years=(max(context.years) if ends["last"] else min(context.years),), relative=None, follows=True)
    joined = re.search(r"(?:连|加上|算上|连同|包括)[^,，]{0,3}\d\d年", query.text)
    if joined and query.years and count_years == len({*context.years, *query.years}):
        return replace(query, years=tuple(sorted({*context.years, *query.years})), relative=None, operation="sum", follows=True)
    if len(context.years) == 2 and not query.years and re.search(r"中间(?:那|的)?一?年", query.text):
        first, last = sorted(context.years)
        return replace(query, years=tuple(range(first + 1, last)) or context.years, relative=None, follows=True)
    if context.focus and not query.years and not query.relative and re.match("(?:那|就)?[这那]一?年(?!里|间|度|份)", query.text):
        return replace(query, years=(context.focus,), relative=None)  # 这一年走网站的占多少
    if context.focus and query.relative in ("那年", "那一年") and query.operation != "rank":
        return replace(query, years=tuple(sorted({context.focus, *query.years})), relative=None)  # 从那年到2024
    back = query.relative is not None and bool(_BACK.fullmatch(query.relative))
    against = query.operation == "compare" or "倍" in query.text
    if against and back and len(context.years) == 1 and not query.has_topic:
        return replace(query, years=(context.years[0] - 1, context.years[0]), relative=None)
    grows = query.operation == "rank" and query.growth
    again = (query.operation == "compare" or grows or "倍" in query.text) and not query.years and not query.relative and not query.has_topic
    if again and len(context.years) == 1 and context.earlier_years and not re.search(r"同比|环比|逐年|趋势|走势", query.text):
        return replace(query, years=tuple(sorted({*context.earlier_years, *context.years})))  # 差几件: between the two spoken of
    if query.years or not context.years or (query.operation == "compare" and not re.search(r"[两二]个?年", query.text)):
        return query
    count = _counted(_YEARS_COUNTED, query.text)
    if count > len(context.years) and count <= len({*context.earlier_years, *context.years}):
        operation = "sum" if re.search(r"[加合总共累]", query.text) else "compare"
        operation = "rank" if query.operation == "rank" else operation
        return replace(query, years=tuple(sorted({*context.earlier_years, *context.years})), relative=None, operation=operation)
    if (
        count > len(context.years) and len(context.years) == 1 and not re.search("[这那]同?样?这?[两三四五六]年|同样", query.text)
    ):  # 三年平均下来: those that end with the year spoken of
        return replace(query, years=tuple(range(context.years[0] - count + 1, context.years[0] + 1)), relative=None)
    if query.relative in ("那年", "那一年", "当年", "同年", "同一年"):
        return replace(query, years=context.years, relative=None)
    alone = query.relative in ("上一年", "上一年度") and not (query.mention.spans or query.group)
    plain = (
        query.relative in ("前一年", "头一年", "再前一年", "再早一年", "早一年", "往前一年", "再往前一年")
        or alone
        or not query.has_topic
        or (query.section and not query.has_cells)
    )
    if query.relative and plain and _BACK.fullmatch(query.relative):
        return replace(query, years=(min(context.years) - 1,), relative=None)
    if query.relative and re.fullmatch(r"后一年|次年|翌年|下一年度?|第二年", query.relative):
        return replace(query, years=(max(context.years) + 1,), relative=None)
    return query


def _share_of(query: Query, context: Context, held: Directory) -> Found:
    """占办理总计的多少: what the last answer told over the whole that is named; 占总数多少 over what it is naturally a part of."""
    whole = (
        context.metrics[0]
        if len(context.metrics) == 1
        else next((m.id for m in metrics().values() if m.parts and m.kind != "rate" and set(m.parts) == set(context.metrics)), "")
    )
    within = (
        query.operation == "share"
        and len(query.metrics) == 1
        and re.search("占(?:其中|这些|这里面|里面|它们?|这[几一]|那[几一])|在(?:里面|其中|这里面|当中)占", query.text)
    )
    if within and whole in metrics() and (query.metrics[0].startswith(whole + ".") or query.metrics[0] in metrics()[whole].parts):
        return replace(query, base=whole, applicants=query.applicants or context.applicants, subject=None)  # 重复申请占其中多大比例
    part = context.metrics[0] if context.metrics else ""
    inner = context.earlier_metrics[-1] if context.earlier_metrics else ""
    those = query.operation == "share" and re.match("(?:那|这)一?[类种项]占", query.text)
    if those and part and inner and inner in metrics()[part].parts:
        return replace(query, metrics=(inner,), base=part, applicants=query.applicants or context.applicants, subject=None)
    counted = re.search("占(?:这|那)?([两三四五六七八])[种类项]", query.text)  # 占五种情形总数的: of the row that has so many parts
    parent = part.rpartition(".")[0]
    siblings = metrics()[parent].parts if parent in metrics() else ()
    if counted and query.operation == "share" and not query.metrics and len(siblings) == stated_number(counted[1]):
        return replace(query, metrics=(part,), base=parent, applicants=query.applicants or context.applicants, subject=None)
    whole_of = {m.rpartition(".")[0] for m in context.metrics}
    if (
        len(context.metrics) > 1
        and len(whole_of) == 1
        and query.operation == "share"
        and re.search("各[自个]?占(?:了|到)?(?:这|那)一?[类项种]", query.text)
    ):
        over = next(iter(whole_of))
        if over in metrics() and not query.metrics:  # 三条各占这一类的百分比
            return replace(query, metrics=context.metrics, base=over, applicants=query.applicants or context.applicants, subject=None)
    parts = context.metrics if context.operation == "sum" or re.search(r"[两几三][样项]|合|加", query.text) else context.metrics[:1]
    inside = re.match(r"(?:这|那|它)(?:个数|部分|些|几件|一?[类种项])?在.{2,20}?(?:里头?|里面|中|当中)", query.matter)  # 这在全部新收里占
    of_it = re.match(r"(?:那|这|它)?是", query.matter) or inside
    subject = "" if of_it else re.split("占|除以", query.matter, maxsplit=1)[0]
    named = not inside and any(not h.weak and (h.kind, h.id) != ("result", "total") for h in find_terms(subject))
    if (
        query.operation != "share"
        or not (of_it or re.search("占|除以", query.matter))
        or named
        or (len(subject) > 10 and not inside)
        or not part
        or part.startswith("rate.")
    ):
        return _share_within(query, context)
    listed = next((m.id for m in metrics().values() if m.parts and m.kind != "rate" and set(m.parts) == set(context.metrics)), None)
    if len(context.metrics) == 1 and context.operation == "list" and metrics()[part].parts and query.metrics != (part,):
        listed = part  # 其他处理 was told by its three rows
    if listed and query.metrics and re.search(r"占(?:这|那)?[两三四五六七八几](?:项|个|样|种|类)", query.text):
        return replace(query, base=listed, applicants=query.applicants or context.applicants, subject=None)
    other = next((m for m in query.metrics if m != part), None)
    applicants_ = query.applicants or context.applicants
    if other and metrics()[other].by_applicant == metrics()[part].by_applicant:
        return replace(query, metrics=parts, base=other, applicants=applicants_, subject=None)
    if not query.metrics or query.metrics == (part,):
        base = "outcome.total" if len(parts) > 1 and all(m.startswith("outcome.") for m in parts) else None
        if context.operation == "sum" and len(applicants_) > 1 and not query.applicants:
            return replace(query, metrics=(part,), base=part, applicants=applicants_, subject=None, channels=())  # of their sum
        return replace(query, metrics=parts if base else (part,), base=base, applicants=applicants_, subject=None, channels=())
    return None


def _share_within(query: Query, context: Context) -> Query | None:
    """其中执法案卷占几成, after the parts of one outcome were told: of that outcome, not of all."""
    part = query.metrics[0] if len(query.metrics) == 1 else ""
    whole = part.rpartition(".")[0]
    within = (
        query.operation == "share" and query.base is None and re.match(r"(?:那|这)?(?:其中|里面|里头|当中|这里面|这里头)", query.matter)
    )
    if not within or whole not in metrics() or not all(m == whole or m.startswith(whole + ".") for m in context.metrics):
        return None
    return replace(query, base=whole, applicants=query.applicants or context.applicants, subject=None)


_ROWS = ("rules", "normative", "licensing", "services", "penalty", "coercion", "fees", "procurement")


def _is_elliptic(query: Query) -> bool:
    """Whether a question is too short to stand alone: 那强制呢, 其中自然人."""
    return query.follows and not query.asks_number


def _asks_total(query: Query) -> bool:
    return any(word in query.text for word in ("总共", "一共", "总数", "合计", "总计", "全部"))


def _takes_over(query: Query, context: Context) -> bool:
    """Whether a question without a topic of its own goes on with the last one."""
    if not (context.metrics or context.subject or context.section is not None or context.matter):
        return False
    if query.operation in ("coverage", "define") and not query.follows:
        return False
    if query.residue and not query.follows and not (query.operation == "rank" and context.group):
        return False
    if query.residue and query.operation in ("find", "where") and context.matter and not context.metrics and context.section is None:
        return False  # 它好像还请了退休教师帮忙，怎么说的, after another matter of the text
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


def _operation(query: Query, context: Context) -> str:
    if query.condition and not query.condition.value and context.operation == "share" and not query.group:
        return "exists"  # 一件都没纠正过, after a share
    if query.condition and query.operation in ("value", "find", "exists") and (query.group or re.search(r"哪|谁|几[家个年]", query.text)):
        return "value"  # a bound of its own picks
    if (
        len(query.years or context.years) > 1
        and query.operation in ("value", "find")
        and re.search(r"一共|总共|合计|总额|总量|共(?:多少|几|是|有)", query.text)
    ):
        return "sum"
    spans = query.operation == "compare" and not re.search(r"比|变化|趋势|走势|增|减|涨|降|差", query.text)
    if (
        context.operation == "sum"
        and (query.operation == "value" or spans)
        and len(query.years or context.years) > 1
        and not re.search("各|每|分别", query.text)
    ):
        return "sum"
    if query.operation in ("share", "sum", "list", "where", "compare", "rank", "define", "exists"):
        return query.operation
    if query.asks_number and not (
        re.fullmatch(r"[\s那这又是有为呢]*(?:多少|几成|百分之几)[\s呢啊呀?？]*", query.asked) and context.operation == "share"
    ):
        return "value"
    # A bare change of applicant, year or agency asks the same thing again.
    return context.operation if context.operation in ("share", "compare", "list", "find", "exists", "rank", "sum") else "value"


# Each takes over one thing. It returns the query when nothing is left to take over, the query and context to go on with, or None.
_RULES: tuple[Callable[[Query, Context, Directory], Found], ...] = (
    _another_topic,
    _times_of_it,
    _same_applicant,
    _this_result,
    _within_block,
    _received,
    _turned_round,
    _between_told,
    _varied,
    _bodies,
    _text_or_table,
    _by_the_same_rule,
    _same_matter,
    _part_of_them,
    _carried,
    _of_their_sum,
    _percent,
    _less_some,
    _who_applied,
    _which_reasons,
    _this_reason,
    _how_it_ended,
    _whole_of_them,
    _things_counted,
    _years,
    _fees,
    _first_of_them,
    _added,
    _of_the_five,
    _share_of_channel,
    _share_of,
    _granted,
    _channels_together,
    _columns_again,
    _column_of_row,
    _own_cells,
    _own_channels,
    _same_point,
    _anew,
    _why,
    _result_of_block,
)
