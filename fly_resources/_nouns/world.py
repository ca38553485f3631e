"""Read the current state of the service, once per app and kind, concurrently."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from fly_resources._engine.effects import Flow, call, gathered, now, sleep, together
from fly_resources._nouns.departed import Departed
from fly_resources._nouns.existence import or_none
from fly_resources._nouns.listings import Machines, Volumes
from fly_resources._sdk import reading, requests
from fly_resources.errors import (
    ContradictionError,
    FlyError,
    NotFoundError,
    PermissionDeniedError,
    ReconcileError,
)
from fly_resources.resources import App, Certificate, FlySecret, IpAddress, Machine, Resource, Volume

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from fly_machines import models

    from fly_resources._engine.effects import Done

#: Seconds for which the lists of an app that was just created may answer 404 (AP-12).
FRESH_LIST_S: Final = 5.0
#: Seconds before an app that was not found is read again; only then it counts as gone (AP-12, AP-26).
LOOK_AGAIN_S: Final = 1.0
#: States of a former version, which reads may show for a moment after an update (LC-43).
PASSING: Final = frozenset({"replaced", "migrated"})
_PASSING_S: Final = 5.0
#: What a 404 says if it is the app that does not exist (AP-10).
_NO_APP: Final = re.compile(r"could not find app|app not found", re.IGNORECASE)


@attrs.define
class AppState:
    """What one app holds. A kind that was not read stays empty and is never acted on.

    `absent`: the service says that the app does not exist. `addresses_null`: it answers null instead of a
    list of addresses. `refused`: kinds that the token may not read. `contradictions`: answers that contradict
    each other, by kind.
    """

    name: str
    absent: bool = False
    departed: Departed = attrs.field(factory=Departed, repr=False)
    app: models.App | None = None
    machines: Machines = attrs.field(factory=Machines)
    volumes: Volumes = attrs.field(factory=Volumes)
    secrets: list[models.AppSecret] = attrs.field(factory=list)
    certificates: dict[str, models.CertificateDetail] = attrs.field(factory=dict)
    addresses: list[models.IpAssignment] = attrs.field(factory=list)
    addresses_null: bool = False
    refused: dict[str, PermissionDeniedError] = attrs.field(factory=dict)
    contradictions: dict[str, ContradictionError] = attrs.field(factory=dict)

    def forget(self) -> None:
        """Clear everything that was read."""
        self.app, self.machines, self.volumes = None, Machines(), Volumes()
        self.secrets, self.certificates, self.addresses = [], {}, []

    def leave_out(self, ids: Collection[str]) -> None:
        """Remove machines and volumes that were listed but do not exist."""
        self.machines = Machines(each for each in self.machines if each.id not in ids)
        self.volumes = Volumes(each for each in self.volumes if each.id not in ids)

    def machine(self, name: str) -> models.Machine | None:
        """Return the live machine of this name; there is at most one (MA-20)."""
        return next(iter(self.machines.live.named(name)), None)


def read_world(
    resources: Collection[Resource[Any]],
    *,
    whole_apps: bool = False,
    absent_is_empty: bool = False,
    look_twice: bool = False,
    machines: bool = False,
    tolerant: bool = False,
    departed: Departed | None = None,
) -> Flow[dict[str, AppState]]:
    """Read the kinds that `resources` need, with one request each, concurrently.

    With `whole_apps`, an `App` needs its machines, volumes and addresses too; with `machines`, every app
    needs its machines. A read that fails or is refused raises, because unknown does not mean empty. Only the
    app's own 404 means empty, for an app that is named itself or, with `absent_is_empty`, for any app. With
    `look_twice`, that 404 counts only if it is repeated after `LOOK_AGAIN_S`. With `tolerant`, kinds that the
    token may not read are recorded as refused. Whatever has its id in `departed` counts as gone or
    being destroyed, whatever lists say.

    Raises:
        ReconcileError: An app that is only referred to, by its name, does not exist.
        ContradictionError: A list repeatedly answers 404 although its app exists.
    """
    states = {each.app_name: AppState(each.app_name, departed=departed or Departed()) for each in resources}
    reads = {
        key: functools.partial(_READERS[key[1]], states[key[0]], key[2])
        for each in resources
        for key in _keys(each, whole_app=whole_apps, machines=machines)
    }
    done = dict(zip(reads, (yield from together(reads.values())), strict=True))
    for name, errors in _unfound(done, states, tolerant=tolerant).items():
        state = states[name]
        recheck = absent_is_empty and (look_twice or (name, "app", "") not in errors)
        state.absent = yield from _is_absent(state, errors, recheck=recheck, look_twice=look_twice)
        if state.absent:
            if absent_is_empty:
                yield from _read_what_was_there(state, reads, done)
            _judge_absence(state, resources, done, absent_is_empty=absent_is_empty)
            continue
        for key in errors:
            if key[1] != "app":
                yield from _read_fresh(reads[key], state, errors[key])
    return states


def _read_what_was_there(
    state: AppState, reads: Mapping[_Read, Callable[[], Flow[None]]], done: dict[_Read, Done[None]]
) -> Flow[None]:
    """Read again what an app that answers 404 held: it may have gone between the two answers."""
    again = {key: reads[key] for key, end in done.items() if key[0] == state.name and end.error is None}
    state.forget()
    done |= zip(again, (yield from together(again.values())), strict=True)
    _unfound({key: done[key] for key in again}, {state.name: state}, tolerant=False)


def _judge_absence(
    state: AppState,
    resources: Collection[Resource[Any]],
    done: Mapping[_Read, Done[None]],
    *,
    absent_is_empty: bool,
) -> None:
    """Refuse an absent app that is only referred to; do not believe its absence if anything was read."""
    seen = [end for key, end in done.items() if key[0] == state.name]
    if not absent_is_empty and App(state.name) not in resources:
        raise ReconcileError(
            f"App {state.name!r} does not exist. Correct the name, or pass App({state.name!r}) to create it."
        ) from next(end.error for end in seen if end.error is not None)
    if any(end.error is None for end in seen):
        # Creating it will show the truth; destroying it would rest on the 404 alone.
        state.absent = False
        # Empty lists contradict nothing.
        held = len(state.machines.live) + len(state.volumes.live) + len(state.addresses)
        if absent_is_empty and held and state.app is None:
            state.contradictions["app"] = ContradictionError(
                f"App {state.name!r} answers 404, but its lists show {held} machines, volumes and addresses. "
                "Neither is relied on. Run it again in a minute."
            )


def _keys(resource: Resource[Any], *, whole_app: bool, machines: bool) -> Iterator[_Read]:
    """Yield the reads that a decision about `resource` needs."""
    for kind in kinds(resource, whole_app=whole_app):
        yield resource.app_name, kind, resource.hostname if isinstance(resource, Certificate) else ""
    if machines:
        yield resource.app_name, "machines", ""


def _unfound(
    done: Mapping[_Read, Done[None]], states: Mapping[str, AppState], *, tolerant: bool
) -> dict[str, dict[_Read, NotFoundError]]:
    """Return the reads that answered 404, by app; record refused reads, and raise other errors."""
    # Nothing at all can be read of somebody else's app.
    readable = {key[0] for key, end in done.items() if end.error is None}
    unfound: dict[str, dict[_Read, NotFoundError]] = {}
    for key, end in done.items():
        name, kind, _ = key
        if isinstance(end.error, NotFoundError):
            unfound.setdefault(name, {})[key] = end.error
        elif isinstance(end.error, PermissionDeniedError) and tolerant and name in readable:
            states[name].refused[kind] = end.error
        elif end.error is not None:
            raise end.error
    return unfound


def _is_absent(state: AppState, errors: Collection[_Read], *, recheck: bool, look_twice: bool) -> Flow[bool]:
    """Return whether the app itself answers 404, as one of its kinds did; with `recheck`, read it again."""
    own = (state.name, "app", "") in errors
    if not recheck and (own or state.app is not None):
        return own
    if look_twice:
        yield from sleep(LOOK_AGAIN_S)
    state.app = yield from or_none(requests.get_app(state.name))
    return state.app is None


def kinds(resource: Resource[Any], *, whole_app: bool = False) -> tuple[str, ...]:
    """Return the kinds that a decision about `resource` needs."""
    match resource:
        case App():
            return ("app", "machines", "volumes", "addresses") if whole_app else ("app",)
        case Machine():
            configs = reading.as_mapping(resource.config), resource.extra or {}
            mounts = resource.mounts or any(each.get("mounts") for each in configs)
            return ("machines", "volumes") if mounts else ("machines",)
        case Volume():
            return ("volumes",)
        case FlySecret():
            return ("secrets",)
        case IpAddress():
            # The app determines whose private networks are meant (IP-13), and which one if none is named.
            return ("addresses", "app") if resource.type == "private_v6" else ("addresses",)
        case _:
            return ("certificate",)


def _read_app(state: AppState, _hostname: str) -> Flow[None]:
    state.app = yield from call(requests.get_app(state.name))


def _read_machines(state: AppState, _hostname: str) -> Flow[None]:
    listed = yield from list_machines(state.name, patience_s=_PASSING_S)
    gone = state.departed.ids((yield from now()))
    state.machines = Machines(
        reading.with_state(each, "destroying") if each.id in gone and reading.is_live(each) else each
        for each in listed
    )


def list_machines(app: str, *, patience_s: float = 0.0) -> Flow[list[models.Machine]]:
    """List an app's machines; those that the list shows incompletely are read by id (MA-45, LC-43).

    A machine shown in the state of its former version is read again until that ends, for up to `patience_s`
    seconds.
    """
    listed = yield from call(requests.list_machines(app))
    return (yield from clarified(app, listed, patience_s=patience_s))


def clarified(
    app: str, listed: list[models.Machine], *, patience_s: float = 0.0
) -> Flow[list[models.Machine]]:
    """Read by id the machines that a list shows incompletely; see `list_machines`."""
    unclear = [each for each in listed if is_unclear(each)]
    if not unclear:
        return listed
    found = yield from gathered(functools.partial(_read_clearly, app, each, patience_s) for each in unclear)
    read = {each.id: clear for each, clear in zip(unclear, found, strict=True)}
    return [read.get(each.id, each) for each in listed]


def is_unclear(machine: models.Machine) -> bool:
    """Return whether a read by id may tell more; not for a machine whose host is known to be lost."""
    if not reading.is_live(machine) or reading.host_trouble(machine):
        return False
    return machine.state in PASSING or not reading.has_config(machine)


def _read_clearly(app: str, machine: models.Machine, patience_s: float) -> Flow[models.Machine]:
    end = (yield from now()) + patience_s
    while True:
        try:
            machine = yield from call(requests.get_machine(app, machine.id))
        except FlyError:
            # The list shows the machine, so it exists; nothing more is known about it.
            return machine
        if machine.state not in PASSING or (yield from now()) >= end:
            return machine
        yield from sleep(1.0)


def _read_volumes(state: AppState, _hostname: str) -> Flow[None]:
    listed = yield from call(requests.list_volumes(state.name))
    gone = state.departed.ids((yield from now()))
    state.volumes = Volumes(reading.as_dying(each) if each.id in gone else each for each in listed)


def read_again(state: AppState, kind: str, hostname: str = "") -> Flow[None]:
    """Read one kind of an app once more."""
    yield from _READERS[kind](state, hostname)


def _read_secrets(state: AppState, _hostname: str) -> Flow[None]:
    state.secrets = yield from call(requests.list_secrets(state.name))


def _read_addresses(state: AppState, _hostname: str) -> Flow[None]:
    listed = yield from call(requests.list_addresses_if_told(state.name))
    state.addresses_null = listed is None
    gone = state.departed.ids((yield from now()))
    state.addresses = [each for each in listed or () if each.ip not in gone]


def _read_certificate(state: AppState, hostname: str) -> Flow[None]:
    try:
        state.certificates[hostname] = yield from call(requests.get_certificate(state.name, hostname))
    except NotFoundError as error:
        if _NO_APP.search(error.message):
            raise


#: App, kind and, for a certificate, its hostname.
_Read: TypeAlias = tuple[str, str, str]
_READERS: Final = {
    "app": _read_app,
    "machines": _read_machines,
    "volumes": _read_volumes,
    "secrets": _read_secrets,
    "addresses": _read_addresses,
    "certificate": _read_certificate,
}


def _read_fresh(read: Callable[[], Flow[None]], state: AppState, last: NotFoundError) -> Flow[None]:
    """Repeat a list that answers 404 although its app exists, because the app is new (AP-12).

    Raises:
        ContradictionError: It still answers 404 after `FRESH_LIST_S`: a failed read is not an empty list.
    """
    end = (yield from now()) + FRESH_LIST_S
    while (yield from now()) < end:
        yield from sleep(1.0)
        try:
            yield from read()
        except NotFoundError as error:
            last = error
        else:
            return
    raise ContradictionError(
        f"{last} App {state.name!r} itself exists, so its list is unknown, not empty. It was read for "
        f"{FRESH_LIST_S:g} s, and nothing was written. Run it again in a minute."
    ) from last
