"""Save the world to a file, so that a served simulator can continue where it was stopped.

The file is JSON. It contains everything that requests have created, with times as Unix seconds, but no secret
value and no token: for a secret its name and digest, for a deploy token a fingerprint. It also contains the
key of the digests, so that the same value has the same digest after loading; anyone who can read the file can
use it to test guesses of a value. Machine configs are saved whole, including `env`. Therefore only the file's
owner may read it.

Not saved: the options of `FlySimulator`, `requests`, `faults`, `tokens`, `on_exec` and similar hooks, and
requests that had yet to take effect after their client had given up.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from fly_resources.testing._platform import Scope
from fly_resources.testing._programs import Program
from fly_resources.testing._regions import Region
from fly_resources.testing._state import (
    App,
    Certificate,
    Ip,
    Lease,
    Line,
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

T = TypeVar("T")
_Saved = dict[str, Any]

_FORMAT = 2
#: The attributes of the platform that are saved.
_SETTINGS = ("orgs", "images")


def dump(world: World, platform: Platform, now: float) -> _Saved:
    """Return the world as JSON."""
    saved: _Saved = {
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
    return saved | {name: _plain(getattr(platform, name), platform.wall) for name in _SETTINGS}


def write(path: Path, saved: _Saved) -> None:
    """Write the result of `dump` to `path` atomically; only the owner may read the file."""
    text = json.dumps(saved, indent=1, ensure_ascii=False)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # readable only by its owner
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
        ValueError: The file was not written by `write`.
    """
    try:
        saved: Any = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as unreadable:
        raise ValueError(f"{path} is not a saved simulator: {unreadable}") from None
    return check(saved, str(path))


def check(saved: Any, source: str) -> _Saved:  # noqa: ANN401 - JSON
    """Return a saved world in our format, from a file or another `source`.

    Raises:
        ValueError: The data is not a saved world.
    """
    if not isinstance(saved, dict) or saved.get("format") != _FORMAT:
        raise ValueError(f"{source} is not a saved simulator of format {_FORMAT}")
    return saved


def restore(saved: _Saved, platform: Platform, source: str) -> World:
    """Rebuild the world, and restore the platform's saved attributes.

    Raises:
        ValueError: The content is invalid.
    """
    try:
        platform.secret_key = bytes.fromhex(saved["digest_key"])
        platform.dns = set(saved["dns"])
        platform.dns_without_challenge = set(saved["dns_without_challenge"])
        platform.full_regions = set(saved["full_regions"])
        platform.regions = {each["code"]: Region(**each) for each in saved["regions"]}
        platform.scopes = _all(Scope, saved["scopes"], platform.wall)
        platform.orgs = dict(saved["orgs"])
        platform.images = {
            image: Program(**kind) if isinstance(kind, dict) else kind
            for image, kind in saved["images"].items()
        }
        apps = [_app(each, platform.wall) for each in saved["apps"]]
        platform.schedules = any(m.config.get("schedule") for app in apps for m in app.machines.values())
        return World(
            {app.name: app for app in apps},
            frozenset(saved["foreign"]),
            created_with=dict(saved["created_with"]),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as unfit:
        raise ValueError(f"{source} is damaged: {type(unfit).__name__}: {unfit}") from unfit


def _plain(value: object, wall: Wall) -> Any:  # noqa: ANN401 - JSON
    """Return records as objects, with times as Unix seconds; other values are unchanged."""
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
    """Build a record from the result of `_plain`; `inner` are the fields that contain records."""
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
        lines=[_build(Line, each, wall) for each in saved.get("lines", [])],
        versions=[(version, config) for version, config in saved["versions"]],
    )


def _volume(saved: _Saved, wall: Wall) -> Volume:
    snapshots = tuple(_build(Snapshot, each, wall) for each in saved["snapshots"])
    return _build(Volume, saved, wall, snapshots=snapshots)
