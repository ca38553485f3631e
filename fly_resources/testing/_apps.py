"""Apps and their deploy tokens (AP-1 to AP-21, AU-10)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fly_resources.testing import _errors as errors
from fly_resources.testing import _lifecycle as lifecycle
from fly_resources.testing._call import as_text
from fly_resources.testing._durations import parse_go_duration
from fly_resources.testing._paging import MAX_APPS, page
from fly_resources.testing._platform import Scope
from fly_resources.testing._state import App
from fly_resources.testing._tokens import fingerprint
from fly_resources.testing._wire import Answer, empty_answer, encode, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._call import Call
    from fly_resources.testing._wire import Json, JsonObject

_NAME = re.compile(r"[a-z0-9-]{1,62}")  # AP-5
_DEFAULT_NETWORK = "default"
_DEFAULT_EXPIRY = "175200h"  # AU-10
#: The number of deleted apps that are told apart from unknown ones (ER-7), and of known deploy tokens.
_REMEMBERED = 10_000


def index(call: Call) -> Answer:
    """Apps_list: the apps of one organisation, paginated on request (AP-15, AP-23)."""
    org = require_org(call, call.query("org_slug"))
    unseen_s = call.platform.behaviour.app_unseen_s
    apps = [a for a in call.world.apps.values() if a.org == org and call.now >= a.created_at + unseen_s]
    shown, cursor = page(call, [(app.created_at, app.name, _row(call, app)) for app in apps], MAX_APPS)
    body: dict[str, Json] = {"total_apps": len(apps), "apps": shown}
    return json_answer({**body, "next_cursor": cursor} if cursor else body)


def _row(call: Call, app: App) -> JsonObject:
    return {
        "id": app.id,
        "name": app.name,
        "machine_count": _machine_count(call, app),
        "volume_count": _volume_count(app),
        "network": app.network,
    }


def create(call: Call) -> Answer:
    """Apps_create: 201 with id and time, or with the App if the request asks to wait (AP-2).

    The name is sent as `name` or `app_name` (AP-1).
    """
    behaviour = call.platform.behaviour
    body = call.body("main.createAppRequest")
    name = as_text(body.get("name") or body.get("app_name"), "string")
    org = require_org(call, as_text(body.get("org_slug"), "string"))
    key = as_text(body.get("idempotency_key"), "string")
    first = call.world.apps.get(call.world.created_with.get(key, ""))
    if first is not None:
        return _created_before(call, first, name)
    if not _NAME.fullmatch(name):
        raise errors.app_name_invalid()
    if name in call.world.apps or name in call.world.foreign:
        raise errors.app_name_taken(behaviour)
    app = App(
        name=name,
        id=call.platform.ids.app(),
        number=call.platform.ids.number(1_000_000, 9_999_999),
        org=org,
        network=as_text(body.get("network"), "string") or _DEFAULT_NETWORK,
        created_at=call.now,
    )
    call.world.apps[name] = app
    if key:
        call.world.created_with[key] = name
    return _created(call, app)


def _created_before(call: Call, first: App, name: str) -> Answer:
    """Answer a creation that repeats an `idempotency_key`: the first app, or an error (AP-24)."""
    if name not in {"", first.name}:  # neither text nor status is recorded
        raise errors.refusal(422, "idempotency_key was used for an app with another name")
    return _created(call, first)


def _created(call: Call, app: App) -> Answer:
    behaviour = call.platform.behaviour
    created: JsonObject = {"id": app.id, "created_at": call.platform.wall.unix_ms(app.created_at)}
    cookie = f"fly_flaps_affinity={call.platform.ids.hex(16)}; Path=/v1/apps/{app.name}"  # HD-5
    shown = created
    if behaviour.app_create_body == "app" or call.flag("wait"):
        shown = render(call, app)
    content = b"" if behaviour.app_create_body == "none" else encode(shown)
    return Answer(behaviour.app_create_status, content, headers=(("set-cookie", cookie),))


def show(call: Call) -> Answer:
    """Apps_show."""
    return json_answer(render(call, call.app()))


def delete(call: Call) -> Answer:
    """Apps_delete: 202 without a body; deletes everything in the app, forced or not (AP-18, AP-19)."""
    app = call.app()
    deleted = call.world.deleted
    del call.world.apps[app.name]
    deleted.pop(app.name, None)
    deleted[app.name] = call.now
    if len(deleted) > _REMEMBERED:
        del deleted[next(iter(deleted))]
    return empty_answer(202)


def create_deploy_token(call: Call) -> Answer:
    """App_create_deploy_token: a token that is valid only for this app (AU-9, AU-10)."""
    app = call.app()
    expiry = as_text(call.body("main.createAppDeployTokenRequest").get("expiry"), "string")
    lifetime = parse_go_duration(expiry or _DEFAULT_EXPIRY)
    if lifetime is None:
        raise errors.refusal(400, f'time: invalid duration "{expiry}"')
    token = call.platform.ids.token()
    known = call.platform.scopes
    known[fingerprint(token)] = Scope("deploy", app.name, app.org, call.now + lifetime / 1e9)
    if len(known) > _REMEMBERED:
        del known[next(iter(known))]
    return json_answer({"token": token})


def require_org(call: Call, slug: str) -> str:
    """Return `slug` if the organisation exists (AP-4)."""
    if slug not in call.platform.orgs:
        raise errors.org_not_found()
    return slug


def render(call: Call, app: App) -> JsonObject:
    """Return an app as the service returns it (AP-13, AP-14)."""
    machines = _machine_count(call, app)
    return {
        "id": app.id,
        "internal_numeric_id": app.number,
        "name": app.name,
        "organization": {
            "name": call.platform.orgs.get(app.org, app.org),
            "slug": app.org,
            "internal_numeric_id": _org_number(call, app.org),
        },
        "status": "deployed" if machines else "pending",
        "machine_count": machines,
        "volume_count": _volume_count(app),
        "network": app.network,
        "cname_target": f"{app.name}.fly.dev",
    }


def _org_number(call: Call, slug: str) -> int:
    return 1 + list(call.platform.orgs).index(slug) if slug in call.platform.orgs else 0


def _machine_count(call: Call, app: App) -> int:
    count = 0
    for machine in app.machines.values():
        lifecycle.advance(machine, call.now)
        count += machine.state != "destroyed"
    return count


def _volume_count(app: App) -> int:
    return sum(volume.deleted_at is None for volume in app.volumes.values())
