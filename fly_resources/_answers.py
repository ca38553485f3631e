"""What the verbs rely on in an answer, checked before they decide by it.

The SDK passes on what is of another kind than the API describes: one odd value must not cost a reader
the whole answer. A verb must not act on such a value. So each answer that a verb asked for is looked
at first, but only where verbs look too; whatever else is odd in it does not matter.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: A kind of value; a mapping of keys ("?": may be null or absent, "!": null) or of any ("*"); a list.
Shape: TypeAlias = "str | Mapping[str, Shape] | list[Shape]"

_ID: Final = re.compile(r"(?!\.+$)[A-Za-z0-9_.:-]{1,128}")
_KINDS: Final[dict[str, tuple[str, Callable[[object], bool]]]] = {
    "any": ("anything", lambda _: True),
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

_APP: Final[Shape] = {"name?": "text", "network?": "text", "organization?": {"slug?": "text"}}
_CONFIG: Final[Shape] = {
    "metadata?": {"*": "text"},
    "mounts?": [{"path?": "text", "volume?": "text"}],
    "services?": [{"autostop?": "choice", "checks?": "any"}],
    "standbys?": "any",
    "guest?": {},
}
_MACHINE: Final[Shape] = {
    "id": "id",
    "name?": "text",
    "state?": "text",
    "region?": "text",
    "instance_id?": "text",
    "version?": "text",
    "host_status?": "text",
    "config?": _CONFIG,
    "incomplete_config?": _CONFIG,
    "events?": [{"type?": "text", "request?": {"exit_event?": {}}}],
    "checks?": [{"name?": "text", "status?": "text"}],
}
_VOLUME: Final[Shape] = {
    "id": "id",
    "name?": "text",
    "state?": "text",
    "region?": "text",
    "size_gb": "number",
    "created_at?": "text",
    "attached_machine_id?": "text",
    "host_status?": "text",
    "snapshot_retention?": "number",
    "auto_backup_enabled?": "flag",
}
_SECRETS: Final[Shape] = [{"name": "text", "digest?": "text"}]
_CERTIFICATE: Final[Shape] = {
    "hostname?": "text",
    "configured?": "flag",
    "acme_requested?": "flag",
    "status?": "text",
    "rate_limited_until?": "text",
    "certificates?": [
        {"source?": "text", "status?": "text", "expires_at?": "text", "created_at?": "text"},
    ],
    "validation_errors?": [{"code?": "text", "message?": "text", "remediation?": "text"}],
    "dns_requirements?": {
        "a?": ["text"],
        "aaaa?": ["text"],
        "cname?": "text",
        "acme_challenge?": {"name?": "text", "target?": "text"},
        "ownership?": {"name?": "text", "app_value?": "text", "org_value?": "text"},
    },
}
_ADDRESS: Final[dict[str, Shape]] = {
    "created_at?": "text",
    "egress?": "flag",
    "network?": {"name?": "text"},
    "region?": "text",
    "service_name?": "text",
    "shared?": "flag",
}

#: By the upstream's operationId: the operations whose answers verbs read.
SHAPES: Final[dict[str, Shape]] = {
    "Apps_show": _APP,
    "Apps_create": _APP,
    "Machines_list": [_MACHINE],
    "Machines_show": _MACHINE,
    "Machines_create": _MACHINE,
    "Machines_update": _MACHINE,
    "Machines_wait": {"state?": "text", "version?": "text"},
    "Machines_create_lease": {"data": {"nonce": "header"}},
    "Volumes_list": [_VOLUME],
    "Volumes_get_by_id": _VOLUME,
    "Volumes_create": _VOLUME,
    "Volumes_update": _VOLUME,
    "Volumes_extend": {"needs_restart?": "flag", "volume": _VOLUME},
    "Volumes_list_snapshots": [{"id": "text", "status?": "text", "created_at?": "text"}],
    "Secrets_list": {"secrets?": _SECRETS},
    "Secrets_update": {"secrets?": _SECRETS, "version?": "number"},
    "App_Certificates_show": _CERTIFICATE,
    "App_Certificates_check": _CERTIFICATE,
    "App_Certificates_acme_create": _CERTIFICATE,
    "App_Certificates_custom_create": _CERTIFICATE,
    "App_IPAssignments_list": {"ips!": [{**_ADDRESS, "ip": "id"}]},
    "App_IPAssignments_create": {**_ADDRESS, "ip?": "id", "ip_pair?": {"v4?": "id", "v6?": "id"}},
    "Platform_placements_post": {"regions?": [{"region?": "text", "count?": "number"}]},
}


def find_odd(operation: str, content: bytes) -> str | None:
    """Say what in the answer of an operation is not what the verbs need, or None if nothing is."""
    shape = SHAPES.get(operation)
    if shape is None:
        return None
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return "it is no JSON"
    return _odd("", body, shape)


def wrap_lease(content: bytes) -> bytes | None:
    """Return a lease that stands alone, as the published document has it, in the recorded envelope (LE-1).

    None: it is something else, or has its envelope.
    """
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict) or "data" in body or "nonce" not in body:
        return None
    return json.dumps({"status": "success", "data": body}).encode()


def _odd(path: str, value: Any, shape: Shape) -> str | None:  # noqa: ANN401  # any JSON value
    if isinstance(shape, str):
        name, fits = _KINDS[shape]
        return None if fits(value) else _said(path, name)
    if isinstance(shape, list):
        if not isinstance(value, list):
            return _said(path, "a list")
        return next(
            (odd for at, each in enumerate(value) if (odd := _odd(f"{path}[{at}]", each, shape[0]))), None
        )
    return _odd_keys(path, value, shape) if isinstance(value, dict) else _said(path, "a mapping of keys")


def _odd_keys(path: str, value: dict[str, Any], shape: Mapping[str, Shape]) -> str | None:
    for key, inner in shape.items():
        name = key.rstrip("?!")
        may_lack = name != key or key == "*"
        if key.endswith("!") and name not in value:
            return f"{_join(path, name)} is missing"
        for each in value if key == "*" else (name,):
            found = value.get(each)
            if not (may_lack and found is None) and (odd := _odd(_join(path, name), found, inner)):
                return odd
    return None


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _said(path: str, name: str) -> str:
    return f"{path or 'the whole'} is not {name}"
