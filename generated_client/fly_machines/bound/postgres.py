"""The operations of `postgres` as methods. Managed Postgres: clusters with their databases, users, extensions, backups and attached apps."""

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


class Postgres(BlockingOperations):
    """Managed Postgres: clusters with their databases, users, extensions, backups and attached apps."""

    _tag = "postgres"

    def clusters_list(
        self,
        *,
        include_deleted: bool | Unset = UNSET,
        org_slug: str,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListPostgresClustersResponse:
        """List the Postgres clusters of an organization

        Returns a summary of each. An unknown organization is answered 404, even without a token.

        Args:
            include_deleted: Include those that have been deleted.
            org_slug: Slug of the organization.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ListPostgresClustersResponse = self._call(
            "postgres.postgres_clusters_list",
            {
                "include_deleted": include_deleted,
                "org_slug": org_slug,
            },
            timeout,
            headers,
        )
        return answer

    def clusters_create(
        self,
        *,
        body: models.CreatePostgresClusterRequest | config_types.CreatePostgresClusterRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresClusterResponse:
        """Create a Postgres cluster

        Returns the cluster, which is usable once its status is `ready`. A request that the plan or region
        does not allow is refused with 422.

        Args:
            body: A new cluster.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.PostgresClusterResponse = self._call(
            "postgres.postgres_clusters_create",
            {
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def clusters_get(
        self,
        postgres_cluster_id: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresClusterResponse:
        """Get a Postgres cluster

        Returns one cluster with size, endpoints and attached apps; 404 if there is none of that id.

        Args:
            postgres_cluster_id: Id of the cluster.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.PostgresClusterResponse = self._call(
            "postgres.postgres_clusters_get",
            {
                "postgres_cluster_id": postgres_cluster_id,
            },
            timeout,
            headers,
        )
        return answer

    def clusters_delete(
        self,
        postgres_cluster_id: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Delete a Postgres cluster

        Accepted with 202 and no content. Answers 410 if it is deleted, or being deleted, already.

        Args:
            postgres_cluster_id: Id of the cluster.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        self._call(
            "postgres.postgres_clusters_delete",
            {
                "postgres_cluster_id": postgres_cluster_id,
            },
            timeout,
            headers,
        )

    def attachments_create(
        self,
        postgres_cluster_id: str,
        *,
        body: models.CreatePostgresAttachmentRequest | config_types.CreatePostgresAttachmentRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresAttachmentResponse:
        """Attach an app to a Postgres cluster

        Returns the attachment, also if it was there before (200 instead of 201).

        Args:
            postgres_cluster_id: Id of the cluster.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.PostgresAttachmentResponse = self._call(
            "postgres.postgres_attachments_create",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def attachments_delete(
        self,
        postgres_cluster_id: str,
        app_name: AnyApp,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Detach an app from a Postgres cluster

        Removes the attachment; a success has no content.

        Args:
            postgres_cluster_id: Id of the cluster.
            app_name: Name of the app.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        self._call(
            "postgres.postgres_attachments_delete",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "app_name": app_name,
            },
            timeout,
            headers,
        )

    def backups_list(
        self,
        postgres_cluster_id: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListPostgresBackupsResponse:
        """List the backups of a Postgres cluster

        Returns id, kind, size and times of each.

        Args:
            postgres_cluster_id: Id of the cluster.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ListPostgresBackupsResponse = self._call(
            "postgres.postgres_backups_list",
            {
                "postgres_cluster_id": postgres_cluster_id,
            },
            timeout,
            headers,
        )
        return answer

    def backups_create(
        self,
        postgres_cluster_id: str,
        *,
        body: models.CreatePostgresBackupRequest | config_types.CreatePostgresBackupRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Back up a Postgres cluster

        Accepted with 202 and no content. Answers 409 while another backup runs.

        Args:
            postgres_cluster_id: Id of the cluster.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        self._call(
            "postgres.postgres_backups_create",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "body": body,
            },
            timeout,
            headers,
        )

    def databases_list(
        self,
        postgres_cluster_id: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListPostgresDatabasesResponse:
        """List the databases of a Postgres cluster

        Returns their names. Answers 503 while the cluster does not respond, with the seconds to wait in
        `retry-after`; so do the other calls about databases, extensions and users.

        Args:
            postgres_cluster_id: Id of the cluster.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ListPostgresDatabasesResponse = self._call(
            "postgres.postgres_databases_list",
            {
                "postgres_cluster_id": postgres_cluster_id,
            },
            timeout,
            headers,
        )
        return answer

    def databases_create(
        self,
        postgres_cluster_id: str,
        *,
        body: models.CreatePostgresDatabaseRequest | config_types.CreatePostgresDatabaseRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresDatabaseResponse:
        """Create a database in a Postgres cluster

        Returns the database. A name that is taken or not allowed is refused with 422.

        Args:
            postgres_cluster_id: Id of the cluster.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.PostgresDatabaseResponse = self._call(
            "postgres.postgres_databases_create",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def databases_delete(
        self,
        postgres_cluster_id: str,
        database_name: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresDatabaseResponse:
        """Delete a database of a Postgres cluster

        Deletes the database with its data. Returns what it was.

        Args:
            postgres_cluster_id: Id of the cluster.
            database_name: Name of the database.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.PostgresDatabaseResponse = self._call(
            "postgres.postgres_databases_delete",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "database_name": database_name,
            },
            timeout,
            headers,
        )
        return answer

    def extensions_list(
        self,
        postgres_cluster_id: str,
        database_name: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListPostgresExtensionsResponse:
        """List the extensions of a database

        Returns all that can be had, with the installed version of those that are enabled.

        Args:
            postgres_cluster_id: Id of the cluster.
            database_name: Name of the database.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ListPostgresExtensionsResponse = self._call(
            "postgres.postgres_extensions_list",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "database_name": database_name,
            },
            timeout,
            headers,
        )
        return answer

    def extensions_enable(
        self,
        postgres_cluster_id: str,
        database_name: str,
        *,
        body: models.EnablePostgresExtensionRequest | config_types.EnablePostgresExtensionRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Enable an extension in a database

        A success has no content. Answers 409 if it is enabled already or needs PostGIS where that is not
        enabled, 422 if there is no such extension.

        Args:
            postgres_cluster_id: Id of the cluster.
            database_name: Name of the database.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        self._call(
            "postgres.postgres_extensions_enable",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "database_name": database_name,
                "body": body,
            },
            timeout,
            headers,
        )

    def extensions_disable(
        self,
        postgres_cluster_id: str,
        database_name: str,
        extension_name: str,
        *,
        force: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Disable an extension in a database

        A success has no content. What depends on it makes it fail, unless forced.

        Args:
            postgres_cluster_id: Id of the cluster.
            database_name: Name of the database.
            extension_name: Name of the extension.
            force: Drop what depends on it too.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        self._call(
            "postgres.postgres_extensions_disable",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "database_name": database_name,
                "extension_name": extension_name,
                "force": force,
            },
            timeout,
            headers,
        )

    def clusters_fork(
        self,
        postgres_cluster_id: str,
        *,
        body: models.ForkPostgresClusterRequest | config_types.ForkPostgresClusterRequestDict | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresClusterResponse:
        """Copy a Postgres cluster

        Returns a new cluster with the present data of this one. Answers 409 if it cannot be copied now.

        Args:
            postgres_cluster_id: Id of the cluster.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.PostgresClusterResponse = self._call(
            "postgres.postgres_clusters_fork",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def queries_list_active(
        self,
        postgres_cluster_id: str,
        *,
        database: str,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListPostgresActiveQueriesResponse:
        """List the queries that are running

        Returns what each connection of a database is doing, for how long, and what it waits for.

        Args:
            postgres_cluster_id: Id of the cluster.
            database: Name of the database; not empty.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ListPostgresActiveQueriesResponse = self._call(
            "postgres.postgres_queries_list_active",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "database": database,
            },
            timeout,
            headers,
        )
        return answer

    def queries_list_slow(
        self,
        postgres_cluster_id: str,
        *,
        range_: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListPostgresSlowQueriesResponse:
        """List the slowest queries

        Returns the queries that took the most time, with counts and times in seconds.

        Args:
            postgres_cluster_id: Id of the cluster.
            range_: Seconds to look back, 1 to 604800. Default: 3600.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ListPostgresSlowQueriesResponse = self._call(
            "postgres.postgres_queries_list_slow",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "range_": range_,
            },
            timeout,
            headers,
        )
        return answer

    def clusters_restore(
        self,
        postgres_cluster_id: str,
        *,
        body: models.RestorePostgresClusterRequest | config_types.RestorePostgresClusterRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresClusterResponse:
        """Restore a Postgres cluster into a new one

        Returns a new cluster with the data of a backup or of a point in time; this one stays as it is.

        Args:
            postgres_cluster_id: Id of the cluster.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.PostgresClusterResponse = self._call(
            "postgres.postgres_clusters_restore",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def users_list(
        self,
        postgres_cluster_id: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListPostgresUsersResponse:
        """List the users of a Postgres cluster

        Returns their names and roles, without passwords.

        Args:
            postgres_cluster_id: Id of the cluster.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ListPostgresUsersResponse = self._call(
            "postgres.postgres_users_list",
            {
                "postgres_cluster_id": postgres_cluster_id,
            },
            timeout,
            headers,
        )
        return answer

    def users_create(
        self,
        postgres_cluster_id: str,
        *,
        body: models.CreatePostgresUserRequest | config_types.CreatePostgresUserRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresUserResponse:
        """Create a user of a Postgres cluster

        Returns the user, without the password: see `postgres_users_get_credentials`. Answers 409 if the
        name is taken.

        Args:
            postgres_cluster_id: Id of the cluster.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.PostgresUserResponse = self._call(
            "postgres.postgres_users_create",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def users_delete(
        self,
        postgres_cluster_id: str,
        username: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Delete a user of a Postgres cluster

        A success has no content.

        Args:
            postgres_cluster_id: Id of the cluster.
            username: Name of the user.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        self._call(
            "postgres.postgres_users_delete",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "username": username,
            },
            timeout,
            headers,
        )

    def users_update_role(
        self,
        postgres_cluster_id: str,
        username: str,
        *,
        body: models.UpdatePostgresUserRoleRequest | config_types.UpdatePostgresUserRoleRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Change the role of a Postgres user

        A success has no content. Some users' roles cannot be changed, which is refused with 422.

        Args:
            postgres_cluster_id: Id of the cluster.
            username: Name of the user.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        self._call(
            "postgres.postgres_users_update_role",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "username": username,
                "body": body,
            },
            timeout,
            headers,
        )

    def users_get_credentials(
        self,
        postgres_cluster_id: str,
        username: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresUserCredentialsResponse:
        """Get the password of a Postgres user

        Returns name and password; keep the answer out of logs.

        Args:
            postgres_cluster_id: Id of the cluster.
            username: Name of the user.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.PostgresUserCredentialsResponse = self._call(
            "postgres.postgres_users_get_credentials",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "username": username,
            },
            timeout,
            headers,
        )
        return answer

    def users_rotate_password(
        self,
        postgres_cluster_id: str,
        username: str,
        *,
        body: models.RotatePostgresPasswordRequest | config_types.RotatePostgresPasswordRequestDict | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.RotatePostgresPasswordResponse:
        """Give a Postgres user a new password

        Returns name and new password; the old one stops working.

        Args:
            postgres_cluster_id: Id of the cluster.
            username: Name of the user.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.RotatePostgresPasswordResponse = self._call(
            "postgres.postgres_users_rotate_password",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "username": username,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer


class AsyncPostgres(AsyncOperations):
    """Managed Postgres: clusters with their databases, users, extensions, backups and attached apps."""

    _tag = "postgres"

    async def clusters_list(
        self,
        *,
        include_deleted: bool | Unset = UNSET,
        org_slug: str,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListPostgresClustersResponse:
        """List the Postgres clusters of an organization

        Returns a summary of each. An unknown organization is answered 404, even without a token.

        """

        answer: models.ListPostgresClustersResponse = await self._call(
            "postgres.postgres_clusters_list",
            {
                "include_deleted": include_deleted,
                "org_slug": org_slug,
            },
            timeout,
            headers,
        )
        return answer

    async def clusters_create(
        self,
        *,
        body: models.CreatePostgresClusterRequest | config_types.CreatePostgresClusterRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresClusterResponse:
        """Create a Postgres cluster

        Returns the cluster, which is usable once its status is `ready`. A request that the plan or region
        does not allow is refused with 422.

        """

        answer: models.PostgresClusterResponse = await self._call(
            "postgres.postgres_clusters_create",
            {
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def clusters_get(
        self,
        postgres_cluster_id: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresClusterResponse:
        """Get a Postgres cluster

        Returns one cluster with size, endpoints and attached apps; 404 if there is none of that id.

        """

        answer: models.PostgresClusterResponse = await self._call(
            "postgres.postgres_clusters_get",
            {
                "postgres_cluster_id": postgres_cluster_id,
            },
            timeout,
            headers,
        )
        return answer

    async def clusters_delete(
        self,
        postgres_cluster_id: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Delete a Postgres cluster

        Accepted with 202 and no content. Answers 410 if it is deleted, or being deleted, already.

        """

        await self._call(
            "postgres.postgres_clusters_delete",
            {
                "postgres_cluster_id": postgres_cluster_id,
            },
            timeout,
            headers,
        )

    async def attachments_create(
        self,
        postgres_cluster_id: str,
        *,
        body: models.CreatePostgresAttachmentRequest | config_types.CreatePostgresAttachmentRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresAttachmentResponse:
        """Attach an app to a Postgres cluster

        Returns the attachment, also if it was there before (200 instead of 201).

        """

        answer: models.PostgresAttachmentResponse = await self._call(
            "postgres.postgres_attachments_create",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def attachments_delete(
        self,
        postgres_cluster_id: str,
        app_name: AnyApp,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Detach an app from a Postgres cluster

        Removes the attachment; a success has no content.

        """

        await self._call(
            "postgres.postgres_attachments_delete",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "app_name": app_name,
            },
            timeout,
            headers,
        )

    async def backups_list(
        self,
        postgres_cluster_id: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListPostgresBackupsResponse:
        """List the backups of a Postgres cluster

        Returns id, kind, size and times of each.

        """

        answer: models.ListPostgresBackupsResponse = await self._call(
            "postgres.postgres_backups_list",
            {
                "postgres_cluster_id": postgres_cluster_id,
            },
            timeout,
            headers,
        )
        return answer

    async def backups_create(
        self,
        postgres_cluster_id: str,
        *,
        body: models.CreatePostgresBackupRequest | config_types.CreatePostgresBackupRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Back up a Postgres cluster

        Accepted with 202 and no content. Answers 409 while another backup runs.

        """

        await self._call(
            "postgres.postgres_backups_create",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "body": body,
            },
            timeout,
            headers,
        )

    async def databases_list(
        self,
        postgres_cluster_id: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListPostgresDatabasesResponse:
        """List the databases of a Postgres cluster

        Returns their names. Answers 503 while the cluster does not respond, with the seconds to wait in
        `retry-after`; so do the other calls about databases, extensions and users.

        """

        answer: models.ListPostgresDatabasesResponse = await self._call(
            "postgres.postgres_databases_list",
            {
                "postgres_cluster_id": postgres_cluster_id,
            },
            timeout,
            headers,
        )
        return answer

    async def databases_create(
        self,
        postgres_cluster_id: str,
        *,
        body: models.CreatePostgresDatabaseRequest | config_types.CreatePostgresDatabaseRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresDatabaseResponse:
        """Create a database in a Postgres cluster

        Returns the database. A name that is taken or not allowed is refused with 422.

        """

        answer: models.PostgresDatabaseResponse = await self._call(
            "postgres.postgres_databases_create",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def databases_delete(
        self,
        postgres_cluster_id: str,
        database_name: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresDatabaseResponse:
        """Delete a database of a Postgres cluster

        Deletes the database with its data. Returns what it was.

        """

        answer: models.PostgresDatabaseResponse = await self._call(
            "postgres.postgres_databases_delete",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "database_name": database_name,
            },
            timeout,
            headers,
        )
        return answer

    async def extensions_list(
        self,
        postgres_cluster_id: str,
        database_name: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListPostgresExtensionsResponse:
        """List the extensions of a database

        Returns all that can be had, with the installed version of those that are enabled.

        """

        answer: models.ListPostgresExtensionsResponse = await self._call(
            "postgres.postgres_extensions_list",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "database_name": database_name,
            },
            timeout,
            headers,
        )
        return answer

    async def extensions_enable(
        self,
        postgres_cluster_id: str,
        database_name: str,
        *,
        body: models.EnablePostgresExtensionRequest | config_types.EnablePostgresExtensionRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Enable an extension in a database

        A success has no content. Answers 409 if it is enabled already or needs PostGIS where that is not
        enabled, 422 if there is no such extension.

        """

        await self._call(
            "postgres.postgres_extensions_enable",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "database_name": database_name,
                "body": body,
            },
            timeout,
            headers,
        )

    async def extensions_disable(
        self,
        postgres_cluster_id: str,
        database_name: str,
        extension_name: str,
        *,
        force: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Disable an extension in a database

        A success has no content. What depends on it makes it fail, unless forced.

        """

        await self._call(
            "postgres.postgres_extensions_disable",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "database_name": database_name,
                "extension_name": extension_name,
                "force": force,
            },
            timeout,
            headers,
        )

    async def clusters_fork(
        self,
        postgres_cluster_id: str,
        *,
        body: models.ForkPostgresClusterRequest | config_types.ForkPostgresClusterRequestDict | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresClusterResponse:
        """Copy a Postgres cluster

        Returns a new cluster with the present data of this one. Answers 409 if it cannot be copied now.

        """

        answer: models.PostgresClusterResponse = await self._call(
            "postgres.postgres_clusters_fork",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def queries_list_active(
        self,
        postgres_cluster_id: str,
        *,
        database: str,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListPostgresActiveQueriesResponse:
        """List the queries that are running

        Returns what each connection of a database is doing, for how long, and what it waits for.

        """

        answer: models.ListPostgresActiveQueriesResponse = await self._call(
            "postgres.postgres_queries_list_active",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "database": database,
            },
            timeout,
            headers,
        )
        return answer

    async def queries_list_slow(
        self,
        postgres_cluster_id: str,
        *,
        range_: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListPostgresSlowQueriesResponse:
        """List the slowest queries

        Returns the queries that took the most time, with counts and times in seconds.

        """

        answer: models.ListPostgresSlowQueriesResponse = await self._call(
            "postgres.postgres_queries_list_slow",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "range_": range_,
            },
            timeout,
            headers,
        )
        return answer

    async def clusters_restore(
        self,
        postgres_cluster_id: str,
        *,
        body: models.RestorePostgresClusterRequest | config_types.RestorePostgresClusterRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresClusterResponse:
        """Restore a Postgres cluster into a new one

        Returns a new cluster with the data of a backup or of a point in time; this one stays as it is.

        """

        answer: models.PostgresClusterResponse = await self._call(
            "postgres.postgres_clusters_restore",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def users_list(
        self,
        postgres_cluster_id: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ListPostgresUsersResponse:
        """List the users of a Postgres cluster

        Returns their names and roles, without passwords.

        """

        answer: models.ListPostgresUsersResponse = await self._call(
            "postgres.postgres_users_list",
            {
                "postgres_cluster_id": postgres_cluster_id,
            },
            timeout,
            headers,
        )
        return answer

    async def users_create(
        self,
        postgres_cluster_id: str,
        *,
        body: models.CreatePostgresUserRequest | config_types.CreatePostgresUserRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresUserResponse:
        """Create a user of a Postgres cluster

        Returns the user, without the password: see `postgres_users_get_credentials`. Answers 409 if the
        name is taken.

        """

        answer: models.PostgresUserResponse = await self._call(
            "postgres.postgres_users_create",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def users_delete(
        self,
        postgres_cluster_id: str,
        username: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Delete a user of a Postgres cluster

        A success has no content.

        """

        await self._call(
            "postgres.postgres_users_delete",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "username": username,
            },
            timeout,
            headers,
        )

    async def users_update_role(
        self,
        postgres_cluster_id: str,
        username: str,
        *,
        body: models.UpdatePostgresUserRoleRequest | config_types.UpdatePostgresUserRoleRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Change the role of a Postgres user

        A success has no content. Some users' roles cannot be changed, which is refused with 422.

        """

        await self._call(
            "postgres.postgres_users_update_role",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "username": username,
                "body": body,
            },
            timeout,
            headers,
        )

    async def users_get_credentials(
        self,
        postgres_cluster_id: str,
        username: str,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.PostgresUserCredentialsResponse:
        """Get the password of a Postgres user

        Returns name and password; keep the answer out of logs.

        """

        answer: models.PostgresUserCredentialsResponse = await self._call(
            "postgres.postgres_users_get_credentials",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "username": username,
            },
            timeout,
            headers,
        )
        return answer

    async def users_rotate_password(
        self,
        postgres_cluster_id: str,
        username: str,
        *,
        body: models.RotatePostgresPasswordRequest | config_types.RotatePostgresPasswordRequestDict | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.RotatePostgresPasswordResponse:
        """Give a Postgres user a new password

        Returns name and new password; the old one stops working.

        """

        answer: models.RotatePostgresPasswordResponse = await self._call(
            "postgres.postgres_users_rotate_password",
            {
                "postgres_cluster_id": postgres_cluster_id,
                "username": username,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer
