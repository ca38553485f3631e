import sys
from typing import Any

import httpx

from ...calls import detailed, parse_list, request
from ...client import AuthenticatedClient, Client
from ...models.machine import Machine
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    *,
    cursor: str | Unset = UNSET,
    include_deleted: bool | Unset = UNSET,
    include_leases: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    region: str | Unset = UNSET,
    state: list[str] | str | Unset = UNSET,
    summary: bool | Unset = UNSET,
) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/apps/{segment(app_name)}/machines",
        query={
            "cursor": cursor,
            "include_deleted": include_deleted,
            "include_leases": include_leases,
            "limit": limit,
            "region": region,
            "state": state,
            "summary": summary,
        },
        joined=("state",),
    )


def parse(response: httpx.Response) -> list[Machine]:
    """Return what a success answers; raise anything else."""
    return parse_list(response, (200,), Machine.from_dict)


def sync_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    include_deleted: bool | Unset = UNSET,
    include_leases: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    region: str | Unset = UNSET,
    state: list[str] | str | Unset = UNSET,
    summary: bool | Unset = UNSET,
) -> Response[list[Machine]]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(
        app_name=app_name,
        cursor=cursor,
        include_deleted=include_deleted,
        include_leases=include_leases,
        limit=limit,
        region=region,
        state=state,
        summary=summary,
    )
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    include_deleted: bool | Unset = UNSET,
    include_leases: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    region: str | Unset = UNSET,
    state: list[str] | str | Unset = UNSET,
    summary: bool | Unset = UNSET,
) -> list[Machine]:
    """List the Machines of an app

    Returns all of them; destroyed ones are left out unless asked for. While an answer has the header
    `fly-next-cursor`, it is a page and there is more: read on with it as `cursor`.

    Args:
        app_name (str): Name of the app.
        cursor (str | Unset): Where to go on: the last page's header `fly-next-cursor`, good for
            30 minutes from the first page on. Needs `limit`.
        include_deleted (bool | Unset): Include destroyed Machines.
        include_leases (bool | Unset): Include who holds a lease, without its nonce.
        limit (int | Unset): Machines a page, 1 to 1000. A page may hold fewer, or none, with more
            to come. Without it all Machines come at once.
        region (str | Unset): Only those in this region.
        state (list[str] | str | Unset): Only those in these states, as in `started,stopped`.
        summary (bool | Unset): Leave out config, checks, events, host status and nonce.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        list[Machine]
    """

    kwargs = request_parts(
        app_name=app_name,
        cursor=cursor,
        include_deleted=include_deleted,
        include_leases=include_leases,
        limit=limit,
        region=region,
        state=state,
        summary=summary,
    )
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    include_deleted: bool | Unset = UNSET,
    include_leases: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    region: str | Unset = UNSET,
    state: list[str] | str | Unset = UNSET,
    summary: bool | Unset = UNSET,
) -> Response[list[Machine]]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(
        app_name=app_name,
        cursor=cursor,
        include_deleted=include_deleted,
        include_leases=include_leases,
        limit=limit,
        region=region,
        state=state,
        summary=summary,
    )
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    include_deleted: bool | Unset = UNSET,
    include_leases: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    region: str | Unset = UNSET,
    state: list[str] | str | Unset = UNSET,
    summary: bool | Unset = UNSET,
) -> list[Machine]:
    """List the Machines of an app

    Returns all of them; destroyed ones are left out unless asked for. While an answer has the header
    `fly-next-cursor`, it is a page and there is more: read on with it as `cursor`.

    Args:
        app_name (str): Name of the app.
        cursor (str | Unset): Where to go on: the last page's header `fly-next-cursor`, good for
            30 minutes from the first page on. Needs `limit`.
        include_deleted (bool | Unset): Include destroyed Machines.
        include_leases (bool | Unset): Include who holds a lease, without its nonce.
        limit (int | Unset): Machines a page, 1 to 1000. A page may hold fewer, or none, with more
            to come. Without it all Machines come at once.
        region (str | Unset): Only those in this region.
        state (list[str] | str | Unset): Only those in these states, as in `started,stopped`.
        summary (bool | Unset): Leave out config, checks, events, host status and nonce.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        list[Machine]
    """

    kwargs = request_parts(
        app_name=app_name,
        cursor=cursor,
        include_deleted=include_deleted,
        include_leases=include_leases,
        limit=limit,
        region=region,
        state=state,
        summary=summary,
    )
    return parse(await client.get_async_httpx_client().request(**kwargs))
