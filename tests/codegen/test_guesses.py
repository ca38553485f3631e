"""Operations by the words of other tools: the bound operations say which one is meant."""

from __future__ import annotations

import copy
import inspect
import typing
from typing import Any

import fly_machines.models
import pytest
from fly_machines import Client
from fly_machines.bound import Api, AsyncApi

API = Api(Client(base_url="https://api.machines.dev/v1"))
TAGS = [name for name in dir(Api) if not name.startswith("_")]


def _said(thing: object, name: str) -> str:
    with pytest.raises(AttributeError) as caught:
        getattr(thing, name)
    return str(caught.value)


@pytest.mark.parametrize(
    ("tag", "guesses", "meant"),
    [
        ("apps", "destroy remove rm", "apps.delete"),
        ("apps", "new launch", "apps.create"),
        ("apps", "show status describe info", "apps.get"),
        ("apps", "create_token", "apps.create_deploy_token"),
        ("machines", "destroy remove terminate destroy_machine delete_machine", "machines.delete"),
        ("machines", "run clone create_machine", "machines.create"),
        ("machines", "show describe read get_machine retrieve", "machines.get"),
        ("machines", "ls all list_machines get_all", "machines.list"),
        ("machines", "kill", "machines.signal"),
        ("machines", "reboot", "machines.restart"),
        ("machines", "shutdown halt", "machines.stop"),
        ("machines", "execute ssh run_command", "machines.exec"),
        ("machines", "ps top", "machines.list_processes"),
        ("machines", "events", "machines.list_events"),
        ("machines", "versions", "machines.list_versions"),
        ("machines", "modify edit scale", "machines.update"),
        ("machines", "lock acquire_lease", "leases"),
        ("machines", "set_metadata", "metadata.set"),
        ("machines", "logs", "logs"),
        ("machines", "lists", "machines.list"),
        ("volumes", "destroy", "volumes.delete"),
        ("volumes", "resize grow", "volumes.extend"),
        ("volumes", "fork", "volumes.create"),
        ("volumes", "create_snapshot", "snapshots.create"),
        ("secrets", "unset", "secrets.delete"),
        ("secrets", "create put_secret set_secret", "secrets.set"),
        ("secrets", "import", "secrets.update"),
        ("certificates", "add create setup", "certificates.create_acme"),
        ("certificates", "remove", "certificates.delete"),
        ("certificates", "import", "certificates.create_custom"),
        ("certificates", "show", "certificates.get"),
        ("ip_assignments", "allocate", "ip_assignments.create"),
        ("ip_assignments", "release destroy", "ip_assignments.delete"),
        ("leases", "create lock renew", "leases.acquire"),
        ("leases", "delete unlock", "leases.release"),
        ("metadata", "remove", "metadata.delete"),
        ("network_policies", "add", "network_policies.create"),
        ("organizations", "machines", "organizations.list_machines"),
        ("platform", "regions list", "platform.list_regions"),
        ("platform", "placements", "platform.find_placements"),
        ("postgres", "create", "postgres.clusters_create"),
        ("postgres", "attach", "postgres.attachments_create"),
        ("postgres", "users", "postgres.users_list"),
        ("secret_keys", "create", "secret_keys.generate"),
        ("snapshots", "ls", "snapshots.list"),
        ("tokens", "whoami", "tokens.get_current"),
        ("logs", "tail get", "logs.list_app"),
    ],
)
def test_a_word_of_another_tool_is_answered_with_the_operation(tag: str, guesses: str, meant: str) -> None:
    for guess in guesses.split():
        said = _said(getattr(API, tag), guess)
        assert f" has no attribute {guess!r}: use {meant}" in said


@pytest.mark.parametrize(
    ("guess", "meant"),
    [
        ("machine", "machines, as in machines.list(...)"),
        ("servers", "machines, as in machines.list(...)"),
        ("ips", "ip_assignments, as in ip_assignments.list(...)"),
        ("certs", "certificates, as in certificates.list(...)"),
        ("orgs", "organizations, as in organizations.list_machines(...)"),
        ("machines_list", "machines.list(...)"),
        ("create_app", "apps.create(...)"),
        ("destroy_volume", "volumes.delete(...)"),
        ("release_ip", "ip_assignments.delete(...)"),
        ("list_regions", "platform.list_regions(...)"),
    ],
)
def test_a_tag_by_another_name_is_answered_with_the_tag(guess: str, meant: str) -> None:
    assert _said(API, guess) == f"'Api' object has no attribute {guess!r}: use {meant}"


