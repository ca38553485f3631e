"""Certificates: requested or imported once, checked before anything is sent, waited for only on request."""

from __future__ import annotations

import itertools
import sys
from typing import TYPE_CHECKING, Any

import attrs
import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from fly_resources import App, Certificate, DnsRecord, IpAddress, Secret, dns_records, errors
from fly_resources._nouns import own_certificates
from fly_resources.testing import Fault
from tests.flows.pems import DAY, HOST, TODAY, chain_pem, key_pem

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources.testing import FlySimulator, VirtualClock
    from tests.flows.conftest import Api, Stranger

APP = App("web")
ACME = Certificate(APP, HOST)
OTHER_KEY = ec.generate_private_key(ec.SECP256R1())


def own(hostname: str = HOST, **settings: Any) -> Certificate:  # noqa: ANN401  # the arguments of chain_pem
    return Certificate(APP, hostname, chain_pem(hostname, **settings), key_pem())


OWN = own()


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_certificates, "wall_time", lambda: TODAY)


def _held(api: Api, hostname: str = HOST) -> tuple[bool, bool]:
    """Return whether ACME was requested for it, and whether there is an imported one."""
    state: Any = api.sim.snapshot()["apps"]
    [found] = [each for each in state["web"]["certificates"] if each["hostname"] == hostname]
    return found["acme_requested"], found["custom"]


def test_the_records_to_publish_name_the_addresses_that_the_same_run_made(api: Api) -> None:
    v4, v6 = IpAddress(APP, "shared_v4"), IpAddress(APP, "v6")
    report = api.ensure(APP, ACME, v4, v6)
    records = {record.type: record.value for record in dns_records(report[ACME].model)}
    assert records["A"] == report[v4].model.ip
    assert records["AAAA"] == report[v6].model.ip


def test_an_address_that_fails_does_not_keep_a_certificate_from_being_requested(api: Api) -> None:
    address = IpAddress(APP, "v6")
    refusal = Fault("status", operation="App_IPAssignments_create", status=400, body={"error": "broken"})
    api.sim.faults.add(refusal)
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(APP, ACME, address)
    assert caught.value.report[ACME].changed
    assert caught.value.report[address].error is not None


def test_a_pending_one_is_never_asked_for_again(api: Api) -> None:
    first = api.ensure(ACME)[ACME]
    assert (first.action, first.model.status) == ("create", "pending_validation")
    api.sent.clear()
    for _ in range(3):
        assert not api.ensure(ACME)[ACME].changed
    assert api.plan(ACME)[ACME].notes == ("pending_validation, waiting for DNS",)
    assert api.writes == []
    api.sim.publish_dns(HOST)
    assert api.plan(ACME)[ACME].notes == ()


def test_ones_own_is_imported_once_and_destroyed_once(api: Api) -> None:
    step = api.plan(OWN)[OWN]
    assert (step.action, step.notes) == ("create", ("expires 2026-07-31",))
    first = api.ensure(OWN)[OWN]
    assert (first.action, first.changed) == ("create", True)
    assert _held(api) == (False, True)
    api.sent.clear()
    assert not api.ensure(OWN)[OWN].changed
    assert api.plan(OWN)[OWN].action == "none"
    assert api.writes == []
    assert api.destroy(OWN)[OWN].changed
    assert not api.destroy(OWN)[OWN].changed
    assert api.read(OWN) is None


