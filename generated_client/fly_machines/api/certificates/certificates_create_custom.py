import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.certificate_detail import CertificateDetail
from ...models.create_custom_certificate_request import CreateCustomCertificateRequest
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, *, body: CreateCustomCertificateRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/apps/{segment(app_name)}/certificates/custom",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> CertificateDetail:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (201,), CertificateDetail.from_dict)


def sync_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateCustomCertificateRequest
) -> Response[CertificateDetail]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateCustomCertificateRequest
) -> CertificateDetail:
    """Add a host name with your own certificate

    Returns the details. The certificate must cover the host name, fit its key and not have run out, or
    422 says what is wrong; it is preferred to one from Fly.io.

    Args:
        app_name (str): Name of the app.
        body (CreateCustomCertificateRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        CertificateDetail
    """

    kwargs = request_parts(app_name=app_name, body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateCustomCertificateRequest
) -> Response[CertificateDetail]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateCustomCertificateRequest
) -> CertificateDetail:
    """Add a host name with your own certificate

    Returns the details. The certificate must cover the host name, fit its key and not have run out, or
    422 says what is wrong; it is preferred to one from Fly.io.

    Args:
        app_name (str): Name of the app.
        body (CreateCustomCertificateRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        CertificateDetail
    """

    kwargs = request_parts(app_name=app_name, body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
