import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.list_secret_keys_response import ListSecretKeysResponse
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str, *, min_version: int | Unset = UNSET, types: list[str] | str | Unset = UNSET
) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/apps/{segment(app_name)}/secretkeys",
        query={"min_version": min_version, "types": types},
        joined=("types",),
    )


def parse(response: httpx.Response) -> ListSecretKeysResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), ListSecretKeysResponse.from_dict)


def sync_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    min_version: int | Unset = UNSET,
    types: list[str] | str | Unset = UNSET,
) -> Response[ListSecretKeysResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, min_version=min_version, types=types)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    min_version: int | Unset = UNSET,
    types: list[str] | str | Unset = UNSET,
) -> ListSecretKeysResponse:
    """List the secret keys of an app

    Returns name, type and public part of every key.

    Args:
        app_name (str): Name of the app.
        min_version (int | Unset): Use a state that is at least as new as this version, which a
            write returned.
        types (list[str] | str | Unset): Only keys of these types, as in `hs256,nacl_box`.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListSecretKeysResponse
    """

    kwargs = request_parts(app_name=app_name, min_version=min_version, types=types)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    min_version: int | Unset = UNSET,
    types: list[str] | str | Unset = UNSET,
) -> Response[ListSecretKeysResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, min_version=min_version, types=types)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    min_version: int | Unset = UNSET,
    types: list[str] | str | Unset = UNSET,
) -> ListSecretKeysResponse:
    """List the secret keys of an app

    Returns name, type and public part of every key.

    Args:
        app_name (str): Name of the app.
        min_version (int | Unset): Use a state that is at least as new as this version, which a
            write returned.
        types (list[str] | str | Unset): Only keys of these types, as in `hs256,nacl_box`.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListSecretKeysResponse
    """

    kwargs = request_parts(app_name=app_name, min_version=min_version, types=types)
    return parse(await client.get_async_httpx_client().request(**kwargs))
