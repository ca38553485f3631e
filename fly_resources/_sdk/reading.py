"""The only place that interprets responses: versions, configs, hosts, networks, images, deletion.

A missing or null field is unknown, never its zero value. An empty string where the service has a default
means that default.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from dateutil.parser import isoparse
from fly_machines import models
from fly_machines.types import UNSET, Unset

from fly_resources.errors import UnreadableMachineError
from fly_resources.report import ExecResult, LogLine

T = TypeVar("T")
ThingT = TypeVar("ThingT", "models.Machine", "models.Volume")

_UNTIMED: Final = dt.datetime.min.replace(tzinfo=dt.UTC)
#: What users and some responses call an organisation's default network; address lists say "" (IP-12).
DEFAULT_NETWORK: Final = "default"
#: An alias that may mean a different organisation per caller (PL-4); the payer if none is given.
DEFAULT_ORG: Final = "personal"
#: Marks a machine of `fly.run`, with its own name as value: the machine is temporary.
RUN: Final = "fly_resources.run"
#: Stored next to it: the seconds after which the creator would have destroyed the machine.
RUN_LIMIT: Final = "fly_resources.run_limit_s"
_DEFAULT_TAG: Final = "latest"
#: Default and minimum MiB of memory per CPU (MA-6, MA-23).
MEMORY_MB: Final = {"shared": 256, "performance": 2048}
#: A volume in one of these states is gone or being destroyed; lists still include it (VO-13).
_DYING: Final = frozenset(
    {"scheduling_destroy", "pending_destroy", "destroying", "destroyed", "fork_cleanup", "waiting_for_detach"}
)


def given(value: T | Unset | None) -> T | None:
    """Return the value, or None if the response omits it."""
    return None if isinstance(value, Unset) else value


def moment(value: dt.datetime | str | Unset | None) -> dt.datetime:
    """Return a time to sort by: the earliest possible one if it is missing or invalid (IP-5)."""
    return value if isinstance(value, dt.datetime) else _UNTIMED


def org_slug(app: models.App) -> str | None:
    """Return the slug of the app's organisation, if the response includes it."""
    organization = given(app.organization)
    return given(organization.slug) if organization else None


def version_of(machine: models.Machine) -> str | None:
    """Return the machine's version, from whichever of its two fields the response has (MA-47)."""
    return given(machine.version) or given(machine.instance_id) or None


def has_config(machine: models.Machine) -> bool:
    """Return whether the response includes the machine's config; every real one names an image (MA-45)."""
    return _whole_config(machine) is not None


def _whole_config(machine: models.Machine) -> models.MachineConfig | None:
    config = given(machine.config)
    if config is None or not (given(config.image) or given(config.containers)):
        return None
    return config


def config_of(machine: models.Machine) -> dict[str, Any]:
    """Return the machine's config as JSON.

    Raises:
        UnreadableMachineError: The response has no config, which says nothing about the machine (MA-18,
            MA-45).
    """
    return _readable_config(machine).to_dict()


def metadata_of(machine: models.Machine) -> Mapping[str, str]:
    """Return the metadata of the machine's config. Raises as `config_of` does."""
    return given(_readable_config(machine).metadata) or {}


def mounts_of(machine: models.Machine) -> list[dict[str, Any]]:
    """Return the machine's mounts as JSON. Raises as `config_of` does."""
    return [each.to_dict() for each in given(_readable_config(machine).mounts) or []]


def mounted_volumes(machine: models.Machine) -> list[str]:
    """Return the ids of the volumes that the machine mounts. Raises as `config_of` does."""
    found = (given(each.volume) for each in given(_readable_config(machine).mounts) or [])
    return [each for each in found if each and each.startswith("vol_")]


def _readable_config(machine: models.Machine) -> models.MachineConfig:
    config = _whole_config(machine)
    if config is None:
        raise UnreadableMachineError(f"machine {machine.name} ({machine.id}): {why_unreadable(machine)}")
    return config


def why_unreadable(machine: models.Machine) -> str | None:
    """Return why the response about this machine is not usable; None if it is complete."""
    status = host_trouble(machine)
    if status:
        return f"its host is {status}; try again when it is back"
    if not has_config(machine):
        return "the service leaves out its config, also when it is read by id; try again later"
    return None


def host_trouble(thing: models.Machine | models.Volume) -> str | None:
    """Return the reported host status if it is bad, mostly `unreachable`; None if it is ok or missing."""
    status = given(thing.host_status)
    return str(status) if status and status != "ok" else None


def is_reachable(thing: models.Machine | models.Volume) -> bool:
    """Return whether its host is reachable: as stated, or implied by a complete response (MA-18, MA-45)."""
    if given(thing.host_status):
        return host_trouble(thing) is None
    return isinstance(thing, models.Volume) or has_config(thing)


def is_gone(thing: models.Machine | models.Volume) -> bool:
    """Return whether the machine or volume no longer exists.

    `replaced` and `migrated` are states of a version: they say nothing about the machine (LC-43).
    """
    return thing.state == "destroyed"


def is_leaving(machine: models.Machine) -> bool:
    """Return whether the machine is being destroyed; it may still run if its host is dead (HS-1)."""
    return machine.state == "destroying"


def is_live(machine: models.Machine) -> bool:
    """Return whether the machine exists and is not being destroyed."""
    return not is_gone(machine) and not is_leaving(machine)


