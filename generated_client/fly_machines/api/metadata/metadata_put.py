import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.update_metadata_request import UpdateMetadataRequest
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    machine_id: str,
    *,
    body: UpdateMetadataRequest,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""
    headers: dict[str, Any] = {}
    if not isinstance(fly_machine_lease_nonce, Unset):
        headers["fly-machine-lease-nonce"] = fly_machine_lease_nonce

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": f"/apps/{segment(app_name)}/machines/{segment(machine_id)}/metadata",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> None:
    """What a success answers; anything else is raised."""
    if response.status_code == 204:
        return None
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[None]:
    parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=None,
    )


def sync_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateMetadataRequest,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> Response[None]:
    """Set several keys of a Machine's metadata

    Sets the given keys and leaves the others, exactly as `metadata_patch` does, which takes its place:
    it does not replace the map. Answers 412 if `machine_version` is given and no longer current.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        fly_machine_lease_nonce (str | Unset): Nonce of the lease that you hold on the Machine, if
            any.
        body (UpdateMetadataRequest): Several keys at once.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        body=body,
        fly_machine_lease_nonce=fly_machine_lease_nonce,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateMetadataRequest,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> None:
    """Set several keys of a Machine's metadata

    Sets the given keys and leaves the others, exactly as `metadata_patch` does, which takes its place:
    it does not replace the map. Answers 412 if `machine_version` is given and no longer current.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        fly_machine_lease_nonce (str | Unset): Nonce of the lease that you hold on the Machine, if
            any.
        body (UpdateMetadataRequest): Several keys at once.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        body=body,
        fly_machine_lease_nonce=fly_machine_lease_nonce,
    )

    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateMetadataRequest,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> Response[None]:
    """Set several keys of a Machine's metadata

    Sets the given keys and leaves the others, exactly as `metadata_patch` does, which takes its place:
    it does not replace the map. Answers 412 if `machine_version` is given and no longer current.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        fly_machine_lease_nonce (str | Unset): Nonce of the lease that you hold on the Machine, if
            any.
        body (UpdateMetadataRequest): Several keys at once.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        body=body,
        fly_machine_lease_nonce=fly_machine_lease_nonce,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateMetadataRequest,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> None:
    """Set several keys of a Machine's metadata

    Sets the given keys and leaves the others, exactly as `metadata_patch` does, which takes its place:
    it does not replace the map. Answers 412 if `machine_version` is given and no longer current.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        fly_machine_lease_nonce (str | Unset): Nonce of the lease that you hold on the Machine, if
            any.
        body (UpdateMetadataRequest): Several keys at once.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        body=body,
        fly_machine_lease_nonce=fly_machine_lease_nonce,
    )

    parse(await client.get_async_httpx_client().request(**kwargs))
