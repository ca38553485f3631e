import sys
from typing import Any

import httpx

from ...calls import check_status, detailed, request
from ...client import AuthenticatedClient, Client
from ...models.enable_postgres_extension_request import EnablePostgresExtensionRequest
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    postgres_cluster_id: str, database_name: str, *, body: EnablePostgresExtensionRequest
) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/postgres/{segment(postgres_cluster_id)}/databases/{segment(database_name)}/extensions",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> None:
    """Return what a success answers; raise anything else."""
    check_status(response, (204,))


def sync_detailed(
    postgres_cluster_id: str,
    database_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: EnablePostgresExtensionRequest,
) -> Response[None]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, database_name=database_name, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    postgres_cluster_id: str,
    database_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: EnablePostgresExtensionRequest,
) -> None:
    """Enable an extension in a database

    A success has no content. Answers 409 if it is enabled already or needs PostGIS where that is not
    enabled, 422 if there is no such extension.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database_name (str): Name of the database.
        body (EnablePostgresExtensionRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, database_name=database_name, body=body)
    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str,
    database_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: EnablePostgresExtensionRequest,
) -> Response[None]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, database_name=database_name, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    postgres_cluster_id: str,
    database_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: EnablePostgresExtensionRequest,
) -> None:
    """Enable an extension in a database

    A success has no content. Answers 409 if it is enabled already or needs PostGIS where that is not
    enabled, 422 if there is no such extension.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database_name (str): Name of the database.
        body (EnablePostgresExtensionRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, database_name=database_name, body=body)
    parse(await client.get_async_httpx_client().request(**kwargs))
