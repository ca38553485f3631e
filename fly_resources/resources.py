"""The six nouns: what should exist. Frozen descriptions with an identity; no I/O.

Two nouns of one identity are equal, so a plan or report can be indexed with a noun built anew.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, Self, TypeAlias, TypeVar, cast

import attrs

from fly_resources import _checks, _keywords
from fly_resources._secret import Secret
from fly_resources._secret import hide as _hide
from fly_resources.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_machines import models

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
#: The size in GB of a volume that says nothing of it.
DEFAULT_SIZE_GB: Final = 3


def _lower(value: str) -> str:
    # what is not ASCII may become ASCII, such as the Kelvin sign, and would name another host
    return str(value).lower() if str(value).isascii() else value


def _hide_given(value: str | Secret) -> Secret | None:
    # None gets as far as the check that says what to do
    return _hide(value)


def _app_name(value: App | str) -> str:
    return value.name if isinstance(value, App) else value


@attrs.frozen(eq=False)
class Resource(Generic[ModelT_co]):
    """What the nouns share: identity, and the SDK model (`ModelT_co`) that a report holds for them."""

    kind: ClassVar[str]

    @property
    def identity(self) -> Identity:
        """What tells this thing from all others of the account; the first item is the kind."""
        raise NotImplementedError(type(self).__name__)

    @property
    def app_name(self) -> str:
        """The name of the app that it belongs to."""
        return self.identity[1] or ""

    def __eq__(self, other: object) -> bool:
        """Compare by identity."""
        return isinstance(other, Resource) and self.identity == other.identity

    def __hash__(self) -> int:
        """Hash by identity."""
        return hash(self.identity)

    def __str__(self) -> str:
        """Name it for people: kind and identity."""
        return " ".join([self.kind, "/".join(part for part in self.identity[1:] if part)])

    def settings(self) -> dict[str, object]:
        """Return what was asked for, field by field, to tell two descriptions of one thing apart."""
        return {
            field.name: self.app_name if field.name == "app" else getattr(self, field.name)
            for field in attrs.fields(type(self))
            if not field.name.startswith("_")
        }


@_keywords.with_words(
    region="primary_region",
    regions="primary_region",
    organization="org",
    org_slug="org",
    app_name="name",
)
@attrs.frozen(eq=False)
class App(Resource["models.App"]):
    """An app: the namespace that machines, volumes, secrets, certificates and addresses live in.

    Identity: `name`, unique in all of Fly.io (AP-6). Compared: `org` and `network`, if given; neither
    can change. Operations: Apps_show, Apps_create, Apps_delete.

    Attributes:
        name: At most 62 characters of a-z, 0-9 and dash (AP-5).
        org: Slug of the organisation that pays; "personal" when it must be created and none is given.
        network: Name of its private network; only at creation (AP-16).
        primary_region: Default region of its volumes and machines. The API keeps none for an app, so
            it is never compared.

    Raises:
        ConfigurationError: A name that Fly.io would refuse.
    """

    kind: ClassVar[str] = "app"
    name: str
    org: str | None = None
    network: str | None = None
    primary_region: str | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse what the service would."""
        _checks.check("App", "name", self.name, _checks.APP_NAME, "use 1 to 62 of a-z, 0-9 and dash")
        if self.primary_region is not None:
            _checks.check(
                "App", "primary_region", self.primary_region, _checks.REGION, "name a region such as 'iad'"
            )
        _checks.check_word("App", "org", self.org)
        _checks.check_word("App", "network", self.network)

    @classmethod
    def current(cls) -> Self:
        """Return the app whose machine this runs on: FLY_APP_NAME, and PRIMARY_REGION if it is set.

        Raises:
            ConfigurationError: FLY_APP_NAME is not set, so this is not a machine of Fly.io.
        """
        name = os.environ.get("FLY_APP_NAME")
        if not name:
            raise ConfigurationError(
                "App.current: FLY_APP_NAME is not set, so this is not a machine of Fly.io; use App(name)."
            )
        return cls(name, primary_region=os.environ.get("PRIMARY_REGION") or None)

    @property
    def identity(self) -> Identity:
        """Its name."""
        return (self.kind, self.name)


