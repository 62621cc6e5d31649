"""The chat: a page that works without JavaScript, and the same turns put into it by the script."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup, escape

from corpus.forms import applicants
from corpus.textual import show_number, tidy
from index.store import Snapshot
from service.answer import QuestionError, answer
from service.compose import suggestions
from service.context import Context, ContextError
from service.contract import Answer, FigureOut, PassageOut
from service.directory import directory
from service.evidence import Desk
from service.problems import problem
from service.query import Query
from service.web.here import state

blueprint = Blueprint("chat", __name__)
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


@blueprint.app_template_filter("headline")
def headline(given: Answer) -> FigureOut | None:
    """The figure that is shown large: the only one, or one that was computed from all the others."""
    if given.status != "answered" or not given.figures or given.figures[0].value is None:
        return None
    first, *others = given.figures
    made_of = {(o.value, o.citation) for o in first.operands}
    return first if all((f.value, f.citation) in made_of for f in others) else None


@blueprint.app_context_processor
def _shared() -> dict[str, object]:
    """For every template: applicants' names, an id that keeps the anchors of several answers apart, the site's notice."""
    return {"people": applicants(), "uid": "a" + secrets.token_hex(3), "notice": state().settings.notice}


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
    return _asked("chat.html")


@blueprint.get("/embed")
def panel() -> Response:
    """The chat for a frame: no header, no footer, links that open beside the page they are embedded in."""
    return _asked("embed.html")


def _asked(template: str) -> Response:
    args = request.args
    question = args.get("q", "")
    turn = _turn(question, None, args.get("agency"), args.get("year")) if question else None
    return _page(turn, template, args.get("agency") or "")


@blueprint.post("/")
@blueprint.post("/embed")
def ask() -> Response:
    """The form's way of asking; with ``fragment=1`` only the new turn, which the script puts into the page."""
    form = request.form
    turn = _turn(form.get("q", ""), form.get("context") or None, form.get("agency"), form.get("year"))
    template = "embed.html" if request.path == "/embed" else "chat.html"
    if form.get("fragment") == "1":
        status = 422 if turn.error else 200
        page = render_template("turn.html", turn=turn, labels=STATUS_LABELS, framed=template == "embed.html")
        return Response(page, status=status)
    return _page(turn, template, form.get("agency") or "")


@blueprint.post("/feedback")
def feedback() -> Response:
    """A reader's verdict on an answer."""
    rating = request.form.get("rating", "")
    question = request.form.get("question", "").strip()
    if rating not in ("up", "down") or not question:
        return problem(422, "需要问题，以及 up 或 down 的评价。")
    state().ledger.note(question, "up" if rating == "up" else "down", request.form.get("reason", "").strip())
    return Response(status=204)


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
    here.count(question, given.status)
    return Turn(question, given, None, json.dumps(given.context, ensure_ascii=False) if given.context else "")


def _page(turn: Turn | None, template: str, agency: str) -> Response:
    with state().index().reading() as snapshot:
        held = snapshot.reports
        own = directory(held).reports_of([directory(held).in_full(agency) or agency])
        asked = _suggested(snapshot) if held else []
    page = render_template(
        template, turn=turn, labels=STATUS_LABELS, reports=len(held), agencies=len({r.lineage or r.agency for r in held}), suggestions=asked,
        title=own[0].agency if own else held[0].agency if len({r.agency for r in held}) == 1 else None, agency=agency if own else "",
        framed=template == "embed.html", heading=request.args.get("title", "")[:40],
    )  # fmt: skip
    return Response(page, status=422 if turn and turn.error else 200)


def _suggested(snapshot: Snapshot) -> list[str]:
    """First questions that what is held can answer."""
    return list(suggestions(Query(""), (), Desk(snapshot), Answer("answered", "")))
