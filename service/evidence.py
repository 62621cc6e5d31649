"""Figures and sentences for a query, and the citations that prove them. Exact lookup, no wording."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from corpus.forms import LEGAL_PERSONS, Subject, applicants, channels, metrics, subjects, unit_classes
from corpus.model import Figure, Quantity, Span
from corpus.narrative import cue_pattern
from corpus.outline import section_label
from corpus.textual import number, sentences, show_number, tidy
from index.store import Snapshot, StoredPassage, StoredReport
from service.contract import Citation, FigureOut, Operand, PassageOut
from service.query import Query
from service.replacing import replace

_GROUPS = {
    "outcome.refused": "不予公开",
    "outcome.unavailable": "无法提供",
    "outcome.unprocessed": "不予处理",
    "outcome.other": "其他处理",
}


@lru_cache(maxsize=512)
def full_label(metric: str) -> str:
    """A metric's label with the group it belongs to."""
    info = metrics()[metric]
    group = next((label for prefix, label in _GROUPS.items() if metric.startswith(prefix + ".")), None)
    label = "本年度办理结果总计" if metric == "outcome.total" else info.label
    if metric == "outcome.other.rest":
        return "其他处理——其他"
    return f"{group}——{label}" if group else label


@lru_cache(maxsize=512)
def label_of(metric: str) -> str:
    """The label of a metric, or of what is computed (``sum``, ``share``) its name."""
    return full_label(metric) if metric in metrics() else metric


@dataclass(slots=True, eq=False)  # never written to; frozen would take five times as long to make, and a rank makes thousands
class Value:
    """A metric's value in one report: printed (``figure``) or computed from ``parts``."""

    report: StoredReport
    metric: str
    applicant: str | None
    value: int | float | None
    unit: str
    printed: str
    state: str
    figure: Figure | None = None
    parts: tuple[Value, ...] = ()
    formula: str | None = None
    left_blank: bool = False  # its own cell is printed and empty, so that it was added up

    @property
    def label(self) -> str:
        return label_of(self.metric)

    def amount(self) -> str:
        """The number with its unit, as printed where the cell prints a unit of its own."""
        if self.value is None:
            return ""
        if self.figure is not None and not re.fullmatch(r"[\d,，\s]+", self.printed):
            shown = tidy(self.printed)
            return shown if self.unit and self.unit in shown.replace(" ", "") else f"{shown} {self.unit}".strip()
        return f"{show_number(self.value)} {self.unit}".strip()


def _columns(columns: Sequence[str | None] | None) -> list[str | None]:
    """The columns to fetch for some that are wanted: the sum of legal persons is made of theirs."""
    if columns is None:
        return [None, *applicants()]
    wanted = dict.fromkeys(part for c in columns for part in (LEGAL_PERSONS if c == "legal_persons" else (c or "total",)))
    return [None, *wanted]


def _quotient(top: Decimal, bottom: int | float) -> int | float:
    """To two places, a half away from zero (四舍五入): 1÷32 is 3.13 %, where ``round`` would say 3.12."""
    return number(float((top / Decimal(str(bottom))).quantize(Decimal("0.01"), ROUND_HALF_UP)))


def percent_of(part: int | float, whole: int | float) -> tuple[int | float, str]:
    """What ``part`` is of ``whole`` in percent, to two places, and the formula; ``whole`` is not zero."""
    percent = _quotient(100 * Decimal(str(part)), whole)
    return percent, f"{show_number(part)}÷{show_number(whole)}＝{show_number(percent)}%"


def growth_of(before: int | float, after: int | float) -> tuple[int | float, str]:
    """By what percentage of ``before``, which is not zero, ``after`` is more, to two places, and the formula."""
    percent = _quotient(100 * (Decimal(str(after)) - Decimal(str(before))), before)
    return percent, f"（{show_number(after)}－{show_number(before)}）÷{show_number(before)}＝{show_number(percent)}%"


def times_of(first: int | float, second: int | float) -> tuple[int | float, str]:
    """How many times as much ``first`` is as ``second``, to two places, and the formula; ``second`` is not zero."""
    times = _quotient(Decimal(str(first)), second)
    return times, f"{show_number(first)}÷{show_number(second)}＝{show_number(times)}"


