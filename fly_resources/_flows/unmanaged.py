"""What an app holds beside what was named: for a person to look at, never acted on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources._flows import addresses
from fly_resources._flows.volume_matching import match
from fly_resources.report import Unmanaged
from fly_resources.resources import Certificate, FlySecret, IpAddress, Machine, Volume

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fly_resources._flows.run import Context


def find_unmanaged(context: Context) -> tuple[Unmanaged, ...]:
    """Return what was read of the named apps and is described by none of the named resources."""
    return tuple(each for app in context.world for each in _of_app(app, context))


def _of_app(app: str, context: Context) -> Iterator[Unmanaged]:
    state = context.world[app]
    named = [noun for noun in context.nouns if noun.app_name == app]
    hosts = {noun.name for noun in named if isinstance(noun, Machine)}
    disks = {disk.id for noun in named if isinstance(noun, Volume) if (disk := match(noun, context).disk)}
    keys = {noun.name for noun in named if isinstance(noun, FlySecret)}
    hostnames = {noun.hostname for noun in named if isinstance(noun, Certificate)}
    ips = {
        address.ip
        for noun in named
        if isinstance(noun, IpAddress)
        for address in addresses.found_for(noun, context)
    }
    for machine in state.live_machines():
        if machine.name not in hosts:
            yield Unmanaged("machine", app, machine.id, machine.name)
    for volume in state.live_volumes():
        if volume.id not in disks:
            yield Unmanaged("volume", app, volume.id, volume.name)
    for secret in state.secrets:
        if secret.name not in keys:
            yield Unmanaged("secret", app, secret.name, secret.name)
    for hostname in state.certificates.keys() - hostnames:
        yield Unmanaged("certificate", app, hostname, hostname)
    for address in state.addresses:
        if address.ip not in ips:
            yield Unmanaged("address", app, address.ip, addresses.type_of(address))
