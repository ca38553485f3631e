"""Whatever the service says, `import` prints literals and comments: none of its text becomes code."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, cast

import httpx
import pytest
from fly_machines import models
from hypothesis import given
from hypothesis import strategies as st

from fly_resources import Fly, Machine, Secret
from fly_resources.cli._importing import Held, Imported, read, write
from fly_resources.errors import FlyError, ReconcileError
from fly_resources.testing import VirtualClock
from tests.cli.test_import import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

#: Texts that end what they stand in, or look like code.
BREAKOUTS = (
    'web"""\nimport os; os.system("touch PWNED")\n"""',
    "'; import os #",
    '"; import os #',
    "\\",
    "\\'",
    '\\"""',
    "{0.__class__}",
    "{name}",
    "%s",
    "a\nimport os",
    "a\rimport os",
    "a\x0cimport os",
    "a\u2028import os\u2029",
    "\x00",
    "\x1b[2J",
    "\u202e",
    "\ud800",
    "# coding: utf-7",
    "-*- coding: utf-7 -*-",
    "+AAo-import os",
    "\uff41\uff42\uff43",
    "os.system",
    "__import__('os')",
    "app",
    "resources",
    "print",
    "class",
    "",
    " ",
    "x" * 300,
)
texts = st.sampled_from(BREAKOUTS) | st.text(max_size=12)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
#: Mostly text where the API has text, and sometimes anything.
fields = texts | json_values


def objects(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=parts)


def rows(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Make objects that have all that the SDK's models cannot do without."""
    times = {"created_at": st.just("2026-11-29T08:13:00Z"), "private_ip": texts, "zone": texts}
    return st.fixed_dictionaries({**times, **parts})


configs = objects(
    image=fields,
    env=st.dictionaries(texts, texts, max_size=3) | json_values,
    metadata=st.dictionaries(
        st.sampled_from(["fly_resources.applied", "fly_resources.name", "fly_resources.secrets", "fly_a"])
        | texts,
        texts,
        max_size=3,
    )
    | json_values,
    mounts=st.lists(objects(path=fields, volume=fields), max_size=2) | json_values,
    services=st.lists(objects(protocol=fields, internal_port=fields), max_size=2) | json_values,
    checks=st.dictionaries(texts, json_values, max_size=2),
    unheard_of=json_values,
)
machines = rows(
    id=fields,
    name=fields,
    state=fields,
    region=fields,
    host_status=st.sampled_from(["ok", "unreachable"]) | fields,
    config=configs | json_values,
    instance_id=texts,
)
volumes = rows(
    id=fields,
    name=fields,
    region=fields,
    state=fields,
    size_gb=st.integers() | fields,
    snapshot_retention=st.integers() | fields,
    auto_backup_enabled=st.booleans() | fields,
    encrypted=st.booleans() | fields,
    host_status=fields,
)
worlds: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    app=rows(name=fields, network=fields, organization=objects(slug=fields, name=fields) | json_values),
    machines=st.lists(machines, max_size=2),
    volumes=st.lists(volumes, max_size=2),
    secrets=st.lists(rows(name=fields, digest=fields), max_size=2),
    certificates=st.lists(
        rows(hostname=fields, acme_requested=fields, has_fly_certificate=fields), max_size=2
    ),
    addresses=st.lists(
        rows(
            ip=st.sampled_from(["1.2.3.4", "fdaa::1", "2a09::1"]) | fields,
            region=fields,
            shared=fields,
            egress=fields,
            service_name=fields,
            network=objects(name=fields, organization=json_values) | json_values,
        ),
        max_size=2,
    ),
)

_NOUNS = frozenset({"App", "Certificate", "FlySecret", "IpAddress", "Machine", "Volume"})


def check(source: str) -> None:
    """Hold a file against the only shape that `import` may print."""
    compile(source, "imported.py", "exec")
    first, *rest = ast.parse(source.encode("utf-8", "surrogatepass").decode("utf-8", "strict")).body
    assert isinstance(first, ast.Expr), ast.dump(first)
    assert isinstance(first.value, ast.Constant)
    assert str(first.value.value).startswith("What the app web holds,")
    known = set[str]()
    for statement in rest:
        if isinstance(statement, ast.Import):
            assert [(each.name, each.asname) for each in statement.names] == [("os", None)]
        elif isinstance(statement, ast.ImportFrom):
            assert (statement.module, statement.level) == ("fly_resources", 0)
            assert {each.name for each in statement.names} <= _NOUNS
            assert all(each.asname is None for each in statement.names)
        else:
            assert isinstance(statement, ast.Assign), ast.dump(statement)
            [target] = statement.targets
            assert isinstance(target, ast.Name)
            assert target.id not in known | _NOUNS | {"os"}
            check_value(statement.value, known, of_a_noun=target.id != "resources")
            known.add(target.id)
    assert "resources" in known


