"""The stylesheet and the fonts: Bootstrap Italia without the rules that no page uses, and our own layer above it."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import tinycss2

from etl.meta.places import listed
from etl.meta.view import digest
from etl.web.framework import package_folder
from etl.web.icons import in_sheets

LAYERS = (
    "tokens", "base", "frame", "cards", "people", "home", "forms", "sheets", "tables", "charts", "money", "narrow",
    "modes", "print",
)
"""Our sheets in site/assets/style, in the order in which they hold: a later one goes before an earlier one."""
WEIGHTS = {"regular": 400, "600": 600}
# Latin letters with the accents of Western Europe, and the signs that our pages print.
RANGE = (
    "U+0020-007E,U+00A0-00FF,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,U+2032-2033,U+2039-203A,U+20AC,"
    "U+2190-2193,U+2212,U+2248,U+2264-2265"
)
# Markdown makes these tags, and templates cannot be searched for them.
MARKDOWN_TAGS = frozenset(
    "html body h1 h2 h3 h4 h5 h6 p a ul ol li dl dt dd em strong code pre blockquote hr img table tr th td".split()
)
NESTED = frozenset({"media", "supports", "layer", "container"})
# The cache must not outlive a change of this file.
RECIPE = Path(__file__).read_bytes()
WORD = re.compile(r"[A-Za-z_][\w-]*")


def stylesheet_files(root: Path, cache: Path, logo: Path | None = None) -> dict[str, bytes]:
    """Everything under assets/, by path: site.css, the fonts with their licence, and the files of site/assets.

    root: the repository. cache: a folder where subset fonts may be kept. logo: what takes the place of logo.svg.
    """
    base = package_folder()
    fonts = base / "fonts" / "Titillium_Web"
    assets = listed(root, "site/assets") | ({"logo.svg": logo} if logo else {})
    own = {name: light(path) for name, path in assets.items() if not name.startswith("style/")}
    layers = [assets[f"style/{name}.css"].read_bytes() for name in LAYERS if f"style/{name}.css" in assets]
    scripts = [path for path in assets.values() if path.suffix == ".js"]
    readers = [*listed(root, "site/theme").values(), *(root / "site" / "content").rglob("*.md"), *scripts]
    known = words_of(path.read_text("utf-8") for path in readers) | MARKDOWN_TAGS
    framework = (base / "css" / "bootstrap-italia.min.css").read_bytes()
    base_css = kept_in(cache, framework + " ".join(sorted(known)).encode(), ".css", lambda: purge(framework, known))
    css = b"\n".join([base_css, version_rule(framework), font_rules(), in_sheets(layers), *layers])
    files = {"site.css": css, "fonts/OFL.txt": (fonts / "OFL.txt").read_bytes()}
    for name, weight in WEIGHTS.items():
        font = (fonts / f"titillium-web-v10-latin-ext_latin-{name}.woff2").read_bytes()
        files[f"fonts/titillium-web-{weight}.woff2"] = kept_in(
            cache, font + RANGE.encode(), ".woff2", partial(subset, font))
    return {**files, **own}


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


def light(path: Path) -> bytes:
    """A file of ours as it is published: scripts without indents and lines of comment, all else as it is."""
    if path.suffix != ".js":
        return path.read_bytes()
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//")).encode("utf-8")


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Every word that could be a class, an id or a tag in these texts."""
    return frozenset(word for text in texts for word in WORD.findall(text))


def purge(css: bytes, known: frozenset[str]) -> bytes:
    """The rules of a stylesheet that pages made of the `known` words can use; licence comments stay."""
    # The published file begins with a byte order mark, which would break the first rule once joined to others.
    nodes = tinycss2.parse_stylesheet(css.decode("utf-8-sig"), skip_whitespace=True)
    kept = list(keep(nodes, known))
    text = "".join(part for name, part in kept if name is None)
    return "".join(part for name, part in kept if name is None or uses(text, name)).encode("utf-8")


def uses(text: str, animation: str) -> bool:
    """Whether a kept rule names this animation."""
    return re.search(rf"animation[^;}}]*\b{re.escape(animation)}\b", text) is not None


def keep(nodes: Iterable[Any], known: frozenset[str]) -> Iterator[tuple[str | None, str]]:
    """(animation name or None, CSS) of each node that stays."""
    for node in nodes:
        if node.type == "comment" and node.value.startswith("!"):
            yield None, f"/*{node.value}*/\n"
        elif node.type == "qualified-rule":
            selectors = [selector for selector in split(node.prelude) if fits(selector, known)]
            if selectors:
                heads = ",".join(tinycss2.serialize(selector).strip() for selector in selectors)
                yield None, f"{heads}{{{tinycss2.serialize(node.content)}}}"
        elif node.type == "at-rule" and node.lower_at_keyword in NESTED and node.content:
            yield from within(node, known)
        elif node.type == "at-rule" and node.lower_at_keyword.endswith("keyframes"):
            yield tinycss2.serialize(node.prelude).strip(), node.serialize()
        # What is left is @font-face, which we declare ourselves, and @charset.


def within(node: Any, known: frozenset[str]) -> Iterator[tuple[str | None, str]]:
    """A conditional group with the rules that stay; nothing when none does."""
    inner = "".join(part for _, part in keep(tinycss2.parse_rule_list(node.content, skip_whitespace=True), known))
    if inner:
        yield None, f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}{{{inner}}}"


def split(prelude: Iterable[Any]) -> list[list[Any]]:
    """The selectors of a rule, as lists of tokens."""
    selectors: list[list[Any]] = [[]]
    for part in prelude:
        if part == ",":
            selectors.append([])
        else:
            selectors[-1].append(part)
    return selectors


def fits(selector: list[Any], known: frozenset[str]) -> bool:
    """Whether every class, id and tag of a selector is known; what stands in (…) and […] is not looked at."""
    before = None
    for token in selector:
        name = token.value if token.type in ("ident", "hash") else None
        if name is not None and before != ":" and name not in known:
            return False
        before = token.value if token.type == "literal" else None
    return True


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


def kept_in(cache: Path, key: bytes, suffix: str, make: Callable[[], bytes]) -> bytes:
    """make(), kept in the cache folder under the hash of all that it depends on: it takes a second."""
    return made_once(cache / f"{digest(RECIPE + key)[:24]}{suffix}", make).read_bytes()


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

    options = Options(flavor="woff2", layout_features=["*"], recalc_timestamp=False)
    opened = load_font(io.BytesIO(font), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(RANGE))
    subsetter.subset(opened)
    out = io.BytesIO()
    save_font(opened, out, options)
    return out.getvalue()
