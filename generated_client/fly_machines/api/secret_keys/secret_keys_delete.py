import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.delete_secret_key_response import DeleteSecretKeyResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, secret_name: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "delete",
        f"/apps/{segment(app_name)}/secretkeys/{segment(secret_name)}",
    )


def parse(response: httpx.Response) -> DeleteSecretKeyResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), DeleteSecretKeyResponse.from_dict)


def sync_detailed(
    app_name: str, secret_name: str, *, client: AuthenticatedClient | Client
) -> Response[DeleteSecretKeyResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, secret_name=secret_name)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(app_name: str, secret_name: str, *, client: AuthenticatedClient | Client) -> DeleteSecretKeyResponse:
    """Delete a secret key

    Returns the version without it. What was encrypted with the key cannot be read any more.

    Args:
        app_name (str): Name of the app.
        secret_name (str): Name of the key.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        DeleteSecretKeyResponse
    """

    kwargs = request_parts(app_name=app_name, secret_name=secret_name)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, secret_name: str, *, client: AuthenticatedClient | Client
) -> Response[DeleteSecretKeyResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, secret_name=secret_name)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(app_name: str, secret_name: str, *, client: AuthenticatedClient | Client) -> DeleteSecretKeyResponse:
    """Delete a secret key

    Returns the version without it. What was encrypted with the key cannot be read any more.

    Args:
        app_name (str): Name of the app.
        secret_name (str): Name of the key.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        DeleteSecretKeyResponse
    """

    kwargs = request_parts(app_name=app_name, secret_name=secret_name)
    return parse(await client.get_async_httpx_client().request(**kwargs))
