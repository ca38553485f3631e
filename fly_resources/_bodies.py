"""Read a response's body, but not without end: a broken or hostile peer must not fill the memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import httpx

from fly_resources._operations import find
from fly_resources.errors import DecodeError

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A list of all machines of a large organisation is about a tenth of this.
MAX_BODY: Final = 64 * 2**20
#: What of the body of a failure is kept; none of the service's is longer than some KiB.
MAX_FAILED: Final = 2**20
#: These speak of the body as it was sent; what is kept is decoded.
_OF_THE_WIRE: Final = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})


def read_whole(request: httpx.Request, response: httpx.Response) -> httpx.Response:
    """Return the response with its body read and decoded; of a failure, the beginning is enough.

    Raises:
        DecodeError: A success is longer than `MAX_BODY`.
        httpx.DecodingError: It is compressed twice or more: a few bytes could become any number.
        httpx.TransportError: The body broke off.
    """
    if _is_here(response):
        return response
    parts: list[bytes] = []
    room = _room(request, response)
    for part in response.iter_bytes():
        parts.append(part)
        room -= len(part)
        if room < 0:
            break
    return _whole(request, response, parts, cut=room < 0)


async def aread_whole(request: httpx.Request, response: httpx.Response) -> httpx.Response:
    """Return the response with its body read; see `read_whole`."""
    if _is_here(response):
        return response
    parts: list[bytes] = []
    room = _room(request, response)
    async for part in response.aiter_bytes():
        parts.append(part)
        room -= len(part)
        if room < 0:
            break
    return _whole(request, response, parts, cut=room < 0)


def _is_here(response: httpx.Response) -> bool:
    """Whether the transport has handed it over in memory, and short enough: nothing is left to guard."""
    try:
        return len(response.content) <= MAX_FAILED
    except httpx.ResponseNotRead:
        return False


def _room(request: httpx.Request, response: httpx.Response) -> int:
    if len(response.headers.get_list("content-encoding", split_commas=True)) > 1:
        raise httpx.DecodingError("the body is compressed more than once", request=request)
    return MAX_BODY if response.is_success else MAX_FAILED


def _whole(
    request: httpx.Request, response: httpx.Response, parts: Sequence[bytes], *, cut: bool
) -> httpx.Response:
    content = b"".join(parts)
    if cut and response.is_success:
        path = request.url.raw_path.partition(b"?")[0].decode("ascii")
        target = find(request.method, path)
        raise DecodeError(
            f"{request.method} {path} answered {response.status_code}, with a body of more than "
            f"{MAX_BODY // 2**20} MiB. Reading stopped there; narrow the request, or look what answers it.",
            method=request.method,
            route=target.operation.route if target else path,
            status=response.status_code,
            body=b"",
        )
    headers = [(name, value) for name, value in response.headers.raw if name.lower() not in _OF_THE_WIRE]
    return httpx.Response(
        response.status_code,
        headers=headers,
        content=content[:MAX_FAILED] if cut else content,
        extensions=response.extensions,
    )
