"""Arguments that there are not: the error names the one that is meant."""

from __future__ import annotations

import difflib
import functools
import inspect
from typing import TYPE_CHECKING, Any, Final, TypeVar

from fly_resources.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

T = TypeVar("T")

#: Of the verbs.
_VERBS: Final = {
    **dict.fromkeys(("dry_run", "check", "check_mode", "preview"), "fly.plan(...) shows what would be done"),
    "timeout": "timeout_s (seconds)",
    "ttl": "ttl_s (seconds)",
    "owner": "Fly(owner=...)",
    **dict.fromkeys(
        ("concurrency", "max_concurrency", "max_workers", "parallel"), "Fly(max_concurrency=...)"
    ),
    **dict.fromkeys(("recreate", "force_replace"), "replace"),
    **dict.fromkeys(("retry", "retries"), "Fly(retry=...)"),
    "resources": "the resources themselves, one after the other: ensure(app, machine)",
}
_NAMES: Final = ("plan", "ensure", "destroy", "read", "wait", "lease")


class UnknownArgumentError(ConfigurationError, TypeError):
    """There is no argument of this name."""


def refuse_unknown(title: str, given: Iterable[str], known: Iterable[str], words: Mapping[str, str]) -> None:
    """Refuse arguments that are not known, naming the one that is meant.

    Raises:
        UnknownArgumentError: There is one.
    """
    for name in given:
        if name in known:
            continue
        near = difflib.get_close_matches(name, known, n=1)
        meant = words.get(name) or (near[0] if near else None)
        hint = f"use {meant}" if meant else f"it has {', '.join(sorted(known))}"
        raise UnknownArgumentError(f"{title} has no argument {name!r}: {hint}.")


def with_words(**words: str) -> Callable[[type[T]], type[T]]:
    """Return a decorator of attrs classes: an unknown argument is answered by these words, or the nearest."""

    def decorate(kind: type[T]) -> type[T]:
        made: Any = kind.__init__
        known = frozenset(inspect.signature(made).parameters) - {"self"}

        @functools.wraps(made)
        def init(self: object, *arguments: object, **named: object) -> None:
            if not known >= named.keys():
                shown = [each for each in known if not each.startswith("_")]
                refuse_unknown(kind.__name__, named.keys() - known, shown, words)
            made(self, *arguments, **named)

        kind.__init__ = init  # type: ignore[method-assign]  # what the decorator is for
        return kind

    return decorate


def with_answers(kind: type[T]) -> type[T]:
    """Let the verbs of a client answer unknown arguments."""
    for name in _NAMES:
        setattr(kind, name, _answering(f"{kind.__name__}.{name}", getattr(kind, name)))
    return kind


def _answering(title: str, verb: Any) -> Any:  # noqa: ANN401  # a method
    parameters = inspect.signature(verb).parameters.values()
    known = frozenset(each.name for each in parameters if each.kind is not each.VAR_POSITIONAL) - {"self"}

    if inspect.iscoroutinefunction(verb):

        @functools.wraps(verb)
        async def awaited(self: object, *arguments: object, **named: object) -> object:
            refuse_unknown(title, named, known, _VERBS)
            return await verb(self, *arguments, **named)

        return awaited

    @functools.wraps(verb)
    def called(self: object, *arguments: object, **named: object) -> object:
        refuse_unknown(title, named, known, _VERBS)
        return verb(self, *arguments, **named)

    return called
