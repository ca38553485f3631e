import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.list_app_secrets_response import ListAppSecretsResponse
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    *,
    min_version: int | Unset = UNSET,
    show_secrets: bool | Unset = UNSET,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    params: dict[str, Any] = {}

    params["min_version"] = min_version

    params["show_secrets"] = show_secrets

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/apps/{segment(app_name)}/secrets",
        "params": params,
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> ListAppSecretsResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = ListAppSecretsResponse.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[ListAppSecretsResponse]:
    parsed = parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


def sync_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    min_version: int | Unset = UNSET,
    show_secrets: bool | Unset = UNSET,
) -> Response[ListAppSecretsResponse]:
    """List the secrets of an app

    Returns names and digests. A digest changes when the value does; the value itself is left out unless
    asked for and allowed.

    Args:
        app_name (str): Name of the app.
        min_version (int | Unset): Answer only what is at least as new as this version, which a
            write returned.
        show_secrets (bool | Unset): Include the values; needs a token that may read them.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        min_version=min_version,
        show_secrets=show_secrets,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    min_version: int | Unset = UNSET,
    show_secrets: bool | Unset = UNSET,
) -> ListAppSecretsResponse:
    """List the secrets of an app

    Returns names and digests. A digest changes when the value does; the value itself is left out unless
    asked for and allowed.

    Args:
        app_name (str): Name of the app.
        min_version (int | Unset): Answer only what is at least as new as this version, which a
            write returned.
        show_secrets (bool | Unset): Include the values; needs a token that may read them.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListAppSecretsResponse
    """

    kwargs = request_parts(
        app_name=app_name,
        min_version=min_version,
        show_secrets=show_secrets,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    min_version: int | Unset = UNSET,
    show_secrets: bool | Unset = UNSET,
) -> Response[ListAppSecretsResponse]:
    """List the secrets of an app

    Returns names and digests. A digest changes when the value does; the value itself is left out unless
    asked for and allowed.

    Args:
        app_name (str): Name of the app.
        min_version (int | Unset): Answer only what is at least as new as this version, which a
            write returned.
        show_secrets (bool | Unset): Include the values; needs a token that may read them.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        min_version=min_version,
        show_secrets=show_secrets,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    min_version: int | Unset = UNSET,
    show_secrets: bool | Unset = UNSET,
) -> ListAppSecretsResponse:
    """List the secrets of an app

    Returns names and digests. A digest changes when the value does; the value itself is left out unless
    asked for and allowed.

    Args:
        app_name (str): Name of the app.
        min_version (int | Unset): Answer only what is at least as new as this version, which a
            write returned.
        show_secrets (bool | Unset): Include the values; needs a token that may read them.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListAppSecretsResponse
    """

    kwargs = request_parts(
        app_name=app_name,
        min_version=min_version,
        show_secrets=show_secrets,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
