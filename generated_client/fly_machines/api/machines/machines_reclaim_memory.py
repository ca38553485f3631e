import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.reclaim_memory_request import ReclaimMemoryRequest
from ...models.reclaim_memory_response import ReclaimMemoryResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    machine_id: str,
    *,
    body: ReclaimMemoryRequest,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/apps/{segment(app_name)}/machines/{segment(machine_id)}/memory/reclaim",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> ReclaimMemoryResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = ReclaimMemoryResponse.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[ReclaimMemoryResponse]:
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
    body: ReclaimMemoryRequest,
) -> Response[ReclaimMemoryResponse]:
    """Take unused memory back from a Machine

    Asks a running Machine for memory that it does not use. Returns how much that was, in MiB.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        body (ReclaimMemoryRequest):

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
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: ReclaimMemoryRequest,
) -> ReclaimMemoryResponse:
    """Take unused memory back from a Machine

    Asks a running Machine for memory that it does not use. Returns how much that was, in MiB.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        body (ReclaimMemoryRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ReclaimMemoryResponse
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        body=body,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: ReclaimMemoryRequest,
) -> Response[ReclaimMemoryResponse]:
    """Take unused memory back from a Machine

    Asks a running Machine for memory that it does not use. Returns how much that was, in MiB.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        body (ReclaimMemoryRequest):

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
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: ReclaimMemoryRequest,
) -> ReclaimMemoryResponse:
    """Take unused memory back from a Machine

    Asks a running Machine for memory that it does not use. Returns how much that was, in MiB.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        body (ReclaimMemoryRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ReclaimMemoryResponse
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        body=body,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
