"""Which error an answer becomes, and what it tells. The bodies are recorded ones; RR numbers say which."""

from __future__ import annotations

import datetime as dt
import inspect
import json
from typing import Any

import pytest

from fly_resources import errors
from fly_resources._http.failures import from_response
from fly_resources.errors import (
    AmbiguousMatchError,
    ApiError,
    AuthenticationError,
    BadRequestError,
    CertificateExistsError,
    ConfigurationError,
    ConflictError,
    ContradictionError,
    DecodeError,
    DependencyError,
    EnsureError,
    FlyError,
    ImageNotFoundError,
    ImmutableFieldError,
    InsufficientCapacityError,
    LeaseHeldError,
    LiveServiceError,
    MachineNameConflictError,
    MachineNotRunningError,
    NameTakenError,
    NotFoundError,
    NotOwnedError,
    NotSentError,
    OutcomeUnknownError,
    PermissionDeniedError,
    PreconditionFailedError,
    ProtectedError,
    QuotaExceededError,
    RateLimitedError,
    ReconcileError,
    RedirectedError,
    RequestTimedOutError,
    ServerError,
    StalePlanError,
    StuckMachineError,
    TransportError,
    TruncatedListError,
    UnprocessableError,
    UnreadableMachineError,
    UpdateRevertedError,
    VolumeInUseError,
    VolumeLostError,
    WaitTimeoutError,
)
from fly_resources.report import Outcome, Report
from fly_resources.resources import App, Machine, Volume

_NAME_TAKEN = "Validation failed: Name has already been taken"
_NAME_RULE = "Validation failed: Name under 63 chars using numbers, lowercase letters and dashes"
_TOKEN = "Authenticate: token validation error"
_NO_VOLUME_HOST = "insufficient resources to create new machine with existing volume"
_RESERVE = "aborted: could not reserve resource for machine: insufficient"
_GUEST = "invalid config.guest.memory_mb"
_TWIN = "unique machine name violation, machine ID 6e82954f711e87 already exists with name"
_STILL = "machine failed to reach desired state, started, currently"
_IMAGE = "registry.fly.io/web:abc123"
_NO_MANIFEST = 'request failed: not found [http 404]: {"errors":[{"code":"MANIFEST_UNKNOWN"}]}'
_NO_IMAGE = f"failed to get manifest {_IMAGE}: {_NO_MANIFEST}"
_MACHINE_LIMIT = "Your organization has reached its machine limit. Please contact billing@fly.io"
_PAYMENT = "To create more than 1 machine per app please add a payment method"
_REQUEST_ID = "01JNRQ9VVKJ7HZFMJWJB3M3RYN-yyz"

