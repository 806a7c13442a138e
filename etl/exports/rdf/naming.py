"""What a dataset is called everywhere: one address and one name in the catalogue, on its page and in Croissant."""

from __future__ import annotations

from etl.meta.model import Release
from etl.meta.settings import SiteConfig


def dataset_address(config: SiteConfig, name: str = "") -> str:
    """The IRI of a dataset, part of its page; of all tables together for ""."""
    return f"{config.page('data', name)}#dataset"


def identifier(release: Release, config: SiteConfig, name: str = "") -> str:
    """A name that no other body gives: the code of ours, the release, the table; the address where ours has no code."""
    if "ipa" not in config.catalogue:
        return dataset_address(config, name)
    return f"{config.catalogue['ipa']}:{release.package['name']}{name and f'-{name}'}"
