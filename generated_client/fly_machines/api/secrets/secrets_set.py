import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.set_app_secret_request import SetAppSecretRequest
from ...models.set_app_secret_response import SetAppSecretResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, secret_name: str, *, body: SetAppSecretRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/apps/{segment(app_name)}/secrets/{segment(secret_name)}",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> SetAppSecretResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (201,), SetAppSecretResponse.from_dict)


def sync_detailed(
    app_name: str, secret_name: str, *, client: AuthenticatedClient | Client, body: SetAppSecretRequest
) -> Response[SetAppSecretResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, secret_name=secret_name, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str, secret_name: str, *, client: AuthenticatedClient | Client, body: SetAppSecretRequest
) -> SetAppSecretResponse:
    """Set a secret

    Creates or replaces one secret. Returns its digest and the version that Machines can ask for with
    `min_secrets_version`.

    Args:
        app_name (str): Name of the app.
        secret_name (str): Name of the secret, which is the environment variable's.
        body (SetAppSecretRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        SetAppSecretResponse
    """

    kwargs = request_parts(app_name=app_name, secret_name=secret_name, body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, secret_name: str, *, client: AuthenticatedClient | Client, body: SetAppSecretRequest
) -> Response[SetAppSecretResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, secret_name=secret_name, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str, secret_name: str, *, client: AuthenticatedClient | Client, body: SetAppSecretRequest
) -> SetAppSecretResponse:
    """Set a secret

    Creates or replaces one secret. Returns its digest and the version that Machines can ask for with
    `min_secrets_version`.

    Args:
        app_name (str): Name of the app.
        secret_name (str): Name of the secret, which is the environment variable's.
        body (SetAppSecretRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        SetAppSecretResponse
    """

    kwargs = request_parts(app_name=app_name, secret_name=secret_name, body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
