"""The operations of `platform` as methods. Regions, and where there is room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .. import models
from ..types import UNSET
from . import AsyncOperations, BlockingOperations, Timeout

if TYPE_CHECKING:
    from .. import config_types
else:
    from . import config_types


class Platform(BlockingOperations):
    """Regions, and where there is room."""

    _tag = "platform"

    def find_placements(
        self,
        *,
        body: models.FindPlacementsRequest | config_types.FindPlacementsRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.FindPlacementsResponse:
        """Find out where Machines would fit

        Returns how many Machines of a size could be placed in each region. Nothing is reserved, so a later
        create may still fail.

        Args:
            body: What would have to fit.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.FindPlacementsResponse = self._call(
            "platform.platform_find_placements",
            {
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def list_regions(
        self,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListRegionsResponse:
        """List the regions

        Returns all regions and the one nearest to you. Needs no token.

        Args:
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ListRegionsResponse = self._call("platform.platform_list_regions", {}, timeout, headers)
        return answer


class AsyncPlatform(AsyncOperations):
    """Regions, and where there is room."""

    _tag = "platform"

    async def find_placements(
        self,
        *,
        body: models.FindPlacementsRequest | config_types.FindPlacementsRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.FindPlacementsResponse:
        """Find out where Machines would fit

        Returns how many Machines of a size could be placed in each region. Nothing is reserved, so a later
        create may still fail.

        """

        answer: models.FindPlacementsResponse = await self._call(
            "platform.platform_find_placements",
            {
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def list_regions(
        self,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListRegionsResponse:
        """List the regions

        Returns all regions and the one nearest to you. Needs no token.

        """

        answer: models.ListRegionsResponse = await self._call("platform.platform_list_regions", {}, timeout, headers)
        return answer
