"""Making a machine: where there is room, under a name that may be taken; also in another one's place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources import _ops, _readings
from fly_resources._compare import MOUNTED
from fly_resources._effects import Flow, call, now, sleep
from fly_resources._failures import PINNED_ADVICE
from fly_resources._flows.ambiguous import read_back
from fly_resources._flows.departures import read_holder, still_held
from fly_resources._flows.images import when_pushed
from fly_resources._flows.machines import (
    MARKS,
    Wanted,
    bookkeeping,
    diff,
    is_standing,
    marks,
    merged_config,
    resolve,
)
from fly_resources._flows.run import UNBIND_S, Run, time_left
from fly_resources._flows.staleness import beyond_plan
from fly_resources._flows.volume_matching import same
from fly_resources._flows.volumes import with_snapshots
from fly_resources._flows.waiting import BUSY_S, UNKNOWN_S, wait_for_state
from fly_resources._flows.world import list_machines
from fly_resources.errors import (
    ApiError,
    BadRequestError,
    ContradictionError,
    InsufficientCapacityError,
    MachineNameConflictError,
    NotFoundError,
    QuotaExceededError,
    ReconcileError,
    VolumeInUseError,
    VolumeLostError,
)
from fly_resources.resources import Volume

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines import models

    from fly_resources._flows.run import Options
    from fly_resources.errors import FlyError
    from fly_resources.report import Planned
    from fly_resources.resources import Machine

_DEFAULT_ORG: Final = "personal"
#: How a refusal says that there is no such volume, also of one that is still listed (MA-44).
_NO_VOLUME: Final = re.compile(
    r"volume (\S+ )?(not found|does not exist)|could not find volume", re.IGNORECASE
)


def create(
    planned: Planned[models.Machine], noun: Machine, run: Run, old: models.Machine | None = None
) -> Flow[Planned[models.Machine] | None]:
    """Make the machine and wait until it runs.

    In place of `old`, which was destroyed for it, it gets what others had put there too. Returns what is to
    be done instead, if there is one of that name that no answer to us has made: by another program a moment
    ago, or all along, and only the list lacked it (PL-12).
    """
    order = _Order(noun, resolve(noun), old)
    try:
        model = yield from _create_where_there_is_room(order, run)
    except MachineNameConflictError as conflict:
        winner = yield from _holder(conflict, order)
        if winner is None:
            raise
        return (yield from _compared(order, winner, run))
    if order.found is not None and model.id == order.found.id:
        step = yield from _compared(order, model, run)
        if not (is_standing(step) and _marked_as_ours(noun, model, run)):
            return step
    if run.options.wait:
        # A standby is not started until its primary's host fails (LC-32).
        first = "stopped" if order.config(run.options).get("standbys") else "started"
        model = yield from wait_for_state(planned, model, noun.state or first, run)
    run.record(planned, model)
    return None


def _compared(order: _Order, found: models.Machine, run: Run) -> Flow[Planned[models.Machine]]:
    """Compare a machine that was found with what is described, as a plan does.

    Raises:
        ContradictionError: What was found does not bear that name.
        ImmutableFieldError, NotOwnedError: It is not as described, and cannot be brought there in place.
        ReconcileError: The same; to destroy it would be more than the plan has shown.
    """
    noun, state = order.noun, run.context.state(order.noun)
    disks = state.volumes
    if order.volume is not None:
        disks = yield from call(_ops.list_volumes(noun.app_name))
    if isinstance(order.volume, Volume) and not order.made_volume(run):
        # It mounts this very one, or another disk than the one that holds the data.
        twins = {each.id for each in same(order.volume, disks)} - {run.volumes[order.volume].id}
        disks = [each for each in disks if each.id not in twins]
    others = [each for each in state.machines if each.name != found.name]
    seen = attrs.evolve(state, machines=[*others, found], volumes=disks)
    context = attrs.evolve(run.context, world={**run.context.world, noun.app_name: seen})
    step = diff(noun, context)
    if step.action == "create":
        raise ContradictionError(
            f"{noun}: the service refuses the name because of machine {found.id}, and shows that machine "
            f"with the name {found.name!r} when it is read. Nothing was made. Run it again in a minute."
        )
    if step.action == "replace":
        why = "; ".join(map(str, step.changes or step.notes))
        raise ReconcileError(
            f"{noun}: another program has made machine {found.id} of this name since this run looked, and to "
            f"be as described it would have to be destroyed ({why}). Run it again to see that in a plan."
        )
    if run.options.shown is not None and not is_standing(step):
        raise beyond_plan(noun, step.action, found.id)
    return attrs.evolve(step, notes=(f"{found.id} was there when it was to be made", *step.notes))


def _marked_as_ours(noun: Machine, found: models.Machine, run: Run) -> bool:
    """Return whether it carries the marks that a request of ours would have given it."""
    metadata = _readings.config_of(found).get("metadata") or {}
    return all(
        metadata.get(key) == value for key, value in bookkeeping(noun, resolve(noun), run.options).items()
    )


@attrs.define
class _Order:
    """What is to be made: a machine as described, in the place of one that was destroyed if there was.

    `found`: what was taken in the place of an answer that was lost; ours, or another program's.
    """

    noun: Machine
    wanted: Wanted
    old: models.Machine | None
    found: models.Machine | None = None

    def regions(self, run: Run) -> list[str]:
        """Return where to try, in order; a volume fixes the region, which leaves nothing to try (MA-28)."""
        where = _where(self.wanted, run)
        if self.wanted.mounts:
            return [where or ""]
        return (where or (self.old.region if self.old else "")).split(",")

    def replaces(self, machine: models.Machine) -> bool:
        """Return whether it is the machine that was destroyed for this one: lists may be behind."""
        return self.old is not None and machine.id == self.old.id

    @property
    def volume(self) -> Volume | str | None:
        """The volume that it mounts; one at most (MA-26)."""
        return next((volume for _, volume in self.wanted.mounts or ()), None)

    def made_volume(self, run: Run) -> bool:
        """Return whether this run has made the volume that the machine mounts."""
        outcome = run.outcomes.get(self.volume) if isinstance(self.volume, Volume) else None
        return outcome is not None and outcome.changed and outcome.action == "create"

    def config(self, options: Options) -> dict[str, Any]:
        """Return the config without our marks and without mounts, but for how they grow."""
        base = _readings.config_of(self.old) if self.old else {}
        for mount in base.get("mounts") or []:
            for key in MOUNTED:
                mount.pop(key, None)
        config = merged_config(self.noun, self.wanted, base, options)
        metadata = config.get("metadata") or {}
        return {**config, "metadata": {key: metadata[key] for key in metadata if key not in MARKS}}


def check_room(noun: Machine, old: models.Machine, run: Run) -> Flow[None]:
    """Ask whether there is room for the machine before the old one is destroyed (PL-7).

    Raises:
        ReconcileError: There is none now; nothing was destroyed.
    """
    wanted = resolve(noun)
    region = _where(wanted, run) or ("" if wanted.mounts else old.region)
    if not region:
        return
    app = run.context.state(noun).app
    if app is None:
        app = yield from call(_ops.get_app(noun.app_name))
    guest = _Order(noun, wanted, old).config(run.options).get("guest")
    try:
        rooms = yield from call(_ops.find_placements(_readings.org_slug(app) or _DEFAULT_ORG, region, guest))
    except ApiError as refused:
        raise ReconcileError(
            f"{noun}: whether there is room in {region} could not be asked, so nothing was "
            f"destroyed: {refused}"
        ) from refused
    if not rooms:
        raise ReconcileError(
            f"{noun}: there is no room for it in {region} now, so nothing was destroyed. "
            "Try another region or a smaller guest, or try again later."
        )


def _create_where_there_is_room(order: _Order, run: Run) -> Flow[models.Machine]:
    regions = order.regions(run)
    for region in regions[:-1]:
        try:
            return (yield from _create_in(region, order, run))
        except InsufficientCapacityError:
            continue
    try:
        return (yield from _create_in(regions[-1], order, run))
    except InsufficientCapacityError as full:
        full.tried = tuple(regions)
        if order.volume is not None:
            full.advice = _advice_if_pinned(order, run)
        raise
    except QuotaExceededError as refused:
        if (left := _left_empty(order, run)) is not None:
            refused.advice += f" Its volume {left}: destroy {order.volume} if it is not to be used."
        raise


def _advice_if_pinned(order: _Order, run: Run) -> str:
    """Say what helps where there is no room beside the volume: an empty one can go, one with data cannot."""
    left = _left_empty(order, run)
    if left is None:
        return PINNED_ADVICE
    return (
        f"Its volume {left}, and fixes the host in its region: run this again when there is room, or destroy "
        f"{order.volume} and give another place."
    )


def _left_empty(order: _Order, run: Run) -> str | None:
    """Describe the machine's volume if it certainly is empty, and costs something all the same."""
    volume = order.volume
    if not isinstance(volume, Volume) or volume.snapshot_id or volume.source_volume_id:
        return None
    disk, is_new = run.volumes[volume], order.made_volume(run)
    if not is_new and _readings.given(disk.blocks) != 0:
        return None
    origin = "this run has made it" if is_new else "it was never mounted"
    return f"{disk.id} in {disk.region} is empty ({origin}) and billed ({disk.size_gb} GB)"


