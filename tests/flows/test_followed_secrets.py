"""Machines run with the newest values of the secrets named beside them, also after a crash (rule 8)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

import pytest

from fly_resources import App, FlySecret, Machine, errors
from fly_resources.testing import Behaviour, Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources.testing import RecordedRequest
    from fly_resources.testing._state import Machine as MachineRecord
    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
CONFIG: MachineConfigDict = {"image": "nginx:alpine"}
FOLLOWERS = [Machine(APP, f"m{index}", CONFIG) for index in range(3)]
ALOOF = Machine(APP, "aloof", CONFIG, follow_secrets=False)
ONE, TWO = FlySecret(APP, "KEY", "one-5521"), FlySecret(APP, "KEY", "two-5521")
OTHER = FlySecret(APP, "OTHER", "1")
MARK = "fly_resources.secrets"


def _machines(sim: FlySimulator) -> dict[str, dict[str, Any]]:
    state: Any = sim.snapshot()["apps"]
    return {each["name"]: each for each in state["web"]["machines"]}


def _current(sim: FlySimulator) -> set[str]:
    return {name for name, machine in _machines(sim).items() if machine["secrets_are_current"]}


def _updates(api: Api) -> list[RecordedRequest]:
    return [each for each in api.sent if each.operation == "Machines_update"]


def _drop_fingerprint(machine: MachineRecord) -> None:
    before: Any = machine.config["metadata"]
    machine.config = {**machine.config, "metadata": {k: v for k, v in before.items() if k != MARK}}


@pytest.fixture
def running(api: Api) -> Api:
    """Three machines that follow the app's secret, and one that does not."""
    api.ensure(ONE, *FOLLOWERS, ALOOF)
    api.sent.clear()
    return api


def test_the_same_value_again_restarts_nothing(running: Api) -> None:
    assert not running.ensure(ONE, *FOLLOWERS, ALOOF).changed
    assert running.writes == ["Secrets_update"]


def test_a_new_value_restarts_exactly_the_machines_that_follow(running: Api) -> None:
    report = running.ensure(TWO, *FOLLOWERS, ALOOF)
    assert [report[noun].action for noun in FOLLOWERS] == ["update"] * 3
    assert all(report[noun].changed for noun in FOLLOWERS)
    assert (report[ALOOF].action, report[ALOOF].changed) == ("none", False)
    assert len(_updates(running)) == 3
    assert {json.loads(each.body)["min_secrets_version"] for each in _updates(running)} == {2}
    assert _current(running.sim) == {"m0", "m1", "m2"}
    running.sent.clear()
    assert not running.ensure(TWO, *FOLLOWERS, ALOOF).changed
    assert running.writes == ["Secrets_update"]


def test_the_report_says_why_without_saying_what(running: Api) -> None:
    report = running.ensure(TWO, *FOLLOWERS)
    [change] = report[FOLLOWERS[0]].changes
    assert (change.path, change.before, change.after) == ("secrets.KEY", "an older value", "the newest")
    assert "5521" not in str(report) + repr(report)


def test_machines_restart_one_after_the_other_after_the_secrets(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    api = connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))
    api.ensure(ONE, *FOLLOWERS)
    api.sent.clear()
    api.ensure(TWO, *FOLLOWERS)
    relevant = ("Secrets_update", "Machines_update", "Machines_release_lease")
    order = [each for each in api.writes if each in relevant]
    assert order == ["Secrets_update", *["Machines_update", "Machines_release_lease"] * 3]
    api.sent.clear()
    api.ensure(ONE, *FOLLOWERS, max_unavailable=3)
    assert len({each.at for each in _updates(api)}) == 1


def test_a_rollout_of_secrets_stops_at_the_first_failure_and_the_next_run_goes_on(running: Api) -> None:
    running.sim.faults.add(
        Fault("status", operation="Machines_update", nth=2, status=400, body={"error": "broken"})
    )
    with pytest.raises(errors.EnsureError) as caught:
        running.ensure(TWO, *FOLLOWERS)
    outcomes = [caught.value.report[noun] for noun in FOLLOWERS]
    assert [outcome.changed for outcome in outcomes] == [True, False, False]
    assert isinstance(outcomes[1].error, errors.BadRequestError)
    assert isinstance(outcomes[2].error, errors.DependencyError)
    assert _current(running.sim) == {"m0"}
    report = running.ensure(TWO, *FOLLOWERS)
    assert [report[noun].changed for noun in FOLLOWERS] == [False, True, True]
    assert not report[TWO].changed
    assert _current(running.sim) == {"m0", "m1", "m2"}


