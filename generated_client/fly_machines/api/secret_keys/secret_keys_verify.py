import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.verify_secret_key_request import VerifySecretKeyRequest
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    secret_name: str,
    *,
    body: VerifySecretKeyRequest,
    min_version: int | Unset = UNSET,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    params["min_version"] = min_version

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/apps/{segment(app_name)}/secretkeys/{segment(secret_name)}/verify",
        "params": params,
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
    if response.status_code == 204:
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
    secret_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: VerifySecretKeyRequest,
    min_version: int | Unset = UNSET,
) -> Response[None]:
    """Verify a signature with a secret key

    A valid signature is answered 204 without content; anything else is an error.

    Args:
        app_name (str): Name of the app.
        secret_name (str): Name of the key.
        min_version (int | Unset): Use a state that is at least as new as this version, which a
            write returned.
        body (VerifySecretKeyRequest):

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
    body: VerifySecretKeyRequest,
    min_version: int | Unset = UNSET,
) -> None:
    """Verify a signature with a secret key

    A valid signature is answered 204 without content; anything else is an error.

    Args:
        app_name (str): Name of the app.
        secret_name (str): Name of the key.
        min_version (int | Unset): Use a state that is at least as new as this version, which a
            write returned.
        body (VerifySecretKeyRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(
        app_name=app_name,
        secret_name=secret_name,
        body=body,
        min_version=min_version,
    )

    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    secret_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: VerifySecretKeyRequest,
    min_version: int | Unset = UNSET,
) -> Response[None]:
    """Verify a signature with a secret key

    A valid signature is answered 204 without content; anything else is an error.

    Args:
        app_name (str): Name of the app.
        secret_name (str): Name of the key.
        min_version (int | Unset): Use a state that is at least as new as this version, which a
            write returned.
        body (VerifySecretKeyRequest):

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
    body: VerifySecretKeyRequest,
    min_version: int | Unset = UNSET,
) -> None:
    """Verify a signature with a secret key

    A valid signature is answered 204 without content; anything else is an error.

    Args:
        app_name (str): Name of the app.
        secret_name (str): Name of the key.
        min_version (int | Unset): Use a state that is at least as new as this version, which a
            write returned.
        body (VerifySecretKeyRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(
        app_name=app_name,
        secret_name=secret_name,
        body=body,
        min_version=min_version,
    )

    parse(await client.get_async_httpx_client().request(**kwargs))
