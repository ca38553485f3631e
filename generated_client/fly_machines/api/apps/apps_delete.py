import sys
from typing import Any

import httpx

from ...calls import check_status, detailed, request
from ...client import AuthenticatedClient, Client
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, *, force: bool | Unset = UNSET) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "delete",
        f"/apps/{segment(app_name)}",
        query={"force": force},
    )


def parse(response: httpx.Response) -> None:
    """Return what a success answers; raise anything else."""
    check_status(response, (202,))


def sync_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, force: bool | Unset = UNSET
) -> Response[None]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, force=force)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(app_name: str, *, client: AuthenticatedClient | Client, force: bool | Unset = UNSET) -> None:
    """Delete an app and everything in it

    Accepted with 202 and no content; Machines, volumes, certificates and addresses go with it. An app
    that is gone is answered 404, one that is just going 400.

    Args:
        app_name (str): Name of the app; unique in all of Fly.io.
        force (bool | Unset): Stop running Machines first.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(app_name=app_name, force=force)
    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, force: bool | Unset = UNSET
) -> Response[None]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, force=force)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(app_name: str, *, client: AuthenticatedClient | Client, force: bool | Unset = UNSET) -> None:
    """Delete an app and everything in it

    Accepted with 202 and no content; Machines, volumes, certificates and addresses go with it. An app
    that is gone is answered 404, one that is just going 400.

    Args:
        app_name (str): Name of the app; unique in all of Fly.io.
        force (bool | Unset): Stop running Machines first.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(app_name=app_name, force=force)
    parse(await client.get_async_httpx_client().request(**kwargs))
