import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.list_postgres_databases_response import ListPostgresDatabasesResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(postgres_cluster_id: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/postgres/{segment(postgres_cluster_id)}/databases",
    )


def parse(response: httpx.Response) -> ListPostgresDatabasesResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), ListPostgresDatabasesResponse.from_dict)


def sync_detailed(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client
) -> Response[ListPostgresDatabasesResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(postgres_cluster_id: str, *, client: AuthenticatedClient | Client) -> ListPostgresDatabasesResponse:
    """List the databases of a Postgres cluster

    Returns their names. Answers 503 while the cluster does not respond, with the seconds to wait in
    `retry-after`; so do the other calls about databases, extensions and users.

    Args:
        postgres_cluster_id (str): Id of the cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresDatabasesResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client
) -> Response[ListPostgresDatabasesResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(postgres_cluster_id: str, *, client: AuthenticatedClient | Client) -> ListPostgresDatabasesResponse:
    """List the databases of a Postgres cluster

    Returns their names. Answers 503 while the cluster does not respond, with the seconds to wait in
    `retry-after`; so do the other calls about databases, extensions and users.

    Args:
        postgres_cluster_id (str): Id of the cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresDatabasesResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id)
    return parse(await client.get_async_httpx_client().request(**kwargs))
