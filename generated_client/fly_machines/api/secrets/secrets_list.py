import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.list_app_secrets_response import ListAppSecretsResponse
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str, *, min_version: int | Unset = UNSET, show_secrets: bool | Unset = UNSET
) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/apps/{segment(app_name)}/secrets",
        query={"min_version": min_version, "show_secrets": show_secrets},
    )


def parse(response: httpx.Response) -> ListAppSecretsResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), ListAppSecretsResponse.from_dict)


def sync_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    min_version: int | Unset = UNSET,
    show_secrets: bool | Unset = UNSET,
) -> Response[ListAppSecretsResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, min_version=min_version, show_secrets=show_secrets)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


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

    kwargs = request_parts(app_name=app_name, min_version=min_version, show_secrets=show_secrets)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    min_version: int | Unset = UNSET,
    show_secrets: bool | Unset = UNSET,
) -> Response[ListAppSecretsResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, min_version=min_version, show_secrets=show_secrets)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


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

    kwargs = request_parts(app_name=app_name, min_version=min_version, show_secrets=show_secrets)
    return parse(await client.get_async_httpx_client().request(**kwargs))
