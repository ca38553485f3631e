"""The simulator as an httpx transport, for blocking and async clients, without a socket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from fly_resources.testing._exchange import NoAnswerError
from fly_resources.testing._wire import Request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping

    from fly_resources.testing._exchange import Delivery, Service
    from fly_resources.testing._wire import Answer

Headers = list[tuple[str, str]]


class _CutStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """Half of a body, then a broken connection."""

    def __init__(self, content: bytes) -> None:
        self._half = content[: len(content) // 2]

    def __iter__(self) -> Iterator[bytes]:
        yield self._half
        raise self._broken()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._half
        raise self._broken()

    def _broken(self) -> httpx.RemoteProtocolError:
        return httpx.RemoteProtocolError(
            f"peer closed connection without sending complete message body (received {len(self._half)} bytes)"
        )


class SimulatorTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Sends requests to a simulator in this process; one object serves both kinds of clients."""

    def __init__(self, service: Service, headers: Callable[[Answer], Headers]) -> None:
        """Send requests to `service`; `headers` adds the response headers."""
        self._service = service
        self._headers = headers

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a blocking client; waits on the simulator's clock."""
        request.read()
        exchange = self._start(request)
        try:
            while True:
                self._service.clock.sleep(next(exchange))
        except StopIteration as done:
            delivery: Delivery = done.value
            return self._response(delivery, request)
        except NoAnswerError as lost:
            raise _error(lost, request) from None
        finally:
            exchange.close()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer an async client; waits on the simulator's clock."""
        await request.aread()
        exchange = self._start(request)
        try:
            while True:
                await self._service.clock.sleep_async(next(exchange))
        except StopIteration as done:
            delivery: Delivery = done.value
            return self._response(delivery, request)
        except NoAnswerError as lost:
            raise _error(lost, request) from None
        finally:
            exchange.close()

    def _start(self, request: httpx.Request) -> Generator[float, None, Delivery]:
        parsed = Request.parse(
            request.method,
            request.url.raw_path.decode("ascii"),
            request.headers.get("authorization", ""),
            request.headers.get("fly-machine-lease-nonce", ""),
            request.content,
            request.headers.get("user-agent", ""),
        )
        timeouts: Mapping[str, float | None] = request.extensions.get("timeout", {})
        return self._service.exchange(parsed, timeouts.get("read"))

    def _response(self, delivery: Delivery, request: httpx.Request) -> httpx.Response:
        answer = delivery.answer
        headers = self._headers(answer)
        if delivery.cut:
            stream = _CutStream(answer.content)
            return httpx.Response(answer.status, headers=headers, stream=stream, request=request)
        return httpx.Response(answer.status, headers=headers, content=answer.content, request=request)


def _error(lost: NoAnswerError, request: httpx.Request) -> httpx.TransportError:
    if lost.loss == "refused":
        return httpx.ConnectError("[Errno 111] Connection refused", request=request)
    if lost.loss == "reset":
        return httpx.ReadError("[Errno 104] Connection reset by peer", request=request)
    return httpx.ReadTimeout("The read operation timed out", request=request)
