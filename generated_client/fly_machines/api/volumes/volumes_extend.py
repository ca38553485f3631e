import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.extend_volume_request import ExtendVolumeRequest
from ...models.extend_volume_response import ExtendVolumeResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, volume_id: str, *, body: ExtendVolumeRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "put",
        f"/apps/{segment(app_name)}/volumes/{segment(volume_id)}/extend",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> ExtendVolumeResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), ExtendVolumeResponse.from_dict)


def sync_detailed(
    app_name: str, volume_id: str, *, client: AuthenticatedClient | Client, body: ExtendVolumeRequest
) -> Response[ExtendVolumeResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, volume_id=volume_id, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str, volume_id: str, *, client: AuthenticatedClient | Client, body: ExtendVolumeRequest
) -> ExtendVolumeResponse:
    """Make a volume larger

    Returns the volume, and whether its Machine has to be restarted to see the new size. Volumes cannot
    shrink.

    Args:
        app_name (str): Name of the app.
        volume_id (str): Id of the volume, `vol_...`.
        body (ExtendVolumeRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ExtendVolumeResponse
    """

    kwargs = request_parts(app_name=app_name, volume_id=volume_id, body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, volume_id: str, *, client: AuthenticatedClient | Client, body: ExtendVolumeRequest
) -> Response[ExtendVolumeResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, volume_id=volume_id, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str, volume_id: str, *, client: AuthenticatedClient | Client, body: ExtendVolumeRequest
) -> ExtendVolumeResponse:
    """Make a volume larger

    Returns the volume, and whether its Machine has to be restarted to see the new size. Volumes cannot
    shrink.

    Args:
        app_name (str): Name of the app.
        volume_id (str): Id of the volume, `vol_...`.
        body (ExtendVolumeRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ExtendVolumeResponse
    """

    kwargs = request_parts(app_name=app_name, volume_id=volume_id, body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
