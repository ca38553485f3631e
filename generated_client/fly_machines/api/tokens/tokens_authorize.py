import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.authorize_token_request import AuthorizeTokenRequest
from ...models.authorize_token_response import AuthorizeTokenResponse
from ...types import OperationModule, Response

sys.modules[__name__].__class__ = OperationModule


def request_parts(*, body: AuthorizeTokenRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        "/tokens/authorize",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> AuthorizeTokenResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), AuthorizeTokenResponse.from_dict)


def sync_detailed(
    *, client: AuthenticatedClient | Client, body: AuthorizeTokenRequest
) -> Response[AuthorizeTokenResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(*, client: AuthenticatedClient | Client, body: AuthorizeTokenRequest) -> AuthorizeTokenResponse:
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

    kwargs = request_parts(body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    *, client: AuthenticatedClient | Client, body: AuthorizeTokenRequest
) -> Response[AuthorizeTokenResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(*, client: AuthenticatedClient | Client, body: AuthorizeTokenRequest) -> AuthorizeTokenResponse:
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

    kwargs = request_parts(body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
