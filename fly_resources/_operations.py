"""Every operation of the Machines API, and what may be done when its answer is lost.

One row an operation of the built document (`openapi/fly-machines.json`); a test fails on a missing
or stale row. The ids are the upstream's operationIds,
or ours in their style where the upstream's document lacks the operation.
"""

from __future__ import annotations

import enum
import functools
from typing import Final

import attrs


class Repeat(enum.Enum):
    """What sending a request twice would do."""

    SAFE = "safe"
    """It changes nothing: send it again at will."""
    IDEMPOTENT = "idempotent"
    """It sets or removes by value: twice is the same as once."""
    NAMED = "named"
    """The service keeps its subject unique, so the caller can read back whether it happened."""
    ONCE = "once"
    """Twice makes two: never sent again unless it was certainly not applied."""


@attrs.frozen
class Operation:
    """One operation: its upstream id, method, route below `/v1`, and `Repeat` class."""

    id: str
    method: str
    route: str
    repeat: Repeat


OPERATIONS: Final = (
    Operation("Apps_list", "GET", "/apps", Repeat.SAFE),
    Operation("Apps_create", "POST", "/apps", Repeat.NAMED),
    Operation("Apps_show", "GET", "/apps/{app_name}", Repeat.SAFE),
    Operation("Apps_delete", "DELETE", "/apps/{app_name}", Repeat.IDEMPOTENT),
    Operation("App_Certificates_list", "GET", "/apps/{app_name}/certificates", Repeat.SAFE),
    Operation("App_Certificates_acme_create", "POST", "/apps/{app_name}/certificates/acme", Repeat.NAMED),
    Operation("App_Certificates_custom_create", "POST", "/apps/{app_name}/certificates/custom", Repeat.NAMED),
    Operation("App_Certificates_show", "GET", "/apps/{app_name}/certificates/{hostname}", Repeat.SAFE),
    Operation(
        "App_Certificates_delete", "DELETE", "/apps/{app_name}/certificates/{hostname}", Repeat.IDEMPOTENT
    ),
    Operation(
        "App_Certificates_acme_delete",
        "DELETE",
        "/apps/{app_name}/certificates/{hostname}/acme",
        Repeat.IDEMPOTENT,
    ),
    Operation(
        "App_Certificates_check", "POST", "/apps/{app_name}/certificates/{hostname}/check", Repeat.IDEMPOTENT
    ),
    Operation(
        "App_Certificates_custom_delete",
        "DELETE",
        "/apps/{app_name}/certificates/{hostname}/custom",
        Repeat.IDEMPOTENT,
    ),
    Operation("App_create_deploy_token", "POST", "/apps/{app_name}/deploy_token", Repeat.ONCE),
    Operation("App_IPAssignments_list", "GET", "/apps/{app_name}/ip_assignments", Repeat.SAFE),
    Operation("App_IPAssignments_create", "POST", "/apps/{app_name}/ip_assignments", Repeat.ONCE),
    Operation(
        "App_IPAssignments_delete", "DELETE", "/apps/{app_name}/ip_assignments/{ip}", Repeat.IDEMPOTENT
    ),
    Operation("App_Logs_list", "GET", "/apps/{app_name}/logs", Repeat.SAFE),
    Operation("Machines_list", "GET", "/apps/{app_name}/machines", Repeat.SAFE),
    Operation("Machines_create", "POST", "/apps/{app_name}/machines", Repeat.NAMED),
    Operation("Machines_show", "GET", "/apps/{app_name}/machines/{machine_id}", Repeat.SAFE),
    Operation("Machines_update", "POST", "/apps/{app_name}/machines/{machine_id}", Repeat.NAMED),
    Operation("Machines_delete", "DELETE", "/apps/{app_name}/machines/{machine_id}", Repeat.IDEMPOTENT),
    Operation("Machines_cordon", "POST", "/apps/{app_name}/machines/{machine_id}/cordon", Repeat.IDEMPOTENT),
    Operation("Machines_list_events", "GET", "/apps/{app_name}/machines/{machine_id}/events", Repeat.SAFE),
    Operation("Machines_exec", "POST", "/apps/{app_name}/machines/{machine_id}/exec", Repeat.ONCE),
    Operation("Machines_show_lease", "GET", "/apps/{app_name}/machines/{machine_id}/lease", Repeat.SAFE),
    Operation("Machines_create_lease", "POST", "/apps/{app_name}/machines/{machine_id}/lease", Repeat.ONCE),
    Operation(
        "Machines_release_lease", "DELETE", "/apps/{app_name}/machines/{machine_id}/lease", Repeat.IDEMPOTENT
    ),
    Operation("Machines_get_memory", "GET", "/apps/{app_name}/machines/{machine_id}/memory", Repeat.SAFE),
    Operation(
        "Machines_set_memory_limit", "PUT", "/apps/{app_name}/machines/{machine_id}/memory", Repeat.IDEMPOTENT
    ),
    Operation(
        "Machines_reclaim_memory",
        "POST",
        "/apps/{app_name}/machines/{machine_id}/memory/reclaim",
        Repeat.ONCE,
    ),
    Operation("Machines_list_logs", "GET", "/apps/{app_name}/machines/{machine_id}/logs", Repeat.SAFE),
    Operation(
        "Machines_show_metadata", "GET", "/apps/{app_name}/machines/{machine_id}/metadata", Repeat.SAFE
    ),
    Operation(
        "Machines_update_metadata",
        "PUT",
        "/apps/{app_name}/machines/{machine_id}/metadata",
        Repeat.IDEMPOTENT,
    ),
    Operation(
        "Machines_patch_metadata",
        "PATCH",
        "/apps/{app_name}/machines/{machine_id}/metadata",
        Repeat.IDEMPOTENT,
    ),
    Operation(
        "Machines_get_metadata_key",
        "GET",
        "/apps/{app_name}/machines/{machine_id}/metadata/{key}",
        Repeat.SAFE,
    ),
    Operation(
        "Machines_upsert_metadata",
        "POST",
        "/apps/{app_name}/machines/{machine_id}/metadata/{key}",
        Repeat.IDEMPOTENT,
    ),
    Operation(
        "Machines_delete_metadata",
        "DELETE",
        "/apps/{app_name}/machines/{machine_id}/metadata/{key}",
        Repeat.IDEMPOTENT,
    ),
    Operation("Machines_list_processes", "GET", "/apps/{app_name}/machines/{machine_id}/ps", Repeat.SAFE),
    Operation("Machines_restart", "POST", "/apps/{app_name}/machines/{machine_id}/restart", Repeat.ONCE),
    Operation("Machines_signal", "POST", "/apps/{app_name}/machines/{machine_id}/signal", Repeat.ONCE),
    Operation("Machines_start", "POST", "/apps/{app_name}/machines/{machine_id}/start", Repeat.NAMED),
    Operation("Machines_stop", "POST", "/apps/{app_name}/machines/{machine_id}/stop", Repeat.IDEMPOTENT),
    Operation(
        "Machines_suspend", "POST", "/apps/{app_name}/machines/{machine_id}/suspend", Repeat.IDEMPOTENT
    ),
    Operation(
        "Machines_uncordon", "POST", "/apps/{app_name}/machines/{machine_id}/uncordon", Repeat.IDEMPOTENT
    ),
    Operation(
        "Machines_list_versions", "GET", "/apps/{app_name}/machines/{machine_id}/versions", Repeat.SAFE
    ),
    Operation("Machines_wait", "GET", "/apps/{app_name}/machines/{machine_id}/wait", Repeat.SAFE),
    Operation("App_NetworkPolicies_list", "GET", "/apps/{app_name}/network_policies", Repeat.SAFE),
    Operation("App_NetworkPolicies_create", "POST", "/apps/{app_name}/network_policies", Repeat.ONCE),
    Operation(
        "App_NetworkPolicies_delete",
        "DELETE",
        "/apps/{app_name}/network_policies/{policy_id}",
        Repeat.IDEMPOTENT,
    ),
    Operation("Secretkeys_list", "GET", "/apps/{app_name}/secretkeys", Repeat.SAFE),
    Operation("Secretkey_get", "GET", "/apps/{app_name}/secretkeys/{secret_name}", Repeat.SAFE),
    Operation("Secretkey_set", "POST", "/apps/{app_name}/secretkeys/{secret_name}", Repeat.IDEMPOTENT),
    Operation("Secretkey_delete", "DELETE", "/apps/{app_name}/secretkeys/{secret_name}", Repeat.IDEMPOTENT),
    Operation("Secretkey_decrypt", "POST", "/apps/{app_name}/secretkeys/{secret_name}/decrypt", Repeat.SAFE),
    Operation("Secretkey_encrypt", "POST", "/apps/{app_name}/secretkeys/{secret_name}/encrypt", Repeat.SAFE),
    Operation(
        "Secretkey_generate", "POST", "/apps/{app_name}/secretkeys/{secret_name}/generate", Repeat.NAMED
    ),
    Operation("Secretkey_sign", "POST", "/apps/{app_name}/secretkeys/{secret_name}/sign", Repeat.SAFE),
    Operation("Secretkey_verify", "POST", "/apps/{app_name}/secretkeys/{secret_name}/verify", Repeat.SAFE),
    Operation("Secrets_list", "GET", "/apps/{app_name}/secrets", Repeat.SAFE),
    Operation("Secrets_update", "POST", "/apps/{app_name}/secrets", Repeat.IDEMPOTENT),
    Operation("Secret_get", "GET", "/apps/{app_name}/secrets/{secret_name}", Repeat.SAFE),
    Operation("Secret_create", "POST", "/apps/{app_name}/secrets/{secret_name}", Repeat.IDEMPOTENT),
    Operation("Secret_delete", "DELETE", "/apps/{app_name}/secrets/{secret_name}", Repeat.IDEMPOTENT),
    Operation("Volumes_list", "GET", "/apps/{app_name}/volumes", Repeat.SAFE),
    Operation("Volumes_create", "POST", "/apps/{app_name}/volumes", Repeat.ONCE),
    Operation("Volumes_get_by_id", "GET", "/apps/{app_name}/volumes/{volume_id}", Repeat.SAFE),
    Operation("Volumes_update", "PUT", "/apps/{app_name}/volumes/{volume_id}", Repeat.IDEMPOTENT),
    Operation("Volume_delete", "DELETE", "/apps/{app_name}/volumes/{volume_id}", Repeat.IDEMPOTENT),
    Operation("Volumes_extend", "PUT", "/apps/{app_name}/volumes/{volume_id}/extend", Repeat.IDEMPOTENT),
    Operation("Volumes_list_snapshots", "GET", "/apps/{app_name}/volumes/{volume_id}/snapshots", Repeat.SAFE),
    Operation("createVolumeSnapshot", "POST", "/apps/{app_name}/volumes/{volume_id}/snapshots", Repeat.ONCE),
    Operation("Machines_org_list", "GET", "/orgs/{org_slug}/machines", Repeat.SAFE),
    Operation("Volumes_org_list", "GET", "/orgs/{org_slug}/volumes", Repeat.SAFE),
    Operation("Platform_placements_post", "POST", "/platform/placements", Repeat.SAFE),
    Operation("Platform_regions_get", "GET", "/platform/regions", Repeat.SAFE),
    Operation("Tokens_authenticate", "POST", "/tokens/authenticate", Repeat.SAFE),
    Operation("Tokens_authorize", "POST", "/tokens/authorize", Repeat.SAFE),
    Operation("CurrentToken_show", "GET", "/tokens/current", Repeat.SAFE),
    Operation("Tokens_request_Kms", "POST", "/tokens/kms", Repeat.ONCE),
    Operation("Tokens_request_OIDC", "POST", "/tokens/oidc", Repeat.ONCE),
    Operation("Postgres_list", "GET", "/postgres", Repeat.SAFE),
    Operation("Postgres_create", "POST", "/postgres", Repeat.ONCE),
    Operation("Postgres_show", "GET", "/postgres/{postgres_cluster_id}", Repeat.SAFE),
    Operation("Postgres_delete", "DELETE", "/postgres/{postgres_cluster_id}", Repeat.IDEMPOTENT),
    Operation(
        "Postgres_attachments_create", "POST", "/postgres/{postgres_cluster_id}/attachments", Repeat.NAMED
    ),
    Operation(
        "Postgres_attachments_delete",
        "DELETE",
        "/postgres/{postgres_cluster_id}/attachments/{app_name}",
        Repeat.IDEMPOTENT,
    ),
    Operation("Postgres_backups_list", "GET", "/postgres/{postgres_cluster_id}/backups", Repeat.SAFE),
    Operation("Postgres_backups_create", "POST", "/postgres/{postgres_cluster_id}/backups", Repeat.ONCE),
    Operation("Postgres_databases_list", "GET", "/postgres/{postgres_cluster_id}/databases", Repeat.SAFE),
    Operation("Postgres_databases_create", "POST", "/postgres/{postgres_cluster_id}/databases", Repeat.NAMED),
    Operation(
        "Postgres_databases_delete",
        "DELETE",
        "/postgres/{postgres_cluster_id}/databases/{database_name}",
        Repeat.IDEMPOTENT,
    ),
    Operation(
        "Postgres_extensions_list",
        "GET",
        "/postgres/{postgres_cluster_id}/databases/{database_name}/extensions",
        Repeat.SAFE,
    ),
    Operation(
        "Postgres_extensions_enable",
        "POST",
        "/postgres/{postgres_cluster_id}/databases/{database_name}/extensions",
        Repeat.NAMED,
    ),
    Operation(
        "Postgres_extensions_disable",
        "DELETE",
        "/postgres/{postgres_cluster_id}/databases/{database_name}/extensions/{extension_name}",
        Repeat.IDEMPOTENT,
    ),
    Operation("Postgres_fork", "POST", "/postgres/{postgres_cluster_id}/fork", Repeat.ONCE),
    Operation(
        "Postgres_queries_active", "GET", "/postgres/{postgres_cluster_id}/queries/active", Repeat.SAFE
    ),
    Operation("Postgres_queries_slow", "GET", "/postgres/{postgres_cluster_id}/queries/slow", Repeat.SAFE),
    Operation("Postgres_restore", "POST", "/postgres/{postgres_cluster_id}/restore", Repeat.ONCE),
    Operation("Postgres_users_list", "GET", "/postgres/{postgres_cluster_id}/users", Repeat.SAFE),
    Operation("Postgres_users_create", "POST", "/postgres/{postgres_cluster_id}/users", Repeat.NAMED),
    Operation(
        "Postgres_users_delete",
        "DELETE",
        "/postgres/{postgres_cluster_id}/users/{username}",
        Repeat.IDEMPOTENT,
    ),
    Operation(
        "Postgres_users_update_role",
        "PATCH",
        "/postgres/{postgres_cluster_id}/users/{username}",
        Repeat.IDEMPOTENT,
    ),
    Operation(
        "Postgres_users_credentials",
        "GET",
        "/postgres/{postgres_cluster_id}/users/{username}/credentials",
        Repeat.SAFE,
    ),
    Operation(
        "Postgres_users_rotate_password",
        "POST",
        "/postgres/{postgres_cluster_id}/users/{username}/rotate_password",
        Repeat.ONCE,
    ),
)


