import sys
from typing import Any

import httpx

from ...calls import detailed, parse_list, request
from ...client import AuthenticatedClient, Client
from ...models.authenticate_token_request import AuthenticateTokenRequest
from ...models.verified_token import VerifiedToken
from ...types import OperationModule, Response

sys.modules[__name__].__class__ = OperationModule


def request_parts(*, body: AuthenticateTokenRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        "/tokens/authenticate",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> list[VerifiedToken]:
    """Return what a success answers; raise anything else."""
    return parse_list(response, (200,), VerifiedToken.from_dict)


def sync_detailed(
    *, client: AuthenticatedClient | Client, body: AuthenticateTokenRequest
) -> Response[list[VerifiedToken]]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(*, client: AuthenticatedClient | Client, body: AuthenticateTokenRequest) -> list[VerifiedToken]:
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

    kwargs = request_parts(body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    *, client: AuthenticatedClient | Client, body: AuthenticateTokenRequest
) -> Response[list[VerifiedToken]]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(*, client: AuthenticatedClient | Client, body: AuthenticateTokenRequest) -> list[VerifiedToken]:
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

    kwargs = request_parts(body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
