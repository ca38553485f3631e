"""Machine operations: list, show, create, update, delete, versions, events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources.testing import _errors as errors
from fly_resources.testing import _leases as leases
from fly_resources.testing import _lifecycle as lifecycle
from fly_resources.testing import _mounts as mounts
from fly_resources.testing._bounds import forget_gone
from fly_resources.testing._call import as_bool, as_int, as_object, as_text
from fly_resources.testing._config import normalised
from fly_resources.testing._logs import write_line
from fly_resources.testing._machine_view import as_read, in_version, render, without_config
from fly_resources.testing._paging import MAX_ELEMENTS, next_header, page
from fly_resources.testing._regions import candidates
from fly_resources.testing._state import Machine
from fly_resources.testing._wire import OK, Answer, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._call import Call
    from fly_resources.testing._paging import Element
    from fly_resources.testing._platform import Platform
    from fly_resources.testing._state import App, Volume
    from fly_resources.testing._wire import Json, JsonObject

_EVENTS_DEFAULT, _EVENTS_MAX = 20, 50  # LC-27
_FREE_TO_DELETE = frozenset({"created", "stopped", "suspended", "failed", "launch_failed"})  # LC-22
_METADATA_FILTER = "metadata."
#: Messages that the platform writes into the log (LC-34).
_LEFT_STOPPED = "machine was in a non-started state prior to the update so leaving the new version stopped"


def index(call: Call) -> Answer:
    """Machines_list: a bare array with filters, paginated on request (MA-32, MA-33, MA-46)."""
    regions = set(filter(None, call.query("region").split(",")))
    states = set(filter(None, call.query("state").split(",")))
    labels = {
        name.removeprefix(_METADATA_FILTER): values[0]
        for name, values in call.request.query.items()
        if name.startswith(_METADATA_FILTER)
    }
    deleted, summary, with_leases = (
        call.flag(name) for name in ("include_deleted", "summary", "include_leases")
    )
    behaviour = call.platform.behaviour
    found: list[Element] = []
    for record in call.app().machines.values():
        lifecycle.advance(record, call.now)
        machine = as_read(record, behaviour, call.now)
        if (
            ((deleted and behaviour.deleted_listed) or machine.state != "destroyed")
            and (not regions or machine.region in regions)
            and (not states or machine.state in states)
            and (not labels or _has_labels(machine, labels))
        ):
            shown = render(call, machine, summary=summary, with_lease=with_leases)
            is_whole = behaviour.missing_configs == "never"
            shown = shown if is_whole else without_config(shown, in_list=True)
            found.append((machine.created_at, machine.id, shown))
    shown_page, cursor = page(call, found, MAX_ELEMENTS)
    return json_answer(shown_page, headers=next_header(cursor))


def show(call: Call) -> Answer:
    """Machines_show; with `version`, the machine as it was in that version (MA-47)."""
    record = call.machine()
    behaviour = call.platform.behaviour
    version = call.query("version")
    machine = in_version(record, version) if version else as_read(record, behaviour, call.now)
    shown = render(call, machine, with_lease=call.flag("include_leases"))
    if behaviour.missing_configs == "everywhere":
        shown = without_config(shown, in_list=False)
    return json_answer(shown)


def create(call: Call) -> Answer:
    """Machines_create: 200, with the state still `created` (MA-1, MA-5)."""
    app = call.app()
    body = call.body("main.createMachineRequest")
    config = normalised(as_object(body.get("config"), "fly.MachineConfig"), call.platform)
    name = as_text(body.get("name"), "string")
    _refuse_taken_name(call, app, name)
    _refuse_over_quota(call, app)
    region, volume = _place(call, app, config, as_text(body.get("region"), "string"))
    _require_secrets_version(app, body)
    ids, wall = call.platform.ids, call.platform.wall
    version = ids.ulid(wall.unix_ms(call.now))
    machine = Machine(
        id=ids.machine(),
        name=name or ids.machine_name(),
        named_by_caller=bool(name),
        region=region,
        instance_id=version,
        private_ip=ids.private_ip(),
        created_at=call.now,
        updated_at=call.now,
        config=config,
        state="created",
        scheduled_at=call.now,
        cordoned=as_bool(body.get("skip_service_registration"), "bool"),
        skip_secrets=as_bool(body.get("skip_secrets"), "bool"),
    )
    machine.versions.append((version, config))
    if volume is not None:
        mounts.claim(app, volume, machine.id)
    _load_secrets(app, machine)
    gone_at = lifecycle.created(
        machine, call.now, call.platform, launch=not as_bool(body.get("skip_launch"), "bool")
    )
    if gone_at is not None:
        mounts.release(app, machine.id, gone_at, call.platform)
    _take_lease(call, machine, body)
    app.machines[machine.id] = machine
    forget_gone(app, call.now)
    return json_answer(render(call, machine, nonce=_nonce(machine, body)))


def update(call: Call) -> Answer:
    """Machines_update: replaces the whole config; region and name are ignored (LC-15..19)."""
    app = call.app()
    machine = call.machine_to_change()
    if machine.state == "replacing":
        raise errors.daemon("aborted", "machine update failed due to concurrent update")
    body = call.body("main.updateMachineRequest")
    expected = as_text(body.get("current_version"), "string")
    if expected and expected != machine.instance_id:
        raise errors.version_stale(call.platform.behaviour)
    config = normalised(as_object(body.get("config"), "fly.MachineConfig"), call.platform)
    _require_secrets_version(app, body)
    grows = config["guest"] != machine.config.get("guest")
    if grows and machine.region in call.platform.full_regions:
        raise errors.no_capacity_on_host()
    _keep_mount(call, app, machine, config)
    machine.skip_secrets = as_bool(body.get("skip_secrets"), "bool")
    if as_bool(body.get("skip_service_registration"), "bool"):
        machine.cordoned = True
    skip_launch = as_bool(body.get("skip_launch"), "bool")
    gone_at = take_version(app, machine, config, call.platform, call.now, skip_launch=skip_launch)
    if gone_at is not None:
        mounts.release(app, machine.id, gone_at, call.platform)
    _take_lease(call, machine, body)
    call.save(machine)
    return json_answer(render(call, machine, nonce=_nonce(machine, body)))


def take_version(
    app: App, machine: Machine, config: JsonObject, platform: Platform, now: float, *, skip_launch: bool
) -> float | None:
    """Switch a machine to a new version; returns when it destroys itself, if it will."""
    machine.former, machine.replaced_at = machine.instance_id, now
    if config.get("schedule") != machine.config.get("schedule"):
        machine.scheduled_at = now
    machine.config = config
    machine.instance_id = platform.ids.ulid(platform.wall.unix_ms(now))
    machine.versions.append((machine.instance_id, config))
    _load_secrets(app, machine)
    if not (lifecycle.is_started(machine) or platform.behaviour.update_starts_stopped):
        write_line(app, machine, platform.wall.millis(now), _LEFT_STOPPED)
    return lifecycle.replaced(machine, now, platform, skip_launch=skip_launch)


def delete(call: Call) -> Answer:
    """Machines_delete: `force` (or `kill`) also a running one; again is fine (LC-21, LC-22, LC-25)."""
    force = call.flag("force") or call.flag("kill")
    machine = call.machine_to_change(blocks=force, gone=True)
    if machine.gone:
        return OK
    if machine.host_status != "ok" and call.platform.behaviour.dead_host_delete == "refused":
        raise errors.host_lost()
    if not force and machine.state not in _FREE_TO_DELETE:
        raise errors.daemon("failed_precondition", "unable to destroy machine, not currently stopped")
    gone_at = lifecycle.destroyed(machine, call.now, call.platform)
    call.save(machine)
    if gone_at is not None:
        mounts.release(call.app(), machine.id, gone_at, call.platform)
    return OK


def events(call: Call) -> Answer:
    """Machines_list_events: newest first, 20 by default, 50 at most (LC-27)."""
    limit = call.number("limit", _EVENTS_DEFAULT)
    if limit > _EVENTS_MAX and call.platform.behaviour.refuse_long_event_lists:
        raise errors.daemon("invalid_argument", f"limit must be at most {_EVENTS_MAX}")  # not recorded
    limit = min(limit, _EVENTS_MAX)
    return json_answer(call.machine().events[: -max(limit, 0) - 1 : -1])


def versions(call: Call) -> Answer:
    """Machines_list_versions, newest first (LC-30)."""
    behaviour = call.platform.behaviour
    newest = call.machine().versions[-(behaviour.versions_kept or 0) :]
    if behaviour.versions_order == "newest_first":
        newest = newest[::-1]
    listed: list[Json] = [
        {"version": version, **({"user_config": config} if behaviour.version_configs else {})}
        for version, config in newest
    ]
    return json_answer(listed)


def _has_labels(machine: Machine, labels: dict[str, str]) -> bool:
    metadata = as_object(machine.config.get("metadata") or {}, "map[string]string")
    return all(metadata.get(name) == value for name, value in labels.items())


def _refuse_taken_name(call: Call, app: App, name: str) -> None:
    """Reject a name that is in use; names of destroyed machines are free (MA-20, MA-21)."""
    if not name:
        return
    for other in app.machines.values():
        if other.name == name:
            lifecycle.advance(other, call.now)
            if other.state != "destroyed":
                raise errors.machine_name_taken(other.id, name, call.platform.behaviour)


def _refuse_over_quota(call: Call, app: App) -> None:
    behaviour = call.platform.behaviour
    limit = behaviour.machines_per_app
    if limit is not None and _count(app) >= limit:
        raise errors.too_many_machines(limit)
    of_org = behaviour.machine_limit
    if of_org is not None and sum(_count(a) for a in call.world.apps.values() if a.org == app.org) >= of_org:
        raise errors.machine_limit_reached()


def _count(app: App) -> int:
    return sum(not machine.gone for machine in app.machines.values())


def _place(call: Call, app: App, config: dict[str, Json], asked: str) -> tuple[str, Volume | None]:
    """Choose the region (MA-3); a mounted volume determines it and is claimed (VO-8, MA-25)."""
    platform = call.platform
    regions = candidates(asked, platform.regions, platform.nearest)
    mount = mounts.wanted(config)
    if mount is not None:
        volume = mounts.find_volume(app, mount, regions if asked else None, call.now)
        if volume.region in platform.full_regions:
            raise errors.no_capacity_beside_volume(volume.id)
        config["mounts"] = mounts.echo(mount, volume)
        return volume.region, volume
    for region in regions:
        if region not in platform.full_regions:
            return region, None
    raise errors.no_capacity()


def _keep_mount(call: Call, app: App, machine: Machine, config: dict[str, Json]) -> None:
    """Keep the machine's volume, whatever volume the new config names (LC-17).

    A config without the mount releases the volume, as every omitted key is removed (LC-15).
    """
    mount = mounts.wanted(config)
    held = next((v for v in app.volumes.values() if v.held_by(call.now) == machine.id), None)
    if mount is None:
        if held is not None:
            mounts.release(app, machine.id, call.now, call.platform)
    elif held is not None:
        named = mount.get("volume")
        if named not in {held.id, held.name} and not call.platform.behaviour.keep_old_mount:
            raise errors.daemon("invalid_argument", "the volume of an existing machine cannot be changed")
        config["mounts"] = mounts.echo(mount, held)
    else:
        raise errors.daemon("invalid_argument", "volume does not exist")  # MA-44


def _require_secrets_version(app: App, body: JsonObject) -> None:
    """Reject a secrets version that does not exist yet (SE-7; the text is not recorded)."""
    wanted = as_int(body.get("min_secrets_version"), "uint64")
    if wanted > app.secrets_version:
        raise errors.daemon("failed_precondition", f"secrets version {wanted} is not available")


def _load_secrets(app: App, machine: Machine) -> None:
    machine.secrets = None if machine.skip_secrets else app.digests()


def _take_lease(call: Call, machine: Machine, body: JsonObject) -> None:
    """Take a lease in the same request (LE-10)."""
    ttl = as_int(body.get("lease_ttl"), "int")
    if ttl > 0:
        leases.grant(call, machine, ttl, "")


def _nonce(machine: Machine, body: JsonObject) -> str | None:
    """Return the nonce for the response, only if this request asked for a lease (MA-17)."""
    return machine.lease.nonce if machine.lease is not None and body.get("lease_ttl") else None
