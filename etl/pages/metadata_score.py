"""The metadata-quality score of the European data portal, worked out from what is published about a dataset.

Points are those of the portal's own method: 405 in five groups. What we do not publish yet earns nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Resource = Mapping[str, Any]
About = Mapping[str, Any]
METRICS: dict[str, list[tuple[str, int, Callable[[Resource, About], bool]]]] = {
    "findability": [
        ("keywords", 30, lambda _, about: bool(about.get("keywords"))),
        ("theme", 30, lambda _, about: bool(about.get("theme"))),
        ("spatial", 20, lambda resource, _: bool(resource.get("spatial"))),
        ("temporal", 20, lambda resource, _: bool(resource.get("temporal"))),
    ],
    "accessibility": [
        ("access_url", 50, lambda resource, _: bool(resource.get("path"))),
        ("download_url", 20, lambda resource, _: bool(resource.get("path"))),
        ("download_works", 30, lambda resource, _: bool(resource.get("bytes"))),
    ],
    "interoperability": [
        ("format", 20, lambda resource, _: bool(resource.get("format"))),
        ("media_type", 10, lambda resource, _: bool(resource.get("mediatype"))),
        ("from_vocabulary", 10, lambda resource, _: resource.get("mediatype") == "text/csv"),
        ("non_proprietary", 20, lambda resource, _: resource.get("format") == "csv"),
        ("machine_readable", 20, lambda resource, _: resource.get("format") == "csv"),
        ("dcat_ap", 30, lambda resource, _: bool(resource.get("dcat"))),
    ],
    "reusability": [
        ("licence", 20, lambda resource, _: bool(resource.get("licenses"))),
        ("licence_known", 10, lambda _, about: about.get("licence") == "CC-BY-4.0"),
        ("access_rights", 10, lambda resource, _: bool(resource.get("accessRights"))),
        ("access_rights_known", 5, lambda resource, _: bool(resource.get("accessRights"))),
        ("contact", 20, lambda resource, _: bool(resource.get("contributors"))),
        ("publisher", 10, lambda _, about: bool(about.get("publisher"))),
    ],
    "contextuality": [
        ("rights", 5, lambda resource, _: bool(resource.get("accessRights"))),
        ("size", 5, lambda resource, _: bool(resource.get("bytes"))),
        ("issued", 5, lambda resource, _: bool(resource.get("issued"))),
        ("modified", 5, lambda resource, _: bool(resource.get("modified"))),
    ],
}
MOST = sum(points for metrics in METRICS.values() for _, points, _ in metrics)


def score(resource: Resource, about: About) -> int:
    """Points of one dataset, out of MOST."""
    return sum(points for metrics in METRICS.values() for _, points, earned in metrics if earned(resource, about))