#: Status, body and class, as recorded.
_RECORDED: list[tuple[int, dict[str, str], type[ApiError]]] = [
    (404, {"error": "Could not find App"}, NotFoundError),  # RR 8
    (422, {"error": _NAME_TAKEN, "status": "name_taken"}, NameTakenError),  # RR 9
    (422, {"error": _NAME_TAKEN}, NameTakenError),  # RR 10, older servers
    (422, {"error": "uniqueness constraint violated"}, UnprocessableError),  # RR 11: not only names
    (422, {"error": _NAME_RULE}, UnprocessableError),  # RR 12
    (403, {"error": "unauthorized"}, PermissionDeniedError),  # RR 14
    (404, {"error": "app not found"}, NotFoundError),  # RR 15
    (401, {"error": "invalid token"}, AuthenticationError),  # RR 16
    (400, {"error": "EOF"}, BadRequestError),  # RR 19
    (404, {"error": "invalid machine ID, '12345'"}, NotFoundError),  # RR 84
    (401, {"error": _TOKEN}, AuthenticationError),  # RR 100
    (401, {"message": "Unauthorized"}, AuthenticationError),  # RR 101, the other upstream
    (404, {"error": "Organization not found"}, NotFoundError),  # RR 106
    (409, {"error": f'already_exists: {_TWIN} "web"'}, MachineNameConflictError),  # RR 113
    (400, {"error": "invalid_argument: invalid WaitMachineRequest.Timeout"}, BadRequestError),  # RR 114
    (412, {"error": f"{_NO_VOLUME_HOST} 'vol_4y5gkog8p5kj839r'"}, InsufficientCapacityError),  # RR 116
    (409, {"error": f"{_RESERVE} memory available to fulfill request"}, InsufficientCapacityError),  # RR 117
    (
        412,
        {"error": f"{_NO_VOLUME_HOST} id 'vol_123'", "status": "volume_placement_capacity"},
        InsufficientCapacityError,
    ),  # RR 118
    (
        422,
        {"error": "could not find a candidate host", "status": "insufficient_capacity"},
        InsufficientCapacityError,
    ),  # RR 119
    (409, {"error": f"{_RESERVE} CPUs available to fulfill request"}, InsufficientCapacityError),  # RR 120
    (409, {"error": "aborted: insufficient IPs available"}, InsufficientCapacityError),  # RR 121
    (409, {"error": "aborted: insufficient resources available"}, InsufficientCapacityError),  # RR 122
    (409, {"error": "aborted: no capacity"}, InsufficientCapacityError),  # RR 123
    (409, {"error": "aborted: machine update failed due to concurrent update"}, ConflictError),  # RR 124
    (
        503,
        {"error": "out of capacity", "status": "insufficient_capacity"},
        InsufficientCapacityError,
    ),  # RR 125
    (400, {"error": f"{_GUEST}, minimum required 1024 MiB"}, BadRequestError),  # RR 126
    (408, {"error": f"deadline_exceeded: {_STILL} created"}, RequestTimedOutError),  # RR 130
    (408, {"error": f"{_STILL} stopped"}, RequestTimedOutError),  # RR 131, older servers
    (404, {"error": "not_found: machine not found"}, NotFoundError),  # RR 133
    (412, {"error": "failed_precondition: machine still active"}, PreconditionFailedError),  # RR 135
    (
        412,
        {"error": "failed_precondition: volume is currently bound to machine: 784e"},
        VolumeInUseError,
    ),  # RR 138
    (
        412,
        {"error": "failed_precondition: volume already claimed by machine 784e"},
        VolumeInUseError,
    ),  # RR 139
    (
        412,
        {"error": "failed_precondition: snapshot is already scheduled at"},
        PreconditionFailedError,
    ),  # RR 140
    (422, {"error": "Region '' cannot host your machine."}, UnprocessableError),  # RR 141
    (422, {"error": 'Authentication required to access image "x"'}, UnprocessableError),  # RR 143
    (429, {"error": "rate limit exceeded"}, RateLimitedError),  # RR 146
    (404, {"error": "organization not found"}, NotFoundError),  # RR 148
    (422, {"error": "Hostname already exists on app"}, CertificateExistsError),  # RR 149
    (409, {"error": "deploys to this host are temporarily disabled"}, InsufficientCapacityError),  # MA-29
    (400, {"error": _NO_IMAGE}, ImageNotFoundError),  # RR 155
    (
        400,
        {"error": f'failed to resolve image for container "app": {_NO_IMAGE}'},
        ImageNotFoundError,
    ),  # RR 156
    (422, {"error": _MACHINE_LIMIT}, QuotaExceededError),  # RR 157
    (422, {"error": _PAYMENT}, QuotaExceededError),
    (400, {"message": "invalid ip address type"}, BadRequestError),  # RR 158
    (
        409,
        {"error": f"{_RESERVE} memory available to fulfill request on the current host"},
        InsufficientCapacityError,
    ),  # RR 161
    (409, {"error": "governor policy blocked start"}, InsufficientCapacityError),  # RR 162, LC-41
    (409, {"error": "aborted: governor policy blocked start"}, InsufficientCapacityError),
    (412, {"error": "unavailable: deploys to this host are temporarily disabled"}, InsufficientCapacityError),
    (409, {"error": "unavailable: host is draining"}, InsufficientCapacityError),  # ER-11
    (400, {"error": "invalid_argument: volume does not exist"}, BadRequestError),  # RR 166
    (412, {"error": "machine has reached its max restart count"}, PreconditionFailedError),
    (500, {"error": "internal error"}, ServerError),
    (503, {"error": "machines API unavailable"}, ServerError),
    (302, {"error": "see elsewhere"}, RedirectedError),
    (418, {"error": "no coffee"}, ApiError),
]


