"""The memory limit of a running machine (LC-33). No response is recorded: this follows the API document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources.testing import _errors as errors
from fly_resources.testing._call import as_int, as_object
from fly_resources.testing._wire import Answer, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._call import Call
    from fly_resources.testing._state import Machine

_USED_MB = 64  # for the running processes


def show(call: Call) -> Answer:
    """Machines_get_memory."""
    return _shown(call.machine())


def limit(call: Call) -> Answer:
    """Machines_set_memory_limit: at most the memory of the guest."""
    machine = call.machine_to_change()
    wanted = as_int(call.body("main.setMemoryLimitRequest").get("limit_mb"), "uint64")
    if not 0 < wanted <= _guest_mb(machine):
        raise errors.daemon("invalid_argument", f"limit_mb must be 1 to {_guest_mb(machine)}")
    call.require_started(machine)
    machine.memory_limit_mb = wanted
    call.save(machine)
    return _shown(machine)


def reclaim(call: Call) -> Answer:
    """Machines_reclaim_memory: reclaims free memory only."""
    machine = call.machine_to_change()
    wanted = as_int(call.body("main.reclaimMemoryRequest").get("amount_mb"), "uint64")
    if wanted < 0:
        raise errors.daemon("invalid_argument", "amount_mb must not be negative")
    call.require_started(machine)
    return json_answer({"actual_mb": min(wanted, _free_mb(machine))})


def _shown(machine: Machine) -> Answer:
    return json_answer({"limit_mb": _limit_mb(machine), "available_mb": _free_mb(machine)})


def _free_mb(machine: Machine) -> int:
    return max(0, _limit_mb(machine) - _USED_MB)


def _limit_mb(machine: Machine) -> int:
    return machine.memory_limit_mb or _guest_mb(machine)


def _guest_mb(machine: Machine) -> int:
    return as_int(as_object(machine.config.get("guest"), "fly.MachineGuest").get("memory_mb"), "int")
