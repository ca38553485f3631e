import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.volume_snapshot import VolumeSnapshot
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    volume_id: str,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/apps/{segment(app_name)}/volumes/{segment(volume_id)}/snapshots",
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> list[VolumeSnapshot]:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, list):
                raise TypeError("another kind of JSON value than declared")
            response_200 = []
            _response_200 = response_body
            for response_200_item_data in _response_200:
                response_200_item = VolumeSnapshot.from_dict(response_200_item_data)

                response_200.append(response_200_item)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[list[VolumeSnapshot]]:
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
) -> Response[list[VolumeSnapshot]]:
    """List the snapshots of a volume

    Returns all of them, oldest first, also of a volume that has been destroyed.

    Args:
        app_name (str): Name of the app.
        volume_id (str): Id of the volume; destroyed ones still have their snapshots.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        volume_id=volume_id,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    app_name: str,
    volume_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> list[VolumeSnapshot]:
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

    kwargs = request_parts(
        app_name=app_name,
        volume_id=volume_id,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    volume_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[list[VolumeSnapshot]]:
    """List the snapshots of a volume

    Returns all of them, oldest first, also of a volume that has been destroyed.

    Args:
        app_name (str): Name of the app.
        volume_id (str): Id of the volume; destroyed ones still have their snapshots.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        volume_id=volume_id,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    app_name: str,
    volume_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> list[VolumeSnapshot]:
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

    kwargs = request_parts(
        app_name=app_name,
        volume_id=volume_id,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