def _index() -> dict[tuple[str, int], list[tuple[tuple[str, ...], Operation]]]:
    """Group the operations by method and number of segments; no path fits two of them, a test says."""
    groups: dict[tuple[str, int], list[tuple[tuple[str, ...], Operation]]] = {}
    for operation in OPERATIONS:
        segments = tuple(operation.route.strip("/").split("/"))
        groups.setdefault((operation.method, len(segments)), []).append((segments, operation))
    return groups


_BY_SHAPE: Final = _index()


@attrs.frozen
class Target:
    """What one request addresses: its operation and the values of the route's parameters."""

    operation: Operation
    parameters: dict[str, str]


@functools.lru_cache(maxsize=1024)  # each layer of the middleware asks
def find(method: str, path: str) -> Target | None:
    """Return the operation that `method` and the still encoded `path` address, or None for none of ours.

    What stands before `/v1` is ignored, and so is `/v1` itself: it belongs to the base URL, which may hold
    any words, such as "apps" or "v1". No route is the end of another one, so the first that fits is meant.
    """
    rest = f"/{path.lstrip('/')}"
    found = _find_route(method, rest)
    while found is None and "/v1/" in rest:
        rest = rest.partition("/v1/")[2]
        found = _find_route(method, rest)
    return found


def _find_route(method: str, path: str) -> Target | None:
    parts = path.strip("/").split("/")
    for segments, operation in _BY_SHAPE.get((method.upper(), len(parts)), ()):
        parameters: dict[str, str] = {}
        for expected, actual in zip(segments, parts, strict=True):
            if expected.startswith("{"):
                parameters[expected[1:-1]] = actual
            elif expected != actual:
                break
        else:
            return Target(operation, parameters)
    return None
