"""Responses whose body is still on its way: streamed to whoever iterates, whole for whoever reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import httpx

from fly_resources._wire.layers import run, run_async

if TYPE_CHECKING:
    from collections.abc import Callable

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
