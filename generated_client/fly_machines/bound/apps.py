"""The operations of `apps` as methods. Apps: the named containers of Machines, volumes, secrets, certificates and addresses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING

from .. import models
from ..types import UNSET, Unset
from . import AnyApp, AsyncOperations, BlockingOperations, Timeout

if TYPE_CHECKING:
    from .. import config_types
else:
    from . import config_types


class Apps(BlockingOperations):
    """Apps: the named containers of Machines, volumes, secrets, certificates and addresses."""

    _tag = "apps"

    def list(
        self,
        *,
        app_role: str | Unset = UNSET,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        org_slug: str,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListAppsResponse:
        """List the apps of an organization

        Returns name, network and counts of every app, or with `limit` a page of them: go on while there is
        a `next_cursor`. An app that was created seconds before may be missing. Without `org_slug` the
        service answers 404 with a plain text.

        Args:
            app_role: Only apps of this role.
            cursor: Where to go on: the last page's `next_cursor`, good for 30 minutes from the first page on.
                Needs `limit`.
            limit: Apps a page, 1 to 5000. Without it all apps come at once.
            org_slug: Slug of the organization; `personal` is your own.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ListAppsResponse = self._call(
            "apps.apps_list",
            {
                "app_role": app_role,
                "cursor": cursor,
                "limit": limit,
                "org_slug": org_slug,
            },
            timeout,
            headers,
        )
        return answer

    def iterate(
        self,
        *,
        app_role: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        org_slug: str,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[models.App]:
        """List the apps of an organization, to the end

        Asks for page after page, as far as the entries are wanted.

        Args:
            app_role: Only apps of this role.
            limit: Apps a page, 1 to 5000. Without it all apps come at once.
            org_slug: Slug of the organization; `personal` is your own.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        return self._pages(
            "apps.apps_list",
            "apps",
            {
                "app_role": app_role,
                "limit": limit,
                "org_slug": org_slug,
            },
            timeout,
            headers,
        )

    def create(
        self,
        *,
        body: models.CreateAppRequest | config_types.CreateAppRequestDict,
        wait: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.App | models.CreateAppResponse:
        """Create an app

        Returns the new app's id and creation time, or the whole app with `wait`. A name that someone has,
        in any organization, is refused with 422 and the status `name_taken`; an unknown organization with
        404.

        Args:
            wait: Answer once the app can be used, with the whole app; otherwise reads may miss it for up to
                a minute.
            body: A new app.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.App | models.CreateAppResponse = self._call(
            "apps.apps_create",
            {
                "wait": wait,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def get(
        self,
        app_name: AnyApp,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.App:
        """Get an app

        Returns one app. 404 means that the name is free, 403 that another organization has it or that the
        token lacks access.

        Args:
            app_name: Name of the app; unique in all of Fly.io.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.App = self._call(
            "apps.apps_get",
            {
                "app_name": app_name,
            },
            timeout,
            headers,
        )
        return answer

    def delete(
        self,
        app_name: AnyApp,
        *,
        force: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Delete an app and everything in it

        Accepted with 202 and no content; Machines, volumes, certificates and addresses go with it. An app
        that is gone is answered 404, one that is just going 400.

        Args:
            app_name: Name of the app; unique in all of Fly.io.
            force: Stop running Machines first.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        self._call(
            "apps.apps_delete",
            {
                "app_name": app_name,
                "force": force,
            },
            timeout,
            headers,
        )

    def create_deploy_token(
        self,
        app_name: AnyApp,
        *,
        body: models.CreateAppDeployTokenRequest | config_types.CreateAppDeployTokenRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CreateAppDeployTokenResponse:
        """Create a token for one app

        Returns a token that can do everything with this app and nothing else; it is shown only this once. A
        body is required: without one the answer is 400.

        Args:
            app_name: Name of the app; unique in all of Fly.io.
            body: What the new token shall be good for.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.CreateAppDeployTokenResponse = self._call(
            "apps.apps_create_deploy_token",
            {
                "app_name": app_name,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer


class AsyncApps(AsyncOperations):
    """Apps: the named containers of Machines, volumes, secrets, certificates and addresses."""

    _tag = "apps"

    async def list(
        self,
        *,
        app_role: str | Unset = UNSET,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        org_slug: str,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListAppsResponse:
        """List the apps of an organization

        Returns name, network and counts of every app, or with `limit` a page of them: go on while there is
        a `next_cursor`. An app that was created seconds before may be missing. Without `org_slug` the
        service answers 404 with a plain text.

        """

        answer: models.ListAppsResponse = await self._call(
            "apps.apps_list",
            {
                "app_role": app_role,
                "cursor": cursor,
                "limit": limit,
                "org_slug": org_slug,
            },
            timeout,
            headers,
        )
        return answer

    def iterate(
        self,
        *,
        app_role: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        org_slug: str,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> AsyncIterator[models.App]:
        """List the apps of an organization, to the end

        Asks for page after page, as far as the entries are wanted.

        """

        return self._pages(
            "apps.apps_list",
            "apps",
            {
                "app_role": app_role,
                "limit": limit,
                "org_slug": org_slug,
            },
            timeout,
            headers,
        )

    async def create(
        self,
        *,
        body: models.CreateAppRequest | config_types.CreateAppRequestDict,
        wait: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.App | models.CreateAppResponse:
        """Create an app

        Returns the new app's id and creation time, or the whole app with `wait`. A name that someone has,
        in any organization, is refused with 422 and the status `name_taken`; an unknown organization with
        404.

        """

        answer: models.App | models.CreateAppResponse = await self._call(
            "apps.apps_create",
            {
                "wait": wait,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def get(
        self,
        app_name: AnyApp,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.App:
        """Get an app

        Returns one app. 404 means that the name is free, 403 that another organization has it or that the
        token lacks access.

        """

        answer: models.App = await self._call(
            "apps.apps_get",
            {
                "app_name": app_name,
            },
            timeout,
            headers,
        )
        return answer

    async def delete(
        self,
        app_name: AnyApp,
        *,
        force: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Delete an app and everything in it

        Accepted with 202 and no content; Machines, volumes, certificates and addresses go with it. An app
        that is gone is answered 404, one that is just going 400.

        """

        await self._call(
            "apps.apps_delete",
            {
                "app_name": app_name,
                "force": force,
            },
            timeout,
            headers,
        )

    async def create_deploy_token(
        self,
        app_name: AnyApp,
        *,
        body: models.CreateAppDeployTokenRequest | config_types.CreateAppDeployTokenRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.CreateAppDeployTokenResponse:
        """Create a token for one app

        Returns a token that can do everything with this app and nothing else; it is shown only this once. A
        body is required: without one the answer is 400.

        """

        answer: models.CreateAppDeployTokenResponse = await self._call(
            "apps.apps_create_deploy_token",
            {
                "app_name": app_name,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer
