"""Numbers that answers told before, set against each other or added up whatever they were of: 这三个数平均一下.

Most questions about what was told change one slot of the question before (conversation.py). The numbers themselves are kept beside: as the
cell that each was read from, or the place in the report's text, so that it is read again and cited again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.forms import applicants, metrics, unit_classes
from corpus.textual import show_number, without_number
from service import compose
from service.case import Case
from service.cells import asked_for
from service.context import LEDGER_HOLDS, Context
from service.contract import Answer, FigureOut
from service.directory import directory
from service.evidence import full_label, link, percent_of
from service.operation import TOGETHER, asks_share
from service.query import Query
from service.question import understand
from service.reckoning.reading import report_of, row_of_cell, stated_at
from service.reckoning.tables import CELLS_HELD, IN_TEXT, TABLES_HELD, WORKED, Table
from service.reckoning.tables import Cell as TableCell
from service.replacing import replace
from service.rows import Row, as_named, combined, times_out
from service.spoken.base import COUNTS, OUT
from service.years import OWN_PARTS

Cell = tuple[str, ...]
"""Body, year, metric or place in the text, applicant or ""."""


def ledger(case: Case, result: Answer) -> tuple[Cell, ...]:
    """The numbers told so far, the last behind: those of this answer behind those of the ones before."""
    before = case.request.context
    own = [cell for f in asked_for(case, result.figures) if f.value is not None and f.citation is not None and (cell := _cell(case, f))]
    if result.status != "answered" or not 0 < len(own) <= LEDGER_HOLDS:
        return before.ledger if before is not None else ()
    kept = [c for c in before.ledger if c not in own] if before is not None else []
    return tuple([*kept, *dict.fromkeys(own)][-LEDGER_HOLDS:])


def tables(case: Case, result: Answer) -> tuple[Table, ...]:
    """The tables of the answers so far, this one's behind: one without cells where more was told than a table holds, or two orders at once."""
    before = case.request.context
    kept = before.tables if before is not None else ()
    if result.status != "answered":
        return kept
    own: list[TableCell] = []
    for f in asked_for(case, result.figures):
        cell = _cell(case, f) or _ratio(f)
        if cell is None and f.value is not None and not f.formula:
            return (*kept, Table(()))[-TABLES_HELD:]  # one of its numbers has no one place
        if cell is not None:
            body, year, place, applicant = cell
            own.append(TableCell(body, int(year), place, applicant, _counted(case, cell)))
    if not own and result.figures and result.figures[0].metric == "sum":
        own = _operands(result.figures[0])
    if not own:
        return kept
    bodies = {c.body for c in own}
    held = directory(case.snapshot.reports).bodies
    governments = {b for b in bodies if b in held and held[b].kind == "government"}
    two_orders = case.query.group is not None and case.query.group.kind == "any" and 0 < len(governments) < len(bodies)
    if two_orders or len(own) > CELLS_HELD:
        return (*kept, Table(()))[-TABLES_HELD:]
    sums = [f for f in result.figures if f.metric == "sum" and f.agency]
    worked = (
        "sums"
        if 1 < len(sums) == len(bodies)
        else next((f.metric for f in result.figures[:1] if f.metric in WORKED and f.metric != "share"), "")
    )
    ranked = case.query.operation == "rank"
    return (*kept, Table(tuple(dict.fromkeys(own)), bodies >= {*case.agencies}, worked, ranked))[-TABLES_HELD:]


def _ratio(figure: FigureOut) -> Cell | None:
    """The two cells that a share of one report was worked out of; None for any other figure."""
    if figure.metric != "share" or not figure.agency or len(figure.operands) != 2:
        return None
    ends = [known_by_label().get(o.label) for o in figure.operands]
    if None in ends:
        return None
    place = "/".join(f"{e[0]}:{e[1]}" for e in ends if e)
    return (figure.agency, str(figure.year), place, "")


_SPELT_OUT = re.compile(r"(?:(?P<body>.+?)(?P<year>20\d\d)年)?(?P<label>.+)")


def _operands(figure: FigureOut) -> list[TableCell]:
    """The cells that a sum was worked out of, by what its operands are called; none where one of them is no cell of the form."""
    found: list[TableCell] = []
    for operand in figure.operands:
        match = _SPELT_OUT.fullmatch(operand.label)
        known = known_by_label().get(match["label"]) if match else None
        body = match["body"] or figure.agency if match else ""
        if match is None or known is None or not body:
            return []
        found.append(TableCell(body, int(match["year"] or figure.year), *known))
    return found


@lru_cache(maxsize=1)
def known_by_label() -> dict[str, tuple[str, str]]:
    """The metric and applicant of each cell by what it is called where a formula is told."""
    found = {full_label(m): (m, "") for m in metrics()}
    return found | {
        f"{full_label(m)}（{name}）": (m, a) for m, info in metrics().items() if info.by_applicant for a, name in applicants().items()
    }


