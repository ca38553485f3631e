import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.list_apps_response import ListAppsResponse
from ...types import UNSET, OperationModule, Response, Unset

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    *,
    app_role: str | Unset = UNSET,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    org_slug: str,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    params: dict[str, Any] = {}

    params["app_role"] = app_role

    params["cursor"] = cursor

    params["limit"] = limit

    params["org_slug"] = org_slug

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/apps",
        "params": params,
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> ListAppsResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = ListAppsResponse.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[ListAppsResponse]:
    parsed = parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    app_role: str | Unset = UNSET,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    org_slug: str,
) -> Response[ListAppsResponse]:
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
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_role=app_role,
        cursor=cursor,
        limit=limit,
        org_slug=org_slug,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


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

    kwargs = request_parts(
        app_role=app_role,
        cursor=cursor,
        limit=limit,
        org_slug=org_slug,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    app_role: str | Unset = UNSET,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    org_slug: str,
) -> Response[ListAppsResponse]:
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
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_role=app_role,
        cursor=cursor,
        limit=limit,
        org_slug=org_slug,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


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

    kwargs = request_parts(
        app_role=app_role,
        cursor=cursor,
        limit=limit,
        org_slug=org_slug,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
