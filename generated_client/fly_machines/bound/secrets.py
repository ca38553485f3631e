"""The operations of `secrets` as methods. Secrets: environment variables of all Machines of an app. Running Machines get new values when they are
updated or restarted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .. import models
from ..types import UNSET, Unset
from . import AnyApp, AsyncOperations, BlockingOperations, Timeout

if TYPE_CHECKING:
    from .. import config_types
else:
    from . import config_types


class Secrets(BlockingOperations):
    """Secrets: environment variables of all Machines of an app. Running Machines get new values when they are
    updated or restarted."""

    _tag = "secrets"

    def list(
        self,
        app_name: AnyApp,
        *,
        min_version: int | Unset = UNSET,
        show_secrets: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListAppSecretsResponse:
        """List the secrets of an app

        Returns names and digests. A digest changes when the value does; the value itself is left out unless
        asked for and allowed.

        Args:
            app_name: Name of the app.
            min_version: Answer only what is at least as new as this version, which a write returned.
            show_secrets: Include the values; needs a token that may read them.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ListAppSecretsResponse = self._call(
            "secrets.secrets_list",
            {
                "app_name": app_name,
                "min_version": min_version,
                "show_secrets": show_secrets,
            },
            timeout,
            headers,
        )
        return answer

    def update(
        self,
        app_name: AnyApp,
        *,
        body: models.UpdateAppSecretsRequest | config_types.UpdateAppSecretsRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.UpdateAppSecretsResponse:
        """Set and remove several secrets

        Sets all given values at once and removes those that are null; others stay. Removing what is not
        there is no error, and an empty request returns the present version.

        Args:
            app_name: Name of the app.
            body: Several secrets at once.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.UpdateAppSecretsResponse = self._call(
            "secrets.secrets_update",
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
        secret_name: str,
        *,
        min_version: int | Unset = UNSET,
        show_secrets: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.AppSecret:
        """Get a secret

        Returns one secret without its value, unless asked for and allowed; 404 if there is none.

        Args:
            app_name: Name of the app.
            secret_name: Name of the secret, which is the environment variable's.
            min_version: Answer only what is at least as new as this version, which a write returned.
            show_secrets: Include the values; needs a token that may read them.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.AppSecret = self._call(
            "secrets.secrets_get",
            {
                "app_name": app_name,
                "secret_name": secret_name,
                "min_version": min_version,
                "show_secrets": show_secrets,
            },
            timeout,
            headers,
        )
        return answer

    def set(
        self,
        app_name: AnyApp,
        secret_name: str,
        *,
        body: models.SetAppSecretRequest | config_types.SetAppSecretRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.SetAppSecretResponse:
        """Set a secret

        Creates or replaces one secret. Returns its digest and the version that Machines can ask for with
        `min_secrets_version`.

        Args:
            app_name: Name of the app.
            secret_name: Name of the secret, which is the environment variable's.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.SetAppSecretResponse = self._call(
            "secrets.secrets_set",
            {
                "app_name": app_name,
                "secret_name": secret_name,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def delete(
        self,
        app_name: AnyApp,
        secret_name: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.DeleteAppSecretResponse:
        """Remove a secret

        Returns the version without it. Answers 404 if it is not there, where `secrets_update` with null
        does not.

        Args:
            app_name: Name of the app.
            secret_name: Name of the secret, which is the environment variable's.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.DeleteAppSecretResponse = self._call(
            "secrets.secrets_delete",
            {
                "app_name": app_name,
                "secret_name": secret_name,
            },
            timeout,
            headers,
        )
        return answer


class AsyncSecrets(AsyncOperations):
    """Secrets: environment variables of all Machines of an app. Running Machines get new values when they are
    updated or restarted."""

    _tag = "secrets"

    async def list(
        self,
        app_name: AnyApp,
        *,
        min_version: int | Unset = UNSET,
        show_secrets: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListAppSecretsResponse:
        """List the secrets of an app

        Returns names and digests. A digest changes when the value does; the value itself is left out unless
        asked for and allowed.

        """

        answer: models.ListAppSecretsResponse = await self._call(
            "secrets.secrets_list",
            {
                "app_name": app_name,
                "min_version": min_version,
                "show_secrets": show_secrets,
            },
            timeout,
            headers,
        )
        return answer

    async def update(
        self,
        app_name: AnyApp,
        *,
        body: models.UpdateAppSecretsRequest | config_types.UpdateAppSecretsRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.UpdateAppSecretsResponse:
        """Set and remove several secrets

        Sets all given values at once and removes those that are null; others stay. Removing what is not
        there is no error, and an empty request returns the present version.

        """

        answer: models.UpdateAppSecretsResponse = await self._call(
            "secrets.secrets_update",
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
        secret_name: str,
        *,
        min_version: int | Unset = UNSET,
        show_secrets: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.AppSecret:
        """Get a secret

        Returns one secret without its value, unless asked for and allowed; 404 if there is none.

        """

        answer: models.AppSecret = await self._call(
            "secrets.secrets_get",
            {
                "app_name": app_name,
                "secret_name": secret_name,
                "min_version": min_version,
                "show_secrets": show_secrets,
            },
            timeout,
            headers,
        )
        return answer

    async def set(
        self,
        app_name: AnyApp,
        secret_name: str,
        *,
        body: models.SetAppSecretRequest | config_types.SetAppSecretRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.SetAppSecretResponse:
        """Set a secret

        Creates or replaces one secret. Returns its digest and the version that Machines can ask for with
        `min_secrets_version`.

        """

        answer: models.SetAppSecretResponse = await self._call(
            "secrets.secrets_set",
            {
                "app_name": app_name,
                "secret_name": secret_name,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def delete(
        self,
        app_name: AnyApp,
        secret_name: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.DeleteAppSecretResponse:
        """Remove a secret

        Returns the version without it. Answers 404 if it is not there, where `secrets_update` with null
        does not.

        """

        answer: models.DeleteAppSecretResponse = await self._call(
            "secrets.secrets_delete",
            {
                "app_name": app_name,
                "secret_name": secret_name,
            },
            timeout,
            headers,
        )
        return answer
