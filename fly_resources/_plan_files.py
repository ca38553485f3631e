"""Read and write saved plans: JSON files without models and without secret values."""

from __future__ import annotations

import functools
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fly_resources._errors import ConfigurationError
from fly_resources._version import __version__
from fly_resources.resources import App, Certificate, FlySecret, IpAddress, Machine, Volume

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources.resources import Resource

#: Incremented when a field is removed or changes its meaning.
_VERSION: Final = 1
#: The fields that identify a resource, by kind.
_IDENTITY: Final = {
    "app": ("name",),
    "machine": ("name",),
    "secret": ("name",),
    "certificate": ("hostname",),
    "address": ("type", "region", "network", "service_name"),
    "volume": ("name", "where", "id"),
}
#: Builds a resource from these fields.
_KINDS: Final[dict[str, Callable[..., Resource[Any]]]] = {
    "machine": functools.partial(Machine, config={}),
    "secret": FlySecret.absent,
    "certificate": Certificate,
    "address": IpAddress,
    "volume": Volume,
}


def spell(resource: Resource[Any]) -> dict[str, str]:
    """Return the fields that identify the resource."""
    named = {field: getattr(resource, field) for field in _IDENTITY[resource.kind]}
    given = {key: each for key, each in named.items() if each}
    return {"kind": resource.kind, "app": resource.app_name, **given}


def stand_in(spelled: dict[str, str]) -> Resource[Any]:
    """Return a resource equal to the one that was saved; only its identity is known."""
    kind, app = spelled["kind"], spelled["app"]
    if kind == "app":
        return App(app)
    named: dict[str, Any] = {field: spelled.get(field) for field in _IDENTITY[kind]}
    if kind == "volume":
        where = named.pop("where")  # a fork without a region goes to its source's
        named |= {"region": where, "source_volume_id": None if where else "vol_source"}
    return _KINDS[kind](app, **named)


def write(path: str | os.PathLike[str], **document: Any) -> None:  # noqa: ANN401  # any JSON value
    """Write the file, readable only by this user, also if it exists: a plan reveals much about an app.

    Raises:
        ConfigurationError: The file cannot be written.
    """
    text = json.dumps(
        {"fly_resources_plan": _VERSION, "made_by": __version__} | document, indent=2, default=str
    )
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            if Path(path).is_file():  # no pipe or terminal
                Path(path).chmod(0o600)
            file.write(f"{text}\n".encode())
    except OSError as error:
        raise ConfigurationError(f"The plan cannot be saved in {os.fspath(path)}: {error}.") from error


def read(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Return what `write` has written.

    Raises:
        ConfigurationError: The file does not exist, or is not a plan of a supported version.
    """
    try:
        document = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"The plan {os.fspath(path)} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise damaged(path) from error
    if not isinstance(document, dict) or document.get("fly_resources_plan") != _VERSION:
        raise damaged(path)
    return document


def damaged(path: str | os.PathLike[str]) -> ConfigurationError:
    """Return the error for a file that is not a saved plan."""
    return ConfigurationError(
        f"{os.fspath(path)} is not a plan saved by this version of fly-resources: plan again."
    )
