"""Machine metadata: changed without a restart and without a new version (ME-1 to ME-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources.testing import _errors as errors
from fly_resources.testing._call import as_object, as_text
from fly_resources.testing._wire import Answer, empty_answer, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._call import Call
    from fly_resources.testing._state import Machine
    from fly_resources.testing._wire import Json

_STRING_MAP = "map[string]string"


def index(call: Call) -> Answer:
    """Machines_show_metadata: a flat map (ME-1)."""
    return json_answer(_metadata(call.machine()))


def show(call: Call) -> Answer:
    """Machines_get_metadata_key: the value, or 404 (ME-2)."""
    value = _metadata(call.machine()).get(call.params["key"])
    if value is None:
        raise errors.refusal(404, "metadata key not found")
    return json_answer({"value": value})


def merge(call: Call) -> Answer:
    """PUT (deprecated, ME-8) and PATCH: keys are set, null and empty values remove them (ME-3)."""
    machine = _machine(call)
    body = call.body("main.updateMetadataRequest")
    expected = as_text(body.get("machine_version"), "string")
    if expected and expected != machine.instance_id:  # the text is not recorded
        raise errors.daemon("failed_precondition", "machine_version does not match the machine's version")
    changes = as_object(body.get("metadata") or {}, _STRING_MAP)
    _change(call, machine, {key: as_text(value, "string") for key, value in changes.items()})
    return empty_answer(204)


def put(call: Call) -> Answer:
    """Machines_upsert_metadata: one key (ME-1)."""
    machine = _machine(call)
    value = as_text(call.body("main.upsertMetadataKeyRequest").get("value"), "string")
    _change(call, machine, {call.params["key"]: value})
    return empty_answer(204)


def delete(call: Call) -> Answer:
    """Machines_delete_metadata: an absent key is fine (ME-7)."""
    _change(call, _machine(call), {call.params["key"]: ""})
    return empty_answer(204)


def _machine(call: Call) -> Machine:
    """Return the machine to change: leases of other holders do not matter (LE-15)."""
    return call.machine_to_change(unleased=call.platform.behaviour.metadata_under_lease == "free")


def _metadata(machine: Machine) -> dict[str, Json]:
    return dict(as_object(machine.config.get("metadata") or {}, _STRING_MAP))


def _change(call: Call, machine: Machine, changes: dict[str, str]) -> None:
    merged = _metadata(machine) | changes
    kept = {key: value for key, value in merged.items() if value}
    config = {key: value for key, value in machine.config.items() if key != "metadata"}
    machine.config = {**config, "metadata": kept} if kept else config
    call.save(machine)
