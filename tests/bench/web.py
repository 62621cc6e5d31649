"""How fast the page is in Chromium: interactive under a slowed processor, and drawn after the server's reply.

``python -m tests.bench.web`` serves the shipped report and prints milliseconds (medians of ten); timing is measured here, never asserted in a test.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from service.app import create_app
from service.config import Settings
from tests.conftest import HashEncoder
from tests.evaluate import build_seed
from tests.print_files import FLAGS

ROUNDS = 10
_DRAWN = """async (question) => {
  const log = document.getElementById("log"), box = document.getElementById("q");
  const before = log.children.length;
  box.value = question;
  const drawn = new Promise((done) => new MutationObserver(() => requestAnimationFrame(() => done(performance.now()))).observe(log, { childList: true }));
  document.getElementById("ask").requestSubmit();
  const end = await drawn;
  const reply = performance.getEntriesByType("resource").filter((e) => e.initiatorType === "fetch").at(-1);
  return { drawn: end - reply.responseEnd, turns: log.children.length - before };
}"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        encoder = HashEncoder()
        build_seed(home, encoder)
        app = create_app(Settings(home=home), encoder)
        app.extensions["nianbao"].warm_up()
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        ready, drawn = measure(f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()
    print(f"interactive with the processor slowed four times: {statistics.median(ready):.0f} ms (worst {max(ready):.0f})")
    print(f"answer drawn after the server's reply: {statistics.median(drawn):.1f} ms (worst {max(drawn):.1f})")


def measure(url: str) -> tuple[list[float], list[float]]:
    """Milliseconds until DOMContentLoaded's handlers ran, and from reply to paint."""
    ready, drawn = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for _ in range(ROUNDS):
            context = browser.new_context(bypass_csp=True)
            page = context.new_page()
            slowed = context.new_cdp_session(page)
            slowed.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            page.goto(url)
            ready.append(page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"))
            slowed.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            drawn.append(page.evaluate(_DRAWN, "2019年收到多少件申请")["drawn"])
            context.close()
        browser.close()
    return ready, drawn


if __name__ == "__main__":
    main()
