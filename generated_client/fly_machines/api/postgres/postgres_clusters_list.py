import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.list_postgres_clusters_response import ListPostgresClustersResponse
from ...types import UNSET, OperationModule, Response, Unset

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    *,
    include_deleted: bool | Unset = UNSET,
    org_slug: str,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    params: dict[str, Any] = {}

    params["include_deleted"] = include_deleted

    params["org_slug"] = org_slug

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/postgres",
        "params": params,
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> ListPostgresClustersResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = ListPostgresClustersResponse.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[ListPostgresClustersResponse]:
    parsed = parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    include_deleted: bool | Unset = UNSET,
    org_slug: str,
) -> Response[ListPostgresClustersResponse]:
    """List the Postgres clusters of an organization

    Returns a summary of each. An unknown organization is answered 404, even without a token.

    Args:
        include_deleted (bool | Unset): Include those that have been deleted.
        org_slug (str): Slug of the organization.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        include_deleted=include_deleted,
        org_slug=org_slug,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    *,
    client: AuthenticatedClient | Client,
    include_deleted: bool | Unset = UNSET,
    org_slug: str,
) -> ListPostgresClustersResponse:
    """List the Postgres clusters of an organization

    Returns a summary of each. An unknown organization is answered 404, even without a token.

    Args:
        include_deleted (bool | Unset): Include those that have been deleted.
        org_slug (str): Slug of the organization.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresClustersResponse
    """

    kwargs = request_parts(
        include_deleted=include_deleted,
        org_slug=org_slug,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    include_deleted: bool | Unset = UNSET,
    org_slug: str,
) -> Response[ListPostgresClustersResponse]:
    """List the Postgres clusters of an organization

    Returns a summary of each. An unknown organization is answered 404, even without a token.

    Args:
        include_deleted (bool | Unset): Include those that have been deleted.
        org_slug (str): Slug of the organization.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        include_deleted=include_deleted,
        org_slug=org_slug,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    include_deleted: bool | Unset = UNSET,
    org_slug: str,
) -> ListPostgresClustersResponse:
    """List the Postgres clusters of an organization

    Returns a summary of each. An unknown organization is answered 404, even without a token.

    Args:
        include_deleted (bool | Unset): Include those that have been deleted.
        org_slug (str): Slug of the organization.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresClustersResponse
    """

    kwargs = request_parts(
        include_deleted=include_deleted,
        org_slug=org_slug,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
