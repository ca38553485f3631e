"""The bodies of requests as typed dictionaries: for those who write them as JSON, with the API's own keys.

What takes a model takes these too, and both may stand in each other. Type checkers find keys and values that cannot be.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Protocol, Required, TypeAlias, TypedDict

from . import models


class Hidden(Protocol):
    """What gives its text when asked, such as `fly_resources.Secret`."""

    def reveal(self) -> str:
        """Return the text."""
        ...


Text: TypeAlias = str | Hidden
#: Text such as "30s", nanoseconds, or a `timedelta`.
Duration: TypeAlias = Text | int | timedelta


class AcquireLeaseRequestDict(TypedDict, total=False):
    """How long a lease is wanted, and what for."""

    description: Text
    """ What you are doing; others who want the Machine can read it. """
    ttl: int
    """ Lifetime in seconds. """


class AuthenticateTokenRequestDict(TypedDict, total=False):
    header: Text
    """ The authorization header that you were sent. A secret. """


class AuthorizeTokenRequestDict(TypedDict, total=False):
    """A token, and what its bearer wants to do."""

    access: TokenAccessDict | models.TokenAccess
    """ What its bearer wants to do. """
    header: Text
    """ The authorization header that you were sent. A secret. """


class ContainerConfigDict(TypedDict, total=False):
    """One of several containers of a Machine."""

    cmd: list[str] | list[Text]
    """ In place of the image's command. """
    depends_on: list[ContainerDependencyDict | models.ContainerDependency]
    """ Containers that have to be so far before it starts. """
    entrypoint: list[str] | list[Text]
    """ In place of the image's entrypoint. """
    env: Mapping[str, Text]
    """ Environment variables of this container: a map of text to text. """
    env_from: list[EnvFromDict | models.EnvFrom]
    """ Environment variables with facts about the Machine. """
    exec: list[str] | list[Text]
    """ Program and arguments in place of the image's entrypoint and command. """
    files: list[MachineFileDict | models.MachineFile]
    """ Files to write before it starts. """
    healthchecks: list[ContainerHealthcheckDict | models.ContainerHealthcheck]
    """ Checks of this container. """
    image: Text
    """ Image to run. """
    name: Text
    """ Name, unique in the Machine. """
    restart: MachineRestartDict | models.MachineRestart
    """ What to do when its process ends. """
    secrets: list[MachineSecretDict | models.MachineSecret]
    """ Secrets that it gets. Default: the Machine's. """
    stop: StopConfigDict | models.StopConfig
    """ How it is stopped. """
    user: Text
    """ User to run as. """
    mounts: list[ContainerMountDict | models.ContainerMount]
    """ Volumes of the config that it mounts. """


class ContainerDependencyDict(TypedDict, total=False):
    """What another container has to have reached."""

    condition: Text
    """ started, healthy or exited_successfully. """
    name: Text
    """ Name of the other container. """


class ContainerHealthcheckDict(TypedDict, total=False):
    """A check of a container, by one of exec, http and tcp. Times are seconds here."""

    exec: ExecHealthcheckDict | models.ExecHealthcheck
    """ Check by running a command. """
    failure_threshold: int
    """ Failures in a row that make it unhealthy. """
    grace_period: int
    """ Seconds after a start before checks count. """
    http: HttpHealthcheckDict | models.HttpHealthcheck
    """ Check by an HTTP request. """
    interval: int
    """ Seconds between checks. """
    kind: Text
    """ readiness or liveness. """
    name: Text
    """ Name, unique in the container. """
    success_threshold: int
    """ Successes in a row that make it healthy. """
    tcp: TcpHealthcheckDict | models.TcpHealthcheck
    """ Check by connecting. """
    timeout: int
    """ Seconds until a check has failed. """
    unhealthy: Text
    """ What to do when it is unhealthy: stop. """


class ContainerMountDict(TypedDict, total=False):
    """One of the config's volumes, mounted into a container."""

    name: Text
    """ Name of the volume, as in the config's `volumes`. """
    path: Text
    """ Folder to mount it at. """


class CreateAcmeCertificateRequestDict(TypedDict, total=False):
    hostname: Required[Text]
    """ Fully qualified host name; `*.example.com` for a wildcard. """


class CreateAppDeployTokenRequestDict(TypedDict, total=False):
    """What the new token shall be good for."""

    expiry: Text
    """ Lifetime as a Go duration, as in `48h`. """


