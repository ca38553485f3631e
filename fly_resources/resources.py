"""The six resources: immutable descriptions of what should exist. No I/O.

Resources compare by identity, so a plan or report can be indexed with an equal one.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, Self, TypeAlias, TypeVar, cast

import attrs

from fly_resources._checks import fields, keywords
from fly_resources._errors import ConfigurationError
from fly_resources._lazy import lazy
from fly_resources._secret import Secret
from fly_resources._secret import hide as _hide

if TYPE_CHECKING:
    from fly_machines import config_types, models
else:
    config_types, models = lazy("fly_machines.config_types"), lazy("fly_machines.models")

__all__ = [
    "App",
    "Certificate",
    "FlySecret",
    "IpAddress",
    "Machine",
    "Resource",
    "Secret",
    "Volume",
]

ModelT_co = TypeVar("ModelT_co", covariant=True)
Identity: TypeAlias = tuple[str | None, ...]
#: The default size of a volume in GB.
DEFAULT_SIZE_GB: Final = 3


_VOLUME_ID: Final = fields.like(fields.VOLUME_ID, "use a volume's id (vol_...)")
_REGION: Final = fields.like(fields.REGION, "use a region such as 'iad'")


def _lower(value: str) -> str:
    # leave non-ASCII alone: lower() turns the Kelvin sign into 'k', which would name another host
    return str(value).lower() if str(value).isascii() else value


def _hide_given(value: str | Secret) -> Secret | None:
    # None is left for the check that explains what to do
    return _hide(value)


def _app_name(value: App | str) -> str:
    return value.name if isinstance(value, App) else value


def _check_app(resource: object, _: object, app: Any) -> None:  # noqa: ANN401  # anything
    if not isinstance(app, App):
        rule = "use a fly_resources.App or its name"
        fields.check(type(resource).__name__, "app", app, fields.APP_NAME, rule)


@attrs.frozen(eq=False)
class Resource(Generic[ModelT_co]):
    """Base class of the resources: identity, and the SDK model (`ModelT_co`) that a report holds.

    Attributes:
        protect: Never destroy or replace it: not by a verb, by `prune` or with its app (`ProtectedError`).
            A machine records this in its metadata, so that it also applies to calls that do not
            describe the machine.
    """

    kind: ClassVar[str]
    protect: bool = attrs.field(default=False, kw_only=True, repr=False, validator=fields.flag)

    @functools.cached_property
    def identity(self) -> Identity:
        """Return what identifies it within the account; the first item is the kind."""
        raise NotImplementedError(type(self).__name__)

    @property
    def app_name(self) -> str:
        """Return the name of its app."""
        return self.identity[1] or ""

    def __eq__(self, other: object) -> bool:
        """Compare by identity."""
        return isinstance(other, Resource) and self.identity == other.identity

    def __hash__(self) -> int:
        """Hash by identity."""
        return hash(self.identity)

    def __str__(self) -> str:
        """Return kind and identity for display."""
        return " ".join([self.kind, "/".join(part for part in self.identity[1:] if part)])

    def settings(self) -> dict[str, object]:
        """Return the described fields, to compare two descriptions of the same identity."""
        return {
            field.name: self.app_name if field.name == "app" else getattr(self, field.name)
            for field in attrs.fields(type(self))
            if not field.name.startswith("_")
        }


@keywords.with_words(
    region="primary_region",
    regions="primary_region",
    organization="org",
    org_slug="org",
    app_name="name",
)
@attrs.frozen(eq=False)
class App(Resource["models.App"]):
    """An app: the namespace of machines, volumes, secrets, certificates and addresses.

    Identity: `name`, unique across Fly.io (AP-6). Compared: `org` and `network`, if given; neither
    can change. Operations: Apps_show, Apps_create, Apps_delete.

    Attributes:
        name: At most 62 characters of a-z, 0-9 and dash (AP-5).
        org: Slug of the organisation; if None, a new app is created in "personal".
        network: Name of its private network; set at creation only (AP-16).
        primary_region: Default region of its volumes and machines. The API does not store it, so it is
            never compared.

    Raises:
        ConfigurationError: A name that Fly.io would refuse.
    """

    kind: ClassVar[str] = "app"
    name: str = attrs.field(validator=fields.like(fields.APP_NAME, "use 1 to 62 of a-z, 0-9 and dash"))
    org: str | None = attrs.field(default=None, validator=fields.word)
    network: str | None = attrs.field(default=None, validator=fields.word)
    primary_region: str | None = attrs.field(default=None, validator=_REGION)

    @classmethod
    def current(cls) -> Self:
        """Return the app of the machine that this program runs on, from FLY_APP_NAME and PRIMARY_REGION.

        Raises:
            ConfigurationError: FLY_APP_NAME is not set, so this is not a Fly.io machine.
        """
        name = os.environ.get("FLY_APP_NAME")
        if not name:
            raise ConfigurationError(
                "App.current: FLY_APP_NAME is not set, so this is not a Fly.io machine; use App(name)."
            )
        return cls(name, primary_region=os.environ.get("PRIMARY_REGION") or None)

    @functools.cached_property
    def identity(self) -> Identity:
        """Return its name."""
        return (self.kind, self.name)


@keywords.with_words(
    size="size_gb (GB)",
    gb="size_gb",
    retention="snapshot_retention",
    app_name="app",
    snapshot="snapshot_id",
    path="Machine(..., mounts={'/data': volume})",
)
@attrs.frozen(eq=False)
class Volume(Resource["models.Volume"]):
    """A volume: a disk that stays on one host in one region (VO-8).

    Identity: (app, name, region), or `id`. Compared: `size_gb` (as a minimum), and the two backup
    settings if given. Changed in place: a larger size (a running machine that mounts it is restarted if the
    service requires it), backup settings. Immutable: region, encryption. Never replaced, never shrunk.
    Operations: Volumes_list, Volumes_create, Volumes_extend, Volumes_update, Volume_delete.

    Attributes:
        app: The `App`, or the name of an existing one.
        name: At most 30 letters, digits, `_` and `-`; not unique to the service (VO-4).
        size_gb: Minimum size in GB, 1 to 500; a larger volume is left as it is. Defaults to 3; one that is
            restored or forked has at least its source's size.
        region: One region; if None, the app's `primary_region`, or for a fork its source's region.
        id: Selects one volume (`vol_...`) if several have this name.
        snapshot_retention: Days that daily snapshots are kept, 1 to 60.
        auto_backup_enabled: Whether daily snapshots are taken.
        encrypted: Whether it is encrypted at rest; set at creation only.
        snapshot_id: Snapshot (`vs_...`) to restore from; used at creation only, never compared.
        source_volume_id: Volume (`vol_...`) to fork; used at creation only, never compared.
        allow_empty: Create a new, empty volume even if the one that was in use is lost or in another region.

    Raises:
        ConfigurationError: No region, two sources, or a value out of range.
    """

    kind: ClassVar[str] = "volume"
    app: App | str = attrs.field(validator=_check_app)
    name: str = attrs.field(validator=fields.like(fields.VOLUME_NAME, "use 1 to 30 letters, digits, _ and -"))
    size_gb: int = attrs.field(default=DEFAULT_SIZE_GB, validator=fields.between(1, fields.MAX_VOLUME_GB))
    region: str | None = attrs.field(default=None, kw_only=True, validator=_REGION)
    id: str | None = attrs.field(default=None, kw_only=True, validator=_VOLUME_ID)
    snapshot_retention: int | None = attrs.field(default=None, kw_only=True, validator=fields.between(1, 60))
    auto_backup_enabled: bool | None = attrs.field(default=None, kw_only=True, validator=fields.flag)
    encrypted: bool = attrs.field(default=True, kw_only=True, validator=fields.flag)
    snapshot_id: str | None = attrs.field(
        default=None, kw_only=True, validator=fields.like(fields.SNAPSHOT_ID, "use a snapshot's id (vs_...)")
    )
    source_volume_id: str | None = attrs.field(default=None, kw_only=True, validator=_VOLUME_ID)
    allow_empty: bool = attrs.field(default=False, kw_only=True, validator=fields.flag)

    def __attrs_post_init__(self) -> None:
        """Check that the fields fit together."""
        if self.snapshot_id is not None and self.source_volume_id is not None:
            raise ConfigurationError(
                f"Volume {self.name!r}: give either snapshot_id or source_volume_id, not both."
            )
        if self.source_volume_id is None and self.region is None and self.default_region is None:
            raise ConfigurationError(
                f"Volume {self.name!r} has no region: set region='iad', or the app's primary_region. "
                "A volume cannot be moved later."
            )

    @property
    def default_region(self) -> str | None:
        """Return the app's primary region."""
        return self.app.primary_region if isinstance(self.app, App) else None

    @property
    def where(self) -> str:
        """Return its region or the app's; "" for a fork, which is created in its source's region (VO-5)."""
        return self.region or (self.default_region if self.source_volume_id is None else None) or ""

    @functools.cached_property
    def identity(self) -> Identity:
        """Return app and id, or app, name and region."""
        if self.id is not None:
            return (self.kind, _app_name(self.app), self.id)
        return (self.kind, _app_name(self.app), self.name, self.where)


