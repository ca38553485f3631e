"""Certificates (CE) and addresses (IP)."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from fly_resources.testing._pem import not_after

if TYPE_CHECKING:
    import httpx

    from fly_resources.testing import FlySimulator, VirtualClock

_CERTS = "/apps/web/certificates"
_IPS = "/apps/web/ip_assignments"
#: Self-signed, for www.example.com: valid from 2026 to 2036, and in 2024 (the key was thrown away).
_CHAIN = """-----BEGIN CERTIFICATE-----
MIIBLjCB1QIUQiTTXyUuYTmjTl8CyYKq+i+2MsQwCgYIKoZIzj0EAwIwGjEYMBYG
A1UEAwwPd3d3LmV4YW1wbGUuY29tMB4XDTI2MDEwMTAwMDAwMFoXDTM2MDEwMTAw
MDAwMFowGjEYMBYGA1UEAwwPd3d3LmV4YW1wbGUuY29tMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEs4tvelBeEeoFiheY7IZahYKGpLp6MjN0LAQxdmUSgoGt6Pur
Bd6UCnzJ8Ci+bOnwHsRdoDbcsqwH7th6HVRrtjAKBggqhkjOPQQDAgNIADBFAiB2
b6gQa5cI0oAnFgRuoU7/w+IRaAoSxdTlaPh8K0TcIwIhAJRNfB5U5KPli5qghVke
ySTU6KkkuVVBW3fADFK5196e
-----END CERTIFICATE-----
"""
#: A key that does not tell whose it is.
_KEY = "-----BEGIN PRIVATE KEY-----\nMA8CAQAwAAQIMAYCAQEEAQc=\n-----END PRIVATE KEY-----\n"
_EXPIRED = """-----BEGIN CERTIFICATE-----
MIIBLzCB1QIUIeyBpWag7hHRnR8DryyZ63TygnkwCgYIKoZIzj0EAwIwGjEYMBYG
A1UEAwwPd3d3LmV4YW1wbGUuY29tMB4XDTI0MDEwMTAwMDAwMFoXDTI1MDEwMTAw
MDAwMFowGjEYMBYGA1UEAwwPd3d3LmV4YW1wbGUuY29tMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEs4tvelBeEeoFiheY7IZahYKGpLp6MjN0LAQxdmUSgoGt6Pur
Bd6UCnzJ8Ci+bOnwHsRdoDbcsqwH7th6HVRrtjAKBggqhkjOPQQDAgNJADBGAiEA
l9QeUyZfONXNc+QFaQDCBKjUJGOO7O/M18t8HdTiZwICIQDpgxSiBN1PKX6TrHhc
u74GDURtDaxi3+K3tGjMQ6GC1A==
-----END CERTIFICATE-----
"""


def test_acme_waits_for_dns_and_then_is_active(sim: FlySimulator, api: httpx.Client) -> None:
    answer = api.post(f"{_CERTS}/acme", json={"hostname": "www.example.com"})
    assert answer.status_code == 201
    detail = answer.json()
    assert (detail["status"], detail["configured"], detail["certificates"]) == (
        "pending_validation",
        False,
        [],
    )
    needed = detail["dns_requirements"]
    assert (needed["cname"], needed["a"]) == ("web.fly.dev", [])
    assert needed["acme_challenge"]["name"] == "_acme-challenge.www.example.com"
    assert re.fullmatch(r"www\.example\.com\.\w+\.flydns\.net", needed["acme_challenge"]["target"])
    assert needed["ownership"]["app_value"].startswith("app-")
    assert api.get(f"{_CERTS}/www.example.com").json() == detail
    sim.publish_dns("www.example.com")
    active = api.get(f"{_CERTS}/www.example.com").json()
    assert (active["status"], active["configured"]) == ("active", True)
    assert all(active["validation"].values())
    entry = active["certificates"][0]
    assert (entry["source"], entry["issuer"], entry["expires_at"]) == ("fly", None, "2026-04-01T00:00:00Z")


def test_check_adds_what_dns_says(sim: FlySimulator, api: httpx.Client) -> None:
    api.post(_IPS, json={"type": "shared_v4"})
    api.post(_IPS, json={"type": "v6"})
    detail = api.post(f"{_CERTS}/acme", json={"hostname": "example.com"}).json()
    assert len(detail["dns_requirements"]["a"]) == len(detail["dns_requirements"]["aaaa"]) == 1
    before = api.post(f"{_CERTS}/example.com/check").json()
    assert before["dns_records"]["resolved_addresses"] == []
    sim.publish_dns("example.com")
    after = api.post(f"{_CERTS}/example.com/check").json()
    assert after["status"] == "active"
    assert len(after["dns_records"]["resolved_addresses"]) == 2


def test_a_second_request_is_refused(api: httpx.Client) -> None:
    api.post(f"{_CERTS}/acme", json={"hostname": "www.example.com"})
    answer = api.post(f"{_CERTS}/acme", json={"hostname": "www.example.com"})
    assert (answer.status_code, answer.json()) == (422, {"error": "Hostname already exists on app"})


@pytest.mark.parametrize(
    "hostname", ["", "localhost", "-a.example.com", "a b.example.com", "*.*.example.com"]
)
def test_names_that_are_not_fully_qualified_are_refused(api: httpx.Client, hostname: str) -> None:
    answer = api.post(f"{_CERTS}/acme", json={"hostname": hostname})
    assert (answer.status_code, answer.json()) == (
        422,
        {"error": "Hostname is not a fully qualified domain name"},
    )


def test_wildcards_travel_encoded(api: httpx.Client) -> None:
    assert api.post(f"{_CERTS}/acme", json={"hostname": "*.example.com"}).status_code == 201
    shown = api.get(f"{_CERTS}/%2A.example.com").json()
    assert shown["hostname"] == "*.example.com"
    assert shown["dns_requirements"]["acme_challenge"]["name"] == "_acme-challenge.example.com"


def test_an_imported_certificate_waits_for_ownership_and_tells_its_end(
    sim: FlySimulator, api: httpx.Client
) -> None:
    body = {"hostname": "www.example.com", "fullchain": _CHAIN, "private_key": _KEY}
    answer = api.post(f"{_CERTS}/custom", json=body)
    assert (answer.status_code, answer.json()["status"]) == (201, "pending_ownership")
    assert answer.json()["certificates"][0]["expires_at"] == "2036-01-01T00:00:00Z"
    assert api.post(f"{_CERTS}/custom", json=body).status_code == 201
    api.post(f"{_CERTS}/acme", json={"hostname": "www.example.com"})
    sim.publish_dns("www.example.com")
    both = api.get(f"{_CERTS}/www.example.com").json()
    assert [entry["source"] for entry in both["certificates"]] == ["custom", "fly"]


def test_an_expired_or_empty_import_is_refused(api: httpx.Client, clock: VirtualClock) -> None:
    body = {"hostname": "www.example.com", "fullchain": _CHAIN, "private_key": _KEY}
    for chain in (_EXPIRED, ""):
        assert api.post(f"{_CERTS}/custom", json={**body, "fullchain": chain}).status_code == 422
    clock.sleep(11 * 366 * 86_400.0)
    assert api.post(f"{_CERTS}/custom", json={**body, "fullchain": _CHAIN}).status_code == 422


@pytest.mark.parametrize("inside", ["", "AAAA", "not base64!", "MIIB", "MAcwBQIBATAA"])
def test_what_is_no_certificate_and_no_key_is_refused(api: httpx.Client, inside: str) -> None:
    body = {"hostname": "www.example.com", "fullchain": _CHAIN, "private_key": _KEY}
    chain = f"-----BEGIN CERTIFICATE-----\n{inside}\n-----END CERTIFICATE-----\n"
    for text in (chain, "any text"):
        answer = api.post(f"{_CERTS}/custom", json={**body, "fullchain": text})
        assert (answer.status_code, "not a valid PEM certificate" in answer.json()["error"]) == (422, True)
    for text in (chain, "any text", chain.replace("CERTIFICATE", "PRIVATE KEY").replace("MAcwBQIBATAA", "!")):
        answer = api.post(f"{_CERTS}/custom", json={**body, "private_key": text})
        assert (answer.status_code, "not a valid PEM private key" in answer.json()["error"]) == (422, True)
    assert api.post(f"{_CERTS}/custom", json=body).status_code == 201


def test_an_end_beyond_2049_is_read() -> None:
    pairs = b"".join(b"\x18\x0f" + stamp for stamp in (b"20260101000000Z", b"20510101000000Z"))
    validity = b"\x30" + bytes([len(pairs)]) + pairs
    fields = b"\x02\x01\x01" + b"\x30\x00" + b"\x30\x00" + validity
    body = b"\x30" + bytes([len(fields)]) + fields
    der = base64.b64encode(b"\x30" + bytes([len(body)]) + body).decode()
    chain = f"-----BEGIN CERTIFICATE-----\n{der}\n-----END CERTIFICATE-----\n"
    assert not_after(chain) == datetime(2051, 1, 1, tzinfo=UTC)


def test_parts_are_deleted_and_the_hostname_stays(api: httpx.Client) -> None:
    api.post(f"{_CERTS}/acme", json={"hostname": "www.example.com"})
    body = {"hostname": "www.example.com", "fullchain": _CHAIN, "private_key": _KEY}
    api.post(f"{_CERTS}/custom", json=body)
    url = f"{_CERTS}/www.example.com"
    assert api.delete(f"{url}/custom").json()["certificates"] == []
    answer = api.delete(f"{url}/acme")
    assert (answer.status_code, answer.json()["acme_requested"]) == (200, False)
    assert api.get(url).status_code == 200
    assert api.delete(url).status_code == 204
    assert api.get(url).status_code == api.delete(url).status_code == 404


def test_the_list_is_paged_and_filtered(sim: FlySimulator, api: httpx.Client) -> None:
    for number in range(30):
        api.post(f"{_CERTS}/acme", json={"hostname": f"h{number:02d}.example.com"})
    sim.publish_dns("h00.example.com")
    first = api.get(_CERTS).json()
    assert (len(first["certificates"]), first["total_count"]) == (25, 30)
    summary = first["certificates"][0]
    assert (summary["hostname"], summary["status"], summary["has_fly_certificate"]) == (
        "h00.example.com",
        "active",
        True,
    )
    second = api.get(_CERTS, params={"cursor": first["next_cursor"]}).json()
    assert len(second["certificates"]) == 5
    assert "next_cursor" not in second
    assert api.get(_CERTS, params={"filter": "h1"}).json()["total_count"] == 10
    assert len(api.get(_CERTS, params={"limit": 501}).json()["certificates"]) == 30


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("v4", r"137\.66\.\d+\.\d+"),
        ("shared_v4", r"66\.241\.12\d\.\d+"),
        ("v6", r"2a09:8280:1::[0-9a-f:]+"),
        ("private_v6", r"fdaa:[0-9a-f:]+"),
        ("egress_v4", r"137\.66\.\d+\.\d+"),
        ("egress_v6", r"2a09:8280:1::[0-9a-f:]+"),
    ],
)
def test_addresses_come_without_their_type(api: httpx.Client, kind: str, pattern: str) -> None:
    answer = api.post(_IPS, json={"type": kind, "region": "iad", "service_name": "s"})
    assert answer.status_code == 200
    body = answer.json()
    assert re.fullmatch(pattern, body["ip"])
    assert (body["shared"], body["region"], body["service_name"]) == (kind == "shared_v4", "iad", "s")
    assert body.get("egress", False) is kind.startswith("egress")
    assert "type" not in body
    assert api.get(_IPS).json() == {"ips": [body]}


def test_a_private_address_is_of_the_default_network_unless_told(api: httpx.Client) -> None:
    default = api.post(_IPS, json={"type": "private_v6"}).json()
    own = api.post(_IPS, json={"type": "private_v6", "network": "own"}).json()
    assert (default["network"]["name"], default["region"]) == ("", "global")
    assert own["network"] == {"name": "own", "org_slug": "personal"}
    assert {ip["region"] for ip in api.get(_IPS).json()["ips"]} == {"global"}


def test_an_egress_pair_is_two_addresses(api: httpx.Client) -> None:
    pair = api.post(_IPS, json={"type": "egress_pair", "region": "iad"}).json()["ip_pair"]
    assert [ip["ip"] for ip in api.get(_IPS).json()["ips"]] == [pair["v4"], pair["v6"]]


def test_every_call_adds_an_address_but_the_shared_one(api: httpx.Client) -> None:
    for _ in range(2):
        assert api.post(_IPS, json={"type": "v6"}).status_code == 200
    assert api.post(_IPS, json={"type": "shared_v4"}).status_code == 200
    refused = api.post(_IPS, json={"type": "shared_v4"})
    assert (refused.status_code, list(refused.json())) == (422, ["message"])
    assert len(api.get(_IPS).json()["ips"]) == 3


def test_addresses_are_deleted_by_address(api: httpx.Client) -> None:
    address = api.post(_IPS, json={"type": "v6"}).json()["ip"]
    assert api.delete(f"{_IPS}/{address}").status_code == 204
    missing = api.delete(f"{_IPS}/{address}")
    assert (missing.status_code, list(missing.json())) == (404, ["message"])


def test_errors_of_this_upstream_use_message(sim: FlySimulator, api: httpx.Client) -> None:
    sim.add_foreign_app("theirs")
    assert api.get("/apps/none/ip_assignments").json() == {"message": "app not found"}
    assert api.get("/apps/theirs/ip_assignments").json() == {"message": "unauthorized"}
    assert api.post(_IPS, json={"type": "v5"}).status_code == 400


def test_a_type_that_does_not_exist_is_refused_in_these_words(api: httpx.Client) -> None:
    answer = api.post(_IPS, json={"type": "public_v6"})
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid ip address type"})


@pytest.mark.parametrize(
    ("network", "status"), [("", 200), ("default", 200), ("theirs", 200), ("absent", 404)]
)
def test_an_address_in_another_organisation_needs_its_network(
    sim: FlySimulator, api: httpx.Client, network: str, status: int
) -> None:
    sim.orgs["peer"] = "Peer"
    api.post("/apps", json={"name": "peers", "org_slug": "peer", "network": "theirs"})
    answer = api.post(_IPS, json={"type": "private_v6", "network": network, "org_slug": "peer"})
    assert answer.status_code == status
    if status == 200:
        [shown] = api.get(_IPS).json()["ips"]
        assert shown["network"] == {"name": network.removeprefix("default"), "org_slug": "peer"}
    else:
        assert answer.headers["content-type"].startswith("text/html")


def test_an_address_for_an_unknown_organisation_is_refused(api: httpx.Client) -> None:
    assert api.post(_IPS, json={"type": "private_v6", "org_slug": "nobody"}).status_code == 404


def test_a_listed_flycast_address_looks_as_it_was_seen(api: httpx.Client) -> None:
    api.post(_IPS, json={"type": "private_v6", "org_slug": "personal"})
    [shown] = api.get(_IPS).json()["ips"]
    assert shown["ip"].startswith("fdaa:")
    seen = {key: shown[key] for key in ("region", "shared", "egress", "network")}
    assert seen == {
        "region": "global",
        "shared": False,
        "egress": False,
        "network": {"name": "", "org_slug": "personal"},
    }


def test_acme_needs_an_ipv6_address_or_the_record_of_its_challenge(
    sim: FlySimulator, api: httpx.Client
) -> None:
    api.post("/apps/web/certificates/acme", json={"hostname": "www.example.com"})
    path = "/apps/web/certificates/www.example.com"
    sim.publish_dns("www.example.com", challenge=False)
    assert api.get(path).json()["status"] == "pending_validation"
    assert api.post(f"{path}/check").json()["dns_records"]["acme_challenge_cname"] == ""
    address = api.post(_IPS, json={"type": "v6"}).json()["ip"]
    assert api.get(path).json()["status"] == "active"
    api.delete(f"{_IPS}/{address}")
    assert api.get(path).json()["status"] == "pending_validation"
    sim.publish_dns("www.example.com")
    assert api.get(path).json()["status"] == "active"
