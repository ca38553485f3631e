from enum import StrEnum


class NetworkPolicyAction(StrEnum):
    ALLOW = "allow"

    def __str__(self) -> str:
        return str(self.value)
