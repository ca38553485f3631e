"""Absence needs two witnesses: nothing rests on one list that lacks something (rule 9, PL-12).

What has been read already comes first: the app's own counts, the machine that a volume is attached to, the
volume that a machine mounts. Only where those say nothing is a list read a second time. On contradiction
all of it is read again; if the contradiction stays, nothing is concluded from either side.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call, sleep, together
from fly_resources._flows import addresses, certificates, deletions, machines, secrets, volumes
from fly_resources._flows.world import read_again
from fly_resources.errors import AmbiguousMatchError, ContradictionError, NotFoundError, PermissionDeniedError
from fly_resources.resources import App, Certificate, FlySecret, IpAddress, Machine, Volume

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from fly_resources._flows.run import Context
    from fly_resources._flows.world import AppState
    from fly_resources.resources import Resource

#: What the missing thing is looked for: to make it, to destroy it, to say that it is not there, or (of
#: an app) that nothing else is there in it.
Purpose: TypeAlias = Literal["ensure", "destroy", "read", "read_whole"]
#: A kind of an app, and of a certificate its hostname.
_Kind: TypeAlias = tuple[str, str]

#: Seconds between the looks: lists and counts may be some seconds behind (VO-13).
_PAUSES_S: Final = (1.0, 2.0, 3.0, 4.0)
_MACHINES: Final = ("machines", "")
_VOLUMES: Final = ("volumes", "")
_ADDRESSES: Final = ("addresses", "")
#: What shows a person the same, read in another way.
_COMMANDS: Final = {
    "machines": "fly machines list",
    "volumes": "fly volumes list",
    "addresses": "fly ips list",
    "secrets": "fly secrets list",
    "certificate": "fly certs list",
}


def confirm_absences(context: Context, purpose: Purpose) -> Flow[None]:
    """Look for a second witness of each absence that `purpose` would act upon, or report.

    What stays contradicted is noted in the app's state, by kind.
    """
    apps = {name: kinds for name in context.world if (kinds := _asked(name, context, purpose))}
    if not apps:
        return
    ends = yield from together(
        [functools.partial(_confirm, name, kinds, context, purpose) for name, kinds in apps.items()]
    )
    for end in ends:
        if end.error is not None:
            raise end.error


def check_counts(state: AppState, before: AppState) -> Flow[None]:
    """Make sure that an app which is about to go holds nothing that no list has shown.

    Raises:
        ContradictionError: It counts more than the lists show now and have shown `before`.
    """
    asked: dict[_Kind, bool] = {} if state.absent else {_MACHINES: False, _VOLUMES: False}
    for pause in (*_PAUSES_S, None):
        doubts = {}
        for kind in asked:
            count = _count(kind, state)
            known = _ids(kind, state) | _ids(kind, before)
            if count is not None and count > len(known):
                doubts[kind] = _miscounted(kind, count, len(known))
        if not doubts:
            return
        if pause is None:
            raise _contradiction(state, *doubts.popitem(), kept="The app was not deleted")
        yield from sleep(pause)
        yield from _look_again(state, doubts)


def _asked(app: str, context: Context, purpose: Purpose) -> dict[_Kind, bool]:
    """Return the kinds of the app in which something is missing, and whether that needs a second witness.

    Where it needs none, the service or a later read is one; it still must not contradict what is known.
    """
    state = context.world[app]
    if state.absent:
        return {}
    asked: dict[_Kind, bool] = {}
    for noun in context.nouns:
        if noun.app_name != app or _goes_with_app(noun, context, purpose):
            continue
        for kind, needed in _missing(noun, context, purpose):
            if kind[0] not in state.refused:
                asked[kind] = asked.get(kind, False) or needed
    return asked


def _goes_with_app(noun: Resource[Any], context: Context, purpose: Purpose) -> bool:
    """Return whether its app is to be destroyed: then the app's whole content is asked about, or nothing."""
    whole = isinstance(noun, App) and not context.options.everything
    return purpose == "destroy" and context.names_app_of(noun) and not whole


