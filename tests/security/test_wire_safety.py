"""The token goes to the API's own address only, over TLS that cannot be switched off by accident."""

from __future__ import annotations

import inspect
import json
import logging
import socket
import ssl
import threading
from typing import TYPE_CHECKING

import httpx
import pytest
from fly_machines.api.apps import apps_get
from fly_machines.api.secrets import secrets_update
from fly_machines.models import UpdateAppSecretsRequest
from hypothesis import given
from hypothesis import strategies as st

from fly_resources import App, AsyncFly, Fly, FlySecret, RetryPolicy, errors
from fly_resources._http.address import find_base_url
from fly_resources._wire.transports import inner_transports
from fly_resources.testing import FlySimulator
from tests.flows.pems import chain_pem, key_pem
from tests.security.canaries import TOKEN, Seen, holds_a_secret, secret
from tests.security.conftest import Between, connected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Addresses, and whether plain http may be used for them.
ADDRESSES = {
    "http://localhost": True,
    "http://localhost:4280": True,
    "http://LOCALHOST/": True,
    "http://127.0.0.1:8080/v1": True,
    "http://127.9.9.9": True,
    "http://[::1]:80": True,
    "http://_api.internal:4280": True,
    "http://my-app.internal": True,
    "http://iad.my-app.INTERNAL": True,
    "http://[fdaa:0:1::3]:4280": True,
    "http://api.machines.dev": False,
    "http://localhost.evil.example": False,
    "http://localhost@evil.example": False,
    "http://127.0.0.1@evil.example": False,
    "http://127.0.0.1:80@evil.example": False,
    "http://127.0.0.1.evil.example": False,
    "http://evil.example/.internal": False,
    "http://evil.example?.internal": False,
    "http://evil.example#.internal": False,
    "http://evil.example\\.internal": False,
    "http://evil.example%2f.internal": False,
    "http://evil.example%23.internal": False,
    "http://evil.example%00.internal": False,
    "http://internal": False,
    "http://.internal": False,
    "http://evilinternal": False,
    "http://evil.internal.": False,
    "http://evil.internal.example": False,
    "http://fdaa.evil.example": False,
    "http://fdaa:80": False,
    "http://[fdab::1]": False,
    "http://[2001:db8::fdaa]": False,
    "http://0x7f.1": False,
    "http://2130706433": False,
    "http://127.1": False,
    "http://0.0.0.0": False,
    "http://10.0.0.1": False,
    "http://169.254.169.254": False,
    "http://\u2460\u2461\u2466.0.0.1": False,
    "http://\uff11\uff12\uff17.0.0.1": False,
    "http://loc\u0430lhost": False,
    "http://xn--evil.internal": False,
    "http://localhost\n.evil.example": False,
    "http://localhost\x00": False,
    "http://": False,
    "http:///v1": False,
    "//localhost": False,
    "localhost:4280": False,
    "ftp://localhost": False,
    "file:///etc/passwd": False,
    "javascript:alert(1)": False,
    "HTTP://EVIL.EXAMPLE": False,
    "": True,  # as if none were given
}


@pytest.mark.parametrize("source", ["argument", "variable"])
@pytest.mark.parametrize(("address", "allowed"), ADDRESSES.items(), ids=map(ascii, ADDRESSES))
def test_plain_http_is_for_loopback_and_private_addresses(
    address: str,
    allowed: bool,  # noqa: FBT001  # from a table
    source: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if source == "variable":
        if "\x00" in address:
            pytest.skip("no variable can hold it")
        monkeypatch.setenv("FLY_FLAPS_BASE_URL", address)
    given_address = address if source == "argument" else None
    if allowed:
        assert find_base_url(given_address).endswith("/v1")
    else:
        with pytest.raises(errors.ConfigurationError, match="base_url"):
            Fly("t", base_url=given_address)


@given(st.text(max_size=20), st.sampled_from(["http://", "HTTP://", "http:", "http:\\\\", ""]))
def test_no_text_makes_plain_http_to_elsewhere(text: str, scheme: str) -> None:
    try:
        url = httpx.URL(find_base_url(f"{scheme}{text}.example"))
    except errors.ConfigurationError:
        return
    assert url.scheme == "https"


@pytest.mark.parametrize("kind", [Fly, AsyncFly])
def test_tls_is_verified_and_nothing_switches_that_off(
    kind: type[Fly | AsyncFly], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PYTHONHTTPSVERIFY", "SSL_VERIFY", "HTTPX_VERIFY", "NODE_TLS_REJECT_UNAUTHORIZED"):
        monkeypatch.setenv(name, "0")
    for name in ("CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"):
        monkeypatch.setenv(name, "")
    assert not {"ssl", "insecure", "trust_env"} & set(inspect.signature(kind).parameters)
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    for verify in (False, trusting):
        with pytest.raises(errors.ConfigurationError, match="verify"):
            kind("t", verify=verify)
    transports = inner_transports(kind("t")._transport)  # noqa: SLF001  # down to the sockets' settings
    contexts = {each._pool._ssl_context for each in transports if hasattr(each, "_pool")}  # noqa: SLF001  # the same
    (context,) = contexts
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


class Listener:
    """A TLS server with a certificate of nobody's; keeps what it can read."""

    def __init__(self, folder: Path) -> None:
        (folder / "chain.pem").write_text(chain_pem("localhost"))
        (folder / "key.pem").write_text(key_pem())
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(folder / "chain.pem", folder / "key.pem")
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.read: list[bytes] = []
        self.refused = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            try:
                with self._context.wrap_socket(connection, server_side=True) as encrypted:
                    self.read.append(encrypted.recv(1000))
            except OSError:
                self.refused += 1

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    server = Listener(tmp_path)
    yield server
    server.close()


def test_a_server_that_nobody_vouches_for_gets_nothing(listener: Listener) -> None:
    with (
        Fly(TOKEN, base_url=f"https://localhost:{listener.port}", retry=RetryPolicy(attempts=1)) as fly,
        pytest.raises(errors.NotSentError, match=r"(?i)certificate"),
    ):
        fly.read(App("web"))
    assert listener.refused == 1
    assert listener.read == []


class Elsewhere(Between):
    """Points to another place."""

    def __init__(self, sim: FlySimulator, status: int, location: str) -> None:
        super().__init__(sim.transport())
        self._status = status
        self._location = location

    def change(self, request: httpx.Request, response: httpx.Response) -> httpx.Response:
        return httpx.Response(self._status, headers={"location": self._location})


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 307, 308])
@pytest.mark.parametrize(
    "location",
    ["https://evil.example/", "//evil.example", "http://api.machines.dev/v1/apps/web", "/v1/apps/web"],
)
def test_a_redirect_is_an_error_and_not_followed(
    kind: type[Fly | AsyncFly], sim: FlySimulator, status: int, location: str
) -> None:
    wire = Elsewhere(sim, status, location)
    with connected(kind, sim, transport=wire) as api, pytest.raises(errors.RedirectedError) as caught:
        api.read(App("web"))
    assert "not followed" in str(caught.value)
    assert len(wire.requests) == 1


