import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.list_postgres_active_queries_response import ListPostgresActiveQueriesResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(postgres_cluster_id: str, *, database: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/postgres/{segment(postgres_cluster_id)}/queries/active",
        query={"database": database},
    )


def parse(response: httpx.Response) -> ListPostgresActiveQueriesResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), ListPostgresActiveQueriesResponse.from_dict)


def sync_detailed(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, database: str
) -> Response[ListPostgresActiveQueriesResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, database=database)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, database: str
) -> ListPostgresActiveQueriesResponse:
    """List the queries that are running

    Returns what each connection of a database is doing, for how long, and what it waits for.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database (str): Name of the database; not empty.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresActiveQueriesResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, database=database)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, database: str
) -> Response[ListPostgresActiveQueriesResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, database=database)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, database: str
) -> ListPostgresActiveQueriesResponse:
    """List the queries that are running

    Returns what each connection of a database is doing, for how long, and what it waits for.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database (str): Name of the database; not empty.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresActiveQueriesResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, database=database)
    return parse(await client.get_async_httpx_client().request(**kwargs))
