import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    *,
    force: bool | Unset = UNSET,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    params: dict[str, Any] = {}

    params["force"] = force

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": f"/apps/{segment(app_name)}",
        "params": params,
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> None:
    """What a success answers; anything else is raised."""
    if response.status_code == 202:
        return None
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[None]:
    parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=None,
    )


def sync_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    force: bool | Unset = UNSET,
) -> Response[None]:
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
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        force=force,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    force: bool | Unset = UNSET,
) -> None:
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

    kwargs = request_parts(
        app_name=app_name,
        force=force,
    )

    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    force: bool | Unset = UNSET,
) -> Response[None]:
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
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        force=force,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    force: bool | Unset = UNSET,
) -> None:
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

    kwargs = request_parts(
        app_name=app_name,
        force=force,
    )

    parse(await client.get_async_httpx_client().request(**kwargs))
