"""What an app holds, and which part of it the resources of a call describe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fly_resources._nouns import addresses
from fly_resources._nouns.volume.matching import match as match_volume
from fly_resources._sdk import reading
from fly_resources.report import Unmanaged
from fly_resources.resources import Certificate, FlySecret, IpAddress, Machine, Volume

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fly_resources._nouns.run import Context
    from fly_resources._nouns.world import AppState

#: Kinds that are lost for good with their app; for addresses, see `is_loss`.
_LOSSES: Final = frozenset({"machine", "volume", "address"})


def holdings(state: AppState) -> Iterator[Unmanaged]:
    """Yield what an app holds as it was read, except what is being destroyed or destroys itself on exit."""
    app = state.name
    for machine in state.machines.live:
        if not reading.is_one_off(machine):
            yield Unmanaged("machine", app, machine.id, machine.name or "")
    for volume in state.volumes.live:
        yield Unmanaged("volume", app, volume.id, volume.name)
    for secret in state.secrets:
        yield Unmanaged("secret", app, secret.name, secret.name)
    for hostname in state.certificates:
        yield Unmanaged("certificate", app, hostname, hostname)
    for address in state.addresses:
        yield Unmanaged("address", app, address.ip, addresses.type_of(address))


def unnamed(app: str, context: Context) -> Iterator[Unmanaged]:
    """Return what an app holds that no described resource covers."""
    claimed = set(_claimed(app, context))
    return (each for each in holdings(context.world[app]) if (each.kind, each.id) not in claimed)


def find_unmanaged(context: Context) -> tuple[Unmanaged, ...]:
    """Return what the named apps hold that was not named. It is reported to the user and never acted on."""
    return tuple(each for app in context.world for each in unnamed(app, context))


def _claimed(app: str, context: Context) -> Iterator[tuple[str, str]]:
    """Yield the kind and id of everything that the described resources cover."""
    state = context.world[app]
    for resource in context.described.of_app(app):
        match resource:
            case Machine():
                yield from (("machine", each.id) for each in state.machines.live.named(resource.name))
            case Volume() if (disk := match_volume(resource, context).disk) is not None:
                yield "volume", disk.id
            case FlySecret():
                yield "secret", resource.name
            case Certificate():
                yield "certificate", resource.hostname
            case IpAddress():
                yield from (("address", each.ip) for each in addresses.found_for(resource, context))
            case _:
                pass


def is_loss(held: Unmanaged) -> bool:
    """Return whether it is lost for good with its app; a free address is not."""
    return held.kind in _LOSSES and (held.kind != "address" or held.name in addresses.DEDICATED)


def losses_by_id(state: AppState) -> dict[str, str]:
    """Return the titles, by id, of what is destroyed with an app, including free addresses."""
    return {each.id: title(each) for each in holdings(state) if each.kind in _LOSSES}


def title(held: Unmanaged) -> str:
    """Return a readable name for it, without its app."""
    return f"address {held.id}" if held.kind == "address" else f"{held.kind} {held.name} ({held.id})"
