import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    postgres_cluster_id: str,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": f"/postgres/{segment(postgres_cluster_id)}",
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> None:
    """What a success answers; anything else is raised."""
    if response.status_code == 202:
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
    *,
    client: AuthenticatedClient | Client,
) -> Response[None]:
    """Delete a Postgres cluster

    Accepted with 202 and no content. Answers 410 if it is deleted, or being deleted, already.

    Args:
        postgres_cluster_id (str): Id of the cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> None:
    """Delete a Postgres cluster

    Accepted with 202 and no content. Answers 410 if it is deleted, or being deleted, already.

    Args:
        postgres_cluster_id (str): Id of the cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
    )

    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[None]:
    """Delete a Postgres cluster

    Accepted with 202 and no content. Answers 410 if it is deleted, or being deleted, already.

    Args:
        postgres_cluster_id (str): Id of the cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> None:
    """Delete a Postgres cluster

    Accepted with 202 and no content. Answers 410 if it is deleted, or being deleted, already.

    Args:
        postgres_cluster_id (str): Id of the cluster.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
    )

    parse(await client.get_async_httpx_client().request(**kwargs))
