"""The operations of this tag, a module each."""

from typing import TYPE_CHECKING

__all__ = (
    "secrets_delete",
    "secrets_get",
    "secrets_list",
    "secrets_set",
    "secrets_update",
)

if TYPE_CHECKING:
    from . import (
        secrets_delete,
        secrets_get,
        secrets_list,
        secrets_set,
        secrets_update,
    )
else:
    from importlib import import_module

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return import_module(f".{name}", __name__)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
