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

The context is small, self-contained and sent back by the client; the server keeps no conversation. It is untrusted: it is
validated here, and all it can do is to name things that a question could name as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.forms import LEGAL_PERSONS, applicants, metrics, subjects
from corpus.identity.places import Place
from service.agencies import Mention
from service.conditions import Condition, share_bound_in
from service.directory import LEVEL_OF, Directory
from service.group import Group, told_again
from service.lexicon import find_terms
from service.operation import OF_TEXT
from service.query import LEAST_OF_ALL as LEAST
from service.query import MOST_OF_ALL as MOST
from service.query import OPERATIONS, REQUEST_CHANNELS, Query

VERSION = 1


class ContextError(ValueError):
    """The context is not one that an answer returned."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the last answer was about.

    earlier, earlier_years …  of the answer before it, where it told the same of others
    pool   the bodies named one by one, for as long as answers stay among them
    order  the bodies as the last ranking put them, the most first
    focus  the year that one body's years were ranked for
    mentioned   the bodies spoken of so far, the last first
    """

    agencies: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    metrics: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    operation: str = "value"
    subject: str | None = None
    channels: tuple[str, ...] = ()
    unit: str | None = None
    section: int | None = None
    topic: str | None = None
    matter: str = ""
    group: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    top: int = 1
    least: bool = False
    growth: str = ""
    condition: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    earlier_years: tuple[int, ...] = ()
    earlier_metrics: tuple[str, ...] = ()
    earlier_channels: tuple[str, ...] = ()
    earlier_applicants: tuple[str, ...] = ()
    base: str | None = None
    candidates: tuple[str, ...] = ()
    picked: str = ""
    pool: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    focus: int | None = None
    mentioned: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"v": VERSION} | {name: _plain(getattr(self, name)) for name in self.__slots__}

    @classmethod
    def from_dict(cls, data: object) -> Context:
        """The context in ``data``. Raises ContextError."""
        if not isinstance(data, Mapping) or data.get("v") != VERSION or set(data) - {"v", *cls.__slots__}:
            raise ContextError("context 不是上一个回答返回的内容。")
        context = cls(
            agencies=_strings(data, "agencies", 200),
            years=tuple(_integer(y, 1900, 2200) for y in _list(data, "years")),
            metrics=_known(_strings(data, "metrics", 60), set(metrics())),
            applicants=_known(_strings(data, "applicants", 60), set(applicants())),
            operation=_text(data, "operation", 20) or "value",
            subject=_text(data, "subject", 60),
            channels=_strings(data, "channels", 60),
            unit=_text(data, "unit", 20),
            section=_integer(data["section"], 0, 6) if data.get("section") is not None else None,
            topic=_text(data, "topic", 20),
            matter=_text(data, "matter", 300) or "",
            group=_strings(data, "group", 60),
            place=_strings(data, "place", 60),
            top=_integer(data.get("top", 1), 1, 20),
            least=data.get("least") is True,
            growth=_text(data, "growth", 10) or "",
            condition=_strings(data, "condition", 60),
            earlier=_strings(data, "earlier", 200),
            earlier_metrics=_known(_strings(data, "earlier_metrics", 60), set(metrics())),
            earlier_channels=_strings(data, "earlier_channels", 60),
            earlier_applicants=_known(_strings(data, "earlier_applicants", 60), set(applicants())),
            base=next(iter(_known((base,), set(metrics()))), None) if (base := _text(data, "base", 60)) else None,
            candidates=_strings(data, "candidates", 200),
            earlier_years=tuple(_integer(y, 1900, 2200) for y in _list(data, "earlier_years")),
            picked=_text(data, "picked", 120) or "",
            pool=_strings(data, "pool", 200),
            order=_strings(data, "order", 200),
            mentioned=_strings(data, "mentioned", 200),
            focus=_integer(data["focus"], 1900, 2200) if data.get("focus") is not None else None,
        )
        if len(context.group) not in (0, 4) or len(context.place) not in (0, 4) or not _is_condition(context.condition):
            raise ContextError("context 不是上一个回答返回的内容。")
        if context.operation not in OPERATIONS:
            raise ContextError("context 不是上一个回答返回的内容。")
        return context


