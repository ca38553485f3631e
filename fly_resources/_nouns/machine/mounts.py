"""The mounts that a machine's description asks for: a path and a volume, one at most (MA-26).

The volume's growth settings (`extend_threshold_percent` and the like) are ordinary config.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from fly_resources._config.compare import MOUNTED
from fly_resources.errors import ConfigurationError
from fly_resources.resources import Volume

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_resources.resources import Machine

#: Pairs of path and volume: a resource, a volume's id or, in the config's own form, a name (VO-4).
Mounts: TypeAlias = tuple[tuple[str, Volume | str], ...]

#: The service fills these in from the volume (MA-8).
_OF_VOLUME: Final = MOUNTED - {"path", "volume"}


def split(resource: Machine, declared: dict[str, Any]) -> tuple[dict[str, Any], Mounts | None]:
    """Split the mounted volume and its path from a config, which keeps only the volume's growth settings.

    The mounts are None if the description does not mention mounts, which differs from an empty list.

    Raises:
        ConfigurationError: The config's mounts contradict `mounts=`, or set fields that belong to the volume.
    """
    named = tuple(resource.mounts.items())
    if declared.get("mounts") is None:
        return declared, named or None
    row = _row(resource, declared["mounts"])
    rest = {key: value for key, value in declared.items() if key != "mounts"}
    if growth := growth_of(row):
        rest["mounts"] = [growth]
    if not named:
        return rest, (_place(resource, row),) if declared["mounts"] else ()
    if not declared["mounts"] or "volume" in row or row.get("path", named[0][0]) != named[0][0]:
        raise ConfigurationError(
            f"{resource}: give the volume either in mounts= or in config['mounts'], not both. With mounts=, "
            "config['mounts'] may only say how the volume grows (extend_threshold_percent and so on)."
        )
    return rest, named


def growth_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the growth settings of a mount."""
    return {key: value for key, value in row.items() if key not in MOUNTED}


def _row(resource: Machine, given: object) -> dict[str, Any]:
    """Return the config's own mount, one at most (MA-26); it is empty if there is none."""
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given) or len(given) > 1:
        raise ConfigurationError(
            f"{resource}: config['mounts'] takes a list of one object; Fly.io allows one mount."
        )
    row: dict[str, Any] = given[0] if given else {}
    if filled := sorted(_OF_VOLUME & row.keys()):
        raise ConfigurationError(
            f"{resource}: config['mounts'] gives {', '.join(filled)}, which belong to the volume: leave them "
            "out here, and set them on Volume."
        )
    return row


def _place(resource: Machine, row: Mapping[str, Any]) -> tuple[str, str]:
    path, volume = row.get("path"), row.get("volume")
    if not (isinstance(path, str) and path and isinstance(volume, str) and volume):
        raise ConfigurationError(f"{resource}: config['mounts'] needs a path and a volume, both strings.")
    return path, volume
