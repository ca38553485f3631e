from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="ImageRef")


@_attrs_define
class ImageRef:
    """An image, resolved."""

    digest: None | str | Unset = UNSET
    """ Digest of what runs. """
    labels: Any | Unset = UNSET
    """ Labels of the image: a map of text to text, or null. """
    registry: None | str | Unset = UNSET
    """ Host name of the registry. """
    repository: None | str | Unset = UNSET
    """ Repository; official images of Docker Hub begin with `library/`. """
    tag: None | str | Unset = UNSET
    """ Tag; absent if the image was named by digest. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.digest is not UNSET:
            field_dict["digest"] = self.digest
        if self.labels is not UNSET:
            field_dict["labels"] = self.labels
        if self.registry is not UNSET:
            field_dict["registry"] = self.registry
        if self.repository is not UNSET:
            field_dict["repository"] = self.repository
        if self.tag is not UNSET:
            field_dict["tag"] = self.tag
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        image_ref = cls(
            digest=d.pop("digest", UNSET),
            labels=d.pop("labels", UNSET),
            registry=d.pop("registry", UNSET),
            repository=d.pop("repository", UNSET),
            tag=d.pop("tag", UNSET),
        )
        image_ref.additional_properties = d
        return image_ref

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
