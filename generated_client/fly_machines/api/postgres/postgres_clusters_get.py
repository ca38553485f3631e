import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.postgres_cluster_response import PostgresClusterResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    postgres_cluster_id: str,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/postgres/{segment(postgres_cluster_id)}",
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> PostgresClusterResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = PostgresClusterResponse.from_dict(response_body)

            return response_200

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
) -> Response[PostgresClusterResponse]:
    """Get a Postgres cluster

    Returns one cluster with size, endpoints and attached apps; 404 if there is none of that id.

    Args:
        postgres_cluster_id (str): Id of the cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> PostgresClusterResponse:
    """Get a Postgres cluster

    Returns one cluster with size, endpoints and attached apps; 404 if there is none of that id.

    Args:
        postgres_cluster_id (str): Id of the cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresClusterResponse
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[PostgresClusterResponse]:
    """Get a Postgres cluster

    Returns one cluster with size, endpoints and attached apps; 404 if there is none of that id.

    Args:
        postgres_cluster_id (str): Id of the cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> PostgresClusterResponse:
    """Get a Postgres cluster

    Returns one cluster with size, endpoints and attached apps; 404 if there is none of that id.

    Args:
        postgres_cluster_id (str): Id of the cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresClusterResponse
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
