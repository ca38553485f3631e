"""Change a module that is imported already: exchange the code of functions, and the values of its names.

That is the same as an import of the changed module as long as nothing of it ran before. Where something did,
it shows less than an import would: a test that fails then notices the change, one that passes proves nothing.
"""

from __future__ import annotations

import functools
import gc
import re
import sys
from collections import defaultdict
from types import CodeType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_IS_FUNCTION: Final = 0x2  # CO_NEWLOCALS, which the body of a class has not
_CACHE: Final = type(functools.cache(len))
_PLAIN: Final = (str, bytes, int, float, bool, type(None), re.Pattern)


class NotPossibleError(Exception):
    """The change takes an import."""


def changed(before: CodeType, after: CodeType) -> dict[CodeType, CodeType]:
    """Return the functions of a module that are changed, also those within others.

    Raises:
        NotPossibleError: A class is changed otherwise than in its functions.
    """
    if [_around(each) for each in _classes(before)] != [_around(each) for each in _classes(after)]:
        raise NotPossibleError
    found: dict[CodeType, CodeType] = {}
    pairs = [(before, after)]
    while pairs:
        inner = [list(_functions(each)) for each in pairs.pop()]
        if len(inner[0]) == len(inner[1]):
            differ = [(old, new) for old, new in zip(*inner, strict=True) if old != new]
            found.update(differ)
            pairs += differ
    return found


def _inner(code: CodeType, *, functions: bool) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType) and bool(each.co_flags & _IS_FUNCTION) is functions:
            yield each


def _classes(code: CodeType) -> Iterator[CodeType]:
    for each in _inner(code, functions=False):
        yield each
        yield from _classes(each)


def _functions(code: CodeType) -> Iterator[CodeType]:
    """Return the functions that stand right in a module, its classes, or a function."""
    yield from _inner(code, functions=True)
    for each in _inner(code, functions=False):
        yield from _functions(each)


def _around(code: CodeType) -> list[object]:
    """Return what a module or class does itself, without what its functions do."""
    constants = [(type(each), repr(each)) for each in code.co_consts if not isinstance(each, CodeType)]
    return [code.co_code, code.co_names, code.co_varnames, constants]


class Exchange:
    """What is imported of one module, before any change."""

    def __init__(self, module: ModuleType, code: CodeType, ran: set[str]) -> None:
        """`ran`: the qualified names of those functions that ran when all was imported."""
        self._module, self._code, self._ran = module, code, ran
        self._functions: defaultdict[CodeType, list[FunctionType]] = defaultdict(list)
        self._caches: list[Any] = []
        top = module.__name__.partition(".")[0]
        for each in gc.get_objects():
            if isinstance(each, FunctionType) and each.__code__.co_filename == code.co_filename:
                self._functions[each.__code__].append(each)
            elif isinstance(each, _CACHE) and each.__module__.partition(".")[0] == top:
                self._caches.append(each)

    def make(self, after: CodeType) -> bool:
        """Change the module; return whether it is as if it had been imported.

        Raises:
            NotPossibleError: Nothing could be exchanged that makes a difference.
        """
        functions = changed(self._code, after)
        swaps = [(each, new) for old, new in functions.items() for each in self._functions.get(old, ())]
        if any(len(each.__code__.co_freevars) != len(new.co_freevars) for each, new in swaps):
            raise NotPossibleError
        for function, code in swaps:
            function.__code__ = code
        for cache in self._caches:
            cache.cache_clear()
        if _around(self._code) == _around(after) and not any(
            old.co_qualname in self._ran for old in functions
        ):
            if not swaps:
                raise NotPossibleError
            return True
        if not self._set_values(after) and not swaps:
            raise NotPossibleError
        return False

    def _set_values(self, after: CodeType) -> bool:
        """Give names their changed values, wherever they were imported, and functions their defaults."""
        fresh: dict[str, Any] = {"__name__": self._module.__name__, "__file__": self._module.__file__}
        exec(after, fresh)  # noqa: S102 - the module itself
        found = False
        for name, old in list(vars(self._module).items()):
            new = fresh.get(name)
            if isinstance(old, FunctionType) and isinstance(new, FunctionType):
                found |= _set_defaults(old, new)
            elif name in fresh and _is_plain(old) and _is_plain(new) and old != new:
                found = True
                for module in list(sys.modules.values()):
                    if getattr(module, "__dict__", {}).get(name) is old:
                        setattr(module, name, new)
        return found


def _set_defaults(old: FunctionType, new: FunctionType) -> bool:
    differ = False
    for which in ("__defaults__", "__kwdefaults__"):
        before, after = getattr(old, which), getattr(new, which)
        if _is_plain(before) and _is_plain(after) and before != after:
            setattr(old, which, after)
            differ = True
    return differ


def _is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(_is_plain, [*value, *value.values()]))
    if isinstance(value, list | tuple | set | frozenset):
        return all(map(_is_plain, value))
    return isinstance(value, _PLAIN)
