"""The operations of `ip_assignments` as methods. Addresses: public and private IP addresses of an app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .. import models
from ..types import UNSET
from . import AnyApp, AsyncOperations, BlockingOperations, Timeout

if TYPE_CHECKING:
    from .. import config_types
else:
    from . import config_types


class IpAssignments(BlockingOperations):
    """Addresses: public and private IP addresses of an app."""

    _tag = "ip_assignments"

    def list(
        self,
        app_name: AnyApp,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListIpAssignmentsResponse:
        """List the addresses of an app

        Returns all of them. The kind has to be told from the address and from `shared` and `egress`.

        Args:
            app_name: Name of the app.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ListIpAssignmentsResponse = self._call(
            "ip_assignments.ip_assignments_list",
            {
                "app_name": app_name,
            },
            timeout,
            headers,
        )
        return answer

    def create(
        self,
        app_name: AnyApp,
        *,
        body: models.CreateIpAssignmentRequest | config_types.CreateIpAssignmentRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CreateIpAssignmentResponse:
        """Give an app an address

        Returns the address, or the pair. Asking for a dedicated one again gives another one, which is
        billed; an app has one shared IPv4 address.

        Args:
            app_name: Name of the app.
            body: The address that is wanted.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.CreateIpAssignmentResponse = self._call(
            "ip_assignments.ip_assignments_create",
            {
                "app_name": app_name,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def delete(
        self,
        app_name: AnyApp,
        ip: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Take an address from an app

        Releases the address, which may then go to someone else; a success has no content.

        Args:
            app_name: Name of the app.
            ip: The address.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        self._call(
            "ip_assignments.ip_assignments_delete",
            {
                "app_name": app_name,
                "ip": ip,
            },
            timeout,
            headers,
        )


class AsyncIpAssignments(AsyncOperations):
    """Addresses: public and private IP addresses of an app."""

    _tag = "ip_assignments"

    async def list(
        self,
        app_name: AnyApp,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListIpAssignmentsResponse:
        """List the addresses of an app

        Returns all of them. The kind has to be told from the address and from `shared` and `egress`.

        """

        answer: models.ListIpAssignmentsResponse = await self._call(
            "ip_assignments.ip_assignments_list",
            {
                "app_name": app_name,
            },
            timeout,
            headers,
        )
        return answer

    async def create(
        self,
        app_name: AnyApp,
        *,
        body: models.CreateIpAssignmentRequest | config_types.CreateIpAssignmentRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CreateIpAssignmentResponse:
        """Give an app an address

        Returns the address, or the pair. Asking for a dedicated one again gives another one, which is
        billed; an app has one shared IPv4 address.

        """

        answer: models.CreateIpAssignmentResponse = await self._call(
            "ip_assignments.ip_assignments_create",
            {
                "app_name": app_name,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def delete(
        self,
        app_name: AnyApp,
        ip: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Take an address from an app

        Releases the address, which may then go to someone else; a success has no content.

        """

        await self._call(
            "ip_assignments.ip_assignments_delete",
            {
                "app_name": app_name,
                "ip": ip,
            },
            timeout,
            headers,
        )
