"""Reports: the list with its filters, one report with a cell or sentence marked, two side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, render_template, request

from corpus.forms import Form, applicants, forms
from corpus.model import Figure, Finding, Quantity, Section, Span
from corpus.textual import number, show_number, tidy
from index.store import Snapshot, StoredReport
from service import compose, export
from service.directory import directory
from service.evidence import Desk, full_label, link
from service.problems import problem
from service.replacing import replace
from service.rows import comparison_key
from service.selection import KINDS, LEVELS, PAGE, Arguments, filter_of
from service.web.here import state

blueprint = Blueprint("reports", __name__)
_GONE = "没有收录这份报告，可能已被替换或移除。"


def choices(snapshot: Snapshot) -> dict[str, object]:
    """What the filters offer: places, years, editions, levels and kinds of what is held."""
    known = directory(snapshot.reports)
    bodies = known.bodies.values()
    units = {u: None for b in bodies for u in (b.place.province, b.place.city, b.place.county) if u}
    held = {b.kind for b in bodies}
    return {
        "places": list(units), "years": sorted({r.year for r in snapshot.reports}, reverse=True),
        "editions": sorted({r.edition for r in snapshot.reports}), "levels": {k: v for k, v in LEVELS.items() if any(b.level == k for b in bodies)},
        "kinds": {k: v for k, v in KINDS.items() if k in held}, "names": list(known.names)[:2000],
    }  # fmt: skip


@blueprint.get("/reports")
def reports() -> Response:
    args = Arguments(request.args.to_dict(flat=False))
    with state().index().reading() as snapshot:
        chosen = filter_of(args, snapshot)
        found = chosen.fits(snapshot)
        offered = choices(snapshot)
    page = args.one("page")
    pages = max(1, -(-len(found) // PAGE))
    at = min(max(int(page), 1), pages) if page.isdecimal() and len(page) < 7 else 1
    return Response(
        render_template(
            "reports.html", reports=found[(at - 1) * PAGE : at * PAGE], found=len(found), filter=chosen, offered=offered, page=at, pages=pages,
            ignored=args.ignored, query=chosen.pairs(),
        )
    )  # fmt: skip


def _filtered() -> list[StoredReport]:
    with state().index().reading() as snapshot:
        return filter_of(Arguments(request.args.to_dict(flat=False)), snapshot).fits(snapshot)


@blueprint.get("/reports.json")
def listed_json() -> Response:
    return jsonify({"reports": [export.listed_report(r) for r in _filtered()]})


@blueprint.get("/reports.csv")
def listed_csv() -> Response:
    return attachment(export.reports_csv(_filtered()), "text/csv; charset=utf-8", "年报清单.csv")


def attachment(data: bytes, kind: str, name: str) -> Response:
    """A file to be saved under a Chinese name."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(data, content_type=kind, headers=headers)


@blueprint.get("/reports/<report_id>.json")
def report_json(report_id: str) -> Response:
    rows = _figures_of(report_id)
    return problem(404, _GONE) if rows is None else jsonify({"figures": rows})


@blueprint.get("/reports/<report_id>.csv")
def report_csv(report_id: str) -> Response:
    rows = _figures_of(report_id)
    if rows is None:
        return problem(404, _GONE)
    return attachment(export.to_csv(rows), "text/csv; charset=utf-8", f"{report_id}.csv")


def _figures_of(report_id: str) -> list[dict[str, Any]] | None:
    with state().index().reading() as snapshot:
        held = snapshot.report(report_id)
        return None if held is None else export.rows_of(snapshot, [held])


@blueprint.get("/reports/<report_id>")
def report(report_id: str) -> Response:
    with state().index().reading() as snapshot:
        held = snapshot.report(report_id)
        if held is None:
            return _missing(_GONE)
        mark, stale = _mark(request.args.get("mark"), len(snapshot.text(held.row)))
        view = _view(snapshot, held, mark)
        before, after = _neighbours(snapshot, held)
    return Response(render_template("report.html", report=held, view=view, stale=stale, before=before, after=after))


