"""Map a method and a path to an operation and its handler.

Every operation of the document has a row; operations without a handler answer 400 with a message.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeAlias

import attrs

from fly_resources.testing import (
    _apps,
    _certificates,
    _ips,
    _leases,
    _logs,
    _machines,
    _memory,
    _metadata,
    _org_lists,
    _places,
    _policies,
    _power,
    _secret_keys,
    _secrets,
    _volumes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fly_resources.testing._call import Call
    from fly_resources.testing._wire import Request, Result

Handler: TypeAlias = "Callable[[Call], Result]"

_VERSION = "v1"
_APP = "apps/{app_name}"
_CERTIFICATE = f"{_APP}/certificates"
_MACHINE = f"{_APP}/machines/{{machine_id}}"
_SECRET_KEY = f"{_APP}/secretkeys"
_VOLUME = f"{_APP}/volumes/{{volume_id}}"
_CLUSTER = "postgres/{postgres_cluster_id}"

#: (method, path below /v1, operationId of the document, handler or None)
ROUTES: tuple[tuple[str, str, str, Handler | None], ...] = (
    ("GET", "apps", "Apps_list", _apps.index),
    ("POST", "apps", "Apps_create", _apps.create),
    ("GET", _APP, "Apps_show", _apps.show),
    ("DELETE", _APP, "Apps_delete", _apps.delete),
    ("POST", f"{_APP}/deploy_token", "App_create_deploy_token", _apps.create_deploy_token),
    ("GET", _CERTIFICATE, "App_Certificates_list", _certificates.index),
    ("POST", f"{_CERTIFICATE}/acme", "App_Certificates_acme_create", _certificates.create_acme),
    ("POST", f"{_CERTIFICATE}/custom", "App_Certificates_custom_create", _certificates.create_custom),
    ("GET", f"{_CERTIFICATE}/{{hostname}}", "App_Certificates_show", _certificates.show),
    ("DELETE", f"{_CERTIFICATE}/{{hostname}}", "App_Certificates_delete", _certificates.delete),
    ("POST", f"{_CERTIFICATE}/{{hostname}}/check", "App_Certificates_check", _certificates.check),
    (
        "DELETE",
        f"{_CERTIFICATE}/{{hostname}}/acme",
        "App_Certificates_acme_delete",
        _certificates.delete_acme,
    ),
    (
        "DELETE",
        f"{_CERTIFICATE}/{{hostname}}/custom",
        "App_Certificates_custom_delete",
        _certificates.delete_custom,
    ),
    ("GET", f"{_APP}/ip_assignments", "App_IPAssignments_list", _ips.index),
    ("POST", f"{_APP}/ip_assignments", "App_IPAssignments_create", _ips.create),
    ("DELETE", f"{_APP}/ip_assignments/{{ip}}", "App_IPAssignments_delete", _ips.delete),
    ("GET", f"{_APP}/logs", "App_Logs_list", _logs.of_app),
    ("GET", f"{_APP}/machines", "Machines_list", _machines.index),
    ("POST", f"{_APP}/machines", "Machines_create", _machines.create),
    ("GET", _MACHINE, "Machines_show", _machines.show),
    ("POST", _MACHINE, "Machines_update", _machines.update),
    ("DELETE", _MACHINE, "Machines_delete", _machines.delete),
    ("POST", f"{_MACHINE}/cordon", "Machines_cordon", _power.cordon),
    ("GET", f"{_MACHINE}/events", "Machines_list_events", _machines.events),
    ("POST", f"{_MACHINE}/exec", "Machines_exec", _power.execute),
    ("GET", f"{_MACHINE}/lease", "Machines_show_lease", _leases.show),
    ("POST", f"{_MACHINE}/lease", "Machines_create_lease", _leases.create),
    ("DELETE", f"{_MACHINE}/lease", "Machines_release_lease", _leases.release),
    ("GET", f"{_MACHINE}/logs", "Machines_list_logs", _logs.of_machine),
    ("GET", f"{_MACHINE}/memory", "Machines_get_memory", _memory.show),
    ("PUT", f"{_MACHINE}/memory", "Machines_set_memory_limit", _memory.limit),
    ("POST", f"{_MACHINE}/memory/reclaim", "Machines_reclaim_memory", _memory.reclaim),
    ("GET", f"{_MACHINE}/metadata", "Machines_show_metadata", _metadata.index),
    ("PUT", f"{_MACHINE}/metadata", "Machines_update_metadata", _metadata.merge),
    ("PATCH", f"{_MACHINE}/metadata", "Machines_patch_metadata", _metadata.merge),
    ("GET", f"{_MACHINE}/metadata/{{key}}", "Machines_get_metadata_key", _metadata.show),
    ("POST", f"{_MACHINE}/metadata/{{key}}", "Machines_upsert_metadata", _metadata.put),
    ("DELETE", f"{_MACHINE}/metadata/{{key}}", "Machines_delete_metadata", _metadata.delete),
    ("GET", f"{_MACHINE}/ps", "Machines_list_processes", _power.processes),
    ("POST", f"{_MACHINE}/restart", "Machines_restart", _power.restart),
    ("POST", f"{_MACHINE}/signal", "Machines_signal", _power.signal),
    ("POST", f"{_MACHINE}/start", "Machines_start", _power.start),
    ("POST", f"{_MACHINE}/stop", "Machines_stop", _power.stop),
    ("POST", f"{_MACHINE}/suspend", "Machines_suspend", _power.suspend),
    ("POST", f"{_MACHINE}/uncordon", "Machines_uncordon", _power.uncordon),
    ("GET", f"{_MACHINE}/versions", "Machines_list_versions", _machines.versions),
    ("GET", f"{_MACHINE}/wait", "Machines_wait", _power.wait),
    ("GET", f"{_APP}/network_policies", "App_NetworkPolicies_list", _policies.index),
    ("POST", f"{_APP}/network_policies", "App_NetworkPolicies_create", _policies.create),
    ("DELETE", f"{_APP}/network_policies/{{policy_id}}", "App_NetworkPolicies_delete", _policies.delete),
    ("GET", _SECRET_KEY, "Secretkeys_list", _secret_keys.index),
    ("GET", f"{_SECRET_KEY}/{{secret_name}}", "Secretkey_get", _secret_keys.show),
    ("POST", f"{_SECRET_KEY}/{{secret_name}}", "Secretkey_set", _secret_keys.put),
    ("DELETE", f"{_SECRET_KEY}/{{secret_name}}", "Secretkey_delete", _secret_keys.delete),
    ("POST", f"{_SECRET_KEY}/{{secret_name}}/decrypt", "Secretkey_decrypt", None),
    ("POST", f"{_SECRET_KEY}/{{secret_name}}/encrypt", "Secretkey_encrypt", None),
    ("POST", f"{_SECRET_KEY}/{{secret_name}}/generate", "Secretkey_generate", _secret_keys.generate),
    ("POST", f"{_SECRET_KEY}/{{secret_name}}/sign", "Secretkey_sign", None),
    ("POST", f"{_SECRET_KEY}/{{secret_name}}/verify", "Secretkey_verify", None),
    ("GET", f"{_APP}/secrets", "Secrets_list", _secrets.index),
    ("POST", f"{_APP}/secrets", "Secrets_update", _secrets.update),
    ("GET", f"{_APP}/secrets/{{secret_name}}", "Secret_get", _secrets.show),
    ("POST", f"{_APP}/secrets/{{secret_name}}", "Secret_create", _secrets.create),
    ("DELETE", f"{_APP}/secrets/{{secret_name}}", "Secret_delete", _secrets.delete),
    ("GET", f"{_APP}/volumes", "Volumes_list", _volumes.index),
    ("POST", f"{_APP}/volumes", "Volumes_create", _volumes.create),
    ("GET", _VOLUME, "Volumes_get_by_id", _volumes.show),
    ("PUT", _VOLUME, "Volumes_update", _volumes.update),
    ("DELETE", _VOLUME, "Volume_delete", _volumes.delete),
    ("PUT", f"{_VOLUME}/extend", "Volumes_extend", _volumes.extend),
    ("GET", f"{_VOLUME}/snapshots", "Volumes_list_snapshots", _volumes.list_snapshots),
    ("POST", f"{_VOLUME}/snapshots", "createVolumeSnapshot", _volumes.create_snapshot),
    ("GET", "orgs/{org_slug}/machines", "Machines_org_list", _org_lists.machines),
    ("GET", "orgs/{org_slug}/volumes", "Volumes_org_list", _org_lists.all_volumes),
    ("POST", "platform/placements", "Platform_placements_post", _places.placements),
    ("GET", "platform/regions", "Platform_regions_get", _places.regions),
    ("POST", "tokens/authenticate", "Tokens_authenticate", None),
    ("POST", "tokens/authorize", "Tokens_authorize", None),
    ("GET", "tokens/current", "CurrentToken_show", _places.current_token),
    ("POST", "tokens/kms", "Tokens_request_Kms", None),
    ("POST", "tokens/oidc", "Tokens_request_OIDC", None),
    ("GET", "postgres", "Postgres_list", _places.postgres_clusters),
    ("POST", "postgres", "Postgres_create", None),
    ("GET", _CLUSTER, "Postgres_show", None),
    ("DELETE", _CLUSTER, "Postgres_delete", None),
    ("POST", f"{_CLUSTER}/attachments", "Postgres_attachments_create", None),
    ("DELETE", f"{_CLUSTER}/attachments/{{app_name}}", "Postgres_attachments_delete", None),
    ("GET", f"{_CLUSTER}/backups", "Postgres_backups_list", None),
    ("POST", f"{_CLUSTER}/backups", "Postgres_backups_create", None),
    ("GET", f"{_CLUSTER}/databases", "Postgres_databases_list", None),
    ("POST", f"{_CLUSTER}/databases", "Postgres_databases_create", None),
    ("DELETE", f"{_CLUSTER}/databases/{{database_name}}", "Postgres_databases_delete", None),
    ("GET", f"{_CLUSTER}/databases/{{database_name}}/extensions", "Postgres_extensions_list", None),
    ("POST", f"{_CLUSTER}/databases/{{database_name}}/extensions", "Postgres_extensions_enable", None),
    (
        "DELETE",
        f"{_CLUSTER}/databases/{{database_name}}/extensions/{{extension_name}}",
        "Postgres_extensions_disable",
        None,
    ),
    ("POST", f"{_CLUSTER}/fork", "Postgres_fork", None),
    ("GET", f"{_CLUSTER}/queries/active", "Postgres_queries_active", None),
    ("GET", f"{_CLUSTER}/queries/slow", "Postgres_queries_slow", None),
    ("POST", f"{_CLUSTER}/restore", "Postgres_restore", None),
    ("GET", f"{_CLUSTER}/users", "Postgres_users_list", None),
    ("POST", f"{_CLUSTER}/users", "Postgres_users_create", None),
    ("DELETE", f"{_CLUSTER}/users/{{username}}", "Postgres_users_delete", None),
    ("PATCH", f"{_CLUSTER}/users/{{username}}", "Postgres_users_update_role", None),
    ("GET", f"{_CLUSTER}/users/{{username}}/credentials", "Postgres_users_credentials", None),
    ("POST", f"{_CLUSTER}/users/{{username}}/rotate_password", "Postgres_users_rotate_password", None),
)

#: Operations that are not modelled.
NOT_MODELLED = frozenset(
    {"Postgres_list", *(operation for _, _, operation, handler in ROUTES if handler is None)}
)

#: Operations that need no token, or look something up before checking it (AU-14, PL-10).
BEFORE_AUTH = frozenset({"Platform_regions_get", "Postgres_list", "Tokens_authenticate", "Tokens_authorize"})


@attrs.frozen
class Match:
    """A matched route, with its path parameters."""

    operation: str
    handler: Handler | None
    params: Mapping[str, str]


@attrs.define
class _Node:
    fixed: dict[str, _Node] = attrs.Factory(dict)
    parameter: _Node | None = None
    ends: dict[str, tuple[str, Handler | None, tuple[str, ...]]] = attrs.Factory(dict)


def _tree() -> _Node:
    root = _Node()
    for method, path, operation, handler in ROUTES:
        node, names = root, list[str]()
        for part in path.split("/"):
            if part.startswith("{"):
                names.append(part[1:-1])
                node.parameter = node.parameter or _Node()
                node = node.parameter
            else:
                node = node.fixed.setdefault(part, _Node())
        node.ends[method] = (operation, handler, tuple(names))
    return root


_ROOT = _tree()


def match(request: Request) -> Match | None:
    """Return the route of a request, or None: unknown path, method, or a list of apps without org (PL-4)."""
    segments = request.segments
    found = _find(request.method, segments)
    if found is not None and found.operation == "Apps_list" and not request.query.get("org_slug"):
        return None
    return found


@functools.lru_cache(4096)
def _find(method: str, segments: tuple[str, ...]) -> Match | None:
    return _walk(_ROOT, segments, 1, method, []) if segments[:1] == (_VERSION,) else None


def _walk(
    node: _Node, segments: Sequence[str], position: int, method: str, values: list[str]
) -> Match | None:
    if position == len(segments):
        end = node.ends.get(method)
        if end is None:
            return None
        operation, handler, names = end
        return Match(operation, handler, dict(zip(names, values, strict=True)))
    part = segments[position]
    fixed = node.fixed.get(part)
    if fixed is not None:
        found = _walk(fixed, segments, position + 1, method, values)
        if found is not None:
            return found
    if node.parameter is None or not part:
        return None
    return _walk(node.parameter, segments, position + 1, method, [*values, part])
