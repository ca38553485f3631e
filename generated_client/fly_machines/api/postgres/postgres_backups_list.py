import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.list_postgres_backups_response import ListPostgresBackupsResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(postgres_cluster_id: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/postgres/{segment(postgres_cluster_id)}/backups",
    )


def parse(response: httpx.Response) -> ListPostgresBackupsResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), ListPostgresBackupsResponse.from_dict)


def sync_detailed(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client
) -> Response[ListPostgresBackupsResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(postgres_cluster_id: str, *, client: AuthenticatedClient | Client) -> ListPostgresBackupsResponse:
    """List the backups of a Postgres cluster

    Returns id, kind, size and times of each.

    Args:
        postgres_cluster_id (str): Id of the cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresBackupsResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client
) -> Response[ListPostgresBackupsResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(postgres_cluster_id: str, *, client: AuthenticatedClient | Client) -> ListPostgresBackupsResponse:
    """List the backups of a Postgres cluster

    Returns id, kind, size and times of each.

    Args:
        postgres_cluster_id (str): Id of the cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresBackupsResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id)
    return parse(await client.get_async_httpx_client().request(**kwargs))
