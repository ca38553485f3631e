"""Unknown keyword arguments: the error names the one that was probably meant."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar

from fly_resources._errors import ConfigurationError

T = TypeVar("T")

#: Names that callers of the verbs may try.
_VERBS: Final = {
    **dict.fromkeys(("dry_run", "check", "check_mode", "preview"), "fly.plan(...) to see what would be done"),
    "timeout": "timeout_s (seconds)",
    "ttl": "ttl_s (seconds)",
    **dict.fromkeys(("cmd", "args"), "command"),
    "owner": "Fly(owner=...)",
    **dict.fromkeys(
        ("concurrency", "max_concurrency", "max_workers", "parallel"), "Fly(max_concurrency=...)"
    ),
    **dict.fromkeys(("recreate", "force_replace"), "replace"),
    **dict.fromkeys(("retry", "retries"), "Fly(retry=...)"),
    "resources": "positional arguments: ensure(app, machine)",
}
_NAMES: Final = (
    *("plan", "ensure", "destroy", "read", "wait", "lease"),
    *("run", "exec", "logs", "start", "stop", "restart"),
)


class UnknownArgumentError(ConfigurationError, TypeError):
    """The function has no argument of this name."""


def _unknown(title: str, name: str, known: Iterable[str], words: Mapping[str, str]) -> UnknownArgumentError:
    """Build the error for an unknown argument; it names the one that was probably meant."""
    import difflib  # noqa: PLC0415  # for those who mistype

    near = difflib.get_close_matches(name, known, 1, 0.7)
    meant = words.get(name) or (near[0] if near else None)
    hint = f"use {meant}" if meant else f"its arguments are {', '.join(sorted(known))}"
    return UnknownArgumentError(f"{title} has no argument {name!r}: {hint}.")


def with_words(**words: str) -> Callable[[type[T]], type[T]]:
    """Return a decorator that makes an attrs class suggest these words for unknown arguments."""

    def decorate(kind: type[T]) -> type[T]:
        made: Any = kind.__init__
        kind.__init__ = _answering(kind.__name__, made, words)  # type: ignore[method-assign]  # its purpose
        return kind

    return decorate


def with_answers(kind: type[T]) -> type[T]:
    """Make the verbs of a client explain unknown arguments."""
    for name in _NAMES:
        setattr(kind, name, _answering(f"{kind.__name__}.{name}", getattr(kind, name), _VERBS))
    return kind


def _answering(title: str, function: Any, words: Mapping[str, str]) -> Any:  # noqa: ANN401  # a function
    parameters = inspect.signature(function).parameters.values()
    known = frozenset(each.name for each in parameters if each.kind is not each.VAR_POSITIONAL) - {"self"}

    def check(named: Mapping[str, object]) -> None:
        if not known >= named.keys():
            shown = [each for each in known if not each.startswith("_")]
            raise _unknown(title, next(each for each in named if each not in known), shown, words)

    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def awaited(self: object, *arguments: object, **named: object) -> object:
            check(named)
            return await function(self, *arguments, **named)

        return awaited

    @functools.wraps(function)
    def called(self: object, *arguments: object, **named: object) -> object:
        check(named)
        return function(self, *arguments, **named)

    return called
