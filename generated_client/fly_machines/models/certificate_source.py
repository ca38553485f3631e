from enum import StrEnum


class CertificateSource(StrEnum):
    CUSTOM = "custom"
    FLY = "fly"

    def __str__(self) -> str:
        return str(self.value)
