"""What others do to the app while a call of ours is under way, between two of its requests."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources import Machine, Volume, errors
from fly_resources.testing._wire import Request
from tests.beliefs.looks import MARKS, THEIRS, look
from tests.sweep.scenarios import APP

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fly_resources.testing import FlySimulator
    from fly_resources.testing._wire import Answer
    from tests.sweep.scenarios import Scenario

Rows = dict[str, dict[str, Any]]
#: How long another tool holds a lease.
_LEASE_S: Final = 20
SETTLED: Final = frozenset({"started", "stopped", "suspended"})
#: The owner that takes a machine over.
OTHER_OWNER: Final = "other"
_NOTHING: Final[dict[str, Any]] = {}


class Visit:
    """Requests of somebody else that take no time, and whatever else happens at that moment."""

    def __init__(self, sim: FlySimulator, scenario: Scenario) -> None:
        self.sim = sim
        self.scenario = scenario

    def send(self, method: str, path: str, body: object = None) -> Answer:
        """Send a request, which may be refused."""
        service: Any = self.sim._service  # noqa: SLF001  # it must neither wait nor meet our trouble
        latency, faults, ours = service.latency, service.faults, list(service.requests)
        service.latency, service.faults = 0.0, type(faults)()
        content = b"" if body is None else json.dumps(body).encode()
        exchange = service.exchange(Request.parse(method, f"/v1{path}", "Bearer stranger", "", content), None)
        try:
            while True:
                assert next(exchange) <= 0.0, "what happens between two requests takes no time"
        except StopIteration as done:
            answer: Answer = done.value.answer
            return answer
        finally:
            service.latency, service.faults = latency, faults
            service.requests[:] = ours  # what others have sent is not for us to answer for

    def rows(self, kind: str) -> Rows:
        """Return what of a kind is ours and there to stay, by id."""
        answer = self.send("GET", f"/apps/{APP}/{kind}?include_leases=true")
        rows: list[dict[str, Any]] = json.loads(answer.content) if answer.status == 200 else []
        gone = {"destroyed", "destroying", "pending_destroy", "scheduling_destroy"}
        return {row["id"]: row for row in rows if row["name"] != THEIRS and row["state"] not in gone}

    def named(self, kind: type[Machine | Volume]) -> list[Any]:
        """Return the nouns of one kind that the call names."""
        return [noun for noun in self.scenario.call.nouns if isinstance(noun, kind)]


def _update(visit: Visit) -> None:
    for id, row in visit.rows("machines").items():
        config = {**row["config"], "env": {**(row["config"].get("env") or {}), MARKS[0]: "1"}}
        visit.send("POST", f"/apps/{APP}/machines/{id}", {"config": config})


def _recreate(visit: Visit) -> None:
    for id, row in list(visit.rows("machines").items())[:1]:
        if visit.send("DELETE", f"/apps/{APP}/machines/{id}?force=true").status == 200:
            body = {"name": row["name"], "region": row["region"], "config": row["config"]}
            visit.send("POST", f"/apps/{APP}/machines", body)


def _deploy(visit: Visit) -> None:
    settled = [row for row in visit.rows("machines").values() if row["state"] in SETTLED]
    free = [row["name"] for row in settled if not row.get("lease")]
    if free:
        visit.sim.deploy(APP, "deployed:1", *free)


def _lease(visit: Visit) -> None:
    for id in visit.rows("machines"):
        visit.send("POST", f"/apps/{APP}/machines/{id}/lease", {"ttl": _LEASE_S})


def _lose_host(visit: Visit) -> None:
    for row in list(visit.rows("machines").values())[:1]:
        visit.sim.set_host_status(APP, row["name"], "unreachable")


def _find_host(visit: Visit) -> None:
    for machine in look(visit.sim).machines:  # one that is on its way out is waited for
        visit.sim.set_host_status(APP, machine.id, "ok")


def _move(visit: Visit) -> None:
    for row in visit.rows("machines").values():
        if row["state"] in SETTLED and row["config"].get("mounts"):
            visit.sim.migrate_machine(APP, row["name"])


def _clone(visit: Visit) -> None:
    for row in list(visit.rows("machines").values())[:1]:
        with contextlib.suppress(ValueError):
            visit.sim.clone_machine(APP, row["name"], "copy")


def _take_over(visit: Visit) -> None:
    for id in visit.rows("machines"):
        path = f"/apps/{APP}/machines/{id}/metadata/fly_resources.owner"
        visit.send("POST", path, {"value": OTHER_OWNER})


def _make_machine(visit: Visit) -> None:
    there = {row["name"] for row in visit.rows("machines").values()}
    for noun in visit.named(Machine):
        if noun.name not in there:
            body = {"name": noun.name, "region": "iad", "config": {"image": "other:1"}}
            visit.send("POST", f"/apps/{APP}/machines", body)
            return


def _make_volume(visit: Visit) -> None:
    for noun in visit.named(Volume)[:1]:
        body = {"name": noun.name, "region": "iad", "size_gb": 1, "encrypted": False}
        visit.send("POST", f"/apps/{APP}/volumes", body)


def _make_own_volume(visit: Visit) -> None:
    visit.send("POST", f"/apps/{APP}/volumes", {"name": "more", "region": "iad", "size_gb": 7})


def _delete_volume(visit: Visit) -> None:
    for id in visit.rows("volumes"):
        visit.send("DELETE", f"/apps/{APP}/volumes/{id}")


def _extend_volume(visit: Visit) -> None:
    for id, row in visit.rows("volumes").items():
        visit.send("PUT", f"/apps/{APP}/volumes/{id}/extend", {"size_gb": row["size_gb"] + 30})


def _attach(visit: Visit) -> None:
    for id, row in visit.rows("volumes").items():
        if not row.get("attached_machine_id"):
            config = {"image": "holder:1", "mounts": [{"path": "/held", "volume": id}]}
            body = {"name": f"holder-{row['name']}", "region": row["region"], "config": config}
            visit.send("POST", f"/apps/{APP}/machines", body)


def _detach(visit: Visit) -> None:
    for id, row in visit.rows("machines").items():
        if row["name"].startswith("holder-"):
            visit.send("DELETE", f"/apps/{APP}/machines/{id}?force=true")


def _unset(visit: Visit) -> None:
    answer = visit.send("GET", f"/apps/{APP}/secrets")
    for row in json.loads(answer.content).get("secrets", []) if answer.status == 200 else []:
        if row["name"] != MARKS[0]:
            visit.send("DELETE", f"/apps/{APP}/secrets/{row['name']}")


def _delete_app(visit: Visit) -> None:
    visit.send("DELETE", f"/apps/{APP}?force=true")


def _make_app_anew(visit: Visit) -> None:
    if visit.send("GET", f"/apps/{APP}").status == 200:
        _delete_app(visit)
        visit.send("POST", "/apps", {"name": APP, "org_slug": "personal"})


def leave(visit: Visit) -> None:
    """Nothing has to be undone."""


def _delete_surplus(visit: Visit) -> None:
    """Delete the volumes that are not encrypted, which nobody else makes here."""
    for id, row in visit.rows("volumes").items():
        if not row["encrypted"]:
            visit.send("DELETE", f"/apps/{APP}/volumes/{id}")


@attrs.frozen
class Stranger:
    """Somebody else.

    Attributes:
        act: What is done.
        stops: Errors that the run after that may end with: what is described cannot be had any more.
        undo: What is done to have it again.
        options: With which the call goes on then.
    """

    act: Callable[[Visit], object]
    stops: tuple[type[errors.FlyError], ...] = ()
    undo: Callable[[Visit], object] = leave
    options: Mapping[str, Any] = _NOTHING


_REPLACE: Final = {"replace": "with_undeclared"}

STRANGERS: Final[dict[str, Stranger]] = {
    "updates machines": Stranger(_update, (errors.ImmutableFieldError,), options=_REPLACE),
    "makes a machine anew": Stranger(_recreate, (errors.ReconcileError,)),
    "deploys": Stranger(
        _deploy,
        (errors.NotOwnedError, errors.ImmutableFieldError),
        options={"take_over": True, **_REPLACE},
    ),
    "takes leases": Stranger(_lease),
    "loses a host": Stranger(_lose_host, (errors.FlyError,), _find_host),
    "moves machines": Stranger(_move),
    "clones a machine": Stranger(_clone, (errors.NotOwnedError,)),
    "takes machines over": Stranger(_take_over),
    "makes a machine of our name": Stranger(_make_machine, (errors.ImmutableFieldError,), options=_REPLACE),
    "makes a volume of our name": Stranger(_make_volume, (errors.ReconcileError,), _delete_surplus),
    "makes a volume": Stranger(_make_own_volume, (errors.NotOwnedError,)),
    "deletes volumes": Stranger(_delete_volume, (errors.VolumeLostError,)),
    "extends volumes": Stranger(_extend_volume),
    "attaches volumes": Stranger(_attach, (errors.FlyError,), _detach),
    "unsets secrets": Stranger(_unset),
    "deletes the app": Stranger(_delete_app),
    "makes the app anew": Stranger(_make_app_anew),
}
