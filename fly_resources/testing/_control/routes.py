"""The operations of the control API: what each one does to a simulator, and its description."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources.testing._control import values, world

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fly_resources.testing._platform import ImageBehaviour
    from fly_resources.testing._programs import Program
    from fly_resources.testing._simulator import FlySimulator

#: For `GET requests`: the default `limit`, and its maximum.
_PAGE: Final = 100
_MOST: Final = 1000
_HOSTS: Final = ("ok", "unknown", "unreachable")
_KINDS: Final = ("deploy", "exec", "org", "readonly", "revoked")


@attrs.frozen
class Asked:
    """The input of one operation."""

    simulator: FlySimulator
    query: Mapping[str, list[str]]
    body: Any

    @property
    def service(self) -> Any:  # noqa: ANN401 - the simulator's inside
        """Return the simulator's service."""
        return self.simulator._service  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] # a door

    def fields(self, **kinds: type | tuple[type, ...]) -> dict[str, Any]:
        """Return the body's fields.

        Raises:
            ValueError: The body is not an object, a field is missing or unknown, or a value has the wrong
                type.
        """
        if not isinstance(self.body, dict):
            raise values.WrongValueError(f"give an object with {', '.join(kinds)}")
        for name in self.body:
            if name not in kinds:
                raise values.WrongValueError(f"unknown field {name!r}; the fields are {', '.join(kinds)}")
        for name, kind in kinds.items():
            if not isinstance(self.body.get(name), kind):
                raise values.WrongValueError(
                    f"{name} is missing or has the wrong type: {json.dumps(self.body.get(name))}"
                )
        return {name: self.body.get(name) for name in kinds}

    def mapping(self) -> dict[str, Any]:
        """Return the body, which must be an object.

        Raises:
            ValueError: The body is not an object.
        """
        if not isinstance(self.body, dict):
            raise values.WrongValueError("give an object")
        return self.body

    def texts(self) -> list[str]:
        """Return the body, which must be a list of strings.

        Raises:
            ValueError: The body is not a list of strings.
        """
        if not isinstance(self.body, list) or not all(isinstance(each, str) for each in self.body):
            raise values.WrongValueError("give a list of strings")
        return self.body

    def number(self, name: str, default: int) -> int:
        """Return an integer query parameter."""
        text = (self.query.get(name) or [""])[0]
        if text and not text.isdecimal():
            raise values.WrongValueError(f"{name} must be a whole number, got {text!r}")
        return int(text) if text else default


def _state(asked: Asked) -> object:
    with asked.service.lock:
        asked.service.settle()
        return world.state(asked.service)


def _reset(asked: Asked) -> object:
    asked.simulator.reset()
    return {}


def _save(asked: Asked) -> object:
    return asked.simulator.dump()


def _load(asked: Asked) -> object:
    asked.simulator.restore(asked.mapping())
    return {}


def _faults(asked: Asked) -> object:
    with asked.service.lock:
        return world.faults(asked.service)


def _add_faults(asked: Asked) -> object:
    found = [values.fault_of(each) for each in (asked.body if isinstance(asked.body, list) else [asked.body])]
    with asked.service.lock:
        for fault in found:
            asked.simulator.faults.add(fault)
        return world.faults(asked.service)


def _clear_faults(asked: Asked) -> object:
    with asked.service.lock:
        asked.simulator.faults.clear()
    return []


def _images(asked: Asked) -> object:
    return {image: values.plain_image(each) for image, each in asked.simulator.images.items()}


def _set_images(asked: Asked) -> object:
    changes: dict[str, ImageBehaviour | Program | None] = {
        image: None if each is None else values.image_of(each) for image, each in asked.mapping().items()
    }
    with asked.service.lock:
        for image, each in changes.items():
            if each is None:
                asked.simulator.images.pop(image, None)
            else:
                asked.simulator.images[image] = each
    return _images(asked)


def _full_regions(asked: Asked) -> object:
    return sorted(asked.simulator.full_regions)


