"""The error responses of the service, each with the fact that records it.

Host daemon messages begin with a gRPC-style code, which determines the status (ER-3). If no text is recorded,
the docstring says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from fly_resources.testing._wire import TEXT_TYPE, Answer, Json, encode, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._behaviour import Behaviour

#: The key under which an upstream reports its errors (PL-3, ER-1).
ErrorKey: TypeAlias = Literal["error", "message"]

_GRPC_STATUS = {
    "invalid_argument": 400,
    "not_found": 404,
    "already_exists": 409,
    "aborted": 409,
    "failed_precondition": 412,
    "deadline_exceeded": 408,
}


class Refusal(Exception):  # noqa: N818 - it is an answer of the service on its way out, not an error of ours
    """The service refuses a request with `answer`."""

    def __init__(self, answer: Answer, without_code: str | None = None) -> None:
        """Carry `answer` out of the handler; `without_code` is the text of older servers (ER-4)."""
        super().__init__(answer.status, answer.content)
        self.answer = answer
        self._without_code = without_code

    def spoken(self, behaviour: Behaviour) -> Answer:
        """Return the response in the wording of the server that `behaviour` describes."""
        if behaviour.code_in_messages or self._without_code is None:
            return self.answer
        return json_answer({"error": self._without_code}, self.answer.status)


class WrongKind(Refusal):
    """A JSON value of the wrong type (ER-5)."""


def refusal(status: int, text: str, *, key: ErrorKey = "error", code: str | None = None) -> Refusal:
    """Build an error response `{"error": text}`; `code` is the machine-readable `status` (ER-1, ER-2)."""
    body: dict[str, Json] = {key: text}
    if code is not None:
        body["status"] = code
    return Refusal(json_answer(body, status))


def daemon(code: str, text: str) -> Refusal:
    """Build an error response in the host daemon's format: `code: text` (ER-3)."""
    return Refusal(json_answer({"error": f"{code}: {text}"}, _GRPC_STATUS[code]), text)


def route_miss() -> Answer:
    """Unknown path or method: text/plain, before authentication (PL-4)."""
    return Answer(404, b"404 page not found", TEXT_TYPE)


def not_modelled(operation: str) -> Answer:
    """Simulator only: the document has the operation, the simulator does not. Many clients retry a 501."""
    text = f"the simulator does not model {operation}: see docs/simulator-coverage.md of fly-resources"
    if operation == "Tokens_request_OIDC":
        return Answer(400, text.encode(), TEXT_TYPE)  # as the document says for this one
    return json_answer({"error": text}, 400)


def app_gone() -> Refusal:
    """An app that was deleted moments ago (ER-7)."""
    return refusal(400, "could not find app")


def unauthenticated(operation: str) -> Answer:
    """Missing, malformed or unknown token (AU-5, PL-3, HD-4)."""
    edge = operation.startswith(("App_Certificates", "App_IPAssignments"))
    body = {"message": "Unauthorized"} if edge else {"error": "Authenticate: token validation error"}
    return Answer(401, encode(body), headers=(("www-authenticate", 'Basic realm="api.machines.dev"'),))


def unauthorized(key: ErrorKey = "error") -> Refusal:
    """A valid token without the required scope, or an app of another organisation (AU-6, AP-11)."""
    return refusal(403, "unauthorized", key=key)


def rate_limited(retry_after_s: int | None) -> Answer:
    """Too many requests for one action and identifier (RL-2, RL-3)."""
    headers = () if retry_after_s is None else (("retry-after", str(retry_after_s)),)
    return Answer(429, encode({"error": "rate limit exceeded"}), headers=headers)


def unmarshal(found: str, go_type: str) -> WrongKind:
    """A JSON value of the wrong type (ER-5, LC-10)."""
    return wrong_kind(f"json: cannot unmarshal {found} into Go value of type {go_type}")


def wrong_kind(text: str) -> WrongKind:
    """Build the error for a JSON value of the wrong type, with Go's text (ER-5)."""
    return WrongKind(json_answer({"error": text}, 400))


def end_of_body() -> Refusal:
    """An empty body where one is required (ER-5)."""
    return refusal(400, "EOF")


def bad_json(detail: str) -> Refusal:
    """A body that is not JSON, with Go's text (ER-5)."""
    return refusal(400, detail)


def org_not_found() -> Refusal:
    """Unknown organisation (AP-4)."""
    return refusal(404, "organization not found")


def app_not_found(key: ErrorKey = "error") -> Refusal:
    """Missing app (AP-10)."""
    return refusal(404, "app not found", key=key)


def app_name_invalid() -> Refusal:
    """An app name that breaks the naming rule (AP-5)."""
    return refusal(422, "Validation failed: Name under 63 chars using numbers, lowercase letters and dashes")


def app_name_taken(behaviour: Behaviour) -> Refusal:
    """An app name that is in use by any organisation (AP-6, AP-8)."""
    code = "name_taken" if behaviour.name_taken_code else None
    text = "Validation failed: Name has already been taken"
    return refusal(behaviour.name_taken_status, text, code=code)


def machine_not_found() -> Refusal:
    """Unknown machine (MA-31, LC-20)."""
    return refusal(404, "machine not found")


def machine_id_invalid(machine_id: str) -> Refusal:
    """Malformed machine id (MA-31; the status is inferred)."""
    return refusal(404, f"invalid machine ID, '{machine_id}'")