_COUNTS = {"两": 2, "二": 2, "俩": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_THINGS = re.compile(r"(?<![前第哪最头分])([两二三四五六])个?(?:样|项|种|类|者|数|个数|个(?=[加合一总共相]))|(俩)")
_YEARS_COUNTED = re.compile(r"(?<![近前第哪最])([两二三四五六])个?(?:年|年度)")


def _counted(pattern: re.Pattern[str], text: str) -> int:
    """How many of what was spoken of a question points at: 2 for 这两样; 0 where it counts none."""
    match = pattern.search(text)
    return _COUNTS[next(g for g in match.groups() if g)] if match else 0


def _last(earlier: tuple[str, ...], spoken: tuple[str, ...], count: int) -> tuple[str, ...]:
    """As many of what was spoken of last as are counted; () where fewer were, or just those of the last answer are."""
    pool = tuple(dict.fromkeys((*earlier, *spoken)))
    kinds = list(dict.fromkeys(map(_kind, pool)))  # both ways to court are one thing beside 复议
    if _kinds(spoken) >= count or count > len(kinds):
        return ()
    return tuple(p for p in pool if _kind(p) in kinds[-count:])


def _kind(thing: str) -> str:
    return "litigation" if thing.startswith("litigation.") and thing.endswith(".total") else thing


def _kinds(things: tuple[str, ...]) -> int:
    return len(set(map(_kind, things)))


def _place(context: Context) -> Place | None:
    """The place that the last answer's group was looked for in."""
    if not context.place:
        return None
    province, city, county, township = context.place
    return Place(province, city, county, township)


def _each(agencies: Sequence[str]) -> Mention:
    """Bodies as if they had been named one by one."""
    return Mention(tuple(agencies), named=tuple((a,) for a in agencies))


def _is_condition(words: tuple[str, ...]) -> bool:
    if not words:
        return True
    return len(words) == 3 and words[0] in (">", "<", ">=", "<=", "=") and bool(re.fullmatch(r"-?\d{1,15}(?:\.\d{1,6})?", words[1]))


def _bound(context: Context) -> Condition | None:
    """The bound of the last answer."""
    if not context.condition:
        return None
    sign, value, words = context.condition
    return Condition(sign, float(value), words, percent=share_bound_in(words) is not None)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    value = data.get(name, [])
    if not isinstance(value, list) or len(value) > 40:
        raise ContextError(f"context 的 {name} 不是列表或者太长。")
    return value


def _strings(data: Mapping[str, Any], name: str, longest: int) -> tuple[str, ...]:
    values = _list(data, name)
    if not all(isinstance(v, str) and len(v) <= longest for v in values):
        raise ContextError(f"context 的 {name} 含有不能用的内容。")
    return tuple(values)


def _known(values: tuple[str, ...], known: set[str]) -> tuple[str, ...]:
    if any(v not in known for v in values):
        raise ContextError("context 提到了不存在的指标。")
    return values


def _integer(value: object, low: int, high: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ContextError("context 含有不能用的数。")
    return value


def _text(data: Mapping[str, Any], name: str, longest: int) -> str | None:
    value = data.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > longest:
        raise ContextError(f"context 的 {name} 不能用。")
    return value


def inherit(query: Query, context: Context | None, held: Directory) -> Query:
    """The query completed from the context: what is not said again stays, what is said replaces, a new topic resets."""
    if context is None:
        return query
    if re.search(r"换个(?:话题|问题)|(?:另外|再)问(?:个|一个)别的|问个?别的", query.text):
        return _same_bodies(query, Context(agencies=context.agencies), held) if _BACK_TO.search(query.text) else query
    if query.unit in ("times", "people", "info") and context.subject and query.metrics == ("outcome.total",) and not query.mention.agencies:
        query = replace(query, metrics=(), subject=None)  # 一共办了几次: of what was spoken of
    if re.search(r"[反倒]过?来|[反倒]着", query.text) and not query.has_topic and (context.group or len(context.agencies) > 1):
        query = replace(query, operation="rank", least=not context.least, top=max(query.top, context.top), follows=True)
        context = replace(context, least=query.least)
    query, context = _varied(query, context, held)
    query = _two_compared(_same_bodies(query, context, held), context, held)
    stated = next((s.id for s in subjects() if s.metric and context.metrics == (s.metric,)), None)
    cell = next((s.metric for s in subjects() if s.metric and s.id == context.subject), None)
    if cell and not query.has_topic and re.search(r"表[一二三四格里]?[^,，。]{0,3}(?:为准|里|上|中|的|呢)|以表|按表", query.text):
        return replace(query, metrics=(cell,), years=query.years or context.years, asks_number=True, operation="value", follows=True)
    if OF_TEXT.search(query.text) and re.search(r"收到|收了|接到", query.text) and context.metrics and not query.has_cells:
        stated = "requests.received"
    if stated and OF_TEXT.search(query.text) and not (query.has_cells or query.section):  # 正文里写的又是几件
        return replace(
            query,
            years=query.years or context.years,
            subject=stated,
            weak=(),
            residue=(),
            unit_only=False,
            asks_number=True,
            operation="value",
        )
    part = re.search(r"申请的?那?(?:一)?(?:部分|些)|[提递]的那?(?:部分|些)", query.text)
    if part and query.applicants and query.metrics in ((), ("requests.received",)) and context.metrics and not (query.rows or query.blocks):
        return replace(
            query, metrics=context.metrics, subject=None, years=query.years or context.years, operation="value"
        )  # 企业申请的那部分
    carried = {"requests.carried_in", "requests.carried_out"}
    if carried <= set(query.weak) and not query.metrics and len(own := [m for m in context.metrics if m in carried]) == 1:
        query = replace(query, metrics=tuple(own), weak=(), subject=None)  # 又结转了多少, of which of them was spoken
    of_fee = context.subject == "handling_fee" and not query.mention.spans
    if of_fee and re.search(r"(?:多少|几)件[^,，。]{0,6}收的?|^(?:那)?件数|涉及(?:多少|几)件|哪?几件上", query.text):
        return replace(
            query, subject="handling_fee", metrics=(), weak=(), residue=(), unit="request", years=query.years or context.years,
            asks_number=True, operation="value", unit_only=False, attributive=None, qualifier=None,
        )  # fmt: skip
    percent_of = query.operation == "share" or re.search(r"幅度|百分[数比点]", query.text)
    if context.operation == "compare" and percent_of and not query.has_topic and not re.search("占|率", query.text):
        query = replace(query, operation="compare", years=query.years or context.years, follows=True)  # 百分比呢: by how many percent
    of_shares = context.operation == "share" or (context.operation == "rank" and re.search(r"占|比例|比重(?!复)|比率", context.matter))
    if of_shares and query.operation in ("rank", "list", "compare") and not query.has_topic and not query.unit:
        query = replace(query, shared=True)
    left = query.metrics == ("requests.carried_out",) and re.search(r"剩下的?(?=是|里|几|两|那|都)|其余", query.text)
    if left and query.applicants and context.metrics:
        query = replace(query, metrics=context.metrics, follows=True)  # 剩下的是商业企业提的吗
    if of_fee and re.search(r"(?:几|多少)件", query.text) and re.search(r"多少钱|几元|多少元|几块", query.text):
        return replace(
            query, subject="handling_fee", metrics=(), columns=(), weak=(), residue=(), unit=None, years=query.years or context.years,
            asks_number=True, operation="list", joined=True, unit_only=False, attributive=None, qualifier=None, matter="信息处理费几件、多少元",
        )  # fmt: skip
    if of_fee and query.unit == "money" and not query.has_cells and not query.subject and not query.group:
        query = replace(
            query, subject="handling_fee", columns=(), weak=(), residue=(), years=query.years or context.years, asks_number=True
        )
    out = {
        h.id
        for h in find_terms(query.text)
        if h.kind in ("row", "metric", "block") and not h.weak and re.match(r"的?(?:不算|除外|去掉|刨[掉去])", query.text[h.end :])
    }
    kept = tuple(m for m in context.metrics if not any(m == o or m.startswith(o + ".") for o in out))
    if out and len(context.metrics) > 2 and 1 < len(kept) < len(context.metrics):
        return replace(
            query,
            metrics=kept,
            rows=(),
            blocks=(),
            weak=(),
            subject=None,
            years=query.years or context.years,
            operation=context.operation,
            joined=True,
            asks_number=True,
        )  # 许可不算
    things = _counted(_THINGS, query.text)
    if things and (not query.has_topic or query.operation == "share"):
        if context.earlier_metrics and len(context.metrics) > 1:  # the whole that was told beside a part is no thing of its own
            parts = tuple(m for m in context.metrics if m not in ("outcome.total", "requests.to_handle"))
            context = replace(context, metrics=parts or context.metrics)
        context = replace(
            context,
            metrics=_last(context.earlier_metrics, context.metrics, things) or context.metrics,
            applicants=_last(context.earlier_applicants, context.applicants, things) or context.applicants,
            channels=_last(context.earlier_channels, context.channels, things) or context.channels,
        )
        pointed = things in (_kinds(context.metrics), len(context.metrics), len(context.applicants), len(context.channels))
        if pointed and query.operation == "value" and query.asks_number and not re.search(r"各|分别|[多少高低差]几|差", query.text):
            query = replace(query, operation="sum", joined=True)
        query = replace(query, follows=query.follows or pointed)
    if query.operation == "compare" and not query.rows:
        # 比上年: the year before, not the form's column of that name
        query = replace(query, columns=tuple(c for c in query.columns if not c.startswith("items_")))
    if query.operation == "coverage":
        return query  # which years are held, not what the year spoken of holds
    if query.columns == ("items_last_year",) and len(context.years) == 1 and re.match(r"^(?:那)?上一?年度?的?", query.text):
        query = replace(query, columns=(), years=(context.years[0] - 1,), follows=True)  # 上一年的处罚数呢: the year before, no column
    query = _moved_year(query, context)
    which_year = bool(re.search(r"哪一?年|哪个年份|几几年", query.text))
    if which_year and len(context.years) == 1 and context.earlier_years and query.operation == "rank":
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
    if (
        not query.has_topic
        and (first := re.search(r"(?<!近)前([两二三四])[个项样]", query.text))
        and len(context.metrics) > 1
        and not query.group
    ):
        count = {"两": 2, "二": 2, "三": 3, "四": 4}[first[1]]
        operation = "sum" if re.search(r"加|合|总|一共", query.text) else "list"
        return replace(
            query, metrics=context.metrics[:count], operation=operation, applicants=query.applicants or context.applicants, joined=True
        )
    if (added := _added(query, context)) is not None:
        return added
    inner = query.applicants[0] if len(query.applicants) == 1 else ""
    if (
        query.operation == "share"
        and context.applicants == ("legal_persons",)
        and inner in LEGAL_PERSONS
        and re.search("其中|里面|当中", query.text)
    ):
        query = replace(query, applicants=("legal_persons", inner))  # of the five columns spoken of
    if (
        query.operation == "share"
        and context.channels
        and not query.has_cells
        and not query.channels
        and query.subject in (None, context.subject)
    ):
        return replace(query, subject=context.subject, channels=context.channels, unit=None)  # of the number in the text
    if (shared := _share_of(query, context)) is not None:
        return shared
    bare = query.subject == "published" and query.follows and re.fullmatch(r"(?:那|其中)?公开(?:了)?的?(?:有|呢)?", query.matter)
    if bare and any(m.startswith(("requests.", "outcome.")) for m in context.metrics):
        return replace(query, metrics=("outcome.granted",), subject=None, applicants=query.applicants or context.applicants)
    if context.channels and not query.has_topic and (_asks_total(query) or query.operation == "sum"):
        # Of several bodies or years the channel spoken of is added up; of one all of its channels.
        channels = context.channels if len(query.mention.named) > 1 or len(query.years) > 1 else query.channels
        return replace(query, subject=context.subject, channels=channels, unit=context.unit, asks_number=True, operation="sum")
    if query.rows and not query.columns and _is_elliptic(query):
        columns = {m.rpartition(".")[2] for m in context.metrics if m.partition(".")[0] in _ROWS}
        query = replace(query, columns=tuple(sorted(columns)))
    if query.blocks and not query.results and _is_elliptic(query):
        results = {m.rpartition(".")[2] for m in context.metrics if m.startswith(("review.", "litigation."))}
        if results - {"total"} and not {b.partition(".")[0] for b in query.blocks} & {m.partition(".")[0] for m in context.metrics}:
            query = replace(
                query, results=("total", *sorted(results - {"total"})), operation="list"
            )  # 那直接起诉的呢: the same result, or all
        else:
            query = replace(query, results=tuple(sorted(results)))
    own_rows = tuple(dict.fromkeys(m.partition(".")[0] for m in context.metrics if m.partition(".")[0] in _ROWS))
    of_row = any(f"{row}.{column}" in metrics() for row in own_rows for column in query.columns)
    bare_column = not (query.rows or query.blocks) and {*query.metrics} <= {"requests.carried_out", "requests.carried_in"}
    plain = query.subject in (None, "documents", "published") or query.metrics or query.weak
    if query.columns and of_row and bare_column and plain and not query.channels:
        # 当年制发的呢, 现行有效的还剩多少: of the row spoken of
        return replace(query, rows=own_rows, metrics=(), weak=(), subject=None, operation=_operation(query, context))
    if query.has_cells:
        if query.operation == "find" and re.search(r"买|内容|什么|啥", query.text):
            return query
        if query.follows and not query.applicants and context.applicants and not query.asks_number and not _asks_total(query):
            query = replace(query, applicants=context.applicants)
        if (
            _is_elliptic(query)
            and context.operation == "share"
            and query.operation == "value"
            and not _asks_total(query)
            and not query.condition
        ):
            query = replace(query, operation="share")
        return query
    if query.channels and not query.subject:
        subject = context.subject or ("requests.received" if context.metrics else None)
        if query.unit == "info" and not set(query.channels) & REQUEST_CHANNELS:
            subject = "published"  # 微信上又推了几条
        operation = _operation(query, context)
        if operation == "list" and "比" in query.text and context.channels:
            query = replace(query, channels=(*context.channels, *query.channels))  # 比网站多几条: both are told
        return replace(
            query,
            subject=subject,
            unit=query.unit or context.unit,
            operation=operation,
            asks_number=query.asks_number or operation != "find",
        )
    if (
        context.section is not None
        and not query.section
        and not query.asks_number
        and re.search(r"[那这][条一点]|又是(?:什么|啥)", query.text)
    ):
        # 隐私那条还在不在, 24年承认的又是啥
        return replace(
            query,
            section=context.section,
            topic=context.topic,
            metrics=(),
            weak=(),
            applicants=(),
            subject=None,
            operation="find",
            residue=(),
        )
    if query.subject or query.section or not _takes_over(query, context):
        return query
    moved = re.search(r"为什么|为啥|为何|原因", query.text) and re.search(r"[涨降增减升跌多少高低]", query.text)
    if query.operation == "find" and moved and context.metrics and not query.residue:
        # 为啥涨了: of the figure spoken of
        return replace(query, metrics=context.metrics, years=(query.years or context.years)[-1:], applicants=context.applicants)
    if query.operation == "find" and re.search(r"什么|啥|为什么|谁", query.text) and not query.follows and not query.applicants:
        return replace(query, matter=f"{context.matter} {query.matter}"[:300])  # what it was, not how much
    if query.results and any(m.startswith(("review.", "litigation.")) for m in context.metrics):
        blocks = tuple(dict.fromkeys(m.rpartition(".")[0] for m in context.metrics))
        return replace(query, blocks=blocks, operation=_operation(query, context))
    if query.bare_other and any(m.startswith(("review.", "litigation.")) for m in context.metrics):
        blocks = tuple(dict.fromkeys(m.rpartition(".")[0] for m in context.metrics))
        return replace(query, blocks=blocks, results=("other",), operation="value")
    if set(query.results) - {"total"} or (query.columns and not query.follows):
        return query  # parts of another table than the last answer's: they ask anew
    if query.bare_other and not query.applicants and not context.applicants and any(m.startswith("outcome.") for m in context.metrics):
        return query  # another outcome or another applicant: asked back
    chosen = query.applicants or (() if _asks_total(query) else context.applicants)
    if query.bare_other and not query.applicants and context.metrics:
        chosen = ("other",)
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
        qualifier=None,
        attributive=None,
        unit_only=False,
        base=context.base if query.base is None and _operation(query, context) == "share" else query.base,
        operation=_operation(query, context),
    )


def _same_bodies(query: Query, context: Context, held: Directory) -> Query:
    """The bodies of the last answer, where the question names none; a group goes on in another place that is named."""
    group = told_again(context.group, held) if context.group else None
    query = _same_field(query, context, held)
    mention = query.mention
    pool = {*context.agencies, *context.earlier}
    kin = {held.bodies[a].lineage for a in pool if a in held.bodies}
    own = tuple(a for a in mention.agencies if a in pool) or tuple(a for a in mention.agencies if held.bodies[a].lineage in kin)
    if len(mention.agencies) > 1 and not mention.named and not query.has_topic and len(own) == 1:
        query = replace(query, mention=Mention(own))  # 财政局占三家的多少: the one spoken of
        mention = query.mention
    if len(mention.agencies) > 1 and not mention.named and not mention.places and not query.has_topic and len(context.agencies) == 1:
        place = held.bodies[context.agencies[0]].place if context.agencies[0] in held.bodies else None
        there = tuple(a for a in mention.agencies if place is not None and held.stands_at(held.bodies[a], place))
        if len(there) == 1:  # 城管局同期, after 云溪市生态环境局
            query = replace(query, mention=Mention(there), follows=True)
            mention = query.mention
    spoken = tuple(a for a in context.agencies if a in held.bodies)
    if (others := _the_others(query, context, spoken, group, held)) is not None:
        return others
    if (picked := _picked_anew(query, context, held)) is not None:
        return picked
    if (rest_of := _less_one(query, context, spoken, held)) is not None:
        return rest_of
    if (placed := _by_order(query, context, held)) is not None:
        return placed
    if len(spoken) > 1 and not query.has_topic and (one := _of_level(query.text, spoken, held)):  # 市局那家占多少, of those spoken of
        if query.operation == "share":
            return replace(query, group=None, mention=_each(spoken), singled=(one,), follows=True)
        return replace(query, group=None, mention=Mention((one,)), follows=True)
    most = re.search(r"最([多少高低])的那", query.text)
    if (
        most
        and len(context.pool or spoken) > 1
        and not mention.agencies
        and (query.has_topic or not context.order or "占" in query.text)
        and not context.group
    ):
        every = tuple(a for a in context.pool or spoken if a in held.bodies)
        if query.operation == "share" or re.search(r"占(?!用|地)", query.text):
            return replace(
                query, group=None, mention=_each(every), singled=(MOST if most[1] in "多高" else LEAST,), operation="share", follows=True
            )
        return replace(query, group=None, mention=_each(every), operation="rank", least=most[1] in "少低", top=1, follows=True)
    pointed_at = _pointed_at(query, context, held)
    if pointed_at and mention.agencies and re.search(r"(?:连|包括|算上|加上)[^,，。]{1,10}(?:在内|一起|一共)", query.text):
        mention = Mention(())  # 连碧原在内三家
    if pointed_at and not mention.agencies and not mention.unknown:
        operation = "list" if query.operation == "find" or (query.operation == "rank" and len(pointed_at) < 3) else query.operation
        operation = "sum" if query.operation == "find" and context.operation == "sum" else operation
        return replace(query, mention=_each(pointed_at), group=None, operation=operation)
    if (chosen := _among_spoken(query, context, held)) is not None:
        return chosen
    if not mention.agencies and not query.group and len(spoken) == 1 and (other := _at_level(query.text, spoken[0], held)):
        return replace(query, mention=Mention((other,)), follows=True)
    if (whole := _the_whole(query, spoken, held)) is not None:
        return whole
    if context.condition and group and not query.years and (bound := _CHANGED.search(query.text)):
        sign = context.condition[0]
        query = replace(
            query, condition=Condition(sign, float(bound[1].replace(",", "")), bound.group()), asks_number=True, residue=(), follows=True
        )
    against = re.match(r"^(?:那|它|那么|实际)?(?:比|跟|和|与|较)", query.text) and re.search(r"多|少|差|高|低", query.text)
    if against and len(spoken) == 1 and len(mention.agencies) == 1 and mention.agencies != spoken and not context.group:
        both = _each((*spoken, *mention.agencies))
        return replace(query, mention=both, operation="list", years=query.years or context.years[-1:])
    if group and query.operation == "share" and spoken and not mention.agencies and _SINGLE.search(query.text) and not query.has_topic:
        place = _place(context)
        return replace(query, group=group, mention=Mention((), place=place), singled=spoken[:1])  # 它占全部的多少
    again = query.operation == "rank" and re.search(r"第[一二三]吗|排第几|第几名|也是它|还是它|排头", query.text)
    if again and group and not mention.agencies:  # 2022年也是它第一吗
        return replace(query, group=group, mention=Mention((), place=_place(context)), follows=True)
    if again and len(spoken) > 1 and not mention.agencies:
        return replace(query, group=None, mention=_each(spoken), follows=True)
    if spoken and not mention.agencies and not mention.unknown and _SINGLE.search(query.text) and (context.group or len(spoken) > 1):
        return replace(
            query, group=None, mention=Mention(spoken[:1]), operation="value" if query.operation in ("rank", "find") else query.operation
        )
    if context.candidates and (mention.agencies or mention.places) and not query.has_topic:
        fitting = _among(context.candidates, mention, held)
        if len(fitting) == 1:
            return replace(query, mention=Mention(fitting), follows=True)
    shared = context.operation == "share" or bool(re.search(r"占|比例|比重(?!复)|比率", context.matter))
    repeated = shared and "占" not in query.text
    if query.operation == "share" and len(spoken) > 1 and mention.agencies and set(mention.agencies) <= set(spoken) and repeated:
        return replace(query, follows=True)  # the same share of one of them
    if query.operation == "share" and len(spoken) > 1 and mention.agencies and set(mention.agencies) <= set(spoken) and not query.has_topic:
        return replace(query, mention=_each(spoken), singled=mention.agencies)
    if group and query.operation == "share" and mention.agencies and not query.has_cells and not query.subject:
        return replace(query, group=group, mention=Mention((), place=_place(context)), singled=mention.agencies)
    if (
        query.group
        and query.group.vague
        and (((group or context.agencies) and not query.has_topic) or ((query.follows or "呢" in query.text) and _several(context)))
    ):
        query = replace(query, group=None)  # 名单给一下, 那申请数呢，谁多: of what was spoken of
    if group and not query.group and not mention.unknown and (not mention.agencies or (mention.place and query.follows)):
        place = mention.place or _place(context)
        query = replace(query, group=group, mention=replace(mention, place=place))
        repeated = query.operation in ("value", "find", "list", "compare")
        if repeated and not query.has_cells and not query.subject and not query.weak:
            condition = query.condition or _bound(context)
            query = replace(query, picked="" if query.condition else context.picked)
            query = replace(
                query, top=max(query.top, context.top), least=query.least or context.least, growth=query.growth or context.growth, applicants=query.applicants or context.applicants,
                condition=condition, operation="value" if query.condition else context.operation if query.operation != "compare" else query.operation,
            )  # fmt: skip
        return query
    if (
        query.group
        and context.group
        and query.follows
        and not query.has_topic
        and not query.condition
        and query.operation in ("value", "find", "list")
    ):
        # 乡镇呢: the same of another kind of bodies.
        query = replace(
            query,
            top=max(query.top, context.top),
            least=query.least or context.least,
            growth=query.growth or context.growth,
            operation=context.operation,
            condition=_bound(context),
            picked=context.picked,
        )
    if query.group and not mention.agencies and not mention.unknown and context.place and not query.whole:
        return replace(query, mention=replace(mention, place=_place(context))) if query.follows else query
    if not mention.agencies and not mention.unknown and not query.group and context.agencies:
        one_each = list({held.bodies[a].lineage: a for a in context.agencies if a in held.bodies}.values())
        named = tuple((a,) for a in one_each) if len(one_each) > 1 else ()
        return replace(query, mention=Mention(context.agencies, named=named))
    return query


def _the_whole(query: Query, spoken: tuple[str, ...], held: Directory) -> Query | None:
    """全省呢, 占全省多少: the place that the body spoken of lies in, or that no report of it is held."""
    mention = query.mention
    if not query.whole or not spoken or mention.agencies or query.group or query.has_topic:
        return None
    own, over = held.bodies[spoken[0]], held.government_above(spoken[0], query.whole)
    if over:
        return replace(query, mention=_each((spoken[0], over)) if query.operation == "share" else Mention((over,)), follows=True)
    if mention.unknown or (own.kind == "government" and own.level == LEVEL_OF.get(query.whole)):
        return None
    return replace(query, mention=Mention((), unknown=f"全{query.whole}"))


_CHANGED = re.compile(r"(?:门槛|标准|条件|改|降|放低|提高|提到|放宽|换|调)[^\d]{0,6}?(?!(?:19|20)\d\d)(\d[\d,]*)(?!\d*年)")


def _less_one(query: Query, context: Context, spoken: tuple[str, ...], held: Directory) -> Query | None:
    """刨掉公安局呢, 把它去掉, 再算上枫林区的: the bodies spoken of with one less, or one more."""
    mention = query.mention
    it = re.search(
        r"(?:把)?(?:它|这家|那家)(?:去掉|除外|除开|刨[掉去]|排除|不算)|(?:去掉|除了|除去|刨[掉去]|不算)(?:它|这家|那家)", query.text
    )
    pool = tuple(a for a in context.pool if a in held.bodies) or spoken
    if it and len(pool) > 2 and spoken and not mention.agencies:
        return replace(query, group=None, mention=_each(tuple(a for a in pool if a != spoken[0])), metrics=(), weak=(), follows=True)
    more = re.search(r"再?(?:算上|加上|加进)|再加", query.text)
    if more and len(pool) > 1 and len(mention.agencies) == 1 and mention.agencies[0] not in pool and not query.has_topic:
        return replace(query, mention=_each((*pool, *mention.agencies)), operation="sum", results=(), follows=True)  # 再算上枫林区教育局
    if len(spoken) < 3 or len(mention.agencies) != 1 or mention.agencies[0] not in spoken or query.group:
        return None
    if not re.search(r"(?:不算|不含|不包括|除了?|除[去掉开]|[扣减刨去][掉去除]|剔除|撇开)", query.text):
        return None
    return replace(query, mention=_each(tuple(a for a in spoken if a not in mention.agencies)), follows=True)


def _picked_anew(query: Query, context: Context, held: Directory) -> Query | None:
    """不到300件的有几家, 2023年呢, after some of the bodies named were picked: another bound or year picks among all of them."""
    pool = tuple(a for a in context.pool if a in held.bodies)
    if len(pool) < 2 or not context.condition or query.mention.agencies or query.mention.unknown:
        return None
    if (query.group and not query.group.vague) or re.search(r"其中|里面|里头|当中", query.text):
        return None
    again = (query.years or query.relative) and not query.has_topic and query.operation in ("value", "find", "list")
    if not query.condition and not query.years and (bound := _CHANGED.search(query.text)):
        changed = Condition(context.condition[0], float(bound[1].replace(",", "")), bound.group())
        query = replace(query, condition=changed, asks_number=True, residue=())
    if not query.condition and not again:
        return None
    return replace(query, group=None, mention=_each(pool), condition=query.condition or _bound(context), operation="value", follows=True)


_PLACES = re.compile(r"第(?P<nth>[一二三四五])(?:名|位|的)?|(?P<top>头名|榜首|冠军|头一[名个])|(?P<last>最后一名|末位|垫底的?|倒数第一)")
_APART_FROM = re.compile(r"[差多少高低]出?了?[多几]|相差|差距|[几多]少?倍|加|合")


def _by_order(query: Query, context: Context, held: Directory) -> Query | None:
    """它跟头名差多少, 第一名和第二名差几件, 排第二的那家予以公开多少: bodies by their place in the last ranking."""
    order = tuple(a for a in context.order if a in held.bodies)
    if len(order) < 2 or query.mention.agencies or (query.group and not query.group.vague):
        return None
    if "" in context.order and re.search(r"最后|末位|垫底|倒数|尾", query.text):
        return None  # only the first of them were told
    if re.search(r"第[一二三四五](?:名|位)?(?:吗|么|不是|呢?$)|排第几|是不是第|也是|(?:是|又是)(?:谁|哪)|哪[个家]", query.text):
        return None  # whether it is, or who is
    found: list[str] = []
    if re.search(r"一头一尾|首尾|头尾|第一(?:名)?和最后", query.text):
        found = [order[0], order[-1]]
    for match in () if found else _PLACES.finditer(query.text):
        at = len(order) - 1 if match["last"] else 0 if match["top"] else "一二三四五".index(match["nth"])
        if at >= len(order):
            return None
        found.append(order[at])
    if not found:
        return None
    if _APART_FROM.search(query.text) and not query.has_topic:
        if len(found) == 1:
            found = [*context.agencies[:1], *found]
        if len(set(found)) < 2:
            return None
        operation = "sum" if re.search("加|合", query.text) else "list"
        return replace(
            query,
            group=None,
            mention=_each(found),
            operation=operation,
            years=query.years or context.years,
            top=1,
            follows=True,
            placed=True,
        )
    alone = len(found) == 1 and (
        re.search(rf"(?:{_PLACES.pattern})的?(?:[那这][家个位]|局|街道|单位|机关|的|[,，]?它)", query.text)
        or (query.years and query.asks_number)
    )
    if alone and (query.has_topic or query.years or query.applicants or query.asks_number):
        operation = "value" if query.operation == "rank" else query.operation
        return replace(query, group=None, mention=Mention((found[0],)), operation=operation, top=1, placed=True, follows=True)
    return None


_OPPOSITE = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}


