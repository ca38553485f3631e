"""Where observations of the service differ, and what it does at times: switches with defaults."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Literal

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Reads that can be behind the world; see `Behaviour.stale_reads`.
LAGGING = frozenset(
    {
        "Apps_list",
        "App_Certificates_list",
        "App_IPAssignments_list",
        "Machines_list",
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
    """

    app_create_status: Literal[201, 200] = 201
    app_create_body: Literal["id", "app", "none"] = "id"
    name_taken_status: Literal[422, 409] = 422
    name_taken_code: bool = True
    foreign_app_status: Literal[403, 401] = 403
    unspaced_tokens: bool = False
    machine_name_taken_status: Literal[409, 422] = 409
    always_show_nonce: bool = False
    performance_memory_step_mb: Literal[1024, 2048] = 1024
    start_of_started: Literal[200, 412] = 200
    stop_timeout_needs_unit: bool = False
    keep_old_mount: bool = True
    omit_zeros: bool = False
    destroyed_visible_s: float = 60.0
    early_destroyed: bool = False
    refuse_long_event_lists: bool = False
    wait_for_stopped_needs_version: bool = False
    lease_create_status: Literal[201, 200] = 201
    lease_envelope: bool = True
    blocking_leases: bool = False
    volume_region_lists: bool = True
    secrets_version_parameter: Literal["both", "version", "min_version"] = "both"
    retry_after: bool = False
    code_in_messages: bool = True
    machines_per_app: int | None = None
    app_unseen_s: float = 0.0
    app_unseen_status: Literal[404, 401] = 404
    machine_unseen_s: float = 0.0
    deleted_app_unclear_s: float = 0.0
    stale_reads: Mapping[str, float] = attrs.field(factory=dict, validator=_check_stale_reads)
    autostop_after_s: float | None = None

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
