from __future__ import annotations

import copy
import json
import shutil
from collections import Counter
from typing import TYPE_CHECKING

import openapi_spec_validator
import pytest

from scripts.tools.codegen import build, corrections, documents, generator, naming, prose, source, stats, view
from scripts.tools.codegen.documents import CodegenError
from scripts.tools.codegen.layout import Layout

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.tools.codegen.documents import Json


def test_committed_document_is_what_the_inputs_build(layout: Layout) -> None:
    assert layout.document.read_text(encoding="utf-8") == documents.dump(build.build(layout))


def test_document_is_valid_openapi(document: Json) -> None:
    openapi_spec_validator.validate(document)


def test_operation_ids_are_unique_and_each_has_one_endpoint_module(layout: Layout, document: Json) -> None:
    ids = [operation.id for operation in documents.operations(document)]

    assert len(ids) == 105
    assert max(Counter(ids).values()) == 1
    assert generator.endpoint_modules(layout.sdk) == sorted(
        f"{operation.data['tags'][0]}.{operation.id}" for operation in documents.operations(document)
    )


def test_upstream_ids_are_kept_and_unique(document: Json, facts: Json) -> None:
    kept = {
        operation.data["x-upstream-operation-id"]: operation.route
        for operation in documents.operations(document)
    }

    upstream = {operation.id for operation in documents.operations(facts)}
    assert len(upstream) == 100
    assert kept["Machines_patch_metadata"].startswith("PATCH ")
    assert kept["Machines_update_metadata"].startswith("PUT ")  # as published before upstream moved this id
    assert {name: route for name, route in kept.items() if name not in upstream} == {
        "App_Logs_list": "GET /apps/{app_name}/logs",
        "App_NetworkPolicies_create": "POST /apps/{app_name}/network_policies",
        "App_NetworkPolicies_delete": "DELETE /apps/{app_name}/network_policies/{policy_id}",
        "App_NetworkPolicies_list": "GET /apps/{app_name}/network_policies",
        "Machines_list_logs": "GET /apps/{app_name}/machines/{machine_id}/logs",
        "Machines_patch_metadata": "PATCH /apps/{app_name}/machines/{machine_id}/metadata",
    }
    assert upstream - set(kept) == {"Machines_update_metadata_deprecated"}


def test_source_file_holds_the_hashes_and_tools_of_what_is_committed(layout: Layout) -> None:
    assert source.mismatches(layout, generator.tool_versions(layout)) == []


def test_source_file_survives_reading_and_writing(layout: Layout) -> None:
    assert source.Source.load(layout.source).text() == layout.source.read_text(encoding="utf-8")


def test_everything_that_is_published_or_sent_is_described(document: Json) -> None:
    counted = stats.counts(document)

    assert counted["operations undescribed"] == 0
    assert counted["parameters described"] == counted["parameters"]
    assert counted["fields sent and described"] == counted["fields sent"]


def test_only_the_list_of_regions_and_checks_of_tokens_need_no_authentication(document: Json) -> None:
    assert document["security"] == [{"FlyBearerAuth": []}]
    assert [
        operation.id for operation in documents.operations(document) if operation.data.get("security") == []
    ] == ["platform_list_regions", "tokens_authenticate", "tokens_authorize"]


@pytest.mark.parametrize("operation_id", ["machines_list", "volumes_list"])
def test_a_list_with_pages_declares_its_cursors(document: Json, operation_id: str) -> None:
    listed = next(each for each in documents.operations(document) if each.id == operation_id)
    (limit,) = (each["schema"] for each in listed.data["parameters"] if each["name"] == "limit")

    assert set(listed.data["responses"]["200"]["headers"]) == {"fly-next-cursor", "fly-request-id"}
    assert (limit["minimum"], limit["maximum"]) == (1, 1000)
    assert "400" in listed.data["responses"]


def test_apps_have_pages_with_a_cursor_in_the_body(document: Json) -> None:
    assert documents.schemas(document)["ListAppsResponse"]["properties"]["next_cursor"]["type"] == "string"
    (listed,) = (each for each in documents.operations(document) if each.id == "apps_list")
    (limit,) = (each["schema"] for each in listed.data["parameters"] if each["name"] == "limit")
    assert (limit["minimum"], limit["maximum"]) == (1, 5000)


def test_what_is_deprecated_is_marked(document: Json) -> None:
    machine = documents.schemas(document)["Machine"]["properties"]
    assert machine["instance_id"]["deprecated"]
    assert "deprecated" not in machine["version"]
    assert [each.id for each in documents.operations(document) if each.data.get("deprecated")] == [
        "metadata_put"
    ]


def test_an_answer_of_503_may_say_when_to_come_back(document: Json) -> None:
    (listed,) = (each for each in documents.operations(document) if each.id == "postgres_databases_list")

    assert set(listed.data["responses"]["503"]["headers"]) == {"fly-request-id", "retry-after"}


def test_every_operation_declares_its_errors(document: Json) -> None:
    for operation in documents.operations(document):
        declared = operation.data["responses"]
        assert {"default", "429"} <= set(declared), operation.id
        assert ("{" not in operation.path) or "404" in declared, operation.id


