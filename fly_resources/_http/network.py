"""Network connections: httpx transports, proxies and certificates from the environment."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import re
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import attrs
import httpx

from fly_resources._http.address import is_private
from fly_resources.errors import ConfigurationError

T = TypeVar("T", httpx.BaseTransport, httpx.AsyncBaseTransport)

#: Only https is used outside this machine and Fly.io's network. Lower case takes precedence.
_PROXY_VARIABLES: Final = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
_EXCEPTIONS: Final = ("no_proxy", "NO_PROXY")
_PROXY_SCHEMES: Final = frozenset({"http", "https", "socks5", "socks5h"})
_CERTIFICATES: Final = ("SSL_CERT_FILE", "SSL_CERT_DIR")
#: The API socket on a machine, which needs no token (PL-2).
MACHINE_SOCKET: Final = "/.fly/api"


@attrs.frozen
class Network:
    """How connections are made.

    Attributes:
        proxy: The address of a proxy, or None.
        via: The proxy for messages: " through the proxy ...", or nothing.
        verify: What httpx takes for it.
    """

    proxy: httpx.Proxy | None = None
    via: str = ""
    verify: ssl.SSLContext | bool = True

    def open(self, kind: Callable[..., T], most: int, **more: Any) -> T:  # noqa: ANN401  # httpx's own
        """Return a transport of httpx with `most` connections; nothing is connected yet.

        Raises:
            ConfigurationError: The proxy needs a package, or a file of certificates cannot be read.
        """
        limits = httpx.Limits(max_connections=most, max_keepalive_connections=most)
        try:
            return kind(proxy=self.proxy, verify=self.verify, limits=limits, **more)
        except ImportError:
            raise ConfigurationError(
                f"Requests go{self.via}, which needs another package: pip install 'httpx[socks]'."
            ) from None
        except OSError as error:
            named = ", ".join(name for name in _CERTIFICATES if os.environ.get(name)) or "verify"
            raise ConfigurationError(
                f"The certificates of {named} cannot be read ({type(error).__name__})."
            ) from error


def find_network(base_url: str, proxy: object = None, verify: object = None) -> Network:
    """Return how to reach an address: through the given proxy, or else the environment's.

    HTTPS_PROXY, or else ALL_PROXY, is used unless NO_PROXY lists the host, and never for loopback and
    Fly.io's private addresses.

    Raises:
        ConfigurationError: `proxy` or `verify` is invalid.
    """
    checked = _check_verify(verify)
    if proxy is not None:
        return Network(*_proxy("proxy", proxy), checked)
    url = httpx.URL(base_url)
    name = next((each for each in _PROXY_VARIABLES if os.environ.get(each)), None)
    if name is None or is_private(url.raw_host.decode("ascii")) or _is_excepted(url):
        return Network(verify=checked)
    return Network(*_proxy(name, os.environ[name]), checked)


def find_socket(path: str) -> str:
    """Return the path of a machine's own socket.

    Raises:
        ConfigurationError: There is none.
    """
    with contextlib.suppress(OSError):
        if Path(path).is_socket():
            return path
    raise ConfigurationError(
        f"There is no socket {path} here, so this is not a machine of Fly.io: use Fly(token) with an "
        "address instead."
    )


def _check_verify(verify: object) -> ssl.SSLContext | bool:
    if verify is None or verify is True:
        return True
    if isinstance(verify, ssl.SSLContext) and verify.verify_mode is not ssl.CERT_NONE:
        return verify
    if isinstance(verify, str | os.PathLike):
        try:
            path = Path(os.fsdecode(verify))
            if path.is_dir():
                return ssl.create_default_context(capath=path)
            return ssl.create_default_context(cafile=path)
        except (OSError, ValueError):
            raise ConfigurationError(f"verify {verify!r} cannot be read as certificates.") from None
    if verify is False or isinstance(verify, ssl.SSLContext):
        raise ConfigurationError(
            "Without verification the token would go to whoever answers: set verify= to the file of "
            "certificates to trust, or to an ssl.SSLContext."
        )
    raise ConfigurationError(
        f"verify must be a file of certificates or an ssl.SSLContext, got {type(verify).__name__}."
    )


def _proxy(name: str, given: object) -> tuple[httpx.Proxy, str]:
    """Return a proxy and its name for messages, without its password."""
    proxy = given if isinstance(given, httpx.Proxy) else None
    if isinstance(given, str | httpx.URL):
        text = str(given).strip()
        with contextlib.suppress(ValueError, httpx.InvalidURL):
            proxy = httpx.Proxy(text if "://" in text else f"http://{text}")
    if proxy is None or proxy.url.scheme not in _PROXY_SCHEMES or not proxy.url.host:
        # what it is stays unsaid: it may hold a password
        raise ConfigurationError(
            f"{name} is not the address of a proxy; use one such as http://proxy.example:3128. "
            "http, https, socks5 and socks5h are supported."
        )
    url = proxy.url
    return proxy, f" through the proxy {url.scheme}://{url.netloc.decode('ascii')} ({name})"


def _is_excepted(url: httpx.URL) -> bool:
    """Return whether NO_PROXY lists the host."""
    text = next((os.environ[name] for name in _EXCEPTIONS if os.environ.get(name)), "")
    return any(_matches(each, url) for each in re.split(r"[,\s]+", text.lower()) if each)


def _matches(pattern: str, url: httpx.URL) -> bool:
    """Return whether an entry of NO_PROXY matches a host, including subdomains as in curl and Go."""
    if pattern == "*":
        return True
    host = url.raw_host.decode("ascii").strip("[]").lower()
    pattern = pattern.partition("://")[2] or pattern
    bare, _, port = (
        pattern.rpartition(":") if re.search(r"(^[^:]+|\]):[0-9]+$", pattern) else (pattern, "", "")
    )
    if port and int(port) != (url.port or 443):
        return False
    bare = bare.strip("[]").removeprefix("*")
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host) in ipaddress.ip_network(bare, strict=False)
    return host.endswith(bare) if bare.startswith(".") else host == bare or host.endswith(f".{bare}")
