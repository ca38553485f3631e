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


def find(noun: App, context: Context) -> models.App | None:
    """Return the app, or None."""
    return context.state(noun).app


def diff(noun: App, context: Context) -> Planned[models.App]:
    """Compare the organisation and network, if declared; neither can change."""
    observed = find(noun, context)
    if observed is None:
        org = noun.org or reading.DEFAULT_ORG
        changes = (Change("name", None, noun.name), Change("org", None, org))
        return Planned(noun, "create", changes, (f"in organisation {org}",))
    _check_immutable(noun, observed)
    return Planned(noun, "none", observed=observed)


def _check_immutable(noun: App, observed: models.App) -> None:
    # "personal" is an alias; the answer may name the organisation itself (AP-15).
    org = None if noun.org == reading.DEFAULT_ORG else noun.org
    fields = (
        Change("org", reading.org_slug(observed), org),
        Change("network", reading.network_name(observed), noun.network),
    )
    for each in fields:
        if None not in (each.before, each.after) and each.before != each.after:
            raise ImmutableFieldError(
                f"{noun}: {each.path} is {each.before!r} and cannot become {each.after!r}. "
                f"Keep {each.path}={each.before!r}, or create an app with another name.",
                changes=[each],
            )


def apply(planned: Planned[models.App], noun: App, run: Run) -> Flow[None]:
    """Create the app, or adopt it if it turns out to exist and to be readable (AP-9)."""
    try:
        model, is_ours = yield from _create(noun)
    except (NotFoundError, PermissionDeniedError) as refused:
        if refused.method == "POST":
            refused.advice = (
                f"Organisation {noun.org or reading.DEFAULT_ORG!r} does not exist, or the token may not "
                "create apps in it: correct org=, or use another token (fly tokens create org)."
            )
        raise
    except UnprocessableError as taken:
        model, is_ours = (yield from _adopt_winner(noun, taken)), False
    if is_ours:
        run.context.state(noun).app = model
        run.record(planned, model)
        return
    run.record_as_found(planned, model)
    yield from _read_adopted(noun, run)


def _create(noun: App) -> Flow[tuple[models.App, bool]]:
    """Create the app; return it and whether it is ours: after a lost answer, it may be another program's."""
    key = yield from _key(noun)
    request = requests.create_app(noun.name, noun.org or reading.DEFAULT_ORG, noun.network, key)

    def create() -> Flow[tuple[models.App, bool]]:
        answer = yield from call(request)
        model = (yield from call(requests.get_app(noun.name))) if answer is None else answer
        return model, True

    def find() -> Flow[tuple[models.App, bool] | None]:
        seen = yield from or_none(requests.get_app(noun.name))
        if seen is None:
            return None
        _check_immutable(noun, seen)
        return seen, _may_be_ours(noun, seen)

    return (yield from read_back(create, find))


def _may_be_ours(noun: App, found: models.App) -> bool:
    """Return whether an app of the right organisation is as our create request would have made it."""
    return reading.network_name(found) in {None, noun.network or reading.DEFAULT_NETWORK}


def _read_adopted(noun: App, run: Run) -> Flow[None]:
    """Read what an app holds that was thought to be absent; it may have existed all along (AP-26)."""
    nouns = run.context.described.of_app(noun.name)
    world = yield from read_world(nouns, departed=run.options.departed)
    found = Context(nouns, world, run.options)
    yield from confirm_absences(found, "ensure")
    run.context.world.update(found.world)
    run.adopted_apps.add(noun.name)