class CreateAppRequestDict(TypedDict, total=False):
    """A new app."""

    enable_subdomains: bool
    """ Serve subdomains of the app's own host name. Default: false. """
    idempotency_key: Text
    """ Key that marks repeats of one request: a second one with the same key, and the same name or none, answers
    the app of the first; with another name it is refused. """
    name: Required[Text]
    """ Name: at most 62 lowercase letters, digits and dashes, unique in all of Fly.io. """
    network: Text
    """ Name of a private network of its own. Default: the organization's. Cannot be changed. """
    org_slug: Required[Text]
    """ Slug of the organization; `personal` is your own. """
    app_role_id: Text
    """ Role to create the app in. """


class CreateCustomCertificateRequestDict(TypedDict, total=False):
    fullchain: Required[Text]
    """ Certificate and its intermediates, PEM. """
    hostname: Required[Text]
    """ Fully qualified host name; `*.example.com` for a wildcard. """
    private_key: Required[Text]
    """ The certificate's key, PEM. A secret. """


class CreateIpAssignmentRequestDict(TypedDict, total=False):
    """The address that is wanted."""

    network: Text
    """ Private network of a private_v6 address. Default: the organization's, not the app's. """
    org_slug: Text
    """ Organization whose private network a private_v6 address is in. """
    region: Text
    """ Region, for addresses that have one. """
    service_name: Text
    """ Service that a private_v6 address is for. """
    type: Required[Text]
    """ v4 (dedicated, billed), shared_v4, v6, private_v6, or egress_v4, egress_v6 and egress_pair for outgoing
    connections. """


class CreateMachineRequestDict(TypedDict, total=False):
    """A new Machine."""

    config: Required[MachineConfigDict | models.MachineConfig]
    """ What it runs and how; only an image is needed. """
    lease_ttl: int
    """ Take a lease of this many seconds in the same step; its nonce is in the answer. """
    min_secrets_version: int
    """ Use secrets at least as new as this version, which a write of secrets returned. """
    name: Text
    """ Name, unique in the app. Default: a generated one. """
    region: Text
    """ Region, or several and aliases in order of preference (`iad,ewr`, `eu`). Default: near the caller. The
    volume's, if it mounts one. """
    skip_launch: bool
    """ Prepare it but leave it stopped; one with a schedule is then not started by it, until it was started once by
    hand. Default: false. """
    skip_secrets: bool
    """ Start it without the app's secrets. Default: false. """
    skip_service_registration: bool
    """ Leave it out of the proxy until uncordoned. Default: false. """


class CreateNetworkPolicyRequestDict(TypedDict, total=False):
    """A network policy, new or changed."""

    id: Text
    """ Id of the policy to replace. Default: a new one. """
    name: Required[Text]
    """ Name. """
    rules: Required[list[NetworkPolicyRuleDict | models.NetworkPolicyRule]]
    """ What is allowed. Once a direction has a rule, everything else in that direction is refused. """
    selector: Required[NetworkPolicySelectorDict | models.NetworkPolicySelector]
    """ Machines that it is for. """


class CreateOidcTokenRequestDict(TypedDict, total=False):
    aud: Text
    """ Whom the token is for. Default: `https://fly.io/` with your organization's slug. """
    aws_principal_tags: bool
    """ Add the claims that AWS reads as session tags. Default: false. """


class CreatePostgresAttachmentRequestDict(TypedDict, total=False):
    app_name: Required[Text]
    """ Name of the app to attach. """


class CreatePostgresBackupRequestDict(TypedDict, total=False):
    type: Required[Text]
    """ full, diff (since the last full one) or incr (since the last one). """


class CreatePostgresClusterRequestDict(TypedDict, total=False):
    """A new cluster."""

    disk_size_gb: int
    """ Size of the disk in GB, 10 to 1000. """
    name: Text
    """ Name; generated if absent. """
    org_slug: Required[Text]
    """ Slug of the organization. """
    pg_major_version: Text
    """ Major version of Postgres. """
    plan: Required[Text]
    """ Plan, which sets CPUs and memory. """
    pool_mode: Text
    """ When the pooler gives a connection to another client: after a session, or after a transaction. """
    postgis_enabled: bool
    """ Install PostGIS. Default: false. """
    region: Required[Text]
    """ Region; see `mpg_available` of the list of regions. """


class CreatePostgresDatabaseRequestDict(TypedDict, total=False):
    name: Required[Text]
    """ Name of the database. """


