import sys
from typing import Any

import httpx

from ...calls import check_status, detailed, request
from ...client import AuthenticatedClient, Client
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    postgres_cluster_id: str, database_name: str, extension_name: str, *, force: bool | Unset = UNSET
) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "delete",
        f"/postgres/{segment(postgres_cluster_id)}/databases/{segment(database_name)}/extensions/{segment(extension_name)}",
        query={"force": force},
    )


def parse(response: httpx.Response) -> None:
    """Return what a success answers; raise anything else."""
    check_status(response, (204,))


def sync_detailed(
    postgres_cluster_id: str,
    database_name: str,
    extension_name: str,
    *,
    client: AuthenticatedClient | Client,
    force: bool | Unset = UNSET,
) -> Response[None]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id, database_name=database_name, extension_name=extension_name, force=force
    )
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    postgres_cluster_id: str,
    database_name: str,
    extension_name: str,
    *,
    client: AuthenticatedClient | Client,
    force: bool | Unset = UNSET,
) -> None:
    """Disable an extension in a database

    A success has no content. What depends on it makes it fail, unless forced.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database_name (str): Name of the database.
        extension_name (str): Name of the extension.
        force (bool | Unset): Drop what depends on it too.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id, database_name=database_name, extension_name=extension_name, force=force
    )
    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str,
    database_name: str,
    extension_name: str,
    *,
    client: AuthenticatedClient | Client,
    force: bool | Unset = UNSET,
) -> Response[None]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id, database_name=database_name, extension_name=extension_name, force=force
    )
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    postgres_cluster_id: str,
    database_name: str,
    extension_name: str,
    *,
    client: AuthenticatedClient | Client,
    force: bool | Unset = UNSET,
) -> None:
    """Disable an extension in a database

    A success has no content. What depends on it makes it fail, unless forced.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database_name (str): Name of the database.
        extension_name (str): Name of the extension.
        force (bool | Unset): Drop what depends on it too.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id, database_name=database_name, extension_name=extension_name, force=force
    )
    parse(await client.get_async_httpx_client().request(**kwargs))
