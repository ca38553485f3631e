import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.list_regions_response import ListRegionsResponse
from ...types import OperationModule, Response

sys.modules[__name__].__class__ = OperationModule


def request_parts() -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        "/platform/regions",
    )


def parse(response: httpx.Response) -> ListRegionsResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), ListRegionsResponse.from_dict)


def sync_detailed(*, client: AuthenticatedClient | Client) -> Response[ListRegionsResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts()
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(*, client: AuthenticatedClient | Client) -> ListRegionsResponse:
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


async def asyncio_detailed(*, client: AuthenticatedClient | Client) -> Response[ListRegionsResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts()
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(*, client: AuthenticatedClient | Client) -> ListRegionsResponse:
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
