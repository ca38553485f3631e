"""Apps: read, compare, create, destroy."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from fly_resources._engine.effects import Flow, call, now
from fly_resources._nouns.existence import delete_surely, exists, or_none
from fly_resources._nouns.holdings import holdings, is_loss, losses_by_id, title, unnamed
from fly_resources._nouns.lost_answers import read_back
from fly_resources._nouns.machine.marks import check_unprotected, is_ours
from fly_resources._nouns.run import Context, Run, destroy_step, remember_gone
from fly_resources._nouns.volume import planning as volumes
from fly_resources._nouns.witnesses import check_counts, confirm_absences
from fly_resources._nouns.world import read_world
from fly_resources._sdk import reading, requests
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
from fly_resources.resources import Volume

if TYPE_CHECKING:
    from fly_machines import models

    from fly_resources.resources import App


def find(resource: App, context: Context) -> models.App | None:
    """Return the app, or None."""
    return context.state(resource).app


def diff(resource: App, context: Context) -> Planned[models.App]:
    """Compare the organisation and network, if declared; neither can change."""
    observed = find(resource, context)
    if observed is None:
        org = resource.org or reading.DEFAULT_ORG
        changes = (Change("name", None, resource.name), Change("org", None, org))
        return Planned(resource, "create", changes, (f"in organisation {org}",))
    _check_immutable(resource, observed)
    return Planned(resource, "none", observed=observed)


def _check_immutable(resource: App, observed: models.App) -> None:
    # "personal" is an alias; the answer may name the organisation itself (AP-15).
    org = None if resource.org == reading.DEFAULT_ORG else resource.org
    fields = (
        Change("org", reading.org_slug(observed), org),
        Change("network", reading.network_name(observed), resource.network),
    )
    for each in fields:
        if None not in (each.before, each.after) and each.before != each.after:
            raise ImmutableFieldError(
                f"{resource}: {each.path} is {each.before!r} and cannot become {each.after!r}. "
                f"Keep {each.path}={each.before!r}, or create an app with another name.",
                changes=[each],
            )


def apply(planned: Planned[models.App], resource: App, run: Run) -> Flow[None]:
    """Create the app, or adopt it if it turns out to exist and to be readable (AP-9)."""
    try:
        model, is_ours = yield from _create(resource)
    except (NotFoundError, PermissionDeniedError) as refused:
        if refused.method == "POST":
            refused.advice = (
                f"Organisation {resource.org or reading.DEFAULT_ORG!r} does not exist, or the token may not "
                "create apps in it: correct org=, or use another token (fly tokens create org)."
            )
        raise
    except UnprocessableError as taken:
        model, is_ours = (yield from _adopt_winner(resource, taken)), False
    if is_ours:
        run.context.state(resource).app = model
        run.record(planned, model)
        return
    run.record_as_found(planned, model)
    yield from _read_adopted(resource, run)


def _create(resource: App) -> Flow[tuple[models.App, bool]]:
    """Create the app; return it and whether it is ours: after a lost answer, it may be another program's."""
    key = yield from _key(resource)
    request = requests.create_app(resource.name, resource.org or reading.DEFAULT_ORG, resource.network, key)

    def create() -> Flow[tuple[models.App, bool]]:
        answer = yield from call(request)
        model = (yield from call(requests.get_app(resource.name))) if answer is None else answer
        return model, True

    def find() -> Flow[tuple[models.App, bool] | None]:
        seen = yield from or_none(requests.get_app(resource.name))
        if seen is None:
            return None
        _check_immutable(resource, seen)
        return seen, _may_be_ours(resource, seen)

    return (yield from read_back(create, find))


def _may_be_ours(resource: App, found: models.App) -> bool:
    """Return whether an app of the right organisation is as our create request would have made it."""
    return reading.network_name(found) in {None, resource.network or reading.DEFAULT_NETWORK}


def _read_adopted(resource: App, run: Run) -> Flow[None]:
    """Read what an app holds that was thought to be absent; it may have existed all along (AP-26)."""
    resources = run.context.described.of_app(resource.name)
    world = yield from read_world(resources, departed=run.options.departed)
    found = Context(resources, world, run.options)
    yield from confirm_absences(found, "ensure")
    run.context.world.update(found.world)
    run.adopted_apps.add(resource.name)


