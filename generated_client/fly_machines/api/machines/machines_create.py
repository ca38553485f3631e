import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.create_machine_request import CreateMachineRequest
from ...models.machine import Machine
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, *, body: CreateMachineRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/apps/{segment(app_name)}/machines",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> Machine:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), Machine.from_dict)


def sync_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateMachineRequest
) -> Response[Machine]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(app_name: str, *, client: AuthenticatedClient | Client, body: CreateMachineRequest) -> Machine:
    """Create a Machine

    Returns the Machine, which starts unless told otherwise; see `machines_wait`. A name that another
    Machine of the app has is refused with 409 and that Machine's id in the text; 408 may have created
    it; 412 and 422 can mean that there is no room.

    Args:
        app_name (str): Name of the app.
        body (CreateMachineRequest): A new Machine.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Machine
    """

    kwargs = request_parts(app_name=app_name, body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateMachineRequest
) -> Response[Machine]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(app_name: str, *, client: AuthenticatedClient | Client, body: CreateMachineRequest) -> Machine:
    """Create a Machine

    Returns the Machine, which starts unless told otherwise; see `machines_wait`. A name that another
    Machine of the app has is refused with 409 and that Machine's id in the text; 408 may have created
    it; 412 and 422 can mean that there is no room.

    Args:
        app_name (str): Name of the app.
        body (CreateMachineRequest): A new Machine.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Machine
    """

    kwargs = request_parts(app_name=app_name, body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
