"""The operations of this tag, a module each."""

from typing import TYPE_CHECKING

__all__ = (
    "postgres_attachments_create",
    "postgres_attachments_delete",
    "postgres_backups_create",
    "postgres_backups_list",
    "postgres_clusters_create",
    "postgres_clusters_delete",
    "postgres_clusters_fork",
    "postgres_clusters_get",
    "postgres_clusters_list",
    "postgres_clusters_restore",
    "postgres_databases_create",
    "postgres_databases_delete",
    "postgres_databases_list",
    "postgres_extensions_disable",
    "postgres_extensions_enable",
    "postgres_extensions_list",
    "postgres_queries_list_active",
    "postgres_queries_list_slow",
    "postgres_users_create",
    "postgres_users_delete",
    "postgres_users_get_credentials",
    "postgres_users_list",
    "postgres_users_rotate_password",
    "postgres_users_update_role",
)

if TYPE_CHECKING:
    from . import (
        postgres_attachments_create,
        postgres_attachments_delete,
        postgres_backups_create,
        postgres_backups_list,
        postgres_clusters_create,
        postgres_clusters_delete,
        postgres_clusters_fork,
        postgres_clusters_get,
        postgres_clusters_list,
        postgres_clusters_restore,
        postgres_databases_create,
        postgres_databases_delete,
        postgres_databases_list,
        postgres_extensions_disable,
        postgres_extensions_enable,
        postgres_extensions_list,
        postgres_queries_list_active,
        postgres_queries_list_slow,
        postgres_users_create,
        postgres_users_delete,
        postgres_users_get_credentials,
        postgres_users_list,
        postgres_users_rotate_password,
        postgres_users_update_role,
    )
else:
    from importlib import import_module

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return import_module(f".{name}", __name__)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
