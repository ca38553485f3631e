import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    postgres_cluster_id: str,
    database_name: str,
    extension_name: str,
    *,
    force: bool | Unset = UNSET,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    params: dict[str, Any] = {}

    params["force"] = force

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": f"/postgres/{segment(postgres_cluster_id)}/databases/{segment(database_name)}/extensions/{segment(extension_name)}",
        "params": params,
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> None:
    """What a success answers; anything else is raised."""
    if response.status_code == 204:
        return None
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[None]:
    parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=None,
    )


def sync_detailed(
    postgres_cluster_id: str,
    database_name: str,
    extension_name: str,
    *,
    client: AuthenticatedClient | Client,
    force: bool | Unset = UNSET,
) -> Response[None]:
    """Disable an extension in a database

    A success has no content. What depends on it makes it fail, unless forced.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database_name (str): Name of the database.
        extension_name (str): Name of the extension.
        force (bool | Unset): Drop what depends on it too.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        database_name=database_name,
        extension_name=extension_name,
        force=force,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    postgres_cluster_id: str,
    database_name: str,
    extension_name: str,
    *,
    client: AuthenticatedClient | Client,
    force: bool | Unset = UNSET,
) -> None:
    """Disable an extension in a database

    A success has no content. What depends on it makes it fail, unless forced.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database_name (str): Name of the database.
        extension_name (str): Name of the extension.
        force (bool | Unset): Drop what depends on it too.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        database_name=database_name,
        extension_name=extension_name,
        force=force,
    )

    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str,
    database_name: str,
    extension_name: str,
    *,
    client: AuthenticatedClient | Client,
    force: bool | Unset = UNSET,
) -> Response[None]:
    """Disable an extension in a database

    A success has no content. What depends on it makes it fail, unless forced.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database_name (str): Name of the database.
        extension_name (str): Name of the extension.
        force (bool | Unset): Drop what depends on it too.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        database_name=database_name,
        extension_name=extension_name,
        force=force,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    postgres_cluster_id: str,
    database_name: str,
    extension_name: str,
    *,
    client: AuthenticatedClient | Client,
    force: bool | Unset = UNSET,
) -> None:
    """Disable an extension in a database

    A success has no content. What depends on it makes it fail, unless forced.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        database_name (str): Name of the database.
        extension_name (str): Name of the extension.
        force (bool | Unset): Drop what depends on it too.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        database_name=database_name,
        extension_name=extension_name,
        force=force,
    )

    parse(await client.get_async_httpx_client().request(**kwargs))
