"""The charts of the story that a release keeps: what is drawn, as SVG and as CSV, at addresses that stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from etl.domain.citing import documents
from etl.domain.pinned import chart_path, folder_of
from etl.meta import places
from etl.meta.model import Release
from etl.meta.settings import SiteConfig
from etl.web.charts.files import drawn_whole, makers_of, named, table
from etl.web.language import Language, schema_labels
from etl.web.lineage import Watched
from etl.web.pages import KINDS
from etl.web.theme import print_fonts


def charts_of_release(release: Release, config: SiteConfig, root: Path) -> Iterator[tuple[str, bytes]]:
    """(path in the folder of the release, content) of each chart with a page of its own, in each language that has
    every page; none in a city without a story. A PNG can be painted again from its SVG, and is many times as heavy."""
    watched, sources, labels = Watched(release, config), documents(release), schema_labels(release)
    languages = {code: Language(code, config.languages[code]["locale"], places.words(root), labels)
                 for code in config.full}
    makers = makers_of(languages, root, print_fonts(root / "build" / "cache"))
    for code, maker in makers.items():
        for page in KINDS["behind"].made(watched, code):
            chart = page.context["chart"]
            picture, data = (chart_path(named(page), code, end) for end in ("svg", "csv"))
            address = folder_of(release.package["version"]) + picture
            yield picture, drawn_whole(sources, release, config, chart, maker, address)
            yield data, table(chart, maker)