class CreatePostgresUserRequestDict(TypedDict, total=False):
    role: Required[Text]
    """ What the user may do. """
    username: Required[Text]
    """ Name of the user. """


class CreateVolumeRequestDict(TypedDict, total=False):
    """A new volume, or with `snapshot_id` or `source_volume_id` a copy."""

    auto_backup_enabled: bool
    """ Take daily snapshots. Default: true. """
    compute: MachineGuestDict | models.MachineGuest
    """ The guest that will mount it, so that a host with room for it is chosen. """
    compute_image: Text
    """ Image that will run on it, as a hint for placement. """
    encrypted: bool
    """ Encrypt at rest. Default: true. """
    fstype: Text
    """ File system. Default: ext4. """
    name: Required[Text]
    """ Name; need not be unique. """
    region: Text
    """ Region, or several and aliases in order of preference (`iad,ewr`, `eu`). Default: near the caller. """
    require_unique_zone: bool
    """ Keep volumes of one name on different hosts. Default: true, which fails once hosts run out. """
    size_gb: int
    """ Size in GB. Default: 3. """
    snapshot_id: Text
    """ Restore this snapshot into the new volume. """
    snapshot_retention: int
    """ Days to keep snapshots, 1 to 60. Default: 5. """
    source_volume_id: Text
    """ Fork this volume into the new one. """
    unique_zone_app_wide: bool
    """ Keep all volumes of the app on different hosts, whatever their name. """


class DecryptSecretKeyRequestDict(TypedDict, total=False):
    associated_data: Text
    """ What was given when it was encrypted, base64. """
    ciphertext: Text
    """ What to decrypt, base64. """


class DnsConfigDict(TypedDict, total=False):
    """How names are resolved on a Machine."""

    dns_forward_rules: list[DnsForwardRuleDict | models.DnsForwardRule]
    """ Domains that other name servers are asked for. """
    hostname: Text
    """ Host name of the Machine. Default: its id. """
    hostname_fqdn: Text
    """ Fully qualified host name of the Machine. """
    nameservers: list[str] | list[Text]
    """ Addresses of name servers, instead of Fly.io's. """
    options: list[DnsOptionDict | models.DnsOption]
    """ Options of the resolver. """
    searches: list[str] | list[Text]
    """ Domains to look in. """
    skip_registration: bool
    """ Leave it out of the private DNS. Default: false. """


class DnsForwardRuleDict(TypedDict, total=False):
    """A domain that another name server is asked for."""

    addr: Text
    """ Address of the name server. """
    basename: Text
    """ The domain. """


class DnsOptionDict(TypedDict, total=False):
    name: Text
    """ Name of the resolver's option. """
    value: Text
    """ Its value. """


class EnablePostgresExtensionRequestDict(TypedDict, total=False):
    create_schema: bool
    """ Create that schema if it is missing. Default: false. """
    name: Required[Text]
    """ Name of the extension. """
    schema: Text
    """ Schema to install it into. """


class EncryptSecretKeyRequestDict(TypedDict, total=False):
    associated_data: Text
    """ Bound to the ciphertext but not part of it, base64. """
    plaintext: Text
    """ What to encrypt, base64. """


class EnvFromDict(TypedDict, total=False):
    """A fact about the Machine as an environment variable."""

    env_var: Text
    """ Name of the environment variable. """
    field_ref: Text
    """ The fact: id, version, app_name, private_ip, region or image. """


class ExecHealthcheckDict(TypedDict, total=False):
    command: list[str] | list[Text]
    """ Program and arguments; exit code 0 is a success. """


class ExecMachineRequestDict(TypedDict, total=False):
    """A command to run; `command` is needed."""

    cmd: Text
    """ One text in place of `command`. """
    command: list[str] | list[Text]
    """ Program and arguments; no shell is involved. """
    container: Text
    """ Container to run it in, where there are several. """
    machine: bool
    """ Run it on the Machine itself, where there are containers. """
    stdin: Text
    """ Text to give it as input. """
    timeout: int
    """ Seconds until it is killed. """


class ExtendVolumeRequestDict(TypedDict, total=False):
    size_gb: Required[int]
    """ New size in GB, larger than the present one. """


