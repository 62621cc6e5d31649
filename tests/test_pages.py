"""Pages: they answer without JavaScript, escape everything, and mark what is cited."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.conftest import AGENCY, ROOT, SEED

STATIC = ROOT / "service" / "static"


def page(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.get_data(as_text=True)


def test_the_form_answers_without_javascript_and_remembers_the_conversation(client: FlaskClient) -> None:
    first = client.post("/", data={"q": "2019年收到多少件申请"}).get_data(as_text=True)
    assert '<span class="number">5<span class="unit">件</span></span>' in first
    context = re.search(r'id="context" value="([^"]*)"', first)
    assert context
    from html import unescape

    second = client.post("/", data={"q": "那企业呢？", "context": unescape(context[1])}).get_data(as_text=True)
    assert "商业企业" in second
    assert '<span class="number">0<span class="unit">件</span></span>' in second


def test_a_question_can_be_sent_as_a_link(client: FlaskClient) -> None:
    assert "19.7 万" in page(client, "/?q=政府集中采购花了多少钱")


def test_the_printed_unit_stays_as_printed(client: FlaskClient) -> None:
    assert '<span class="number">19.7 万</span>' in page(client, "/?q=政府集中采购花了多少钱")


@pytest.mark.parametrize("question", ["<script>alert(1)</script>收到几件申请", '"><img src=x onerror=alert(1)>', "{{7*7}}收到几件申请"])
def test_questions_are_escaped(client: FlaskClient, question: str) -> None:
    response = client.post("/", data={"q": question})
    text = response.get_data(as_text=True)
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "49收到" not in text


def test_a_bad_question_is_told_and_kept(client: FlaskClient) -> None:
    response = client.post("/", data={"q": "问" * 301})
    assert response.status_code == 422
    assert "太长" in response.get_data(as_text=True)
    assert client.post("/", data={"q": "几件申请", "context": "{broken"}).status_code == 200


def test_every_citation_opens_the_report_with_the_place_marked(client: FlaskClient) -> None:
    for question, marked in (
        ("2019年收到多少件申请", "5"), ("微信发了多少条", "发布信息 152 条"), ("集中采购金额", "19.7 万"), ("行政复议几件", "空白"), ("存在哪些问题", "公开途径有待于进一步拓宽"),
    ):  # fmt: skip
        data = client.post("/api/ask", json={"question": question}).get_json()
        text = page(client, data["citations"][0]["url"].split("#")[0])
        assert text.count('id="mark"') == 1, question
        place = text.index('id="mark"')
        assert marked in text[place : place + 600], question


def test_the_report_view_draws_the_form(client: FlaskClient) -> None:
    report_id = client.get("/api/reports").get_json()["reports"][0]["report_id"]
    text = page(client, f"/reports/{report_id}")
    for words in (
        AGENCY,
        "一、总体情况",
        "四. 政府信息公开行政复议、行政诉讼情况",
        "第二十条第（一）项",
        "社会公益组织",
        "未经复议直接起诉",
        "空白",
        "核对提示",
    ):
        assert words in text
    assert len(re.findall(r'<td class="(?:value|zero|blank)', text)) == 198


def test_stale_and_foolish_links_are_told(client: FlaskClient) -> None:
    report_id = client.get("/api/reports").get_json()["reports"][0]["report_id"]
    for mark in ("99999999-999999999", "5-1", "x", "1-2-3", "-1-5", "<script>"):
        text = page(client, f"/reports/{report_id}?mark={mark}")
        assert "已经找不到" in text
        assert "<script>" not in text.replace('<script src="', "")
    assert client.get("/reports/r0").status_code == 404
    assert client.get("/reports/..%2f..%2fetc").status_code == 404


def test_the_original_is_what_was_added(client: FlaskClient) -> None:
    report_id = client.get("/api/reports").get_json()["reports"][0]["report_id"]
    response = client.get(f"/reports/{report_id}/original")
    assert response.data == SEED.read_bytes()
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_no_inline_script_or_style_and_small_files(client: FlaskClient) -> None:
    for path in ("/", "/reports", "/?q=几件申请"):
        text = page(client, path)
        assert not re.search(r"<script(?![^>]*\bsrc=)", text)
        assert "style=" not in text
        assert not re.search(r"\son\w+=", text)
        assert not re.search(r'(?:src|href)="https?://', text)
        assert '<html lang="zh-CN">' in text
        assert re.search(r"<title>[^<]+</title>", text)
    assert sum(f.stat().st_size for f in STATIC.glob("*.js")) < 50_000


def test_templates_never_switch_escaping_off() -> None:
    for template in Path(ROOT / "service" / "templates").glob("*.html"):
        text = template.read_text("utf-8")
        assert "|safe" not in text
        assert "autoescape" not in text
