"""The operations of `platform` as methods. Regions, and where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..types import UNSET
from . import AsyncOperations, BlockingOperations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .. import config_types
    from ..models.find_placements_request import FindPlacementsRequest
    from ..models.find_placements_response import FindPlacementsResponse
    from ..models.list_regions_response import ListRegionsResponse
    from . import Timeout


class Platform(BlockingOperations):
    """Regions, and where there is room."""

    _tag = "platform"

    def find_placements(
        self,
        *,
        body: FindPlacementsRequest | config_types.FindPlacementsRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> FindPlacementsResponse:
        """Find out where Machines would fit

        Returns how many Machines of a size could be placed in each region. Nothing is reserved, so a later
        create may still fail.

        Args:
            body: What would have to fit.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: FindPlacementsResponse = self._call(
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
    ) -> ListRegionsResponse:
        """List the regions

        Returns all regions and the one nearest to you. Needs no token.

        Args:
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: ListRegionsResponse = self._call("platform.platform_list_regions", {}, timeout, headers)
        return answer


class AsyncPlatform(AsyncOperations):
    """Regions, and where there is room."""

    _tag = "platform"

    async def find_placements(
        self,
        *,
        body: FindPlacementsRequest | config_types.FindPlacementsRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> FindPlacementsResponse:
        """Find out where Machines would fit

        Returns how many Machines of a size could be placed in each region. Nothing is reserved, so a later
        create may still fail.

        """

        answer: FindPlacementsResponse = await self._call(
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
    ) -> ListRegionsResponse:
        """List the regions

        Returns all regions and the one nearest to you. Needs no token.

        """

        answer: ListRegionsResponse = await self._call("platform.platform_list_regions", {}, timeout, headers)
        return answer
