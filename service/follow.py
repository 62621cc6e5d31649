"""What the rules of follow-ups share: what one returns, whether a question is too short to stand alone, and what is done again."""

from __future__ import annotations

import re

from service.context import Context
from service.query import Query
from service.spoken.base import COUNTS

Found = Query | tuple[Query, Context] | None
"""The query when nothing is left to take over, the query and context to go on with, or None."""


def counted(pattern: re.Pattern[str], text: str) -> int:
    """How many of what was spoken of a question points at: 2 for 这两样; 0 where it counts none."""
    match = pattern.search(text)
    return COUNTS[next(g for g in match.groups() if g)] if match else 0


# 这两家一共多少, 两年合计几件: what was told of each comes to
SO_MANY_OF = re.compile(
    "(?:那么?)?[这那]?(?:[两二三四五六几]|俩)(?:年|家|个(?:单位|局|部门|机关|政府|街道|镇))的?(?:一共|总共|合计|总计|总数|拢共|加起来)(?:是|有)?(?:多少|几)?[件份]?[呢啊]?[?？]?"
)


def is_elliptic(query: Query) -> bool:
    """Whether a question is too short to stand alone: 那强制呢, 其中自然人."""
    return query.follows and not query.asks_number


def asks_total(query: Query) -> bool:
    words = ("总共", "一共", "总数", "合计", "总计", "全部", "总件数", "总量", "总的", "总额")
    return any(word in query.text for word in words) or bool(
        re.search("不(?:分|管|论|限)(?:是)?(?:什么|哪[类种]|谁)(?:人|提)?", query.text)
    )


def operation_again(query: Query, context: Context) -> str:
    if query.condition and not query.condition.value and context.operation == "share" and not query.group:
        return "exists"  # 一件都没纠正过, after a share
    if query.condition and query.operation in ("value", "find", "exists") and (
        query.group or re.search(r"哪|谁|几[家个年]|(?:没|未)[\u4e00-\u9fff]{0,4}的呢?[?？]?$", query.text)
    ):
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
        and (len(query.years or context.years) > 1 or (context.group and query.group))
        and not query.condition
        and not re.search("各|每|逐|历年|分别|列|哪|谁", query.text)
    ):
        return "sum"
    if query.operation in ("share", "sum", "list", "where", "compare", "rank", "define", "exists"):
        return query.operation
    if len(context.metrics) > 1 and query.asks_number and re.search("[加合并](?:起来|(?:到|在)?一(?:起|块))|相加|总和|之和", query.text):
        return "sum"  # 照这样合起来多少
    if query.asks_number and not (
        re.fullmatch(r"[\s那这又是有为呢]*(?:多少|几成|百分之几)[\s呢啊呀?？]*", query.asked) and context.operation == "share"
    ):
        return "value"
    if (
        context.operation == "rank"
        and (context.group or len(context.agencies) > 1)
        and not query.group
        and len(query.mention.agencies) == 1
    ):
        return "value"  # 它2023年呢, after bodies were ranked: nothing of one body's is to be ranked
    if context.operation == "compare" and len(query.years) == 1 and re.match("(?:那)?再(?:看|报|给|查|来|说)", query.text):
        return "value"  # 再看看2019年的, after two years were held against each other
    if context.operation == "rank" and context.focus is not None and len(query.years) == 1:
        return "value"  # 那年的前一年呢, after a year was found
    one = len(query.mention.agencies) == 1 and not query.group and len(context.metrics) == 1
    if one and len(context.agencies) > 1 and context.operation in ("compare", "list") and len(query.years or context.years) == 1:
        return "value"  # 教育局呢, after two others were held against each other: that one's number
    # A bare change of applicant, year or agency asks the same thing again.
    return context.operation if context.operation in ("share", "compare", "list", "find", "exists", "rank", "sum") else "value"
