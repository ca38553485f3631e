import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.encrypt_secret_key_request import EncryptSecretKeyRequest
from ...models.encrypt_secret_key_response import EncryptSecretKeyResponse
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    secret_name: str,
    *,
    body: EncryptSecretKeyRequest,
    min_version: int | Unset = UNSET,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    params["min_version"] = min_version

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/apps/{segment(app_name)}/secretkeys/{segment(secret_name)}/encrypt",
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> EncryptSecretKeyResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = EncryptSecretKeyResponse.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[EncryptSecretKeyResponse]:
    parsed = parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


def sync_detailed(
    app_name: str,
    secret_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: EncryptSecretKeyRequest,
    min_version: int | Unset = UNSET,
) -> Response[EncryptSecretKeyResponse]:
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
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        secret_name=secret_name,
        body=body,
        min_version=min_version,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


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

    kwargs = request_parts(
        app_name=app_name,
        secret_name=secret_name,
        body=body,
        min_version=min_version,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    secret_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: EncryptSecretKeyRequest,
    min_version: int | Unset = UNSET,
) -> Response[EncryptSecretKeyResponse]:
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
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        secret_name=secret_name,
        body=body,
        min_version=min_version,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


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

    kwargs = request_parts(
        app_name=app_name,
        secret_name=secret_name,
        body=body,
        min_version=min_version,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