@keywords.with_words(
    image="config={'image': 'nginx'}",
    env="config={'env': {...}}",
    guest="config={'guest': {...}}",
    services="config={'services': [...]}",
    checks="config={'checks': {...}}",
    memory="config={'guest': {'memory_mb': 512, ...}}",
    memory_mb="config={'guest': {'memory_mb': 512, ...}}",
    cpus="config={'guest': {'cpus': 1, ...}}",
    cmd="config={'init': {'cmd': [...]}}",
    command="config={'init': {'cmd': [...]}}",
    schedule="config={'schedule': 'hourly'}",
    metadata="config={'metadata': {...}}",
    volume="mounts={'/data': volume}",
    volumes="mounts={'/data': volume}",
    app_name="app",
    primary_region="region",
    count="scale(machine, count)",
    lease="fly.lease(machine)",
)
@attrs.frozen(eq=False)
class Machine(Resource["models.Machine"]):
    """A virtual machine with a name, running one image.

    Identity: (app, name). Compared: the declared parts of `config` and nothing else, mounts, region, and
    `state` if given. Changed in place: config, under a lease. Immutable: region and mounts. Operations:
    Machines_list, Machines_create, Machines_update, Machines_wait, Machines_delete, and those of its lease.

    Attributes:
        app: The `App`, or the name of an existing one.
        name: Unique among the app's machines (MA-20).
        config: The SDK's `MachineConfig`, or a mapping with the API's keys. Unknown keys are refused.
        region: A region, or a list such as "iad,ewr"; if None, its volume's, the app's, or Fly.io's choice.
        mounts: Maps a path to a `Volume` (or volume id). At most one (MA-26).
        state: None: started at creation, then left as found; a crashed machine is started by its next
            update. "started" or "stopped": kept in that state.
        follow_secrets: Restart it when a secret in the same call has a newer value than the one it runs with.
        extra: Config keys that this library does not know yet.

    Raises:
        ConfigurationError: An invalid name, mount or config.
    """

    kind: ClassVar[str] = "machine"
    app: App | str = attrs.field(validator=_check_app)
    name: str = attrs.field(
        validator=fields.like(fields.MACHINE_NAME, "use letters, digits, '.', '_' and '-'")
    )
    config: models.MachineConfig | config_types.MachineConfigDict
    region: str | None = attrs.field(
        default=None,
        kw_only=True,
        validator=fields.like(fields.REGION, "use regions such as 'iad' or 'iad,ewr'"),
    )
    mounts: Mapping[str, Volume | str] = attrs.field(factory=dict, kw_only=True)
    state: str | None = attrs.field(default=None, kw_only=True)
    follow_secrets: bool = attrs.field(default=True, kw_only=True, validator=fields.flag)
    extra: Mapping[str, Any] | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check that the fields fit together."""
        title = f"Machine {self.name!r}"
        if self.state is not None:
            fields.check(
                title, "state", self.state, fields.STATE, "use 'started' or 'stopped', or leave it out"
            )
        if self.extra is not None:
            fields.check_mapping(title, "extra", self.extra, "a mapping of config keys to values")
        fields.check_mapping(title, "mounts", self.mounts, "a mapping such as {'/path': volume}")
        if len(self.mounts) > 1:
            raise ConfigurationError(f"Machine {self.name!r}: {len(self.mounts)} mounts; Fly.io allows one.")
        for path, volume in self.mounts.items():
            if isinstance(path, Volume):
                raise ConfigurationError(
                    f"{title}: mounts are {{'/path': volume}}; this is the other way round."
                )
            fields.check(title, "mount path", path, fields.PATH, "use a path such as '/data'")
            if not isinstance(volume, Volume):
                fields.check("Machine", "mount", volume, fields.VOLUME_ID, "use a Volume or its id (vol_...)")
            elif _app_name(volume.app) != _app_name(self.app):
                raise ConfigurationError(
                    f"Machine {self.name!r} of app {_app_name(self.app)!r} cannot mount {volume} "
                    f"at {path!r}: a volume belongs to one app."
                )

    @property
    def default_region(self) -> str | None:
        """Return the app's primary region."""
        return self.app.primary_region if isinstance(self.app, App) else None

    @functools.cached_property
    def identity(self) -> Identity:
        """Return app and name."""
        return (self.kind, _app_name(self.app), self.name)


