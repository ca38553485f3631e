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


def check(noun: Resource[Any], action: str, context: Context) -> None:
    """Refuse to destroy or replace a protected resource, also as part of its app.

    Raises:
        ProtectedError: Names the protected resources; nothing was written.
    """
    protected = list(dict.fromkeys([*_named(noun, context), *_marked(noun, context)]))
    if protected:
        whose = "it is" if protected == [str(noun)] else f"{', '.join(protected)} would go with it and is"
        raise ProtectedError(
            f"{noun}: {action} is refused, because {whose} protected. "
            "To destroy it, ensure it with protect=False first."
        )


def _named(noun: Resource[Any], context: Context) -> Iterator[str]:
    """Yield the resources described as protected that would be lost."""
    return (str(each) for each in context.described.protected(noun.app_name) if _goes_with(noun, each))


def _goes_with(noun: Resource[Any], other: Resource[Any]) -> bool:
    """Return whether destroying `noun` may destroy `other`: of two volumes, one may be pinned."""
    if isinstance(noun, Volume) and isinstance(other, Volume) and (noun.id is None) != (other.id is None):
        return noun.name == other.name
    return isinstance(noun, App) or noun == other


def _marked(noun: Resource[Any], context: Context) -> Iterator[str]:
    """Yield the machines that an earlier run marked as protected."""
    live = context.state(noun).machines.live
    named = live.named(noun.name) if isinstance(noun, Machine) else ()
    for machine in filter(is_protected, live if isinstance(noun, App) else named):
        yield f"machine {noun.app_name}/{machine.name}"
