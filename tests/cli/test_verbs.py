"""plan, ensure, destroy, read and wait: exit codes, what is printed where, and what is sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from fly_resources.cli import _session
from fly_resources.testing import Fault
from tests.cli.conftest import STACK

if TYPE_CHECKING:
    from tests.cli.conftest import Cli

CANARIES = ("canary-2718", "canary-token")
NEWER = STACK.replace("nginx:alpine", "nginx:1.27")
WITHOUT_SERVER = STACK.replace("data, server,", "data,")

NEW_SERVER = "nginx:alpine in iad, 1 shared CPU, 256 MB, data at /data, billed while it runs"
NO_CHECKS = "machine web/server: without health checks, only the state 'started' tells whether one is up"


def test_a_plan_sends_reads_only_and_ends_with_0(cli: Cli) -> None:
    result = cli.ok("plan", cli.write(STACK))
    assert result.stdout.splitlines() == [
        "Plan: 3 create, 1 set; 0 unchanged",
        "  + app web: create (in organisation personal)",
        "  + volume web/data/iad: create (10 GB in iad, billed monthly)",
        f"  + machine web/server: create ({NEW_SERVER})",
        "  * secret web/KEY: set (new)",
        f"  i {NO_CHECKS}",
    ]
    assert result.stderr == ""
    assert cli.writes == []


def test_exit_code_2_says_that_the_plan_has_changes_and_nothing_else_does(cli: Cli) -> None:
    stack = cli.write(STACK.replace(', FlySecret(app, "KEY", "canary-2718")', ""))
    assert cli.run("plan", stack, "--exit-code").exit_code == 2
    cli.ok("ensure", stack)
    assert cli.run("plan", stack, "--exit-code").exit_code == 0
    assert cli.run("plan", stack, "--no-such-option").exit_code == 1
    assert cli.run("plan").exit_code == 1
    assert cli.run("plant", stack).exit_code == 1
    assert cli.run("ensure", stack, "--timeout", "soon").exit_code == 1
    assert cli.run("plan", "missing.py", "--exit-code").exit_code == 1


def test_help_and_version_end_with_0_and_the_bare_command_shows_its_help(cli: Cli) -> None:
    assert "2 plan --exit-code found changes" in cli.ok("--help").stdout
    assert cli.ok("--version").stdout.startswith("fly-resources ")
    assert "Usage" in cli.run().output


@pytest.mark.parametrize(
    ("word", "command"),
    [
        ("deploy", "ensure"),
        ("apply", "ensure"),
        ("delete", "destroy"),
        ("ps", "status"),
        ("destory", "destroy"),
    ],
)
def test_a_word_of_another_tool_names_the_command_that_does_that(cli: Cli, word: str, command: str) -> None:
    """The nearest spelling of deploy is destroy, which nobody should be sent to."""
    result = cli.run(word, cli.write(STACK))
    assert result.exit_code == 1
    assert f"No such command '{word}'. Did you mean '{command}'?" in result.output
    assert "No such command 'xyzzy'." in cli.run("xyzzy").output


def test_ensure_prints_the_plan_the_result_and_what_it_cost(cli: Cli) -> None:
    result = cli.ok("ensure", cli.write(STACK))
    lines = result.stdout.splitlines()
    assert lines[:2] == [
        "Plan: 3 create, 1 set; 0 unchanged",
        "  + app web: create (in organisation personal)",
    ]
    assert lines[6:11] == [
        "Result:",
        "  + app web: create",
        "  + volume web/data/iad: create",
        "  + machine web/server: create",
        "  * secret web/KEY: set",
    ]
    sent = len(cli.sim.requests)
    assert lines[11] == f"3 created, 1 set; {cli.clock.now():.1f} s, {sent} requests."
    assert "create started" in result.stderr
    assert not any(canary in result.output for canary in CANARIES)


def test_a_second_ensure_of_what_has_no_secrets_sends_reads_only(cli: Cli) -> None:
    stack = cli.write('from fly_resources import App\nresources = [App("web")]')
    cli.ok("ensure", stack)
    cli.sim.requests.clear()
    assert cli.ok("ensure", stack).stdout.splitlines()[0] == "Plan: nothing to do, 1 unchanged"
    assert [each.operation for each in cli.sim.requests] == ["Apps_show"]


def test_events_are_a_line_each_with_their_time_where_there_is_no_terminal(cli: Cli) -> None:
    lines = cli.ok("ensure", cli.write(STACK)).stderr.splitlines()
    assert lines[0].split(maxsplit=1)[1] == "app web: create started"
    assert "machine web/server: create done" in "\n".join(lines)
    assert [float(line.split("s")[0]) for line in lines] == sorted(
        float(line.split("s")[0]) for line in lines
    )


def test_no_colour_and_no_control_character_where_there_is_no_terminal(cli: Cli) -> None:
    assert "\x1b" not in cli.ok("ensure", cli.write(STACK)).output


def test_what_others_say_is_not_obeyed_by_the_terminal(cli: Cli) -> None:
    result = cli.run("plan", cli.write('raise LookupError("\\x1b[2Jgone\\x07")'))
    assert "LookupError: ?[2Jgone?" in result.stderr
    assert "\x1b" not in result.output


def test_options_reach_the_verb(cli: Cli) -> None:
    cli.ok("ensure", cli.write(STACK), "--owner", "me")
    cli.send(
        "POST",
        "/apps/web/machines",
        {"name": "fly", "config": {"image": "a", "metadata": {"fly_release_id": "r"}}},
    )
    flyctl = cli.write(
        STACK.replace("data, server,", 'data, Machine(app, "fly", {"image": "b"}),'), "flyctl.py"
    )
    refused = cli.run("ensure", flyctl)
    assert refused.exit_code == 1
    assert "deployed by flyctl" in refused.stderr
    assert (
        "~ machine web/fly: update"
        in cli.ok("ensure", flyctl, "--take-over", "--max-unavailable", "50%").stdout
    )
    for wrong in ("0", "x", "101%", "-1"):  # also where nothing would change
        assert "--max-unavailable must be" in cli.run("ensure", flyctl, "--max-unavailable", wrong).stderr
        assert "--max-unavailable must be" in cli.run("rollback", "web", "--max-unavailable", wrong).stderr
    assert (
        "A time limit must be a number of seconds, 0 or more, got -1"
        in cli.run("ensure", flyctl, "--smoke", "-1").stderr
    )
    assert "was not begun" in cli.run("ensure", cli.write(NEWER), "--timeout", "0").stderr
    assert "--prune needs --owner NAME" in cli.run("plan", flyctl, "--prune").stderr


def test_the_document_of_a_roll_out_that_fails_says_how_to_go_back(cli: Cli) -> None:
    cli.ok("ensure", cli.write(STACK), "--owner", "me")
    cli.sim.images["nginx:bad"] = "crashes"
    bad = cli.write(STACK.replace("nginx:alpine", "nginx:bad"), "bad.py")

    told = json.loads(cli.run("ensure", bad, "--owner", "me", "--json").stdout)
    assert told["advice"] == "Or roll back: fly-resources rollback web"
    assert told["error"]["message"].splitlines()[-1] == told["advice"]
    assert "advice" not in json.loads(cli.run("ensure", bad, "--timeout", "0", "--json").stdout)


def test_a_rollback_that_fails_does_not_advise_itself(cli: Cli) -> None:
    cli.ok("ensure", cli.write(STACK), "--owner", "me")
    cli.ok("ensure", cli.write(STACK.replace("nginx:alpine", "nginx:2")), "--owner", "me")
    cli.sim.images["nginx:alpine"] = "crashes"

    told = json.loads(cli.run("rollback", "web", "--yes", "--json").stdout)
    assert "advice" not in told
    assert "Fix the cause and run it again" in told["error"]["message"]
    assert "rollback web" not in told["error"]["message"]


def test_a_roll_out_that_fails_says_how_to_go_back_and_that_works(cli: Cli) -> None:
    cli.ok("ensure", cli.write(STACK), "--owner", "me")
    cli.sim.images["nginx:bad"] = "crashes"
    bad = cli.write(STACK.replace("nginx:alpine", "nginx:bad"), "bad.py")

    assert "Or roll back: fly-resources rollback web\n" in cli.run("ensure", bad, "--owner", "me").stderr
    assert "1 updated" in cli.ok("rollback", "web", "--yes").stdout
    [server] = cli.send("GET", "/apps/web/machines")
    assert (server["state"], server["config"]["image"]) == ("started", "nginx:alpine")
    # what reached no machine has nothing to go back to
    assert "rollback" not in cli.run("ensure", bad, "--timeout", "0").stderr
    # nor do machines that were only made
    assert (
        "rollback"
        not in cli.run(
            "ensure", cli.write(STACK.replace("nginx:alpine", "nginx:bad").replace('"web"', '"new"'))
        ).stderr
    )


def test_a_failure_lists_what_failed_and_what_to_do_and_keeps_the_rest(cli: Cli) -> None:
    cli.sim.faults.add(
        Fault("status", operation="Machines_create", status=422, body={"error": "no such image"})
    )
    result = cli.run("ensure", cli.write(STACK))
    assert result.exit_code == 1
    assert "  x machine web/server: create failed" in result.stdout.splitlines()
    assert "2 created, 1 set, 1 failed;" in result.stdout
    block = result.stderr[result.stderr.index("Error:") :].splitlines()
    first = "Error: ensure: machine web/server: POST /v1/apps/web/machines answered 422: no such image."
    assert block[0].startswith(first)
    assert block[-1] == "Fix the cause and run it again: it continues from here."
    assert "Traceback" not in result.output


def test_what_was_not_tried_is_no_failure_of_its_own(cli: Cli) -> None:
    cli.sim.faults.add(Fault("status", operation="Apps_create", status=422, body={"error": "no"}))
    result = cli.run("ensure", cli.write(STACK))
    assert "  x app web: create failed" in result.stdout.splitlines()
    assert "  x machine web/server: not tried" in result.stdout.splitlines()
    assert "\n1 failed, 3 not tried;" in result.stdout
    assert result.stderr.endswith("\nFix the cause and run it again.\n")


def test_a_traceback_is_shown_with_debug_only_and_without_source(cli: Cli) -> None:
    stack = cli.write("def resources():\n    return [].pop('hunter2')\n")
    assert "Traceback" not in cli.run("plan", stack).output
    shown = cli.run("plan", stack, "--debug").stderr
    assert "Traceback (most recent call last)" in shown
    assert "_stackfile.py" in shown
    assert "hunter2" not in shown


def test_an_error_that_is_no_error_of_ours_asks_for_a_report(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> object:
        raise LookupError("something else")

    monkeypatch.setattr(_session, "open_transport", broken)
    result = cli.run("plan", cli.write(STACK))
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "Error: plan: LookupError: something else",
        "This is a bug in fly-resources: please report it with the output of --debug.",
    ]


def test_without_a_token_the_error_says_where_one_comes_from(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FLY_API_TOKEN")
    monkeypatch.delenv("FLY_ACCESS_TOKEN", raising=False)
    result = cli.run("plan", cli.write(STACK))
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: plan: No token: set FLY_API_TOKEN")


def test_an_interrupt_is_one_line_and_130(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("fly_resources.client.Fly.ensure", interrupted)
    result = cli.run("ensure", cli.write(STACK))
    assert result.exit_code == 130
    assert result.stderr == (
        "ensure: interrupted. 0 done; nothing is half done. Leases are released. Run it again: it continues "
        "from here.\n"
    )


# --- what would be lost ---


def _made(cli: Cli) -> str:
    stack = cli.write(STACK)
    cli.ok("ensure", stack, "--owner", "me")
    cli.sim.requests.clear()
    return stack


def test_without_a_terminal_nothing_is_destroyed_unless_yes_is_said(cli: Cli) -> None:
    stack = _made(cli)
    result = cli.run("destroy", stack)
    assert result.exit_code == 1
    assert "there is no terminal to ask on. Nothing was done; pass --yes" in result.stderr
    assert cli.writes == []
    cli.ok("destroy", stack, "--yes")
    assert cli.sim.snapshot() == {"apps": {}}
    assert cli.ok("destroy", stack).stdout.startswith("Plan: nothing to do, 4 unchanged")


def test_what_would_be_lost_is_shown_with_its_size_and_id(cli: Cli) -> None:
    stack = _made(cli)
    volume = cli.send("GET", "/apps/web/volumes")[0]["id"]
    machine = cli.send("GET", "/apps/web/machines")[0]["id"]
    lines = cli.run("destroy", stack).stderr.splitlines()
    assert lines[0] == "This cannot be undone:"
    assert f"  destroy volume web/data/iad (10 GB in iad, {volume}, created); its data is lost" in lines
    assert f"  destroy machine web/server (started in iad, {machine}, nginx:alpine)" in lines


def test_what_goes_with_an_app_is_shown_though_it_is_not_named(cli: Cli) -> None:
    _made(cli)
    volume = cli.send("POST", "/apps/web/volumes", {"name": "theirs", "region": "lhr"})["id"]
    only_app = cli.write('from fly_resources import App\nresources = [App("web")]', "app.py")
    refused = cli.run("destroy", only_app)
    assert refused.exit_code == 1
    assert f"volume theirs ({volume})" in refused.stderr
    asked = cli.run("destroy", only_app, "--everything")
    assert (
        f"    with it, though not described: volume theirs (3 GB in lhr, {volume}, created)"
        in asked.stderr.splitlines()
    )
    cli.ok("destroy", only_app, "--everything", "--force", "--yes")


def test_machines_of_ours_and_addresses_that_go_with_an_app_are_shown_too(cli: Cli) -> None:
    text = 'from fly_resources import App, IpAddress, Machine\napp = App("web")\nresources = [app]'
    made = f'{text[:-5]}[app, Machine(app, "m", {{"image": "nginx"}}, region="iad"), IpAddress(app, "v6")]'
    cli.ok("ensure", cli.write(made, "made.py"), "--owner", "me")
    machine = cli.send("GET", "/apps/web/machines")[0]["id"]
    address = cli.send("GET", "/apps/web/ip_assignments")["ips"][0]["ip"]
    lines = cli.run("destroy", cli.write(text), "--owner", "me").stderr.splitlines()
    assert lines[1:4] == [
        "  destroy app web (in organisation personal, deployed); and all that it holds",
        f"    with it, though not described: machine m (started in iad, {machine}, nginx)",
        f"    with it, though not described: address {address}",
    ]


def test_what_the_token_may_not_read_is_shown_in_the_plan(cli: Cli) -> None:
    _made(cli)
    cli.sim.faults.add(Fault("status", operation="Secrets_list", status=403, body={"error": "unauthorized"}))
    lines = cli.ok("plan", cli.write(STACK)).stdout.splitlines()
    assert lines[-1] == "  ? web: its secrets cannot be read with this token"


@pytest.mark.parametrize("answer", ["n\n", "\n", "", "yes please\n"])
def test_anything_but_yes_is_no(cli: Cli, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    stack = _made(cli)
    monkeypatch.setattr(_session, "can_ask", lambda: True)
    result = cli.run("destroy", stack, answer=answer)
    assert result.exit_code == 1
    assert "Go on? [y/N]" in result.stderr
    assert result.stderr.endswith("Error: destroy: Not confirmed. Nothing was done.\n")
    assert cli.writes == []


def test_what_follows_a_question_that_nobody_answered_has_a_line_of_its_own(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    stack = _made(cli)
    monkeypatch.setattr(_session, "can_ask", lambda: True)
    lines = cli.run("destroy", stack, answer="").stderr.splitlines()
    assert [line.rstrip() for line in lines[-2:]] == [
        "Go on? [y/N]",
        "Error: destroy: Not confirmed. Nothing was done.",
    ]


@pytest.mark.parametrize("answer", ["y\n", "YES\n"])
def test_yes_is_yes(cli: Cli, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    stack = _made(cli)
    monkeypatch.setattr(_session, "can_ask", lambda: True)
    cli.ok("destroy", stack, answer=answer)
    assert cli.sim.snapshot() == {"apps": {}}


def test_pruning_replacing_and_unsetting_ask_and_other_changes_do_not(cli: Cli) -> None:
    _made(cli)
    cli.ok("ensure", cli.write(NEWER, "newer.py"), "--owner", "me")
    for text, options, lost in [
        (
            STACK.replace('{"/data": data}', '{"/srv": data}'),
            ["--replace"],
            "replace machine web/server",
        ),
        (WITHOUT_SERVER, ["--prune"], "destroy machine web/server"),
        (
            STACK.replace('FlySecret(app, "KEY", "canary-2718")', 'FlySecret.absent(app, "KEY")'),
            [],
            "destroy secret web/KEY",
        ),
    ]:
        cli.sim.requests.clear()
        result = cli.run("ensure", cli.write(text, "other.py"), "--owner", "me", *options)
        assert result.exit_code == 1
        assert lost in result.stderr
        assert cli.writes == []
        cli.ok("ensure", cli.write(text, "other.py"), "--owner", "me", "--yes", *options)


def test_what_is_blocked_is_shown_and_fails_without_a_question(cli: Cli) -> None:
    _made(cli)
    cli.sim.edit_machine("web", "server", lambda machine: setattr(machine, "host_status", "unreachable"))
    result = cli.run("ensure", cli.write(NEWER))
    assert result.exit_code == 1
    assert "? machine web/server: blocked (its host is unreachable" in result.stdout
    assert "cannot be undone" not in result.stderr
    assert "unreachable" in result.stderr


def test_a_machine_on_a_lost_host_is_destroyed_by_force_and_said_to_be_going(cli: Cli) -> None:
    lone = 'resources = [Machine("web", "server", {"image": "nginx:alpine"})]\n'
    cli.ok("ensure", cli.write(STACK))
    cli.sim.set_host_status("web", "server", "unreachable")
    stack = cli.write(f"from fly_resources import Machine\n{lone}")
    refused = cli.run("destroy", stack, "--yes")
    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    planned = cli.ok("plan", stack, "--destroy", "--force").stdout
    assert "- machine web/server: destroy (gone only when its host is back)" in planned
    assert "--force" in cli.ok("plan", stack, "--destroy").stdout
    result = cli.ok("destroy", stack, "--yes", "--force")
    assert "- machine web/server: destroy (gone only when its host is back)" in result.stdout
    assert "is being destroyed" in result.stdout
    assert "unchanged (already: machine server" in cli.ok("destroy", stack, "--yes").stdout


# --- looking ---


def test_read_says_what_there_is_of_each(cli: Cli) -> None:
    stack = cli.write(STACK)
    assert cli.ok("read", stack).stdout.splitlines() == [
        "app web: absent",
        "volume web/data/iad: absent",
        "machine web/server: absent",
        "secret web/KEY: absent",
    ]
    cli.ok("ensure", stack)
    lines = cli.ok("read", stack).stdout.splitlines()
    assert lines[0] == "app web: in organisation personal, deployed"
    assert lines[1].startswith("volume web/data/iad: 10 GB in iad, vol_")
    assert lines[2].startswith("machine web/server: started in iad, ")
    assert lines[3] == "secret web/KEY: set; its value is not read"
    assert cli.ok("read", stack, "server").stdout.splitlines() == lines[2:3]
    assert "has no resource 'srv'" in cli.run("read", stack, "srv").stderr


def test_records_to_publish_are_shown_until_a_certificate_is_issued(cli: Cli) -> None:
    stack = cli.write(
        "from fly_resources import App, Certificate\n"
        'resources = [App("web"), Certificate("web", "www.example.com")]'
    )
    result = cli.ok("ensure", stack)
    assert "Publish for www.example.com (either the CNAME or the addresses, not both):" in result.stdout
    assert "  www.example.com CNAME web.fly.dev" in result.stdout.splitlines()
    assert "  www.example.com CNAME web.fly.dev" in cli.ok("read", stack).stdout.splitlines()
    assert "still pending" in cli.run("wait", stack, "www.example.com", "--timeout", "30").stderr
    cli.sim.publish_dns("www.example.com")
    assert "active" in cli.ok("wait", stack, "www.example.com").stdout


def test_wait_takes_machines_and_says_what_became_of_them(cli: Cli) -> None:
    stack = cli.write(STACK)
    cli.ok("ensure", stack)
    assert cli.ok("wait", stack).stdout.startswith("machine web/server: started in iad")
    failed = cli.run("wait", stack, "--state", "stopped", "--timeout", "5")
    assert failed.exit_code == 1
    assert "was not stopped after" in failed.stderr
    assert "nothing to wait for" in cli.run("wait", stack, "KEY").stderr


def test_what_is_not_named_can_be_listed(cli: Cli) -> None:
    _made(cli)
    machine = cli.send("POST", "/apps/web/machines", {"name": "theirs", "config": {"image": "a"}})["id"]
    lines = cli.ok("plan", cli.write(STACK), "--unmanaged").stdout.splitlines()
    assert lines[-2:] == ["Not described: 1", f"  machine web/theirs ({machine})"]
    assert "- app web: destroy" in cli.ok("plan", cli.write(STACK), "--destroy", "--everything").stdout
