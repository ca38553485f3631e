"""Every operation of the API as a method: `Api(client).machines.list("shop")`.

An app is named by its name, a Machine or volume by its id or name; in place of either, the SDK's model or a described resource, as those
of fly_resources, will do. A name that is no id costs a list of the app's. Bodies are models or mappings of the API's own keys. `timeout`
(seconds, or what httpx takes) and `headers` are for one call. Errors are those of the functions in `api`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeAlias, Union

from .. import models
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    import httpx

    from ..client import AuthenticatedClient, Client
    from .apps import Apps, AsyncApps
    from .certificates import AsyncCertificates, Certificates
    from .ip_assignments import AsyncIpAssignments, IpAssignments
    from .leases import AsyncLeases, Leases
    from .logs import AsyncLogs, Logs
    from .machines import AsyncMachines, Machines
    from .metadata import AsyncMetadata, Metadata
    from .network_policies import AsyncNetworkPolicies, NetworkPolicies
    from .organizations import AsyncOrganizations, Organizations
    from .platform import AsyncPlatform, Platform
    from .postgres import AsyncPostgres, Postgres
    from .secret_keys import AsyncSecretKeys, SecretKeys
    from .secrets import AsyncSecrets, Secrets
    from .snapshots import AsyncSnapshots, Snapshots
    from .tokens import AsyncTokens, Tokens
    from .volumes import AsyncVolumes, Volumes


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
Timeout: TypeAlias = Union[float, "httpx.Timeout", None, Unset]

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


class _Operations:
    """What the operations of a tag share, whether they are awaited or not."""

    _tag: ClassVar[str]

    def __init__(self, client: AuthenticatedClient | Client, refuse: Callable[[str], Exception]) -> None:
        self._client = client
        self._refuse = refuse

    def __repr__(self) -> str:
        return f"<{self._tag}: {', '.join(name for name in dir(self) if not name.startswith('_'))}>"

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
        if isinstance(arguments.get("body"), Mapping):
            prepared["body"] = _Body(arguments["body"])
        elif "body" in arguments and not hasattr(arguments["body"], "to_dict") and arguments["body"] is not UNSET:
            raise self._refuse(
                f"body is a {type(arguments['body']).__name__}: give the SDK's model, or a mapping of the API's keys."
            )
        return prepared, names

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


class _Body:
    """A body that was given as a mapping."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self._body = body

    def to_dict(self) -> dict[str, Any]:
        body: dict[str, Any] = _as_json(self._body)
        return body


