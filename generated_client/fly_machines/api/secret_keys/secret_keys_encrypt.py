import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.encrypt_secret_key_request import EncryptSecretKeyRequest
from ...models.encrypt_secret_key_response import EncryptSecretKeyResponse
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str, secret_name: str, *, body: EncryptSecretKeyRequest, min_version: int | Unset = UNSET
) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/apps/{segment(app_name)}/secretkeys/{segment(secret_name)}/encrypt",
        query={"min_version": min_version},
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> EncryptSecretKeyResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), EncryptSecretKeyResponse.from_dict)


def sync_detailed(
    app_name: str,
    secret_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: EncryptSecretKeyRequest,
    min_version: int | Unset = UNSET,
) -> Response[EncryptSecretKeyResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, secret_name=secret_name, body=body, min_version=min_version)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str,
    secret_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: EncryptSecretKeyRequest,
    min_version: int | Unset = UNSET,
) -> EncryptSecretKeyResponse:
    """Encrypt with a secret key

    Returns the ciphertext, base64. Only for the types that encrypt.

    Args:
        app_name (str): Name of the app.
        secret_name (str): Name of the key.
        min_version (int | Unset): Use a state that is at least as new as this version, which a
            write returned.
        body (EncryptSecretKeyRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        EncryptSecretKeyResponse
    """

    kwargs = request_parts(app_name=app_name, secret_name=secret_name, body=body, min_version=min_version)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    secret_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: EncryptSecretKeyRequest,
    min_version: int | Unset = UNSET,
) -> Response[EncryptSecretKeyResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, secret_name=secret_name, body=body, min_version=min_version)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str,
    secret_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: EncryptSecretKeyRequest,
    min_version: int | Unset = UNSET,
) -> EncryptSecretKeyResponse:
    """Encrypt with a secret key

    Returns the ciphertext, base64. Only for the types that encrypt.

    Args:
        app_name (str): Name of the app.
        secret_name (str): Name of the key.
        min_version (int | Unset): Use a state that is at least as new as this version, which a
            write returned.
        body (EncryptSecretKeyRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        EncryptSecretKeyResponse
    """

    kwargs = request_parts(app_name=app_name, secret_name=secret_name, body=body, min_version=min_version)
    return parse(await client.get_async_httpx_client().request(**kwargs))