def _missing(detail: str) -> Response:
    return Response(render_template("error.html", status=404, detail=detail), status=404)


def _neighbours(snapshot: Snapshot, report: StoredReport) -> tuple[StoredReport | None, StoredReport | None]:
    """The reports of the same body (and scope) for the nearest earlier and later year held."""
    own = [r for r in snapshot.reports if (r.lineage or r.agency, r.scope) == (report.lineage or report.agency, report.scope)]
    earlier = max((r for r in own if r.year < report.year), key=lambda r: r.year, default=None)
    later = min((r for r in own if r.year > report.year), key=lambda r: r.year, default=None)
    return earlier, later


@blueprint.get("/reports/<report_id>/original")
def original(report_id: str) -> Response:
    with state().index().reading() as snapshot:
        held = snapshot.original(report_id) if snapshot.report(report_id) else None
    if held is None:
        return _missing(_GONE)
    name, data = held
    return attachment(data, "application/octet-stream", name)


# ------------------------------------------------------------------------------------------------------- side by side


@dataclass(frozen=True, slots=True)
class Pair:
    """A cell of two reports: what each prints and by how much the second differs."""

    label: str
    one: str
    two: str
    difference: str
    differs: bool
    links: tuple[str, str]


@blueprint.get("/compare")
def compare() -> Response:
    """Two reports side by side; without two, the way to choose them."""
    first, second = request.args.get("a", ""), request.args.get("b", "")
    only = request.args.get("only") == "1"
    with state().index().reading() as snapshot:
        one, two = snapshot.report(first), snapshot.report(second)
        gone = [i for i, r in ((first, one), (second, two)) if i and r is None]
        tables = _side_by_side(snapshot, one, two, only) if one and two else []
        options = list(snapshot.reports)[:3000]
    page = render_template("compare.html", one=one, two=two, tables=tables, options=options, gone=gone, only=only)
    return Response(page, status=404 if gone else 200)


def _side_by_side(snapshot: Snapshot, one: StoredReport, two: StoredReport, only: bool) -> list[tuple[str, list[Pair]]]:
    """The cells of the forms in their order, by table. Of table 三 the column of totals, then the other columns where they hold anything."""
    desk = Desk(snapshot)
    order: dict[tuple[str, str | None], str] = {}
    for name in dict.fromkeys((one.edition, two.edition)):
        for metric, applicant, _, place in forms()[name].cells() if name in forms() and name != "2008" else ():
            order.setdefault((metric, applicant), place[:2])
    ranked = sorted(order.items(), key=lambda item: ("二三四".find(item[1][1]), item[0][1] not in (None, "total")))
    found: dict[str, list[Pair]] = {}
    for (metric, applicant), table in ranked:
        pair = _pair(desk, one, two, metric, applicant)
        if pair is not None and (pair.differs or not only):
            found.setdefault(table, []).append(pair)
    return list(found.items())


def _pair(desk: Desk, one: StoredReport, two: StoredReport, metric: str, applicant: str | None) -> Pair | None:
    left, right = desk.value(one, metric, applicant), desk.value(two, metric, applicant)
    if applicant not in (None, "total") and not left.value and not right.value:
        return None  # the many zeros of the applicants' columns
    difference = ""
    both = left.value is not None and right.value is not None
    if both and comparison_key(left) == comparison_key(right) and left.unit == right.unit:
        change = number(round((right.value or 0) - (left.value or 0), 4))
        difference = f"{'+' if change > 0 else ''}{show_number(change)}" if change else "相同"
    elif both:
        difference = "口径不同"
    label = full_label(metric) + (f"（{applicants()[applicant]}）" if applicant and applicant != "total" else "")
    links = tuple(link(v.report, v.figure.span) if v.figure and v.figure.span else "" for v in (left, right))
    shown = compose.said(left), compose.said(right)
    return Pair(label, *shown, difference, shown[0] != shown[1], (links[0], links[1]))


