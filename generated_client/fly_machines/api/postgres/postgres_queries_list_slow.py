import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.list_postgres_slow_queries_response import ListPostgresSlowQueriesResponse
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(postgres_cluster_id: str, *, range_: int | Unset = UNSET) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/postgres/{segment(postgres_cluster_id)}/queries/slow",
        query={"range": range_},
    )


def parse(response: httpx.Response) -> ListPostgresSlowQueriesResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), ListPostgresSlowQueriesResponse.from_dict)


def sync_detailed(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, range_: int | Unset = UNSET
) -> Response[ListPostgresSlowQueriesResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, range_=range_)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, range_: int | Unset = UNSET
) -> ListPostgresSlowQueriesResponse:
    """List the slowest queries

    Returns the queries that took the most time, with counts and times in seconds.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        range_ (int | Unset): Seconds to look back, 1 to 604800. Default: 3600.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresSlowQueriesResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, range_=range_)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, range_: int | Unset = UNSET
) -> Response[ListPostgresSlowQueriesResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, range_=range_)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, range_: int | Unset = UNSET
) -> ListPostgresSlowQueriesResponse:
    """List the slowest queries

    Returns the queries that took the most time, with counts and times in seconds.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        range_ (int | Unset): Seconds to look back, 1 to 604800. Default: 3600.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresSlowQueriesResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, range_=range_)
    return parse(await client.get_async_httpx_client().request(**kwargs))
