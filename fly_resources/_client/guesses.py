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
    **dict.fromkeys(("signal", "suspend"), "fly.api.machines.{name}(app, machine)"),
    **dict.fromkeys(("list", "ls"), "fly.api.machines.list(app), fly.api.apps.list(org_slug=...) and so on"),
    "scale": "fly.ensure(...) with more machines, or with another guest",
    **dict.fromkeys(
        ("get_async_httpx_client", "get_httpx_client"), "client=fly.sdk, not client=fly, or fly.api"
    ),
    **dict.fromkeys(("client", "http", "session"), "fly.sdk, the client of the SDK's functions, or fly.api"),
}
_SAME: Final = {"destroy": "delete", "show": "get"}
_VERB_AND_NOUN: Final = re.compile(
    r"(create|delete|destroy|exec|get|list|restart|show|start|stop|update|wait)_(.+)"
)


def about(kind: str, name: str) -> str:
    """Return Python's message for a missing attribute, with a suggestion if there is one."""
    said = f"{kind!r} object has no attribute {name!r}"
    meant = _meant(name)
    return f"{said}: use {meant}" if meant else said


def _meant(name: str) -> str:
    from fly_machines import bound  # noqa: PLC0415  # most never guess

    tags = {tag for tag, kind in vars(bound.Api).items() if isinstance(kind, property)}
    parts = _VERB_AND_NOUN.fullmatch(name)
    verb, noun = parts.groups() if parts else ("", name)
    tag = next((each for each in (noun, f"{noun}s") if each in tags), "")
    if not tag:
        return _WORDS.get(name, "").format(name=name)
    return (
        f"fly.api.{tag}.{_SAME.get(verb, verb)}(...)"
        if verb
        else f"fly.api.{tag}, as in fly.api.{tag}.list(...)"
    )