class FindPlacementsRequestDict(TypedDict, total=False):
    """What would have to fit."""

    compute: MachineGuestDict | models.MachineGuest
    """ Size of one Machine. Default: performance-1x. """
    count: int
    """ How many Machines. Default: 0, for the most that the organization may have in each region. """
    org_slug: Required[Text]
    """ Slug of the organization whose limits count. """
    region: Text
    """ Regions and aliases in order of preference (`lhr,eu`). Default: the nearest, then any. """
    volume_name: Text
    """ A volume of this name has to fit with each Machine. """
    volume_size_bytes: int
    """ Size of that volume in bytes. """
    weights: Mapping[str, int]
    """ How much each preference counts, by name (`region`, `spread`). """


class ForkPostgresClusterRequestDict(TypedDict, total=False):
    name: Text
    """ Name of the new cluster; generated if absent. """


class HttpHealthcheckDict(TypedDict, total=False):
    headers: list[MachineHttpHeaderDict | models.MachineHttpHeader]
    """ Headers of the request. """
    method: Text
    """ Method. Default: GET. """
    path: Text
    """ Path to ask for. """
    port: int
    """ Port to ask. """
    scheme: Text
    """ http or https. """
    tls_server_name: Text
    """ Name that the certificate has to have. """
    tls_skip_verify: bool
    """ Accept any certificate. Default: false. """


class HttpOptionsDict(TypedDict, total=False):
    """Details of the http handler."""

    compress: bool
    """ Compress answers. Default: false. """
    h2_backend: bool
    """ Speak HTTP/2 without TLS to the process. Default: false. """
    headers_read_timeout: int
    """ Seconds for a request's headers to arrive. """
    idle_timeout: int
    """ Seconds without data until a connection is closed. """
    replay_cache: list[ReplayCacheDict | models.ReplayCache]
    """ What the proxy remembers of replayed requests. """
    response: HttpResponseOptionsDict | models.HttpResponseOptions
    """ What the proxy does to answers. """


class HttpResponseOptionsDict(TypedDict, total=False):
    headers: Mapping[str, Any]
    """ Headers to set on answers, by name: a text, several, or false to remove it. """
    pristine: bool
    """ Add none of the proxy's own headers. Default: false. """


class MachineCacheDriveDict(TypedDict, total=False):
    size_mb: int
    """ Size in MiB. """


class MachineCheckDict(TypedDict, total=False):
    """A check of the Machine itself."""

    grace_period: Duration
    """ Time after a start before checks count: a Go duration (`1s`) or nanoseconds. """
    headers: list[MachineHttpHeaderDict | models.MachineHttpHeader]
    """ Headers of an http check. """
    interval: Duration
    """ Time between checks: a Go duration (`15s`) or nanoseconds. """
    kind: Text
    """ readiness (deploys and services wait for it) or informational. """
    method: Text
    """ Method of an http check. Default: GET. """
    path: Text
    """ Path of an http check. """
    port: int
    """ Port to check. """
    protocol: Text
    """ http or https, of an http check. """
    timeout: Duration
    """ Time until a check has failed: a Go duration (`2s`) or nanoseconds. """
    tls_server_name: Text
    """ Name that the certificate has to have, of an https check. """
    tls_skip_verify: bool
    """ Accept any certificate. Default: false. """
    type: Text
    """ http or tcp. """