def _the_others(query: Query, context: Context, spoken: tuple[str, ...], group: Group | None, held: Directory) -> Query | None:
    """剩下的那几家呢: those of the bodies asked about that the last answer's condition left out."""
    asked = re.search(
        r"剩下|其余|余下|另外(?:那|的)?[几两二三四五六]|(?:没|不|未)(?:过|到|超过|达到)\d*[件条]?的?(?:那|这)?[几两二三四五六些]",
        query.text,
    )
    left_over = query.metrics == ("requests.carried_out",)  # 剩下的 by itself
    rest = tuple(a for a in context.pool if a in held.bodies and a not in spoken)
    counted = re.search(r"(?:另外|其他|其它|剩下|余下|其余)(?:的|那|这)*([几两二三四五六])(?:个|家)", query.text)
    if rest and counted and not query.mention.agencies and _COUNTS.get(counted[1], len(rest)) == len(rest):
        weak = query.weak if not left_over else ()
        own = replace(query, metrics=()) if left_over else query
        return replace(own, weak=weak, group=None, mention=_each(rest) if len(rest) > 1 else Mention(rest), follows=True)
    if not asked or not context.condition or context.condition[0] not in _OPPOSITE or (query.has_topic and not left_over):
        return None
    sign, bound, words = context.condition
    condition = Condition(_OPPOSITE[sign], float(bound), f"不符合{words}")
    query = replace(query, metrics=(), weak=(), subject=None, asked=query.asked.replace(asked.group(), ""))
    if group:
        place = _place(context)
        return replace(query, group=group, mention=Mention((), place=place), condition=condition, operation="value", follows=True)
    every = tuple(a for a in context.pool if a in held.bodies) or spoken
    operation = "sum" if re.search("加起来|合计|一共|总共", query.text) else "value"
    return replace(query, group=None, mention=_each(every), condition=condition, operation=operation, follows=True)