def _counted(case: Case, cell: Cell) -> str:
    """What a number of the text counts, in ids; empty for a cell of the form."""
    report = report_of(case, cell[0], int(cell[1]))
    stated = stated_at(case, report, cell[2])[:1] if report else []
    return next(
        ("/".join(w.replace("/", "") for w in (q.subject or without_number(q.counted)[:60], q.channel or "", q.unit)) for q in stated), ""
    )


def cell_of(figure: FigureOut) -> Cell:
    """The cell of the form that a figure stands for."""
    return (figure.agency, str(figure.year), figure.metric, figure.applicant or "")


def _cell(case: Case, figure: FigureOut) -> Cell | None:
    if figure.metric in metrics():
        return cell_of(figure)
    report = report_of(case, figure.agency, figure.year)
    if report is None or figure.citation is None or not figure.metric.startswith("narrative."):
        return None
    cited = case.desk.citations[figure.citation - 1].url
    places = [
        q.span.start
        for _, q in case.snapshot.quantities([report.row])
        if (q.value, q.unit) == (figure.value, figure.unit) and link(report, q.sentence) == cited
    ]
    return (figure.agency, str(figure.year), f"{IN_TEXT}{places[0]}", "") if len(places) == 1 else None


def _rows(case: Case, cells: Sequence[Cell]) -> list[Row]:
    """What the cells hold, each read again; fewer where a report has gone since."""
    read = (row_of_cell(case, TableCell(body, int(year), place, applicant)) for body, year, place, applicant in cells)
    return [r for r in read if r is not None]


_COUNTED = re.compile(
    r"(?<![第前头])([两俩二三四五六])(?:个|处|家|项|样|笔|者|年|条|份|次)?(?:数字?|地方|单位|报告)?(?:的|在|给|再|都)?(?=[^\d]*$)"
)
_MEAN = re.compile("平均|均值|均摊")
# What asks for more than that: of what part, which of them, whether it is right.
_MORE = re.compile("占|比|最|第|头名|率|一样|相等|等于|对得?上|表里|[差减除扣]|谁|哪")


_INSIDE = re.compile("(?:那|这)?(?:其中|里[面头]|当中)")


def _share_of_sum(case: Case, context: Context, query: Query) -> Answer | None:
    """里头许可占几个百分点, after several cells were added up: what the one named is of their sum."""
    named = (*query.metrics, *query.rows, *query.blocks)
    cells = context.ledger[-len(context.metrics) :]
    added = context.operation == "sum" and len(context.metrics) > 1 and [c[2] for c in cells] == [*context.metrics]
    if not added or not named or not _INSIDE.match(query.text) or not asks_share(query) or query.years or query.applicants:
        return None
    found = _rows(case, cells)
    own = [r for r, c in zip(found, cells, strict=False) if any(c[2] == n or c[2].startswith(n + ".") for n in named)]
    if len(own) != 1 or len(found) != len(cells) or any(r.value is None for r in found) or len({r.unit for r in found}) != 1:
        return None
    case.reports = [r.report for r in found[:1]]
    whole = combined(found, "sum", "合计")
    if not whole.value:
        return None
    percent, formula = percent_of(own[0].value or 0, whole.value)
    share = replace(whole, metric="share", label=f"{own[0].label}占合计", value=percent, unit="%", formula=formula)
    text = (
        f"{own[0].label} {own[0].shown}，占合计 {show_number(whole.value)} {whole.unit}的 {show_number(percent)}%（计算所得：{formula}）。"
    )
    return Answer("answered", f"{own[0].who}{own[0].report.year}年，{text}", (share, own[0].figure(), whole))


def _holds_the_others(cells: Sequence[Cell], found: Sequence[Row]) -> Row | None:
    """The total among numbers of one row of which the others are columns: these are in it, and adding them up would count them twice."""
    of_one_row = len({c[:3] for c in cells}) == 1 and len(cells) > 1
    return next((r for c, r in zip(cells, found, strict=True) if c[3] == "total"), None) if of_one_row else None


