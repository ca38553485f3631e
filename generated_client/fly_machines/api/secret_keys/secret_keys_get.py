import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.secret_key import SecretKey
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, secret_name: str, *, min_version: int | Unset = UNSET) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/apps/{segment(app_name)}/secretkeys/{segment(secret_name)}",
        query={"min_version": min_version},
    )


def parse(response: httpx.Response) -> SecretKey:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), SecretKey.from_dict)


def sync_detailed(
    app_name: str, secret_name: str, *, client: AuthenticatedClient | Client, min_version: int | Unset = UNSET
) -> Response[SecretKey]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, secret_name=secret_name, min_version=min_version)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str, secret_name: str, *, client: AuthenticatedClient | Client, min_version: int | Unset = UNSET
) -> SecretKey:
    """Get a secret key

    Returns name, type and public part of one key; 404 if there is none.

    Args:
        app_name (str): Name of the app.
        secret_name (str): Name of the key.
        min_version (int | Unset): Use a state that is at least as new as this version, which a
            write returned.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        SecretKey
    """

    kwargs = request_parts(app_name=app_name, secret_name=secret_name, min_version=min_version)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, secret_name: str, *, client: AuthenticatedClient | Client, min_version: int | Unset = UNSET
) -> Response[SecretKey]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, secret_name=secret_name, min_version=min_version)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str, secret_name: str, *, client: AuthenticatedClient | Client, min_version: int | Unset = UNSET
) -> SecretKey:
    """Get a secret key

    Returns name, type and public part of one key; 404 if there is none.

    Args:
        app_name (str): Name of the app.
        secret_name (str): Name of the key.
        min_version (int | Unset): Use a state that is at least as new as this version, which a
            write returned.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        SecretKey
    """

    kwargs = request_parts(app_name=app_name, secret_name=secret_name, min_version=min_version)
    return parse(await client.get_async_httpx_client().request(**kwargs))
