"""Apps: read, compare, create, destroy."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call, now
from fly_resources._flows import addresses, machines, volumes
from fly_resources._flows.ambiguous import read_back
from fly_resources._flows.deletions import delete_surely, is_app_there
from fly_resources._flows.run import Context, Run, destroy_step, remember_gone
from fly_resources._flows.staleness import held
from fly_resources._flows.witnesses import check_counts
from fly_resources._flows.world import read_world
from fly_resources.errors import (
    AuthenticationError,
    BadRequestError,
    ImmutableFieldError,
    NameTakenError,
    NotFoundError,
    NotOwnedError,
    PermissionDeniedError,
    StalePlanError,
    UnprocessableError,
    UnreadableMachineError,
)
from fly_resources.report import Change, Planned
from fly_resources.resources import App, IpAddress, Machine, Volume

if TYPE_CHECKING:
    from fly_machines import models

DEFAULT_ORG: Final = "personal"


def find(noun: App, context: Context) -> models.App | None:
    """Return the app."""
    return context.state(noun).app


def diff(noun: App, context: Context) -> Planned[models.App]:
    """Compare the organisation and network, if given; neither can change."""
    observed = find(noun, context)
    if observed is None:
        org = noun.org or DEFAULT_ORG
        changes = (Change("name", None, noun.name), Change("org", None, org))
        return Planned(noun, "create", changes, (f"in organisation {org}",))
    _check_immutable(noun, observed)
    return Planned(noun, "none", observed=observed)


def _check_immutable(noun: App, observed: models.App) -> None:
    owner = _readings.org_slug(observed)
    # "personal" is an alias; the answer may name the organisation itself (AP-15).
    if noun.org not in {None, DEFAULT_ORG, owner} and owner is not None:
        raise _immutable(noun, "org", owner, noun.org)
    network = _readings.network_name(observed)
    if noun.network is not None and network is not None and noun.network != network:
        raise _immutable(noun, "network", network, noun.network)


def _immutable(noun: App, field: str, before: object, after: object) -> ImmutableFieldError:
    return ImmutableFieldError(
        f"{noun}: {field} is {before!r} and cannot become {after!r}. "
        f"Keep {field}={before!r}, or make an app of another name."
    )


def apply(planned: Planned[models.App], noun: App, run: Run) -> Flow[None]:
    """Create the app, or adopt it if it turns out to be there and readable (AP-9)."""
    if planned.action == "none":
        run.record(planned, planned.observed, changed=False)
        return

    request = _ops.create_app(noun.name, noun.org or DEFAULT_ORG, noun.network, (yield from _key(noun)))

    def create() -> Flow[models.App]:
        answer = yield from call(request)
        if _readings.is_app(answer):
            return answer
        return (yield from call(_ops.get_app(noun.name)))

    is_ours = True

    def find() -> Flow[models.App | None]:
        nonlocal is_ours
        seen = yield from _find(noun.name)
        if seen is not None:
            # Ours, from the answer that was lost; or one that another program has made meanwhile.
            _check_immutable(noun, seen)
            is_ours = _may_be_ours(noun, seen)
        return seen

    try:
        model = yield from read_back(create, find)
    except UnprocessableError as taken:
        model, is_ours = (yield from _adopt_winner(noun, taken)), False
    if is_ours:
        run.context.state(noun).app = model
        run.record(planned, model)
        return
    run.record(planned, model, changed=False, action="none", changes=())
    yield from _read_adopted(noun, run)


def _may_be_ours(noun: App, found: models.App) -> bool:
    """Return whether the app is just as a request of ours would have made it."""
    network, org = _readings.network_name(found), _readings.org_slug(found)
    wanted = noun.org or DEFAULT_ORG
    as_asked = network in {None, noun.network or _readings.DEFAULT_NETWORK}
    return as_asked and (org in {None, wanted} or DEFAULT_ORG in {wanted, org})


def _read_adopted(noun: App, run: Run) -> Flow[None]:
    """Read what an app holds that was thought to be absent: it may have been there all along (AP-26)."""
    nouns = [other for other in run.context.nouns if other.app_name == noun.name]
    run.context.world.update((yield from read_world(nouns)))
    run.adopted_apps.add(noun.name)


def _key(noun: App) -> Flow[str]:
    """Return a key for this one attempt, the same for its repeats.

    The moment is part of it: the same app made again after it was destroyed is no repeat. Two processes
    that met on one key would ask for the same app.
    """
    parts = (noun.name, noun.org or DEFAULT_ORG, noun.network or "", repr((yield from now())))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _find(name: str) -> Flow[models.App | None]:
    try:
        return (yield from call(_ops.get_app(name)))
    except NotFoundError:
        return None


def _adopt_winner(noun: App, taken: UnprocessableError) -> Flow[models.App]:
    """Another process may have made the same app a moment ago; someone else's stays refused (AP-7, AP-9).

    Raises:
        NameTakenError, NotOwnedError: The name is another organisation's.
        ImmutableFieldError: The app that is there is in another organisation of ours, or network.
    """
    if not isinstance(taken, NameTakenError) and "uniqueness" not in taken.message.lower():
        raise taken
    try:
        # The middleware repeats this while the winner may not be visible yet (AP-12).
        found = yield from call(_ops.get_app(noun.name))
    except PermissionDeniedError as refused:
        if isinstance(taken, NameTakenError):
            raise taken from refused
        raise NotOwnedError(
            f"{noun}: the name is taken, and the app is another organisation's or your token lacks it. "
            "Choose another name, or use a token of that organisation."
        ) from refused
    except (NotFoundError, AuthenticationError) as unseen:
        raise taken from unseen
    _check_immutable(noun, found)
    return found


def diff_destroy(noun: App, context: Context) -> Planned[models.App]:
    """Look what would go with the app.

    Raises:
        UnreadableMachineError: Whose a machine of it is cannot be told.
        NotOwnedError: It holds machines, volumes or billed addresses that were not named.
    """
    found = find(noun, context)
    if found and not context.options.everything:
        _check_named(noun, context)
    return destroy_step(noun, found, "and all that it holds")


def _check_named(noun: App, context: Context) -> None:
    """Refuse to destroy an app with more in it than the caller may have in mind."""
    unnamed = ", ".join(_unnamed(noun, context))
    unread = next((each for each in _unnamed_machines(noun, context) if not _readings.has_config(each)), None)
    if unread is not None:
        raise UnreadableMachineError(
            f"{noun} is not destroyed: it holds what was not named: {unnamed}. Of machine {unread.name} "
            f"({unread.id}) nobody can tell whose it is: {_readings.why_unreadable(unread)}. Name it too, or "
            "pass everything=True to lose all with the app."
        )
    if unnamed:
        raise NotOwnedError(
            f"{noun} holds what was not named: {unnamed}. "
            "Name them too, or pass everything=True to lose them with the app."
        )


def _unnamed_machines(noun: App, context: Context) -> list[models.Machine]:
    """Return the live machines that are neither named nor known to be ours."""
    names = {
        other.name for other in context.nouns if isinstance(other, Machine) and other.app_name == noun.name
    }
    return [
        machine
        for machine in context.state(noun).live_machines()
        if machine.name not in names and not machines.is_ours(machine, context.options.owner)
    ]


def _unnamed(noun: App, context: Context) -> list[str]:
    """Return what the app's end would take along and the caller may not have in mind."""
    state = context.state(noun)
    named = [other for other in context.nouns if other.app_name == noun.name]
    disks = {
        found.id for other in named if isinstance(other, Volume) if (found := volumes.find(other, context))
    }
    ips = {
        address.ip
        for other in named
        if isinstance(other, IpAddress)
        for address in addresses.found_for(other, context)
    }
    strangers = [f"machine {machine.name} ({machine.id})" for machine in _unnamed_machines(noun, context)]
    spare = [
        f"volume {volume.name} ({volume.id})" for volume in state.live_volumes() if volume.id not in disks
    ]
    billed = [
        f"address {address.ip}"
        for address in state.addresses
        if addresses.type_of(address) in addresses.DEDICATED and address.ip not in ips
    ]
    return strangers + spare + billed


