import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.process_stat import ProcessStat
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    machine_id: str,
    *,
    order: str | Unset = UNSET,
    sort_by: str | Unset = UNSET,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    params: dict[str, Any] = {}

    params["order"] = order

    params["sort_by"] = sort_by

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/apps/{segment(app_name)}/machines/{segment(machine_id)}/ps",
        "params": params,
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> list[ProcessStat]:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, list):
                raise TypeError("another kind of JSON value than declared")
            response_200 = []
            _response_200 = response_body
            for response_200_item_data in _response_200:
                response_200_item = ProcessStat.from_dict(response_200_item_data)

                response_200.append(response_200_item)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[list[ProcessStat]]:
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
    order: str | Unset = UNSET,
    sort_by: str | Unset = UNSET,
) -> Response[list[ProcessStat]]:
    """List the processes on a Machine

    Returns what runs on it, with use of CPU and memory and open ports.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        order (str | Unset): Direction to sort in.
        sort_by (str | Unset): Key to sort by.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        order=order,
        sort_by=sort_by,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    order: str | Unset = UNSET,
    sort_by: str | Unset = UNSET,
) -> list[ProcessStat]:
    """List the processes on a Machine

    Returns what runs on it, with use of CPU and memory and open ports.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        order (str | Unset): Direction to sort in.
        sort_by (str | Unset): Key to sort by.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        list[ProcessStat]
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        order=order,
        sort_by=sort_by,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    order: str | Unset = UNSET,
    sort_by: str | Unset = UNSET,
) -> Response[list[ProcessStat]]:
    """List the processes on a Machine

    Returns what runs on it, with use of CPU and memory and open ports.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        order (str | Unset): Direction to sort in.
        sort_by (str | Unset): Key to sort by.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        order=order,
        sort_by=sort_by,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    order: str | Unset = UNSET,
    sort_by: str | Unset = UNSET,
) -> list[ProcessStat]:
    """List the processes on a Machine

    Returns what runs on it, with use of CPU and memory and open ports.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        order (str | Unset): Direction to sort in.
        sort_by (str | Unset): Key to sort by.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        list[ProcessStat]
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        order=order,
        sort_by=sort_by,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
