"""The operations of a kind of resource; `_verbs.nouns` lists the modules that implement them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from fly_resources._engine.effects import Flow
    from fly_resources._nouns.run import Context
    from fly_resources.report import Planned


class Noun(Protocol):
    """A module that finds, compares, creates and destroys one kind of resource."""

    def find(self, noun: Any, context: Context, /) -> Any:  # noqa: ANN401  # the resource's model, or None
        """Return the model that matches the resource, or None."""
        ...

    def diff(self, noun: Any, context: Context, /) -> Planned[Any]:  # noqa: ANN401  # a resource of its kind
        """Plan what `ensure` would do."""
        ...

    def diff_destroy(self, noun: Any, context: Context, /) -> Planned[Any]:  # noqa: ANN401  # the same
        """Plan what `destroy` would do."""
        ...

    def apply(self, *step: Any, **more: Any) -> Flow[None]:  # noqa: ANN401  # the step, its resource, the run
        """Apply the planned step."""
        ...

    def destroy(self, *step: Any, **more: Any) -> Flow[None]:  # noqa: ANN401  # the same
        """Destroy the resource."""
        ...
