"""State of the simulated service outside the apps: regions, timings, and behaviour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from fly_resources.testing._behaviour import Behaviour
from fly_resources.testing._regions import REGIONS, Region

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from fly_resources.testing._ids import Ids
    from fly_resources.testing._programs import ExecResult, Program
    from fly_resources.testing._wall import Wall
    from fly_resources.testing._wire import JsonObject

#: How an image behaves: `missing` cannot be pulled (MA-24), `unknown` has a tag that the registry does not
#: know yet (MA-41), `launch_fails` never starts, `crashes` exits right after its start, `unhealthy` runs but
#: its checks never pass, `update_fails` makes an update to it fail and be given up (LC-37).
ImageBehaviour: TypeAlias = Literal[
    "missing", "unknown", "launch_fails", "crashes", "unhealthy", "update_fails"
]

#: Token scopes. `deploy`: everything in one app. `exec`: commands in the machines of one app.
#: `org`: everything in one organisation. `readonly`: reads in one organisation. `revoked`: nothing, 401.
TokenKind: TypeAlias = Literal["deploy", "exec", "org", "readonly", "revoked"]


@attrs.frozen
class Scope:
    """The scope of one token; the token answers 401 from `expires_at` on."""

    kind: TokenKind
    app: str | None = None
    org: str | None = None
    expires_at: float | None = None


@attrs.frozen(kw_only=True)
class Timings:
    """The durations of the service's transitions, in seconds."""

    launch: float = 0.0
    """created -> starting: the image is fetched and unpacked."""
    boot: float = 0.0
    """starting -> started."""
    stop: float = 0.0
    suspend: float = 0.0
    resume: float = 0.0
    replace: float = 0.0
    """replacing -> starting, at an update."""
    destroy: float = 0.0
    release: float = 0.0
    """How long a volume stays bound after its machine is gone (VO-15)."""
    checks: float = 0.0
    """started -> checks passing."""
    crash: float = 0.0
    """started -> exit, for an image that crashes."""
    job: float = 0.0
    """started -> exit, for a machine with a schedule (LC-40)."""
    volume: float = 0.0
    """restoring or hydrating -> created, and scheduling_destroy -> pending_destroy."""
    snapshot: float = 0.0


INSTANT = Timings()

#: LC-4, VO-15 and RR#86; if several were measured, a value within their range.
TYPICAL = Timings(
    launch=1.8,
    boot=1.0,
    stop=1.5,
    suspend=1.0,
    resume=0.4,
    replace=3.5,
    destroy=2.0,
    release=5.0,
    checks=3.0,
    crash=1.0,
    job=2.0,
    volume=10.0,
    snapshot=10.0,
)


def _succeed(_command: list[str]) -> ExecResult:
    return 0, "", ""


def _only_init(_machine_name: str) -> list[JsonObject]:
    process: JsonObject = {
        "pid": 1,
        "stime": 0,
        "rtime": 0,
        "command": "init",
        "directory": "/",
        "cpu": 0,
        "rss": 0,
        "listen_sockets": [],
    }
    return [process]


@attrs.define(kw_only=True)
class Platform:
    """Settings that requests do not change, except for tokens created by the service."""

    wall: Wall
    ids: Ids
    timings: Timings
    secret_key: bytes = attrs.field(repr=False)
    behaviour: Behaviour = attrs.field(factory=Behaviour)
    nearest: str = "iad"
    regions: dict[str, Region] = attrs.Factory(lambda: dict(REGIONS))
    full_regions: set[str] = attrs.Factory(set)
    images: dict[str, ImageBehaviour | Program] = attrs.Factory(dict)
    #: Whether any machine ever had a schedule: if not, the search for due ones is skipped.
    schedules: bool = False
    orgs: dict[str, str] = attrs.Factory(lambda: {"personal": "Personal"})
    dns: set[str] = attrs.Factory(set)
    #: Hostnames in `dns` whose `_acme-challenge` record is missing (CE-13).
    dns_without_challenge: set[str] = attrs.Factory(set)
    on_exec: Callable[[list[str]], ExecResult] = _succeed
    on_processes: Callable[[str], list[JsonObject]] = _only_init
    tokens: Collection[str] | None = attrs.field(default=None, repr=False)
    #: Fingerprints of restricted tokens, and the scope of each (AU-9).
    scopes: dict[str, Scope] = attrs.field(factory=dict, repr=False)

    def image_kind(self, image: str) -> ImageBehaviour | None:
        """Return how an image misbehaves, or None; a digest after the tag is ignored (MA-43)."""
        found = self._image(image)
        if found is None or isinstance(found, str):
            return found
        return None if found.healthy else "unhealthy"

    def program(self, image: str, command: str = "") -> Program | None:
        """Return the program described for an image and this command, else for the image, else None."""
        found = (self._image(image, f" {command}") if command else None) or self._image(image)
        return None if isinstance(found, str) else found

    def _image(self, image: str, command: str = "") -> ImageBehaviour | Program | None:
        return self.images.get(image + command) or self.images.get(image.partition("@")[0] + command)
