"""Protection: a protected resource is not destroyed or replaced, neither by itself nor with its app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fly_resources._nouns.machine.marks import is_protected
from fly_resources.errors import ProtectedError
from fly_resources.resources import App, Machine, Volume

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fly_resources._nouns.run import Context
    from fly_resources.resources import Resource


def check(resource: Resource[Any], action: str, context: Context) -> None:
    """Refuse to destroy or replace a protected resource, also as part of its app.

    Raises:
        ProtectedError: Names the protected resources; nothing was written.
    """
    protected = list(dict.fromkeys([*_named(resource, context), *_marked(resource, context)]))
    if protected:
        verb = "is" if len(protected) == 1 else "are"
        others = f"{', '.join(protected)} would go with it and {verb}"
        whose = "it is" if protected == [str(resource)] else others
        raise ProtectedError(
            f"{resource}: {action} is refused, because {whose} protected. "
            "To destroy it, ensure it with protect=False first."
        )


def _named(resource: Resource[Any], context: Context) -> Iterator[str]:
    """Yield the resources described as protected that would be lost."""
    protected = context.described.protected(resource.app_name)
    return (str(each) for each in protected if _goes_with(resource, each))


def _goes_with(target: Resource[Any], other: Resource[Any]) -> bool:
    """Return whether destroying `target` may destroy `other`: of two volumes, one may be pinned."""
    if isinstance(target, Volume) and isinstance(other, Volume) and (target.id is None) != (other.id is None):
        return target.name == other.name
    return isinstance(target, App) or target == other


def _marked(resource: Resource[Any], context: Context) -> Iterator[str]:
    """Yield the machines that an earlier run marked as protected."""
    live = context.state(resource).machines.live
    named = live.named(resource.name) if isinstance(resource, Machine) else ()
    for machine in filter(is_protected, live if isinstance(resource, App) else named):
        yield f"machine {resource.app_name}/{machine.name}"
