"""Summarize a machine to be created, for a plan: image, region, size, ports, variables and volumes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fly_resources._sdk.reading import default_memory_mb

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fly_resources._nouns.machine.wanted import Wanted


def of_new(wanted: Wanted) -> tuple[str, ...]:
    """Return the notes for a new machine. They name variables but never show their values."""
    where = f" in {wanted.region}" if wanted.region else ""
    image = f"{wanted.config.get('image', 'containers')}{where}"
    return (", ".join([image, *_parts(wanted), "billed while it runs"]),)


def _parts(wanted: Wanted) -> Iterator[str]:
    config = wanted.config
    yield _size(config)
    for service in config.get("services") or ():
        ports = [str(port.get("port", port.get("start_port"))) for port in service.get("ports") or ()]
        if ports:
            yield f"ports {'+'.join(ports)} to {service.get('internal_port')}"
    if config.get("env"):
        yield f"env {' '.join(sorted(config['env']))}"
    for path, volume in wanted.noun.mounts.items():
        yield f"{volume if isinstance(volume, str) else volume.name} at {path}"


def _size(config: Mapping[str, Any]) -> str:
    guest = config.get("guest") or {}
    if config.get("size") and not guest:
        return str(config["size"])
    kind, cpus = guest.get("cpu_kind", "shared"), guest.get("cpus", 1)
    memory = guest.get("memory_mb") or default_memory_mb(guest)
    gpu = f" with {guest.get('gpus', 1)} {guest['gpu_kind']}" if guest.get("gpu_kind") else ""
    return f"{cpus} {kind} CPU{'' if cpus == 1 else 's'}, {memory} MB{gpu}"
