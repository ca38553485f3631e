from enum import StrEnum


class PostgresMajorVersion(StrEnum):
    VALUE_0 = "16"
    VALUE_1 = "17"

    def __str__(self) -> str:
        return str(self.value)