def _error(status: int, body: object, **more: Any) -> ApiError:  # noqa: ANN401  # any of its arguments
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    arguments: dict[str, Any] = {
        "headers": {},
        "method": "POST",
        "route": "/apps/{app_name}/machines",
        "path": "/v1/apps/my-app/machines",
        **more,
    }
    return from_response(status=status, content=content, **arguments)


@pytest.mark.parametrize(("status", "body", "kind"), _RECORDED, ids=lambda value: str(value)[:60])
def test_a_recorded_answer_becomes_its_error(status: int, body: dict[str, str], kind: type[ApiError]) -> None:
    error = _error(status, body)

    assert type(error) is kind
    assert error.message == (body.get("error") or body["message"])
    assert error.code == body.get("status")
    assert error.status == status
    assert error.body == body


def test_the_text_says_what_was_tried_on_what_and_what_came_back() -> None:
    error = _error(404, {"error": "app not found"}, headers={"fly-request-id": _REQUEST_ID}, attempts=3)

    assert str(error) == (
        "POST /v1/apps/my-app/machines answered 404 after 3 attempts: app not found. "
        "[request 01JNRQ9VVKJ7HZFMJWJB3M3RYN-yyz] "
        "Correct the name or id: fly-resources status APP lists what is there."
    )
    assert error.request_id == _REQUEST_ID
    assert error.attempts == 3
    assert (error.method, error.route) == ("POST", "/apps/{app_name}/machines")


def test_one_attempt_and_no_request_id_are_not_mentioned() -> None:
    assert str(_error(409, {"error": "conflict"})) == "POST /v1/apps/my-app/machines answered 409: conflict."


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
def test_the_text_says_what_to_do_next(status: int) -> None:
    error = _error(status, {"error": "no."})

    assert error.advice
    assert str(error).endswith(f"no. {error.advice}")


def test_the_route_stands_in_for_an_unknown_path() -> None:
    assert str(_error(404, {"error": "no"}, path="")).startswith("POST /apps/{app_name}/machines answered")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"404 page not found", "404 page not found"),
        (b"", ""),
        (b"null", ""),
        (b"{}", ""),
        (b"[]", ""),
        (b'""', ""),
        (b'{"error": ""}', ""),
        (b'{"error": null, "details": {}}', ""),
        (b'"gone"', "gone"),
        (b"[1, 2]", "[1, 2]"),
        (b"<html>\n <body>Bad\tgateway</body>\n</html>", "<html> <body>Bad gateway</body> </html>"),
        (b"\xff\xfe\xfa", "\ufffd\ufffd\ufffd"),
        (b'{"error": ', '{"error":'),
        (b'{"error": "", "message": "", "msg": "third"}', "third"),
        (b'{"msg": "m", "message": "first"}', "first"),
        (b'{"error": {"nested": true}, "message": "second"}', "second"),
        (b'{"detail": "elsewhere"}', '{"detail": "elsewhere"}'),
        (b'{"errors": ["a", "b"]}', '{"errors": ["a", "b"]}'),
    ],
)
def test_the_message_is_read_from_every_shape(body: bytes, message: str) -> None:
    error = _error(502, body)

    assert error.message == message
    assert isinstance(error, ServerError)


def test_an_empty_answer_says_so() -> None:
    assert "answered 499: no message." in str(_error(499, b""))


