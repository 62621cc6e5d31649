"""The staff area: closed until an account is made, safe against guessing and forged forms, and able to add, correct and remove."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.read import read_file
from index.store import Index, Store
from service.accounts import Accounts
from service.app import create_app
from service.config import Settings
from tests.conftest import AGENCY, ROOT, SEED, HashEncoder
from tests.world import world

NAME, PASSWORD = "小王", "correct horse battery"


@pytest.fixture
def own_home(tmp_path: Path, encoder: HashEncoder) -> Path:
    report, data = read_file(SEED)
    Store(tmp_path).add([(report, data, SEED.name)], encoder)
    return tmp_path


@pytest.fixture
def staff(own_home: Path, encoder: HashEncoder) -> Iterator[FlaskClient]:
    Accounts(own_home).add(NAME, PASSWORD)
    app = create_app(Settings(home=own_home), encoder)
    yield app.test_client()
    app.extensions["nianbao"].index().close()


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def sign_in(staff: FlaskClient, password: str = PASSWORD) -> int:
    page = staff.get("/staff/sign-in").get_data(as_text=True)
    return staff.post("/staff/sign-in", data={"name": NAME, "password": password, "csrf_token": token(page)}).status_code


def signed_in(staff: FlaskClient) -> str:
    assert sign_in(staff) == 302
    return token(staff.get("/staff").get_data(as_text=True))


def held(home: Path) -> set[tuple[str, int, str]]:
    index = Index(home)
    with index.reading() as snapshot:
        found = {(r.agency, r.year, r.scope) for r in snapshot.reports}
    index.close()
    return found


def test_without_an_account_there_is_no_staff_area(client: FlaskClient) -> None:
    for path in ("/staff", "/staff/sign-in"):
        assert client.get(path).status_code == 404
    assert client.post("/staff/add", data={}).status_code == 404


def test_the_command_makes_the_account(tmp_path: Path) -> None:
    def run(*words: str, say: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "service.cli", "--home", str(tmp_path), "staff", *words]
        return subprocess.run(command, cwd=ROOT, input=say, capture_output=True, text=True, timeout=60, check=False)

    assert "太短" in run("add", NAME, say="short\n").stderr
    assert run("add", NAME, say=PASSWORD + "\n").returncode == 0
    assert run("list").stdout.split() == [NAME]
    assert PASSWORD.encode() not in (tmp_path / "staff.sqlite").read_bytes()
    assert (tmp_path / "staff.sqlite").stat().st_mode & 0o077 == 0
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0
    assert run("remove", NAME).returncode == 0
    assert run("remove", NAME).returncode == 1


def test_nobody_passes_without_signing_in(staff: FlaskClient) -> None:
    reply = staff.get("/staff")
    assert (reply.status_code, reply.headers["Location"]) == (302, "/staff/sign-in")
    assert sign_in(staff, "wrong password!") == 401
    assert staff.get("/staff").status_code == 302
    assert sign_in(staff) == 302
    page = staff.get("/staff")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")


def test_the_cookie_cannot_be_read_or_sent_from_elsewhere(staff: FlaskClient) -> None:
    page = staff.get("/staff/sign-in")
    cookie = page.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Set-Cookie" not in staff.application.test_client().get("/").headers  # a reader gets none


def test_five_failures_lock_the_account(staff: FlaskClient) -> None:
    assert [sign_in(staff, f"wrong password {n}") for n in range(5)] == [401] * 5
    assert sign_in(staff) == 429


def test_a_forged_form_is_refused(staff: FlaskClient, own_home: Path) -> None:
    signed_in(staff)
    before = held(own_home)
    report = next(iter(staff.get("/api/reports").get_json()["reports"]))["report_id"]
    reply = staff.post("/staff/remove", data={"report_id": report, "sure": "1"})
    assert reply.status_code == 400
    assert held(own_home) == before


def upload(staff: FlaskClient, mark: str, *files: tuple[str, bytes]) -> tuple[int, str]:
    data = {"csrf_token": mark, "file": [(io.BytesIO(content), name) for name, content in files]}
    reply = staff.post("/staff/preview", data=data, content_type="multipart/form-data")
    return reply.status_code, reply.get_data(as_text=True)


def test_an_upload_is_shown_first_and_added_as_corrected(staff: FlaskClient, own_home: Path) -> None:
    mark = signed_in(staff)
    made = next(w for w in world() if (w.made.agency, w.made.year) == ("云溪市教育局", 2024))
    status, page = upload(staff, mark, ("<b>年报</b>.txt", made.text.encode()), ("照片.bin", b"\x00\x01\x02"))
    assert status == 200
    assert 'value="云溪市教育局"' in page
    assert "没有读成" in page
    assert "<b>年报" not in page
    assert held(own_home) == {(AGENCY, 2019, "本级")} or len(held(own_home)) == 1  # nothing is added yet
    key = re.search(r'name="token" value="([0-9a-f]{64})"', page)
    assert key
    said = {f"take-{key[1]}": "1", f"agency-{key[1]}": "云溪市教育体育局", f"year-{key[1]}": "2023", f"scope-{key[1]}": "部门"}
    reply = staff.post("/staff/add", data={"csrf_token": mark, "token": key[1], **said})
    assert reply.status_code == 302
    assert ("云溪市教育体育局", 2023, "部门") in held(own_home)
    given = staff.post("/api/ask", json={"question": "云溪市教育体育局2023年收到几件申请"}).get_json()
    assert given["figures"][0]["value"] == made.gold["requests.received", "total"].value


def test_a_report_of_five_hundred_pages_is_read_added_and_shown(staff: FlaskClient) -> None:
    mark = signed_in(staff)
    seed = SEED.read_text("utf-8").replace("2019 年", "2020 年")
    at = seed.index("总体情况") + 4
    filler = "\n".join(f"第{n}页。" + "我办持续完善制度，规范流程，及时回应社会关切。" * 30 for n in range(500))
    status, page = upload(staff, mark, ("长报告.txt", f"{seed[:at]}\n{filler}\n{seed[at:]}".encode()))
    assert status == 200
    key = re.search(r'name="token" value="([0-9a-f]{64})"', page)
    assert key
    said = {f"take-{key[1]}": "1", f"agency-{key[1]}": '<b>某</b>局"x', f"year-{key[1]}": "2020", f"scope-{key[1]}": "部门"}
    assert staff.post("/staff/add", data={"csrf_token": mark, "token": key[1], **said}).status_code == 302
    listed = staff.get("/reports").get_data(as_text=True)
    assert "<b>某" not in listed
    assert "&lt;b&gt;某" in listed
    report = next(r for r in staff.get("/api/reports").get_json()["reports"] if r["year"] == 2020)["report_id"]
    shown = staff.get(f"/reports/{report}").get_data(as_text=True)
    assert "第499页" in shown
    assert "<b>某" not in shown


def test_a_report_is_removed_after_asking_once_more(staff: FlaskClient, own_home: Path) -> None:
    mark = signed_in(staff)
    report = staff.get("/api/reports").get_json()["reports"][0]["report_id"]
    asked = staff.post("/staff/remove", data={"csrf_token": mark, "report_id": report})
    assert "移除后不再能问到它" in asked.get_data(as_text=True)
    assert len(held(own_home)) == 1
    staff.post("/staff/remove", data={"csrf_token": mark, "report_id": report, "sure": "1"})
    assert not held(own_home)


def test_a_file_that_is_too_large_is_a_sentence(own_home: Path, encoder: HashEncoder) -> None:
    Accounts(own_home).add(NAME, PASSWORD)
    app = create_app(Settings(home=own_home, max_file=1), encoder)
    staff = app.test_client()
    mark = signed_in(staff)
    status, page = upload(staff, mark, ("大.txt", b"x" * (2 << 20)))
    assert status == 422
    assert "没有读成" in page
    status, page = upload(staff, mark, ("更大.txt", b"x" * (21 << 20)))
    assert status == 413
    assert "太大" in page
    app.extensions["nianbao"].index().close()


@pytest.mark.parametrize("key", ["../../etc/passwd", "0" * 64, "x"])
def test_a_made_up_upload_finds_nothing(staff: FlaskClient, key: str) -> None:
    mark = signed_in(staff)
    reply = staff.post("/staff/add", data={"csrf_token": mark, "token": key, f"take-{key}": "1"})
    assert reply.status_code == 422


def test_staff_see_what_found_no_answer_and_what_readers_say(staff: FlaskClient) -> None:
    for question in ("火星区收到几件申请", "火星区收到几件申请", "2019年收到多少件申请", "我的电话13812345678收到几件"):
        staff.post("/", data={"q": question})
    staff.post("/feedback", data={"question": "2019年收到多少件申请", "rating": "up"})
    signed_in(staff)
    page = staff.get("/staff").get_data(as_text=True)
    unanswered = page[page.index("没有找到回答的问题") : page.index("问得最多的问题")]
    assert re.search(r"火星区收到几件申请</a></th><td>2</td>", unanswered)
    assert "2019年收到多少件申请" not in unanswered
    assert "138" not in page
    assert "有用" in page


def test_questions_are_kept_only_where_somebody_may_read_them(own_home: Path, encoder: HashEncoder) -> None:
    app = create_app(Settings(home=own_home), encoder)
    app.test_client().post("/", data={"q": "2019年收到多少件申请"})
    assert not (own_home / "ledger.sqlite").exists()
    app.extensions["nianbao"].index().close()
