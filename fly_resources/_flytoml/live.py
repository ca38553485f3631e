"""What an app holds now, so that nothing is made beside it; and what the machines say of their groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, TypeAlias, TypeVar, cast

import attrs
from fly_machines import models

from fly_resources import _readings
from fly_resources._flows import verbs
from fly_resources._flytoml.configs import GROUP, PLATFORM, V2
from fly_resources._flytoml.short_lived import SHORT_LIVED
from fly_resources.errors import ConfigurationError, ReconcileError

if TYPE_CHECKING:
    from fly_resources._flows.world import AppState
    from fly_resources.client import AsyncFly, Fly

Tree: TypeAlias = dict[str, Any]
T = TypeVar("T")


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
        """Read what an app holds; nothing if there is no such app. Four GETs, and more where one is doubtful.

        Raises:
            ContradictionError: A list holds fewer than the app counts itself, than another answer shows, or
                than a second list; or the app answers 404, and its lists do not.
            ApiError, TransportError: A read failed, or was refused.
        """
        driver = fly._driver()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # not for users
        return cls._of(driver.run(verbs.read_whole(app)))

    @classmethod
    async def read_async(cls, fly: AsyncFly, app: str) -> Self:
        """Read what an app holds; see `read`."""
        driver = fly._driver()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # the same
        return cls._of(await driver.run(verbs.read_whole(app)))

    @classmethod
    def _of(cls, state: AppState) -> Self:
        return cls(state.name, state.machines, state.volumes, state.addresses)


def kept_machines(live: Live) -> list[models.Machine]:
    """Return the machines that stay, but for flyctl's short-lived ones; standbys last, oldest first."""
    machines = [each for each in live.machines if _readings.is_live(each)]
    return sorted(
        (each for each in machines if _metadata(each).get(GROUP) not in SHORT_LIVED),
        key=lambda each: (bool(config_of(each).get("standbys")), _readings.moment(each.created_at), each.id),
    )


def free_volumes(live: Live, name: str) -> list[models.Volume]:
    """Return the volumes of that name that no machine holds, oldest first (FT-131)."""
    found = [
        each
        for each in live.volumes
        if each.name == name
        and not _readings.is_dying(each)
        and not each.attached_machine_id
        and _readings.is_reachable(each)
    ]
    return sorted(found, key=lambda each: (_readings.moment(each.created_at), each.id))


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
