import sys
from typing import Any

import httpx

from ...calls import check_status, detailed, request
from ...client import AuthenticatedClient, Client
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, policy_id: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "delete",
        f"/apps/{segment(app_name)}/network_policies/{segment(policy_id)}",
    )


def parse(response: httpx.Response) -> None:
    """Return what a success answers; raise anything else."""
    check_status(response, range(200, 300))


def sync_detailed(app_name: str, policy_id: str, *, client: AuthenticatedClient | Client) -> Response[None]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, policy_id=policy_id)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(app_name: str, policy_id: str, *, client: AuthenticatedClient | Client) -> None:
    """Delete a network policy

    Lifts the policy; what it answers is not documented.

    Args:
        app_name (str): Name of the app.
        policy_id (str): Id of the policy, from the list.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(app_name=app_name, policy_id=policy_id)
    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(app_name: str, policy_id: str, *, client: AuthenticatedClient | Client) -> Response[None]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, policy_id=policy_id)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(app_name: str, policy_id: str, *, client: AuthenticatedClient | Client) -> None:
    """Delete a network policy

    Lifts the policy; what it answers is not documented.

    Args:
        app_name (str): Name of the app.
        policy_id (str): Id of the policy, from the list.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(app_name=app_name, policy_id=policy_id)
    parse(await client.get_async_httpx_client().request(**kwargs))
