"""Our pages of projects and their list, as `abitare build` renders them. usage: ours.py DATA LANGUAGES OUT WORKERS

Nothing else of the site: no search index, no files to download, no feeds, which the other generators do not make.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "site"))

from etl.meta.city import load_city  # noqa: E402
from etl.meta.model import Page, Release  # noqa: E402
from etl.meta.settings import SiteConfig  # noqa: E402
from etl.runtime.tables import read_release  # noqa: E402
from etl.runtime.workers import uncollected  # noqa: E402
from etl.web.kept import KeptPages  # noqa: E402
from etl.web.lineage import Watched  # noqa: E402
from etl.web.pages import KINDS  # noqa: E402
from etl.web.rendering import site_settings  # noqa: E402
from etl.web.writer import Writer  # noqa: E402

WRITTEN = ("about", "contacts", "faq", "privacy", "legal-notes", "accessibility")
"""Pages that every foot of a page links to and people write."""


def others(config: SiteConfig, release: Release) -> list[Page]:
    """The pages that are not made here, and linked to all the same."""
    own = ("projects", "table", "chart")
    there = {kind.name: kind.address("it") for kind in KINDS.values() if kind.name not in own}
    there |= {name: f"{name}/" for name in WRITTEN}
    there |= {f"data/{name}": KINDS["data"].address("it", name) for name in release.declarations}
    there = {name: path for path, name in {path: name for name, path in there.items()}.items()}  # some kinds share one
    return [Page(name, code, f"{config.folder(code)}{path}index.html", "", {}) for name, path in there.items()
            for code in config.languages]


def charts(config: SiteConfig, made: list[Page]) -> list[Page]:
    """The pages of the charts of projects: linked to, and not made here."""
    kind, items = KINDS["chart"], [(page.language, page.id.partition("/")[2]) for page in made if page.more]
    pages = [kind.page(language, item) for language, item in items]
    return [replace(page, path=config.folder(page.language) + page.path) for page in pages]


def main(data: Path, languages: list[str], out: Path, workers: int) -> None:
    settings = site_settings(ROOT, "https://bench.example.org/")
    release = read_release(data)
    extra = settings.extra
    config = SiteConfig.of(load_city(ROOT), site_url="https://bench.example.org/", checked_on="2026-11-01",
                           due_on="2026-11-02", languages={code: extra["languages"][code] for code in languages})
    env = settings.theme.get_env()
    env.autoescape = True
    env.trim_blocks = env.lstrip_blocks = env.keep_trailing_newline = True
    cache = ROOT / "build" / "cache"
    with uncollected():
        watched = Watched(release, config)
        made = [replace(page, path=config.folder(code) + page.path) for code in languages
                for page in KINDS["projects"].made(watched, code)]
        listed = [*made, *charts(config, made), *others(config, release)]
        writer = Writer(env, config, release, listed, [ROOT / "site" / "locale"], {}, cache, workers)
    writer.write(out, made, KeptPages(cache / "bench.json", None, "", writer.addresses))
    writer.compiled.save()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2].split(","), Path(sys.argv[3]), int(sys.argv[4]))