class MachineConfigDict(TypedDict, total=False):
    """What a Machine runs, and how. The service echoes it with defaults filled in and durations normalised."""

    auto_destroy: bool
    """ Destroy it when its process ends, however it ends. Default: false. """
    cache_drive: MachineCacheDriveDict | models.MachineCacheDrive
    """ A disk for caches. """
    checks: Mapping[str, MachineCheckDict | models.MachineCheck]
    """ Checks by name, of the Machine itself; those of a service stand in the service. """
    containers: list[ContainerConfigDict | models.ContainerConfig]
    """ Several containers in one Machine, each with its own image. """
    disable_machine_autostart: bool
    """ Replaced by a service's `autostart`. """
    dns: DnsConfigDict | models.DnsConfig
    """ How names are resolved on it. """
    env: Mapping[str, Text] | None
    """ Environment variables: a map of text to text. """
    files: list[MachineFileDict | models.MachineFile]
    """ Files to write before it starts. """
    guest: MachineGuestDict | models.MachineGuest
    """ CPUs and memory. Default: shared, 1 CPU, 256 MiB. """
    image: Text
    """ Image to run, as in `nginx:alpine`. """
    init: MachineInitDict | models.MachineInit
    """ What to run instead of what the image says. """
    metadata: Mapping[str, Text] | None
    """ Texts by key, for you and for tools: a map of text to text. """
    metrics: MachineMetricsDict | models.MachineMetrics
    """ Where Prometheus metrics are collected. """
    mounts: list[MachineMountDict | models.MachineMount]
    """ Volumes to mount; at most one. """
    processes: list[MachineProcessDict | models.MachineProcess]
    """ Several processes in one Machine, each with its own environment. """
    restart: MachineRestartDict | models.MachineRestart
    """ What to do when the process ends. Default: as `on-failure` with 10 retries. """
    rootfs: MachineRootfsDict | models.MachineRootfs
    """ How the root file system is kept. """
    schedule: Text
    """ Start it about once every hour, day, week or month. """
    services: list[MachineServiceDict | models.MachineService] | None
    """ Ports that the proxy serves. """
    size: Text
    """ A named size, as in `shared-cpu-2x`; replaced by `guest`. """
    spot: MachineSpotDict | models.MachineSpot
    """ Run on spare capacity. """
    standbys: list[str] | list[Text]
    """ Ids of Machines that it stands by for: it stays stopped until one of their hosts fails. """
    statics: list[MachineStaticDict | models.MachineStatic]
    """ Folders that the proxy serves itself. """
    stop_config: StopConfigDict | models.StopConfig
    """ How it is stopped. """
    volumes: list[VolumeConfigDict | models.VolumeConfig]
    """ Volumes that last as long as the Machine: temporary folders, or images. Containers mount them by name. """


class MachineFileDict(TypedDict, total=False):
    """A file to write before the process starts; one of the three contents."""

    guest_path: Text
    """ Where to write it; absolute. """
    image_config: Text
    """ Image whose config is the contents. """
    mode: int
    """ Permissions, as a number: 420 is 0o644. """
    raw_value: Text
    """ Contents, base64. """
    secret_name: Text
    """ Secret that holds the contents, base64. """


class MachineGuestDict(TypedDict, total=False):
    """CPUs and memory of a Machine."""

    cpu_kind: Text
    """ shared or performance. Needed as soon as a guest is given. """
    cpus: int
    """ CPUs: 1, 2, 4, 6 or 8; performance also 10, 12, 14, 16, 32, 64 and 128. """
    gpu_kind: Text
    """ Kind of GPU. """
    gpus: int
    """ How many GPUs. Default: 0. """
    host_dedication_id: Text
    """ Dedicated host group to run on. """
    kernel_args: list[str] | list[Text]
    """ Arguments for the kernel. """
    max_memory_mb: int
    """ Memory in MiB that it may grow to. """
    memory_mb: int
    """ Memory in MiB: a multiple of 256 up to 2048 a shared CPU, of 1024 from 2048 to 8192 a performance CPU. """
    persist_rootfs: Text
    """ Replaced by `rootfs` of the config. """
    required_host_features: list[str] | list[Text]
    """ Features that its host has to have. """


class MachineHttpHeaderDict(TypedDict, total=False):
    """A header of a check's request."""

    name: Text
    """ Name of the header. """
    values: list[str] | list[Text]
    """ Its values. """


class MachineInitDict(TypedDict, total=False):
    """What to run instead of what the image says."""

    cmd: list[str] | list[Text] | None
    """ In place of the image's command. """
    entrypoint: list[str] | list[Text] | None
    """ In place of the image's entrypoint. """
    exec: list[str] | list[Text] | None
    """ Program and arguments in place of the image's entrypoint and command. """
    kernel_args: list[str] | list[Text]
    """ Arguments for the kernel. """
    swap_size_mb: int
    """ MiB of swap. Default: 0. """
    tty: bool
    """ Give the process a terminal. Default: false. """


class MachineMetricsDict(TypedDict, total=False):
    """Where Prometheus metrics are collected."""

    https: bool
    """ Ask over HTTPS. Default: false. """
    path: Text
    """ Path, as in `/metrics`. """
    port: int
    """ Port. """


class MachineMountDict(TypedDict, total=False):
    """A volume mounted into a Machine."""

    add_size_gb: int
    """ GB to extend it by. """
    add_size_percent: int
    """ Percent of its size to extend it by. """
    encrypted: bool
    """ Whether the volume is encrypted; filled in by the service. """
    extend_threshold_percent: int
    """ Extend it by itself once it is this full, in percent. """
    min_add_size_gb: int
    """ GB to extend it by at least. """
    name: Text
    """ Name of the volume; filled in by the service. """
    path: Text
    """ Folder to mount it at, as in `/data`. """
    size_gb: int
    """ Size of the volume in GB; filled in by the service. """
    size_gb_limit: int
    """ GB that it may grow to by itself. """
    volume: Text
    """ Id of the volume, or a name: then any free volume of that name in the region. """


