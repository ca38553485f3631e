import sys
from typing import Any

import httpx

from ...calls import detailed, parse_list, request
from ...client import AuthenticatedClient, Client
from ...models.process_stat import ProcessStat
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str, machine_id: str, *, order: str | Unset = UNSET, sort_by: str | Unset = UNSET
) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/apps/{segment(app_name)}/machines/{segment(machine_id)}/ps",
        query={"order": order, "sort_by": sort_by},
    )


def parse(response: httpx.Response) -> list[ProcessStat]:
    """Return what a success answers; raise anything else."""
    return parse_list(response, (200,), ProcessStat.from_dict)


def sync_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    order: str | Unset = UNSET,
    sort_by: str | Unset = UNSET,
) -> Response[list[ProcessStat]]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, machine_id=machine_id, order=order, sort_by=sort_by)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    order: str | Unset = UNSET,
    sort_by: str | Unset = UNSET,
) -> list[ProcessStat]:
    """List the processes on a Machine

    Returns what runs on it, with use of CPU and memory and open ports.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        order (str | Unset): Direction to sort in.
        sort_by (str | Unset): Key to sort by.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        list[ProcessStat]
    """

    kwargs = request_parts(app_name=app_name, machine_id=machine_id, order=order, sort_by=sort_by)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    order: str | Unset = UNSET,
    sort_by: str | Unset = UNSET,
) -> Response[list[ProcessStat]]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, machine_id=machine_id, order=order, sort_by=sort_by)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    order: str | Unset = UNSET,
    sort_by: str | Unset = UNSET,
) -> list[ProcessStat]:
    """List the processes on a Machine

    Returns what runs on it, with use of CPU and memory and open ports.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        order (str | Unset): Direction to sort in.
        sort_by (str | Unset): Key to sort by.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        list[ProcessStat]
    """

    kwargs = request_parts(app_name=app_name, machine_id=machine_id, order=order, sort_by=sort_by)
    return parse(await client.get_async_httpx_client().request(**kwargs))