def test_what_a_crash_after_the_secrets_left_behind_is_seen_and_repaired(running: Api) -> None:
    running.sim.faults.add(Fault("refuse", operation="Machines_create_lease", times=99))
    with pytest.raises(errors.EnsureError):
        running.ensure(TWO, *FOLLOWERS)
    running.sim.faults.clear()
    assert _current(running.sim) == set()
    running.sent.clear()
    plan = running.plan(TWO, *FOLLOWERS)
    assert [plan[noun].action for noun in FOLLOWERS] == ["update"] * 3
    assert "restarts" in str(plan)
    report = running.ensure(TWO, *FOLLOWERS)
    assert not report[TWO].changed
    assert _current(running.sim) == {"m0", "m1", "m2"}
    running.sent.clear()
    assert not running.ensure(TWO, *FOLLOWERS).changed
    assert running.writes == ["Secrets_update"]


def test_what_a_deadline_after_the_secrets_left_behind_is_repaired(running: Api) -> None:
    running.sim.faults.add(Fault("slow", operation="Secrets_update", seconds=9.0))
    with pytest.raises(errors.EnsureError):
        running.ensure(TWO, *FOLLOWERS, timeout_s=5.0)
    assert running.writes == ["Secrets_update"]
    assert _current(running.sim) == set()
    running.ensure(TWO, *FOLLOWERS)
    assert _current(running.sim) == {"m0", "m1", "m2"}


def test_a_value_that_somebody_else_set_is_followed(running: Api, stranger: Stranger) -> None:
    stranger.send("POST", "/apps/web/secrets", {"values": {"KEY": "two-5521"}})
    report = running.ensure(TWO, *FOLLOWERS)
    assert not report[TWO].changed
    assert all(report[noun].changed for noun in FOLLOWERS)
    assert _current(running.sim) == {"m0", "m1", "m2"}


def test_a_secret_that_is_not_named_is_not_followed(running: Api, stranger: Stranger) -> None:
    stranger.send("POST", "/apps/web/secrets", {"values": {"THEIRS": "1"}})
    assert not running.ensure(ONE, *FOLLOWERS).changed
    assert not running.ensure(*FOLLOWERS).changed


def test_a_machine_without_a_fingerprint_is_not_restarted_for_one(running: Api) -> None:
    for noun in FOLLOWERS:
        running.sim.edit_machine("web", noun.name, _drop_fingerprint)
    assert {running.plan(ONE, *FOLLOWERS)[noun].action for noun in FOLLOWERS} == {"adopt"}
    running.ensure(ONE, *FOLLOWERS)
    assert running.writes == [*["Machines_patch_metadata"] * 3, "Secrets_update"]
    running.sent.clear()
    assert not running.ensure(ONE, *FOLLOWERS).changed
    assert running.ensure(TWO, *FOLLOWERS)[FOLLOWERS[0]].changed


def test_a_secret_that_is_new_to_the_app_reaches_the_machines_that_run(running: Api) -> None:
    plan = running.plan(ONE, OTHER, *FOLLOWERS, ALOOF)
    assert [str(change) for change in plan[FOLLOWERS[0]].changes] == ['secrets.OTHER: (none) -> "the newest"']
    assert plan[ALOOF].action == "none"
    report = running.ensure(ONE, OTHER, *FOLLOWERS, ALOOF)
    assert all(report[noun].changed for noun in FOLLOWERS)
    assert _current(running.sim) == {"m0", "m1", "m2"}
    running.sent.clear()
    assert not running.ensure(ONE, OTHER, *FOLLOWERS, ALOOF).changed
    assert running.writes == ["Secrets_update"]


def test_a_secret_that_is_first_named_with_another_value_reaches_the_machines(
    running: Api, stranger: Stranger
) -> None:
    stranger.send("POST", "/apps/web/secrets", {"values": {"OTHER": "theirs"}})
    report = running.ensure(ONE, OTHER, *FOLLOWERS)
    assert all(report[noun].action == "update" for noun in FOLLOWERS)
    assert _current(running.sim) == {"m0", "m1", "m2"}


def test_a_secret_that_machines_were_started_with_restarts_nothing_when_it_is_first_named(
    running: Api, stranger: Stranger
) -> None:
    stranger.send("POST", "/apps/web/secrets", {"values": {"OTHER": "1"}})
    running.clock.sleep(15.0)  # more than clocks may differ by
    for machine in stranger.list("/apps/web/machines"):
        stranger.send("POST", f"/apps/web/machines/{machine['id']}/restart")
    running.clock.sleep(30.0)
    running.ensure(ONE, OTHER, *FOLLOWERS)
    assert _updates(running) == []
    running.ensure(ONE, FlySecret(APP, "OTHER", "2"), *FOLLOWERS)
    assert len(_updates(running)) == 3


