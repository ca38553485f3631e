"""Validate and normalise a machine config like the service (MA-6..13, MA-22, MA-23)."""

from __future__ import annotations

import functools
import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import attrs
from fly_machines import models

from fly_resources._config.keys import find_oddities
from fly_resources.testing import _errors as errors
from fly_resources.testing._call import as_bool, as_int, as_list, as_object, as_text
from fly_resources.testing._durations import format_go_duration, parse_go_duration

if TYPE_CHECKING:
    from fly_resources.testing._platform import Platform
    from fly_resources.testing._wire import Json, JsonObject

_SHARED_CPUS = frozenset({1, 2, 4, 6, 8})
_PERFORMANCE_CPUS = frozenset({1, 2, 4, 6, 8, 10, 12, 14, 16, 32, 64, 128})
#: kind -> cpus; minimum, maximum and step of memory: MiB per cpu, the step in total (MA-23).
_SIZES = {"shared": (_SHARED_CPUS, 256, 2048, 256), "performance": (_PERFORMANCE_CPUS, 2048, 8192, 1024)}
_PRESET = re.compile(r"(shared-cpu|performance)-(\d+)x")
_CHECK_DURATIONS = ("interval", "timeout", "grace_period")
_AUTOSTOP: dict[str, bool | str] = {"off": False, "stop": True, "suspend": "suspend"}
_MAX_SUSPEND_MB = 2048
_HUB = frozenset({"docker.io", "registry-1.docker.io"})
#: See `Behaviour.omit_zeros`.
_OMITTED = frozenset(
    {"allow_bypass", "auto_destroy", "force_https", "https", "max_retries", "skip_registration", "tty"}
)


def normalised(config: JsonObject, platform: Platform) -> dict[str, Json]:
    """Return the config as the service stores and echoes it; reject what the service rejects."""
    result: dict[str, Json] = {key: value for key, value in config.items() if value is not None}
    _check_image(result, platform)
    platform.schedules |= bool(result.get("schedule"))
    _expand_guest(result, platform.behaviour.performance_memory_step_mb)
    result.setdefault("init", {})
    result.setdefault("restart", {})
    result.setdefault("dns", {})
    if "checks" in result:
        checks = as_object(result["checks"], "map[string]fly.MachineCheck")
        result["checks"] = {name: _check(check) for name, check in checks.items()}
    if "services" in result:
        services = as_list(result["services"], "[]fly.MachineService")
        required = (
            ("internal_port", "protocol") if platform.behaviour.service_protocol_required else ()
        )  # MA-48
        result["services"] = [_service(each, required, index) for index, each in enumerate(services)]
    if "statics" in result:
        for index, static in enumerate(as_list(result["statics"], "[]fly.Static")):
            _require(as_object(static, "fly.Static"), ("guest_path", "url_prefix"), f"statics[{index}]")
    if "stop_config" in result:
        stop = dict(as_object(result["stop_config"], "fly.StopConfig"))
        result["stop_config"] = _with_durations(stop, ("timeout",))
    for key in ("env", "metadata"):
        if key in result:
            values = as_object(result[key], "map[string]string")
            result[key] = {name: as_text(value, "string") for name, value in values.items()}
    if "containers" in result:
        containers = as_list(result["containers"], "[]fly.ContainerConfig")
        result["containers"] = [_container(container) for container in containers]
    _refuse_other_kinds(result)
    if platform.behaviour.unknown_config_keys == "dropped":
        result = _known(result)
    return _without_zeros(result) if platform.behaviour.omit_zeros else result


def _known(config: dict[str, Json]) -> dict[str, Json]:
    """Drop the keys that the API document does not have, at any depth (ER-5)."""
    model = models.MachineConfig.from_dict(config)
    _forget_further_keys(model)
    return model.to_dict()


def _forget_further_keys(value: Any) -> None:  # noqa: ANN401  # a model, or what is in one
    if isinstance(value, list):
        for each in value:
            _forget_further_keys(each)
    elif attrs.has(type(value)):
        names = [field.name for field in attrs.fields(type(value)) if field.init]
        further: dict[str, object] = getattr(value, "additional_properties", {})
        if names:
            further.clear()
        for inner in [*(getattr(value, name) for name in names), *further.values()]:
            _forget_further_keys(inner)


def _without_zeros(value: dict[str, Json]) -> dict[str, Json]:
    """Drop keys that Go omits if they are zero."""
    return {
        key: _without_zeros_in(each)
        for key, each in value.items()
        if key not in _OMITTED or each not in (False, 0, "")
    }


def _without_zeros_in(value: Json) -> Json:
    if isinstance(value, dict):
        return _without_zeros(value)
    return [_without_zeros_in(each) for each in value] if isinstance(value, list) else value


def _refuse_other_kinds(config: dict[str, Json]) -> None:
    """Reject values whose type differs from the document's (ER-5); unknown keys are kept."""
    found = _other_kind(json.dumps(config))
    if found is not None:
        raise errors.unmarshal(*found)


@functools.lru_cache(256)  # most configs in a test are identical
def _other_kind(config: str) -> tuple[str, str] | None:
    """Return the path of a value of the wrong type, and the type that it should have."""
    odd = next((each for each in find_oddities(json.loads(config)) if each.wants), None)
    return None if odd is None else (f"value of {odd.path}", odd.wants)


