import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.create_postgres_user_request import CreatePostgresUserRequest
from ...models.postgres_user_response import PostgresUserResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(postgres_cluster_id: str, *, body: CreatePostgresUserRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/postgres/{segment(postgres_cluster_id)}/users",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> PostgresUserResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (201,), PostgresUserResponse.from_dict)


def sync_detailed(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, body: CreatePostgresUserRequest
) -> Response[PostgresUserResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, body: CreatePostgresUserRequest
) -> PostgresUserResponse:
    """Create a user of a Postgres cluster

    Returns the user, without the password: see `postgres_users_get_credentials`. Answers 409 if the
    name is taken.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (CreatePostgresUserRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresUserResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, body: CreatePostgresUserRequest
) -> Response[PostgresUserResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, body: CreatePostgresUserRequest
) -> PostgresUserResponse:
    """Create a user of a Postgres cluster

    Returns the user, without the password: see `postgres_users_get_credentials`. Answers 409 if the
    name is taken.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (CreatePostgresUserRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresUserResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