_MORE = re.compile(
    r"更[多少高低大小]|(?:比|还)[^,，。]{0,8}[多少高低大小]|谁[多少高低]|哪[个家边]更?[多少高低]|[多少高低](?:一些|些|点)?[咯吧吗么嘛了]*[?？]?$"
)


_TOGETHER = re.compile(r"加起来|合起来|加一|加总|相加|总和|之和|再加")
_APART = re.compile(
    r"[差多少高低]出?了?[多几]|相差|差距|谁[多少高低]|哪[个家边项样类种]更?[多少高低大小]|分别|各(?:是|占|有)?(?:多少|几)|平均|前者|后者"
)


def _varied(query: Query, context: Context, held: Directory) -> tuple[Query, Context]:
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
            mention=_each(bodies),
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


def _two_compared(query: Query, context: Context, held: Directory) -> Query:
    """那么是云溪更多咯, 市里的是不是比县里的多: the two bodies that the last two answers told the same of."""
    spoken = tuple(a for a in context.agencies if a in held.bodies)
    own = query.mention.agencies or spoken
    both = tuple(dict.fromkeys((*context.earlier[-1:], *spoken)))
    fits = len(spoken) == 1 and len(both) == 2 and len(own) == 1 and own[0] in both and all(a in held.bodies for a in both)
    if not fits or query.has_topic or query.group or query.asks_number or query.years or query.relative or not _MORE.search(query.text):
        return query
    order = (*own, *(a for a in both if a not in own)) if query.mention.agencies else both
    return replace(query, mention=_each(order), operation="share" if context.operation == "share" else "list", follows=True)


