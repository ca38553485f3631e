"""A sample of the sweep: no fault at any request loses or doubles anything. `scripts/bench` runs it whole."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import settings

from fly_resources.testing import RecordedRequest
from tests.sweep import runs
from tests.sweep.runs import Client, Place, clean
from tests.sweep.scenarios import APP, SCENARIOS, Step
from tests.sweep.table import CLIENTS, cases, judge, sample, table
from tests.sweep.troubles import ALL_FAULTS, GROUPS, KINDS, Around, Death, Faulty, deaths, single

#: Cases a scenario, so that the sample takes seconds: eight in `scripts/check`, two in `scripts/test`.
COUNTS: dict[Client, int] = {
    "sync": settings().max_examples // 12,
    "async": settings().max_examples // 24,
}


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("name", SCENARIOS)
def test_the_call_succeeds_or_raises_ours_and_one_more_run_sets_it_right(name: str, client: Client) -> None:
    chosen = sample(name, client, cases(name, pair_count=60), COUNTS[client])
    verdicts = [judge(name, client, trouble) for trouble in chosen]
    assert len(verdicts) == COUNTS[client]
    assert [str(verdict) for verdict in verdicts if verdict.broken] == []


@pytest.mark.parametrize("fault", ["401 applied", "404 applied", "429 applied"])
def test_a_refusal_by_a_new_app_that_is_not_true_makes_nothing_twice(fault: str) -> None:
    sent = clean("seed: create").sent
    written = [nth for nth, request in enumerate(sent, 1) if request.method == "POST"]
    verdicts = [judge("seed: create", "sync", Faulty(((nth, fault),))) for nth in written]
    assert [str(verdict) for verdict in verdicts if verdict.broken] == []


@pytest.mark.parametrize("client", CLIENTS)
def test_who_waits_for_an_app_that_somebody_deleted_asks_within_bounds(client: Client) -> None:
    # Each of its volumes and addresses is looked for by itself, for as long as a new app may be unknown.
    name, trouble = "five machines: create", "somebody deletes the app before request 13"
    [case] = [each for each in cases(name) if str(each) == trouble]
    assert judge(name, client, case).broken == ()


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("name", ["seed: prune", "seed: scale down"])
def test_what_is_to_be_pruned_goes_although_its_app_was_missed_at_first(name: str, client: Client) -> None:
    missed = [each for each in cases(name) if str(each).endswith("404 not applied at request 1")]
    assert [judge(name, client, each).broken for each in missed] == [()]


def test_every_fault_meets_every_request() -> None:
    sent = clean("seed: create").sent
    met = Counter(each.at[0][1] for each in single(sent))
    reads = sum(request.method == "GET" for request in sent)
    expected = {
        name: reads if name == "stale" else len(sent) - reads if name.startswith("lands") else len(sent)
        for name in ALL_FAULTS
    }
    assert met == expected
    assert len(list(deaths(sent))) == 4 * len(sent)


def test_all_kinds_of_trouble_have_a_row() -> None:
    found = cases("seed: unchanged", pair_count=3)
    assert {each.kind for each in found} == set(KINDS)
    assert {each.group for each in found} == set(GROUPS)


def test_a_sample_holds_cases_of_all_groups_before_a_second_one_of_any() -> None:
    found = sample("seed: change", "sync", cases("seed: change"), len(GROUPS))
    assert {each.group for each in found} == set(GROUPS)


def test_the_sample_is_the_same_each_time_and_another_for_each_client() -> None:
    found = cases("seed: change")
    first, again = (sample("seed: change", "sync", found, 10) for _ in range(2))
    assert first == again
    assert first != sample("seed: change", "async", found, 10)


# The harness itself: what it is there to find, it finds.


def _spoil(monkeypatch: pytest.MonkeyPatch, spoil: object) -> None:
    """Let something else happen after each call in trouble, before it is looked at."""
    original = Place.do

    def do(self: Place, step: Step, around: Around | None = None) -> object:
        result = original(self, step, around)
        assert callable(spoil)
        spoil(self)
        return result

    monkeypatch.setattr(Place, "do", do)


HARMLESS = Faulty(((1, "refuse"),))


def test_a_second_volume_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    clean("seed: unchanged")
    _spoil(monkeypatch, lambda place: place.send(f"/apps/{APP}/volumes", {"name": "data", "region": "iad"}))
    verdict = judge("seed: unchanged", "sync", HARMLESS)
    assert verdict.result == "violation"
    assert any("volumes has" in rule for rule in verdict.broken)
    assert "1 more of volumes data" in verdict.broken


def test_a_lease_that_is_left_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    clean("seed: unchanged")

    def lease(place: Place) -> None:
        row = next(row for row in place.rows("machines") if row["name"] == "server")
        if not row.get("lease"):
            place.send(f"/apps/{APP}/machines/{row['id']}/lease", {"ttl": 60})

    _spoil(monkeypatch, lease)
    verdict = judge("seed: unchanged", "sync", HARMLESS)
    assert "a lease is left on server" in verdict.broken


def test_another_error_than_ours_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    clean("seed: unchanged")

    def fail(place: Place) -> None:
        raise ZeroDivisionError

    _spoil(monkeypatch, fail)
    verdict = judge("seed: unchanged", "sync", HARMLESS)
    assert any(rule.startswith("ZeroDivisionError came out") for rule in verdict.broken)


def test_a_call_that_does_not_end_in_time_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    clean("seed: unchanged")
    _spoil(monkeypatch, lambda place: place.clock.sleep(runs.EXTRA_S + 1.0))
    assert any("without trouble" in rule for rule in judge("seed: unchanged", "sync", HARMLESS).broken)


def test_writes_to_what_is_not_ours_are_found() -> None:
    known = clean("seed: unchanged")
    theirs = next(name for name in known.foreign if name.startswith("vol_"))
    sent = [RecordedRequest("DELETE", f"/v1/apps/{APP}/volumes/{theirs}", "Volume_delete", 200, 0.0)]
    assert runs.touched(sent, known) == [
        "sent Volume_delete, which no clean run does",
        "sent Volume_delete to what is not ours",
    ]


def test_the_table_counts_by_scenario_and_by_trouble() -> None:
    bad = runs.Verdict("seed: create", "sync", HARMLESS, "violation", ("why",))
    good = runs.Verdict("seed: create", "async", Death(1, applied=False, ending="is dropped"), "on re-run")
    lines = table([bad, good]).splitlines()
    assert "| seed: create | 1 | 0 | 0 | 1 | 1 | 0 | 1 | 0 |" in lines
    assert "| refuse | 1 | 0 | 0 | 1 | 0 | 0 | 0 | 0 |" in lines
    assert "| the process is dropped | 0 | 0 | 0 | 0 | 1 | 0 | 1 | 0 |" in lines
    assert "| one fault | 1 | 1 |" in lines
    assert "| the process ends | 1 | 0 |" in lines
    assert "| **all** | 2 | 1 |" in lines
    assert lines.count("| **all** | 1 | 0 | 0 | 1 | 1 | 0 | 1 | 0 |") == 2
    assert str(bad) == "seed: create (sync), refuse at request 1: why"
