import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.list_postgres_slow_queries_response import ListPostgresSlowQueriesResponse
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    postgres_cluster_id: str,
    *,
    range_: int | Unset = UNSET,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    params: dict[str, Any] = {}

    params["range"] = range_

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/postgres/{segment(postgres_cluster_id)}/queries/slow",
        "params": params,
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> ListPostgresSlowQueriesResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = ListPostgresSlowQueriesResponse.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[ListPostgresSlowQueriesResponse]:
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
    range_: int | Unset = UNSET,
) -> Response[ListPostgresSlowQueriesResponse]:
    """List the slowest queries

    Returns the queries that took the most time, with counts and times in seconds.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        range_ (int | Unset): Seconds to look back, 1 to 604800. Default: 3600.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        range_=range_,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
    range_: int | Unset = UNSET,
) -> ListPostgresSlowQueriesResponse:
    """List the slowest queries

    Returns the queries that took the most time, with counts and times in seconds.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        range_ (int | Unset): Seconds to look back, 1 to 604800. Default: 3600.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresSlowQueriesResponse
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        range_=range_,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
    range_: int | Unset = UNSET,
) -> Response[ListPostgresSlowQueriesResponse]:
    """List the slowest queries

    Returns the queries that took the most time, with counts and times in seconds.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        range_ (int | Unset): Seconds to look back, 1 to 604800. Default: 3600.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        range_=range_,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
    range_: int | Unset = UNSET,
) -> ListPostgresSlowQueriesResponse:
    """List the slowest queries

    Returns the queries that took the most time, with counts and times in seconds.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        range_ (int | Unset): Seconds to look back, 1 to 604800. Default: 3600.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresSlowQueriesResponse
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        range_=range_,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
