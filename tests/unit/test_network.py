"""The way to the network: proxies, certificates, addresses and sockets, as the environment has them."""

from __future__ import annotations

import asyncio
import contextlib
import socketserver
import threading
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fly_machines.api.apps import apps_get
from fly_machines.api.volumes import volumes_create
from fly_machines.models import CreateVolumeRequest

from fly_resources import App, AsyncFly, Fly
from fly_resources._http.network import find_network
from fly_resources.errors import ConfigurationError, NotSentError
from fly_resources.testing import VirtualClock
from tests.unit.fakes import Script

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

API = "https://api.machines.dev/v1"
_VARIABLES = ("https_proxy", "all_proxy", "http_proxy", "no_proxy")
_OTHERS = (
    "FLY_API_TOKEN",
    "FLY_ACCESS_TOKEN",
    "FLY_FLAPS_BASE_URL",
    "FLY_API_HOSTNAME",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
)


#: httpx 0.27 knows no socks5h, and passes over an SSL_CERT_FILE that is not there.
_SINCE_0_28 = pytest.mark.skipif(httpx.__version__.startswith("0.27"), reason="httpx 0.27 lacks it")


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*_VARIABLES, *(each.upper() for each in _VARIABLES), *_OTHERS):
        monkeypatch.delenv(name, raising=False)


def _proxy(base_url: str = API) -> str | None:
    found = find_network(base_url).proxy
    return None if found is None else str(found.url)


