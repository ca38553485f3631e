"""Where observations of the service differ, and what it does at times: switches with defaults."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Literal

import attrs

from fly_resources.testing._lists import LISTS
from fly_resources.testing._switches import Switch, flag, switch, switches

#: Reads that can be behind the world; see `Behaviour.stale_reads`.
LAGGING = frozenset(
    {
        "Apps_list",
        "App_Certificates_list",
        "App_IPAssignments_list",
        "Machines_list",
        "Machines_list_versions",
        "Machines_org_list",
        "Machines_show",
        "Secrets_list",
        "Volumes_get_by_id",
        "Volumes_list",
        "Volumes_org_list",
    }
)


def _check_stale_reads(
    _: object, attribute: attrs.Attribute[Mapping[str, float]], value: Mapping[str, float]
) -> None:
    for operation in value:
        if operation not in LAGGING:
            near = difflib.get_close_matches(operation, LAGGING, 3, 0.0)
            raise ValueError(f"{attribute.name}: {operation} cannot lag; did you mean {', '.join(near)}?")


def _check_lists(_: object, attribute: attrs.Attribute[frozenset[str]], value: frozenset[str]) -> None:
    for operation in value:
        if operation not in LISTS:
            near = difflib.get_close_matches(operation, LISTS, 3, 0.0)
            raise ValueError(f"{attribute.name}: {operation} is not a list; did you mean {', '.join(near)}?")


#: Lists whose shortness was reported or is feared (PL-12), one by one and together.
_SHORT: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset({"Machines_list"}),
    frozenset({"Volumes_list"}),
    frozenset({"Machines_list", "Volumes_list"}),
    frozenset({"Secrets_list"}),
)
#: Reads that lag by 3 seconds, one by one and together, and reads by id by more (OR-3, VO-13).
_LAGS: tuple[dict[str, float], ...] = (
    {},
    {"Machines_list": 3.0},
    {"Volumes_list": 3.0},
    {"App_IPAssignments_list": 3.0},
    {"Machines_show": 3.0},
    {"Machines_list": 3.0, "Volumes_list": 3.0, "App_IPAssignments_list": 3.0},
    {"Machines_show": 8.0},
    {"Machines_list_versions": 3.0},
)


@attrs.frozen(kw_only=True)
class Behaviour:
    """Which of the behaviours that were observed the simulator shows.

    The defaults are what `fly-facts` recommends: the best supported observation. Code that has to work
    with Fly should pass its tests under the others, too. The ids name the fact.

    Args:
        app_create_status: AP-1: the reference says 201, a guide 200.
        app_create_body: AP-2: `id` and time, the whole `app`, or `none`. With `wait=true` it is the app.
        name_taken_status: AP-8: one client takes 409 for a taken app name; recorded is 422.
        name_taken_code: AP-6: whether the answer carries `"status": "name_taken"`; older ones do not.
        foreign_app_status: AP-11: an app of another organisation is 403; one source says 401.
        unspaced_tokens: AU-4: accept `FlyV1fm2_...`.
        machine_name_taken_status: MA-20: 409 was seen, a fake says 422.
        always_show_nonce: MA-17: the documentation shows the lease's nonce in every leased machine.
        performance_memory_step_mb: MA-23: the CLI allows steps of 1024, the sizing guide of 2048.
        start_of_started: LC-7: what starting a started machine answers; not recorded.
        stop_timeout_needs_unit: LC-8: refuse a `timeout` of a stop that is a bare number.
        keep_old_mount: LC-17: an update that names another volume keeps the old one; False: it is refused.
        omit_zeros: MA-6: leave false, 0 and "" of some keys (`force_https`, `auto_destroy`, ...) out of a
            config's echo, as Go programs do; older answers show them.
        destroyed_visible_s: LC-24: a destroyed machine is shown so long before it is 404; 0: never shown.
        early_destroyed: LC-23: waiting for `destroyed` is answered while the machine is still `destroying`.
        refuse_long_event_lists: LC-27: refuse a limit above 50 instead of taking 50.
        wait_for_stopped_needs_version: WA-5: older servers want a version or instance id.
        lease_create_status: LE-1: the documentation says 201, a recorded mock 200.
        lease_envelope: LE-1: False: the lease is the body itself, as the published document says.
        blocking_leases: LE-7: stop and forced delete wait for a foreign lease to expire, instead of 409.
        volume_region_lists: VO-6: whether volumes take region lists and aliases.
        secrets_version_parameter: SE-6: which name of the query parameter is read.
        retry_after: RL-3: send `Retry-After` with 429.
        code_in_messages: ER-3, ER-4: texts start with a code like `failed_precondition:`; older ones do not.
        machines_per_app: MA-30: how many machines an app may have without a payment method; None: any.
        app_unseen_s: AP-12: reads of a new app and of what is in it fail so long.
        app_unseen_status: AP-12: 404 or 401, while it is unseen.
        machine_unseen_s: MA-34: waiting for a new machine is 404 so long.
        deleted_app_unclear_s: ER-7: so long after its deletion, writes into an app are 400 instead of 404.
        stale_reads: OR-3, VO-13: by operationId, how many seconds this read is behind: it misses what was
            made since, and shows what is gone as it was.
        autostop_after_s: LC-28: the proxy stops or suspends a machine that had no traffic for so long, where
            a service's `autostop` says so and no more than `min_machines_running` are up. None: never.
        update_starts_stopped: LC-34: whether an update starts what was stopped, suspended or failed. The
            reference page, of 2023, says so; logs of 2026 say that it does not.
        start_while_replacing: LC-35: a start during an update is `refused` with 412, `accepted` (the machine
            starts once it is replaced), or `dropped` (200, and nothing happens).
        skip_launch_disarms_schedule: LC-36: a machine with a schedule that was created or updated with
            `skip_launch` is not started at its times until it was started once by hand.
        failed_update: LC-37: an update to an image of kind `update_fails` goes back to the version before it
            (`reverts`), or leaves the new version in `failed` (`fails`).
        stale_version_status: LC-39: what a `current_version` that is stale answers; older sources say 412.
        unasked_page_size: MA-46: how long a page of apps, machines or volumes is where nobody asked for a
            `limit`. None: all in one page, as the document says.
        empty_lists: PL-12: operationIds of lists that answer `[]`, whatever there is. Counts of the app and
            reads by id are right.
        short_lists: PL-12: operationIds of lists that leave out their first element.
        missing_configs: MA-45: whether machines are shown without their config although their host is well:
            `never`, `in_lists` (null there), or `everywhere` (absent in reads by id, with an
            `incomplete_config`).
        host_status_shown: MA-45: whether machines carry `host_status`.
        replaced_shown_s: LC-43: for so long after an update reads show the version before it, in state
            `replaced`.
        default_network_name: IP-12: how an address's `network` spells the organisation's default network.
        metadata_under_lease: LE-15: metadata of a machine that somebody else leases is `free` to be written,
            or `refused` with 409.
        service_protocol_required: MA-48: refuse a service without `protocol` or `internal_port`.
        dead_host_delete: HS-1: deletion of a machine whose host is lost is `accepted` (it is `destroying`
            until the host is back), or `refused` with 408.
        public_org_slug: IP-13: `org_slug` with a public address is `refused`, or `ignored`.
        private_v6_needs_org_slug: IP-13: refuse a private address without `org_slug`.
        version_fields: MA-47: under which names a machine carries its version.
        hub_registry: MA-38: the registry that images of Docker Hub are shown with.
        image_echo: MA-43: `config.image` is shown as it was sent, or with the digest added.
        unreachable_wait_status: WA-13: waiting for a state that cannot be reached any more: 408 at the end of
            the wait, or 409 at once.
        created_s: LC-42: a new machine stays in `created` for so long before it boots.
        restart_loads_secrets: SE-10: whether a restart brings secrets that were set since the start.
        machine_limit: MA-40: how many machines an organisation may have; None: any.
        unknown_config_keys: ER-5: keys of a config that the document does not have are `kept` and shown, or
            `dropped`, as Go does with what its types lack. Neither was recorded.
        deleted_listed: MA-33: whether `include_deleted` brings destroyed machines into a list.
        versions_order: LC-30: in which order the versions of a machine are listed; one record holds one.
        versions_kept: LC-30: how many of the newest versions are listed. None: all.
        version_configs: LC-30, MA-47: whether a listed version carries its config, which the document calls
            optional; one that is read by its name always does.
        log_lag_s: PL-13: log lines are shown so long after they were written.
        secret_times: SE-1: when a secret was set is `exact`, `missing`, or `behind`: told by a clock that is
            5 seconds behind those of the hosts. Nothing says by whose clock.
    """

    app_create_status: Literal[201, 200] = switch("AP-1", 201, 200)
    app_create_body: Literal["id", "app", "none"] = switch("AP-2", "id", "app", "none")
    name_taken_status: Literal[422, 409] = switch("AP-8", 422, 409)
    name_taken_code: bool = flag("AP-6", default=True)
    foreign_app_status: Literal[403, 401] = switch("AP-11", 403, 401)
    unspaced_tokens: bool = flag("AU-4", default=False)
    machine_name_taken_status: Literal[409, 422] = switch("MA-20", 409, 422)
    always_show_nonce: bool = flag("MA-17", default=False)
    performance_memory_step_mb: Literal[1024, 2048] = switch("MA-23", 1024, 2048)
    start_of_started: Literal[200, 412] = switch("LC-7", 200, 412)
    stop_timeout_needs_unit: bool = flag("LC-8", default=False)
    keep_old_mount: bool = flag("LC-17", default=True)
    omit_zeros: bool = flag("MA-6", default=False)
    destroyed_visible_s: float = switch("LC-24", 60.0, 0.0)
    early_destroyed: bool = flag("LC-23", default=False)
    refuse_long_event_lists: bool = flag("LC-27", default=False)
    wait_for_stopped_needs_version: bool = flag("WA-5", default=False)
    lease_create_status: Literal[201, 200] = switch("LE-1", 201, 200)
    lease_envelope: bool = flag("LE-1", default=True)
    blocking_leases: bool = flag("LE-7", default=False)
    volume_region_lists: bool = flag("VO-6", default=True)
    secrets_version_parameter: Literal["both", "version", "min_version"] = switch(
        "SE-6", "both", "version", "min_version"
    )
    retry_after: bool = flag("RL-3", default=False)
    code_in_messages: bool = flag("ER-3", default=True)
    machines_per_app: int | None = switch("MA-30", None, 1)
    app_unseen_s: float = switch("AP-12", 0.0, 3.0, 45.0)
    app_unseen_status: Literal[404, 401] = switch("AP-12", 404, 401)
    machine_unseen_s: float = switch("MA-34", 0.0, 3.0)
    deleted_app_unclear_s: float = switch("ER-7", 0.0, 3.0)
    stale_reads: Mapping[str, float] = attrs.field(
        factory=dict, validator=_check_stale_reads, metadata={"fact": "OR-3", "values": _LAGS}
    )
    autostop_after_s: float | None = switch("LC-28", None, 300.0, 5.0)
    update_starts_stopped: bool = flag("LC-34", default=False)
    start_while_replacing: Literal["refused", "accepted", "dropped"] = switch(
        "LC-35", "refused", "accepted", "dropped"
    )
    skip_launch_disarms_schedule: bool = flag("LC-36", default=True)
    failed_update: Literal["reverts", "fails"] = switch("LC-37", "reverts", "fails")
    stale_version_status: Literal[409, 412] = switch("LC-39", 409, 412)
    unasked_page_size: int | None = switch("MA-46", None, 1, 2)
    empty_lists: frozenset[str] = switch("PL-12", *_SHORT, validator=_check_lists)
    short_lists: frozenset[str] = switch("PL-12", *_SHORT, validator=_check_lists)
    missing_configs: Literal["never", "in_lists", "everywhere"] = switch(
        "MA-45", "never", "in_lists", "everywhere"
    )
    host_status_shown: bool = flag("MA-45", default=True)
    replaced_shown_s: float = switch("LC-43", 0.0, 3.0, 20.0)
    default_network_name: str = switch("IP-12", "", "default")
    metadata_under_lease: Literal["free", "refused"] = switch("LE-15", "free", "refused")
    service_protocol_required: bool = flag("MA-48", default=False)
    dead_host_delete: Literal["accepted", "refused"] = switch("HS-1", "accepted", "refused")
    public_org_slug: Literal["refused", "ignored"] = switch("IP-13", "refused", "ignored")
    private_v6_needs_org_slug: bool = flag("IP-13", default=False)
    version_fields: Literal["both", "instance_id", "version"] = switch(
        "MA-47", "both", "instance_id", "version"
    )
    hub_registry: str = switch("MA-38", "docker-hub-mirror.fly.io", "registry-1.docker.io")
    image_echo: Literal["as_sent", "with_digest"] = switch("MA-43", "as_sent", "with_digest")
    unreachable_wait_status: Literal[408, 409] = switch("WA-13", 408, 409)
    created_s: float = switch("LC-42", 0.0, 7200.0)
    restart_loads_secrets: bool = flag("SE-10", default=True)
    machine_limit: int | None = switch("MA-40", None, 2)
    unknown_config_keys: Literal["kept", "dropped"] = switch("ER-5", "kept", "dropped")
    deleted_listed: bool = flag("MA-33", default=True)
    versions_order: Literal["newest_first", "oldest_first"] = switch("LC-30", "newest_first", "oldest_first")
    versions_kept: int | None = switch("LC-30", None, 1)
    version_configs: bool = flag("LC-30", default=True)
    log_lag_s: float = switch("PL-13", 0.0, 3.0, 7200.0)
    secret_times: Literal["exact", "missing", "behind"] = switch("SE-1", "exact", "missing", "behind")

    @classmethod
    def facts(cls) -> tuple[Switch, ...]:
        """Return every switch with the id of its fact and all values under which the library is tested."""
        return switches(cls)

    def stricter(self) -> Behaviour:
        """Return the behaviour of a server that refuses where others let pass (LC-7, WA-5, ...)."""
        return attrs.evolve(
            self,
            start_of_started=412,
            stop_timeout_needs_unit=True,
            keep_old_mount=False,
            refuse_long_event_lists=True,
            wait_for_stopped_needs_version=True,
        )
