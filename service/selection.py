"""A table of figures that a clerk picks: metrics × reports, every cell with its state, its source and what it was computed from.

A selection is its query string: the address holds all of it, so that it can be sent to a colleague.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from corpus.forms import Metric, applicants, metrics
from corpus.textual import number, show_number, tidy
from index.store import Snapshot, StoredReport
from service import compose
from service.contract import Chart
from service.directory import Body, directory
from service.evidence import Desk, Value, full_label, link
from service.replacing import replace
from service.rows import comparison_key

MOST_METRICS = 12
MOST_NAMED = 200
PAGE = 200  # rows on a page; a file holds them all
_SERIES = 8

LEVELS = {"province": "省级", "city": "市级", "county": "县级", "township": "乡镇街道"}
KINDS = {
    "government": "政府（整个地方）", "office": "政府办公室", "department": "部门", "street": "街道", "town": "乡镇", "zone": "开发区", "other": "其他",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filter:
    """Which reports: every part that is given must hold.

    named     names of bodies, whole; a body's earlier and later names count as one
    words     words that the body's name holds
    level     of the place that it serves, as in LEVELS
    kind      as in KINDS
    findings  "yes" for reports in which something does not agree, "no" for those without
    """

    named: tuple[str, ...] = ()
    words: str = ""
    place: str = ""
    level: str = ""
    kind: str = ""
    years: tuple[int, ...] = ()
    edition: str = ""
    findings: str = ""

    def fits(self, snapshot: Snapshot) -> list[StoredReport]:
        """The reports that fit, in the order that they are held in."""
        held = snapshot.reports
        bodies = directory(held).bodies
        kin = {bodies[n].lineage for n in self.named if n in bodies}
        return [r for r in held if self._of_body(bodies[r.agency], kin) and self._of_report(r)]

    def _of_body(self, body: Body, kin: set[str]) -> bool:
        place = body.place
        return (
            (not self.named or body.lineage in kin)
            and all(word in body.agency for word in self.words.split())
            and (not self.place or self.place in (place.province, place.city, place.county, place.township))
            and (not self.level or body.level == self.level)
            and (not self.kind or body.kind == self.kind)
        )

    def _of_report(self, report: StoredReport) -> bool:
        return (
            (not self.years or report.year in self.years)
            and (not self.edition or report.edition == self.edition)
            and (not self.findings or (report.findings > 0) == (self.findings == "yes"))
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The filter as pairs of a query string."""
        single = [(n, getattr(self, n)) for n in ("words", "place", "level", "kind", "edition", "findings")]
        return [
            *(("agency", n) for n in self.named), *((n, v) for n, v in single if v), *(("year", str(y)) for y in self.years),
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Selection:
    """What a table shows. ``sort`` is "agency", "year" or a metric, with "-" before it for the highest first."""

    metrics: tuple[str, ...] = ("requests.received",)
    filter: Filter = Filter()
    applicant: str = "total"
    sort: str = ""
    page: int = 1

    def query(self, **changes: object) -> str:
        """The query string of this selection, or of it with other fields."""
        other = replace(self, **changes)
        pairs = [*(("metric", m) for m in other.metrics), *other.filter.pairs()]
        pairs += [("applicant", other.applicant)] if other.applicant != "total" else []
        pairs += [("sort", other.sort)] if other.sort else []
        pairs += [("page", str(other.page))] if other.page > 1 else []
        return urlencode(pairs)


class Arguments:
    """Values of a query string, each name perhaps several times; what cannot be used is kept as a sentence in ``ignored``."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self._lists = lists
        self.ignored: list[str] = []

    def all(self, name: str) -> list[str]:
        return [v.strip()[:200] for v in self._lists.get(name, ()) if v.strip()]

    def one(self, name: str, known: Sequence[str] | None = None) -> str:
        value = next(iter(self.all(name)), "")
        if value and known is not None and value not in known:
            self.ignored.append(f"不认识的选项“{value[:40]}”，已忽略。")
            return ""
        return value

    def years(self, name: str = "year") -> tuple[int, ...]:
        found = self.all(name)
        years = [int(v) for v in found if v.isdecimal() and len(v) == 4]
        if len(years) < len(found):
            self.ignored.append("有的年份不是四位数字，已忽略。")
        return tuple(sorted(set(years)))


def filter_of(args: Arguments, snapshot: Snapshot) -> Filter:
    """The filter that a query string describes."""
    bodies = directory(snapshot.reports).bodies
    named = list(dict.fromkeys(args.all("agency")))[:MOST_NAMED]
    missing = [n for n in named if n not in bodies]
    if missing:
        args.ignored.append(f"没有收录“{'”“'.join(n[:40] for n in missing[:3])}”的报告，已忽略。")
    return Filter(
        tuple(n for n in named if n in bodies), args.one("words")[:60], args.one("place"), args.one("level", list(LEVELS)),
        args.one("kind", list(KINDS)), args.years(), args.one("edition", ["2008", "2019", "2021", "unknown"]),
        args.one("findings", ["yes", "no"]),
    )  # fmt: skip


# What an address may choose by; one that chooses nothing shows a year, not all that is held.
_ADDRESS = ("metric", "agency", "words", "place", "level", "kind", "year", "edition", "findings", "applicant", "sort", "page")


def selection_of(args: Arguments, snapshot: Snapshot) -> Selection:
    """The selection that a query string describes; requests received in the newest year where it says nothing."""
    wanted = list(dict.fromkeys(args.all("metric")))
    known = [m for m in wanted if m in metrics()][:MOST_METRICS]
    if len(known) < len(wanted):
        args.ignored.append(f"有的指标不认识，或者超过了 {MOST_METRICS} 个，已忽略。")
    chosen = filter_of(args, snapshot)
    sort = args.one("sort", ["agency", "-agency", "year", "-year", *known, *(f"-{m}" for m in known)])
    page = args.one("page")
    if not any(args.all(name) for name in _ADDRESS):
        newest = max((r.year for r in snapshot.reports), default=None)
        chosen = replace(chosen, years=(newest,) if newest else ())
        if newest:
            args.ignored.append(f"没有选择，先列出最新的 {newest} 年度。")
    return Selection(
        tuple(known) or ("requests.received",), chosen, args.one("applicant", [*applicants(), "legal_persons"]) or "total", sort,
        min(max(int(page), 1), 100_000) if page.isdecimal() and len(page) < 7 else 1,
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------------------- the table


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as a table shows it. ``sources`` are (place, url), ``key`` tells what may be added to what."""

    value: int | float | None
    unit: str
    printed: str
    state: str
    shown: str
    formula: str | None
    sources: tuple[tuple[str, str], ...]
    key: str


@dataclass(frozen=True, slots=True)
class Line:
    report: StoredReport
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """Of a column: the sum with what it leaves out, or why there is none."""

    value: int | float | None
    unit: str
    counted: int
    left_out: tuple[str, ...]
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    selection: Selection
    columns: tuple[Metric, ...]
    lines: tuple[Line, ...]
    totals: tuple[Total, ...]
    chart: Chart | None
    notes: tuple[str, ...] = field(default=())

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.lines) // PAGE))

    @property
    def shown(self) -> tuple[Line, ...]:
        """The lines of the page that is asked for."""
        at = (min(self.selection.page, self.pages) - 1) * PAGE
        return self.lines[at : at + PAGE]


