import sys
from typing import Any

import httpx

from ...calls import check_status, detailed, request
from ...client import AuthenticatedClient, Client
from ...models.update_postgres_user_role_request import UpdatePostgresUserRoleRequest
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(postgres_cluster_id: str, username: str, *, body: UpdatePostgresUserRoleRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "patch",
        f"/postgres/{segment(postgres_cluster_id)}/users/{segment(username)}",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> None:
    """Return what a success answers; raise anything else."""
    check_status(response, (204,))


def sync_detailed(
    postgres_cluster_id: str,
    username: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdatePostgresUserRoleRequest,
) -> Response[None]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, username=username, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


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

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, username=username, body=body)
    parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str,
    username: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdatePostgresUserRoleRequest,
) -> Response[None]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, username=username, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


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

    kwargs = request_parts(postgres_cluster_id=postgres_cluster_id, username=username, body=body)
    parse(await client.get_async_httpx_client().request(**kwargs))
