import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.create_postgres_user_request import CreatePostgresUserRequest
from ...models.postgres_user_response import PostgresUserResponse
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    postgres_cluster_id: str,
    *,
    body: CreatePostgresUserRequest,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/postgres/{segment(postgres_cluster_id)}/users",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> PostgresUserResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 201:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_201 = PostgresUserResponse.from_dict(response_body)

            return response_201

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[PostgresUserResponse]:
    parsed = parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


def sync_detailed(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreatePostgresUserRequest,
) -> Response[PostgresUserResponse]:
    """Create a user of a Postgres cluster

    Returns the user, without the password: see `postgres_users_get_credentials`. Answers 409 if the
    name is taken.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (CreatePostgresUserRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        body=body,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreatePostgresUserRequest,
) -> PostgresUserResponse:
    """Create a user of a Postgres cluster

    Returns the user, without the password: see `postgres_users_get_credentials`. Answers 409 if the
    name is taken.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (CreatePostgresUserRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresUserResponse
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        body=body,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreatePostgresUserRequest,
) -> Response[PostgresUserResponse]:
    """Create a user of a Postgres cluster

    Returns the user, without the password: see `postgres_users_get_credentials`. Answers 409 if the
    name is taken.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (CreatePostgresUserRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        body=body,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    postgres_cluster_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreatePostgresUserRequest,
) -> PostgresUserResponse:
    """Create a user of a Postgres cluster

    Returns the user, without the password: see `postgres_users_get_credentials`. Answers 409 if the
    name is taken.

    Args:
        postgres_cluster_id (str): Id of the cluster.
        body (CreatePostgresUserRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        PostgresUserResponse
    """

    kwargs = request_parts(
        postgres_cluster_id=postgres_cluster_id,
        body=body,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