def table(selection: Selection, snapshot: Snapshot, notes: Sequence[str] = ()) -> Table:
    """The figures that a selection picks."""
    reports = selection.filter.fits(snapshot)
    desk = Desk(snapshot)
    desk.load(reports, selection.metrics, [selection.applicant])
    lines = [Line(r, tuple(_cell(desk.value(r, m, selection.applicant)) for m in selection.metrics)) for r in reports]
    lines = _sorted(lines, selection)
    columns = tuple(metrics()[m] for m in selection.metrics)
    totals = tuple(_total(c, [(line.report, line.cells[at]) for line in lines]) for at, c in enumerate(columns))
    said = list(notes)
    if selection.applicant != "total" and any(not c.by_applicant for c in columns):
        said.append("有的指标在表中不按申请人分列，给出的是全部。")
    if len({r.edition for r in reports} & {"2019", "2021"}) > 1 and any(not c.by_applicant for c in columns):
        said.append("所选报告用了不同版式的表格：一种版式没有的项目写作“没有这一项”，口径不同的数不相加。")
    return Table(selection, columns, tuple(lines), totals, _chart(columns, lines), tuple(said))


def _cell(value: Value) -> Cell:
    leaves = value.parts if value.figure is None else (value,)
    flat = [leaf for part in leaves for leaf in (part.parts if part.parts and part.figure is None else (part,))]
    sources = tuple(
        (leaf.figure.place, link(value.report, leaf.figure.span))
        for leaf in flat
        if leaf.figure is not None and leaf.figure.span is not None
    )
    return Cell(
        value.value, value.unit, tidy(value.printed), value.state, compose.said(value) if value.formula is None else _computed(value),
        value.formula, sources, comparison_key(value),
    )  # fmt: skip


