"""CPUs and memory (FT-91 to FT-97)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flytoml.conftest import Read, Refused

    Config = Callable[..., dict[str, Any]]


def test_ft91_every_key_of_a_guest_is_passed_on(config: Config) -> None:
    made = config(
        "[[vm]]\ncpus = 2\ncpu_kind = 'performance'\nmemory_mb = 4096\nmax_memory_mb = 8192\ngpus = 1\n"
        "gpu_kind = 'l40s'\nhost_dedication_id = 'h'\npersist_rootfs = 'always'\nkernel_args = ['quiet']\n"
    )
    assert made["guest"] == {
        "cpus": 2,
        "cpu_kind": "performance",
        "memory_mb": 4096,
        "max_memory_mb": 8192,
        "gpus": 1,
        "gpu_kind": "l40s",
        "host_dedication_id": "h",
        "persist_rootfs": "always",
        "kernel_args": ["quiet"],
    }


def test_ft91_kernel_args_as_text_are_refused_with_the_spelling(refused: Refused) -> None:
    message = refused("[[vm]]\nkernel_args = 'quiet'\n")
    assert message == "vm[0].kernel_args: is a string; it must be an array of strings: ['quiet']."


ROWS = {
    "all": "[[vm]]\ncpus = 1\n",
    "all again": "[[vm]]\ncpus = 2\n",
    "web": "[[vm]]\ncpus = 4\nprocesses = ['web']\n",
    "web again": "[[vm]]\ncpus = 6\nprocesses = ['web']\n",
}


@pytest.mark.parametrize(
    ("rows", "web", "work"),
    [
        (["all"], 1, 1),
        (["all", "all again"], 1, 1),
        (["all", "web"], 4, 1),
        (["web", "all"], 4, 1),
        (["web", "web again"], 6, None),
        (["web again", "all again", "web", "all"], 4, 2),
        ([], None, None),
    ],
)
def test_ft92_the_last_that_names_a_group_counts_else_the_first_for_all(
    read: Read, rows: list[str], web: int | None, work: int | None
) -> None:
    toml = read("[processes]\nweb = ''\nwork = ''\n" + "".join(ROWS[row] for row in rows))
    cpus = {name: group.config.get("guest", {}).get("cpus") for name, group in toml.groups.items()}
    assert cpus == {"web": web, "work": work}


@pytest.mark.parametrize(
    ("text", "guest"),
    [
        ("", {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256}),
        ("memory = '1gb'", {"cpu_kind": "shared", "cpus": 1, "memory_mb": 1024}),
        ("memory = '1gb'\nmemory_mb = 512", {"cpu_kind": "shared", "cpus": 1, "memory_mb": 512}),
        ("size = 'performance-2x'\ncpus = 4", {"cpu_kind": "performance", "cpus": 4, "memory_mb": 4096}),
        ("cpus = 0\nmemory_mb = 0\ncpu_kind = ''", {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256}),
        (
            "gpu_kind = 'a10'",
            {"cpu_kind": "performance", "cpus": 8, "memory_mb": 16384, "gpu_kind": "a10"},
        ),
    ],
)
def test_ft93_a_guest_is_its_size_then_memory_then_every_key(
    config: Config, text: str, guest: dict[str, Any]
) -> None:
    assert config(f"[[vm]]\n{text}\n")["guest"] == guest


def test_ft93_too_little_memory_is_passed_on_with_a_warning(read: Read) -> None:
    toml = read("[[vm]]\ncpus = 2\ncpu_kind = 'performance'\n")
    assert toml.groups["app"].config["guest"] == {"cpu_kind": "performance", "cpus": 2, "memory_mb": 256}
    assert toml.warnings[0].startswith("vm[0]: 256 MiB is too little for 2 performance CPUs")
    assert read("[[vm]]\ncpus = 2\ncpu_kind = 'performance'\nmemory = '4gb'\n").warnings == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cpus = 3\nmemory = '1gb'", "vm[0]: the service rejects 3 shared CPUs; use one of 1, 2, 4, 6, 8."),
        ("memory = '300mb'", "vm[0]: the service rejects 300 MiB of memory; use a multiple of 256."),
        (
            "memory = '4gb'",
            "vm[0]: 4096 MiB is too much for 1 shared CPUs; the service takes 2048 MiB at most.",
        ),
    ],
)
def test_ma23_a_guest_that_the_service_rejects_is_warned_about(read: Read, text: str, said: str) -> None:
    assert read(f"[[vm]]\n{text}\n").warnings == (said,)


@pytest.mark.parametrize(
    ("size", "guest"),
    [
        *((f"shared-cpu-{n}x", ("shared", n, 256 * n)) for n in (1, 2, 4, 6, 8)),
        *((f"performance-{n}x", ("performance", n, 2048 * n)) for n in (1, 2, 4, 6, 8, 10, 12, 14, 16)),
    ],
)
def test_ft94_sizes(config: Config, size: str, guest: tuple[str, int, int]) -> None:
    made = config(f"[[vm]]\nsize = '{size}'\n")["guest"]
    assert (made["cpu_kind"], made["cpus"], made["memory_mb"]) == guest


@pytest.mark.parametrize(
    ("size", "kind"),
    [("a100-40gb", "a100-pcie-40gb"), ("a100-80gb", "a100-sxm4-80gb"), ("l40s", "l40s"), ("a10", "a10")],
)
def test_ft94_sizes_with_gpus(config: Config, size: str, kind: str) -> None:
    assert config(f"[[vm]]\nsize = '{size}'\n")["guest"] == {
        "cpu_kind": "performance",
        "cpus": 8,
        "memory_mb": 32768,
        "gpus": 1,
        "gpu_kind": kind,
    }


@pytest.mark.parametrize(
    ("size", "listed", "left_out"),
    [
        ("shared-cpu-3x", "shared-cpu-4x", "performance"),
        ("performance-3x", "performance-4x", "shared"),
        ("huge", "performance-4x", "nothing"),
    ],
)
def test_ft94_an_unknown_size_lists_its_family(
    refused: Refused, size: str, listed: str, left_out: str
) -> None:
    message = refused(f"[[vm]]\nsize = '{size}'\n")
    assert message.startswith(f"vm[0].size: '{size}' is not a machine size")
    assert listed in message
    assert left_out not in message


def test_ft95_without_vm_nothing_is_said_of_the_guest(config: Config) -> None:
    assert "guest" not in config("")


def test_ft96_gpus_are_passed_on_with_a_warning(read: Read) -> None:
    toml = read("[[vm]]\nsize = 'l40s'\n")
    assert toml.groups["app"].config["guest"]["gpus"] == 1
    assert toml.warnings == ("vm[0]: Fly.io no longer offers machines with GPUs.",)


def test_ft97_a_size_that_cannot_be_is_found_when_the_file_is_read(refused: Refused) -> None:
    assert refused("[[vm]]\nsize = 'tiny'\n").startswith("vm[0].size: ")
