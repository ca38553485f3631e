import sys
from typing import Any

import httpx

from ...calls import check_status, detailed, request
from ...client import AuthenticatedClient, Client
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, ip: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "delete",
        f"/apps/{segment(app_name)}/ip_assignments/{segment(ip)}",
    )


def parse(response: httpx.Response) -> None:
    """Return what a success answers; raise anything else."""
    check_status(response, (204,))


def sync_detailed(app_name: str, ip: str, *, client: AuthenticatedClient | Client) -> Response[None]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, ip=ip)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(app_name: str, ip: str, *, client: AuthenticatedClient | Client) -> None:
    """Take an address from an app

    Releases the address, which may then go to someone else; a success has no content.

    Args:
        app_name (str): Name of the app.
        ip (str): The address.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(app_name=app_name, ip=ip)
    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(app_name: str, ip: str, *, client: AuthenticatedClient | Client) -> Response[None]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, ip=ip)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(app_name: str, ip: str, *, client: AuthenticatedClient | Client) -> None:
    """Take an address from an app

    Releases the address, which may then go to someone else; a success has no content.

    Args:
        app_name (str): Name of the app.
        ip (str): The address.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(app_name=app_name, ip=ip)
    parse(await client.get_async_httpx_client().request(**kwargs))