@pytest.mark.parametrize("status", [400, 409, 412, 418, 422])
def test_an_empty_refusal_gives_the_request_id_and_no_advice_about_a_value(status: int) -> None:
    text = str(_error(status, b"", headers={"fly-request-id": _REQUEST_ID}))

    assert "no message" in text
    assert _REQUEST_ID in text
    assert "gave no reason" in text
    assert "Correct the value" not in text


_CREATE, _CHANGE = "/apps/{app_name}/machines", "/apps/{app_name}/machines/{machine_id}"
_CLOSED = "unavailable: deploys to this host are temporarily disabled"


@pytest.mark.parametrize(
    ("route", "foreign"),
    [
        ("/apps/{app_name}", True),
        ("/apps/{app_name}/machines", True),
        ("/apps", False),
        ("/orgs/{org_slug}/machines", False),
        ("/tokens/current", False),
    ],
)
def test_a_401_about_one_app_may_mean_that_it_is_anothers(route: str, *, foreign: bool) -> None:
    error = from_response(
        status=401, headers={}, content=b'{"error": "unauthorized"}', method="GET", route=route, path=route
    )
    assert isinstance(error, AuthenticationError)
    assert "FLY_API_TOKEN" in error.advice
    assert ("belongs to another organisation" in error.advice) is foreign


@pytest.mark.parametrize(
    ("route", "message", "helps", "never"),
    [
        (_CREATE, "could not find a candidate host, no capacity", "another region", "replace=True"),
        ("/apps/{app_name}/volumes", "no capacity", "another region", "replace=True"),
        (_CREATE, f"{_NO_VOLUME_HOST} 'vol_1'", "snapshot_id=", "another region"),
        (_CREATE, _CLOSED, "try again later", "replace=True"),
        (_CHANGE, "aborted: no capacity", "stays on its host", "another region"),
        (_CHANGE, _CLOSED, "replace=True", "another region"),
        (f"{_CHANGE}/start", "governor policy blocked start", "stays on its host", "another region"),
        ("/apps/{app_name}/volumes/{volume_id}/extend", "no capacity", "snapshot", "another region"),
    ],
)
def test_advice_against_a_lack_of_room_fits_what_was_asked(
    route: str, message: str, helps: str, never: str
) -> None:
    error = _error(409, {"error": message}, route=route)

    assert isinstance(error, InsufficientCapacityError)
    assert helps in str(error)
    assert never not in str(error)


@pytest.mark.parametrize(
    ("message", "helps"), [(_MACHINE_LIMIT, "billing@fly.io"), (_PAYMENT, "payment method on")]
)
def test_a_limit_of_the_account_says_what_helps_and_that_repeating_does_not(message: str, helps: str) -> None:
    text = str(_error(422, {"error": message}))

    assert "Trying again does not help" in text
    assert helps in text
    assert "region" not in text


def test_an_unknown_image_is_named_where_the_answer_does() -> None:
    named = _error(400, {"error": _NO_IMAGE})
    silent = _error(400, {"error": "MANIFEST_UNKNOWN"})

    assert isinstance(named, ImageNotFoundError)
    assert isinstance(silent, ImageNotFoundError)
    assert (named.image, silent.image) == (_IMAGE, None)
    assert not named.maybe_applied


@pytest.mark.parametrize(
    ("method", "route", "status", "maybe", "kind"),
    [
        ("POST", _CREATE, 503, True, InsufficientCapacityError),
        ("POST", _CREATE, 409, False, InsufficientCapacityError),
        ("GET", _CREATE, 503, True, ServerError),
        ("POST", f"{_CHANGE}/lease", 412, False, PreconditionFailedError),
    ],
)
def test_the_prefix_unavailable_means_no_room_only_where_room_is_needed_and_proves_nothing_with_5xx(
    method: str,
    route: str,
    status: int,
    maybe: bool,  # noqa: FBT001  # a table
    kind: type[ApiError],
) -> None:
    error = _error(status, {"error": "unavailable: not now"}, method=method, route=route)

    assert type(error) is kind
    assert error.maybe_applied is maybe


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"error": "x", "status": "unknown"}, "unknown"),
        ({"error": "x", "status": "a_new_one"}, "a_new_one"),
        ({"error": "x", "code": "invalid"}, "invalid"),
        ({"message": "x", "status": "error", "code": "invalid"}, "invalid"),
        ({"message": "x", "status": "error"}, None),
        ({"error": "x", "status": 404}, None),
        ({"error": "x", "status": ""}, None),
        ({"error": "x"}, None),
        ("x", None),
    ],
)
def test_the_code_is_an_open_set(body: object, code: str | None) -> None:
    assert _error(422, body).code == code


