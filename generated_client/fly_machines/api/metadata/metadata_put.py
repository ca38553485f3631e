import sys
from typing import Any

import httpx

from ...calls import check_status, detailed, request
from ...client import AuthenticatedClient, Client
from ...models.update_metadata_request import UpdateMetadataRequest
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str, machine_id: str, *, body: UpdateMetadataRequest, fly_machine_lease_nonce: str | Unset = UNSET
) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "put",
        f"/apps/{segment(app_name)}/machines/{segment(machine_id)}/metadata",
        headers={"fly-machine-lease-nonce": fly_machine_lease_nonce, "Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> None:
    """Return what a success answers; raise anything else."""
    check_status(response, (204,))


def sync_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateMetadataRequest,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> Response[None]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(
        app_name=app_name, machine_id=machine_id, body=body, fly_machine_lease_nonce=fly_machine_lease_nonce
    )
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateMetadataRequest,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> None:
    """Set several keys of a Machine's metadata

    Sets the given keys and leaves the others, exactly as `metadata_patch` does, which takes its place:
    it does not replace the map. Answers 412 if `machine_version` is given and no longer current.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        fly_machine_lease_nonce (str | Unset): Nonce of the lease that you hold on the Machine, if
            any.
        body (UpdateMetadataRequest): Several keys at once.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(
        app_name=app_name, machine_id=machine_id, body=body, fly_machine_lease_nonce=fly_machine_lease_nonce
    )
    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateMetadataRequest,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> Response[None]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(
        app_name=app_name, machine_id=machine_id, body=body, fly_machine_lease_nonce=fly_machine_lease_nonce
    )
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateMetadataRequest,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> None:
    """Set several keys of a Machine's metadata

    Sets the given keys and leaves the others, exactly as `metadata_patch` does, which takes its place:
    it does not replace the map. Answers 412 if `machine_version` is given and no longer current.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        fly_machine_lease_nonce (str | Unset): Nonce of the lease that you hold on the Machine, if
            any.
        body (UpdateMetadataRequest): Several keys at once.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(
        app_name=app_name, machine_id=machine_id, body=body, fly_machine_lease_nonce=fly_machine_lease_nonce
    )
    parse(await client.get_async_httpx_client().request(**kwargs))
