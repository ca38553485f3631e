import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.list_certificates_response import ListCertificatesResponse
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    *,
    cursor: str | Unset = UNSET,
    filter_: str | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    params: dict[str, Any] = {}

    params["cursor"] = cursor

    params["filter"] = filter_

    params["limit"] = limit

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/apps/{segment(app_name)}/certificates",
        "params": params,
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> ListCertificatesResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = ListCertificatesResponse.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[ListCertificatesResponse]:
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
    filter_: str | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> Response[ListCertificatesResponse]:
    """List the host names of an app

    Returns a page of summaries without the DNS records; go on with `next_cursor` until it is empty.

    Args:
        app_name (str): Name of the app.
        cursor (str | Unset): Where to go on: the last page's `next_cursor`.
        filter_ (str | Unset): Only host names that contain this.
        limit (int | Unset): Summaries a page, up to 500. Default: 25.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        cursor=cursor,
        filter_=filter_,
        limit=limit,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    filter_: str | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> ListCertificatesResponse:
    """List the host names of an app

    Returns a page of summaries without the DNS records; go on with `next_cursor` until it is empty.

    Args:
        app_name (str): Name of the app.
        cursor (str | Unset): Where to go on: the last page's `next_cursor`.
        filter_ (str | Unset): Only host names that contain this.
        limit (int | Unset): Summaries a page, up to 500. Default: 25.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListCertificatesResponse
    """

    kwargs = request_parts(
        app_name=app_name,
        cursor=cursor,
        filter_=filter_,
        limit=limit,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    filter_: str | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> Response[ListCertificatesResponse]:
    """List the host names of an app

    Returns a page of summaries without the DNS records; go on with `next_cursor` until it is empty.

    Args:
        app_name (str): Name of the app.
        cursor (str | Unset): Where to go on: the last page's `next_cursor`.
        filter_ (str | Unset): Only host names that contain this.
        limit (int | Unset): Summaries a page, up to 500. Default: 25.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        cursor=cursor,
        filter_=filter_,
        limit=limit,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    filter_: str | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> ListCertificatesResponse:
    """List the host names of an app

    Returns a page of summaries without the DNS records; go on with `next_cursor` until it is empty.

    Args:
        app_name (str): Name of the app.
        cursor (str | Unset): Where to go on: the last page's `next_cursor`.
        filter_ (str | Unset): Only host names that contain this.
        limit (int | Unset): Summaries a page, up to 500. Default: 25.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListCertificatesResponse
    """

    kwargs = request_parts(
        app_name=app_name,
        cursor=cursor,
        filter_=filter_,
        limit=limit,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
