"""A web app on Fly.io: nginx with a disk, a secret, a certificate and two addresses.

It needs a token that may create apps (fly tokens create org). What it makes costs money:

    FLY_API_TOKEN=... DATABASE_URL=postgres://... python examples/web_app.py

Run it again: the secret is set again, to the same value, and nothing restarts. Change the image below and
run it again: only the machine is updated. `python examples/web_app.py destroy` removes it all.
"""

from __future__ import annotations

import os
import sys
from typing import NamedTuple

from fly_resources import App, Certificate, Fly, FlySecret, IpAddress, Machine, Report, Secret, Volume


class WebApp(NamedTuple):
    """What the web app consists of."""

    app: App
    database_url: FlySecret
    data: Volume
    server: Machine
    certificate: Certificate
    ipv4: IpAddress
    ipv6: IpAddress


def web_app(
    database_url: str | Secret, *, name: str = "my-web-app", hostname: str = "www.example.com"
) -> WebApp:
    """Describe the web app; nothing is sent."""
    app = App(name, primary_region="iad")
    data = Volume(app, "data", size_gb=10)
    return WebApp(
        app=app,
        database_url=FlySecret(app, "DATABASE_URL", database_url),
        data=data,
        server=Machine(
            app,
            "server",
            mounts={"/data": data},
            config={
                "image": "nginx:alpine",
                "services": [
                    {
                        "protocol": "tcp",
                        "internal_port": 80,
                        "ports": [
                            {"port": 80, "handlers": ["http"], "force_https": True},
                            {"port": 443, "handlers": ["tls", "http"]},
                        ],
                    },
                ],
            },
        ),
        certificate=Certificate(app, hostname),
        ipv4=IpAddress(app, "shared_v4"),
        ipv6=IpAddress(app, "v6"),
    )


def dns_records(site: WebApp, report: Report) -> list[str]:
    """List what to publish so that the hostname leads here and its certificate is issued."""
    hostname = site.certificate.hostname
    records = [
        f"{hostname}.  A     {report[site.ipv4].model.ip}",
        f"{hostname}.  AAAA  {report[site.ipv6].model.ip}",
    ]
    wanted = report[site.certificate].model.dns_requirements
    if wanted and wanted.acme_challenge:
        records.append(f"{wanted.acme_challenge.name}.  CNAME {wanted.acme_challenge.target}.")
    if wanted and wanted.ownership:
        records.append(f'{wanted.ownership.name}.  TXT   "{wanted.ownership.app_value}"')
    return records


def main() -> None:
    """Ensure the web app, or destroy it."""
    destroys = sys.argv[1:] == ["destroy"]
    # No default: it would overwrite the secret that the app has. To destroy, no value is needed.
    site = web_app("" if destroys else os.environ["DATABASE_URL"])
    with Fly(owner="my-web-app", on_event=print) as fly:
        if destroys:
            print(fly.destroy(*site))
            return
        print(fly.plan(*site))
        report = fly.ensure(*site)
        print(report)
        print("Publish these DNS records:", *dns_records(site, report), sep="\n  ")


if __name__ == "__main__":
    main()