def test_the_code_wins_over_words_and_status() -> None:
    assert isinstance(
        _error(400, {"error": "?", "status": "insufficient_capacity"}), InsufficientCapacityError
    )
    assert isinstance(_error(422, {"error": "in other words", "status": "name_taken"}), NameTakenError)
    quota = {"error": _MACHINE_LIMIT, "status": "insufficient_capacity"}
    assert isinstance(_error(422, quota), QuotaExceededError), "room elsewhere would not help"


@pytest.mark.parametrize("status", [400, 404, 500])
def test_words_of_capacity_count_only_where_capacity_is_reported(status: int) -> None:
    assert not isinstance(_error(status, {"error": "no capacity"}), InsufficientCapacityError)


@pytest.mark.parametrize("status", [409, 422])
def test_a_name_that_is_taken_is_told_under_either_status(status: int) -> None:
    assert isinstance(_error(status, {"error": f"already_exists: {_TWIN}"}), MachineNameConflictError)
    assert isinstance(_error(status, {"error": _NAME_TAKEN}), NameTakenError)


def test_words_of_one_status_do_not_count_under_another() -> None:
    assert type(_error(400, {"error": _NAME_TAKEN})) is BadRequestError
    assert type(_error(409, {"error": "volume already claimed by machine x"})) is ConflictError


@pytest.mark.parametrize(
    ("body", "owner", "expires"),
    [
        (
            {
                "status": "error",
                "message": "machine ID 3d8d413b29d089 lease currently held by hello@fly.io, "
                "expires at 2022-10-20 19:59:06 +0000 UTC",
                "code": "invalid",
            },
            "hello@fly.io",
            dt.datetime(2022, 10, 20, 19, 59, 6, tzinfo=dt.UTC),
        ),  # RR 52
        (
            {
                "error": "machine ID 3d8d413b29d089 lease currently held by 0f@tokens.fly.io, "
                "expires at 2026-05-14T10:41:08Z"
            },
            "0f@tokens.fly.io",
            dt.datetime(2026, 5, 14, 10, 41, 8, tzinfo=dt.UTC),
        ),  # RR 147
        (
            {"error": "lease currently held by a@b, expires at 2026-05-14 12:41:08.5 +0200 CEST"},
            "a@b",
            dt.datetime(2026, 5, 14, 10, 41, 8, 500_000, tzinfo=dt.UTC),
        ),
        ({"error": "lease currently held by a@b, expires at 0001-01-01T00:00:00+14:00"}, "a@b", None),
        ({"error": "lease currently held by a@b, expires at noon, or so"}, "a@b", None),
        ({"error": "lease currently held by a@b, expires at 12"}, "a@b", None),
        ({"error": "machine ID 3d8d413b29d089 lease currently held by a@b"}, "a@b", None),
        ({"message": "machine ID 3d8d413b29d089 lease currently held"}, None, None),
        ({"error": "aborted: Lease is held by a@b"}, "a@b", None),
    ],
)
def test_a_held_lease_names_its_owner_and_end(
    body: dict[str, str], owner: str | None, expires: dt.datetime | None
) -> None:
    error = _error(409, body)

    assert isinstance(error, LeaseHeldError)
    assert (error.owner, error.expires_at) == (owner, expires)
    assert error.message == body.get("message", body.get("error"))


def test_a_name_conflict_names_the_holder() -> None:
    error = _error(409, {"error": f'already_exists: {_TWIN} "web"'})

    assert isinstance(error, MachineNameConflictError)
    assert error.machine_id == "6e82954f711e87"


