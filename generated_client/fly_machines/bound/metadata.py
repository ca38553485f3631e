"""The operations of `metadata` as methods. Metadata: texts by key on a Machine. Writing them neither restarts it nor makes a version; updating its config
replaces them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .. import models
from ..types import UNSET, Unset
from . import AnyApp, AnyMachine, AsyncOperations, BlockingOperations, Timeout

if TYPE_CHECKING:
    from .. import config_types
else:
    from . import config_types


class Metadata(BlockingOperations):
    """Metadata: texts by key on a Machine. Writing them neither restarts it nor makes a version; updating its config
    replaces them."""

    _tag = "metadata"

    def list(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.MachineMetadata:
        """Get all metadata of a Machine

        Returns every key with its value.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.MachineMetadata = self._call(
            "metadata.metadata_list",
            {
                "app_name": app_name,
                "machine_id": machine_id,
            },
            timeout,
            headers,
        )
        return answer

    def put(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.UpdateMetadataRequest | config_types.UpdateMetadataRequestDict,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Set several keys of a Machine's metadata

        Sets the given keys and leaves the others, exactly as `metadata_patch` does, which takes its place:
        it does not replace the map. Answers 412 if `machine_version` is given and no longer current.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            fly_machine_lease_nonce: Nonce of the lease that you hold on the Machine, if any.
            body: Several keys at once.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        self._call(
            "metadata.metadata_put",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
                "body": body,
            },
            timeout,
            headers,
        )

    def patch(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.UpdateMetadataRequest | config_types.UpdateMetadataRequestDict,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Set or remove several keys of a Machine's metadata

        Sets the given keys, removes those that are null or empty, and leaves the others. Answers 412 if
        `machine_version` is given and no longer current.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            fly_machine_lease_nonce: Nonce of the lease that you hold on the Machine, if any.
            body: Several keys at once.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        self._call(
            "metadata.metadata_patch",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
                "body": body,
            },
            timeout,
            headers,
        )

    def get(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        key: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.MetadataValue:
        """Get one key of a Machine's metadata

        Returns the value. Answers 404 if the key is not set.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            key: Key; `fly_` ones belong to Fly.io's tools.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.MetadataValue = self._call(
            "metadata.metadata_get",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "key": key,
            },
            timeout,
            headers,
        )
        return answer

    def set(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        key: str,
        *,
        body: models.SetMetadataRequest | config_types.SetMetadataRequestDict,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Set one key of a Machine's metadata

        Creates or replaces one value; a success has no content.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            key: Key; `fly_` ones belong to Fly.io's tools.
            fly_machine_lease_nonce: Nonce of the lease that you hold on the Machine, if any.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        self._call(
            "metadata.metadata_set",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "key": key,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
                "body": body,
            },
            timeout,
            headers,
        )

    def delete(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        key: str,
        *,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Remove one key of a Machine's metadata

        Removes the key; a success has no content.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            key: Key; `fly_` ones belong to Fly.io's tools.
            fly_machine_lease_nonce: Nonce of the lease that you hold on the Machine, if any.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        self._call(
            "metadata.metadata_delete",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "key": key,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
            },
            timeout,
            headers,
        )


class AsyncMetadata(AsyncOperations):
    """Metadata: texts by key on a Machine. Writing them neither restarts it nor makes a version; updating its config
    replaces them."""

    _tag = "metadata"

    async def list(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.MachineMetadata:
        """Get all metadata of a Machine

        Returns every key with its value.

        """

        answer: models.MachineMetadata = await self._call(
            "metadata.metadata_list",
            {
                "app_name": app_name,
                "machine_id": machine_id,
            },
            timeout,
            headers,
        )
        return answer

    async def put(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.UpdateMetadataRequest | config_types.UpdateMetadataRequestDict,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Set several keys of a Machine's metadata

        Sets the given keys and leaves the others, exactly as `metadata_patch` does, which takes its place:
        it does not replace the map. Answers 412 if `machine_version` is given and no longer current.

        """

        await self._call(
            "metadata.metadata_put",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
                "body": body,
            },
            timeout,
            headers,
        )

    async def patch(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.UpdateMetadataRequest | config_types.UpdateMetadataRequestDict,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Set or remove several keys of a Machine's metadata

        Sets the given keys, removes those that are null or empty, and leaves the others. Answers 412 if
        `machine_version` is given and no longer current.

        """

        await self._call(
            "metadata.metadata_patch",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
                "body": body,
            },
            timeout,
            headers,
        )

    async def get(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        key: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.MetadataValue:
        """Get one key of a Machine's metadata

        Returns the value. Answers 404 if the key is not set.

        """

        answer: models.MetadataValue = await self._call(
            "metadata.metadata_get",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "key": key,
            },
            timeout,
            headers,
        )
        return answer

    async def set(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        key: str,
        *,
        body: models.SetMetadataRequest | config_types.SetMetadataRequestDict,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Set one key of a Machine's metadata

        Creates or replaces one value; a success has no content.

        """

        await self._call(
            "metadata.metadata_set",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "key": key,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
                "body": body,
            },
            timeout,
            headers,
        )

    async def delete(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        key: str,
        *,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Remove one key of a Machine's metadata

        Removes the key; a success has no content.

        """

        await self._call(
            "metadata.metadata_delete",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "key": key,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
            },
            timeout,
            headers,
        )
