"""Lists in pages, and lists that are shorter than the truth (AP-23, MA-46, VO-23, PL-12)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import pytest

from fly_resources.testing import Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    import httpx

Make: TypeAlias = Callable[..., dict[str, Any]]

_NEXT = "fly-next-cursor"
_LISTS = ["machines", "volumes", "apps"]


def _fill(client: httpx.Client, clock: VirtualClock, count: int) -> None:
    """Make so many apps, and machines and volumes in `web`; some of them at the same moment."""
    for number in range(count):
        if number % 2:
            clock.sleep(1)
        name = f"app-{number}"
        client.post("/apps", json={"name": name, "org_slug": "personal"}).raise_for_status()
        client.post("/apps/web/machines", json={"name": name, "config": {"image": "x"}}).raise_for_status()
        client.post("/apps/web/volumes", json={"name": "data", "region": "iad"}).raise_for_status()


def _get(client: httpx.Client, what: str, **query: str | int) -> httpx.Response:
    if what == "apps":
        return client.get("/apps", params={"org_slug": "personal", **query})
    return client.get(f"/apps/web/{what}", params=query)


def _page(answer: httpx.Response, what: str) -> tuple[list[dict[str, Any]], str]:
    assert answer.status_code == 200, answer.text
    if what == "apps":
        return answer.json()["apps"], answer.json().get("next_cursor", "")
    return answer.json(), answer.headers.get(_NEXT, "")


@pytest.mark.parametrize("what", _LISTS)
def test_a_walk_through_the_pages_meets_everything_once(
    api: httpx.Client, clock: VirtualClock, what: str
) -> None:
    _fill(api, clock, 7)
    everything = {each["id"] for each in _page(_get(api, what), what)[0]}
    found: list[str] = []
    page, cursor = _page(_get(api, what, limit=3), what)
    sizes = [len(page)]
    found += [each["id"] for each in page]
    while cursor:
        page, cursor = _page(_get(api, what, limit=3, cursor=cursor), what)
        sizes.append(len(page))
        found += [each["id"] for each in page]
    assert len(found) == len(everything) == (8 if what == "apps" else 7)
    assert set(found) == everything
    assert sizes == [3, 3, len(everything) - 6]


@pytest.mark.parametrize("what", _LISTS)
def test_without_a_limit_everything_comes_at_once(api: httpx.Client, clock: VirtualClock, what: str) -> None:
    _fill(api, clock, 5)
    page, cursor = _page(_get(api, what), what)
    assert len(page) >= 5
    assert cursor == ""


def test_what_goes_between_two_pages_hides_nothing_else(api: httpx.Client, clock: VirtualClock) -> None:
    _fill(api, clock, 4)
    first, cursor = _page(_get(api, "machines", limit=2), "machines")
    api.delete(f"/apps/web/machines/{first[-1]['id']}", params={"force": "true"})
    clock.sleep(120)
    rest, end = _page(_get(api, "machines", limit=2, cursor=cursor), "machines")
    assert len(rest) == 2
    assert end == ""


@pytest.mark.parametrize("what", _LISTS)
@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "-1"},
        {"limit": "5001"},
        {"limit": "many"},
        {"cursor": "e30="},
        {"limit": "1", "cursor": "?"},
        {"limit": "1", "cursor": "e30="},
    ],
)
def test_what_is_no_page_is_refused(api: httpx.Client, what: str, query: dict[str, str]) -> None:
    assert _get(api, what, **query).status_code == 400


@pytest.mark.parametrize("what", ["machines", "volumes"])
def test_the_largest_page_depends_on_the_list(api: httpx.Client, what: str) -> None:
    assert [_get(api, what, limit=n).status_code for n in (1000, 1001)] == [200, 400]
    assert [_get(api, "apps", limit=n).status_code for n in (5000, 5001)] == [200, 400]


@pytest.mark.parametrize("what", _LISTS)
def test_a_cursor_is_good_for_half_an_hour(api: httpx.Client, clock: VirtualClock, what: str) -> None:
    _fill(api, clock, 4)
    _, cursor = _page(_get(api, what, limit=1), what)
    clock.sleep(1800)
    _, later = _page(_get(api, what, limit=1, cursor=cursor), what)
    clock.sleep(1)
    assert _get(api, what, limit=1, cursor=later).status_code == 400


def test_pages_that_nobody_asked_for_can_be_followed(
    sim: FlySimulator, api: httpx.Client, clock: VirtualClock
) -> None:
    _fill(api, clock, 3)
    sim.behaviour = attrs.evolve(sim.behaviour, unasked_page_size=2)
    for what in _LISTS:
        page, cursor = _page(_get(api, what), what)
        rest, _ = _page(_get(api, what, cursor=cursor), what)
        assert (len(page), len(rest)) == (2, 2 if what == "apps" else 1)
        assert len(_page(_get(api, what, limit=1000), what)[0]) == 2


def test_filters_apply_before_the_pages(api: httpx.Client, make: Make) -> None:
    for name in ("a", "b", "c"):
        make(api, name=name, skip_launch=name == "b")
    page, cursor = _page(_get(api, "machines", limit=2, state="started"), "machines")
    assert sorted(each["name"] for each in page) == ["a", "c"]
    assert cursor == ""


# --- lists that are short, and nobody tells (PL-12)


def test_an_empty_list_has_no_next_page(sim: FlySimulator, api: httpx.Client, clock: VirtualClock) -> None:
    _fill(api, clock, 3)
    sim.behaviour = attrs.evolve(
        sim.behaviour, empty_lists=frozenset({"Machines_list", "Apps_list"}), unasked_page_size=1
    )
    machines, apps = _get(api, "machines"), _get(api, "apps")
    assert (machines.json(), _NEXT in machines.headers) == ([], False)
    assert apps.json() == {"apps": [], "total_apps": 0, "next_cursor": ""}
    assert api.get("/apps/web").json()["machine_count"] == 3


def test_a_short_list_of_an_organisation_lacks_its_first(
    sim: FlySimulator, api: httpx.Client, clock: VirtualClock
) -> None:
    _fill(api, clock, 2)
    path = "/orgs/personal/machines"
    everything = api.get(path).json()["machines"]
    sim.behaviour = attrs.evolve(sim.behaviour, short_lists=frozenset({"Machines_org_list"}))
    assert api.get(path).json()["machines"] == everything[1:]


def test_a_fault_empties_the_nth_list(sim: FlySimulator, api: httpx.Client, make: Make) -> None:
    make(api)
    sim.faults.add(Fault("empty", operation="Machines_list", nth=2))
    assert [len(api.get("/apps/web/machines").json()) for _ in range(3)] == [1, 0, 1]


def test_an_empty_fault_of_any_operation_waits_for_a_list(
    sim: FlySimulator, api: httpx.Client, make: Make
) -> None:
    machine = make(api)["id"]
    sim.faults.add(Fault("empty"))
    assert api.get(f"/apps/web/machines/{machine}").json()["id"] == machine
    assert api.get("/apps/web/machines").json() == []
    assert len(api.get("/apps/web/machines").json()) == 1


def test_a_refusal_is_not_made_an_empty_list(sim: FlySimulator, api: httpx.Client) -> None:
    sim.faults.add(Fault("empty", operation="Machines_list"))
    assert api.get("/apps/none/machines").status_code == 404


def test_only_a_list_can_be_empty(sim: FlySimulator) -> None:
    with pytest.raises(ValueError, match="Machines_show is not a list"):
        sim.faults.add(Fault("empty", operation="Machines_show"))
