"""Check the settings of `Fly` and `AsyncFly` when a client is created."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

import httpx

from fly_resources._checks import arguments
from fly_resources._http.client import TIMEOUT
from fly_resources._wire import transports
from fly_resources.errors import ConfigurationError

_RETRY: Final = "retry=RetryPolicy(attempts=...) sets the number of attempts; retry=False disables retries"
_TRANSPORT: Final = "use transport=httpx.HTTPTransport(...), or proxy=, verify=, timeout=, headers="
_FIRST: Final = "it is the first argument, token"
_ADDRESS: Final = "base_url='https://api.machines.dev'"
#: Names from other SDKs, and their equivalents here.
_WORDS: Final = {
    **dict.fromkeys(("max_retries", "retries"), _RETRY),
    **dict.fromkeys(("http_client", "client", "session"), _TRANSPORT),
    **dict.fromkeys(("api_key", "api_token", "access_token"), _FIRST),
    **dict.fromkeys(("url", "host", "endpoint"), _ADDRESS),
    "proxies": "use proxy='http://proxy.example:3128'",
    "default_headers": "headers={...}",
    "user_agent": "headers={'User-Agent': ...}",
    "ssl_context": "verify=ssl_context",
    "cert": "use verify=ssl.SSLContext, which can hold a client certificate",
    "org": "the organisation belongs to the app: App('shop', org='my-org')",
    "app": "the app belongs to the resource: Machine('shop', ...)",
}
_HEADER_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE: Final = re.compile(r"[\t\x20-\x7e]*")
#: Set by the client for each request.
_OWN_HEADERS: Final = frozenset({"authorization", "content-length", "host", "transfer-encoding"})


def refuse_unknown(kind: str, names: Iterable[str]) -> None:
    """Check for unknown settings, and name the one that was probably meant.

    Raises:
        ConfigurationError: A setting is unknown.
    """
    for name in names:
        hint = _WORDS.get(name, "see its documentation for the settings that it has")
        raise ConfigurationError(f"{kind} has no setting {name!r}: {hint}.")


def check(
    kind: str, max_concurrency: object, on_event: object, *, transport: object, **network: object
) -> None:
    """Check settings that are not checked elsewhere; `network` has those that a transport replaces.

    Raises:
        ConfigurationError: A setting is invalid, or two exclude each other.
    """
    if not arguments.is_whole(max_concurrency, 1):
        raise arguments.refuse(kind, "max_concurrency", "a whole number from 1", max_concurrency)
    if on_event is not None and not callable(on_event):
        raise arguments.refuse(kind, "on_event", "a function that takes an Event", on_event)
    if transport is None:
        return
    transports.check_transport(kind, transport)
    for name, value in network.items():
        if value is not None:
            raise ConfigurationError(f"{kind}: {name} has no effect with transport=; set it there instead.")


def as_timeout(kind: str, timeout: object) -> httpx.Timeout:
    """Return the timeouts of a request; None means the default.

    Raises:
        ConfigurationError: It is neither a number of seconds above 0 nor an httpx.Timeout.
    """
    if timeout is None:
        return TIMEOUT
    if isinstance(timeout, httpx.Timeout):
        return timeout
    if isinstance(timeout, int | float) and arguments.is_number(timeout) and timeout > 0:
        return httpx.Timeout(timeout)
    raise arguments.refuse(kind, "timeout", "a number of seconds above 0, or an httpx.Timeout", timeout)


def as_headers(kind: str, headers: object) -> dict[str, str]:
    """Return the headers to send with every request.

    Raises:
        ConfigurationError: Not a mapping of strings, or a header that the client sets. No value is shown.
    """
    if headers is None:
        return {}
    if not isinstance(headers, Mapping | httpx.Headers):
        raise ConfigurationError(f"{kind}: headers must map names to strings, got {type(headers).__name__}.")
    checked: dict[str, str] = {}
    for name, value in headers.items():
        if not isinstance(name, str) or not isinstance(value, str):
            raise ConfigurationError(f"{kind}: header {name!r} must be a string, got {type(value).__name__}.")
        if not _HEADER_NAME.fullmatch(name) or not _HEADER_VALUE.fullmatch(value):
            raise ConfigurationError(
                f"{kind}: header {name!r} must be ASCII without line breaks, its name and its value."
            )
        if name.lower() in _OWN_HEADERS:
            raise ConfigurationError(f"{kind}: the header {name!r} is set by the client; leave it out.")
        checked[name] = value
    return checked
