"""Operations on running machines: start, stop, restart, suspend, signal, cordon, exec, processes, wait."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from fly_resources.testing import _errors as errors
from fly_resources.testing import _lifecycle as lifecycle
from fly_resources.testing import _mounts as mounts
from fly_resources.testing._call import as_int, as_list, as_text
from fly_resources.testing._config import reason_against_suspend
from fly_resources.testing._durations import parse_go_duration
from fly_resources.testing._wire import OK, Answer, Pending, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._call import Call
    from fly_resources.testing._state import Machine
    from fly_resources.testing._wire import Json, Result

#: The document's signals: for stop and restart, and for the signal call.
_STOP_SIGNALS = frozenset({"SIGHUP", "SIGINT", "SIGQUIT", "SIGKILL", "SIGUSR1", "SIGUSR2", "SIGTERM"})
_SIGNALS = _STOP_SIGNALS | {"SIGABRT", "SIGALRM", "SIGFPE", "SIGILL", "SIGPIPE", "SIGSEGV", "SIGTRAP"}
_KILL = 9  # the official client sends the number (LC-12)
_WAIT_STATES = frozenset({"started", "stopped", "suspended", "destroyed", "failed", "settled"})  # WA-1
_WAIT_MAX_S = 60  # WA-2
_OK, _CONFLICT = 200, 409


def start(call: Call) -> Answer:
    """Machines_start (LC-5, LC-6, LC-7)."""
    machine = call.machine_to_change()
    previous = machine.state
    if previous == "started" and call.platform.behaviour.start_of_started == _OK:
        return _started(previous)
    if previous in {"stopping", "suspending"}:
        raise errors.cannot_start("machine still active, refusing to start")
    if previous == "replacing":
        return _start_while_replacing(call, machine)
    if previous not in {"stopped", "suspended"}:
        raise errors.cannot_start(f"unable to start machine from current state: '{previous}'")
    if machine.region in call.platform.full_regions:
        raise errors.no_capacity_on_host()
    if not machine.skip_secrets:
        machine.secrets = call.app().digests()
    _run_until(call, machine, lifecycle.started(machine, call.now, call.platform))
    return _started(previous)


def _start_while_replacing(call: Call, machine: Machine) -> Answer:
    """Refuse, accept or ignore a start during an update (LC-35)."""
    how = call.platform.behaviour.start_while_replacing
    if how == "refused":
        is_left_stopped = machine.schedule[-1].state == "stopped"
        replaced = "unable to start machine from current state: 'replacing'"
        raise errors.cannot_start(
            replaced if is_left_stopped else "machine getting replaced, refusing to start"
        )
    if how == "accepted":
        _run_until(call, machine, lifecycle.started_after_replacement(machine, call.platform))
    return _started(machine.state)


def stop(call: Call) -> Answer:
    """Machines_stop: also accepts a stopped machine (LC-8, LC-9)."""
    machine = call.machine_to_change(blocks=True)
    body = call.body("main.stopRequest", needed=False)
    signal = _signal(body.get("signal") or "SIGINT", _STOP_SIGNALS)
    timeout = body.get("timeout")
    if isinstance(timeout, str):
        _require_duration(timeout)
    else:
        as_int(timeout, "fly.Duration")
    if timeout is not None and call.platform.behaviour.stop_timeout_needs_unit:
        _require_unit(str(timeout))
    if machine.state == "replacing":
        raise errors.daemon("failed_precondition", "machine getting replaced, refusing to stop")
    if machine.state != "stopping":
        _run_until(call, machine, lifecycle.stopped(machine, call.now, call.platform, signal))
    return OK


def restart(call: Call) -> Answer:
    """Machines_restart: parameters are in the query, where a bare number means seconds (LC-11)."""
    machine = call.machine_to_change()
    signal = _signal(call.query("signal") or "SIGINT", _STOP_SIGNALS)
    _require_duration(call.query("timeout"))
    if machine.state not in {"started", "stopped", "suspended"}:
        raise errors.daemon(
            "failed_precondition", f"unable to restart machine from current state: '{machine.state}'"
        )
    if call.platform.behaviour.restart_loads_secrets and not machine.skip_secrets:
        machine.secrets = call.app().digests()
    if machine.state == "started":
        gone_at = lifecycle.restarted(machine, call.now, call.platform, signal)
    else:
        gone_at = lifecycle.started(machine, call.now, call.platform)
    _run_until(call, machine, gone_at)
    return OK


def suspend(call: Call) -> Answer:
    """Machines_suspend: only small machines without swap, schedule and GPU (LC-13; texts not recorded)."""
    machine = call.machine_to_change()
    if machine.state in {"suspended", "suspending"}:
        return OK
    if machine.state != "started":
        raise errors.daemon(
            "failed_precondition", f"unable to suspend machine from current state: '{machine.state}'"
        )
    reason = reason_against_suspend(machine.config)
    if reason is not None:
        raise errors.daemon("failed_precondition", f"machine cannot be suspended: {reason}")
    lifecycle.suspended(machine, call.now, call.platform)
    call.save(machine)
    return OK


def signal(call: Call) -> Answer:
    """Machines_signal: a name, or the number 9 (LC-12). A running machine keeps running."""
    machine = call.machine_to_change()
    value = call.body("main.signalRequest").get("signal")
    if value != _KILL:
        _signal(value, _SIGNALS)
    call.require_started(machine)
    return OK


def cordon(call: Call) -> Answer:
    """Machines_cordon (LC-14)."""
    return _set_cordoned(call, cordoned=True)


def uncordon(call: Call) -> Answer:
    """Machines_uncordon (LC-14)."""
    return _set_cordoned(call, cordoned=False)


def execute(call: Call) -> Answer:
    """Machines_exec: 200 even if the command fails; `FlySimulator.on_exec` gives the result (LC-31)."""
    machine = call.machine_to_change()
    body = call.body("fly.MachineExecRequest")
    command = [as_text(part, "string") for part in as_list(body.get("command"), "[]string")]
    command = command or shlex.split(as_text(body.get("cmd"), "string"))
    if not command:
        raise errors.daemon("invalid_argument", "command is required")
    call.require_started(machine)
    program = call.platform.program(str(machine.config.get("image")))
    planned = None if program is None else program.answers.get(shlex.join(command))
    code, stdout, stderr = planned or call.platform.on_exec(command)
    return json_answer({"exit_code": code, "exit_signal": 0, "stdout": stdout, "stderr": stderr})


def processes(call: Call) -> Answer:
    """Machines_list_processes (LC-30): while the machine runs, the result of `FlySimulator.on_processes`."""
    machine = call.machine()
    if machine.state != "started":
        return json_answer([])
    found = call.platform.on_processes(machine.name)
    by, order = call.query("sort_by"), call.query("order")
    if by:
        found = sorted(found, key=lambda process: _sort_key(process.get(by)), reverse=order == "desc")
    return json_answer(found)


def wait(call: Call) -> Result:
    """Machines_wait: blocks until one of the states is reached, at most 60 s (WA-1 to WA-12)."""
    states = [part for value in call.request.query.get("state", []) for part in value.split(",") if part]
    for state in states:
        if state not in _WAIT_STATES:
            raise errors.daemon("invalid_argument", f"invalid state '{state}'")
    timeout = _wait_timeout(call)
    if not 1 <= timeout <= _WAIT_MAX_S:
        raise errors.daemon(
            "invalid_argument",
            "invalid WaitMachineRequest.Timeout: value must be inside range [1s, 1m0s]",
        )
    version = call.query("version") or call.query("instance_id")
    if call.platform.behaviour.wait_for_stopped_needs_version and "stopped" in states and not version:
        raise errors.refusal(400, "instance_id required when waiting for stopped machine")  # WA-5
    return _look(call, states or ["started"], version, call.now, call.now + timeout)


def _look(call: Call, states: list[str], version: str, now: float, deadline: float) -> Result:
    behaviour = call.platform.behaviour
    machine = _waited_for(call, states, now)
    if version and version != machine.instance_id and any(version == old for old, _ in machine.versions):
        raise errors.daemon("aborted", f"machine version {version} is currently replaced")  # WA-8
    current = not version or version == machine.instance_id
    early = behaviour.early_destroyed and machine.state == "destroying" and "destroyed" in states
    if early or (current and _reached(machine, states)):
        return json_answer(
            {
                "ok": True,
                "state": "destroyed" if early else machine.state,
                "version": machine.instance_id,
                "event_id": machine.events[-1]["id"] if machine.events else "",
            }
        )
    refused_at_once = behaviour.unreachable_wait_status == _CONFLICT and _cannot_reach(machine, states)
    if refused_at_once or now >= deadline:
        raise errors.daemon(
            "aborted" if refused_at_once else "deadline_exceeded",
            f"machine failed to reach desired state, {', '.join(states)}, currently {machine.state}",
        )
    change = lifecycle.next_change(machine)
    return Pending(
        deadline if change is None else min(change, deadline),
        lambda later: _look(call, states, version, later, deadline),
    )


def _waited_for(call: Call, states: list[str], now: float) -> Machine:
    """Return the machine of a wait as it is now (MA-34, WA-7)."""
    behaviour = call.platform.behaviour
    machine = call.app().machines.get(call.params["machine_id"])
    if machine is None or now < machine.created_at + behaviour.machine_unseen_s:
        raise errors.wait_machine_not_found()
    lifecycle.advance(machine, now)
    if machine.state == "destroyed" and "destroyed" not in states:
        raise errors.wait_machine_not_found()
    gone_at = machine.destroyed_at
    if gone_at is not None and now >= gone_at + behaviour.destroyed_visible_s:
        raise errors.wait_machine_not_found()
    return machine


def _reached(machine: Machine, states: list[str]) -> bool:
    return machine.state in states or ("settled" in states and machine.state not in lifecycle.TRANSIENT)


def _cannot_reach(machine: Machine, states: list[str]) -> bool:
    """Return whether the machine can reach one of these states only in a new version (WA-13)."""
    if machine.gone:
        return not {"destroyed", "settled"}.intersection(states)
    return machine.state in {"failed", "launch_failed"} and not machine.schedule and "destroyed" not in states


def _wait_timeout(call: Call) -> float:
    """Return the timeout of a wait in seconds; Go durations are accepted too."""
    text = call.query("timeout")
    if not text or text.isdigit():
        return float(text or _WAIT_MAX_S)
    return _require_duration(text) / 1e9


def _started(previous: str) -> Answer:
    return json_answer({"previous_state": previous, "migrated": False, "new_host": ""})


def _run_until(call: Call, machine: Machine, gone_at: float | None) -> None:
    """Store the changed machine; if it will destroy itself, its volume is released after that."""
    call.save(machine)
    if gone_at is not None:
        mounts.release(call.app(), machine.id, gone_at, call.platform)


def _set_cordoned(call: Call, *, cordoned: bool) -> Answer:
    machine = call.machine_to_change()
    machine.cordoned = cordoned
    call.save(machine)
    return OK


def _signal(value: Json, known: frozenset[str]) -> str:
    name = as_text(value, "string")
    if name not in known:
        raise errors.daemon("invalid_argument", f"invalid signal '{name}'")
    return name


def _sort_key(value: Json) -> tuple[bool, float, str]:
    if isinstance(value, (int, float)):
        return False, float(value), ""
    return True, 0.0, str(value)


def _require_unit(text: str) -> None:
    if not text.rstrip("0123456789"):
        raise errors.refusal(400, f'time: missing unit in duration "{text}"')


def _require_duration(text: str) -> int:
    """Return the nanoseconds of a Go duration or of a bare number of seconds (LC-8, LC-11)."""
    if not text:
        return 0
    nanoseconds = int(text) * 10**9 if text.isdigit() else parse_go_duration(text)
    if nanoseconds is None:
        raise errors.refusal(400, f'time: invalid duration "{text}"')
    return nanoseconds