def test_no_other_operation_is_made_up() -> None:
    """Whatever is suggested is there: of each word, on each tag."""
    from fly_machines import guesses  # noqa: PLC0415  # only for its words

    words = {word for words in vars(guesses)["_OPERATIONS"] for word in words.split()}
    for tag in TAGS:
        operations = getattr(API, tag)
        for word in words - set(dir(operations)):
            _, _, meant = _said(operations, word).partition(": use ")
            if meant and ", as in " not in meant:
                other, _, verb = meant.removesuffix("(...)").partition(".")
                assert callable(getattr(getattr(API, other), verb))


@pytest.mark.parametrize("name", ["frobnicate", "_private", "__len__"])
def test_what_nobody_can_have_meant_is_answered_as_python_does(name: str) -> None:
    assert _said(API.machines, name) == f"'Machines' object has no attribute {name!r}"
    assert _said(API, name) == f"'Api' object has no attribute {name!r}"
    assert not hasattr(API.machines, name)


def test_awaited_operations_answer_alike() -> None:
    api = AsyncApi(Client(base_url="https://api.machines.dev/v1"))
    assert (
        _said(api.machines, "destroy")
        == "'AsyncMachines' object has no attribute 'destroy': use machines.delete(...)"
    )
    assert _said(api, "list_regions").endswith("use platform.list_regions(...)")


def test_operations_can_be_copied() -> None:
    assert repr(copy.copy(API.machines)) == repr(API.machines)


@pytest.mark.parametrize("name", sorted(fly_machines.models.__all__))
def test_hints_of_every_model_are_resolved(name: str) -> None:
    kind = getattr(fly_machines.models, name)
    hints = typing.get_type_hints(kind)
    if "to_dict" in vars(kind):
        assert hints


@pytest.mark.parametrize("api", [Api, AsyncApi])
def test_hints_of_every_bound_operation_are_resolved(api: Any) -> None:  # noqa: ANN401  # a class
    for tag in TAGS:
        kind = typing.get_type_hints(vars(api)[tag].fget)["return"]
        for name, function in inspect.getmembers(kind, inspect.isfunction):
            if not name.startswith("_"):
                assert "return" in typing.get_type_hints(function)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda api: api.machines.create("shop", config={}),
            "has no argument 'config': use body={'config': ...}",
        ),
        (
            lambda api: api.machines.create("shop", image="x"),
            "has no argument 'image': use body={'config': {'image': ...}}",
        ),
        (lambda api: api.machines.get(app="shop"), "has no argument 'app': use app_name="),
        (lambda api: api.machines.list("shop", states=[]), "has no argument 'states': use state="),
        (lambda api: api.machines.list("shop", zzz=1), "its arguments are app_name, cursor, include_deleted"),
        (
            lambda api: api.apps.list("personal"),
            "takes nothing by position; give the others by name: app_role=",
        ),
        (lambda api: api.machines.get("shop"), "needs machine_id, as in machines.get(app_name, machine_id)"),
        (lambda api: api.machines.list("shop", app_name="x"), "is given 'app_name' by position and by name"),
        (lambda api: api.machines.iterate("shop", cursor="x"), "has no argument 'cursor'"),
    ],
)
def test_wrong_arguments_are_answered_with_those_that_fit(call: Any, said: str) -> None:  # noqa: ANN401
    with pytest.raises(TypeError) as caught:
        call(API)

    assert said in str(caught.value)


def test_an_awaited_operation_says_so_too_and_stays_a_coroutine_function() -> None:
    operation: Any = AsyncApi(Client(base_url="https://api.machines.dev/v1")).machines.get

    with pytest.raises(TypeError, match="needs machine_id"):
        operation("shop").send(None)
    assert inspect.iscoroutinefunction(operation)
    assert list(inspect.signature(operation).parameters)[:2] == ["app_name", "machine_id"]


def test_a_type_error_from_inside_is_passed_on() -> None:
    with pytest.raises(TypeError) as caught:
        API.machines.list("shop", timeout=0)

    assert "timeout is 0: give seconds above 0" in str(caught.value)