def image_ref(image: str, hub: str) -> JsonObject:
    """Return registry, repository, tag and digest of an image (MA-9). The digest is derived from the name.

    `hub` is the registry shown for Docker Hub images (MA-38).
    """
    name, _, digest = image.partition("@")
    head, _, rest = name.partition("/")
    if rest and ("." in head or ":" in head or head == "localhost"):
        registry, repository = head, rest
    else:
        registry, repository = hub, name
    if registry in _HUB:
        registry = hub
    repository, _, tag = repository.partition(":")
    if registry == hub and "/" not in repository:
        repository = f"library/{repository}"
    made_up = hashlib.sha256(name.encode()).hexdigest()
    ref: dict[str, Json] = {
        "registry": registry,
        "repository": repository,
        "digest": digest or f"sha256:{made_up}",
        "labels": {},
    }
    if not digest:
        ref["tag"] = tag or "latest"
    return ref


def reason_against_suspend(config: JsonObject) -> str | None:
    """Return why a machine with this config cannot be suspended (LC-13)."""
    guest = as_object(config.get("guest", {}), "fly.MachineGuest")
    init = as_object(config.get("init", {}), "fly.MachineInit")
    if as_int(guest.get("memory_mb"), "int") > _MAX_SUSPEND_MB:
        return f"it has more than {_MAX_SUSPEND_MB} MiB of memory"
    if guest.get("gpu_kind") or guest.get("gpus"):
        return "it has a GPU"
    if init.get("swap_size_mb"):
        return "it has swap"
    return "it has a schedule" if config.get("schedule") else None


def _check_image(config: JsonObject, platform: Platform) -> None:
    image = as_text(config.get("image"), "string")
    containers = as_list(config.get("containers"), "[]fly.ContainerConfig")
    if not image and not containers:
        raise errors.daemon("invalid_argument", "config.image is required")  # MA-2; the text is not recorded
    _refuse_image(image, None, platform)
    for each in containers:
        container = as_object(each, "fly.ContainerConfig")
        _refuse_image(as_text(container.get("image"), "string"), str(container.get("name", "")), platform)


def _refuse_image(image: str, container: str | None, platform: Platform) -> None:
    """Reject an image that cannot be pulled (MA-24, MA-41)."""
    kind = platform.image_kind(image)
    if kind == "missing":
        raise errors.image_unknown(image)
    if kind == "unknown":
        raise errors.image_tag_unknown(image, container)


def _expand_guest(config: dict[str, Json], performance_step: int) -> None:
    """Complete and check `guest`; `size` is a shorthand for it, and both are echoed (MA-6, MA-7)."""
    if "guest" not in config:
        preset = _PRESET.fullmatch(as_text(config.get("size"), "string") or "shared-cpu-1x")
        if preset is None:
            raise errors.daemon("invalid_argument", "invalid config.size")  # the text is not recorded
        kind, cpus = preset[1].removesuffix("-cpu"), int(preset[2])
        config["guest"] = {"cpu_kind": kind, "cpus": cpus, "memory_mb": _SIZES[kind][1] * cpus}
    guest = as_object(config["guest"], "fly.MachineGuest")
    size = _SIZES.get(as_text(guest.get("cpu_kind"), "string"))
    if size is None:
        raise errors.invalid_guest("cpu_kind")
    counts, least, most, step = size
    step = performance_step if guest["cpu_kind"] == "performance" else step
    cpus = as_int(guest.get("cpus"), "int")
    if cpus not in counts:
        raise errors.invalid_guest("cpus")
    memory = as_int(guest.get("memory_mb"), "int")
    if memory < least * cpus:
        raise errors.invalid_guest("memory_mb", f", minimum required {least * cpus} MiB")
    if memory > most * cpus:
        raise errors.invalid_guest("memory_mb", f", cannot exceed {most * cpus} MiB")
    if memory % step:  # the text is not recorded
        raise errors.invalid_guest("memory_mb", f", must be a multiple of {step} MiB")


def _require(fields: JsonObject, names: tuple[str, ...], where: str) -> None:
    """Reject a config without a field that the document requires; the text is not recorded."""
    for name in names:
        if fields.get(name) is None:
            raise errors.daemon("invalid_argument", f"config.{where}.{name} is required")


def _service(value: Json, required: tuple[str, ...], index: int) -> JsonObject:
    """Return one service: autostop in the form that old clients expect, autostart as a boolean (MA-13)."""
    fields = as_object(value, "fly.MachineService")
    service = {key: each for key, each in fields.items() if each is not None}  # as if it were absent
    if "autostart" in service:
        as_bool(service["autostart"], "bool")
    autostop = service.get("autostop")
    if isinstance(autostop, str):
        if autostop not in _AUTOSTOP:
            raise errors.daemon("invalid_argument", f'invalid autostop value "{autostop}"')
        service["autostop"] = _AUTOSTOP[autostop]
    if "checks" in service:
        service["checks"] = [_check(check) for check in as_list(service["checks"], "[]fly.MachineCheck")]
    _require(service, required, f"services[{index}]")
    return service


def _container(value: Json) -> JsonObject:
    container = dict(as_object(value, "fly.ContainerConfig"))
    if "stop" in container:
        container["stop"] = _with_durations(
            dict(as_object(container["stop"], "fly.StopConfig")), ("timeout",)
        )
    return container


def _check(value: Json) -> JsonObject:
    return _with_durations(dict(as_object(value, "fly.MachineCheck")), _CHECK_DURATIONS)


def _with_durations(fields: dict[str, Json], names: tuple[str, ...]) -> dict[str, Json]:
    """Format durations as Go does; they are given as strings or integer nanoseconds (MA-12)."""
    for name in names:
        value = fields.get(name)
        if value is None:
            continue
        nanoseconds = parse_go_duration(value) if isinstance(value, str) else as_int(value, "fly.Duration")
        if nanoseconds is None:
            raise errors.refusal(400, f'time: invalid duration "{value}"')
        fields[name] = format_go_duration(nanoseconds)
    return fields
