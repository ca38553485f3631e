"""The operations of this tag, a module each."""

from typing import TYPE_CHECKING

__all__ = (
    "secret_keys_decrypt",
    "secret_keys_delete",
    "secret_keys_encrypt",
    "secret_keys_generate",
    "secret_keys_get",
    "secret_keys_list",
    "secret_keys_set",
    "secret_keys_sign",
    "secret_keys_verify",
)

if TYPE_CHECKING:
    from . import (
        secret_keys_decrypt,
        secret_keys_delete,
        secret_keys_encrypt,
        secret_keys_generate,
        secret_keys_get,
        secret_keys_list,
        secret_keys_set,
        secret_keys_sign,
        secret_keys_verify,
    )
else:
    from importlib import import_module

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return import_module(f".{name}", __name__)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
