import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.create_oidc_token_request import CreateOidcTokenRequest
from ...types import UNSET, OperationModule, Response, Unset

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    *,
    body: CreateOidcTokenRequest | Unset = UNSET,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/tokens/oidc",
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> str:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_200 = response.text
            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[str]:
    parsed = parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateOidcTokenRequest | Unset = UNSET,
) -> Response[str]:
    """Get an OpenID Connect token for this Machine

    Returns a signed JWT as plain text, for services that trust Fly.io as an identity provider. Only a
    Machine can ask.

    Args:
        body (CreateOidcTokenRequest | Unset):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        body=body,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: CreateOidcTokenRequest | Unset = UNSET,
) -> str:
    """Get an OpenID Connect token for this Machine

    Returns a signed JWT as plain text, for services that trust Fly.io as an identity provider. Only a
    Machine can ask.

    Args:
        body (CreateOidcTokenRequest | Unset):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        str
    """

    kwargs = request_parts(
        body=body,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateOidcTokenRequest | Unset = UNSET,
) -> Response[str]:
    """Get an OpenID Connect token for this Machine

    Returns a signed JWT as plain text, for services that trust Fly.io as an identity provider. Only a
    Machine can ask.

    Args:
        body (CreateOidcTokenRequest | Unset):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        body=body,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: CreateOidcTokenRequest | Unset = UNSET,
) -> str:
    """Get an OpenID Connect token for this Machine

    Returns a signed JWT as plain text, for services that trust Fly.io as an identity provider. Only a
    Machine can ask.

    Args:
        body (CreateOidcTokenRequest | Unset):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        str
    """

    kwargs = request_parts(
        body=body,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
