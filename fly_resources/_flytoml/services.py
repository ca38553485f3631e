"""Services and checks of a process group, with the API's keys (FT-75 to FT-89)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from fly_resources._flytoml.values import SECOND_NS, parse_duration, refusal

if TYPE_CHECKING:
    from fly_resources._flytoml.manifest import Manifest

Tree: TypeAlias = dict[str, Any]

_TIMES: Final = ("interval", "timeout", "grace_period")
_HTTP: Final = ("method", "path", "protocol", "tls_skip_verify", "tls_server_name")
_CHECK_TYPES: Final = frozenset({"tcp", "http"})
_LEAST_INTERVAL_NS: Final = 2 * SECOND_NS
_MINUTE_NS: Final = 60 * SECOND_NS
_RENAMED: Final = {
    "auto_stop_machines": "autostop",
    "auto_start_machines": "autostart",
    "min_machines_running": "min_machines_running",
}


def services_of(manifest: Manifest, group: str) -> list[Tree]:
    """Return the services of a group: `[http_service]` first, then those of the file in order (FT-75)."""
    return [
        _from_http(row) if key == "http_service" else _from_service(row)
        for key, row in manifest.services()
        if manifest.is_of(row, group)
    ]


def _from_http(row: Tree) -> Tree:
    """Return `[http_service]` as a service: ports 80 and 443 with their handlers (FT-76)."""
    options = {"http_options": row["http_options"]} if "http_options" in row else {}
    tls = {"tls_options": row["tls_options"]} if "tls_options" in row else {}
    plain: Tree = {"port": 80, "handlers": ["http"], **options}
    if row.get("force_https"):
        plain["force_https"] = True
    ports = [plain, {"port": 443, "handlers": ["http", "tls"], **options, **tls}]
    checks = [_service_check("http", each) for each in row.get("checks", [])]
    return {"protocol": "tcp", **_served(row), "ports": ports, **({"checks": checks} if checks else {})}


def _from_service(row: Tree) -> Tree:
    """Return one of `[[services]]` as written: flyctl adds no defaults (FT-77)."""
    service: Tree = {"protocol": row["protocol"]} if row.get("protocol") else {}
    service |= _served(row)
    if row.get("ports"):
        service["ports"] = [_port(each) for each in row["ports"]]
    checks = [
        *(_service_check("tcp", each) for each in row.get("tcp_checks", [])),
        *(_service_check("http", each) for each in row.get("http_checks", [])),
    ]
    return {**service, **({"checks": checks} if checks else {})}


def _served(row: Tree) -> Tree:
    """Return the keys that both kinds of services share (FT-78, FT-80)."""
    service: Tree = {"internal_port": row["internal_port"]} if row.get("internal_port") else {}
    for written, key in _RENAMED.items():
        if written in row:
            service[key] = row[written]
    if "concurrency" in row:
        service["concurrency"] = {key: each for key, each in row["concurrency"].items() if each}
    return service


def _port(row: Tree) -> Tree:
    """Return a port; Go omits false and empty values of these two keys (FT-79)."""
    return {key: each for key, each in row.items() if each or key not in {"force_https", "handlers"}}


def _service_check(kind: str, row: Tree) -> Tree:
    """Return a service's check; it has no port (FT-81)."""
    return {"type": kind, **_check(row)}


def _check(row: Tree) -> Tree:
    check = {key: row[key] for key in (*_TIMES, *_HTTP) if row.get(key) not in {None, ""}}
    if row.get("headers"):
        check["headers"] = [{"name": name, "values": [value]} for name, value in row["headers"].items()]
    return check


def checks_of(manifest: Manifest, group: str) -> dict[str, Tree]:
    """Return the top-level checks of a group (FT-87, FT-88).

    Raises:
        ConfigurationError: A check has no port, and the group has no `[http_service]` to take one from.
    """
    http = manifest.tree.get("http_service")
    served = http.get("internal_port") if http is not None and manifest.is_of(http, group) else None
    checks = {}
    for key, row in manifest.checks():
        if not manifest.is_of(row, group):
            continue
        port = row.get("port") or served
        if port is None:
            raise refusal(
                f"{key}.port",
                f"is missing, and group {group!r} has no [http_service] to take it from; set the port.",
            )
        check = {"port": port, "type": row["type"], **_check(row)}
        if "method" in check:
            check["method"] = check["method"].upper()
        checks[key.removeprefix("checks.")] = check
    return checks


def validate_check(key: str, row: Tree) -> None:
    """Reject what flyctl rejects in a top-level check (FT-87, FT-89)."""
    if row.get("type") not in _CHECK_TYPES:
        raise refusal(f"{key}.type", f'is {row.get("type", "missing")}; use "tcp" or "http".')
    if "interval" in row and (parse_duration(row["interval"]) or 0) < _LEAST_INTERVAL_NS:
        raise refusal(f"{key}.interval", f"is {row['interval']}; the least is 2s.")
    if (parse_duration(row.get("timeout", "")) or 0) > _MINUTE_NS:
        raise refusal(f"{key}.timeout", f"is {row['timeout']}; the most is 60s.")


def find_odd_times(key: str, row: Tree) -> list[str]:
    """Return warnings about check times that the service adjusts (FT-83)."""
    warnings = []
    for name in (each for each in _TIMES if each in row):
        time = parse_duration(row[name]) or 0
        if time < SECOND_NS and not (name == "grace_period" and time == 0):
            warnings.append(f"{key}.{name}: {row[name]} is less than 1s; the service takes 1s.")
        elif time > _MINUTE_NS:
            warnings.append(f"{key}.{name}: {row[name]} is more than 1m; the service takes 1m.")
    return warnings
