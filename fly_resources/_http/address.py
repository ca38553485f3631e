"""Find the API's address and the token, from arguments or the environment."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Generator
from typing import Final

import httpx

from fly_resources._secret import Secret
from fly_resources.errors import ConfigurationError

DEFAULT_BASE_URL: Final = "https://api.machines.dev"
#: The address that flyctl reads, and the one that Fly.io's documentation has in its examples (PL-2).
_ADDRESS_VARIABLES: Final = ("FLY_FLAPS_BASE_URL", "FLY_API_HOSTNAME")
_TOKEN_VARIABLES: Final = ("FLY_ACCESS_TOKEN", "FLY_API_TOKEN")
_FLY_PRIVATE: Final = ipaddress.ip_network("fdaa::/16")
#: A scheme that was copied with a macaroon, however it is written (AU-4).
_SCHEME: Final = re.compile(r"flyv1(\s+|(?=fm[12]))", re.IGNORECASE)
_INTERNAL_NAME: Final = re.compile(r"([a-z0-9_-]+\.)+internal")


class TokenAuth(httpx.Auth):
    """Sends the token, macaroons as FlyV1 and others as Bearer (AU-2, AU-3), only to the API's address."""

    def __init__(self, token: Secret, base_url: str) -> None:
        self._header = Secret(_authorization(token.reveal()))
        self._origin = origin_of(httpx.URL(base_url))

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if origin_of(request.url) == self._origin:
            request.headers["Authorization"] = self._header.reveal()
        yield request


def origin_of(url: httpx.URL) -> tuple[str, bytes, int | None]:
    return url.scheme, url.raw_host, url.port


def _authorization(token: str) -> str:
    bare = re.sub(r"^bearer(\s+|$)", "", token.strip(), flags=re.IGNORECASE)
    if not bare or not bare.isascii() or not bare.isprintable():
        raise ConfigurationError("The token is empty or contains invalid characters; copy it again.")
    if scheme := _SCHEME.match(bare):
        return f"FlyV1 {bare[scheme.end() :]}"
    return f"FlyV1 {bare}" if bare.startswith(("fm1r_", "fm1a_", "fm2_")) else f"Bearer {bare}"


def find_token(token: object) -> Secret:
    if token is not None and not isinstance(token, str | Secret):
        raise ConfigurationError(f"token must be a string or a Secret, got {type(token).__name__}.")
    value = token.reveal() if isinstance(token, Secret) else token
    if value is None:
        value = next((os.environ[name] for name in _TOKEN_VARIABLES if os.environ.get(name)), None)
    if not value:
        raise ConfigurationError(
            "No token: pass token=, or set FLY_API_TOKEN "
            "(fly tokens create deploy -a APP, or fly tokens create org)."
        )
    return Secret(value)


def find_base_url(base_url: str | httpx.URL | None) -> str:
    """Return the address of the API: the argument, FLY_FLAPS_BASE_URL, FLY_API_HOSTNAME, or Fly.io's own.

    Raises:
        ConfigurationError: It is not an address, holds a password, or would show the token to the network.
    """
    name, text = "base_url", str(base_url) if isinstance(base_url, httpx.URL) else base_url
    if not text:
        found = (
            (f"base_url ({each})", os.environ[each]) for each in _ADDRESS_VARIABLES if os.environ.get(each)
        )
        name, text = next(found, ("base_url", DEFAULT_BASE_URL))
    url = _parse_url(text)
    if url is None:
        # do not show it: it may contain a password
        raise ConfigurationError(f"{name} is not a valid address; use one such as https://api.machines.dev.")
    if url.userinfo or url.query or url.fragment:
        raise ConfigurationError(f"{name} must be an address without user, password, query or fragment.")
    _check_scheme(name, text, url)
    return str(url) if url.path.rstrip("/").endswith("/v1") else f"{str(url).rstrip('/')}/v1"


def _check_scheme(name: str, text: str, url: httpx.URL) -> None:
    host = url.raw_host.decode("ascii")
    if "unix" in url.scheme:
        raise ConfigurationError(
            f"{name} {url.scheme}:// is a socket, not an address: Fly.in_machine() and AsyncFly.in_machine() "
            "talk to the socket of the machine that they run on, /.fly/api, and need no token."
        )
    if "://" not in text:
        private = is_private(text.partition(":")[0].partition("/")[0])
        example = "http://_api.internal:4280" if private else DEFAULT_BASE_URL
        scheme = example.partition("//")[0]
        raise ConfigurationError(f"{name} has no scheme: add {scheme}//, as in {example}.")
    if not host:
        raise ConfigurationError(f"{name} has no host; use an address such as https://api.machines.dev.")
    if url.scheme not in {"http", "https"}:
        raise ConfigurationError(f"{name} {url.scheme}://{host} is not supported: use https.")
    if url.scheme == "http" and not is_private(host):
        raise ConfigurationError(
            f"{name} http://{host} would expose the token on the network: use https. "
            "Plain http is allowed only for loopback and Fly.io's private addresses."
        )


def _parse_url(text: str) -> httpx.URL | None:
    try:
        url = httpx.URL(text.strip().rstrip("/"))
        url.host  # noqa: B018  # decodes an international name, which may fail
    except (AttributeError, TypeError, ValueError, httpx.InvalidURL):
        return None
    return url


def is_private(host: str) -> bool:
    """Return whether traffic to this host stays on this machine or in Fly.io's private network."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or _INTERNAL_NAME.fullmatch(host) is not None
    return address.is_loopback or address in _FLY_PRIVATE
