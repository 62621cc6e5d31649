"""JSON: the same answers as everywhere, reports, metrics, health."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service import export
from service.answer import QuestionError, answer
from service.context import Context, ContextError
from service.normalise import MAX_QUESTION
from service.problems import problem
from service.web.here import state

blueprint = Blueprint("api", __name__)


class AskRequest(BaseModel):
    """Body of ``POST /api/ask``."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str = Field(min_length=1, max_length=MAX_QUESTION, description="一句话的问题")
    context: dict[str, Any] | None = Field(default=None, description="上一个回答的 context，原样传回")
    agency: str | None = Field(default=None, min_length=1, max_length=100, description="问题没有说明机关时所问的机关")
    year: int | None = Field(default=None, ge=1990, le=2200, description="问题没有说明年份时所问的年度")


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


class HealthReply(BaseModel):
    status: str
    detail: str = ""


class ListedReport(BaseModel):
    """A report as the list gives it."""

    report_id: str
    agency: str
    year: int
    scope: str
    edition: str
    title: str
    published: str | None
    source_url: str | None
    version: int
    findings: int
    place: dict[str, str]
    label: str


class ReportsReply(BaseModel):
    reports: list[ListedReport]


class ListedMetric(BaseModel):
    """A metric and what it means."""

    id: str
    label: str
    unit: str
    definition: str
    kind: str
    editions: list[str]
    by_applicant: bool
    parts: list[str]
    base: list[str]
    synonyms: list[str]


class MetricsReply(BaseModel):
    metrics: list[ListedMetric]


def _unknown(name: str, _context: dict[str, Any]) -> str:
    return f"{name} 的值不能用。"


_MESSAGES: dict[str, Callable[[str, dict[str, Any]], str]] = {
    "missing": lambda name, _: f"缺少 {name}。",
    "extra_forbidden": lambda name, _: f"不认识的字段 {name}。",
    "string_type": lambda name, _: f"{name} 应当是文字。",
    "string_unicode": lambda name, _: f"{name} 含有损坏的文字。",
    "string_too_short": lambda name, _: f"{name} 不能为空。",
    "string_too_long": lambda name, ctx: f"{name} 太长，最多 {ctx.get('max_length')} 个字。",
    "int_type": lambda name, _: f"{name} 应当是整数。",
    "dict_type": lambda name, _: f"{name} 应当是上一个回答返回的对象。",
    "greater_than_equal": lambda name, _: f"{name} 超出范围。",
    "less_than_equal": lambda name, _: f"{name} 超出范围。",
    "model_type": lambda _name, _ctx: "请求正文应当是一个 JSON 对象。",
}


def validation_message(error: ValidationError) -> str:
    """All that is wrong, in Chinese, a sentence each."""
    said = []
    for item in error.errors()[:5]:
        name = "“" + ".".join(str(part) for part in item["loc"])[:60] + "”" if item["loc"] else ""
        words = _MESSAGES.get(item["type"], _unknown)
        said.append(words(name, item.get("ctx", {})))
    return "".join(said)


@blueprint.post("/api/ask")
def ask() -> Response:
    if not request.is_json:
        return problem(415)
    try:
        data = json.loads(request.get_data(cache=False))
    except (ValueError, RecursionError):
        data = None
    if data is None:
        return problem(400, "请求正文不是有效的 JSON。")
    try:
        body = AskRequest.model_validate(data)
        context = Context.from_dict(body.context) if body.context else None
        here = state()
        given = answer(
            body.question,
            here.index(),
            here.settings,
            context=context,
            agency=body.agency,
            year=body.year,
            encoder=here.encoder,
        )
        here.count(body.question, given.status)
    except ValidationError as error:
        return problem(422, validation_message(error))
    except (ContextError, QuestionError) as error:
        return problem(422, str(error))
    return jsonify(given.to_dict())


@blueprint.get("/api/reports")
def reports() -> Response:
    with state().index().reading() as snapshot:
        return jsonify({"reports": [export.listed_report(r) for r in snapshot.reports]})


@blueprint.get("/api/reports/<report_id>")
def report(report_id: str) -> Response:
    with state().index().reading() as snapshot:
        held = snapshot.report(report_id)
        if held is None:
            return problem(404, "没有收录这份报告，可能已被替换或移除。")
        return jsonify(export.stored_report(snapshot, held))


@blueprint.get("/api/metrics")
def metrics() -> Response:
    return jsonify({"metrics": export.metric_data()})


@blueprint.get("/healthz/live")
def live() -> Response:
    return jsonify({"status": "live"})


@blueprint.get("/healthz/ready")
def ready() -> Response:
    here = state()
    ok, detail = here.readiness()
    if not ok and here.trouble and not here.warm:
        threading.Thread(target=here.warm_up, daemon=True).start()
        here.trouble = None
    return jsonify({"status": "ready", "detail": detail}) if ok else problem(503, detail, Retry_After="2")
