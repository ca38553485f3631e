"""The resources of one call, with indexes for looking them up."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from fly_resources.resources import App, Machine, Resource, Volume

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

ResourceT = TypeVar("ResourceT", bound=Resource[Any])
KeyT = TypeVar("KeyT")
T = TypeVar("T")


@attrs.frozen
class Described:
    """The requested resources; their index is built on first use.

    `wanted` holds the resolved descriptions (`Wanted`, which the machines' own folder knows) of the machines
    resolved so far.
    """

    resources: Sequence[Resource[Any]]
    wanted: dict[Machine, Any] = attrs.field(factory=dict, repr=False, eq=False)

    def of_app(self, app: str) -> Sequence[Resource[Any]]:
        """Return the resources of the app, including the app itself."""
        return self._index.get(("any", app), ())

    def of_kind(self, kind: type[ResourceT], app: str) -> Sequence[ResourceT]:
        """Return the app's resources of this kind."""
        return self._index.get((kind.kind, app), ())

    def mounting(self, volume: Volume) -> Sequence[Machine]:
        """Return the machines that are declared to mount the volume."""
        return self._index.get(("mounting", volume), ())

    def volumes(self, app: str, name: str) -> tuple[frozenset[str], Sequence[Volume]]:
        """Return the ids that the app's volumes are pinned to, and the unpinned volumes of this name."""
        return frozenset(self._index.get(("pinned", app), ())), self._index.get(("unpinned", app, name), ())

    def protected(self, app: str) -> Sequence[Resource[Any]]:
        """Return the app's resources described as protected, including those that others refer to."""
        return self._index.get(("protected", app), ())

    def __contains__(self, resource: Resource[Any]) -> bool:
        """Return whether the resource was requested."""
        return resource in self._identities

    @functools.cached_property
    def _index(self) -> Mapping[Hashable, Sequence[Any]]:
        return grouped(self._entries())

    def _entries(self) -> Iterator[tuple[Hashable, Any]]:
        """Yield the key of each index entry, and what is found by it."""
        for resource in self.resources:
            app = resource.app_name
            yield ("any", app), resource
            yield (resource.kind, app), resource
            if isinstance(resource, Machine):
                yield from ((("mounting", volume), resource) for volume in resource.mounts.values())
            elif isinstance(resource, Volume):
                pinned = ("pinned", app), resource.id
                yield pinned if resource.id else (("unpinned", app, resource.name), resource)
        yield from (
            (("protected", each.app_name), each) for each in with_references(self.resources) if each.protect
        )

    @functools.cached_property
    def _identities(self) -> frozenset[Resource[Any]]:
        return frozenset(self.resources)


def describe(resources: Described | Sequence[Resource[Any]]) -> Described:
    """Wrap resources in `Described`, unless they already are."""
    return resources if isinstance(resources, Described) else Described(resources)


def grouped(pairs: Iterable[tuple[KeyT, T]]) -> dict[KeyT, list[T]]:
    """Group the second items by the first ones, in their order."""
    groups: dict[KeyT, list[T]] = {}
    for key, each in pairs:
        groups.setdefault(key, []).append(each)
    return groups


def with_references(resources: Iterable[Resource[Any]]) -> Iterator[Resource[Any]]:
    """Yield the resources, each after the app and volumes that it refers to."""
    for resource in resources:
        app = getattr(resource, "app", None)
        if isinstance(app, App):
            yield app
        if isinstance(resource, Machine):
            yield from with_references(each for each in resource.mounts.values() if isinstance(each, Volume))
        yield resource
