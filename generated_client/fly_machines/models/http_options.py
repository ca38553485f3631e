from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "compress",
    "h2_backend",
    "headers_read_timeout",
    "idle_timeout",
    "replay_cache",
    "response",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="HttpOptions")


@_attrs_define(repr=False)
class HttpOptions(Model[Any]):
    """Details of the http handler."""

    compress: bool | None | Unset = UNSET
    """ Compress answers. Default: false. """
    h2_backend: bool | None | Unset = UNSET
    """ Speak HTTP/2 without TLS to the process. Default: false. """
    headers_read_timeout: int | None | Unset = UNSET
    """ Seconds for a request's headers to arrive. """
    idle_timeout: int | None | Unset = UNSET
    """ Seconds without data until a connection is closed. """
    replay_cache: list[models.ReplayCache] | None | Unset = UNSET
    """ What the proxy remembers of replayed requests. """
    response: models.HttpResponseOptions | None | Unset = UNSET
    """ What the proxy does to answers. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (compress := self.compress) is not UNSET:
            d["compress"] = compress
        if (h2_backend := self.h2_backend) is not UNSET:
            d["h2_backend"] = h2_backend
        if (headers_read_timeout := self.headers_read_timeout) is not UNSET:
            d["headers_read_timeout"] = headers_read_timeout
        if (idle_timeout := self.idle_timeout) is not UNSET:
            d["idle_timeout"] = idle_timeout
        if (replay_cache := self.replay_cache) is not UNSET:
            d["replay_cache"] = (
                [each.to_dict() if type(each) is models.ReplayCache else as_json(each) for each in replay_cache]
                if type(replay_cache) is list
                else as_json(replay_cache)
            )
        if (response := self.response) is not UNSET:
            d["response"] = response.to_dict() if type(response) is models.HttpResponseOptions else as_json(response)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.compress, self.h2_backend, self.headers_read_timeout, self.idle_timeout, replay_cache, response) = (
            _values(d)
        )
        self.replay_cache = (
            [models.ReplayCache.from_dict(each) if isinstance(each, dict) else each for each in replay_cache]
            if isinstance(replay_cache, list)
            else replay_cache
        )
        self.response = models.HttpResponseOptions.from_dict(response) if isinstance(response, dict) else response
        self._others = None if len(d) == 6 else others(d, _NAMES)
        return self
