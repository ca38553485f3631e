import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.certificate_detail import CertificateDetail
from ...models.create_custom_certificate_request import CreateCustomCertificateRequest
from ...types import OperationModule, Response, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    *,
    body: CreateCustomCertificateRequest,
) -> dict[str, Any]:
    """The request, as `httpx.Client.request` takes it."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/apps/{segment(app_name)}/certificates/custom",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> CertificateDetail:
    """What a success answers; anything else is raised."""
    if response.status_code == 201:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_201 = CertificateDetail.from_dict(response_body)

            return response_201

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[CertificateDetail]:
    parsed = parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


def sync_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateCustomCertificateRequest,
) -> Response[CertificateDetail]:
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
        Status, headers, raw content and what `sync` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        body=body,
    )

    return _build_response(response=client.get_httpx_client().request(**kwargs))


def sync(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateCustomCertificateRequest,
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

    kwargs = request_parts(
        app_name=app_name,
        body=body,
    )

    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateCustomCertificateRequest,
) -> Response[CertificateDetail]:
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
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
    """

    kwargs = request_parts(
        app_name=app_name,
        body=body,
    )

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


async def asyncio(
    app_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateCustomCertificateRequest,
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

    kwargs = request_parts(
        app_name=app_name,
        body=body,
    )

    return parse(await client.get_async_httpx_client().request(**kwargs))
