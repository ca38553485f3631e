"""The HTTP layer between the verbs and the transports: errors, cookies, and the SDK's client."""

from __future__ import annotations

import functools
import json
import platform
import re
import sys
import threading
from typing import TYPE_CHECKING, Any, Final, NoReturn, Self

import attrs
import httpx
from fly_machines import Client

from fly_resources._http.address import origin_of
from fly_resources._http.failures import from_response
from fly_resources._version import __version__
from fly_resources._wire.bodies import CODING, MAX_FAILED, content_of, is_streaming, with_body
from fly_resources._wire.layers import Layer
from fly_resources._wire.masking import Masker, masker_for
from fly_resources._wire.new_apps import DENIED
from fly_resources._wire.operations import route_of
from fly_resources._wire.streamed import STREAM, PassedOn
from fly_resources._wire.transports import is_of_cassette
from fly_resources.errors import ConfigurationError, DecodeError, FlyError, NotSentError, OutcomeUnknownError
from fly_resources.retry import MAYBE_SENT, RetryTransport, asked_delay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx._client import BaseClient

    from fly_resources._wire.layers import Steps
    from fly_resources._wire.transports import Lifetime
else:
    BaseClient = object  # httpx's own client is the other base of both subclasses

#: Creating can take 17 s (PL-9) and waiting 60 s (WA-2); giving up earlier loses the response.
TIMEOUT: Final = httpx.Timeout(75.0, connect=10.0, pool=60.0)
USER_AGENT: Final = (
    f"fly-resources/{__version__} python/{platform.python_version()} httpx/{httpx.__version__}"
)
_IN_HEADER: Final = re.compile(rb"[\t\x20-\x7e]*")
#: What `json` says of a value of a class that it does not know.
_UNKNOWN_CLASS: Final = re.compile(r"Object of type (\w+) is not JSON serializable")
_NOT_JSON: Final = "its body holds a {}, which JSON cannot represent; give a string, number, list or mapping"
_UNSENDABLE: Final = (
    "the {} holds something that cannot be sent: NaN or an infinity, half of a surrogate pair, or a line "
    "break in a header"
)
_AFFINITY: Final = re.compile(rb"(fly_flaps_affinity=[A-Za-z0-9_.~+/=-]{1,256})\s*(;.*)?", re.DOTALL)
_COOKIE_PATH: Final = re.compile(rb";\s*path=[^;]*/apps/([a-z0-9-]{1,63})/?\s*(;|$)", re.IGNORECASE)
_APP_PATH: Final = re.compile(rb"/apps/([a-z0-9-]{1,63})(?=[/?]|$)")
#: The number of apps whose cookie is kept; it matters in an app's first minutes.
_MOST_COOKIES: Final = 256


class _Cookies:
    """Keeps only the cookie that routes to the node that knows a new app first (HD-5).

    All others are dropped before httpx sees them, because its cookie jar would send them back even if they
    are too long or invalid.
    """

    def __init__(self) -> None:
        self._held: dict[tuple[object, bytes], bytes] = {}
        self._lock = threading.Lock()

    def add(self, request: httpx.Request) -> None:
        """Add the cookie of the request's app."""
        if not self._held or not (app := _APP_PATH.search(request.url.raw_path)):
            return
        if cookie := self._held.get((origin_of(request.url), app[1])):
            others = request.headers.get("cookie")
            text = cookie.decode("ascii")
            request.headers["cookie"] = f"{others}; {text}" if others else text

    def take(self, request: httpx.Request, response: httpx.Response) -> None:
        """Remove all cookies from a response, and keep that one."""
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


class ErrorTransport(Layer):
    """The outermost transport: turns unsuccessful responses into `FlyError`s before they are parsed."""

    def __init__(self, inner: RetryTransport, lifetime: Lifetime, *, via: str = "") -> None:
        super().__init__(inner)
        self._via = via
        self._cookies = _Cookies()
        self.lifetime = lifetime

    def _steps(self, request: httpx.Request) -> Steps[httpx.Response]:
        self._cookies.add(request)
        # tells the guard of tests about hosts that are not looked up here
        sys.audit("fly_resources.proxied", self._via and request.url.host)
        try:
            response: httpx.Response = yield self._send(request)
        except FlyError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever a transport raises
            lost = _lost(request, error, self._via)
        else:
            self._cookies.take(request, response)
            if not response.is_closed and is_streaming(response):
                response.stream = _Body(response.stream, request)
                return response
            return _checked(request, response)
        raise lost  # raised here, so that the traceback does not show the original error

    def renew_after_fork(self) -> None:
        self.lifetime.renew_after_fork()
        self._cookies.renew_lock()

    def close(self) -> None:
        if self.lifetime.leave():
            super().close()

    async def aclose(self) -> None:
        if self.lifetime.leave():
            await super().aclose()


