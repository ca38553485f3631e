"""The functions of every operation, a package a tag."""

from typing import TYPE_CHECKING

__all__ = (
    "apps",
    "certificates",
    "ip_assignments",
    "leases",
    "logs",
    "machines",
    "metadata",
    "network_policies",
    "organizations",
    "platform",
    "postgres",
    "secret_keys",
    "secrets",
    "snapshots",
    "tokens",
    "volumes",
)

if TYPE_CHECKING:
    from . import (
        apps,
        certificates,
        ip_assignments,
        leases,
        logs,
        machines,
        metadata,
        network_policies,
        organizations,
        platform,
        postgres,
        secret_keys,
        secrets,
        snapshots,
        tokens,
        volumes,
    )
else:
    from importlib import import_module

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return import_module(f".{name}", __name__)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