def _several(context: Context) -> bool:
    """Whether the last answer was about several bodies, so that 谁 asks which of them."""
    return bool(context.group) or len(context.agencies) > 1


def _same_field(query: Query, context: Context, held: Directory) -> Query:
    """枫林区的呢, after 望川区教育局 was spoken of: the body of the same field there, where one is held."""
    spoken = [held.bodies[a] for a in context.agencies if a in held.bodies]
    lineages = {b.lineage for b in spoken}
    named = query.mention.places
    bureaus = len(named) > 1 and len(named) == len(query.mention.named) and re.search(r"[市县区]局|[两二三四五]个?局", query.text)
    if bureaus and len(lineages) == 1 and not query.has_topic:
        each = [[b.agency for b in held.bodies.values() if b.own[:-1] == spoken[0].own[:-1] and held.stands_at(b, p)] for p in named]
        if all(len(own) == 1 for own in each):
            return replace(query, mention=_each(tuple(own[0] for own in each)), follows=True)  # 云溪、碧原两个市局
    place = query.mention.place
    spoken_rows = {m.partition(".")[0] for m in context.metrics}
    said = {*query.metrics, *(r for r in query.rows if r not in spoken_rows)} or ({query.subject} if query.subject else set())
    new = query.has_topic and not (query.follows and (said <= {*context.metrics} or (query.rows and {*query.rows} <= spoken_rows)))
    if place is None or new or query.blocks or query.group or len(lineages) != 1 or spoken[0].kind in ("government", "zone", "other"):
        return query
    if spoken[0].kind in ("street", "town"):
        if any(held.bodies[a].kind != "government" for a in query.mention.agencies):
            return query
        # 枫林区那个, after 望川区城关街道
        own = [b.agency for b in held.within(place) if b.kind == spoken[0].kind and b.place.township == spoken[0].place.township]
    else:
        own = [b.agency for b in held.bodies.values() if b.own == spoken[0].own and held.stands_at(b, place)]
    return replace(query, mention=Mention(tuple(own)), follows=True) if len(own) == 1 else query


def _added(query: Query, context: Context) -> Query | None:
    """把部分公开也算进去: one more figure beside what was told, added up or over the same whole."""
    blocks = tuple(f"{b}.total" for b in query.blocks if not query.results)
    query = replace(query, metrics=query.metrics or blocks, blocks=() if blocks and not query.metrics else query.blocks)
    if not re.search(r"也算|算进去|算上|加进去|再加上|连同|也加", query.text) or not query.metrics or not context.metrics:
        return None
    if blocks and any(m.endswith(".total") for m in context.metrics):
        context = replace(context, metrics=tuple(m for m in context.metrics if m.endswith(".total")))
    wanted = tuple(dict.fromkeys((*(m for m in context.metrics if m not in query.metrics), *query.metrics)))
    share = query.operation == "share" or context.operation == "share"
    base = "outcome.total" if share and all(m.startswith("outcome.") for m in wanted) else None
    operation = "share" if base else "sum"
    return replace(query, metrics=wanted, base=base, operation=operation, subject=None, applicants=query.applicants or context.applicants)


_BACK_TO = re.compile(r"同一[家个]|[这那该](?:家|个?单位|个?机关|个?局)|它|他们|上述|刚才")
_BACK = re.compile(r"前一年|头一年|再前一年|再?早一年|再?往前一年|上年度?|上一年度?")


