"""The operations of this tag, a module each."""

from typing import TYPE_CHECKING

__all__ = (
    "certificates_check",
    "certificates_create_acme",
    "certificates_create_custom",
    "certificates_delete",
    "certificates_delete_acme",
    "certificates_delete_custom",
    "certificates_get",
    "certificates_list",
)

if TYPE_CHECKING:
    from . import (
        certificates_check,
        certificates_create_acme,
        certificates_create_custom,
        certificates_delete,
        certificates_delete_acme,
        certificates_delete_custom,
        certificates_get,
        certificates_list,
    )
else:
    from importlib import import_module

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return import_module(f".{name}", __name__)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