def _where(wanted: Wanted, run: Run) -> str | None:
    """Return where the machine goes: where its volume is, which may say no more than several regions."""
    placed = (run.volumes[volume].region for _, volume in wanted.mounts or () if isinstance(volume, Volume))
    return next(placed, wanted.region)


def _create_in(region: str, order: _Order, run: Run) -> Flow[models.Machine]:
    noun, wanted = order.noun, order.wanted
    config = order.config(run.options)
    config["metadata"].update(marks(noun, wanted, {}, run))
    growth = config.pop("mounts", None) or [{}]
    if wanted.mounts:
        [(path, volume)] = wanted.mounts  # one at most (MA-26)
        config["mounts"] = [{**growth[0], "path": path, "volume": volume_id(volume, run)}]
    app = noun.app_name
    request = _ops.create_machine(
        app,
        noun.name,
        config,
        region=region or None,
        skip_launch=noun.state == "stopped" and not config.get("schedule"),
        min_secrets_version=run.secrets_versions.get(app),
    )

    def send() -> Flow[models.Machine]:
        order.found = None
        return (yield from read_back(lambda: call(request), find))

    def find() -> Flow[models.Machine | None]:
        order.found = yield from _find(order)
        return order.found

    return (yield from _when_it_is_free(lambda: when_pushed(send, config, run), order, run))


