import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.create_app_deploy_token_request import CreateAppDeployTokenRequest
from ...models.create_app_deploy_token_response import CreateAppDeployTokenResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, *, body: CreateAppDeployTokenRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/apps/{segment(app_name)}/deploy_token",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> CreateAppDeployTokenResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), CreateAppDeployTokenResponse.from_dict)


def sync_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateAppDeployTokenRequest
) -> Response[CreateAppDeployTokenResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateAppDeployTokenRequest
) -> CreateAppDeployTokenResponse:
    """Create a token for one app

    Returns a token that can do everything with this app and nothing else; it is shown only this once. A
    body is required: without one the answer is 400.

    Args:
        app_name (str): Name of the app; unique in all of Fly.io.
        body (CreateAppDeployTokenRequest): What the new token shall be good for.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        CreateAppDeployTokenResponse
    """

    kwargs = request_parts(app_name=app_name, body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateAppDeployTokenRequest
) -> Response[CreateAppDeployTokenResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateAppDeployTokenRequest
) -> CreateAppDeployTokenResponse:
    """Create a token for one app

    Returns a token that can do everything with this app and nothing else; it is shown only this once. A
    body is required: without one the answer is 400.

    Args:
        app_name (str): Name of the app; unique in all of Fly.io.
        body (CreateAppDeployTokenRequest): What the new token shall be good for.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        CreateAppDeployTokenResponse
    """

    kwargs = request_parts(app_name=app_name, body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
