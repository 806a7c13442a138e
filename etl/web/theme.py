"""Stylesheets, scripts and fonts: Bootstrap Italia without the rules that no page uses, our own layers above it."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain
from pathlib import Path

from etl.meta.places import listed
from etl.meta.view import digest
from etl.runtime.cache import cache_key, kept_in
from etl.web import stylesheet
from etl.web.framework import package_folder
from etl.web.icons import data_address, in_sheets
from etl.web.stylesheet import light, parted, purge, without_unread, words_of

SHEETS = {
    "site.css": ("tokens", "base", "frame", "cards", "people", "forms", "sheets", "facts", "places", "narrow", "modes",
                 "print"),
    "figures.css": ("tables", "charts", "money", "home"),
}
"""What is published -> our sheets of site/assets/style, in the order in which they hold: a later one goes before an
earlier one. All pages load the first, above Bootstrap Italia: it must reach a telephone in one breath (14 kB)."""
PAPER = "print.css"
"""The rules of all sheets for paper: a page fetches them when it is on the screen (site/assets/paper.js)."""
WITH_FIGURES = ("charts/", "data/", "money/", "trust/", "services/home", "services/rent")
"""How the templates begin whose pages load the second too, for wide tables, charts and amounts."""
EVERYWHERE = ("clock", "share", "filter", "paper")
SCRIPTS = {"page.js": EVERYWHERE, "checker.js": (*EVERYWHERE, "checker"),
           "network.js": (*EVERYWHERE, "municipalities", "network"),
           "explorer.js": (*EVERYWHERE, "rows", "explorer"), "embed.js": ("rows", "embed"),
           "place.js": (*EVERYWHERE, "municipalities", "place", "deadlines"), "finder.js": (*EVERYWHERE, "finder"),
           "rent.js": (*EVERYWHERE, "rent"), "search.js": (*EVERYWHERE, "search")}
"""What is published as one -> our scripts of site/assets: each request takes a telephone as long as 5 kB. A page that
has a script of its own loads it in the place of page.js."""
WEIGHTS = {"regular": 400, "600": 600}
SMALL = 2000
"""Bytes of a drawing that is put into the pages."""
# Latin letters with the accents of Italian, Spanish and French, and the signs that our pages print.
RANGE = (
    "U+0020-007E,U+00A0,U+00A7,U+00AA-00AB,U+00B0,U+00B2,U+00B7,U+00BA-00BB,U+00BF-00C0,U+00C7-00C9,U+00CC,U+00D2,"
    "U+00D7,U+00D9,U+00E0-00EF,U+00F1-00F4,U+00F6-00F7,U+00F9-00FC,U+2013-2014,U+2018-2019,U+201C-201D,U+2022,U+2026,"
    "U+202F,U+20AC,U+2190-2193,U+2212,U+2248,U+2264-2265"
)
# The cache must not outlive a change of what makes it.
RECIPE = Path(__file__).read_bytes() + Path(stylesheet.__file__).read_bytes()


def stylesheet_files(root: Path, cache: Path, logo: Path | None = None) -> dict[str, bytes]:
    """Everything under assets/, by path: the stylesheets, the fonts with their licence, and the files of site/assets.

    root: the repository. cache: a folder where subset fonts may be kept. logo: what takes the place of logo.svg.
    """
    base = package_folder()
    fonts = base / "fonts" / "Titillium_Web"
    assets = listed(root, "site/assets") | ({"logo.svg": logo} if logo else {})
    own = {name: published(path) for name, path in assets.items() if not name.startswith("style/")}
    joined = {script: b"".join(own.get(f"{name}.js", b"") for name in names) for script, names in SCRIPTS.items()}
    parts = {f"{name}.js" for name in chain(*SCRIPTS.values())}
    own = {name: data for name, data in own.items() if name not in parts} | joined
    scripts = [path for path in assets.values() if path.suffix == ".js"]
    readers = [*listed(root, "site/theme").values(), *(root / "site" / "content").rglob("*.md"), *scripts]
    known = words_of(path.read_text("utf-8") for path in readers)
    framework = (base / "css" / "bootstrap-italia.min.css").read_bytes()
    layers = {name: assets[path].read_bytes() for name in chain(*SHEETS.values())
              if (path := f"style/{name}.css") in assets}
    cache /= "styles"
    base_css = kept_in(cache, cache_key(RECIPE, framework, sorted(known)), lambda: purge(framework, known))
    below = {"site.css": [base_css, version_rule(framework), font_rules(), in_sheets(layers.values())]}
    whole = {sheet: b"\n".join([*below.get(sheet, ()), *(layers[name] for name in names if name in layers)])
             for sheet, names in SHEETS.items()}
    sides = {sheet: sides_of(css, cache) for sheet, css in whole.items()}
    whole = {sheet: screen for sheet, (screen, _) in sides.items()} | {PAPER: b"".join(p for _, p in sides.values())}
    css = {name: kept_in(cache, cache_key(RECIPE, sheet), partial(light, sheet)) for name, sheet in whole.items()}
    files = {**without_unread(css), "fonts/OFL.txt": (fonts / "OFL.txt").read_bytes()}
    for name, weight in WEIGHTS.items():
        font = (fonts / f"titillium-web-v10-latin-ext_latin-{name}.woff2").read_bytes()
        files[f"fonts/titillium-web-{weight}.woff2"] = kept_in(
            cache, cache_key(RECIPE, font), partial(subset, font))
    return {**files, **own}


def sides_of(css: bytes, cache: Path) -> list[bytes]:
    """A sheet without its rules for paper alone, and these rules."""
    return kept_in(cache, cache_key(RECIPE, "sides", css), lambda: b"\0".join(parted(css))).split(b"\0")


def by_content(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, str]]:
    """The same files under names that hold their content (site.css -> site.1a2b3c4d.css), and old name -> new name.

    Such a file never changes: browsers may keep it for ever, and a page finds its own beside those of another release.
    """
    named: dict[str, bytes] = {}
    names: dict[str, str] = {}
    # The stylesheet names the fonts, so it comes last.
    for path, data in sorted(files.items(), key=lambda item: (item[0].endswith(".css"), item[0])):
        if path.endswith(".css"):
            for old, new in names.items():
                data = data.replace(f"({old})".encode(), f"({new})".encode())
        stem, _, suffix = path.rpartition(".")
        names[path] = f"{stem}.{digest(data)[:8]}.{suffix}"
        named[names[path]] = data
    return named, names


def sheets_of(template: str) -> list[str]:
    """The published sheets that a page made by a template loads, in their order."""
    return [*SHEETS] if template.startswith(WITH_FIGURES) else ["site.css"]


def within(files: Mapping[str, bytes]) -> dict[str, str]:
    """Path -> address of the drawings that are so small that they stand in the page, which saves a request for each."""
    return {path: data_address(data.decode("utf-8").strip()) for path, data in files.items()
            if path.endswith(".svg") and len(data) <= SMALL}


def published(path: Path) -> bytes:
    """A file of ours as it is published: scripts without indents and lines of comment, all else as it is."""
    if path.suffix != ".js":
        return path.read_bytes()
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//")).encode("utf-8")


def version_rule(framework: bytes) -> bytes:
    """The version of Bootstrap Italia once more, in double quotes: the official check strips only those."""
    found = re.search(rb"--bootstrap-italia-version:\s*['\"]([\d.]+)['\"]", framework)
    return b':root{--bootstrap-italia-version:"%s"}' % found[1] if found else b""


def font_rules() -> bytes:
    """Our own @font-face rules. A font that comes late waits for the next page: words already read do not jump."""
    return "".join(
        f'@font-face{{font-family:"Titillium Web";font-weight:{weight};font-style:normal;font-display:optional;'
        f"src:url(fonts/titillium-web-{weight}.woff2) format('woff2')}}"
        for weight in WEIGHTS.values()
    ).encode()


def print_fonts(cache: Path) -> Path:
    """A folder with the same fonts, whole, as TrueType: what makes PDF files reads no WOFF2."""
    folder, source = cache / "fonts", package_folder() / "fonts" / "Titillium_Web"
    for name, weight in WEIGHTS.items():
        whole = source / f"titillium-web-v10-latin-ext_latin-{name}.woff2"
        made_once(folder / f"titillium-web-{weight}.ttf", partial(unpacked, whole))
    return folder


def unpacked(font: Path) -> bytes:
    """A WOFF2 font as TrueType."""
    from fontTools.ttLib import TTFont

    opened = TTFont(font, recalcTimestamp=False)
    opened.flavor = None
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def made_once(path: Path, make: Callable[[], bytes]) -> Path:
    """A file that is made where it is not there. Two builds may run at once: a reader never sees half of it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(make())
        part.replace(path)
    return path


def subset(font: bytes) -> bytes:
    """The glyphs of RANGE as WOFF2; the same bytes each time."""
    from fontTools.subset import Options, Subsetter, load_font, parse_unicodes, save_font

    options = Options(flavor="woff2", layout_features=["kern"], recalc_timestamp=False)
    opened = load_font(io.BytesIO(font), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(RANGE))
    subsetter.subset(opened)
    out = io.BytesIO()
    save_font(opened, out, options)
    return out.getvalue()
