import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.postgres_database_response import PostgresDatabaseResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    postgres_cluster_id: str,
    database_name: str,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": f"/postgres/{segment(postgres_cluster_id)}/databases/{segment(database_name)}",
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> PostgresDatabaseResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = PostgresDatabaseResponse.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[PostgresDatabaseResponse]:
    parsed = parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


def sync_detailed(
    postgres_cluster_id: str,
    database_name: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[PostgresDatabaseResponse]:
    """Delete a database of a Postgres cluster

    Deletes the database with its data. Returns what it was.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database_name (str): Name of the database.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        database_name=database_name,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    postgres_cluster_id: str,
    database_name: str,
    *,
    client: AuthenticatedClient | Client,
) -> PostgresDatabaseResponse:
    """Delete a database of a Postgres cluster

    Deletes the database with its data. Returns what it was.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database_name (str): Name of the database.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresDatabaseResponse
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        database_name=database_name,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str,
    database_name: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[PostgresDatabaseResponse]:
    """Delete a database of a Postgres cluster

    Deletes the database with its data. Returns what it was.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database_name (str): Name of the database.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        database_name=database_name,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    postgres_cluster_id: str,
    database_name: str,
    *,
    client: AuthenticatedClient | Client,
) -> PostgresDatabaseResponse:
    """Delete a database of a Postgres cluster

    Deletes the database with its data. Returns what it was.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database_name (str): Name of the database.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresDatabaseResponse
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        database_name=database_name,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
