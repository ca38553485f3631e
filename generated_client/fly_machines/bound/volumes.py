"""The operations of `volumes` as methods. Volumes: disks on one host, in one region, mounted by one Machine at a time."""

from __future__ import annotations

import builtins
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING

from .. import models
from ..types import UNSET, Unset
from . import AnyApp, AnyVolume, AsyncOperations, BlockingOperations, Timeout

if TYPE_CHECKING:
    from .. import config_types
else:
    from . import config_types


class Volumes(BlockingOperations):
    """Volumes: disks on one host, in one region, mounted by one Machine at a time."""

    _tag = "volumes"

    def list(
        self,
        app_name: AnyApp,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        summary: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> builtins.list[models.Volume]:
        """List the volumes of an app

        Returns all of them, also those that are being destroyed (see `state`). While an answer has the
        header `fly-next-cursor`, it is a page and there is more: read on with it as `cursor`.

        Args:
            app_name: Name of the app.
            cursor: Where to go on: the last page's header `fly-next-cursor`, good for 30 minutes from the
                first page on. Needs `limit`.
            limit: Volumes a page, 1 to 1000. A page may hold fewer, or none, with more to come. Without it
                all volumes come at once.
            summary: Leave out the usage counters.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: builtins.list[models.Volume] = self._call(
            "volumes.volumes_list",
            {
                "app_name": app_name,
                "cursor": cursor,
                "limit": limit,
                "summary": summary,
            },
            timeout,
            headers,
        )
        return answer

    def iterate(
        self,
        app_name: AnyApp,
        *,
        limit: int | Unset = UNSET,
        summary: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[models.Volume]:
        """List the volumes of an app, to the end

        Asks for page after page, as far as the entries are wanted.

        Args:
            app_name: Name of the app.
            limit: Volumes a page, 1 to 1000. A page may hold fewer, or none, with more to come. Without it
                all volumes come at once.
            summary: Leave out the usage counters.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        return self._pages(
            "volumes.volumes_list",
            "",
            {
                "app_name": app_name,
                "limit": limit,
                "summary": summary,
            },
            timeout,
            headers,
        )

    def create(
        self,
        app_name: AnyApp,
        *,
        body: models.CreateVolumeRequest | config_types.CreateVolumeRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.Volume:
        """Create a volume

        Returns the new volume. Names are not unique: asking twice makes two. A region that cannot host it
        is refused with 422. It can take most of a minute to answer.

        Args:
            app_name: Name of the app.
            body: A new volume, or with `snapshot_id` or `source_volume_id` a copy.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.Volume = self._call(
            "volumes.volumes_create",
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
        volume_id: AnyVolume,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.Volume:
        """Get a volume

        Returns one volume; 404 if there is none of that id.

        Args:
            app_name: Name of the app.
            volume_id: Id of the volume, `vol_...`.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.Volume = self._call(
            "volumes.volumes_get",
            {
                "app_name": app_name,
                "volume_id": volume_id,
            },
            timeout,
            headers,
        )
        return answer

    def update(
        self,
        app_name: AnyApp,
        volume_id: AnyVolume,
        *,
        body: models.UpdateVolumeRequest | config_types.UpdateVolumeRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.Volume:
        """Change how a volume is backed up

        Returns the volume. Only the retention and the automatic snapshots can be changed; the size is
        `volumes_extend`'s.

        Args:
            app_name: Name of the app.
            volume_id: Id of the volume, `vol_...`.
            body: What to change; what is left out stays.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.Volume = self._call(
            "volumes.volumes_update",
            {
                "app_name": app_name,
                "volume_id": volume_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def delete(
        self,
        app_name: AnyApp,
        volume_id: AnyVolume,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.Volume:
        """Destroy a volume

        Returns the volume, whose data can be recovered for about a day. Answers 412 while a Machine is
        bound to it, which lasts up to a minute longer than the Machine.

        Args:
            app_name: Name of the app.
            volume_id: Id of the volume, `vol_...`.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.Volume = self._call(
            "volumes.volumes_delete",
            {
                "app_name": app_name,
                "volume_id": volume_id,
            },
            timeout,
            headers,
        )
        return answer

    def extend(
        self,
        app_name: AnyApp,
        volume_id: AnyVolume,
        *,
        body: models.ExtendVolumeRequest | config_types.ExtendVolumeRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ExtendVolumeResponse:
        """Make a volume larger

        Returns the volume, and whether its Machine has to be restarted to see the new size. Volumes cannot
        shrink.

        Args:
            app_name: Name of the app.
            volume_id: Id of the volume, `vol_...`.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ExtendVolumeResponse = self._call(
            "volumes.volumes_extend",
            {
                "app_name": app_name,
                "volume_id": volume_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer


class AsyncVolumes(AsyncOperations):
    """Volumes: disks on one host, in one region, mounted by one Machine at a time."""

    _tag = "volumes"

    async def list(
        self,
        app_name: AnyApp,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        summary: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> builtins.list[models.Volume]:
        """List the volumes of an app

        Returns all of them, also those that are being destroyed (see `state`). While an answer has the
        header `fly-next-cursor`, it is a page and there is more: read on with it as `cursor`.

        """

        answer: builtins.list[models.Volume] = await self._call(
            "volumes.volumes_list",
            {
                "app_name": app_name,
                "cursor": cursor,
                "limit": limit,
                "summary": summary,
            },
            timeout,
            headers,
        )
        return answer

    def iterate(
        self,
        app_name: AnyApp,
        *,
        limit: int | Unset = UNSET,
        summary: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> AsyncIterator[models.Volume]:
        """List the volumes of an app, to the end

        Asks for page after page, as far as the entries are wanted.

        """

        return self._pages(
            "volumes.volumes_list",
            "",
            {
                "app_name": app_name,
                "limit": limit,
                "summary": summary,
            },
            timeout,
            headers,
        )

    async def create(
        self,
        app_name: AnyApp,
        *,
        body: models.CreateVolumeRequest | config_types.CreateVolumeRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.Volume:
        """Create a volume

        Returns the new volume. Names are not unique: asking twice makes two. A region that cannot host it
        is refused with 422. It can take most of a minute to answer.

        """

        answer: models.Volume = await self._call(
            "volumes.volumes_create",
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
        volume_id: AnyVolume,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.Volume:
        """Get a volume

        Returns one volume; 404 if there is none of that id.

        """

        answer: models.Volume = await self._call(
            "volumes.volumes_get",
            {
                "app_name": app_name,
                "volume_id": volume_id,
            },
            timeout,
            headers,
        )
        return answer

    async def update(
        self,
        app_name: AnyApp,
        volume_id: AnyVolume,
        *,
        body: models.UpdateVolumeRequest | config_types.UpdateVolumeRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.Volume:
        """Change how a volume is backed up

        Returns the volume. Only the retention and the automatic snapshots can be changed; the size is
        `volumes_extend`'s.

        """

        answer: models.Volume = await self._call(
            "volumes.volumes_update",
            {
                "app_name": app_name,
                "volume_id": volume_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def delete(
        self,
        app_name: AnyApp,
        volume_id: AnyVolume,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.Volume:
        """Destroy a volume

        Returns the volume, whose data can be recovered for about a day. Answers 412 while a Machine is
        bound to it, which lasts up to a minute longer than the Machine.

        """

        answer: models.Volume = await self._call(
            "volumes.volumes_delete",
            {
                "app_name": app_name,
                "volume_id": volume_id,
            },
            timeout,
            headers,
        )
        return answer

    async def extend(
        self,
        app_name: AnyApp,
        volume_id: AnyVolume,
        *,
        body: models.ExtendVolumeRequest | config_types.ExtendVolumeRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ExtendVolumeResponse:
        """Make a volume larger

        Returns the volume, and whether its Machine has to be restarted to see the new size. Volumes cannot
        shrink.

        """

        answer: models.ExtendVolumeResponse = await self._call(
            "volumes.volumes_extend",
            {
                "app_name": app_name,
                "volume_id": volume_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer
