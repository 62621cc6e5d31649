"""The Flask factory. It only wires: settings and collaborators come in, blueprints and error handlers go on."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from index import StoreError
from index.bundled import EncoderError
from index.embed import Encoder
from service.config import Settings
from service.problems import DETAILS, problem
from service.state import State
from service.web import api, chat, embedding, figures, reports

_log = logging.getLogger(__name__)


def create_app(settings: Settings | None = None, encoder: Encoder | None = None) -> Flask:
    """The application. Without ``settings`` they come from the environment; ``encoder`` replaces the configured one."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.max_body
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["nianbao"] = State.open(settings, encoder)
    app.register_blueprint(api.blueprint)
    for part in (chat, reports, figures, embedding):
        app.register_blueprint(part.blueprint)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(StoreError, _unavailable)
    app.register_error_handler(EncoderError, _unavailable)
    app.register_error_handler(Exception, _unexpected)
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
        f" form-action 'self'; base-uri 'none'; frame-ancestors 'self' {settings.origins}".rstrip()
    )

    app.before_request(embedding.preflight)
    app.after_request(embedding.share)

    @app.after_request
    def secure(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "geolocation=(), camera=(), payment=(), microphone=(self)"
        return response

    return app


def _wants_page() -> bool:
    return not request.path.startswith(("/api/", "/healthz/"))


def _error(status: int, detail: str) -> Response:
    if _wants_page():
        return Response(render_template("error.html", status=status, detail=detail), status=status)
    return problem(status, detail)


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status in (301, 302, 303, 304, 307, 308):
        return Response(status=status, headers=dict(error.get_headers()))
    response = _error(status, DETAILS.get(status, "请求无法处理。"))
    if status == 405 and hasattr(error, "valid_methods") and error.valid_methods:
        response.headers["Allow"] = ", ".join(error.valid_methods)
    return response


def _unavailable(error: Exception) -> Response:
    response = _error(503, str(error))
    response.headers["Retry-After"] = "5"
    return response


def _unexpected(error: Exception) -> Response:
    mark = secrets.token_hex(4)
    # The question itself is not logged: it may hold what a citizen would not have written down.
    _log.error("request %s to %s failed", mark, request.path, exc_info=error)
    return _error(500, f"服务内部出了错，已记录（编号 {mark}）；请稍后再试。")
