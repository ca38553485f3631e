import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.list_apps_response import ListAppsResponse
from ...types import UNSET, OperationModule, Response, Unset

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    *, app_role: str | Unset = UNSET, cursor: str | Unset = UNSET, limit: int | Unset = UNSET, org_slug: str
) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        "/apps",
        query={"app_role": app_role, "cursor": cursor, "limit": limit, "org_slug": org_slug},
    )


def parse(response: httpx.Response) -> ListAppsResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), ListAppsResponse.from_dict)


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    app_role: str | Unset = UNSET,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    org_slug: str,
) -> Response[ListAppsResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_role=app_role, cursor=cursor, limit=limit, org_slug=org_slug)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    *,
    client: AuthenticatedClient | Client,
    app_role: str | Unset = UNSET,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    org_slug: str,
) -> ListAppsResponse:
    """List the apps of an organization

    Returns name, network and counts of every app, or with `limit` a page of them: go on while there is
    a `next_cursor`. An app that was created seconds before may be missing. Without `org_slug` the
    service answers 404 with a plain text.

    Args:
        app_role (str | Unset): Only apps of this role.
        cursor (str | Unset): Where to go on: the last page's `next_cursor`, good for 30 minutes
            from the first page on. Needs `limit`.
        limit (int | Unset): Apps a page, 1 to 5000. Without it all apps come at once.
        org_slug (str): Slug of the organization; `personal` is your own.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListAppsResponse
    """

    kwargs = request_parts(app_role=app_role, cursor=cursor, limit=limit, org_slug=org_slug)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    app_role: str | Unset = UNSET,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    org_slug: str,
) -> Response[ListAppsResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_role=app_role, cursor=cursor, limit=limit, org_slug=org_slug)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    app_role: str | Unset = UNSET,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    org_slug: str,
) -> ListAppsResponse:
    """List the apps of an organization

    Returns name, network and counts of every app, or with `limit` a page of them: go on while there is
    a `next_cursor`. An app that was created seconds before may be missing. Without `org_slug` the
    service answers 404 with a plain text.

    Args:
        app_role (str | Unset): Only apps of this role.
        cursor (str | Unset): Where to go on: the last page's `next_cursor`, good for 30 minutes
            from the first page on. Needs `limit`.
        limit (int | Unset): Apps a page, 1 to 5000. Without it all apps come at once.
        org_slug (str): Slug of the organization; `personal` is your own.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListAppsResponse
    """

    kwargs = request_parts(app_role=app_role, cursor=cursor, limit=limit, org_slug=org_slug)
    return parse(await client.get_async_httpx_client().request(**kwargs))
