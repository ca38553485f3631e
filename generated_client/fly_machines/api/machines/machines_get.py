import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.machine import Machine
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    machine_id: str,
    *,
    include_leases: bool | Unset = UNSET,
    version: str | Unset = UNSET,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    params: dict[str, Any] = {}

    params["include_leases"] = include_leases

    params["version"] = version

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/apps/{segment(app_name)}/machines/{segment(machine_id)}",
        "params": params,
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> Machine:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = Machine.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[Machine]:
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
    include_leases: bool | Unset = UNSET,
    version: str | Unset = UNSET,
) -> Response[Machine]:
    """Get a Machine

    Returns the Machine with config, checks and latest events; 404 if there is none of that id, or none
    any more.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        include_leases (bool | Unset): Include who holds a lease, without its nonce.
        version (str | Unset): Version to return instead of the current one.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        include_leases=include_leases,
        version=version,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    include_leases: bool | Unset = UNSET,
    version: str | Unset = UNSET,
) -> Machine:
    """Get a Machine

    Returns the Machine with config, checks and latest events; 404 if there is none of that id, or none
    any more.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        include_leases (bool | Unset): Include who holds a lease, without its nonce.
        version (str | Unset): Version to return instead of the current one.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Machine
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        include_leases=include_leases,
        version=version,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    include_leases: bool | Unset = UNSET,
    version: str | Unset = UNSET,
) -> Response[Machine]:
    """Get a Machine

    Returns the Machine with config, checks and latest events; 404 if there is none of that id, or none
    any more.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        include_leases (bool | Unset): Include who holds a lease, without its nonce.
        version (str | Unset): Version to return instead of the current one.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        include_leases=include_leases,
        version=version,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    include_leases: bool | Unset = UNSET,
    version: str | Unset = UNSET,
) -> Machine:
    """Get a Machine

    Returns the Machine with config, checks and latest events; 404 if there is none of that id, or none
    any more.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        include_leases (bool | Unset): Include who holds a lease, without its nonce.
        version (str | Unset): Version to return instead of the current one.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Machine
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        include_leases=include_leases,
        version=version,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
