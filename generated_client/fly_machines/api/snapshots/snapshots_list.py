import sys
from typing import Any

import httpx

from ...calls import detailed, parse_list, request
from ...client import AuthenticatedClient, Client
from ...models.volume_snapshot import VolumeSnapshot
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, volume_id: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/apps/{segment(app_name)}/volumes/{segment(volume_id)}/snapshots",
    )


def parse(response: httpx.Response) -> list[VolumeSnapshot]:
    """Return what a success answers; raise anything else."""
    return parse_list(response, (200,), VolumeSnapshot.from_dict)


def sync_detailed(
    app_name: str, volume_id: str, *, client: AuthenticatedClient | Client
) -> Response[list[VolumeSnapshot]]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, volume_id=volume_id)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(app_name: str, volume_id: str, *, client: AuthenticatedClient | Client) -> list[VolumeSnapshot]:
    """List the snapshots of a volume

    Returns all of them, oldest first, also of a volume that has been destroyed.

    Args:
        app_name (str): Name of the app.
        volume_id (str): Id of the volume; destroyed ones still have their snapshots.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        list[VolumeSnapshot]
    """

    kwargs = request_parts(app_name=app_name, volume_id=volume_id)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, volume_id: str, *, client: AuthenticatedClient | Client
) -> Response[list[VolumeSnapshot]]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, volume_id=volume_id)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(app_name: str, volume_id: str, *, client: AuthenticatedClient | Client) -> list[VolumeSnapshot]:
    """List the snapshots of a volume

    Returns all of them, oldest first, also of a volume that has been destroyed.

    Args:
        app_name (str): Name of the app.
        volume_id (str): Id of the volume; destroyed ones still have their snapshots.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        list[VolumeSnapshot]
    """

    kwargs = request_parts(app_name=app_name, volume_id=volume_id)
    return parse(await client.get_async_httpx_client().request(**kwargs))
