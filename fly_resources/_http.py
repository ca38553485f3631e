"""What stands between the verbs and the wire: token, address, errors, and the SDK's client."""

from __future__ import annotations

import functools
import ipaddress
import os
import re
import threading
from typing import TYPE_CHECKING, Any, Final, NoReturn

import httpx
from fly_machines import Client

from fly_resources._answers import find_odd, wrap_lease
from fly_resources._bodies import CODING, MAX_FAILED
from fly_resources._failures import from_response
from fly_resources._masking import Masker, masker_for
from fly_resources._operations import find
from fly_resources.errors import (
    ConfigurationError,
    DecodeError,
    NotSentError,
    OutcomeUnknownError,
)
from fly_resources.resources import Secret
from fly_resources.retry import NEVER_SENT, RetryTransport, parse_retry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping

DEFAULT_BASE_URL: Final = "https://api.machines.dev"
#: Creating can take 17 s (PL-9) and waiting 60 s (WA-2); a client that gives up first learns nothing.
TIMEOUT: Final = httpx.Timeout(75.0, connect=10.0, pool=60.0)
_TOKEN_VARIABLES: Final = ("FLY_ACCESS_TOKEN", "FLY_API_TOKEN")
#: Marks a request whose answer a verb will decide by.
_CAREFUL: Final = "fly_careful"
_OF_THE_BODY: Final = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_FLY_PRIVATE: Final = ipaddress.ip_network("fdaa::/16")
_IN_HEADER: Final = re.compile(rb"[\t\x20-\x7e]*")
#: A scheme that was copied with a macaroon, however it is written (AU-4).
_SCHEME: Final = re.compile(r"flyv1(\s+|(?=fm[12]))", re.IGNORECASE)
_AFFINITY: Final = re.compile(rb"(fly_flaps_affinity=[A-Za-z0-9_.~+/=-]{1,256})\s*(;.*)?", re.DOTALL)
_COOKIE_PATH: Final = re.compile(rb";\s*path=[^;]*/apps/([a-z0-9-]{1,63})/?\s*(;|$)", re.IGNORECASE)
_APP_PATH: Final = re.compile(rb"/apps/([a-z0-9-]{1,63})(?=[/?]|$)")
#: Of so many apps the cookie is kept; it matters for the first minutes of each.
_MOST_COOKIES: Final = 256
_INTERNAL_NAME: Final = re.compile(r"([a-z0-9_-]+\.)+internal")


class TokenAuth(httpx.Auth):
    """Sends the token as its kind wants it: macaroons as FlyV1, others as Bearer (AU-2, AU-3).

    Only to the API's own address, whatever else this client is used for.
    """

    def __init__(self, token: Secret, base_url: str) -> None:
        self._header = Secret(_authorization(token.reveal()))
        self._origin = _origin(httpx.URL(base_url))

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if _origin(request.url) == self._origin:
            request.headers["Authorization"] = self._header.reveal()
        yield request


def _origin(url: httpx.URL) -> tuple[str, bytes, int | None]:
    return url.scheme, url.raw_host, url.port


def _authorization(token: str) -> str:
    bare = re.sub(r"^bearer(\s+|$)", "", token.strip(), flags=re.IGNORECASE)
    if not bare or not bare.isascii() or not bare.isprintable():
        raise ConfigurationError("The token is empty or holds characters that no token has; copy it again.")
    if scheme := _SCHEME.match(bare):
        return f"FlyV1 {bare[scheme.end() :]}"
    return f"FlyV1 {bare}" if bare.startswith(("fm1r_", "fm1a_", "fm2_")) else f"Bearer {bare}"


def find_token(token: str | Secret | None) -> Secret:
    value = token.reveal() if isinstance(token, Secret) else token
    if value is None:
        value = next((os.environ[name] for name in _TOKEN_VARIABLES if os.environ.get(name)), None)
    if not value:
        raise ConfigurationError(
            "No token: pass token=, or set FLY_API_TOKEN "
            "(fly tokens create deploy -a APP, or fly tokens create org)."
        )
    return Secret(value)


