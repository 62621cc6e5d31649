"""Errors at the edge: problem documents (application/problem+json) with a Chinese sentence, never a traceback."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Response

_TITLES = {
    400: "请求有误", 403: "不允许", 404: "没有找到", 405: "方法不允许", 413: "内容太大", 415: "格式不支持", 422: "内容不能处理", 429: "请求太多", 500: "内部错误", 503: "暂时不可用",
}  # fmt: skip
DETAILS = {
    400: "请求的格式不对，无法读懂。",
    404: "没有找到这个地址。",
    405: "这个地址不支持这种请求方法。",
    413: "请求的内容太大。",
    415: "请求正文应当是 application/json。",
    500: "服务内部出了错，已记录；请稍后再试。",
    503: "服务暂时不可用，请稍后再试。",
}


def problem(status: int, detail: str | None = None, **headers: str) -> Response:
    """A problem document of ``status``."""
    title = _TITLES.get(status) or HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail or DETAILS.get(status, title)}
    response = Response(json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json; charset=utf-8")
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response
