from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.create_postgres_attachment_request import CreatePostgresAttachmentRequest
from ...models.postgres_attachment_response import PostgresAttachmentResponse
from ...types import Response


def _get_kwargs(
    postgres_cluster_id: str,
    *,
    body: CreatePostgresAttachmentRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/postgres/{postgres_cluster_id}/attachments".format(
            postgres_cluster_id=quote(str(postgres_cluster_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def _parse_response(*, response: httpx.Response) -> PostgresAttachmentResponse:
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
    parsed = _parse_response(response=response)
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

    kwargs = _get_kwargs(
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

    kwargs = _get_kwargs(
        postgres_cluster_id=postgres_cluster_id,
        body=body,
    )

    return _parse_response(response=client.get_httpx_client().request(**kwargs))


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

    kwargs = _get_kwargs(
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

    kwargs = _get_kwargs(
        postgres_cluster_id=postgres_cluster_id,
        body=body,
    )

    return _parse_response(response=await client.get_async_httpx_client().request(**kwargs))
