import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.app import App
from ...models.create_app_request import CreateAppRequest
from ...models.create_app_response import CreateAppResponse
from ...types import UNSET, OperationModule, Response, Unset

sys.modules[__name__].__class__ = OperationModule


def request_parts(*, body: CreateAppRequest, wait: bool | Unset = UNSET) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        "/apps",
        query={"wait": wait},
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> App | CreateAppResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200, 201), App.from_dict, CreateAppResponse.from_dict)


def sync_detailed(
    *, client: AuthenticatedClient | Client, body: CreateAppRequest, wait: bool | Unset = UNSET
) -> Response[App | CreateAppResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(body=body, wait=wait)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    *, client: AuthenticatedClient | Client, body: CreateAppRequest, wait: bool | Unset = UNSET
) -> App | CreateAppResponse:
    """Create an app

    Returns the new app's id and creation time, or the whole app with `wait`. A name that someone has,
    in any organization, is refused with 422 and the status `name_taken`; an unknown organization with
    404.

    Args:
        wait (bool | Unset): Answer once the app can be used, with the whole app; otherwise reads
            may miss it for up to a minute.
        body (CreateAppRequest): A new app.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        App | CreateAppResponse
    """

    kwargs = request_parts(body=body, wait=wait)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    *, client: AuthenticatedClient | Client, body: CreateAppRequest, wait: bool | Unset = UNSET
) -> Response[App | CreateAppResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(body=body, wait=wait)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    *, client: AuthenticatedClient | Client, body: CreateAppRequest, wait: bool | Unset = UNSET
) -> App | CreateAppResponse:
    """Create an app

    Returns the new app's id and creation time, or the whole app with `wait`. A name that someone has,
    in any organization, is refused with 422 and the status `name_taken`; an unknown organization with
    404.

    Args:
        wait (bool | Unset): Answer once the app can be used, with the whole app; otherwise reads
            may miss it for up to a minute.
        body (CreateAppRequest): A new app.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        App | CreateAppResponse
    """

    kwargs = request_parts(body=body, wait=wait)
    return parse(await client.get_async_httpx_client().request(**kwargs))