def test_a_secret_that_was_set_since_machines_started_reaches_them_when_it_is_first_named(
    running: Api, stranger: Stranger
) -> None:
    stranger.send("POST", "/apps/web/secrets", {"values": {"OTHER": "1"}})
    plan = running.plan(ONE, OTHER, *FOLLOWERS, ALOOF)
    assert [str(change) for change in plan[FOLLOWERS[0]].changes] == ['secrets.OTHER: (none) -> "the newest"']
    running.ensure(ONE, OTHER, *FOLLOWERS, ALOOF)
    assert _current(running.sim) == {"m0", "m1", "m2"}
    running.sent.clear()
    assert not running.ensure(ONE, OTHER, *FOLLOWERS, ALOOF).changed


def test_a_secret_that_was_set_since_reaches_its_machine_if_the_program_ends_in_between(
    running: Api, stranger: Stranger
) -> None:
    stranger.send("POST", "/apps/web/secrets", {"values": {"OTHER": "1"}})
    running.clock.sleep(60.0)
    running.sim.faults.add(Fault("refuse", operation="Machines_create_lease", times=99))
    with pytest.raises(errors.EnsureError):
        running.ensure(ONE, OTHER, *FOLLOWERS)
    running.sim.faults.clear()
    running.ensure(ONE, OTHER, *FOLLOWERS)
    assert _current(running.sim) == {"m0", "m1", "m2"}


@pytest.mark.parametrize("times", ["missing", "behind"])
def test_a_secret_that_was_set_since_is_told_without_a_time_and_by_a_clock_that_is_behind(
    running: Api, stranger: Stranger, times: Literal["missing", "behind"]
) -> None:
    running.sim.behaviour = Behaviour(secret_times=times)
    for machine in stranger.list("/apps/web/machines"):
        stranger.send("POST", f"/apps/web/machines/{machine['id']}/restart")
    running.clock.sleep(2.0)
    stranger.send("POST", "/apps/web/secrets", {"values": {"OTHER": "1"}})
    running.clock.sleep(60.0)
    running.ensure(ONE, OTHER, *FOLLOWERS)
    assert _current(running.sim) == {"m0", "m1", "m2"}
    running.sent.clear()
    assert not running.ensure(ONE, OTHER, *FOLLOWERS).changed


def test_a_secret_set_while_a_host_was_lost_reaches_its_machine_when_it_is_back(
    running: Api, stranger: Stranger
) -> None:
    [lost] = [each["id"] for each in stranger.list("/apps/web/machines") if each["name"] == "m0"]
    running.sim.set_host_status("web", lost, "unreachable")
    with pytest.raises(errors.EnsureError):
        running.ensure(ONE, OTHER, *FOLLOWERS)
    running.sim.set_host_status("web", lost, "ok")
    assert running.ensure(ONE, OTHER, *FOLLOWERS)[FOLLOWERS[0]].changed
    assert _current(running.sim) == {"m0", "m1", "m2"}


@pytest.mark.parametrize("there", [True, False])
def test_a_crash_after_a_secret_was_first_set_is_seen_and_repaired(
    running: Api, stranger: Stranger, *, there: bool
) -> None:
    """What the machine ran with was written down before: after the crash, nothing else would tell."""
    if there:
        stranger.send("POST", "/apps/web/secrets", {"values": {"OTHER": "theirs"}})
    running.sim.faults.add(Fault("refuse", operation="Machines_create_lease", times=99))
    with pytest.raises(errors.EnsureError):
        running.ensure(ONE, OTHER, *FOLLOWERS)
    running.sim.faults.clear()
    report = running.ensure(ONE, OTHER, *FOLLOWERS)
    assert not report[OTHER].changed
    assert all(report[noun].changed for noun in FOLLOWERS)
    assert _current(running.sim) == {"m0", "m1", "m2"}


def test_a_secret_is_not_set_when_what_a_machine_runs_with_cannot_be_written_down(running: Api) -> None:
    running.sim.faults.add(
        Fault("status", operation="Machines_patch_metadata", status=400, body={"error": "broken"})
    )
    with pytest.raises(errors.EnsureError, match="marks of machine web/m0: "):
        running.ensure(ONE, OTHER, FOLLOWERS[0])
    assert running.writes == ["Machines_patch_metadata"]
    assert running.ensure(ONE, OTHER, FOLLOWERS[0])[FOLLOWERS[0]].changed


def test_a_machine_that_flyctl_deploys_is_not_marked_for_a_secret(running: Api) -> None:
    def deploy(machine: MachineRecord) -> None:
        machine.config = {**machine.config, "metadata": {"fly_release_id": "r1"}}

    running.sim.edit_machine("web", "m0", deploy)
    report = running.ensure(OTHER, FOLLOWERS[0])
    assert report[FOLLOWERS[0]].action == "none"
    assert running.writes == ["Secrets_update"]


