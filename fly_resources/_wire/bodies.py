"""Read a response's body within limits: a broken or hostile peer must not fill the memory."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Final

import httpx

from fly_resources._wire.operations import route_of
from fly_resources.errors import DecodeError

if TYPE_CHECKING:
    from typing import NoReturn

#: A list of all machines of a large organisation is about a tenth of this.
MAX_BODY: Final = 64 * 2**20
#: How much of an error's body is kept; the service's own are a few KiB.
MAX_FAILED: Final = 2**20
#: Values that the JSON of a success may hold: parsed, the smallest take 30 times their bytes. A list of all
#: machines of a large organisation holds about a tenth of this.
MAX_VALUES: Final = 2 * 10**6
#: The only coding that is asked for and unpacked, beside none at all. It unpacks to 1,032 times its size at
#: most, and in steps; of others (br, zstd), some bytes become gigabytes before anyone can count them.
CODING: Final = "gzip"
_ASKED_FOR: Final = frozenset({CODING, "identity"})
#: How much is unpacked at once.
_STEP: Final = 2**18
#: These speak of the body as it was sent; what is kept is decoded.
_OF_THE_WIRE: Final = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})


def ask_for_bounded(request: httpx.Request) -> None:
    """Let a request accept only what `read_whole` unpacks, whatever httpx could unpack."""
    if request.headers.get("accept-encoding") not in _ASKED_FOR:
        request.headers["accept-encoding"] = CODING


def with_body(response: httpx.Response, content: bytes) -> httpx.Response:
    """Return the response with this body, without the headers that speak of the one that was sent."""
    headers = [(name, value) for name, value in response.headers.raw if name.lower() not in _OF_THE_WIRE]
    return httpx.Response(
        response.status_code, headers=headers, content=content, extensions=response.extensions
    )


def content_of(request: httpx.Request) -> bytes:
    """Return the body of a request, or nothing if it was not read or could not be made."""
    try:
        return request.content
    except httpx.RequestNotRead:
        return b""


def read_whole(request: httpx.Request, response: httpx.Response) -> httpx.Response:
    """Return the response with its body read and decoded; for an error, only the beginning.

    Raises:
        DecodeError: A success is longer than `MAX_BODY`, or holds more than `MAX_VALUES`.
        httpx.DecodingError: A success is in a coding that was not asked for, or breaks it.
        httpx.TransportError: The body broke off.
    """
    if _is_here(response):
        return response
    body = _Body(request, response)
    for part in response.iter_bytes() if _is_read(response) else response.iter_raw():
        if body.add(part):
            break
    return body.whole()


async def aread_whole(request: httpx.Request, response: httpx.Response) -> httpx.Response:
    """Return the response with its body read; see `read_whole`."""
    if _is_here(response):
        return response
    body = _Body(request, response)
    async for part in response.aiter_bytes() if _is_read(response) else response.aiter_raw():
        if body.add(part):
            break
    return body.whole()


def is_streaming(response: httpx.Response) -> bool:
    """Return whether it is a success whose body has not been read."""
    return response.is_success and not _is_read(response)


def _is_read(response: httpx.Response) -> bool:
    """Return whether the transport handed the body over in memory, decoded by httpx."""
    try:
        response.content  # noqa: B018  # raises if it is not there
    except httpx.ResponseNotRead:
        return False
    return True


def _is_here(response: httpx.Response) -> bool:
    """Return whether the body is in memory and short: nothing is left to guard."""
    return _is_read(response) and len(response.content) <= MAX_FAILED


class _Body:
    """Collects the body of one response, unpacked, until there is enough of it."""

    def __init__(self, request: httpx.Request, response: httpx.Response) -> None:
        self._request = request
        self._response = response
        # hands its buffer over without a copy, and takes a million small parts
        self._kept = io.BytesIO()
        self._room = MAX_BODY if response.is_success else MAX_FAILED
        named = response.headers.get_list("content-encoding", split_commas=True)
        codings = [] if _is_read(response) else [name.strip().lower() for name in named]
        codings = [name for name in codings if name not in {"", "identity"}]
        self._unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if codings == [CODING] else None
        self._refused = "" if codings in ([], [CODING]) else _why_refused(codings)

    def add(self, part: bytes) -> bool:
        """Add a part, and return whether that is enough."""
        if not part:
            return False
        if self._refused:
            return self._lost(self._refused)
        if self._unpack is None:
            return self._keep(part)
        enough = False
        while part and not enough:
            try:
                unpacked = self._unpack.decompress(part, _STEP)
            except zlib.error:
                return self._lost("not the gzip that its headers say")
            part = self._unpack.unconsumed_tail
            enough = self._keep(unpacked) or self._unpack.eof  # what follows its end does not belong to it
        return enough

    def whole(self) -> httpx.Response:
        """Return the response with what was kept as its body."""
        response = self._response
        if response.is_success:
            self._check()
        return with_body(response, self._kept.getvalue())

    def _keep(self, part: bytes) -> bool:
        self._room -= len(part)
        self._kept.write(part[: self._room] if self._room < 0 else part)
        return self._room < 0

    def _check(self) -> None:
        if self._room < 0:
            self._refuse(f"a body of more than {MAX_BODY // 2**20} MiB, which was not read further")
        if self._unpack is not None and self._kept.tell() and not self._unpack.eof:
            self._lost("truncated gzip")
        if self._kept.tell() > MAX_FAILED:
            content = self._kept.getvalue()
            if sum(content.count(sign) for sign in (b",", b"[", b"{")) > MAX_VALUES:
                self._refuse(f"more than {MAX_VALUES:,} values, which were not parsed")

    def _lost(self, what: str) -> bool:
        """Give up on the body: an error for a success; an error response still has its status."""
        if self._response.is_success:
            raise httpx.DecodingError(f"the body is {what}", request=self._request)
        return True

    def _refuse(self, what: str) -> NoReturn:
        route, path = route_of(self._request)
        raise DecodeError(
            f"{self._request.method} {path} answered {self._response.status_code}, with {what}; narrow the "
            "request, or check what answers it.",
            method=self._request.method,
            route=route,
            status=self._response.status_code,
            body=b"",
        )


def _why_refused(codings: list[str]) -> str:
    if len(codings) > 1:
        return "compressed more than once"
    return f"in the coding {codings[0][:60]!r}, which was not asked for"
