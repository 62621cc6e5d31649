"""The Flask factory. It only wires: settings and collaborators come in, blueprints and error handlers go on."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Callable
from pathlib import Path

from flask import Flask, Response, has_request_context, render_template, request, url_for
from flask_compress import Compress
from werkzeug.exceptions import HTTPException

from index import StoreError
from index.bundled import EncoderError
from index.embed import Encoder
from service.config import Settings
from service.problems import DETAILS, problem
from service.state import State
from service.web import api, chat, embedding, figures, openapi, reports, staff

_log = logging.getLogger(__name__)


_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none';"
)
_YEAR = 365 * 24 * 3600


class _Site(Flask):
    def get_send_file_max_age(self, filename: str | None) -> int | None:
        """For good, where the address holds the digest of the file."""
        return _YEAR if has_request_context() and request.args.get("v") else 0


def create_app(settings: Settings | None = None, encoder: Encoder | None = None) -> Flask:
    """The application. Without ``settings`` they come from the environment; ``encoder`` replaces the configured one."""
    settings = settings or Settings.from_environment()
    app = _Site(__name__)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.max_body
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["nianbao"] = State.open(settings, encoder)
    app.register_blueprint(api.blueprint)
    for part in (chat, reports, figures, embedding, openapi):
        app.register_blueprint(part.blueprint)
    staff.register(app)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(StoreError, _unavailable)
    app.register_error_handler(EncoderError, _unavailable)
    app.register_error_handler(Exception, _unexpected)
    framed_by = f"'self' {settings.origins}".strip()

    app.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    app.config["COMPRESS_MIN_SIZE"] = 1024
    app.config["COMPRESS_MIMETYPES"] = ["text/html", "text/css", "text/csv", "text/javascript", "application/json", "image/svg+xml"]
    Compress(app)
    app.jinja_env.globals["asset"] = _asset(app)
    app.before_request(embedding.preflight)
    app.after_request(embedding.share)

    @app.after_request
    def secure(response: Response) -> Response:
        ancestors = "'none'" if request.blueprint == "staff" else framed_by  # nobody may dress the staff area up as something else
        response.headers.setdefault("Content-Security-Policy", f"{_POLICY} frame-ancestors {ancestors}")
        response.headers["X-Content-Type-Options"] = "nosniff"
        if response.direct_passthrough:  # a static file: small, and compressed like a page
            response.direct_passthrough = False
            response.make_sequence()
        if request.method == "GET" and response.status_code == 200 and "ETag" not in response.headers:
            response.headers.setdefault("Cache-Control", "no-cache")  # to be kept, and asked about each time
            response.add_etag()
            response.make_conditional(request)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "geolocation=(), camera=(), payment=(), microphone=(self)"
        return response

    return app


def _asset(app: Flask) -> Callable[[str], str]:
    """The address of a static file with the digest of what is in it, so that a browser may keep it for good."""
    digests: dict[str, str] = {}

    def asset(name: str) -> str:
        if name not in digests:
            digests[name] = hashlib.sha256((Path(app.static_folder or "") / name).read_bytes()).hexdigest()[:12]
        return url_for("static", filename=name, v=digests[name])

    return asset


def _wants_page() -> bool:
    return not request.path.startswith(("/api/", "/healthz/")) and not request.path.endswith((".json", ".csv", ".xlsx"))


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
