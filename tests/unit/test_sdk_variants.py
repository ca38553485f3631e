"""`fly.sdk.with_...`: another client of the SDK, which goes the same way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
from fly_machines.api.apps import apps_get

from fly_resources import AsyncFly, Fly
from fly_resources.testing import VirtualClock
from tests.unit.fakes import Script

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines import Client

    from tests.unit.fakes import Mode

_BODY = b'{"id": "a", "name": "web", "status": "deployed", "organization": {"name": "p", "slug": "personal"}}'


def _same(sdk: Client) -> Client:
    return sdk


def _send(mode: Mode, *vary: Callable[[Client], Client]) -> list[httpx.Request]:
    """Get an app through the client as each of `vary` makes it, all from one; then once more as it was."""
    clock = VirtualClock()
    script = Script(httpx.Response(503), httpx.Response(200, content=_BODY), clock=clock)
    if mode == "sync":
        with Fly(token="t0ken", transport=script, clock=clock) as fly:
            for each in (*vary, _same):
                assert apps_get.sync("web", client=each(fly.sdk)).name == "web"
        return script.requests

    async def run() -> None:
        async with AsyncFly(token="t0ken", transport=script, clock=clock) as fly:
            for each in (*vary, _same):
                assert (await apps_get.asyncio("web", client=each(fly.sdk))).name == "web"

    asyncio.run(run())
    return script.requests


def test_another_timeout_is_that_of_its_requests_only(mode: Mode) -> None:
    refused, varied, plain = _send(mode, lambda sdk: sdk.with_timeout(httpx.Timeout(7.0)))
    assert refused is varied  # sent again: it goes through the same retries
    assert varied.extensions["timeout"]["read"] == 7.0
    assert plain.extensions["timeout"]["read"] == 75.0
    assert varied.headers["authorization"] == "Bearer t0ken"


def test_headers_add_up_and_are_those_of_its_requests_only(mode: Mode) -> None:
    _, varied, plain = _send(
        mode,
        lambda sdk: (
            sdk.with_headers({"x-one": "1"}).with_headers({"x-two": "2"}).with_timeout(httpx.Timeout(5))
        ),
    )
    assert (varied.headers["x-one"], varied.headers["x-two"]) == ("1", "2")
    assert varied.extensions["timeout"]["read"] == 5.0
    assert "x-one" not in plain.headers


def test_cookies_are_those_of_its_requests_only(mode: Mode) -> None:
    _, varied, plain = _send(mode, lambda sdk: sdk.with_cookies({"affinity": "here"}))
    assert varied.headers["cookie"] == "affinity=here"
    assert "cookie" not in plain.headers
