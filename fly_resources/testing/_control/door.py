"""The responses of the control API: JSON, an OpenAPI document, and the web page."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import parse_qs, urlsplit

from fly_resources.testing._control.openapi import document
from fly_resources.testing._control.routes import ROUTES, Asked
from fly_resources.testing._hosts import is_loopback
from fly_resources.testing._wire import HTML_TYPE, Answer, encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources.testing._simulator import FlySimulator
    from fly_resources.testing._wire import Json

PREFIX: Final = "/_simulator/"
_FILES: Final = {
    "": ("page.html", HTML_TYPE),
    "page.js": ("page.js", "text/javascript; charset=utf-8"),
    "page.css": ("page.css", "text/css; charset=utf-8"),
}
#: The page runs only its own script and style, and sends requests only to the simulator.
_POLICY: Final = (
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:",
    ),
    ("x-content-type-options", "nosniff"),
    ("cache-control", "no-store"),
)


class Control:
    """The control API of one simulator."""

    def __init__(self, simulator: FlySimulator) -> None:
        """Control `simulator`."""
        self._simulator = simulator

    def answer(self, method: str, target: str, body: bytes, origin: str | None) -> Answer:
        """Answer a request whose path begins with `PREFIX`, or is `PREFIX` without its last slash."""
        path, _, query = target.partition("?")
        if origin is not None and not is_loopback(urlsplit(origin).netloc):
            return _refused(403, f"a page of {origin[:100]!r} must not control this simulator")
        name = path.removeprefix(PREFIX.rstrip("/")).removeprefix("/")
        if name in _FILES and method == "GET":
            return _file(*_FILES[name])
        if name == "openapi.json" and method == "GET":
            return _json(document(PREFIX))
        acts = {route.method: route.act for route in ROUTES if route.path == name}
        if method not in acts:
            paths = sorted({route.path for route in ROUTES})
            known = f"{name} takes {', '.join(acts)}" if acts else f"the paths are {', '.join(paths)}"
            return _refused(405 if acts else 404, f"no {method} {path}: {known}; see {PREFIX}openapi.json")
        return self._act(acts[method], query, body)

    def _act(self, act: Callable[[Asked], object], query: str, body: bytes) -> Answer:
        try:
            given = json.loads(body, parse_constant=_refuse_constant) if body else None
            return _json(act(Asked(self._simulator, parse_qs(query), given)))
        except LookupError as missing:
            return _refused(404, str(missing))
        except (ValueError, TypeError, RecursionError, OverflowError) as wrong:
            return _refused(400, str(wrong) or type(wrong).__name__)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _json(value: object) -> Answer:
    return Answer(200, encode(cast("Json", value)), headers=_POLICY)


def _refused(status: int, text: str) -> Answer:
    return Answer(status, encode({"error": text}), headers=_POLICY)


def _file(name: str, kind: str) -> Answer:
    content = resources.files("fly_resources.testing").joinpath("_page", name).read_bytes()
    return Answer(200, content, kind, headers=_POLICY)
