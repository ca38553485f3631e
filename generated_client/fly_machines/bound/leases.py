"""The operations of `leases` as methods. Leases: the exclusive right to change a Machine, for a while. Reads are not affected."""

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


class Leases(BlockingOperations):
    """Leases: the exclusive right to change a Machine, for a while. Reads are not affected."""

    _tag = "leases"

    def get(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.LeaseEnvelope:
        """Get the lease of a Machine

        Returns the current lease. Answers 404 if nobody holds one.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.LeaseEnvelope = self._call(
            "leases.leases_get",
            {
                "app_name": app_name,
                "machine_id": machine_id,
            },
            timeout,
            headers,
        )
        return answer

    def acquire(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.AcquireLeaseRequest | config_types.AcquireLeaseRequestDict,
        ttl: int | Unset = UNSET,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.LeaseEnvelope:
        """Take or extend the lease of a Machine

        Returns the lease, whose nonce the following writes have to carry. Given that nonce, it extends the
        same lease; if someone else holds one, it answers 409 and says who and until when.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            ttl: Lifetime in seconds; the body can say it too.
            fly_machine_lease_nonce: Nonce of the lease that you hold.
            body: How long a lease is wanted, and what for.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.LeaseEnvelope = self._call(
            "leases.leases_acquire",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "ttl": ttl,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def release(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        fly_machine_lease_nonce: str,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.LeaseReleaseResponse:
        """Release the lease of a Machine

        Ends the lease that the nonce belongs to. Answers 404 if it has already run out.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            fly_machine_lease_nonce: Nonce of the lease that you hold.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.LeaseReleaseResponse = self._call(
            "leases.leases_release",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
            },
            timeout,
            headers,
        )
        return answer


class AsyncLeases(AsyncOperations):
    """Leases: the exclusive right to change a Machine, for a while. Reads are not affected."""

    _tag = "leases"

    async def get(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.LeaseEnvelope:
        """Get the lease of a Machine

        Returns the current lease. Answers 404 if nobody holds one.

        """

        answer: models.LeaseEnvelope = await self._call(
            "leases.leases_get",
            {
                "app_name": app_name,
                "machine_id": machine_id,
            },
            timeout,
            headers,
        )
        return answer

    async def acquire(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.AcquireLeaseRequest | config_types.AcquireLeaseRequestDict,
        ttl: int | Unset = UNSET,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.LeaseEnvelope:
        """Take or extend the lease of a Machine

        Returns the lease, whose nonce the following writes have to carry. Given that nonce, it extends the
        same lease; if someone else holds one, it answers 409 and says who and until when.

        """

        answer: models.LeaseEnvelope = await self._call(
            "leases.leases_acquire",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "ttl": ttl,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def release(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        fly_machine_lease_nonce: str,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.LeaseReleaseResponse:
        """Release the lease of a Machine

        Ends the lease that the nonce belongs to. Answers 404 if it has already run out.

        """

        answer: models.LeaseReleaseResponse = await self._call(
            "leases.leases_release",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
            },
            timeout,
            headers,
        )
        return answer
