"""What MkDocs asks of us: it reads the pages that people write; pages from data are rendered without it.

Libraries for single files (calendars, RDF, QR codes) are loaded where those are made: that takes a tenth of a second.
"""
from __future__ import annotations

from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as WrittenPage
from mkdocs.utils import meta

from etl.exports import sbom
from etl.exports.rdf.score import scored
from etl.exports.sbom import cyclonedx
from etl.meta import places
from etl.meta.model import Page, Release
from etl.meta.settings import SiteConfig
from etl.meta.view import digest
from etl.runtime.files import write_into
from etl.runtime.tables import read_release
from etl.runtime.workers import processors, side_by_side, uncollected
from etl.web import pages
from etl.web.answers import WORDS, read_words, refuse_strays
from etl.web.icons import logo_of
from etl.web.index import apart, group
from etl.web.kept import KeptPages, shared_key
from etl.web.pages.desks.geography import land_file
from etl.web.rendering import PLANNED, settings_of
from etl.web.said import refuse_silence
from etl.web.search import Search, searched
from etl.web.theme import by_content, stylesheet_files, within
from etl.web.writer import Writer


class State:
    """What one build knows; on_config starts a new one."""

    config: SiteConfig
    release: Release
    written: dict[str, Page]
    writer: Writer
    kept: KeptPages
    assets: dict[str, str]
    small: dict[str, str]
    copied: dict[str, str]
    """What MkDocs itself writes, by path: its sha256, "" where only the name is known before."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the settings and the release."""
    extra = config.extra
    root = Path(config.config_file_path).parent
    published = Path(extra.get("release") or root / "datasets" / "release")
    State.release = read_release(published, extra.get("checked_on", ""), extra.get("typed"))
    State.config = settings_of(
        config,
        checked_on=State.release.today.isoformat(),
        due_on=extra.get("due_on", ""),
        components=tuple(sbom.components(places.find(root, "requirements/site.txt"))),
    )
    State.release = scored(State.release, published / "catalog.jsonld", State.config)
    # The sitemap and the 404 page are ours too: MkDocs knows a fraction of the pages.
    config.theme.static_templates.clear()
    return config


