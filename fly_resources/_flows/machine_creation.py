"""Making a machine: where there is room, under a name that may be taken; also in another one's place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fly_resources import _ops, _readings
from fly_resources._compare import plain
from fly_resources._effects import Flow, call, now, sleep
from fly_resources._flows.ambiguous import read_back
from fly_resources._flows.machines import Wanted, compare, marks, resolve
from fly_resources._flows.run import UNBIND_S, Run, call_on_app
from fly_resources._flows.waiting import BUSY_S, wait_for_state
from fly_resources._flows.world import GONE_MACHINES
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

    from fly_resources.report import Planned
    from fly_resources.resources import Machine

_DEFAULT_ORG: Final = "personal"


def create(planned: Planned[models.Machine], noun: Machine, run: Run) -> Flow[None]:
    """Make the machine and wait until it runs; adopt one that another process made a moment ago."""
    wanted = resolve(noun)
    try:
        model = yield from _create_where_there_is_room(noun, wanted, run)
    except MachineNameConflictError as conflict:
        winner = yield from _find(noun)
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
        first = "stopped" if wanted.config.get("standbys") else "started"
        model = yield from wait_for_state(planned, model, noun.state or first, run)
    run.record(planned, model)


def check_room(noun: Machine, run: Run) -> Flow[None]:
    """Ask whether there is room for the machine before the old one is destroyed (PL-7).

    Raises:
        ReconcileError: There is none now; nothing was destroyed.
    """
    wanted = resolve(noun)
    region = _where(wanted, run)
    if region is None:
        return
    app = run.context.state(noun).app
    if app is None:
        app = yield from call(_ops.get_app(noun.app_name))
    guest = wanted.config.get("guest")
    try:
        rooms = yield from call(
            _ops.find_placements(_readings.org_slug(app) or _DEFAULT_ORG, region, plain(guest))
        )
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


def _create_where_there_is_room(noun: Machine, wanted: Wanted, run: Run) -> Flow[models.Machine]:
    """Try the regions in order; a volume fixes the region, so that there is nothing to try (MA-28)."""
    where = _where(wanted, run) or ""
    regions = where.split(",") if not wanted.mounts else [where]
    for region in regions[:-1]:
        try:
            return (yield from _create_in(region, noun, wanted, run))
        except InsufficientCapacityError:
            continue
    try:
        return (yield from _create_in(regions[-1], noun, wanted, run))
    except InsufficientCapacityError as full:
        full.tried = tuple(regions)
        raise


def _where(wanted: Wanted, run: Run) -> str | None:
    """Return where the machine goes: where its volume is, which may say no more than several regions."""
    placed = (run.volumes[volume].region for _, volume in wanted.mounts if isinstance(volume, Volume))
    return next(placed, wanted.region)


def _create_in(region: str, noun: Machine, wanted: Wanted, run: Run) -> Flow[models.Machine]:
    config: dict[str, Any] = plain(wanted.config)
    config["metadata"] = {**(config.get("metadata") or {}), **marks(noun, wanted, {}, run)}
    mounts = [{"path": path, "volume": volume_id(volume, run)} for path, volume in wanted.mounts]
    if mounts:
        config["mounts"] = mounts
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
        return (yield from call_on_app(run, app, lambda: request))

    return (yield from _when_name_is_free(lambda: read_back(send, lambda: _find(noun)), noun))


def _find(noun: Machine) -> Flow[models.Machine | None]:
    listed = yield from call(_ops.list_machines(noun.app_name))
    return next((each for each in listed if each.name == noun.name and each.state not in GONE_MACHINES), None)


def _when_name_is_free(send: Callable[[], Flow[models.Machine]], noun: Machine) -> Flow[models.Machine]:
    """Create; while a machine that is being destroyed holds the name or the volume, wait for its end.

    That takes a few seconds for the name (LC-23, MA-21) and up to a minute for a volume (VO-15).
    """
    began = yield from now()
    while True:
        try:
            return (yield from send())
        except (MachineNameConflictError, VolumeInUseError) as held:
            limit = UNBIND_S if isinstance(held, VolumeInUseError) else BUSY_S
            if (yield from now()) > began + limit or (yield from _find(noun)) is not None:
                raise
            if isinstance(held, VolumeInUseError) and not (yield from _is_leaving(held, noun)):
                raise
        yield from sleep(1.0)


def _is_leaving(held: VolumeInUseError, noun: Machine) -> Flow[bool]:
    """Whether the machine that the refusal names is no longer among the live ones (MA-27)."""
    listed = yield from call(_ops.list_machines(noun.app_name))
    return not any(each.id in held.message and each.state not in GONE_MACHINES for each in listed)


def volume_id(volume: Volume | str, run: Run) -> str:
    """Return the id of a volume that this run has ensured, or that was given as an id."""
    return run.volumes[volume].id if isinstance(volume, Volume) else volume
