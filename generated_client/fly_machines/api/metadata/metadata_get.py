import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.metadata_value import MetadataValue
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, machine_id: str, key: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/apps/{segment(app_name)}/machines/{segment(machine_id)}/metadata/{segment(key)}",
    )


def parse(response: httpx.Response) -> MetadataValue:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), MetadataValue.from_dict)


def sync_detailed(
    app_name: str, machine_id: str, key: str, *, client: AuthenticatedClient | Client
) -> Response[MetadataValue]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, machine_id=machine_id, key=key)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(app_name: str, machine_id: str, key: str, *, client: AuthenticatedClient | Client) -> MetadataValue:
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

    kwargs = request_parts(app_name=app_name, machine_id=machine_id, key=key)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, machine_id: str, key: str, *, client: AuthenticatedClient | Client
) -> Response[MetadataValue]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, machine_id=machine_id, key=key)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(app_name: str, machine_id: str, key: str, *, client: AuthenticatedClient | Client) -> MetadataValue:
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

    kwargs = request_parts(app_name=app_name, machine_id=machine_id, key=key)
    return parse(await client.get_async_httpx_client().request(**kwargs))
