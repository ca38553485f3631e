"""The table of operations against the document, and the way back from a path to its row."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from urllib.parse import quote

import pytest

from fly_resources._wire.operations import OPERATIONS, Operation, Repeat, Target, find

_DOCUMENT = Path(__file__).parents[2] / "openapi" / "fly-machines.json"
_METHODS = {"get", "put", "post", "patch", "delete", "head", "options"}

#: What makes a thing that nothing tells from a second one, or acts anew each time.
_TWICE_IS_TWO = {
    "App_IPAssignments_create",
    "App_NetworkPolicies_create",
    "App_create_deploy_token",
    "Machines_create_lease",
    "Machines_exec",
    "Machines_reclaim_memory",
    "Machines_restart",
    "Machines_signal",
    "Postgres_backups_create",
    "Postgres_create",
    "Postgres_fork",
    "Postgres_restore",
    "Postgres_users_rotate_password",
    "Tokens_request_Kms",
    "Tokens_request_OIDC",
    "Volumes_create",
    "createVolumeSnapshot",
}
#: What makes a thing under a name that the service keeps unique.
_UNIQUE_BY_NAME = {
    "App_Certificates_acme_create",
    "App_Certificates_custom_create",
    "Apps_create",
    "Machines_create",
    "Postgres_attachments_create",
    "Postgres_databases_create",
    "Postgres_extensions_enable",
    "Postgres_users_create",
    "Secretkey_generate",
}
#: POSTs that only compute or look something up.
_READING_POSTS = {
    "Platform_placements_post",
    "Secretkey_decrypt",
    "Secretkey_encrypt",
    "Secretkey_sign",
    "Secretkey_verify",
    "Tokens_authenticate",
    "Tokens_authorize",
}
_VALUES = {
    "app_name": "my-app",
    "machine_id": "3d8d413b29d089",
    "hostname": "%2A.example.com",
    "ip": "2a09%3A8280%3A1%3A%3A1",
    "key": "a%2Fb%20c",
    "secret_name": "DATABASE_URL",
}


def _described() -> set[tuple[str, str, str]]:
    document = json.loads(_DOCUMENT.read_text())
    return {
        (operation["x-upstream-operation-id"], method.upper(), path)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in _METHODS
    }


def _by_id(operation: Operation) -> str:
    return operation.id


def _path(operation: Operation) -> str:
    return "/".join(
        _VALUES.get(part[1:-1], "a-value") if part.startswith("{") else part
        for part in operation.route.strip("/").split("/")
    )


def test_every_operation_of_the_document_has_exactly_one_row() -> None:
    rows = [(each.id, each.method, each.route) for each in OPERATIONS]

    assert set(rows) == _described()
    assert len(rows) == len(set(rows))
    assert len({each.id for each in OPERATIONS}) == len(OPERATIONS)


def test_the_document_is_not_empty() -> None:
    assert len(_described()) > 90


@pytest.mark.parametrize("operation", OPERATIONS, ids=_by_id)
def test_a_path_leads_to_its_row(operation: Operation) -> None:
    names = [part[1:-1] for part in operation.route.strip("/").split("/") if part.startswith("{")]
    parameters = {name: _VALUES.get(name, "a-value") for name in names}

    for prefix in ("/v1/", "/", "v1/", "", "/a/proxy/v1/", "/apps/v1/", "/apps/fly/v1/", "/v1/proxy/v1/"):
        assert find(operation.method, prefix + _path(operation)) == Target(operation, parameters)


def test_parameters_stay_encoded() -> None:
    ip = quote("2a09:8280:1::7", safe="")
    target = find("DELETE", f"/v1/apps/my-app/ip_assignments/{ip}")

    assert target is not None
    assert target.parameters == {"app_name": "my-app", "ip": "2a09%3A8280%3A1%3A%3A7"}


def test_an_app_may_be_called_like_the_version() -> None:
    for path in ("/v1/apps/v1/machines", "/apps/v1/machines"):
        target = find("GET", path)

        assert target is not None
        assert target.operation.id == "Machines_list"
        assert target.parameters == {"app_name": "v1"}


def test_the_method_may_be_lower_case() -> None:
    target = find("get", "/v1/apps")

    assert target is not None
    assert target.operation.id == "Apps_list"


def test_an_app_may_be_called_v1() -> None:
    for path in ("/v1/apps/v1/machines", "/apps/v1/machines"):
        target = find("GET", path)
        assert target is not None
        assert target.parameters == {"app_name": "v1"}


def test_no_path_belongs_to_two_operations() -> None:
    """So the order in which they are looked at does not matter."""
    rows = [(each.id, each.method, each.route.split("/")) for each in OPERATIONS]
    twins = [
        (one, other)
        for (one, method, parts), (other, other_method, other_parts) in itertools.combinations(rows, 2)
        if method == other_method
        and len(parts) == len(other_parts)
        and all(a == b or "{" in a + b for a, b in zip(parts, other_parts, strict=True))
    ]

    assert twins == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", ""),
        ("GET", "/v1"),
        ("GET", "/v2/apps"),
        ("GET", "/v1/bogus_route_check"),
        ("PUT", "/v1/apps"),
        ("PUT", "/v1/apps/a/network_policies"),
        ("GET", "/v1/apps/a/machines/m/wait/longer"),
        ("POST", "/v1/apps/a/machines/m/launch"),
        ("BREW", "/v1/apps"),
        ("GET", "/v1/v1/apps"),
        ("GET", "/Xapps"),
        ("GET", "/v1/appsX"),
    ],
)
def test_what_is_no_operation_leads_nowhere(method: str, path: str) -> None:
    assert find(method, path) is None


def test_every_get_is_safe() -> None:
    assert {
        each.id for each in OPERATIONS if each.method == "GET" and each.repeat is not Repeat.SAFE
    } == set()


def test_deleting_and_putting_twice_is_as_good_as_once() -> None:
    unlike = {
        each.id
        for each in OPERATIONS
        if each.method in {"DELETE", "PUT"} and each.repeat is not Repeat.IDEMPOTENT
    }

    assert unlike == set()


def test_what_makes_something_unnamed_is_never_repeated() -> None:
    assert {each.id for each in OPERATIONS if each.repeat is Repeat.ONCE} == _TWICE_IS_TWO


def test_what_makes_something_named_is_never_repeated_blindly() -> None:
    named = {each.id for each in OPERATIONS if each.repeat is Repeat.NAMED}

    # Updating and starting make nothing, but a second one would reboot, or be refused for the first.
    assert named == _UNIQUE_BY_NAME | {"Machines_update", "Machines_start"}


def test_posts_that_only_look_are_safe() -> None:
    safe = {each.id for each in OPERATIONS if each.method == "POST" and each.repeat is Repeat.SAFE}

    assert safe == _READING_POSTS
