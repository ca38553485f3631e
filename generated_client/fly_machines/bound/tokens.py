"""The operations of `tokens` as methods. Tokens: what the present one may do, checking those of others, and identities for Machines."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING

from .. import models
from ..types import UNSET, Unset
from . import AsyncOperations, BlockingOperations, Timeout

if TYPE_CHECKING:
    from .. import config_types
else:
    from . import config_types


class Tokens(BlockingOperations):
    """Tokens: what the present one may do, checking those of others, and identities for Machines."""

    _tag = "tokens"

    def authenticate(
        self,
        *,
        body: models.AuthenticateTokenRequest | config_types.AuthenticateTokenRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> builtins.list[models.VerifiedToken]:
        """Check someone's token

        Returns what an authorization header holds, verified. Needs no token of your own.

        Args:
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: builtins.list[models.VerifiedToken] = self._call(
            "tokens.tokens_authenticate",
            {
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def authorize(
        self,
        *,
        body: models.AuthorizeTokenRequest | config_types.AuthorizeTokenRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.AuthorizeTokenResponse:
        """Check whether someone's token allows an action

        Returns the access that was granted; an error says why it was not. Needs no token of your own.

        Args:
            body: A token, and what its bearer wants to do.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.AuthorizeTokenResponse = self._call(
            "tokens.tokens_authorize",
            {
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def get_current(
        self,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CurrentTokenResponse:
        """Describe the token of this request

        Returns organizations, apps and limits of the token that the request was made with; 401 if it is not
        valid.

        Args:
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.CurrentTokenResponse = self._call("tokens.tokens_get_current", {}, timeout, headers)
        return answer

    def create_kms(
        self,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        """Get a token for the key service

        Returns the token as plain text. Only a Machine can ask.

        Args:
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: str = self._call("tokens.tokens_create_kms", {}, timeout, headers)
        return answer

    def create_oidc(
        self,
        *,
        body: models.CreateOidcTokenRequest | config_types.CreateOidcTokenRequestDict | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        """Get an OpenID Connect token for this Machine

        Returns a signed JWT as plain text, for services that trust Fly.io as an identity provider. Only a
        Machine can ask.

        Args:
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: str = self._call(
            "tokens.tokens_create_oidc",
            {
                "body": body,
            },
            timeout,
            headers,
        )
        return answer


class AsyncTokens(AsyncOperations):
    """Tokens: what the present one may do, checking those of others, and identities for Machines."""

    _tag = "tokens"

    async def authenticate(
        self,
        *,
        body: models.AuthenticateTokenRequest | config_types.AuthenticateTokenRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> builtins.list[models.VerifiedToken]:
        """Check someone's token

        Returns what an authorization header holds, verified. Needs no token of your own.

        """

        answer: builtins.list[models.VerifiedToken] = await self._call(
            "tokens.tokens_authenticate",
            {
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def authorize(
        self,
        *,
        body: models.AuthorizeTokenRequest | config_types.AuthorizeTokenRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.AuthorizeTokenResponse:
        """Check whether someone's token allows an action

        Returns the access that was granted; an error says why it was not. Needs no token of your own.

        """

        answer: models.AuthorizeTokenResponse = await self._call(
            "tokens.tokens_authorize",
            {
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def get_current(
        self,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CurrentTokenResponse:
        """Describe the token of this request

        Returns organizations, apps and limits of the token that the request was made with; 401 if it is not
        valid.

        """

        answer: models.CurrentTokenResponse = await self._call("tokens.tokens_get_current", {}, timeout, headers)
        return answer

    async def create_kms(
        self,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        """Get a token for the key service

        Returns the token as plain text. Only a Machine can ask.

        """

        answer: str = await self._call("tokens.tokens_create_kms", {}, timeout, headers)
        return answer

    async def create_oidc(
        self,
        *,
        body: models.CreateOidcTokenRequest | config_types.CreateOidcTokenRequestDict | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        """Get an OpenID Connect token for this Machine

        Returns a signed JWT as plain text, for services that trust Fly.io as an identity provider. Only a
        Machine can ask.

        """

        answer: str = await self._call(
            "tokens.tokens_create_oidc",
            {
                "body": body,
            },
            timeout,
            headers,
        )
        return answer
