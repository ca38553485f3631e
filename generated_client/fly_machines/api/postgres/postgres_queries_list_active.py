import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.list_postgres_active_queries_response import ListPostgresActiveQueriesResponse
from ...types import UNSET, OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    postgres_cluster_id: str,
    *,
    database: str,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    params: dict[str, Any] = {}

    params["database"] = database

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/postgres/{segment(postgres_cluster_id)}/queries/active",
        "params": params,
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> ListPostgresActiveQueriesResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = ListPostgresActiveQueriesResponse.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[ListPostgresActiveQueriesResponse]:
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
    database: str,
) -> Response[ListPostgresActiveQueriesResponse]:
    """List the queries that are running

    Returns what each connection of a database is doing, for how long, and what it waits for.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database (str): Name of the database; not empty.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        database=database,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
    database: str,
) -> ListPostgresActiveQueriesResponse:
    """List the queries that are running

    Returns what each connection of a database is doing, for how long, and what it waits for.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database (str): Name of the database; not empty.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresActiveQueriesResponse
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        database=database,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
    database: str,
) -> Response[ListPostgresActiveQueriesResponse]:
    """List the queries that are running

    Returns what each connection of a database is doing, for how long, and what it waits for.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database (str): Name of the database; not empty.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        database=database,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
    database: str,
) -> ListPostgresActiveQueriesResponse:
    """List the queries that are running

    Returns what each connection of a database is doing, for how long, and what it waits for.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database (str): Name of the database; not empty.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresActiveQueriesResponse
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        database=database,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
