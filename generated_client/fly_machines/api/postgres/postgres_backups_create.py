import sys
from typing import Any

import httpx

from ...calls import check_status, detailed, request
from ...client import AuthenticatedClient, Client
from ...models.create_postgres_backup_request import CreatePostgresBackupRequest
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(postgres_cluster_id: str, *, body: CreatePostgresBackupRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/postgres/{segment(postgres_cluster_id)}/backups",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> None:
    """Return what a success answers; raise anything else."""
    check_status(response, (202,))


def sync_detailed(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, body: CreatePostgresBackupRequest
) -> Response[None]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(postgres_cluster_id: str, *, client: AuthenticatedClient | Client, body: CreatePostgresBackupRequest) -> None:
    """Back up a Postgres cluster

    Accepted with 202 and no content. Answers 409 while another backup runs.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (CreatePostgresBackupRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, body=body)
    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, body: CreatePostgresBackupRequest
) -> Response[None]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, body: CreatePostgresBackupRequest
) -> None:
    """Back up a Postgres cluster

    Accepted with 202 and no content. Answers 409 while another backup runs.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (CreatePostgresBackupRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, body=body)
    parse(await client.get_async_httpx_client().request(**kwargs))
