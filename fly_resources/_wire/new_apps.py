"""Apps that this client has just created: the service may not know them everywhere yet (AP-12)."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources._wire.bodies import content_of

if TYPE_CHECKING:
    import httpx

    from fly_resources._engine.clock import Clock
    from fly_resources._wire.operations import Target

#: How long a new app may stay invisible, in seconds (AP-12).
UNSEEN_S: Final = 60.0
_LONGEST_PAUSE_S: Final = 8.0
CREATION: Final = "Apps_create"
#: Set on a 401 or 404 from a new app that goes back to the caller, who looks before sending again.
DENIED: Final = "fly_denied"
#: A name that is taken and cannot be read yet belongs to an app that is being made now (AP-6, AP-7).
_REFUSED: Final = frozenset({409, 422})
_TAKEN: Final = re.compile(r"already been taken|name_taken|uniqueness", re.IGNORECASE)
_NO_APP: Final = re.compile(
    r"could not find app|\bapp\b.{0,80}(not found|does not exist)|no such app", re.IGNORECASE
)
#: A 404 about one of these, or about the route, says nothing about the app.
_OTHER: Final = re.compile(
    r"machine|volume|snapshot|secret|certificate|hostname|address|assignment|lease|network|organi[sz]ation|"
    r"metadata|polic|image|version|page not found",
    re.IGNORECASE,
)


@attrs.define
class _NewApp:
    """When an app was asked for and made, and whether it was visible since."""

    asked: float
    made: float | None = None
    is_seen: bool = False

    @property
    def since(self) -> float:
        """Return when its first minute began."""
        return self.asked if self.made is None else self.made


class NewApps:
    """Remember the apps of the last minute, and tell an answer about an unseen app from a real absence.

    An app counts as new for `UNSEEN_S` after it was made through this client; or, where the answer was lost
    or the name is taken, after this client asked for it. Deleting it ends that.
    """

    def __init__(self, clock: Clock) -> None:
        """Take the time from `clock`."""
        self._clock = clock
        self._apps: dict[str, _NewApp] = {}

    def note_request(self, target: Target | None, request: httpx.Request) -> None:
        """Record which app is requested: the response may get lost."""
        if target is not None and target.operation.id == CREATION and (name := asked_name(request)):
            for old in [each for each, app in self._apps.items() if self._is_over(app.asked)]:
                self._apps.pop(old, None)
            now = self._clock.now()
            self._apps.setdefault(name, _NewApp(now)).asked = now

    def note_response(self, target: Target | None, request: httpx.Request, response: httpx.Response) -> None:
        """Learn from an answer which apps are new, seen, or gone."""
        if target is None or not self._apps:
            return
        is_creation = target.operation.id == CREATION
        name = asked_name(request) if is_creation else target.parameters.get("app_name", "")
        app = self._apps.get(name)
        if app is None:
            return
        if is_creation:
            if response.is_success or _is_taken(response):
                app.made = self._clock.now()
        elif response.is_success and target.operation.id == "Apps_delete":
            self._apps.pop(name, None)
        elif response.is_success:
            app.made, app.is_seen = app.since, True

    def pause(
        self, target: Target | None, request: httpx.Request, response: httpx.Response, repeated: int
    ) -> float | None:
        """Return the seconds to wait before the request is sent again; None if the answer stands."""
        app = self._apps.get(target.parameters.get("app_name", "")) if target else None
        if target is None or app is None or self._is_over(app.since):
            return None
        is_absent = response.status_code == HTTPStatus.NOT_FOUND and app.made is not None
        if response.status_code != HTTPStatus.UNAUTHORIZED and not (
            is_absent and _is_about_app(app, target, response.text)
        ):
            return None
        if request.extensions.get("fly_refusals") == 0:
            response.extensions[DENIED] = True
            return None
        return min(0.5 * 2.0 ** min(repeated, 8), _LONGEST_PAUSE_S)

    def _is_over(self, since: float) -> bool:
        return self._clock.now() >= since + UNSEEN_S


def _is_about_app(app: _NewApp, target: Target, text: str) -> bool:
    """Return whether a 404 is about the app; an unclear one is until the app has been seen."""
    if _NO_APP.search(text):
        return True
    if _OTHER.search(text):
        return False
    return not app.is_seen or target.parameters.keys() == {"app_name"}


def asked_name(request: httpx.Request) -> str:
    """Return the name of the app that a request creates (AP-1); "" if its body names none."""
    try:
        body: Any = json.loads(content_of(request))
    except (ValueError, RecursionError):
        return ""
    fields = body if isinstance(body, dict) else {}
    name = fields.get("name") or fields.get("app_name")
    return name if isinstance(name, str) else ""


def _is_taken(response: httpx.Response) -> bool:
    return response.status_code in _REFUSED and _TAKEN.search(response.text) is not None
