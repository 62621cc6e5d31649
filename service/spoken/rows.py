"""Follow-ups about rows of the form that were told: their parts and wholes, reasons, results and columns, and what they make up of what.

Each rule takes over one thing (conversation.py holds their order).
"""

from __future__ import annotations

import re

from corpus.forms import LEGAL_PERSONS, metrics
from corpus.textual import stated_number
from service.agencies import Mention
from service.concepts import columns_said
from service.context import Context
from service.directory import Directory
from service.follow import SO_MANY_OF, Found, is_elliptic, operation_again
from service.lexicon import find_terms
from service.operation import DEALT_WITH, HOW_ENDED, WHICH_REASON
from service.query import OUTCOME_CLASSES, REQUEST_CHANNELS, WHOLES, Query
from service.remainder import WAYS_TO_COURT, is_part, parts_of, taken_off_told
from service.replacing import replace
from service.spoken.base import COUNTS
from service.years import TAKEN

_ROWS = ("rules", "normative", "licensing", "services", "penalty", "coercion", "fees", "procurement")


def this_result(query: Query, context: Context, held: Directory) -> Found:
    """有几件是这个结果, after what 结果纠正 means: of the block named or spoken of."""
    pointed = re.search(r"(?:这|该|此)(?:一?种|个|一|类)?结果", query.text)
    results = tuple(dict.fromkeys(m.rpartition(".")[2] for m in context.metrics if m.startswith(("review.", "litigation."))))
    if not pointed or len(results) != 1 or {*query.results} - {"total"} or query.metrics or query.rows:
        return None
    blocks = query.blocks or tuple(dict.fromkeys(m.rpartition(".")[0] for m in context.metrics))
    return replace(query, blocks=blocks, results=results, weak=(), subject=None), context


def this_outcome(query: Query, context: Context, held: Directory) -> Found:
    """前一年这种答复有多少: of the outcome told, which words like 答复 only point at."""
    pointed = re.search(r"[这那该此](?:一?[种类样]|个)(?:的)?(?:答复|决定|处理|情形|情况|理由|做法)", query.text)
    outcomes = context.metrics and all(m.startswith("outcome.") for m in context.metrics)
    if not pointed or not outcomes or {*query.metrics} - {"outcome.total"} or query.rows or query.blocks:
        return None
    return replace(query, metrics=(), weak=(), subject=None, follows=True), context


def within_block(query: Query, context: Context, held: Directory) -> Found:
    """其中法院结果纠正的几件, 两边维持的一共几件: of the one way to court that was told, or of both."""
    told = {m.rpartition(".")[0] for m in context.metrics}
    one = next(iter(told)) if len(told) == 1 else ""
    of_court = bool(told) and all(block.startswith("litigation") for block in told)
    if of_court and query.blocks == ("review",) and re.match("(?:那)?(?:先)?复议(?:之|以)?[后过]的?", query.text) and not query.years:
        return replace(query, blocks=("litigation.after_review",), subject=None, follows=True), context  # of the lawsuits told
    if one in WAYS_TO_COURT and query.blocks == ("litigation",) and re.search("[这那]一?[种类条](?:官司|诉讼|案子?|打法)", query.text):
        return replace(query, blocks=(one,), weak=(), subject=None, follows=True), context  # 那种官司2023年几件
    if one not in WAYS_TO_COURT or context.operation == "sum" or not {*query.results} - {"total"}:
        return None
    other = query.blocks and len(query.blocks) == 1 and query.blocks[0] in WAYS_TO_COURT and query.blocks[0] != one
    if other and re.match("(?:那)?再?(?:算上|加上|连同|连着|并上)", query.text):
        return replace(query, blocks=("litigation",), subject=None, metrics=(), weak=(), follows=True), context  # 算上复议后起诉的
    if query.blocks == ("litigation",) and re.match("其中|里面|这里面|当中", query.text):
        return replace(query, blocks=(one,), subject=None), context
    if not query.blocks and re.search("两边|两头|两类|两种", query.text):
        return replace(query, blocks=("litigation",), subject=None, metrics=(), weak=(), follows=True), context
    return None


def part_of_them(query: Query, context: Context, held: Directory) -> Found:
    """企业申请的那部分, 剩下的是商业企业提的吗: of the figure spoken of, for the applicants named."""
    part = re.search(
        r"申请的?那?(?:一)?(?:部分|些)|[提递]的那?(?:部分|些)|^(?:那)?(?:[这那该此](?:一?[种类项条]|个)(?:情形|情况|理由|原因|结果|答复|处理)?[里中下当面]{0,3}的?|这里[头面]|其中|里[头面]|当中)[^,，]{2,8}(?:申请|提|递)[^,，]{0,4}(?:占)?几(?!成)",
        query.text,
    )
    if part and query.applicants and query.metrics in ((), ("requests.received",)) and context.metrics and not (query.rows or query.blocks):
        return replace(
            query, metrics=context.metrics, subject=None, years=query.years or context.years, operation="value", attributive=None
        )
    those = not query.has_cells and query.asks_number and re.match("剩下的?那?些", query.text)
    left = (those or query.metrics == ("requests.carried_out",)) and re.search(r"剩下的?(?=是|里|几|两|那|都|全|就)|其余", query.text)
    if left and not query.applicants and context.applicants == ("natural",) and not query.blocks and not query.rows:
        # 剩下的几件: whoever is no natural person
        query = replace(query, applicants=("legal_persons",), operation="value" if those else query.operation)
    if left and query.applicants and context.metrics:
        return replace(query, metrics=context.metrics, follows=True), context
    return None