def _look_again(noun: App, run: Run) -> Flow[None]:
    """Read all that the app holds once more, right before it goes: others may have put something there.

    Raises:
        NotOwnedError: It holds a machine, a volume or a billed address that the plan has not shown.
        ContradictionError: It counts more machines or volumes than any list has shown.
        StalePlanError: The same, of a plan that was shown.
    """
    if run.options.everything and run.options.shown is None:
        return
    before = run.context.state(noun)
    state = (yield from read_world([noun], whole_apps=True, absent_is_empty=True))[noun.name]
    yield from check_counts(state, before)
    shown = {each.id for each in before.machines} | {each.id for each in before.volumes}
    shown |= {each.ip for each in before.addresses if each.ip}
    appeared = [
        *(f"machine {each.name} ({each.id})" for each in state.live_machines() if each.id not in shown),
        *(f"volume {each.name} ({each.id})" for each in state.live_volumes() if each.id not in shown),
        *(
            f"address {each.ip}"
            for each in state.addresses
            if addresses.type_of(each) in addresses.DEDICATED and each.ip not in shown
        ),
    ]
    if appeared:
        text = (
            f"{noun} holds what was not there when this run began: {', '.join(appeared)}. It is not deleted; "
            "run it again to see what would be lost."
        )
        raise NotOwnedError(text) if run.options.shown is None else StalePlanError(text, differences=appeared)


def destroy(planned: Planned[models.App], noun: App, run: Run) -> Flow[None]:
    """Delete the app and all that it holds (AP-19); absent is success (AP-20, ER-7)."""
    if planned.action == "none":
        run.record(planned, None, changed=False)
        return
    yield from _look_again(noun, run)
    yield from delete_surely(str(noun), lambda: _delete(noun), lambda: is_app_there(noun.name))
    yield from remember_gone(run, held(run.context.state(noun)))
    run.record(planned, planned.observed)


def _delete(noun: App) -> Flow[None]:
    """Send the DELETE; one that says in words that there is no such app counts as a 404 (ER-7)."""
    try:
        yield from call(_ops.delete_app(noun.name))
    except BadRequestError as error:
        said = error.message.lower()
        absent = any(words in said for words in ("could not find app", "not found", "does not exist"))
        if not absent or (yield from is_app_there(noun.name)):
            raise
