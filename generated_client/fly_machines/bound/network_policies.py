"""The operations of `network_policies` as methods. Network policies: which traffic an app's Machines may have, other than through the proxy. Not in the published
document: openapi/README.md says what is known."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING

from .. import models
from ..types import UNSET
from . import AnyApp, AsyncOperations, BlockingOperations, Timeout

if TYPE_CHECKING:
    from .. import config_types
else:
    from . import config_types


class NetworkPolicies(BlockingOperations):
    """Network policies: which traffic an app's Machines may have, other than through the proxy. Not in the published
    document: openapi/README.md says what is known."""

    _tag = "network_policies"

    def list(
        self,
        app_name: AnyApp,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> builtins.list[models.NetworkPolicy]:
        """List the network policies of an app

        Returns all of them.

        Args:
            app_name: Name of the app.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: builtins.list[models.NetworkPolicy] = self._call(
            "network_policies.network_policies_list",
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
        body: models.CreateNetworkPolicyRequest | config_types.CreateNetworkPolicyRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Create or replace a network policy

        With an id it replaces that policy, without one it makes another, even of the same name. What it
        answers is not documented: list the policies to learn the id. Machines that run already have to be
        restarted.

        Args:
            app_name: Name of the app.
            body: A network policy, new or changed.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        self._call(
            "network_policies.network_policies_create",
            {
                "app_name": app_name,
                "body": body,
            },
            timeout,
            headers,
        )

    def delete(
        self,
        app_name: AnyApp,
        policy_id: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Delete a network policy

        Lifts the policy; what it answers is not documented.

        Args:
            app_name: Name of the app.
            policy_id: Id of the policy, from the list.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        self._call(
            "network_policies.network_policies_delete",
            {
                "app_name": app_name,
                "policy_id": policy_id,
            },
            timeout,
            headers,
        )


class AsyncNetworkPolicies(AsyncOperations):
    """Network policies: which traffic an app's Machines may have, other than through the proxy. Not in the published
    document: openapi/README.md says what is known."""

    _tag = "network_policies"

    async def list(
        self,
        app_name: AnyApp,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> builtins.list[models.NetworkPolicy]:
        """List the network policies of an app

        Returns all of them.

        """

        answer: builtins.list[models.NetworkPolicy] = await self._call(
            "network_policies.network_policies_list",
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
        body: models.CreateNetworkPolicyRequest | config_types.CreateNetworkPolicyRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Create or replace a network policy

        With an id it replaces that policy, without one it makes another, even of the same name. What it
        answers is not documented: list the policies to learn the id. Machines that run already have to be
        restarted.

        """

        await self._call(
            "network_policies.network_policies_create",
            {
                "app_name": app_name,
                "body": body,
            },
            timeout,
            headers,
        )

    async def delete(
        self,
        app_name: AnyApp,
        policy_id: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Delete a network policy

        Lifts the policy; what it answers is not documented.

        """

        await self._call(
            "network_policies.network_policies_delete",
            {
                "app_name": app_name,
                "policy_id": policy_id,
            },
            timeout,
            headers,
        )