def _as_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _as_json(each) for key, each in value.items() if each is not UNSET}
    if isinstance(value, (list, tuple)):
        return [_as_json(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value // timedelta(microseconds=1)}us"
    for name in ("to_dict", "reveal"):
        if hasattr(value, name):
            return _as_json(getattr(value, name)())
    return value


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
        raise response.extensions.get("unexpected", _unexpected)(response.status_code, response.content)
    return entries, {"cursor": cursor} if cursor else {}


def _unexpected(status: int, content: bytes) -> Exception:
    from ..errors import UnexpectedStatus

    return UnexpectedStatus(status, content)


class BlockingOperations(_Operations):
    """The operations of a tag."""

    def _call(
        self, operation: str, arguments: dict[str, Any], timeout: Timeout, headers: Mapping[str, str] | None
    ) -> Any:
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


class Api(_Root):
    """Every operation of the API, by tag."""

    @property
    def apps(self) -> Apps:
        """Apps: the named containers of Machines, volumes, secrets, certificates and addresses."""
        from .apps import Apps

        return Apps(self._client, self._refuse)

    @property
    def certificates(self) -> Certificates:
        """Certificates: host names that an app serves over TLS, with certificates that Fly.io obtains or that you bring."""
        from .certificates import Certificates

        return Certificates(self._client, self._refuse)

    @property
    def ip_assignments(self) -> IpAssignments:
        """Addresses: public and private IP addresses of an app."""
        from .ip_assignments import IpAssignments

        return IpAssignments(self._client, self._refuse)

    @property
    def machines(self) -> Machines:
        """Machines: virtual machines that start fast, their configs and their life."""
        from .machines import Machines

        return Machines(self._client, self._refuse)

    @property
    def leases(self) -> Leases:
        """Leases: the exclusive right to change a Machine, for a while. Reads are not affected."""
        from .leases import Leases

        return Leases(self._client, self._refuse)

    @property
    def metadata(self) -> Metadata:
        """Metadata: texts by key on a Machine. Writing them neither restarts it nor makes a version; updating its config replaces them."""
        from .metadata import Metadata

        return Metadata(self._client, self._refuse)

    @property
    def secret_keys(self) -> SecretKeys:
        """Secret keys: cryptographic keys that never leave the service; it encrypts, decrypts, signs and verifies with them."""
        from .secret_keys import SecretKeys

        return SecretKeys(self._client, self._refuse)

    @property
    def secrets(self) -> Secrets:
        """Secrets: environment variables of all Machines of an app. Running Machines get new values when they are updated or restarted."""
        from .secrets import Secrets

        return Secrets(self._client, self._refuse)

    @property
    def volumes(self) -> Volumes:
        """Volumes: disks on one host, in one region, mounted by one Machine at a time."""
        from .volumes import Volumes

        return Volumes(self._client, self._refuse)

    @property
    def snapshots(self) -> Snapshots:
        """Snapshots: backups of volumes, taken daily or on demand, kept for the volume's retention."""
        from .snapshots import Snapshots

        return Snapshots(self._client, self._refuse)

    @property
    def organizations(self) -> Organizations:
        """Machines and volumes of a whole organization, in pages, as of some moments ago."""
        from .organizations import Organizations

        return Organizations(self._client, self._refuse)

    @property
    def platform(self) -> Platform:
        """Regions, and where there is room."""
        from .platform import Platform

        return Platform(self._client, self._refuse)

    @property
    def postgres(self) -> Postgres:
        """Managed Postgres: clusters with their databases, users, extensions, backups and attached apps."""
        from .postgres import Postgres

        return Postgres(self._client, self._refuse)

    @property
    def tokens(self) -> Tokens:
        """Tokens: what the present one may do, checking those of others, and identities for Machines."""
        from .tokens import Tokens

        return Tokens(self._client, self._refuse)

    @property
    def network_policies(self) -> NetworkPolicies:
        """Network policies: which traffic an app's Machines may have, other than through the proxy. Not in the published document: openapi/README.md says what is known."""
        from .network_policies import NetworkPolicies

        return NetworkPolicies(self._client, self._refuse)

    @property
    def logs(self) -> Logs:
        """Recent log lines. Not in the published document, and the least certain part of this one: openapi/README.md says what is known."""
        from .logs import Logs

        return Logs(self._client, self._refuse)


class AsyncApi(_Root):
    """Every operation of the API, by tag, awaited."""

    @property
    def apps(self) -> AsyncApps:
        """Apps: the named containers of Machines, volumes, secrets, certificates and addresses."""
        from .apps import AsyncApps

        return AsyncApps(self._client, self._refuse)

    @property
    def certificates(self) -> AsyncCertificates:
        """Certificates: host names that an app serves over TLS, with certificates that Fly.io obtains or that you bring."""
        from .certificates import AsyncCertificates

        return AsyncCertificates(self._client, self._refuse)

    @property
    def ip_assignments(self) -> AsyncIpAssignments:
        """Addresses: public and private IP addresses of an app."""
        from .ip_assignments import AsyncIpAssignments

        return AsyncIpAssignments(self._client, self._refuse)

    @property
    def machines(self) -> AsyncMachines:
        """Machines: virtual machines that start fast, their configs and their life."""
        from .machines import AsyncMachines

        return AsyncMachines(self._client, self._refuse)

    @property
    def leases(self) -> AsyncLeases:
        """Leases: the exclusive right to change a Machine, for a while. Reads are not affected."""
        from .leases import AsyncLeases

        return AsyncLeases(self._client, self._refuse)

    @property
    def metadata(self) -> AsyncMetadata:
        """Metadata: texts by key on a Machine. Writing them neither restarts it nor makes a version; updating its config replaces them."""
        from .metadata import AsyncMetadata

        return AsyncMetadata(self._client, self._refuse)

    @property
    def secret_keys(self) -> AsyncSecretKeys:
        """Secret keys: cryptographic keys that never leave the service; it encrypts, decrypts, signs and verifies with them."""
        from .secret_keys import AsyncSecretKeys

        return AsyncSecretKeys(self._client, self._refuse)

    @property
    def secrets(self) -> AsyncSecrets:
        """Secrets: environment variables of all Machines of an app. Running Machines get new values when they are updated or restarted."""
        from .secrets import AsyncSecrets

        return AsyncSecrets(self._client, self._refuse)

    @property
    def volumes(self) -> AsyncVolumes:
        """Volumes: disks on one host, in one region, mounted by one Machine at a time."""
        from .volumes import AsyncVolumes

        return AsyncVolumes(self._client, self._refuse)

    @property
    def snapshots(self) -> AsyncSnapshots:
        """Snapshots: backups of volumes, taken daily or on demand, kept for the volume's retention."""
        from .snapshots import AsyncSnapshots

        return AsyncSnapshots(self._client, self._refuse)

    @property
    def organizations(self) -> AsyncOrganizations:
        """Machines and volumes of a whole organization, in pages, as of some moments ago."""
        from .organizations import AsyncOrganizations

        return AsyncOrganizations(self._client, self._refuse)

    @property
    def platform(self) -> AsyncPlatform:
        """Regions, and where there is room."""
        from .platform import AsyncPlatform

        return AsyncPlatform(self._client, self._refuse)

    @property
    def postgres(self) -> AsyncPostgres:
        """Managed Postgres: clusters with their databases, users, extensions, backups and attached apps."""
        from .postgres import AsyncPostgres

        return AsyncPostgres(self._client, self._refuse)

    @property
    def tokens(self) -> AsyncTokens:
        """Tokens: what the present one may do, checking those of others, and identities for Machines."""
        from .tokens import AsyncTokens

        return AsyncTokens(self._client, self._refuse)

    @property
    def network_policies(self) -> AsyncNetworkPolicies:
        """Network policies: which traffic an app's Machines may have, other than through the proxy. Not in the published document: openapi/README.md says what is known."""
        from .network_policies import AsyncNetworkPolicies

        return AsyncNetworkPolicies(self._client, self._refuse)

    @property
    def logs(self) -> AsyncLogs:
        """Recent log lines. Not in the published document, and the least certain part of this one: openapi/README.md says what is known."""
        from .logs import AsyncLogs

        return AsyncLogs(self._client, self._refuse)


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
