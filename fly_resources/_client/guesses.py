"""Suggestions for attributes that do not exist."""

from __future__ import annotations

import re
from typing import Final

#: Names that other tools use.
_WORDS: Final = {
    **dict.fromkeys(("apply", "create", "deploy", "launch", "up", "update"), "fly.ensure(...)"),
    **dict.fromkeys(("delete", "down", "remove"), "fly.destroy(...)"),
    **dict.fromkeys(("describe", "fetch", "get", "show", "status"), "fly.read(...)"),
    **dict.fromkeys(("diff", "dry_run", "preview"), "fly.plan(...)"),
    **dict.fromkeys(("console", "shell", "ssh"), "fly.exec(machine, command)"),
    **dict.fromkeys(("cordon", "signal", "suspend", "uncordon"), "fly.api.machines.{name}(app, machine)"),
    "clone": "scale(machine, count)",
    "dns_records": "fly_resources.dns.dns_records(certificate)",
    "kill": "fly.stop(machine)",
    "rollback": "fly.ensure(*fly.last_good(app))",
    **dict.fromkeys(("list", "ls"), "fly.api.machines.list(app), fly.api.apps.list(org_slug=...) and so on"),
    "scale": "fly.ensure(...) with more machines, or with another guest",
    **dict.fromkeys(
        ("get_async_httpx_client", "get_httpx_client"), "client=fly.sdk, not client=fly, or fly.api"
    ),
    **dict.fromkeys(
        ("client", "http", "request", "session"), "fly.sdk, the client of the SDK's functions, or fly.api"
    ),
}


def about(kind: str, name: str) -> str:
    """Return Python's message for a missing attribute, with a suggestion if there is one."""
    said = f"{kind!r} object has no attribute {name!r}"
    meant = _meant(name)
    return f"{said}: use {meant}" if meant else said


def _meant(name: str) -> str:
    from fly_machines import bound, guesses  # noqa: PLC0415  # most never guess

    tag = re.sub(r"^(?=.)|(?<=as in )", "fly.api.", guesses.find_tag(bound.Api, name))
    return _WORDS.get(name, tag).format(name=name)
