from enum import StrEnum


class ConcurrencyType(StrEnum):
    CONNECTIONS = "connections"
    REQUESTS = "requests"

    def __str__(self) -> str:
        return str(self.value)
