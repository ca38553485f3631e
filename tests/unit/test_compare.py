"""Declared config against observed config: single rules of comparing, merging and marking."""

from __future__ import annotations

from typing import Any

import pytest

from fly_resources._config.compare import (
    MARKER_KEY,
    Path,
    declared_paths,
    differences,
    merge,
    parse_duration,
    plain,
    read_marker,
    removed_paths,
    render,
    secret_places,
    without_nulls,
    write_marker,
)
from fly_resources.report import Change
from fly_resources.resources import Secret

Config = dict[str, Any]
_SECOND = 10**9


@pytest.mark.parametrize(
    ("text", "nanoseconds"),
    [
        ("60s", 60 * _SECOND),
        ("1m0s", 60 * _SECOND),
        ("1m30s", 90 * _SECOND),
        ("1.5m", 90 * _SECOND),
        (".5s", _SECOND // 2),
        ("1.s", _SECOND),
        ("1h2m3s", 3723 * _SECOND),
        ("1500ms", 3 * _SECOND // 2),
        ("100us", 100_000),
        ("100µs", 100_000),
        ("100μs", 100_000),
        ("7ns", 7),
        ("0", 0),
        ("+0", 0),
        ("-0", 0),
        ("0s", 0),
        ("-5s", -5 * _SECOND),
        ("+5s", 5 * _SECOND),
        ("0.1s", _SECOND // 10),
        ("9007199254740993ns", 9007199254740993),
        (60 * _SECOND, 60 * _SECOND),
        ("", None),
        ("60", None),
        ("s", None),
        ("1m 30s", None),
        ("1d", None),
        ("soon", None),
        ("1..5s", None),
        ("\u0663s", None),
    ],
)
def test_durations_are_read_as_go_reads_them(text: str | int, nanoseconds: int | None) -> None:
    assert parse_duration(text) == nanoseconds


def test_a_duration_of_hundreds_of_digits_is_survived() -> None:
    assert parse_duration("9" * 400 + "h") is not None


@pytest.mark.parametrize(
    "path",
    [
        ("checks", "alive", "interval"),
        ("checks", "alive", "timeout"),
        ("checks", "alive", "grace_period"),
        ("services", 0, "checks", 0, "interval"),
        ("stop_config", "timeout"),
    ],
)
@pytest.mark.parametrize("declared", ["60s", "1m", 60 * _SECOND])
def test_a_duration_is_the_same_however_it_is_spelt(path: Path, declared: str | int) -> None:
    assert differences(_nest(path, declared), _nest(path, "1m0s")) == []
    assert differences(_nest(path, declared), _nest(path, "1m1s")) == [Change(render(path), "1m1s", declared)]


@pytest.mark.parametrize(
    ("path", "declared", "observed"),
    [
        (("env", "timeout"), "60s", "1m"),
        (("metadata", "interval"), "60s", "1m0s"),
        (("containers", 0, "healthchecks", 0, "interval"), 1, _SECOND),
        (("services", 0, "ports", 0, "http_options", "idle_timeout"), 1, 2),
    ],
)
def test_elsewhere_the_same_words_are_no_durations(path: Path, declared: object, observed: object) -> None:
    [change] = differences(_nest(path, declared), _nest(path, observed))

    assert (change.path, change.after) == (render(path), declared)


def test_what_is_no_duration_is_compared_as_it_is() -> None:
    assert differences({"stop_config": {"timeout": "soon"}}, {"stop_config": {"timeout": "soon"}}) == []
    for other in ("1s", "later"):
        assert (
            len(differences({"stop_config": {"timeout": "soon"}}, {"stop_config": {"timeout": other}})) == 1
        )


@pytest.mark.parametrize(
    ("declared", "observed", "same"),
    [
        ("off", False, True),
        (False, False, True),
        ("stop", True, True),
        (True, True, True),
        ("suspend", "suspend", True),
        ("off", True, False),
        ("stop", "suspend", False),
        ("suspend", True, False),
        ("off", None, False),
    ],
)
def test_autostop_is_read_in_both_spellings(declared: object, observed: object, same: bool) -> None:  # noqa: FBT001  # a table
    changes = differences({"services": [{"autostop": declared}]}, {"services": [{"autostop": observed}]})

    assert changes == ([] if same else [Change("services[0].autostop", observed, declared)])


def test_only_what_is_declared_is_compared() -> None:
    observed = {
        "image": "x",
        "init": {},
        "restart": {"policy": "on-failure"},
        "guest": {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256},
        "env": {"A": "1", "THEIRS": "2"},
        "services": [{"internal_port": 80, "autostart": True, "ports": [{"port": 80, "force_https": False}]}],
    }
    declared = {
        "image": "x",
        "env": {"A": "1"},
        "services": [{"internal_port": 80, "ports": [{"port": 80}]}],
        "guest": {"memory_mb": 256},
    }

    assert differences(declared, observed) == []


def test_each_difference_has_its_own_path() -> None:
    declared = {
        "image": "new",
        "env": {"A": "1", "a.b": "2"},
        "services": [{"ports": [{"port": 80}, {"port": 443, "handlers": ["tls", "http"]}]}],
    }
    observed = {
        "image": "old",
        "env": {"A": "0"},
        "services": [{"ports": [{"port": 80}, {"port": 444, "handlers": ["tls"]}]}],
    }

    assert differences(declared, observed) == [
        Change("image", "old", "new"),
        Change("env.A", "***", "1"),
        Change('env["a.b"]', None, "2"),
        Change("services[0].ports[1].port", 444, 443),
        Change("services[0].ports[1].handlers", ["tls"], ["tls", "http"]),
    ]


def test_lists_of_objects_differ_by_their_length() -> None:
    one, two = {"internal_port": 1}, {"internal_port": 2}

    assert differences({"services": [one, two]}, {"services": [one]}) == [Change("services[1]", None, two)]
    assert differences({"services": [one]}, {"services": [one, two]}) == [Change("services[1]", two, None)]
    assert differences({"services": [one]}, {}) == [Change("services[0]", None, one)]
    assert differences({"services": [two, one]}, {"services": [one, two]}) == [
        Change("services[0].internal_port", 1, 2),
        Change("services[1].internal_port", 2, 1),
    ]


def test_an_empty_list_is_no_list_and_nothing_else() -> None:
    assert differences({"services": []}, {}) == []
    assert differences({"services": []}, {"services": None}) == []
    assert differences({"services": []}, {"services": [{"internal_port": 80}]}) == [
        Change("services", [{"internal_port": 80}], [])
    ]


@pytest.mark.parametrize(
    "path",
    [
        ("metadata", "team"),
        ("env", "A"),
        ("init", "cmd"),
        ("init", "entrypoint"),
        ("init", "exec"),
        ("init", "kernel_args"),
        ("files", 0, "raw_value"),
        ("checks", "up", "headers"),
        ("future", "key"),  # of a key that nobody knows, nobody knows what it is
    ],
    ids=render,
)
def test_what_may_have_been_a_secret_is_not_shown(path: Path) -> None:
    assert differences(_nest(path, ["new"]), _nest(path, ["old"])) == [Change(render(path), "***", ["new"])]
    assert differences({"image": "b"}, {"image": "a"}) == [Change("image", "a", "b")]


def test_an_empty_object_declares_nothing() -> None:
    declared = {"image": "x", "env": {}, "init": {}}
    observed = {"image": "x", "env": {"THEIRS": "1"}}

    assert differences(declared, observed) == []
    assert merge(observed, None, declared) == {"image": "x", "env": {"THEIRS": "1"}, "init": {}}
    assert declared_paths(declared) == {("image",)}


def test_an_object_in_place_of_a_value_differs() -> None:
    assert differences({"restart": {"policy": 1}}, {"restart": "text"}) == [Change("restart.policy", None, 1)]
    assert differences({"restart": {}}, {"restart": "text"}) == [Change("restart", "text", {})]
    assert differences({"restart": "text"}, {"restart": {"policy": 1}}) == [
        Change("restart", {"policy": 1}, "text")
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("image",), "image"),
        (("services", 0, "ports", 1, "port"), "services[0].ports[1].port"),
        (("env", "a.b"), 'env["a.b"]'),
        (("env", 'a"b'), 'env["a\\"b"]'),
        (("env", ""), 'env[""]'),
        (("env", "7"), "env.7"),
        (("checks", "http-up", "path"), "checks.http-up.path"),
    ],
)
def test_paths_are_written_for_people(path: Path, text: str) -> None:
    assert render(path) == text


# Merging


def test_what_we_no_longer_declare_goes_and_what_others_added_stays() -> None:
    observed = {"image": "x", "env": {"OURS": "1", "GONE": "2", "THEIRS": "3"}, "standbys": ["m1"]}
    applied = declared_paths({"image": "x", "env": {"OURS": "1", "GONE": "2"}})
    declared = {"image": "y", "env": {"OURS": "1"}}

    assert merge(observed, applied, declared) == {
        "image": "y",
        "env": {"OURS": "1", "THEIRS": "3"},
        "standbys": ["m1"],
    }
    assert removed_paths(observed, applied, declared) == [Change("env.GONE", "***", None)]


def test_without_a_marker_nothing_goes() -> None:
    observed = {"image": "x", "env": {"A": "1"}}

    assert merge(observed, None, {"image": "x"}) == observed
    assert removed_paths(observed, None, {"image": "x"}) == []


def test_the_last_key_takes_its_empty_object_along() -> None:
    applied = declared_paths({"image": "x", "stop_config": {"signal": "SIGTERM"}, "env": {"A": "1"}})
    observed = {"image": "x", "stop_config": {"signal": "SIGTERM", "timeout": "5s"}, "env": {"A": "1"}}

    assert merge(observed, applied, {"image": "x"}) == {"image": "x", "stop_config": {"timeout": "5s"}}


def test_what_is_gone_already_is_no_change() -> None:
    applied = declared_paths({"image": "x", "env": {"A": "1"}, "services": [{"internal_port": 80}]})

    assert removed_paths({"image": "x"}, applied, {"image": "x"}) == []
    assert merge({"image": "x"}, applied, {"image": "x"}) == {"image": "x"}


@pytest.mark.parametrize("left", [{}, {"services": []}, {"services": [{"internal_port": 80}]}])
def test_what_is_gone_with_its_row_is_no_change(left: Config) -> None:
    declared = {"services": [{"internal_port": 80}, {"internal_port": 81}]}
    applied = declared_paths({"services": [{"internal_port": 80}, {"internal_port": 81, "protocol": "tcp"}]})

    assert removed_paths(left, applied, declared) == []
    assert merge(left, applied, declared) == declared


@pytest.mark.parametrize("value", ["", "text"])
def test_what_others_have_put_in_place_of_our_object_stays(value: str) -> None:
    applied = declared_paths({"init": {"extra": {"ours": 1}}})

    assert merge({"init": {"extra": value}}, applied, {}) == {"init": {"extra": value}}


def test_a_list_goes_whole_when_it_is_no_longer_declared() -> None:
    services: list[Config] = [{"internal_port": 80, "protocol": "tcp"}, {"internal_port": 81}]
    kept = [{**each, "autostart": True} for each in services]
    applied = declared_paths({"image": "x", "services": services})

    assert merge({"image": "x", "services": kept}, applied, {"image": "x"}) == {"image": "x"}
    assert removed_paths({"image": "x", "services": kept}, applied, {"image": "x"}) == [
        Change("services", kept, None)
    ]


def test_a_shorter_list_drops_its_tail_only() -> None:
    one: Config = {"internal_port": 80}
    two: Config = {"internal_port": 81}
    applied = declared_paths({"services": [one, two]})
    observed = {"services": [{**one, "autostart": True}, two]}

    assert merge(observed, applied, {"services": [one]}) == {"services": [{**one, "autostart": True}]}
    assert removed_paths(observed, applied, {"services": [one]}) == []  # the comparison names the tail
    assert differences({"services": [one]}, observed) == [Change("services[1]", two, None)]


def test_a_key_inside_a_list_goes_alone() -> None:
    applied = declared_paths({"services": [{"internal_port": 80, "autostop": "stop"}]})
    observed = {"services": [{"internal_port": 80, "autostop": True, "autostart": True}]}
    declared = {"services": [{"internal_port": 80}]}

    assert merge(observed, applied, declared) == {"services": [{"internal_port": 80, "autostart": True}]}
    assert removed_paths(observed, applied, declared) == [
        Change("services[0].autostop", before=True, after=None)
    ]


def test_a_row_stays_when_its_only_key_goes() -> None:
    applied = declared_paths({"services": [{"autostop": "stop"}]})
    declared = {"services": [{"internal_port": 80}]}

    assert merge({"services": [{"autostop": True}]}, applied, declared) == declared


def test_a_nested_list_goes_without_its_holder() -> None:
    applied = declared_paths({"services": [{"internal_port": 80, "checks": [{"type": "tcp"}]}]})
    observed = {"services": [{"internal_port": 80, "checks": [{"type": "tcp", "interval": "15s"}]}]}
    declared = {"services": [{"internal_port": 80}]}

    assert merge(observed, applied, declared) == {"services": [{"internal_port": 80}]}
    assert [change.path for change in removed_paths(observed, applied, declared)] == ["services[0].checks"]


def test_a_check_goes_whole() -> None:
    applied = declared_paths({"checks": {"a": {"type": "tcp", "port": 80}, "b": {"type": "tcp"}}})
    observed = {
        "checks": {"a": {"type": "tcp", "port": 80, "interval": "15s"}, "b": {"type": "tcp"}, "c": {}}
    }
    declared = {"checks": {"b": {"type": "tcp"}}}

    assert merge(observed, applied, declared) == {"checks": {"b": {"type": "tcp"}, "c": {}}}
    assert [change.path for change in removed_paths(observed, applied, declared)] == ["checks.a"]


def test_one_field_of_a_check_goes_alone() -> None:
    applied = declared_paths({"checks": {"a": {"type": "http", "path": "/up"}}})
    observed = {"checks": {"a": {"type": "http", "path": "/up", "interval": "15s"}}}
    declared = {"checks": {"a": {"type": "http"}}}

    assert merge(observed, applied, declared) == {"checks": {"a": {"type": "http", "interval": "15s"}}}


def test_of_an_object_within_a_check_what_others_added_stays() -> None:
    applied = declared_paths({"checks": {"a": {"type": "http", "labels": {"ours": "1"}}}})
    observed = {"checks": {"a": {"type": "http", "labels": {"ours": "1", "theirs": "2"}}}}
    declared = {"checks": {"a": {"type": "http"}}}

    assert merge(observed, applied, declared) == {
        "checks": {"a": {"type": "http", "labels": {"theirs": "2"}}}
    }


def test_of_an_object_that_is_no_longer_declared_what_others_added_stays() -> None:
    applied = declared_paths({"init": {"extra": {"ours": 1}}})
    observed = {"init": {"extra": {"ours": 1, "theirs": 2}}}

    assert merge(observed, applied, {}) == {"init": {"extra": {"theirs": 2}}}


def test_a_list_of_objects_grows_at_its_end() -> None:
    one, two = {"internal_port": 80, "protocol": "tcp"}, {"internal_port": 81}

    assert merge({"services": [one]}, None, {"services": [{"internal_port": 80}, two]}) == {
        "services": [one, two]
    }


def test_of_a_list_of_objects_the_undeclared_keys_stay() -> None:
    observed = {"mounts": [{"path": "/data", "volume": "vol_1", "encrypted": True, "size_gb": 3}]}

    assert merge(observed, None, {"mounts": [{"path": "/data", "volume": "vol_1"}]}) == observed


def test_what_a_machine_mounts_is_never_cut_and_how_that_grows_is() -> None:
    mount = {"path": "/data", "volume": "vol_1", "name": "data", "encrypted": True, "size_gb": 3}
    declared = {"image": "a", "mounts": [{**mount, "extend_threshold_percent": 80}]}
    applied = declared_paths(declared)
    assert merge(declared, applied, {"image": "a"}) == {"image": "a", "mounts": [mount]}
    removed = removed_paths(declared, applied, {"image": "a"})
    assert [each.path for each in removed] == ["mounts[0].extend_threshold_percent"]


def test_what_else_was_declared_beside_a_mount_goes() -> None:
    mounts = [{"path": "/data", "volume": "vol_1", "name": "data"}]
    observed = {"image": "a", "mounts": mounts, "env": dict.fromkeys("ABCDEF", "1")}
    assert merge(observed, declared_paths(observed), {"image": "a"}) == {"image": "a", "mounts": mounts}


def test_a_mount_that_others_added_stays_when_no_mounts_are_declared_any_more() -> None:
    observed = {"image": "a", "mounts": [{"path": "/data", "volume": "vol_1"}]}
    applied = declared_paths({"image": "a", "mounts": []})
    assert merge(observed, applied, {"image": "a"}) == observed


# Size and guest


_GUEST = {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256}


def test_a_new_size_replaces_the_guest_that_the_old_one_stood_for() -> None:
    observed = {"image": "x", "size": "shared-cpu-1x", "guest": _GUEST}

    assert merge(observed, None, {"image": "x", "size": "shared-cpu-2x"}) == {
        "image": "x",
        "size": "shared-cpu-2x",
    }


def test_a_new_size_needs_no_guest_to_replace() -> None:
    assert merge({"size": "shared-cpu-1x"}, None, {"size": "shared-cpu-2x"}) == {"size": "shared-cpu-2x"}


def test_a_new_size_keeps_what_else_the_guest_says() -> None:
    observed = {"size": "shared-cpu-1x", "guest": {**_GUEST, "kernel_args": ["quiet"]}}

    assert merge(observed, None, {"size": "shared-cpu-2x"}) == {
        "size": "shared-cpu-2x",
        "guest": {"kernel_args": ["quiet"]},
    }


def test_the_same_size_keeps_a_guest_that_others_have_scaled() -> None:
    observed = {"size": "shared-cpu-1x", "guest": {**_GUEST, "memory_mb": 1024}}

    assert merge(observed, None, {"size": "shared-cpu-1x"}) == observed


def test_a_declared_guest_drops_the_size() -> None:
    observed = {"size": "shared-cpu-1x", "guest": _GUEST}

    assert merge(observed, None, {"guest": {**_GUEST, "memory_mb": 512}}) == {
        "guest": {**_GUEST, "memory_mb": 512}
    }
    assert merge(observed, None, {"guest": {"kernel_args": ["quiet"]}})["size"] == "shared-cpu-1x"


# Secrets


def test_a_changed_secret_shows_neither_value() -> None:
    assert differences({"env": {"KEY": Secret("new")}}, {"env": {"KEY": "old"}}) == [
        Change("env.KEY", "***", "***")
    ]


def test_the_same_secret_is_no_difference() -> None:
    assert differences({"env": {"KEY": Secret("it")}}, {"env": {"KEY": "it"}}) == []


def test_a_secret_inside_a_list_hides_the_list_that_was() -> None:
    declared = {"init": {"cmd": ["serve", Secret("new")]}}

    assert differences(declared, {"init": {"cmd": ["serve", "old"]}}) == [
        Change("init.cmd", "***", ["serve", "***"])
    ]
    assert differences(declared, {"init": {"cmd": ["serve", "new"]}}) == []


def test_a_new_row_hides_its_secrets() -> None:
    declared = {"files": [{"guest_path": "/key", "raw_value": Secret("new")}]}

    assert differences(declared, {}) == [Change("files[0]", None, {"guest_path": "/key", "raw_value": "***"})]


def test_a_row_that_may_have_held_a_secret_is_not_shown_when_it_goes() -> None:
    observed = {"files": [{"guest_path": "/a"}, {"guest_path": "/key", "raw_value": "old"}]}

    [change] = differences({"files": [{"guest_path": "/a"}]}, observed)

    assert change == Change("files[1]", "***", None)


def test_of_a_process_only_what_is_harmless_is_shown_when_it_goes() -> None:
    observed = {"processes": [{"user": "root"}, {"user": "app", "cmd": ["run", "s"], "env": {"KEY": "s"}}]}

    [change] = differences({"processes": [{"user": "root"}]}, observed)

    assert change.before == {"user": "app", "cmd": "***", "env": "***"}


def test_secrets_are_sent_in_the_open() -> None:
    declared = {"env": {"KEY": Secret("v")}, "init": {"cmd": (Secret("a"), "b")}}

    assert plain(declared) == {"env": {"KEY": "v"}, "init": {"cmd": ["a", "b"]}}
    assert merge({}, None, declared) == {"env": {"KEY": "v"}, "init": {"cmd": ["a", "b"]}}


# Markers


@pytest.mark.parametrize(
    "key",
    [
        "A",
        "a b",
        "a/b",
        "~",
        "~1",
        "~5",
        "~05",
        "0",
        "007",
        "12345678",
        "²",
        "",
        " ",
        "\t",
        "\n",
        "\r",
        "\xa0",
        "\u2028",
        "ключ",
        "😀",
    ],
)
def test_a_marker_gives_any_key_back(key: str) -> None:
    declared = {"env": {key: "value"}, "services": [{"ports": [{key: 1}]}]}

    assert read_marker(write_marker(declared)) == frozenset([("env", key), ("services", 0, "ports", 0, key)])


def test_a_marker_is_one_line_of_sorted_paths() -> None:
    env = dict.fromkeys(["a b", "A", "c\nd", "e\tf", "g/h", "i~j", "7", ""], "1")
    declared = {"services": [{"ports": [{"port": 80}]}], "image": "x", "env": env}

    keys = "env/A env/a~2b env/c~3d env/e~4f env/g~1h env/i~0j env/~5 env/~57"
    assert write_marker(declared) == f"v1:{keys} image services/0/ports/0/port"


def test_a_marker_of_nothing_is_not_the_same_as_no_marker() -> None:
    assert write_marker({}) == "v1:"
    assert read_marker("v1:") == frozenset()
    assert read_marker(None) is None
    assert read_marker("") is None
    assert read_marker("v2:image") is None


@pytest.mark.parametrize(
    "text",
    [
        "v1:²",
        "v1: ",
        "v1:/",
        "v1://0",
        "v1:~",
        "v1:" + "9" * 5000,
        "v1:a/²/~9",
        "v1:services/0/b services/b/c",
    ],
)
def test_a_marker_that_others_have_written_into_is_survived(text: str) -> None:
    applied = read_marker(text)
    declared = {"image": "y", "services": [{"internal_port": 80}]}

    assert applied is not None
    assert merge({"image": "x"}, applied, declared) == declared
    assert removed_paths({"image": "x"}, applied, declared) == []


def test_nulls_declare_nothing() -> None:
    assert without_nulls(
        {"a": None, "b": {"c": None, "d": 1}, "e": [{"f": None}, {"g": 2}], "h": ("x",)}
    ) == {
        "b": {"d": 1},
        "e": [{}, {"g": 2}],
        "h": ["x"],
    }


@pytest.mark.parametrize("value", [b"ab", bytearray(b"ab")])
def test_bytes_are_no_list_of_numbers(value: object) -> None:
    assert without_nulls({"future": value}) == {"future": value}, "so that the check refuses them"


def _nest(path: Path, value: object) -> Config:
    for part in reversed(path):
        value = [value] if isinstance(part, int) else {part: value}
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize(
    "declared",
    [
        {"auto_destroy": False},
        {"init": {"tty": False}},
        {"restart": {"max_retries": 0}},
        {"dns": {"skip_registration": False}},
        {"metrics": {"https": False}},
        {"services": [{"min_machines_running": 0, "ports": [{"force_https": False}]}]},
        {"services": [{"ports": [{"http_options": {"replay_cache": [{"allow_bypass": False}]}}]}]},
        {"statics": [{"tigris_bucket": ""}]},
    ],
)
def test_a_zero_that_the_service_leaves_out_is_sent_once_at_most(declared: dict[str, Any]) -> None:
    applied = declared_paths(declared)
    kept = {"services": [{"ports": [{"http_options": {"replay_cache": [{}]}}]}], "statics": [{}]}
    assert bool(differences(declared, kept)) is ("statics" in declared), "that one is not known for it"
    assert differences(declared, kept, applied) == []


@pytest.mark.parametrize(
    "declared",
    [
        {"services": [{"autostart": False}]},
        {"services": [{"ports": [{"http_options": {"compress": False}}]}]},
        {"services": [{"ports": [{"http_options": {"h2_backend": False}}]}]},
        {"env": {"max_retries": ""}},
        {"metadata": {"tty": ""}},
        {"auto_destroy": True},
        {"restart": {"max_retries": 3}},
    ],
)
def test_what_is_not_there_and_does_not_mean_the_same_differs(declared: dict[str, Any]) -> None:
    there: dict[str, Any] = {"services": [{"ports": [{}]}], "env": {}, "metadata": {}}
    assert len(differences(declared, there, declared_paths(declared))) == 1


def test_a_zero_in_place_of_something_else_differs() -> None:
    assert differences({"init": {"tty": False}}, {"init": {"tty": True}})
    assert differences({"restart": {"max_retries": 0}}, {"restart": {"max_retries": 3}})


def test_a_container_s_time_to_stop_is_a_duration() -> None:
    declared = {"containers": [{"name": "a", "stop": {"timeout": "60s"}}]}
    assert differences(declared, {"containers": [{"name": "a", "stop": {"timeout": "1m0s"}}]}) == []
    healthchecks = [{"healthchecks": [{"timeout": 10}]}]
    assert differences({"containers": healthchecks}, {"containers": [{"healthchecks": [{"timeout": 11}]}]})


@pytest.mark.parametrize(
    ("declared", "observed"),
    [
        ({"image": "nginx:1"}, {"image": "nginx:1@sha256:abc"}),
        (
            {"containers": [{"name": "a", "image": "x:1"}]},
            {"containers": [{"name": "a", "image": "x:1@sha256:abc"}]},
        ),
        (
            {"volumes": [{"name": "a", "image": "x:1"}]},
            {"volumes": [{"name": "a", "image": "x:1@sha256:abc"}]},
        ),
    ],
    ids=["machine", "container", "volume"],
)
def test_the_digest_that_the_service_adds_to_an_image_is_no_difference(
    declared: dict[str, Any], observed: dict[str, Any]
) -> None:
    assert differences(declared, observed) == []
    assert merge(observed, None, declared) == declared


def test_text_that_is_called_image_elsewhere_is_compared_as_it_is() -> None:
    [change] = differences({"env": {"image": "a:1"}}, {"env": {"image": "a:1@sha256:abc"}})
    assert change.path == "env.image"
    [pinned] = differences({"image": "a:1@sha256:def"}, {"image": "a:1@sha256:abc"})
    assert pinned.path == "image"


@pytest.mark.parametrize("want", [False, "off"])
def test_an_empty_autostop_is_the_default(want: object) -> None:
    declared = {"services": [{"internal_port": 80, "autostop": want}]}
    assert differences(declared, {"services": [{"internal_port": 80, "autostop": ""}]}) == []
    [change] = differences(declared, {"services": [{"internal_port": 80, "autostop": "stop"}]})
    assert change.path == "services[0].autostop"


@pytest.mark.parametrize(("declared", "observed"), [("off", ""), ("off", False), ("stop", True)])
def test_elsewhere_the_words_of_autostop_are_words(declared: object, observed: object) -> None:
    assert differences({"schedule": declared}, {"schedule": observed})


# The marker as the service keeps it


def test_a_marker_is_written_as_earlier_versions_wrote_it() -> None:
    declared = {
        "image": "a",
        "init": {"swap_size_mb": 1},
        "schedule": Secret("qv-31-odd"),
        "env": {"A": Secret("e7")},
        "dns": {"nameservers": [Secret("n7")], "searches": ["a"]},
    }
    places = "dns/nameservers dns/searches env/A image init/swap_size_mb schedule"
    assert write_marker(declared) == f"v1:{places} ~6dns/nameservers ~6schedule"
    assert read_marker(write_marker(declared)) == declared_paths(declared)


@pytest.mark.parametrize(
    ("marker", "places"),
    [
        ("v1:image schedule ~6schedule", {("schedule",)}),
        ("v1:image ~6services/0/protocol", {("services", "protocol")}),
        ("v1:image", set()),
        ("v2:image ~6schedule", set()),
        (7, set()),
    ],
)
def test_a_marker_tells_where_a_secret_was_given(marker: object, places: set[Path]) -> None:
    assert secret_places({"metadata": {MARKER_KEY: marker}}) == places
    assert secret_places({}) == set()


def test_only_durations_are_compared_as_durations() -> None:
    declared = {"checks": {"a": {"path": "60s", "interval": "60s"}}, "env": {"interval": "60s"}}
    observed = {"checks": {"a": {"path": "1m", "interval": "1m"}}, "env": {"interval": "1m"}}
    assert [each.path for each in differences(declared, observed)] == ["checks.a.path", "env.interval"]


def test_an_image_that_is_no_text_is_a_difference() -> None:
    assert [each.path for each in differences({"image": 7}, {"image": "a"})] == ["image"]


def test_a_name_that_is_only_called_image_is_compared_as_text() -> None:
    digest = "nginx:1@sha256:" + 64 * "a"
    row, other = {"env": {"image": "nginx:1"}}, {"env": {"image": digest}}
    assert [each.path for each in differences({"containers": [row]}, {"containers": [other]})] == [
        "containers[0].env.image"
    ]
    assert differences({"containers": [{"image": "nginx:1"}]}, {"containers": [{"image": digest}]}) == []
    assert differences({"future": {"a": {"image": "nginx:1"}}}, {"future": {"a": {"image": digest}}})


def test_a_change_shows_whether_something_stood_where_a_secret_goes_and_never_what() -> None:
    value = Secret("qv-77-odd")
    assert differences({"schedule": value}, {}) == [Change("schedule", None, "***")]
    assert differences({"schedule": value}, {"schedule": "daily"}) == [Change("schedule", "***", "***")]
    servers = differences({"dns": {"nameservers": [value]}}, {"dns": {"nameservers": ["9.9.9.9"]}})
    assert servers == [Change("dns.nameservers", "***", ["***"])]


@pytest.mark.parametrize(
    ("flag", "declared", "observed", "before"),
    [
        ("schedule", {"schedule": "daily"}, {"schedule": "hidden"}, "***"),
        ("schedule", {"image": "b"}, {"image": "a"}, "a"),
        ("dns", {"dns": {"nameservers": ["9.9.9.9"]}}, {"dns": {"nameservers": ["hidden"]}}, "***"),
        ("dns/nameservers", {"dns": "x"}, {"dns": "hidden"}, "***"),
        (
            "dns/nameservers",
            {"dns": "x"},
            {"dns": {"nameservers": ["hidden"], "searches": ["a"]}},
            {"nameservers": "***", "searches": ["a"]},
        ),
        (
            "dns/nameservers",
            {"dns": []},
            {"dns": [{"nameservers": "hidden"}, 7]},
            [{"nameservers": "***"}, "***"],
        ),
        (
            "services/1/protocol",
            {"services": [{"protocol": "tcp"}]},
            {"services": [{"protocol": "tcp"}, {"internal_port": 80, "protocol": "hidden"}]},
            {"internal_port": 80, "protocol": "***"},
        ),
    ],
)
def test_a_value_is_not_shown_where_an_earlier_run_gave_a_secret(
    flag: str, declared: Config, observed: Config, before: object
) -> None:
    marked = {**observed, "metadata": {MARKER_KEY: f"v1:image ~6{flag}"}}
    [change] = differences(declared, marked)
    assert change.before == before
    assert "hidden" not in str(removed_paths(marked, declared_paths(observed), {}))


def test_a_text_that_is_a_secret_elsewhere_is_not_shown() -> None:
    known = Secret("qv-4711-odd")
    assert differences({"schedule": "daily"}, {"schedule": f"was {known.reveal()}"}) == [
        Change("schedule", "was ***", "daily")
    ]
    assert differences({"schedule": f"now {known.reveal()}"}, {"schedule": "daily"}) == [
        Change("schedule", "***", "now ***")
    ]