def _key(noun: App) -> Flow[str]:
    """Return the idempotency key for this attempt, which its repeats share.

    It includes the time, because creating the same app again after it was destroyed is not a repeat. Two
    processes with the same key would ask for the same app.
    """
    parts = (noun.name, noun.org or reading.DEFAULT_ORG, noun.network or "", repr((yield from now())))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _adopt_winner(noun: App, taken: UnprocessableError) -> Flow[models.App]:
    """Adopt the app if another process has just created it; another organisation's is refused (AP-7, AP-9).

    Raises:
        NameTakenError, NotOwnedError: The name belongs to another organisation.
        ImmutableFieldError: The existing app is in another organisation of ours, or on another network.
    """
    if not isinstance(taken, NameTakenError) and "uniqueness" not in taken.message.lower():
        raise taken
    try:
        # The middleware retries this while the existing app may not be visible yet (AP-12).
        found = yield from call(requests.get_app(noun.name))
    except PermissionDeniedError as refused:
        if isinstance(taken, NameTakenError):
            raise taken from refused
        raise NotOwnedError(
            f"{noun}: the name is taken, by another organisation's app or one outside your token's scope. "
            "Choose another name, or use a token of that organisation."
        ) from refused
    except (NotFoundError, AuthenticationError) as unseen:
        raise taken from unseen
    _check_immutable(noun, found)
    return found


def diff_destroy(noun: App, context: Context) -> Planned[models.App]:
    """Plan the destruction of the app, with what it holds.

    Raises:
        UnreadableMachineError: The owner of one of its machines cannot be determined.
        NotOwnedError: It holds machines, volumes or billed addresses that were not named.
    """
    found = find(noun, context)
    if not context.options.everything:
        _check_named(noun, context)
    return destroy_step(noun, found, "and all that it holds")


def _check_named(noun: App, context: Context) -> None:
    """Refuse to destroy an app that holds more than the caller may be aware of."""
    for volume in context.described.of_kind(Volume, noun.name):
        volumes.find(volume, context)  # raises if it is ambiguous which volume is named
    by_id, owner = context.state(noun).machines.by_id, context.options.owner
    lost = [
        each
        for each in unnamed(noun.name, context)
        if is_loss(each) and not (each.kind == "machine" and is_ours(by_id[each.id], owner))
    ]
    titles = ", ".join(map(title, lost))
    strangers = (by_id[each.id] for each in lost if each.kind == "machine")
    unread = next((machine for machine in strangers if not reading.has_config(machine)), None)
    if unread is not None:
        raise UnreadableMachineError(
            f"{noun} was not destroyed: it holds resources that are not described: {titles}. The owner of "
            f"machine {unread.name} ({unread.id}) is unknown: {reading.why_unreadable(unread)}. Describe it "
            "too, or pass everything=True to destroy everything with the app."
        )
    if lost:
        raise NotOwnedError(
            f"{noun} holds resources that are not described: {titles}. "
            "Describe them too, or pass everything=True to destroy them with the app."
        )


def _look_again(noun: App, run: Run) -> Flow[None]:
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
    before = run.context.state(noun)
    state = (yield from read_world([noun], whole_apps=True, absent_is_empty=True))[noun.name]
    if "app" in state.contradictions:
        raise state.contradictions["app"]
    if not run.options.everything or run.options.shown is not None:
        yield from check_counts(state, before)
    check_unprotected(noun, *state.machines.live)
    shown = {*before.machines.by_id, *before.volumes.by_id, *(each.ip for each in before.addresses)}
    appeared = [title(each) for each in holdings(state) if is_loss(each) and each.id not in shown]
    if appeared:
        text = (
            f"{noun} was not destroyed: since this run began, others have added {', '.join(appeared)}. Plan "
            "again to see what would be lost."
        )
        raise NotOwnedError(text) if run.options.shown is None else StalePlanError(text, differences=appeared)


def destroy(planned: Planned[models.App], noun: App, run: Run) -> Flow[None]:
    """Delete the app and all that it holds (AP-19). An absent app is a success (AP-20, ER-7)."""
    yield from _look_again(noun, run)
    yield from delete_surely(str(noun), lambda: _delete(noun), lambda: exists(requests.get_app(noun.name)))
    yield from remember_gone(run, losses_by_id(run.context.state(noun)))
    run.record(planned, planned.observed)


def _delete(noun: App) -> Flow[None]:
    """Send the DELETE; an error message that says that the app does not exist counts as a 404 (ER-7)."""
    try:
        yield from call(requests.delete_app(noun.name))
    except BadRequestError as error:
        said = error.message.lower()
        absent = any(words in said for words in ("could not find app", "not found", "does not exist"))
        if not absent or (yield from exists(requests.get_app(noun.name))):
            raise
