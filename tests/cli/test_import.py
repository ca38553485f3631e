"""`import`: what it prints is Python whose plan changes nothing, whatever the app holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs
import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fly_resources import App, Certificate, Fly, FlySecret, IpAddress, Machine, Resource, Volume
from fly_resources._sdk import requests
from fly_resources.cli import _importing
from fly_resources.errors import ContradictionError, ProtectedError
from fly_resources.testing import Behaviour, Fault, FlySimulator, VirtualClock
from tests.property.strategies import configs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.cli.conftest import Cli

RUFF: Final = Path(sys.executable).with_name("ruff")
HEADERS: Final = [{"name": "Authorization", "values": ["canary"]}, {"name": "Host", "values": ["h"]}]
#: What flyctl writes on what it deploys.
RELEASE: Final = {"fly_release_id": "r1", "fly_release_version": "7", "fly_process_group": "app"}


class World:
    """An app that somebody made with a plain client, and ours that imports it."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.sim = FlySimulator(clock=self.clock)
        self.http = httpx.Client(
            transport=self.sim.transport(),
            base_url="https://api.machines.dev/v1",
            headers={"Authorization": "Bearer stranger"},
        )
        self.send("POST", "/apps", {"app_name": "web", "org_slug": "personal"})

    def send(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:  # noqa: ANN401  # any JSON value
        answer = self.http.request(method, path, json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def machine(self, name: str, config: Mapping[str, object], **more: object) -> str:
        body = {"name": name, "config": config, "region": "iad", **more}
        return str(self.send("POST", "/apps/web/machines", body)["id"])

    def client(self, **settings: Any) -> Fly:  # noqa: ANN401  # the arguments of the client
        return Fly("test", transport=self.sim.transport(), clock=self.clock, **settings)

    def imported(self) -> _importing.Imported:
        with self.client() as fly:
            return _importing.write(_importing.read(fly, "web"))

    def check(self, *, owner: str | None = None, named: int | None = None) -> _importing.Imported:
        """Import, plan and ensure: nothing restarts, nothing is overwritten, and then it is all the same."""
        found = self.imported()
        assert found == self.imported(), "the same app prints the same file"
        nouns = executed(found.source)
        assert named is None or len(nouns) == named, found.source
        before: Any = self.sim.snapshot()
        digests = self.send("GET", "/apps/web/secrets")
        self.sim.requests.clear()
        with self.client(owner=owner) as fly:
            plan = fly.plan(*nouns)
            assert {step.action for step in plan} <= {"none", "adopt"}, f"{plan}\n{found.source}"
            read = described(fly, nouns)
            plan = fly.plan(*read)
            assert {step.action for step in plan} <= {"none", "adopt"}, f"{plan}\n{read}"
            report = fly.ensure(*nouns)
            assert {row.action for row in report} <= {"none", "adopt"}
            again = fly.plan(*nouns)
            assert not again.changed, again
        written = {each.operation for each in self.sim.requests if each.method != "GET"}
        # the last two only where another owner's machine is adopted
        leases = {"Machines_create_lease", "Machines_release_lease"}
        assert written <= {"Machines_patch_metadata", *leases}
        assert self.send("GET", "/apps/web/secrets") == digests
        after: Any = self.sim.snapshot()
        assert without_marks(after) == without_marks(before)
        return found


def executed(source: str) -> list[Resource[Any]]:
    """Run the printed file."""
    names: dict[str, Any] = {}
    exec(compile(source, "imported.py", "exec"), names)  # noqa: S102  # running it is the test
    nouns: list[Resource[Any]] = names["resources"]
    return nouns


def described(fly: Fly, nouns: list[Resource[Any]]) -> list[Resource[Any]]:
    """Read each as a resource, told of nothing but which one is meant and which secrets it follows."""
    bare = [
        Machine("web", noun.name, {}, follow_secrets=noun.follow_secrets)
        if isinstance(noun, Machine)
        else noun
        for noun in nouns
    ]
    found = [fly.read(noun, as_resource=True) for noun in bare]
    assert found == nouns
    return [noun for noun in found if noun is not None]


def without_marks(state: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Drop the only thing that an adoption writes."""
    if isinstance(state, list):
        return [without_marks(each) for each in state]
    if not isinstance(state, dict):
        return state
    kept = {key: without_marks(value) for key, value in state.items() if not key.startswith("fly_resources.")}
    return {key: value for key, value in kept.items() if key != "metadata" or value}


# --- whatever the app holds ---

KINDS: Final = ("v4", "shared_v4", "v6", "private_v6", "egress_pair")
#: What becomes of a machine, and how that shows.
THEN: Final = {
    "": ("", ""),
    "stop": ("state", "stopped"),
    "unreachable": ("host_status", "unreachable"),
    "launch_failed": ("state", "launch_failed"),
}
names: Final = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,9}", fullmatch=True)
rows: Final = st.fixed_dictionaries(
    {
        "config": configs,
        "by": st.sampled_from(["hand", "flyctl", "this library", "another owner"]),
        "disk": st.booleans(),
        "then": st.sampled_from(list(THEN)),
    }
)
worlds: Final = st.fixed_dictionaries(
    {
        "machines": st.dictionaries(names, rows, max_size=3),
        "spare": st.lists(st.sampled_from([("data", "iad"), ("data", "lhr"), ("for", "iad")]), max_size=3),
        "secrets": st.lists(st.sampled_from(["KEY", "class", "App", "os", "_x"]), unique=True),
        "addresses": st.lists(st.sampled_from(KINDS), max_size=4),
        "hostnames": st.lists(st.sampled_from(["www.example.com", "*.example.com", "a.io"]), unique=True),
        "owner": st.sampled_from([None, "me"]),
    }
)


def build(world: dict[str, Any]) -> World:
    made = World()
    for name, region in world["spare"]:
        made.send("POST", "/apps/web/volumes", {"name": name, "region": region, "size_gb": 2})
    if world["secrets"]:
        made.send("POST", "/apps/web/secrets", {"values": dict.fromkeys(world["secrets"], "canary-1")})
    only_once = "shared_v4" in world["addresses"]
    for kind in dict.fromkeys(world["addresses"]) if only_once else world["addresses"]:
        made.send("POST", "/apps/web/ip_assignments", {"type": kind})
    for hostname in world["hostnames"]:
        made.send("POST", "/apps/web/certificates/acme", {"hostname": hostname})
    for index, (name, row) in enumerate(world["machines"].items()):
        build_machine(made, f"disk{index}", name, row, world["secrets"])
    return made


def build_machine(made: World, disk: str, name: str, row: dict[str, Any], secrets: list[str]) -> None:
    config: Any = dict(row["config"])
    if row["by"] == "flyctl":
        config["metadata"] = {**config.get("metadata", {}), **RELEASE}
    mounts: dict[str, str] = {}
    if row["disk"]:
        mounts["/data"] = made.send("POST", "/apps/web/volumes", {"name": disk, "region": "iad"})["id"]
    if row["by"] in {"this library", "another owner"}:
        with made.client(owner="me" if row["by"] == "this library" else "them") as fly:
            named = [FlySecret("web", secret, "canary-2") for secret in secrets]
            fly.ensure(Machine("web", name, config, region="iad", mounts=mounts), *named)
    else:
        listed = [{"volume": volume, "path": path} for path, volume in mounts.items()]
        made.machine(name, {**config, "mounts": listed} if listed else config)
    made.clock.sleep(60.0)
    field, value = THEN[row["then"]]
    if field:
        made.sim.edit_machine("web", name, lambda machine: setattr(machine, field, value))


@settings(max_examples=max(20, settings().max_examples // 5))  # each plays a whole life of an app
@given(worlds)
def test_whatever_an_app_holds_the_plan_of_its_import_changes_nothing(world: dict[str, Any]) -> None:
    found = build(world).check(owner=world["owner"])
    assert "canary" not in found.source
    unknown = [row for row in world["machines"].values() if row["then"] in {"unreachable", "launch_failed"}]
    assert len(found.notes) >= len(unknown)


# --- what is named, and what is not ---


def test_an_app_with_one_of_each_is_named_whole() -> None:
    world = World()
    disk = world.send("POST", "/apps/web/volumes", {"name": "data", "region": "iad", "size_gb": 10})["id"]
    world.send("POST", "/apps/web/secrets", {"values": {"DATABASE_URL": "canary-1"}})
    world.send("POST", "/apps/web/ip_assignments", {"type": "v6"})
    world.send("POST", "/apps/web/certificates/acme", {"hostname": "www.example.com"})
    world.machine("server", {"image": "nginx:alpine", "mounts": [{"volume": disk, "path": "/data"}]})
    found = world.check(named=6)
    assert found.notes == ()
    assert found.source == EXPECTED
    kinds = [type(noun) for noun in executed(found.source)]
    assert kinds == [App, FlySecret, Volume, Machine, Certificate, IpAddress]


EXPECTED: Final = '''"""What the app web holds, as `fly-resources import` found it.

Its next plan says `adopt` or `none` for all of it: nothing restarts, and nothing is
lost. What is not declared here (more config keys, other resources) stays as it is.
"""

import os

from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Volume

app = App("web", org="personal")

# Values of secrets are never asked for. With if_absent=True what the app has is never
# overwritten: the value given here is used only where a secret is missing. Set these
# variables before you use this file for a new app, or it gets 'REPLACE-ME'.
database_url = FlySecret(
    app,
    "DATABASE_URL",
    os.environ.get("DATABASE_URL", "REPLACE-ME"),
    if_absent=True,
)

data = Volume(app, "data", size_gb=10, region="iad")

# Configs are printed as the API shows them, env and files too. Before you share this
# file, look for values that nobody else should know: they belong in a FlySecret.
server = Machine(
    app,
    "server",
    {
        "image": "nginx:alpine",
        "guest": {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256},
    },
    mounts={"/data": data},
)

www_example_com = Certificate(app, "www.example.com")

v6 = IpAddress(app, "v6")

resources = [app, database_url, data, server, www_example_com, v6]
'''


def test_volumes_of_one_name_are_told_apart_by_their_ids() -> None:
    world = World()
    ids = [world.send("POST", "/apps/web/volumes", {"name": "data", "region": "iad"})["id"] for _ in range(2)]
    gone = world.send("POST", "/apps/web/volumes", {"name": "data", "region": "iad"})["id"]
    world.send("DELETE", f"/apps/web/volumes/{gone}")
    source = world.check(named=3).source
    assert all(f'id="{each}"' in source for each in ids)
    assert gone not in source


@pytest.mark.parametrize(
    ("config", "left_out", "kept"),
    [
        ({"env": {"API_TOKEN": "canary", "PORT": "80"}}, "env.API_TOKEN", '"PORT": "80"'),
        ({"env": {"DB": "postgres://u:canary@h/d", "A": "https://h/d"}}, "env.DB", "https://h/d"),
        ({"env": {"PEM": "-----BEGIN PRIVATE KEY-----\ncanary"}}, "env.PEM", "image"),
        ({"init": {"cmd": ["serve", "--password=canary"], "tty": True}}, "init.cmd", '"tty": True'),
        ({"metadata": {"fm": "fm2_canary", "role": "web"}}, "metadata.fm", '"role": "web"'),
        (
            {
                "checks": {
                    "up": {
                        "type": "http",
                        "port": 80,
                        "headers": HEADERS,
                    }
                }
            },
            "checks.up.headers[0].values",
            '"values": ["h"]',
        ),
    ],
)
def test_what_looks_like_a_secret_is_left_out_and_stays(
    config: dict[str, Any], left_out: str, kept: str
) -> None:
    world = World()
    world.machine("server", {"image": "nginx", **config})
    source = world.check(named=2).source
    assert "canary" not in source
    assert kept in source
    remark = " ".join(source.replace("\n# ", " ").split())
    assert f"Left out, because it looks like a secret: {left_out}. What is not declared stays" in remark


def test_what_this_library_applied_is_shown_with_a_warning_because_leaving_it_out_removes_it() -> None:
    world = World()
    with world.client(owner="me") as fly:
        config: Any = {"image": "nginx", "env": {"API_TOKEN": "t"}, "metadata": RELEASE}
        fly.ensure(Machine("web", "server", config))
    source = world.check(owner="me", named=2).source
    assert "# These look like secrets: env.API_TOKEN." in source
    assert '"fly_release_id": "r1"' in source


def test_what_flyctl_deploys_is_said_so_and_its_own_marks_are_left_to_it() -> None:
    world = World()
    world.machine("server", {"image": "nginx", "metadata": {**RELEASE, "role": "web"}})
    source = world.check(named=2).source
    assert "# Deployed by flyctl: a change from here needs take_over=True" in source
    assert '"metadata": {"role": "web"}' in source
    assert "fly_release" not in source


def test_keys_that_this_library_does_not_know_go_into_extra(undocumented_answers: list[str]) -> None:
    world = World()
    world.machine("server", {"image": "nginx", "brand_new": {"a": 1}})
    world.sim.edit_machine("web", "server", lambda machine: machine.config.update(services=[{"novel": True}]))  # type: ignore[attr-defined]  # a plain dict there
    [_, server] = executed(world.check(named=2).source)
    assert isinstance(server, Machine)
    assert server.extra == {"brand_new": {"a": 1}, "services": [{"novel": True}]}
    # a newer API than the document's is what this is about
    undocumented_answers.clear()


def test_a_protected_machine_stays_protected() -> None:
    world = World()
    with world.client() as fly:
        fly.ensure(Machine("web", "server", {"image": "nginx"}, protect=True))
    nouns = executed(world.check(named=2).source)
    with world.client() as fly, pytest.raises(ProtectedError):
        fly.destroy(Machine("web", "server", {}))
    assert [noun.protect for noun in nouns] == [False, True]


def test_one_that_runs_with_an_older_secret_is_not_restarted_by_being_named() -> None:
    world = World()
    with world.client() as fly:
        fly.ensure(Machine("web", "server", {"image": "nginx"}), FlySecret("web", "KEY", "1"))
    world.send("POST", "/apps/web/secrets", {"values": {"KEY": "2"}})
    source = world.check(named=3).source
    assert "follow_secrets=False" in source
    assert "# It runs with older values of KEY:" in source


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"host_status": "unreachable"}, "its host is unreachable"),
        ({"state": "launch_failed"}, "its launch failed"),
        ({"config": {"image": "nginx", "auto_destroy": True}}, "with auto_destroy, it is destroyed"),
        ({"config": {"guest": {}}}, "leaves out its config"),
    ],
)
def test_what_cannot_be_named_as_it_is_becomes_a_comment_that_says_why(
    change: dict[str, Any], why: str
) -> None:
    def apply(machine: object) -> None:
        for field, value in change.items():
            setattr(machine, field, value)

    world = World()
    world.machine("server", {"image": "nginx"})
    world.sim.edit_machine("web", "server", apply)
    found = world.check(named=1)
    assert any(why in note for note in found.notes)
    assert "# server = Machine(" in found.source


def test_a_certificate_of_one_s_own_and_an_odd_name_become_comments() -> None:
    world = World()
    world.send("POST", "/apps/web/certificates/acme", {"hostname": "a.example.com"})
    world.send("DELETE", "/apps/web/certificates/a.example.com/acme")
    found = world.check(named=1)
    assert "a certificate of your own" in found.notes[0]


def test_a_volume_on_an_unreachable_host_becomes_a_comment_and_its_machine_names_it_by_id() -> None:
    world = World()
    disk = world.send("POST", "/apps/web/volumes", {"name": "data", "region": "iad"})["id"]
    world.machine("server", {"image": "nginx", "mounts": [{"volume": disk, "path": "/data"}]})
    world.sim.edit_volume("web", "data", lambda volume: attrs.evolve(volume, host_status="unreachable"))
    found = world.check(named=2)
    assert found.notes == ("Commented out: data: its host is unreachable; import again when it is back",)
    assert f'mounts={{"/data": "{disk}"}}' in found.source


def test_a_secret_that_cannot_be_a_variable_becomes_a_comment() -> None:
    world = World()
    world.send("POST", "/apps/web/secrets", {"values": {"not-a-variable": "canary", "KEY": "canary"}})
    found = world.check(named=2)
    [note] = found.notes
    assert note.startswith("Commented out: not_a_variable: FlySecret: name 'not-a-variable' is not valid")
    assert "canary" not in found.source


def test_two_addresses_of_one_kind_are_named_once() -> None:
    world = World()
    for _ in range(2):
        world.send("POST", "/apps/web/ip_assignments", {"type": "v4"})
        world.send("POST", "/apps/web/ip_assignments", {"type": "egress_pair", "region": "iad"})
    source = world.check(named=3).source
    assert source.count("# The app has 2 of these") == 2
    assert 'IpAddress(app, "egress_pair", region="iad")' in source


def test_an_app_that_is_not_there_is_named(cli: Cli) -> None:
    result = cli.run("import", "web")
    assert result.exit_code == 1
    assert result.stderr == "Error: import: App 'web' does not exist; check the name.\n"
    assert "no.pe" in cli.run("import", "no.pe").stderr


def test_what_may_not_be_read_is_an_error_and_no_file(cli: Cli) -> None:
    cli.send("POST", "/apps", {"app_name": "web", "org_slug": "personal"})
    cli.sim.restrict_token("fm2_canary-token", "other")
    result = cli.run("import", "web")
    assert (result.exit_code, result.stdout) == (1, "")


def test_the_command_prints_the_file_and_its_notes_apart(cli: Cli) -> None:
    cli.send("POST", "/apps", {"app_name": "web", "org_slug": "personal"})
    cli.send("POST", "/apps/web/machines", {"name": "a", "config": {"image": "x", "auto_destroy": True}})
    result = cli.ok("import", "web")
    assert executed(result.stdout) == [App("web")]
    assert result.stderr.startswith("Commented out: a: ")
    assert "auto_destroy" in result.stderr
    assert cli.ok("plan", cli.write(result.stdout, "imported.py")).stdout.startswith("Plan: nothing to do")


def test_certificates_are_read_page_by_page() -> None:
    world = World()
    for number in range(3):
        world.send("POST", "/apps/web/certificates/acme", {"hostname": f"h{number}.example.com"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(requests, "_CERTIFICATES", 2)
        world.check(named=4)


@pytest.mark.skipif(not RUFF.exists(), reason="ruff is not in the environment of scripts/check --oldest")
def test_what_is_printed_is_formatted_as_ruff_does() -> None:
    world = World()
    service = {"protocol": "tcp", "internal_port": 80, "ports": [{"port": 80}]}
    env = {f"NAME_{number}": "value" * number for number in range(9)}
    world.machine("a", {"image": "registry.fly.io/web:deployment-01J9", "env": env, "services": [service]})
    texts = ['it\'s "quoted"', "it's", 'say "hi"', "back\\slash\n"]
    world.machine("b", {"image": "x", "init": {"cmd": texts}})
    world.send("POST", "/apps/web/secrets", {"values": {f"SECRET_{n}": "x" for n in range(9)}})
    source = world.check().source
    arguments = [str(RUFF), "format", "--isolated", "--diff", "--stdin-filename", "imported.py", "-"]
    done = subprocess.run(arguments, input=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("wrong", ["Machines_list", "Volumes_list"])
def test_a_list_that_is_empty_once_loses_nothing_and_one_that_stays_so_is_told(wrong: str) -> None:
    world = World()
    world.client().ensure(Volume("web", "data", region="iad"))
    world.machine("server", {"image": "nginx"})
    whole = world.imported()
    world.sim.faults.add(Fault("empty", operation=wrong))
    assert world.imported() == whole
    world.sim.behaviour = Behaviour(empty_lists=frozenset({wrong}))
    with pytest.raises(ContradictionError, match="counts 1"):
        world.imported()