def _mark(text: str | None, length: int) -> tuple[Span | None, bool]:
    """The stretch to mark, and whether the link pointed outside the report (an old link to a newer copy)."""
    if not text:
        return None, False
    match = re.fullmatch(r"(\d{1,9})-(\d{1,9})", text)
    if not match or not int(match[1]) <= int(match[2]) <= length:
        return None, True
    return Span(int(match[1]), int(match[2])), False


# ---------------------------------------------------------------------------------------------------- the report view


# Findings that something takes part in: (number in the list of findings, what it says).
Flags = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph in three parts, the middle one marked (or empty)."""

    before: str
    marked: str
    after: str
    flags: Flags = ()


@dataclass(frozen=True, slots=True)
class CellView:
    text: str
    state: str
    marked: bool
    place: str
    flags: Flags = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    label: str
    cells: tuple[CellView, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class TableView:
    """A table of the form, drawn from the figures."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    number: int
    heading: str
    pieces: tuple[Piece, ...]
    tables: tuple[TableView, ...]
    missing: str | None
    marked: bool


@dataclass(frozen=True, slots=True)
class ReportView:
    sections: tuple[SectionView, ...]
    findings: tuple[Finding, ...]
    passed: int
    found: dict[str, str]


def _view(snapshot: Snapshot, report: StoredReport, mark: Span | None) -> ReportView:
    text = snapshot.text(report.row)
    figures = [f for _, f in snapshot.figures([report.row])]
    checks = snapshot.checks(report.row)
    findings = tuple(c for c in checks if c.status != "pass")
    paragraphs = snapshot.paragraphs(report.row)
    sections = []
    for section in snapshot.sections(report.row):
        own = [p for p in paragraphs if section.start <= p.start < section.end and p.start != section.heading.start]
        tables, missing = _tables(section, report, figures, mark, findings)
        if section.number == 7:
            tables, own = (_annex([q for _, q in snapshot.quantities([report.row]) if q.section == 7], mark),), []
        if tables and section.number in (2, 3, 4):
            own = [p for p in own if re.search(r"[。；]", text[p.start : p.end])]  # stray labels stand in the table
        pieces = tuple(replace(_piece(text, p, mark), flags=_within(findings, p)) for p in own)
        inside = mark is not None and section.start <= mark.start <= section.end
        shown = any(p.marked for p in pieces) or any(c.marked for t in tables for r in t.rows for c in r.cells)
        heading = tidy(text[section.heading.start : section.heading.end])
        sections.append(SectionView(section.number, heading, pieces, tables, missing, inside and not shown))
    return ReportView(tuple(sections), findings, sum(c.status == "pass" for c in checks), snapshot.found(report.row))


def _within(findings: Sequence[Finding], span: Span) -> Flags:
    """The failed checks that concern a paragraph."""
    told = enumerate(findings, 1)
    return tuple((n, f.message) for n, f in told if f.status == "fail" and any(span.start <= s.start < span.end for s in f.spans))


def _piece(text: str, span: Span, mark: Span | None) -> Piece:
    if mark is None or mark.end <= span.start or mark.start >= span.end:
        return Piece(tidy(text[span.start : span.end]), "", "")
    start, end = max(mark.start, span.start), min(mark.end, span.end)
    return Piece(tidy(text[span.start : start]), tidy(text[start:end]), tidy(text[end : span.end]))