def test_the_view_has_successes_only_and_no_parameter_with_a_placeholder(document: Json) -> None:
    shown = view.generation_view(document)

    assert "security" not in shown
    for operation in documents.operations(shown):
        assert operation.data["responses"], operation.id
        assert all(status.startswith("2") for status in operation.data["responses"])
        assert all("{" not in parameter["name"] for parameter in operation.data["parameters"])
    assert "default" in json.dumps(document)
    assert '"default"' not in json.dumps(shown["components"])


def test_building_and_viewing_leave_their_inputs_alone(layout: Layout, facts: Json) -> None:
    before = copy.deepcopy(facts)
    built = build.build_from(facts, layout)
    built_before = copy.deepcopy(built)
    view.generation_view(built)

    assert facts == before
    assert built == built_before


def test_an_operation_without_a_name_stops_the_build(layout: Layout, facts: Json) -> None:
    grown = {
        **facts,
        "paths": {**facts["paths"], "/moons": {"get": {**_operation(facts), "operationId": "Moons_list"}}},
    }

    with pytest.raises(CodegenError, match=r"no entry for the operation: Moons_list"):
        build.build_from(grown, layout)


def test_an_operation_that_is_gone_stops_the_build(facts: Json, layout: Layout) -> None:
    names = naming.Names.load(layout.names)
    corrected = corrections.apply_all(facts, corrections.load(layout.corrections))
    shrunk = {
        **corrected,
        "paths": {path: item for path, item in corrected["paths"].items() if path != "/postgres"},
    }

    with pytest.raises(CodegenError, match=r"that upstream does not have: Postgres_create, Postgres_list"):
        naming.rename(shrunk, names)


@pytest.mark.parametrize(
    ("upstream", "ours"),
    [
        ("fly.MachineConfig", "MachineConfig"),
        ("fly.dnsForwardRule", "DnsForwardRule"),
        ("fly.HTTPOptions", "HttpOptions"),
        ("fly.TLSOptions", "TlsOptions"),
        ("fly.MachineHTTPHeader", "MachineHttpHeader"),
        ("CreateOIDCTokenRequest", "CreateOidcTokenRequest"),
        ("listIPAssignmentsResponse", "ListIpAssignmentsResponse"),
        ("IPPair", "IpPair"),
        ("AppSecrets", "ListAppSecretsResponse"),  # by entry, not by rule
    ],
)
def test_schemas_are_named_by_rule_or_entry(layout: Layout, upstream: str, ours: str) -> None:
    assert naming.Names.load(layout.names).schema_name(upstream) == ours


def test_two_schemas_of_one_name_stop_the_build(facts: Json, layout: Layout) -> None:
    twins = {**facts["components"]["schemas"], "other.Machine": {"type": "object"}}
    corrected = corrections.apply_all(
        {**facts, "components": {"schemas": twins}}, corrections.load(layout.corrections)
    )

    with pytest.raises(CodegenError, match=r"Machine and other\.Machine would both be called Machine"):
        naming.rename(corrected, naming.Names.load(layout.names))


def test_an_enum_without_a_name_stops_the_build(facts: Json, layout: Layout) -> None:
    grown = copy.deepcopy(facts)
    grown["components"]["schemas"]["Machine"]["properties"]["mood"] = {"type": "string", "enum": ["good"]}

    with pytest.raises(CodegenError, match=r"the enum at Machine\.mood has no name"):
        build.build_from(grown, layout)


def test_words_about_something_that_is_not_there_stop_the_build(layout: Layout, document: Json) -> None:
    words = prose.load(layout.prose)
    words["apps"].schemas["App"]["fields"]["moon"] = "A moon."

    with pytest.raises(CodegenError, match=r"prose/apps\.toml: App has no field moon"):
        prose.merge(document, words)


def test_a_mark_of_a_field_that_is_not_there_stops_the_build(layout: Layout, document: Json) -> None:
    words = prose.load(layout.prose)
    words["leases"].secrets.append("Lease.moon")

    with pytest.raises(CodegenError, match=r"prose/leases\.toml marks a field that is not there: Lease\."):
        prose.merge(document, words)


@pytest.mark.parametrize(("operation", "word"), [("apps_list", "safe"), ("apps_create", "twice")])
def test_what_may_be_repeated_is_said_of_posts_in_known_words(
    layout: Layout, document: Json, operation: str, word: str
) -> None:
    words = prose.load(layout.prose)
    words["apps"].operations[operation]["repeat"] = word

    with pytest.raises(CodegenError, match=rf"prose/apps\.toml: repeat of {operation} is for a POST"):
        prose.merge(document, words)


def test_generating_again_gives_the_committed_package_and_names_what_was_touched(
    layout: Layout, document: Json, tmp_path: Path
) -> None:
    shutil.copytree(layout.openapi, tmp_path / "openapi")
    shutil.copytree(layout.sdk, tmp_path / "generated_client" / "fly_machines")
    shutil.copy(layout.root / "pyproject.toml", tmp_path)
    touched = Layout(tmp_path)
    (touched.sdk / "errors.py").write_text("# edited by hand\n", encoding="utf-8")
    (touched.sdk / "models" / "app.py").unlink()
    (touched.sdk / "models" / "moon.py").touch()

    assert generator.differences(document, touched) == [
        "differs: errors.py",
        "missing: models/app.py",
        "not generated: models/moon.py",
    ]


def _operation(facts: Json) -> Json:
    listed: Json = facts["paths"]["/apps"]["get"]
    return listed
