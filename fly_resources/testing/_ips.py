"""Addresses of an app (IP-1 to IP-8). Errors of these routes use `message` (IP-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources.testing import _errors as errors
from fly_resources.testing._call import as_text
from fly_resources.testing._state import App, Ip
from fly_resources.testing._wire import Answer, empty_answer, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._call import Call
    from fly_resources.testing._wire import Json, JsonObject

_DEFAULT_NETWORK = "default"  # IP-4: of the organisation, not of the app
_TYPES: dict[str, tuple[str, ...]] = {
    "v4": ("v4",),
    "v6": ("v6",),
    "shared_v4": ("shared_v4",),
    "private_v6": ("private_v6",),
    "egress_v4": ("egress_v4",),
    "egress_v6": ("egress_v6",),
    "egress_pair": ("egress_v4", "egress_v6"),
}


def index(call: Call) -> Answer:
    """App_IPAssignments_list (IP-3)."""
    app = call.app()
    return json_answer({"ips": [_render(call, app, ip) for ip in app.ips.values()]})


def create(call: Call) -> Answer:
    """App_IPAssignments_create: 200; every call adds another, but for shared_v4 (IP-1, IP-6)."""
    app = call.app()
    body = call.body("main.assignIPRequest")
    asked = as_text(body.get("type"), "string")
    if asked not in _TYPES:
        raise errors.refusal(400, f"invalid IP assignment type '{asked}'", key="message")
    if asked == "shared_v4" and any(ip.type == asked for ip in app.ips.values()):
        # IP-6: one per app; the answer is not recorded.
        raise errors.refusal(422, "App already has a shared IPv4 address", key="message")
    made = [_assign(call, app, kind, body) for kind in _TYPES[asked]]
    answer = _render(call, app, made[0])
    for name in ("region", "service_name"):  # IP-5: null or empty; here the one, in lists the other
        answer[name] = answer[name] or ""
    if asked == "egress_pair":
        answer["ip_pair"] = {"v4": made[0].address, "v6": made[1].address}
    return json_answer(answer)


def delete(call: Call) -> Answer:
    """App_IPAssignments_delete: by address, 204 (IP-3)."""
    if call.app().ips.pop(call.params["ip"].lower(), None) is None:
        raise errors.refusal(404, "IP assignment not found", key="message")  # the text is not recorded
    return empty_answer(204)


def _assign(call: Call, app: App, kind: str, body: JsonObject) -> Ip:
    private = kind == "private_v6"
    network = as_text(body.get("network"), "string") or _DEFAULT_NETWORK
    ip = Ip(
        address=_address(call, kind),
        type=kind,
        region=as_text(body.get("region"), "string") or None,
        network=network if private else None,
        service_name=as_text(body.get("service_name"), "string") or None,
        created_at=call.now,
    )
    app.ips[ip.address] = ip
    return ip


def _address(call: Call, kind: str) -> str:
    """Return a fresh address from the ranges that were seen (IP-7)."""
    ids = call.platform.ids
    if kind == "shared_v4":
        return f"66.241.{ids.number(124, 125)}.{ids.number(1, 254)}"
    if kind in {"v4", "egress_v4"}:
        return f"137.66.{ids.number(0, 255)}.{ids.number(1, 254)}"
    if kind == "private_v6":
        return f"fdaa:0:{ids.hex(4)}:0:1::{ids.number(1, 9)}{ids.hex(3)}"
    return f"2a09:8280:1::{ids.number(1, 9)}{ids.hex(3)}:{ids.number(1, 9)}{ids.hex(3)}"


def _render(call: Call, app: App, ip: Ip) -> dict[str, Json]:
    """Return an address without its type (IP-2, IP-5)."""
    shown: dict[str, Json] = {
        "ip": ip.address,
        "region": ip.region,
        "service_name": ip.service_name,
        "shared": ip.type == "shared_v4",
        "created_at": call.platform.wall.seconds(ip.created_at),
    }
    if ip.type.startswith("egress"):
        shown["egress"] = True
    if ip.network is not None:
        shown["network"] = {"name": ip.network, "org_slug": app.org}
    return shown