@keywords.with_words(
    key="name",
    secret="value",  # noqa: S106  # a word, and its answer
    app_name="app",
)
@attrs.frozen(eq=False)
class FlySecret(Resource["models.AppSecret"]):
    """A secret of an app: an environment variable whose value this library sends and never reads.

    Identity: (app, name). Compared: the digests that the service reports before and after it is set,
    so every `ensure` sets it again, in one request per app (SE-3). Operations: Secrets_list,
    Secrets_update.

    Attributes:
        app: The `App`, or the name of an existing one.
        name: Letters, digits and `_`, not starting with a digit.
        value: A string or `Secret`; None only for what `absent` describes.
        if_absent: Set it only if the app has no secret of this name yet.

    Raises:
        ConfigurationError: An invalid name, or a value that is not a string or `Secret`, such as the None of
            an environment variable that is not set.
    """

    kind: ClassVar[str] = "secret"
    app: App | str = attrs.field(validator=_check_app)
    name: str
    value: Secret | None = attrs.field(converter=_hide_given)
    if_absent: bool = attrs.field(default=False, kw_only=True, validator=fields.flag)
    _removed: bool = attrs.field(default=False, kw_only=True, alias="_removed", repr=False)

    @classmethod
    def absent(cls, app: App | str, name: str) -> FlySecret:
        """Describe that the app should have no secret of this name: `ensure` removes it."""
        return cls(app, name, cast("Secret", None), _removed=True)

    def __attrs_post_init__(self) -> None:
        """Check that it can be an environment variable."""
        if not fields.SECRET_NAME.fullmatch(str(self.name)) and self._is_swapped():
            raise ConfigurationError(
                "FlySecret: the name is not valid, but the value would be: are they swapped? "
                "The order is FlySecret(app, name, value)."
            )
        fields.check("FlySecret", "name", self.name, fields.SECRET_NAME, "it becomes an environment variable")
        if (self.value is None) != self._removed:
            raise ConfigurationError(
                f"FlySecret {self.name!r}: the value is None; is an environment variable not set? Pass a "
                "string or a Secret; to remove the secret, use FlySecret.absent(app, name)."
            )
        text = "" if self.value is None else self.value.reveal()
        if "\0" in text or not fields.is_sendable(text):
            raise ConfigurationError(
                f"FlySecret {self.name!r}: the value contains NUL or half of a surrogate pair, which an "
                "environment variable cannot hold; set it encoded, with base64 for example."
            )

    def _is_swapped(self) -> bool:
        """Return whether the value looks like a variable's name, so that name and value may be swapped."""
        return self.value is not None and fields.VARIABLE.fullmatch(self.value.reveal()) is not None

    @functools.cached_property
    def identity(self) -> Identity:
        """Return app and name."""
        return (self.kind, _app_name(self.app), self.name)


