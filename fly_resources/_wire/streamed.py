"""Responses whose body is still on its way: streamed to whoever iterates, whole for whoever reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs
import httpx

from fly_resources._wire.layers import run, run_async

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from fly_resources._wire.layers import Steps

#: Says of a request whether its answer will be iterated. httpx tells transports nothing of it; where this is
#: left out, the answer shows it.
STREAM: Final = "fly_stream"


class StreamedResponse(httpx.Response):
    """A success of which only the head has arrived.

    Iterating yields the parts as they arrive. `read` and `aread`, which httpx calls for everybody who does
    not stream, get all of it by `finish`, which may send the request again.
    """

    def __init__(
        self,
        head: httpx.Response,
        finish: Callable[[httpx.Response], Steps[httpx.Response]],
    ) -> None:
        """Take over the head and the stream of a response."""
        super().__init__(
            head.status_code, headers=head.headers, stream=head.stream, extensions=head.extensions
        )
        self._finish = finish
        self._is_begun = False

    def read(self) -> bytes:
        """Return the whole body."""
        if self._is_new():
            self._become(run(self._finish(self)))
        return super().read()

    async def aread(self) -> bytes:
        """Return the whole body."""
        if self._is_new():
            self._become(await run_async(self._finish(self)))
        return await super().aread()

    def _is_new(self) -> bool:
        """Return whether nobody has begun with the body."""
        begun, self._is_begun = self._is_begun, True
        return not (begun or self.is_stream_consumed or self.is_closed)

    def _become(self, whole: httpx.Response) -> None:
        """Take over the head and the body of the response that was read whole."""
        self.status_code = whole.status_code
        self.headers = whole.headers
        self.extensions.update(whole.extensions)
        self.stream = whole.stream
        self.is_closed = self.is_stream_consumed = False


@attrs.define(eq=False)
class PassedOn(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that is passed on part by part, sync or async as the one in it is."""

    _inner: Any

    def __iter__(self) -> Iterator[bytes]:
        """Iterate over the parts."""
        try:
            for part in self._inner:
                self._check()
                yield part
        except Exception as error:  # whatever a transport raises
            if (other := self._explain(error)) is None:
                raise
        else:
            return
        raise other  # here, so that the traceback shows the original error only if it is the cause

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Iterate over the parts."""
        try:
            async for part in self._inner:
                self._check()
                yield part
        except Exception as error:  # whatever a transport raises
            if (other := self._explain(error)) is None:
                raise
        else:
            return
        raise other

    def close(self) -> None:
        """Close the wrapped body."""
        self._inner.close()

    async def aclose(self) -> None:
        """Close the wrapped body."""
        await self._inner.aclose()

    def _check(self) -> None:
        """Raise if no further part may be passed on."""

    def _explain(self, error: Exception) -> Exception | None:
        """Return what to raise for an error of the wrapped body; None for the error itself."""