@_keywords.with_words(
    size="size_gb (GB)",
    gb="size_gb",
    retention="snapshot_retention",
    app_name="app",
    snapshot="snapshot_id",
    path="Machine(..., mounts={'/data': volume})",
)
@attrs.frozen(eq=False)
class Volume(Resource["models.Volume"]):
    """A disk, on one host in one region for as long as it lives (VO-8).

    Identity: (app, name, region), or `id`. Compared: `size_gb` (at least), and the two backup
    settings if given. In place: growing (a running machine that mounts it is restarted if the service
    asks for that), backup settings. Immutable: region, encryption. Never replaced, never shrunk.
    Operations: Volumes_list, Volumes_create, Volumes_extend, Volumes_update, Volume_delete.

    Attributes:
        app: The `App`, or the name of one that exists.
        name: At most 30 characters of letters, digits, `_` and `-`; not unique to the service (VO-4).
        size_gb: Least size in GB, 1 to 500; a larger one is left as it is. A restore has its snapshot's size
            unless it is given.
        region: One region; the app's `primary_region` if None, but a fork's source's.
        id: Pins one volume (`vol_...`) where several have this name.
        snapshot_retention: Days that daily snapshots are kept, 1 to 60.
        auto_backup_enabled: Whether daily snapshots are made.
        encrypted: Whether it is encrypted at rest; only at creation.
        snapshot_id: Snapshot (`vs_...`) that it is restored from; only at creation, never compared.
        source_volume_id: Volume (`vol_...`) that it is forked from; only at creation, never compared.
        allow_empty: Make a new, empty one even where the one that was in use is lost or elsewhere.

    Raises:
        ConfigurationError: No region, two sources, or a value out of its bounds.
    """

    kind: ClassVar[str] = "volume"
    app: App | str
    name: str
    size_gb: int = DEFAULT_SIZE_GB
    region: str | None = attrs.field(default=None, kw_only=True)
    id: str | None = attrs.field(default=None, kw_only=True)
    snapshot_retention: int | None = attrs.field(default=None, kw_only=True)
    auto_backup_enabled: bool | None = attrs.field(default=None, kw_only=True)
    encrypted: bool = attrs.field(default=True, kw_only=True)
    snapshot_id: str | None = attrs.field(default=None, kw_only=True)
    source_volume_id: str | None = attrs.field(default=None, kw_only=True)
    allow_empty: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be made."""
        _check_app("Volume", self.app)
        _checks.check(
            "Volume", "name", self.name, _checks.VOLUME_NAME, "use 1 to 30 letters, digits, _ and -"
        )
        if self.id is not None:
            _checks.check("Volume", "id", self.id, _checks.VOLUME_ID, "name a volume (vol_...)")
        if self.snapshot_id is not None and self.source_volume_id is not None:
            raise ConfigurationError(
                f"Volume {self.name!r}: give snapshot_id or source_volume_id, not both; it is filled once."
            )
        if self.snapshot_id is not None:
            _checks.check(
                "Volume", "snapshot_id", self.snapshot_id, _checks.SNAPSHOT_ID, "name a snapshot (vs_...)"
            )
        if self.source_volume_id is not None:
            _checks.check(
                "Volume",
                "source_volume_id",
                self.source_volume_id,
                _checks.VOLUME_ID,
                "name a volume (vol_...)",
            )
        elif self.region is None and self.default_region is None:
            raise ConfigurationError(
                f"Volume {self.name!r} has no region: give region='iad', or the app a primary_region. "
                "A volume stays where it is made."
            )
        if self.region is not None:
            _checks.check("Volume", "region", self.region, _checks.REGION, "name a region such as 'iad'")
        _checks.check_range("Volume", "size_gb", self.size_gb, 1, _checks.MAX_VOLUME_GB)
        if self.snapshot_retention is not None:
            _checks.check_range("Volume", "snapshot_retention", self.snapshot_retention, 1, 60)
        if self.auto_backup_enabled is not None:
            _checks.check_flag("Volume", "auto_backup_enabled", self.auto_backup_enabled)
        _checks.check_flag("Volume", "encrypted", self.encrypted)
        _checks.check_flag("Volume", "allow_empty", self.allow_empty)

    @property
    def default_region(self) -> str | None:
        """The app's primary region."""
        return self.app.primary_region if isinstance(self.app, App) else None

    @property
    def where(self) -> str:
        """Its region, or the app's; empty for a fork that goes to its source's region (VO-5)."""
        return self.region or (self.default_region if self.source_volume_id is None else None) or ""

    @property
    def identity(self) -> Identity:
        """App and id, or app, name and region."""
        if self.id is not None:
            return (self.kind, _app_name(self.app), self.id)
        return (self.kind, _app_name(self.app), self.name, self.where)


