import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.create_postgres_cluster_request import CreatePostgresClusterRequest
from ...models.postgres_cluster_response import PostgresClusterResponse
from ...types import OperationModule, Response

sys.modules[__name__].__class__ = OperationModule


def request_parts(*, body: CreatePostgresClusterRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        "/postgres",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> PostgresClusterResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (201,), PostgresClusterResponse.from_dict)


def sync_detailed(
    *, client: AuthenticatedClient | Client, body: CreatePostgresClusterRequest
) -> Response[PostgresClusterResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(*, client: AuthenticatedClient | Client, body: CreatePostgresClusterRequest) -> PostgresClusterResponse:
    """Create a Postgres cluster

    Returns the cluster, which is usable once its status is `ready`. A request that the plan or region
    does not allow is refused with 422.

    Args:
        body (CreatePostgresClusterRequest): A new cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresClusterResponse
    """

    kwargs = request_parts(body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    *, client: AuthenticatedClient | Client, body: CreatePostgresClusterRequest
) -> Response[PostgresClusterResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    *, client: AuthenticatedClient | Client, body: CreatePostgresClusterRequest
) -> PostgresClusterResponse:
    """Create a Postgres cluster

    Returns the cluster, which is usable once its status is `ready`. A request that the plan or region
    does not allow is refused with 422.

    Args:
        body (CreatePostgresClusterRequest): A new cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresClusterResponse
    """

    kwargs = request_parts(body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