@pytest.mark.parametrize("status", [409, 422])
@pytest.mark.parametrize(
    ("said", "holder"),
    [
        ("already_exists: unique machine name violation", None),
        ('Unique machine name "web" violated by machine ID 6e82954f711e87', "6e82954f711e87"),
        ("already_exists: machine name already in use", None),
        ("machine name web is already taken", None),
    ],
)
def test_a_name_conflict_is_known_in_other_words(status: int, said: str, holder: str | None) -> None:
    error = _error(status, {"error": said})
    assert isinstance(error, MachineNameConflictError)
    assert error.machine_id == holder


@pytest.mark.parametrize("status", [409, 422])
@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Hostname already exists on app", CertificateExistsError),
        ("hostname is already in use", CertificateExistsError),
        ("Hostname has already been taken", CertificateExistsError),
        ("Name has already been taken", NameTakenError),
        ("app name is already in use", NameTakenError),
    ],
)
def test_what_is_taken_already_is_known_under_both_codes(
    status: int, said: str, kind: type[ApiError]
) -> None:
    assert type(_error(status, {"error": said})) is kind


def test_a_conflict_that_speaks_of_no_holder_is_a_conflict() -> None:
    for said in ("machine update failed due to concurrent update", "the lease not held by you", "conflict"):
        assert type(_error(409, {"error": said})) is ConflictError


def test_a_rate_limit_says_how_long_to_wait() -> None:
    error = _error(429, {"error": "rate limit exceeded"}, retry_after_s=7.0)
    silent = _error(429, {"error": "rate limit exceeded"})

    assert isinstance(error, RateLimitedError)
    assert isinstance(silent, RateLimitedError)
    assert (error.retry_after_s, silent.retry_after_s) == (7.0, None)


@pytest.mark.parametrize("status", [520, 522, 530, 599])
def test_statuses_of_proxies_are_server_errors(status: int) -> None:
    assert type(_error(status, b"<!DOCTYPE html>")) is ServerError


def test_a_huge_body_is_kept_whole_and_shown_short() -> None:
    error = _error(500, b"x" * 3_000_000)

    assert len(str(error)) < 1000
    assert len(error.message) == 500
    assert error.body == "x" * 3_000_000


def test_a_huge_message_is_shown_short() -> None:
    assert len(str(_error(422, {"error": "y" * 100_000}))) < 1000


@pytest.mark.parametrize("depth", [10, 300, 900, 5_000, 200_000])
@pytest.mark.parametrize("shape", [(b"[", b"]"), (b'{"error":', b"}"), (b"[", b"")])
def test_deeply_nested_json_is_survived(depth: int, shape: tuple[bytes, bytes]) -> None:
    error = _error(500, shape[0] * depth + b"1" + shape[1] * depth)

    assert len(error.message) <= 500
    assert error.message.startswith(shape[0].decode())


def test_a_number_of_thousands_of_digits_is_survived() -> None:
    assert _error(500, b"9" * 10_000).message == "9" * 500


@pytest.mark.parametrize(
    ("status", "maybe"),
    [
        (400, False),
        (401, False),
        (403, False),
        (404, False),
        (408, True),
        (409, False),
        (412, False),
        (422, False),
        (429, False),
        (499, True),
        (500, True),
        (502, True),
        (503, True),
        (504, True),
        (520, True),
    ],
)
def test_what_may_have_been_applied_follows_the_status(status: int, maybe: bool) -> None:  # noqa: FBT001  # a table
    assert _error(status, {"error": "x"}).maybe_applied is maybe


@pytest.mark.parametrize("status", [409, 412, 422, 503])
def test_a_lack_of_capacity_means_that_nothing_was_placed(status: int) -> None:
    assert not _error(status, {"error": "no capacity"}).maybe_applied