def check_value(value: ast.expr, known: set[str], *, of_a_noun: bool) -> None:
    match value:
        case ast.Call(ast.Name(noun), positional, keywords) if of_a_noun:
            assert noun in _NOUNS
            for each in [*positional, *(keyword.value for keyword in keywords)]:
                check_literal(each, known)
            assert all(keyword.arg is not None for keyword in keywords)
        case _:
            assert not of_a_noun, ast.dump(value)
            check_literal(value, known)


def check_literal(value: ast.expr, known: set[str]) -> None:
    match value:
        case ast.Constant() | ast.UnaryOp(ast.USub(), ast.Constant()):
            pass
        case ast.Name(name):
            assert name in known
        case ast.List(items):
            for each in items:
                check_literal(each, known)
        case ast.Dict(keys, items):
            assert None not in keys
            for each in [*filter(None, keys), *items]:
                check_literal(each, known)
        case ast.Call(ast.Name("float"), [ast.Constant("inf" | "-inf" | "nan")], []):
            pass
        case ast.Call(ast.Attribute(ast.Attribute(ast.Name("os"), "environ"), "get"), positional, []):
            assert all(isinstance(each, ast.Constant) for each in positional)
        case _:
            pytest.fail(ast.dump(value))


def written(world: dict[str, Any]) -> Imported | None:
    """Write a world down; None if the answers themselves are refused."""
    makers: dict[str, Callable[[dict[str, Any]], Any]] = {
        "machines": models.Machine.from_dict,
        "volumes": models.Volume.from_dict,
        "secrets": models.AppSecret.from_dict,
        "certificates": models.CertificateSummary.from_dict,
        "addresses": models.IpAssignment.from_dict,
    }
    try:
        app = models.App.from_dict(world["app"])
        rows = {key: [make(each) for each in world[key]] for key, make in makers.items()}
    except (AttributeError, KeyError, TypeError, ValueError):
        return None  # the SDK turns it into a DecodeError
    try:
        return write(Held("web", app, **rows))
    except FlyError:
        return None


@given(worlds)
def test_none_of_it_becomes_code(world: dict[str, Any]) -> None:
    found = written(world)
    if found is not None:
        check(found.source)


@pytest.mark.parametrize("text", BREAKOUTS, ids=ascii)
def test_a_text_that_would_break_out_is_written_as_text(text: str) -> None:
    times = {"created_at": "2026-11-29T08:13:00Z", "private_ip": text, "zone": text, "encrypted": True}
    config = {"image": text, "env": {text: text}, text: text, "mounts": [{"path": text, "volume": text}]}
    machine = {"id": text, "name": text, "state": text, "region": text, "config": config}
    volume = {"id": text, "name": text, "state": text, "region": text, "size_gb": 3}
    found = written(
        {
            "app": times | {"name": text, "organization": {"slug": text, "name": text}, "network": text},
            "machines": [times | machine, times | machine | {"host_status": text}],
            "volumes": [times | volume, times | volume | {"host_status": text}],
            "secrets": [{"name": text, "digest": text}],
            "certificates": [{"hostname": text}],
            "addresses": [{"ip": "1.2.3.4", "region": text, "service_name": text}],
        }
    )
    assert found is not None
    check(found.source)


def test_the_name_that_was_typed_is_the_one_that_is_written() -> None:
    said = BREAKOUTS[0]

    def answer(request: httpx.Request) -> httpx.Response:
        empty: dict[str, Any] = {"name": said, "secrets": [], "certificates": [], "ips": []}
        lists = request.url.path.endswith(("/machines", "/volumes"))
        return httpx.Response(200, json=[] if lists else empty)

    with Fly("t", transport=httpx.MockTransport(answer), clock=VirtualClock()) as fly:
        found = write(read(fly, "web"))
    check(found.source)
    assert "PWNED" not in found.source
    assert 'app = App("web")' in found.source


def test_values_of_another_kind_are_an_error_of_this_library() -> None:
    odd = {"id": "m", "name": ["x"], "state": "started", "region": "iad", "config": {}}
    machine = models.Machine.from_dict(odd | {"created_at": "2026-11-29T08:13:00Z", "private_ip": "fdaa::1"})
    held = Held(
        "web", models.App.from_dict({"name": "web", "id": "a", "organization": {}}), [machine], [], [], [], []
    )
    with pytest.raises(ReconcileError, match="another kind"):
        write(held)


def test_what_was_given_as_a_secret_is_left_out_or_pointed_at() -> None:
    world = World()
    check_of = {"type": "http", "port": 80, "path": Secret("/health?key=once")}
    with world.client() as fly:
        fly.ensure(
            Machine(
                "web",
                "server",
                cast("MachineConfigDict", {"image": "nginx", "checks": {"a": check_of}}),
                region="iad",
            )
        )
    source = world.imported().source
    assert "# These look like secrets: checks.a.path." in source
