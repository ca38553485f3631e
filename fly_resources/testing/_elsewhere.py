"""Fly.io's other APIs, as far as Machines API clients use them: logs as flyctl reads them, GraphQL.

The real ones are on another host, `api.fly.io`; a client configured for a simulator requests them there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fly_resources.testing import _errors as errors
from fly_resources.testing import _logs as logs
from fly_resources.testing import _tokens as tokens
from fly_resources.testing._call import Call
from fly_resources.testing._wire import Answer, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._platform import Platform
    from fly_resources.testing._state import World
    from fly_resources.testing._wire import Json, JsonObject, Request

_LOGS: Final = ("api", "v1", "apps")
_GRAPHQL: Final = (
    "the simulator does not serve GraphQL: it is a different API with no published contract. For what "
    "clients use it for, the Machines API has operations: secrets (POST /v1/apps/APP/secrets), addresses "
    "(POST /v1/apps/APP/ip_assignments), certificates (POST /v1/apps/APP/certificates/acme), apps (GET "
    "/v1/apps?org_slug=ORG)."
)


def answer(request: Request, world: World, platform: Platform, now: float) -> Answer | None:
    """Answer a request outside the Machines API; None if it belongs to none of these APIs."""
    segments = request.segments
    if segments[-1:] == ("graphql",):
        refused: JsonObject = {"error": _GRAPHQL, "errors": [{"message": _GRAPHQL}]}
        return json_answer(refused, 400)
    if request.method != "GET" or segments[:3] != _LOGS or len(segments) != 5 or segments[4] != "logs":  # noqa: PLR2004 - /api/v1/apps/APP/logs
        return None
    if not tokens.accepts(platform, request.authorization, now):
        return errors.unauthenticated("App_Logs_list")
    call = Call(request, "App_Logs_list", {"app_name": segments[3]}, world, platform, now)
    try:
        tokens.require_scope(call)
        return _logs_after(call)
    except errors.Refusal as refusal:
        return refusal.spoken(platform.behaviour)


def _logs_after(call: Call) -> Answer:
    """Return the lines after `next_token`, in the envelope that fly-go expects."""
    known = logs.lines_of(call.app(), call)
    wanted = call.query("instance")
    begin = call.number("next_token", 0)
    data: list[Json] = [
        {"id": str(number), "type": "log", "attributes": {**line, "meta": {"event": {"provider": "app"}}}}
        for number, line in enumerate(known, 1)
        if number > begin and wanted in ("", line["instance"])
    ]
    return json_answer({"data": data, "meta": {"next_token": str(len(known))}})
