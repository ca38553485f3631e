"""What the service holds now, read once per app and kind, all at once."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call, now, sleep, together
from fly_resources._flows.departed import Departed
from fly_resources.errors import (
    ContradictionError,
    FlyError,
    NotFoundError,
    PermissionDeniedError,
    ReconcileError,
)
from fly_resources.resources import App, Certificate, FlySecret, IpAddress, Machine, Resource, Volume

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from fly_machines import models

    from fly_resources._effects import Done

#: Lists of an app that was just made may say 404 for so long (AP-12).
FRESH_LIST_S: Final = 5.0
#: An app that a read did not find is looked for again after so long, before it counts as gone (AP-12, AP-26).
LOOK_AGAIN_S: Final = 1.0
#: States of a former version, which reads may show for a moment after an update (LC-43).
PASSING: Final = frozenset({"replaced", "migrated"})
_PASSING_S: Final = 5.0
#: What a 404 says when it is the app that does not exist (AP-10).
_NO_APP: Final = re.compile(r"could not find app|app not found", re.IGNORECASE)


@attrs.define
class AppState:
    """What one app holds. A kind that was not read stays empty and is never acted on.

    `absent`: the service says that there is no such app. `contradictions`: by kind, which answers about it
    contradict each other.
    """

    name: str
    absent: bool = False
    departed: Departed = attrs.field(factory=Departed, repr=False)
    app: models.App | None = None
    machines: list[models.Machine] = attrs.field(factory=list)
    volumes: list[models.Volume] = attrs.field(factory=list)
    secrets: list[models.AppSecret] = attrs.field(factory=list)
    certificates: dict[str, models.CertificateDetail] = attrs.field(factory=dict)
    addresses: list[models.IpAssignment] = attrs.field(factory=list)
    refused: dict[str, PermissionDeniedError] = attrs.field(factory=dict)
    contradictions: dict[str, ContradictionError] = attrs.field(factory=dict)

    def live_volumes(self) -> list[models.Volume]:
        """Return the volumes that are not going away."""
        return [volume for volume in self.volumes if not _readings.is_dying(volume)]

    def live_machines(self) -> list[models.Machine]:
        """Return the machines that are not going away, whatever else their state says."""
        return [machine for machine in self.machines if _readings.is_live(machine)]

    def machine(self, name: str) -> models.Machine | None:
        """Return the live machine of this name; there is one at most (MA-20)."""
        return next((machine for machine in self.live_machines() if machine.name == name), None)


def read_world(
    nouns: Collection[Resource[Any]],
    *,
    whole_apps: bool = False,
    absent_is_empty: bool = False,
    look_twice: bool = False,
    machines: bool = False,
    tolerant: bool = False,
    departed: Departed | None = None,
) -> Flow[dict[str, AppState]]:
    """Read the kinds that `nouns` need, one request each, all at once.

    With `whole_apps`, an `App` needs its machines, volumes and addresses too; with `machines`, every app
    needs its machines. A read that fails or is refused raises: unknown is not empty. Only the app's own 404
    means empty, of an app that is named itself; with `absent_is_empty`, of any app. With `look_twice`, that
    404 counts if it is still there after `LOOK_AGAIN_S`. With `tolerant`, what the token may not read is
    noted as refused. What has `departed` is gone, or on its way, whatever lists say.

    Raises:
        ReconcileError: An app is only referred to, by its name, and does not exist.
        ContradictionError: A list answers 404 although its app exists, also when it is repeated.
    """
    states = {noun.app_name: AppState(noun.app_name, departed=departed or Departed()) for noun in nouns}
    reads: dict[_Read, Callable[[], Flow[None]]] = {}
    for noun in nouns:
        for kind in (*kinds(noun, whole_app=whole_apps), *(("machines",) if machines else ())):
            hostname = noun.hostname if isinstance(noun, Certificate) and kind == "certificate" else ""
            read = functools.partial(_READERS[kind], states[noun.app_name], hostname)
            reads.setdefault((noun.app_name, kind, hostname), read)
    done = dict(zip(reads, (yield from together(reads.values())), strict=True))
    named = {noun.name for noun in nouns if isinstance(noun, App)}
    for name, errors in _unfound(done, states, tolerant=tolerant).items():
        state = states[name]
        recheck = absent_is_empty and (look_twice or (name, "app", "") not in errors)
        state.absent = yield from _is_absent(state, errors, recheck=recheck, look_twice=look_twice)
        if not state.absent:
            for key in errors:
                if key[1] != "app":
                    yield from _read_fresh(reads[key], state, errors[key])
        elif name not in named and not absent_is_empty:
            raise ReconcileError(
                f"There is no app {name!r}. Correct the name, or give App({name!r}) so that it is made too."
            ) from next(iter(errors.values()))
        elif any(end.error is None for key, end in done.items() if key[0] == name):
            # Making it will tell; ending it would rest on the 404 alone.
            state.absent = False
            if absent_is_empty:
                _note_contradicted_absence(state)
    return states


def _unfound(
    done: Mapping[_Read, Done[None]], states: Mapping[str, AppState], *, tolerant: bool
) -> dict[str, dict[_Read, NotFoundError]]:
    """Return by app which reads answered 404; note those that were refused, and raise what else failed."""
    # Of somebody else's app nothing can be read at all.
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
    """Return whether the app itself answers 404, as one of its kinds has; asked for again with `recheck`."""
    own = (state.name, "app", "") in errors
    if not recheck and (own or state.app is not None):
        return own
    if look_twice:
        yield from sleep(LOOK_AGAIN_S)
    try:
        state.app = yield from call(_ops.get_app(state.name))
    except NotFoundError:
        state.app = None
        return True
    return False


def _note_contradicted_absence(state: AppState) -> None:
    """Note that an app which answers 404 holds something all the same; empty lists contradict nothing."""
    held = len(state.live_machines()) + len(state.live_volumes()) + len(state.addresses)
    if held:
        state.contradictions["app"] = ContradictionError(
            f"App {state.name!r} answers 404, and its lists show {held} machines, volumes and addresses. "
            "Nothing was written to it. Run it again in a minute."
        )


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
            # The app tells whose private networks are meant (IP-13), and which one without a name.
            return ("addresses", "app") if noun.type == "private_v6" else ("addresses",)
        case _:
            return ("certificate",)


def _read_app(state: AppState, _hostname: str) -> Flow[None]:
    state.app = yield from call(_ops.get_app(state.name))


def _read_machines(state: AppState, _hostname: str) -> Flow[None]:
    listed = yield from list_machines(state.name, patience_s=_PASSING_S)
    gone = state.departed.ids((yield from now()))
    state.machines = [
        _readings.with_state(each, "destroying") if each.id in gone and _readings.is_live(each) else each
        for each in listed
    ]


def list_machines(app: str, *, patience_s: float = 0.0) -> Flow[list[models.Machine]]:
    """List an app's machines; those that the list does not tell enough about are read by id (MA-45, LC-43).

    One that is shown in the state of its former version is read again until that ends, for `patience_s`.
    """
    listed = yield from call(_ops.list_machines(app))
    return (yield from clarified(app, listed, patience_s=patience_s))


def clarified(
    app: str, listed: list[models.Machine], *, patience_s: float = 0.0
) -> Flow[list[models.Machine]]:
    """Read by id those that a list does not tell enough about; see `list_machines`."""
    unclear = [each for each in listed if is_unclear(each)]
    if not unclear:
        return listed
    ends = yield from together([functools.partial(_read_clearly, app, each, patience_s) for each in unclear])
    read = {each.id: end.value for each, end in zip(unclear, ends, strict=True) if end.value is not None}
    return [read.get(each.id, each) for each in listed]


def is_unclear(machine: models.Machine) -> bool:
    """Return whether a read by id may tell more: not of one whose host is known to be lost."""
    if not _readings.is_live(machine) or _readings.host_trouble(machine):
        return False
    return machine.state in PASSING or not _readings.has_config(machine)


def _read_clearly(app: str, machine: models.Machine, patience_s: float) -> Flow[models.Machine]:
    end = (yield from now()) + patience_s
    while True:
        try:
            machine = yield from call(_ops.get_machine(app, machine.id))
        except FlyError:
            # The list shows it, so it is there; nothing more is known of it.
            return machine
        if machine.state not in PASSING or (yield from now()) >= end:
            return machine
        yield from sleep(1.0)


def _read_volumes(state: AppState, _hostname: str) -> Flow[None]:
    listed = yield from call(_ops.list_volumes(state.name))
    gone = state.departed.ids((yield from now()))
    state.volumes = [_readings.as_dying(each) if each.id in gone else each for each in listed]


def read_again(state: AppState, kind: str, hostname: str = "") -> Flow[None]:
    """Read one kind of an app once more."""
    yield from _READERS[kind](state, hostname)


def _read_secrets(state: AppState, _hostname: str) -> Flow[None]:
    state.secrets = yield from call(_ops.list_secrets(state.name))


def _read_addresses(state: AppState, _hostname: str) -> Flow[None]:
    listed = yield from call(_ops.list_addresses(state.name))
    gone = state.departed.ids((yield from now()))
    state.addresses = [each for each in listed if each.ip not in gone]


def _read_certificate(state: AppState, hostname: str) -> Flow[None]:
    try:
        state.certificates[hostname] = yield from call(_ops.get_certificate(state.name, hostname))
    except NotFoundError as error:
        if _NO_APP.search(error.message):
            raise


#: App, kind, and of a certificate its hostname.
_Read: TypeAlias = tuple[str, str, str]
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


def _read_fresh(read: Callable[[], Flow[None]], state: AppState, last: NotFoundError) -> Flow[None]:
    """Repeat a list that says 404 although its app is there: the app is new (AP-12).

    Raises:
        ContradictionError: It still says so after `FRESH_LIST_S`: a failed read is no empty list.
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
        f"{last} App {state.name!r} itself is there, so that this is no empty list. It was asked for "
        f"{FRESH_LIST_S:g} s, and nothing was written. Run it again in a minute."
    ) from last
