"""Undeclared config on a machine, set by others: a replacement carries it over and loses it if interrupted.

Between the destruction of the old machine and the creation of the new one, the service has no copy of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fly_resources._config.compare import declared_paths, lookup, render, secret_places, veiled
from fly_resources._nouns.machine.comparison import merged_config
from fly_resources._sdk import reading
from fly_resources.errors import ImmutableFieldError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_machines import models

    from fly_resources._config.compare import Path
    from fly_resources._nouns.machine.wanted import Wanted
    from fly_resources.report import Planned
    from fly_resources.resources import Machine

#: The value of `replace` by which a caller accepts that undeclared config may be lost.
ACCEPTED: Final = "with_undeclared"
#: The prefix of our own metadata keys.
_OURS: Final = "fly_resources."
_SIZE_KEYS: Final = frozenset({"cpu_kind", "cpus", "memory_mb"})
#: Nonempty values that the service fills in (MA-6, MA-13, MA-14).
_FILLED: Final[Mapping[Path, object]] = {("restart", "policy"): "on-failure", ("restart", "max_retries"): 10}


def find(wanted: Wanted, observed: models.Machine) -> dict[str, Any]:
    """Return the keys set by others, by path, with values that are safe to show."""
    merged = merged_config(wanted, reading.config_of(observed))
    paths = declared_paths(merged) - declared_paths(wanted.config)
    found = [path for path in paths if not _is_filled(path, lookup(merged, path), merged, wanted.config)]
    secret = secret_places(merged)
    return {render(path): veiled(path, lookup(merged, path), secret) for path in sorted(found, key=render)}


def _is_filled(path: Path, value: object, config: Mapping[str, Any], declared: Mapping[str, Any]) -> bool:
    """Return whether the value is empty or was set by the service or by us."""
    if not value or path[0] == "mounts" or (path[0] == "metadata" and str(path[-1]).startswith(_OURS)):
        return True
    if path[0] == "size" or (path[0] == "guest" and path[-1] in _SIZE_KEYS):
        return _is_default_size(path, value, config, declared)
    return path in _FILLED and _FILLED[path] == value


def _is_default_size(
    path: Path, value: object, config: Mapping[str, Any], declared: Mapping[str, Any]
) -> bool:
    """Return whether a size follows from the declared config or is the smallest one."""
    if "size" in declared or path[0] == "size":
        return True
    filled = {
        "cpu_kind": "shared",
        "cpus": 1,
        "memory_mb": reading.default_memory_mb(config.get("guest") or {}),
    }
    return bool(value == filled[str(path[-1])])


def check_accepted(wanted: Wanted, found: Mapping[str, Any]) -> None:
    """Refuse a replacement that could lose config set by others, unless the caller accepted that.

    Raises:
        ImmutableFieldError: Undeclared keys were found; the error names them, and nothing was written.
    """
    if found and wanted.options.replace != ACCEPTED:
        raise ImmutableFieldError(
            f"{wanted.noun} has undeclared settings: {', '.join(found)}. They would be lost if the run ended "
            f"halfway. Declare them, or pass replace={ACCEPTED!r} to carry them over."
        )


def note(found: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a plan note on the undeclared config that is carried over and could be lost."""
    return (f"carried over, but lost if this is interrupted: {', '.join(found)}",) if found else ()


def to_restore(noun: Machine, planned: Planned[models.Machine], found: Mapping[str, Any]) -> str:
    """Say what the old machine had and the description lacks, in case that no new one was created."""
    changed = {each.path: each.before for each in planned.changes if each.before is not None}
    theirs = {f"undeclared {path}": value for path, value in found.items()}
    shown = ", ".join(f"{path}={value!r}" for path, value in {**changed, **theirs}.items()) or "nothing else"
    return f"{noun} was to be replaced. If it is gone, it had {shown}; describe that to get it back."