@_keywords.with_words(
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
    count="one Machine for each name",
    lease="fly.lease(machine)",
)
@attrs.frozen(eq=False)
class Machine(Resource["models.Machine"]):
    """A virtual machine with a name, running one image.

    Identity: (app, name). Compared: what `config` declares and nothing else, mounts, region, `state`
    if given. In place: config, under a lease. Immutable: region and mounts. Operations: Machines_list,
    Machines_create, Machines_update, Machines_wait, Machines_delete, and those of its lease.

    Attributes:
        app: The `App`, or the name of one that exists.
        name: Unique among the app's machines (MA-20).
        config: The SDK's `MachineConfig`, or a mapping of the API's own keys. Unknown keys are refused.
        region: One region or a list such as "iad,ewr"; else its volume's, the app's, or Fly.io's choice.
        mounts: Path to `Volume` (or volume id). One at most (MA-26).
        state: None: started when made, then left as found; one that has crashed is started by its next
            update. "started" or "stopped": kept so.
        follow_secrets: Restart it when a secret named beside it has a newer value than it runs with.
        extra: Config keys that this library does not know yet.

    Raises:
        ConfigurationError: A name, mount or config that cannot be.
    """

    kind: ClassVar[str] = "machine"
    app: App | str
    name: str
    config: models.MachineConfig | Mapping[str, Any]
    region: str | None = attrs.field(default=None, kw_only=True)
    mounts: Mapping[str, Volume | str] = attrs.field(factory=dict, kw_only=True)
    state: str | None = attrs.field(default=None, kw_only=True)
    follow_secrets: bool = attrs.field(default=True, kw_only=True)
    extra: Mapping[str, Any] | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be made."""
        _check_app("Machine", self.app)
        _checks.check(
            "Machine", "name", self.name, _checks.MACHINE_NAME, "use letters, digits, '.', '_' and '-'"
        )
        if self.region is not None:
            _checks.check(
                "Machine", "region", self.region, _checks.REGION, "name regions such as 'iad' or 'iad,ewr'"
            )
        if self.state is not None:
            _checks.check(
                f"Machine {self.name!r}",
                "state",
                self.state,
                _checks.STATE,
                "it is 'started' or 'stopped', or left out",
            )
        _checks.check_flag("Machine", "follow_secrets", self.follow_secrets)
        title = f"Machine {self.name!r}"
        if self.extra is not None:
            _checks.check_mapping(title, "extra", self.extra, "{'key': value}, keys of the config")
        _checks.check_mapping(title, "mounts", self.mounts, "{'/path': volume}, or leave it out")
        if len(self.mounts) > 1:
            raise ConfigurationError(f"Machine {self.name!r}: {len(self.mounts)} mounts; Fly.io allows one.")
        for path, volume in self.mounts.items():
            if not isinstance(volume, Volume):
                _checks.check(
                    "Machine", "mount", volume, _checks.VOLUME_ID, "give a Volume, or the id of one (vol_...)"
                )
            elif _app_name(volume.app) != _app_name(self.app):
                raise ConfigurationError(
                    f"Machine {self.name!r} of app {_app_name(self.app)!r} cannot mount {volume} "
                    f"at {path!r}: a volume belongs to one app."
                )

    @property
    def default_region(self) -> str | None:
        """The app's primary region."""
        return self.app.primary_region if isinstance(self.app, App) else None

    @property
    def identity(self) -> Identity:
        """App and name."""
        return (self.kind, _app_name(self.app), self.name)


@_keywords.with_words(
    key="name",
    secret="value",  # noqa: S106  # a word, and its answer
    app_name="app",
)
@attrs.frozen(eq=False)
class FlySecret(Resource["models.AppSecret"]):
    """A secret of an app: an environment variable whose value this library sends and never asks for.

    Identity: (app, name). Compared: the digest that the service reports before and after it is set,
    so every `ensure` sets it again, in one request per app (SE-3). Operations: Secrets_list,
    Secrets_update.

    Attributes:
        app: The `App`, or the name of one that exists.
        name: Letters, digits and `_`, not starting with a digit.
        value: A string or `Secret`; None of what `absent` describes.
        if_absent: Set it only where there is none of this name yet.

    Raises:
        ConfigurationError: A name that no variable has, or a value that is none, such as the None of an
            environment variable that is not set.
    """

    kind: ClassVar[str] = "secret"
    app: App | str
    name: str
    value: Secret | None = attrs.field(converter=_hide_given)
    if_absent: bool = attrs.field(default=False, kw_only=True)
    _removed: bool = attrs.field(default=False, kw_only=True, alias="_removed", repr=False)

    @classmethod
    def absent(cls, app: App | str, name: str) -> FlySecret:
        """Describe that the app has no secret of this name: `ensure` removes it."""
        return cls(app, name, cast("Secret", None), _removed=True)

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be an environment variable."""
        _check_app("FlySecret", self.app)
        if not _checks.SECRET_NAME.fullmatch(str(self.name)) and self._is_swapped():
            raise ConfigurationError(
                "FlySecret: this name is not possible, but the value would be one: are they swapped? "
                "It is FlySecret(app, name, value)."
            )
        _checks.check(
            "FlySecret", "name", self.name, _checks.SECRET_NAME, "it becomes an environment variable"
        )
        _checks.check_flag("FlySecret", "if_absent", self.if_absent)
        if (self.value is None) != self._removed:
            raise ConfigurationError(
                f"FlySecret {self.name!r}: its value is None: is an environment variable not set? Give a "
                "string or a Secret; to remove the secret, describe FlySecret.absent(app, name)."
            )
        if self.value is not None and not _checks.is_sendable(self.value.reveal()):
            raise ConfigurationError(
                f"FlySecret {self.name!r}: its value holds half of a surrogate pair, which cannot be sent."
            )

    def _is_swapped(self) -> bool:
        """Return whether the value looks like a variable's name, so that the name may be the secret."""
        return self.value is not None and _checks.VARIABLE.fullmatch(self.value.reveal()) is not None

    @property
    def identity(self) -> Identity:
        """App and name."""
        return (self.kind, _app_name(self.app), self.name)