def _set_full_regions(asked: Asked) -> object:
    unknown = set(asked.texts()) - set(asked.simulator.regions)
    if unknown:
        raise values.WrongValueError(f"no such region: {', '.join(sorted(unknown))}")
    asked.simulator.full_regions.clear()
    asked.simulator.full_regions.update(asked.texts())
    return _full_regions(asked)


def _set_host(asked: Asked) -> object:
    given = asked.fields(app=str, machine=str, status=str)
    if given["status"] not in _HOSTS:
        raise values.WrongValueError(f"status must be one of {', '.join(_HOSTS)}, got {given['status']!r}")
    asked.simulator.set_host_status(given["app"], given["machine"], given["status"])
    return given


def _behaviours(asked: Asked) -> object:
    return values.plain_behaviour(asked.simulator.behaviour)


def _set_behaviours(asked: Asked) -> object:
    asked.simulator.behaviour = values.behaviour_with(asked.simulator.behaviour, asked.mapping())
    return _behaviours(asked)


def _orgs(asked: Asked) -> object:
    return dict(asked.simulator.orgs)


def _set_orgs(asked: Asked) -> object:
    for slug, name in asked.mapping().items():
        if name is not None and not isinstance(name, str):
            raise values.WrongValueError(
                f"the name of organisation {slug!r} must be a string, or null to remove it"
            )
    for slug, name in asked.mapping().items():
        if name is None:
            asked.simulator.orgs.pop(slug, None)
        else:
            asked.simulator.orgs[slug] = name
    return _orgs(asked)


def _tokens(asked: Asked) -> object:
    known = asked.simulator.tokens
    return {"any": known is None, "known": 0 if known is None else len(known)}


def _set_tokens(asked: Asked) -> object:
    asked.simulator.tokens = None if asked.body is None else asked.texts()
    return _tokens(asked)


def _restrict_token(asked: Asked) -> object:
    given = asked.fields(token=str, kind=str, app=(str, type(None)), org=(str, type(None)))
    if given["kind"] not in _KINDS:
        raise values.WrongValueError(f"kind must be one of {', '.join(_KINDS)}, got {given['kind']!r}")
    if given["kind"] == "revoked":
        asked.simulator.revoke_token(given["token"])
    else:
        asked.simulator.restrict_token(
            given["token"], given["app"], kind=given["kind"], org=given["org"] or "personal"
        )
    return _tokens(asked)


def _clock(asked: Asked) -> object:
    simulator, service = asked.simulator, asked.service
    now = simulator.clock.now()
    return {
        "now_s": now,
        "time": service.platform.wall.millis(now),
        "timings": simulator.timings,
        "latency_s": simulator.latency,
        "rate_limits": simulator.rate_limits,
    }


def _set_clock(asked: Asked) -> object:
    known = {"timings": "timings", "latency_s": "latency", "rate_limits": "rate_limits"}
    for name in asked.mapping():
        if name not in known:
            raise values.WrongValueError(
                f"unknown clock setting {name!r}; the settings are {', '.join(known)}"
            )
    before = {each: getattr(asked.simulator, each) for each in known.values()}
    try:
        for name, value in asked.mapping().items():
            setattr(asked.simulator, known[name], value)
    except (ValueError, TypeError):
        for each, value in before.items():
            setattr(asked.simulator, each, value)
        raise
    return _clock(asked)


def _advance(asked: Asked) -> object:
    asked.simulator.advance(asked.fields(seconds=(int, float))["seconds"])
    return _clock(asked)


def _requests(asked: Asked) -> object:
    log = asked.service.requests
    after = max(asked.number("after", 0), log.dropped)
    limit = min(max(asked.number("limit", _PAGE), 1), _MOST)
    with asked.service.lock:
        found = log[after - log.dropped :][:limit]
    return {
        "requests": [world.whole_request(each, after + index) for index, each in enumerate(found, 1)],
        "total": len(log) + log.dropped,
    }


def _forget_requests(asked: Asked) -> object:
    asked.service.requests.clear()
    return {}


def _publish_dns(asked: Asked) -> object:
    given = asked.fields(hostname=str)
    asked.simulator.publish_dns(given["hostname"])
    return given


