"""The six kinds of resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fly_resources._nouns import addresses, apps, certificates, secrets
from fly_resources._nouns.machine import noun as machine
from fly_resources._nouns.volume import noun as volume
from fly_resources.resources import App, Certificate, FlySecret, IpAddress, Machine, Resource, Volume

if TYPE_CHECKING:
    from fly_resources._nouns.noun import Noun

_NOUNS: Final[dict[type[Resource[Any]], Noun]] = {
    App: apps,
    Volume: volume,
    Machine: machine,
    FlySecret: secrets,  # all secrets of an app are written in one request
    Certificate: certificates,
    IpAddress: addresses,
}


def noun_of(resource: Resource[Any]) -> Noun:
    """Return the operations for this kind of resource."""
    return _NOUNS[type(resource)]
