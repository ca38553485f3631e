import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.create_postgres_attachment_request import CreatePostgresAttachmentRequest
from ...models.postgres_attachment_response import PostgresAttachmentResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    postgres_cluster_id: str,
    *,
    body: CreatePostgresAttachmentRequest,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/postgres/{segment(postgres_cluster_id)}/attachments",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> PostgresAttachmentResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = PostgresAttachmentResponse.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    if response.status_code == 201:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_201 = PostgresAttachmentResponse.from_dict(response_body)

            return response_201

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[PostgresAttachmentResponse]:
    parsed = parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


def sync_detailed(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreatePostgresAttachmentRequest,
) -> Response[PostgresAttachmentResponse]:
    """Attach an app to a Postgres cluster

    Returns the attachment, also if it was there before (200 instead of 201).

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (CreatePostgresAttachmentRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        body=body,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreatePostgresAttachmentRequest,
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

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        body=body,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreatePostgresAttachmentRequest,
) -> Response[PostgresAttachmentResponse]:
    """Attach an app to a Postgres cluster

    Returns the attachment, also if it was there before (200 instead of 201).

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (CreatePostgresAttachmentRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        body=body,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreatePostgresAttachmentRequest,
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

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        body=body,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
