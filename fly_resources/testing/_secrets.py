"""Secrets of an app: stored, and compared by digest (SE-1 to SE-8)."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from fly_resources.testing import _errors as errors
from fly_resources.testing._call import as_object, as_text
from fly_resources.testing._state import App, Secret
from fly_resources.testing._wire import Answer, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._call import Call
    from fly_resources.testing._wire import Json

#: How far the clock is behind that `secret_times` speaks of.
_BEHIND_S = 5.0
_DIGEST_LENGTH = 16


def index(call: Call) -> Answer:
    """Secrets_list: includes values only with `show_secrets` (SE-1)."""
    app = read(call)
    values = call.flag("show_secrets")
    shown: list[Json] = [_render(call, app.secrets[name], values=values) for name in sorted(app.secrets)]
    return json_answer({"secrets": shown})


def show(call: Call) -> Answer:
    """Secret_get."""
    secret = read(call).secrets.get(call.params["secret_name"])
    if secret is None:
        raise _not_found()
    return json_answer(_render(call, secret, values=call.flag("show_secrets")))


def update(call: Call) -> Answer:
    """Secrets_update: sets and, for null, deletes many at once; returns the ones set (SE-3)."""
    app = call.app()
    values = as_object(call.body("main.updateSecretsRequest").get("values") or {}, "map[string]*string")
    wanted = {name: None if value is None else as_text(value, "string") for name, value in values.items()}
    kept = {name: value for name, value in wanted.items() if value is not None}
    removed = [name for name, value in wanted.items() if value is None and name in app.secrets]
    for name in removed:
        del app.secrets[name]
    for name, value in kept.items():
        _set(call, app, name, value)
    if kept or removed:
        app.secrets_version += 1
    shown: list[Json] = [_render(call, app.secrets[name], values=False) for name in kept]
    return json_answer({"secrets": shown, **version(app)})


def create(call: Call) -> Answer:
    """Secret_create: 201 (SE-2)."""
    app = call.app()
    name = call.params["secret_name"]
    secret = _set(call, app, name, as_text(call.body("main.setSecretRequest").get("value"), "string"))
    app.secrets_version += 1
    return json_answer({**_render(call, secret, values=False), **version(app)}, 201)


def delete(call: Call) -> Answer:
    """Secret_delete: 404 if absent (SE-4)."""
    app = call.app()
    if app.secrets.pop(call.params["secret_name"], None) is None:
        raise _not_found()
    app.secrets_version += 1
    return json_answer(version(app))


def _not_found() -> errors.Refusal:
    return errors.refusal(404, "secret not found")  # SE-4; the text is not recorded


def read(call: Call) -> App:
    """Return the app; a version that does not exist yet is rejected (SE-6; the text is not recorded)."""
    app = call.app()
    name = call.platform.behaviour.secrets_version_parameter
    names = ("version", "min_version") if name == "both" else (name,)
    wanted = max(call.number(each, 0) for each in names)
    if wanted > app.secrets_version:
        raise errors.daemon("failed_precondition", f"secrets version {wanted} is not available")
    return app


def _set(call: Call, app: App, name: str, value: str) -> Secret:
    key = call.platform.secret_key
    digest = hmac.new(key, value.encode(), hashlib.sha256).hexdigest()[:_DIGEST_LENGTH]
    old = app.secrets.get(name)
    secret = Secret(name, value, digest, call.now if old is None else old.created_at, call.now)
    app.secrets[name] = secret
    return secret


def _render(call: Call, secret: Secret, *, values: bool) -> dict[str, Json]:
    wall, times = call.platform.wall, call.platform.behaviour.secret_times
    shown: dict[str, Json] = {"name": secret.name, "digest": secret.digest}
    if times != "missing":
        late = _BEHIND_S if times == "behind" else 0.0
        shown["created_at"] = wall.seconds(secret.created_at - late)
        shown["updated_at"] = wall.seconds(secret.updated_at - late)
    if values and secret.value is not None:
        shown["value"] = secret.value
    return shown


def version(app: App) -> dict[str, Json]:
    """Return the version under both of its names (SE-2)."""
    return {"version": app.secrets_version, "Version": app.secrets_version}
