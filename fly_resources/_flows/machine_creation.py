"""Making a machine: where there is room, under a name that may be taken; also in another one's place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources import _ops, _readings
from fly_resources._compare import MOUNTED
from fly_resources._effects import Flow, call, now, sleep
from fly_resources._flows.ambiguous import read_back
from fly_resources._flows.machines import (
    MARKS,
    Wanted,
    compare,
    marks,
    merged_config,
    resolve,
)
from fly_resources._flows.run import UNBIND_S, Run
from fly_resources._flows.waiting import BUSY_S, wait_for_state
from fly_resources.errors import (
    ApiError,
    InsufficientCapacityError,
    MachineNameConflictError,
    ReconcileError,
    VolumeInUseError,
)
from fly_resources.resources import Volume

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines import models

    from fly_resources._flows.run import Options
    from fly_resources.report import Planned
    from fly_resources.resources import Machine

_DEFAULT_ORG: Final = "personal"


def create(
    planned: Planned[models.Machine], noun: Machine, run: Run, old: models.Machine | None = None
) -> Flow[None]:
    """Make the machine and wait until it runs; adopt one that another process made a moment ago.

    In place of `old`, which was destroyed for it, it gets what others had put there too.
    """
    wanted = resolve(noun)
    order = _Order(noun, wanted, old)
    try:
        model = yield from _create_where_there_is_room(order, run)
    except MachineNameConflictError as conflict:
        winner = yield from _find(order)
        if winner is None:
            raise
        # Another process made it first; what differs from ours is the next run's to see.
        if compare(noun, wanted, _readings.config_of(winner), run.options):
            raise ReconcileError(
                f"{noun}: another process made it a moment ago with another config. Run it again to compare."
            ) from conflict
        run.record(planned, winner, changed=False, action="none", changes=())
        return
    if run.options.wait:
        # A standby is not started until its primary's host fails (LC-32).
        first = "stopped" if _readings.config_of(model).get("standbys") else "started"
        model = yield from wait_for_state(planned, model, noun.state or first, run)
    run.record(planned, model)


@attrs.frozen
class _Order:
    """What is to be made: a machine as described, in the place of one that was destroyed if there was."""

    noun: Machine
    wanted: Wanted
    old: models.Machine | None

    def regions(self, run: Run) -> list[str]:
        """Return where to try, in order; a volume fixes the region, which leaves nothing to try (MA-28)."""
        where = _where(self.wanted, run)
        if self.wanted.mounts:
            return [where or ""]
        return (where or (self.old.region if self.old else "")).split(",")

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
        raise


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
        skip_launch=noun.state == "stopped",
        min_secrets_version=run.secrets_versions.get(app),
    )

    def send() -> Flow[models.Machine]:
        return (yield from read_back(lambda: call(request), lambda: _find(order)))

    return (yield from _when_name_is_free(send, order))


def _find(order: _Order) -> Flow[models.Machine | None]:
    """Return a machine of that name that another process made, or a lost answer of ours.

    A list can be older than the end of the machine whose place is to be taken.
    """
    noun = order.noun
    listed = yield from call(_ops.list_machines(noun.app_name))
    gone = order.old.id if order.old else None
    for each in listed:
        if each.name == noun.name and each.id != gone and _readings.is_live(each):
            return each
    return None


def _when_name_is_free(send: Callable[[], Flow[models.Machine]], order: _Order) -> Flow[models.Machine]:
    """Create; while a machine that is being destroyed holds the name or the volume, wait for its end.

    That takes a few seconds for the name (LC-23, MA-21) and up to a minute for a volume (VO-15).
    """
    began = yield from now()
    while True:
        try:
            return (yield from send())
        except (MachineNameConflictError, VolumeInUseError) as held:
            limit = UNBIND_S if isinstance(held, VolumeInUseError) else BUSY_S
            if (yield from now()) > began + limit or (yield from _find(order)) is not None:
                raise
            if isinstance(held, VolumeInUseError) and not (yield from _is_leaving(held, order)):
                raise
        yield from sleep(1.0)


def _is_leaving(held: VolumeInUseError, order: _Order) -> Flow[bool]:
    """Whether the machine that the refusal names is no longer among the live ones (MA-27)."""
    listed = yield from call(_ops.list_machines(order.noun.app_name))
    gone = order.old.id if order.old else None
    return not any(each.id in held.message and each.id != gone and _readings.is_live(each) for each in listed)


def volume_id(volume: Volume | str, run: Run) -> str:
    """Return the id of a volume that this run has ensured, or that was given as an id."""
    return run.volumes[volume].id if isinstance(volume, Volume) else volume
