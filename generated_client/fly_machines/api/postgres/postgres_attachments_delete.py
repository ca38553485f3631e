import sys
from typing import Any

import httpx

from ...calls import check_status, detailed, request
from ...client import AuthenticatedClient, Client
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(postgres_cluster_id: str, app_name: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "delete",
        f"/postgres/{segment(postgres_cluster_id)}/attachments/{segment(app_name)}",
    )


def parse(response: httpx.Response) -> None:
    """Return what a success answers; raise anything else."""
    check_status(response, (204,))


def sync_detailed(postgres_cluster_id: str, app_name: str, *, client: AuthenticatedClient | Client) -> Response[None]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, app_name=app_name)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(postgres_cluster_id: str, app_name: str, *, client: AuthenticatedClient | Client) -> None:
    """Detach an app from a Postgres cluster

    Removes the attachment; a success has no content.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        app_name (str): Name of the app.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, app_name=app_name)
    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str, app_name: str, *, client: AuthenticatedClient | Client
) -> Response[None]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, app_name=app_name)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(postgres_cluster_id: str, app_name: str, *, client: AuthenticatedClient | Client) -> None:
    """Detach an app from a Postgres cluster

    Removes the attachment; a success has no content.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        app_name (str): Name of the app.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, app_name=app_name)
    parse(await client.get_async_httpx_client().request(**kwargs))