def is_one_off(machine: models.Machine) -> bool:
    """Return whether `fly.run` created it, so that it destroys itself; clones carry another's mark."""
    return has_config(machine) and metadata_of(machine).get(RUN) == machine.name


def run_limit_s(machine: models.Machine) -> float | None:
    """Return the time limit in seconds of a machine of `fly.run`; None if it has none."""
    text = metadata_of(machine).get(RUN_LIMIT)
    try:
        return float(text or "")
    except ValueError:
        return None


def holder_id(volume: models.Volume) -> str | None:
    """Return the id of the machine that the volume is attached to; None if there is none."""
    return given(volume.attached_machine_id) or None


def is_dying(volume: models.Volume) -> bool:
    """Return whether the volume is destroyed or being destroyed (VO-13)."""
    return volume.state in _DYING


def as_dying(volume: models.Volume) -> models.Volume:
    """Return a copy of the volume in the state of being destroyed, including unknown keys."""
    return volume if is_dying(volume) else with_state(volume, "pending_destroy")


def network_name(thing: models.App | models.IpAssignment) -> str | None:
    """Return the name of an app's or address's private network; None if the response omits it.

    An empty name is the organisation's default network (IP-12).
    """
    if isinstance(thing, models.App):
        name = given(thing.network)
    else:
        network = given(thing.network)
        name = given(network.name) if network else None
    return None if name is None else name or DEFAULT_NETWORK


def same_image(declared: str, observed: str) -> bool:
    """Return whether the observed image is the declared one.

    The service may add the digest of the image it resolved (MA-43). A declared digest must be present.
    """
    (wanted, wanted_tag, wanted_digest), (name, tag, digest) = _image(declared), _image(observed)
    if wanted != name or (wanted_digest and wanted_digest != digest):
        return False
    return bool(wanted_digest) or wanted_tag == tag


def _image(reference: str) -> tuple[str, str, str]:
    """Split an image reference into its name, its tag and its digest."""
    rest, _, digest = reference.partition("@")
    folder, slash, last = rest.rpartition("/")
    name, _, tag = last.partition(":")
    return folder + slash + name, tag or _DEFAULT_TAG, digest


def exit_of(event: models.MachineEvent) -> dict[str, Any] | None:
    """Return the process exit that an event reports; None if the event reports something else (LC-29)."""
    request = given(event.request)
    report = given(request.exit_event) if request and event.type_ == "exit" else None
    return report.to_dict() if report else None


def with_metadata(machine: models.Machine, metadata: Mapping[str, str]) -> models.Machine:
    """Return a copy of the machine with these keys added to its metadata."""
    config = config_of(machine)
    config["metadata"] = {**(config.get("metadata") or {}), **metadata}
    return models.Machine.from_dict({**machine.to_dict(), "config": config})


def with_state(thing: ThingT, state: str) -> ThingT:
    """Return a copy of the machine or volume in another state, including unknown keys."""
    return type(thing).from_dict({**thing.to_dict(), "state": state})


def as_mapping(config: models.MachineConfig | Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a config as a mapping with the API's keys; nested models become mappings too."""
    mapping: Mapping[str, Any] = _without_models(config)
    return mapping


def _without_models(value: Any) -> Any:  # noqa: ANN401  # any value of a config
    if isinstance(value, Mapping):
        return {key: _without_models(each) for key, each in value.items() if each is not UNSET}
    if isinstance(value, list | tuple):
        return [_without_models(each) for each in value]
    return value.to_dict() if hasattr(value, "to_dict") else value


def default_memory_mb(guest: Mapping[str, Any]) -> int:
    """Return the default memory in MiB of a machine with these CPUs (MA-6, MA-23)."""
    cpus: int = guest.get("cpus", 1)
    return MEMORY_MB.get(str(guest.get("cpu_kind", "shared")), 0) * cpus


def exec_result(answer: models.ExecMachineResponse) -> ExecResult:
    """Return the result of a command; Go omits zero and empty values from responses (LC-31)."""
    return ExecResult(
        given(answer.exit_code) or 0,
        given(answer.stdout) or "",
        given(answer.stderr) or "",
        given(answer.exit_signal) or None,
    )


def count(value: object) -> int | None:
    """Return a count, or None if the value is not one."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def log_lines(text: str) -> list[LogLine]:
    """Parse the lines of a log. A line that is not a JSON object is a message; the keys are undocumented."""
    # Other line breaks may be part of a message.
    return [_log_line(line.removesuffix("\r")) for line in text.split("\n") if line.strip()]


def lines_of(machine_id: str, lines: Iterable[LogLine]) -> tuple[LogLine, ...]:
    """Return the log lines that the machine wrote, or that do not name a machine."""
    return tuple(line for line in lines if line.machine in {"", machine_id})


def _log_line(line: str) -> LogLine:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        return LogLine(None, line)
    for inner in ("attributes", "meta"):  # the older log route (PL-13) has its keys there
        if isinstance(row.get(inner), dict):
            row = {**row[inner], **row}
    return LogLine(
        _log_time(row.get("timestamp")),
        *(
            str("" if row.get(key) is None else row[key])
            for key in ("message", "level", "region", "instance")
        ),
    )


def _log_time(value: object) -> dt.datetime | None:
    try:
        read = isoparse(str(value))
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=dt.UTC)
