"""The machines and volumes of one answer, with indexes for looking them up.

A listing is immutable, so its indexes never become stale: another read returns another listing.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from fly_machines import models

from fly_resources._nouns.described import grouped
from fly_resources._sdk import reading

ThingT = TypeVar("ThingT", models.Machine, models.Volume)


class _Listing(tuple[ThingT, ...], Generic[ThingT]):  # noqa: SLOT001  # its indexes are kept in its __dict__
    """The items of one answer, in its order."""

    @functools.cached_property
    def by_id(self) -> Mapping[str, ThingT]:
        """The items by their id."""
        return {each.id: each for each in self}

    def named(self, name: str) -> Sequence[ThingT]:
        """Return the items of this name, in the answer's order."""
        return self._by_name.get(name, ())

    @functools.cached_property
    def _by_name(self) -> Mapping[object, Sequence[ThingT]]:
        return grouped((each.name, each) for each in self)


class Machines(_Listing[models.Machine]):
    """An app's machines."""

    @functools.cached_property
    def live(self) -> Machines:
        """The machines that are not being destroyed, whatever their state otherwise."""
        return Machines(filter(reading.is_live, self))

    @functools.cached_property
    def mounted(self) -> Mapping[str, str | None]:
        """The volume that each readable machine mounts, by the machine's id; one at most (MA-26)."""
        readable = filter(reading.has_config, self)
        return {each.id: next(iter(reading.mounted_volumes(each)), None) for each in readable}


class Volumes(_Listing[models.Volume]):
    """An app's volumes."""

    @functools.cached_property
    def live(self) -> Volumes:
        """The volumes that are not being destroyed."""
        return Volumes(each for each in self if not reading.is_dying(each))

    def held_by(self, machine: models.Machine) -> Sequence[models.Volume]:
        """Return the volumes that this machine holds, in the answer's order."""
        return self._by_holder.get(machine.id, ())

    @functools.cached_property
    def _by_holder(self) -> Mapping[object, Sequence[models.Volume]]:
        return grouped((reading.holder_id(each), each) for each in self)