def test_a_lost_answer_may_have_been_applied_and_an_unsent_request_not() -> None:
    sent = OutcomeUnknownError("lost", method="POST", route="/apps", attempts=2)
    unsent = NotSentError("refused", method="POST", route="/apps")
    unread = DecodeError("HTML", method="POST", route="/apps", status=200, body=b"<html>")

    assert (sent.maybe_applied, unsent.maybe_applied, unread.maybe_applied) == (True, False, True)
    assert (sent.method, sent.route, sent.attempts, unsent.attempts) == ("POST", "/apps", 2, 1)
    assert (unread.status, unread.body) == (200, b"<html>")


def test_what_was_found_out_before_sending_has_not_been_applied() -> None:
    for kind in (ConfigurationError, ReconcileError, ImmutableFieldError, DependencyError):
        assert not kind("x").maybe_applied


def test_every_error_has_one_root() -> None:
    kinds = [getattr(errors, name) for name in errors.__all__]

    assert all(issubclass(kind, FlyError) for kind in kinds)
    assert {
        name for name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, FlyError)
    } == set(errors.__all__)


@pytest.mark.parametrize(
    ("kind", "base"),
    [
        (ConfigurationError, ValueError),
        (WaitTimeoutError, TimeoutError),
        (StuckMachineError, WaitTimeoutError),
        (LiveServiceError, ConfigurationError),
        (NotSentError, TransportError),
        (OutcomeUnknownError, TransportError),
        (NameTakenError, UnprocessableError),
        (CertificateExistsError, UnprocessableError),
        (LeaseHeldError, ConflictError),
        (MachineNameConflictError, ConflictError),
        (VolumeInUseError, PreconditionFailedError),
        (InsufficientCapacityError, ApiError),
        (QuotaExceededError, UnprocessableError),
        (ImageNotFoundError, BadRequestError),
        (ImmutableFieldError, ReconcileError),
        (AmbiguousMatchError, ReconcileError),
        (NotOwnedError, ReconcileError),
        (VolumeLostError, ReconcileError),
        (ContradictionError, ReconcileError),
        (StalePlanError, ReconcileError),
        (UnreadableMachineError, ReconcileError),
        (MachineNotRunningError, ReconcileError),
        (UpdateRevertedError, ReconcileError),
        (DependencyError, ReconcileError),
    ],
)
def test_an_error_can_be_caught_as_what_it_is(kind: type[FlyError], base: type[Exception]) -> None:
    assert issubclass(kind, base)


def test_every_public_error_can_be_made() -> None:
    made = {type(_error(status, body)) for status, body, _ in _RECORDED}
    made.add(type(_error(409, {"error": "lease currently held by a, expires at b"})))
    others: list[FlyError] = [
        FlyError("x"),
        ConfigurationError("x"),
        LiveServiceError("x"),
        TransportError("x", method="GET", route="/apps"),
        NotSentError("x", method="GET", route="/apps"),
        OutcomeUnknownError("x", method="GET", route="/apps"),
        DecodeError("x", method="GET", route="/apps", status=200, body=b""),
        TruncatedListError("x", route="GET /v1/apps/web/machines", pages=1),
        ReconcileError("x"),
        ImmutableFieldError("x"),
        NotOwnedError("x"),
        ProtectedError("x"),
        VolumeLostError("x"),
        ContradictionError("x"),
        StalePlanError("x", differences=["y"]),
        UnreadableMachineError("x"),
        MachineNotRunningError("x"),
        UpdateRevertedError("x", wanted_version="01B", running_version="01A"),
        DependencyError("x"),
        AmbiguousMatchError("x", candidates=["vol_1"]),
        WaitTimeoutError("x"),
        StuckMachineError("x"),
        MachineNotRunningError("x"),
        UpdateRevertedError("x"),
        EnsureError([ReconcileError("x")], Report(())),
    ]
    names = {kind.__name__ for kind in made} | {type(error).__name__ for error in others}

    assert set(errors.__all__) - names == set()


def test_ambiguity_names_the_candidates() -> None:
    assert AmbiguousMatchError("two", candidates=["vol_1", "vol_2"]).candidates == ("vol_1", "vol_2")