_REST = re.compile(
    r"^(?:那)?(?:其余|剩下|余下|其[他它])的?(?:那?些)?(?:都|一共|总共|合计|加起来)*(?:呢|(?:是|有|占)?(?:了)?(?:多少|几)[件成个份]?|占比?)[呢啊]?[?？]?$"
)


def _part_and_whole(context: Context) -> tuple[str, str]:
    """The part told last and what it is counted in: told with it or before it, or what the form counts it in; empty where there is none."""
    told = context.metrics
    if len(told) == 2 and (is_part(told[1], told[0]) or is_part(told[0], told[1])):
        return (told[1], told[0]) if is_part(told[1], told[0]) else (told[0], told[1])
    part = told[0] if len(told) == 1 else ""
    named = next((m for m in reversed(context.earlier_metrics) if part and is_part(part, m)), "")
    above = part.rpartition(".")[0]
    natural = above if above in metrics() else "outcome.total" if part in OUTCOME_CLASSES else ""
    return part, named or natural


def the_rest(query: Query, context: Context, held: Directory) -> Found:
    """其余的几件, 剩下的占多少, after one applicant, or one part of a whole, was told: what is left of the whole."""
    told = tuple(a for a in (*context.earlier_applicants, *context.applicants) if a not in ("total", "legal_persons"))
    if not _REST.match(query.text) or query.mention.spans or query.group or query.rows or query.blocks:
        return None
    if told and context.applicants and len(context.metrics) == 1:
        rest = tuple(a for a in ("natural", *LEGAL_PERSONS) if a not in told)
        rest = ("legal_persons",) if rest == LEGAL_PERSONS else rest
        several, shared = len(rest) > 1, query.operation == "share"
        if rest:
            return replace(
                query, metrics=context.metrics, base=context.metrics[0] if several and shared else None, applicants=rest, weak=(),
                subject=None, results=(), residue=(), follows=True, bare_other=False,
                years=query.years or context.years, operation="share" if shared else "sum" if several else "value", joined=True,
                asks_number=True,
            )  # fmt: skip
    part, whole = _part_and_whole(context)
    if not whole:
        return None
    if query.operation == "share":
        others = tuple(m for m in parts_of(whole) if m != part)
        return replace(
            query, metrics=others, base=whole, weak=(), subject=None, results=(), residue=(), follows=True, bare_other=False,
            years=query.years or context.years, applicants=context.applicants, joined=True,
        ) if part in parts_of(whole) else None  # fmt: skip
    return replace(
        query, metrics=(whole,), less=(part,), weak=(), subject=None, results=(), residue=(), follows=True, bare_other=False,
        years=query.years or context.years, operation="value", applicants=context.applicants, asks_number=True,
    )  # fmt: skip


def weak_alone(query: Query, context: Context, held: Directory) -> Found:
    """收费呢, 办完的呢: a word that names a cell weakly names it where nothing else is asked."""
    word = query.weak[0] if len(query.weak) == 1 else ""
    bare = re.fullmatch(r"(?:那)?[\u4e00-\u9fff]{2,4}?的?(?:呢|(?:是|有)?(?:多少|几)[件项]?呢?)[?？]?", query.text)
    if not bare or query.has_topic or query.applicants or query.mention.spans or query.group or query.relative:
        return None
    if word == "outcome.total" and context.metrics and all(m.startswith("requests.") for m in context.metrics):
        return replace(
            query, metrics=(word,), weak=(), years=query.years or context.years, operation="value", follows=True, asks_number=True
        ), context
    if word == "fees" and re.search("收费", query.text):
        return replace(
            query, rows=(word,), columns=("amount",), weak=(), years=query.years or context.years, operation="value", asks_number=True
        ), context
    return None


def less_some(query: Query, context: Context, held: Directory) -> Found:
    """许可不算, 再除掉商业企业: what was told, less the things named."""
    people = {h.id for h in find_terms(query.text) if h.kind == "applicant" and not h.weak}
    others = re.search(rf"{TAKEN}[^,，]{{2,20}}[,，]?(?:剩下|其余|余下|另外|别的)", query.text)
    if people and others and context.metrics and all(metrics()[m].by_applicant for m in context.metrics):
        query = replace(query, applicants=(), attributive=None)  # 除开个人和企业，剩下几类: of all that the form has
        context = replace(context, applicants=("natural", *LEGAL_PERSONS))
    every = LEGAL_PERSONS if "legal_persons" in (*context.applicants, *context.earlier_applicants) else context.applicants
    rest = tuple(a for a in every if a not in people and a != "total")
    out_of = not query.applicants and context.applicants == ("natural", *LEGAL_PERSONS)
    named = query.applicants and not people & {*query.applicants}
    if people and (named or out_of) and people < {*every} and rest and context.metrics:
        apart = query.operation == "list" or re.search("列|哪些|分别", query.text)
        operation = "list" if apart else "sum" if len(rest) > 1 else "value"
        return replace(
            query, applicants=rest, metrics=context.metrics, subject=None, weak=(), years=query.years or context.years,
            operation=operation, joined=True, asks_number=True,
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
        and re.match(r"的?(?:那[一]?[项类种个])?(?:也|都|再)?(?:不算|除外|去掉|[剔刨扣][掉去除])", query.text[h.end :])
    }
    listed = whole if whole and len(whole) > 2 else context.metrics
    kept = tuple(m for m in listed if not any(m == o or m.startswith(o + ".") for o in out))
    if out and len(listed) > 2 and 1 < len(kept) < len(listed):
        return replace(
            query, metrics=kept, rows=(), blocks=(), weak=(), subject=None, years=query.years or context.years,
            operation="sum" if whole else context.operation, joined=True, asks_number=True,
        )  # fmt: skip
    if less := taken_off_told(find_terms(query.text), query.text, context.metrics):
        return replace(
            query, metrics=context.metrics, less=less, rows=(), blocks=(), results=(), weak=(), subject=None, residue=(), attributive=None,
            qualifier=None, years=query.years or context.years, operation="value", joined=True, asks_number=True,
            applicants=query.applicants or context.applicants,
        )  # fmt: skip
    return None


