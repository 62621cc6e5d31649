"""Flows in real Chromium on a desktop and a phone, without the encoder: charts, copying, figures, comparing, the widget in a portal, axe-core."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from service.accounts import Accounts
from service.app import create_app
from service.config import Settings
from tests.conftest import ROOT, HashEncoder
from tests.test_web import gold, world_home

__all__ = ["world_home"]  # a fixture shared with the tests without a browser

CHROMIUM = shutil.which("chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SHOTS = ROOT / "build" / "screenshots"
PASSWORD = "correct horse battery"  # noqa: S105
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]

PORTAL = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>门户</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self' {site}; frame-src {site}; style-src 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><h1>某局门户</h1><p>正文</p>{scripts}</body></html>"""


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Another site on 127.0.0.1: its address and its folder."""
    folder = tmp_path_factory.mktemp("portal")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", folder
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def site(world_home: Path, encoder: HashEncoder, portal: tuple[str, Path]) -> Iterator[str]:
    """The service, served on a free port of 127.0.0.1."""
    Accounts(world_home).add("小王", PASSWORD)
    app = create_app(Settings(home=world_home, origins=portal[0]), encoder)
    app.extensions["nianbao"].warm_up()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    app.extensions["nianbao"].index().close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(params=SIZES)
def page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page of one size; an error or a violated policy in its console fails the test."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(8000)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda m: wrong.append(m.text) if m.type == "error" and "favicon" not in m.location.get("url", "") else None)
    opened.kind, opened.wrong = request.param, wrong
    yield opened
    context.close()
    assert not wrong


def shot(page: Any, name: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}-{page.kind}.png", full_page=True)


def ask(page: Any, question: str, answers: int = 1) -> Any:
    page.fill("#q", question)
    page.click("#ask button[type=submit]")
    turn = page.locator(f"article.turn >> nth={answers - 1}")
    turn.wait_for()
    return turn


def test_a_trend_is_drawn_with_its_numbers_beside_it(page: Any, site: str) -> None:
    page.goto(site)
    turn = ask(page, "云溪市教育局近三年收到多少件申请")
    turn.locator("canvas").wait_for()
    turn.locator(".chart-data summary").click()
    rows = turn.locator(".chart-data tbody tr").all_inner_texts()
    assert rows == [f"{y}年\t{gold('云溪市教育局', y, 'requests.received')}" for y in (2022, 2023, 2024)]
    shot(page, "trend")


def test_the_chart_library_is_fetched_with_the_first_chart_only(page: Any, site: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda r: fetched.append(r.url))
    page.goto(site)
    ask(page, "云溪市教育局2024年收到多少件申请")
    assert not [u for u in fetched if "chart.umd" in u]
    assert all(u.startswith(site) for u in fetched)  # nothing from anywhere else
    ask(page, "近三年收到多少件申请", 2).locator("canvas").wait_for()
    assert [u for u in fetched if "chart.umd" in u]


def test_focus_goes_to_the_new_answer(page: Any, site: str) -> None:
    page.goto(site)
    ask(page, "云溪市教育局2024年收到多少件申请")
    assert "云溪市教育局2024年" in page.evaluate("document.activeElement.textContent")


def test_an_answer_is_copied_as_text_and_as_a_table(page: Any, site: str) -> None:
    page.goto(site)
    turn = ask(page, "云溪市教育局和碧原市教育局2024年各收到多少件申请")
    turn.get_by_role("button", name="复制文字").click()
    page.locator("#status", has_text="已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("问：云溪市教育局和碧原市教育局2024年各收到多少件申请\n答：")
    assert f"{site}/reports/" in copied
    turn.get_by_role("button", name="复制表格").click()
    page.wait_for_timeout(200)
    rows = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert rows[0] == "项目\t数值"
    assert f"云溪市教育局 本年新收政府信息公开申请数量\t{gold('云溪市教育局', 2024, 'requests.received')} 件" in rows


def test_a_verdict_is_sent_with_its_reason(page: Any, site: str) -> None:
    page.goto(site)
    turn = ask(page, "云溪市教育局2024年收到多少件申请")
    turn.get_by_role("button", name="没用").click()
    turn.get_by_label("哪里不对").fill("太简单")
    turn.get_by_role("button", name="发送").click()
    page.locator("#status", has_text="谢谢").wait_for()


def test_a_dead_server_loses_nothing(page: Any, site: str) -> None:
    page.goto(site)
    page.route("**/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.fill("#q", "收到几件申请")
    page.click("#ask button[type=submit]")
    page.locator("#status", has_text="问题已保留").wait_for()
    assert page.input_value("#q") == "收到几件申请"
    page.unroute("**/*")
    page.get_by_role("button", name="再试一次").click()
    page.locator("article.turn").wait_for()
    page.wrong.clear()  # the request that was cut off is told in the console


def test_a_server_that_never_answers_is_given_up_on(page: Any, site: str) -> None:
    page.clock.install()
    page.goto(site)
    page.route("**/*", lambda route: None if route.request.method == "POST" else route.continue_())
    page.fill("#q", "收到几件申请")
    page.click("#ask button[type=submit]")
    page.locator("#status", has_text="正在查找").wait_for()
    page.clock.fast_forward(31_000)
    page.locator("#status", has_text="等了太久没有回应，问题已保留").wait_for()
    assert page.input_value("#q") == "收到几件申请"


def test_a_question_of_300_characters_is_kept_within_the_page(page: Any, site: str) -> None:
    page.goto(site)
    ask(page, "收到几件申请" + "啊" * 294)
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[page.kind][0]


def test_large_text_is_remembered(page: Any, site: str) -> None:
    page.goto(site)
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    usual = page.evaluate(size)
    page.get_by_role("button", name="大字").click()
    assert page.evaluate(size) > 1.25 * usual
    page.goto(f"{site}/reports")
    assert page.evaluate(size) > 1.25 * usual
    assert page.get_by_role("button", name="大字").get_attribute("aria-pressed") == "true"
    shot(page, "large")


def test_nothing_overflows_at_400_percent(browser: Any, site: str) -> None:
    """1280 pixels at 400 % are 320: nothing but a table may scroll sideways."""
    context = browser.new_context(viewport={"width": 320, "height": 600})
    page = context.new_page()
    for path in ("/", "/reports", "/figures", "/compare", "/embed", "/api", "/?q=云溪市教育局近三年收到多少件申请"):
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    context.close()


def test_a_clerk_picks_figures_and_sends_the_address(page: Any, site: str) -> None:
    page.goto(f"{site}/figures")
    page.get_by_label("机关名称含有").fill("教育局")
    page.get_by_role("group", name="年度").get_by_label("2024").check()
    page.get_by_role("button", name="显示").click()
    assert "words=%E6%95%99%E8%82%B2%E5%B1%80" in page.url
    page.get_by_role("link", name="本年新收政府信息公开申请数量").click()
    assert page.locator("th[aria-sort=descending]").count() == 1
    first = (
        page.locator("table.figures >> nth=1").locator("tbody tr").first
        if page.locator("figure.chart").count()
        else page.locator("tbody tr").first
    )
    values = [gold(a, 2024, "requests.received") or 0 for a in ("云溪市教育局", "碧原市教育局", "云溪市望川区教育局")]
    assert str(max(values)) in first.inner_text()
    shot(page, "figures")
    with page.expect_download() as file:
        page.get_by_role("link", name="XLSX").click()
    assert file.value.suggested_filename == "年报数字.xlsx"


def test_two_reports_are_chosen_and_compared(page: Any, site: str) -> None:
    page.goto(f"{site}/reports?words=云溪市教育局")
    page.get_by_label("把 云溪市教育局 2023 作为甲").check()
    page.get_by_label("把 云溪市教育局 2024 作为乙").check()
    page.get_by_role("button", name="比较甲和乙").click()
    assert page.locator("h1").inner_text() == "并排比较"
    assert page.locator("tr.differs").count() > 5
    shot(page, "compare")


# ---------------------------------------------------------------------------------------------------------- embedding


def embed(portal: tuple[str, Path], site: str, scripts: str) -> str:
    (portal[1] / "index.html").write_text(PORTAL.format(site=site, scripts=scripts), "utf-8")
    return f"{portal[0]}/index.html"


def test_a_portal_with_a_strict_policy_asks_in_its_panel(page: Any, site: str, portal: tuple[str, Path]) -> None:
    page.goto(embed(portal, site, f'<script src="{site}/widget.js" data-agency="云溪市教育局" data-title="问年报"></script>'))
    page.get_by_role("button", name="问年报").click()
    frame = page.frame_locator("iframe")
    frame.locator("#q").fill("2024年收到几件申请")
    frame.locator("#ask button[type=submit]").click()
    frame.locator(".number").wait_for()
    assert frame.locator(".number").inner_text().startswith(str(gold("云溪市教育局", 2024, "requests.received")))
    shot(page, "embed")
    if page.kind == "phone":  # the panel fills the screen
        assert page.get_by_role("dialog").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    page.get_by_role("button", name="关闭").click()
    assert page.get_by_role("button", name="问年报").is_visible()
    page.keyboard.press("Enter")  # focus came back to the button
    page.get_by_role("button", name="关闭").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="问年报").wait_for()


def test_two_widgets_and_the_portals_own_styles_do_no_harm(page: Any, site: str, portal: tuple[str, Path]) -> None:
    (portal[1] / "wild.css").write_text("*{color:red!important;font-size:40px!important;position:static!important}", "utf-8")
    scripts = '<link rel="stylesheet" href="wild.css">' + "".join(
        f'<script src="{site}/widget.js" data-title="问年报{n}" data-position="{p}"></script>' for n, p in ((1, "right"), (2, "left"))
    )
    page.goto(embed(portal, site, scripts))
    for n in (1, 2):
        button = page.get_by_role("button", name=f"问年报{n}")
        assert button.evaluate("e => getComputedStyle(e).position") == "fixed"
        assert float(button.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) < 30
    assert page.evaluate("Object.keys(window).filter(k => /nianbao/i.test(k))") == []


def test_an_origin_that_is_not_named_sees_no_panel(browser: Any, site: str, tmp_path: Path) -> None:
    """``localhost`` is another origin than ``127.0.0.1``: the policy keeps the panel out of its frame."""
    context = browser.new_context()
    page = context.new_page()
    address = site.replace("127.0.0.1", "localhost")
    page.route("http://stranger.test/", lambda r: r.fulfill(content_type="text/html", body=f'<iframe src="{address}/embed"></iframe>'))
    page.goto("http://stranger.test/")
    page.wait_for_timeout(500)
    assert page.frame_locator("iframe").locator("#q").count() == 0
    context.close()


def examples(document: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs" / document).read_text("utf-8"), re.S)


def test_what_the_documentation_tells_to_paste_works(page: Any, site: str, portal: tuple[str, Path]) -> None:
    button, frame = (
        e.replace("https://nianbao.example.gov.cn", site).replace("某某县人民政府办公室", "云溪市教育局")
        for e in examples("embedding.md", "html")
    )
    page.goto(embed(portal, site, button + frame))
    page.frame_locator("iframe[title=问年报]").first.locator("#q").wait_for()
    page.get_by_role("button", name="问年报").click()
    page.get_by_role("dialog").get_by_role("button", name="关闭").wait_for()
    (portal[1] / "own.html").write_text("<!doctype html><title>x</title>", "utf-8")  # a page without a policy of its own
    page.goto(f"{portal[0]}/own.html")
    code = examples("embedding.md", "js")[0].replace("https://nianbao.example.gov.cn", site).replace("2019年收到", "云溪市教育局2019年收到")
    answer = page.evaluate(f"async () => {{ {code}; return answer; }}")
    assert answer["figures"][0]["value"] == gold("云溪市教育局", 2019, "requests.received")


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_what_the_api_document_tells_to_run_works(site: str, tmp_path: Path) -> None:
    for block in examples("api.md", "sh"):
        done = subprocess.run(
            ["sh", "-ec", block.replace("http://127.0.0.1:8000", site)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert '"detail"' not in done.stdout
    assert (tmp_path / "figures.csv").read_text("utf-8-sig").startswith("机关,年份")


# ------------------------------------------------------------------------------------------------------ accessibility


def states(site: str) -> dict[str, Callable[[Any], None]]:
    """Every page and state that a reader meets."""

    def at(path: str) -> Callable[[Any], None]:
        return lambda page: page.goto(site + path)

    def asked(question: str) -> Callable[[Any], None]:
        def act(page: Any) -> None:
            page.goto(site)
            ask(page, question)
            page.wait_for_timeout(300)

        return act

    def of_report(page: Any) -> None:
        page.goto(f"{site}/reports?words=云溪市教育局")
        page.locator("table.list tbody a").first.click()

    def signed_in(page: Any) -> None:
        page.goto(f"{site}/staff/sign-in")
        page.get_by_label("用户名").fill("小王")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.locator("h1", has_text="工作人员").wait_for()

    return {
        "start": at("/"), "panel": at("/embed?agency=云溪市教育局"), "reports": at("/reports"), "figures": at("/figures?words=教育局&year=2024"),
        "compare": at("/compare"), "api": at("/api"), "missing": at("/reports/nosuch"), "report": of_report,
        "figure": asked("云溪市教育局2024年收到多少件申请"), "trend": asked("云溪市教育局近三年收到多少件申请"), "choice": asked("教育局收到几件申请"),
        "sign-in": at("/staff/sign-in"), "staff": signed_in, "unknown": asked("火星市教育局收到几件申请"), "refused": asked("我的身份证是110101199003078515"),
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(states("")))
def test_axe_finds_nothing(browser: Any, site: str, name: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for width, height in SIZES.values():
        context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
        page = context.new_page()
        states(site)[name](page)
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
        assert not found.response["violations"], found.generate_report()
        assert re.search(r"\S", page.title())
        context.close()


def test_everything_is_reached_by_the_keyboard(browser: Any, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/?q=云溪市教育局2024年收到多少件申请")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("(e => e.id || e.dataset.copy || e.dataset.rate || e.textContent.trim().slice(0, 8))(document.activeElement)")
        )
    wanted = {"q", "text", "up", "down", "fresh", "print", "提问", "报告", "数字", "大字"}
    assert wanted <= reached, wanted - reached
    context.close()