@pytest.mark.parametrize("path", ["ensure", "plan"])
@pytest.mark.parametrize(
    ("noun", "words"),
    {
        "no PEM": (Certificate(APP, HOST, "not a PEM", key_pem()), ["fullchain", "BEGIN CERTIFICATE"]),
        "broken PEM": (
            Certificate(APP, HOST, chain_pem(HOST).replace("MII", "AAA", 1), key_pem()),
            ["fullchain"],
        ),
        "no key": (Certificate(APP, HOST, chain_pem(HOST), "not a PEM"), ["private_key", "cannot be read"]),
        "locked key": (
            Certificate(APP, HOST, chain_pem(HOST), key_pem(passphrase=b"x")),
            ["private_key has a passphrase", "openssl pkey"],
        ),
        "other key": (
            Certificate(APP, HOST, chain_pem(HOST), key_pem(OTHER_KEY)),
            ["private_key does not belong"],
        ),
        "chain upside down": (
            Certificate(APP, HOST, chain_pem("ca.example", key=OTHER_KEY) + chain_pem(HOST), key_pem()),
            ["out of order"],
        ),
        "other host": (
            Certificate(APP, HOST, chain_pem("api.example.com", "example.com"), key_pem()),
            [f"does not cover {HOST}", "api.example.com, example.com"],
        ),
        "wildcard of two labels": (
            Certificate(APP, "a.b.example.com", chain_pem("*.example.com"), key_pem()),
            ["does not cover a.b.example.com", "one label"],
        ),
        "wildcard without a label": (
            Certificate(APP, "example.com", chain_pem("*.example.com"), key_pem()),
            ["does not cover example.com"],
        ),
        "a host for a wildcard": (
            Certificate(APP, "*.example.com", chain_pem(HOST), key_pem()),
            [r"does not cover *.example.com"],
        ),
        "common name only": (Certificate(APP, HOST, chain_pem(), key_pem()), ["it names no host"]),
        "expired": (own(end=TODAY - DAY), ["expired at 2026-05-31", "renew"]),
        "expires now": (own(end=TODAY), ["expired at 2026-06-01"]),
        "not yet": (own(begin=TODAY + DAY), ["not valid before 2026-06-02"]),
    }.values(),
)
def test_what_cannot_be_imported_is_refused_before_any_request(
    api: Api, path: str, noun: Certificate, words: list[str]
) -> None:
    with pytest.raises(errors.ConfigurationError) as caught:
        getattr(api, path)(noun)
    for word in ("certificate web/", *words):
        assert word in str(caught.value)
    assert noun.private_key is not None
    for line in noun.private_key.reveal().splitlines()[1:]:
        assert line not in str(caught.value)
    assert api.sent == []


def test_destroying_needs_no_valid_certificate(api: Api) -> None:
    api.ensure(OWN)
    assert api.destroy(own(end=TODAY - DAY))[OWN].changed


@pytest.mark.parametrize(
    ("hostname", "names"),
    [
        (HOST, ["*.example.com"]),
        (HOST, ["example.com", "WWW.Example.com"]),
        ("*.example.com", ["*.example.com", "example.com"]),
    ],
)
def test_what_covers_the_hostname_is_imported(api: Api, hostname: str, names: list[str]) -> None:
    noun = Certificate(APP, hostname, Secret(chain_pem(*names)), Secret(key_pem()))
    assert api.ensure(noun)[noun].changed
    assert _held(api, hostname) == (False, True)
    assert not api.ensure(noun)[noun].changed


def test_the_extra_is_asked_for_where_it_is_needed(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "cryptography"]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(errors.ConfigurationError, match="its extra certificates"):
        api.ensure(OWN)
    assert api.sent == []
    assert api.ensure(ACME)[ACME].changed


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"fullchain": chain_pem(HOST)}, "private_key is missing"),
        ({"private_key": key_pem()}, "fullchain is missing"),
    ],
)
def test_half_an_import_is_refused(settings: dict[str, Any], word: str) -> None:
    with pytest.raises(errors.ConfigurationError, match=word):
        Certificate(APP, HOST, **settings)


def test_the_key_is_shown_nowhere(connect: Callable[..., Api]) -> None:
    seen: list[object] = []
    api = connect(on_event=seen.append)
    plan, report = api.plan(OWN), api.ensure(OWN)
    api.sim.faults.add(Fault("status", operation="App_Certificates_custom_create", status=422))
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(own(end=TODAY + 90 * DAY))
    shown = "".join([*map(str, seen), *map(repr, seen)])
    shown += f"{OWN!r}{plan}{plan!r}{report}{report!r}{caught.value}{caught.value!r}"
    for line in key_pem().splitlines()[1:-1]:
        assert line not in shown


