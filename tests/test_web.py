"""The web that clerks use: figures picked and taken away, reports filtered and compared, embedding, caching, the API's description."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from service.app import create_app
from service.config import Settings, SettingsError
from service.ledger import Ledger
from tests.conftest import HashEncoder
from tests.evaluate import build_world
from tests.world import WorldReport, world

BODIES = (
    "云溪市教育局",
    "碧原市教育局",
    "云溪市望川区教育局",
    "望川区城关街道办事处",
    "枫林区柳荫街道办事处",
    "云溪市人民政府",
    "云溪市卫生健康委员会",
)
PORTAL = "https://www.example.gov.cn"


def few() -> list[WorldReport]:
    return [w for w in world() if w.made.agency in BODIES]


@pytest.fixture(scope="session")
def world_home(tmp_path_factory: pytest.TempPathFactory, encoder: HashEncoder) -> Path:
    """A data folder with some bodies of the made-up province."""
    folder = tmp_path_factory.mktemp("few")
    build_world(folder, encoder, few())
    return folder


@pytest.fixture(scope="session")
def web(world_home: Path, encoder: HashEncoder) -> Iterator[FlaskClient]:
    app = create_app(Settings(home=world_home, origins=f"{PORTAL} https://*.city.gov.cn"), encoder)
    app.extensions["nianbao"].warm_up()
    yield app.test_client()
    app.extensions["nianbao"].index().close()


def text(web: FlaskClient, path: str, **query: object) -> str:
    reply = web.get(f"{path}?{urlencode(query, doseq=True)}")
    assert reply.status_code == 200, reply.get_data(as_text=True)
    return reply.get_data(as_text=True)


def picked(web: FlaskClient, **query: object) -> dict[str, object]:
    return dict(json.loads(text(web, "/figures.json", **query)))


def gold(agency: str, year: int, metric: str, applicant: str | None = "total") -> float | int | None:
    report = next(w for w in few() if (w.made.agency, w.made.year) == (agency, year))
    return report.gold[metric, applicant].value


# ------------------------------------------------------------------------------------------------------------ figures


def test_a_picked_table_holds_what_the_reports_print(web: FlaskClient) -> None:
    rows = picked(web, metric=["requests.received", "outcome.granted"], words="教育局", year=[2022, 2023])["rows"]
    assert isinstance(rows, list)
    assert len(rows) == 6
    for row in rows:
        for metric, cell in zip(("requests.received", "outcome.granted"), row["cells"], strict=True):
            assert cell["value"] == gold(row["agency"], row["year"], metric)


def test_every_value_leads_to_its_cell(web: FlaskClient) -> None:
    rows = picked(web, metric=["requests.received", "rate.granted"], words="教育局", year=2024)["rows"]
    assert isinstance(rows, list)
    for row in rows:
        printed, rate = row["cells"]
        page = web.get(printed["sources"][0]["url"].split("#")[0]).get_data(as_text=True)
        assert f"<mark>{printed['printed']}</mark>" in page
        assert rate["state"] == "computed"
        assert len(rate["sources"]) == 3  # granted, partial, total


def test_totals_name_what_they_leave_out(web: FlaskClient) -> None:
    page = text(web, "/figures", metric="requests.received", agency="云溪市卫生健康委员会", year=2023, applicant="total")
    assert "合计" in page
    data = picked(web, metric="rules.in_force", words="教育局")
    (total,) = data["totals"]  # type: ignore[misc]
    assert {"2019", "2020"} <= set(re.findall(r"20\d\d", " ".join(total["left_out"])))  # the older form has no such column


def test_the_sum_of_a_column_is_the_sum_of_its_cells(web: FlaskClient) -> None:
    data = picked(web, metric="requests.received", words="教育局", year=2024)
    values = [row["cells"][0]["value"] for row in data["rows"]]  # type: ignore[attr-defined]
    assert data["totals"][0]["value"] == sum(values)  # type: ignore[index]


def test_numbers_of_different_forms_are_not_added(web: FlaskClient) -> None:
    data = picked(web, metric="outcome.total", agency="云溪市教育局")
    assert data["totals"][0]["value"] is not None  # type: ignore[index]  # table 三 is the same in both
    rate = picked(web, metric="rate.granted", agency="云溪市教育局")
    assert rate["totals"][0]["why_not"] == "比率不相加"  # type: ignore[index]


def test_sorting_puts_reports_without_a_number_last(web: FlaskClient) -> None:
    for sort in ("normative.in_force", "-normative.in_force"):
        rows = picked(web, metric="normative.in_force", words="教育局", sort=sort)["rows"]
        values = [row["cells"][0]["value"] for row in rows]  # type: ignore[attr-defined]
        sure = [v for v in values if v is not None]
        assert values == sure + [None] * (len(values) - len(sure))
        assert sure == sorted(sure, reverse=sort.startswith("-"))


def test_the_address_holds_the_whole_state(web: FlaskClient) -> None:
    asked = {
        "metric": ["requests.received", "rate.granted"],
        "words": "教育局",
        "year": [2023],
        "applicant": "natural",
        "sort": "-requests.received",
    }
    data = picked(web, **asked)
    again = json.loads(web.get(f"/figures.json?{data['query']}").get_data(as_text=True))
    assert again == data


def test_files_are_the_table(web: FlaskClient) -> None:
    query = {"metric": "requests.received", "words": "教育局", "year": 2024}
    data = picked(web, **query)
    rows = list(csv.reader(io.StringIO(web.get(f"/figures.csv?{urlencode(query)}").get_data().decode("utf-8-sig"))))
    values = {row["agency"]: row["cells"][0]["value"] for row in data["rows"]}  # type: ignore[attr-defined]
    assert {r[0]: float(r[7]) for r in rows[1:]} == values
    book = load_workbook(io.BytesIO(web.get(f"/figures.xlsx?{urlencode(query)}").get_data()))
    assert book.sheetnames == ["数字", "来源", "说明"]
    shown = {r[0]: r[2] for r in book["数字"].iter_rows(min_row=2, values_only=True)}
    assert {k: v for k, v in shown.items() if k != "合计"} == values
    assert all(str(r[13]).startswith("http://localhost/reports/") for r in book["来源"].iter_rows(min_row=2, values_only=True))


@pytest.mark.parametrize("query", ["metric=nosuch", "year=20x4&level=moon", "agency=没有的局", "page=999999", "sort=evil", "applicant=x"])
def test_what_cannot_be_used_is_said_and_the_rest_is_shown(web: FlaskClient, query: str) -> None:
    page = web.get(f"/figures?{query}")
    assert page.status_code == 200
    if not query.startswith("page"):
        assert "已忽略" in page.get_data(as_text=True)


def test_markup_in_an_address_is_text(web: FlaskClient) -> None:
    for path in ("/figures", "/reports"):
        page = web.get(f"{path}?words=%3Cscript%3Ealert(1)%3C/script%3E&agency=%3Cb%3Ex").get_data(as_text=True)
        assert "<script>alert" not in page
        assert "<b>x" not in page


# ------------------------------------------------------------------------------------------------------------ reports


def test_reports_are_filtered(web: FlaskClient) -> None:
    def found(**query: object) -> set[tuple[str, int]]:
        return {(r["agency"], r["year"]) for r in json.loads(text(web, "/reports.json", **query))["reports"]}

    assert {a for a, _ in found(kind="street")} == {"望川区城关街道办事处", "枫林区柳荫街道办事处"}
    assert {y for _, y in found(year=[2021, 2022])} == {2021, 2022}
    assert {y for _, y in found(edition="2019")} <= {2019, 2020}
    assert "云溪市教育局" in {a for a, _ in found(place="云溪市")}
    assert found(findings="yes") | found(findings="no") == found()
    assert not found(findings="yes") & found(findings="no")


def test_a_report_leads_to_the_years_beside_it(web: FlaskClient) -> None:
    reports = {r["year"]: r for r in json.loads(text(web, "/reports.json", agency="云溪市教育局"))["reports"]}
    page = text(web, f"/reports/{reports[2022]['report_id']}")
    assert f'rel="prev" href="/reports/{reports[2021]["report_id"]}"' in page
    assert f'rel="next" href="/reports/{reports[2023]["report_id"]}"' in page


def test_a_finding_stands_beside_what_it_concerns(web: FlaskClient) -> None:
    """云溪市教育局 says 42 in the text of 2022 and 39 in the table: a planted slip."""
    report = json.loads(text(web, "/reports.json", agency="云溪市教育局", year=2022))["reports"][0]["report_id"]
    page = text(web, f"/reports/{report}")
    cell = re.search(r'<td class="value">39(.*?)</td>', page)
    assert cell
    flag = re.search(r'href="#(f\d+)"', cell[1])
    assert flag
    listed = re.search(rf'<li id="{flag[1]}">(.*?)</li>', page, re.S)
    assert listed
    assert "42" in listed[1]


def test_two_reports_stand_side_by_side_with_their_differences(web: FlaskClient) -> None:
    reports = {r["year"]: r for r in json.loads(text(web, "/reports.json", agency="云溪市教育局"))["reports"]}
    page = text(web, "/compare", a=reports[2022]["report_id"], b=reports[2023]["report_id"])
    one, two = (gold("云溪市教育局", y, "requests.received") for y in (2022, 2023))
    row = re.search(r"本年新收政府信息公开申请数量</th>(.*?)</tr>", page)
    assert row
    assert re.findall(r">(-?[\d,]+) 件<", row[1]) == [f"{one}", f"{two}"]
    assert f">{(two or 0) - (one or 0):+d}<" in row[1]


def test_reports_of_different_forms_are_not_subtracted(web: FlaskClient) -> None:
    reports = {r["year"]: r for r in json.loads(text(web, "/reports.json", agency="云溪市教育局"))["reports"]}
    page = text(web, "/compare", a=reports[2020]["report_id"], b=reports[2021]["report_id"])
    assert "不同版式" in page
    assert "没有这一项" in page


def test_a_comparison_with_a_report_that_is_gone_says_so(web: FlaskClient) -> None:
    reply = web.get("/compare?a=nosuch&b=neither")
    assert reply.status_code == 404
    assert "没有收录" in reply.get_data(as_text=True)


def test_every_table_has_its_data(web: FlaskClient) -> None:
    report = json.loads(text(web, "/reports.json", agency="云溪市教育局", year=2024))["reports"][0]["report_id"]
    figures = json.loads(text(web, f"/reports/{report}.json"))["figures"]
    rows = list(csv.DictReader(io.StringIO(web.get(f"/reports/{report}.csv").get_data().decode("utf-8-sig"))))
    assert len(rows) == len(figures) > 100
    assert web.get("/reports/nosuch.csv").status_code == 404
    assert web.get("/reports.csv").get_data().decode("utf-8-sig").startswith("机关,年份")


def test_a_long_table_comes_in_pages_and_its_file_holds_all(web: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.selection.PAGE", 10)
    first, second = (text(web, "/figures", metric="requests.received", page=n) for n in (1, 2))
    assert first.count("<tr>") < 25
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    assert len(picked(web, metric="requests.received")["rows"]) == len(few())  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------------------------- embedding


def test_only_named_origins_may_frame_or_call(web: FlaskClient) -> None:
    policy = web.get("/embed").headers["Content-Security-Policy"]
    assert f"frame-ancestors 'self' {PORTAL} https://*.city.gov.cn" in policy
    for origin, allowed in (
        (PORTAL, True),
        ("https://edu.city.gov.cn", True),
        ("https://evil.example", False),
        ("https://city.gov.cn.evil.example", False),
    ):
        reply = web.get("/api/metrics", headers={"Origin": origin})
        assert reply.headers.get("Access-Control-Allow-Origin") == (origin if allowed else None)
        asked = web.options("/api/ask", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
        assert ("Access-Control-Allow-Methods" in asked.headers) == allowed


def test_nobody_else_is_allowed_by_default(client: FlaskClient) -> None:
    assert client.get("/").headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")
    assert "Access-Control-Allow-Origin" not in client.get("/api/metrics", headers={"Origin": PORTAL}).headers


@pytest.mark.parametrize("origins", ["*", "example.gov.cn", "https://a.gov.cn/path", "https://a.gov.cn; script-src *", "javascript:x"])
def test_what_is_no_origin_is_no_setting(origins: str) -> None:
    with pytest.raises(SettingsError, match="NIANBAO_ORIGINS"):
        Settings(origins=origins)


def test_the_panel_is_about_its_agency(web: FlaskClient) -> None:
    page = text(web, "/embed", agency="云溪市教育局", title="<b>问年报</b>")
    assert "问 云溪市教育局 的年度报告" in page
    assert "&lt;b&gt;问年报" in page
    given = web.post("/embed", data={"q": "2024年收到几件申请", "agency": "云溪市教育局", "fragment": "1"}).get_data(as_text=True)
    assert f'<span class="number">{gold("云溪市教育局", 2024, "requests.received")}<' in given
    assert 'target="_blank"' in given  # a source opens beside the portal's page, not in the small frame


def compressed(web: FlaskClient, path: str) -> int:
    """How many bytes a browser fetches."""
    with web.get(path, headers={"Accept-Encoding": "br"}) as reply:
        sent = len(reply.get_data())
        assert reply.headers.get("Content-Encoding") == "br" or sent < 1024, path
        return sent


@pytest.mark.parametrize(
    ("question", "figures", "large"),
    [("行政诉讼一共多少件", 3, True), ("自然人申请占多少", 3, True), ("自然人和商业企业各提了几件申请", 2, False)],
)
def test_what_is_computed_from_all_the_others_is_shown_large(client: FlaskClient, question: str, figures: int, large: bool) -> None:
    given = client.post("/api/ask", json={"question": question}).get_json()
    page = client.get("/", query_string={"q": question}).get_data(as_text=True)
    assert len(given["figures"]) == figures
    assert ('<span class="number">' in page) is large


def test_the_widget_is_small_and_the_panel_too(web: FlaskClient) -> None:
    assert compressed(web, "/widget.js") < 15_000
    parts = [a for a in re.findall(r'(?:src|href)="(/static/[^"]+)"', text(web, "/embed")) if ".svg" not in a]
    assert compressed(web, "/embed") + sum(compressed(web, a) for a in parts) < 100_000


def test_the_first_page_is_light(web: FlaskClient) -> None:
    parts = re.findall(r'(?:src|href)="(/static/[^"]+)"', text(web, "/"))
    assert len(parts) <= 5
    assert compressed(web, "/") + sum(compressed(web, a) for a in parts) < 40_000
    assert not re.findall(r'(?:src|href)="https?://', text(web, "/"))


# ------------------------------------------------------------------------------------------------- caching, feedback, API


def test_what_has_not_changed_is_not_sent_again(web: FlaskClient) -> None:
    for path in ("/reports", "/figures.json?metric=requests.received", "/openapi.json"):
        first = web.get(path)
        again = web.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.get_data()) == (304, b"")
    style = re.search(r'href="(/static/style\.css\?v=\w+)"', text(web, "/"))
    assert style
    with web.get(style[1]) as reply:
        assert "max-age=31536000" in reply.headers["Cache-Control"]


def test_feedback_is_kept_without_personal_data(web: FlaskClient, world_home: Path) -> None:
    assert web.post("/feedback", data={"question": "收到几件", "rating": "down", "reason": "我的电话13812345678"}).status_code == 204
    newest = Ledger(world_home).feedback(1)[0]
    assert (newest.question, newest.rating) == ("收到几件", "down")
    assert "138" not in newest.reason
    assert web.post("/feedback", data={"question": "x", "rating": "best"}).status_code == 422


def test_the_notice_stands_on_every_page_and_answer(world_home: Path, encoder: HashEncoder) -> None:
    app = create_app(Settings(home=world_home, notice="演示数据，均为虚构"), encoder)
    client = app.test_client()
    for path in ("/", "/embed", "/reports", "/figures", "/compare", "/api"):
        assert "演示数据，均为虚构" in client.get(path).get_data(as_text=True), path
    given = client.post("/api/ask", json={"question": "云溪市教育局2024年收到几件申请"}).get_json()
    assert "演示数据，均为虚构" in [w["text"] for w in given["warnings"]]


def test_the_description_names_every_address_of_the_api(web: FlaskClient) -> None:
    described = json.loads(text(web, "/openapi.json"))
    assert described["openapi"] == "3.1.0"
    served = {
        re.sub(r"<(\w+)>", r"{\1}", rule.rule)
        for rule in web.application.url_map.iter_rules()
        if rule.rule.startswith(("/api/", "/healthz/")) or rule.rule.endswith((".json", ".csv"))
    }
    assert served - {"/openapi.json"} == set(described["paths"])
    page = text(web, "/api")
    assert all(path in page for path in described["paths"])


def test_an_answer_is_what_the_description_says(web: FlaskClient) -> None:
    described = json.loads(text(web, "/openapi.json"))
    fields = set(described["components"]["schemas"]["Answer"]["properties"])
    assert set(web.post("/api/ask", json={"question": "收到几件申请"}).get_json()) == fields
