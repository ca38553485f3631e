"""The page of the layers says what the contracts and the code say."""

from __future__ import annotations

import re

from scripts.tools.documentation import layers, pages

PAGE = (pages.DOCS / "layers.md").read_text(encoding="utf-8")


def test_the_picture_has_every_module_of_the_package_once() -> None:
    package = pages.ROOT / "fly_resources"
    modules = {
        path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    drawn = re.findall(r"^ (\w+) +│ \S", layers.picture(), flags=re.MULTILINE)

    assert sorted(drawn) == sorted({*modules - {"__init__"}, "fly_machines"})


def test_the_sdk_is_drawn_at_the_bottom_because_a_contract_keeps_it_there() -> None:
    assert layers.is_sdk_apart()


def test_the_walk_has_ten_steps_whose_names_are_in_the_files_that_they_link() -> None:
    steps = re.findall(r"^\d+\. .*?(?=^\d+\. |^\[)", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert len(steps) == 10

    for step in steps:
        files = re.findall(r"\]\(\.\./(\S+?\.py)\)", step)
        code = "\n".join((pages.ROOT / file).read_text(encoding="utf-8") for file in files)
        defined = set(re.findall(r"^ *(?:async )?(?:def|class) (\w+)", code, flags=re.MULTILINE))
        named = {name.split(".")[-1] for name in re.findall(r"`([\w.]+)`", step)} - NOT_DEFINED_THERE
        assert files
        assert named <= defined


#: The actions of a row, and what is named in passing.
NOT_DEFINED_THERE = {"update", "AsyncFly", "EnsureError"}
