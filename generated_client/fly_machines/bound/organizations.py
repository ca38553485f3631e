"""The operations of `organizations` as methods. Machines and volumes of a whole organization, in pages, as of some moments ago."""

from __future__ import annotations

import builtins
import datetime
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING

from .. import models
from ..types import UNSET, Unset
from . import AsyncOperations, BlockingOperations, Timeout

if TYPE_CHECKING:
    pass
else:
    pass


class Organizations(BlockingOperations):
    """Machines and volumes of a whole organization, in pages, as of some moments ago."""

    _tag = "organizations"

    def list_machines(
        self,
        org_slug: str,
        *,
        cursor: str | Unset = UNSET,
        include_deleted: bool | Unset = UNSET,
        limit: int | Unset = UNSET,
        region: str | Unset = UNSET,
        state: builtins.list[str] | str | Unset = UNSET,
        summary: bool | Unset = UNSET,
        updated_after: datetime.datetime | str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListOrgMachinesResponse:
        """List the Machines of an organization

        Returns a page, roughly by time of change. Go on until `next_cursor` is empty; `error_regions` names
        regions that are missing.

        Args:
            org_slug: Slug of the organization; `personal` is your own.
            cursor: Where to go on: the last page's `next_cursor`. Wins over `updated_after`.
            include_deleted: Include those that have been destroyed.
            limit: Entries a page, up to 1000, which is the default. A page may hold fewer, or none, with
                more to come.
            region: Only those in this region.
            state: Only those in these states, as in `started,stopped`.
            summary: Leave out the configs.
            updated_after: Only those that changed after this time, RFC 3339. Overlap it when polling: changes take a
                while to show.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ListOrgMachinesResponse = self._call(
            "organizations.organizations_list_machines",
            {
                "org_slug": org_slug,
                "cursor": cursor,
                "include_deleted": include_deleted,
                "limit": limit,
                "region": region,
                "state": state,
                "summary": summary,
                "updated_after": updated_after,
            },
            timeout,
            headers,
        )
        return answer

    def iterate_machines(
        self,
        org_slug: str,
        *,
        include_deleted: bool | Unset = UNSET,
        limit: int | Unset = UNSET,
        region: str | Unset = UNSET,
        state: builtins.list[str] | str | Unset = UNSET,
        summary: bool | Unset = UNSET,
        updated_after: datetime.datetime | str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[models.OrgMachine]:
        """List the Machines of an organization, to the end

        Asks for page after page, as far as the entries are wanted.

        Args:
            org_slug: Slug of the organization; `personal` is your own.
            include_deleted: Include those that have been destroyed.
            limit: Entries a page, up to 1000, which is the default. A page may hold fewer, or none, with
                more to come.
            region: Only those in this region.
            state: Only those in these states, as in `started,stopped`.
            summary: Leave out the configs.
            updated_after: Only those that changed after this time, RFC 3339. Overlap it when polling: changes take a
                while to show.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        return self._pages(
            "organizations.organizations_list_machines",
            "machines",
            {
                "org_slug": org_slug,
                "include_deleted": include_deleted,
                "limit": limit,
                "region": region,
                "state": state,
                "summary": summary,
                "updated_after": updated_after,
            },
            timeout,
            headers,
        )

    def list_volumes(
        self,
        org_slug: str,
        *,
        cursor: str | Unset = UNSET,
        include_deleted: bool | Unset = UNSET,
        limit: int | Unset = UNSET,
        region: str | Unset = UNSET,
        state: builtins.list[str] | str | Unset = UNSET,
        summary: bool | Unset = UNSET,
        updated_after: datetime.datetime | str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListOrgVolumesResponse:
        """List the volumes of an organization

        Returns a page, roughly by time of change. Go on until `next_cursor` is empty.

        Args:
            org_slug: Slug of the organization; `personal` is your own.
            cursor: Where to go on: the last page's `next_cursor`. Wins over `updated_after`.
            include_deleted: Include those that have been destroyed.
            limit: Entries a page, up to 1000, which is the default. A page may hold fewer, or none, with
                more to come.
            region: Only those in this region.
            state: Only those in these states, as in `started,stopped`.
            summary: Leave out the usage counters.
            updated_after: Only those that changed after this time, RFC 3339. Overlap it when polling: changes take a
                while to show.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ListOrgVolumesResponse = self._call(
            "organizations.organizations_list_volumes",
            {
                "org_slug": org_slug,
                "cursor": cursor,
                "include_deleted": include_deleted,
                "limit": limit,
                "region": region,
                "state": state,
                "summary": summary,
                "updated_after": updated_after,
            },
            timeout,
            headers,
        )
        return answer

    def iterate_volumes(
        self,
        org_slug: str,
        *,
        include_deleted: bool | Unset = UNSET,
        limit: int | Unset = UNSET,
        region: str | Unset = UNSET,
        state: builtins.list[str] | str | Unset = UNSET,
        summary: bool | Unset = UNSET,
        updated_after: datetime.datetime | str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[models.OrgVolume]:
        """List the volumes of an organization, to the end

        Asks for page after page, as far as the entries are wanted.

        Args:
            org_slug: Slug of the organization; `personal` is your own.
            include_deleted: Include those that have been destroyed.
            limit: Entries a page, up to 1000, which is the default. A page may hold fewer, or none, with
                more to come.
            region: Only those in this region.
            state: Only those in these states, as in `started,stopped`.
            summary: Leave out the usage counters.
            updated_after: Only those that changed after this time, RFC 3339. Overlap it when polling: changes take a
                while to show.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        return self._pages(
            "organizations.organizations_list_volumes",
            "volumes",
            {
                "org_slug": org_slug,
                "include_deleted": include_deleted,
                "limit": limit,
                "region": region,
                "state": state,
                "summary": summary,
                "updated_after": updated_after,
            },
            timeout,
            headers,
        )


class AsyncOrganizations(AsyncOperations):
    """Machines and volumes of a whole organization, in pages, as of some moments ago."""

    _tag = "organizations"

    async def list_machines(
        self,
        org_slug: str,
        *,
        cursor: str | Unset = UNSET,
        include_deleted: bool | Unset = UNSET,
        limit: int | Unset = UNSET,
        region: str | Unset = UNSET,
        state: builtins.list[str] | str | Unset = UNSET,
        summary: bool | Unset = UNSET,
        updated_after: datetime.datetime | str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListOrgMachinesResponse:
        """List the Machines of an organization

        Returns a page, roughly by time of change. Go on until `next_cursor` is empty; `error_regions` names
        regions that are missing.

        """

        answer: models.ListOrgMachinesResponse = await self._call(
            "organizations.organizations_list_machines",
            {
                "org_slug": org_slug,
                "cursor": cursor,
                "include_deleted": include_deleted,
                "limit": limit,
                "region": region,
                "state": state,
                "summary": summary,
                "updated_after": updated_after,
            },
            timeout,
            headers,
        )
        return answer

    def iterate_machines(
        self,
        org_slug: str,
        *,
        include_deleted: bool | Unset = UNSET,
        limit: int | Unset = UNSET,
        region: str | Unset = UNSET,
        state: builtins.list[str] | str | Unset = UNSET,
        summary: bool | Unset = UNSET,
        updated_after: datetime.datetime | str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> AsyncIterator[models.OrgMachine]:
        """List the Machines of an organization, to the end

        Asks for page after page, as far as the entries are wanted.

        """

        return self._pages(
            "organizations.organizations_list_machines",
            "machines",
            {
                "org_slug": org_slug,
                "include_deleted": include_deleted,
                "limit": limit,
                "region": region,
                "state": state,
                "summary": summary,
                "updated_after": updated_after,
            },
            timeout,
            headers,
        )

    async def list_volumes(
        self,
        org_slug: str,
        *,
        cursor: str | Unset = UNSET,
        include_deleted: bool | Unset = UNSET,
        limit: int | Unset = UNSET,
        region: str | Unset = UNSET,
        state: builtins.list[str] | str | Unset = UNSET,
        summary: bool | Unset = UNSET,
        updated_after: datetime.datetime | str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListOrgVolumesResponse:
        """List the volumes of an organization

        Returns a page, roughly by time of change. Go on until `next_cursor` is empty.

        """

        answer: models.ListOrgVolumesResponse = await self._call(
            "organizations.organizations_list_volumes",
            {
                "org_slug": org_slug,
                "cursor": cursor,
                "include_deleted": include_deleted,
                "limit": limit,
                "region": region,
                "state": state,
                "summary": summary,
                "updated_after": updated_after,
            },
            timeout,
            headers,
        )
        return answer

    def iterate_volumes(
        self,
        org_slug: str,
        *,
        include_deleted: bool | Unset = UNSET,
        limit: int | Unset = UNSET,
        region: str | Unset = UNSET,
        state: builtins.list[str] | str | Unset = UNSET,
        summary: bool | Unset = UNSET,
        updated_after: datetime.datetime | str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> AsyncIterator[models.OrgVolume]:
        """List the volumes of an organization, to the end

        Asks for page after page, as far as the entries are wanted.

        """

        return self._pages(
            "organizations.organizations_list_volumes",
            "volumes",
            {
                "org_slug": org_slug,
                "include_deleted": include_deleted,
                "limit": limit,
                "region": region,
                "state": state,
                "summary": summary,
                "updated_after": updated_after,
            },
            timeout,
            headers,
        )
