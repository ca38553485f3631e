from enum import StrEnum


class UnhealthyPolicy(StrEnum):
    STOP = "stop"

    def __str__(self) -> str:
        return str(self.value)
