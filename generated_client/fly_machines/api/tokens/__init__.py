"""The operations of this tag, a module each."""

from typing import TYPE_CHECKING

__all__ = (
    "tokens_authenticate",
    "tokens_authorize",
    "tokens_create_kms",
    "tokens_create_oidc",
    "tokens_get_current",
)

if TYPE_CHECKING:
    from . import (
        tokens_authenticate,
        tokens_authorize,
        tokens_create_kms,
        tokens_create_oidc,
        tokens_get_current,
    )
else:
    from importlib import import_module

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return import_module(f".{name}", __name__)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