@pytest.mark.parametrize(
    ("variables", "proxy"),
    [
        ({}, None),
        ({"HTTPS_PROXY": "http://a:1"}, "http://a:1"),
        ({"https_proxy": "http://b:1", "HTTPS_PROXY": "http://a:1"}, "http://b:1"),
        ({"ALL_PROXY": "http://c:1"}, "http://c:1"),
        ({"HTTPS_PROXY": "http://a:1", "ALL_PROXY": "http://c:1"}, "http://a:1"),
        ({"HTTPS_PROXY": "a:1"}, "http://a:1"),
        pytest.param({"HTTPS_PROXY": "socks5h://a:1"}, "socks5h://a:1", marks=_SINCE_0_28),
        ({"HTTP_PROXY": "http://a:1"}, None),
        ({"HTTPS_PROXY": ""}, None),
    ],
    ids=str,
)
def test_the_environment_names_the_proxy(
    variables: dict[str, str], proxy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in variables.items():
        monkeypatch.setenv(name, text)

    assert _proxy() == proxy


@pytest.mark.parametrize(
    "base_url",
    [
        "http://localhost:4280/v1",
        "https://localhost/v1",
        "http://127.0.0.1:4280/v1",
        "http://[::1]:4280/v1",
        "http://_api.internal:4280/v1",
        "http://[fdaa::3]:4280/v1",
    ],
)
def test_what_stays_here_or_with_fly_goes_through_no_proxy(
    base_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://a:1")
    monkeypatch.setenv("ALL_PROXY", "http://a:1")

    assert _proxy(base_url) is None


@pytest.mark.parametrize(
    ("no_proxy", "excepted"),
    [
        ("*", True),
        ("api.machines.dev", True),
        ("machines.dev", True),
        (".machines.dev", True),
        ("*.machines.dev", True),
        ("dev", True),
        ("chines.dev", False),
        (".api.machines.dev", False),
        ("API.MACHINES.DEV", True),
        ("a.example, api.machines.dev", True),
        ("a.example api.machines.dev", True),
        ("api.machines.dev:443", True),
        ("api.machines.dev:8443", False),
        ("https://api.machines.dev", True),
        ("10.0.0.0/8", False),
        ("example.com", False),
        (",", False),
    ],
)
def test_no_proxy_excepts_hosts(no_proxy: str, monkeypatch: pytest.MonkeyPatch, *, excepted: bool) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://a:1")
    monkeypatch.setenv("NO_PROXY", no_proxy)

    assert (_proxy() is None) == excepted


def test_no_proxy_knows_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://a:1")
    monkeypatch.setenv("NO_PROXY", "10.0.0.0/8,[2001:db8::1]")

    assert _proxy("https://10.1.2.3/v1") is None
    assert _proxy("https://[2001:db8::1]/v1") is None
    assert _proxy("https://11.1.2.3/v1") == "http://a:1"


@pytest.mark.parametrize("text", ["ftp://a:1", "http://", "http://user:canary-password@[::1"])
def test_a_proxy_that_cannot_be_is_named_and_not_shown(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", text)

    with pytest.raises(ConfigurationError, match="HTTPS_PROXY is not the address of a proxy") as caught:
        Fly("test")
    assert "canary" not in str(caught.value)


def test_a_proxy_of_a_kind_that_needs_a_package_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "socksio", None)
    monkeypatch.setenv("ALL_PROXY", "socks5://a:1")

    with pytest.raises(ConfigurationError, match=r"socks5://a:1 \(ALL_PROXY\).*httpx\[socks\]"):
        Fly("test")


def test_a_transport_of_ones_own_goes_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "ftp://what is this")
    Fly("test", transport=Script(200)).close()


class Refusing(BaseHTTPRequestHandler):
    """A proxy that answers everything with the statuses in turn."""

    statuses: list[int]
    lines: list[str]

    def do_CONNECT(self) -> None:
        self.lines.append(self.requestline)
        self.send_error(self.statuses[min(len(self.lines), len(self.statuses)) - 1])

    def log_message(self, *_: object) -> None:
        """Say nothing."""


#: Not Fly.io: tests may send nothing there, through no proxy either.
ELSEWHERE = "https://machines.example"


@contextlib.contextmanager
def _refusing(*statuses: int) -> Generator[tuple[str, list[str]]]:
    handler = type("Handler", (Refusing,), {"statuses": list(statuses), "lines": []})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://me:canary-password@127.0.0.1:{server.server_address[1]}", handler.lines  # type: ignore[attr-defined]  # see above
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(("status", "sent"), [(407, 1), (403, 1), (503, 4), (502, 4)])
def test_what_a_proxy_refuses_was_never_sent(status: int, sent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    body = CreateVolumeRequest(name="data", region="iad", size_gb=1)
    with _refusing(status) as (url, lines):
        monkeypatch.setenv("HTTPS_PROXY", url)
        with (
            Fly("test", base_url=ELSEWHERE, clock=VirtualClock()) as fly,
            pytest.raises(NotSentError) as caught,
        ):
            volumes_create.sync("shop", client=fly.sdk, body=body)

    assert lines == ["CONNECT machines.example:443 HTTP/1.1"] * sent
    assert not caught.value.maybe_applied
    assert "through the proxy http://127.0.0.1" in str(caught.value)
    assert "(HTTPS_PROXY)" in str(caught.value)
    assert "canary" not in str(caught.value)


def test_a_proxy_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")

    async def ask(url: str) -> object:
        async with AsyncFly("test", base_url=ELSEWHERE, proxy=url, retry=False) as fly:
            return await apps_get.asyncio("shop", client=fly.sdk)

    with _refusing(403) as (url, lines):
        with Fly("test", base_url=ELSEWHERE, proxy=url, retry=False) as fly, pytest.raises(NotSentError):
            apps_get.sync("shop", client=fly.sdk)
        with pytest.raises(NotSentError, match="through the proxy"):
            asyncio.run(ask(url))

    assert len(lines) == 2


# Certificates


@_SINCE_0_28
def test_certificates_that_cannot_be_read_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/no/such/file")

    with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
        Fly("test")


# The address


def test_the_address_of_the_documentation_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLY_API_HOSTNAME", "http://_api.internal:4280")
    assert "base_url='http://_api.internal:4280/v1'" in repr(Fly("test"))

    monkeypatch.setenv("FLY_FLAPS_BASE_URL", "http://localhost:1")
    assert "base_url='http://localhost:1/v1'" in repr(Fly("test"))


def test_a_variable_without_a_scheme_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLY_API_HOSTNAME", "api.machines.dev")

    with pytest.raises(
        ConfigurationError, match=r"base_url \(FLY_API_HOSTNAME\) has no scheme: add https://"
    ):
        Fly("test")


# In a machine


class Socket(BaseHTTPRequestHandler):
    """Answers as the socket of a machine, and keeps the headers that came."""

    seen: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        self.seen.append((self.path, {name.lower(): text for name, text in self.headers.items()}))
        body = b'{"name": "shop"}'
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def _machine_socket(path: Path) -> Generator[list[tuple[str, dict[str, str]]]]:
    handler: Any = type(
        "Handler", (Socket,), {"seen": [], "client_address": ("", 0), "disable_nagle_algorithm": False}
    )
    server = socketserver.ThreadingUnixStreamServer(str(path), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield handler.seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.block_network(allowed_hosts=[".*/api"])
def test_in_a_machine_its_own_socket_needs_no_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLY_API_TOKEN", "canary")
    monkeypatch.setenv("FLY_API_HOSTNAME", "https://elsewhere.example")
    path = tmp_path / "api"

    async def ask() -> str:
        async with AsyncFly.in_machine(str(path)) as fly:
            return str((await apps_get.asyncio("shop", client=fly.sdk)).name)

    with _machine_socket(path) as seen:
        with Fly.in_machine(str(path), owner="me") as fly:
            assert apps_get.sync("shop", client=fly.sdk).name == "shop"
            assert repr(fly) == "Fly(base_url='http://localhost/v1', owner='me')"
        assert asyncio.run(ask()) == "shop"

    assert [address for address, _ in seen] == ["/v1/apps/shop"] * 2
    assert all("authorization" not in headers and headers["host"] == "localhost" for _, headers in seen)


def test_elsewhere_there_is_no_such_socket(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in ("/no/such/socket", str(tmp_path / "file")):
        for kind in (Fly, AsyncFly):
            with pytest.raises(ConfigurationError, match=f"no socket {path}.*not a machine of Fly.io"):
                kind.in_machine(path)


def test_the_app_of_the_machine_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLY_APP_NAME", "shop")
    monkeypatch.delenv("PRIMARY_REGION", raising=False)
    assert App.current() == App("shop")
    assert App.current().primary_region is None

    monkeypatch.setenv("PRIMARY_REGION", "ams")
    assert App.current().primary_region == "ams"

    monkeypatch.delenv("FLY_APP_NAME")
    with pytest.raises(ConfigurationError, match="FLY_APP_NAME is not set"):
        App.current()