@_keywords.with_words(
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
    """A TLS certificate for a hostname that the app serves: issued by ACME, or one of your own.

    Identity: (app, hostname). Compared: whether what is declared is there, ACME or a certificate of your
    own; the other is left alone. One of your own is imported again when the given one expires later than
    the service's. ACME issues once the DNS records that `dns_records` lists are published; nothing waits
    for that. Operations: App_Certificates_show, App_Certificates_acme_create,
    App_Certificates_custom_create, App_Certificates_delete.

    Attributes:
        app: The `App`, or the name of one that exists.
        hostname: A fully qualified domain name; `*.example.com` is a wildcard.
        fullchain: Your own certificate and its intermediates, in PEM, the certificate first; None: ACME.
        private_key: Its key, in PEM, without a passphrase. Shown nowhere.

    Raises:
        ConfigurationError: No hostname, or only one of chain and key. What the two hold is checked when
            they are used, and needs the extra `certificates`.
    """

    kind: ClassVar[str] = "certificate"
    app: App | str
    hostname: str = attrs.field(converter=_lower)
    fullchain: Secret | None = attrs.field(default=None, converter=_hide)
    private_key: Secret | None = attrs.field(default=None, converter=_hide)

    def __attrs_post_init__(self) -> None:
        """Refuse what is no hostname, and half an import."""
        _check_app("Certificate", self.app)
        _checks.check(
            "Certificate",
            "hostname",
            self.hostname,
            _checks.HOSTNAME,
            "give a full domain name, ASCII (punycode)",
        )
        if len(self.hostname) > _checks.MAX_HOSTNAME:
            raise ConfigurationError(
                f"Certificate: a hostname has at most {_checks.MAX_HOSTNAME} characters."
            )
        if (self.fullchain is None) != (self.private_key is None):
            missing = "fullchain" if self.fullchain is None else "private_key"
            raise ConfigurationError(
                f"Certificate {self.hostname}: {missing} is missing; give both to import your own "
                "certificate, or neither to have one issued."
            )

    @property
    def identity(self) -> Identity:
        """App and hostname."""
        return (self.kind, _app_name(self.app), self.hostname)


@_keywords.with_words(
    kind="type ('v4', 'shared_v4', 'v6' ...)",
    version="type ('v4', 'shared_v4', 'v6' ...)",
    app_name="app",
    service="service_name",
    shared="type='shared_v4'",
)
@attrs.frozen(eq=False)
class IpAddress(Resource["models.IpAssignment"]):
    """An IP address of an app.

    Identity: the app, the type, and whatever else is given. The service names no type in its answers,
    so it is told from the address itself (IP-2). Compared: whether one is there; what an answer leaves
    out is no difference, and one address stands for one `IpAddress` only. Operations:
    App_IPAssignments_list, App_IPAssignments_create, App_IPAssignments_delete.

    Attributes:
        app: The `App`, or the name of one that exists.
        type: v4 (dedicated, billed), shared_v4, v6, private_v6 (Flycast), egress_v4, egress_v6, egress_pair.
        region: Only where the type takes one.
        network: Private network of a private_v6; the app's own if None.
        service_name: The service that it belongs to.
    """

    kind: ClassVar[str] = "address"
    app: App | str
    type: str
    region: str | None = attrs.field(default=None, kw_only=True)
    network: str | None = attrs.field(default=None, kw_only=True)
    service_name: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse an unknown type."""
        _check_app("IpAddress", self.app)
        _checks.check(
            "IpAddress", "type", self.type, _checks.IP_TYPE, f"use one of {', '.join(_checks.IP_TYPES)}"
        )
        if self.region is not None:
            _checks.check("IpAddress", "region", self.region, _checks.REGION, "name a region such as 'iad'")
        _checks.check_word("IpAddress", "network", self.network)
        _checks.check_word("IpAddress", "service_name", self.service_name)

    @property
    def identity(self) -> Identity:
        """App, type, region, network and service."""
        return (self.kind, _app_name(self.app), self.type, self.region, self.network, self.service_name)


def _check_app(noun: str, app: App | str) -> None:
    if not isinstance(app, App):
        _checks.check(noun, "app", app, _checks.APP_NAME, "give an App, or the name of one")
