"""Tests on Fly.io itself: unique names, no writes to other apps, and cleanup afterwards."""

from __future__ import annotations

import json
import re
import secrets
import time
from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources import App, Fly
from fly_resources._engine.clock import SystemClock
from fly_resources._wire.layers import Layer
from fly_resources.errors import ConfigurationError, FlyError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import httpx

    from fly_resources import Secret
    from fly_resources._engine.clock import Clock
    from fly_resources._wire.layers import Steps

#: The mark of machines created by the fixtures, wherever they run.
OWNER: Final = "fly-test"
_NAME: Final = re.compile(r"fly-test-(?P<began>[0-9a-f]{8})-[0-9a-f]{6}(-.+)?")
_OWNER_KEY: Final = "fly_resources.owner"
#: Operations whose method is a write method although they only read.
_ASKS: Final = ("POST", "/platform/placements")


@attrs.define
class LiveSession:
    """One run of tests on Fly.io: the apps that belong to it, and what it must destroy.

    Names contain the start time of the run, so that the age of leftovers of a crashed run is known.
    """

    token: Secret = attrs.field(repr=False)
    org: str
    prefix: str = attrs.field(factory=lambda: f"fly-test-{int(time.time()):08x}-{secrets.token_hex(3)}")
    clock: Clock = attrs.field(factory=SystemClock, repr=False)
    made: set[str] = attrs.field(factory=set, repr=False)
    _count: int = attrs.field(default=0, repr=False)

    def new_name(self) -> str:
        """Return a unique name for an app."""
        self._count += 1
        return f"{self.prefix}-{self._count}"

    def owns(self, app: str, prefix: str | None = None) -> bool:
        """Return whether an app is this session's; with `prefix`, whether its name is or extends that."""
        start = prefix or self.prefix
        return app == start or app.startswith(f"{start}-")

    def sweep(self, prefix: str | None = None) -> list[str]:
        """Destroy this session's apps, or those whose names begin with `prefix`, with their contents.

        Returns the names of the apps that existed.

        Raises:
            ExceptionGroup: Some could not be destroyed; it has a `FlyError` for each.
        """
        with self._client() as fly:
            listed = {app["name"] for app in self._listed(fly)}
            mine = {name for name in self.made | listed if self.owns(name, prefix)}
            return self._destroy(fly, sorted(mine))

    def sweep_leftovers(self, older_than_h: float) -> list[str]:
        """Destroy apps of runs that began more than `older_than_h` hours ago, in this organisation.

        An app that contains a machine with another owner's mark is kept.

        Raises:
            ExceptionGroup: Some could not be destroyed; it has a `FlyError` for each.
        """
        latest = time.time() - older_than_h * 3600
        with self._client() as fly:
            names = [app["name"] for app in self._listed(fly)]
            old = [name for name in names if (began := _began(name)) is not None and began < latest]
            return self._destroy(fly, sorted(name for name in old if self._is_ours(fly, name)))

    def _client(self) -> Fly:
        # Not guarded: the apps to destroy were chosen by name.
        return Fly(self.token, owner=OWNER, clock=self.clock)

    def _listed(self, fly: Fly) -> Iterable[dict[str, Any]]:
        answer: dict[str, Any] = fly.sdk.get_httpx_client().get("/apps", params={"org_slug": self.org}).json()
        listed: list[dict[str, Any]] = answer.get("apps") or []
        return listed

    def _is_ours(self, fly: Fly, app: str) -> bool:
        machines: list[dict[str, Any]] = fly.sdk.get_httpx_client().get(f"/apps/{app}/machines").json()
        marks = [((machine.get("config") or {}).get("metadata") or {}) for machine in machines]
        return all(mark.get(_OWNER_KEY, OWNER) == OWNER for mark in marks)

    def _destroy(self, fly: Fly, names: Iterable[str]) -> list[str]:
        gone: list[str] = []
        errors: list[FlyError] = []
        for name in names:
            try:
                report = fly.destroy(App(name), everything=True, force=True)
            except FlyError as error:
                errors.append(error)
                continue
            self.made.discard(name)
            gone += [name] if report.changed else []
        if errors:
            raise ExceptionGroup("Tests have left apps behind, which cost money. Destroy them.", errors)
        return gone


class GuardedTransport(Layer):
    """Sends reads, and writes to apps of a `LiveSession`; refuses everything else.

    A test written for the simulator may use any app name; on Fly.io that name may be in use.
    """

    def __init__(self, session: LiveSession, inner: httpx.BaseTransport | httpx.AsyncBaseTransport) -> None:
        """Send through `inner`."""
        super().__init__(inner)
        self._session = session

    def _steps(self, request: httpx.Request) -> Steps[httpx.Response]:
        yield request.read, request.aread
        self._check(request)
        response: httpx.Response = yield self._send(request)
        return response

    def _check(self, request: httpx.Request) -> None:
        path = request.url.path.removeprefix("/v1")
        if request.method in {"GET", "HEAD"} or (request.method, path) == _ASKS:
            return
        creates = path == "/apps"
        app = _named_in(request.content) if creates else _named_in_path(path)
        if app is None or not self._session.owns(app):
            raise ConfigurationError(
                f"{request.method} {path}"
                + (f" for app {app!r}" if creates else "")
                + (
                    " was not sent: with --fly-live, tests write only to apps whose name begins with "
                    f"{self._session.prefix!r}. Use the name from the fixture fly_app_name, with a suffix "
                    "such as -2 for further apps."
                )
            )
        if creates:
            self._session.made.add(app)


def _began(name: str) -> float | None:
    found = _NAME.fullmatch(name)
    return int(found["began"], 16) if found else None


def _named_in(content: bytes) -> str | None:
    body: object = json.loads(content or b"null")
    if not isinstance(body, dict):
        return None
    name = body.get("name", body.get("app_name"))
    return name if isinstance(name, str) else None


def _named_in_path(path: str) -> str | None:
    parts = path.split("/")
    return parts[2] if parts[:2] == ["", "apps"] else None
