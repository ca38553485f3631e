import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.create_ip_assignment_request import CreateIpAssignmentRequest
from ...models.create_ip_assignment_response import CreateIpAssignmentResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, *, body: CreateIpAssignmentRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/apps/{segment(app_name)}/ip_assignments",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> CreateIpAssignmentResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), CreateIpAssignmentResponse.from_dict)


def sync_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateIpAssignmentRequest
) -> Response[CreateIpAssignmentResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateIpAssignmentRequest
) -> CreateIpAssignmentResponse:
    """Give an app an address

    Returns the address, or the pair. Asking for a dedicated one again gives another one, which is
    billed; an app has one shared IPv4 address.

    Args:
        app_name (str): Name of the app.
        body (CreateIpAssignmentRequest): The address that is wanted.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        CreateIpAssignmentResponse
    """

    kwargs = request_parts(app_name=app_name, body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateIpAssignmentRequest
) -> Response[CreateIpAssignmentResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateIpAssignmentRequest
) -> CreateIpAssignmentResponse:
    """Give an app an address

    Returns the address, or the pair. Asking for a dedicated one again gives another one, which is
    billed; an app has one shared IPv4 address.

    Args:
        app_name (str): Name of the app.
        body (CreateIpAssignmentRequest): The address that is wanted.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        CreateIpAssignmentResponse
    """

    kwargs = request_parts(app_name=app_name, body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
