import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.postgres_cluster_response import PostgresClusterResponse
from ...models.restore_postgres_cluster_request import RestorePostgresClusterRequest
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(postgres_cluster_id: str, *, body: RestorePostgresClusterRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/postgres/{segment(postgres_cluster_id)}/restore",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> PostgresClusterResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (201,), PostgresClusterResponse.from_dict)


def sync_detailed(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, body: RestorePostgresClusterRequest
) -> Response[PostgresClusterResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, body: RestorePostgresClusterRequest
) -> PostgresClusterResponse:
    """Restore a Postgres cluster into a new one

    Returns a new cluster with the data of a backup or of a point in time; this one stays as it is.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (RestorePostgresClusterRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresClusterResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, body: RestorePostgresClusterRequest
) -> Response[PostgresClusterResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, body: RestorePostgresClusterRequest
) -> PostgresClusterResponse:
    """Restore a Postgres cluster into a new one

    Returns a new cluster with the data of a backup or of a point in time; this one stays as it is.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (RestorePostgresClusterRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresClusterResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
