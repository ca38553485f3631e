"""Every operation of the API, for what sees requests and not calls, such as a transport."""

from typing import NamedTuple


class Operation(NamedTuple):
    """One operation.

    Attributes:
        id: The upstream's operationId, or ours in its style where the upstream's document lacks the operation.
        method: In upper case.
        route: Its path below the address of the API, with parameters in braces.
        repeat: What sending it twice would do. "safe": nothing; "idempotent": the same as once; "named": the
            service keeps its subject unique, so the caller can look whether it happened; "once": twice makes two.
    """

    id: str
    method: str
    route: str
    repeat: str


OPERATIONS = (
    Operation("Apps_list", "GET", "/apps", "safe"),
    Operation("Apps_create", "POST", "/apps", "named"),
    Operation("Apps_show", "GET", "/apps/{app_name}", "safe"),
    Operation("Apps_delete", "DELETE", "/apps/{app_name}", "idempotent"),
    Operation("App_Certificates_list", "GET", "/apps/{app_name}/certificates", "safe"),
    Operation("App_Certificates_acme_create", "POST", "/apps/{app_name}/certificates/acme", "named"),
    Operation("App_Certificates_custom_create", "POST", "/apps/{app_name}/certificates/custom", "named"),
    Operation("App_Certificates_show", "GET", "/apps/{app_name}/certificates/{hostname}", "safe"),
    Operation("App_Certificates_delete", "DELETE", "/apps/{app_name}/certificates/{hostname}", "idempotent"),
    Operation("App_Certificates_acme_delete", "DELETE", "/apps/{app_name}/certificates/{hostname}/acme", "idempotent"),
    Operation("App_Certificates_check", "POST", "/apps/{app_name}/certificates/{hostname}/check", "idempotent"),
    Operation(
        "App_Certificates_custom_delete", "DELETE", "/apps/{app_name}/certificates/{hostname}/custom", "idempotent"
    ),
    Operation("App_create_deploy_token", "POST", "/apps/{app_name}/deploy_token", "once"),
    Operation("App_IPAssignments_list", "GET", "/apps/{app_name}/ip_assignments", "safe"),
    Operation("App_IPAssignments_create", "POST", "/apps/{app_name}/ip_assignments", "once"),
    Operation("App_IPAssignments_delete", "DELETE", "/apps/{app_name}/ip_assignments/{ip}", "idempotent"),
    Operation("App_Logs_list", "GET", "/apps/{app_name}/logs", "safe"),
    Operation("Machines_list", "GET", "/apps/{app_name}/machines", "safe"),
    Operation("Machines_create", "POST", "/apps/{app_name}/machines", "named"),
    Operation("Machines_show", "GET", "/apps/{app_name}/machines/{machine_id}", "safe"),
    Operation("Machines_update", "POST", "/apps/{app_name}/machines/{machine_id}", "named"),
    Operation("Machines_delete", "DELETE", "/apps/{app_name}/machines/{machine_id}", "idempotent"),
    Operation("Machines_cordon", "POST", "/apps/{app_name}/machines/{machine_id}/cordon", "idempotent"),
    Operation("Machines_list_events", "GET", "/apps/{app_name}/machines/{machine_id}/events", "safe"),
    Operation("Machines_exec", "POST", "/apps/{app_name}/machines/{machine_id}/exec", "once"),
    Operation("Machines_show_lease", "GET", "/apps/{app_name}/machines/{machine_id}/lease", "safe"),
    Operation("Machines_create_lease", "POST", "/apps/{app_name}/machines/{machine_id}/lease", "once"),
    Operation("Machines_release_lease", "DELETE", "/apps/{app_name}/machines/{machine_id}/lease", "idempotent"),
    Operation("Machines_list_logs", "GET", "/apps/{app_name}/machines/{machine_id}/logs", "safe"),
    Operation("Machines_get_memory", "GET", "/apps/{app_name}/machines/{machine_id}/memory", "safe"),
    Operation("Machines_set_memory_limit", "PUT", "/apps/{app_name}/machines/{machine_id}/memory", "idempotent"),
    Operation("Machines_reclaim_memory", "POST", "/apps/{app_name}/machines/{machine_id}/memory/reclaim", "once"),
    Operation("Machines_show_metadata", "GET", "/apps/{app_name}/machines/{machine_id}/metadata", "safe"),
    Operation("Machines_update_metadata", "PUT", "/apps/{app_name}/machines/{machine_id}/metadata", "idempotent"),
    Operation("Machines_patch_metadata", "PATCH", "/apps/{app_name}/machines/{machine_id}/metadata", "idempotent"),
    Operation("Machines_get_metadata_key", "GET", "/apps/{app_name}/machines/{machine_id}/metadata/{key}", "safe"),
    Operation(
        "Machines_upsert_metadata", "POST", "/apps/{app_name}/machines/{machine_id}/metadata/{key}", "idempotent"
    ),
    Operation(
        "Machines_delete_metadata", "DELETE", "/apps/{app_name}/machines/{machine_id}/metadata/{key}", "idempotent"
    ),
    Operation("Machines_list_processes", "GET", "/apps/{app_name}/machines/{machine_id}/ps", "safe"),
    Operation("Machines_restart", "POST", "/apps/{app_name}/machines/{machine_id}/restart", "once"),
    Operation("Machines_signal", "POST", "/apps/{app_name}/machines/{machine_id}/signal", "once"),
    Operation("Machines_start", "POST", "/apps/{app_name}/machines/{machine_id}/start", "named"),
    Operation("Machines_stop", "POST", "/apps/{app_name}/machines/{machine_id}/stop", "idempotent"),
    Operation("Machines_suspend", "POST", "/apps/{app_name}/machines/{machine_id}/suspend", "idempotent"),
    Operation("Machines_uncordon", "POST", "/apps/{app_name}/machines/{machine_id}/uncordon", "idempotent"),
    Operation("Machines_list_versions", "GET", "/apps/{app_name}/machines/{machine_id}/versions", "safe"),
    Operation("Machines_wait", "GET", "/apps/{app_name}/machines/{machine_id}/wait", "safe"),
    Operation("App_NetworkPolicies_list", "GET", "/apps/{app_name}/network_policies", "safe"),
    Operation("App_NetworkPolicies_create", "POST", "/apps/{app_name}/network_policies", "once"),
    Operation("App_NetworkPolicies_delete", "DELETE", "/apps/{app_name}/network_policies/{policy_id}", "idempotent"),
    Operation("Secretkeys_list", "GET", "/apps/{app_name}/secretkeys", "safe"),
    Operation("Secretkey_get", "GET", "/apps/{app_name}/secretkeys/{secret_name}", "safe"),
    Operation("Secretkey_set", "POST", "/apps/{app_name}/secretkeys/{secret_name}", "idempotent"),
    Operation("Secretkey_delete", "DELETE", "/apps/{app_name}/secretkeys/{secret_name}", "idempotent"),
    Operation("Secretkey_decrypt", "POST", "/apps/{app_name}/secretkeys/{secret_name}/decrypt", "safe"),
    Operation("Secretkey_encrypt", "POST", "/apps/{app_name}/secretkeys/{secret_name}/encrypt", "safe"),
    Operation("Secretkey_generate", "POST", "/apps/{app_name}/secretkeys/{secret_name}/generate", "named"),
    Operation("Secretkey_sign", "POST", "/apps/{app_name}/secretkeys/{secret_name}/sign", "safe"),
    Operation("Secretkey_verify", "POST", "/apps/{app_name}/secretkeys/{secret_name}/verify", "safe"),
    Operation("Secrets_list", "GET", "/apps/{app_name}/secrets", "safe"),
    Operation("Secrets_update", "POST", "/apps/{app_name}/secrets", "idempotent"),
    Operation("Secret_get", "GET", "/apps/{app_name}/secrets/{secret_name}", "safe"),
    Operation("Secret_create", "POST", "/apps/{app_name}/secrets/{secret_name}", "idempotent"),
    Operation("Secret_delete", "DELETE", "/apps/{app_name}/secrets/{secret_name}", "idempotent"),
    Operation("Volumes_list", "GET", "/apps/{app_name}/volumes", "safe"),
    Operation("Volumes_create", "POST", "/apps/{app_name}/volumes", "once"),
    Operation("Volumes_get_by_id", "GET", "/apps/{app_name}/volumes/{volume_id}", "safe"),
    Operation("Volumes_update", "PUT", "/apps/{app_name}/volumes/{volume_id}", "idempotent"),
    Operation("Volume_delete", "DELETE", "/apps/{app_name}/volumes/{volume_id}", "idempotent"),
    Operation("Volumes_extend", "PUT", "/apps/{app_name}/volumes/{volume_id}/extend", "idempotent"),
    Operation("Volumes_list_snapshots", "GET", "/apps/{app_name}/volumes/{volume_id}/snapshots", "safe"),
    Operation("createVolumeSnapshot", "POST", "/apps/{app_name}/volumes/{volume_id}/snapshots", "once"),
    Operation("Machines_org_list", "GET", "/orgs/{org_slug}/machines", "safe"),
    Operation("Volumes_org_list", "GET", "/orgs/{org_slug}/volumes", "safe"),
    Operation("Platform_placements_post", "POST", "/platform/placements", "safe"),
    Operation("Platform_regions_get", "GET", "/platform/regions", "safe"),
    Operation("Postgres_list", "GET", "/postgres", "safe"),
    Operation("Postgres_create", "POST", "/postgres", "once"),
    Operation("Postgres_show", "GET", "/postgres/{postgres_cluster_id}", "safe"),
    Operation("Postgres_delete", "DELETE", "/postgres/{postgres_cluster_id}", "idempotent"),
    Operation("Postgres_attachments_create", "POST", "/postgres/{postgres_cluster_id}/attachments", "named"),
    Operation(
        "Postgres_attachments_delete", "DELETE", "/postgres/{postgres_cluster_id}/attachments/{app_name}", "idempotent"
    ),
    Operation("Postgres_backups_list", "GET", "/postgres/{postgres_cluster_id}/backups", "safe"),
    Operation("Postgres_backups_create", "POST", "/postgres/{postgres_cluster_id}/backups", "once"),
    Operation("Postgres_databases_list", "GET", "/postgres/{postgres_cluster_id}/databases", "safe"),
    Operation("Postgres_databases_create", "POST", "/postgres/{postgres_cluster_id}/databases", "named"),
    Operation(
        "Postgres_databases_delete", "DELETE", "/postgres/{postgres_cluster_id}/databases/{database_name}", "idempotent"
    ),
    Operation(
        "Postgres_extensions_list",
        "GET",
        "/postgres/{postgres_cluster_id}/databases/{database_name}/extensions",
        "safe",
    ),
    Operation(
        "Postgres_extensions_enable",
        "POST",
        "/postgres/{postgres_cluster_id}/databases/{database_name}/extensions",
        "named",
    ),
    Operation(
        "Postgres_extensions_disable",
        "DELETE",
        "/postgres/{postgres_cluster_id}/databases/{database_name}/extensions/{extension_name}",
        "idempotent",
    ),
    Operation("Postgres_fork", "POST", "/postgres/{postgres_cluster_id}/fork", "once"),
    Operation("Postgres_queries_active", "GET", "/postgres/{postgres_cluster_id}/queries/active", "safe"),
    Operation("Postgres_queries_slow", "GET", "/postgres/{postgres_cluster_id}/queries/slow", "safe"),
    Operation("Postgres_restore", "POST", "/postgres/{postgres_cluster_id}/restore", "once"),
    Operation("Postgres_users_list", "GET", "/postgres/{postgres_cluster_id}/users", "safe"),
    Operation("Postgres_users_create", "POST", "/postgres/{postgres_cluster_id}/users", "named"),
    Operation("Postgres_users_update_role", "PATCH", "/postgres/{postgres_cluster_id}/users/{username}", "idempotent"),
    Operation("Postgres_users_delete", "DELETE", "/postgres/{postgres_cluster_id}/users/{username}", "idempotent"),
    Operation(
        "Postgres_users_credentials", "GET", "/postgres/{postgres_cluster_id}/users/{username}/credentials", "safe"
    ),
    Operation(
        "Postgres_users_rotate_password",
        "POST",
        "/postgres/{postgres_cluster_id}/users/{username}/rotate_password",
        "once",
    ),
    Operation("Tokens_authenticate", "POST", "/tokens/authenticate", "safe"),
    Operation("Tokens_authorize", "POST", "/tokens/authorize", "safe"),
    Operation("CurrentToken_show", "GET", "/tokens/current", "safe"),
    Operation("Tokens_request_Kms", "POST", "/tokens/kms", "once"),
    Operation("Tokens_request_OIDC", "POST", "/tokens/oidc", "once"),
)

__all__ = ["OPERATIONS", "Operation"]
