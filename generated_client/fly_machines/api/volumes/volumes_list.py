import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.volume import Volume
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    *,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    summary: bool | Unset = UNSET,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    params: dict[str, Any] = {}

    params["cursor"] = cursor

    params["limit"] = limit

    params["summary"] = summary

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/apps/{segment(app_name)}/volumes",
        "params": params,
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> list[Volume]:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, list):
                raise TypeError("another kind of JSON value than declared")
            response_200 = []
            _response_200 = response_body
            for response_200_item_data in _response_200:
                response_200_item = Volume.from_dict(response_200_item_data)

                response_200.append(response_200_item)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[list[Volume]]:
    parsed = parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


def sync_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    summary: bool | Unset = UNSET,
) -> Response[list[Volume]]:
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
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        cursor=cursor,
        limit=limit,
        summary=summary,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


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

    kwargs = request_parts(
        app_name=app_name,
        cursor=cursor,
        limit=limit,
        summary=summary,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    summary: bool | Unset = UNSET,
) -> Response[list[Volume]]:
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
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        cursor=cursor,
        limit=limit,
        summary=summary,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


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

    kwargs = request_parts(
        app_name=app_name,
        cursor=cursor,
        limit=limit,
        summary=summary,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