@keywords.with_words(
    domain="hostname",
    host="hostname",
    name="hostname",
    app_name="app",
    certificate="fullchain",
    cert="fullchain",
    key="private_key",
)
@attrs.frozen(eq=False)
class Certificate(Resource["models.CertificateDetail"]):
    """A TLS certificate for a hostname of the app: issued by ACME, or your own.

    Identity: (app, hostname). Compared: whether a certificate of the declared kind exists, ACME or your own;
    the other kind is left alone. Your own is imported again if it expires later than the one that the service
    has. ACME issues the certificate once the records from `dns_records` are published; no verb waits for
    that. Operations: App_Certificates_show, App_Certificates_acme_create,
    App_Certificates_custom_create, App_Certificates_delete.

    Attributes:
        app: The `App`, or the name of an existing one.
        hostname: A fully qualified domain name; `*.example.com` is a wildcard.
        fullchain: Your own certificate and then its intermediates, in PEM; None for ACME.
        private_key: Its private key, in PEM, without a passphrase. Never shown.

    Raises:
        ConfigurationError: An invalid hostname, or only one of chain and key. Their contents are checked when
            they are used, which needs the extra `certificates`.
    """

    kind: ClassVar[str] = "certificate"
    app: App | str = attrs.field(validator=_check_app)
    hostname: str = attrs.field(
        converter=_lower,
        validator=fields.like(fields.HOSTNAME, "use a full domain name in ASCII (punycode)"),
    )
    fullchain: Secret | None = attrs.field(default=None, converter=_hide)
    private_key: Secret | None = attrs.field(default=None, converter=_hide)

    def __attrs_post_init__(self) -> None:
        """Check the hostname's length, and that chain and key come together."""
        if len(self.hostname) > fields.MAX_HOSTNAME:
            raise ConfigurationError(f"Certificate: hostname has more than {fields.MAX_HOSTNAME} characters.")
        if (self.fullchain is None) != (self.private_key is None):
            missing = "fullchain" if self.fullchain is None else "private_key"
            raise ConfigurationError(
                f"Certificate {self.hostname}: {missing} is missing; give both to import your own "
                "certificate, or neither to have one issued."
            )

    @functools.cached_property
    def identity(self) -> Identity:
        """Return app and hostname."""
        return (self.kind, _app_name(self.app), self.hostname)


