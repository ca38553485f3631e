"""What an app holds now, so that nothing is made beside it; and what the machines say of their groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias, TypeVar, cast

import attrs
from fly_machines import models

from fly_resources import _ops
from fly_resources._flytoml.configs import GROUP, PLATFORM, V2
from fly_resources._flytoml.short_lived import SHORT_LIVED
from fly_resources.errors import ConfigurationError, ContradictionError, NotFoundError, ReconcileError

if TYPE_CHECKING:
    from fly_resources.client import AsyncFly, Fly

Tree: TypeAlias = dict[str, Any]
T = TypeVar("T")

_GOING: Final = frozenset({"destroyed", "destroying"})
_DYING: Final = frozenset(
    {"scheduling_destroy", "pending_destroy", "destroying", "destroyed", "fork_cleanup", "waiting_for_detach"}
)
_READS: Final = 3
_UNTIMED: Final = dt.datetime.min.replace(tzinfo=dt.UTC)


def _checked(values: object, kind: type[T]) -> tuple[T, ...]:
    """Return SDK models of one kind; refuse anything else."""
    found = tuple(values) if isinstance(values, Iterable) and not isinstance(values, str) else (values,)
    if not all(isinstance(each, kind) for each in found):
        raise ConfigurationError(
            f"Live takes the SDK's models: a list of {kind.__name__}, as its list operation returns it."
        )
    return cast("tuple[T, ...]", found)


def _machines(values: Iterable[models.Machine]) -> tuple[models.Machine, ...]:
    return _checked(values, models.Machine)


def _volumes(values: Iterable[models.Volume]) -> tuple[models.Volume, ...]:
    return _checked(values, models.Volume)


def _addresses(values: Iterable[models.IpAssignment]) -> tuple[models.IpAssignment, ...]:
    return _checked(values, models.IpAssignment)


@attrs.frozen
class Live:
    """What an app holds, as the SDK lists it. Without arguments: nothing, an app that is yet to be made.

    Attributes:
        app: Name of the app that was read; what is read of one app describes no other.
        machines: All of the app's machines.
        volumes: All of its volumes.
        addresses: All of its addresses.

    Raises:
        ConfigurationError: Something that is no model of the SDK.
    """

    app: str | None = None
    machines: tuple[models.Machine, ...] = attrs.field(default=(), converter=_machines, repr=False)
    volumes: tuple[models.Volume, ...] = attrs.field(default=(), converter=_volumes, repr=False)
    addresses: tuple[models.IpAssignment, ...] = attrs.field(default=(), converter=_addresses, repr=False)

    @classmethod
    def read(cls, fly: Fly, app: str) -> Self:
        """Read what an app holds; nothing if there is no such app. At least four GETs, two if there is none.

        Raises:
            ContradictionError: The list of machines holds fewer than the app counts itself; or the app
                answers 404, and the list does not.
            ApiError, TransportError: A read failed, or was refused.
        """
        doubt: str | None = None
        for _ in range(_READS):
            try:
                shown = _ops.get_app(app).sync(fly.sdk)
            except NotFoundError:
                shown = None
            try:
                machines = _ops.list_machines(app).sync(fly.sdk)
            except NotFoundError:
                if shown is None:
                    return cls(app)
                raise
            doubt = _find_doubt(shown, machines)
            if doubt is None:
                for index in _find_incomplete(machines):
                    machines[index] = _ops.get_machine(app, machines[index].id).sync(fly.sdk)
                volumes = _ops.list_volumes(app).sync(fly.sdk)
                return cls(app, machines, volumes, _ops.list_addresses(app).sync(fly.sdk))
        raise _contradiction(app, doubt)

    @classmethod
    async def read_async(cls, fly: AsyncFly, app: str) -> Self:
        """Read what an app holds; see `read`."""
        doubt: str | None = None
        for _ in range(_READS):
            try:
                shown = await _ops.get_app(app).aio(fly.sdk)
            except NotFoundError:
                shown = None
            try:
                machines = await _ops.list_machines(app).aio(fly.sdk)
            except NotFoundError:
                if shown is None:
                    return cls(app)
                raise
            doubt = _find_doubt(shown, machines)
            if doubt is None:
                for index in _find_incomplete(machines):
                    machines[index] = await _ops.get_machine(app, machines[index].id).aio(fly.sdk)
                volumes = await _ops.list_volumes(app).aio(fly.sdk)
                return cls(app, machines, volumes, await _ops.list_addresses(app).aio(fly.sdk))
        raise _contradiction(app, doubt)


def kept_machines(live: Live) -> list[models.Machine]:
    """Return the machines that stay, but for flyctl's short-lived ones; standbys last, oldest first."""
    machines = [each for each in live.machines if each.state not in _GOING]
    return sorted(
        (each for each in machines if _metadata(each).get(GROUP) not in SHORT_LIVED),
        key=lambda each: (bool(config_of(each).get("standbys")), _moment(each.created_at), each.id),
    )


def free_volumes(live: Live, name: str) -> list[models.Volume]:
    """Return the volumes of that name that no machine holds, oldest first (FT-131)."""
    found = [
        each
        for each in live.volumes
        if each.name == name
        and each.state not in _DYING
        and not each.attached_machine_id
        and (not each.host_status or each.host_status == "ok")
    ]
    return sorted(found, key=lambda each: (_moment(each.created_at), each.id))


def _find_doubt(app: models.App | None, machines: list[models.Machine]) -> str | None:
    """Say what speaks against the list, or against the 404 of the app (None); either alone proves nothing."""
    listed = sum(each.state != "destroyed" for each in machines)
    if app is None:
        return f"it answers 404, and the list of its machines answers with {listed}"
    count = app.machine_count or 0
    return (
        f"it counts {count} machines itself, and the list of them shows {listed}" if listed < count else None
    )


def _find_incomplete(machines: list[models.Machine]) -> list[int]:
    """Return which machines of a list to read again by id: a config that is left out is not an empty one."""
    return [
        index
        for index, each in enumerate(machines)
        if not each.config and each.state not in _GOING and (not each.host_status or each.host_status == "ok")
    ]


def _contradiction(app: str, doubt: str | None) -> ContradictionError:
    return ContradictionError(
        f"App {app!r}: {doubt}, also when both were read {_READS} times. What is not shown would be made "
        "once more, so nothing was decided. Compare with fly machines list; run it again later."
    )


def config_of(machine: models.Machine) -> Tree:
    """Return a machine's config; of one on an unreachable host, what is known of it.

    Raises:
        ReconcileError: The answer holds none, which does not mean that it has none.
    """
    config = machine.config or machine.incomplete_config
    if not config:
        raise ReconcileError(
            f"machine {machine.name} ({machine.id}): the answer leaves out its config, so its process group "
            "is not known. Read it again by its id, or later."
        )
    found: Tree = config.to_dict()
    return found


def _metadata(machine: models.Machine) -> Tree:
    found: Tree = config_of(machine).get("metadata") or {}
    return found


def group_of(machine: models.Machine, default: str) -> str | None:
    """Return the process group of a machine; None if nothing says so (FT-112, FT-113)."""
    metadata = _metadata(machine)
    named = metadata.get(GROUP) or metadata.get("process_group")
    return str(named) if named else (default if metadata.get(PLATFORM) == V2 else None)


def _moment(value: dt.datetime | str) -> dt.datetime:
    return value if isinstance(value, dt.datetime) else _UNTIMED
