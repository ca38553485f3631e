"""Confirm absences: nothing is concluded from a single list that lacks something (rule 9, PL-12).

What has been read already is used first: the app's own counts, the machine that a volume is attached to, the
volume that a machine mounts. Only if these say nothing is a list read a second time. On a contradiction,
everything is read again; if it remains, nothing is concluded from either side.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from fly_resources._engine.effects import Flow, gathered, sleep
from fly_resources._nouns import addresses, certificates, existence, secrets
from fly_resources._nouns.machine import planning as machines
from fly_resources._nouns.run import Context, Options
from fly_resources._nouns.volume import planning as volumes
from fly_resources._nouns.world import read_again, read_world
from fly_resources._sdk import reading, requests
from fly_resources.errors import AmbiguousMatchError, ContradictionError, NotFoundError, PermissionDeniedError
from fly_resources.resources import App, Certificate, FlySecret, IpAddress, Machine, Volume

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from fly_resources._nouns.listings import Machines, Volumes
    from fly_resources._nouns.world import AppState
    from fly_resources.resources import Resource

#: Why the missing thing is looked for: to create it, to destroy it, to report its absence, or (for an app) to
#: make sure that it holds nothing else.
Purpose: TypeAlias = Literal["ensure", "destroy", "read", "read_whole"]
#: A kind of an app's resources and, for a certificate or a secret, its name.
_Kind: TypeAlias = tuple[str, str]

#: Seconds between reads: lists and counts may be some seconds behind (VO-13).
_PAUSES_S: Final = (1.0, 2.0, 3.0, 4.0)
#: The same if more is shown than the app counts, which is not refused.
_GONE_PAUSES_S: Final = (1.0, 3.0)
_MACHINES: Final = ("machines", "")
_VOLUMES: Final = ("volumes", "")
_ADDRESSES: Final = ("addresses", "")
#: The kinds that an app counts itself.
_COUNTED: Final[dict[_Kind, type[Machine | Volume]]] = {_MACHINES: Machine, _VOLUMES: Volume}


def read_whole(app: str) -> Flow[AppState]:
    """Return an app with its machines, volumes and addresses; `absent` is set if it does not exist.

    Raises:
        ContradictionError: A list lacks something that the app counts, another answer shows or a second list
            has; or the app answers 404 and its lists do not. Acting on such lists would create things twice.
    """
    resource = App(app)
    world = yield from read_world([resource], whole_apps=True, absent_is_empty=True, look_twice=True)
    context = Context((resource,), world, Options())
    yield from confirm_absences(context, "read_whole")
    state = context.state(resource)
    for contradiction in state.contradictions.values():
        raise contradiction
    return state


def confirm_absences(context: Context, purpose: Purpose) -> Flow[None]:
    """Confirm each absence that `purpose` would act upon or report.

    Contradictions that remain are recorded in the app's state, by kind.
    """
    if purpose != "destroy":
        yield from gathered(
            functools.partial(_leave_out_gone, each, context) for each in context.world.values()
        )
    apps = {name: kinds for name in context.world if (kinds := _asked(name, context, purpose))}
    yield from gathered(
        functools.partial(_confirm, name, kinds, context, purpose) for name, kinds in apps.items()
    )


def _leave_out_gone(state: AppState, context: Context) -> Flow[None]:
    """List again what shows more than the app itself counts: some of it may have just gone (VO-13).

    What is still shown is read by id, because the count may be the one that is behind.
    """
    for pause in _GONE_PAUSES_S:
        kinds = [kind for kind in _COUNTED if _shows_more(kind, state)]
        if not kinds:
            return
        yield from sleep(pause)
        yield from _look_again(state, kinds)
    for kind in _COUNTED:
        if _shows_more(kind, state):
            state.leave_out((yield from _gone(kind, state, context)))


def _gone(kind: _Kind, state: AppState, context: Context) -> Flow[set[str]]:
    """Return the ids of resources that are described and listed but do not exist when read by id."""
    names = {each.name for each in context.described.of_kind(_COUNTED[kind], state.name)}
    ids = [each.id for each in _listed(kind, state).live if each.name in names]
    there = yield from gathered(functools.partial(_is_there, kind, state.name, each) for each in ids)
    return set(ids) - set(itertools.compress(ids, there))


def _shows_more(kind: _Kind, state: AppState) -> bool:
    count = _count(kind, state)
    return count is not None and _live(kind, state) > count


def check_counts(state: AppState, before: AppState) -> Flow[None]:
    """Make sure that an app to be destroyed holds nothing that no list has shown.

    Raises:
        ContradictionError: It counts more than the lists show now and have shown `before`.
    """
    for pause in (*_PAUSES_S, None):
        doubts = {}
        for kind in _COUNTED:
            count = _count(kind, state)
            known = _ids(kind, state) | _ids(kind, before)
            if count and count > len(known):
                doubts[kind] = _miscounted(kind, count, len(known))
        if not doubts:
            return
        if pause is None:
            raise _contradiction(state, *doubts.popitem(), kept="The app was not deleted")
        yield from sleep(pause)
        yield from _look_again(state, doubts)


def _asked(app: str, context: Context, purpose: Purpose) -> dict[_Kind, bool]:
    """Return the kinds of the app in which something is missing, and whether that must be confirmed.

    If not, the service or a later read confirms it; it still must not contradict what is known.
    """
    state = context.world[app]
    if state.absent:
        return {}
    asked: dict[_Kind, bool] = {}
    for resource in context.described.of_app(app):
        whole = isinstance(resource, App) and not context.options.everything
        if purpose == "destroy" and context.names_app_of(resource) and not whole:
            continue  # all of the app's content is checked for the app, or nothing
        missing = _missing(resource, context, purpose)
        asked |= {kind: needed for kind, needed in missing if kind[0] not in state.refused}
    return asked


def _missing(resource: Resource[Any], context: Context, purpose: Purpose) -> list[tuple[_Kind, bool]]:
    """Return the kinds in which `resource` is missing, and whether its absence must be confirmed."""
    if purpose == "read_whole":
        # New addresses are created if none exist at all, so that absence must be confirmed.
        return [(_MACHINES, True), (_VOLUMES, True), (_ADDRESSES, not context.state(resource).addresses)]
    if isinstance(resource, App):
        # Everything that it holds is read once more, right before it is destroyed.
        return [(_MACHINES, False), (_VOLUMES, False)] if purpose == "destroy" else []
    if not _is_missing(resource, context):
        return []
    # On creation, the service itself confirms that a machine's name or a certificate's hostname is free: it
    # refuses a second one (MA-20, CE-7). Setting a secret again loses nothing, unless it was to be kept.
    to_make = purpose == "ensure"
    kind, needed = _VOLUMES, True
    if isinstance(resource, Machine):
        kind, needed = _MACHINES, not to_make
    elif isinstance(resource, IpAddress):
        kind = _ADDRESSES
    elif isinstance(resource, FlySecret):
        kind, needed = ("secrets", resource.name), not to_make or resource.if_absent or resource.value is None
    elif isinstance(resource, Certificate):
        kind, needed = ("certificate", resource.hostname), not to_make
    return [(kind, needed)]


def _is_missing(resource: Resource[Any], context: Context) -> bool:
    if isinstance(resource, IpAddress):
        return addresses.is_missing(resource, context)
    try:
        return _FINDERS[type(resource)](resource, context) is None
    except AmbiguousMatchError:
        return False


_FINDERS: Final[dict[type[Resource[Any]], Callable[[Any, Context], object]]] = {
    Machine: machines.find,
    Volume: volumes.find,
    FlySecret: secrets.find,
    Certificate: certificates.find,
}


def _confirm(app: str, asked: Mapping[_Kind, bool], context: Context, purpose: Purpose) -> Flow[None]:
    """Read until nothing is missing any more, its absence is confirmed, or all attempts are used up."""
    state = context.world[app]
    counted = any(needed for kind, needed in asked.items() if kind in _COUNTED)
    if state.app is None and counted and not (yield from _read_counts(state)):
        return
    doubts = yield from _doubts(asked, state, {})
    for pause in _PAUSES_S:
        if not doubts:
            return
        before = {kind: _ids(kind, state) for kind in doubts}
        yield from sleep(pause)
        yield from _look_again(state, doubts)
        still_asked = _asked(app, context, purpose).items()
        asked = {kind: needed for kind, needed in still_asked if kind in doubts}
        doubts = yield from _doubts(asked, state, before)
    for kind, doubt in doubts.items():
        state.contradictions[kind[0]] = _contradiction(state, kind, doubt)


def _miscounted(kind: _Kind, count: int, shown: int) -> str:
    return f"it counts {count} {kind[0]}, but its list shows {shown}"


def _contradiction(
    state: AppState, kind: _Kind, doubt: str, *, kept: str = "Nothing was written to it"
) -> ContradictionError:
    shown_by = "ips" if kind == _ADDRESSES else kind[0]
    return ContradictionError(
        f"App {state.name!r}: {doubt}, also when read again. {kept}. Compare with fly {shown_by} list; "
        "run it again later."
    )


def _doubts(
    asked: Mapping[_Kind, bool], state: AppState, before: Mapping[_Kind, set[str]]
) -> Flow[dict[_Kind, str]]:
    """Return the doubts about the list of each kind; reliable lists are left out."""
    found = {}
    for kind, needed in asked.items():
        doubt = yield from _doubt(kind, state, before.get(kind), needed=needed)
        if doubt is not None:
            found[kind] = doubt
    return found


def _read_counts(state: AppState) -> Flow[bool]:
    """Read the app for its counts; return whether it exists."""
    with contextlib.suppress(PermissionDeniedError):
        state.app = yield from existence.or_none(requests.get_app(state.name))
        return state.app is not None
    return True


def _look_again(state: AppState, doubts: Collection[_Kind]) -> Flow[None]:
    reads = [functools.partial(read_again, state, *kind) for kind in doubts]
    if any(_count(kind, state) is not None for kind in doubts):
        reads.append(functools.partial(read_again, state, "app"))
    try:
        yield from gathered(reads)
    except NotFoundError:
        if (yield from _read_counts(state)):
            raise
        # The app has been destroyed since it was read, with everything in it.
        state.forget()
        state.absent = True


def _doubt(kind: _Kind, state: AppState, before: set[str] | None, *, needed: bool) -> Flow[str | None]:
    """Return what contradicts the list of this kind; None if the list is reliable."""
    if kind[0] == "secrets":
        return (yield from _find_unlisted_secret(state.name, kind[1])) if needed else None
    listed = _ids(kind, state)
    count = _count(kind, state)
    if count and count > len(listed):
        return _miscounted(kind, count, len(listed))
    linked = (yield from _find_unlisted(kind, state)) if kind in _COUNTED else None
    if linked or not needed or (count is not None and count >= _live(kind, state)):
        return linked
    if before is None:
        return f"only one list of its {kind[0]} was read"
    lost = sorted(before - listed)
    return f"one list of its {kind[0]} shows {', '.join(lost)}, and the next one does not" if lost else None


def _ids(kind: _Kind, state: AppState) -> set[str]:
    """Return the ids of this kind in the answer, except those that are gone for good."""
    if kind in _COUNTED:
        return {each.id for each in _listed(kind, state) if not reading.is_gone(each)}
    # A certificate is read by its hostname.
    return {each.ip for each in state.addresses} if kind == _ADDRESSES else set()


def _listed(kind: _Kind, state: AppState) -> Machines | Volumes:
    return state.machines if kind == _MACHINES else state.volumes


def _count(kind: _Kind, state: AppState) -> int | None:
    """Return how many of this kind the app itself counts, if it says so (AP-13)."""
    if state.app is None or kind not in _COUNTED:
        return None
    return reading.count(state.app.machine_count if kind == _MACHINES else state.app.volume_count)


def _live(kind: _Kind, state: AppState) -> int:
    """Return how many are listed, without those being destroyed, which the app may or may not count."""
    return len(_listed(kind, state).live.by_id)


def _find_unlisted_secret(app: str, name: str) -> Flow[str | None]:
    """Name a secret that the list lacks but a read by its name shows."""
    there = yield from existence.exists(requests.get_secret(app, name))
    told = f"secret {name} exists when read by its name, but is missing from the list of secrets"
    return told if there else None


def _find_unlisted(kind: _Kind, state: AppState) -> Flow[str | None]:
    """Name something that the list lacks, but another answer leads to it and a read by its id shows it."""
    listed = _listed(kind, state).by_id
    for told, thing_id in _links(kind, state):
        if thing_id not in listed and (yield from _is_there(kind, state.name, thing_id)):
            return f"{told}, which exists when read by id, but is missing from the list of {kind[0]}"
    return None


def _links(kind: _Kind, state: AppState) -> Iterator[tuple[str, str]]:
    """Yield how another answer leads to something of this kind, and its id."""
    if kind == _MACHINES:
        for volume in state.volumes.live:
            if holder := reading.holder_id(volume):  # that may last for a minute (VO-15)
                yield f"volume {volume.id} is attached to machine {holder}", holder
    else:
        for machine in filter(reading.has_config, state.machines.live):
            for volume_id in reading.mounted_volumes(machine):
                yield f"machine {machine.id} mounts volume {volume_id}", volume_id


def _is_there(kind: _Kind, app: str, thing_id: str) -> Flow[bool]:
    return (existence.is_machine_there if kind == _MACHINES else existence.is_volume_there)(app, thing_id)
