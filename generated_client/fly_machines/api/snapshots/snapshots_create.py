import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.create_snapshot_response import CreateSnapshotResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, volume_id: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/apps/{segment(app_name)}/volumes/{segment(volume_id)}/snapshots",
    )


def parse(response: httpx.Response) -> CreateSnapshotResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), CreateSnapshotResponse.from_dict)


def sync_detailed(
    app_name: str, volume_id: str, *, client: AuthenticatedClient | Client
) -> Response[CreateSnapshotResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, volume_id=volume_id)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(app_name: str, volume_id: str, *, client: AuthenticatedClient | Client) -> CreateSnapshotResponse:
    """Take a snapshot of a volume

    Returns the backup that was scheduled; its `graph_id` is the id of the snapshot to be. Answers 412
    while another one is pending.

    Args:
        app_name (str): Name of the app.
        volume_id (str): Id of the volume; destroyed ones still have their snapshots.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        CreateSnapshotResponse
    """

    kwargs = request_parts(app_name=app_name, volume_id=volume_id)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, volume_id: str, *, client: AuthenticatedClient | Client
) -> Response[CreateSnapshotResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, volume_id=volume_id)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(app_name: str, volume_id: str, *, client: AuthenticatedClient | Client) -> CreateSnapshotResponse:
    """Take a snapshot of a volume

    Returns the backup that was scheduled; its `graph_id` is the id of the snapshot to be. Answers 412
    while another one is pending.

    Args:
        app_name (str): Name of the app.
        volume_id (str): Id of the volume; destroyed ones still have their snapshots.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        CreateSnapshotResponse
    """

    kwargs = request_parts(app_name=app_name, volume_id=volume_id)
    return parse(await client.get_async_httpx_client().request(**kwargs))