class MachinePortDict(TypedDict, total=False):
    """A port, or a range, that the world sees."""

    end_port: int
    """ Last port of a range. """
    force_https: bool
    """ Redirect plain HTTP to HTTPS. Default: false. """
    handlers: list[str] | list[Text]
    """ What the proxy does, outermost first: tls, http, pg_tls, proxy_proto. None: it passes bytes on. """
    http_options: HttpOptionsDict | models.HttpOptions
    """ Details of the http handler. """
    port: int
    """ One port. """
    proxy_proto_options: ProxyProtoOptionsDict | models.ProxyProtoOptions
    """ Details of the proxy_proto handler. """
    start_port: int
    """ First port of a range. """
    tls_options: TlsOptionsDict | models.TlsOptions
    """ Details of the tls handler. """


class MachineProcessDict(TypedDict, total=False):
    """One of several processes of a Machine."""

    cmd: list[str] | list[Text]
    """ In place of the image's command. """
    entrypoint: list[str] | list[Text]
    """ In place of the image's entrypoint. """
    env: Mapping[str, Text]
    """ Environment variables of this process: a map of text to text. """
    env_from: list[EnvFromDict | models.EnvFrom]
    """ Environment variables with facts about the Machine. """
    exec: list[str] | list[Text]
    """ Program and arguments in place of the image's entrypoint and command. """
    ignore_app_secrets: bool
    """ Give it only the secrets named here. Default: false. """
    secrets: list[MachineSecretDict | models.MachineSecret]
    """ Secrets that it gets. """
    user: Text
    """ User to run as. """


class MachineRestartDict(TypedDict, total=False):
    """What to do when the process ends."""

    max_retries: int
    """ Restarts within 5 minutes before it stays stopped, for on-failure. Default: 10. """
    policy: Text
    """ no, on-failure or always. """


class MachineRootfsDict(TypedDict, total=False):
    """How the root file system is kept."""

    persist: Text
    """ When changes survive: never, restart or always. Default: never. """
    size_gb: int
    """ Size in GB. """


class MachineSecretDict(TypedDict, total=False):
    """A secret as an environment variable."""

    env_var: Text
    """ Name of the environment variable. """
    name: Text
    """ Name of the secret. Default: the variable's. """


class MachineServiceDict(TypedDict, total=False):
    """A port of the Machine that the proxy serves to the world."""

    autostart: bool
    """ Start the Machine when a request comes. A boolean only. """
    autostop: bool | Text
    """ Stop or suspend it when there are no requests: off, stop or suspend. Answers have false for off and true for
    stop. """
    checks: list[MachineServiceCheckDict | models.MachineServiceCheck]
    """ Checks that decide whether the proxy sends requests. """
    concurrency: MachineServiceConcurrencyDict | models.MachineServiceConcurrency
    """ How many requests a Machine takes. """
    force_instance_description: Text
    """ Reserved for Fly.io's own tools. """
    force_instance_key: Text | None
    """ Reserved for Fly.io's own tools. """
    internal_port: int
    """ Port that the process listens on, on all addresses. """
    min_machines_running: int
    """ Machines in the primary region that are not stopped this way. Default: 0. """
    ports: list[MachinePortDict | models.MachinePort]
    """ Ports that the world sees, and what the proxy does there. """
    protocol: Text
    """ tcp or udp. Whether it may be left out is contested: give it. """


class MachineServiceCheckDict(TypedDict, total=False):
    """A check that decides whether the proxy sends requests."""

    grace_period: Duration
    """ Time after a start before checks count: a Go duration (`1s`) or nanoseconds. """
    headers: list[MachineHttpHeaderDict | models.MachineHttpHeader]
    """ Headers of an http check. """
    interval: Duration
    """ Time between checks: a Go duration (`15s`) or nanoseconds. """
    method: Text
    """ Method of an http check. Default: GET. """
    path: Text
    """ Path of an http check. """
    port: int
    """ Port to check. Default: the service's internal port. """
    protocol: Text
    """ http or https, of an http check. """
    timeout: Duration
    """ Time until a check has failed: a Go duration (`2s`) or nanoseconds. """
    tls_server_name: Text
    """ Name that the certificate has to have, of an https check. """
    tls_skip_verify: bool
    """ Accept any certificate. Default: false. """
    type: Text
    """ http or tcp. """


