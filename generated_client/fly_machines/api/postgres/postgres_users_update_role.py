import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.update_postgres_user_role_request import UpdatePostgresUserRoleRequest
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    postgres_cluster_id: str,
    username: str,
    *,
    body: UpdatePostgresUserRoleRequest,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": f"/postgres/{segment(postgres_cluster_id)}/users/{segment(username)}",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
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
    username: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdatePostgresUserRoleRequest,
) -> Response[None]:
    """Change the role of a Postgres user

    A success has no content. Some users' roles cannot be changed, which is refused with 422.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        username (str): Name of the user.
        body (UpdatePostgresUserRoleRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        username=username,
        body=body,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    postgres_cluster_id: str,
    username: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdatePostgresUserRoleRequest,
) -> None:
    """Change the role of a Postgres user

    A success has no content. Some users' roles cannot be changed, which is refused with 422.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        username (str): Name of the user.
        body (UpdatePostgresUserRoleRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        username=username,
        body=body,
    )

    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str,
    username: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdatePostgresUserRoleRequest,
) -> Response[None]:
    """Change the role of a Postgres user

    A success has no content. Some users' roles cannot be changed, which is refused with 422.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        username (str): Name of the user.
        body (UpdatePostgresUserRoleRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        username=username,
        body=body,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    postgres_cluster_id: str,
    username: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdatePostgresUserRoleRequest,
) -> None:
    """Change the role of a Postgres user

    A success has no content. Some users' roles cannot be changed, which is refused with 422.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        username (str): Name of the user.
        body (UpdatePostgresUserRoleRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Nothing: a success has no content.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        username=username,
        body=body,
    )

    parse(await client.get_async_httpx_client().request(**kwargs))