def _computed(value: Value) -> str:
    return f"{show_number(value.value or 0)}{'%' if value.unit == '%' else ' ' + value.unit}".strip()


def _sorted(lines: Sequence[Line], selection: Selection) -> list[Line]:
    """By the column asked for; a report without a number comes last either way."""
    name, falling = selection.sort.removeprefix("-"), selection.sort.startswith("-")
    if name in selection.metrics:
        at = selection.metrics.index(name)
        sign = -1 if falling else 1
        return sorted(lines, key=lambda line: (line.cells[at].value is None, sign * (line.cells[at].value or 0)))
    if name == "year":
        return sorted(lines, key=lambda line: (line.report.year, line.report.agency), reverse=falling)
    if name == "agency":
        return sorted(lines, key=lambda line: (line.report.agency, line.report.year), reverse=falling)
    return list(lines)


def _total(column: Metric, cells: Sequence[tuple[StoredReport, Cell]]) -> Total:
    sure = [(r, c) for r, c in cells if c.value is not None]
    left_out = tuple(f"{r.agency} {r.year} 年度（{c.shown}）" for r, c in cells if c.value is None)
    if column.kind == "rate":
        return Total(None, "", len(sure), left_out, "比率不相加")
    if not sure:
        return Total(None, "", 0, left_out, "没有可以相加的数")
    if len({c.key for _, c in sure}) > 1 or len({c.unit for _, c in sure}) > 1:
        return Total(None, "", len(sure), left_out, "口径或单位不同，不相加")
    return Total(number(sum(c.value or 0 for _, c in sure)), sure[0][1].unit, len(sure), left_out)


def _chart(columns: Sequence[Metric], lines: Sequence[Line]) -> Chart | None:
    """One metric over years or bodies; several metrics of one body over its years. None where a drawing would mix units."""
    years = sorted({line.report.year for line in lines})
    bodies = list(dict.fromkeys(line.report.lineage or line.report.agency for line in lines))
    units = {c.unit for line in lines for c in line.cells if c.value is not None}
    keys = {c.key for line in lines for c in line.cells if c.value is not None}
    if len(units) != 1 or len(lines) < 2 or (len(columns) == 1 and len(keys) > 1):
        return None
    at = {(line.report.lineage or line.report.agency, line.report.year): line for line in lines}
    names = {line.report.lineage or line.report.agency: line.report.agency for line in lines}
    label = "、".join(full_label(c.id) for c in columns[:3])
    spans = tuple(f"{y}年" for y in years)

    def cell(body: str, year: int, column: int) -> int | float | None:
        line = at.get((body, year))
        return line.cells[column].value if line else None

    if len(columns) == 1 and len(years) > 1 and len(bodies) <= _SERIES:
        series = tuple((names[b], tuple(cell(b, y, 0) for y in years)) for b in bodies)
        return Chart(label, units.pop(), spans, series)
    if len(columns) == 1 and len(years) == 1:
        shown = [line for line in lines if line.cells[0].value is not None][:30]
        return Chart(
            label, units.pop(), tuple(line.report.agency for line in shown), ((label, tuple(line.cells[0].value for line in shown)),)
        )
    if len(bodies) == 1 and len(years) > 1 and len(columns) <= _SERIES:
        series = tuple((full_label(c.id), tuple(cell(bodies[0], y, n) for y in years)) for n, c in enumerate(columns))
        return Chart(names[bodies[0]], units.pop(), spans, series)
    return None