def test_an_update_for_another_reason_writes_the_fingerprint(running: Api) -> None:
    running.sim.edit_machine("web", "m0", _drop_fingerprint)
    better = Machine(APP, "m0", {"image": "nginx:1"})
    running.ensure(ONE, better)
    assert MARK in _machines(running.sim)["m0"]["config"]["metadata"]
    assert running.ensure(TWO, better)[better].changed


def test_one_update_brings_the_new_config_and_the_new_secrets(running: Api) -> None:
    better = Machine(APP, "m0", {"image": "nginx:1"})
    running.ensure(TWO, better)
    assert len(_updates(running)) == 1
    assert "m0" in _current(running.sim)
    running.sent.clear()
    assert not running.ensure(TWO, better).changed


def test_fingerprints_of_secrets_that_this_call_does_not_name_are_kept(running: Api) -> None:
    running.ensure(ONE, OTHER, FOLLOWERS[0], Machine(APP, "new", CONFIG))
    new = Machine(APP, "new", {"image": "nginx:1"})
    running.ensure(ONE, new)
    changed = FlySecret(APP, "OTHER", "2")
    assert running.ensure(changed, new)[new].changed
    assert "new" in _current(running.sim)


def test_a_stopped_machine_takes_the_new_value_and_stays_stopped(running: Api) -> None:
    def stop(machine: MachineRecord) -> None:
        machine.state = "stopped"
        machine.schedule.clear()

    running.sim.edit_machine("web", "m0", stop)
    assert running.ensure(TWO, *FOLLOWERS)[FOLLOWERS[0]].changed
    [update] = [each for each in _updates(running) if json.loads(each.body).get("skip_launch")]
    assert json.loads(update.body)["min_secrets_version"] == 2
    assert _machines(running.sim)["m0"]["state"] == "stopped"
    assert "m0" in _current(running.sim)
    running.sent.clear()
    assert not running.ensure(TWO, *FOLLOWERS).changed


def test_removing_a_secret_restarts_nothing(running: Api) -> None:
    gone = FlySecret.absent(APP, "KEY")
    report = running.ensure(gone, *FOLLOWERS)
    assert report[gone].changed
    assert _updates(running) == []
    assert not running.ensure(gone, *FOLLOWERS).changed
    assert running.ensure(ONE, *FOLLOWERS)[ONE].changed


def test_a_secret_that_is_only_set_where_absent_is_followed_too(running: Api, stranger: Stranger) -> None:
    kept = FlySecret(APP, "KEY", "never-sent-7", if_absent=True)
    assert not running.ensure(kept, *FOLLOWERS).changed
    assert running.writes == []
    stranger.send("POST", "/apps/web/secrets", {"values": {"KEY": "rotated"}})
    running.sent.clear()
    report = running.ensure(kept, *FOLLOWERS)
    assert all(report[noun].changed for noun in FOLLOWERS)
    assert "Secrets_update" not in running.writes
    assert _current(running.sim) == {"m0", "m1", "m2"}


def test_a_machine_that_takes_no_part_carries_no_fingerprint(running: Api) -> None:
    assert MARK not in _machines(running.sim)["aloof"]["config"]["metadata"]
    assert MARK in _machines(running.sim)["m0"]["config"]["metadata"]


def test_no_digest_and_no_value_is_written_into_a_machine_or_shown(running: Api, stranger: Stranger) -> None:
    [secret] = [row for row in stranger.send("GET", "/apps/web/secrets")["secrets"] if row["name"] == "KEY"]
    rows = stranger.list("/apps/web/machines")
    shown = json.dumps([row["config"] for row in rows])
    plan, report = running.plan(TWO, *FOLLOWERS), running.ensure(TWO, *FOLLOWERS)
    shown += str(plan) + repr(plan) + str(report) + repr(report)
    assert secret["digest"] not in shown
    assert "5521" not in shown


def test_fingerprints_that_cannot_be_read_are_no_difference(running: Api) -> None:
    """What stands there may be anything: it is no difference, and is written anew with the next update."""

    def garble(machine: MachineRecord) -> None:
        before: Any = machine.config["metadata"]
        machine.config = {**machine.config, "metadata": {**before, MARK: "KEY OTHER= =x ??"}}

    running.sim.edit_machine("web", "m0", garble)
    running.ensure(ONE, FOLLOWERS[0])
    assert _updates(running) == []
    assert running.ensure(TWO, FOLLOWERS[0])[FOLLOWERS[0]].changed


@pytest.mark.parametrize("operation", ["Secrets_list", "Secrets_update"])
def test_a_lost_answer_about_secrets_does_not_restart_machines_for_nothing(
    running: Api, operation: str
) -> None:
    running.sim.faults.add(Fault("reset_after", operation=operation))
    assert not running.ensure(ONE, *FOLLOWERS).changed
    assert _updates(running) == []
