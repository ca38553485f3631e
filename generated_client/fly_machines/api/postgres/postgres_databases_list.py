import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.list_postgres_databases_response import ListPostgresDatabasesResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    postgres_cluster_id: str,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/postgres/{segment(postgres_cluster_id)}/databases",
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> ListPostgresDatabasesResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = ListPostgresDatabasesResponse.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[ListPostgresDatabasesResponse]:
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
) -> Response[ListPostgresDatabasesResponse]:
    """List the databases of a Postgres cluster

    Returns their names. Answers 503 while the cluster does not respond, with the seconds to wait in
    `retry-after`; so do the other calls about databases, extensions and users.

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
) -> ListPostgresDatabasesResponse:
    """List the databases of a Postgres cluster

    Returns their names. Answers 503 while the cluster does not respond, with the seconds to wait in
    `retry-after`; so do the other calls about databases, extensions and users.

    Args:
        postgres_cluster_id (str): Id of the cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresDatabasesResponse
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[ListPostgresDatabasesResponse]:
    """List the databases of a Postgres cluster

    Returns their names. Answers 503 while the cluster does not respond, with the seconds to wait in
    `retry-after`; so do the other calls about databases, extensions and users.

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
) -> ListPostgresDatabasesResponse:
    """List the databases of a Postgres cluster

    Returns their names. Answers 503 while the cluster does not respond, with the seconds to wait in
    `retry-after`; so do the other calls about databases, extensions and users.

    Args:
        postgres_cluster_id (str): Id of the cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresDatabasesResponse
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
