import sys
from typing import Any

import httpx

from ...calls import detailed, parse_text, request
from ...client import AuthenticatedClient, Client
from ...types import OperationModule, Response

sys.modules[__name__].__class__ = OperationModule


def request_parts() -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        "/tokens/kms",
    )


def parse(response: httpx.Response) -> str:
    """Return what a success answers; raise anything else."""
    return parse_text(response, (200,))


def sync_detailed(*, client: AuthenticatedClient | Client) -> Response[str]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts()
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(*, client: AuthenticatedClient | Client) -> str:
    """Get a token for the key service

    Returns the token as plain text. Only a Machine can ask.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        str
    """

    kwargs = request_parts()
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(*, client: AuthenticatedClient | Client) -> Response[str]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts()
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(*, client: AuthenticatedClient | Client) -> str:
    """Get a token for the key service

    Returns the token as plain text. Only a Machine can ask.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        str
    """

    kwargs = request_parts()
    return parse(await client.get_async_httpx_client().request(**kwargs))
