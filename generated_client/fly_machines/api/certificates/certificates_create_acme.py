import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.certificate_detail import CertificateDetail
from ...models.create_acme_certificate_request import CreateAcmeCertificateRequest
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(app_name: str, *, body: CreateAcmeCertificateRequest) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/apps/{segment(app_name)}/certificates/acme",
        headers={"Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> CertificateDetail:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (201,), CertificateDetail.from_dict)


def sync_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateAcmeCertificateRequest
) -> Response[CertificateDetail]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, body=body)
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateAcmeCertificateRequest
) -> CertificateDetail:
    """Add a host name with a certificate from Fly.io

    Returns the DNS records to publish; the certificate follows once they are found, and not before. A
    host name that the app has already is refused with 422.

    Args:
        app_name (str): Name of the app.
        body (CreateAcmeCertificateRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        CertificateDetail
    """

    kwargs = request_parts(app_name=app_name, body=body)
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateAcmeCertificateRequest
) -> Response[CertificateDetail]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(app_name=app_name, body=body)
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str, *, client: AuthenticatedClient | Client, body: CreateAcmeCertificateRequest
) -> CertificateDetail:
    """Add a host name with a certificate from Fly.io

    Returns the DNS records to publish; the certificate follows once they are found, and not before. A
    host name that the app has already is refused with 422.

    Args:
        app_name (str): Name of the app.
        body (CreateAcmeCertificateRequest):

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        CertificateDetail
    """

    kwargs = request_parts(app_name=app_name, body=body)
    return parse(await client.get_async_httpx_client().request(**kwargs))
