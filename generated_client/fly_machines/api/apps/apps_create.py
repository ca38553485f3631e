import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.app import App
from ...models.create_app_request import CreateAppRequest
from ...models.create_app_response import CreateAppResponse
from ...types import UNSET, OperationModule, Response, Unset

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    *,
    body: CreateAppRequest,
    wait: bool | Unset = UNSET,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    params["wait"] = wait

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/apps",
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> App | CreateAppResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()

            def _parse_response_200(data: object) -> App | CreateAppResponse:
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    response_200_type_0 = App.from_dict(data)

                    return response_200_type_0
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                if not isinstance(data, dict):
                    raise TypeError()
                response_200_type_1 = CreateAppResponse.from_dict(data)

                return response_200_type_1

            response_200 = _parse_response_200(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    if response.status_code == 201:
        try:
            response_body = response.json()

            def _parse_response_201(data: object) -> App | CreateAppResponse:
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    response_201_type_0 = App.from_dict(data)

                    return response_201_type_0
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                if not isinstance(data, dict):
                    raise TypeError()
                response_201_type_1 = CreateAppResponse.from_dict(data)

                return response_201_type_1

            response_201 = _parse_response_201(response_body)

            return response_201

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[App | CreateAppResponse]:
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
    body: CreateAppRequest,
    wait: bool | Unset = UNSET,
) -> Response[App | CreateAppResponse]:
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
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        body=body,
        wait=wait,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: CreateAppRequest,
    wait: bool | Unset = UNSET,
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

    kwargs = request_parts(
        body=body,
        wait=wait,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateAppRequest,
    wait: bool | Unset = UNSET,
) -> Response[App | CreateAppResponse]:
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
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        body=body,
        wait=wait,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: CreateAppRequest,
    wait: bool | Unset = UNSET,
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

    kwargs = request_parts(
        body=body,
        wait=wait,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
