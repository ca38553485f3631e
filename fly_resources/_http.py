"""What stands between the verbs and the wire: errors, cookies, and the SDK's client."""

from __future__ import annotations

import functools
import platform
import re
import threading
from typing import TYPE_CHECKING, Any, Final, NoReturn

import httpx
from fly_machines import Client

from fly_resources._address import origin_of
from fly_resources._answers import find_odd, wrap_lease
from fly_resources._bodies import CODING, MAX_FAILED, is_streaming
from fly_resources._failures import from_response
from fly_resources._masking import Masker, masker_for
from fly_resources._operations import find
from fly_resources._streamed import STREAM
from fly_resources._transports import renew_in_children
from fly_resources._version import __version__
from fly_resources.errors import (
    ConfigurationError,
    DecodeError,
    FlyError,
    NotSentError,
    OutcomeUnknownError,
)
from fly_resources.retry import MAYBE_SENT, RetryTransport, parse_retry_after

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping

    from fly_resources._transports import Lifetime

#: Creating can take 17 s (PL-9) and waiting 60 s (WA-2); a client that gives up first learns nothing.
TIMEOUT: Final = httpx.Timeout(75.0, connect=10.0, pool=60.0)
USER_AGENT: Final = (
    f"fly-resources/{__version__} python/{platform.python_version()} httpx/{httpx.__version__}"
)
#: Marks a request whose answer a verb will decide by.
_CAREFUL: Final = "fly_careful"
_OF_THE_BODY: Final = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_IN_HEADER: Final = re.compile(rb"[\t\x20-\x7e]*")
_AFFINITY: Final = re.compile(rb"(fly_flaps_affinity=[A-Za-z0-9_.~+/=-]{1,256})\s*(;.*)?", re.DOTALL)
_COOKIE_PATH: Final = re.compile(rb";\s*path=[^;]*/apps/([a-z0-9-]{1,63})/?\s*(;|$)", re.IGNORECASE)
_APP_PATH: Final = re.compile(rb"/apps/([a-z0-9-]{1,63})(?=[/?]|$)")
#: Of so many apps the cookie is kept; it matters for the first minutes of each.
_MOST_COOKIES: Final = 256


class _Cookies:
    """The one cookie that is kept: it leads to the node that knows a new app first (HD-5).

    All others are dropped before httpx sees them, whose jar sends back whatever it was given: also what
    is too much for a request, or cannot stand in one.
    """

    def __init__(self) -> None:
        self._held: dict[tuple[object, bytes], bytes] = {}
        self._lock = threading.Lock()

    def add(self, request: httpx.Request) -> None:
        """Put the cookie of its app on a request."""
        if not self._held or not (app := _APP_PATH.search(request.url.raw_path)):
            return
        if cookie := self._held.get((origin_of(request.url), app[1])):
            others = request.headers.get("cookie")
            text = cookie.decode("ascii")
            request.headers["cookie"] = f"{others}; {text}" if others else text

    def take(self, request: httpx.Request, response: httpx.Response) -> None:
        """Take all cookies off an answer, and keep the one."""
        if "set-cookie" not in response.headers:
            return
        found = [
            _AFFINITY.fullmatch(text) for name, text in response.headers.raw if name.lower() == b"set-cookie"
        ]
        del response.headers["set-cookie"]
        for cookie in filter(None, found):
            app = _COOKIE_PATH.search(cookie[2] or b"") or _APP_PATH.search(request.url.raw_path)
            if app:
                self._keep((origin_of(request.url), app[1]), cookie[1])

    def renew_lock(self) -> None:
        self._lock = threading.Lock()

    def _keep(self, place: tuple[object, bytes], cookie: bytes) -> None:
        with self._lock:
            self._held.pop(place, None)
            self._held[place] = cookie
            if len(self._held) > _MOST_COOKIES:
                del self._held[next(iter(self._held))]


class ErrorTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The outermost transport: what is no success becomes a `FlyError` before anybody parses it."""

    def __init__(self, inner: RetryTransport, lifetime: Lifetime, *, via: str = "") -> None:
        self._inner = inner
        self._via = via
        self._cookies = _Cookies()
        self.lifetime = lifetime
        renew_in_children(self)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._cookies.add(request)
        try:
            response = self._inner.handle_request(request)
        except FlyError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever a transport raises
            lost = _lost(request, error, self._via)
        else:
            return self._take(request, response)
        raise lost  # out here, so that no traceback shows more of the first error than it may

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._cookies.add(request)
        try:
            response = await self._inner.handle_async_request(request)
        except FlyError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever a transport raises
            lost = _lost(request, error, self._via)
        else:
            return self._take(request, response)
        raise lost  # out here, so that no traceback shows more of the first error than it may

    def _take(self, request: httpx.Request, response: httpx.Response) -> httpx.Response:
        self._cookies.take(request, response)
        if not response.is_closed and is_streaming(response):
            response.stream = _Body(response.stream, request)
            return response
        return _checked(request, response)

    def renew_after_fork(self) -> None:
        self.lifetime.renew_after_fork()
        self._cookies.renew_lock()

    def close(self) -> None:
        if self.lifetime.leave():
            self._inner.close()

    async def aclose(self) -> None:
        if self.lifetime.leave():
            await self._inner.aclose()


class _Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of a streamed answer: it breaks off with a `FlyError`."""

    def __init__(self, inner: httpx.SyncByteStream | httpx.AsyncByteStream, request: httpx.Request) -> None:
        self._inner = inner
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._inner if isinstance(self._inner, httpx.SyncByteStream) else ()
        except FlyError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever a transport raises
            lost = self._broken(error)
        else:
            return
        raise lost

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if not isinstance(self._inner, httpx.AsyncByteStream):
            return
        try:
            async for part in self._inner:
                yield part
        except FlyError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever a transport raises
            lost = self._broken(error)
        else:
            return
        raise lost

    def close(self) -> None:
        if isinstance(self._inner, httpx.SyncByteStream):
            self._inner.close()

    async def aclose(self) -> None:
        if isinstance(self._inner, httpx.AsyncByteStream):
            await self._inner.aclose()

    def _broken(self, error: Exception) -> NotSentError | OutcomeUnknownError:
        self._request.extensions[MAYBE_SENT] = True
        return _lost(self._request, error, "")


def _route(request: httpx.Request) -> tuple[str, str]:
    """Return the route's template and the path as sent, without the query."""
    path = request.url.raw_path.partition(b"?")[0].decode("ascii")
    target = find(request.method, path)
    return (target.operation.route if target else path), path


def _masker(request: httpx.Request) -> Masker:
    try:
        content = request.content
    except httpx.RequestNotRead:  # making it failed
        content = b""
    return masker_for(request.headers.get("authorization", ""), content)


def _lost(request: httpx.Request, error: Exception, via: str) -> NotSentError | OutcomeUnknownError:
    route, path = _route(request)
    attempts = int(request.extensions.get("fly_attempts", 1))
    tried = f"{request.method} {path}" + (f" ({attempts} attempts)" if attempts > 1 else "")
    masker = _masker(request)
    reason = masker.mask(str(error)).rstrip(".")  # a broken answer is quoted there
    what = f"{type(error).__name__}: {reason}" if reason else type(error).__name__
    kind: type[NotSentError | OutcomeUnknownError] = NotSentError
    text = f"{tried} was not sent{via}: {what}. Nothing has changed; check the network and base_url."
    if request.extensions.get(MAYBE_SENT):
        kind = OutcomeUnknownError
        text = f"{tried} was sent, and its answer was lost: {what}. Whether it was carried out is not known."
    lost = kind(text, method=request.method, route=route, attempts=attempts)
    if not any(masker.mask(str(each)) != str(each) for each in _chain(error)):
        lost.__cause__ = error
    return lost


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Go through an error and all that a traceback would show with it."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        yield error
        error = error.__cause__ or error.__context__


