"""One value a report: what questions over many reports list, rank, add up and count."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.forms import metrics, unit_classes
from corpus.model import Quantity
from corpus.textual import number, show_number, tidy, without_number
from index.store import StoredReport
from service import compose
from service.case import Case
from service.cells import columns_of, natural_base, prefers_narrative, share_of, share_out, share_pairs, wanted_metrics
from service.concepts import several
from service.contract import FigureOut, Operand
from service.directory import directory
from service.evidence import Value, channel_label, fitting_quantities, growth_of, narrow, subject_label, times_of
from service.operation import asks_share
from service.query import REQUEST_CHANNELS
from service.replacing import replace

NOT_WRITTEN = "没有写"
# 占这两年全部的: a share of what several years add up to.
OF_YEARS = re.compile(
    r"占(?:了|到)?(?:这|那|全部|上述)?(?:[两三四五六]|几)年(?:里|间|的)?(?:全部|合计|总|一共|加)|占[^,，。]{0,12}[两三四五六]年(?:全部|合计|总|加)"
)


@dataclass(slots=True, eq=False)  # never written to; frozen would take five times as long to make, and a rank makes thousands
class Row:
    """A value of one report. ``value`` is None where the report gives no number that is sure; ``told`` says it either way."""

    report: StoredReport
    label: str
    value: int | float | None
    unit: str
    state: str
    told: str | Value  # put into words where it is shown: of thousands of rows a few are
    figure: Callable[[], FigureOut]
    comparable: str = ""  # values with different keys are counted by different rules
    span: str = ""  # the years that were added up to it, where there are several

    @property
    def who(self) -> str:
        return self.report.agency

    @property
    def when(self) -> str:
        return self.span or f"{self.report.year}年"

    @property
    def in_full(self) -> str:
        """Whose number it is, of which year and of what."""
        return f"{self.who}{self.report.year}年{self.label} {self.shown}"

    @property
    def shown(self) -> str:
        return self.told if isinstance(self.told, str) else compose.said(self.told)


def rows(case: Case, reports: Sequence[StoredReport]) -> list[list[Row]]:
    """A list of rows, one a report, for each thing that the question asks for; none where it names nothing that is counted."""
    query = case.query
    if prefers_narrative(query):
        each = query.channels if 1 < len(query.channels) <= 4 and not set(query.channels) & REQUEST_CHANNELS else (None,)
        apart = [replace(case, query=replace(query, channels=(c,))) if c else case for c in each]
        units = several(query) if query.unit is None and query.joined else [query]
        if len({p.subject for p in units}) == 1 and len({p.unit for p in units if p.unit}) == len(units) > 1:
            apart = [replace(case, query=replace(query, unit=p.unit)) for p in units]  # 培训了几次、多少人
        return [_quantity_rows(one, reports) for one in apart]
    found: list[list[Row]] = []
    # A list over many reports lists them, not the parts of a figure.
    listing = len(reports) > 1 and query.operation == "list" and not re.search(r"结果|情形|几种|各种|哪些?种|分类|几类|各类", query.text)
    single = replace(query, operation="value") if listing else query
    by_edition = {edition: wanted_metrics(single, edition) for edition in dict.fromkeys(r.edition for r in reports)}
    if not any(by_edition.values()):
        if not query.applicants:
            return []
        by_edition = {edition: ["requests.received"] for edition in by_edition}
    if (shares := _share_rows(case, reports, by_edition)) is not None:
        return [shares]
    # Columns of both forms may be named at once (对外公开总数, 现行有效件数): each report is asked for its own form's.
    by_edition = {e: [m for m in wanted if m not in metrics() or e in _editions(m)] or wanted for e, wanted in by_edition.items()}
    twice = len(re.findall(r"(?:几|多少)[件起宗条]|多少(?=$|[,，?？])", query.asked)) > 1  # 制发了几件，现在管用的又有几件
    if query.operation not in ("list",) and not query.joined and not twice:
        by_edition = {edition: wanted[:1] for edition, wanted in by_edition.items()}
    every = {m for wanted in by_edition.values() for m in wanted}
    case.desk.load(reports, every, list({c for m in every if m in metrics() for c in columns_of(query, m)}))
    for at in range(min(4, max(len(w) for w in by_edition.values()))):
        named = {m for w in by_edition.values() for m in w[at : at + 1] if m in metrics()}
        for column in columns_of(query, next(iter(named))) if named else (None,):
            values = [value_row(case, r, wanted[at] if at < len(wanted := by_edition[r.edition]) else "", column) for r in reports]
            found.append(values)
    return found[:6]


def _share_rows(case: Case, reports: Sequence[StoredReport], wanted: Mapping[str, list[str]]) -> list[Row] | None:
    """Each report's share, where one is asked for of every report; None where it is not, or one body's of another is."""
    query = case.query
    between = any(re.search(r"(?:占|相当于|是)(?:了|到)?(?:全|整个)?$", query.text[:start]) for start, _ in query.mention.spans[1:])
    between = between or (len(query.mention.named) == 2 and _is_part(case) and not re.search(r"分别|各|谁|哪|[高低差]", query.text))
    added = OF_YEARS.search(query.text) or (
        query.operation != "rank" and re.search(r"(?:总量|合计)(?!除以|占|÷)|一共|总共|加起来", query.asked)
    )  # shares are not added up
    if (
        query.singled
        or query.condition
        or between
        or added
        or query.operation == "sum"
        or not (asks_share(query) or query.shared or (query.follows and query.operation == "share"))
    ):
        return None
    if any(not metrics_of or metrics_of[0].startswith("rate.") for metrics_of in wanted.values()):
        return None
    parts = {m for metrics_of in wanted.values() for m in metrics_of}
    names = {*parts, *map(natural_base, parts & set(metrics())), query.base, *(query.shares or ())}
    case.desk.load(reports, [n for n in names if n], [None, *query.applicants, "total"])
    found = []
    for report in reports:
        pairs = share_pairs(case, report, wanted[report.edition] if query.base else wanted[report.edition][:1])
        if len(pairs) != 1:
            return None
        found.append(share_row(case, share_of(case, *pairs[0])))
    return found


def _is_part(case: Case) -> bool:
    """Whether of two bodies one is the government of the place that the other lies in: 市公安局占全市多少."""
    listed = directory(case.snapshot.reports)
    bodies = [names[0] for names in case.query.mention.named]
    return any(listed.government_above(part, unit) == whole for part, whole in itertools.permutations(bodies, 2) for unit in "省市县")


def share_row(case: Case, share: Value) -> Row:
    return Row(
        share.report, compose.share_label(share), share.value, share.unit, share.state, share, lambda: share_out(case, share),
        comparison_key(share.parts[0]),
    )  # fmt: skip


def _editions(metric: str) -> tuple[str, ...]:
    info = metrics()[metric]
    return info.editions if info.kind == "cell" else ("2008", "2019", "2021", "unknown")


def value_row(case: Case, report: StoredReport, metric: str, column: str | None) -> Row:
    value = case.desk.value(report, metric, column)
    return row_of(case, value)


def comparison_key(value: Value) -> str:
    """Values with different keys are counted by different rules and are neither added nor compared."""
    return _comparison_key(value.metric, value.report.edition)


@lru_cache(maxsize=512)
def _comparison_key(metric: str, edition: str) -> str:
    info = metrics().get(metric)
    # What both national forms print under one metric (tables 三 and 四, decisions) is counted alike; the reports before them
    # counted by rules of their own.
    same = info is not None and (
        info.by_applicant or metric.startswith(("review", "litigation", "rate.")) or {"2019", "2021"} <= set(info.editions)
    )
    if edition == "2008":
        return f"{metric}/2008"
    return metric if same else f"{metric}/{edition}"


def row_of(case: Case, value: Value) -> Row:
    return Row(
        value.report,
        compose.named(value),
        value.value,
        value.unit,
        value.state,
        value,
        lambda: case.desk.figure_out(value),
        comparison_key(value),
    )


def _quantity_rows(case: Case, reports: Sequence[StoredReport]) -> list[Row]:
    """The number of each report's narrative that fits; none where a report states several that do, since nothing tells them apart."""
    query = case.query
    # A question about how many follow an account names the channel, and means people.
    subject = query.subject if not query.channels or query.subject not in (None, "published") else None
    found = case.snapshot.quantities([r.row for r in reports], subject, query.channels or None)
    label = "".join(filter(None, [*(channel_label(c) for c in query.channels[:1]), subject_label(query.subject)]))
    by_row: dict[int, list[Quantity]] = {}
    for row, quantity in found:
        by_row.setdefault(row, []).append(quantity)
    words = case.snapshot.segmenter.words(query.matter)
    made = []
    for report in reports:
        unit = query.unit
        if unit is None and re.search(r"人(?:数|最|多|少|次)|\d人|[训加课注]的人(?!员)", query.text):
            unit = "people"
        elif unit is None and re.search(r"[\d一两二三四五六七八九十百]\s?[次场期回]|[次场期]数", query.text):
            unit = "times"
        single = replace(query, years=(report.year,), operation="value", unit=unit)
        fits = fitting_quantities(single, [(report.row, q) for q in by_row.get(report.row, ())], case.desk)
        fits = narrow(fits, words)
        if query.subject is None and len({(q.value, q.unit) for _, q in fits}) > 1:
            fits = [(r, q) for r, q in fits if q.subject == "published"] or fits  # 官网发稿: a channel alone means what it published
        unlike = {(q.value, q.unit) for _, q in fits}
        if len(unlike) > 1 and len({u for _, u in unlike}) == len(unlike) and len({q.sentence for _, q in fits}) == 1:
            # 收取信息处理费 2 件、300 元: one matter in two units; the one that is named first, which reports have in common.
            fits = fits[:1]
            unlike = {(fits[0][1].value, fits[0][1].unit)}
        if len(unlike) > 1 and query.subject and unit is None:
            often = [(r, q) for r, q in fits if unit_classes().get(q.unit) == "times"]
            if len({(q.value, q.unit) for _, q in often}) == 1:
                fits, unlike = often, {(often[0][1].value, often[0][1].unit)}  # 培训比上年多吗: how often, where how many came is not spoken of
        if len(unlike) == 1:
            made.append(quantity_row(case, report, fits[0][1], label))
        else:
            state, shown = ("several", "写了几个数，分不清是哪一个") if unlike else ("unstated", NOT_WRITTEN)
            made.append(Row(report, label, None, "", state, shown, _nothing(report, query.subject, label)))
    return made


