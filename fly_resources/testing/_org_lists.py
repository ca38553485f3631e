"""Machines and volumes of an organisation, paginated (OR-1, OR-2)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from fly_resources.testing import _errors as errors
from fly_resources.testing import _lifecycle as lifecycle
from fly_resources.testing import _volumes as volumes
from fly_resources.testing._apps import require_org
from fly_resources.testing._wire import Answer, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._call import Call
    from fly_resources.testing._state import App, Machine
    from fly_resources.testing._wire import Json, JsonObject

_MAX_LIMIT = 1000


def machines(call: Call) -> Answer:
    """Machines_org_list."""
    found: list[tuple[float, str, str, JsonObject]] = []
    for app in _apps(call):
        for machine in app.machines.values():
            lifecycle.advance(machine, call.now)
            gone = machine.state == "destroyed"
            if _wanted(call, machine.region, machine.state, machine.updated_at, gone=gone):
                shown = _machine(call, app, machine)
                found.append((machine.updated_at, machine.id, machine.region, shown))
    page, cursor = _page(call, found)
    return json_answer(
        {
            "machines": [shown for _, _, _, shown in page],
            **_last(call, "last_machine_id", page),
            "next_cursor": cursor,
        }
    )


def all_volumes(call: Call) -> Answer:
    """Volumes_org_list."""
    found: list[tuple[float, str, str, JsonObject]] = []
    for app in _apps(call):
        for volume in app.volumes.values():
            at = volume.created_at if volume.deleted_at is None else volume.deleted_at
            state = volumes.state(call.platform, volume, call.now)
            gone = volumes.expired(volume, call.now)
            if _wanted(call, volume.region, state, at, gone=gone):
                shown: dict[str, Json] = {
                    **volumes.render(call.platform, volume, call.now),
                    "app_name": app.name,
                    "updated_at": call.platform.wall.millis(at),
                }
                found.append((at, volume.id, volume.region, shown))
    page, cursor = _page(call, found)
    return json_answer(
        {
            "volumes": [shown for _, _, _, shown in page],
            **_last(call, "last_volume_id", page),
            "next_cursor": cursor,
        }
    )


def _apps(call: Call) -> list[App]:
    org = require_org(call, call.params["org_slug"])
    return [app for app in call.world.apps.values() if app.org == org]


def _wanted(call: Call, region: str, state: str, updated_at: float, *, gone: bool) -> bool:
    states = [part for part in call.query("state").split(",") if part]
    after = call.query("updated_after")
    if gone and not (call.flag("include_deleted") and call.platform.behaviour.deleted_listed):
        return False
    if after and not call.query("cursor") and call.platform.wall.unix(updated_at) <= _unix(after):
        return False
    return call.query("region") in {"", region} and (not states or state in states)


def _unix(text: str) -> float:
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        raise errors.daemon("invalid_argument", f"invalid updated_after '{text}'") from None


def _page(
    call: Call, found: list[tuple[float, str, str, JsonObject]]
) -> tuple[list[tuple[float, str, str, JsonObject]], str]:
    """Return one page, oldest change first, and the next cursor: empty at the end."""
    found.sort(key=lambda entry: entry[:2])
    start = call.number("cursor", 0)
    limit = min(max(call.number("limit", _MAX_LIMIT), 1), _MAX_LIMIT)
    end = start + limit
    return found[start:end], str(end) if end < len(found) else ""


def _last(call: Call, id_key: str, page: list[tuple[float, str, str, JsonObject]]) -> JsonObject:
    """Return the fields of a page that describe its last entry; an empty page has none."""
    return {id_key: page[-1][1], "last_updated_at": call.platform.wall.millis(page[-1][0])} if page else {}


def _machine(call: Call, app: App, machine: Machine) -> JsonObject:
    wall = call.platform.wall
    shown: dict[str, Json] = {
        "app_name": app.name,
        "id": machine.id,
        "name": machine.name,
        "region": machine.region,
        "state": machine.state,
        "private_ip": machine.private_ip,
        "version": machine.instance_id,
        "created_at": wall.seconds(machine.created_at),
        "updated_at": wall.seconds(machine.updated_at),
    }
    if not call.flag("summary"):
        keys = ("image", "guest", "metadata")
        shown["config"] = {key: machine.config[key] for key in keys if key in machine.config}
    return shown
