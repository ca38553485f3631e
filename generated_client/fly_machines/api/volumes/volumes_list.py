import sys
from typing import Any

import httpx

from ...calls import detailed, parse_list, request
from ...client import AuthenticatedClient, Client
from ...models.volume import Volume
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET, summary: bool | Unset = UNSET
) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/apps/{segment(app_name)}/volumes",
        query={"cursor": cursor, "limit": limit, "summary": summary},
    )


def parse(response: httpx.Response) -> list[Volume]:
    """Return what a success answers; raise anything else."""
    return parse_list(response, (200,), Volume.from_dict)


def sync_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    summary: bool | Unset = UNSET,
) -> Response[list[Volume]]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, cursor=cursor, limit=limit, summary=summary)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    summary: bool | Unset = UNSET,
) -> list[Volume]:
    """List the volumes of an app

    Returns all of them, also those that are being destroyed (see `state`). While an answer has the
    header `fly-next-cursor`, it is a page and there is more: read on with it as `cursor`.

    Args:
        app_name (str): Name of the app.
        cursor (str | Unset): Where to go on: the last page's header `fly-next-cursor`, good for
            30 minutes from the first page on. Needs `limit`.
        limit (int | Unset): Volumes a page, 1 to 1000. A page may hold fewer, or none, with more
            to come. Without it all volumes come at once.
        summary (bool | Unset): Leave out the usage counters.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        list[Volume]
    """

    kwargs = request_parts(app_name=app_name, cursor=cursor, limit=limit, summary=summary)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    summary: bool | Unset = UNSET,
) -> Response[list[Volume]]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, cursor=cursor, limit=limit, summary=summary)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    summary: bool | Unset = UNSET,
) -> list[Volume]:
    """List the volumes of an app

    Returns all of them, also those that are being destroyed (see `state`). While an answer has the
    header `fly-next-cursor`, it is a page and there is more: read on with it as `cursor`.

    Args:
        app_name (str): Name of the app.
        cursor (str | Unset): Where to go on: the last page's header `fly-next-cursor`, good for
            30 minutes from the first page on. Needs `limit`.
        limit (int | Unset): Volumes a page, 1 to 1000. A page may hold fewer, or none, with more
            to come. Without it all volumes come at once.
        summary (bool | Unset): Leave out the usage counters.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        list[Volume]
    """

    kwargs = request_parts(app_name=app_name, cursor=cursor, limit=limit, summary=summary)
    return parse(await client.get_async_httpx_client().request(**kwargs))
