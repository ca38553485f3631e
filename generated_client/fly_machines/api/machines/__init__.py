"""The operations of this tag, a module each."""

from typing import TYPE_CHECKING

__all__ = (
    "machines_cordon",
    "machines_create",
    "machines_delete",
    "machines_exec",
    "machines_get",
    "machines_get_memory",
    "machines_list",
    "machines_list_events",
    "machines_list_processes",
    "machines_list_versions",
    "machines_reclaim_memory",
    "machines_restart",
    "machines_set_memory_limit",
    "machines_signal",
    "machines_start",
    "machines_stop",
    "machines_suspend",
    "machines_uncordon",
    "machines_update",
    "machines_wait",
)

if TYPE_CHECKING:
    from . import (
        machines_cordon,
        machines_create,
        machines_delete,
        machines_exec,
        machines_get,
        machines_get_memory,
        machines_list,
        machines_list_events,
        machines_list_processes,
        machines_list_versions,
        machines_reclaim_memory,
        machines_restart,
        machines_set_memory_limit,
        machines_signal,
        machines_start,
        machines_stop,
        machines_suspend,
        machines_uncordon,
        machines_update,
        machines_wait,
    )
else:
    from importlib import import_module

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return import_module(f".{name}", __name__)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
