"""Everything that the built document allows, and much that it does not, sent to a served simulator.

Schemathesis makes the requests; identifiers of the paths are those of a world that has one of everything, so
that most of them get past the first lookup. No answer may be a 5xx, and every answer must be the
document's: schemathesis checks that, and tests/documented_answers.py once more.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.core.result import Ok

from fly_resources.testing import FlySimulator, VirtualClock
from fly_resources.testing._ids import Ids
from fly_resources.testing._state import World

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCHEMA = schemathesis.openapi.from_path(Path(__file__).parents[2] / "openapi" / "fly-machines.json")
_OPERATIONS = {
    found.ok().label: found.ok() for found in _SCHEMA.get_all_operations() if isinstance(found, Ok)
}
_CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
#: Of each operation: enough to meet what it refuses, few enough for every run of the tests.
_EXAMPLES = 5
_NOT_MODELLED = 400


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[FlySimulator, str]]:
    sim = FlySimulator(clock=VirtualClock())
    with sim.serve() as server:
        yield sim, f"{server.url}/v1"


def _populate(sim: FlySimulator) -> dict[str, str]:
    """Start the world anew, with one of everything; returns parameters of paths that lead there."""
    sim._service.replace(World())  # noqa: SLF001 - the server, which takes longer to start, stays
    sim._platform.ids = Ids(0)  # noqa: SLF001 - the same requests, the same answers
    with httpx.Client(
        transport=sim.transport(), base_url="http://simulator/v1", headers={"Authorization": "Bearer test"}
    ) as client:

        def post(path: str, body: object) -> Any:  # noqa: ANN401 - JSON
            return client.post(path, json=body).raise_for_status().json()

        post("/apps", {"name": "web", "org_slug": "personal"})
        volume = post("/apps/web/volumes", {"name": "data", "region": "iad"})["id"]
        machine = post("/apps/web/machines", {"name": "m", "config": {"image": "x"}})["id"]
        post("/apps/web/certificates/acme", {"hostname": "www.example.com"})
        post("/apps/web/secrets/KEY", {"value": "v"})
        post("/apps/web/secretkeys/KEY/generate", {"type": "hs256"})
        return {
            "app_name": "web",
            "machine_id": machine,
            "volume_id": volume,
            "hostname": "www.example.com",
            "policy_id": post("/apps/web/network_policies", {"name": "p", "selector": {"all": True}})["id"],
            "ip": post("/apps/web/ip_assignments", {"type": "shared_v4"})["ip"],
            "secret_name": "KEY",
            "org_slug": "personal",
        }


@pytest.mark.parametrize("label", _OPERATIONS)
def test_nothing_breaks_the_simulator(served: tuple[FlySimulator, str], label: str) -> None:
    sim, url = served
    operation = _OPERATIONS[label]
    modes = st.sampled_from(list(schemathesis.GenerationMode))

    @settings(
        max_examples=_EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def attack(data: st.DataObject) -> None:
        case: Any = data.draw(operation.as_strategy(generation_mode=data.draw(modes)))
        known = _populate(sim)
        case.path_parameters = {
            name: known.get(name, value) if data.draw(st.integers(0, 9)) else value
            for name, value in (case.path_parameters or {}).items()
        }
        response = case.call(base_url=url, headers={"Authorization": "Bearer test"}, timeout=10)
        if sim.requests and sim.requests[-1].operation in sim.not_modelled:
            assert response.status_code in {401, 404, _NOT_MODELLED}
        elif response.text != "404 page not found":  # PL-4
            case.validate_response(response, checks=_CHECKS)

    attack()
