"""HTML pages: the chat, the list of reports, one report with a cell or sentence marked. Every page works without JavaScript."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup, escape

from corpus.forms import Form, applicants, forms
from corpus.model import Figure, Finding, Quantity, Section, Span
from corpus.textual import show_number, tidy
from index.store import Snapshot, StoredReport
from service.answer import QuestionError, answer
from service.api import state
from service.compose import suggestions
from service.contract import Answer, PassageOut
from service.conversation import Context, ContextError
from service.evidence import Desk
from service.question import Query

blueprint = Blueprint("pages", __name__)
blueprint.add_app_template_filter(show_number, "number")
blueprint.add_app_template_filter(tidy, "tidy")


@blueprint.app_template_filter("marked")
def marked(passage: PassageOut) -> Markup:
    """A passage's text, escaped, with its telling words marked."""
    out, at = Markup(""), 0
    for start, end in passage.highlights:
        out += escape(passage.text[at:start]) + Markup("<mark>") + escape(passage.text[start:end]) + Markup("</mark>")
        at = end
    return out + escape(passage.text[at:])


@blueprint.app_context_processor
def _shared() -> dict[str, object]:
    """For every template: applicants' names, and an id that keeps the anchors of several answers on a page apart."""
    return {"people": applicants(), "uid": "a" + secrets.token_hex(3)}


STATUS_LABELS = {
    "answered": "", "clarify": "请选择", "not_reported": "报告没有写", "no_report": "没有收录", "out_of_scope": "不在范围内", "refused": "不能回答",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer, or what was wrong with the question."""

    question: str
    answer: Answer | None
    error: str | None
    context: str


@blueprint.get("/")
def chat() -> Response:
    question = request.args.get("q", "")
    turn = _turn(question, None, request.args.get("agency"), request.args.get("year")) if question else None
    return _page(turn)


@blueprint.post("/")
def ask() -> Response:
    """The form's way of asking; with ``fragment=1`` only the new turn, which the script puts into the page."""
    form = request.form
    turn = _turn(form.get("q", ""), form.get("context") or None, form.get("agency"), form.get("year"))
    if form.get("fragment") == "1":
        status = 422 if turn.error else 200
        return Response(render_template("turn.html", turn=turn, labels=STATUS_LABELS), status=status)
    return _page(turn)


def _turn(question: str, context: str | None, agency: str | None, year: str | None) -> Turn:
    here = state()
    try:
        previous = Context.from_dict(json.loads(context)) if context else None
    except (ContextError, ValueError, RecursionError):
        previous = None  # a stale or garbled page: the question still stands on its own
    try:
        given = answer(
            question, here.index(), here.settings, context=previous, agency=agency or None,
            year=int(year) if year and re.fullmatch(r"\d{4}", year) else None, encoder=here.encoder,
        )  # fmt: skip
    except QuestionError as error:
        return Turn(question[:400], None, str(error), context or "")
    return Turn(question, given, None, json.dumps(given.context, ensure_ascii=False) if given.context else "")


def _page(turn: Turn | None) -> Response:
    here = state()
    with here.index().reading() as snapshot:
        held = snapshot.reports
        nothing = Answer("answered", "")
        asked = list(suggestions(Query(""), (), Desk(snapshot), nothing)) if held else []
    page = render_template(
        "chat.html", turn=turn, labels=STATUS_LABELS, reports=len(held), agencies=len({r.agency for r in held}), suggestions=asked,
        title=held[0].agency if len({r.agency for r in held}) == 1 else None,
    )  # fmt: skip
    return Response(page, status=422 if turn and turn.error else 200)


@blueprint.get("/reports")
def reports() -> Response:
    with state().index().reading() as snapshot:
        return Response(render_template("reports.html", reports=snapshot.reports))


@blueprint.get("/reports/<report_id>")
def report(report_id: str) -> Response:
    with state().index().reading() as snapshot:
        held = snapshot.report(report_id)
        if held is None:
            return Response(render_template("error.html", status=404, detail="没有收录这份报告，可能已被替换或移除。"), status=404)
        mark, stale = _mark(request.args.get("mark"), len(snapshot.text(held.row)))
        view = _view(snapshot, held, mark)
    return Response(render_template("report.html", report=held, view=view, stale=stale))


@blueprint.get("/reports/<report_id>/original")
def original(report_id: str) -> Response:
    with state().index().reading() as snapshot:
        held = snapshot.original(report_id) if snapshot.report(report_id) else None
    if held is None:
        return Response(render_template("error.html", status=404, detail="没有收录这份报告，可能已被替换或移除。"), status=404)
    name, data = held
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(data, content_type="application/octet-stream", headers=headers)


def _mark(text: str | None, length: int) -> tuple[Span | None, bool]:
    """The stretch to mark, and whether the link pointed outside the report (an old link to a newer copy)."""
    if not text:
        return None, False
    match = re.fullmatch(r"(\d{1,9})-(\d{1,9})", text)
    if not match or not int(match[1]) <= int(match[2]) <= length:
        return None, True
    return Span(int(match[1]), int(match[2])), False


# ---------------------------------------------------------------------------------------------------- the report view


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph in three parts, the middle one marked (or empty)."""

    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True)
class CellView:
    text: str
    state: str
    marked: bool
    place: str


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
    paragraphs = snapshot.paragraphs(report.row)
    sections = []
    for section in snapshot.sections(report.row):
        own = [p for p in paragraphs if section.start <= p.start < section.end and p.start != section.heading.start]
        tables, missing = _tables(section, report, figures, mark)
        if section.number == 7:
            tables, own = (_annex([q for _, q in snapshot.quantities([report.row]) if q.section == 7], mark),), []
        if tables and section.number in (2, 3, 4):
            own = [p for p in own if re.search(r"[。；]", text[p.start : p.end])]  # stray labels stand in the table
        pieces = tuple(_piece(text, p, mark) for p in own)
        inside = mark is not None and section.start <= mark.start <= section.end
        shown = any(p.marked for p in pieces) or any(c.marked for t in tables for r in t.rows for c in r.cells)
        heading = tidy(text[section.heading.start : section.heading.end])
        sections.append(SectionView(section.number, heading, pieces, tables, missing, inside and not shown))
    findings = tuple(c for c in checks if c.status != "pass")
    return ReportView(tuple(sections), findings, sum(c.status == "pass" for c in checks), snapshot.found(report.row))


def _piece(text: str, span: Span, mark: Span | None) -> Piece:
    if mark is None or mark.end <= span.start or mark.start >= span.end:
        return Piece(tidy(text[span.start : span.end]), "", "")
    start, end = max(mark.start, span.start), min(mark.end, span.end)
    return Piece(tidy(text[span.start : start]), tidy(text[start:end]), tidy(text[end : span.end]))


def _tables(section: Section, report: StoredReport, figures: list[Figure], mark: Span | None) -> tuple[tuple[TableView, ...], str | None]:
    form = forms().get(report.edition)
    name = {2: "表二", 3: "表三", 4: "表四"}.get(section.number)
    if name is None or report.edition == "2008":  # the free form of the older reports has no such tables
        return (), None
    own = [f for f in figures if f.place.startswith(name)]
    if form is None or not own or all(f.state == "missing" for f in own):
        return (), "这一部分的表格没有取得（可能是图片或附件），其中的数字无从得知。"
    cells = {(f.metric, f.applicant): _cell(f, mark) for f in own}
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
