"""Apps that this client has just created: the service may not know them everywhere yet (AP-12)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import httpx

    from fly_resources._engine.clock import Clock
    from fly_resources._wire.operations import Target

#: How long a new app may stay invisible, in seconds (AP-12).
UNSEEN_S: Final = 60.0
_LONGEST_PAUSE_S: Final = 8.0
#: Statuses of an app that is not visible yet.
_UNAUTHENTICATED: Final = 401
_NOT_FOUND: Final = 404
#: Set on such an answer if it comes back, because whoever asked looks before it is sent again.
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


class NewApps:
    """Remember the apps of the last minute, and tell an answer about an unseen app from a real absence.

    An app counts as new for `UNSEEN_S` after it was made through this client; or, where the answer was lost
    or the name is taken, after this client asked for it. Deleting it ends that.
    """

    def __init__(self, clock: Clock) -> None:
        """Take the time from `clock`."""
        self._clock = clock
        self._asked: dict[str, float] = {}
        self._made: dict[str, float] = {}
        self._seen: set[str] = set()

    def note_request(self, target: Target | None, content: bytes) -> None:
        """Record which app is requested: the response may get lost."""
        if target is not None and target.operation.id == "Apps_create" and (name := _asked_name(content)):
            for old in [each for each, asked in self._asked.items() if self._is_over(asked)]:
                self._forget(old)
            self._asked[name] = self._clock.now()

    def note_response(self, target: Target | None, content: bytes, response: httpx.Response) -> None:
        """Learn from an answer to the request with this `content` which apps are new, seen, or gone."""
        if target is None:
            return
        if target.operation.id == "Apps_create":
            name = _asked_name(content)
            if name and (response.is_success or _is_taken(response)):
                self._made[name] = self._clock.now()
            return
        name = target.parameters.get("app_name", "")
        if name not in self._asked or not response.is_success:
            return
        if target.operation.id == "Apps_delete":
            self._forget(name)
        else:
            self._made.setdefault(name, self._asked[name])
            self._seen.add(name)

    def pause(
        self, target: Target | None, request: httpx.Request, response: httpx.Response, repeated: int
    ) -> float | None:
        """Return the seconds to wait before the request is sent again; None if the answer stands."""
        name = target.parameters.get("app_name", "") if target else ""
        asked = self._asked.get(name)
        if target is None or asked is None or self._is_over(self._made.get(name, asked)):
            return None
        is_absent = response.status_code == _NOT_FOUND and name in self._made
        if response.status_code != _UNAUTHENTICATED and not (
            is_absent and self._is_about_app(name, target, response.text)
        ):
            return None
        if request.extensions.get("fly_refusals") == 0:
            response.extensions[DENIED] = True
            return None
        return min(0.5 * 2.0 ** min(repeated, 8), _LONGEST_PAUSE_S)

    def _is_about_app(self, name: str, target: Target, text: str) -> bool:
        """Return whether a 404 is about the app; an unclear one is until the app has been seen."""
        if _NO_APP.search(text):
            return True
        if _OTHER.search(text):
            return False
        return name not in self._seen or target.parameters.keys() == {"app_name"}

    def _is_over(self, since: float) -> bool:
        return self._clock.now() >= since + UNSEEN_S

    def _forget(self, name: str) -> None:
        self._asked.pop(name, None)
        self._made.pop(name, None)
        self._seen.discard(name)


def _asked_name(content: bytes) -> str | None:
    """Return the name in the body of a request that creates an app (AP-1)."""
    try:
        body: Any = json.loads(content)
    except (ValueError, RecursionError):
        return None
    fields = body if isinstance(body, dict) else {}
    name = fields.get("name") or fields.get("app_name")
    return name if isinstance(name, str) else None


def _is_taken(response: httpx.Response) -> bool:
    return response.status_code in _REFUSED and _TAKEN.search(response.text) is not None
