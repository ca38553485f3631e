"""What the caller of a verb gave: checked, completed by what it refers to, each resource once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fly_resources._flows import certificates, machines
from fly_resources.errors import ConfigurationError
from fly_resources.resources import App, Certificate, FlySecret, IpAddress, Machine, Resource, Volume

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_KINDS: Final = frozenset({App, Volume, Machine, FlySecret, Certificate, IpAddress})


def checked(given: Sequence[Resource[Any]]) -> Sequence[Resource[Any]]:
    """Refuse what is no noun; its value is not shown, because it could be anything."""
    for noun in given:
        if type(noun) not in _KINDS:
            hint = " Unpack it with *." if isinstance(noun, list | tuple | set) else ""
            raise ConfigurationError(
                f"Expected a resource, such as App, Machine or Volume, got {type(noun).__name__}.{hint}"
            )
    return given


def expand(given: Sequence[Resource[Any]]) -> list[Resource[Any]]:
    """Add what the resources refer to, before them; refuse what cannot be, as far as that needs no read.

    Raises:
        ConfigurationError: Something that is no resource, two descriptions of one thing, an impossible
            machine or certificate, or two machines for one volume.
    """
    nouns: list[Resource[Any]] = []
    for noun in checked(given):
        app = getattr(noun, "app", None)
        if isinstance(app, App):
            nouns.append(app)
        if isinstance(noun, Machine):
            for volume in noun.mounts.values():
                if isinstance(volume, Volume):
                    nouns += [*([volume.app] if isinstance(volume.app, App) else []), volume]
        nouns.append(noun)
    described = unique(nouns)
    _check_certificates(described)
    hosts: dict[Volume | str, Machine] = {}
    for machine in described:
        if not isinstance(machine, Machine):
            continue
        for _, volume in machines.resolve(machine).mounts or ():
            other = hosts.setdefault(volume, machine)
            if other is not machine:
                raise ConfigurationError(
                    f"{machine} and {other} cannot both mount {volume}: give each a volume of its own."
                )
    return described


def _check_certificates(nouns: Iterable[Resource[Any]]) -> None:
    for noun in nouns:
        if isinstance(noun, Certificate):
            certificates.check(noun)


def unique(nouns: Iterable[Resource[Any]]) -> list[Resource[Any]]:
    seen: dict[Resource[Any], Resource[Any]] = {}
    for noun in nouns:
        first = seen.setdefault(noun, noun)
        if first is noun:
            continue
        ours, theirs = first.settings(), noun.settings()
        differing = [key for key in ours if ours[key] != theirs[key]]
        if differing:
            raise ConfigurationError(f"{noun} is described twice, with different {', '.join(differing)}.")
    return list(seen)
