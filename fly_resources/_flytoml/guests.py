"""CPUs and memory of a machine: `[[vm]]` as flyctl reads it (FT-91 to FT-97)."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from fly_resources._flytoml.values import memory_mb, refusal, shown
from fly_resources._sdk.reading import MEMORY_MB, default_memory_mb

Tree: TypeAlias = dict[str, Any]

DEFAULT_SIZE: Final = "shared-cpu-1x"
_GPU_SIZE: Final = "performance-8x"
RELEASE_SIZE: Final = "shared-cpu-2x"
_GPUS: Final = {
    "a100-40gb": "a100-pcie-40gb",
    "a100-80gb": "a100-sxm4-80gb",
    "l40s": "l40s",
    "a10": "a10",
}
_COUNTS: Final = {
    "shared-cpu": ("shared", (1, 2, 4, 6, 8)),
    "performance": ("performance", (1, 2, 4, 6, 8, 10, 12, 14, 16)),
}
#: What the service accepts (MA-23).
_ACCEPTED_CPUS: Final = {
    "shared": _COUNTS["shared-cpu"][1],
    "performance": (*_COUNTS["performance"][1], 32, 64, 128),  # beyond the named sizes
}
_MOST_MEMORY_MB: Final = {"shared": 2048, "performance": 8192}
_MEMORY_STEP_MB: Final = 256
#: Keys for which zero and empty mean "not set".
_DIRECT: Final = (
    "cpus",
    "cpu_kind",
    "memory_mb",
    "max_memory_mb",
    "gpus",
    "gpu_kind",
    "host_dedication_id",
    "persist_rootfs",
    "kernel_args",
)


def _presets() -> dict[str, Tree]:
    sizes: dict[str, Tree] = {
        f"{family}-{count}x": {"cpu_kind": kind, "cpus": count, "memory_mb": MEMORY_MB[kind] * count}
        for family, (kind, counts) in _COUNTS.items()
        for count in counts
    }
    for size, kind in _GPUS.items():
        sizes[size] = {
            "cpu_kind": "performance",
            "cpus": 8,
            "memory_mb": 32768,
            "gpus": 1,
            "gpu_kind": kind,
        }
    return sizes


_PRESETS: Final = _presets()


def preset(key: str, size: str) -> Tree:
    """Return the guest of a named size (FT-94).

    Raises:
        ConfigurationError: The size does not exist; the message lists those of its family.
    """
    if size not in _PRESETS:
        family = next((each for each in _COUNTS if size.startswith(each[:6])), None)
        names = [each for each in _PRESETS if family is None or each.startswith(family)]
        raise refusal(key, f"{shown(size)} is not a machine size; use one of {', '.join(names)}.")
    return dict(_PRESETS[size])


def compute(key: str, row: Tree) -> Tree:
    """Return the guest of one `[[vm]]`: its size, then its memory, then each of its other keys (FT-93)."""
    fallback = _GPU_SIZE if row.get("gpu_kind") else DEFAULT_SIZE
    guest = preset(f"{key}.size", row.get("size") or fallback)
    if row.get("memory"):
        memory = memory_mb(row["memory"])
        if memory is None:
            raise refusal(f"{key}.memory", f'{shown(row["memory"])} is not a size; use "512mb" or "1gb".')
        if memory == 0:
            raise refusal(
                f"{key}.memory", f'{shown(row["memory"])} is less than 1 MiB; write "256mb" or more.'
            )
        guest["memory_mb"] = memory
    return {**guest, **{name: row[name] for name in _DIRECT if row.get(name)}}


def choose(rows: list[tuple[str, Tree]], group: str) -> tuple[str, Tree] | None:
    """Return the `[[vm]]` of a group: the last that names it, else the first without `processes` (FT-92)."""
    named = [row for row in rows if group in (row[1].get("processes") or [])]
    if named:
        return named[-1]
    return next((row for row in rows if not row[1].get("processes")), None)


def find_odd(key: str, guest: Tree) -> list[str]:
    """Return warnings about a guest that flyctl accepts and the service rejects."""
    warnings = []
    kind, cpus, memory = guest["cpu_kind"], guest["cpus"], guest["memory_mb"]
    counts = _ACCEPTED_CPUS.get(kind, (cpus,))
    if cpus not in counts:
        warnings.append(
            f"{key}: the service rejects {cpus} {kind} CPUs; use one of {', '.join(map(str, counts))}."
        )
    least = default_memory_mb(guest)
    if memory % _MEMORY_STEP_MB:
        warnings.append(
            f"{key}: the service rejects {memory} MiB of memory; use a multiple of {_MEMORY_STEP_MB}."
        )
    elif memory > cpus * _MOST_MEMORY_MB.get(kind, memory):
        most = cpus * _MOST_MEMORY_MB[kind]
        warnings.append(
            f"{key}: {memory} MiB is too much for {cpus} {kind} CPUs; the service takes {most} MiB at most."
        )
    elif memory < least:
        warnings.append(
            f"{key}: {memory} MiB is too little for {cpus} {kind} CPUs; "
            f"the service requires {least} MiB or more. Set memory."
        )
    if guest.get("gpus") or guest.get("gpu_kind"):
        warnings.append(f"{key}: Fly.io no longer offers machines with GPUs.")
    return warnings
