"""The operations of this tag, a module each."""

from typing import TYPE_CHECKING

__all__ = (
    "metadata_delete",
    "metadata_get",
    "metadata_list",
    "metadata_patch",
    "metadata_put",
    "metadata_set",
)

if TYPE_CHECKING:
    from . import (
        metadata_delete,
        metadata_get,
        metadata_list,
        metadata_patch,
        metadata_put,
        metadata_set,
    )
else:
    from importlib import import_module

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return import_module(f".{name}", __name__)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
