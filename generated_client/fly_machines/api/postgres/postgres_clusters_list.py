import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.list_postgres_clusters_response import ListPostgresClustersResponse
from ...types import UNSET, OperationModule, Response, Unset

sys.modules[__name__].__class__ = OperationModule


def request_parts(*, include_deleted: bool | Unset = UNSET, org_slug: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        "/postgres",
        query={"include_deleted": include_deleted, "org_slug": org_slug},
    )


def parse(response: httpx.Response) -> ListPostgresClustersResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), ListPostgresClustersResponse.from_dict)


def sync_detailed(
    *, client: AuthenticatedClient | Client, include_deleted: bool | Unset = UNSET, org_slug: str
) -> Response[ListPostgresClustersResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(include_deleted=include_deleted, org_slug=org_slug)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    *, client: AuthenticatedClient | Client, include_deleted: bool | Unset = UNSET, org_slug: str
) -> ListPostgresClustersResponse:
    """List the Postgres clusters of an organization

    Returns a summary of each. An unknown organization is answered 404, even without a token.

    Args:
        include_deleted (bool | Unset): Include those that have been deleted.
        org_slug (str): Slug of the organization.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresClustersResponse
    """

    kwargs = request_parts(include_deleted=include_deleted, org_slug=org_slug)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    *, client: AuthenticatedClient | Client, include_deleted: bool | Unset = UNSET, org_slug: str
) -> Response[ListPostgresClustersResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(include_deleted=include_deleted, org_slug=org_slug)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    *, client: AuthenticatedClient | Client, include_deleted: bool | Unset = UNSET, org_slug: str
) -> ListPostgresClustersResponse:
    """List the Postgres clusters of an organization

    Returns a summary of each. An unknown organization is answered 404, even without a token.

    Args:
        include_deleted (bool | Unset): Include those that have been deleted.
        org_slug (str): Slug of the organization.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ListPostgresClustersResponse
    """

    kwargs = request_parts(include_deleted=include_deleted, org_slug=org_slug)
    return parse(await client.get_async_httpx_client().request(**kwargs))
