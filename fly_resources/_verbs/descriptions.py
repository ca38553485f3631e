"""Validate the resources passed to a verb and add the resources they refer to, each once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources._checks import fields
from fly_resources._nouns import own_certificates
from fly_resources._nouns.described import Described, with_references
from fly_resources._nouns.machine.wanted import Declared, resolve
from fly_resources.errors import ConfigurationError
from fly_resources.resources import App, Certificate, FlySecret, IpAddress, Machine, Resource, Volume

if TYPE_CHECKING:
    from fly_resources._nouns.run import Options

_KINDS: Final = frozenset({App, Volume, Machine, FlySecret, Certificate, IpAddress})
#: What an app is created with; None says nothing about an existing one.
_CREATED_WITH: Final = frozenset({"org", "network"})


def checked(given: Sequence[Resource[Any]]) -> Sequence[Resource[Any]]:
    """Reject anything that is not a resource; its value is not shown, because it could be anything."""
    for resource in given:
        if type(resource) not in _KINDS:
            hint = " Unpack it with *." if isinstance(resource, list | tuple | set) else ""
            raise ConfigurationError(
                "Expected a resource, such as fly_resources.App, Machine or Volume, "
                f"got {fields.kind_of(resource)}.{hint}"
            )
    return given


def expand(given: Sequence[Resource[Any]], options: Options) -> Described:
    """Put the resources that others refer to first; reject invalid ones as far as possible without a read.

    Raises:
        ConfigurationError: An argument is not a resource, one resource is described twice, a machine or
            certificate is invalid, or two machines use the same volume.
    """
    described = Described(unique(with_references(checked(given))))
    for resource in described.resources:
        if isinstance(resource, Certificate):
            own_certificates.expiry_of(resource)  # raises if it cannot be used for this hostname, or not now
    hosts: dict[Volume | str, Machine] = {}
    known: dict[int, Declared] = {}
    for machine in described.resources:
        if not isinstance(machine, Machine):
            continue
        wanted = described.wanted[machine] = resolve(machine, options, known)
        other = machine if wanted.volume is None else hosts.setdefault(wanted.volume, machine)
        if other is not machine:
            raise ConfigurationError(
                f"{machine} and {other} cannot both mount {wanted.volume}: give each a volume of its own."
            )
    return described


def unique(resources: Iterable[Resource[Any]]) -> list[Resource[Any]]:
    """Return each resource once; an app's org and network may be given in only one of its descriptions."""
    seen: dict[Resource[Any], Resource[Any]] = {}
    for resource in resources:
        first = seen.setdefault(resource, resource)
        if first is resource:
            continue
        ours, theirs = first.settings(), resource.settings()
        optional = _CREATED_WITH if isinstance(resource, App) else ()
        filled: dict[str, Any] = {key: theirs[key] for key in optional if ours[key] is None}
        ours |= filled
        theirs |= {key: ours[key] for key in optional if theirs[key] is None}
        if differing := [key for key in ours if ours[key] != theirs[key]]:
            raise ConfigurationError(f"{resource} is described twice, with different {', '.join(differing)}.")
        if filled:
            seen[first] = attrs.evolve(first, **filled)
    return list(seen.values())
