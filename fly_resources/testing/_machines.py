"""Machines as things: list, show, create, update, delete, versions, events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources.testing import _errors as errors
from fly_resources.testing import _leases as leases
from fly_resources.testing import _lifecycle as lifecycle
from fly_resources.testing import _mounts as mounts
from fly_resources.testing._bounds import forget_gone
from fly_resources.testing._call import as_bool, as_int, as_object, as_text
from fly_resources.testing._config import image_ref, normalised
from fly_resources.testing._regions import candidates
from fly_resources.testing._state import Machine
from fly_resources.testing._wire import OK, Answer, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._call import Call
    from fly_resources.testing._state import App, Volume
    from fly_resources.testing._wire import Json, JsonObject

_EVENTS_DEFAULT, _EVENTS_MAX = 20, 50  # LC-27
_FREE_TO_DELETE = frozenset({"created", "stopped", "suspended", "failed", "launch_failed"})  # LC-22
_METADATA_FILTER = "metadata."


def index(call: Call) -> Answer:
    """Machines_list: a bare array with filters (MA-32, MA-33)."""
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
    found: list[JsonObject] = []
    for machine in call.app().machines.values():
        lifecycle.advance(machine, call.now)
        if (
            (deleted or machine.state != "destroyed")
            and (not regions or machine.region in regions)
            and (not states or machine.state in states)
            and (not labels or _has_labels(machine, labels))
        ):
            found.append(render(call, machine, summary=summary, with_lease=with_leases))
    return json_answer(found)


def show(call: Call) -> Answer:
    """Machines_show."""
    machine = call.machine()
    return json_answer(render(call, machine, with_lease=call.flag("include_leases")))


def create(call: Call) -> Answer:
    """Machines_create: 200, and the state is still `created` (MA-1, MA-5)."""
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
        image_ref=image_ref(str(config.get("image", ""))),
        state="created",
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
    """Machines_update: the config is replaced whole; region and name are ignored (LC-15..19)."""
    app = call.app()
    machine = call.machine_to_change()
    if machine.state == "replacing":
        raise errors.daemon("aborted", "machine update failed due to concurrent update")
    body = call.body("main.updateMachineRequest")
    expected = as_text(body.get("current_version"), "string")
    if expected and expected != machine.instance_id:  # LC-18; the text is not recorded
        raise errors.daemon("failed_precondition", "current_version does not match the machine's version")
    config = normalised(as_object(body.get("config"), "fly.MachineConfig"), call.platform)
    _require_secrets_version(app, body)
    grows = config["guest"] != machine.config.get("guest")
    if grows and machine.region in call.platform.full_regions:
        raise errors.no_capacity_on_host()
    _keep_mount(call, app, machine, config)
    machine.config = config
    machine.image_ref = image_ref(str(config.get("image", "")))
    machine.instance_id = call.platform.ids.ulid(call.platform.wall.unix_ms(call.now))
    machine.versions.append((machine.instance_id, config))
    machine.skip_secrets = as_bool(body.get("skip_secrets"), "bool")
    if as_bool(body.get("skip_service_registration"), "bool"):
        machine.cordoned = True
    _load_secrets(app, machine)
    gone_at = lifecycle.replaced(
        machine, call.now, call.platform, launch=not as_bool(body.get("skip_launch"), "bool")
    )
    if gone_at is not None:
        mounts.release(app, machine.id, gone_at, call.platform)
    _take_lease(call, machine, body)
    call.save(machine)
    return json_answer(render(call, machine, nonce=_nonce(machine, body)))


def delete(call: Call) -> Answer:
    """Machines_delete: `force` (or `kill`) also takes a running one; again is fine (LC-21, LC-22, LC-25)."""
    force = call.flag("force") or call.flag("kill")
    machine = call.machine_to_change(blocks=force, gone=True)
    if machine.gone:
        return OK
    if not force and machine.state not in _FREE_TO_DELETE:
        raise errors.daemon("failed_precondition", "unable to destroy machine, not currently stopped")
    gone_at = lifecycle.destroyed(machine, call.now, call.platform)
    call.save(machine)
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
    listed: list[Json] = [
        {"version": version, "user_config": config} for version, config in reversed(call.machine().versions)
    ]
    return json_answer(listed)


def render(
    call: Call,
    machine: Machine,
    *,
    summary: bool = False,
    with_lease: bool = False,
    nonce: str | None = None,
) -> JsonObject:
    """Return a machine as the service shows it; a summary leaves out five keys (MA-32)."""
    wall = call.platform.wall
    body: dict[str, Json] = {
        "id": machine.id,
        "name": machine.name,
        "state": machine.state,
        "region": machine.region,
        "image_ref": machine.image_ref,
        "instance_id": machine.instance_id,
        "private_ip": machine.private_ip,
        "created_at": wall.seconds(machine.created_at),
        "updated_at": wall.seconds(machine.updated_at),
    }
    if machine.cordoned:
        body["cordoned"] = True
    if not summary:
        # MA-18: from an unreachable host only what the API remembers is known.
        body["config" if machine.host_status == "ok" else "incomplete_config"] = machine.config
        body["events"] = lifecycle.embedded_events(machine)
        checks = lifecycle.checks(machine, call.now, call.platform)
        if checks:
            body["checks"] = checks
        body["host_status"] = machine.host_status
        held = leases.current(machine, call.now) if call.platform.behaviour.always_show_nonce else None
        if held is not None:
            nonce = held.nonce
        if nonce is not None:
            body["nonce"] = nonce
    if with_lease and leases.current(machine, call.now) is not None:
        body["lease"] = leases.stripped(call, machine)
    return body


def _has_labels(machine: Machine, labels: dict[str, str]) -> bool:
    metadata = as_object(machine.config.get("metadata") or {}, "map[string]string")
    return all(metadata.get(name) == value for name, value in labels.items())


def _refuse_taken_name(call: Call, app: App, name: str) -> None:
    """Names are unique among machines that are not destroyed; a destroyed one's is free (MA-20, MA-21)."""
    if not name:
        return
    for other in app.machines.values():
        if other.name == name:
            lifecycle.advance(other, call.now)
            if other.state != "destroyed":
                raise errors.machine_name_taken(other.id, name, call.platform.behaviour)


