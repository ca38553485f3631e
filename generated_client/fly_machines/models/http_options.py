from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_list, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.http_response_options import HttpResponseOptions
    from ..models.replay_cache import ReplayCache


T = TypeVar("T", bound="HttpOptions")


@_attrs_define
class HttpOptions:
    """Details of the http handler."""

    compress: bool | None | Unset = UNSET
    """ Compress answers. Default: false. """
    h2_backend: bool | None | Unset = UNSET
    """ Speak HTTP/2 without TLS to the process. Default: false. """
    headers_read_timeout: int | None | Unset = UNSET
    """ Seconds for a request's headers to arrive. """
    idle_timeout: int | None | Unset = UNSET
    """ Seconds without data until a connection is closed. """
    replay_cache: list[ReplayCache] | None | Unset = UNSET
    """ What the proxy remembers of replayed requests. """
    response: HttpResponseOptions | None | Unset = UNSET
    """ What the proxy does to answers. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.compress is not UNSET:
            field_dict["compress"] = self.compress
        if self.h2_backend is not UNSET:
            field_dict["h2_backend"] = self.h2_backend
        if self.headers_read_timeout is not UNSET:
            field_dict["headers_read_timeout"] = self.headers_read_timeout
        if self.idle_timeout is not UNSET:
            field_dict["idle_timeout"] = self.idle_timeout
        if self.replay_cache is not UNSET:
            field_dict["replay_cache"] = as_json(self.replay_cache)
        if self.response is not UNSET:
            field_dict["response"] = as_json(self.response)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        http_options = cls(
            compress=d.pop("compress", UNSET),
            h2_backend=d.pop("h2_backend", UNSET),
            headers_read_timeout=d.pop("headers_read_timeout", UNSET),
            idle_timeout=d.pop("idle_timeout", UNSET),
            replay_cache=as_list(d.pop("replay_cache", UNSET), lambda item: as_model(item, models.ReplayCache)),
            response=as_model(d.pop("response", UNSET), models.HttpResponseOptions),
        )
        http_options.additional_properties = d
        return http_options

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
