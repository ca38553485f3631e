"""Check the parts of a response that the verbs rely on.

The SDK accepts values of other types than the API describes, so that one such value does not make a whole
response unreadable. A verb must not act on such a value. Therefore every response to a verb is checked first,
but only in the fields that verbs use.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias

#: A type of value; a mapping of keys ("?": may be null or absent, "!": null), or of any key ("*"); a list.
Shape: TypeAlias = "str | Mapping[str, Shape] | list[Shape]"
#: The path of an invalid value, and the message for it.
_Odd: TypeAlias = tuple[str, str]
_Check: TypeAlias = "Callable[[Any], _Odd | None]"
_NO_MAPPING: Final[_Odd] = ("", "is not a mapping of keys")

_ID: Final = re.compile(r"(?!\.+$)[A-Za-z0-9_.:-]{1,128}")
_KINDS: Final[dict[str, tuple[str, Callable[[object], bool]]]] = {
    "id": ("an id", lambda value: isinstance(value, str) and _ID.fullmatch(value) is not None),
    "text": ("text", lambda value: isinstance(value, str)),
    "flag": ("true or false", lambda value: isinstance(value, bool)),
    "choice": ("text, or true or false", lambda value: isinstance(value, str | bool)),
    "number": (
        "a number",
        lambda value: isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value),
    ),
    "header": (
        "printable text",
        lambda value: isinstance(value, str) and value.isascii() and value.isprintable() and bool(value),
    ),
}


def _texts(*names: str) -> dict[str, Shape]:
    """Return the keys of texts that may be null or absent."""
    return {f"{name}?": "text" for name in names}


_APP: Final[Shape] = {**_texts("name", "network"), "organization?": _texts("slug")}
_CONFIG: Final[Shape] = {
    "metadata?": {"*": "text"},
    "mounts?": [{"path?": "text", "volume?": "text"}],
    "services?": [{"autostop?": "choice"}],
    "guest?": {},
}
_MACHINE: Final[Shape] = {
    "id": "id",
    **_texts("name", "state", "region", "instance_id", "version", "host_status"),
    "config?": _CONFIG,
    "incomplete_config?": _CONFIG,
    "events?": [{"type?": "text", "request?": {"exit_event?": {}}}],
    "checks?": [_texts("name", "status")],
}
_VOLUME: Final[Shape] = {
    "id": "id",
    **_texts("name", "state", "region", "created_at", "attached_machine_id", "host_status"),
    "size_gb": "number",
    "snapshot_retention?": "number",
    "auto_backup_enabled?": "flag",
}
_SECRET: Final[Shape] = {"name": "text", "digest?": "text"}
_CERTIFICATE: Final[Shape] = {
    **_texts("hostname", "status", "rate_limited_until"),
    "configured?": "flag",
    "acme_requested?": "flag",
    "certificates?": [_texts("source", "status", "expires_at", "created_at")],
    "validation_errors?": [_texts("code", "message", "remediation")],
    "dns_requirements?": {
        "a?": ["text"],
        "aaaa?": ["text"],
        "cname?": "text",
        "acme_challenge?": _texts("name", "target"),
        "ownership?": _texts("name", "app_value", "org_value"),
    },
}
_ADDRESS: Final[dict[str, Shape]] = {
    **_texts("created_at", "region", "service_name"),
    "egress?": "flag",
    "shared?": "flag",
    "network?": _texts("name"),
}

#: Expected shapes by SDK operation name, for the operations whose responses verbs read.
_SHAPES: Final[dict[str, Shape]] = {
    "apps_get": _APP,
    "apps_create": _APP,
    "machines_list": [_MACHINE],
    "machines_list_versions": [{"version?": "text", "user_config?": _CONFIG}],
    "machines_get": _MACHINE,
    "machines_create": _MACHINE,
    "machines_update": _MACHINE,
    "machines_wait": {"state?": "text", "version?": "text"},
    "leases_acquire": {"data": {"nonce": "header"}},
    "volumes_list": [_VOLUME],
    "volumes_get": _VOLUME,
    "volumes_create": _VOLUME,
    "volumes_update": _VOLUME,
    "volumes_extend": {"needs_restart?": "flag", "volume": _VOLUME},
    "snapshots_list": [{"id": "text", "status?": "text", "created_at?": "text"}],
    "secrets_get": _SECRET,
    "secrets_list": {"secrets?": [_SECRET]},
    "secrets_update": {"secrets?": [_SECRET], "version?": "number"},
    "certificates_get": _CERTIFICATE,
    "certificates_check": _CERTIFICATE,
    "certificates_create_acme": _CERTIFICATE,
    "certificates_create_custom": _CERTIFICATE,
    "ip_assignments_list": {"ips!": [{**_ADDRESS, "ip": "id"}]},
    "ip_assignments_create": {**_ADDRESS, "ip?": "id", "ip_pair?": {"v4?": "id", "v6?": "id"}},
    "platform_find_placements": {"regions?": [{"region?": "text", "count?": "number"}]},
}


class Decoded:
    """A response whose body is decoded once, for this check and for its model."""

    def __init__(self, response: Any) -> None:  # noqa: ANN401  # httpx's
        self._response = response

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # httpx's
        return getattr(self._response, name)

    def json(self) -> Any:  # noqa: ANN401  # any JSON value
        """Return the body."""
        return self._body

    @functools.cached_property
    def _body(self) -> Any:  # noqa: ANN401  # the same
        return self._response.json()


def find_odd(operation: str, response: Decoded) -> str | None:
    """Return what is invalid in the response of an operation, or None if the verbs can use it."""
    check = _check_of(operation)
    if check is None:
        return None
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return "it is not JSON"
    odd = check(body)
    return f"{odd[0] or 'it'} {odd[1]}" if odd else None


@functools.cache
def _check_of(operation: str) -> _Check | None:
    return _compiled(_SHAPES[operation]) if operation in _SHAPES else None


def _compiled(shape: Shape) -> _Check:
    """Return a function that checks a value: interpreting the shape per value is slow for large lists."""
    if isinstance(shape, str):
        name, fits = _KINDS[shape]
        other_kind = ("", f"is not {name}")
        return lambda value: None if fits(value) else other_kind
    if isinstance(shape, list):
        return _of_all(list, enumerate, _compiled(shape[0]), ("", "is not a list"))
    if "*" not in shape:
        return _of_keys(shape)
    each = _compiled(shape["*"])
    return _of_all(dict, dict.items, lambda value: None if value is None else each(value), _NO_MAPPING)


def _of_all(
    kind: type, pairs: Callable[[Any], Iterable[tuple[str | int, Any]]], check: _Check, other_kind: _Odd
) -> _Check:
    """Return a function that checks all values of a list or a mapping."""

    def look(value: Any) -> _Odd | None:  # noqa: ANN401  # any JSON value
        if not isinstance(value, kind):
            return other_kind
        for place, found in pairs(value):
            if odd := check(found):
                return _under(place, odd)
        return None

    return look


def _of_keys(shape: Mapping[str, Shape]) -> _Check:
    checks = [(key.rstrip("?!"), key[-1], _compiled(inner)) for key, inner in shape.items()]

    def look(value: Any) -> _Odd | None:  # noqa: ANN401  # any JSON value
        if not isinstance(value, dict):
            return _NO_MAPPING
        for name, mark, check in checks:
            found = value.get(name)
            if found is None and mark == "!" and name not in value:
                return name, "is missing"
            if not (found is None and mark in "?!") and (odd := check(found)):
                return _under(name, odd)
        return None

    return look


def _under(place: str | int, odd: _Odd) -> _Odd:
    path, said = odd
    key = place if isinstance(place, str) else f"[{place}]"
    return f"{key}{'.' if path and path[0] != '[' else ''}{path}", said
