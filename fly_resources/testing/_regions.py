"""The regions of the platform, and how a region list is interpreted (PL-6, MA-3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from fly_resources.testing import _errors as errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@attrs.frozen
class Region:
    """One region; its area is matched by the geographic aliases."""

    code: str
    city: str
    area: str
    latitude: float
    longitude: float


#: 18 regions, as many as the service listed on 2026-09-19 (PL-6).
REGIONS = {
    region.code: region
    for region in (
        Region("ams", "Amsterdam, Netherlands", "eu", 52.37, 4.9),
        Region("arn", "Stockholm, Sweden", "eu", 59.65, 17.92),
        Region("bom", "Mumbai, India", "apac", 19.1, 72.87),
        Region("cdg", "Paris, France", "eu", 48.86, 2.35),
        Region("dfw", "Dallas, Texas (US)", "us", 32.78, -96.8),
        Region("ewr", "Secaucus, NJ (US)", "us", 40.79, -74.06),
        Region("fra", "Frankfurt, Germany", "eu", 50.17, 8.68),
        Region("gru", "Sao Paulo, Brazil", "sa", -23.55, -46.63),
        Region("iad", "Ashburn, Virginia (US)", "us", 39.04, -77.49),
        Region("jnb", "Johannesburg, South Africa", "africa", -26.2, 28.04),
        Region("lax", "Los Angeles, California (US)", "us", 33.94, -118.41),
        Region("lhr", "London, United Kingdom", "eu", 51.51, -0.13),
        Region("nrt", "Tokyo, Japan", "apac", 35.62, 139.78),
        Region("ord", "Chicago, Illinois (US)", "us", 41.88, -87.63),
        Region("sin", "Singapore, Singapore", "apac", 1.3, 103.87),
        Region("sjc", "San Jose, California (US)", "us", 37.34, -121.89),
        Region("syd", "Sydney, Australia", "apac", -33.87, 151.21),
        Region("yyz", "Toronto, Canada", "na", 43.64, -79.42),
    )
}

_ALIASES = {
    "apac": frozenset({"apac"}),
    "eu": frozenset({"eu"}),
    "na": frozenset({"na", "us"}),
    "sa": frozenset({"sa"}),
    "us": frozenset({"us"}),
    "usa": frozenset({"us"}),
    "any": frozenset({"africa", "apac", "eu", "na", "sa", "us"}),
}


def candidates(asked: str, regions: Mapping[str, Region], nearest: str) -> list[str]:
    """Return the regions of a priority list, best first; unknown ones are rejected (MA-3, VO-5)."""
    if not asked:
        return [nearest, *(code for code in regions if code != nearest)]
    return list(dict.fromkeys(_expand(asked.split(","), regions)))


def _expand(entries: Iterable[str], regions: Mapping[str, Region]) -> Iterator[str]:
    for entry in entries:
        if entry in regions:
            yield entry
        elif entry in _ALIASES:
            yield from (code for code, region in regions.items() if region.area in _ALIASES[entry])
        else:
            raise errors.region_unknown(entry)
