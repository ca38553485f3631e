import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.network_policy import NetworkPolicy
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/apps/{segment(app_name)}/network_policies",
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> list[NetworkPolicy]:
    """What a success answers; anything else is raised."""
    if 200 <= response.status_code <= 299:
        try:
            response_body = response.json()
            if not isinstance(response_body, list):
                raise TypeError("another kind of JSON value than declared")
            response_2xx = []
            _response_2xx = response_body
            for response_2xx_item_data in _response_2xx:
                response_2xx_item = NetworkPolicy.from_dict(response_2xx_item_data)

                response_2xx.append(response_2xx_item)

            return response_2xx

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[list[NetworkPolicy]]:
    parsed = parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


def sync_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[list[NetworkPolicy]]:
    """List the network policies of an app

    Returns all of them.

    Args:
        app_name (str): Name of the app.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
) -> list[NetworkPolicy]:
    """List the network policies of an app

    Returns all of them.

    Args:
        app_name (str): Name of the app.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        list[NetworkPolicy]
    """

    kwargs = request_parts(
        app_name=app_name,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[list[NetworkPolicy]]:
    """List the network policies of an app

    Returns all of them.

    Args:
        app_name (str): Name of the app.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
) -> list[NetworkPolicy]:
    """List the network policies of an app

    Returns all of them.

    Args:
        app_name (str): Name of the app.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        list[NetworkPolicy]
    """

    kwargs = request_parts(
        app_name=app_name,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
