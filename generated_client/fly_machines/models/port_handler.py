from enum import StrEnum


class PortHandler(StrEnum):
    HTTP = "http"
    PG_TLS = "pg_tls"
    PROXY_PROTO = "proxy_proto"
    TLS = "tls"

    def __str__(self) -> str:
        return str(self.value)
