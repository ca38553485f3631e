import datetime
import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.list_org_machines_response import ListOrgMachinesResponse
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
    """The request, as `httpx.Client.request` takes it."""

    params: dict[str, Any] = {}

    params["cursor"] = cursor

    params["include_deleted"] = include_deleted

    params["limit"] = limit

    params["region"] = region

    json_state: list[str] | str | Unset
    if isinstance(state, Unset):
        json_state = UNSET
    elif isinstance(state, list):
        json_state = state

    else:
        json_state = state
    params["state"] = json_state

    params["summary"] = summary

    json_updated_after: str | Unset
    if isinstance(updated_after, Unset):
        json_updated_after = UNSET
    elif isinstance(updated_after, datetime.datetime):
        json_updated_after = updated_after.isoformat()
    else:
        json_updated_after = updated_after
    params["updated_after"] = json_updated_after

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    if isinstance(params.get("state"), list):
        params["state"] = ",".join(params["state"])

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/orgs/{segment(org_slug)}/machines",
        "params": params,
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> ListOrgMachinesResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = ListOrgMachinesResponse.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[ListOrgMachinesResponse]:
    parsed = parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


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
) -> Response[ListOrgMachinesResponse]:
    """List the Machines of an organization

    Returns a page, roughly by time of change. Go on until `next_cursor` is empty; `error_regions` names
    regions that are missing.

    Args:
        org_slug (str): Slug of the organization; `personal` is your own.
        cursor (str | Unset): Where to go on: the last page's `next_cursor`. Wins over
            `updated_after`.
        include_deleted (bool | Unset): Include those that have been destroyed.
        limit (int | Unset): Entries a page, up to 1000, which is the default. A page may hold
            fewer, or none, with more to come.
        region (str | Unset): Only those in this region.
        state (list[str] | str | Unset): Only those in these states, as in `started,stopped`.
        summary (bool | Unset): Leave out the configs.
        updated_after (datetime.datetime | str | Unset): Only those that changed after this time,
            RFC 3339. Overlap it when polling: changes take a while to show.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
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

    return _build_response(response=client.get_httpx_client().request(**kwargs))


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
) -> ListOrgMachinesResponse:
    """List the Machines of an organization

    Returns a page, roughly by time of change. Go on until `next_cursor` is empty; `error_regions` names
    regions that are missing.

    Args:
        org_slug (str): Slug of the organization; `personal` is your own.
        cursor (str | Unset): Where to go on: the last page's `next_cursor`. Wins over
            `updated_after`.
        include_deleted (bool | Unset): Include those that have been destroyed.
        limit (int | Unset): Entries a page, up to 1000, which is the default. A page may hold
            fewer, or none, with more to come.
        region (str | Unset): Only those in this region.
        state (list[str] | str | Unset): Only those in these states, as in `started,stopped`.
        summary (bool | Unset): Leave out the configs.
        updated_after (datetime.datetime | str | Unset): Only those that changed after this time,
            RFC 3339. Overlap it when polling: changes take a while to show.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListOrgMachinesResponse
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
) -> Response[ListOrgMachinesResponse]:
    """List the Machines of an organization

    Returns a page, roughly by time of change. Go on until `next_cursor` is empty; `error_regions` names
    regions that are missing.

    Args:
        org_slug (str): Slug of the organization; `personal` is your own.
        cursor (str | Unset): Where to go on: the last page's `next_cursor`. Wins over
            `updated_after`.
        include_deleted (bool | Unset): Include those that have been destroyed.
        limit (int | Unset): Entries a page, up to 1000, which is the default. A page may hold
            fewer, or none, with more to come.
        region (str | Unset): Only those in this region.
        state (list[str] | str | Unset): Only those in these states, as in `started,stopped`.
        summary (bool | Unset): Leave out the configs.
        updated_after (datetime.datetime | str | Unset): Only those that changed after this time,
            RFC 3339. Overlap it when polling: changes take a while to show.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
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

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


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
) -> ListOrgMachinesResponse:
    """List the Machines of an organization

    Returns a page, roughly by time of change. Go on until `next_cursor` is empty; `error_regions` names
    regions that are missing.

    Args:
        org_slug (str): Slug of the organization; `personal` is your own.
        cursor (str | Unset): Where to go on: the last page's `next_cursor`. Wins over
            `updated_after`.
        include_deleted (bool | Unset): Include those that have been destroyed.
        limit (int | Unset): Entries a page, up to 1000, which is the default. A page may hold
            fewer, or none, with more to come.
        region (str | Unset): Only those in this region.
        state (list[str] | str | Unset): Only those in these states, as in `started,stopped`.
        summary (bool | Unset): Leave out the configs.
        updated_after (datetime.datetime | str | Unset): Only those that changed after this time,
            RFC 3339. Overlap it when polling: changes take a while to show.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListOrgMachinesResponse
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
