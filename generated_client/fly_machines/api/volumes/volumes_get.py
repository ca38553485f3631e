import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.volume import Volume
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, volume_id: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/apps/{segment(app_name)}/volumes/{segment(volume_id)}",
    )


def parse(response: httpx.Response) -> Volume:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), Volume.from_dict)


def sync_detailed(app_name: str, volume_id: str, *, client: AuthenticatedClient | Client) -> Response[Volume]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, volume_id=volume_id)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(app_name: str, volume_id: str, *, client: AuthenticatedClient | Client) -> Volume:
    """Get a volume

    Returns one volume; 404 if there is none of that id.

    Args:
        app_name (str): Name of the app.
        volume_id (str): Id of the volume, `vol_...`.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Volume
    """

    kwargs = request_parts(app_name=app_name, volume_id=volume_id)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(app_name: str, volume_id: str, *, client: AuthenticatedClient | Client) -> Response[Volume]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, volume_id=volume_id)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(app_name: str, volume_id: str, *, client: AuthenticatedClient | Client) -> Volume:
    """Get a volume

    Returns one volume; 404 if there is none of that id.

    Args:
        app_name (str): Name of the app.
        volume_id (str): Id of the volume, `vol_...`.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Volume
    """

    kwargs = request_parts(app_name=app_name, volume_id=volume_id)
    return parse(await client.get_async_httpx_client().request(**kwargs))
