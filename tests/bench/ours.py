"""Our pages of projects and their list, as `abitare build` renders them. usage: ours.py DATA LANGUAGES OUT WORKERS

Nothing else of the site: no search index, no files to download, no feeds, which the other generators do not make.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "site"))

from etl.meta.city import load_city  # noqa: E402
from etl.meta.settings import SiteConfig  # noqa: E402
from etl.runtime.tables import read_release  # noqa: E402
from etl.runtime.workers import uncollected  # noqa: E402
from etl.web.kept import KeptPages  # noqa: E402
from etl.web.pages import projects  # noqa: E402
from etl.web.pages.addresses import SLUGS, address  # noqa: E402
from etl.web.rendering import site_settings  # noqa: E402
from etl.web.writer import Writer  # noqa: E402

WRITTEN = ("about", "contacts", "faq", "privacy", "legal-notes", "accessibility")
"""Pages that every foot of a page links to and people write."""


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
        made = [page for code in languages for page in projects.pages(release, code)]
        own = [page for page in made if page.template != "money/embed.html"]
        writer = Writer(env, config, release, made, [ROOT / "site" / "locale"], {}, cache, workers)
    # The other pages are not made here, and linked to all the same.
    writer.addresses = {
        **{kind: {code: address(kind, code) for code in languages} for kind in SLUGS},
        **{name: {code: f"{code}/{name}/" for code in languages} for name in WRITTEN},
        **{f"data/{name}": {code: address("data", code, name) for code in languages}
           for name in release.declarations},
        **writer.addresses,
    }
    writer.write(out, own, KeptPages(cache / "bench.json", None, "", "", writer.addresses))
    writer.compiled.save()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2].split(","), Path(sys.argv[3]), int(sys.argv[4]))
