"""Last part of `make bench`: the figures as a page with a table and a chart, and README's, which come from them.

usage: report.py: reads build/bench/results.json, writes docs/performance.* and the marked parts of README.md and
docs/scale.md.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any
from xml.sax.saxutils import escape

from results import FILE, ROOT, line
from scale import section

DOCS = ROOT / "docs"
WIDTH, ROW, LEFT, RIGHT = 760, 26, 190, 90


ENGINES = """## Which engine for which size

- Tables up to a million rows: the site itself (`abitare build`). Nothing to choose.
- One machine, millions of rows: `abitare national FILE --out DIR`, with DuckDB inside. Its memory does not grow with
  the file, which goes through the disk.
- More than one machine holds, or files that already lie on a cluster: the same command with `--engine spark` and
  `SPARK_MASTER`. Recipe, checks and results are the same. {beside}

What a build takes with more rows, pages, cities and releases: [scale.md](scale.md).
"""


def engines(found: dict[str, Any]) -> str:
    """Which engine for which size, with how much more Spark takes on one machine where both have run."""
    spent = {(row["engine"], row["rows"]): row["processor"] for row in found.get("national", [])}
    said = [f"On one machine it takes {seconds / spent['duckdb', rows]:.1f} times the processor time of DuckDB at "
            f"{rows:,} rows, so it pays only where there are several." for (engine, rows), seconds in spent.items()
            if engine == "spark" and ("duckdb", rows) in spent]
    return ENGINES.format(beside=" ".join(said) or "It pays only where there are several machines.")


def between(name: str, words: str, text: str) -> str:
    """A text with other words between its comments <!-- name --> and <!-- /name -->."""
    marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    if not marked.search(text):
        raise SystemExit(f"no <!-- {name} --> and <!-- /{name} --> to write between")
    return marked.sub(lambda marks: marks[1] + words + marks[2], text)


def table(rows: list[dict[str, Any]], languages: str) -> str:
    """Seconds and megabytes of each contender by number of pages, as Markdown."""
    sizes = sorted({row["pages"] for row in rows})
    found = {(row["name"], row["pages"]): row for row in rows if row["languages"] == languages}
    names = list(dict.fromkeys(row["name"] for row in rows))
    lines = ["| | " + " | ".join(f"{size:,} pages" for size in sizes) + " |", "|---|" + "---:|" * len(sizes)]
    for name in names:
        cells = [f"{item['seconds']:.2f} s, {item['megabytes']:.0f} MB" if (item := found.get((name, size))) else "–"
                 for size in sizes]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def chart(rows: list[dict[str, Any]], pages: int) -> str:
    """Seconds of each contender for `pages` pages in one language: bars with their values as text, no colour needed."""
    shown = [row for row in rows if row["pages"] == pages and row["languages"] == "it"]
    most = max(row["seconds"] for row in shown)
    height = 50 + ROW * len(shown)
    said = "; ".join(f"{row['name']} {row['seconds']:.2f}" for row in shown)
    bars = []
    for place, row in enumerate(shown):
        top = 44 + ROW * place
        long = (WIDTH - LEFT - RIGHT) * row["seconds"] / most
        bars.append(
            f'<text x="{LEFT - 10}" y="{top + 14}" text-anchor="end">{escape(row["name"])}</text>'
            f'<rect x="{LEFT}" y="{top}" width="{long:.1f}" height="{ROW - 8}" fill="#004d99"/>'
            f'<text x="{LEFT + long + 8:.1f}" y="{top + 14}">{row["seconds"]:.2f} s</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="title desc" font-family="sans-serif" font-size="14">\n'
        f'<title id="title">Seconds to build {pages:,} pages of projects</title>\n'
        f'<desc id="desc">{escape(said)}</desc>\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>\n'
        f'<text x="{LEFT}" y="24" font-weight="bold">Seconds to build {pages:,} pages, one language</text>\n'
        + "\n".join(bars) + "\n</svg>\n"
    )


def weights(rows: list[dict[str, Any]]) -> str:
    """How heavy a page of each contender was: times can be compared as far as these can."""
    heavy = {row["name"]: row["bytes"] for row in rows if row["languages"] == "it"}
    return ", ".join(f"{size / 1000:.1f} kB ({name})" for name, size in heavy.items())


def page(found: dict[str, Any]) -> str:
    """The page of the documentation."""
    rows, figures = found["pages"], found["figures"]
    largest = max(row["pages"] for row in rows)
    said = ", ".join(f"{row['name']} {row['seconds']:.2f} s" for row in rows
                     if row["pages"] == largest and row["languages"] == "it")
    return f"""# How fast, and up to which size

Written by `make bench`, which installs what it compares with and measures everything in one run: whole processes in
turns, medians, on a RAM disk, two shared cores. Read the ratios, not the seconds. A part of it can be run again by
itself, after a change that it is about: what stands here is the last measure of each figure.

## Pages

Pages of invented projects: a title, 200 words, a card of facts, two charts, a table, related projects, linked data,
menu and foot, and lists of 200. Ours come from the templates that we publish with; Hugo, Eleventy and plain Jinja make
the same page, tag by tag and word by word but for a few in a hundred; MkDocs and Material what Markdown can say of it.
MkDocs and Material have every page in the navigation, as they come, and are left out above 1,000 pages: their time
grows with the square. Memory is that of all processes together, what they share counted once. When this was measured a
page had {weights(rows)}.

One language:

{table(rows, "it")}

Two languages, the same number of pages in all:

{table(rows, "it,en")}

![Seconds to build {largest:,} pages in one language: {said}.](performance.svg)

## Figures beside their targets

| Figure | Measured | Target | |
|---|---:|---:|---|
{chr(10).join(figure(item) for item in figures)}

{engines(found)}"""


def figure(item: dict[str, Any]) -> str:
    """A line of the table of figures."""
    return (f"| {item['name']} | {item['value']:g}{item['unit']} | {item['word']} {item['limit']:.3g}{item['unit']} | "
            f"{'met' if item['met'] else 'not met'} |")


def in_readme(found: dict[str, Any]) -> str:
    """What README says: every figure with its verdict is on the page, here only those of the largest sizes."""
    rows = {(row["name"], row["pages"], row["languages"]): row for row in found["pages"]}
    lines = []
    for pages in (1_000, max(row["pages"] for row in found["pages"])):
        ours = rows["ours", pages, "it"]
        others = ", ".join(f"{name} {row['seconds']:.1f} s" for (name, size, languages), row in rows.items()
                           if (size, languages) == (pages, "it") and name != "ours")
        lines.append(f"- {pages:,} pages of projects: {ours['seconds']:.1f} s, {ours['megabytes']:.0f} MB ({others})")
    met = sum(item["met"] for item in found["figures"])
    lines.append(f"- {met} of {len(found['figures'])} figures meet their target; "
                 "[docs/performance.md](docs/performance.md) has them all.")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the page, the chart and README's part; print all figures once more; 1 when a target is missed."""
    found = json.loads(FILE.read_text("utf-8"))
    (DOCS / "performance.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (DOCS / "performance.md").write_text(page(found), "utf-8")
    largest = max(row["pages"] for row in found["pages"])
    (DOCS / "performance.svg").write_text(chart(found["pages"], largest), "utf-8")
    for path, name, words in ((ROOT / "README.md", "figures", in_readme(found)),
                              (DOCS / "scale.md", "model", section(found))):
        path.write_text(between(name, words, path.read_text("utf-8")), "utf-8")
    print("\n".join(map(line, found["figures"])))
    return 0 if all(item["met"] for item in found["figures"]) else 1


if __name__ == "__main__":
    sys.exit(main())
