"""Create a machine: choose a region with capacity, handle name conflicts, and replace an old machine."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources._config.compare import MOUNTED
from fly_resources._engine.effects import Flow, call, now, sleep
from fly_resources._http.failures import PINNED_ADVICE
from fly_resources._nouns.listings import Machines, Volumes
from fly_resources._nouns.lost_answers import read_back
from fly_resources._nouns.machine.comparison import is_standing, merged_config
from fly_resources._nouns.machine.departures import read_holder, still_held
from fly_resources._nouns.machine.images import when_pushed
from fly_resources._nouns.machine.marks import MARKS, bookkeeping, marks
from fly_resources._nouns.machine.planning import diff
from fly_resources._nouns.machine.waiting import BUSY_S, UNKNOWN_S, wait_for_state
from fly_resources._nouns.run import UNBIND_S, Run, time_left
from fly_resources._nouns.staleness import beyond_plan
from fly_resources._nouns.volume.matching import candidates
from fly_resources._nouns.volume.planning import with_snapshots
from fly_resources._nouns.world import list_machines
from fly_resources._sdk import reading, requests
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
    from collections.abc import Callable, Sequence

    from fly_machines import models

    from fly_resources._nouns.machine.wanted import Task
    from fly_resources._nouns.run import Context
    from fly_resources.errors import FlyError
    from fly_resources.report import Planned

#: How a refusal says that a volume does not exist, even for a volume that is still listed (MA-44).
_NO_VOLUME: Final = re.compile(
    r"volume (\S+ )?(not found|does not exist)|could not find volume", re.IGNORECASE
)


def create(task: Task, old: models.Machine | None = None) -> Flow[Planned[models.Machine] | None]:
    """Create the machine and wait until it runs.

    If it replaces `old`, which was destroyed for it, it also gets the undeclared config of `old`. Return the
    step to do instead if a machine of that name exists that none of our requests created: another program has
    just created it, or it was there all along and only the list lacked it (PL-12).
    """
    order, run = _Order(task, old), task.run
    try:
        model = yield from _create_where_there_is_room(order)
    except MachineNameConflictError as conflict:
        winner = yield from _holder(conflict, order)
        if winner is None:
            raise
        return (yield from _compared(order, winner))
    if order.found is not None and model.id == order.found.id:
        step = yield from _compared(order, model)
        # the metadata that our create request would have set
        ours = bookkeeping(task.wanted, {}).items() <= reading.metadata_of(model).items()
        if not (is_standing(step) and ours):
            return step
    if run.options.wait:
        # A standby is not started until its primary's host fails (LC-32).
        first = "stopped" if order.config().get("standbys") else "started"
        model = yield from wait_for_state(task.planned, model, task.resource.state or first, run)
    run.record(task.planned, model)
    return None


def _compared(order: _Order, found: models.Machine) -> Flow[Planned[models.Machine]]:
    """Compare a machine that was found with its description, as a plan does.

    Raises:
        ContradictionError: The machine that was found does not have that name.
        ImmutableFieldError, NotOwnedError: It is not as described and cannot be changed in place.
        ReconcileError: As above, but destroying it would go beyond the plan that was shown.
    """
    resource = order.task.resource
    step = diff(resource, (yield from _context_with(order, found)))
    if step.action == "create":
        raise ContradictionError(
            f"{resource} was not created: the service says that machine {found.id} has its name, but shows "
            f"that machine as {found.name!r}. Run it again in a minute."
        )
    if step.action == "replace":
        why = "; ".join(map(str, step.changes or step.notes))
        raise ReconcileError(
            f"{resource}: another program has created machine {found.id} with this name since this run read "
            f"the app. It would have to be replaced to match the description ({why}). Plan again to review "
            "that."
        )
    if order.task.run.options.shown is not None and not is_standing(step):
        raise beyond_plan(resource, step.action, found.id)
    return attrs.evolve(step, notes=(f"{found.id} existed already when it was to be created", *step.notes))


def _context_with(order: _Order, found: models.Machine) -> Flow[Context]:
    """Return the run's context with the machine that was found and the current volumes."""
    resource, run, volume = order.task.resource, order.task.run, order.volume
    state = run.context.state(resource)
    disks: Sequence[models.Volume] = state.volumes
    if volume is not None:
        disks = yield from call(requests.list_volumes(resource.app_name))
    if isinstance(volume, Volume) and not order.made_volume():
        # It must mount this very volume, not a twin that does not hold the data.
        twins = {each.id for each in candidates(volume, Volumes(disks))} - {run.volumes[volume].id}
        disks = [each for each in disks if each.id not in twins]
    others = (each for each in state.machines if each.name != found.name)
    seen = attrs.evolve(state, machines=Machines([*others, found]), volumes=Volumes(disks))
    return attrs.evolve(run.context, world={**run.context.world, resource.app_name: seen})