def _moved_year(query: Query, context: Context) -> Query:
    """The year before or after the one spoken of; and both of two that were spoken of one after the other."""
    if len(context.years) == 2 and not query.years and re.search(r"中间(?:那|的)?一?年", query.text):
        first, last = sorted(context.years)
        return replace(query, years=tuple(range(first + 1, last)) or context.years, relative=None, follows=True)
    if context.focus and query.relative in ("那年", "那一年") and query.operation != "rank":
        return replace(query, years=tuple(sorted({context.focus, *query.years})), relative=None)  # 从那年到2024
    back = query.relative is not None and bool(_BACK.fullmatch(query.relative))
    against = query.operation == "compare" or "倍" in query.text
    if against and back and len(context.years) == 1 and not query.has_topic:
        return replace(query, years=(context.years[0] - 1, context.years[0]), relative=None)
    again = (query.operation == "compare" or "倍" in query.text) and not query.years and not query.relative and not query.has_topic
    if again and len(context.years) == 1 and context.earlier_years and not re.search(r"同比|环比|逐年|趋势|走势", query.text):
        return replace(query, years=tuple(sorted({*context.earlier_years, *context.years})))  # 差几件: between the two spoken of
    if query.years or not context.years or (query.operation == "compare" and not re.search(r"[两二]个?年", query.text)):
        return query
    count = _counted(_YEARS_COUNTED, query.text)
    if count > len(context.years) and count <= len({*context.earlier_years, *context.years}):
        operation = "sum" if re.search(r"[加合总共累]", query.text) else "compare"
        return replace(query, years=tuple(sorted({*context.earlier_years, *context.years})), relative=None, operation=operation)
    if count > len(context.years) and len(context.years) == 1:  # 三年平均下来: those that end with the year spoken of
        return replace(query, years=tuple(range(context.years[0] - count + 1, context.years[0] + 1)), relative=None)
    these = re.fullmatch(r"这([两三四五六])年", query.relative or "")
    if these and _COUNTS[these[1]] == len(context.years):
        return replace(query, years=context.years, relative=None)
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