def test_a_redirect_is_not_followed_either_when_the_http_client_is_told_to(sim: FlySimulator) -> None:
    wire = Elsewhere(sim, 302, "https://evil.example/")
    with Fly("t", transport=wire) as fly, pytest.raises(errors.RedirectedError):
        fly.sdk.get_httpx_client().get("/apps/web", follow_redirects=True)
    assert [request.url.host for request in wire.requests] == ["api.machines.dev"]


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/v1/apps",
        "http://api.machines.dev/v1/apps",
        "https://api.machines.dev:444/v1/apps",
        "https://api.machines.dev.evil.example/v1/apps",
        "https://user@evil.example",
    ],
)
def test_another_address_never_gets_the_token(sim: FlySimulator, url: str) -> None:
    wire = Between(httpx.MockTransport(lambda _: httpx.Response(200)))
    with Fly(TOKEN, transport=wire) as fly:
        fly.sdk.get_httpx_client().get(url)
    [request] = wire.requests
    assert "authorization" not in request.headers


def test_variables_for_proxies_and_a_netrc_change_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login user password other\ndefault login user password other\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
        monkeypatch.setenv(name.lower(), "http://127.0.0.1:9")
    sim = FlySimulator()
    sim.tokens = [TOKEN]
    with sim.serve() as server, Fly(TOKEN, base_url=server.url, retry=RetryPolicy(attempts=1)) as fly:
        assert fly.read(App("web")) is None
    assert {each.operation for each in sim.requests} == {"Apps_show"}


@pytest.mark.parametrize("kind", [Fly, AsyncFly])
def test_on_a_real_connection_no_log_holds_a_secret(
    kind: type[Fly | AsyncFly], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sim = FlySimulator()
    seen = Seen()
    with sim.serve() as server:
        from tests.flows.conftest import Api  # noqa: PLC0415  # needs a virtual clock elsewhere

        api = Api(kind(TOKEN, base_url=server.url), sim, None)  # type: ignore[arg-type]  # time is real here
        api.ensure(App("web"), FlySecret("web", "K", secret("wire")))
        api.close()
    seen.logs(caplog)
    assert any(what == "log of httpcore.http11" for what, _ in seen.texts)
    assert seen.leaks() == []


def test_plain_values_through_the_sdk_are_masked_in_errors_too() -> None:
    value = secret("sdk").reveal()

    def echo(request: httpx.Request) -> httpx.Response:
        return httpx.Response(400, json={"error": f"cannot use {request.content.decode()}"})

    with Fly(TOKEN, transport=httpx.MockTransport(echo)) as fly, pytest.raises(errors.ApiError) as caught:
        secrets_update.sync(
            "web", client=fly.sdk, body=UpdateAppSecretsRequest.from_dict({"values": {"K": value}})
        )
    seen = Seen()
    seen.error(caught.value)
    assert "cannot use" in str(caught.value)
    assert seen.leaks() == []


def test_what_the_service_says_cannot_steer_a_terminal() -> None:
    said = "first\x1b[2J\r\nsecond\x07 \ud800 \u202e third"
    answer = httpx.Response(400, content=json.dumps({"error": said}).encode())
    with (
        Fly("t", transport=httpx.MockTransport(lambda _: answer)) as fly,
        pytest.raises(errors.ApiError, match=r"first \[2J second third") as caught,
    ):
        apps_get.sync("web", client=fly.sdk)
    assert str(caught.value).isprintable()
    assert not holds_a_secret(str(caught.value))
