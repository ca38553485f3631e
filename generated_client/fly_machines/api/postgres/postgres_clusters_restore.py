import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.postgres_cluster_response import PostgresClusterResponse
from ...models.restore_postgres_cluster_request import RestorePostgresClusterRequest
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    postgres_cluster_id: str,
    *,
    body: RestorePostgresClusterRequest,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/postgres/{segment(postgres_cluster_id)}/restore",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> PostgresClusterResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 201:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_201 = PostgresClusterResponse.from_dict(response_body)

            return response_201

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[PostgresClusterResponse]:
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
    body: RestorePostgresClusterRequest,
) -> Response[PostgresClusterResponse]:
    """Restore a Postgres cluster into a new one

    Returns a new cluster with the data of a backup or of a point in time; this one stays as it is.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (RestorePostgresClusterRequest):

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
    body: RestorePostgresClusterRequest,
) -> PostgresClusterResponse:
    """Restore a Postgres cluster into a new one

    Returns a new cluster with the data of a backup or of a point in time; this one stays as it is.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (RestorePostgresClusterRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresClusterResponse
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
    body: RestorePostgresClusterRequest,
) -> Response[PostgresClusterResponse]:
    """Restore a Postgres cluster into a new one

    Returns a new cluster with the data of a backup or of a point in time; this one stays as it is.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (RestorePostgresClusterRequest):

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
    body: RestorePostgresClusterRequest,
) -> PostgresClusterResponse:
    """Restore a Postgres cluster into a new one

    Returns a new cluster with the data of a backup or of a point in time; this one stays as it is.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (RestorePostgresClusterRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresClusterResponse
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        body=body,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