def _find(order: _Order) -> Flow[models.Machine | None]:
    """Return a machine of that name that another process made, or a lost answer of ours.

    A list can be older than the end of the machine whose place is to be taken.
    """
    noun = order.noun
    listed = yield from list_machines(noun.app_name)
    for each in listed:
        if each.name == noun.name and not order.replaces(each) and _readings.is_live(each):
            return each
    return None


def _when_it_is_free(
    send: Callable[[], Flow[models.Machine]], order: _Order, run: Run
) -> Flow[models.Machine]:
    """Create; wait while a machine on its way out holds the name or the volume, or a new volume is unknown.

    That takes a few seconds for the name (LC-23, MA-21) and up to a minute for a volume (VO-15), but days on
    a dead host (HS-1).

    Raises:
        MachineNameConflictError, VolumeInUseError: A machine that stays holds it.
        WaitTimeoutError: The one that goes is not gone yet.
        VolumeLostError: The service does not have the volume (any more).
    """
    began, pause, once_more = (yield from now()), 1.0, True
    most = yield from time_left(run, began)
    while True:
        try:
            return (yield from send())
        except (MachineNameConflictError, VolumeInUseError, BadRequestError, NotFoundError) as refused:
            limit = yield from _patience(refused, order, run)
            waited = (yield from now()) - began
            if limit is None:
                raise
            if waited + pause > min(limit, most):
                explained = yield from _explained(refused, order, run, waited)
                if explained is None:
                    raise
                if not (once_more and isinstance(explained, ContradictionError)):
                    raise explained from refused
                # The refusal is older than the read that shows its reason gone.
                once_more = False
                continue
        yield from sleep(pause)
        pause = min(pause * 1.5, 5.0)


def _patience(refused: ApiError, order: _Order, run: Run) -> Flow[float | None]:
    """Return for how many seconds the refusal may pass by itself; None if it stands as it is."""
    if isinstance(refused, MachineNameConflictError | VolumeInUseError):
        holder = yield from _holder(refused, order)
        if holder is not None and _readings.is_live(holder) and not order.replaces(holder):
            return None
        if holder is not None and _readings.is_leaving(holder) and not _readings.is_reachable(holder):
            return 0.0  # until its host is back, which may be days (HS-1)
        return UNBIND_S if isinstance(refused, VolumeInUseError) else BUSY_S
    if order.volume is None or not _NO_VOLUME.search(refused.message):
        return None
    return UNKNOWN_S if order.made_volume(run) else 0.0


def _holder(held: MachineNameConflictError | VolumeInUseError, order: _Order) -> Flow[models.Machine | None]:
    """Return the machine that holds the name or volume: the one that the refusal names, else by its name."""
    holder = yield from read_holder(order.noun.app_name, held)
    if holder is None and isinstance(held, MachineNameConflictError):
        holder = yield from _find(order)
    return holder


def _explained(refused: ApiError, order: _Order, run: Run, waited_s: float) -> Flow[FlyError | None]:
    """Return the error that says more than a refusal that did not pass: the cause, and what helps."""
    if isinstance(refused, MachineNameConflictError | VolumeInUseError):
        holder = yield from _holder(refused, order)
        return still_held(order.noun, refused, holder, waited_s)
    app = order.noun.app_name
    asked = volume_id(order.volume, run) if order.volume else ""
    listed = yield from call(_ops.list_volumes(app))
    seen = next((each for each in listed if asked in {each.id, each.name}), None)
    state = f"the list still shows it {seen.state}" if seen else "the list does not have it any more"
    lost = VolumeLostError(
        f"{order.noun} was not made: the service does not find volume {asked}, and {state}. Run it again in "
        "a minute to see whether the volume is gone; then give snapshot_id= to restore it, or "
        "allow_empty=True to start anew.",
        app=app,
        volume_id=seen.id if seen else asked,
    )
    return (yield from with_snapshots(lost))


def volume_id(volume: Volume | str, run: Run) -> str:
    """Return the id of a volume that this run has ensured, or that was given as an id."""
    return run.volumes[volume].id if isinstance(volume, Volume) else volume
