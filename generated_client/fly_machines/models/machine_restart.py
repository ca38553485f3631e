from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.restart_policy import RestartPolicy
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_RestartPolicy = members(RestartPolicy)
_NAMES = (
    "max_retries",
    "policy",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineRestart")


@_attrs_define(repr=False)
class MachineRestart(Model[Any]):
    """What to do when the process ends."""

    max_retries: int | None | Unset = UNSET
    """ Restarts within 5 minutes before it stays stopped, for on-failure. Default: 10. """
    policy: None | RestartPolicy | str | Unset = UNSET
    """ no, on-failure or always. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (max_retries := self.max_retries) is not UNSET:
            d["max_retries"] = max_retries
        if (policy := self.policy) is not UNSET:
            d["policy"] = policy._value_ if type(policy) is RestartPolicy else as_json(policy)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.max_retries, policy) = _values(d)
        self.policy = _RestartPolicy(policy, policy) if isinstance(policy, str) else policy
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
