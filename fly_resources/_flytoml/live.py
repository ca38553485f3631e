"""The current contents of an app, so that nothing is duplicated, and the process groups of its machines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, TypeAlias, TypeVar, cast

import attrs
from fly_machines import models

from fly_resources._client.inside import read_whole
from fly_resources._flytoml.configs import GROUP, PLATFORM, V2
from fly_resources._flytoml.short_lived import SHORT_LIVED
from fly_resources._lazy import lazy
from fly_resources._sdk import reading
from fly_resources.errors import ConfigurationError, ReconcileError

if TYPE_CHECKING:
    from fly_resources import client
else:
    client = lazy("fly_resources.client")

Tree: TypeAlias = dict[str, Any]
T = TypeVar("T")


def _checked(values: object, kind: type[T]) -> tuple[T, ...]:
    """Return SDK models of one type; reject anything else."""
    found = tuple(values) if isinstance(values, Iterable) and not isinstance(values, str) else (values,)
    if not all(isinstance(each, kind) for each in found):
        raise ConfigurationError(
            f"Live expects the SDK's models: a list of {kind.__name__}, as its list operation returns it."
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
    """The contents of an app, as the SDK lists them. Without arguments: empty, an app to be created.

    Attributes:
        app: Name of the app that was read; a `Live` of one app cannot be used for another.
        machines: All of the app's machines.
        volumes: All of its volumes.
        addresses: All of its addresses.

    Raises:
        ConfigurationError: A value is not a model of the SDK.
    """

    app: str | None = None
    machines: tuple[models.Machine, ...] = attrs.field(default=(), converter=_machines, repr=False)
    volumes: tuple[models.Volume, ...] = attrs.field(default=(), converter=_volumes, repr=False)
    addresses: tuple[models.IpAssignment, ...] = attrs.field(default=(), converter=_addresses, repr=False)

    @classmethod
    def read(cls, fly: client.Fly, app: str) -> Self:
        """Read the contents of an app; empty if it does not exist. Four GETs, more if a response is doubtful.

        Raises:
            ContradictionError: A list has fewer entries than the app's own count, another response, or a
                second read of the list; or the app answers 404 and its lists do not.
            ApiError, TransportError: A read failed, or was refused.
        """
        driver = fly._driver()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # not for users
        found = driver.run(read_whole(app))
        return cls(found.name, found.machines, found.volumes, found.addresses)

    @classmethod
    async def read_async(cls, fly: client.AsyncFly, app: str) -> Self:
        """Read the contents of an app; see `read`."""
        driver = fly._driver()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # the same
        found = await driver.run(read_whole(app))
        return cls(found.name, found.machines, found.volumes, found.addresses)


def kept_machines(live: Live) -> list[models.Machine]:
    """Return the machines that remain, without short-lived ones; standbys last, oldest first."""
    machines = [each for each in live.machines if reading.is_live(each) and not reading.is_one_off(each)]
    return sorted(
        (each for each in machines if _metadata(each).get(GROUP) not in SHORT_LIVED),
        key=lambda each: (bool(config_of(each).get("standbys")), reading.moment(each.created_at), each.id),
    )


def free_volumes(live: Live, name: str) -> list[models.Volume]:
    """Return the unattached volumes with that name, oldest first (FT-131)."""
    found = [
        each
        for each in live.volumes
        if each.name == name
        and not reading.is_dying(each)
        and reading.holder_id(each) is None
        and reading.is_reachable(each)
    ]
    return sorted(found, key=lambda each: (reading.moment(each.created_at), each.id))


def config_of(machine: models.Machine) -> Tree:
    """Return a machine's config; for one on an unreachable host, the part that is known.

    Raises:
        ReconcileError: The response has no config, which does not mean that the machine has none.
    """
    config = machine.config or machine.incomplete_config
    if not config:
        raise ReconcileError(
            f"machine {machine.name} ({machine.id}): the answer leaves out its config, so its process group "
            "is unknown. Read it again by its id, or later."
        )
    found: Tree = config.to_dict()
    return found


def _metadata(machine: models.Machine) -> Tree:
    found: Tree = config_of(machine).get("metadata") or {}
    return found


def group_of(machine: models.Machine, default: str) -> str | None:
    """Return the process group of a machine; None if it is unknown (FT-112, FT-113)."""
    metadata = _metadata(machine)
    named = metadata.get(GROUP) or metadata.get("process_group")
    return str(named) if named else (default if metadata.get(PLATFORM) == V2 else None)
