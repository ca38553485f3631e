"""What the service holds now, read once per app and kind, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources import _ops
from fly_resources._effects import Flow, call, now, sleep, together
from fly_resources.errors import FlyError, NotFoundError
from fly_resources.resources import App, Certificate, FlySecret, IpAddress, Machine, Resource, Volume

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fly_machines import models

#: A volume in one of these states is gone or going; lists show it all the same (VO-13).
DYING_VOLUMES: Final = frozenset(
    {"scheduling_destroy", "pending_destroy", "destroying", "destroyed", "fork_cleanup", "waiting_for_detach"}
)
#: Its name is free again, or about to be (MA-21).
GONE_MACHINES: Final = frozenset({"destroying", "destroyed", "migrated", "replaced"})
#: Lists of an app that was just made may say 404 for so long (AP-12).
FRESH_LIST_S: Final = 5.0


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

    def live_volumes(self) -> list[models.Volume]:
        """Return the volumes that are not going away."""
        return [volume for volume in self.volumes if volume.state not in DYING_VOLUMES]

    def live_machines(self) -> list[models.Machine]:
        """Return the machines that are not going away."""
        return [machine for machine in self.machines if machine.state not in GONE_MACHINES]

    def machine(self, name: str) -> models.Machine | None:
        """Return the live machine of this name; there is one at most (MA-20)."""
        return next((machine for machine in self.live_machines() if machine.name == name), None)


def read_world(nouns: Iterable[Resource[Any]], *, whole_apps: bool = False) -> Flow[dict[str, AppState]]:
    """Read the kinds that `nouns` need, one request each, all at once.

    With `whole_apps`, an `App` needs its machines, volumes and addresses too. A read that fails or is
    refused raises: unknown is not empty. Only the absence of an app that is named itself means empty.
    """
    states: dict[str, AppState] = {}
    reads: dict[tuple[str, str], Callable[[], Flow[None]]] = {}
    named = {noun.app_name for noun in nouns if isinstance(noun, App)}
    for noun in nouns:
        state = states.setdefault(noun.app_name, AppState(noun.app_name))
        for key, read in _reads_for(noun, state, whole_app=whole_apps):
            reads.setdefault((noun.app_name, key), read)
    done = dict(zip(reads, (yield from together(reads.values())), strict=True))
    absent = {name for name in named if _is_absent(done[name, "app"].error)}
    for (name, kind), end in done.items():
        if end.error is None or (name in absent and _is_absent(end.error)):
            continue
        if name in named and kind != "app" and _is_absent(end.error):
            yield from _read_fresh(reads[name, kind], end.error)
            continue
        raise end.error
    return states


def _reads_for(
    noun: Resource[Any], state: AppState, *, whole_app: bool
) -> list[tuple[str, Callable[[], Flow[None]]]]:
    app = noun.app_name

    def read_app() -> Flow[None]:
        state.app = yield from call(_ops.get_app(app))

    def read_machines() -> Flow[None]:
        state.machines = yield from call(_ops.list_machines(app))

    def read_volumes() -> Flow[None]:
        state.volumes = yield from call(_ops.list_volumes(app))

    def read_secrets() -> Flow[None]:
        state.secrets = yield from call(_ops.list_secrets(app))

    def read_addresses() -> Flow[None]:
        state.addresses = yield from call(_ops.list_addresses(app))

    machines, volumes, addresses = (
        ("machines", read_machines),
        ("volumes", read_volumes),
        ("addresses", read_addresses),
    )
    match noun:
        case App():
            return [("app", read_app), *([machines, volumes, addresses] if whole_app else [])]
        case Machine():
            return [machines, *([volumes] if noun.mounts else [])]
        case Volume():
            return [volumes]
        case FlySecret():
            return [("secrets", read_secrets)]
        case IpAddress():
            return [addresses]
        case Certificate():
            hostname = noun.hostname

            def read_certificate() -> Flow[None]:
                found = yield from find_certificate(app, hostname)
                if found is not None:
                    state.certificates[hostname] = found

            return [(f"certificate {hostname}", read_certificate)]
        case _:
            raise TypeError(f"{noun!r} is none of the six nouns")


def find_certificate(app: str, hostname: str) -> Flow[models.CertificateDetail | None]:
    """Return the hostname's certificate; None if the app, or its certificate, does not exist (CE-8)."""
    try:
        return (yield from call(_ops.get_certificate(app, hostname)))
    except NotFoundError:
        return None


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
