import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.acquire_lease_request import AcquireLeaseRequest
from ...models.lease_envelope import LeaseEnvelope
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    machine_id: str,
    *,
    body: AcquireLeaseRequest,
    ttl: int | Unset = UNSET,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/apps/{segment(app_name)}/machines/{segment(machine_id)}/lease",
        query={"ttl": ttl},
        headers={"fly-machine-lease-nonce": fly_machine_lease_nonce, "Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> LeaseEnvelope:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200, 201), LeaseEnvelope.from_dict)


def sync_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: AcquireLeaseRequest,
    ttl: int | Unset = UNSET,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> Response[LeaseEnvelope]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(
        app_name=app_name, machine_id=machine_id, body=body, ttl=ttl, fly_machine_lease_nonce=fly_machine_lease_nonce
    )
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: AcquireLeaseRequest,
    ttl: int | Unset = UNSET,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> LeaseEnvelope:
    """Take or extend the lease of a Machine

    Returns the lease, whose nonce the following writes have to carry. Given that nonce, it extends the
    same lease; if someone else holds one, it answers 409 and says who and until when.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        ttl (int | Unset): Lifetime in seconds; the body can say it too.
        fly_machine_lease_nonce (str | Unset): Nonce of the lease that you hold.
        body (AcquireLeaseRequest): How long a lease is wanted, and what for.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        LeaseEnvelope
    """

    kwargs = request_parts(
        app_name=app_name, machine_id=machine_id, body=body, ttl=ttl, fly_machine_lease_nonce=fly_machine_lease_nonce
    )
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: AcquireLeaseRequest,
    ttl: int | Unset = UNSET,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> Response[LeaseEnvelope]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(
        app_name=app_name, machine_id=machine_id, body=body, ttl=ttl, fly_machine_lease_nonce=fly_machine_lease_nonce
    )
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: AcquireLeaseRequest,
    ttl: int | Unset = UNSET,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> LeaseEnvelope:
    """Take or extend the lease of a Machine

    Returns the lease, whose nonce the following writes have to carry. Given that nonce, it extends the
    same lease; if someone else holds one, it answers 409 and says who and until when.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        ttl (int | Unset): Lifetime in seconds; the body can say it too.
        fly_machine_lease_nonce (str | Unset): Nonce of the lease that you hold.
        body (AcquireLeaseRequest): How long a lease is wanted, and what for.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        LeaseEnvelope
    """

    kwargs = request_parts(
        app_name=app_name, machine_id=machine_id, body=body, ttl=ttl, fly_machine_lease_nonce=fly_machine_lease_nonce
    )
    return parse(await client.get_async_httpx_client().request(**kwargs))
