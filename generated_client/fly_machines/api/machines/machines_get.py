import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.machine import Machine
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str, machine_id: str, *, include_leases: bool | Unset = UNSET, version: str | Unset = UNSET
) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/apps/{segment(app_name)}/machines/{segment(machine_id)}",
        query={"include_leases": include_leases, "version": version},
    )


def parse(response: httpx.Response) -> Machine:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), Machine.from_dict)


def sync_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    include_leases: bool | Unset = UNSET,
    version: str | Unset = UNSET,
) -> Response[Machine]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, machine_id=machine_id, include_leases=include_leases, version=version)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    include_leases: bool | Unset = UNSET,
    version: str | Unset = UNSET,
) -> Machine:
    """Get a Machine

    Returns the Machine with config, checks and latest events; 404 if there is none of that id, or none
    any more.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        include_leases (bool | Unset): Include who holds a lease, without its nonce.
        version (str | Unset): Version to return instead of the current one.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Machine
    """

    kwargs = request_parts(app_name=app_name, machine_id=machine_id, include_leases=include_leases, version=version)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    include_leases: bool | Unset = UNSET,
    version: str | Unset = UNSET,
) -> Response[Machine]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, machine_id=machine_id, include_leases=include_leases, version=version)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    include_leases: bool | Unset = UNSET,
    version: str | Unset = UNSET,
) -> Machine:
    """Get a Machine

    Returns the Machine with config, checks and latest events; 404 if there is none of that id, or none
    any more.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        include_leases (bool | Unset): Include who holds a lease, without its nonce.
        version (str | Unset): Version to return instead of the current one.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Machine
    """

    kwargs = request_parts(app_name=app_name, machine_id=machine_id, include_leases=include_leases, version=version)
    return parse(await client.get_async_httpx_client().request(**kwargs))