def quantity_row(case: Case, report: StoredReport, quantity: Quantity, label: str = "") -> Row:
    """A number of the report's text; its label is what the sentence counts, where no other is given."""
    return Row(
        report, label or without_number(quantity.counted) or subject_label(quantity.subject), quantity.value, quantity.unit,
        "value" if quantity.value else "zero", tidy(quantity.printed), lambda: case.desk.quantity_out(report, quantity),
        f"{quantity.subject}/{quantity.unit}",
    )  # fmt: skip


def _nothing(report: StoredReport, subject: str | None, label: str) -> Callable[[], FigureOut]:
    return lambda: FigureOut(
        f"narrative.{subject or 'other'}",
        label,
        report.agency,
        report.year,
        report.scope,
        report.edition,
        None,
        None,
        "",
        "",
        "missing",
        None,
    )


# Operands whose cells are quoted one by one; the others of a long sum stand in the formula's total only.
MOST_CITED = 60


def combined(found: Sequence[Row], kind: str, label: str) -> FigureOut:
    """The sum (``sum``), mean (``mean``) or median (``median``) of rows that all hold a number, with its formula."""
    figures = [r.figure() for r in found[:MOST_CITED]]
    total = number(sum(r.value or 0 for r in found))
    parts = [show_number(r.value or 0) for r in found]
    spelt = "＋".join(parts) if len(parts) <= 40 else "＋".join(parts[:12]) + f"＋…（共 {len(parts)} 项）"
    value, formula = total, f"{spelt}＝{show_number(total)}"
    if kind == "mean":
        value = number(round(total / len(found), 2))
        formula = f"（{spelt}）÷{len(found)}＝{show_number(value)}"
    elif kind == "median":
        ordered, middle = sorted(r.value or 0 for r in found), len(found) // 2
        value = ordered[middle] if len(found) % 2 else number(round((ordered[middle - 1] + ordered[middle]) / 2, 2))
        two = f"（{show_number(ordered[middle - 1])}＋{show_number(ordered[middle])}）÷2"
        in_order = "从小到大" + ("、".join(map(show_number, ordered)) if len(found) <= 40 else f" {len(found)} 个数")
        formula = f"{in_order}，居中的是 {show_number(value)}" if len(found) % 2 else f"{in_order}，居中的两个：{two}＝{show_number(value)}"
    operands = tuple(
        o
        for r, f in zip(found, figures, strict=False)
        for o in (f.operands or (Operand(f"{r.who}{r.report.year}年{r.label}", r.value, f.printed, f.state, f.citation),))
    )
    first = figures[0]
    return replace(
        first, metric=kind, label=label, value=value, printed="", state="computed", citation=None, formula=formula,
        operands=operands, unit=found[0].unit, agency="" if len({r.who for r in found}) > 1 else first.agency,
    )  # fmt: skip


