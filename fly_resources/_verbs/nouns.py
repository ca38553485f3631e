"""The six kinds of resources, and the operations of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from fly_resources._nouns import addresses, apps, certificates, secrets
from fly_resources._nouns.machine import noun as machine
from fly_resources._nouns.volume import noun as volume
from fly_resources.resources import App, Certificate, FlySecret, IpAddress, Machine, Resource, Volume

if TYPE_CHECKING:
    from fly_resources._engine.effects import Flow
    from fly_resources._nouns.run import Context
    from fly_resources.report import Planned


class Noun(Protocol):
    """A module that finds, compares, creates and destroys one kind of resource."""

    def find(self, resource: Any, context: Context, /) -> Any:  # noqa: ANN401  # the resource's model, or None
        """Return the model that matches the resource, or None."""
        ...

    def diff(self, resource: Any, context: Context, /) -> Planned[Any]:  # noqa: ANN401  # a resource of its kind
        """Plan what `ensure` would do."""
        ...

    def diff_destroy(self, resource: Any, context: Context, /) -> Planned[Any]:  # noqa: ANN401  # the same
        """Plan what `destroy` would do."""
        ...

    def apply(self, *step: Any, **more: Any) -> Flow[None]:  # noqa: ANN401  # the step, its resource, the run
        """Apply the planned step."""
        ...

    def destroy(self, *step: Any, **more: Any) -> Flow[None]:  # noqa: ANN401  # the same
        """Destroy the resource."""
        ...


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
