import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.metadata_value import MetadataValue
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    machine_id: str,
    key: str,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/apps/{segment(app_name)}/machines/{segment(machine_id)}/metadata/{segment(key)}",
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> MetadataValue:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = MetadataValue.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[MetadataValue]:
    parsed = parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


def sync_detailed(
    app_name: str,
    machine_id: str,
    key: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[MetadataValue]:
    """Get one key of a Machine's metadata

    Returns the value. Answers 404 if the key is not set.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        key (str): Key; `fly_` ones belong to Fly.io's tools.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        key=key,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    app_name: str,
    machine_id: str,
    key: str,
    *,
    client: AuthenticatedClient | Client,
) -> MetadataValue:
    """Get one key of a Machine's metadata

    Returns the value. Answers 404 if the key is not set.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        key (str): Key; `fly_` ones belong to Fly.io's tools.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        MetadataValue
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        key=key,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    machine_id: str,
    key: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[MetadataValue]:
    """Get one key of a Machine's metadata

    Returns the value. Answers 404 if the key is not set.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        key (str): Key; `fly_` ones belong to Fly.io's tools.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        key=key,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    app_name: str,
    machine_id: str,
    key: str,
    *,
    client: AuthenticatedClient | Client,
) -> MetadataValue:
    """Get one key of a Machine's metadata

    Returns the value. Answers 404 if the key is not set.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        key (str): Key; `fly_` ones belong to Fly.io's tools.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        MetadataValue
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        key=key,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
