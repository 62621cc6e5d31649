"""The description of the HTTP interface: OpenAPI 3.1 made of the models that the code validates with, and a page that shows it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from apispec import APISpec
from flask import Blueprint, Response, jsonify, render_template
from pydantic import BaseModel, TypeAdapter

from service.contract import Answer
from service.web.api import AskRequest, HealthReply, MetricsReply, Problem, ReportsReply

blueprint = Blueprint("openapi", __name__)
_REF = "#/components/schemas/{model}"


def _json(schema: str, description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": {"$ref": _REF.format(model=schema)}}}}


def _problem(description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}}}


def _query(name: str, description: str, *, many: bool = False, kind: str = "string") -> dict[str, Any]:
    schema = {"type": "array", "items": {"type": kind}} if many else {"type": kind}
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


_FILTERS = [
    _query("agency", "机关的全名，可以有几个", many=True), _query("words", "机关名称含有的字"), _query("place", "省、市、县的名称"),
    _query("level", "province、city、county 或 township"), _query("kind", "government、office、department、street、town、zone 或 other"),
    _query("year", "年度，可以有几个", many=True), _query("edition", "2008、2019、2021 或 unknown"), _query("findings", "yes 或 no：有没有核对提示"),
]  # fmt: skip
_PICK = [
    _query("metric", "指标编号，见 /api/metrics，最多 12 个", many=True), *_FILTERS, _query("applicant", "申请人的列，默认 total"),
    _query("sort", "agency、year 或指标编号，前面加 - 为从大到小"),
]  # fmt: skip
_ID = {"name": "report_id", "in": "path", "required": True, "schema": {"type": "string"}, "description": "报告编号"}
_FILE = {"description": "文件", "content": {"text/csv": {"schema": {"type": "string"}}}}
_ANY = {"description": "数据", "content": {"application/json": {"schema": {"type": "object"}}}}
_TROUBLE = {"503": _problem("还没有收录报告，或者数据目录损坏")}

PATHS: dict[str, dict[str, dict[str, Any]]] = {
    "/api/ask": {
        "post": {
            "summary": "问一句话",
            "description": "回答里的每个数字都带出处；context 原样传回即可追问。",
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": {"$ref": _REF.format(model="AskRequest")},
                        "example": {"question": "2019年收到多少件信息公开申请？"},
                    }
                },
            },
            "responses": {
                "200": _json("Answer", "回答"), "400": _problem("正文不是 JSON"), "413": _problem("正文太大"),
                "415": _problem("正文不是 application/json"), "422": _problem("字段不对，或者问题不能用"), **_TROUBLE,
            },
        }
    },
    "/api/reports": {"get": {"summary": "收录的报告", "responses": {"200": _json("ReportsReply", "全部报告"), **_TROUBLE}}},
    "/api/reports/{report_id}": {
        "get": {"summary": "一份报告：各部分、数字、段落、核对结果", "parameters": [_ID], "responses": {"200": _ANY, "404": _problem("没有收录"), **_TROUBLE}}
    },
    "/api/metrics": {"get": {"summary": "全部指标和它们的含义", "responses": {"200": _json("MetricsReply", "指标")}}},
    "/reports.json": {"get": {"summary": "筛选出的报告", "parameters": _FILTERS, "responses": {"200": _json("ReportsReply", "报告"), **_TROUBLE}}},
    "/reports.csv": {"get": {"summary": "筛选出的报告，CSV", "parameters": _FILTERS, "responses": {"200": _FILE, **_TROUBLE}}},
    "/reports/{report_id}.json": {
        "get": {"summary": "一份报告的数字", "parameters": [_ID], "responses": {"200": _ANY, "404": _problem("没有收录"), **_TROUBLE}}
    },
    "/reports/{report_id}.csv": {
        "get": {"summary": "一份报告的数字，CSV", "parameters": [_ID], "responses": {"200": _FILE, "404": _problem("没有收录"), **_TROUBLE}}
    },
    "/figures.json": {"get": {"summary": "选出的数字，带状态和出处", "parameters": _PICK, "responses": {"200": _ANY, **_TROUBLE}}},
    "/figures.csv": {"get": {"summary": "选出的数字，CSV", "parameters": _PICK, "responses": {"200": _FILE, **_TROUBLE}}},
    "/healthz/live": {"get": {"summary": "进程在运行", "responses": {"200": _json("HealthReply", "在运行")}}},
    "/healthz/ready": {"get": {"summary": "可以回答各种问题", "responses": {"200": _json("HealthReply", "已就绪"), "503": _problem("还没有就绪")}}},
}  # fmt: skip


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The whole description."""
    spec = APISpec(
        title="年报问答", version="0.1.0", openapi_version="3.1.0",
        info={"description": "政府信息公开工作年度报告的问答接口。错误是 application/problem+json，detail 是一句中文。"},
    )  # fmt: skip
    for model in (AskRequest, Problem, ReportsReply, MetricsReply, HealthReply, Answer):
        schema = TypeAdapter(model).json_schema(ref_template=_REF, mode="validation" if _is_request(model) else "serialization")
        for name, part in schema.pop("$defs", {}).items():
            if name not in spec.components.schemas:
                spec.components.schema(name, part)
        spec.components.schema(model.__name__, schema)
    for path, operations in PATHS.items():
        spec.path(path, operations={method: dict(operation) for method, operation in operations.items()})
    return dict(spec.to_dict())


def _is_request(model: type[BaseModel] | type[Answer]) -> bool:
    return model is AskRequest


@blueprint.get("/openapi.json")
def openapi() -> Response:
    return jsonify(document())


@blueprint.get("/api")
def page() -> Response:
    return Response(render_template("api.html", spec=document()))
