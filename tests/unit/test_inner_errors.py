"""Whatever an inner transport raises: a FlyError that tells whether the request may have been carried out."""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fly_machines.api.apps import apps_get
from fly_machines.api.volumes import volumes_create
from fly_machines.models import CreateVolumeRequest

from fly_resources import App, AsyncFly, Fly, RetryTransport, Volume
from fly_resources.errors import EnsureError, FlyError, NotSentError, OutcomeUnknownError
from fly_resources.testing import FlySimulator, VirtualClock
from tests.unit.fakes import send

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.unit.fakes import Mode

DATA = Volume(App("shop", primary_region="iad"), "data", 1)
SAFE = ("GET", "/apps/shop")
ONCE = ("POST", "/apps/shop/volumes")
#: Each with whether what reads is sent again.
MAYBE_SENT = [
    (httpx.NetworkError("x"), True),
    (httpx.ProtocolError("x"), True),
    (httpx.TransportError("x"), True),
    (httpx.TimeoutException("x"), True),
    (httpx.RequestError("x"), True),
    (httpx.HTTPError("x"), True),
    (httpx.ReadError("x"), True),
    (OSError("x"), True),
    (ConnectionResetError("x"), True),
    (TimeoutError("x"), True),
    (ssl.SSLError("x"), True),
    (RuntimeError("Event loop is closed"), False),
    (ValueError("x"), False),
    (KeyError("x"), False),
    (StopIteration("x"), False),
    (AssertionError("x"), False),
    (httpx.StreamError("x"), False),
    (httpx.StreamConsumed(), False),
    (httpx.CookieConflict("x"), False),
    (httpx.InvalidURL("x"), False),
    (httpx.TooManyRedirects("x"), False),
]
#: Each with whether it is sent again, whatever it is.
UNSENT = [
    (httpx.ConnectError("x"), True),
    (httpx.ConnectTimeout("x"), True),
    (httpx.PoolTimeout("x"), True),
    (httpx.UnsupportedProtocol("x"), False),
    (httpx.LocalProtocolError("x"), False),
    (httpx.ProxyError("503 Service Unavailable"), True),
    (httpx.ProxyError("502 Bad Gateway"), True),
    (httpx.ProxyError("429 Too Many Requests"), True),
    (httpx.ProxyError("407 Proxy Authentication Required"), False),
    (httpx.ProxyError("403 Forbidden"), False),
]


