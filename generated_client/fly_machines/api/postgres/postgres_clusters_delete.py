import sys
from typing import Any

import httpx

from ...calls import check_status, detailed, request
from ...client import AuthenticatedClient, Client
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(postgres_cluster_id: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "delete",
        f"/postgres/{segment(postgres_cluster_id)}",
    )


def parse(response: httpx.Response) -> None:
    """Return what a success answers; raise anything else."""
    check_status(response, (202,))


def sync_detailed(postgres_cluster_id: str, *, client: AuthenticatedClient | Client) -> Response[None]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(postgres_cluster_id: str, *, client: AuthenticatedClient | Client) -> None:
    """Delete a Postgres cluster

    Accepted with 202 and no content. Answers 410 if it is deleted, or being deleted, already.

    Args:
        postgres_cluster_id (str): Id of the cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id)
    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(postgres_cluster_id: str, *, client: AuthenticatedClient | Client) -> Response[None]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(postgres_cluster_id: str, *, client: AuthenticatedClient | Client) -> None:
    """Delete a Postgres cluster

    Accepted with 202 and no content. Answers 410 if it is deleted, or being deleted, already.

    Args:
        postgres_cluster_id (str): Id of the cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id)
    parse(await client.get_async_httpx_client().request(**kwargs))