def _refuse_over_quota(call: Call, app: App) -> None:
    limit = call.platform.behaviour.machines_per_app
    if limit is not None and sum(not machine.gone for machine in app.machines.values()) >= limit:
        raise errors.too_many_machines(limit)


def _place(call: Call, app: App, config: dict[str, Json], asked: str) -> tuple[str, Volume | None]:
    """Choose the region (MA-3); a mounted volume fixes it and is claimed (VO-8, MA-25)."""
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
    """Keep the volume that the machine has, whatever the new config names (LC-17).

    A config without the mount lets the volume go, as every key that is left out goes (LC-15).
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
        raise errors.daemon("invalid_argument", "a volume cannot be added to an existing machine")


def _require_secrets_version(app: App, body: JsonObject) -> None:
    """Refuse a version of the secrets that does not exist yet (SE-7; the text is not recorded)."""
    wanted = as_int(body.get("min_secrets_version"), "uint64")
    if wanted > app.secrets_version:
        raise errors.daemon("failed_precondition", f"secrets version {wanted} is not available")


def _load_secrets(app: App, machine: Machine) -> None:
    machine.secrets = None if machine.skip_secrets else app.digests()


def _take_lease(call: Call, machine: Machine, body: JsonObject) -> None:
    """Take a lease in the same call (LE-10)."""
    ttl = as_int(body.get("lease_ttl"), "int")
    if ttl > 0:
        leases.grant(call, machine, ttl, "")


def _nonce(machine: Machine, body: JsonObject) -> str | None:
    """Return the nonce for the answer, only when this call asked for a lease (MA-17)."""
    return machine.lease.nonce if machine.lease is not None and body.get("lease_ttl") else None
