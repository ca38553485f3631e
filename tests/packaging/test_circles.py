"""No modules import each other in a circle, not even for types: each can be read after its imports."""

from __future__ import annotations

import graphlib

import grimp
import pytest

#: `FlySimulator.serve` makes a server with a door that steers the simulator.
STEERED = "fly_resources.testing._control"


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = grimp.build_graph("fly_resources", cache_dir=None)
    imports = {
        module: {each for each in graph.find_modules_directly_imported_by(module) if STEERED not in each}
        for module in graph.modules
    }
    assert imports["fly_resources._verbs.verbs"]
    list(graphlib.TopologicalSorter(imports).static_order())


def test_a_circle_is_noticed() -> None:
    with pytest.raises(graphlib.CycleError):
        list(graphlib.TopologicalSorter({"a": {"b"}, "b": {"a"}}).static_order())
