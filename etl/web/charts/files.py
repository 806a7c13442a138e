"""What people take away of a chart, beside its page for frames: SVG and PNG that say all, and what is drawn as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from etl.domain.citing import cited, said
from etl.domain.pinned import pinned_chart
from etl.meta.errors import PublishError
from etl.meta.model import Page, Release
from etl.meta.places import listed
from etl.meta.settings import SiteConfig
from etl.meta.view import Row
from etl.runtime.tables import csv_bytes
from etl.web.charts.inks import signs, tokens
from etl.web.charts.letters import Letters
from etl.web.charts.model import Areas, Chart
from etl.web.charts.picture import SHOWN, WIDTH, Maker, map_alone, picture
from etl.web.charts.words import Said, plain
from etl.web.charts.words import said as in_words
from etl.web.kinds import N_
from etl.web.language import Language
from etl.web.theme import print_fonts
from etl.web.typesetting import Press, TypesettingError
from etl.web.writer import CONTROL, Writer

KIND = "chart"
FILES = {"picture": "grafico.svg", "image": "grafico.png", "data": "dati.csv", "map": "mappa.svg"}
"""Names beside a page for frames; templates name them too. map: of a chart that is one, as pages show it."""
SHEET = f'#page(width: {WIDTH}pt, height: auto, margin: 0pt)[#image("chart.svg", width: 100%)]'
"""Typst that paints a picture."""
NAMED = 2
"""Sources that a picture names; of more it says how many there are."""
ORIGIN, MORE = N_("Fonte: %(names)s."), N_("Fonte: %(names)s (%(count)s documenti).")
FOOT = N_("%(site)s, versione %(version)s del %(day)s, CC BY 4.0, %(address)s")


def named(page: Page) -> str:
    """The name of a chart in addresses: that of the folder of its page."""
    return Path(page.path).parent.name


def charts_of(writer: Writer) -> Iterator[tuple[Page, Chart]]:
    """Every page of a chart that can be taken away."""
    for page in writer.pages:
        if page.id.startswith(f"{KIND}/") and (chart := page.context["chart"]).taken:
            yield page, chart


def files_of_charts(writer: Writer, root: Path, cache: Path) -> Iterator[tuple[str, bytes]]:
    """(path in the site, content) of every file of every chart."""
    found = list(charts_of(writer))
    if not found:
        return
    makers = makers_of(writer.languages, root, print_fonts(cache))
    pictures = {page.path: drawn_whole(writer.documents, writer.release, writer.config, chart, makers[page.language],
                                       address_of(writer.release, page)) for page, chart in found}
    images = painted(sorted(set(pictures.values())), print_fonts(cache), cache / "charts")
    for page, chart in found:
        folder, drawn = page.path.removesuffix("index.html"), pictures[page.path]
        yield folder + FILES["data"], table(chart, makers[page.language])
        yield folder + FILES["picture"], drawn
        yield folder + FILES["image"], images[drawn]
        if isinstance(chart.body, Areas):
            yield folder + FILES["map"], CONTROL.sub("\ufffd", map_alone(chart.body, makers[page.language])).encode()


def makers_of(languages: Mapping[str, Language], root: Path, fonts: Path) -> dict[str, Maker]:
    """What pictures are made with, for each language."""
    styles = listed(root, "site/assets/style")
    light, dark = (tokens(styles["tokens.css"].read_text("utf-8"), dark) for dark in (False, True))
    letters = Letters(fonts)
    sheets = [signs(styles["charts.css"].read_text("utf-8"), inks) for inks in (light, dark)]
    return {code: Maker(language, letters, light, *sheets) for code, language in languages.items()}


def address_of(release: Release, page: Page) -> str:
    """What the picture of a chart names: its copy that stays where the release keeps one, else its page."""
    kept = pinned_chart(release, named(page), page.language)
    return kept["svg"].path if kept else page.path.removesuffix("index.html")


def drawn_whole(
    documents: Mapping[str, Row], release: Release, config: SiteConfig, chart: Chart, maker: Maker, address: str,
) -> bytes:
    """The SVG of a chart with its sources, and what it is part of. address: in the site."""
    language, package = maker.language, release.package
    foot = language.gettext(FOOT, site=config.name, version=package["version"],
                            day=language.day(package["created"][:10]), address=config.site_url + address)
    return CONTROL.sub("\ufffd", picture(chart, maker, origin(documents, chart, language), foot)).encode()


def origin(documents: Mapping[str, Row], chart: Chart, language: Language) -> str:
    """Where a chart is from: its one or two documents with their day, or the bodies that many are of."""
    known = [cited(documents, address, day) for address, day in chart.sources]
    if not known:
        return ""
    if len(known) <= NAMED:
        undated = language.gettext("senza data")
        names = "; ".join(said(one) if one["source_date"] else f"{said(one)} ({undated})" for one in known)
        return in_words(Said(ORIGIN, {"names": names}), language)
    bodies = list(dict.fromkeys(one["issuer"] or one["place"] for one in known))
    return in_words(Said(MORE, {"names": ", ".join(bodies[:3]), "count": len(known)}), language)


def table(chart: Chart, maker: Maker) -> bytes:
    """Exactly what is drawn, as CSV: numbers in plain digits, words in the language."""
    return csv_bytes([column.name for column in chart.columns],
                     [[cell(value, column.kind, maker) for column, value in zip(chart.columns, row, strict=True)]
                      for row in chart.cells])


def cell(value: Any, kind: str, maker: Maker) -> str:
    """A cell of the CSV."""
    if value is not None and kind == "eur":
        return f"{value:.2f}"
    return plain(value) if value is None or kind else maker.say(value)


def painted(pictures: list[bytes], fonts: Path, folder: Path) -> dict[bytes, bytes]:
    """The PNG of each SVG, SHOWN pixels wide; those that are kept from the build before are not painted again."""
    with Press(folder, fonts) as press:
        try:
            return {drawn: press.made(SHEET, {"chart.svg": drawn}, format="png", ppi=72 * SHOWN / WIDTH)[0]
                    for drawn in pictures}
        except TypesettingError as error:
            raise PublishError(f"charts: {error}") from error
