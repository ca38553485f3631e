"""The records of the simulated world.

A write never changes a record that an older world might share: it copies, then replaces (`fork`,
`attrs.evolve`). So the world before the latest write costs a few shallow copies, and `stale` can answer from
it. Only the passage of time changes machines in place, in all worlds at once.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_resources.testing._wire import JsonObject


@attrs.frozen
class Step:
    """One scheduled transition, due at `at`.

    It has the new state, the event that records it, if any, and the version that the machine reverts to. With
    a `line`, it is not a transition: the program prints that line.
    """

    at: float
    state: str
    event: JsonObject | None = None
    version: str | None = None
    line: str | None = None


@attrs.frozen
class Line:
    """A line that a program has printed."""

    at: float
    message: str


@attrs.frozen
class Lease:
    """A lease on a machine (LE-1); it ends at `expires_at`, in seconds of the simulator's clock."""

    nonce: str
    owner: str
    description: str
    expires_at: float
    version: str


@attrs.define
class Machine:
    """A machine. `schedule` holds its pending transitions; see `_lifecycle.advance`.

    It is unrelated to `config.schedule`, whose times are handled in `_cron`.
    """

    id: str
    name: str
    named_by_caller: bool
    region: str
    instance_id: str
    private_ip: str
    created_at: float
    updated_at: float
    config: JsonObject
    state: str
    cordoned: bool = False
    host_status: str = "ok"
    lease: Lease | None = None
    #: None: the checks follow the machine's lifecycle; otherwise their fixed status.
    check_status: str | None = None
    started_at: float | None = None
    destroyed_at: float | None = None
    #: Digests of the secrets that the machine was started with; None if it takes none (SE-8).
    secrets: Mapping[str, str] | None = None
    skip_secrets: bool = False
    #: None: the memory of the guest (LC-33).
    memory_limit_mb: int | None = None
    #: When the proxy last sent a request to it.
    visited_at: float | None = None
    #: Whether `config.schedule` is active (LC-36).
    armed: bool = True
    #: The time up to which `config.schedule` was processed; None: not yet.
    scheduled_at: float | None = None
    #: When the latest update was requested, and the version before it (LC-43).
    replaced_at: float | None = None
    former: str | None = None
    schedule: list[Step] = attrs.Factory(list)
    events: list[JsonObject] = attrs.Factory(list)
    versions: list[tuple[str, JsonObject]] = attrs.Factory(list)
    #: The lines that its programs have printed.
    lines: list[Line] = attrs.Factory(list)

    def fork(self) -> Machine:
        """Return a copy that can be changed without affecting the original."""
        copied = copy.copy(self)
        copied.schedule = list(self.schedule)
        copied.events = list(self.events)
        copied.versions = list(self.versions)
        copied.lines = list(self.lines)
        return copied

    def config_of(self, version: str) -> JsonObject | None:
        """Return the config of one of its versions, or None if it is no longer kept."""
        return next((config for known, config in self.versions if known == version), None)

    @property
    def gone(self) -> bool:
        """Return whether the machine is destroyed or being destroyed."""
        return self.state in {"destroying", "destroyed"}


@attrs.frozen
class Snapshot:
    """A snapshot of a volume; listed from `ready_at` on (SN-1..3)."""

    id: str
    created_at: float
    ready_at: float
    digest: str
    retention_days: int
    volume_size: int


@attrs.frozen(kw_only=True)
class Volume:
    """A volume. Until `ready_at` its state is `first_state` (VO-18)."""

    id: str
    name: str
    region: str
    zone: str
    size_gb: int
    encrypted: bool
    snapshot_retention: int
    auto_backup_enabled: bool
    created_at: float
    first_state: str = "created"
    ready_at: float = 0.0
    #: The machine that the volume is attached to, until `release_at` if that is set (VO-15).
    machine_id: str | None = None
    release_at: float | None = None
    used: bool = False
    host_status: str = "ok"
    deleted_at: float | None = None
    #: How long it can be recovered after its deletion; 7 days after a migration (VO-12).
    recoverable_s: float = 24 * 3600.0
    snapshots: tuple[Snapshot, ...] = ()

    def held_by(self, now: float) -> str | None:
        """Return the machine that the volume is attached to, or None."""
        if self.release_at is not None and now >= self.release_at:
            return None
        return self.machine_id


@attrs.frozen
class Secret:
    """A secret of an app; `digest` is keyed, so it reveals nothing about the value (SE-5).

    The value is None in a world loaded from a file: values are not saved.
    """

    name: str
    value: str | None = attrs.field(repr=False)
    digest: str
    created_at: float
    updated_at: float


@attrs.frozen
class SecretKey:
    """A secret key of an app, without the key (SK-1)."""

    name: str
    type: str
    created_at: float
    updated_at: float


@attrs.frozen(kw_only=True)
class Certificate:
    """A hostname of an app, with the certificates requested or imported for it (CE-2)."""

    hostname: str
    created_at: float
    updated_at: float
    acme_requested: bool = False
    custom_expires_at: str | None = None
    custom_created_at: float = 0.0
    acme_created_at: float = 0.0
    dns_label: str
    ownership: str

    @property
    def custom(self) -> bool:
        """Return whether a certificate was imported."""
        return self.custom_expires_at is not None


@attrs.frozen
class Ip:
    """An address of an app. The service never returns its type again (IP-2)."""

    address: str
    type: str
    region: str | None
    network: str | None
    service_name: str | None
    created_at: float
    #: For a private address: the organisation whose network it is in.
    org: str | None = None


@attrs.define
class App:
    """An app and everything in it."""

    name: str
    id: str
    number: int
    org: str
    network: str
    created_at: float
    machines: dict[str, Machine] = attrs.Factory(dict)
    volumes: dict[str, Volume] = attrs.Factory(dict)
    secrets: dict[str, Secret] = attrs.Factory(dict)
    secrets_version: int = 0
    certificates: dict[str, Certificate] = attrs.Factory(dict)
    ips: dict[str, Ip] = attrs.Factory(dict)
    secret_keys: dict[str, SecretKey] = attrs.Factory(dict)
    network_policies: dict[str, JsonObject] = attrs.Factory(dict)
    logs: list[JsonObject] = attrs.Factory(list)

    def fork(self) -> App:
        """Return a copy; changes to one do not affect the other."""
        copied = copy.copy(self)
        copied.machines = dict(self.machines)
        copied.volumes = dict(self.volumes)
        copied.secrets = dict(self.secrets)
        copied.certificates = dict(self.certificates)
        copied.ips = dict(self.ips)
        copied.secret_keys = dict(self.secret_keys)
        copied.network_policies = dict(self.network_policies)
        copied.logs = list(self.logs)
        return copied

    def digests(self) -> dict[str, str]:
        """Return the digests of all secrets by name."""
        return {name: secret.digest for name, secret in self.secrets.items()}


@attrs.define
class World:
    """All apps, the names that other organisations use, and when apps were deleted.

    `created_with` maps the `idempotency_key` of app creations to app names (AP-24).
    """

    apps: dict[str, App] = attrs.Factory(dict)
    foreign: frozenset[str] = frozenset()
    deleted: dict[str, float] = attrs.Factory(dict)
    created_with: dict[str, str] = attrs.Factory(dict)

    def before_change(self, app_name: str | None) -> World:
        """Return this world as it is before a change of `app_name` (None: of no existing app).

        From then on this world holds a copy of the app: the one in the returned world is not changed.
        """
        before = World(dict(self.apps), self.foreign, self.deleted, self.created_with)
        if app_name is not None and app_name in self.apps:
            self.apps[app_name] = self.apps[app_name].fork()
        return before
