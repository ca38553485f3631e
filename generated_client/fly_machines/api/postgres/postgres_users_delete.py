import sys
from typing import Any

import httpx

from ...calls import check_status, detailed, request
from ...client import AuthenticatedClient, Client
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(postgres_cluster_id: str, username: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "delete",
        f"/postgres/{segment(postgres_cluster_id)}/users/{segment(username)}",
    )


def parse(response: httpx.Response) -> None:
    """Return what a success answers; raise anything else."""
    check_status(response, (204,))


def sync_detailed(postgres_cluster_id: str, username: str, *, client: AuthenticatedClient | Client) -> Response[None]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, username=username)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(postgres_cluster_id: str, username: str, *, client: AuthenticatedClient | Client) -> None:
    """Delete a user of a Postgres cluster

    A success has no content.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        username (str): Name of the user.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, username=username)
    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str, username: str, *, client: AuthenticatedClient | Client
) -> Response[None]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, username=username)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(postgres_cluster_id: str, username: str, *, client: AuthenticatedClient | Client) -> None:
    """Delete a user of a Postgres cluster

    A success has no content.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        username (str): Name of the user.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, username=username)
    parse(await client.get_async_httpx_client().request(**kwargs))