def _checked(request: httpx.Request, response: httpx.Response) -> httpx.Response:
    if response.is_success:
        response = _in_envelope(request, response)
        if request.extensions.get(_CAREFUL) and (odd := _find_odd(request, response)):
            raise _undecodable(request, response.status_code, response.content, odd)
        # the generated parser raises what it finds here
        response.extensions["unexpected"] = functools.partial(_undecodable, request)
        return response
    route, path = _route(request)
    header = response.headers.get("retry-after")
    raise from_response(
        status=response.status_code,
        headers=response.headers,
        content=response.content,
        method=request.method,
        route=route,
        path=path,
        attempts=int(response.extensions.get("fly_attempts", 1)),
        retry_after_s=None if header is None else parse_retry_after(header, response.headers.get("date")),
        mask=_masker(request).mask_json,
    )


def _in_envelope(request: httpx.Request, response: httpx.Response) -> httpx.Response:
    """Return an answer with a lease as it was recorded; other answers as they are."""
    if request.method == "DELETE" or not request.url.path.endswith("/lease"):
        return response
    wrapped = wrap_lease(response.content)
    if wrapped is None:
        return response
    # Its length and coding are no longer those of the body.
    kept = {name: value for name, value in response.headers.items() if name not in _OF_THE_BODY}
    return httpx.Response(
        response.status_code, headers=kept, content=wrapped, request=request, extensions=response.extensions
    )


def _find_odd(request: httpx.Request, response: httpx.Response) -> str | None:
    target = find(request.method, request.url.raw_path.partition(b"?")[0].decode("ascii"))
    return find_odd(target.operation.id, response.content) if target else None


def _undecodable(request: httpx.Request, status: int, content: bytes, odd: str = "") -> DecodeError:
    route, path = _route(request)
    return DecodeError(
        f"{request.method} {path} answered {status}, with a body that is not what the API describes"
        f"{f': {odd}' if odd else ''}. A proxy in between, or a newer API? See the error's body.",
        method=request.method,
        route=route,
        status=status,
        body=_masker(request).mask(content[:MAX_FAILED].decode("utf-8", "replace")).encode(),
    )


class _GivenCookies(httpx.Cookies):
    """Those that a caller gave. Answers add none: `ErrorTransport` keeps the one that matters."""

    def extract_cookies(self, response: httpx.Response) -> None:
        """Leave the answer alone: its cookies are gone already, and looking for them takes its time."""


def _bounded(settings: Mapping[str, Any]) -> dict[str, Any]:
    headers = httpx.Headers({"accept-encoding": CODING, "user-agent": USER_AGENT})
    headers.update(settings.get("headers"))
    return {**settings, "headers": headers}


class BlockingHttp(httpx.Client):
    """An httpx client that refuses what cannot become the request that was meant.

    With `careful`, answers are checked for what the verbs rely on.
    """

    careful: bool = False

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  # httpx's own
        super().__init__(**_bounded(settings))
        self._cookies = _GivenCookies(self.cookies.jar)
        self._given = settings
        self._lifetime: Lifetime = settings["transport"].lifetime

    def varied(self, **changes: Any) -> BlockingHttp:  # noqa: ANN401  # the same
        """Return one that differs in its headers, cookies or timeout; connections and limits are shared."""
        return BlockingHttp(**_varied(self, self._given, changes))

    def send(self, request: httpx.Request, *, stream: bool = False, **chosen: Any) -> httpx.Response:  # noqa: ANN401  # httpx's own
        self._lifetime.check()
        request.extensions[STREAM] = stream
        return super().send(request, stream=stream, **chosen)

    def build_request(self, method: str, url: httpx.URL | str, **parts: Any) -> httpx.Request:  # noqa: ANN401  # httpx's own
        request = _build(super().build_request, method, url, parts)
        request.extensions[_CAREFUL] = self.careful
        return request