def who_applied(query: Query, context: Context, held: Directory) -> Found:
    """剩下那件是哪类申请人提的: the row spoken of, by its columns."""
    whose = r"哪一?[类种]的?(?:申请)?人(?:提|申请|来|递|的|[?？]|$)|(?<!不[分管论])谁(?:提|递|交|申请|要)的(?:.*(?:分别|各)|[?？,，]?(?:几|多少)[件份])"
    if not re.search(whose, query.text) or query.operation == "rank" or query.has_cells:
        return None
    if not context.metrics or not all(metrics()[m].by_applicant for m in context.metrics):
        return None
    return replace(
        query, metrics=context.metrics, applicants=(), weak=(), subject=None, residue=(), attributive=None, qualifier=None,
        operation="list", years=query.years or context.years, follows=True,
    )  # fmt: skip


def which_reasons(query: Query, context: Context, held: Directory) -> Found:
    """都因为什么理由, after how many were refused: the rows that the form divides them into."""
    asked = re.search(WHICH_REASON, query.text)
    if query.operation in ("define", "value", "find", "list"):
        asked = asked or re.search("不(?:予|给|同意)?公开的[^,，]{0,4}(?:是)?为什么", query.text)
        asked = asked or re.search("(?:主要|都|大多)?(?:是)?因为?(?:啥|什么)(?:呢|啊|呀)?[?？]?$", query.text)
        asked = asked or re.search(r"(?:算|是|属于|归(?:到|在|进)?了?)哪[一几]?[种条类项](?:理由|原因|情形)?", query.text)
    parent = context.metrics[0] if len(context.metrics) == 1 else ""
    if parent.startswith("requests.") and len(query.metrics) == 1:
        parent = query.metrics[0]  # 这一件为啥没给公开，算哪种理由, after requests
    other = query.has_topic and query.metrics != (parent,)
    divided = parent.startswith("outcome.") and parent != "outcome.total" and metrics()[parent].parts
    if not asked or other or not divided:
        return None
    return replace(
        query, metrics=(parent,), subject=None, weak=(), residue=(), operation="list",
        years=query.years or () if query.relative in ("去年", "前年") else query.years or ((context.focus,) if context.focus and query.relative in ("那年", "那一年") else context.years),
        applicants=query.applicants or context.applicants, follows=True,
    )  # fmt: skip


def how_dealt_with(query: Query, context: Context, held: Directory) -> Found:
    """以什么名目打发的，各几件, after none of the requests was granted: every outcome there was."""
    whole = context.metrics and all(m in ("requests.received", "requests.to_handle", "outcome.granted") for m in context.metrics)
    leaves = "outcome.total" in context.metrics and all(m.startswith("outcome.") for m in context.metrics)  # those that were not zero
    asked = re.search(f"{DEALT_WITH}|{HOW_ENDED}", query.text) if whole else re.search("(?:怎么|如何)(?:处理|办|答复|了结)的", query.text)
    asked = asked or (re.fullmatch("(?:那|这)?(?:最后|后来)?(?:的)?结果呢[?？]?", query.text) if whole else None)
    whole = whole or leaves
    if not whole or not asked or query.rows or query.blocks or query.group or query.mention.agencies:
        return None
    return replace(
        query, mention=Mention(context.agencies), metrics=("outcome.total",), weak=(), subject=None, residue=(), condition=None,
        operation="list", years=query.years or context.years, applicants=query.applicants or context.applicants, follows=True,
    )  # fmt: skip


def this_reason(query: Query, context: Context, held: Directory) -> Found:
    """拿这个理由不公开的有几件, 按它拒了多少件, after what one of the reasons means: that row."""
    pointed = re.search(
        r"(?:这|那|该|此)(?:一?[个种条类项])?(?:理由|原因|情形|由头|名目|名义)|(?:[按拿以用凭因]|按照|根据|依据|援引|引用|适用)(?:它|(?:这|那|该|此)一?[条种类项个])|也是(?:这|那)一?[条种类项个]",
        query.text,
    )
    reasons = [m for m in context.metrics if m.count(".") > 1]
    reason = reasons[0] if len(reasons) == 1 else ""
    if not pointed or reason.count(".") < 2 or query.rows or query.blocks or {*query.metrics} - {reason.rpartition(".")[0]}:
        return None
    return replace(query, metrics=(reason,), subject=None, weak=(), residue=()), context


