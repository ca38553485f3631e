import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.postgres_database_response import PostgresDatabaseResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(postgres_cluster_id: str, database_name: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "delete",
        f"/postgres/{segment(postgres_cluster_id)}/databases/{segment(database_name)}",
    )


def parse(response: httpx.Response) -> PostgresDatabaseResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), PostgresDatabaseResponse.from_dict)


def sync_detailed(
    postgres_cluster_id: str, database_name: str, *, client: AuthenticatedClient | Client
) -> Response[PostgresDatabaseResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, database_name=database_name)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    postgres_cluster_id: str, database_name: str, *, client: AuthenticatedClient | Client
) -> PostgresDatabaseResponse:
    """Delete a database of a Postgres cluster

    Deletes the database with its data. Returns what it was.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database_name (str): Name of the database.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresDatabaseResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, database_name=database_name)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str, database_name: str, *, client: AuthenticatedClient | Client
) -> Response[PostgresDatabaseResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, database_name=database_name)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    postgres_cluster_id: str, database_name: str, *, client: AuthenticatedClient | Client
) -> PostgresDatabaseResponse:
    """Delete a database of a Postgres cluster

    Deletes the database with its data. Returns what it was.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database_name (str): Name of the database.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresDatabaseResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, database_name=database_name)
    return parse(await client.get_async_httpx_client().request(**kwargs))
