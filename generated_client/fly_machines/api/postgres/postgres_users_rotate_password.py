import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.rotate_postgres_password_request import RotatePostgresPasswordRequest
from ...models.rotate_postgres_password_response import RotatePostgresPasswordResponse
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    postgres_cluster_id: str, username: str, *, body: RotatePostgresPasswordRequest | Unset = UNSET
) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/postgres/{segment(postgres_cluster_id)}/users/{segment(username)}/rotate_password",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> RotatePostgresPasswordResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), RotatePostgresPasswordResponse.from_dict)


def sync_detailed(
    postgres_cluster_id: str,
    username: str,
    *,
    client: AuthenticatedClient | Client,
    body: RotatePostgresPasswordRequest | Unset = UNSET,
) -> Response[RotatePostgresPasswordResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, username=username, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    postgres_cluster_id: str,
    username: str,
    *,
    client: AuthenticatedClient | Client,
    body: RotatePostgresPasswordRequest | Unset = UNSET,
) -> RotatePostgresPasswordResponse:
    """Give a Postgres user a new password

    Returns name and new password; the old one stops working.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        username (str): Name of the user.
        body (RotatePostgresPasswordRequest | Unset):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        RotatePostgresPasswordResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, username=username, body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str,
    username: str,
    *,
    client: AuthenticatedClient | Client,
    body: RotatePostgresPasswordRequest | Unset = UNSET,
) -> Response[RotatePostgresPasswordResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, username=username, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    postgres_cluster_id: str,
    username: str,
    *,
    client: AuthenticatedClient | Client,
    body: RotatePostgresPasswordRequest | Unset = UNSET,
) -> RotatePostgresPasswordResponse:
    """Give a Postgres user a new password

    Returns name and new password; the old one stops working.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        username (str): Name of the user.
        body (RotatePostgresPasswordRequest | Unset):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        RotatePostgresPasswordResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, username=username, body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