def test_a_later_one_is_imported_again_and_an_older_one_is_left(api: Api) -> None:
    api.ensure(OWN)
    later = own(end=TODAY + 90 * DAY)
    [change] = api.plan(later)[later].changes
    assert change.path == "custom.expires_at"
    assert (change.before, change.after) == ("2026-07-31T00:00:00+00:00", "2026-08-30T00:00:00+00:00")
    renewed = api.ensure(later)[later]
    assert (renewed.action, renewed.changed) == ("update", True)
    world = api.sim.snapshot()
    api.sent.clear()
    assert not api.ensure(later)[later].changed
    assert not api.ensure(OWN)[OWN].changed
    assert any("expires later" in note and "2026-08-30" in note for note in api.plan(OWN)[OWN].notes)
    assert api.writes == []
    assert api.sim.snapshot() == world


def test_an_expiry_that_is_not_stated_is_no_difference(api: Api) -> None:
    api.ensure(OWN)
    detail = api.read(OWN)
    assert detail is not None
    body = detail.to_dict()
    body["certificates"][0]["expires_at"] = None
    api.sim.faults.add(Fault("status", operation="App_Certificates_show", status=200, body=body))
    step = api.plan(own(end=TODAY + 90 * DAY))[OWN]
    assert step.action == "none"
    assert any("when it expires is unknown" in note for note in step.notes)


@pytest.mark.parametrize(("first", "second"), [(ACME, OWN), (OWN, ACME)], ids=["own later", "ACME later"])
def test_the_other_way_is_added_and_the_first_is_left(
    api: Api, first: Certificate, second: Certificate
) -> None:
    api.ensure(first)
    added = api.ensure(second)[second]
    assert (added.action, added.changed, len(added.changes)) == ("update", True, 1)
    assert _held(api) == (True, True)
    api.sent.clear()
    for noun in (first, second):
        assert not api.ensure(noun)[noun].changed
    assert api.writes == []