def test_a_wait_says_what_it_saw_last() -> None:
    error = StuckMachineError("still starting", last_state="starting", waited_s=301.5)

    assert (error.last_state, error.waited_s) == ("starting", 301.5)


def test_a_failed_run_begins_with_its_cause_and_tells_each_once() -> None:
    report = Report(())
    failures = [ReconcileError("the volume is lost"), ConfigurationError("no image")]

    error = EnsureError(failures, report)

    assert error.errors == tuple(failures)
    assert error.report is report
    assert str(error).startswith("the volume is lost\n")
    assert str(error).count("the volume is lost") == 1
    assert str(error).count("no image") == 1


def test_what_depends_on_the_cause_is_named_in_one_line() -> None:
    app = App("web")
    cause = ReconcileError("app web: organization 'acme' not found")
    waiting = [Machine(app, f"w{number}", {"image": "i"}) for number in range(100)]
    rows = [Outcome(each, "create", error=DependencyError("app web failed")) for each in waiting]

    report = Report((Outcome(app, "create", error=cause), *rows))
    text = str(EnsureError([cause], report, subjects=["app web"]))

    assert text.splitlines() == [
        "app web: organization 'acme' not found",
        ("These come later and were not begun: machine web/w0, machine web/w1, machine web/w2 and 97 more."),
        "Fix the cause and run it again.",
    ]
    report = Report((*report, Outcome(App("other"), "create", changed=True)))
    text = str(EnsureError([cause], report, subjects=["app web"]))
    assert text.endswith("\nFix the cause and run it again: it continues from here.")


@pytest.mark.parametrize(
    ("action", "changed", "error", "hinted"),
    [
        ("update", False, MachineNotRunningError("machine web/a has crashed"), True),
        ("update", False, WaitTimeoutError("machine web/a was not started", last_state="created"), True),
        ("update", False, WaitTimeoutError("machine web/a was not begun"), False),
        ("update", True, None, True),
        ("update", False, ReconcileError("another tool"), False),
        ("update", False, DependencyError("app web failed"), False),
        ("create", False, MachineNotRunningError("machine web/a has crashed"), False),
    ],
)
def test_a_roll_out_that_fails_names_the_way_back(
    action: Any,  # noqa: ANN401  # an Action
    changed: bool,  # noqa: FBT001  # a parameter
    error: FlyError | None,
    hinted: bool,  # noqa: FBT001  # a parameter
) -> None:
    machine = Outcome(Machine("web", "a", {"image": "i"}), action, changed=changed, error=error)
    volume = Outcome(Volume("web", "d", region="iad"), "update", changed=True)
    text = str(EnsureError([error or ReconcileError("other")], Report((machine, volume))))
    assert text.endswith("\nOr roll back: fly.ensure(*fly.last_good('web'))") is hinted
    assert text.count("last_good") == hinted


def test_a_hundred_causes_fit_fifteen_lines() -> None:
    names = [f"machine web/w{number}" for number in range(100)]
    failures = [ReconcileError(f"{name}: cause of {name}") for name in names]

    text = str(EnsureError(failures, Report(()), subjects=names))

    assert len(text.splitlines()) <= 15
    assert "and 94 more" in text


def test_one_cause_of_many_is_told_once() -> None:
    names = [f"machine web/w{number}" for number in range(100)]
    failures = [ReconcileError(f"{name}: out of capacity") for name in names]

    text = str(EnsureError(failures, Report(()), subjects=names))

    assert text.startswith("machine web/w0 and 99 more: out of capacity\n")
    assert len(text.splitlines()) == 2


def test_a_failed_run_may_have_applied_more_if_one_failure_may() -> None:
    refused = NotSentError("no route", method="POST", route="/apps")
    lost = OutcomeUnknownError("no answer", method="POST", route="/apps")

    assert not EnsureError([refused], Report(())).maybe_applied
    assert EnsureError([refused, lost], Report(())).maybe_applied
