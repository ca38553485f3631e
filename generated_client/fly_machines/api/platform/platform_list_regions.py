import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.list_regions_response import ListRegionsResponse
from ...types import OperationModule, Response

sys.modules[__name__].__class__ = OperationModule


def request_parts() -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/platform/regions",
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> ListRegionsResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = ListRegionsResponse.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[ListRegionsResponse]:
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
) -> Response[ListRegionsResponse]:
    """List the regions

    Returns all regions and the one nearest to you. Needs no token.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts()

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    *,
    client: AuthenticatedClient | Client,
) -> ListRegionsResponse:
    """List the regions

    Returns all regions and the one nearest to you. Needs no token.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListRegionsResponse
    """

    kwargs = request_parts()

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
) -> Response[ListRegionsResponse]:
    """List the regions

    Returns all regions and the one nearest to you. Needs no token.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts()

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
) -> ListRegionsResponse:
    """List the regions

    Returns all regions and the one nearest to you. Needs no token.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListRegionsResponse
    """

    kwargs = request_parts()

    return parse(await client.get_async_httpx_client().request(**kwargs))
