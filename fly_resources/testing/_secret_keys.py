"""Secret keys: set, generate, list, delete (SK-1, SK-2).

They are not used for computation: encryption, signatures and the public half of a pair are not modelled.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from fly_resources.testing import _errors as errors
from fly_resources.testing._call import as_text
from fly_resources.testing._secrets import read, version
from fly_resources.testing._state import App, SecretKey
from fly_resources.testing._wire import Answer, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._call import Call
    from fly_resources.testing._wire import Json, JsonObject

_TYPES = frozenset(
    {
        "es256",
        "hs256",
        "hs384",
        "hs512",
        "xaes256gcm",
        "nacl_auth",
        "nacl_box",
        "nacl_secretbox",
        "nacl_sign",
    }
)


def index(call: Call) -> Answer:
    """Secretkeys_list; `types` may be repeated or contain a comma-separated list."""
    wanted = {part for value in call.request.query.get("types", []) for part in value.split(",") if part}
    keys = sorted(read(call).secret_keys.items())
    return json_answer(
        {"secret_keys": [_shown(call, key) for _, key in keys if not wanted or key.type in wanted]}
    )


def show(call: Call) -> Answer:
    """Secretkey_get."""
    key = read(call).secret_keys.get(call.params["secret_name"])
    if key is None:
        raise _not_found()
    return json_answer(_shown(call, key))


def put(call: Call) -> Answer:
    """Secretkey_set: the value is base64 (SK-3). It is not stored."""
    body = call.body("main.setSecretkeyRequest")
    value = as_text(body.get("value"), "[]byte")
    if not value:
        raise errors.daemon("invalid_argument", "value is required")  # the text is not recorded
    try:
        base64.b64decode(value, validate=True)
    except ValueError:  # also for non-ASCII text
        raise errors.refusal(400, "illegal base64 data") from None
    return _keep(call, call.app(), body)


def generate(call: Call) -> Answer:
    """Secretkey_generate."""
    return _keep(call, call.app(), call.body("main.setSecretkeyRequest"))


def delete(call: Call) -> Answer:
    """Secretkey_delete."""
    app = call.app()
    if app.secret_keys.pop(call.params["secret_name"], None) is None:
        raise _not_found()
    app.secrets_version += 1
    return json_answer({"version": app.secrets_version})


def _keep(call: Call, app: App, body: JsonObject) -> Answer:
    kind = as_text(body.get("type"), "string")
    if kind not in _TYPES:
        raise errors.daemon(
            "invalid_argument", f"invalid secret key type '{kind}'"
        )  # the text is not recorded
    name = call.params["secret_name"]
    old = app.secret_keys.get(name)
    key = SecretKey(name, kind, call.now if old is None else old.created_at, call.now)
    app.secret_keys[name] = key
    app.secrets_version += 1
    return json_answer({**_shown(call, key), **version(app)}, 201)


def _shown(call: Call, key: SecretKey) -> dict[str, Json]:
    wall = call.platform.wall
    return {
        "name": key.name,
        "type": key.type,
        "created_at": wall.seconds(key.created_at),
        "updated_at": wall.seconds(key.updated_at),
    }


def _not_found() -> errors.Refusal:
    return errors.refusal(404, "secret key not found")  # the text is not recorded
