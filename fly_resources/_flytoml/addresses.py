"""The IP addresses of a first deployment (FT-140 to FT-143)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fly_resources._flytoml.manifest import Manifest

Tree: TypeAlias = dict[str, Any]

_HTTP: Final = 80
_HTTPS: Final = 443
_SHARED: Final = ("v6", "shared_v4")


def needs_dedicated(manifest: Manifest) -> bool:
    """Return whether a shared IPv4 cannot serve some `[[services]]`; it always serves `[http_service]`."""
    return any(_is_dedicated(row) for _, row in manifest.rows("services"))


def _is_dedicated(service: Tree) -> bool:
    if service.get("protocol") == "udp":
        return True
    return service.get("protocol") == "tcp" and any(_is_odd_port(port) for port in service.get("ports", []))


def _is_odd_port(port: Tree) -> bool:
    """Return whether a port is not one of the two that shared addresses serve, handlers included (FT-142)."""
    number, handlers = port.get("port"), port.get("handlers", [])
    start, end = port.get("start_port"), port.get("end_port")
    if (start is not None or end is not None) and (start != end or start not in {_HTTP, _HTTPS}):
        return True
    if number is None:
        return False
    if number == _HTTP:
        return bool(handlers != ["http"])
    return number != _HTTPS or sorted(handlers) != ["http", "tls"]


def wanted(manifest: Manifest) -> tuple[str, ...]:
    """Return the address types that flyctl requests, in its order; dedicated ones need confirmation."""
    if not manifest.services():
        return ()
    if not needs_dedicated(manifest):
        return _SHARED
    udp = any(row.get("protocol") == "udp" for _, row in manifest.rows("services"))
    return ("v4",) if udp else ("v4", "v6")


def find_warnings(manifest: Manifest) -> Iterator[str]:
    """Yield a warning if a service is unreachable without a billed address."""
    if needs_dedicated(manifest):
        yield (
            "services: a shared IPv4 serves only ports 80 and 443 with their usual handlers, so these "
            "services need a dedicated one, which is billed: pass allocate_v4=True (--allocate-v4), or a "
            "new app gets no address."
        )


def url(manifest: Manifest, app: str) -> str | None:
    """Return the app's URL as flyctl shows it (FT-144)."""
    rows = [port for _, row in manifest.rows("services") for port in row.get("ports", [])]
    secure = [each for each in rows if sorted(each.get("handlers", [])) == ["http", "tls"]]
    plain = [each for each in rows if each.get("handlers") == ["http"]]
    if "http_service" in manifest.tree or any(each.get("port") == _HTTPS for each in secure):
        return f"https://{app}.fly.dev"
    if any(each.get("port") == _HTTP for each in plain):
        return f"http://{app}.fly.dev"
    for scheme, found in (("https", secure), ("http", plain)):
        ports = [each["port"] for each in found if each.get("port")]
        if ports:
            return f"{scheme}://{app}.fly.dev:{min(ports)}"
    return None