def how_it_ended(query: Query, context: Context, held: Directory) -> Found:
    """22年有1件吧，结果怎样, after a review or lawsuit: each of its results."""
    blocks = tuple(dict.fromkeys(m.rpartition(".")[0] for m in context.metrics if m.startswith(("review.", "litigation."))))
    asked = re.search(rf"{HOW_ENDED}|怎么判的|判(?:得|的)?怎么?样", query.text)
    if not asked or not blocks or query.rows or {*query.results} - {"total"}:
        return None
    return replace(
        query, blocks=query.blocks or blocks, results=(), metrics=(), weak=(), subject=None, operation="list", premise=None,
        years=query.years or context.years, follows=True,
    )  # fmt: skip


def whole_of_them(query: Query, context: Context, held: Directory) -> Found:
    """八类总共几件, after one of the eight: what they add up to."""
    counted = re.search(r"([两三四五六七八])[类项种条](?:理由|情形|原因)?(?:总共|一共|合计|加起来|加总|共)", query.text)
    parent = context.metrics[0].rpartition(".")[0] if len(context.metrics) == 1 else ""
    parts = metrics()[parent].parts if parent in metrics() else ()
    if not counted or query.has_topic or query.applicants or len(parts) != stated_number(counted[1]):
        return None
    return replace(
        query, metrics=(parent,), subject=None, operation="value", years=query.years or context.years, applicants=context.applicants,
        weak=(), premise=None, follows=True,
    )  # fmt: skip


_NTH_OF_THEM = re.compile(
    r"(?:(?P<first>头|前)一|第(?P<nth>[一二三四五六七八])|(?P<last>最?末尾?|最后)(?:那|的)?一?|(?P<top>打头|最前面?)(?:的|那)*一?)(?:小?[种类项条格行样]|个)(?:情形|理由|原因)?(?=占|在|也|是(?!谁|哪)|呢|有|(?:20)?\d\d年|前年|上一?年|[,，?？]|$)"
)


def nth_of_them(query: Query, context: Context, held: Directory) -> Found:
    """头一种占这五种总和的百分之几, after the rows that one result is divided into: the row in that place."""
    match = _NTH_OF_THEM.search(query.text)
    parent = context.metrics[0] if len(context.metrics) == 1 else ""
    rows = metrics()[parent].parts if parent in metrics() and parent.startswith("outcome.") and parent != "outcome.total" else ()
    if not rows and len(context.metrics) > 2:  # those that were not zero, with their total
        rows = tuple(m for m in context.metrics if m.startswith("outcome.") and m != "outcome.total")
        parent = "outcome.total" if "outcome.total" in context.metrics else ""
    named = {*query.metrics} - {"outcome.total"} or query.rows or query.blocks or query.applicants
    if (
        match is None
        or context.operation not in ("list", "share", "sum", "value")
        or len(rows) < 2
        or named
        or query.mention.agencies
        or query.group
    ):
        return None
    at = len(rows) - 1 if match["last"] else 0 if match["first"] or match["top"] else "一二三四五六七八".index(match["nth"])
    if at >= len(rows):
        return None
    share = query.operation == "share"
    own = share and re.search("(?:占|在)[^,，]{0,6}(?:之和|[两三四五六七八][种类项条]|总和|合计|这一?类|其中|里[面头])", query.text)
    base = "outcome.total" if "outcome.total" in query.metrics else parent if own and parent else None
    return replace(
        query, mention=Mention(context.agencies), metrics=(rows[at],), base=base, operation="share" if share else "value", weak=(), subject=None,
        residue=(), results=(), years=query.years or context.years, applicants=query.applicants or context.applicants, asks_number=True,
        follows=True,
    )  # fmt: skip


_ENDS_OF_ROWS = re.compile(
    "最[多高大][^,，。]{0,8}(?:比|和|跟|与|同)[^,，。]{0,4}最[少低小]|最[少低小][^,，。]{0,8}(?:比|和|跟|与|同)[^,，。]{0,4}最[多高大]"
)
_END_OF_ROWS = re.compile("(?:最|第[二三四五六])[多少高低大小]的?(?:理由|情形|原因|结果|答复)?(?:(?:又|就)?是)?[那这哪]?一?(?:条|种|类|项)(?!年)")
_FIRST_ROWS = re.compile("(?:排|数)?前(?P<n>[两三四五])(?:位|名|种|条|类|项|大)?的?[^占,，。]{0,10}[,，]?占")


def rows_ranked(query: Query, context: Context, held: Directory) -> Found:
    """最多的一种和最少的一种差几件, 最少的那条是哪条, 前三种占八种总数的几成, after the rows that one result is divided into were told."""
    ranked = any(p.search(query.text) for p in (_ENDS_OF_ROWS, _END_OF_ROWS, _FIRST_ROWS))
    several = {m.rpartition(".")[0] for m in context.metrics}
    siblings = len(context.metrics) > 1 and len(several) == 1 and re.search("理由|情形|原因", query.text)  # of all of them, after two
    told = context.metrics[0] if len(context.metrics) == 1 or siblings else ""
    parent = told if told in metrics() and metrics()[told].parts else told.rpartition(".")[0]
    divided = parent.startswith("outcome.") and parent in metrics() and len(metrics()[parent].parts) > 1
    one = len({*context.agencies}) == 1 and len(context.years) == 1
    base = query.metrics and {*query.metrics} <= {*WHOLES} and not (query.rows or query.blocks or query.subject)
    topic = query.has_topic and not (base and re.search("占[^,，]*(?:办|新收|收到|总)", query.text))  # 占办理结果总计的百分之几
    if not ranked or not divided or not one or topic or query.applicants or query.mention.agencies or query.group:
        return None
    years = query.years or (() if query.relative else context.years)
    return replace(
        query, mention=Mention(context.agencies), metrics=(parent,), operation="rank", years=years, applicants=context.applicants, weak=(),
        subject=None, residue=(), results=(), qualifier=None, attributive=None, asks_number=True, follows=True,
    )  # fmt: skip