def _key(resource: App) -> Flow[str]:
    """Return the idempotency key for this attempt, which its repeats share.

    It includes the time, because creating the same app again after it was destroyed is not a repeat. Two
    processes with the same key would ask for the same app.
    """
    moment = repr((yield from now()))
    parts = (resource.name, resource.org or reading.DEFAULT_ORG, resource.network or "", moment)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _adopt_winner(resource: App, taken: UnprocessableError) -> Flow[models.App]:
    """Adopt the app if another process has just created it; another organisation's is refused (AP-7, AP-9).

    Raises:
        NameTakenError, NotOwnedError: The name belongs to another organisation.
        ImmutableFieldError: The existing app is in another organisation of ours, or on another network.
    """
    if not isinstance(taken, NameTakenError) and "uniqueness" not in taken.message.lower():
        raise taken
    try:
        # The middleware retries this while the existing app may not be visible yet (AP-12).
        found = yield from call(requests.get_app(resource.name))
    except PermissionDeniedError as refused:
        if isinstance(taken, NameTakenError):
            raise taken from refused
        raise NotOwnedError(
            f"{resource}: the name is taken, by another organisation's app or one outside your token's "
            "scope. Choose another name, or use a token of that organisation."
        ) from refused
    except (NotFoundError, AuthenticationError) as unseen:
        raise taken from unseen
    _check_immutable(resource, found)
    return found


def diff_destroy(resource: App, context: Context) -> Planned[models.App]:
    """Plan the destruction of the app, with what it holds.

    Raises:
        UnreadableMachineError: The owner of one of its machines cannot be determined.
        NotOwnedError: It holds machines, volumes or billed addresses that were not named.
    """
    found = find(resource, context)
    if not context.options.everything:
        _check_named(resource, context)
    return destroy_step(resource, found, "and all that it holds")


def _check_named(resource: App, context: Context) -> None:
    """Refuse to destroy an app that holds more than the caller may be aware of."""
    for volume in context.described.of_kind(Volume, resource.name):
        volumes.find(volume, context)  # raises if it is ambiguous which volume is named
    by_id, owner = context.state(resource).machines.by_id, context.options.owner
    lost = [
        each
        for each in unnamed(resource.name, context)
        if is_loss(each) and not (each.kind == "machine" and is_ours(by_id[each.id], owner))
    ]
    titles = ", ".join(map(title, lost))
    strangers = (by_id[each.id] for each in lost if each.kind == "machine")
    unread = next((machine for machine in strangers if not reading.has_config(machine)), None)
    if unread is not None:
        raise UnreadableMachineError(
            f"{resource} was not destroyed: it holds resources that are not described: {titles}. The owner "
            f"of machine {unread.name} ({unread.id}) is unknown: {reading.why_unreadable(unread)}. Describe "
            "it too, or pass everything=True to destroy everything with the app."
        )
    if lost:
        raise NotOwnedError(
            f"{resource} holds resources that are not described: {titles}. "
            "Describe them too, or pass everything=True to destroy them with the app."
        )


def _look_again(resource: App, run: Run) -> Flow[None]:
    """Read all that the app holds once more, right before it is destroyed: others may have added something.

    Even `everything` covers only what existed when the run began. But an app whose lists are never complete
    can be destroyed with it.

    Raises:
        NotOwnedError: It holds a machine, a volume or a billed address that the plan has not shown.
        ProtectedError: It holds a machine that has been protected since.
        ContradictionError: It counts more machines or volumes than any list has shown, or it answers 404 now
            and its lists do not.
        StalePlanError: As NotOwnedError, if a plan was shown.
    """
    before = run.context.state(resource)
    state = (yield from read_world([resource], whole_apps=True, absent_is_empty=True))[resource.name]
    if "app" in state.contradictions:
        raise state.contradictions["app"]
    if not run.options.everything or run.options.shown is not None:
        yield from check_counts(state, before)
    check_unprotected(resource, *state.machines.live)
    shown = {*before.machines.by_id, *before.volumes.by_id, *(each.ip for each in before.addresses)}
    appeared = [title(each) for each in holdings(state) if is_loss(each) and each.id not in shown]
    if appeared:
        text = (
            f"{resource} was not destroyed: since this run began, others have added {', '.join(appeared)}. "
            "Plan again to see what would be lost."
        )
        raise NotOwnedError(text) if run.options.shown is None else StalePlanError(text, differences=appeared)


def destroy(planned: Planned[models.App], resource: App, run: Run) -> Flow[None]:
    """Delete the app and all that it holds (AP-19). An absent app is a success (AP-20, ER-7)."""
    yield from _look_again(resource, run)
    request = requests.get_app(resource.name)
    yield from delete_surely(str(resource), lambda: _delete(resource), lambda: exists(request))
    yield from remember_gone(run, losses_by_id(run.context.state(resource)))
    run.record(planned, planned.observed)


def _delete(resource: App) -> Flow[None]:
    """Send the DELETE; an error message that says that the app does not exist counts as a 404 (ER-7)."""
    try:
        yield from call(requests.delete_app(resource.name))
    except BadRequestError as error:
        said = error.message.lower()
        absent = any(words in said for words in ("could not find app", "not found", "does not exist"))
        if not absent or (yield from exists(requests.get_app(resource.name))):
            raise