@attrs.define(eq=False)
class _Body(PassedOn):
    """The body of a streamed response, whose errors are `FlyError`s."""

    _request: httpx.Request

    def _explain(self, error: Exception) -> Exception | None:
        if isinstance(error, FlyError):
            return None
        self._request.extensions[MAYBE_SENT] = True
        return _lost(self._request, error, "")


def _masker(request: httpx.Request) -> Masker:
    return masker_for(request.headers.get("authorization", ""), content_of(request))


def _lost(request: httpx.Request, error: Exception, via: str) -> NotSentError | OutcomeUnknownError:
    route, path = route_of(request)
    attempts = int(request.extensions.get("fly_attempts", 1))
    tried = f"{request.method} {path}" + (f" ({attempts} attempts)" if attempts > 1 else "")
    masker = _masker(request)
    reason = masker.mask(str(error)).rstrip(".")  # a broken answer is quoted there
    what = f"{type(error).__name__}: {reason}" if reason else type(error).__name__
    kind: type[NotSentError | OutcomeUnknownError] = NotSentError
    advice = "" if is_of_cassette(error) else "; check the network and base_url"
    text = f"{tried} was not sent{via}: {what}. Nothing has changed{advice}."
    if request.extensions.get(MAYBE_SENT):
        kind = OutcomeUnknownError
        text = f"{tried} was sent, and its response was lost: {what}. It is unknown whether it was applied."
    lost = kind(text, method=request.method, route=route, attempts=attempts)
    if not any(masker.mask(str(each)) != str(each) for each in _chain(error)):
        lost.__cause__ = error
    return lost


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Iterate over an error and everything that a traceback would show with it."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        yield error
        error = error.__cause__ or error.__context__


def _checked(request: httpx.Request, response: httpx.Response) -> httpx.Response:
    if response.is_success:
        response = _in_envelope(request, response)
        # the generated parser, and `ask`, raise what this returns
        response.extensions["unexpected"] = functools.partial(_undecodable, request)
        return response
    route, path = route_of(request)
    error = from_response(
        status=response.status_code,
        headers=response.headers,
        content=response.content,
        method=request.method,
        route=route,
        path=path,
        attempts=int(response.extensions.get("fly_attempts", 1)),
        retry_after_s=asked_delay(response),
        mask=_masker(request).mask_json,
    )
    if response.extensions.get(DENIED):
        error.maybe_applied = True
    raise error


def _in_envelope(request: httpx.Request, response: httpx.Response) -> httpx.Response:
    """Wrap a bare lease, as in the published document, in the recorded envelope (LE-1).

    Returns the response unchanged if it is something else or has the envelope already.
    """
    if request.method == "DELETE" or not request.url.path.endswith("/lease"):
        return response
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return response
    if not isinstance(body, dict) or "data" in body or "nonce" not in body:
        return response
    return with_body(response, json.dumps({"status": "success", "data": body}).encode())


def _undecodable(request: httpx.Request, status: int, content: bytes, odd: str = "") -> DecodeError:
    route, path = route_of(request)
    return DecodeError(
        f"{request.method} {path} answered {status} with a body that does not match the API document"
        f"{f': {odd}' if odd else ''}. Is there a proxy, or a newer API? See the error's body.",
        method=request.method,
        route=route,
        status=status,
        body=_masker(request).mask(content[:MAX_FAILED].decode("utf-8", "replace")).encode(),
    )


class _GivenCookies(httpx.Cookies):
    """The caller's cookies. Responses add none: `ErrorTransport` keeps the one that matters."""

    def extract_cookies(self, response: httpx.Response) -> None:
        """Do nothing: the response's cookies are removed already."""