def _missing(noun: Resource[Any], context: Context, purpose: Purpose) -> list[tuple[_Kind, bool]]:
    """Return the kinds in which `noun` is missing, and whether its absence needs a second witness."""
    if isinstance(noun, App) and purpose == "read_whole":
        # That there is no address at all is what new ones are made upon.
        return [(_MACHINES, True), (_VOLUMES, True), (_ADDRESSES, not context.state(noun).addresses)]
    if isinstance(noun, App):
        # All that it holds is read once more, right before it goes.
        return [(_MACHINES, False), (_VOLUMES, False)] if purpose == "destroy" else []
    if not _is_missing(noun, context):
        return []
    # To make it, the service is the other witness of a machine's name and of a certificate's hostname: it
    # refuses a second one (MA-20, CE-7). Setting a secret again loses nothing, unless it was to be kept.
    to_make = purpose == "ensure"
    kind, needed = "volumes", True
    if isinstance(noun, Machine):
        kind, needed = "machines", not to_make
    elif isinstance(noun, IpAddress):
        kind = "addresses"
    elif isinstance(noun, FlySecret):
        kind, needed = "secrets", not to_make or noun.if_absent or noun.value is None
    elif isinstance(noun, Certificate):
        return [(("certificate", noun.hostname), not to_make)]
    return [((kind, ""), needed)]


def _is_missing(noun: Resource[Any], context: Context) -> bool:
    if isinstance(noun, IpAddress):
        return addresses.is_missing(noun, context)
    try:
        return _FINDERS[type(noun)](noun, context) is None
    except AmbiguousMatchError:
        return False


_FINDERS: Final[dict[type[Resource[Any]], Callable[[Any, Context], object]]] = {
    Machine: machines.find,
    Volume: volumes.find,
    FlySecret: secrets.find,
    Certificate: certificates.find,
}


def _confirm(app: str, asked: Mapping[_Kind, bool], context: Context, purpose: Purpose) -> Flow[None]:
    """Look until nothing is missing any more, its absence is confirmed, or the looks are used up."""
    state = context.world[app]
    counted = any(needed for kind, needed in asked.items() if kind in {_MACHINES, _VOLUMES})
    if state.app is None and counted and not (yield from _read_counts(state)):
        return
    doubts = yield from _doubts(asked, state, {})
    for pause in _PAUSES_S:
        if not doubts:
            return
        before = {kind: _ids(kind, state) for kind in doubts}
        yield from sleep(pause)
        yield from _look_again(state, doubts)
        still_asked = _asked(app, context, purpose)
        asked = {kind: still_asked[kind] for kind in doubts if kind in still_asked}
        doubts = yield from _doubts(asked, state, before)
    for kind, doubt in doubts.items():
        state.contradictions[kind[0]] = _contradiction(state, kind, doubt)


def _miscounted(kind: _Kind, count: int, shown: int) -> str:
    return f"it counts {count} {kind[0]} itself, and the list of them shows {shown}"


def _contradiction(
    state: AppState, kind: _Kind, doubt: str, *, kept: str = "Nothing was written to it"
) -> ContradictionError:
    command = _COMMANDS.get(kind[0], "the dashboard")
    return ContradictionError(
        f"App {state.name!r}: {doubt}, also when they are read again. {kept}. "
        f"Compare with {command}; run it again later."
    )


def _doubts(
    asked: Mapping[_Kind, bool], state: AppState, before: Mapping[_Kind, set[str]]
) -> Flow[dict[_Kind, str]]:
    """Say what speaks against the list of each kind; those that can be relied upon are left out."""
    found = {}
    for kind, needed in asked.items():
        doubt = yield from _doubt(kind, state, before.get(kind), needed=needed)
        if doubt is not None:
            found[kind] = doubt
    return found