_HOW_IT_ENDED = re.compile("(?:那)?(?:最后|最终|后来|处理|复议|审理|法院判?)?的?(?:结果|结局)(?:呢|怎么样|怎样|如何|是?什么|是?啥|咋样)?[?？]?")


def results_of_it(query: Query, context: Context, held: Directory) -> Found:
    """结果呢, after how many reviews or suits there were: how they ended."""
    blocks = tuple(dict.fromkeys(m.rpartition(".")[0] for m in context.metrics))
    told = blocks and {*blocks} <= {"review", *WAYS_TO_COURT} and all(m.endswith(".total") for m in context.metrics)
    if not told or not _HOW_IT_ENDED.fullmatch(query.text):
        return None
    return replace(
        query, blocks=blocks, results=(), metrics=(), operation="list", weak=(), subject=None, residue=(), years=query.years or context.years,
        mention=Mention(context.agencies), asks_number=True, follows=True,
    )  # fmt: skip


def total_column(query: Query, context: Context, held: Directory) -> Found:
    """2023年总计多少，涨了百分之几, after what companies make up of it: the column of that name, and no share."""
    plain = query.results == ("total",) and not (query.has_topic or query.applicants or query.rows or query.blocks or query.channels)
    told = len(context.metrics) == 1 and context.metrics[0].startswith(("requests.", "outcome.")) and context.applicants
    if not plain or not told or not re.search("总计(?:是|有|为)?(?:多少|几)", query.text) or "占" in query.text:
        return None
    moved = query.growth or query.operation == "compare"
    years = tuple(sorted({*query.years, *context.years})) if moved and query.years else query.years or (() if query.relative else context.years)
    return replace(
        query, metrics=context.metrics, results=(), applicants=("total",), operation="compare" if moved else "value", years=years, weak=(),
        subject=None, residue=(), asks_number=True, mention=query.mention if query.mention.agencies else Mention(context.agencies), follows=True,
    )  # fmt: skip


def both_rows(query: Query, context: Context, held: Directory) -> Found:
    """这两条合起来占不予公开总数百分之多少, after one reason and then another were told: of the two."""
    told = tuple(dict.fromkeys((*context.earlier_metrics[-1:], *context.metrics)))
    both = re.search("[这那](?:两|俩)(?:个|条|种|类|项|样)?(?:理由|情形|原因|结果)?(?:的)?(?:件数)?(?:合|加|一共|总共|之和)", query.text)
    parents = {m.rpartition(".")[0] for m in told}
    if both is None or len(context.metrics) != 1 or len(told) != 2 or len(parents) != 1 or not parents <= {*metrics()}:
        return None
    if query.mention.named or query.group or query.channels or query.rows or query.blocks or {*query.metrics} - {*parents, *WHOLES}:
        return None
    parent, years = parents.pop(), query.years or (() if query.relative else context.years)
    base = next(iter(query.metrics), parent) if query.operation == "share" else None
    return replace(
        query, metrics=told, base=base, operation=query.operation if base else "sum", joined=True, shares=None, weak=(), results=(), subject=None,
        residue=(), years=years, applicants=query.applicants or context.applicants, asks_number=True, follows=True,
        mention=query.mention if query.mention.agencies else Mention(context.agencies),
    )  # fmt: skip


_THESE_ROWS = re.compile("[这那](?P<n>[两三四五六七八九])(?:个?(?:格|行|种|类|项|条|栏))(?!合|加|总|一共|占)")


def these_rows(query: Query, context: Context, held: Directory) -> Found:
    """再往前一年，这三格是什么数, after one of the three rows of 无法提供; 复议后起诉的，也报这两项, after two of the other way to court."""
    match = _THESE_ROWS.search(query.text)
    told = context.metrics
    if match is None or query.mention.named or query.group or query.channels or not told:
        return None
    blocks = {m.rpartition(".")[0] for m in told}
    of_courts = len(blocks) == 1 and blocks <= {"review", *WAYS_TO_COURT} and len(told) == stated_number(match["n"])
    years = query.years or (() if query.relative else context.years)
    if of_courts and len(query.blocks) == 1 and not query.results:
        results = tuple(m.rpartition(".")[2] for m in told)
        return replace(query, results=results, operation="list", joined=True, years=years, premise=None, residue=(), follows=True), context
    mixed = len({m.partition(".")[0] for m in told}) > 1 and len(told) == stated_number(match["n"])
    if mixed and not (query.has_topic or query.applicants or query.mention.agencies):  # 2023年这三项呢, after rows of several tables
        return replace(query, metrics=told, operation="list", joined=True, years=years, premise=None, residue=(), weak=(), follows=True), context
    parent = told[0].rpartition(".")[0] if len(told) == 1 else ""
    whole = parent.startswith("outcome.") and parent in metrics() and len(metrics()[parent].parts) == stated_number(match["n"])
    if not whole or query.has_topic or query.applicants:
        return None
    return replace(
        query, metrics=(parent,), operation="list", premise=None, residue=(), years=years, weak=(), subject=None, asks_number=True,
        applicants=context.applicants, mention=query.mention if query.mention.agencies else Mention(context.agencies), follows=True,
    )  # fmt: skip


