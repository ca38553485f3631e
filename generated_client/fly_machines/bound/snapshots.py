"""The operations of `snapshots` as methods. Snapshots: backups of volumes, taken daily or on demand, kept for the volume's retention."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING

from .. import models
from ..types import UNSET
from . import AnyApp, AnyVolume, AsyncOperations, BlockingOperations, Timeout

if TYPE_CHECKING:
    pass
else:
    pass


class Snapshots(BlockingOperations):
    """Snapshots: backups of volumes, taken daily or on demand, kept for the volume's retention."""

    _tag = "snapshots"

    def list(
        self,
        app_name: AnyApp,
        volume_id: AnyVolume,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> builtins.list[models.VolumeSnapshot]:
        """List the snapshots of a volume

        Returns all of them, oldest first, also of a volume that has been destroyed.

        Args:
            app_name: Name of the app.
            volume_id: Id of the volume; destroyed ones still have their snapshots.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: builtins.list[models.VolumeSnapshot] = self._call(
            "snapshots.snapshots_list",
            {
                "app_name": app_name,
                "volume_id": volume_id,
            },
            timeout,
            headers,
        )
        return answer

    def create(
        self,
        app_name: AnyApp,
        volume_id: AnyVolume,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CreateSnapshotResponse:
        """Take a snapshot of a volume

        Returns the backup that was scheduled; its `graph_id` is the id of the snapshot to be. Answers 412
        while another one is pending.

        Args:
            app_name: Name of the app.
            volume_id: Id of the volume; destroyed ones still have their snapshots.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.CreateSnapshotResponse = self._call(
            "snapshots.snapshots_create",
            {
                "app_name": app_name,
                "volume_id": volume_id,
            },
            timeout,
            headers,
        )
        return answer


class AsyncSnapshots(AsyncOperations):
    """Snapshots: backups of volumes, taken daily or on demand, kept for the volume's retention."""

    _tag = "snapshots"

    async def list(
        self,
        app_name: AnyApp,
        volume_id: AnyVolume,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> builtins.list[models.VolumeSnapshot]:
        """List the snapshots of a volume

        Returns all of them, oldest first, also of a volume that has been destroyed.

        """

        answer: builtins.list[models.VolumeSnapshot] = await self._call(
            "snapshots.snapshots_list",
            {
                "app_name": app_name,
                "volume_id": volume_id,
            },
            timeout,
            headers,
        )
        return answer

    async def create(
        self,
        app_name: AnyApp,
        volume_id: AnyVolume,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CreateSnapshotResponse:
        """Take a snapshot of a volume

        Returns the backup that was scheduled; its `graph_id` is the id of the snapshot to be. Answers 412
        while another one is pending.

        """

        answer: models.CreateSnapshotResponse = await self._call(
            "snapshots.snapshots_create",
            {
                "app_name": app_name,
                "volume_id": volume_id,
            },
            timeout,
            headers,
        )
        return answer
