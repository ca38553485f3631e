import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.create_volume_request import CreateVolumeRequest
from ...models.volume import Volume
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, *, body: CreateVolumeRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/apps/{segment(app_name)}/volumes",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> Volume:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), Volume.from_dict)


def sync_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateVolumeRequest
) -> Response[Volume]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(app_name: str, *, client: AuthenticatedClient | Client, body: CreateVolumeRequest) -> Volume:
    """Create a volume

    Returns the new volume. Names are not unique: asking twice makes two. A region that cannot host it
    is refused with 422. It can take most of a minute to answer.

    Args:
        app_name (str): Name of the app.
        body (CreateVolumeRequest): A new volume, or with `snapshot_id` or `source_volume_id` a
            copy.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Volume
    """

    kwargs = request_parts(app_name=app_name, body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateVolumeRequest
) -> Response[Volume]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(app_name: str, *, client: AuthenticatedClient | Client, body: CreateVolumeRequest) -> Volume:
    """Create a volume

    Returns the new volume. Names are not unique: asking twice makes two. A region that cannot host it
    is refused with 422. It can take most of a minute to answer.

    Args:
        app_name (str): Name of the app.
        body (CreateVolumeRequest): A new volume, or with `snapshot_id` or `source_volume_id` a
            copy.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Volume
    """

    kwargs = request_parts(app_name=app_name, body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