def _read_counts(state: AppState) -> Flow[bool]:
    """Read the app for its counts; return whether it is there."""
    try:
        state.app = yield from call(_ops.get_app(state.name))
    except NotFoundError:
        return False
    except PermissionDeniedError:
        pass
    return True


def _look_again(state: AppState, doubts: Collection[_Kind]) -> Flow[None]:
    reads = [functools.partial(read_again, state, *kind) for kind in doubts]
    if any(_count(kind, state) is not None for kind in doubts):
        reads.append(functools.partial(read_again, state, "app"))
    for end in (yield from together(reads)):
        if end.error is not None:
            raise end.error


def _doubt(kind: _Kind, state: AppState, before: set[str] | None, *, needed: bool) -> Flow[str | None]:
    """Say what speaks against the list of this kind; None if it can be relied upon."""
    listed = _ids(kind, state)
    count = _count(kind, state)
    if count is not None and count > len(listed):
        return _miscounted(kind, count, len(listed))
    linked = None
    if kind == _MACHINES:
        linked = yield from _find_unlisted_machine(state)
    elif kind == _VOLUMES:
        linked = yield from _find_unlisted_volume(state)
    if linked or not needed or (count is not None and count >= len(listed) - _leaving(kind, state)):
        return linked
    if before is None:
        return f"only one list of its {kind[0]} was read"
    lost = sorted(before - listed)
    return f"one list of its {kind[0]} shows {', '.join(lost)}, and the next one does not" if lost else None


def _ids(kind: _Kind, state: AppState) -> set[str]:
    """Return what the answer shows of this kind, but for what is gone for good."""
    match kind[0]:
        case "machines":
            return {each.id for each in state.machines if not _readings.is_gone(each)}
        case "volumes":
            return {each.id for each in state.volumes if not _readings.is_gone(each)}
        case "addresses":
            return {each.ip for each in state.addresses}
        case "secrets":
            return {each.name for each in state.secrets}
        case _:
            return {kind[1]} & state.certificates.keys()


def _count(kind: _Kind, state: AppState) -> int | None:
    """Return how many of this kind the app itself counts, if it says so (AP-13)."""
    if state.app is None or kind not in {_MACHINES, _VOLUMES}:
        return None
    return _readings.given(state.app.machine_count if kind == _MACHINES else state.app.volume_count)


def _leaving(kind: _Kind, state: AppState) -> int:
    """Return how many are shown on their way out, which the app may count or not."""
    if kind == _MACHINES:
        return sum(map(_readings.is_leaving, state.machines))
    return sum(_readings.is_dying(each) and not _readings.is_gone(each) for each in state.volumes)


def _find_unlisted_machine(state: AppState) -> Flow[str | None]:
    """Say which machine a volume is attached to that the list lacks; one may stay so for a minute (VO-15)."""
    listed = {each.id for each in state.machines}
    for volume in state.live_volumes():
        holder = _readings.given(volume.attached_machine_id)
        if holder and holder not in listed and (yield from deletions.is_machine_there(state.name, holder)):
            return (
                f"volume {volume.id} is attached to machine {holder}, which is there when it is read by id, "
                "and the list of its machines lacks it"
            )
    return None


def _find_unlisted_volume(state: AppState) -> Flow[str | None]:
    """Say which volume a machine mounts that the list lacks."""
    listed = {each.id for each in state.volumes}
    for machine in state.live_machines():
        config = _readings.config_of(machine) if _readings.has_config(machine) else {}
        mounted = {str(mount.get("volume", "")) for mount in config.get("mounts") or []}
        for volume in sorted(each for each in mounted - listed if each.startswith("vol_")):
            if (yield from deletions.is_volume_there(state.name, volume)):
                return (
                    f"machine {machine.id} mounts volume {volume}, which is there when it is read by id, "
                    "and the list of its volumes lacks it"
                )
    return None