@attrs.define
class _Order:
    """A machine to create as described, possibly to replace one that was destroyed.

    `found` is the machine that was found after a lost answer: ours, or another program's.
    """

    task: Task
    old: models.Machine | None
    found: models.Machine | None = None

    @property
    def volume(self) -> Volume | str | None:
        """The volume that the machine mounts."""
        return self.task.wanted.volume

    def regions(self) -> list[str]:
        """Return the regions to try, in order. A volume fixes the region and leaves no choice (MA-28)."""
        wanted, volume, volumes = self.task.wanted, self.volume, self.task.run.volumes
        where = volumes[volume].region if isinstance(volume, Volume) else wanted.region
        if wanted.mounts:
            return [where or ""]
        return (where or (self.old.region if self.old else "")).split(",")

    def replaces(self, machine: models.Machine) -> bool:
        """Return whether this is the machine destroyed for the new one; lists may be out of date."""
        return self.old is not None and machine.id == self.old.id

    def made_volume(self) -> bool:
        """Return whether this run created the volume that the machine mounts."""
        volume = self.volume
        outcome = self.task.run.outcomes.get(volume) if isinstance(volume, Volume) else None
        return outcome is not None and outcome.changed and outcome.action == "create"

    def config(self) -> dict[str, Any]:
        """Return the config without our metadata, and with only the growth settings of its mounts."""
        base = reading.config_of(self.old) if self.old else {}
        for mount in base.get("mounts") or []:
            for key in MOUNTED:
                mount.pop(key, None)
        config = merged_config(self.task.wanted, base)
        metadata = config.get("metadata") or {}
        return {**config, "metadata": {key: metadata[key] for key in metadata if key not in MARKS}}


def check_room(task: Task, old: models.Machine) -> Flow[None]:
    """Check that there is capacity for the machine before the old one is destroyed (PL-7).

    Raises:
        ReconcileError: There is none now, or the check was refused; nothing was destroyed.
    """
    resource, order = task.resource, _Order(task, old)
    region = ",".join(order.regions())
    if not region:
        return
    app = task.run.context.state(resource).app
    if app is None:
        app = yield from call(requests.get_app(resource.app_name))
    guest = order.config().get("guest")
    try:
        rooms = yield from call(
            requests.find_placements(reading.org_slug(app) or reading.DEFAULT_ORG, region, guest)
        )
    except ApiError as refused:
        raise ReconcileError(
            f"{resource} was not replaced: the capacity of {region} could not be checked: {refused}"
        ) from refused
    if not rooms:
        raise ReconcileError(
            f"{resource} was not replaced: {region} has no capacity for it now. Try another region or a "
            "smaller guest, or try again later."
        )


def _create_where_there_is_room(order: _Order) -> Flow[models.Machine]:
    regions = order.regions()
    for region in regions[:-1]:
        try:
            return (yield from _create_in(region, order))
        except InsufficientCapacityError:
            continue
    try:
        return (yield from _create_in(regions[-1], order))
    except InsufficientCapacityError as full:
        full.tried = tuple(regions)
        if order.volume is not None:
            full.advice = _advice_if_pinned(order)
        raise
    except QuotaExceededError as refused:
        if (left := _left_empty(order)) is not None:
            refused.advice += f" Its volume {left}: destroy {order.volume} if you do not need it."
        raise


def _advice_if_pinned(order: _Order) -> str:
    """Return advice for a lack of capacity at the volume: an empty one can be destroyed, others cannot."""
    left = _left_empty(order)
    if left is None:
        return PINNED_ADVICE
    return (
        f"Its volume {left}, and the machine has to run on the same host: run this again later, or destroy "
        f"{order.volume} and place both elsewhere."
    )


def _left_empty(order: _Order) -> str | None:
    """Describe the machine's volume if it is certainly empty and yet billed, or return None."""
    volume = order.volume
    if not isinstance(volume, Volume) or volume.snapshot_id or volume.source_volume_id:
        return None
    disk, is_new = order.task.run.volumes[volume], order.made_volume()
    if not is_new and reading.given(disk.blocks) != 0:
        return None
    origin = "created by this run" if is_new else "never mounted"
    return f"{disk.id} in {disk.region} is empty ({origin}) and billed ({disk.size_gb} GB)"


