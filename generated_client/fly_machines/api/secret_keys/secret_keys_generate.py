import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.set_secret_key_request import SetSecretKeyRequest
from ...models.set_secret_key_response import SetSecretKeyResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, secret_name: str, *, body: SetSecretKeyRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/apps/{segment(app_name)}/secretkeys/{segment(secret_name)}/generate",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> SetSecretKeyResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (201,), SetSecretKeyResponse.from_dict)


def sync_detailed(
    app_name: str, secret_name: str, *, client: AuthenticatedClient | Client, body: SetSecretKeyRequest
) -> Response[SetSecretKeyResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, secret_name=secret_name, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str, secret_name: str, *, client: AuthenticatedClient | Client, body: SetSecretKeyRequest
) -> SetSecretKeyResponse:
    """Generate a secret key

    Makes a random key of the given type. Returns its public part and the new version.

    Args:
        app_name (str): Name of the app.
        secret_name (str): Name of the key.
        body (SetSecretKeyRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        SetSecretKeyResponse
    """

    kwargs = request_parts(app_name=app_name, secret_name=secret_name, body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, secret_name: str, *, client: AuthenticatedClient | Client, body: SetSecretKeyRequest
) -> Response[SetSecretKeyResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, secret_name=secret_name, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str, secret_name: str, *, client: AuthenticatedClient | Client, body: SetSecretKeyRequest
) -> SetSecretKeyResponse:
    """Generate a secret key

    Makes a random key of the given type. Returns its public part and the new version.

    Args:
        app_name (str): Name of the app.
        secret_name (str): Name of the key.
        body (SetSecretKeyRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        SetSecretKeyResponse
    """

    kwargs = request_parts(app_name=app_name, secret_name=secret_name, body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
