"""What others have put on a machine: a replacement carries it over, and would lose it if it ended halfway.

Between the end of the old machine and the making of the new one, no answer of the service holds it any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fly_resources._compare import declared_paths, lookup, render, secret_places, veiled
from fly_resources.errors import ImmutableFieldError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_resources._compare import Path
    from fly_resources._flows.run import Options
    from fly_resources.resources import Machine

#: The word by which a caller accepts that what is not declared may be lost.
ACCEPTED: Final = "with_undeclared"
#: How the names of our own marks begin.
_OURS: Final = "fly_resources."
_SIZE_KEYS: Final = frozenset({"cpu_kind", "cpus", "memory_mb"})
#: MiB for each CPU that a machine has where nothing is said of memory (MA-6, MA-23).
_MEMORY_MB: Final = {"shared": 256, "performance": 2048}
#: What the service fills in beside what is zero or empty (MA-6, MA-13, MA-14).
_FILLED: Final[Mapping[Path, object]] = {("restart", "policy"): "on-failure", ("restart", "max_retries"): 10}


def find(declared: Mapping[str, Any], merged: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys that others have set, by path, with values that may be shown.

    `merged` is what an update would send: what is declared, and of the rest what is there.
    """
    paths = declared_paths(merged) - declared_paths(declared)
    found = [path for path in paths if not _is_filled(path, lookup(merged, path), merged, declared)]
    secret = secret_places(merged)
    return {render(path): veiled(path, lookup(merged, path), secret) for path in sorted(found, key=render)}


def _is_filled(path: Path, value: object, config: Mapping[str, Any], declared: Mapping[str, Any]) -> bool:
    """Return whether the service or we have set it, or it says nothing."""
    if not value or path[0] == "mounts" or (path[0] == "metadata" and str(path[-1]).startswith(_OURS)):
        return True
    if path[0] == "size" or (path[0] == "guest" and path[-1] in _SIZE_KEYS):
        return _is_default_size(path, value, config, declared)
    return path in _FILLED and _FILLED[path] == value


def _is_default_size(
    path: Path, value: object, config: Mapping[str, Any], declared: Mapping[str, Any]
) -> bool:
    """Return whether a size is the one that follows from what is declared, or the smallest of all."""
    if "size" in declared or path[0] == "size":
        return True
    guest = config.get("guest") or {}
    kind, cpus = guest.get("cpu_kind", "shared"), guest.get("cpus", 1)
    filled = {"cpu_kind": "shared", "cpus": 1, "memory_mb": _MEMORY_MB.get(kind, 0) * cpus}
    return bool(value == filled[str(path[-1])])


def check_accepted(noun: Machine, found: Mapping[str, Any], options: Options) -> None:
    """Refuse a replacement that could lose what others have set, unless that was accepted.

    Raises:
        ImmutableFieldError: It names the keys; nothing was written.
    """
    if found and options.replace != ACCEPTED:
        raise ImmutableFieldError(
            f"{noun} holds what is not declared: {', '.join(found)}. To be replaced it is destroyed first, "
            "and if the run ended before the new one is made, that would be lost. Declare it, or pass "
            f"replace={ACCEPTED!r}: it is carried over, if nothing comes in between."
        )


def note(found: Mapping[str, Any]) -> tuple[str, ...]:
    """Say in a plan what is carried over, and could be lost."""
    return (f"carried over, and lost if this ends halfway: {', '.join(found)}",) if found else ()


def to_restore(noun: Machine, found: Mapping[str, Any]) -> str:
    """Say what has to be put back by hand after the new machine could not be made."""
    shown = ", ".join(f"{path}={value!r}" for path, value in found.items())
    return f"{noun} was destroyed to be made again, and was not. It also held, undeclared: {shown}."