class Raising(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Raises the errors in turn, the last one for ever; None passes on to a simulator."""

    def __init__(self, *errors: Exception | None) -> None:
        self._errors = errors
        self._inner = FlySimulator().transport()
        self.sent = 0

    def _next(self) -> None:
        self.sent += 1
        error = self._errors[min(self.sent, len(self._errors)) - 1]
        if error is not None:
            raise error

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._next()
        return self._inner.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            self._next()
        except StopIteration as error:  # a coroutine cannot raise it
            raise StopAsyncIteration from error
        return await self._inner.handle_async_request(request)


def _call(mode: Mode, transport: Raising, *, write: bool) -> Any:  # noqa: ANN401  # a model
    body = CreateVolumeRequest(name="data", region="iad", size_gb=1)
    settings: dict[str, Any] = {"transport": transport, "clock": VirtualClock()}
    if mode == "sync":
        with Fly("test", **settings) as fly:
            if write:
                return volumes_create.sync("shop", client=fly.sdk, body=body)
            return apps_get.sync("shop", client=fly.sdk)

    async def run() -> object:
        async with AsyncFly("test", **settings) as fly:
            if write:
                return await volumes_create.asyncio("shop", client=fly.sdk, body=body)
            return await apps_get.asyncio("shop", client=fly.sdk)

    return asyncio.run(run())


@pytest.mark.parametrize(("error", "again"), MAYBE_SENT, ids=lambda each: type(each).__name__)
def test_what_may_have_been_carried_out_is_of_unknown_outcome(
    mode: Mode, error: Exception, *, again: bool
) -> None:
    transport = Raising(error)
    with pytest.raises(OutcomeUnknownError) as caught:
        _call(mode, transport, write=True)

    assert caught.value.maybe_applied
    assert (caught.value.method, caught.value.attempts, transport.sent) == ("POST", 1, 1)
    assert type(error).__name__ in str(caught.value) or "StopAsyncIteration" in str(caught.value)
    assert caught.value.__cause__ is not None

    transport = Raising(error)
    with pytest.raises(OutcomeUnknownError):
        _call(mode, transport, write=False)
    assert transport.sent == (4 if again else 1)


@pytest.mark.parametrize(("error", "again"), UNSENT, ids=str)
def test_what_was_never_sent_says_so(mode: Mode, error: Exception, *, again: bool) -> None:
    for write in (True, False):
        transport = Raising(error)
        with pytest.raises(NotSentError, match="was not sent") as caught:
            _call(mode, transport, write=write)

        assert not caught.value.maybe_applied
        assert caught.value.attempts == transport.sent == (4 if again else 1)


def test_a_proxy_that_comes_back_lets_a_write_through(mode: Mode) -> None:
    busy = httpx.ProxyError("503 Service Unavailable")
    transport = Raising(busy, busy, None)

    with pytest.raises(FlyError):  # of the simulator: there is no such app
        _call(mode, transport, write=True)

    assert transport.sent == 3


def test_a_write_that_may_have_been_sent_once_stays_of_unknown_outcome(mode: Mode) -> None:
    """A PUT by value is sent again: what the last attempt says of itself is not all."""
    transport = RetryTransport(
        Raising(httpx.ReadError("lost"), httpx.ConnectError("down")), clock=VirtualClock()
    )
    request = ("PUT", "/apps/shop/volumes/vol_1/extend")
    with pytest.raises(httpx.ConnectError):
        send(mode, transport, *request)

    settings: dict[str, Any] = {
        "transport": Raising(httpx.ReadError("lost"), httpx.ConnectError("down")),
        "clock": VirtualClock(),
    }
    with Fly("test", **settings) as fly, pytest.raises(OutcomeUnknownError):
        fly.sdk.get_httpx_client().request("PUT", "/apps/shop/machines/1/metadata/a", json={"value": "b"})


def test_a_body_that_cannot_be_made_was_never_sent() -> None:
    def body() -> Iterator[bytes]:
        yield b"{"
        raise ValueError("no more")

    transport = Raising(None)
    with Fly("test", transport=transport) as fly, pytest.raises(NotSentError, match="no more"):
        fly.sdk.get_httpx_client().post("/apps", content=body())

    assert transport.sent == 0


class Losing(Raising):
    """Carries every write out, and raises instead of answering."""

    def __init__(self, sim: FlySimulator, error: Exception) -> None:
        super().__init__(None)
        self._inner = sim.transport()
        self._error = error
        self.lost = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._inner.handle_request(request)
        if request.method == "POST" and request.url.path.endswith("/volumes") and not self.lost:
            self.lost += 1
            raise self._error
        return response


@pytest.mark.parametrize("error", [RuntimeError("closed"), OSError("gone"), httpx.HTTPError("?")], ids=repr)
def test_the_verbs_look_whether_it_was_carried_out(error: Exception) -> None:
    sim = FlySimulator(clock=VirtualClock())
    transport = Losing(sim, error)
    with Fly("test", transport=transport, clock=sim.clock) as fly:
        fly.ensure(DATA)

        assert transport.lost == 1
        assert len(fly.api.volumes.list("shop")) == 1


def test_the_verbs_raise_nothing_else() -> None:
    transport = Raising(KeyError("x"))
    with Fly("test", transport=transport, clock=VirtualClock()) as fly, pytest.raises(FlyError) as caught:
        fly.ensure(DATA)

    assert isinstance(caught.value, OutcomeUnknownError | EnsureError)


def test_what_fails_before_a_byte_is_written_was_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """As tools that block the network do it: they raise while the connection is made."""

    def blocked(*_: object, **__: object) -> None:
        raise RuntimeError("the network is off")

    monkeypatch.setattr("socket.create_connection", blocked)
    with (
        Fly("test", base_url="http://127.0.0.1:9") as fly,
        pytest.raises(NotSentError, match="network is off"),
    ):
        fly.sdk.get_httpx_client().post("/apps", json={})