def cache_of(config: MkDocsConfig) -> Path:
    """The folder of what the next build need not work out again."""
    return Path(config.config_file_path).parent / "build" / "cache"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Give written pages the address of their front matter and add the stylesheet, fonts and scripts."""
    root = Path(config.config_file_path).parent
    kept, State.written = Files([]), {}
    logo = logo_of(root, State.config.logo)
    for file in files:
        if file.is_documentation_page():
            if file.src_uri.split("/")[0] not in State.config.languages:
                continue  # texts of a language that the site has no longer, or not yet
            State.written[file.src_uri] = page = place(file)
            kept.append(File(file.src_uri, file.src_dir, file.dest_dir, file.use_directory_urls, dest_uri=page.path,
                             inclusion=file.inclusion))
        elif file.src_dir not in config.theme.dirs and Path(file.abs_src_path or "") not in (root / WORDS, logo):
            kept.append(file)
    colours = places.listed(root, "site/assets/style")["tokens.css"].read_text("utf-8")
    made = stylesheet_files(root, cache_of(config), logo) | land_file(State.release, colours)
    State.small = within(made)
    assets, State.assets = by_content(made)
    for path, content in assets.items():
        kept.append(File.generated(config, f"assets/{path}", content=content))
    State.copied = {file.dest_uri: "" for file in kept} | {f"assets/{path}": digest(assets[path]) for path in assets}
    return kept


def place(file: File) -> Page:
    """A written page, at the address of its slug; content/LANGUAGE/NAME.md needs id, slug and title."""
    _, about = meta.get_data(file.content_string)
    language = file.src_uri.split("/")[0]
    path = f"{State.config.folder(language)}{about['slug']}/index.html"
    return Page(about["id"], language, path, "layout/page.html", {"title": about["title"]})


def on_env(env: Environment, config: MkDocsConfig, **_: Any) -> Environment:
    """All pages are known now: list them, and prepare one environment per language."""
    # Everything is HTML or XML but the leaflet, which has an escape of its own.
    env.autoescape = lambda name: not (name or "").endswith(".typ")
    env.trim_blocks = env.lstrip_blocks = env.keep_trailing_newline = True
    root = Path(config.config_file_path).parent
    workers = config.extra.get("workers") or processors()
    with uncollected():
        listed = [*pages.site(State.release, State.config), *State.written.values()]
        words = read_words(root)
        writer = Writer(env, State.config, State.release, listed, places.words(root), State.assets, cache_of(config),
                        workers, words, State.small)
        refuse_strays(words, writer.addresses, State.config.languages)
        refuse_silence(env, State.config, writer.languages, State.release, State.written.values(),
                       cache_of(config) / "words.json")
    State.writer = writer
    State.kept = KeptPages(
        cache_of(config) / "pages.json", config.extra.get("previous"),
        shared_key(State.config, State.release, writer.addresses, State.assets, root), writer.addresses,
    )
    return env


def on_page_context(context: dict[str, Any], page: WrittenPage, **_: Any) -> dict[str, Any]:
    """Hand a written page what every page gets."""
    own = State.written[page.file.src_uri]
    writer = State.writer
    return {
        **context,
        **writer.words(own.language),
        **writer.place(own),
        "title": own.context["title"],
        "description": page.meta.get("description", ""),
        "content": Markup(page.content),  # noqa: S704 - Markdown of this repository, not data
    }


def on_post_build(config: MkDocsConfig) -> None:
    """Write every page that is made from data, then the files beside them and what search reads of all."""
    from etl.web.beside import feeds, site_files
    from etl.web.pages.data.llms import llms

    written = {page.path for page in State.written.values()}
    own = [page for page in State.writer.pages if page.path not in written]
    others = [*site_files(State.writer), llms(State.release, State.config), *feeds(State.writer)]
    State.writer.write(Path(config.site_dir), [*own, *others], State.kept)
    search = search_of(config)
    beside = partial(write_files, config), partial(write_drawn, config), State.kept.save
    files, pictures, _, *indexes = side_by_side(*beside, *search.works)
    signs = {path: made[1] for path, made in State.kept.made.items()}
    config.extra[PLANNED] = State.copied | signs | files | pictures | search.finish(indexes)


def write_files(config: MkDocsConfig) -> dict[str, str]:
    """Write the files beside the pages: of desks, codes, of the tables that they draw, about the site. Gives the sha256
    of each."""
    from etl.web.beside import data_files
    from etl.web.codes import Codes, beside_pages
    from etl.web.desk_files import files_of_desks

    writer, site_dir, cache = State.writer, Path(config.site_dir), cache_of(config)
    codes = Codes(cache / "codes.json")
    about = cyclonedx(State.config.components, State.config.site_url, State.release.package)
    files = chain([("sbom.cdx.json", about)], data_files(writer), files_of_desks(writer, cache, codes),
                  beside_pages(writer, codes))
    written = {path: write_into(site_dir, path, content) for path, content in files}
    codes.save()
    writer.compiled.save()
    return written


def write_drawn(config: MkDocsConfig) -> dict[str, str]:
    """Write what is drawn: what is taken away of charts, and the pictures that go with the addresses of pages. Gives
    the sha256 of each."""
    from etl.web.charts.files import files_of_charts
    from etl.web.pictures import pictures_of

    writer, root, site_dir = State.writer, Path(config.config_file_path).parent, Path(config.site_dir)
    mark = (site_dir / "assets" / State.assets["logo.svg"]).read_bytes()
    pictures = pictures_of(writer, root, cache_of(config), mark)
    files = chain(files_of_charts(writer, root, cache_of(config)), pictures)
    return {path: write_into(site_dir, path, content) for path, content in files}


def search_of(config: MkDocsConfig) -> Search:
    """The search of the pages that are written."""
    site_dir = Path(config.site_dir)
    found = {path: made[2] for path, made in State.kept.made.items() if made[2]}
    for path in (page.path for page in State.written.values()):
        if said := searched((site_dir / path).read_text("utf-8")):
            found[path] = digest(said.encode())
    groups = {page.path: group(page) for page in State.writer.pages if page.path in found}
    return Search(site_dir, State.config, found, groups, apart(State.writer.pages), cache_of(config) / "search.json",
                  State.kept.standing)
