import sys
from typing import Any

import httpx

from ...calls import detailed, parse_text, request
from ...client import AuthenticatedClient, Client
from ...models.create_oidc_token_request import CreateOidcTokenRequest
from ...types import UNSET, OperationModule, Response, Unset

sys.modules[__name__].__class__ = OperationModule


def request_parts(*, body: CreateOidcTokenRequest | Unset = UNSET) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        "/tokens/oidc",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> str:
    """Return what a success answers; raise anything else."""
    return parse_text(response, (200,))


def sync_detailed(
    *, client: AuthenticatedClient | Client, body: CreateOidcTokenRequest | Unset = UNSET
) -> Response[str]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(*, client: AuthenticatedClient | Client, body: CreateOidcTokenRequest | Unset = UNSET) -> str:
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

    kwargs = request_parts(body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    *, client: AuthenticatedClient | Client, body: CreateOidcTokenRequest | Unset = UNSET
) -> Response[str]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(*, client: AuthenticatedClient | Client, body: CreateOidcTokenRequest | Unset = UNSET) -> str:
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

    kwargs = request_parts(body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
