"""Who may call: the spellings of a token and what it is good for (AU-1 to AU-9)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from fly_resources.testing import _errors as errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_resources.testing._platform import Platform

_MACAROON = "FlyV1"
_NEEDS_ORG_TOKEN = frozenset({"Apps_create", "Apps_list", "Machines_org_list", "Volumes_org_list"})


def credential(header: str) -> str | None:
    """Return the token of an Authorization header without its prefixes, None if it is malformed.

    `Bearer FlyV1 fm2_..`, `FlyV1 fm2_..` and `Bearer <legacy>` are read (AU-3), but not without the space
    after FlyV1 (AU-4).
    """
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "bearer":
        if not rest.startswith(_MACAROON):
            return rest.strip() or None
        scheme, _, rest = rest.partition(" ")
    if scheme == _MACAROON:
        return rest.strip() or None
    return None


def fingerprint(token: str) -> str:
    """Return what the simulator remembers of a token that is good for one app: not the token itself."""
    return hashlib.sha256(token.removeprefix(f"{_MACAROON} ").encode()).hexdigest()


def app_of(platform: Platform, header: str) -> str | None:
    """Return the one app that the token of a header is good for; None: it is not restricted."""
    if not platform.deploy_tokens:
        return None
    token = credential(header)
    return None if token is None else platform.deploy_tokens.get(fingerprint(token))


def accepts(platform: Platform, header: str) -> bool:
    """Return whether the service knows the token; any that is well-formed, unless `tokens` restricts."""
    token = credential(header)
    if token is None:
        return False
    if platform.tokens is None or app_of(platform, header) is not None:
        return True
    return any(token == known.removeprefix(f"{_MACAROON} ") for known in platform.tokens)


def require_scope(platform: Platform, header: str, operation: str, params: Mapping[str, str]) -> None:
    """Refuse what a deploy token is not good for: other apps, new apps, the organisation (AU-6, AU-9)."""
    app = app_of(platform, header)
    if app is None:
        return
    if operation in _NEEDS_ORG_TOKEN or params.get("app_name", app) != app:
        raise errors.unauthorized("message" if operation.startswith("App_IPAssignments") else "error")
