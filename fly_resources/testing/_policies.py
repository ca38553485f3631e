"""Network policies of an app (NP-1). They are stored and listed; the simulator carries no traffic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources.testing import _errors as errors
from fly_resources.testing._call import as_int, as_list, as_object, as_text
from fly_resources.testing._wire import Answer, empty_answer, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._call import Call
    from fly_resources.testing._wire import Json, JsonObject

_DIRECTIONS = frozenset({"egress", "ingress"})


def index(call: Call) -> Answer:
    """App_NetworkPolicies_list."""
    return json_answer(list(call.app().network_policies.values()))


def create(call: Call) -> Answer:
    """App_NetworkPolicies_create: an id replaces that policy. Status and body are not recorded."""
    app = call.app()
    body = call.body("main.networkPolicyRequest")
    name = as_text(body.get("name"), "string")
    if not name:
        raise errors.daemon("invalid_argument", "name is required")
    known = as_text(body.get("id"), "string")
    if known and known not in app.network_policies:
        raise _not_found()
    policy: JsonObject = {
        "id": known or call.platform.ids.hex(16),
        "name": name,
        "selector": _selector(as_object(body.get("selector"), "main.networkPolicySelector")),
        "rules": [_rule(rule) for rule in as_list(body.get("rules"), "[]main.networkPolicyRule")],
    }
    app.network_policies[str(policy["id"])] = policy
    return json_answer(policy, 200 if known else 201)


def delete(call: Call) -> Answer:
    """App_NetworkPolicies_delete; the response is not recorded."""
    if call.app().network_policies.pop(call.params["policy_id"], None) is None:
        raise _not_found()
    return empty_answer(204)


def _selector(value: JsonObject) -> JsonObject:
    shown: dict[str, Json] = {}
    if value.get("all") is not None:
        shown["all"] = value["all"] is True
    if value.get("machines") is not None:
        machines = as_list(value["machines"], "[]main.networkPolicyMachine")
        shown["machines"] = [
            {"id": as_text(as_object(each, "main.networkPolicyMachine").get("id"), "string")}
            for each in machines
        ]
    if value.get("metadata") is not None:
        labels = as_object(value["metadata"], "map[string]string")
        shown["metadata"] = {key: as_text(label, "string") for key, label in labels.items()}
    return shown


def _rule(value: Json) -> JsonObject:
    rule = as_object(value, "main.networkPolicyRule")
    action, direction = (as_text(rule.get(key), "string") for key in ("action", "direction"))
    if action != "allow":
        raise errors.daemon("invalid_argument", f"invalid action '{action}'")
    if direction not in _DIRECTIONS:
        raise errors.daemon("invalid_argument", f"invalid direction '{direction}'")
    ports = [
        as_object(port, "main.networkPolicyPort")
        for port in as_list(rule.get("ports"), "[]main.networkPolicyPort")
    ]
    return {
        "action": action,
        "direction": direction,
        "ports": [
            {"port": as_int(port.get("port"), "int"), "protocol": as_text(port.get("protocol"), "string")}
            for port in ports
        ],
    }


def _not_found() -> errors.Refusal:
    return errors.refusal(404, "network policy not found")  # the text is not recorded