class AsyncHttp(httpx.AsyncClient):
    """The same, awaited."""

    careful: bool = False

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  # httpx's own
        super().__init__(**_bounded(settings))
        self._cookies = _GivenCookies(self.cookies.jar)
        self._given = settings
        self._lifetime: Lifetime = settings["transport"].lifetime

    def varied(self, **changes: Any) -> AsyncHttp:  # noqa: ANN401  # the same
        return AsyncHttp(**_varied(self, self._given, changes))

    async def send(self, request: httpx.Request, *, stream: bool = False, **chosen: Any) -> httpx.Response:  # noqa: ANN401  # httpx's own
        self._lifetime.check()
        request.extensions[STREAM] = stream
        return await super().send(request, stream=stream, **chosen)

    def build_request(self, method: str, url: httpx.URL | str, **parts: Any) -> httpx.Request:  # noqa: ANN401  # httpx's own
        request = _build(super().build_request, method, url, parts)
        request.extensions[_CAREFUL] = self.careful
        return request


def _varied(
    http: httpx.Client | httpx.AsyncClient, given: Mapping[str, Any], changes: Mapping[str, Any]
) -> dict[str, Any]:
    headers = httpx.Headers(http.headers)
    headers.update(changes.get("headers"))
    cookies: Any = http.cookies.jar
    if "cookies" in changes:
        # of its own, or the first client would send them too
        cookies = httpx.Cookies(http.cookies)
        cookies.update(changes["cookies"])
    timeout = changes.get("timeout", http.timeout)
    return {**given, "headers": headers, "cookies": cookies, "timeout": timeout}


def _build(
    make: Callable[..., httpx.Request], method: str, url: httpx.URL | str, parts: Mapping[str, Any]
) -> httpx.Request:
    segments = url.partition("?")[0].split("/") if isinstance(url, str) and url.startswith("/") else []
    if any(segment in {"", ".", ".."} for segment in segments[1:]):
        # it would address something else: httpx resolves dots, and an empty name is the list of all
        raise ConfigurationError(
            f"{method.upper()} {url}: a name or id in it is empty or only dots. Nothing was sent."
        )
    try:
        request = make(method, url, **parts)
        headers = request.headers.raw
        wrong = ""
        if not _IN_HEADER.fullmatch(b"".join([value for _, value in headers])):
            wrong = next(name.decode("latin-1") for name, value in headers if not _IN_HEADER.fullmatch(value))
    except (TypeError, ValueError, RecursionError, httpx.InvalidURL) as error:
        wrong = f"request ({type(error).__name__})"
    else:
        if not wrong:
            return request
        wrong = f"header {wrong}"
    # raised out here, and without what it says, because that may quote a secret
    raise ConfigurationError(
        f"{method.upper()} {url}: the {wrong} holds what cannot be sent: a number that is none, a character "
        "that is half a pair, or a line break in a header. Nothing was sent."
    )


class Sdk(Client):
    """The generated client, with one of its two halves replaced by ours and the other closed off.

    What `with_headers` and the like return goes the same way: its retries and rate limits are these.
    """

    def with_headers(self, headers: dict[str, str]) -> Client:
        return self._varied(headers=headers)

    def with_cookies(self, cookies: dict[str, str]) -> Client:
        return self._varied(cookies=cookies)

    def with_timeout(self, timeout: httpx.Timeout) -> Client:
        return self._varied(timeout=timeout)

    def _varied(self, **changes: object) -> Client:
        other = Sdk(base_url=self._base_url)
        if isinstance(self._client, BlockingHttp):
            other.set_httpx_client(self._client.varied(**changes))
        if isinstance(self._async_client, AsyncHttp):
            other.set_async_httpx_client(self._async_client.varied(**changes))
        return other

    def get_httpx_client(self) -> httpx.Client:
        if self._client is None:
            _refuse_half("AsyncFly", "asyncio", "Fly")
        return self._client

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        if self._async_client is None:
            _refuse_half("Fly", "sync", "AsyncFly")
        return self._async_client


def _refuse_half(owner: str, has: str, other: str) -> NoReturn:
    raise ConfigurationError(f"The sdk of {owner} serves the {has}() functions; use {other} for the others.")
