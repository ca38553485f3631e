import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.list_certificates_response import ListCertificatesResponse
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str, *, cursor: str | Unset = UNSET, filter_: str | Unset = UNSET, limit: int | Unset = UNSET
) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/apps/{segment(app_name)}/certificates",
        query={"cursor": cursor, "filter": filter_, "limit": limit},
    )


def parse(response: httpx.Response) -> ListCertificatesResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), ListCertificatesResponse.from_dict)


def sync_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    filter_: str | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> Response[ListCertificatesResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, cursor=cursor, filter_=filter_, limit=limit)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


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

    kwargs = request_parts(app_name=app_name, cursor=cursor, filter_=filter_, limit=limit)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    cursor: str | Unset = UNSET,
    filter_: str | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> Response[ListCertificatesResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, cursor=cursor, filter_=filter_, limit=limit)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


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

    kwargs = request_parts(app_name=app_name, cursor=cursor, filter_=filter_, limit=limit)
    return parse(await client.get_async_httpx_client().request(**kwargs))