def other_rows(query: Query, context: Context, held: Directory) -> Found:
    """还有两小类吧，各几件, after one of the three rows of 无法提供: the other ones, as many as are said."""
    counted = re.search("(?:还有|另外|其[他它余])(?:的)?(?P<n>[两三四五六七])小?[类种项条]", query.text)
    parent = context.metrics[0].rpartition(".")[0] if len(context.metrics) == 1 else ""
    rows = metrics()[parent].parts if parent.startswith("outcome.") and parent in metrics() else ()
    rest = tuple(m for m in rows if m not in context.metrics)
    if counted is None or len(rest) != stated_number(counted["n"]) or {*query.metrics} - {parent} or query.rows or query.blocks:
        return None
    summed = query.operation == "sum" or re.search("一共|总共|合计|加", query.text)
    return replace(
        query, metrics=rest, operation="sum" if summed else "list", joined=True, weak=(), subject=None, residue=(), results=(),
        years=query.years or context.years, applicants=query.applicants or context.applicants, asks_number=True, follows=True,
        mention=query.mention if query.mention.agencies else Mention(context.agencies),
    )  # fmt: skip


def first_of_them(query: Query, context: Context, held: Directory) -> Found:
    """前两项加起来: of the things told."""
    first = re.search(r"(?<!近)(前|后)([两二三四])[个项样]", query.text)
    if query.has_topic or first is None or len(context.metrics) < 2 or query.group:
        return None
    count = COUNTS[first[2]]
    told = context.metrics[:count] if first[1] == "前" else context.metrics[-count:]
    if query.operation == "share" and all(m.startswith("outcome.") for m in told):
        people = query.applicants or context.applicants
        return replace(query, metrics=told, base="outcome.total", results=(), subject=None, applicants=people, joined=True)
    operation = "sum" if re.search(r"加|合|总|一共", query.text) else "list"
    return replace(query, metrics=told, operation=operation, applicants=query.applicants or context.applicants, joined=True)


def of_the_five(query: Query, context: Context, held: Directory) -> Found:
    """其中商业企业占多少, after the five columns of legal persons: of these."""
    inner = query.applicants[0] if len(query.applicants) == 1 else ""
    within = query.operation == "share" and context.applicants == ("legal_persons",) and inner in LEGAL_PERSONS
    if within and re.search("其中|里[面头]|当中", query.text):
        return replace(query, applicants=("legal_persons", inner)), context
    return None


def granted(query: Query, context: Context, held: Directory) -> Found:
    """公开的呢, after requests: those that were granted, not what was published."""
    bare = query.subject == "published" and re.fullmatch(
        r"(?:[\u4e00-\u9fff]{2,4}(?:提|申请|递)的?(?:里|中|当中)[头面]?|那|其中|前者|后者|它们?|他们|[这那两]家|加起来|总共|一共)*公开(?:的?(?:有|呢)?|了的|(?:了的)?有?(?:几|多少)[件份个]呢?|[了的]?(?:有)?(?:几|多少)[件份个]呢?)",
        query.matter,
    )
    of_these = re.fullmatch("(?:那|这)?些?(?:其中|里[头面边]?|当中)的?公开了?(?:的?有)?(?:几|多少)[件份]?呢?", query.matter)
    bare = bare or (of_these if query.subject == "published" else None)  # 这些里头公开了多少
    given = (
        re.search(
            r"给了?(?:几|多少)[件份]|都给(?:人家|他们|了)|公开了?(?:几|多少)[件份]给(?:人家|他们)|^(?:其中)?(?:予以|同意)?公开了?\d[\d,]*[件份](?=[,，]|$)",
            query.text,
        )
        and not query.has_cells
        and not query.channels
    )
    more = query.subject == "published" and query.unit == "request" and re.search("公开了?(?:出)?(?:几|多少)件", query.text)
    if more and query.operation == "compare" and "outcome.granted" in context.metrics and not query.channels:
        return replace(query, metrics=("outcome.granted",), subject=None, weak=(), applicants=query.applicants or context.applicants)
    if given and context.metrics and all(m.startswith("requests.") for m in context.metrics):
        return replace(
            query,
            metrics=("outcome.granted",),
            subject=None,
            weak=(),
            applicants=query.applicants or context.applicants,
            operation="value",
            years=query.years or context.years,
        )  # 都给人家没，给了几件
    if bare and any(m.startswith(("requests.", "outcome.")) for m in context.metrics):
        return replace(query, metrics=("outcome.granted",), subject=None, applicants=query.applicants or context.applicants)
    return None


_SHARE_OF_EACH = re.compile(
    "(?:那|它们|这[几两三四五六](?:项|样|种|类))?(?:分别|各自?)的?(?:占比|占(?:了)?(?:多少|几成|百分之几|百分之多少|多少比例|多大比例|比))(?:是?多少|呢)?[?？]?"
)


def shares_of_each(query: Query, context: Context, held: Directory) -> Found:
    """各占多少, after several results of one report: each one's share of all of them."""
    rows = tuple(m for m in context.metrics if m.startswith("outcome.") and m != "outcome.total")
    one = len(context.agencies) == 1 and len(context.years) == 1 and len(rows) > 1
    if not one or not _SHARE_OF_EACH.fullmatch(query.text):
        return None
    return replace(
        query, mention=Mention(context.agencies), metrics=rows, subject=None, weak=(), residue=(), operation="share", years=context.years,
        applicants=context.applicants, follows=True,
    )  # fmt: skip


