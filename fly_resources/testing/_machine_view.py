"""How a machine is rendered: which version, under which keys, and which fields are omitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources.testing import _errors as errors
from fly_resources.testing import _leases as leases
from fly_resources.testing import _lifecycle as lifecycle
from fly_resources.testing._config import image_ref

if TYPE_CHECKING:
    from fly_resources.testing._behaviour import Behaviour
    from fly_resources.testing._call import Call
    from fly_resources.testing._state import Machine
    from fly_resources.testing._wire import Json, JsonObject

#: The keys of an `incomplete_config`, where the rest of the config is unknown (MA-45).
_KNOWN = ("image", "guest", "metadata")


def as_read(machine: Machine, behaviour: Behaviour, now: float) -> Machine:
    """Return a machine as reads return it: right after an update in its previous version (LC-43)."""
    replaced_at, former = machine.replaced_at, machine.former
    if (
        replaced_at is None
        or former is None
        or machine.gone
        or now >= replaced_at + behaviour.replaced_shown_s
    ):
        return machine
    return in_version(machine, former)


def in_version(machine: Machine, version: str) -> Machine:
    """Return a machine as it was in another version, with the state `replaced` (MA-47).

    Raises:
        Refusal: The machine has no such version; neither text nor status is recorded.
    """
    if version == machine.instance_id:
        return machine
    config = machine.config_of(version)
    if config is None:
        raise errors.refusal(404, "machine version not found")
    shown = machine.fork()
    shown.instance_id, shown.config, shown.state = version, config, "replaced"
    return shown


def versions(machine: Machine, behaviour: Behaviour) -> dict[str, Json]:
    """Return the version under the service's names for it (MA-47)."""
    names = ("instance_id", "version") if behaviour.version_fields == "both" else (behaviour.version_fields,)
    return dict.fromkeys(names, machine.instance_id)


def render(
    call: Call,
    machine: Machine,
    *,
    summary: bool = False,
    with_lease: bool = False,
    nonce: str | None = None,
) -> dict[str, Json]:
    """Return a machine as the service returns it; a summary omits five keys (MA-32)."""
    wall, behaviour = call.platform.wall, call.platform.behaviour
    body: dict[str, Json] = {
        "id": machine.id,
        "name": machine.name,
        "state": machine.state,
        "region": machine.region,
        "image_ref": image_ref(str(machine.config.get("image", "")), behaviour.hub_registry),
        **versions(machine, behaviour),
        "private_ip": machine.private_ip,
        "created_at": wall.seconds(machine.created_at),
        "updated_at": wall.seconds(machine.updated_at),
    }
    if machine.cordoned:
        body["cordoned"] = True
    if not summary:
        body |= _details(call, machine, nonce)
    if with_lease and leases.current(machine, call.now) is not None:
        body["lease"] = leases.stripped(call, machine)
    return body


def without_config(body: dict[str, Json], *, in_list: bool) -> dict[str, Json]:
    """Remove the config from the response about a machine whose host is healthy (MA-45)."""
    config = body.get("config")
    if not isinstance(config, dict):
        return body
    if in_list:
        return {**body, "config": None}
    known: dict[str, Json] = {key: config[key] for key in _KNOWN if key in config}
    return {**{key: value for key, value in body.items() if key != "config"}, "incomplete_config": known}


def _details(call: Call, machine: Machine, nonce: str | None) -> dict[str, Json]:
    """Return the fields that a summary omits."""
    behaviour = call.platform.behaviour
    config = _shown_config(machine, behaviour)
    # MA-18: for an unreachable host, only what the API stores is known.
    is_known = machine.host_status == "ok"
    body: dict[str, Json] = {"config": config} if is_known else {}
    body["incomplete_config"] = None if is_known else config  # MA-39
    body["events"] = lifecycle.embedded_events(machine)
    checks = lifecycle.checks(machine, call.now, call.platform)
    if checks:
        body["checks"] = checks
    if behaviour.host_status_shown:
        body["host_status"] = machine.host_status
    held = leases.current(machine, call.now) if behaviour.always_show_nonce else None
    nonce = nonce if held is None else held.nonce
    if nonce is not None:
        body["nonce"] = nonce
    return body


def _shown_config(machine: Machine, behaviour: Behaviour) -> JsonObject:
    config = machine.config
    services = config.get("services")
    if isinstance(services, list):
        config = {**config, "services": [_shown_service(service) for service in services]}
    image = config.get("image")
    if behaviour.image_echo == "as_sent" or not isinstance(image, str) or "@" in image:
        return config
    return {**config, "image": f"{image}@{image_ref(image, behaviour.hub_registry)['digest']}"}


def _shown_service(service: Json) -> Json:
    return {"force_instance_key": None, **service} if isinstance(service, dict) else service  # MA-39
