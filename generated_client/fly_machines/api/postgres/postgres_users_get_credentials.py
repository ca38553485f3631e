import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.postgres_user_credentials_response import PostgresUserCredentialsResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(postgres_cluster_id: str, username: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/postgres/{segment(postgres_cluster_id)}/users/{segment(username)}/credentials",
    )


def parse(response: httpx.Response) -> PostgresUserCredentialsResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), PostgresUserCredentialsResponse.from_dict)


def sync_detailed(
    postgres_cluster_id: str, username: str, *, client: AuthenticatedClient | Client
) -> Response[PostgresUserCredentialsResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, username=username)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    postgres_cluster_id: str, username: str, *, client: AuthenticatedClient | Client
) -> PostgresUserCredentialsResponse:
    """Get the password of a Postgres user

    Returns name and password; keep the answer out of logs.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        username (str): Name of the user.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresUserCredentialsResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, username=username)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str, username: str, *, client: AuthenticatedClient | Client
) -> Response[PostgresUserCredentialsResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, username=username)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    postgres_cluster_id: str, username: str, *, client: AuthenticatedClient | Client
) -> PostgresUserCredentialsResponse:
    """Get the password of a Postgres user

    Returns name and password; keep the answer out of logs.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        username (str): Name of the user.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresUserCredentialsResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, username=username)
    return parse(await client.get_async_httpx_client().request(**kwargs))
