"""The floor: the same pages from the same templates in a bare loop, with words and links that cost nothing.

No MkDocs, no translations, no Babel, no stylesheet. usage: plain_jinja.py RELEASE WORK
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from etl.pages import site
from etl.pages.config import SiteConfig
from etl.tables import read_release

ROOT = Path(__file__).parents[2]


def say(message: str, **values: Any) -> str:
    return message % values if values else message


def shown(value: Any, *_: Any, **__: Any) -> Any:
    return value


def listed(value: Any, *_: Any, **__: Any) -> list[Any]:
    return value.split("|") if isinstance(value, str) else []


config = SiteConfig("https://bench.example.org/", {"it": {"name": "Italiano"}, "en": {"name": "English"}},
                    {"name": {"it": "x", "en": "x"}})
env = Environment(loader=FileSystemLoader(ROOT / "site" / "theme"), autoescape=True)
names = ("money", "number", "percent", "day", "weekday", "label", "language", "sentence")
env.filters.update(dict.fromkeys(names, shown), labels=listed)
link: Callable[..., str] = lambda *_: "../"  # noqa: E731
env.globals.update(
    _=say, ngettext=lambda _one, many, count, **values: many % {"count": count, **values},
    config=config, lang="it", dir="ltr", url=link, asset=link, root="../", alternates=[], canonical="",
)
out = Path(sys.argv[2]) / "site"
for page in site(read_release(Path(sys.argv[1])), config):
    path = out / page.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(env.get_template(page.template).render(page_id=page.id, **page.context), "utf-8")
