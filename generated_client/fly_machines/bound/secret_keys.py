"""The operations of `secret_keys` as methods. Secret keys: cryptographic keys that never leave the service; it encrypts, decrypts, signs and verifies with
them."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING

from .. import models
from ..types import UNSET, Unset
from . import AnyApp, AsyncOperations, BlockingOperations, Timeout

if TYPE_CHECKING:
    from .. import config_types
else:
    from . import config_types


class SecretKeys(BlockingOperations):
    """Secret keys: cryptographic keys that never leave the service; it encrypts, decrypts, signs and verifies with
    them."""

    _tag = "secret_keys"

    def list(
        self,
        app_name: AnyApp,
        *,
        min_version: int | Unset = UNSET,
        types: builtins.list[str] | str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListSecretKeysResponse:
        """List the secret keys of an app

        Returns name, type and public part of every key.

        Args:
            app_name: Name of the app.
            min_version: Use a state that is at least as new as this version, which a write returned.
            types: Only keys of these types, as in `hs256,nacl_box`.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ListSecretKeysResponse = self._call(
            "secret_keys.secret_keys_list",
            {
                "app_name": app_name,
                "min_version": min_version,
                "types": types,
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
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.SecretKey:
        """Get a secret key

        Returns name, type and public part of one key; 404 if there is none.

        Args:
            app_name: Name of the app.
            secret_name: Name of the key.
            min_version: Use a state that is at least as new as this version, which a write returned.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.SecretKey = self._call(
            "secret_keys.secret_keys_get",
            {
                "app_name": app_name,
                "secret_name": secret_name,
                "min_version": min_version,
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
        body: models.SetSecretKeyRequest | config_types.SetSecretKeyRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.SetSecretKeyResponse:
        """Set a secret key

        Stores a key that you bring. Returns its public part and the new version.

        Args:
            app_name: Name of the app.
            secret_name: Name of the key.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.SetSecretKeyResponse = self._call(
            "secret_keys.secret_keys_set",
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
    ) -> models.DeleteSecretKeyResponse:
        """Delete a secret key

        Returns the version without it. What was encrypted with the key cannot be read any more.

        Args:
            app_name: Name of the app.
            secret_name: Name of the key.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.DeleteSecretKeyResponse = self._call(
            "secret_keys.secret_keys_delete",
            {
                "app_name": app_name,
                "secret_name": secret_name,
            },
            timeout,
            headers,
        )
        return answer

    def decrypt(
        self,
        app_name: AnyApp,
        secret_name: str,
        *,
        body: models.DecryptSecretKeyRequest | config_types.DecryptSecretKeyRequestDict,
        min_version: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.DecryptSecretKeyResponse:
        """Decrypt with a secret key

        Returns the plaintext, base64. The associated data must be what it was encrypted with.

        Args:
            app_name: Name of the app.
            secret_name: Name of the key.
            min_version: Use a state that is at least as new as this version, which a write returned.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.DecryptSecretKeyResponse = self._call(
            "secret_keys.secret_keys_decrypt",
            {
                "app_name": app_name,
                "secret_name": secret_name,
                "min_version": min_version,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def encrypt(
        self,
        app_name: AnyApp,
        secret_name: str,
        *,
        body: models.EncryptSecretKeyRequest | config_types.EncryptSecretKeyRequestDict,
        min_version: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.EncryptSecretKeyResponse:
        """Encrypt with a secret key

        Returns the ciphertext, base64. Only for the types that encrypt.

        Args:
            app_name: Name of the app.
            secret_name: Name of the key.
            min_version: Use a state that is at least as new as this version, which a write returned.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.EncryptSecretKeyResponse = self._call(
            "secret_keys.secret_keys_encrypt",
            {
                "app_name": app_name,
                "secret_name": secret_name,
                "min_version": min_version,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def generate(
        self,
        app_name: AnyApp,
        secret_name: str,
        *,
        body: models.SetSecretKeyRequest | config_types.SetSecretKeyRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.SetSecretKeyResponse:
        """Generate a secret key

        Makes a random key of the given type. Returns its public part and the new version.

        Args:
            app_name: Name of the app.
            secret_name: Name of the key.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.SetSecretKeyResponse = self._call(
            "secret_keys.secret_keys_generate",
            {
                "app_name": app_name,
                "secret_name": secret_name,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def sign(
        self,
        app_name: AnyApp,
        secret_name: str,
        *,
        body: models.SignSecretKeyRequest | config_types.SignSecretKeyRequestDict,
        min_version: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.SignSecretKeyResponse:
        """Sign with a secret key

        Returns the signature, base64. Only for the types that sign.

        Args:
            app_name: Name of the app.
            secret_name: Name of the key.
            min_version: Use a state that is at least as new as this version, which a write returned.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.SignSecretKeyResponse = self._call(
            "secret_keys.secret_keys_sign",
            {
                "app_name": app_name,
                "secret_name": secret_name,
                "min_version": min_version,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def verify(
        self,
        app_name: AnyApp,
        secret_name: str,
        *,
        body: models.VerifySecretKeyRequest | config_types.VerifySecretKeyRequestDict,
        min_version: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Verify a signature with a secret key

        A valid signature is answered 204 without content; anything else is an error.

        Args:
            app_name: Name of the app.
            secret_name: Name of the key.
            min_version: Use a state that is at least as new as this version, which a write returned.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        self._call(
            "secret_keys.secret_keys_verify",
            {
                "app_name": app_name,
                "secret_name": secret_name,
                "min_version": min_version,
                "body": body,
            },
            timeout,
            headers,
        )


class AsyncSecretKeys(AsyncOperations):
    """Secret keys: cryptographic keys that never leave the service; it encrypts, decrypts, signs and verifies with
    them."""

    _tag = "secret_keys"

    async def list(
        self,
        app_name: AnyApp,
        *,
        min_version: int | Unset = UNSET,
        types: builtins.list[str] | str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListSecretKeysResponse:
        """List the secret keys of an app

        Returns name, type and public part of every key.

        """

        answer: models.ListSecretKeysResponse = await self._call(
            "secret_keys.secret_keys_list",
            {
                "app_name": app_name,
                "min_version": min_version,
                "types": types,
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
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.SecretKey:
        """Get a secret key

        Returns name, type and public part of one key; 404 if there is none.

        """

        answer: models.SecretKey = await self._call(
            "secret_keys.secret_keys_get",
            {
                "app_name": app_name,
                "secret_name": secret_name,
                "min_version": min_version,
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
        body: models.SetSecretKeyRequest | config_types.SetSecretKeyRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.SetSecretKeyResponse:
        """Set a secret key

        Stores a key that you bring. Returns its public part and the new version.

        """

        answer: models.SetSecretKeyResponse = await self._call(
            "secret_keys.secret_keys_set",
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
    ) -> models.DeleteSecretKeyResponse:
        """Delete a secret key

        Returns the version without it. What was encrypted with the key cannot be read any more.

        """

        answer: models.DeleteSecretKeyResponse = await self._call(
            "secret_keys.secret_keys_delete",
            {
                "app_name": app_name,
                "secret_name": secret_name,
            },
            timeout,
            headers,
        )
        return answer

    async def decrypt(
        self,
        app_name: AnyApp,
        secret_name: str,
        *,
        body: models.DecryptSecretKeyRequest | config_types.DecryptSecretKeyRequestDict,
        min_version: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.DecryptSecretKeyResponse:
        """Decrypt with a secret key

        Returns the plaintext, base64. The associated data must be what it was encrypted with.

        """

        answer: models.DecryptSecretKeyResponse = await self._call(
            "secret_keys.secret_keys_decrypt",
            {
                "app_name": app_name,
                "secret_name": secret_name,
                "min_version": min_version,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def encrypt(
        self,
        app_name: AnyApp,
        secret_name: str,
        *,
        body: models.EncryptSecretKeyRequest | config_types.EncryptSecretKeyRequestDict,
        min_version: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.EncryptSecretKeyResponse:
        """Encrypt with a secret key

        Returns the ciphertext, base64. Only for the types that encrypt.

        """

        answer: models.EncryptSecretKeyResponse = await self._call(
            "secret_keys.secret_keys_encrypt",
            {
                "app_name": app_name,
                "secret_name": secret_name,
                "min_version": min_version,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def generate(
        self,
        app_name: AnyApp,
        secret_name: str,
        *,
        body: models.SetSecretKeyRequest | config_types.SetSecretKeyRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.SetSecretKeyResponse:
        """Generate a secret key

        Makes a random key of the given type. Returns its public part and the new version.

        """

        answer: models.SetSecretKeyResponse = await self._call(
            "secret_keys.secret_keys_generate",
            {
                "app_name": app_name,
                "secret_name": secret_name,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def sign(
        self,
        app_name: AnyApp,
        secret_name: str,
        *,
        body: models.SignSecretKeyRequest | config_types.SignSecretKeyRequestDict,
        min_version: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.SignSecretKeyResponse:
        """Sign with a secret key

        Returns the signature, base64. Only for the types that sign.

        """

        answer: models.SignSecretKeyResponse = await self._call(
            "secret_keys.secret_keys_sign",
            {
                "app_name": app_name,
                "secret_name": secret_name,
                "min_version": min_version,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def verify(
        self,
        app_name: AnyApp,
        secret_name: str,
        *,
        body: models.VerifySecretKeyRequest | config_types.VerifySecretKeyRequestDict,
        min_version: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Verify a signature with a secret key

        A valid signature is answered 204 without content; anything else is an error.

        """

        await self._call(
            "secret_keys.secret_keys_verify",
            {
                "app_name": app_name,
                "secret_name": secret_name,
                "min_version": min_version,
                "body": body,
            },
            timeout,
            headers,
        )