def _create_in(region: str, order: _Order) -> Flow[models.Machine]:
    task = order.task
    resource, wanted, run, newest = task.resource, task.wanted, task.run, task.handed.secrets
    config = order.config()
    config["metadata"].update(marks(wanted, {}, run.context, newest.digests))
    growth = config.pop("mounts", None) or [{}]
    if wanted.mounts:
        [(path, volume)] = wanted.mounts  # one at most (MA-26)
        config["mounts"] = [{**growth[0], "path": path, "volume": volume_id(volume, run)}]
    app = resource.app_name
    request = requests.create_machine(
        app,
        resource.name,
        config,
        region=region or None,
        skip_launch=resource.state == "stopped" and not config.get("schedule"),
        min_secrets_version=newest.version,
    )

    def send() -> Flow[models.Machine]:
        order.found = None
        return (yield from read_back(lambda: call(request), find))

    def find() -> Flow[models.Machine | None]:
        order.found = yield from _find(order)
        return order.found

    return (yield from _when_it_is_free(lambda: when_pushed(send, config, run), order))


def _find(order: _Order) -> Flow[models.Machine | None]:
    """Return a live machine of that name, created by another process or by a request whose answer was lost.

    A list can be older than the end of the machine that is being replaced.
    """
    resource = order.task.resource
    listed = yield from list_machines(resource.app_name)
    alike = Machines(listed).live.named(resource.name)
    return next(itertools.filterfalse(order.replaces, alike), None)


def _when_it_is_free(send: Callable[[], Flow[models.Machine]], order: _Order) -> Flow[models.Machine]:
    """Create the machine; wait while a departing one holds its name or volume, or a new volume is unknown.

    This takes a few seconds for the name (LC-23, MA-21) and up to a minute for a volume (VO-15), but days on
    a dead host (HS-1).

    Raises:
        MachineNameConflictError, VolumeInUseError: A machine that stays holds the name or volume.
        WaitTimeoutError: The machine being destroyed is not gone yet.
        VolumeLostError: The service does not have the volume (any more).
    """
    began, pause, once_more = (yield from now()), 1.0, True
    most = yield from time_left(order.task.run, began)
    while True:
        try:
            return (yield from send())
        except (MachineNameConflictError, VolumeInUseError, BadRequestError, NotFoundError) as refused:
            limit = yield from _patience(refused, order)
            waited = (yield from now()) - began
            if limit is None:
                raise
            if waited + pause > min(limit, most):
                explained = yield from _explained(refused, order, waited)
                if explained is None:
                    raise
                if not (once_more and isinstance(explained, ContradictionError)):
                    raise explained from refused
                # The refusal is older than the read that shows that its cause is gone.
                once_more = False
                continue
        yield from sleep(pause)
        pause = min(pause * 1.5, 5.0)


def _patience(refused: ApiError, order: _Order) -> Flow[float | None]:
    """Return how long the refusal may be temporary, in seconds; None if it is final."""
    if isinstance(refused, MachineNameConflictError | VolumeInUseError):
        holder = yield from _holder(refused, order)
        if holder is not None and reading.is_live(holder) and not order.replaces(holder):
            return None
        if holder is not None and reading.is_leaving(holder) and not reading.is_reachable(holder):
            return 0.0  # until its host is back, which may be days (HS-1)
        return UNBIND_S if isinstance(refused, VolumeInUseError) else BUSY_S
    if order.volume is None or not _NO_VOLUME.search(refused.message):
        return None
    return UNKNOWN_S if order.made_volume() else 0.0


def _holder(held: MachineNameConflictError | VolumeInUseError, order: _Order) -> Flow[models.Machine | None]:
    """Return the machine that holds the name or volume: the one the refusal names, or else found by name."""
    holder = yield from read_holder(order.task.resource.app_name, held)
    if holder is None and isinstance(held, MachineNameConflictError):
        holder = yield from _find(order)
    return holder


def _explained(refused: ApiError, order: _Order, waited_s: float) -> Flow[FlyError | None]:
    """Return a better error for a lasting refusal, with cause and advice, or None if there is none."""
    if isinstance(refused, MachineNameConflictError | VolumeInUseError):
        holder = yield from _holder(refused, order)
        return still_held(order.task.resource, refused, holder, waited_s)
    app = order.task.resource.app_name
    asked = volume_id(order.volume, order.task.run) if order.volume else ""
    listed = yield from call(requests.list_volumes(app))
    seen = next((each for each in listed if asked in {each.id, each.name}), None)
    state = f"the list still shows it as {seen.state}" if seen else "the list no longer shows it"
    lost = VolumeLostError(
        f"{order.task.resource} was not created: the service does not find volume {asked}, and {state}. Run "
        "it again in a minute; if it is gone, give snapshot_id= or allow_empty=True.",
        app=app,
        volume_id=seen.id if seen else asked,
    )
    return (yield from with_snapshots(lost))


def volume_id(volume: Volume | str, run: Run) -> str:
    """Return the id of a volume that this run has ensured, or the id or name that was given."""
    return run.volumes[volume].id if isinstance(volume, Volume) else volume
