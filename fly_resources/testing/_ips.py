"""IP addresses of an app (IP-1 to IP-13). Errors of these routes use `message` (IP-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources.testing import _errors as errors
from fly_resources.testing._apps import require_org
from fly_resources.testing._call import as_text
from fly_resources.testing._state import App, Ip
from fly_resources.testing._wire import HTML_TYPE, Answer, empty_answer, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._call import Call
    from fly_resources.testing._wire import Json, JsonObject

DEFAULT_NETWORK = "default"
"""What this simulator calls the organisation's default network, whatever answers call it (IP-12)."""
_PRIVATE = "private_v6"
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
    """App_IPAssignments_create: 200; every call adds an address, except for shared_v4 (IP-1, IP-6)."""
    app = call.app()
    body = call.body("main.assignIPRequest")
    asked = as_text(body.get("type"), "string")
    if asked not in _TYPES:
        raise errors.refusal(400, "invalid ip address type")  # IP-9
    org = _org(call, app, asked, body)
    if asked == "shared_v4" and any(ip.type == asked for ip in app.ips.values()):
        # IP-6: one per app; the response is not recorded.
        raise errors.refusal(422, "App already has a shared IPv4 address", key="message")
    made = [_assign(call, app, kind, org, body) for kind in _TYPES[asked]]
    answer = _render(call, app, made[0])
    if asked == "egress_pair":
        answer["ip_pair"] = {"v4": made[0].address, "v6": made[1].address}
    return json_answer(answer)


def delete(call: Call) -> Answer:
    """App_IPAssignments_delete: by address, 204 (IP-3)."""
    if call.app().ips.pop(call.params["ip"].lower(), None) is None:
        raise errors.refusal(404, "IP assignment not found", key="message")  # the text is not recorded
    return empty_answer(204)


def _org(call: Call, app: App, kind: str, body: JsonObject) -> str:
    """Return the organisation whose network an address belongs to (IP-10, IP-13; two texts are ours)."""
    behaviour = call.platform.behaviour
    org = as_text(body.get("org_slug"), "string")
    if kind != _PRIVATE:
        if org and behaviour.public_org_slug == "refused":
            raise errors.refusal(400, "org_slug is only accepted for private_v6", key="message")
        return app.org
    if not org:
        if behaviour.private_v6_needs_org_slug:
            raise errors.refusal(400, "org_slug is required for private_v6", key="message")
        return app.org
    require_org(call, org)
    if org != app.org and _network(body) not in _networks(call, org):
        raise errors.Refusal(Answer(404, b"<html>404</html>", HTML_TYPE))
    return org


def _networks(call: Call, org: str) -> set[str]:
    return {DEFAULT_NETWORK, *(app.network for app in call.world.apps.values() if app.org == org)}


def _network(body: JsonObject) -> str:
    """Return the network of a private address: the organisation's default, not the app's (IP-4)."""
    return as_text(body.get("network"), "string") or DEFAULT_NETWORK


def _assign(call: Call, app: App, kind: str, org: str, body: JsonObject) -> Ip:
    private = kind == _PRIVATE
    ip = Ip(
        address=_address(call, kind),
        type=kind,
        region=as_text(body.get("region"), "string") or None,
        network=_network(body) if private else None,
        service_name=as_text(body.get("service_name"), "string") or None,
        created_at=call.now,
        org=org if private else None,
    )
    app.ips[ip.address] = ip
    return ip


def _address(call: Call, kind: str) -> str:
    """Return an unused address from the observed ranges (IP-7)."""
    ids = call.platform.ids
    if kind == "shared_v4":
        return f"66.241.{ids.number(124, 125)}.{ids.number(1, 254)}"
    if kind in {"v4", "egress_v4"}:
        return f"137.66.{ids.number(0, 255)}.{ids.number(1, 254)}"
    if kind == _PRIVATE:
        return f"fdaa:0:{ids.hex(4)}:0:1::{ids.number(1, 9)}{ids.hex(3)}"
    return f"2a09:8280:1::{ids.number(1, 9)}{ids.hex(3)}:{ids.number(1, 9)}{ids.hex(3)}"


def _render(call: Call, app: App, ip: Ip) -> dict[str, Json]:
    """Return an address without its type (IP-2, IP-5, IP-12)."""
    shown: dict[str, Json] = {
        "ip": ip.address,
        "region": ip.region or ("global" if ip.type == _PRIVATE else ""),
        "service_name": ip.service_name or "",
        "shared": ip.type == "shared_v4",
        "egress": ip.type.startswith("egress"),
        "created_at": call.platform.wall.seconds(ip.created_at),
    }
    if ip.network is not None:
        is_default = ip.network == DEFAULT_NETWORK
        name = call.platform.behaviour.default_network_name if is_default else ip.network  # IP-12
        shown["network"] = {"name": name, "org_slug": ip.org or app.org}
    return shown
