import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.update_volume_request import UpdateVolumeRequest
from ...models.volume import Volume
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    volume_id: str,
    *,
    body: UpdateVolumeRequest,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": f"/apps/{segment(app_name)}/volumes/{segment(volume_id)}",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> Volume:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = Volume.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[Volume]:
    parsed = parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


def sync_detailed(
    app_name: str,
    volume_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateVolumeRequest,
) -> Response[Volume]:
    """Change how a volume is backed up

    Returns the volume. Only the retention and the automatic snapshots can be changed; the size is
    `volumes_extend`'s.

    Args:
        app_name (str): Name of the app.
        volume_id (str): Id of the volume, `vol_...`.
        body (UpdateVolumeRequest): What to change; what is left out stays.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        volume_id=volume_id,
        body=body,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    app_name: str,
    volume_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateVolumeRequest,
) -> Volume:
    """Change how a volume is backed up

    Returns the volume. Only the retention and the automatic snapshots can be changed; the size is
    `volumes_extend`'s.

    Args:
        app_name (str): Name of the app.
        volume_id (str): Id of the volume, `vol_...`.
        body (UpdateVolumeRequest): What to change; what is left out stays.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Volume
    """

    kwargs = request_parts(
        app_name=app_name,
        volume_id=volume_id,
        body=body,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    volume_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateVolumeRequest,
) -> Response[Volume]:
    """Change how a volume is backed up

    Returns the volume. Only the retention and the automatic snapshots can be changed; the size is
    `volumes_extend`'s.

    Args:
        app_name (str): Name of the app.
        volume_id (str): Id of the volume, `vol_...`.
        body (UpdateVolumeRequest): What to change; what is left out stays.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        volume_id=volume_id,
        body=body,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    app_name: str,
    volume_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateVolumeRequest,
) -> Volume:
    """Change how a volume is backed up

    Returns the volume. Only the retention and the automatic snapshots can be changed; the size is
    `volumes_extend`'s.

    Args:
        app_name (str): Name of the app.
        volume_id (str): Id of the volume, `vol_...`.
        body (UpdateVolumeRequest): What to change; what is left out stays.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Volume
    """

    kwargs = request_parts(
        app_name=app_name,
        volume_id=volume_id,
        body=body,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