_FILED_OF_THESE = re.compile(
    "(?:那|其中|里面|当中|这里头)*[\u4e00-\u9fff]{2,6}?(?:申请|提|递交?|要)的(?:有|是)?(?:几|多少)[件份个]呢?[?？]?"
)


def filed_of_these(query: Query, context: Context, held: Directory) -> Found:
    """公司申请的几件, after what became of some requests was told: of those, not of all that came."""
    of_outcome = len(context.metrics) == 1 and context.metrics[0].startswith("outcome.") and not context.group
    own = {*query.metrics, *query.weak} <= {"requests.received"} and query.applicants and not (query.years or query.mention.agencies)
    if not of_outcome or not own or not _FILED_OF_THESE.fullmatch(query.text):
        return None
    return replace(query, metrics=context.metrics, weak=(), subject=None, operation="value", follows=True, years=context.years), context


def columns_again(query: Query, context: Context, held: Directory) -> Found:
    """那强制呢, 那直接起诉的呢: the columns or results spoken of, of another row or block."""
    if query.cellwise and not (query.rows or query.blocks or query.metrics):  # 去年的五格: of the row or block spoken of
        rows = tuple(dict.fromkeys(m.partition(".")[0] for m in context.metrics if m.partition(".")[0] in _ROWS))
        blocks = tuple(dict.fromkeys(m.rpartition(".")[0] for m in context.metrics if m.startswith(("review.", "litigation."))))
        return replace(query, rows=rows, blocks=blocks, operation="list", results=(), columns=(), years=query.years or (() if query.relative else context.years))
    if query.cellwise:
        return query, context  # 规范性文件那行三格呢: all of them, whatever was told of another row
    next_row = re.match("(?:那)?(?:接着|然后|接下来|再?下一[行块])", query.text) or re.search("[那这]一?行[呢?？]*$", query.text)
    if query.rows and not query.columns and (is_elliptic(query) or next_row or re.search("[这那][两三]个数", query.text)):
        columns = {m.rpartition(".")[2] for m in context.metrics if m.partition(".")[0] in _ROWS}
        query = replace(query, columns=tuple(sorted(columns)))
    alike = re.search(r"照此|照样|同样|按这[几两三四]?[项样个种]|也这样|也这么|的那一?[拨类种块批][呢?？]*$|也(?:来|报|要|列|给)(?:一?份|一?下|上)?[呢?？]*$", query.text)
    if query.blocks and not query.results and (is_elliptic(query) or alike or next_row):
        results = {m.rpartition(".")[2] for m in context.metrics if m.startswith(("review.", "litigation."))}
        if results - {"total"} and not {b.partition(".")[0] for b in query.blocks} & {m.partition(".")[0] for m in context.metrics}:
            query = replace(query, results=("total", *sorted(results - {"total"})), operation="list")  # the same result, or all
        else:
            query = replace(query, results=tuple(sorted(results)), operation="list" if len(results) > 1 else query.operation)
    return query, context


def column_of_row(query: Query, context: Context, held: Directory) -> Found:
    """当年制发的呢, 现行有效的还剩多少: of the row spoken of."""
    own_rows = tuple(dict.fromkeys(m.partition(".")[0] for m in context.metrics if m.partition(".")[0] in _ROWS))
    query = replace(query, columns=columns_said(query.text, own_rows, query.columns))
    of_row = any(f"{row}.{column}" in metrics() for row in own_rows for column in query.columns)
    bare_column = not (query.rows or query.blocks) and {*query.metrics} <= {"requests.carried_out", "requests.carried_in"}
    plain = query.subject in (None, "documents", "published") or query.metrics or query.weak
    if query.columns and of_row and bare_column and plain and not query.channels:
        return replace(query, rows=own_rows, metrics=(), weak=(), subject=None, operation=operation_again(query, context))
    return None


def result_of_block(query: Query, context: Context, held: Directory) -> Found:
    """维持的呢, 其他结果呢: of the blocks spoken of."""
    blocks = tuple(dict.fromkeys(m.rpartition(".")[0] for m in context.metrics))
    told = any(m.startswith(("review.", "litigation.")) for m in context.metrics)
    if query.results == ("total",) and told and SO_MANY_OF.fullmatch(query.text):
        return replace(query, results=()), context
    if query.results and told:
        return replace(query, blocks=blocks, operation=operation_again(query, context))
    if query.bare_other and told:
        return replace(query, blocks=blocks, results=("other",), operation="value")
    if set(query.results) - {"total"} or (query.columns and not query.follows):
        return query  # parts of another table than the last answer's: they ask anew
    if query.bare_other and not query.applicants and not context.applicants and any(m.startswith("outcome.") for m in context.metrics):
        return query  # another outcome or another applicant: asked back
    return None


