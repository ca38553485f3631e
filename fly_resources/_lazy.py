"""Import modules on first use: most programs need only some of them."""

from __future__ import annotations

import importlib
from typing import Any


class _Lazy:
    """A placeholder for a module until it is used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> object:
        value: object = getattr(importlib.import_module(self._name), name)
        return value


def lazy(name: str) -> Any:  # noqa: ANN401  # a module
    """Return an object that imports a module on its first use.

    Type checkers see the module itself, by an import under TYPE_CHECKING.
    """
    return _Lazy(name)
