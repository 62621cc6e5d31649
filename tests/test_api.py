"""The JSON interface: the contract's shape, and every bad request as a problem document in Chinese."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.config import Settings
from tests.conftest import AGENCY, HashEncoder

FIELDS = {"status", "text", "figures", "passages", "citations", "warnings", "choices", "suggestions", "chart", "understood", "context"}


def post(client: FlaskClient, **body: object):  # type: ignore[no-untyped-def]
    return client.post("/api/ask", json=body)


def test_an_answer_has_the_contracts_shape(client: FlaskClient) -> None:
    data = post(client, question="2019年收到多少件信息公开申请？").get_json()
    assert set(data) == FIELDS
    (figure,) = data["figures"]
    expected = {
        "metric": "requests.received", "label": "本年新收政府信息公开申请数量", "agency": AGENCY, "year": 2019, "scope": "本级", "edition": "2019",
        "applicant": "total", "value": 5, "unit": "件", "printed": "5", "state": "value", "citation": 1, "formula": None, "operands": [],
    }  # fmt: skip
    assert {k: figure[k] for k in expected} == expected
    citation = data["citations"][0]
    assert set(citation) == {"n", "report_id", "title", "agency", "year", "published", "section", "place", "quote", "url", "source_url"}
    assert citation["quote"] == "一、本年新收政府信息公开申请数量 5 0 0 0 0 0 5"
    assert data["understood"]["operation"] == "value"


def test_the_context_sent_back_makes_a_follow_up(client: FlaskClient) -> None:
    first = post(client, question="2019年收到多少件申请").get_json()
    second = post(client, question="那企业呢？", context=first["context"]).get_json()
    assert (second["figures"][0]["applicant"], second["figures"][0]["value"]) == ("company", 0)


def test_agency_and_year_of_the_page_hold_where_the_question_names_none(client: FlaskClient) -> None:
    assert post(client, question="收到多少件申请", agency=AGENCY, year=2019).get_json()["figures"][0]["value"] == 5
    assert post(client, question="收到多少件申请", year=2022).get_json()["status"] == "no_report"
    assert post(client, question="收到多少件申请", agency="火星市教育局").get_json()["status"] == "no_report"


@pytest.mark.parametrize(
    ("body", "kind", "status", "words"),
    [
        (b"", "application/json", 400, "JSON"),
        (b"{", "application/json", 400, "JSON"),
        (b"\xff\xfe\x00", "application/json", 400, "JSON"),
        (b"[1,2]", "application/json", 422, "对象"),
        (b"null", "application/json", 400, "JSON"),
        (b"question=1", "application/x-www-form-urlencoded", 415, "application/json"),
        (b"{}", "application/json", 422, "缺少"),
        (json.dumps({"question": ""}).encode(), "application/json", 422, "不能为空"),
        (json.dumps({"question": "   "}).encode(), "application/json", 422, "空的"),
        (json.dumps({"question": "问" * 301}).encode(), "application/json", 422, "300"),
        (json.dumps({"question": 5}).encode(), "application/json", 422, "文字"),
        (json.dumps({"question": ["a"]}).encode(), "application/json", 422, "文字"),
        (json.dumps({"question": "几件", "year": "2019"}).encode(), "application/json", 422, "整数"),
        (json.dumps({"question": "几件", "year": 5}).encode(), "application/json", 422, "范围"),
        (json.dumps({"question": "几件", "colour": 1}).encode(), "application/json", 422, "不认识"),
        (json.dumps({"question": "几件", "context": "x"}).encode(), "application/json", 422, "context"),
        (json.dumps({"question": "几件", "context": {"v": 9}}).encode(), "application/json", 422, "context"),
        (json.dumps({"question": "几\x01件"}).encode(), "application/json", 422, "控制字符"),
        (json.dumps({"question": "a" * 1_000_000}).encode(), "application/json", 413, "太大"),
        (b'{"question": "\\ud800\\u51e0\\u4ef6"}', "application/json", 422, "损坏"),
        (b"[" * 50_000, "application/json", 400, "JSON"),
    ],
)
def test_bad_requests_are_problem_documents(client: FlaskClient, body: bytes, kind: str, status: int, words: str) -> None:
    response = client.post("/api/ask", data=body, content_type=kind)
    assert response.status_code == status
    assert response.content_type.startswith("application/problem+json")
    problem = json.loads(response.data)
    assert problem["status"] == status
    assert words in problem["detail"]
    assert "Traceback" not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/api/nothing", 404), ("GET", "/api/reports/r000", 404), ("GET", "/api/ask", 405), ("DELETE", "/api/reports", 405)],
)
def test_unknown_addresses_and_methods(client: FlaskClient, method: str, path: str, status: int) -> None:
    response = client.open(path, method=method)
    assert response.status_code == status
    assert response.content_type.startswith("application/problem+json")


def test_reports_and_metrics(client: FlaskClient) -> None:
    (listed,) = client.get("/api/reports").get_json()["reports"]
    whole = client.get(f"/api/reports/{listed['report_id']}").get_json()
    assert (whole["agency"], whole["year"], whole["edition"]) == (AGENCY, 2019, "2019")
    assert len(whole["figures"]) == 198
    assert [s["number"] for s in whole["sections"]] == [0, 1, 2, 3, 4, 5, 6]
    assert {f["rule"] for f in whole["findings"]} == {"dispute.sum", "cells.blank", "sections.numbering"}
    ids = {m["id"] for m in client.get("/api/metrics").get_json()["metrics"]}
    assert {"requests.received", "outcome.refused", "fees.amount", "rate.granted", "litigation.total"} <= ids


def test_health(client: FlaskClient) -> None:
    assert client.get("/healthz/live").status_code == 200
    assert client.get("/healthz/ready").status_code == 200


def test_without_a_corpus_the_server_says_so_and_picks_it_up_when_it_comes(tmp_path: Path, encoder: HashEncoder, home: Path) -> None:
    import shutil

    folder = tmp_path / "home"
    waiting = create_app(Settings(home=folder), encoder).test_client()
    for response in (waiting.post("/api/ask", json={"question": "几件"}), waiting.get("/api/reports"), waiting.get("/healthz/ready")):
        assert response.status_code == 503
        assert "nianbao add" in json.loads(response.data)["detail"]
        assert response.headers["Retry-After"]
    assert waiting.get("/").status_code == 503
    shutil.copytree(home, folder)
    assert waiting.get("/api/reports").status_code == 200


def test_every_reply_carries_the_security_headers(client: FlaskClient) -> None:
    for path in ("/", "/api/reports", "/nowhere", "/static/style.css"):
        with client.get(path) as response:
            headers = response.headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_error_of_ours_is_logged_without_the_question(
    tmp_path: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr("service.web.api.answer", broken)
    app = create_app(Settings(home=tmp_path), encoder)
    app.extensions["nianbao"]._index = object()
    response = app.test_client().post("/api/ask", json={"question": "秘密的问题"})
    assert response.status_code == 500
    assert "编号" in json.loads(response.data)["detail"]
    assert "inside" not in response.get_data(as_text=True)
    assert "秘密的问题" not in caplog.text
