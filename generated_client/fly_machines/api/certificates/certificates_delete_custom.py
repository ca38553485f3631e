import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.certificate_detail import CertificateDetail
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, hostname: str) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "delete",
        f"/apps/{segment(app_name)}/certificates/{segment(hostname)}/custom",
    )


def parse(response: httpx.Response) -> CertificateDetail:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), CertificateDetail.from_dict)


def sync_detailed(app_name: str, hostname: str, *, client: AuthenticatedClient | Client) -> Response[CertificateDetail]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, hostname=hostname)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(app_name: str, hostname: str, *, client: AuthenticatedClient | Client) -> CertificateDetail:
    """Remove your own certificate of a host name

    Removes it and leaves the host name. Returns the details, with a warning if nothing serves the host
    name any more.

    Args:
        app_name (str): Name of the app.
        hostname (str): Host name; `*.example.com` for a wildcard.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        CertificateDetail
    """

    kwargs = request_parts(app_name=app_name, hostname=hostname)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, hostname: str, *, client: AuthenticatedClient | Client
) -> Response[CertificateDetail]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, hostname=hostname)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(app_name: str, hostname: str, *, client: AuthenticatedClient | Client) -> CertificateDetail:
    """Remove your own certificate of a host name

    Removes it and leaves the host name. Returns the details, with a warning if nothing serves the host
    name any more.

    Args:
        app_name (str): Name of the app.
        hostname (str): Host name; `*.example.com` for a wildcard.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        CertificateDetail
    """

    kwargs = request_parts(app_name=app_name, hostname=hostname)
    return parse(await client.get_async_httpx_client().request(**kwargs))