def _tables(
    section: Section, report: StoredReport, figures: list[Figure], mark: Span | None, findings: Sequence[Finding]
) -> tuple[tuple[TableView, ...], str | None]:
    form = forms().get(report.edition)
    name = {2: "表二", 3: "表三", 4: "表四"}.get(section.number)
    if name is None or report.edition == "2008":  # the free form of the older reports has no such tables
        return (), None
    own = [f for f in figures if f.place.startswith(name)]
    if form is None or not own or all(f.state == "missing" for f in own):
        return (), "这一部分的表格没有取得（可能是图片或附件），其中的数字无从得知。"
    failed: dict[str, list[tuple[int, str]]] = {}
    for n, finding in enumerate(findings, 1):
        for place in finding.places if finding.status == "fail" else ():
            failed.setdefault(place.removeprefix(f"{report.year}年 · "), []).append((n, finding.message))
    cells = {(f.metric, f.applicant): replace(_cell(f, mark), flags=tuple(failed.get(f.place, ()))) for f in own}
    drawn = {2: _disclosure_tables, 3: _request_tables, 4: _dispute_tables}[section.number](form, cells)
    return drawn, None


def _annex(lines: Sequence[Quantity], mark: Span | None) -> TableView:
    """The table of indicators of an older report, as its lines were read."""
    rows = []
    for line in lines:
        marked = mark is not None and line.sentence.start <= mark.start < mark.end <= line.sentence.end
        shown = line.printed if line.unit in line.printed else f"{line.printed} {line.unit}"
        rows.append(TableRow(line.counted, (CellView(shown, "value", marked, line.counted),)))
    return TableView("附表", ("指标", "数"), tuple(rows))


def _cell(figure: Figure, mark: Span | None) -> CellView:
    words = {"blank": "空白", "missing": "未取得"}
    text = tidy(figure.printed) if figure.printed else words.get(figure.state, "")
    marked = mark is not None and figure.span is not None and (figure.span.start, figure.span.end) == (mark.start, mark.end)
    return CellView(text, figure.state if figure.sure else "unsure", marked, figure.place)


Cells = dict[tuple[str, str | None], CellView]


def _disclosure_tables(form: Form, cells: Cells) -> tuple[TableView, ...]:
    return tuple(
        TableView(
            clause.label,
            ("信息内容", *(c.label + (f"（{c.unit}）" if c.unit == "万元" else "") for c in clause.columns)),
            tuple(TableRow(r.label, tuple(cells[f"{r.id}.{c.id}", None] for c in clause.columns)) for r in clause.rows),
        )
        for clause in form.clauses
    )


def _request_tables(form: Form, cells: Cells) -> tuple[TableView, ...]:
    groups = {g.metric: g for g in form.groups}
    rows: list[TableRow] = []
    opened: set[str] = set()
    for request_row in form.requests:
        if request_row.metric.startswith("outcome."):
            for prefix in ("outcome", request_row.metric.rpartition(".")[0]):
                if prefix in groups and prefix not in opened:
                    opened.add(prefix)
                    rows.append(
                        TableRow(
                            f"{groups[prefix].number[-3:] if prefix != 'outcome' else '三、'}{groups[prefix].label}",
                            (),
                            0 if prefix == "outcome" else 1,
                        )
                    )
        number = request_row.number
        deep = not number.endswith("）") and len(number) > 1
        label = (
            f"{number[-1]}. {request_row.label}"
            if deep
            else (f"{number[1:]}{request_row.label}" if len(number) > 1 else f"{number}、{request_row.label}")
        )
        level = 2 if deep else 1 if len(number) > 1 else 0
        rows.append(TableRow(label, tuple(cells[request_row.metric, a.id] for a in form.applicants), level))
    return (TableView("收到和处理政府信息公开申请", ("项目", *(a.label for a in form.applicants)), tuple(rows)),)


def _dispute_tables(form: Form, cells: Cells) -> tuple[TableView, ...]:
    rows = tuple(TableRow(b.label, tuple(cells[f"{b.id}.{r.id}", None] for r in form.results)) for b in form.blocks)
    return (TableView("行政复议、行政诉讼", ("类别", *(r.label for r in form.results)), rows),)
