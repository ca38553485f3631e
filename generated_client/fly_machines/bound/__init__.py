"""Every operation of the API as a method: `Api(client).machines.list("shop")`.

An app is named by its name, a Machine or volume by its id or name; in place of either, the SDK's model or a described resource, as those
of fly_resources, will do. A name that is no id costs a list of the app's. Bodies are models or mappings of the API's own keys. `timeout`
(seconds, or what httpx takes) and `headers` are for one call. Errors are those of the functions in `api`.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from functools import wraps
from importlib import import_module
from inspect import iscoroutinefunction, isfunction
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeAlias, Union

import httpx

from .. import models
from ..calls import BODY_HINT, is_body, unexpected
from ..client import AuthenticatedClient, Client
from ..models import as_json
from ..types import UNSET, Unset


class _Lazy:
    """A module of this package, imported on first use."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name, __package__), name)


if TYPE_CHECKING:
    from .. import config_types as config_types
    from . import apps as _apps
    from . import certificates as _certificates
    from . import ip_assignments as _ip_assignments
    from . import leases as _leases
    from . import logs as _logs
    from . import machines as _machines
    from . import metadata as _metadata
    from . import network_policies as _network_policies
    from . import organizations as _organizations
    from . import platform as _platform
    from . import postgres as _postgres
    from . import secret_keys as _secret_keys
    from . import secrets as _secrets
    from . import snapshots as _snapshots
    from . import tokens as _tokens
    from . import volumes as _volumes
else:
    config_types = _Lazy("..config_types")
    _apps = _Lazy(".apps")
    _certificates = _Lazy(".certificates")
    _ip_assignments = _Lazy(".ip_assignments")
    _machines = _Lazy(".machines")
    _leases = _Lazy(".leases")
    _metadata = _Lazy(".metadata")
    _secret_keys = _Lazy(".secret_keys")
    _secrets = _Lazy(".secrets")
    _volumes = _Lazy(".volumes")
    _snapshots = _Lazy(".snapshots")
    _organizations = _Lazy(".organizations")
    _platform = _Lazy(".platform")
    _postgres = _Lazy(".postgres")
    _tokens = _Lazy(".tokens")
    _network_policies = _Lazy(".network_policies")
    _logs = _Lazy(".logs")


class DescribedApp(Protocol):
    """An app that is described, as by `fly_resources.App`."""

    @property
    def name(self) -> str: ...
    @property
    def primary_region(self) -> str | None: ...


class DescribedMachine(Protocol):
    """A Machine that is described, as by `fly_resources.Machine`."""

    @property
    def app(self) -> Any: ...
    @property
    def name(self) -> str: ...
    @property
    def config(self) -> Any: ...


class DescribedVolume(Protocol):
    """A volume that is described, as by `fly_resources.Volume`."""

    @property
    def app(self) -> Any: ...
    @property
    def name(self) -> str: ...
    @property
    def size_gb(self) -> Any: ...


AnyApp: TypeAlias = Union[str, "models.App", DescribedApp]
AnyMachine: TypeAlias = Union[str, "models.Machine", "models.OrgMachine", DescribedMachine]
AnyVolume: TypeAlias = Union[str, "models.Volume", "models.OrgVolume", DescribedVolume]
Timeout: TypeAlias = float | httpx.Timeout | None | Unset

#: Of the parameters that name a thing by id: what it is, the shape of an id, and the list in which a name is looked up.
_LOOKED_UP = {
    "machine_id": ("machine", re.compile(r"[0-9a-f]{12,16}"), "machines.machines_list"),
    "volume_id": ("volume", re.compile(r"vol_[0-9a-z]+"), "volumes.volumes_list"),
}
_MODELS = {"machine": ("Machine", "OrgMachine"), "volume": ("Volume", "OrgVolume")}
#: States of what is gone, or about to be: another may have its name by now.
_GONE = {"destroyed", "destroying", "pending_destroy"}
#: The header that names the next page, and how many entries the next pages are asked for.
_NEXT = "fly-next-cursor"
_LIMIT = 1000
#: In a Machine's config: keys of durations, somewhere below what has them. Numbers there are nanoseconds, and below 1 ms nobody means those.
_DURATIONS = {"grace_period", "interval", "timeout"}
_HOLDERS = {"checks", "stop", "stop_config"}
_LEAST_NS = 10**6