def over_last(case: Case) -> Answer | None:
    """The last numbers told, as many as are counted, added up or their mean, or what one of them is of their sum; None where the question asks
    for no such thing or names more."""
    context = case.request.context
    if context is None or not context.ledger:
        return None
    query = understand(case.request.question, directory(case.snapshot.reports), case.snapshot.segmenter)  # its own words alone
    if (share := _share_of_sum(case, context, query)) is not None:
        return share
    weak = {*query.weak} - {"requests.received", "outcome.total"}
    if weak and not weak & {c[2].partition(".")[0] for c in context.ledger[-1:]} and not weak & {c[2] for c in context.ledger[-1:]}:
        return None  # 平均每年罚几件, of another thing than was told last
    counts = _COUNTED.search(query.text)
    kind = "mean" if _MEAN.search(query.text) else "sum" if TOGETHER.search(query.text) else ""
    another = query.years or (query.relative and not re.search("这|那|每|各", query.relative))  # 前年总数多少
    if not kind or _MORE.search(query.text) or query.has_topic or another or query.applicants or query.condition:
        return None
    if re.search(OUT, query.text) and not re.search("把?它|这家|那家", query.text):
        return None  # 刨掉教育的，余下仨局加起来: the last three told may have it among them
    if re.search("办公[室厅]", query.text):
        return None  # 那两家的政府办公室合计: of others than were told
    if re.search("均[^,，]{0,6}净?[增减涨降升跌]", query.text):
        return None  # 平均一年净增几件: no mean of the numbers themselves
    if OWN_PARTS.search(query.text):
        return None  # 前两年、后两年各自: two sums
    if counts and re.search("(?<![这那说问提过])的$", query.text[: counts.start()]):
        return None  # 收了钱的三家: which they are is said
    count = COUNTS[counts[1]] if counts else 2
    if context.operation == "rank" and count == context.top:
        return None  # the first or the last so many of a ranking, which told more than them
    if len(context.ledger) < count or (not counts and len(context.ledger) != count):
        return None
    if counts and "家" in counts.group() and len(context.agencies) != count < len(context.pool):
        return None  # 三家平均, of four that were named: the last three told are no set of their own
    cells = context.ledger[-count:]
    if query.mention.agencies and not {c[0] for c in cells} <= {*query.mention.agencies}:
        return None  # 那青禾县水务局六年总共收了多少, after another body's years were told
    if counts and "年" in counts.group() and len(context.years) == count:  # 就这四年，平均每年: those picked, not the last told
        cells = tuple(c for c in context.ledger if int(c[1]) in context.years)
        if len(cells) != count:
            return None
    found = _rows(case, cells)
    if counts and "年" in counts.group() and len({r.report.year for r in found}) != count:
        return None  # 六年平均, where two numbers of one year were told
    units = {r.unit for r in found}
    if query.unit in ("people", "times", "money") and any(unit_classes().get(u) not in (None, query.unit) for u in units):
        return None  # 办了多少次，四家相加, after how many people came
    if len(found) != count or len(units) != 1 or any(r.value is None for r in found):
        return None
    if kind == "sum" and not counts and (whole := _holds_the_others(cells, found)) is not None:
        case.reports = [whole.report]
        return Answer("answered", f"{whole.in_full}，其他几个数已经包括在内，不再相加。", (whole.figure(),))
    case.reports = [r.report for r in found]
    both = kind == "mean" and TOGETHER.search(query.text)  # 加起来、再平均到每年，两个数都给我
    wholes = [combined(found, k, "平均" if k == "mean" else "合计") for k in (("sum", "mean") if both else (kind,))]
    shown = "；".join(r.in_full for r in found)
    told = "".join(f"{w.label} {show_number(w.value or 0)} {w.unit}（计算所得：{w.formula}）。" for w in wholes)
    return Answer("answered", f"{shown}。{told}", (*wholes, *(r.figure() for r in found)))


def _of_one_thing(case: Case, cells: Sequence[Cell]) -> Sequence[Cell]:
    """The two cells; where they are of two bodies and of two things, the second beside the same of the first body, if it was told before."""
    context = case.request.context
    if context is None or len(cells) != 2 or cells[0][0] == cells[1][0] or cells[0][2:] == cells[1][2:]:
        return cells
    first, last = cells
    same = (first[0], *last[1:])
    return (same, last) if same in context.ledger else cells


def of_told(case: Case) -> Answer | None:
    """Two cells that answers told, set against each other or added up; None where the question asks for no such thing."""
    query = case.query
    found = _rows(case, _of_one_thing(case, query.cells))
    if len(found) != 2:
        return None
    # 小的占大的百分之几: the second is told as a share of the first
    found = as_named(query.text, found, turned=query.operation == "share")
    case.reports = [r.report for r in found]
    shown = "；".join(r.in_full for r in found)
    figures = tuple(r.figure() for r in found)
    one, two = found
    if one.value is None or two.value is None or one.unit != two.unit:
        return Answer("not_reported", f"{shown}，不能放在一起算。", figures)
    if query.operation == "sum":
        whole = combined(found, "sum", "合计")
        return Answer(
            "answered", f"{shown}。合计 {show_number(whole.value or 0)} {whole.unit}（计算所得：{whole.formula}）。", (whole, *figures)
        )
    if query.operation == "share":
        if not one.value:
            return Answer("not_reported", f"{shown}，算不出百分比。", figures)
        percent, formula = percent_of(two.value, one.value)
        share = replace(combined(found, "sum", ""), metric="share", label="后者占前者", value=percent, unit="%", formula=formula)
        text = f"{shown}；后者是前者的 {show_number(percent)}%（计算所得：{formula}）。"
        return Answer("answered", text, (share, *figures))
    if "倍" in query.text:
        if not two.value:
            return Answer("not_reported", f"{shown}，算不出倍数。", figures)
        told = times_out(found, one.value, two.value)
        return Answer(
            "answered", f"{shown}；前者是后者的 {show_number(told.value or 0)} 倍（计算所得：{told.formula}）。", (told, *figures)
        )
    if one.value == two.value:
        return Answer("answered", f"{shown}。两者相同。", figures)
    apart = compose.difference(figures, max(one.value, two.value), min(one.value, two.value))
    return Answer(
        "answered", f"{shown}，相差 {show_number(apart.value or 0)} {one.unit}（计算所得：{apart.formula}）。", (*figures, apart)
    )  # fmt: skip
