"""What several flows read from the SDK's models: a value or nothing, a time, a config."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, TypeGuard, TypeVar

from fly_machines import models
from fly_machines.types import Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")

_UNTIMED: Final = dt.datetime.min.replace(tzinfo=dt.UTC)


def given(value: T | Unset | None) -> T | None:
    """Return what the answer says, or None where it says nothing."""
    return None if isinstance(value, Unset) else value


def moment(value: dt.datetime | str | Unset | None) -> dt.datetime:
    """Return a time to order by: the earliest there is for none, and for text that is no time (IP-5)."""
    return value if isinstance(value, dt.datetime) else _UNTIMED


def is_app(answer: models.App | models.CreateAppResponse) -> TypeGuard[models.App]:
    """Whether the answer to creating an app is the app itself (AP-2)."""
    return isinstance(answer, models.App)


def org_slug(app: models.App) -> str | None:
    """Return the slug of the app's organisation, if the answer names one."""
    organization = given(app.organization)
    return given(organization.slug) if organization else None


def config_of(machine: models.Machine) -> dict[str, Any]:
    """Return the machine's config as JSON; of one on an unreachable host, what is known (MA-18)."""
    config = given(machine.config) or given(machine.incomplete_config)
    return config.to_dict() if config else {}


def exit_of(event: models.MachineEvent) -> dict[str, Any] | None:
    """Return what an event reports of a process that ended; None if it is about something else (LC-29)."""
    request = given(event.request)
    report = given(request.exit_event) if request and event.type_ == "exit" else None
    return report.to_dict() if report else None


def with_metadata(machine: models.Machine, metadata: Mapping[str, str]) -> models.Machine:
    """Return a copy of the machine with these keys in its metadata too."""
    config = config_of(machine)
    config["metadata"] = {**(config.get("metadata") or {}), **metadata}
    return models.Machine.from_dict({**machine.to_dict(), "config": config})


def with_state(machine: models.Machine, state: str) -> models.Machine:
    """Return a copy of the machine in another state, unknown keys included."""
    return models.Machine.from_dict({**machine.to_dict(), "state": state})


def as_mapping(config: models.MachineConfig | Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a config as a mapping of the API's own keys."""
    return config.to_dict() if isinstance(config, models.MachineConfig) else config