def _short_durations(value: Any, path: str, held: bool = False) -> Iterator[tuple[str, Any]]:
    """The durations in a config that are numbers of less than a millisecond, and where they are."""
    value = as_json(value)
    if isinstance(value, Mapping):
        for key, each in value.items():
            if (
                held
                and key in _DURATIONS
                and isinstance(each, (int, float))
                and not isinstance(each, bool)
                and 0 < abs(each) < _LEAST_NS
            ):
                yield f"{path}.{key}", each
            yield from _short_durations(each, f"{path}.{key}", held or key in _HOLDERS)
    elif isinstance(value, (list, tuple)):
        for index, each in enumerate(value):
            yield from _short_durations(each, f"{path}[{index}]", held)


def _explaining(tag: str, operation: Any) -> Any:
    """The operation; a TypeError for wrong arguments says which it takes."""

    def called(self: Any, *arguments: Any, **named: Any) -> Any:
        try:
            return operation(self, *arguments, **named)
        except TypeError as error:
            if error.__traceback__ is None or error.__traceback__.tb_next is not None:
                raise  # from inside
            about = import_module("..guesses", __package__).about_arguments
            raise TypeError(about(tag, operation, arguments, named)) from None

    async def awaited(self: Any, *arguments: Any, **named: Any) -> Any:
        return await called(self, *arguments, **named)

    return wraps(operation)(awaited if iscoroutinefunction(operation) else called)