def find_base_url(base_url: str | None) -> str:
    """Return the API's address, from the argument, FLY_FLAPS_BASE_URL, or Fly.io's own.

    Raises:
        ConfigurationError: It is no address, holds a password, or would show the token to the network.
    """
    text = base_url or os.environ.get("FLY_FLAPS_BASE_URL") or DEFAULT_BASE_URL
    url = _parse_url(text)
    if url is None:
        # what it is stays unsaid: it may hold a password
        raise ConfigurationError("base_url is no address; give one such as https://api.machines.dev.")
    if url.userinfo or url.query or url.fragment:
        raise ConfigurationError("base_url is an address alone: no user, password, query or fragment.")
    host = url.raw_host.decode("ascii")
    if not host or (url.scheme != "https" and not (url.scheme == "http" and _is_private(host))):
        raise ConfigurationError(
            f"base_url {url.scheme or '(none)'}://{host} would show the token to the network: use https. "
            "Plain http is for loopback and Fly.io's private addresses."
        )
    return str(url) if url.path.rstrip("/").endswith("/v1") else f"{str(url).rstrip('/')}/v1"


def _parse_url(text: str) -> httpx.URL | None:
    try:
        url = httpx.URL(text.strip().rstrip("/"))
        url.host  # noqa: B018  # decodes an international name, which may fail
    except (AttributeError, TypeError, ValueError, httpx.InvalidURL):
        return None
    return url


def _is_private(host: str) -> bool:
    """Return whether traffic to this host stays on this machine or in Fly.io's private network."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or _INTERNAL_NAME.fullmatch(host) is not None
    return address.is_loopback or address in _FLY_PRIVATE


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
        if cookie := self._held.get((_origin(request.url), app[1])):
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
                self._keep((_origin(request.url), app[1]), cookie[1])

    def _keep(self, place: tuple[object, bytes], cookie: bytes) -> None:
        with self._lock:
            self._held.pop(place, None)
            self._held[place] = cookie
            if len(self._held) > _MOST_COOKIES:
                del self._held[next(iter(self._held))]


class ErrorTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The outermost transport: what is no success becomes a `FlyError` before anybody parses it."""

    def __init__(self, inner: RetryTransport) -> None:
        self._inner = inner
        self._cookies = _Cookies()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._cookies.add(request)
        try:
            response = self._inner.handle_request(request)
            self._cookies.take(request, response)
            return _checked(request, response)
        except httpx.HTTPError as error:
            lost = _lost(request, error)
        raise lost  # out here, so that no traceback shows more of the first error than it may

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._cookies.add(request)
        try:
            response = await self._inner.handle_async_request(request)
            self._cookies.take(request, response)
            return _checked(request, response)
        except httpx.HTTPError as error:
            lost = _lost(request, error)
        raise lost  # out here, so that no traceback shows more of the first error than it may

    def close(self) -> None:
        self._inner.close()

    async def aclose(self) -> None:
        await self._inner.aclose()


def _route(request: httpx.Request) -> tuple[str, str]:
    """Return the route's template and the path as sent, without the query."""
    path = request.url.raw_path.partition(b"?")[0].decode("ascii")
    target = find(request.method, path)
    return (target.operation.route if target else path), path


def _masker(request: httpx.Request) -> Masker:
    return masker_for(request.headers.get("authorization", ""), request.content)


def _lost(request: httpx.Request, error: httpx.HTTPError) -> NotSentError | OutcomeUnknownError:
    route, path = _route(request)
    attempts = int(request.extensions.get("fly_attempts", 1))
    tried = f"{request.method} {path}" + (f" ({attempts} attempts)" if attempts > 1 else "")
    masker = _masker(request)
    reason = masker.mask(str(error))  # a broken answer is quoted there
    what = f"{type(error).__name__}: {reason}" if reason else type(error).__name__
    lost: NotSentError | OutcomeUnknownError
    if isinstance(error, (*NEVER_SENT, httpx.UnsupportedProtocol, httpx.LocalProtocolError)):
        lost = NotSentError(
            f"{tried} was not sent: {what}. Nothing has changed; check the network and base_url.",
            method=request.method,
            route=route,
            attempts=attempts,
        )
    else:
        lost = OutcomeUnknownError(
            f"{tried} was sent, and its answer was lost: {what}. Whether it was carried out is not known.",
            method=request.method,
            route=route,
            attempts=attempts,
        )
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
    headers = httpx.Headers({"accept-encoding": CODING})
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

    def varied(self, **changes: Any) -> BlockingHttp:  # noqa: ANN401  # the same
        """Return one that differs in its headers, cookies or timeout; connections and limits are shared."""
        return BlockingHttp(**_varied(self, self._given, changes))

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

    def varied(self, **changes: Any) -> AsyncHttp:  # noqa: ANN401  # the same
        return AsyncHttp(**_varied(self, self._given, changes))

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
