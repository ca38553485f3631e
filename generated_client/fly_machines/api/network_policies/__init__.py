"""The operations of this tag, a module each."""

from typing import TYPE_CHECKING

__all__ = (
    "network_policies_create",
    "network_policies_delete",
    "network_policies_list",
)

if TYPE_CHECKING:
    from . import (
        network_policies_create,
        network_policies_delete,
        network_policies_list,
    )
else:
    from importlib import import_module

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return import_module(f".{name}", __name__)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
