"""An httpx transport that answers from a script, and one way to send for both kinds of client."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs
import httpx

from fly_resources._engine import clock as _clock  # noqa: TC001  # attrs resolves it

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

Mode: TypeAlias = Literal["sync", "async"]
#: What happens to one attempt: a status, an answer, an error on the way, or a body that breaks off.
Step: TypeAlias = "int | httpx.Response | type[httpx.HTTPError] | Broken"
BASE = "https://api.machines.dev/v1"


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that knows whether it was closed, and may break off."""

    def __init__(self, content: bytes, error: type[httpx.HTTPError] | None = None) -> None:
        self._content = content
        self._error = error
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield self._content
        if self._error is not None:
            raise self._error("the connection is gone")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self:
            yield part

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


@attrs.frozen
class Broken:
    """A success whose body breaks off."""

    error: type[httpx.HTTPError] = httpx.ReadError


class Script(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers with the steps in order, the last one for ever; keeps requests, bodies and send times."""

    def __init__(self, *steps: Step, clock: _clock.Clock | None = None) -> None:
        self._steps = steps
        self._clock = clock
        self.requests: list[httpx.Request] = []
        self.contents: list[bytes] = []
        self.bodies: list[Body] = []
        self.times: list[float] = []
        self.closed: list[Mode] = []

    @property
    def sent(self) -> int:
        return len(self.requests)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        # as a real one: what can be iterated only once is gone then
        assert isinstance(request.stream, httpx.SyncByteStream)
        return self._answer(request, b"".join(request.stream))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.AsyncByteStream)
        return self._answer(request, b"".join([part async for part in request.stream]))

    def close(self) -> None:
        self.closed.append("sync")

    async def aclose(self) -> None:
        self.closed.append("async")

    def _answer(self, request: httpx.Request, content: bytes) -> httpx.Response:
        step = self._steps[min(self.sent, len(self._steps) - 1)]
        self.requests.append(request)
        self.contents.append(content)
        if self._clock is not None:
            self.times.append(self._clock.now())
        if isinstance(step, type):
            raise step("made up")
        if isinstance(step, httpx.Response):
            return step
        body = Body(b"{}", step.error if isinstance(step, Broken) else None)
        self.bodies.append(body)
        return httpx.Response(200 if isinstance(step, Broken) else step, stream=body)


def answer(status: int, **headers: str) -> httpx.Response:
    """Return an answer with headers; `retry_after` becomes `retry-after`."""
    return httpx.Response(
        status, headers={name.replace("_", "-"): text for name, text in headers.items()}, content=b"{}"
    )


def send(
    mode: Mode,
    transport: httpx.BaseTransport | httpx.AsyncBaseTransport,
    method: str,
    path: str,
    *,
    content: bytes | None = None,
    extensions: dict[str, object] | None = None,
) -> httpx.Response:
    """Send one request through a plain httpx client of either kind, with nothing of this library around."""
    if mode == "sync":
        assert isinstance(transport, httpx.BaseTransport)
        with httpx.Client(transport=transport, base_url=BASE) as client:
            return client.request(method, path, content=content, extensions=extensions)

    async def run() -> httpx.Response:
        assert isinstance(transport, httpx.AsyncBaseTransport)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            return await client.request(method, path, content=content, extensions=extensions)

    return asyncio.run(run())
