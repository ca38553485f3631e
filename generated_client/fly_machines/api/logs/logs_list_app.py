import sys
from typing import Any

import httpx

from ...calls import detailed, parse_text, request
from ...client import AuthenticatedClient, Client
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/apps/{segment(app_name)}/logs",
    )


def parse(response: httpx.Response) -> str:
    """Return what a success answers; raise anything else."""
    return parse_text(response, (200,))


def sync_detailed(app_name: str, *, client: AuthenticatedClient | Client) -> Response[str]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(app_name: str, *, client: AuthenticatedClient | Client) -> str:
    """Get recent log lines of an app

    Returns text: a JSON object a line, of all the app's Machines.

    Args:
        app_name (str): Name of the app.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        str
    """

    kwargs = request_parts(app_name=app_name)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(app_name: str, *, client: AuthenticatedClient | Client) -> Response[str]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(app_name: str, *, client: AuthenticatedClient | Client) -> str:
    """Get recent log lines of an app

    Returns text: a JSON object a line, of all the app's Machines.

    Args:
        app_name (str): Name of the app.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        str
    """

    kwargs = request_parts(app_name=app_name)
    return parse(await client.get_async_httpx_client().request(**kwargs))
