"""What the service holds now, read once per app and kind, all at once."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call, now, sleep, together
from fly_resources.errors import FlyError, NotFoundError, PermissionDeniedError, ReconcileError
from fly_resources.resources import App, Certificate, FlySecret, IpAddress, Machine, Resource, Volume

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from fly_machines import models

#: Lists of an app that was just made may say 404 for so long (AP-12).
FRESH_LIST_S: Final = 5.0
#: What a 404 says when it is the app that does not exist (AP-10).
_NO_APP: Final = re.compile(r"could not find app|app not found", re.IGNORECASE)


@attrs.define
class AppState:
    """What one app holds. A kind that was not read stays empty and is never acted on."""

    name: str
    app: models.App | None = None
    machines: list[models.Machine] = attrs.field(factory=list)
    volumes: list[models.Volume] = attrs.field(factory=list)
    secrets: list[models.AppSecret] = attrs.field(factory=list)
    certificates: dict[str, models.CertificateDetail] = attrs.field(factory=dict)
    addresses: list[models.IpAssignment] = attrs.field(factory=list)
    refused: dict[str, PermissionDeniedError] = attrs.field(factory=dict)

    def live_volumes(self) -> list[models.Volume]:
        """Return the volumes that are not going away."""
        return [volume for volume in self.volumes if not _readings.is_dying(volume)]

    def live_machines(self) -> list[models.Machine]:
        """Return the machines that are not going away."""
        return [machine for machine in self.machines if _readings.is_live(machine)]

    def machine(self, name: str) -> models.Machine | None:
        """Return the live machine of this name; there is one at most (MA-20)."""
        return next((machine for machine in self.live_machines() if machine.name == name), None)


def read_world(
    nouns: Collection[Resource[Any]],
    *,
    whole_apps: bool = False,
    absent_is_empty: bool = False,
    machines: bool = False,
    tolerant: bool = False,
) -> Flow[dict[str, AppState]]:
    """Read the kinds that `nouns` need, one request each, all at once.

    With `whole_apps`, an `App` needs its machines, volumes and addresses too; with `machines`, every app
    needs its machines. A read that fails or is
    refused raises: unknown is not empty. Only the absence of an app that is named itself means empty;
    with `absent_is_empty`, of any app. With `tolerant`, what the token may not read is noted as refused.

    Raises:
        ReconcileError: An app is only referred to, by its name, and does not exist.
    """
    states: dict[str, AppState] = {}
    reads: dict[tuple[str, str, str], Callable[[], Flow[None]]] = {}
    for noun in nouns:
        state = states.setdefault(noun.app_name, AppState(noun.app_name))
        for kind in (*kinds(noun, whole_app=whole_apps), *(("machines",) if machines else ())):
            hostname = noun.hostname if isinstance(noun, Certificate) and kind == "certificate" else ""
            read = functools.partial(_READERS[kind], state, hostname)
            reads.setdefault((noun.app_name, kind, hostname), read)
    done = dict(zip(reads, (yield from together(reads.values())), strict=True))
    named = {noun.name for noun in nouns if isinstance(noun, App)}
    absent = {name for name in named if _is_absent(done[name, "app", ""].error)}
    # Of somebody else's app nothing can be read at all.
    readable = {name for (name, _, _), end in done.items() if end.error is None}
    for key, end in done.items():
        name = key[0]
        if end.error is None or (name in absent and _is_absent(end.error)):
            continue
        if tolerant and isinstance(end.error, PermissionDeniedError) and name in readable:
            states[name].refused[key[1]] = end.error
            continue
        if not _is_absent(end.error):
            raise end.error
        if name in named:
            if absent_is_empty and (yield from _is_gone(name)):
                # Another process destroyed it between two reads.
                states[name] = AppState(name)
                absent.add(name)
                continue
            yield from _read_fresh(reads[key], end.error)
        elif not absent_is_empty:
            raise ReconcileError(
                f"There is no app {name!r}. Correct the name, or give App({name!r}) so that it is made too."
            ) from end.error
    return states


def kinds(noun: Resource[Any], *, whole_app: bool = False) -> tuple[str, ...]:
    """Return the kinds that deciding about `noun` takes."""
    match noun:
        case App():
            return ("app", "machines", "volumes", "addresses") if whole_app else ("app",)
        case Machine():
            given = (
                noun.mounts,
                _readings.as_mapping(noun.config).get("mounts"),
                (noun.extra or {}).get("mounts"),
            )
            return ("machines", "volumes") if any(given) else ("machines",)
        case Volume():
            return ("volumes",)
        case FlySecret():
            return ("secrets",)
        case IpAddress():
            own_network = noun.type == "private_v6" and noun.network is None
            return ("addresses", "app") if own_network else ("addresses",)
        case _:
            return ("certificate",)


def _read_app(state: AppState, _hostname: str) -> Flow[None]:
    state.app = yield from call(_ops.get_app(state.name))


def _read_machines(state: AppState, _hostname: str) -> Flow[None]:
    state.machines = yield from call(_ops.list_machines(state.name))


def _read_volumes(state: AppState, _hostname: str) -> Flow[None]:
    state.volumes = yield from call(_ops.list_volumes(state.name))


def read_volumes_again(state: AppState) -> Flow[None]:
    """Read an app's volumes once more, after everything else."""
    yield from _read_volumes(state, "")


def _read_secrets(state: AppState, _hostname: str) -> Flow[None]:
    state.secrets = yield from call(_ops.list_secrets(state.name))


def _read_addresses(state: AppState, _hostname: str) -> Flow[None]:
    state.addresses = yield from call(_ops.list_addresses(state.name))


def _read_certificate(state: AppState, hostname: str) -> Flow[None]:
    try:
        state.certificates[hostname] = yield from call(_ops.get_certificate(state.name, hostname))
    except NotFoundError as error:
        if _NO_APP.search(error.message):
            raise


_READERS: Final = {
    "app": _read_app,
    "machines": _read_machines,
    "volumes": _read_volumes,
    "secrets": _read_secrets,
    "addresses": _read_addresses,
    "certificate": _read_certificate,
}


def find_certificate(app: str, hostname: str) -> Flow[models.CertificateDetail | None]:
    """Return the hostname's certificate; None if there is none (CE-8)."""
    try:
        return (yield from call(_ops.get_certificate(app, hostname)))
    except NotFoundError:
        return None


def _is_gone(app: str) -> Flow[bool]:
    try:
        yield from call(_ops.get_app(app))
    except NotFoundError:
        return True
    return False


def _is_absent(error: Exception | None) -> bool:
    return isinstance(error, NotFoundError)


def _read_fresh(read: Callable[[], Flow[None]], last: FlyError | Exception) -> Flow[None]:
    """Repeat a list that says 404 although its app is there: the app is new (AP-12)."""
    end = (yield from now()) + FRESH_LIST_S
    while (yield from now()) < end:
        yield from sleep(1.0)
        try:
            yield from read()
        except NotFoundError as error:
            last = error
        else:
            return
    raise last
