import sys
from typing import Any

import httpx

from ...calls import detailed, parse_list, request
from ...client import AuthenticatedClient, Client
from ...models.machine_event import MachineEvent
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, machine_id: str, *, limit: int | Unset = UNSET) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/apps/{segment(app_name)}/machines/{segment(machine_id)}/events",
        query={"limit": limit},
    )


def parse(response: httpx.Response) -> list[MachineEvent]:
    """Return what a success answers; raise anything else."""
    return parse_list(response, (200,), MachineEvent.from_dict)


def sync_detailed(
    app_name: str, machine_id: str, *, client: AuthenticatedClient | Client, limit: int | Unset = UNSET
) -> Response[list[MachineEvent]]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, machine_id=machine_id, limit=limit)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str, machine_id: str, *, client: AuthenticatedClient | Client, limit: int | Unset = UNSET
) -> list[MachineEvent]:
    """List the events of a Machine

    Returns the latest first: launches, starts, stops, exits and who caused them.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        limit (int | Unset): How many, up to 50. Default: 20.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        list[MachineEvent]
    """

    kwargs = request_parts(app_name=app_name, machine_id=machine_id, limit=limit)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, machine_id: str, *, client: AuthenticatedClient | Client, limit: int | Unset = UNSET
) -> Response[list[MachineEvent]]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, machine_id=machine_id, limit=limit)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str, machine_id: str, *, client: AuthenticatedClient | Client, limit: int | Unset = UNSET
) -> list[MachineEvent]:
    """List the events of a Machine

    Returns the latest first: launches, starts, stops, exits and who caused them.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        limit (int | Unset): How many, up to 50. Default: 20.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        list[MachineEvent]
    """

    kwargs = request_parts(app_name=app_name, machine_id=machine_id, limit=limit)
    return parse(await client.get_async_httpx_client().request(**kwargs))