_TWO_ENDS = re.compile("(?P<one>[多少大小高低])的(?:那[个家年边])?[^,，。?？]{0,6}(?P<other>[多少大小高低])的(?:那[个家年边])?的?")


def as_named(text: str, found: Sequence[Row], *, turned: bool = False) -> list[Row]:
    """Two rows in the order in which a question calls them by their size (多的是少的几倍), or, ``turned``, the other way round; as they are
    where it does not."""
    ends, large = _TWO_ENDS.search(text), "多大高"
    if ends is None or (ends["one"] in large) == (ends["other"] in large):
        return list(found)
    return sorted(found, key=lambda row: row.value or 0, reverse=(ends["one"] in large) != turned)


def times_out(found: Sequence[Row], first: int | float, second: int | float) -> FigureOut:
    """How many times as much ``first`` is as ``second``, which is not zero: the numbers of two rows, with the formula."""
    times, formula = times_of(first, second)
    return replace(combined(found, "sum", ""), metric="times", label="前者是后者的倍数", value=times, unit="倍", formula=formula)


def change(first: Row, last: Row, kind: str) -> Row | None:
    """From ``first`` to ``last`` as a computed row: the difference (``amount``) or its percentage (``rate``); None where there is none."""
    if first.value is None or last.value is None or first.unit != last.unit or first.comparable != last.comparable:
        return None
    delta = number(round(last.value - first.value, 4))
    formula = f"{show_number(last.value)}－{show_number(first.value)}＝{show_number(delta)}"
    value, unit = delta, last.unit
    if kind == "rate":
        if not first.value:
            return None
        (value, formula), unit = growth_of(first.value, last.value), "%"
    label = "变化幅度" if kind == "rate" else "差"

    def out() -> FigureOut:
        told = [last.figure(), first.figure()]
        # A sum is cited by its parts.
        operands = tuple(
            o for f in told for o in (f.operands or (Operand(f"{f.agency}{f.year}年{f.label}", f.value, f.printed, f.state, f.citation),))
        )
        return replace(
            told[0], metric="difference" if kind == "amount" else "growth", label=label, value=value, unit=unit, printed="", state="computed",
            citation=None, formula=formula, operands=operands,
        )  # fmt: skip

    shown = f"{show_number(value)}{'%' if unit == '%' else ' ' + unit}"
    return Row(last.report, f"{last.label}{label}", value, unit, "computed", shown, out, formula)
