"""Undeclared config on a machine, set by others: a replacement carries it over and loses it if interrupted.

Between the destruction of the old machine and the creation of the new one, the service has no copy of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fly_resources._config.compare import declared_paths, lookup, render, secret_places, veiled
from fly_resources._config.keys import OURS
from fly_resources._nouns.machine.comparison import merged_config
from fly_resources._sdk import reading
from fly_resources.errors import ImmutableFieldError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_machines import models

    from fly_resources._config.compare import Path
    from fly_resources._nouns.machine.wanted import Wanted
    from fly_resources.report import Planned

#: The value of `replace` by which a caller accepts that undeclared config may be lost.
ACCEPTED: Final = "with_undeclared"
#: Nonempty values that the service fills in (MA-6, MA-13, MA-14).
_FILLED: Final[Mapping[Path, object]] = {
    ("guest", "cpu_kind"): "shared",
    ("guest", "cpus"): 1,
    ("restart", "policy"): "on-failure",
    ("restart", "max_retries"): 10,
}


def find(wanted: Wanted, observed: models.Machine) -> dict[str, Any]:
    """Return the keys set by others, by path, with values that are safe to show."""
    merged = merged_config(wanted, reading.config_of(observed))
    memory_mb = reading.default_memory_mb(merged.get("guest") or {})
    filled = {**_FILLED, ("guest", "memory_mb"): memory_mb}
    if "size" in wanted.config:  # it determines the guest
        filled |= {path: lookup(merged, path) for path in filled if path[0] == "guest"}
    secret = secret_places(merged)
    paths = sorted(declared_paths(merged) - declared_paths(wanted.config), key=render)
    values = {path: lookup(merged, path) for path in paths if not _is_known(path)}
    found = {path: value for path, value in values.items() if value and value != filled.get(path)}
    return {render(path): veiled(path, value, secret) for path, value in found.items()}


def _is_known(path: Path) -> bool:
    """Return whether the path is declared otherwise, or is our own."""
    return path[0] in {"mounts", "size"} or (path[0] == "metadata" and str(path[-1]).startswith(OURS))


def check_accepted(wanted: Wanted, found: Mapping[str, Any]) -> None:
    """Refuse a replacement that could lose config set by others, unless the caller accepted that.

    Raises:
        ImmutableFieldError: Undeclared keys were found; the error names them, and nothing was written.
    """
    if found and wanted.options.replace != ACCEPTED:
        raise ImmutableFieldError(
            f"{wanted.resource} has undeclared settings: {', '.join(found)}. They would be lost if the run "
            f"ended halfway. Declare them, or pass replace={ACCEPTED!r} to carry them over."
        )


def note(found: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a plan note on the undeclared config that is carried over and could be lost."""
    return (f"carried over, but lost if this is interrupted: {', '.join(found)}",) if found else ()


def to_restore(planned: Planned[models.Machine], found: Mapping[str, Any]) -> str:
    """Say what the old machine had and the description lacks, in case that no new one was created."""
    changed = {each.path: each.before for each in planned.changes if each.before is not None}
    theirs = {f"undeclared {path}": value for path, value in found.items()}
    shown = ", ".join(f"{path}={value!r}" for path, value in {**changed, **theirs}.items()) or "nothing else"
    return (
        f"{planned.resource} was to be replaced. If it is gone, it had {shown}; describe that to get it back."
    )