def added(query: Query, context: Context, held: Directory) -> Found:
    """把部分公开也算进去: one more figure beside what was told, added up or over the same whole."""
    blocks = tuple(f"{b}.total" for b in query.blocks if not query.results)
    query = replace(query, metrics=query.metrics or blocks, blocks=() if blocks and not query.metrics else query.blocks)
    beside = re.search(r"^(?:那|再)?[跟和与][^,，]{2,14}(?:加起来|合起来|相加|合计|之和)", query.text)
    # 先复议后起诉的也报一下，再跟刚才那种加起来
    beside = beside or re.search(r"[跟和与](?:刚才?|前[面头]|上[面头])[^,，]{0,8}(?:加起来|合起来|相加|合计|之和)", query.text)
    if (
        (not beside and not re.search(r"也算(?!一)|算进|算上|加进|计入分子|再加上|^加上|连同|也加", query.text))
        or not query.metrics
        or not context.metrics
    ):
        return None
    if blocks and any(m.endswith(".total") for m in context.metrics):
        context = replace(context, metrics=tuple(m for m in context.metrics if m.endswith(".total")))
    told = context.metrics
    parents = {m.rpartition(".")[0] for m in (*told, *query.metrics)}
    if len(parents) == 1 and re.search("总共|一共|合计|总计", query.text):  # 再加上…，无法提供总共: with all parts of it that were told
        told = tuple(dict.fromkeys((*(m for m in context.earlier_metrics if m.rpartition(".")[0] in parents), *told)))
    wanted = tuple(dict.fromkeys((*(m for m in told if m not in query.metrics), *query.metrics)))
    share = query.operation == "share" or context.operation == "share"
    if share and len(wanted) > 2:
        wanted = tuple(m for m in wanted if m != "outcome.total")  # the whole that the share was of
    base = "outcome.total" if share and all(m.startswith("outcome.") for m in wanted) else None
    operation = "share" if base else "sum"
    return replace(
        query, metrics=wanted, base=base, operation=operation, subject=None, applicants=query.applicants or context.applicants, follows=True
    )


def share_of(query: Query, context: Context, held: Directory) -> Found:
    """占办理总计的多少: what the last answer told over the whole that is named; 占总数多少 over what it is naturally a part of."""
    if query.metrics and all(m.startswith("rate.") for m in query.metrics):
        return None  # 公开的比例比自规局高: a rate is no whole of anything
    if query.operation == "share" and query.channels and {*query.channels} <= REQUEST_CHANNELS and query.subject and not context.channels:
        return replace(query, years=query.years or context.years)  # 网上提交的占新收的百分之几, by itself
    same_share = (
        re.search("[这那]个?(?:比例|占比|比率|比重|百分比)", query.text) and context.operation in ("share", "compare") and context.base
    )
    if same_share and len(context.metrics) > 1 and not query.has_topic and "占" not in query.text.replace("占比", ""):
        # 2024年这个比例是上升的, after what two rows together make up of all
        return replace(query, metrics=context.metrics, base=context.base, applicants=query.applicants or context.applicants, joined=True)
    whole = (
        context.metrics[0]
        if len(context.metrics) == 1
        else next((m.id for m in metrics().values() if m.parts and m.kind != "rate" and set(m.parts) == set(context.metrics)), "")
    )
    if len(context.metrics) > 1 and re.search("占[^,，]{0,4}(?:办[结理]|处理|答复)", query.text):
        whole = ""  # 予以公开占办结总数的, after 予以公开 and 部分公开: of all outcomes
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
    same = re.match("占(?:了|到)?[\u4e00-\u9fff]{2,6}(?:提|申请|递)的", query.matter)
    if same and query.applicants == context.applicants and part.startswith("outcome.") and query.operation == "share":
        # 占企业提的多少, after what was granted of it
        return replace(query, metrics=(part,), base="requests.received", subject=None, weak=(), results=())
    sum_of = re.match("(?:刚才|上面|前面)?(?:的)?那?个?(?:和|合计|总和)占", query.matter)
    if sum_of and query.operation == "share" and part and len(context.earlier_metrics) > 1:
        # 刚才那个和占这个总计的百分比
        people = query.applicants or context.applicants
        return replace(query, metrics=context.earlier_metrics, base=part, results=(), applicants=people, subject=None, joined=True)
    counted = re.search("占(?:这|那)?([两三四五六七八])[种类项]", query.text)  # 占五种情形总数的: of the row that has so many parts
    parent = part.rpartition(".")[0]
    siblings = metrics()[parent].parts if parent in metrics() else ()
    if counted and query.operation == "share" and not query.metrics and len(siblings) == stated_number(counted[1]):
        return replace(query, metrics=(part,), base=parent, applicants=query.applicants or context.applicants, subject=None)
    above = re.search("占(?:了|到)?(?:上述|上面|前面|刚才)(?:那个|的)?(?:合计|总数|总和|总计)", query.text)
    if above and query.operation == "share" and not query.metrics and parent in context.earlier_metrics:
        # 占上述合计的比重, after the sum of the eight reasons and one of them were told
        return replace(query, metrics=(part,), base=parent, applicants=query.applicants or context.applicants, subject=None, results=())
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
    inside = re.match(
        r"(?:(?:这|那|它)(?:个数|部分|些|几件|一?[类种项])?)?在.{2,20}?(?:里头?|里面|中|当中)", query.matter
    )  # 这在全部新收里占
    of_it = re.match(r"(?:那|这|它)?是", query.matter) or inside
    subject = "" if of_it else re.split("占|除以|相当于", query.matter, maxsplit=1)[0]
    named = not inside and any(not h.weak and (h.kind, h.id) != ("result", "total") for h in find_terms(subject))
    if (
        query.operation != "share"
        or not (of_it or re.search("占|除以|相当于", query.matter))
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
