import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.create_postgres_attachment_request import CreatePostgresAttachmentRequest
from ...models.postgres_attachment_response import PostgresAttachmentResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(postgres_cluster_id: str, *, body: CreatePostgresAttachmentRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/postgres/{segment(postgres_cluster_id)}/attachments",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> PostgresAttachmentResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200, 201), PostgresAttachmentResponse.from_dict)


def sync_detailed(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, body: CreatePostgresAttachmentRequest
) -> Response[PostgresAttachmentResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, body: CreatePostgresAttachmentRequest
) -> PostgresAttachmentResponse:
    """Attach an app to a Postgres cluster

    Returns the attachment, also if it was there before (200 instead of 201).

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (CreatePostgresAttachmentRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresAttachmentResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, body: CreatePostgresAttachmentRequest
) -> Response[PostgresAttachmentResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    postgres_cluster_id: str, *, client: AuthenticatedClient | Client, body: CreatePostgresAttachmentRequest
) -> PostgresAttachmentResponse:
    """Attach an app to a Postgres cluster

    Returns the attachment, also if it was there before (200 instead of 201).

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (CreatePostgresAttachmentRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresAttachmentResponse
    """

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