@keywords.with_words(
    kind="type ('v4', 'shared_v4', 'v6' ...)",
    version="type ('v4', 'shared_v4', 'v6' ...)",
    app_name="app",
    service="service_name",
    shared="type='shared_v4'",
)
@attrs.frozen(eq=False)
class IpAddress(Resource["models.IpAssignment"]):
    """An IP address of an app.

    Identity: the app, the type, and the other arguments that are given. The service does not return the
    type, so it is derived from the address (IP-2). Compared: whether such an address exists. Fields that a
    response omits are not compared, and an address matches one `IpAddress` only. Operations:
    App_IPAssignments_list, App_IPAssignments_create, App_IPAssignments_delete.

    Attributes:
        app: The `App`, or the name of an existing one.
        type: v4 (dedicated, billed), shared_v4, v6, private_v6 (Flycast), egress_v4, egress_v6, egress_pair.
        region: Its region, for types that have one.
        network: Private network of a private_v6; the app's own if None.
        service_name: The service that it belongs to.

    Raises:
        ConfigurationError: An unknown type, or an invalid region, network or service name.
    """

    kind: ClassVar[str] = "address"
    app: App | str = attrs.field(validator=_check_app)
    type: str = attrs.field(validator=fields.like(fields.IP_TYPE, f"use one of {', '.join(fields.IP_TYPES)}"))
    region: str | None = attrs.field(default=None, kw_only=True, validator=_REGION)
    network: str | None = attrs.field(default=None, kw_only=True, validator=fields.word)
    service_name: str | None = attrs.field(default=None, kw_only=True, validator=fields.word)

    @functools.cached_property
    def identity(self) -> Identity:
        """Return app, type, region, network and service."""
        return (self.kind, _app_name(self.app), self.type, self.region, self.network, self.service_name)
