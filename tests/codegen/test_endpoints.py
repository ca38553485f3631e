"""What every generated endpoint module promises, shown on a few of them."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, assert_type

import httpx
import pytest
from fly_machines import AuthenticatedClient, Client
from fly_machines.api.apps import apps_create, apps_delete
from fly_machines.api.certificates import certificates_delete
from fly_machines.api.ip_assignments import ip_assignments_delete
from fly_machines.api.leases import leases_acquire
from fly_machines.api.logs import logs_list_machine
from fly_machines.api.machines import machines_list, machines_start, machines_stop, machines_wait
from fly_machines.api.metadata import metadata_list, metadata_set
from fly_machines.api.network_policies import network_policies_create
from fly_machines.api.secrets import secrets_update
from fly_machines.api.tokens import tokens_create_oidc
from fly_machines.errors import UnexpectedStatus
from fly_machines.models import (
    AcquireLeaseRequest,
    App,
    CreateAppRequest,
    CreateAppResponse,
    CreateNetworkPolicyRequest,
    Machine,
    MachineMetadata,
    MachineState,
    SetMetadataRequest,
    UpdateAppSecretsRequest,
    WaitState,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MACHINE = {
    "id": "1857156b526dd8",
    "name": "web",
    "state": "started",
    "region": "ord",
    "instance_id": "01HEPA330HZ37A78TK080NAK1M",
    "private_ip": "fdaa::2",
    "created_at": "2023-11-08T01:52:30Z",
}


class RefusedError(Exception):
    """Stands for the error of a middleware that wants to have its own raised."""

    def __init__(self, status: int, content: bytes) -> None:
        super().__init__(status, content)
        self.status = status
        self.content = content


def _client(answer: Callable[[httpx.Request], httpx.Response]) -> Client:
    transport = httpx.MockTransport(answer)
    base_url = "https://api.machines.dev/v1"
    return (
        Client(base_url=base_url)
        .set_httpx_client(httpx.Client(base_url=base_url, transport=transport))
        .set_async_httpx_client(httpx.AsyncClient(base_url=base_url, transport=transport))
    )


def _answering(status: int, content: object, **extensions: object) -> Client:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return _client(lambda _: httpx.Response(status, content=body, extensions=extensions))


def _recording(seen: list[httpx.Request], status: int, content: object) -> Client:
    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(status, content=json.dumps(content).encode())

    return _client(answer)


def test_sync_returns_what_a_success_answers() -> None:
    machines = machines_list.sync("app", client=_answering(200, [MACHINE]))
    assert_type(machines, list[Machine])

    assert [machine.name for machine in machines] == ["web"]


def test_asyncio_returns_what_a_success_answers() -> None:
    machines = asyncio.run(machines_list.asyncio("app", client=_answering(200, [MACHINE])))
    assert_type(machines, list[Machine])

    assert [machine.name for machine in machines] == ["web"]


def test_detailed_adds_status_headers_and_content() -> None:
    response = machines_list.sync_detailed("app", client=_answering(200, [MACHINE]))

    assert response.status_code == 200
    assert json.loads(response.content) == [MACHINE]
    assert response.parsed is not None
    assert response.parsed[0].id == MACHINE["id"]


@pytest.mark.parametrize("status", [204, 301, 404, 409, 429, 499, 500, 503, 520, 599])
def test_any_undeclared_status_is_raised(status: int) -> None:
    client = _answering(status, b'{"error": "no"}')

    for call in (machines_list.sync, machines_list.sync_detailed):
        with pytest.raises(UnexpectedStatus) as caught:
            call("app", client=client)
        assert caught.value.status_code == status
        assert caught.value.content == b'{"error": "no"}'
    for start in (machines_list.asyncio, machines_list.asyncio_detailed):
        with pytest.raises(UnexpectedStatus):
            asyncio.run(start("app", client=client))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>busy</html>",
        b"null",
        b"{}",
        b'"machines"',
        b"3",
        b"[3]",
        b'[{"id": "1"}]',
        b"\xff\xfe\xfa",
        b"[" * 9,
    ],
)
def test_a_success_that_cannot_be_read_is_raised_and_never_an_empty_list(content: bytes) -> None:
    with pytest.raises(UnexpectedStatus) as caught:
        machines_list.sync("app", client=_answering(200, content))

    assert caught.value.status_code == 200
    assert caught.value.content == content
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize("content", [b"[]", b"null", b'[["id", "1"]]'])
def test_an_object_is_not_made_from_another_kind_of_value(content: bytes) -> None:
    with pytest.raises(UnexpectedStatus):
        machines_wait.sync("app", "1", client=_answering(200, content))


def test_a_middleware_can_have_its_own_error_raised() -> None:
    undeclared = _answering(499, b"gone", unexpected=RefusedError)
    with pytest.raises(RefusedError) as caught:
        machines_list.sync("app", client=undeclared)
    assert (caught.value.status, caught.value.content) == (499, b"gone")
    assert caught.value.__cause__ is None

    unreadable = _answering(200, b"<html>", unexpected=RefusedError)
    with pytest.raises(RefusedError) as caught:
        asyncio.run(machines_list.asyncio("app", client=unreadable))
    assert (caught.value.status, caught.value.content) == (200, b"<html>")
    assert isinstance(caught.value.__cause__, ValueError)


def test_a_success_without_content_is_none() -> None:
    deleted = apps_delete.sync_detailed("app", client=_answering(202, b""))
    body = SetMetadataRequest(value="bar")
    with pytest.raises(UnexpectedStatus):
        metadata_set.sync("app", "1", "foo", client=_answering(404, b""), body=body)

    assert deleted.parsed is None
    assert deleted.status_code == 202


def test_endpoints_take_a_client_with_a_token_of_its_own() -> None:
    client = AuthenticatedClient(base_url="https://api.machines.dev/v1", token="test")
    client.set_httpx_client(
        httpx.Client(
            base_url="https://api.machines.dev/v1",
            transport=httpx.MockTransport(lambda _: httpx.Response(200, json=[])),
        )
    )

    assert machines_list.sync("app", client=client) == []


def test_a_created_app_is_what_was_answered() -> None:
    body = CreateAppRequest(name="app", org_slug="personal")

    brief = apps_create.sync(client=_answering(201, {"id": "z4k69dxd8r31p5mx", "created_at": 1}), body=body)
    whole = apps_create.sync(
        client=_answering(201, {"id": "z4k69dxd8r31p5mx", "name": "app", "status": "pending"}),
        body=body,
        wait=True,
    )

    assert isinstance(brief, CreateAppResponse)
    assert isinstance(whole, App)
    assert whole.name == "app"


def test_several_states_are_repeated_in_a_wait() -> None:
    seen: list[httpx.Request] = []

    machines_wait.sync(
        "app",
        "1",
        client=_recording(seen, 200, {"ok": True}),
        state=[WaitState.STARTED, "levitating"],
        timeout=5,
    )

    assert seen[0].url.params.multi_items() == [
        ("state", "started"),
        ("state", "levitating"),
        ("timeout", "5"),
    ]


@pytest.mark.parametrize(
    "state",
    [
        *("started", WaitState.STARTED, MachineState.STARTED),
        *(["started"], [WaitState.STARTED], ("started",), {"started"}, frozenset({WaitState.STARTED})),
        {"started": 1}.keys(),
    ],
)
def test_a_list_in_a_query_takes_one_value_too(state: list[str | WaitState] | str) -> None:
    seen: list[httpx.Request] = []

    machines_wait.sync("app", "1", client=_recording(seen, 200, {"ok": True}), state=state)
    machines_list.sync("app", client=_recording(seen, 200, []), state=state)

    assert [request.url.query for request in seen] == [b"state=started", b"state=started"]


def test_several_values_that_travel_in_one_text_are_joined_with_commas() -> None:
    seen: list[httpx.Request] = []

    for state in (["started", MachineState.STOPPED], "started,stopped"):
        machines_list.sync("app", client=_recording(seen, 200, []), state=state)
    machines_list.sync("app", client=_recording(seen, 200, []))

    assert [request.url.params.multi_items() for request in seen] == [[("state", "started,stopped")]] * 2 + [
        []
    ]


def test_what_is_not_given_is_not_sent() -> None:
    seen: list[httpx.Request] = []

    machines_stop.sync("app", "1", client=_recording(seen, 200, {"ok": True}))
    machines_start.sync(
        "app",
        "1",
        client=_recording(seen, 200, {"previous_state": "stopped"}),
        fly_machine_lease_nonce="5c35f65c9f95",
    )

    assert seen[0].content == b""
    assert "fly-machine-lease-nonce" not in seen[0].headers
    assert seen[1].headers["fly-machine-lease-nonce"] == "5c35f65c9f95"


def test_path_parameters_are_quoted() -> None:
    seen: list[httpx.Request] = []

    metadata_set.sync(
        "app", "1", "a/b?", client=_recording(seen, 204, ""), body=SetMetadataRequest(value="x")
    )

    assert seen[0].url.raw_path == b"/v1/apps/app/machines/1/metadata/a%2Fb%3F"


def test_addresses_and_wildcards_are_quoted_in_paths() -> None:
    seen: list[httpx.Request] = []

    ip_assignments_delete.sync("app", "2a09:8280:1::3", client=_recording(seen, 204, ""))
    certificates_delete.sync("app", "*.example.com", client=_recording(seen, 204, ""))

    assert seen[0].url.raw_path.endswith(b"/ip_assignments/2a09%3A8280%3A1%3A%3A3")
    assert seen[1].url.raw_path.endswith(b"/certificates/%2A.example.com")


def test_maps_are_sent_as_plain_dicts_and_null_stays_null() -> None:
    seen: list[httpx.Request] = []

    secrets_update.sync(
        "app",
        client=_recording(seen, 200, {"secrets": [], "version": 3}),
        body=UpdateAppSecretsRequest(values={"KEPT": "x", "GONE": None}),
    )

    assert json.loads(seen[0].content) == {"values": {"KEPT": "x", "GONE": None}}


def test_leases_come_in_their_envelope_with_either_status() -> None:
    answer = {"status": "success", "data": {"nonce": "5c35f65c9f95", "expires_at": 1708569778, "owner": "me"}}

    for status in (200, 201):
        taken = leases_acquire.sync(
            "app", "1", client=_answering(status, answer), body=AcquireLeaseRequest(ttl=60)
        )
        assert taken.data.nonce == "5c35f65c9f95"


def test_a_map_that_is_the_whole_answer_is_read_like_a_dict() -> None:
    metadata = metadata_list.sync("app", "1", client=_answering(200, {"fly_process_group": "app"}))

    assert isinstance(metadata, MachineMetadata)
    assert metadata["fly_process_group"] == "app"
    assert metadata.additional_properties == {"fly_process_group": "app"}


def test_a_plain_text_token_is_a_text() -> None:
    assert tokens_create_oidc.sync(client=_answering(200, b"eyJhbGciOi.JIUzI1")) == "eyJhbGciOi.JIUzI1"


@pytest.mark.parametrize("status", [200, 201, 204])
def test_where_no_answer_is_known_every_success_is_one(status: int) -> None:
    sent: list[httpx.Request] = []
    policy = CreateNetworkPolicyRequest.from_dict(
        {
            "name": "specific-egress",
            "selector": {"all": True},
            "rules": [
                {"action": "allow", "direction": "egress", "ports": [{"protocol": "tcp", "port": 443}]}
            ],
        }
    )

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(status, content=b"whatever")

    network_policies_create.sync("web", client=_client(answer), body=policy)

    assert json.loads(sent[0].content) == policy.to_dict()
    assert sent[0].url.path == "/v1/apps/web/network_policies"


def test_logs_are_text_with_a_json_object_a_line() -> None:
    lines = '{"message": "hello"}\n{"message": "world"}\n'
    client = _client(lambda _: httpx.Response(200, content=lines.encode()))

    assert logs_list_machine.sync("web", "1857156b526dd8", client=client) == lines