class _Operations:
    """What the operations of a tag share, whether they are awaited or not."""

    _tag: ClassVar[str]

    def __init_subclass__(cls) -> None:
        """Make wrong arguments of the operations explain themselves."""
        for name, operation in list(vars(cls).items()):
            if isfunction(operation) and not name.startswith("_"):
                setattr(cls, name, _explaining(cls._tag, operation))

    def __init__(self, client: AuthenticatedClient | Client, refuse: Callable[[str], Exception]) -> None:
        self._client = client
        self._refuse = refuse

    def __repr__(self) -> str:
        return f"<{self._tag}: {', '.join(name for name in dir(self) if not name.startswith('_'))}>"

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            raise AttributeError(import_module("..guesses", __package__).about_operation(type(self), self._tag, name))

    def _prepared(self, arguments: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        """The arguments as the API wants them, and which of them are names that have to be looked up."""
        prepared, names = dict(arguments), {}
        if "app_name" in arguments:
            prepared["app_name"] = self._app(arguments["app_name"])
        for parameter, (kind, shape, _) in _LOOKED_UP.items():
            if parameter in arguments:
                text = prepared[parameter] = self._thing(kind, arguments[parameter], prepared["app_name"])
                if not shape.fullmatch(text):
                    names[parameter] = text
        if not is_body(arguments.get("body", UNSET)):
            raise self._refuse(f"body is a {_kind(arguments['body'])}: {BODY_HINT}")
        self._check_durations(arguments.get("body", UNSET))
        return prepared, names

    def _check_durations(self, body: Any) -> None:
        """Refuse seconds where the API counts nanoseconds."""
        config = body.get("config") if isinstance(body, Mapping) else getattr(body, "config", None)
        for where, number in _short_durations(config, "body.config"):
            raise self._refuse(
                f"{where}: {number:g} is {number:g} nanoseconds; write '{abs(number):g}s' for seconds, or give a timedelta."
            )

    def _check(self, timeout: Any, headers: Any) -> None:
        """Refuse what a call of its own cannot have."""
        if isinstance(timeout, (int, float)) and not isinstance(timeout, bool):
            if not timeout > 0:
                raise self._refuse(f"timeout is {timeout}: give seconds above 0, or None for no limit.")
        elif not isinstance(timeout, (httpx.Timeout, tuple, Unset, type(None))):
            raise self._refuse(f"timeout is a {_kind(timeout)}: give seconds, or an httpx.Timeout.")
        if headers is None:
            return
        if not isinstance(headers, Mapping) or not all(
            isinstance(each, str) for pair in headers.items() for each in pair
        ):
            raise self._refuse("headers has to be a mapping of names to strings.")

    def _app(self, app: Any) -> str:
        if isinstance(app, str):
            return app
        if isinstance(app, models.App) or getattr(app, "kind", None) == "app":
            return str(app.name)
        raise self._refuse(f"A {_kind(app)} is no app: give the app's name, an App, or the SDK's model of one.")

    def _thing(self, kind: str, thing: Any, app: str) -> str:
        """The id of a Machine or volume, or its name where the id is not known."""
        if isinstance(thing, str):
            return thing
        is_model = isinstance(thing, tuple(getattr(models, name) for name in _MODELS[kind]))
        if is_model:
            return str(thing.id)
        if getattr(thing, "kind", None) != kind:
            raise self._refuse(
                f"A {_kind(thing)} is no {kind}: give its id or name, a {kind.capitalize()}, or the SDK's model of one."
            )
        if self._app(thing.app) != app:
            raise self._refuse(f"The {kind} {thing.name!r} is not of app {app!r} but of {self._app(thing.app)!r}.")
        return str(thing.name)

    def _found(self, parameter: str, name: str, listed: list[Any]) -> str:
        """The id that a name stands for; the name itself if there is none, so that the service says so."""
        kind = _LOOKED_UP[parameter][0]
        ids = [each.id for each in listed if each.name == name and each.state not in _GONE]
        if len(ids) > 1:
            raise self._refuse(f"Several {kind}s are named {name!r}: {', '.join(ids)}. Give the id.")
        return ids[0] if ids else name


def _kind(value: Any) -> str:
    return f"{type(value).__module__}.{type(value).__qualname__}".removeprefix("builtins.")


def _operation(name: str) -> Any:
    return import_module(f"..api.{name}", __package__)


def _request(
    operation: Any, arguments: dict[str, Any], timeout: Timeout, headers: Mapping[str, str] | None
) -> dict[str, Any]:
    parts: dict[str, Any] = operation.request_parts(**arguments)
    if headers:
        parts["headers"] = {**parts.get("headers", {}), **headers}
    if not isinstance(timeout, Unset):
        parts["timeout"] = timeout
    return parts


def _page(response: httpx.Response, parsed: Any, items: str, before: Any) -> tuple[list[Any], dict[str, Any]]:
    """The entries of a page, and the arguments that ask for the next; none where it was the last."""
    entries = (getattr(parsed, items) if items else parsed) or []
    cursor = (parsed.next_cursor if items else response.headers.get(_NEXT)) or None
    if cursor is not None and cursor == before:
        raise unexpected(response)
    return entries, {"cursor": cursor} if cursor else {}


class BlockingOperations(_Operations):
    """The operations of a tag."""

    def _call(
        self, operation: str, arguments: dict[str, Any], timeout: Timeout, headers: Mapping[str, str] | None
    ) -> Any:
        self._check(timeout, headers)
        arguments = self._ready(arguments)
        module = _operation(operation)
        client = self._client.get_httpx_client()
        return module.parse(client.request(**_request(module, arguments, timeout, headers)))

    def _ready(self, arguments: dict[str, Any]) -> dict[str, Any]:
        prepared, names = self._prepared(arguments)
        for parameter, name in names.items():
            where = {"app_name": prepared["app_name"], "summary": True}
            prepared[parameter] = self._found(
                parameter, name, list(self._pages(_LOOKED_UP[parameter][2], "", where, UNSET, None))
            )
        return prepared

    def _pages(
        self, operation: str, items: str, arguments: dict[str, Any], timeout: Timeout, headers: Mapping[str, str] | None
    ) -> Iterator[Any]:
        self._check(timeout, headers)
        module = _operation(operation)
        arguments = self._ready(arguments)
        while True:
            response = self._client.get_httpx_client().request(**_request(module, arguments, timeout, headers))
            entries, more = _page(response, module.parse(response), items, arguments.get("cursor"))
            yield from entries
            if not more:
                return
            arguments = {**arguments, "limit": arguments.get("limit") or _LIMIT, **more}


class AsyncOperations(_Operations):
    """The operations of a tag, awaited."""

    async def _call(
        self, operation: str, arguments: dict[str, Any], timeout: Timeout, headers: Mapping[str, str] | None
    ) -> Any:
        self._check(timeout, headers)
        arguments = await self._ready(arguments)
        module = _operation(operation)
        client = self._client.get_async_httpx_client()
        return module.parse(await client.request(**_request(module, arguments, timeout, headers)))

    async def _ready(self, arguments: dict[str, Any]) -> dict[str, Any]:
        prepared, names = self._prepared(arguments)
        for parameter, name in names.items():
            where = {"app_name": prepared["app_name"], "summary": True}
            listed = [each async for each in self._pages(_LOOKED_UP[parameter][2], "", where, UNSET, None)]
            prepared[parameter] = self._found(parameter, name, listed)
        return prepared

    async def _pages(
        self, operation: str, items: str, arguments: dict[str, Any], timeout: Timeout, headers: Mapping[str, str] | None
    ) -> AsyncIterator[Any]:
        self._check(timeout, headers)
        module = _operation(operation)
        arguments = await self._ready(arguments)
        while True:
            response = await self._client.get_async_httpx_client().request(
                **_request(module, arguments, timeout, headers)
            )
            entries, more = _page(response, module.parse(response), items, arguments.get("cursor"))
            for entry in entries:
                yield entry
            if not more:
                return
            arguments = {**arguments, "limit": arguments.get("limit") or _LIMIT, **more}


class _Root:
    def __init__(self, client: AuthenticatedClient | Client, *, refuse: Callable[[str], Exception] = TypeError) -> None:
        """Take the client that sends, and the error of arguments that cannot be."""
        self._client = client
        self._refuse = refuse

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {', '.join(name for name in dir(self) if not name.startswith('_'))}>"

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            raise AttributeError(import_module("..guesses", __package__).about_tag(type(self), name))


class Api(_Root):
    """Every operation of the API, by tag."""

    @property
    def apps(self) -> _apps.Apps:
        """Apps: the named containers of Machines, volumes, secrets, certificates and addresses."""
        return _apps.Apps(self._client, self._refuse)

    @property
    def certificates(self) -> _certificates.Certificates:
        """Certificates: host names that an app serves over TLS, with certificates that Fly.io obtains or that you bring."""
        return _certificates.Certificates(self._client, self._refuse)

    @property
    def ip_assignments(self) -> _ip_assignments.IpAssignments:
        """Addresses: public and private IP addresses of an app."""
        return _ip_assignments.IpAssignments(self._client, self._refuse)

    @property
    def machines(self) -> _machines.Machines:
        """Machines: virtual machines that start fast, their configs and their life."""
        return _machines.Machines(self._client, self._refuse)

    @property
    def leases(self) -> _leases.Leases:
        """Leases: the exclusive right to change a Machine, for a while. Reads are not affected."""
        return _leases.Leases(self._client, self._refuse)

    @property
    def metadata(self) -> _metadata.Metadata:
        """Metadata: texts by key on a Machine. Writing them neither restarts it nor makes a version; updating its config replaces them."""
        return _metadata.Metadata(self._client, self._refuse)

    @property
    def secret_keys(self) -> _secret_keys.SecretKeys:
        """Secret keys: cryptographic keys that never leave the service; it encrypts, decrypts, signs and verifies with them."""
        return _secret_keys.SecretKeys(self._client, self._refuse)

    @property
    def secrets(self) -> _secrets.Secrets:
        """Secrets: environment variables of all Machines of an app. Running Machines get new values when they are updated or restarted."""
        return _secrets.Secrets(self._client, self._refuse)

    @property
    def volumes(self) -> _volumes.Volumes:
        """Volumes: disks on one host, in one region, mounted by one Machine at a time."""
        return _volumes.Volumes(self._client, self._refuse)

    @property
    def snapshots(self) -> _snapshots.Snapshots:
        """Snapshots: backups of volumes, taken daily or on demand, kept for the volume's retention."""
        return _snapshots.Snapshots(self._client, self._refuse)

    @property
    def organizations(self) -> _organizations.Organizations:
        """Machines and volumes of a whole organization, in pages, as of some moments ago."""
        return _organizations.Organizations(self._client, self._refuse)

    @property
    def platform(self) -> _platform.Platform:
        """Regions, and where there is room."""
        return _platform.Platform(self._client, self._refuse)

    @property
    def postgres(self) -> _postgres.Postgres:
        """Managed Postgres: clusters with their databases, users, extensions, backups and attached apps."""
        return _postgres.Postgres(self._client, self._refuse)

    @property
    def tokens(self) -> _tokens.Tokens:
        """Tokens: what the present one may do, checking those of others, and identities for Machines."""
        return _tokens.Tokens(self._client, self._refuse)

    @property
    def network_policies(self) -> _network_policies.NetworkPolicies:
        """Network policies: which traffic an app's Machines may have, other than through the proxy. Not in the published document: openapi/README.md says what is known."""
        return _network_policies.NetworkPolicies(self._client, self._refuse)

    @property
    def logs(self) -> _logs.Logs:
        """Recent log lines. Not in the published document, and the least certain part of this one: openapi/README.md says what is known."""
        return _logs.Logs(self._client, self._refuse)


class AsyncApi(_Root):
    """Every operation of the API, by tag, awaited."""

    @property
    def apps(self) -> _apps.AsyncApps:
        """Apps: the named containers of Machines, volumes, secrets, certificates and addresses."""
        return _apps.AsyncApps(self._client, self._refuse)

    @property
    def certificates(self) -> _certificates.AsyncCertificates:
        """Certificates: host names that an app serves over TLS, with certificates that Fly.io obtains or that you bring."""
        return _certificates.AsyncCertificates(self._client, self._refuse)

    @property
    def ip_assignments(self) -> _ip_assignments.AsyncIpAssignments:
        """Addresses: public and private IP addresses of an app."""
        return _ip_assignments.AsyncIpAssignments(self._client, self._refuse)

    @property
    def machines(self) -> _machines.AsyncMachines:
        """Machines: virtual machines that start fast, their configs and their life."""
        return _machines.AsyncMachines(self._client, self._refuse)

    @property
    def leases(self) -> _leases.AsyncLeases:
        """Leases: the exclusive right to change a Machine, for a while. Reads are not affected."""
        return _leases.AsyncLeases(self._client, self._refuse)

    @property
    def metadata(self) -> _metadata.AsyncMetadata:
        """Metadata: texts by key on a Machine. Writing them neither restarts it nor makes a version; updating its config replaces them."""
        return _metadata.AsyncMetadata(self._client, self._refuse)

    @property
    def secret_keys(self) -> _secret_keys.AsyncSecretKeys:
        """Secret keys: cryptographic keys that never leave the service; it encrypts, decrypts, signs and verifies with them."""
        return _secret_keys.AsyncSecretKeys(self._client, self._refuse)

    @property
    def secrets(self) -> _secrets.AsyncSecrets:
        """Secrets: environment variables of all Machines of an app. Running Machines get new values when they are updated or restarted."""
        return _secrets.AsyncSecrets(self._client, self._refuse)

    @property
    def volumes(self) -> _volumes.AsyncVolumes:
        """Volumes: disks on one host, in one region, mounted by one Machine at a time."""
        return _volumes.AsyncVolumes(self._client, self._refuse)

    @property
    def snapshots(self) -> _snapshots.AsyncSnapshots:
        """Snapshots: backups of volumes, taken daily or on demand, kept for the volume's retention."""
        return _snapshots.AsyncSnapshots(self._client, self._refuse)

    @property
    def organizations(self) -> _organizations.AsyncOrganizations:
        """Machines and volumes of a whole organization, in pages, as of some moments ago."""
        return _organizations.AsyncOrganizations(self._client, self._refuse)

    @property
    def platform(self) -> _platform.AsyncPlatform:
        """Regions, and where there is room."""
        return _platform.AsyncPlatform(self._client, self._refuse)

    @property
    def postgres(self) -> _postgres.AsyncPostgres:
        """Managed Postgres: clusters with their databases, users, extensions, backups and attached apps."""
        return _postgres.AsyncPostgres(self._client, self._refuse)

    @property
    def tokens(self) -> _tokens.AsyncTokens:
        """Tokens: what the present one may do, checking those of others, and identities for Machines."""
        return _tokens.AsyncTokens(self._client, self._refuse)

    @property
    def network_policies(self) -> _network_policies.AsyncNetworkPolicies:
        """Network policies: which traffic an app's Machines may have, other than through the proxy. Not in the published document: openapi/README.md says what is known."""
        return _network_policies.AsyncNetworkPolicies(self._client, self._refuse)

    @property
    def logs(self) -> _logs.AsyncLogs:
        """Recent log lines. Not in the published document, and the least certain part of this one: openapi/README.md says what is known."""
        return _logs.AsyncLogs(self._client, self._refuse)


__all__ = [
    "AnyApp",
    "AnyMachine",
    "AnyVolume",
    "Api",
    "AsyncApi",
    "DescribedApp",
    "DescribedMachine",
    "DescribedVolume",
    "Timeout",
]
