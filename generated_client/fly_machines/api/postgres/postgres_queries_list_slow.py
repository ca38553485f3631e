from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.list_postgres_slow_queries_response import ListPostgresSlowQueriesResponse
from ...types import UNSET, Response, Unset


def _get_kwargs(
    postgres_cluster_id: str,
    *,
    range_: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["range"] = range_

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/postgres/{postgres_cluster_id}/queries/slow".format(
            postgres_cluster_id=quote(str(postgres_cluster_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def _parse_response(*, response: httpx.Response) -> ListPostgresSlowQueriesResponse:
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

    kwargs = _get_kwargs(
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

    kwargs = _get_kwargs(
        postgres_cluster_id=postgres_cluster_id,
        range_=range_,
    )

    return _parse_response(response=client.get_httpx_client().request(**kwargs))


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

    kwargs = _get_kwargs(
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

    kwargs = _get_kwargs(
        postgres_cluster_id=postgres_cluster_id,
        range_=range_,
    )

    return _parse_response(response=await client.get_async_httpx_client().request(**kwargs))
