import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.create_network_policy_request import CreateNetworkPolicyRequest
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    *,
    body: CreateNetworkPolicyRequest,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/apps/{segment(app_name)}/network_policies",
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
    if 200 <= response.status_code <= 299:
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
    *,
    client: AuthenticatedClient | Client,
    body: CreateNetworkPolicyRequest,
) -> Response[None]:
    """Create or replace a network policy

    With an id it replaces that policy, without one it makes another, even of the same name. What it
    answers is not documented: list the policies to learn the id. Machines that run already have to be
    restarted.

    Args:
        app_name (str): Name of the app.
        body (CreateNetworkPolicyRequest): A network policy, new or changed.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        body=body,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateNetworkPolicyRequest,
) -> None:
    """Create or replace a network policy

    With an id it replaces that policy, without one it makes another, even of the same name. What it
    answers is not documented: list the policies to learn the id. Machines that run already have to be
    restarted.

    Args:
        app_name (str): Name of the app.
        body (CreateNetworkPolicyRequest): A network policy, new or changed.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(
        app_name=app_name,
        body=body,
    )

    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateNetworkPolicyRequest,
) -> Response[None]:
    """Create or replace a network policy

    With an id it replaces that policy, without one it makes another, even of the same name. What it
    answers is not documented: list the policies to learn the id. Machines that run already have to be
    restarted.

    Args:
        app_name (str): Name of the app.
        body (CreateNetworkPolicyRequest): A network policy, new or changed.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        body=body,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateNetworkPolicyRequest,
) -> None:
    """Create or replace a network policy

    With an id it replaces that policy, without one it makes another, even of the same name. What it
    answers is not documented: list the policies to learn the id. Machines that run already have to be
    restarted.

    Args:
        app_name (str): Name of the app.
        body (CreateNetworkPolicyRequest): A network policy, new or changed.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(
        app_name=app_name,
        body=body,
    )

    parse(await client.get_async_httpx_client().request(**kwargs))