class _Checked(BaseClient):
    """The common part of both clients: their own headers and cookies, and the refusal of invalid requests."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  # httpx's own
        headers = httpx.Headers({"accept-encoding": CODING, "user-agent": USER_AGENT})
        headers.update(settings.get("headers"))
        settings["headers"] = headers
        super().__init__(**settings)
        self._cookies = _GivenCookies(self.cookies.jar)
        self._given = settings
        self._lifetime: Lifetime = settings["transport"].lifetime

    def varied(self, **changes: Any) -> Self:  # noqa: ANN401  # httpx's own
        """Return a client with other headers, cookies or timeout, sharing connections and limits."""
        headers = httpx.Headers(self.headers)
        headers.update(changes.get("headers"))
        cookies: Any = self.cookies.jar
        if "cookies" in changes:
            # a copy, or this client would send them too
            cookies = httpx.Cookies(self.cookies)
            cookies.update(changes["cookies"])
        varied = {"headers": headers, "cookies": cookies, "timeout": changes.get("timeout", self.timeout)}
        return type(self)(**self._given | varied)

    def build_request(self, method: str, url: httpx.URL | str, **parts: Any) -> httpx.Request:  # noqa: ANN401  # httpx's own
        _check_names(method, url)
        try:
            request = super().build_request(method, url, **parts)
        except (TypeError, ValueError, RecursionError, httpx.InvalidURL) as error:
            kind = _UNKNOWN_CLASS.fullmatch(str(error))
            place = f"request ({type(error).__name__})"
            why = _NOT_JSON.format(kind[1]) if kind else _UNSENDABLE.format(place)
        else:
            headers = request.headers.raw
            if _IN_HEADER.fullmatch(b"".join([value for _, value in headers])):
                return request
            names = (name.decode("latin-1") for name, value in headers if not _IN_HEADER.fullmatch(value))
            why = _UNSENDABLE.format(f"header {next(names)}")
        # raised out here, and without the original error, because that may quote a secret
        raise ConfigurationError(f"{method.upper()} {url}: {why}. Nothing was sent.")


class BlockingHttp(_Checked, httpx.Client):
    """An httpx client that refuses invalid requests."""

    def send(self, request: httpx.Request, *, stream: bool = False, **chosen: Any) -> httpx.Response:  # noqa: ANN401  # httpx's own
        self._lifetime.check()
        request.extensions[STREAM] = stream
        return super().send(request, stream=stream, **chosen)


class AsyncHttp(_Checked, httpx.AsyncClient):
    """The async version of `BlockingHttp`."""

    async def send(self, request: httpx.Request, *, stream: bool = False, **chosen: Any) -> httpx.Response:  # noqa: ANN401  # httpx's own
        self._lifetime.check()
        request.extensions[STREAM] = stream
        return await super().send(request, stream=stream, **chosen)


def _check_names(method: str, url: httpx.URL | str) -> None:
    segments = url.partition("?")[0].split("/") if isinstance(url, str) and url.startswith("/") else []
    if any(segment in {"", ".", ".."} for segment in segments[1:]):
        # it would address something else: httpx resolves dots, and an empty name is the list of all
        raise ConfigurationError(
            f"{method.upper()} {url}: a name or id in it is empty or only dots. Nothing was sent."
        )


class Sdk(Client):
    """The generated client, with its sync or async half replaced by ours and the other disabled.

    The clients that `with_headers` and so on return share its retries and rate limits.
    """

    def with_headers(self, headers: dict[str, str]) -> Client:
        return self._varied(headers=headers)

    def with_cookies(self, cookies: dict[str, str]) -> Client:
        return self._varied(cookies=cookies)

    def with_timeout(self, timeout: httpx.Timeout) -> Client:
        return self._varied(timeout=timeout)

    def _varied(self, **changes: object) -> Client:
        own: Any = self._client or self._async_client
        return send_through(own.varied(**changes), Sdk(base_url=self._base_url))

    def get_httpx_client(self) -> httpx.Client:
        if self._client is None:
            _refuse_half("AsyncFly", "asyncio", "Fly")
        return self._client

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        if self._async_client is None:
            _refuse_half("Fly", "sync", "AsyncFly")
        return self._async_client


def send_through(http: BlockingHttp | AsyncHttp, sdk: Client) -> Client:
    """Let the SDK's client send through this one."""
    if isinstance(http, BlockingHttp):
        return sdk.set_httpx_client(http)
    return sdk.set_async_httpx_client(http)


def _refuse_half(owner: str, has: str, other: str) -> NoReturn:
    raise ConfigurationError(f"The sdk of {owner} is for the {has}() functions; use {other} for the others.")
