"""Authentication: the spellings of a token, and its scope (AU-1 to AU-10)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from fly_resources.testing import _errors as errors

if TYPE_CHECKING:
    from fly_resources.testing._call import Call
    from fly_resources.testing._platform import Platform, Scope

_MACAROON = "FlyV1"
_OF_AN_ORG = frozenset({"Apps_create", "Apps_list", "Machines_org_list", "Volumes_org_list"})
#: Operations on the platform or the token itself: they are outside any organisation.
_OF_NOBODY = frozenset({"Platform_regions_get", "Platform_placements_post", "CurrentToken_show"})


def credential(header: str, *, unspaced: bool = False) -> str | None:
    """Return the token of an Authorization header without its prefixes; None if it is malformed.

    `Bearer FlyV1 fm2_..`, `FlyV1 fm2_..` and `Bearer <legacy>` are accepted (AU-3), and the form without the
    space after FlyV1 only if `unspaced` is set (AU-4).
    """
    if unspaced:
        header = header.replace(_MACAROON, f"{_MACAROON} ", 1)
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "bearer":
        if not rest.startswith(_MACAROON):
            return rest.strip() or None
        scheme, _, rest = rest.partition(" ")
    if scheme == _MACAROON:
        return rest.strip() or None
    return None


def fingerprint(token: str) -> str:
    """Return the fingerprint under which the simulator stores a restricted token."""
    bare = token.removeprefix(_MACAROON).strip()
    return hashlib.sha256(bare.encode()).hexdigest()


def scope(platform: Platform, header: str) -> Scope | None:
    """Return the scope of the token in an Authorization header; None if it is unrestricted."""
    if not platform.scopes:
        return None
    token = credential(header, unspaced=platform.behaviour.unspaced_tokens)
    return None if token is None else platform.scopes.get(fingerprint(token))


def accepts(platform: Platform, header: str, now: float) -> bool:
    """Return whether the service knows the token; any well-formed one, unless `tokens` is set."""
    token = credential(header, unspaced=platform.behaviour.unspaced_tokens)
    if token is None:
        return False
    limits = scope(platform, header)
    if limits is not None:
        return limits.kind != "revoked" and (limits.expires_at is None or now < limits.expires_at)
    if platform.tokens is None:
        return True
    return any(token == known.removeprefix(_MACAROON).strip() for known in platform.tokens)


def require_scope(call: Call) -> None:
    """Refuse a request outside the token's scope with 403 (AU-6, AU-9)."""
    limits = scope(call.platform, call.request.authorization)
    if limits is not None and not _permits(limits, call):
        raise errors.unauthorized(call.error_key)


def _permits(limits: Scope, call: Call) -> bool:
    if call.operation in _OF_NOBODY:
        return True
    app_name = call.params.get("app_name")
    if limits.kind in {"deploy", "exec"}:
        of_app = call.operation not in _OF_AN_ORG and app_name in {None, limits.app}
        return of_app and (limits.kind == "deploy" or call.operation == "Machines_exec")
    if limits.kind == "readonly" and call.request.method != "GET":
        return False
    app = call.world.apps.get(app_name or "")
    if app is not None:
        return app.org == limits.org
    named = call.params.get("org_slug") or call.query("org_slug")
    if call.operation == "Apps_create":
        named = str(call.body("main.createAppRequest").get("org_slug"))
    return named in {"", limits.org}