class MachineServiceConcurrencyDict(TypedDict, total=False):
    """How many requests a Machine takes."""

    hard_limit: int
    """ From here on, it gets no more. """
    soft_limit: int
    """ From here on, other Machines are preferred. """
    type: Text
    """ What is counted: connections or requests. """


class MachineSpotDict(TypedDict, total=False):
    """Running on spare capacity."""

    max_price_fraction: float
    """ Part of the full price to pay at most, 0 to 1. """


class MachineStaticDict(TypedDict, total=False):
    """A folder that the proxy serves itself."""

    guest_path: Text
    """ Folder in the image, or prefix in the bucket. """
    index_document: Text
    """ File to serve for a folder, as in `index.html`. """
    tigris_bucket: Text
    """ Bucket to serve from, instead of the image. """
    url_prefix: Text
    """ Paths that it is served at. """


class NetworkPolicyMachineDict(TypedDict, total=False):
    """A Machine that a policy is for."""

    id: Text
    """ Id of the Machine. """


class NetworkPolicyPortDict(TypedDict, total=False):
    """A port of one protocol."""

    port: int
    """ Number of the port. """
    protocol: Text
    """ As in tcp. """


class NetworkPolicyRuleDict(TypedDict, total=False):
    """Ports that are open in one direction, to and from any address."""

    action: Text
    """ allow; there is no other. """
    direction: Text
    """ egress or ingress. """
    ports: list[NetworkPolicyPortDict | models.NetworkPolicyPort]
    """ Ports that are allowed. """


class NetworkPolicySelectorDict(TypedDict, total=False):
    """Machines; those that meet everything that is said."""

    all: bool
    """ Every Machine of the app. """
    machines: list[NetworkPolicyMachineDict | models.NetworkPolicyMachine]
    """ These Machines. """
    metadata: Mapping[str, Text]
    """ Machines whose metadata have these values. """


class ProxyProtoOptionsDict(TypedDict, total=False):
    version: Text
    """ Version of the PROXY protocol, `v1` or `v2`. """


class ReclaimMemoryRequestDict(TypedDict, total=False):
    amount_mb: int
    """ How much to ask for, in MiB. """


class ReplayCacheDict(TypedDict, total=False):
    """Requests that go where an earlier one of theirs was replayed to."""

    allow_bypass: bool
    """ Let requests ask not to be sent there. Default: false. """
    name: Text
    """ Name of that cookie or header. """
    path_prefix: Text
    """ Paths that this is for. """
    ttl_seconds: int
    """ Seconds to remember. """
    type: Text
    """ What tells requests apart: cookie or header. """


class RestorePostgresClusterRequestDict(TypedDict, total=False):
    backup_id: Text
    """ Backup to restore; this or `pitr_time`. """
    name: Text
    """ Name of the new cluster; generated if absent. """
    pitr_time: Text
    """ Point in time to restore, RFC 3339; this or `backup_id`. """


class RotatePostgresPasswordRequestDict(TypedDict, total=False):
    kill_sessions: bool
    """ End the user's open connections too. Default: false. """


class SetAppSecretRequestDict(TypedDict, total=False):
    value: Required[Text]
    """ The value. """


class SetMemoryLimitRequestDict(TypedDict, total=False):
    limit_mb: int
    """ New limit in MiB. """


class SetMetadataRequestDict(TypedDict, total=False):
    updated_at: Text
    """ Time of the write, RFC 3339. """
    value: Required[Text]
    """ The new value of the key. """


class SetSecretKeyRequestDict(TypedDict, total=False):
    type: Text
    """ One of es256, hs256, hs384, hs512, xaes256gcm, nacl_auth, nacl_box, nacl_secretbox, nacl_sign. """
    value: Text
    """ The key, base64; left out when one is generated. """


class SignSecretKeyRequestDict(TypedDict, total=False):
    plaintext: Text
    """ What to sign, base64. """


class SignalMachineRequestDict(TypedDict, total=False):
    signal: Required[Text | int]
    """ Name of the signal, or its number. """


class StopConfigDict(TypedDict, total=False):
    """How a Machine or container is stopped."""

    signal: Text
    """ Signal that asks the process to end. Default: SIGINT. """
    timeout: Duration
    """ Time until it is killed: a Go duration (`10s`) or nanoseconds. """


