import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.authorize_token_request import AuthorizeTokenRequest
from ...models.authorize_token_response import AuthorizeTokenResponse
from ...types import OperationModule, Response

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    *,
    body: AuthorizeTokenRequest,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/tokens/authorize",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> AuthorizeTokenResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = AuthorizeTokenResponse.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[AuthorizeTokenResponse]:
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
    body: AuthorizeTokenRequest,
) -> Response[AuthorizeTokenResponse]:
    """Check whether someone's token allows an action

    Returns the access that was granted; an error says why it was not. Needs no token of your own.

    Args:
        body (AuthorizeTokenRequest): A token, and what its bearer wants to do.

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
    body: AuthorizeTokenRequest,
) -> AuthorizeTokenResponse:
    """Check whether someone's token allows an action

    Returns the access that was granted; an error says why it was not. Needs no token of your own.

    Args:
        body (AuthorizeTokenRequest): A token, and what its bearer wants to do.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        AuthorizeTokenResponse
    """

    kwargs = request_parts(
        body=body,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: AuthorizeTokenRequest,
) -> Response[AuthorizeTokenResponse]:
    """Check whether someone's token allows an action

    Returns the access that was granted; an error says why it was not. Needs no token of your own.

    Args:
        body (AuthorizeTokenRequest): A token, and what its bearer wants to do.

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
    body: AuthorizeTokenRequest,
) -> AuthorizeTokenResponse:
    """Check whether someone's token allows an action

    Returns the access that was granted; an error says why it was not. Needs no token of your own.

    Args:
        body (AuthorizeTokenRequest): A token, and what its bearer wants to do.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        AuthorizeTokenResponse
    """

    kwargs = request_parts(
        body=body,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
