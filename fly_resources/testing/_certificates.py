"""Certificates of hostnames (CE-1 to CE-13). `FlySimulator.publish_dns` sets the DNS records."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs

from fly_resources.testing import _errors as errors
from fly_resources.testing._call import as_text
from fly_resources.testing._pem import covers, fits, is_key, not_after
from fly_resources.testing._state import App, Certificate
from fly_resources.testing._wire import Answer, empty_answer, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._call import Call
    from fly_resources.testing._platform import Platform
    from fly_resources.testing._wire import Json, JsonObject

_DEFAULT_LIMIT, _MAX_LIMIT = 25, 500  # CE-1
_HOSTNAME = re.compile(r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_LIFETIME_S = 90 * 24 * 3600.0  # RR#67
_DNS_PROVIDER = "enom"


def index(call: Call) -> Answer:
    """App_Certificates_list: summaries, paginated (CE-1)."""
    wanted = call.query("filter")
    found = [cert for name, cert in sorted(call.app().certificates.items()) if wanted in name]
    limit = min(max(call.number("limit", _DEFAULT_LIMIT), 1), _MAX_LIMIT)
    start = call.number("cursor", 0)
    shown: list[Json] = [_summary(call, cert) for cert in found[start : start + limit]]
    page: dict[str, Json] = {"certificates": shown, "total_count": len(found)}
    if start + limit < len(found):
        page["next_cursor"] = str(start + limit)
    return json_answer(page)


def show(call: Call) -> Answer:
    """App_Certificates_show (CE-4)."""
    return json_answer(_detail(call, _certificate(call)))


def create_acme(call: Call) -> Answer:
    """App_Certificates_acme_create: 201; 422 if it was requested before (CE-2, CE-7)."""
    app = call.app()
    cert = _certificate_for(call, app, call.body("main.createAcmeCertificateRequest"))
    if cert.acme_requested:
        raise errors.refusal(422, "Hostname already exists on app")
    cert = attrs.evolve(cert, acme_requested=True, acme_created_at=call.now, updated_at=call.now)
    app.certificates[cert.hostname] = cert
    return json_answer(_detail(call, cert), 201)


def create_custom(call: Call) -> Answer:
    """App_Certificates_custom_create: 201; importing again replaces (CE-2, CE-10).

    Both must be readable PEM; the chain must be unexpired, match its key and cover the hostname.
    """
    app = call.app()
    body = call.body("main.createCustomCertificateRequest")
    cert = _certificate_for(call, app, body)
    fullchain = as_text(body.get("fullchain"), "string")
    private_key = as_text(body.get("private_key"), "string")
    if not fullchain or not private_key:
        raise errors.refusal(422, "fullchain and private_key are required")  # the text is not recorded
    wall = call.platform.wall
    end = not_after(fullchain)
    # CE-10; the texts are not recorded.
    if end is None:
        raise errors.refusal(422, "Certificate is not a valid PEM certificate")
    if not is_key(private_key):
        raise errors.refusal(422, "Private key is not a valid PEM private key")
    if end < datetime.fromtimestamp(wall.unix(call.now), UTC):
        raise errors.refusal(422, "Certificate has expired")
    if not fits(fullchain, private_key):
        raise errors.refusal(422, "Private key does not match the certificate")
    if not covers(fullchain, cert.hostname):
        raise errors.refusal(422, "Certificate does not cover the hostname")
    expires = end.strftime("%Y-%m-%dT%H:%M:%SZ")
    cert = attrs.evolve(cert, custom_expires_at=expires, custom_created_at=call.now, updated_at=call.now)
    app.certificates[cert.hostname] = cert
    return json_answer(_detail(call, cert), 201)


def check(call: Call) -> Answer:
    """App_Certificates_check: the detail and the current DNS records (CE-5)."""
    cert = _certificate(call)
    published = cert.hostname in call.platform.dns
    challenge = published and cert.hostname not in call.platform.dns_without_challenge
    needed = _dns_requirements(call, cert)
    a, aaaa = needed["a"], needed["aaaa"]
    both = [*(a if isinstance(a, list) else []), *(aaaa if isinstance(aaaa, list) else [])]
    records: dict[str, Json] = {
        "a": a if published else [],
        "aaaa": aaaa if published else [],
        "cname": [],
        "resolved_addresses": both if published else [],
        "soa": f"ns1.{cert.hostname}",
        "acme_challenge_cname": f"{cert.hostname}.{cert.dns_label}.flydns.net" if challenge else "",
        "ownership_txt": f"app-{cert.ownership}" if published else "",
    }
    return json_answer({**_detail(call, cert), "dns_records": records})


def delete(call: Call) -> Answer:
    """App_Certificates_delete: deletes the hostname and its certificates, 204 (CE-6)."""
    del call.app().certificates[_certificate(call).hostname]
    return empty_answer(204)


def delete_acme(call: Call) -> Answer:
    """App_Certificates_acme_delete: the hostname is kept (CE-6)."""
    return _replace(call, attrs.evolve(_certificate(call), acme_requested=False, updated_at=call.now))


def delete_custom(call: Call) -> Answer:
    """App_Certificates_custom_delete: the hostname is kept (CE-6)."""
    return _replace(call, attrs.evolve(_certificate(call), custom_expires_at=None, updated_at=call.now))


def active(platform: Platform, app: App, cert: Certificate) -> bool:
    """Return whether the hostname is served: a certificate was requested and its DNS records exist (CE-3)."""
    published = cert.hostname in platform.dns
    return published and (cert.custom or (cert.acme_requested and _verified(platform, app, cert)))


def _verified(platform: Platform, app: App, cert: Certificate) -> bool:
    """Return whether ACME validation can succeed: a challenge CNAME, or an IPv6 address (CE-13)."""
    without_challenge = cert.hostname in platform.dns_without_challenge
    reachable = not without_challenge or any(ip.type == "v6" for ip in app.ips.values())
    return cert.hostname in platform.dns and reachable


def _replace(call: Call, cert: Certificate) -> Answer:
    call.app().certificates[cert.hostname] = cert
    return json_answer(_detail(call, cert))


def _certificate(call: Call) -> Certificate:
    cert = call.app().certificates.get(call.params["hostname"])
    if cert is None:
        raise errors.refusal(404, "not found")  # CE-8; the text is not recorded
    return cert


def _certificate_for(call: Call, app: App, body: JsonObject) -> Certificate:
    """Return the certificate of the hostname in a body; a new one if the app has none (CE-7)."""
    hostname = as_text(body.get("hostname"), "string").lower()
    if not _HOSTNAME.fullmatch(hostname):
        raise errors.refusal(422, "Hostname is not a fully qualified domain name")
    known = app.certificates.get(hostname)
    if known is not None:
        return known
    ids = call.platform.ids
    return Certificate(
        hostname=hostname,
        created_at=call.now,
        updated_at=call.now,
        dns_label=ids.label(7),
        ownership=ids.label(10),
    )


def _status(call: Call, cert: Certificate) -> str:
    if active(call.platform, call.app(), cert):
        return "active"
    return "pending_ownership" if cert.custom and not cert.acme_requested else "pending_validation"


def _summary(call: Call, cert: Certificate) -> JsonObject:
    """Return a certificate as lists contain it (RR#64)."""
    verified = _verified(call.platform, call.app(), cert)
    wall = call.platform.wall
    return {
        "hostname": cert.hostname,
        "status": _status(call, cert),
        "dns_provider": _DNS_PROVIDER,
        "acme_dns_configured": verified,
        "acme_alpn_configured": verified,
        "acme_http_configured": verified,
        "ownership_txt_configured": cert.hostname in call.platform.dns,
        "configured": active(call.platform, call.app(), cert),
        "acme_requested": cert.acme_requested,
        "has_custom_certificate": cert.custom,
        "has_fly_certificate": cert.acme_requested and verified,
        "created_at": wall.seconds(cert.created_at),
        "updated_at": wall.seconds(cert.updated_at),
    }


def _detail(call: Call, cert: Certificate) -> dict[str, Json]:
    """Return a certificate in full (CE-4, RR#65, RR#67)."""
    published = cert.hostname in call.platform.dns
    verified = _verified(call.platform, call.app(), cert)
    return {
        "hostname": cert.hostname,
        "configured": active(call.platform, call.app(), cert),
        "acme_requested": cert.acme_requested,
        "status": _status(call, cert),
        "dns_provider": _DNS_PROVIDER,
        "rate_limited_until": None,
        "certificates": _entries(call, cert),
        "validation": {
            "dns_configured": published,
            "alpn_configured": verified,
            "http_configured": verified,
            "ownership_txt_configured": published,
        },
        "dns_requirements": _dns_requirements(call, cert),
        "validation_errors": [],
    }


def _entries(call: Call, cert: Certificate) -> list[Json]:
    wall = call.platform.wall
    published = cert.hostname in call.platform.dns
    entries: list[Json] = []
    if cert.custom:
        custom: dict[str, Json] = {
            "source": "custom",
            "status": "active" if published else "pending_ownership",
            "created_at": wall.seconds(cert.custom_created_at),
            "expires_at": cert.custom_expires_at,
            "issuer": "Simulated Authority",
            "issued": [],
        }
        entries.append(custom)
    if cert.acme_requested and _verified(call.platform, call.app(), cert):
        expires = wall.seconds(cert.acme_created_at + _LIFETIME_S)
        issued: dict[str, Json] = {
            "type": "ecdsa",
            "expires_at": expires,
            "certificate_authority": "lets_encrypt",
        }
        fly: dict[str, Json] = {
            "source": "fly",
            "status": "active",
            "created_at": wall.seconds(cert.acme_created_at),
            "expires_at": expires,
            "issuer": None,
            "issued": [issued],
        }
        entries.append(fly)
    return entries


def _dns_requirements(call: Call, cert: Certificate) -> dict[str, Json]:
    app = call.app()
    bare = cert.hostname.removeprefix("*.")
    addresses = app.ips.values()
    return {
        "a": [ip.address for ip in addresses if ip.type in {"v4", "shared_v4"}],
        "aaaa": [ip.address for ip in addresses if ip.type == "v6"],
        "cname": f"{app.name}.fly.dev",
        "acme_challenge": {
            "name": f"_acme-challenge.{bare}",
            "target": f"{bare}.{cert.dns_label}.flydns.net",
        },
        "ownership": {
            "name": f"_fly-ownership.{bare}",
            "app_value": f"app-{cert.ownership}",
            "org_value": f"org-{cert.ownership}",
        },
    }