class StopMachineRequestDict(TypedDict, total=False):
    """How to stop, if not as the config says."""

    signal: Text
    """ Signal that asks the process to end. Default: SIGINT. """
    timeout: Duration
    """ Time until it is killed; a Go duration (`10s`) is safest, as the unit of a number is not settled. """


class TcpHealthcheckDict(TypedDict, total=False):
    port: int
    """ Port to connect to. """


class TempDirVolumeDict(TypedDict, total=False):
    """A temporary folder."""

    size_mb: int
    """ Size in MiB. """
    storage_type: Text
    """ disk or memory. """


class TlsOptionsDict(TypedDict, total=False):
    """Details of the tls handler."""

    alpn: list[str] | list[Text]
    """ Protocols to offer, as in `h2`, `http/1.1`. """
    default_self_signed: bool
    """ Answer unknown host names with a self-signed certificate. Default: false. """
    versions: list[str] | list[Text]
    """ TLS versions to accept, as in `TLSv1.2`. """


class TokenAccessDict(TypedDict, total=False):
    """An action, and what it is done to."""

    action: Text | int
    """ Letters or the sum of their bits: r 1, w 2, c 4, d 8, C (control) 16. """
    app_feature: Text
    """ Feature of the app, as in `images`. """
    app_name: Text
    """ Name of the app. """
    command: list[str] | list[Text]
    """ Command run on the Machine, an entry a word. """
    machine_feature: Text
    """ Feature of the Machine, as in `oidc`. """
    machine_id: Text
    """ Id of the Machine. """
    mutation: Text
    """ Name of a GraphQL mutation. """
    org_feature: Text
    """ Feature of the organization, as in `builder`. """
    org_slug: Text
    """ Slug of the organization. """
    source_machine: Text
    """ Id of the Machine that asks. """
    storage_object: Text
    """ Object in a storage bucket. """
    volume_id: Text
    """ Id of the volume. """


class UpdateAppSecretsRequestDict(TypedDict, total=False):
    """Several secrets at once."""

    values: Required[Mapping[str, Text | None]]
    """ Name to value; null removes the secret. """


class UpdateMachineRequestDict(TypedDict, total=False):
    """A new config for a Machine."""

    config: Required[MachineConfigDict | models.MachineConfig]
    """ The whole new config: what is left out is removed. """
    current_version: Text
    """ Update only if this is still its version; otherwise 409, and nothing changes. """
    lease_ttl: int
    """ Take a lease of this many seconds in the same step; its nonce is in the answer. """
    min_secrets_version: int
    """ Use secrets at least as new as this version, which a write of secrets returned. """
    name: Text
    """ Ignored: a name cannot be changed. """
    region: Text
    """ Ignored: a region cannot be changed. """
    skip_launch: bool
    """ Do not start it. One that does not run stays so without it too; one with a schedule is then not started by
    it, until it was started once by hand. Default: false. """
    skip_secrets: bool
    """ Start it without the app's secrets. Default: false. """
    skip_service_registration: bool
    """ Leave it out of the proxy until uncordoned. Default: false. """


class UpdateMetadataRequestDict(TypedDict, total=False):
    """Several keys at once."""

    machine_version: Text
    """ Write only if this is still the Machine's version. """
    metadata: Mapping[str, Text | None]
    """ Key to value; null or an empty text removes the key. """
    updated_at: Text
    """ Time of the write, RFC 3339. """


class UpdatePostgresUserRoleRequestDict(TypedDict, total=False):
    role: Required[Text]
    """ What the user may do. """


class UpdateVolumeRequestDict(TypedDict, total=False):
    """What to change; what is left out stays."""

    auto_backup_enabled: bool
    """ Take daily snapshots. """
    snapshot_retention: int
    """ Days to keep snapshots, 1 to 60. """


class VerifySecretKeyRequestDict(TypedDict, total=False):
    plaintext: Text
    """ What was signed, base64. """
    signature: Text
    """ The signature, base64. """


class VolumeConfigDict(TypedDict, total=False):
    """A volume that belongs to one Machine: a temporary folder, or the files of an image."""

    image: Text
    """ Image whose files it holds. """
    name: Text
    """ Name, by which containers mount it. """
    temp_dir: TempDirVolumeDict | models.TempDirVolume
    """ A temporary folder. """
