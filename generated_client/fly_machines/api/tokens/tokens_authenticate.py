import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.authenticate_token_request import AuthenticateTokenRequest
from ...models.verified_token import VerifiedToken
from ...types import OperationModule, Response

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    *,
    body: AuthenticateTokenRequest,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/tokens/authenticate",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> list[VerifiedToken]:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, list):
                raise TypeError("another kind of JSON value than declared")
            response_200 = []
            _response_200 = response_body
            for response_200_item_data in _response_200:
                response_200_item = VerifiedToken.from_dict(response_200_item_data)

                response_200.append(response_200_item)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[list[VerifiedToken]]:
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
    body: AuthenticateTokenRequest,
) -> Response[list[VerifiedToken]]:
    """Check someone's token

    Returns what an authorization header holds, verified. Needs no token of your own.

    Args:
        body (AuthenticateTokenRequest):

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
    body: AuthenticateTokenRequest,
) -> list[VerifiedToken]:
    """Check someone's token

    Returns what an authorization header holds, verified. Needs no token of your own.

    Args:
        body (AuthenticateTokenRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        list[VerifiedToken]
    """

    kwargs = request_parts(
        body=body,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: AuthenticateTokenRequest,
) -> Response[list[VerifiedToken]]:
    """Check someone's token

    Returns what an authorization header holds, verified. Needs no token of your own.

    Args:
        body (AuthenticateTokenRequest):

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
    body: AuthenticateTokenRequest,
) -> list[VerifiedToken]:
    """Check someone's token

    Returns what an authorization header holds, verified. Needs no token of your own.

    Args:
        body (AuthenticateTokenRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        list[VerifiedToken]
    """

    kwargs = request_parts(
        body=body,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