def machine_name_taken(machine_id: str, name: str, behaviour: Behaviour) -> Refusal:
    """A machine name in use by a machine that is not destroyed (MA-20)."""
    text = f'unique machine name violation, machine ID {machine_id} already exists with name "{name}"'
    if behaviour.machine_name_taken_status == _GRPC_STATUS["already_exists"]:
        return daemon("already_exists", text)
    return refusal(behaviour.machine_name_taken_status, text)


def too_many_machines(limit: int) -> Refusal:
    """More machines than an account without a payment method may have (MA-30; the status is not recorded)."""
    return refusal(422, f"To create more than {limit} machine per app please add a payment method.")


def image_unknown(image: str) -> Refusal:
    """An image that is missing or private (MA-24)."""
    return refusal(422, f'Authentication required to access image "{image}"')


def invalid_guest(field: str, detail: str = "") -> Refusal:
    """A guest size that does not exist (MA-22)."""
    return refusal(400, f"invalid config.guest.{field}{detail}")


def no_capacity() -> Refusal:
    """No host has room for a machine without a volume (MA-28)."""
    return refusal(422, "could not find a candidate host", code="insufficient_capacity")


def no_capacity_beside_volume(volume_id: str) -> Refusal:
    """The volume's host has no room (MA-28)."""
    return refusal(
        412,
        f"insufficient resources to create new machine with existing volume id '{volume_id}'",
        code="volume_placement_capacity",
    )


def no_capacity_on_host() -> Refusal:
    """The host of a pinned machine has no room (MA-29)."""
    return daemon(
        "aborted",
        "could not reserve resource for machine: insufficient memory available to fulfill request",
    )


def machine_limit_reached() -> Refusal:
    """The organisation has reached its machine limit (MA-40)."""
    return refusal(422, "Your organization has reached its machine limit. Please contact billing@fly.io")


def image_tag_unknown(image: str, container: str | None = None) -> Refusal:
    """The registry does not know the tag, or does not know it yet (MA-41)."""
    tag = image.rpartition(":")[2]
    text = (
        f"failed to get manifest {image}: request failed: not found [http 404]: "
        '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown",'
        f'"detail":"unknown tag={tag}"}}]}}\n'
    )
    return refusal(
        400, text if container is None else f'failed to resolve image for container "{container}": {text}'
    )


def version_stale(behaviour: Behaviour) -> Refusal:
    """An update whose precondition no longer holds (LC-39; no text is recorded)."""
    code = "aborted" if behaviour.stale_version_status == _GRPC_STATUS["aborted"] else "failed_precondition"
    return daemon(code, "current_version does not match the machine's version")


def host_lost() -> Refusal:
    """A write to a machine whose host does not respond (MA-18; the text is not recorded)."""
    return daemon("deadline_exceeded", "the host of the machine does not answer")


def region_unknown(region: str) -> Refusal:
    """A region that cannot host machines or volumes (VO-5)."""
    return refusal(
        422,
        f"Region '{region}' cannot host your machine. Please use an alternative region "
        "(see `fly platform regions`).",
    )


def mount_in_wrong_region(volume_id: str, volume_region: str, region: str) -> Refusal:
    """A mount of a volume in another region (MA-25; the status is not recorded)."""
    return refusal(
        422, f'Mounts source volume "{volume_id}" is in the wrong region ("{volume_region}" != "{region}")'
    )


def volume_claimed(machine_id: str) -> Refusal:
    """A mount of a volume that is attached to another machine (MA-27)."""
    return daemon("failed_precondition", f"volume already claimed by machine {machine_id}")


def volume_bound(machine_id: str) -> Refusal:
    """The deletion of a volume that is attached to a machine (VO-14, VO-15)."""
    return daemon("failed_precondition", f"volume is currently bound to machine: {machine_id}")


def volume_not_found() -> Refusal:
    """Unknown volume (VO-9; the text is not recorded)."""
    return refusal(404, "volume not found")


def mount_of_deleted_volume() -> Refusal:
    """A mount of a deleted volume that can still be read (MA-44)."""
    return refusal(400, "volume not found")


def volume_uninitialized() -> Refusal:
    """A snapshot of a volume that was never mounted (VO-25)."""
    return daemon("invalid_argument", "uninitialized volume")


def restore_too_small(size_gb: int, snapshot_gb: int) -> Refusal:
    """A restore into a volume smaller than the snapshot's source (VO-24; the status is not recorded)."""
    return refusal(400, f"volume size ({size_gb} GiB) is smaller than the snapshot size ({snapshot_gb} GiB)")


def wait_machine_not_found() -> Refusal:
    """A wait for a machine that does not exist or is gone (WA-7)."""
    return daemon("not_found", "machine not found")


def lease_held(machine_id: str, owner: str, expires_at: str, *, is_lease_call: bool) -> Refusal:
    """Another holder has the lease: lease calls use a different text than others (LE-3, LE-7, RR#168)."""
    text = f"machine ID {machine_id} lease currently held by {owner}, expires at {expires_at}"
    if not is_lease_call:
        return daemon("aborted", text)
    return Refusal(json_answer({"status": "error", "message": text, "code": "invalid"}, 409))


def lease_not_found() -> Refusal:
    """No lease on this machine (LE-4)."""
    return refusal(404, "lease not found")


def cannot_start(text: str) -> Refusal:
    """A start in a state that does not allow it (LC-6)."""
    return daemon("failed_precondition", text)