class _Wire(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The way to the simulator, remembering each path as it is sent."""

    def __init__(self, sim: FlySimulator) -> None:
        self._inner = sim.transport()
        self.paths: set[bytes] = set()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.paths.add(request.url.raw_path)
        return self._inner.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.paths.add(request.url.raw_path)
        return await self._inner.handle_async_request(request)


def test_wildcards_travel_encoded(connect: Callable[..., Api], sim: FlySimulator) -> None:
    wire = _Wire(sim)
    api, noun = connect(transport=wire), own("*.example.com")
    api.ensure(noun)
    api.ensure(Certificate(APP, "*.example.com"))
    assert _held(api, "*.example.com") == (True, True)
    with pytest.raises(errors.WaitTimeoutError):
        api.wait_until_issued(noun, timeout_s=5)
    assert api.destroy(noun)[noun].changed
    assert {path for path in wire.paths if b"example" in path} == {
        b"/v1/apps/web/certificates/%2A.example.com",
        b"/v1/apps/web/certificates/%2A.example.com/check",
    }


@pytest.mark.parametrize("noun", [ACME, OWN], ids=["ACME", "own"])
@pytest.mark.parametrize(
    "fault",
    [
        Fault("reset_before"),
        Fault("reset_after"),
        Fault("reset_after", times=2),
        Fault("status", status=503),
        Fault("status", status=503, applied=True),
        Fault("truncate"),
        Fault("not_json"),
    ],
    ids=lambda fault: f"{fault.kind} {fault.status} {fault.applied}",
)
def test_a_lost_answer_ends_with_one_of_them(api: Api, noun: Certificate, fault: Fault) -> None:
    operation = "App_Certificates_acme_create" if noun is ACME else "App_Certificates_custom_create"
    api.sim.faults.add(attrs.evolve(fault, operation=operation))
    assert api.ensure(noun)[noun].changed
    assert _held(api) == (noun is ACME, noun is OWN)
    assert not api.ensure(noun)[noun].changed


def test_a_renewal_whose_answer_was_lost_is_not_taken_for_the_old_one(api: Api) -> None:
    api.ensure(OWN)
    later = own(end=TODAY + 90 * DAY)
    api.sim.faults.add(Fault("reset_before", operation="App_Certificates_custom_create"))
    assert api.ensure(later)[later].changed
    api.sent.clear()
    assert not api.ensure(later)[later].changed


@pytest.mark.parametrize("there", [ACME, OWN], ids=["ACME", "own"])
def test_a_refusal_because_it_exists_counts_only_if_what_is_declared_is_there(
    api: Api, there: Certificate
) -> None:
    api.ensure(there)
    wanted = OWN if there is ACME else ACME
    operation = "App_Certificates_custom_create" if wanted is OWN else "App_Certificates_acme_create"
    exists: Any = {"error": "Hostname already exists on app"}
    api.sim.faults.add(Fault("status", operation=operation, status=422, body=exists))
    with pytest.raises(errors.EnsureError, match="already exists on app"):
        api.ensure(wanted)
    assert api.ensure(wanted)[wanted].changed


def test_what_keeps_it_from_being_issued_is_in_the_plan(api: Api) -> None:
    api.ensure(ACME)
    detail = api.read(ACME)
    assert detail is not None
    trouble: dict[str, Any] = {
        **detail.to_dict(),
        "rate_limited_until": "2026-06-02T00:00:00Z",
        "validation_errors": [
            {"code": "dns", "message": "no A record", "remediation": "add one", "timestamp": "2026-06-01"},
            {"code": None, "message": "CAA forbids it", "remediation": None},
        ],
    }
    api.sim.faults.add(Fault("status", operation="App_Certificates_show", status=200, body=trouble))
    assert api.plan(ACME)[ACME].notes == (
        "pending_validation, waiting for DNS",
        "dns: no A record; add one",
        "CAA forbids it",
        "rate limited until 2026-06-02T00:00:00Z",
    )


def test_an_app_without_public_ipv6_is_pointed_out_where_its_addresses_were_read(api: Api) -> None:
    note = "no public IPv6 on this app"
    shared, public = IpAddress(APP, "shared_v4"), IpAddress(APP, "v6")
    assert note in api.plan(ACME, shared)[ACME].notes
    assert note not in api.plan(ACME)[ACME].notes
    assert note not in api.plan(ACME, public)[ACME].notes
    api.ensure(ACME, shared)
    assert note in api.plan(ACME, shared)[ACME].notes
    assert note in str(api.plan(ACME, shared))
    api.ensure(public)
    assert note not in api.plan(ACME, shared)[ACME].notes


def test_the_records_to_publish_are_listed(api: Api) -> None:
    report = api.ensure(ACME, IpAddress(APP, "shared_v4"), IpAddress(APP, "v6"))
    detail = api.read(ACME)
    assert detail is not None
    needed = detail.to_dict()["dns_requirements"]
    assert dns_records(detail) == (
        DnsRecord(HOST, "A", needed["a"][0]),
        DnsRecord(HOST, "AAAA", needed["aaaa"][0]),
        DnsRecord(HOST, "CNAME", "web.fly.dev"),
        DnsRecord(f"_acme-challenge.{HOST}", "CNAME", needed["acme_challenge"]["target"]),
        DnsRecord(f"_fly-ownership.{HOST}", "TXT", needed["ownership"]["app_value"]),
    )
    assert str(dns_records(detail)[2]) == f"{HOST} CNAME web.fly.dev"
    assert len(dns_records(report[ACME].model)) >= 3
    assert dns_records(type(detail).from_dict({**detail.to_dict(), "dns_requirements": None})) == ()


def test_nothing_waits_for_dns_unless_asked_to(api: Api) -> None:
    for noun in (ACME, own("*.example.com")):
        began = api.clock.now()
        api.ensure(noun)
        assert api.clock.now() - began < 2


@pytest.mark.parametrize("noun", [ACME, OWN], ids=["ACME", "own"])
def test_waiting_looks_every_ten_seconds_and_names_the_records_in_the_end(
    api: Api, noun: Certificate
) -> None:
    status = api.ensure(noun)[noun].model.status
    api.sent.clear()
    began = api.clock.now()
    with pytest.raises(errors.WaitTimeoutError) as caught:
        api.wait_until_issued(noun, timeout_s=35)
    assert 35 <= api.clock.now() - began < 36
    checks = [each.at for each in api.sent if each.operation == "App_Certificates_check"]
    assert len(checks) == 4
    assert all(later - earlier >= 10 for earlier, later in itertools.pairwise(checks))
    for word in (HOST, f"still {status} after 35", f"_acme-challenge.{HOST} CNAME", "web.fly.dev"):
        assert word in str(caught.value)
    assert caught.value.last_state == status


@pytest.mark.parametrize("noun", [ACME, OWN], ids=["ACME", "own"])
def test_waiting_ends_when_it_is_issued(api: Api, noun: Certificate) -> None:
    api.ensure(noun)
    api.sim.publish_dns(HOST)
    active = api.read(noun)
    assert active is not None
    pending: Any = {**active.to_dict(), "status": "pending_validation", "certificates": []}
    if noun is OWN:
        pending["certificates"] = [{"source": "custom", "status": "pending_ownership"}]
    api.sent.clear()
    api.sim.faults.add(Fault("status", operation="App_Certificates_show", status=200, body=pending, times=3))
    began = api.clock.now()
    assert api.wait_until_issued(noun, timeout_s=60) == active
    assert 20 <= api.clock.now() - began < 22
    assert api.writes == ["App_Certificates_check"] * 3
    api.sent.clear()
    assert api.wait_until_issued(noun, timeout_s=60) == active
    assert api.writes == []


def test_where_no_certificates_are_listed_the_status_counts(api: Api) -> None:
    api.ensure(ACME)
    found = api.read(ACME)
    assert found is not None
    bare: Any = {key: value for key, value in found.to_dict().items() if key != "certificates"}
    api.sim.faults.add(
        Fault("status", operation="App_Certificates_show", status=200, body={**bare, "status": "active"})
    )
    assert api.wait_until_issued(ACME, timeout_s=5).status == "active"


def test_what_was_never_asked_for_is_not_waited_for(api: Api) -> None:
    with pytest.raises(errors.ReconcileError, match="was not requested yet: ensure it first"):
        api.wait_until_issued(ACME, timeout_s=60)
    api.ensure(ACME)
    with pytest.raises(errors.ReconcileError, match="was not imported yet: ensure it first"):
        api.wait_until_issued(OWN, timeout_s=60)


@pytest.mark.parametrize("kind", ["EC", "RSA", "old EC", "old RSA"])
def test_the_simulator_refuses_what_the_service_would(
    stranger: Stranger, clock: VirtualClock, kind: str
) -> None:
    stranger.create_app("web")
    keys: list[Any] = [
        rsa.generate_private_key(65537, 2048) if "RSA" in kind else ec.generate_private_key(ec.SECP256R1())
        for _ in range(2)
    ]
    form = (
        serialization.PrivateFormat.TraditionalOpenSSL if "old" in kind else serialization.PrivateFormat.PKCS8
    )
    ours, other = (
        key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()
        for key in keys
    )
    for hostname, names, key, status in (
        (HOST, [HOST], ours, 201),
        (HOST, ["*.example.com", "example.com"], ours, 201),
        ("*.example.com", ["*.example.com"], ours, 201),
        (HOST, [HOST], other, 422),
        (HOST, ["example.com"], ours, 422),
        ("a.b.example.com", ["*.example.com"], ours, 422),
        (HOST, [HOST], "unreadable", 422),
    ):
        body = {"hostname": hostname, "fullchain": chain_pem(*names, key=keys[0]), "private_key": key}
        clock.sleep(1)
        answer = stranger.http.post("/apps/web/certificates/custom", json=body)
        assert answer.status_code == status, (hostname, names, answer.text)