def _write_log(asked: Asked) -> object:
    given = asked.fields(app=str, machine=str, message=str)
    asked.simulator.write_log(given["app"], given["machine"], given["message"])
    return {}


@attrs.frozen
class Route:
    """One operation: its method and path, its handler, and examples of its input and response."""

    method: str
    path: str
    act: Callable[[Asked], object]
    summary: str
    takes: Any = None
    query: tuple[str, ...] = ()


ROUTES: Final = (
    Route(
        "GET", "state", _state, "The world: apps with their contents, pending faults, latest requests, time."
    ),
    Route("POST", "reset", _reset, "Empty the world and restore the simulator's initial settings.", {}),
    Route("GET", "world", _save, "The world as a document for PUT, without the values of secrets."),
    Route("PUT", "world", _load, "Replace the world with a saved one.", {"format": 2}),
    Route("GET", "faults", _faults, "The pending faults."),
    Route(
        "POST",
        "faults",
        _add_faults,
        "Add a fault, or a list of them; the fields are those of fly_resources.testing.Fault.",
        {"kind": "status", "operation": "Machines_create", "status": 503, "times": 2},
    ),
    Route("DELETE", "faults", _clear_faults, "Remove all faults."),
    Route("GET", "images", _images, "The programs set for images."),
    Route(
        "PATCH",
        "images",
        _set_images,
        "Set what images do: a word (missing, unknown, launch_fails, crashes, unhealthy, update_fails), a "
        "program (the fields of fly_resources.testing.Program), or null.",
        {"shop:bad": "crashes", "job:1": {"exit_code": 1, "prints": ["no database"], "after_s": 2}},
    ),
    Route("GET", "full-regions", _full_regions, "Regions without capacity."),
    Route("PUT", "full-regions", _set_full_regions, "Set the regions without capacity.", ["fra"]),
    Route(
        "PUT",
        "hosts",
        _set_host,
        "Lose the host of a machine and of its volume (unreachable, unknown), or restore it (ok).",
        {"app": "shop", "machine": "web", "status": "unreachable"},
    ),
    Route("GET", "behaviours", _behaviours, "How the service behaves where observations differ."),
    Route(
        "PATCH",
        "behaviours",
        _set_behaviours,
        "Set switches of fly_resources.testing.Behaviour.",
        {"app_unseen_s": 3.0},
    ),
    Route("GET", "orgs", _orgs, "Organisations that the token can use: slug to name."),
    Route("PATCH", "orgs", _set_orgs, "Add or remove (null) organisations.", {"acme": "Acme Corporation"}),
    Route("GET", "tokens", _tokens, "Whether any token is valid, or how many are."),
    Route("PUT", "tokens", _set_tokens, "Set the valid tokens; null: any.", ["secret-1"]),
    Route(
        "POST",
        "tokens",
        _restrict_token,
        "Limit a token: kind is deploy or exec (of an app), org, readonly, or revoked.",
        {"token": "secret-1", "kind": "deploy", "app": "shop"},
    ),
    Route("GET", "clock", _clock, "The simulator's time, and how long things take."),
    Route(
        "PATCH",
        "clock",
        _set_clock,
        "Set timings (instant, typical), latency_s and rate_limits.",
        {"timings": "typical", "latency_s": 0.05, "rate_limits": True},
    ),
    Route("POST", "clock/advance", _advance, "Let time pass.", {"seconds": 60}),
    Route(
        "GET",
        "requests",
        _requests,
        "The requests that were sent, oldest first; secrets in them are masked.",
        query=("after", "limit"),
    ),
    Route("DELETE", "requests", _forget_requests, "Forget the requests."),
    Route(
        "POST",
        "dns",
        _publish_dns,
        "Publish the records that a certificate needs.",
        {"hostname": "example.com"},
    ),
    Route(
        "POST",
        "logs",
        _write_log,
        "Write a line to a machine's log.",
        {"app": "shop", "machine": "web", "message": "hello"},
    ),
)