def _share_of(query: Query, context: Context) -> Query | None:
    """占办理总计的多少: what the last answer told over the whole that is named; 占总数多少 over what it is naturally a part of."""
    whole = (
        context.metrics[0]
        if len(context.metrics) == 1
        else next((m.id for m in metrics().values() if m.parts and m.kind != "rate" and set(m.parts) == set(context.metrics)), "")
    )
    within = (
        query.operation == "share"
        and len(query.metrics) == 1
        and re.search("占(?:其中|这些|这里面|里面|它们?|这[几一]|那[几一])", query.text)
    )
    if within and whole in metrics() and (query.metrics[0].startswith(whole + ".") or query.metrics[0] in metrics()[whole].parts):
        return replace(query, base=whole, applicants=query.applicants or context.applicants, subject=None)  # 重复申请占其中多大比例
    part = context.metrics[0] if context.metrics else ""
    parts = context.metrics if context.operation == "sum" or re.search(r"[两几三][样项]|合|加", query.text) else context.metrics[:1]
    of_it = re.match(r"(?:那|这|它)?是", query.matter)
    subject = "" if of_it else re.split("占|除以", query.matter, maxsplit=1)[0]
    named = any(not h.weak and (h.kind, h.id) != ("result", "total") for h in find_terms(subject))
    if (
        query.operation != "share"
        or not (of_it or re.search("占|除以", query.matter))
        or named
        or len(subject) > 10
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


_LEFT_OUT = re.compile(r"(?:不算|除了?|除[去掉]|[去扣减刨][掉去除]|剔除|不含|不包括)$")


def _among_spoken(query: Query, context: Context, held: Directory) -> Query | None:
    """碧原几件, 不算松岚的话: a place that is named means the one body spoken of that lies there, unless its government is spoken of too."""
    mention = query.mention
    back = re.search(r"[那这]家|[那这]个(?!年)|那边|说回|回到|刚才|自己", query.text)
    spoken = (*context.agencies, *context.earlier, *context.pool, *(context.mentioned if back else ()))
    pool = tuple(a for a in dict.fromkeys(spoken) if a in held.bodies)
    several = len(mention.named) > 1 and len(mention.places) == len(mention.named) and not query.group and not re.search("政府", query.text)
    if len(pool) > 1 and several and not set(mention.agencies) & set(pool):
        each = [[a for a in pool if held.stands_at(held.bodies[a], p)] for p in mention.places]
        if all(len(own) == 1 for own in each):
            return replace(query, mention=_each(tuple(own[0] for own in each)), follows=True)  # 枫林区的比望川区的
    if len(pool) < 2 or len(mention.agencies) != 1 or not mention.places or query.group or set(mention.agencies) & set(pool):
        return None
    start, end = mention.spans[0]
    if held.bodies[mention.agencies[0]].kind != "government" or re.search(r"政府|府$", query.text[start:end]):
        return None
    own = [a for a in pool if held.stands_at(held.bodies[a], mention.places[0])]
    if len(own) != 1:
        return None
    counted = re.search(r"占(?:了|到)?(?:这|那|全部|他们|它们)?([两三四五六])(?:个|家)", query.text)
    if query.operation == "share" and counted and _COUNTS[counted[1]] == len(pool):
        return replace(query, mention=_each(pool), singled=tuple(own), follows=True)  # 望川一家占三家的几成
    if _LEFT_OUT.search(query.text[:start]):
        rest = tuple(a for a in context.agencies if a in pool and a != own[0])
        return replace(query, mention=_each(rest), follows=True) if len(rest) > 1 else None
    return replace(query, mention=Mention((own[0],)), follows=True)


_LEVEL_WORD = re.compile(r"(省|市|区|县)(?:里)?的?(?:厅|局)(?![\u4e00-\u9fff]{0,2}[局厅])")


def _of_level(text: str, spoken: tuple[str, ...], held: Directory) -> str | None:
    """The only one of the bodies spoken of that is at the level that a question points at: 市局那家."""
    match = _LEVEL_WORD.search(text)
    found = [a for a in spoken if match and held.bodies[a].level == LEVEL_OF[match[1]]]
    return found[0] if len(found) == 1 else None


def _at_level(text: str, agency: str, held: Directory) -> str | None:
    """The body of the same field at another level: 省厅, 市局, after a bureau was spoken of."""
    match = _LEVEL_WORD.search(text)
    if not match:
        return None
    level = LEVEL_OF[match[1]]
    own = held.bodies[agency]
    found = [
        b.agency for b in held.bodies.values()
        if b.own[:-1] == own.own[:-1] and b.level == level and b.agency != agency
        and (level == "province" or not own.place.city or b.place.city == own.place.city)
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


_SINGLE = re.compile(r"(?<!其)(?<!吉)它(?![们俩])|这家|那家|该单位|这个单位|那个单位|最[多少高低]的那|第一名|榜首|冠军")


def _among(candidates: tuple[str, ...], mention: Mention, held: Directory) -> tuple[str, ...]:
    """Which of the bodies that were offered a short answer means: 枫林区的."""
    named = tuple(a for a in candidates if a in mention.agencies)
    if len(named) == 1 or not mention.places:
        return named
    own = tuple(a for a in candidates if any(held.stands_at(held.bodies[a], p) for p in mention.places))
    inside = {b.agency for p in mention.places for b in held.within(p)}
    return own if len(own) == 1 else tuple(a for a in candidates if a in inside)


def _pointed_at(query: Query, context: Context, held: Directory) -> list[str]:
    """The bodies spoken of that a question points at: 这两家, 它们; 两家 alone may mean those of the last two answers."""
    counts = _COUNTS
    spoken = [a for a in context.agencies if a in held.bodies]
    unit = r"(?:家|个(?!年|数|月|样|问|百)|者|边|单位|街道|局|部门)"
    if re.search(r"[这那它]们?俩", query.text) and len(spoken) == 2:
        return spoken
    if re.search(r"[这那它]们?俩|^俩|^(?:那)?(?:两边|二者)", query.text) and len(spoken) == 1 and context.earlier:
        return [*(a for a in context.earlier[-1:] if a in held.bodies), *spoken]
    if match := re.search(rf"(?:这|那|刚才|前面)(?:的|说的)?([两二三四五六几些])?{unit}|它们|他们(?!收|办)", query.text):
        found = spoken[: counts.get(match[1] or "", 12)]
        if len(spoken) < counts.get(match[1] or "", 0) == len(context.pool):
            return [a for a in context.pool if a in held.bodies]  # 这四家, after some of them were picked
        if context.earlier and (len(found) == 1 or len(found) + len(context.earlier) == counts.get(match[1] or "")):
            found = list(dict.fromkeys([*(a for a in context.earlier if a in held.bodies), *found]))[-counts.get(match[1] or "", 12) :]
        return found if len(found) > 1 else []
    bare = re.search(rf"(?<![哪前最第这那的])([两二三四五六]){unit}", query.text)
    if bare and not (query.group and not query.group.vague and query.operation == "rank"):
        count, pool = counts[bare[1]], list(dict.fromkeys([*(a for a in context.earlier if a in held.bodies), *spoken]))
        if count == len(spoken):
            return spoken
        if len(spoken) < count == len(context.pool):
            return [a for a in context.pool if a in held.bodies]  # 三家都算上, after one was left out
        return pool[-count:] if len(spoken) < count <= len(pool) else []
    return []


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
    return bool(
        query.follows
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
        and re.search(r"一共|总共|合计|共(?:多少|几|是|有)", query.text)
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
    if query.asks_number:
        return "value"
    # A bare change of applicant, year or agency asks the same thing again.
    return context.operation if context.operation in ("share", "compare", "list", "find", "exists", "rank", "sum") else "value"
