"""The settings of `Fly` and `AsyncFly`, checked when a client is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import httpx

from fly_resources import _arguments, _transports
from fly_resources._http import TIMEOUT
from fly_resources.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable

_RETRY: Final = "retry=RetryPolicy(attempts=...) says how often a request is sent; retry=False sends it once"
_TRANSPORT: Final = "give a transport=httpx.HTTPTransport(...), or proxy=, verify=, timeout=, headers="
_FIRST: Final = "it is the first argument, token"
_ADDRESS: Final = "base_url='https://api.machines.dev'"
#: Words of other SDKs, and what they are here.
_WORDS: Final = {
    **dict.fromkeys(("max_retries", "retries"), _RETRY),
    **dict.fromkeys(("http_client", "client", "session"), _TRANSPORT),
    **dict.fromkeys(("api_key", "api_token", "access_token"), _FIRST),
    **dict.fromkeys(("url", "host", "endpoint"), _ADDRESS),
    "proxies": "give one: proxy='http://proxy.example:3128'",
    "default_headers": "headers={...}",
    "user_agent": "headers={'User-Agent': ...}",
    "ssl_context": "verify=ssl_context",
    "cert": "verify= takes an ssl.SSLContext, which has client certificates too",
    "org": "the organisation belongs to the app: App('shop', org='my-org')",
    "app": "the app belongs to the resource: Machine('shop', ...)",
}
#: Set by the client for each request.
_OWN_HEADERS: Final = frozenset({"authorization", "content-length", "host", "transfer-encoding"})


def refuse_unknown(kind: str, names: Iterable[str]) -> None:
    """Refuse settings that there are not, naming the one that is meant.

    Raises:
        ConfigurationError: There is one.
    """
    for name in names:
        hint = _WORDS.get(name, "see its documentation for the settings that it has")
        raise ConfigurationError(f"{kind} has no setting {name!r}: {hint}.")


def check(
    kind: str,
    max_concurrency: object,
    on_event: object,
    *,
    transport: object,
    network: tuple[object, object],
) -> None:
    """Check the settings that have no better place.

    Raises:
        ConfigurationError: One is of another kind, or they exclude each other.
    """
    if not _arguments.is_whole(max_concurrency, 1):
        raise _arguments.refuse(kind, "max_concurrency", "a whole number from 1", max_concurrency)
    if on_event is not None and not callable(on_event):
        raise _arguments.refuse(kind, "on_event", "a function that takes an Event", on_event)
    if transport is None:
        return
    _transports.check_transport(kind, transport)
    for name, value in zip(("proxy", "verify"), network, strict=True):
        if value is not None:
            raise ConfigurationError(f"{kind}: give {name} to your transport, or leave transport out.")


def as_timeout(kind: str, timeout: object) -> httpx.Timeout:
    """Return the time-outs of one request; None means the default.

    Raises:
        ConfigurationError: It is no number of seconds above 0 and no httpx.Timeout.
    """
    if timeout is None:
        return TIMEOUT
    if isinstance(timeout, httpx.Timeout):
        return timeout
    if isinstance(timeout, int | float) and _arguments.is_number(timeout) and timeout > 0:
        return httpx.Timeout(timeout)
    raise _arguments.refuse(kind, "timeout", "a number of seconds above 0, or an httpx.Timeout", timeout)


def as_headers(kind: str, headers: object) -> dict[str, str]:
    """Return the headers that go with every request.

    Raises:
        ConfigurationError: They are no mapping of texts, or name one that the client sets. No value is shown.
    """
    if headers is None:
        return {}
    if not isinstance(headers, Mapping | httpx.Headers):
        raise ConfigurationError(f"{kind}: headers must be a mapping of texts, got {type(headers).__name__}.")
    checked: dict[str, str] = {}
    for name, value in headers.items():
        if not isinstance(name, str) or not isinstance(value, str):
            raise ConfigurationError(f"{kind}: header {name!r} must be a text, got {type(value).__name__}.")
        if name.lower() in _OWN_HEADERS:
            raise ConfigurationError(f"{kind}: the header {name!r} is set by the client; leave it out.")
        checked[name] = value
    return checked