class Desk:
    """Gathers evidence and numbers its citations while one answer is made."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.citations: list[Citation] = []
        self._figures: dict[int, dict[tuple[str, str | None], Figure]] = {}
        # Of each report, which cells have been fetched (whether it has them or not), and those that it has.
        self._fetched: dict[int, frozenset[tuple[str, str | None]]] = {}
        self._cells: dict[int, dict[tuple[str, str | None], Figure]] = {}
        self._cited: dict[tuple[int, int, int, str], int] = {}

    # ------------------------------------------------------------------ figures

    def figures(self, report: StoredReport) -> dict[tuple[str, str | None], Figure]:
        if report.row not in self._figures:
            found = self.snapshot.figures([report.row])
            self._figures[report.row] = {(f.metric, f.applicant): f for _, f in found}
        return self._figures[report.row]

    def load(self, reports: Sequence[StoredReport], wanted: Iterable[str], columns: Sequence[str | None] | None = None) -> None:
        """Fetch some metrics, with what they are computed from, of many reports at once; of all columns of table 三, or of some."""
        names: set[str] = set()
        queue = [m for m in wanted if m in metrics()]
        while queue:
            info = metrics()[queue.pop()]
            if info.id not in names:
                names.add(info.id)
                queue += [*info.parts, *info.base]
        self._fetch(reports, names, _columns(columns))

    def _fetch(self, reports: Sequence[StoredReport], names: Collection[str], people: Sequence[str | None]) -> None:
        cells = frozenset((name, person) for name in names for person in people)
        for report in reports:
            if report.row in self._fetched:
                self._fetched[report.row] |= cells
            else:
                self._fetched[report.row], self._cells[report.row] = cells, {}
        for row, figure in self.snapshot.figures([r.row for r in reports], sorted(names), people):
            self._cells[row][figure.metric, figure.applicant] = figure

    def _figure(self, report: StoredReport, metric: str, applicant: str | None) -> Figure | None:
        cell = metric, applicant
        held = self._cells.get(report.row)
        if held is not None and (found := held.get(cell)) is not None:
            return found
        if cell not in self._fetched.get(report.row, ()):
            self._fetch([report], [metric], _columns(None))  # alone: what it is made of is asked for where it is not printed
        return self._cells[report.row].get(cell)

    def _load_once(self, report: StoredReport, metric: str, column: str | None) -> None:
        """``load`` of what one column of a metric is made of, unless that was done."""
        made_of = (*metrics()[metric].parts, *metrics()[metric].base)
        held = self._fetched.get(report.row, frozenset())
        if any((part, column) not in held for part in made_of):
            self.load([report], [metric], [column])

    def value(self, report: StoredReport, metric: str, applicant: str | None = None) -> Value:
        """The metric in the report: the printed cell, else the sum that it is defined as."""
        info = metrics().get(metric)
        if info is None or (info.kind == "cell" and report.edition not in info.editions and report.edition != "unknown"):
            return Value(report, metric, None, None, "", "", "absent")
        column = (applicant or "total") if info.by_applicant else None
        if info.kind == "rate":
            self._load_once(report, metric, column)
            top = self.add(report, [self.value(report, part, column) for part in info.parts])
            base = self.add(report, [self.value(report, part, column) for part in info.base])
            return replace(self.ratio(metric, top, base), applicant=column)
        if column == "legal_persons":
            parts = [self.value(report, metric, a) for a in LEGAL_PERSONS]
            return self._sum(report, metric, column, info.unit, parts)
        figure = self._figure(report, metric, column)
        if figure is None:
            if not info.parts:
                return Value(report, metric, column, None, info.unit, "", "absent")
            self._load_once(report, metric, column)
            return self._sum(report, metric, column, info.unit, [self.value(report, p, column) for p in info.parts])
        if not figure.sure:
            return Value(report, metric, column, None, figure.unit, figure.printed, "unsure", figure)
        if figure.state == "blank" and column == "total":
            parts = [self.value(report, metric, a) for a in ("natural", *LEGAL_PERSONS)]
            if all(p.value is not None for p in parts):
                return replace(self._sum(report, metric, column, info.unit, parts), left_blank=True)
        return Value(report, metric, column, figure.value, figure.unit, figure.printed, figure.state, figure)

    def printed_state(self, value: Value) -> str:
        """What a value's own cell holds, though it may have been added up from others: a total that was left blank."""
        figure = value.figure or self._figure(value.report, value.metric, value.applicant)
        return figure.state if figure else value.state

    def _sum(self, report: StoredReport, metric: str, applicant: str | None, unit: str, parts: Sequence[Value]) -> Value:
        whole = self.add(report, parts)
        return Value(report, metric, applicant, whole.value, unit, whole.printed, whole.state, None, tuple(parts), whole.formula)

    def add(self, report: StoredReport, parts: Sequence[Value]) -> Value:
        """The sum of parts; of the state of the first part that is no number, where there is one."""
        if len(parts) == 1:
            return parts[0]
        flat = [leaf for part in parts for leaf in (part.parts if part.parts and part.state == "computed" else (part,))]
        hole = next((p for p in parts if p.value is None), None)
        units = {p.unit for p in parts}
        if hole is not None or len(units) > 1:
            return Value(report, "sum", None, None, "", "", hole.state if hole else "mixed", None, tuple(parts))
        total = number(sum(p.value or 0 for p in parts))
        formula = "＋".join(show_number(p.value or 0) for p in flat) + f"＝{show_number(total)}"
        return Value(report, "sum", None, total, units.pop(), "", "computed", None, tuple(flat), formula)

    def ratio(self, metric: str, top: Value, base: Value) -> Value:
        """top ÷ base in percent; ``uncomputable`` on a base that is zero or no number."""
        parts = (top, base)
        if top.value is None or base.value is None:
            hole = top if top.value is None else base
            return Value(top.report, metric, top.applicant, None, "%", "", hole.state, None, parts)
        if base.value == 0:
            return Value(top.report, metric, top.applicant, None, "%", "", "zero_base", None, parts)
        percent, formula = percent_of(top.value, base.value)
        return Value(top.report, metric, top.applicant, percent, "%", "", "computed", None, parts, formula)

    # ------------------------------------------------------------------ citations

    def cite(self, report: StoredReport, span: Span, place: str, section: int, quote: str) -> int:
        """The number of the citation of ``span``, added when it is new."""
        key = (report.row, span.start, span.end, place)
        if key not in self._cited:
            n = len(self.citations) + 1
            self._cited[key] = n
            self.citations.append(
                Citation(
                    n=n, report_id=report.report_id, title=report.title, agency=report.agency, year=report.year,
                    published=report.published, section=section_label(section),
                    place=place, quote=quote,
                    url=link(report, span), source_url=report.source_url,
                )
            )  # fmt: skip
        return self._cited[key]

    def cite_figure(self, report: StoredReport, figure: Figure) -> int | None:
        """A citation of a cell, quoting the row that it is printed in; None when the cell is not in the report."""
        if figure.span is None:
            return None
        quote = self.row_of(report, figure.span, blanks=figure.state == "blank")
        section = {"表二": 2, "表三": 3, "表四": 4, "附表": 7}[figure.place[:2]]
        return self.cite(report, figure.span, figure.place, section, quote)

    def row_of(self, report: StoredReport, span: Span, *, blanks: bool = False) -> str:
        """The printed row around a cell; with ``blanks`` its empty cells are shown, since one of them is what is cited."""
        start = max(0, span.start - 300)
        around = self.snapshot.quote(report.row, start, span.end + 300)
        at = span.start - start
        begin = around.rfind("\n", 0, at) + 1
        end = around.find("\n", at)
        row = around[begin : end if end >= 0 else len(around)]
        if blanks and "\t" in row:
            return " ".join(cell.strip() or "（空）" for cell in row.split("\t"))
        return re.sub(r"\s*\t\s*", " ", row).strip() or "（空）"

    def cite_sentence(self, report: StoredReport, span: Span, section: int) -> int:
        """A citation of narrative text."""
        quote = tidy(self.snapshot.quote(report.row, span.start, span.end))
        place = section_label(section) if section == 7 else f"叙述 · {section_label(section)}"
        return self.cite(report, span, place, section, quote)

    def figure_out(self, value: Value) -> FigureOut:
        """A value as the contract gives it, its cell or its operands cited."""
        citation = self.cite_figure(value.report, value.figure) if value.figure else None
        operands = tuple(
            Operand(
                label=p.label + (f"（{applicants()[p.applicant]}）" if p.applicant else ""), value=p.value, printed=p.printed,
                state=p.state if p.state in _STATES else "missing",
                citation=self.cite_figure(p.report, p.figure) if p.figure else None,
            )
            for p in _leaves(value)
        )  # fmt: skip
        return FigureOut(
            metric=value.metric, label=value.label, agency=value.report.agency, year=value.report.year,
            scope=value.report.scope, edition=value.report.edition, applicant=value.applicant, value=value.value,
            unit=value.unit, printed=value.printed, state=value.state if value.state in _STATES else "missing",
            citation=citation, formula=value.formula, operands=operands,
        )  # fmt: skip

    def quantity_out(self, report: StoredReport, quantity: Quantity) -> FigureOut:
        """A number of the narrative as the contract gives it."""
        label = quantity.counted or subject_label(quantity.subject)
        metric = f"narrative.{quantity.subject or 'other'}" + (f".{quantity.channel}" if quantity.channel else "")
        return FigureOut(
            metric=metric, label=label, agency=report.agency, year=report.year, scope=report.scope, edition=report.edition,
            applicant=None, value=quantity.value, unit=quantity.unit, printed=tidy(quantity.printed),
            state="value" if quantity.value else "zero",
            citation=self.cite_sentence(report, quantity.sentence, quantity.section), period=quantity.period,
        )  # fmt: skip

    def passage_out(self, report: StoredReport, span: Span, section: int, words: Iterable[str], score: float) -> PassageOut:
        """A stretch of narrative, its telling words marked."""
        text = tidy(self.snapshot.quote(report.row, span.start, span.end))
        return PassageOut(text, highlight(text, words), round(score, 4), self.cite_sentence(report, span, section))

    def sentences_in(self, report: StoredReport) -> Iterator[tuple[StoredPassage, Span, str]]:
        """Each sentence of a report's passages, where it stands in the report, and as it is printed."""
        for passage in self.snapshot.passages([report.row]):
            source = self.snapshot.quote(report.row, passage.start, passage.end)
            for start, end in sentences(source):
                yield passage, Span(passage.start + start, passage.start + end), source[start:end]

    def sentences_of(self, stated: Iterable[tuple[StoredReport, Quantity]]) -> tuple[PassageOut, ...]:
        """The sentences that numbers of the narrative stand in, each once, with the numbers marked."""
        outs = [self.passage_out(r, q.sentence, q.section, [tidy(q.printed), q.counted], 1.0) for r, q in stated]
        return tuple({p.text: p for p in outs}.values())


