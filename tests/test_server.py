"""The product as a user starts it: the real command, the real encoder, real Chromium. Slow, so in one place."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT, SEED

pytestmark = pytest.mark.encoder
SHOTS = ROOT / "build" / "screenshots"
CHROMIUM = shutil.which("chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass(frozen=True, slots=True)
class Server:
    url: str
    pid: int
    home: Path


def get(url: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=10) as reply:
            return reply.status, reply.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """``nianbao add`` and ``nianbao serve`` in processes of their own, on a free port of 127.0.0.1."""
    home = tmp_path_factory.mktemp("served")
    environment = os.environ | {"NIANBAO_HOME": str(home)}
    command = [sys.executable, "-m", "service.cli"]
    added = subprocess.run([*command, "add", str(SEED)], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert added.returncode == 0, added.stderr
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([*command, "serve", "--port", str(port)], cwd=ROOT, env=environment, stderr=subprocess.PIPE)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                if get(f"{url}/healthz/ready")[0] == 200:
                    break
            except OSError:
                pass
            assert process.poll() is None, process.stderr.read() if process.stderr else ""
            time.sleep(0.1)
        else:
            pytest.fail("the server did not become ready within a minute")
        yield Server(url, process.pid, home)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        if process.stderr:
            process.stderr.close()


def ask(server: Server, **body: object) -> dict:  # type: ignore[type-arg]
    request = urllib.request.Request(f"{server.url}/api/ask", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as reply:
        return json.load(reply)


def test_it_answers_over_http_with_the_real_encoder(server: Server) -> None:
    assert ask(server, question="2019年收到多少件信息公开申请？")["figures"][0]["value"] == 5
    passage = ask(server, question="他们怎么加强工作人员的业务能力")
    assert passage["status"] == "answered"
    assert "培训班" in passage["text"] + "".join(p["text"] for p in passage["passages"])


def test_a_report_added_meanwhile_is_picked_up_without_a_restart(server: Server) -> None:
    command = [sys.executable, "-m", "service.cli", "--home", str(server.home)]
    subprocess.run(
        [*command, "add", str(SEED), "--agency", "云溪市教育局", "--year", "2018"], cwd=ROOT, check=True, timeout=120, capture_output=True
    )
    assert ask(server, question="云溪市教育局2018年收到多少件申请")["figures"][0]["agency"] == "云溪市教育局"
    listed = json.loads(get(f"{server.url}/api/reports")[1])["reports"]
    gone = next(r["report_id"] for r in listed if r["agency"] == "云溪市教育局")
    subprocess.run([*command, "remove", gone], cwd=ROOT, check=True, timeout=120, capture_output=True)
    assert ask(server, question="云溪市教育局2018年收到多少件申请")["status"] == "no_report"


def test_many_at_once_get_their_own_answers(server: Server) -> None:
    from concurrent.futures import ThreadPoolExecutor

    questions = {"2019年收到多少件申请": 5, "微信发了多少条": 152, "培训了多少人": 29, "集中采购几个项目": 1} | {}
    with ThreadPoolExecutor(8) as pool:
        asked = [q for q in questions for _ in range(8)]
        answers = list(pool.map(lambda q: ask(server, question=q), asked))
    assert [a["figures"][0]["value"] for a in answers] == [questions[q] for q in asked]


browser_only = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (tests/chromium.sh installs it where it can)")


@pytest.fixture(scope="module")
def browser():  # type: ignore[no-untyped-def]
    from playwright.sync_api import sync_playwright

    SHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(params=[("desktop", 1100, 900), ("phone", 390, 800)], ids=lambda p: p[0])
def view(browser, server: Server, request: pytest.FixtureRequest):  # type: ignore[no-untyped-def]
    """A page of a size, that fails the test on any console error or request that leaves the server."""
    name, width, height = request.param
    page = browser.new_page(viewport={"width": width, "height": height})
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith((server.url, "data:")) else None)
    yield name, page
    page.close()
    assert not wrong


@pytest.mark.browser
@browser_only
def test_a_citizen_asks_follows_up_and_opens_the_cell(view, server: Server) -> None:  # type: ignore[no-untyped-def]
    name, page = view
    page.goto(server.url)
    page.screenshot(path=SHOTS / f"{name}-home.png")
    page.keyboard.type("2019年收到多少件信息公开申请？")  # the box has the focus from the start
    page.keyboard.press("Enter")
    answer = page.locator("article.turn").nth(0)
    answer.locator(".number").wait_for()
    assert answer.locator(".number").inner_text().replace("\n", "").startswith("5")
    assert "依申请公开信息" in answer.locator("blockquote").inner_text()
    assert page.evaluate("() => document.activeElement.className") == "question"
    page.screenshot(path=SHOTS / f"{name}-answer.png")
    page.locator("#q").fill("那企业呢？")
    page.keyboard.press("Enter")
    page.locator("article.turn").nth(1).locator(".number").wait_for()
    assert "商业企业" in page.locator("article.turn").nth(1).inner_text()
    answer.locator(".sources a").nth(0).click()
    cell = page.locator("td#mark")
    cell.wait_for()
    assert cell.inner_text() == "5"
    assert cell.is_visible()
    box = cell.bounding_box()
    assert box
    assert 0 <= box["y"] <= page.viewport_size["height"]
    page.screenshot(path=SHOTS / f"{name}-cell.png")
    page.go_back()


@pytest.mark.browser
@browser_only
def test_choices_and_suggestions_are_clicked(view, server: Server) -> None:  # type: ignore[no-untyped-def]
    name, page = view
    page.goto(server.url)
    page.locator("#q").fill("结果纠正的有几件")
    page.locator("#ask button[type=submit]").click()
    turn = page.locator("article.turn").nth(0)
    turn.locator(".chip", has_text="行政诉讼结果纠正").click()
    page.locator("article.turn").nth(1).locator(".number").wait_for()
    page.screenshot(path=SHOTS / f"{name}-choices.png")
    page.locator("article.turn").nth(1).locator(".next .chip").nth(0).click()
    page.locator("article.turn").nth(2).wait_for()


@pytest.mark.browser
@browser_only
def test_nothing_is_wider_than_a_phone(view, server: Server) -> None:  # type: ignore[no-untyped-def]
    name, page = view
    report = json.loads(get(f"{server.url}/api/reports")[1])["reports"][0]["report_id"]
    for path in ("/", "/?q=不予公开的各种情形分别多少", "/reports", f"/reports/{report}"):
        page.goto(server.url + path)
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"), (name, path)
        page.screenshot(path=SHOTS / f"{name}-{re.sub('[^a-z]', '', path) or 'root'}.png")


@pytest.mark.browser
@browser_only
def test_without_javascript_the_form_still_answers(browser, server: Server) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url)
    page.locator("#q").fill("2019年收到多少件申请")
    page.locator("#q").press("Enter")
    assert "5" in page.locator(".number").inner_text()
    page.locator("#q").fill("其中自然人多少")
    page.locator("#q").press("Enter")
    assert "自然人" in page.locator(".text").inner_text()
    context.close()


@pytest.mark.browser
@browser_only
def test_a_dead_server_keeps_the_question(browser, server: Server) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page()
    page.goto(server.url)
    page.route("**/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.locator("#q").fill("2019年收到多少件申请")
    page.locator("#q").press("Enter")
    page.locator("#status .retry").wait_for()
    assert page.locator("#q").input_value() == "2019年收到多少件申请"
    page.unroute("**/")
    page.locator("#status .retry").click()
    page.locator("article.turn .number").wait_for()
    page.close()
