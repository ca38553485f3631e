import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.find_placements_request import FindPlacementsRequest
from ...models.find_placements_response import FindPlacementsResponse
from ...types import OperationModule, Response

sys.modules[__name__].__class__ = OperationModule


def request_parts(*, body: FindPlacementsRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        "/platform/placements",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> FindPlacementsResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), FindPlacementsResponse.from_dict)


def sync_detailed(
    *, client: AuthenticatedClient | Client, body: FindPlacementsRequest
) -> Response[FindPlacementsResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(*, client: AuthenticatedClient | Client, body: FindPlacementsRequest) -> FindPlacementsResponse:
    """Find out where Machines would fit

    Returns how many Machines of a size could be placed in each region. Nothing is reserved, so a later
    create may still fail.

    Args:
        body (FindPlacementsRequest): What would have to fit.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        FindPlacementsResponse
    """

    kwargs = request_parts(body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    *, client: AuthenticatedClient | Client, body: FindPlacementsRequest
) -> Response[FindPlacementsResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(*, client: AuthenticatedClient | Client, body: FindPlacementsRequest) -> FindPlacementsResponse:
    """Find out where Machines would fit

    Returns how many Machines of a size could be placed in each region. Nothing is reserved, so a later
    create may still fail.

    Args:
        body (FindPlacementsRequest): What would have to fit.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        FindPlacementsResponse
    """

    kwargs = request_parts(body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
