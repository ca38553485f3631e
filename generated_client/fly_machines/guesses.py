"""What to call instead of operations that other tools have: `machines.destroy` is `delete` here."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import Any

#: Words of flyctl, Terraform, boto3, Kubernetes and hcloud, and the operations that are meant: the first that a tag has.
_OPERATIONS = {
    "add allocate clone create fork insert launch make new register request run": "create create_acme acquire clusters_create create_oidc generate set",
    "delete deregister destroy drop purge remove revoke rm terminate unset": "delete release clusters_delete",
    "secrets.put secrets.store": "set",
    "ip_assignments.deallocate ip_assignments.release": "delete",
    "unlock": "release",
    "get describe details fetch find get_by_id get_by_name info inspect load lookup read retrieve show status view": "get get_current clusters_get list list_app",
    "list all filter get_all get_list index iter list_all ls paginate query search": "list list_machines list_regions list_app clusters_list get_current get",
    "update apply change edit modify patch put replace save scale set store upsert": "update set put patch",
    "import upload": "create_custom update set",
    "setup": "create_acme",
    "lock renew refresh take": "acquire",
    "validate verify": "check authenticate",
    "cmd command execute execute_command run_command ssh": "exec",
    "kill send_signal": "signal",
    "hibernate pause": "suspend",
    "boot power_on resume unsuspend wake": "start",
    "halt power_off shutdown": "stop",
    "reboot reset": "restart",
    "drain": "cordon",
    "events get_events history": "list_events",
    "get_processes processes ps top": "list_processes",
    "get_versions releases revisions versions": "list_versions",
    "memory": "get_memory",
    "wait_for wait_until": "wait",
    "expand grow resize": "extend",
    "regions": "list_regions",
    "capacity placements": "find_placements",
    "oidc token": "create_oidc",
    "current me whoami": "get_current",
    "get_logs lines tail": "list_app",
    "create_token deploy_token": "create_deploy_token",
    "clusters": "clusters_list",
    "databases": "databases_list",
    "users": "users_list",
    "backups": "backups_list",
    "attach": "attachments_create",
    "detach": "attachments_delete",
    "restore": "clusters_restore",
    "machines": "list_machines",
    "volumes": "list_volumes",
}
#: What the things of a tag are called elsewhere.
_TAGS = {
    "address addresses ip ips ip_address ip_addresses": "ip_assignments",
    "cert certs ssl": "certificates",
    "container containers instance instances server servers vm vms": "machines",
    "lock": "leases",
    "disk disks": "volumes",
    "current me whoami": "tokens",
    "backup backups": "snapshots",
    "org orgs": "organizations",
    "placements regions": "platform",
    "oidc": "tokens",
    "clusters mpg pg": "postgres",
    "kms": "secret_keys",
    "network networks policies": "network_policies",
}


def about_operation(kind: type, tag: str, name: str) -> str:
    """Python's message for an operation that a tag does not have, with the one that is meant."""
    meant = _operation(kind, tag, name)
    api = import_module(".bound", __package__).Api
    return _message(kind, name, f"{tag}.{meant}(...)" if meant else _tag(api, name))


def about_tag(kind: type, name: str) -> str:
    """Python's message for a tag that there is not, with the one, or the operation, that is meant."""
    return _message(kind, name, _tag(kind, name))


def _message(kind: type, name: str, meant: str) -> str:
    said = f"{kind.__name__!r} object has no attribute {name!r}"
    return f"{said}: use {meant}" if meant else said


def _public(kind: type) -> list[str]:
    return [name for name in dir(kind) if not name.startswith("_")]


def _listed(table: dict[str, str], word: str) -> list[str]:
    return next((meant.split() for words, meant in table.items() if word in words.split()), [])


def _operation(kind: type, tag: str, name: str) -> str:
    if name.startswith("_"):
        return ""
    names = _public(kind)
    bare = _without(tag, name)
    for word in (f"{tag}.{bare}", name, bare):
        for meant in (word, *_listed(_OPERATIONS, word)):
            if meant in names:
                return meant
    return next(iter(get_close_matches(name, names, 1, 0.8)), "")


def _without(tag: str, name: str) -> str:
    """A name without the tag's own: `create_machine` of `machines` is `create`."""
    for word in (tag, tag.rstrip("s"), *tag.split("_"), *tag.rstrip("s").split("_")):
        name = name.removeprefix(f"{word}_").removesuffix(f"_{word}")
    return name


def _tag(kind: type, name: str) -> str:
    if name.startswith("_"):
        return ""
    tags = _public(kind)
    for tag in (name, f"{name}s", *_listed(_TAGS, name)):
        if tag in tags:
            return f"{tag}, as in {tag}.{_first(_tag_class(kind, tag))}(...)"
    for tag in tags:
        if name in _public(_tag_class(kind, tag)):
            return f"{tag}.{name}(...)"
    for tag in sorted(tags, key=len, reverse=True):
        verb = _without(tag, name)
        meant = "" if verb == name else _operation(_tag_class(kind, tag), tag, verb)
        if meant:
            return f"{tag}.{meant}(...)"
    return "".join(
        f"{tag}, as in {tag}.{_first(_tag_class(kind, tag))}(...)" for tag in get_close_matches(name, tags, 1, 0.8)
    )


def _first(kind: type) -> str:
    return next((name for name in _public(kind) if "list" in name), _public(kind)[0])


def _tag_class(kind: type, tag: str) -> Any:
    prefix = "Async" if kind.__name__.startswith("Async") else ""
    module = import_module(f".bound.{tag}", __package__)
    return getattr(module, prefix + "".join(map(str.capitalize, tag.split("_"))))
