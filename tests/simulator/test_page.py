"""The page of a served simulator, in a real browser: it shows the world and runs nothing that is in it."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import httpx
import pytest

from fly_resources import App, Certificate, Fly, FlySecret, IpAddress, Machine, Volume
from fly_resources.testing import Fault, FlySimulator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_browser = pytest.mark.skipif(
    BROWSER is None, reason="there is no Chromium: apt-get install chromium (.ci/run does)"
)
XSS = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


@pytest.fixture
def sim() -> FlySimulator:
    """A world with one of everything, and with names that are attacks."""
    sim = FlySimulator()
    app = App("shop", primary_region="iad")
    data = Volume(app, "data")
    with Fly("any-token", transport=sim.transport()) as fly:
        fly.ensure(
            FlySecret(app, "DATABASE_URL", "canary-value"),
            Machine(app, "web", {"image": "nginx:1.27"}, mounts={"/data": data}),
            Certificate(app, "www.example.com"),
            IpAddress(app, "shared_v4"),
        )
    sim.edit_machine(
        "shop", "web", lambda machine: setattr(machine, "config", {**machine.config, "image": XSS})
    )
    sim.faults.add(Fault("status", operation="Machines_create", status=503, times=2))
    return sim


@pytest.fixture
def url(sim: FlySimulator) -> Iterator[str]:
    with sim.serve() as server:
        httpx.get(f"{server.url}/v1/apps/{XSS}", headers={"User-Agent": XSS, "Authorization": "Bearer t"})
        yield f"{server.url}/_simulator/"


def browse(url: str, profile: Path, *options: str) -> str:
    assert BROWSER is not None
    command = [BROWSER, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    command += [f"--user-data-dir={profile}", "--virtual-time-budget=4000", *options, url]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return ran.stdout


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


@needs_browser
def test_it_shows_the_world_and_runs_nothing_that_is_in_it(url: str, tmp_path: Path) -> None:
    html = browse(url, tmp_path, "--dump-dom")

    shown = text_of(html)
    for words in (
        "shop Organisation personal",
        "web",
        "started",
        "iad",
        "ok",
        "data",
        "3 GB",
        "shared_v4",
        "www.example.com",
        "DATABASE_URL",
        "status 503",
        "Machines_create",
        "Apps_show",
        "fly-resources/",
    ):
        assert words in shown, words
    assert "canary" not in html
    assert "<title>Simulated Fly.io</title>" in html
    assert html.count("<script") == 1
    assert "<img" not in html
    assert "&lt;img src=x" in html


class _Framed(BaseHTTPRequestHandler):
    """Serves a page that holds the simulator's in a frame, both from one address, to measure it."""

    simulator = ""
    width = 0

    def do_GET(self) -> None:
        if self.path.startswith("/_simulator/"):
            answer = httpx.get(self.simulator + self.path.removeprefix("/_simulator/"))
            self._send(answer.content, answer.headers["content-type"])
        else:
            frame = f"<iframe src='/_simulator/' style='width:{self.width}px;height:900px;border:0'></iframe>"
            self._send(f"<!doctype html>{frame}<script>{_MEASURE}</script>".encode(), "text/html")

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's signature
        """Stay silent."""


_MEASURE = (
    "addEventListener('load', () => setTimeout(() => {"
    "const page = document.querySelector('iframe').contentDocument.documentElement;"
    "document.title = `${page.scrollWidth} of ${page.clientWidth}`}, 2500))"
)


@needs_browser
@pytest.mark.parametrize("width", [400, 1280])
def test_it_fits_the_window(url: str, tmp_path: Path, width: int) -> None:
    """No browser's window is narrower than 500 px, so the page is put into a frame of that width."""
    handler = type("Framed", (_Framed,), {"simulator": url, "width": width})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        framed = f"http://127.0.0.1:{server.server_port}/"
        html = browse(framed, tmp_path, "--dump-dom", "--window-size=1400,1000")
        server.shutdown()

    scrolls = re.search(r"<title>(\d+) of (\d+)</title>", html)
    assert scrolls is not None, html[:500]
    assert scrolls[1] == scrolls[2]
    assert width - 20 <= int(scrolls[1]) <= width  # less a scroll bar


def test_its_files_allow_no_script_or_style_but_their_own(url: str) -> None:
    for name in ("", "page.js", "page.css"):
        answer = httpx.get(url + name)
        answer.raise_for_status()
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert "innerHTML" not in httpx.get(url + "page.js").text
    assert " style=" not in httpx.get(url).text
