"""The world as a file, so that a served simulator goes on where it was stopped.

The file is JSON. It holds everything that requests have made, times as Unix seconds, but no value of a
secret and no token: of a secret its name and digest, of a deploy token a fingerprint. It also holds
the key of the digests, so that the same value has the same digest after loading; whoever can read the file
can test guesses of a value with it. Configs of machines are kept whole, their `env` included. So only
its owner may read the file.

Not saved: the options of `FlySimulator`, `requests`, `faults`, `tokens`, `on_exec` and the like, and requests
that were still to land after their client had given up.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from fly_resources.testing._platform import Scope
from fly_resources.testing._regions import Region
from fly_resources.testing._state import (
    App,
    Certificate,
    Ip,
    Lease,
    Machine,
    Secret,
    SecretKey,
    Snapshot,
    Step,
    Volume,
    World,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_resources.testing._platform import Platform
    from fly_resources.testing._wall import Wall
    from fly_resources.testing._wire import Json

T = TypeVar("T")
_Saved = dict[str, Any]

_FORMAT = 2
#: What of the platform is saved as it is.
_SETTINGS = ("orgs", "images")


def write(path: Path, world: World, platform: Platform, now: float) -> None:
    """Write the world to `path` in one step; nobody but the owner may read it."""
    saved: dict[str, Json] = {
        "format": _FORMAT,
        "saved_at": platform.wall.unix(now),
        "seed": platform.ids.next_seed(),
        "digest_key": platform.secret_key.hex(),
        "dns": sorted(platform.dns),
        "dns_without_challenge": sorted(platform.dns_without_challenge),
        "full_regions": sorted(platform.full_regions),
        "regions": [_plain(region, platform.wall) for region in platform.regions.values()],
        "scopes": {key: _plain(scope, platform.wall) for key, scope in platform.scopes.items()},
        "foreign": sorted(world.foreign),
        "created_with": world.created_with,
        "apps": [_plain(app, platform.wall) for app in world.apps.values()],
    }
    saved |= {name: getattr(platform, name) for name in _SETTINGS}
    text = json.dumps(saved, indent=1, ensure_ascii=False)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # readable by its owner only
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read(path: Path) -> _Saved:
    """Return the content of a file that `write` wrote.

    Raises:
        ValueError: It is not one.
    """
    try:
        saved: Any = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as unreadable:
        raise ValueError(f"{path} is not a saved simulator: {unreadable}") from None
    if not isinstance(saved, dict) or saved.get("format") != _FORMAT:
        raise ValueError(f"{path} is not a saved simulator of format {_FORMAT}: start with another file")
    return saved


def restore(saved: _Saved, platform: Platform, path: Path) -> World:
    """Build the world again, and set the platform to what was saved.

    Raises:
        ValueError: The content does not fit.
    """
    try:
        platform.secret_key = bytes.fromhex(saved["digest_key"])
        platform.dns = set(saved["dns"])
        platform.dns_without_challenge = set(saved["dns_without_challenge"])
        platform.full_regions = set(saved["full_regions"])
        platform.regions = {each["code"]: Region(**each) for each in saved["regions"]}
        platform.scopes = _all(Scope, saved["scopes"], platform.wall)
        for name in _SETTINGS:
            setattr(platform, name, dict(saved[name]))
        apps = [_app(each, platform.wall) for each in saved["apps"]]
        platform.schedules = any(m.config.get("schedule") for app in apps for m in app.machines.values())
        return World(
            {app.name: app for app in apps},
            frozenset(saved["foreign"]),
            created_with=dict(saved["created_with"]),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as unfit:
        raise ValueError(f"{path} is damaged: {type(unfit).__name__}: {unfit}") from unfit


def _plain(value: object, wall: Wall) -> Any:  # noqa: ANN401 - JSON
    """Return records as objects, with Unix seconds in fields that say when; other values as they are."""
    if isinstance(value, Secret):
        value = attrs.evolve(value, value=None)
    kind = type(value)
    if attrs.has(kind):
        shown: _Saved = {}
        for name in (field.name for field in attrs.fields(kind)):
            inner = getattr(value, name)
            shown[name] = wall.unix(inner) if _says_when(name, inner) else _plain(inner, wall)
        return shown
    if isinstance(value, dict):
        return {key: _plain(inner, wall) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner, wall) for inner in value]
    return value


def _says_when(name: str, value: object) -> bool:
    return (name == "at" or name.endswith("_at")) and isinstance(value, (int, float))


def _build(kind: type[T], saved: _Saved, wall: Wall, **inner: object) -> T:
    """Make a record of what `_plain` made of it; `inner` are the fields that hold records themselves."""
    fields = {name: wall.clock(value) if _says_when(name, value) else value for name, value in saved.items()}
    return kind(**(fields | inner))


def _app(saved: _Saved, wall: Wall) -> App:
    return _build(
        App,
        saved,
        wall,
        machines={key: _machine(each, wall) for key, each in saved["machines"].items()},
        volumes={key: _volume(each, wall) for key, each in saved["volumes"].items()},
        secrets=_all(Secret, saved["secrets"], wall),
        certificates=_all(Certificate, saved["certificates"], wall),
        ips=_all(Ip, saved["ips"], wall),
        secret_keys=_all(SecretKey, saved["secret_keys"], wall),
    )


def _all(kind: type[T], saved: Mapping[str, _Saved], wall: Wall) -> dict[str, T]:
    return {key: _build(kind, each, wall) for key, each in saved.items()}


def _machine(saved: _Saved, wall: Wall) -> Machine:
    lease = saved["lease"]
    return _build(
        Machine,
        saved,
        wall,
        lease=None if lease is None else _build(Lease, lease, wall),
        schedule=[_build(Step, each, wall) for each in saved["schedule"]],
        versions=[(version, config) for version, config in saved["versions"]],
    )


def _volume(saved: _Saved, wall: Wall) -> Volume:
    snapshots = tuple(_build(Snapshot, each, wall) for each in saved["snapshots"])
    return _build(Volume, saved, wall, snapshots=snapshots)