_STATES = ("value", "zero", "blank", "na", "text", "missing", "computed")


def link(report: StoredReport, span: Span) -> str:
    """The address of the stored report, scrolled to ``span`` of its text (offsets in characters) and marking it."""
    return f"/reports/{report.report_id}?mark={span.start}-{span.end}#mark"


def _leaves(value: Value) -> Iterable[Value]:
    for part in value.parts:
        if part.figure is None and part.parts:
            yield from _leaves(part)
        else:
            yield part


def subject_label(subject: str | None) -> str:
    return next((s.label for s in subjects() if s.id == subject), "数量")


def channel_label(channel: str | None) -> str:
    return next((c.label for c in channels() if c.id == channel), "")


def highlight(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the words stand in the text, overlapping stretches joined."""
    spans = sorted(m.span() for w in {w for w in words if len(w) >= 2} for m in re.finditer(re.escape(w), text))
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


# ---------------------------------------------------------------------------------------------------- narrative


def _subject(subject: str | None) -> Subject | None:
    return next((s for s in subjects() if s.id == subject), None)


def fitting_quantities(query: Query, found: Sequence[tuple[int, Quantity]], desk: Desk) -> list[tuple[int, Quantity]]:
    """The narrative numbers whose matter, channel, unit and period fit the question; none rather than a near miss."""
    return [(row, q) for row, q in found if _fits(query, q, row, desk)]


def _fits(query: Query, quantity: Quantity, row: int, desk: Desk) -> bool:
    if query.channels and quantity.channel not in query.channels:
        return False
    # 公众号推文152篇: what a channel published, though the text does not call it information
    posted = query.subject == "published" and query.channels and quantity.subject is None and _POSTED.search(quantity.counted)
    if query.subject and quantity.subject != query.subject and not posted and not _named(query, quantity):
        return False
    if not query.subject and not query.channels and not query.residue:
        return False
    kind = unit_classes().get(quantity.unit)
    people_apply = query.unit == "people" and (quantity.subject or "").startswith("requests.")
    near = {("info", "request"), ("request", "times")} | (
        {("request", "info")} if query.channels else set()
    )  # 微信公开多少件: the channel settles it
    looked = query.subject == "visits" and {query.unit, kind} <= {"times", "people"}  # 849万人次, asked for as 多少次
    if query.unit and kind != query.unit and (query.unit, kind) not in near and not people_apply and not looked:
        return False
    if query.operation == "share" and query.subject == "weight" and kind != "percent":
        return False
    # 依申请公开信息 5 件, broken down by channel: the question without a channel is about the whole.
    if query.subject == "requests.received" and not query.channels and quantity.channel:
        return query.operation == "list"
    if quantity.period not in ("year", "cumulative") and not any(str(y) == quantity.period for y in query.years):
        return False
    if quantity.period == "cumulative" and query.years and "累计" not in query.text:
        return False
    sentence = desk.snapshot.quote(row, quantity.sentence.start, quantity.sentence.end)
    if not query.subject and not query.channels:
        clause = desk.snapshot.quote(row, quantity.clause.start, quantity.clause.end)
        return any(w in clause for w in query.residue) and all(w in sentence for w in query.residue)
    # Publishing and requests come of every kind; what narrows them down must stand in the sentence.
    return not query.qualifier or query.qualifier in sentence


_POSTED = re.compile("(?:推文|图文|文章|稿件|消息|动态|作品|短视频|视频)$")


def _named(query: Query, quantity: Quantity) -> bool:
    """Whether what a number counts is named in the question word for word, whatever subject it was given; of what was given none, four signs of it."""
    if len(quantity.counted) >= 4 and quantity.counted in query.text:
        return True
    pieces = (quantity.counted[at : at + 4] for at in range(len(quantity.counted) - 3))
    return quantity.subject is None and any(piece in query.text for piece in pieces)  # 12329热线接听: of 12329热线接了多少电话


def narrow(found: Sequence[tuple[int, Quantity]], words: Sequence[str]) -> list[tuple[int, Quantity]]:
    """Of several fitting numbers those whose counted words the question names; all where it names none apart.

    Numbers of different units (2 件, 300 元) say different things of one matter: they are not weighed against each other.
    """
    if len({q.unit for _, q in found}) > 1:
        return list(found)
    scored = [(sum(len(w) for w in words if len(w) >= 2 and w in q.counted), row, q) for row, q in found]
    best = max((s for s, _, _ in scored), default=0)
    if best == 0 or len({s for s, _, _ in scored}) == 1:
        return list(found)
    return [(row, q) for s, row, q in scored if s == best]


def speaking_of(query: Query, report: StoredReport, desk: Desk) -> list[tuple[StoredPassage, Span, str]]:
    """Sentences of the report that speak of the question's subject or channel, with the residue named too."""
    cues: list[re.Pattern[str]] = [cue_pattern(c.cues) for c in channels() if c.id in query.channels]
    subject = _subject(query.subject)
    if subject and not (subject.id == "published" and cues):
        cues.append(cue_pattern(subject.cues))
    if not cues:
        return []
    found = []
    for passage in desk.snapshot.passages([report.row]):
        source = desk.snapshot.quote(report.row, passage.start, passage.end)
        for start, end in sentences(source):
            text = source[start:end]
            if all(cue.search(text) for cue in cues) and (not query.qualifier or query.qualifier in text):
                found.append((passage, Span(passage.start + start, passage.start + end), text))
    return found
