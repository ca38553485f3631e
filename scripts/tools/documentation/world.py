"""The world in which a page's code runs: a simulated Fly.io where the real one would be."""

from __future__ import annotations

import contextlib
import os
import tempfile
from typing import TYPE_CHECKING
from unittest import mock

import httpx

from fly_resources._client import base as _client_base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fly_resources.testing import FlySimulator, VirtualClock

HOST = "api.machines.dev"
ENVIRONMENT = {
    "FLY_API_TOKEN": "FlyV1 fm2_docs",
    "DATABASE_URL": "postgres://shop:password@db.internal/shop",
}


@contextlib.contextmanager
def simulated(simulator: FlySimulator, clock: VirtualClock) -> Iterator[None]:
    """Lead what is sent to Fly.io into `simulator`; any other address is what it is.

    Code in a page looks as a reader would write it: no transport, no clock, a token from the environment.
    """
    transport = simulator.transport()
    over_network = httpx.HTTPTransport.handle_request
    over_network_async = httpx.AsyncHTTPTransport.handle_async_request

    def handle(wire: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        return transport.handle_request(request) if _is_fly(request) else over_network(wire, request)

    async def handle_async(wire: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        if _is_fly(request):
            return await transport.handle_async_request(request)
        return await over_network_async(wire, request)

    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        mock.patch.dict(os.environ, ENVIRONMENT),
        mock.patch.object(httpx.HTTPTransport, "handle_request", handle),
        mock.patch.object(httpx.AsyncHTTPTransport, "handle_async_request", handle_async),
        mock.patch.object(_client_base, "SystemClock", return_value=clock),
    ):
        yield


def _is_fly(request: httpx.Request) -> bool:
    return request.url.host == HOST
