import datetime
import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.list_org_volumes_response import ListOrgVolumesResponse
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    org_slug: str,
    *,
    cursor: str | Unset = UNSET,
    include_deleted: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    region: str | Unset = UNSET,
    state: list[str] | str | Unset = UNSET,
    summary: bool | Unset = UNSET,
    updated_after: datetime.datetime | str | Unset = UNSET,
) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/orgs/{segment(org_slug)}/volumes",
        query={
            "cursor": cursor,
            "include_deleted": include_deleted,
            "limit": limit,
            "region": region,
            "state": state,
            "summary": summary,
            "updated_after": updated_after,
        },
        joined=("state",),
    )


def parse(response: httpx.Response) -> ListOrgVolumesResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), ListOrgVolumesResponse.from_dict)


def sync_detailed(
    org_slug: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    include_deleted: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    region: str | Unset = UNSET,
    state: list[str] | str | Unset = UNSET,
    summary: bool | Unset = UNSET,
    updated_after: datetime.datetime | str | Unset = UNSET,
) -> Response[ListOrgVolumesResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(
        org_slug=org_slug,
        cursor=cursor,
        include_deleted=include_deleted,
        limit=limit,
        region=region,
        state=state,
        summary=summary,
        updated_after=updated_after,
    )
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    org_slug: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    include_deleted: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    region: str | Unset = UNSET,
    state: list[str] | str | Unset = UNSET,
    summary: bool | Unset = UNSET,
    updated_after: datetime.datetime | str | Unset = UNSET,
) -> ListOrgVolumesResponse:
    """List the volumes of an organization

    Returns a page, roughly by time of change. Go on until `next_cursor` is empty.

    Args:
        org_slug (str): Slug of the organization; `personal` is your own.
        cursor (str | Unset): Where to go on: the last page's `next_cursor`. Wins over
            `updated_after`.
        include_deleted (bool | Unset): Include those that have been destroyed.
        limit (int | Unset): Entries a page, up to 1000, which is the default. A page may hold
            fewer, or none, with more to come.
        region (str | Unset): Only those in this region.
        state (list[str] | str | Unset): Only those in these states, as in `started,stopped`.
        summary (bool | Unset): Leave out the usage counters.
        updated_after (datetime.datetime | str | Unset): Only those that changed after this time,
            RFC 3339. Overlap it when polling: changes take a while to show.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListOrgVolumesResponse
    """

    kwargs = request_parts(
        org_slug=org_slug,
        cursor=cursor,
        include_deleted=include_deleted,
        limit=limit,
        region=region,
        state=state,
        summary=summary,
        updated_after=updated_after,
    )
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    org_slug: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    include_deleted: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    region: str | Unset = UNSET,
    state: list[str] | str | Unset = UNSET,
    summary: bool | Unset = UNSET,
    updated_after: datetime.datetime | str | Unset = UNSET,
) -> Response[ListOrgVolumesResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(
        org_slug=org_slug,
        cursor=cursor,
        include_deleted=include_deleted,
        limit=limit,
        region=region,
        state=state,
        summary=summary,
        updated_after=updated_after,
    )
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    org_slug: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    include_deleted: bool | Unset = UNSET,
    limit: int | Unset = UNSET,
    region: str | Unset = UNSET,
    state: list[str] | str | Unset = UNSET,
    summary: bool | Unset = UNSET,
    updated_after: datetime.datetime | str | Unset = UNSET,
) -> ListOrgVolumesResponse:
    """List the volumes of an organization

    Returns a page, roughly by time of change. Go on until `next_cursor` is empty.

    Args:
        org_slug (str): Slug of the organization; `personal` is your own.
        cursor (str | Unset): Where to go on: the last page's `next_cursor`. Wins over
            `updated_after`.
        include_deleted (bool | Unset): Include those that have been destroyed.
        limit (int | Unset): Entries a page, up to 1000, which is the default. A page may hold
            fewer, or none, with more to come.
        region (str | Unset): Only those in this region.
        state (list[str] | str | Unset): Only those in these states, as in `started,stopped`.
        summary (bool | Unset): Leave out the usage counters.
        updated_after (datetime.datetime | str | Unset): Only those that changed after this time,
            RFC 3339. Overlap it when polling: changes take a while to show.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListOrgVolumesResponse
    """

    kwargs = request_parts(
        org_slug=org_slug,
        cursor=cursor,
        include_deleted=include_deleted,
        limit=limit,
        region=region,
        state=state,
        summary=summary,
        updated_after=updated_after,
    )
    return parse(await client.get_async_httpx_client().request(**kwargs))
