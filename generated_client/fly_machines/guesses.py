"""What to call instead of operations that other tools have: `machines.destroy` is `delete` here."""

from __future__ import annotations

import re
from difflib import get_close_matches
from importlib import import_module
from inspect import Parameter, signature
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

#: What arguments are called elsewhere.
_ARGUMENTS = {
    "app": "app_name",
    "id instance machine server": "machine_id",
    "disk volume": "volume_id",
    "org organization owner": "org_slug",
    "states status": "state",
    "cmd": "command",
    "size size_in_gb": "size_gb",
    "json data payload params request": "body",
    "key secret": "secret_name",
    "host domain": "hostname",
    "timeout_s": "timeout",
}


def about_operation(kind: type, tag: str, name: str) -> str:
    """Python's message for an operation that a tag does not have, with the one that is meant."""
    meant = _operation(kind, tag, name)
    api = import_module(".bound", __package__).Api
    return _message(kind, name, f"{tag}.{meant}(...)" if meant else find_tag(api, name))


def about_tag(kind: type, name: str) -> str:
    """Python's message for a tag that there is not, with the one, or the operation, that is meant."""
    return _message(kind, name, find_tag(kind, name))


def about_arguments(tag: str, operation: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> str:
    """What an operation takes, for arguments that do not fit."""
    parameters = list(signature(operation).parameters.values())[1:]
    known = [each.name for each in parameters]
    call = f"{tag}.{operation.__name__}"
    for name in named:
        if name not in known:
            return f"{call}() has no argument {name!r}: {_argument(operation, known, name)}"
    places = [each.name for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
    if len(arguments) > len(places):
        names = ", ".join(f"{name}=" for name in known if name not in places)
        return f"{call}() takes {', '.join(places) or 'nothing'} by position; give the others by name: {names}"
    given = {*places[: len(arguments)], *named}
    lacking = [each.name for each in parameters if each.default is each.empty and each.name not in given]
    if lacking:
        return f"{call}() needs {' and '.join(lacking)}, as in {call}({_signature(parameters)})"
    return f"{call}() is given {places[0]!r} by position and by name"


def _signature(parameters: list[Parameter]) -> str:
    required = [each for each in parameters if each.default is each.empty]
    return ", ".join(each.name if each.kind is each.POSITIONAL_OR_KEYWORD else f"{each.name}=..." for each in required)


def _argument(operation: Any, known: list[str], name: str) -> str:
    for meant in (*_listed(_ARGUMENTS, name), *((f"{name}_name", f"{name}_id", f"{name}_slug"))):
        if meant in known:
            return f"use {meant}="
    model = re.match(r"models\.(\w+)", str(operation.__annotations__.get("body", "")))
    models = import_module(".models", __package__)
    keys = _keys(getattr(models, model[1])) if model else []
    for key in (name, *_listed(_ARGUMENTS, name)):
        if key in keys:
            return f"use body={{{key!r}: ...}}"
    if "config" in keys and name in _keys(models.MachineConfig):
        return f"use body={{'config': {{{name!r}: ...}}}}"
    near = get_close_matches(name, known, 1, 0.75)
    return f"use {near[0]}=" if near else f"its arguments are {', '.join(known)}"


def _keys(model: Any) -> list[str]:
    return [each.name for each in model.__attrs_attrs__]


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


def find_tag(kind: type, name: str) -> str:
    """The tag, or the operation, that a name means; empty if none."""
    if name.startswith("_"):
        return ""
    tags = _public(kind)
    for tag in (name, f"{name}s", *_listed(_TAGS, name)):
        if tag in tags:
            return f"{tag}, as in {tag}.{_first(_tag_class(kind, tag))}(...)"
    for tag in tags:
        verb = name.removesuffix(f"_{tag}").removesuffix(f"_{tag.rstrip('s')}")
        meant = "" if verb == name else _operation(_tag_class(kind, tag), tag, verb)
        if meant:
            return f"{tag}.{meant}(...)"
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
