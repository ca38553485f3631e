"""Describe several machines like one; no request is sent."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from fly_resources._checks.arguments import is_whole
from fly_resources._errors import ConfigurationError
from fly_resources.resources import Machine, Volume

__all__ = ["scale"]


def scale(machine: Machine, count: int, *, regions: Sequence[str] = ()) -> list[Machine]:
    """Describe `count` machines like this one, each with its own volumes.

    The first keeps its name and volumes; the others are named `NAME-2`, `NAME-3` and so on, and their volumes
    `NAME_2`, `NAME_3`. So a higher count only adds machines, and a lower one leaves out the last ones:
    `ensure(..., prune=True)` destroys those and keeps their volumes.

    Args:
        machine: The machine to copy.
        count: The number of machines, 0 or more.
        regions: The regions to use in turn; if empty, the machine's own.

    Raises:
        ConfigurationError: A negative count, or a volume given by id, which only one machine can mount.
    """
    if not isinstance(machine, Machine):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise ConfigurationError(f"scale: expected a Machine, got {type(machine).__name__}.")
    if not is_whole(count, 0):
        raise ConfigurationError(f"scale: count must be a whole number from 0, got {count!r}.")
    if isinstance(regions, str):
        raise ConfigurationError("scale: regions must be a list such as ['iad', 'lhr'], got a string.")
    return [
        _numbered(machine, number, regions[(number - 1) % len(regions)] if regions else None)
        for number in range(1, count + 1)
    ]


def _numbered(machine: Machine, number: int, region: str | None) -> Machine:
    name = machine.name if number == 1 else f"{machine.name}-{number}"
    mounts = {path: _own(machine, volume, number, region) for path, volume in machine.mounts.items()}
    return attrs.evolve(machine, name=name, mounts=mounts, region=region or machine.region)


def _own(machine: Machine, volume: Volume | str, number: int, region: str | None) -> Volume | str:
    """Return the volume for the machine with this number."""
    if number == 1 and region is None:
        return volume
    if not isinstance(volume, Volume) or volume.id is not None:
        if number == 1:
            return volume
        raise ConfigurationError(
            f"scale: {machine} mounts a volume by id, which only one machine can mount; "
            "describe it as Volume(app, name)."
        )
    own = volume.name if number == 1 else f"{volume.name}_{number}"
    return attrs.evolve(volume, name=own, region=region or volume.region)
