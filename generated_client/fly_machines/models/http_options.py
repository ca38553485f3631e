from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

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

    def to_dict(self) -> dict[str, Any]:
        from ..models.http_response_options import HttpResponseOptions  # noqa: PLC0415

        compress: bool | None | Unset
        if isinstance(self.compress, Unset):
            compress = UNSET
        else:
            compress = self.compress

        h2_backend: bool | None | Unset
        if isinstance(self.h2_backend, Unset):
            h2_backend = UNSET
        else:
            h2_backend = self.h2_backend

        headers_read_timeout: int | None | Unset
        if isinstance(self.headers_read_timeout, Unset):
            headers_read_timeout = UNSET
        else:
            headers_read_timeout = self.headers_read_timeout

        idle_timeout: int | None | Unset
        if isinstance(self.idle_timeout, Unset):
            idle_timeout = UNSET
        else:
            idle_timeout = self.idle_timeout

        replay_cache: list[dict[str, Any]] | None | Unset
        if isinstance(self.replay_cache, Unset):
            replay_cache = UNSET
        elif isinstance(self.replay_cache, list):
            replay_cache = []
            for replay_cache_type_0_item_data in self.replay_cache:
                replay_cache_type_0_item = replay_cache_type_0_item_data.to_dict()
                replay_cache.append(replay_cache_type_0_item)

        else:
            replay_cache = self.replay_cache

        response: dict[str, Any] | None | Unset
        if isinstance(self.response, Unset):
            response = UNSET
        elif isinstance(self.response, HttpResponseOptions):
            response = self.response.to_dict()
        else:
            response = self.response

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if compress is not UNSET:
            field_dict["compress"] = compress
        if h2_backend is not UNSET:
            field_dict["h2_backend"] = h2_backend
        if headers_read_timeout is not UNSET:
            field_dict["headers_read_timeout"] = headers_read_timeout
        if idle_timeout is not UNSET:
            field_dict["idle_timeout"] = idle_timeout
        if replay_cache is not UNSET:
            field_dict["replay_cache"] = replay_cache
        if response is not UNSET:
            field_dict["response"] = response

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.http_response_options import HttpResponseOptions  # noqa: PLC0415
        from ..models.replay_cache import ReplayCache  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_compress(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        compress = _parse_compress(d.pop("compress", UNSET))

        def _parse_h2_backend(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        h2_backend = _parse_h2_backend(d.pop("h2_backend", UNSET))

        def _parse_headers_read_timeout(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        headers_read_timeout = _parse_headers_read_timeout(d.pop("headers_read_timeout", UNSET))

        def _parse_idle_timeout(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        idle_timeout = _parse_idle_timeout(d.pop("idle_timeout", UNSET))

        def _parse_replay_cache(data: object) -> list[ReplayCache] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                replay_cache_type_0 = []
                _replay_cache_type_0 = data
                for replay_cache_type_0_item_data in _replay_cache_type_0:
                    replay_cache_type_0_item = ReplayCache.from_dict(replay_cache_type_0_item_data)

                    replay_cache_type_0.append(replay_cache_type_0_item)

                return replay_cache_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[ReplayCache] | None | Unset", data)

        replay_cache = _parse_replay_cache(d.pop("replay_cache", UNSET))

        def _parse_response(data: object) -> HttpResponseOptions | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                response_type_1 = HttpResponseOptions.from_dict(data)

                return response_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("HttpResponseOptions | None | Unset", data)

        response = _parse_response(d.pop("response", UNSET))

        http_options = cls(
            compress=compress,
            h2_backend=h2_backend,
            headers_read_timeout=headers_read_timeout,
            idle_timeout=idle_timeout,
            replay_cache=replay_cache,
            response=response,
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
