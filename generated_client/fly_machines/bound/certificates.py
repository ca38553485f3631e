"""The operations of `certificates` as methods. Certificates: host names that an app serves over TLS, with certificates that Fly.io obtains or that you bring."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING

from .. import models
from ..types import UNSET, Unset
from . import AnyApp, AsyncOperations, BlockingOperations, Timeout

if TYPE_CHECKING:
    from .. import config_types
else:
    from . import config_types


class Certificates(BlockingOperations):
    """Certificates: host names that an app serves over TLS, with certificates that Fly.io obtains or that you bring."""

    _tag = "certificates"

    def list(
        self,
        app_name: AnyApp,
        *,
        cursor: str | Unset = UNSET,
        filter_: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListCertificatesResponse:
        """List the host names of an app

        Returns a page of summaries without the DNS records; go on with `next_cursor` until it is empty.

        Args:
            app_name: Name of the app.
            cursor: Where to go on: the last page's `next_cursor`.
            filter_: Only host names that contain this.
            limit: Summaries a page, up to 500. Default: 25.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ListCertificatesResponse = self._call(
            "certificates.certificates_list",
            {
                "app_name": app_name,
                "cursor": cursor,
                "filter_": filter_,
                "limit": limit,
            },
            timeout,
            headers,
        )
        return answer

    def iterate(
        self,
        app_name: AnyApp,
        *,
        filter_: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[models.CertificateSummary]:
        """List the host names of an app, to the end

        Asks for page after page, as far as the entries are wanted.

        Args:
            app_name: Name of the app.
            filter_: Only host names that contain this.
            limit: Summaries a page, up to 500. Default: 25.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        return self._pages(
            "certificates.certificates_list",
            "certificates",
            {
                "app_name": app_name,
                "filter_": filter_,
                "limit": limit,
            },
            timeout,
            headers,
        )

    def create_acme(
        self,
        app_name: AnyApp,
        *,
        body: models.CreateAcmeCertificateRequest | config_types.CreateAcmeCertificateRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CertificateDetail:
        """Add a host name with a certificate from Fly.io

        Returns the DNS records to publish; the certificate follows once they are found, and not before. A
        host name that the app has already is refused with 422.

        Args:
            app_name: Name of the app.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.CertificateDetail = self._call(
            "certificates.certificates_create_acme",
            {
                "app_name": app_name,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def create_custom(
        self,
        app_name: AnyApp,
        *,
        body: models.CreateCustomCertificateRequest | config_types.CreateCustomCertificateRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CertificateDetail:
        """Add a host name with your own certificate

        Returns the details. The certificate must cover the host name, fit its key and not have run out, or
        422 says what is wrong; it is preferred to one from Fly.io.

        Args:
            app_name: Name of the app.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.CertificateDetail = self._call(
            "certificates.certificates_create_custom",
            {
                "app_name": app_name,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def get(
        self,
        app_name: AnyApp,
        hostname: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CertificateDetail:
        """Get a host name's certificates

        Returns status, certificates and the DNS records to publish; 404 if the app does not have the host
        name.

        Args:
            app_name: Name of the app.
            hostname: Host name; `*.example.com` for a wildcard.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.CertificateDetail = self._call(
            "certificates.certificates_get",
            {
                "app_name": app_name,
                "hostname": hostname,
            },
            timeout,
            headers,
        )
        return answer

    def delete(
        self,
        app_name: AnyApp,
        hostname: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Remove a host name

        Removes the host name with all its certificates; a success has no content.

        Args:
            app_name: Name of the app.
            hostname: Host name; `*.example.com` for a wildcard.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        self._call(
            "certificates.certificates_delete",
            {
                "app_name": app_name,
                "hostname": hostname,
            },
            timeout,
            headers,
        )

    def delete_acme(
        self,
        app_name: AnyApp,
        hostname: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CertificateDetail:
        """Stop obtaining certificates for a host name

        Removes Fly.io's certificates and leaves the host name. Returns the details.

        Args:
            app_name: Name of the app.
            hostname: Host name; `*.example.com` for a wildcard.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.CertificateDetail = self._call(
            "certificates.certificates_delete_acme",
            {
                "app_name": app_name,
                "hostname": hostname,
            },
            timeout,
            headers,
        )
        return answer

    def check(
        self,
        app_name: AnyApp,
        hostname: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CheckCertificateResponse:
        """Check the DNS records of a host name

        Looks the records up now. Returns the details together with what was found.

        Args:
            app_name: Name of the app.
            hostname: Host name; `*.example.com` for a wildcard.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.CheckCertificateResponse = self._call(
            "certificates.certificates_check",
            {
                "app_name": app_name,
                "hostname": hostname,
            },
            timeout,
            headers,
        )
        return answer

    def delete_custom(
        self,
        app_name: AnyApp,
        hostname: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CertificateDetail:
        """Remove your own certificate of a host name

        Removes it and leaves the host name. Returns the details, with a warning if nothing serves the host
        name any more.

        Args:
            app_name: Name of the app.
            hostname: Host name; `*.example.com` for a wildcard.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.CertificateDetail = self._call(
            "certificates.certificates_delete_custom",
            {
                "app_name": app_name,
                "hostname": hostname,
            },
            timeout,
            headers,
        )
        return answer


class AsyncCertificates(AsyncOperations):
    """Certificates: host names that an app serves over TLS, with certificates that Fly.io obtains or that you bring."""

    _tag = "certificates"

    async def list(
        self,
        app_name: AnyApp,
        *,
        cursor: str | Unset = UNSET,
        filter_: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListCertificatesResponse:
        """List the host names of an app

        Returns a page of summaries without the DNS records; go on with `next_cursor` until it is empty.

        """

        answer: models.ListCertificatesResponse = await self._call(
            "certificates.certificates_list",
            {
                "app_name": app_name,
                "cursor": cursor,
                "filter_": filter_,
                "limit": limit,
            },
            timeout,
            headers,
        )
        return answer

    def iterate(
        self,
        app_name: AnyApp,
        *,
        filter_: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> AsyncIterator[models.CertificateSummary]:
        """List the host names of an app, to the end

        Asks for page after page, as far as the entries are wanted.

        """

        return self._pages(
            "certificates.certificates_list",
            "certificates",
            {
                "app_name": app_name,
                "filter_": filter_,
                "limit": limit,
            },
            timeout,
            headers,
        )

    async def create_acme(
        self,
        app_name: AnyApp,
        *,
        body: models.CreateAcmeCertificateRequest | config_types.CreateAcmeCertificateRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CertificateDetail:
        """Add a host name with a certificate from Fly.io

        Returns the DNS records to publish; the certificate follows once they are found, and not before. A
        host name that the app has already is refused with 422.

        """

        answer: models.CertificateDetail = await self._call(
            "certificates.certificates_create_acme",
            {
                "app_name": app_name,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def create_custom(
        self,
        app_name: AnyApp,
        *,
        body: models.CreateCustomCertificateRequest | config_types.CreateCustomCertificateRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CertificateDetail:
        """Add a host name with your own certificate

        Returns the details. The certificate must cover the host name, fit its key and not have run out, or
        422 says what is wrong; it is preferred to one from Fly.io.

        """

        answer: models.CertificateDetail = await self._call(
            "certificates.certificates_create_custom",
            {
                "app_name": app_name,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def get(
        self,
        app_name: AnyApp,
        hostname: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CertificateDetail:
        """Get a host name's certificates

        Returns status, certificates and the DNS records to publish; 404 if the app does not have the host
        name.

        """

        answer: models.CertificateDetail = await self._call(
            "certificates.certificates_get",
            {
                "app_name": app_name,
                "hostname": hostname,
            },
            timeout,
            headers,
        )
        return answer

    async def delete(
        self,
        app_name: AnyApp,
        hostname: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Remove a host name

        Removes the host name with all its certificates; a success has no content.

        """

        await self._call(
            "certificates.certificates_delete",
            {
                "app_name": app_name,
                "hostname": hostname,
            },
            timeout,
            headers,
        )

    async def delete_acme(
        self,
        app_name: AnyApp,
        hostname: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CertificateDetail:
        """Stop obtaining certificates for a host name

        Removes Fly.io's certificates and leaves the host name. Returns the details.

        """

        answer: models.CertificateDetail = await self._call(
            "certificates.certificates_delete_acme",
            {
                "app_name": app_name,
                "hostname": hostname,
            },
            timeout,
            headers,
        )
        return answer

    async def check(
        self,
        app_name: AnyApp,
        hostname: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CheckCertificateResponse:
        """Check the DNS records of a host name

        Looks the records up now. Returns the details together with what was found.

        """

        answer: models.CheckCertificateResponse = await self._call(
            "certificates.certificates_check",
            {
                "app_name": app_name,
                "hostname": hostname,
            },
            timeout,
            headers,
        )
        return answer

    async def delete_custom(
        self,
        app_name: AnyApp,
        hostname: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CertificateDetail:
        """Remove your own certificate of a host name

        Removes it and leaves the host name. Returns the details, with a warning if nothing serves the host
        name any more.

        """

        answer: models.CertificateDetail = await self._call(
            "certificates.certificates_delete_custom",
            {
                "app_name": app_name,
                "hostname": hostname,
            },
            timeout,
            headers,
        )
        return answer
