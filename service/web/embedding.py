"""Embedding in other sites: the widget's script, and which origins may frame the panel or call the API from a browser."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

from flask import Blueprint, Response, current_app, request, send_from_directory

from service.web.here import state

blueprint = Blueprint("embedding", __name__)
_SHARED = ("/api/", "/healthz/", "/openapi.json", "/figures.json", "/figures.csv")


@blueprint.get("/widget.js")
def widget() -> Response:
    """The script that a portal includes. It holds no key and no question: it opens the panel in a frame."""
    response = send_from_directory(Path(current_app.static_folder or ""), "widget.js", max_age=3600)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # any portal may load it; the panel asks who frames it
    return response


def is_allowed(origin: str) -> bool:
    """Whether the setting names an origin, with ``https://*.example.gov.cn`` for all below a name."""
    return any(origin == o or ("*" in o and fnmatch(origin, o)) for o in state().settings.origins.split())


def share(response: Response) -> Response:
    """CORS headers for the API where the origin is allowed; without the setting no other site's script reads anything."""
    if not request.path.startswith(_SHARED):
        return response
    response.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if origin and is_allowed(origin):
        response.headers["Access-Control-Allow-Origin"] = origin
    return response


def preflight() -> Response | None:
    """The answer to a browser that asks whether it may POST JSON."""
    asked = request.method == "OPTIONS" and request.headers.get("Access-Control-Request-Method")
    if not asked or not request.path.startswith("/api/"):
        return None
    response = Response(status=204)
    if is_allowed(request.headers.get("Origin", "")):
        response.headers["Access-Control-Allow-Methods"] = "GET, POST"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        response.headers["Access-Control-Max-Age"] = "600"
    return response
