"""llms.txt: what programs that answer questions should know of the data before they count and add (llmstxt.org)."""

from __future__ import annotations

from etl.domain.doubts import FINDINGS
from etl.meta.model import LANGUAGES, Page, Release, natural_key
from etl.meta.settings import SiteConfig
from etl.meta.view import rows
from etl.web.pages.data.cautions import cautions
from etl.web.pages.data.data import known_datasets, released
from etl.web.pages.data.downloads import downloads

PATH, LANGUAGE = "llms.txt", "en"
"""At the top of the site, in the language that most of its readers know best."""


def llms(release: Release, config: SiteConfig) -> Page:
    """The file: what schemas and rows say, in LANGUAGE, else in the first language of the site."""
    package = release.package
    language = LANGUAGE if LANGUAGE in config.full else config.main
    words = "" if language == LANGUAGES[0] else "_en"
    whole = downloads(release, language)
    tables = [
        {"name": item["name"], "title": item["title"], "description": item["description"], "row": item["row"],
         "rows": item["resource"]["rows"], "key": item["resource"]["schema"]["primaryKey"],
         "cautions": cautions(item["resource"]["schema"], rows(release, item["name"])),
         "worded": "language" in natural_key(item["resource"]["schema"])}
        for item in known_datasets(release, language)
    ]
    return Page("llms", language, PATH, "data/llms.txt", {
        "title": package[f"title{words}"], "description": package[f"description{words}"],
        "version": package["version"], "released": released(release), "tables": tables,
        "worded": [table["name"] for table in tables if table["worded"]],
        "findings": FINDINGS, "files": [*whole["main"], *whole["other"]], "catalogue": bool(release.scores),
    })
