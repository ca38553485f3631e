"""A request as its handler sees it: its parameters, and the world that answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from fly_resources.testing import _errors as errors
from fly_resources.testing import _lifecycle as lifecycle
from fly_resources.testing._bounds import trim
from fly_resources.testing._go_texts import find_wrong, kind_of
from fly_resources.testing._wire import decode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_resources.testing._errors import ErrorKey
    from fly_resources.testing._platform import Platform
    from fly_resources.testing._state import App, Machine, Volume, World
    from fly_resources.testing._wire import Answer, Json, JsonObject, Request

_HEX = frozenset("0123456789abcdef")
_MACHINE_ID_LENGTHS = frozenset({14, 15})  # MA-4
_UNAUTHENTICATED = 401
_TRUE = frozenset({"1", "t", "T", "true", "TRUE", "True"})  # the values that Go's ParseBool reads as true


@attrs.frozen
class LeaseBlocks(Exception):  # noqa: N818 - not an error: the request waits (LE-7)
    """The request must wait until the lease of another holder has ended."""

    until: float


@attrs.define
class Call:
    """A request, its path parameters, and the world that answers it."""

    request: Request
    operation: str
    params: Mapping[str, str]
    world: World
    platform: Platform
    now: float
    #: The service's name for the requested body.
    go_type: str = ""

    @property
    def error_key(self) -> ErrorKey:
        """Return the key under which this route reports errors (PL-3, IP-8)."""
        return "message" if self.operation.startswith("App_IPAssignments") else "error"

    def query(self, name: str) -> str:
        """Return a query parameter, or ""."""
        values = self.request.query.get(name)
        return values[0] if values else ""

    def flag(self, name: str) -> bool:
        """Return a boolean query parameter."""
        return self.query(name) in _TRUE

    def number(self, name: str, default: int) -> int:
        """Return an integer query parameter."""
        text = self.query(name)
        if not text:
            return default
        try:
            return int(text)
        except ValueError:
            raise errors.daemon("invalid_argument", f'parsing "{text}": invalid syntax') from None

    def body(self, go_type: str, *, needed: bool = True) -> JsonObject:
        """Return the JSON object in the body (ER-5)."""
        self.go_type = go_type
        if not self.request.body:
            if needed:
                raise errors.end_of_body()
            return {}
        try:
            value = decode(self.request.body)
        except ValueError as unreadable:
            raise errors.bad_json(str(unreadable)) from None
        return as_object(value, go_type)

    def spoken(self, refusal: errors.Refusal) -> Answer:
        """Return the service's error response; for a field of the wrong type, it names the field (ER-5)."""
        if isinstance(refusal, errors.WrongKind) and (
            place := find_wrong(decode(self.request.body), self.go_type)
        ):
            refusal = errors.wrong_kind(place)
        return refusal.spoken(self.platform.behaviour)

    def app(self) -> App:
        """Return the app in the path: 404 if missing, 403 if another organisation's (AP-10..12, ER-7)."""
        name = self.params["app_name"]
        app = self.world.apps.get(name)
        if app is None:
            raise self._no_app(name)
        behaviour = self.platform.behaviour
        if (
            behaviour.app_unseen_s
            and self.request.method == "GET"
            and self.now < app.created_at + behaviour.app_unseen_s
        ):
            if behaviour.app_unseen_status == _UNAUTHENTICATED:
                raise errors.Refusal(errors.unauthenticated(self.operation))
            raise errors.app_not_found(self.error_key)
        return app

    def _no_app(self, name: str) -> errors.Refusal:
        behaviour = self.platform.behaviour
        if name in self.world.foreign:
            if behaviour.foreign_app_status == _UNAUTHENTICATED:
                return errors.Refusal(errors.unauthenticated(self.operation))
            return errors.unauthorized(self.error_key)
        deleted_at = self.world.deleted.get(name)
        if (
            deleted_at is not None
            and self.request.method != "GET"
            and self.now < deleted_at + behaviour.deleted_app_unclear_s
        ):
            return errors.app_gone()
        return errors.app_not_found(self.error_key)

    def machine(self) -> Machine:
        """Return the machine in the path as it is now (MA-31, LC-24)."""
        machine_id = self.params["machine_id"]
        machine = self.app().machines.get(machine_id)
        if machine is None:
            if len(machine_id) not in _MACHINE_ID_LENGTHS or not _HEX.issuperset(machine_id):
                raise errors.machine_id_invalid(machine_id)
            raise errors.machine_not_found()
        lifecycle.advance(machine, self.now)
        gone_at = machine.destroyed_at
        if gone_at is not None and self.now >= gone_at + self.platform.behaviour.destroyed_visible_s:
            raise errors.machine_not_found()
        return machine

    def machine_to_change(
        self, *, blocks: bool = False, gone: bool = False, unleased: bool = False
    ) -> Machine:
        """Return a copy of the machine in the path for a handler to change and then `save`.

        Another holder's lease causes an error (LE-7); with `blocks` the request may wait instead, and with
        `unleased` leases are ignored. A destroyed machine, or one being destroyed, is not found unless `gone`
        allows it (LC-20).
        """
        machine = self.machine()
        if machine.gone and not gone:
            raise errors.machine_not_found()
        lease = None if unleased else machine.lease
        if lease is not None and lease.expires_at > self.now and lease.nonce != self.request.lease_nonce:
            if blocks and self.platform.behaviour.blocking_leases:
                raise LeaseBlocks(lease.expires_at)
            expires = self.platform.wall.seconds(lease.expires_at)
            is_lease_call = self.operation == "Machines_create_lease"
            raise errors.lease_held(machine.id, lease.owner, expires, is_lease_call=is_lease_call)
        if machine.host_status != "ok" and not gone:
            raise errors.host_lost()
        return machine.fork()

    def require_started(self, machine: Machine) -> None:
        """Refuse an operation that needs a running machine (LC-31; the text is not recorded)."""
        if machine.state != "started":
            raise errors.daemon(
                "failed_precondition", f"machine not started, current state: '{machine.state}'"
            )

    def save(self, machine: Machine) -> None:
        """Replace the original machine with its changed copy."""
        trim(machine.events)
        trim(machine.versions)
        machine.updated_at = self.now
        self.app().machines[machine.id] = machine

    def volume(self) -> Volume:
        """Return the volume in the path (VO-9)."""
        volume = self.app().volumes.get(self.params["volume_id"])
        if volume is None:
            raise errors.volume_not_found()
        return volume


def as_object(value: Json, go_type: str) -> JsonObject:
    """Return `value` if it is a JSON object, or report an error as Go does (ER-5)."""
    if isinstance(value, dict):
        return value
    raise errors.unmarshal(kind_of(value), go_type)


def as_text(value: Json, go_type: str) -> str:
    """Return `value` if it is a string (null: ""), or report an error as Go does."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    raise errors.unmarshal(kind_of(value), go_type)


def as_int(value: Json, go_type: str, default: int = 0) -> int:
    """Return `value` if it is an integer (null: the default), or report an error as Go does."""
    if value is None:
        return default
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise errors.unmarshal(kind_of(value), go_type)


def as_bool(value: Json, go_type: str, *, default: bool = False) -> bool:
    """Return `value` if it is a boolean (null: the default), or report an error as Go does."""
    if value is None:
        return default
    if isinstance(value, bool):
        return value
    raise errors.unmarshal(kind_of(value), go_type)


def as_list(value: Json, go_type: str) -> list[Json]:
    """Return `value` if it is an array (null: the empty one), or report an error as Go does."""
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise errors.unmarshal(kind_of(value), go_type)
