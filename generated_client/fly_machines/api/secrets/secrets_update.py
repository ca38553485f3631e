import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.update_app_secrets_request import UpdateAppSecretsRequest
from ...models.update_app_secrets_response import UpdateAppSecretsResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, *, body: UpdateAppSecretsRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/apps/{segment(app_name)}/secrets",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> UpdateAppSecretsResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), UpdateAppSecretsResponse.from_dict)


def sync_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, body: UpdateAppSecretsRequest
) -> Response[UpdateAppSecretsResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str, *, client: AuthenticatedClient | Client, body: UpdateAppSecretsRequest
) -> UpdateAppSecretsResponse:
    """Set and remove several secrets

    Sets all given values at once and removes those that are null; others stay. Removing what is not
    there is no error, and an empty request returns the present version.

    Args:
        app_name (str): Name of the app.
        body (UpdateAppSecretsRequest): Several secrets at once.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        UpdateAppSecretsResponse
    """

    kwargs = request_parts(app_name=app_name, body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, body: UpdateAppSecretsRequest
) -> Response[UpdateAppSecretsResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str, *, client: AuthenticatedClient | Client, body: UpdateAppSecretsRequest
) -> UpdateAppSecretsResponse:
    """Set and remove several secrets

    Sets all given values at once and removes those that are null; others stay. Removing what is not
    there is no error, and an empty request returns the present version.

    Args:
        app_name (str): Name of the app.
        body (UpdateAppSecretsRequest): Several secrets at once.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        UpdateAppSecretsResponse
    """

    kwargs = request_parts(app_name=app_name, body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
