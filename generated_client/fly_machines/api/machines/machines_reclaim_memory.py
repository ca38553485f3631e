import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.reclaim_memory_request import ReclaimMemoryRequest
from ...models.reclaim_memory_response import ReclaimMemoryResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, machine_id: str, *, body: ReclaimMemoryRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/apps/{segment(app_name)}/machines/{segment(machine_id)}/memory/reclaim",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> ReclaimMemoryResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), ReclaimMemoryResponse.from_dict)


def sync_detailed(
    app_name: str, machine_id: str, *, client: AuthenticatedClient | Client, body: ReclaimMemoryRequest
) -> Response[ReclaimMemoryResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, machine_id=machine_id, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str, machine_id: str, *, client: AuthenticatedClient | Client, body: ReclaimMemoryRequest
) -> ReclaimMemoryResponse:
    """Take unused memory back from a Machine

    Asks a running Machine for memory that it does not use. Returns how much that was, in MiB.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        body (ReclaimMemoryRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ReclaimMemoryResponse
    """

    kwargs = request_parts(app_name=app_name, machine_id=machine_id, body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, machine_id: str, *, client: AuthenticatedClient | Client, body: ReclaimMemoryRequest
) -> Response[ReclaimMemoryResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, machine_id=machine_id, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str, machine_id: str, *, client: AuthenticatedClient | Client, body: ReclaimMemoryRequest
) -> ReclaimMemoryResponse:
    """Take unused memory back from a Machine

    Asks a running Machine for memory that it does not use. Returns how much that was, in MiB.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        body (ReclaimMemoryRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ReclaimMemoryResponse
    """

    kwargs = request_parts(app_name=app_name, machine_id=machine_id, body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
