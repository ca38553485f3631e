import sys
from typing import Any

import httpx

from ...calls import check_status, detailed, request
from ...client import AuthenticatedClient, Client
from ...models.create_network_policy_request import CreateNetworkPolicyRequest
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, *, body: CreateNetworkPolicyRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/apps/{segment(app_name)}/network_policies",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> None:
    """Return what a success answers; raise anything else."""
    check_status(response, range(200, 300))


def sync_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateNetworkPolicyRequest
) -> Response[None]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(app_name: str, *, client: AuthenticatedClient | Client, body: CreateNetworkPolicyRequest) -> None:
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

    kwargs = request_parts(app_name=app_name, body=body)
    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateNetworkPolicyRequest
) -> Response[None]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(app_name: str, *, client: AuthenticatedClient | Client, body: CreateNetworkPolicyRequest) -> None:
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

    kwargs = request_parts(app_name=app_name, body=body)
    parse(await client.get_async_httpx_client().request(**kwargs))
