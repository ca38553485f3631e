import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.ok_response import OkResponse
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    machine_id: str,
    *,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""
    headers: dict[str, Any] = {}
    if not isinstance(fly_machine_lease_nonce, Unset):
        headers["fly-machine-lease-nonce"] = fly_machine_lease_nonce

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/apps/{segment(app_name)}/machines/{segment(machine_id)}/uncordon",
    }

    _kwargs["headers"] = headers
    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> OkResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = OkResponse.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[OkResponse]:
    parsed = parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


def sync_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> Response[OkResponse]:
    """Put a Machine back into the proxy

    Undoes `machines_cordon`: the proxy sends it requests again.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        fly_machine_lease_nonce (str | Unset): Nonce of the lease that you hold on the Machine, if
            any.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        fly_machine_lease_nonce=fly_machine_lease_nonce,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> OkResponse:
    """Put a Machine back into the proxy

    Undoes `machines_cordon`: the proxy sends it requests again.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        fly_machine_lease_nonce (str | Unset): Nonce of the lease that you hold on the Machine, if
            any.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        OkResponse
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        fly_machine_lease_nonce=fly_machine_lease_nonce,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> Response[OkResponse]:
    """Put a Machine back into the proxy

    Undoes `machines_cordon`: the proxy sends it requests again.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        fly_machine_lease_nonce (str | Unset): Nonce of the lease that you hold on the Machine, if
            any.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        fly_machine_lease_nonce=fly_machine_lease_nonce,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> OkResponse:
    """Put a Machine back into the proxy

    Undoes `machines_cordon`: the proxy sends it requests again.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        fly_machine_lease_nonce (str | Unset): Nonce of the lease that you hold on the Machine, if
            any.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        OkResponse
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        fly_machine_lease_nonce=fly_machine_lease_nonce,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
