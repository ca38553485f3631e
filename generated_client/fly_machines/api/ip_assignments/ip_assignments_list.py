import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.list_ip_assignments_response import ListIpAssignmentsResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/apps/{segment(app_name)}/ip_assignments",
    )


def parse(response: httpx.Response) -> ListIpAssignmentsResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), ListIpAssignmentsResponse.from_dict)


def sync_detailed(app_name: str, *, client: AuthenticatedClient | Client) -> Response[ListIpAssignmentsResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(app_name: str, *, client: AuthenticatedClient | Client) -> ListIpAssignmentsResponse:
    """List the addresses of an app

    Returns all of them. The kind has to be told from the address and from `shared` and `egress`.

    Args:
        app_name (str): Name of the app.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListIpAssignmentsResponse
    """

    kwargs = request_parts(app_name=app_name)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, *, client: AuthenticatedClient | Client
) -> Response[ListIpAssignmentsResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(app_name: str, *, client: AuthenticatedClient | Client) -> ListIpAssignmentsResponse:
    """List the addresses of an app

    Returns all of them. The kind has to be told from the address and from `shared` and `egress`.

    Args:
        app_name (str): Name of the app.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListIpAssignmentsResponse
    """

    kwargs = request_parts(app_name=app_name)
    return parse(await client.get_async_httpx_client().request(**kwargs))
