"""Regions, placements and the caller's token (PL-6, PL-7, AU-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources.testing._apps import require_org
from fly_resources.testing._call import as_int, as_text
from fly_resources.testing._errors import not_modelled, refusal
from fly_resources.testing._regions import candidates
from fly_resources.testing._tokens import scope
from fly_resources.testing._wire import Answer, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._call import Call
    from fly_resources.testing._wire import Json

_PER_REGION = 10


def regions(call: Call) -> Answer:
    """Platform_regions_get: requires no token; the outer keys are in Pascal case (PL-6)."""
    rows: list[Json] = [
        {
            "code": region.code,
            "name": region.city,
            "geo_region": region.area,
            "latitude": region.latitude,
            "longitude": region.longitude,
            "deprecated": False,
            "gateway_available": True,
            "requires_paid_plan": False,
        }
        for region in call.platform.regions.values()
    ]
    return json_answer({"Regions": rows, "Nearest": call.platform.nearest})


def placements(call: Call) -> Answer:
    """Platform_placements_post: the number of machines per region; full regions are omitted (PL-7)."""
    body = call.body("main.getPlacementsRequest")
    require_org(call, as_text(body.get("org_slug"), "string"))
    platform = call.platform
    asked = as_text(body.get("region"), "string")
    count = as_int(body.get("count"), "int") or _PER_REGION
    rows: list[Json] = [
        {"Region": region, "Count": count, "Concurrency": _PER_REGION}
        for region in candidates(asked, platform.regions, platform.nearest)
        if region not in platform.full_regions
    ]
    return json_answer({"Regions": rows})


def current_token(call: Call) -> Answer:
    """CurrentToken_show: the organisation, and the app of a deploy token (AU-12)."""
    limits = scope(call.platform, call.request.authorization)
    app = None if limits is None else limits.app
    org = (limits and limits.org) or next(iter(call.platform.orgs))
    token: dict[str, Json] = {
        "token_id": "00000000-0000-4000-8000-000000000000",
        "org_slug": org,
        "organization": org,
        "apps": [] if app is None else [app],
        "user": "simulator@example.com",
    }
    return json_answer({"tokens": [token]})


def postgres_clusters(call: Call) -> Answer:
    """Postgres_list: not modelled, except for the organisation lookup before the token check (PL-10)."""
    if call.query("org_slug") not in call.platform.orgs:
        raise refusal(404, "Organization not found")
    return not_modelled(call.operation)
