"""Who builds the pages of projects in the bench, and what each needs before it can. One function per contender."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TOOLS = ROOT / "build" / "bench"
"""Where what only the bench needs is installed."""
ELEVENTY = HERE / "peers" / "eleventy"


@dataclass(frozen=True)
class Job:
    """What is to be built: a release for ours, the same pages in plain data for the others, in which languages
    (separated by commas), and the folder to work in. The site goes into `out` in it."""

    data: Path
    content: Path
    folder: Path
    languages: str


Command = tuple[list[str], dict[str, str]]
"""What is run and timed, and its environment beside our own."""


def ours(job: Job) -> Command:
    """Our own templates and writer, with as many processes as there are processors."""
    workers = str(len(os.sched_getaffinity(0)))
    return [sys.executable, str(HERE / "ours.py"), str(job.data), job.languages, str(job.folder / "out"), workers], {}


def hugo(job: Job) -> Command:
    """Hugo: a file with front matter per page."""
    shutil.copytree(HERE / "peers" / "hugo", job.folder, dirs_exist_ok=True)
    single = job.folder / "layouts" / "_default" / "single.html"
    single.write_text(as_go((HERE / "peers" / "page.html").read_text("utf-8")), "utf-8")
    with (job.folder / "config.toml").open("a", encoding="utf-8") as file:
        for code in job.languages.split(","):
            file.write(f'[languages.{code}]\nlanguageName = "{code}"\ncontentDir = "content/{code}"\n')
    for page in json.loads(job.content.read_text("utf-8")):
        # The path is Hugo's own to make; its front matter has another meaning for this name.
        about = {name: value for name, value in page.items() if name != "path"}
        path = job.folder / "content" / page["language"] / "progetti" / f"{page['code'].lower()}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(about, ensure_ascii=False) + "\n", "utf-8")
    return ["hugo", "--source", str(job.folder), "--destination", str(job.folder / "out"), "--quiet"], {}


def as_go(template: str) -> str:
    """The template of the others (loops, conditions and fields, nothing else) in the language of Hugo's."""
    changes = {
        r"\{% for (\w+) in ([\w.]+) %\}": r"{{ range $\1 := $\2 }}",
        r"\{% if ([\w.]+)( \| length)? %\}": r"{{ if $\1 }}",
        r"\{% else %\}": "{{ else }}", r"\{% end(for|if) %\}": "{{ end }}",
        r"\{\{ (\w[\w.]*) \| safe \}\}": r"{{ $\1 | safeJS }}",
        r"\{\{ (?!else|end)(\w[\w.]*) \}\}": r"{{ $\1 }}",
        r"<!--(/?n)-->": r'{{ "<!--\1-->" | safeHTML }}',
    }
    for words, other in changes.items():
        template = re.sub(words, other, template)
    return "{{ $p := .Params }}" + template


def eleventy(job: Job) -> Command:
    """Eleventy: one Nunjucks template with pagination over all pages, as JavaScript data."""
    (job.folder / "input").mkdir()
    for name, size, alias, permalink in (("page", 1, "p", "{{ p.path }}"), ("list", 200, "projects", None)):
        link = permalink or "/progetti/{{ pagination.pageNumber + 1 }}/"
        numbers = "numbers: [1]\n" if permalink is None else ""
        front = f'---\npagination: {{data: all, size: {size}, alias: {alias}}}\npermalink: "{link}"\n{numbers}---\n'
        text = (HERE / "peers" / f"{name}.html").read_text("utf-8")
        (job.folder / "input" / f"{name}.njk").write_text(front + text, "utf-8")
    shutil.copy(ELEVENTY / "eleventy.config.mjs", job.folder)
    (job.folder / "package.json").write_text('{"type": "module"}', "utf-8")
    node = shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}") or "node"
    script = ELEVENTY / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    return [node, str(script), f"--output={job.folder / 'out'}"], {"CONTENT": str(job.content), "PWD": str(job.folder)}


def plain_jinja(job: Job) -> Command:
    """A bare loop: what rendering alone costs in one process."""
    return [sys.executable, str(HERE / "plain_jinja.py"), str(job.content), str(job.folder / "out")], {}


def markdown(theme: str) -> Callable[[Job], Command]:
    """MkDocs with a theme: a page of Markdown each, all in the navigation, as it comes."""

    def prepare(job: Job) -> Command:
        for page in json.loads(job.content.read_text("utf-8")):
            path = job.folder / "docs" / page["path"].rstrip("/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_name(path.name + ".md").write_text(as_markdown(page), "utf-8")
        (job.folder / "docs" / "index.md").write_text("# Progetti\n", "utf-8")
        (job.folder / "mkdocs.yml").write_text(f"site_name: bench\ntheme: {theme}\nplugins: []\n", "utf-8")
        python = TOOLS / "venv" / "bin" / "python"
        return [str(python), "-m", "mkdocs", "build", "--quiet", "--config-file", str(job.folder / "mkdocs.yml"),
                "--site-dir", str(job.folder / "out")], {"NO_MKDOCS_2_WARNING": "1"}

    return prepare


def as_markdown(page: dict[str, Any]) -> str:
    """The page as an author would write it."""
    facts = "\n".join(f"| {fact['name']} | {fact['value']} |" for fact in page["facts"])
    stages = "\n".join(f"| {stage['name']} | {stage['amount']} |" for stage in page["stages"])
    bars = "".join(f'<svg class="bar" width="100%" height="16"><rect width="{stage["share"]}%" height="16"/></svg>'
                   for stage in page["stages"])
    near = "\n".join(
        f"### {group['heading']}\n\n"
        + "\n".join(f"* [{other['code']}](../{other['folder']}/) {other['title']} ({other['place']}) "
                    f"– pagati {other['paid_written']}" for other in group["projects"])
        for group in page["near"]
    )
    return (f"# {page['title']}\n\n{page['headline']}\n\n## Che cosa prevede\n\n{page['summary']}\n\n## Scheda\n\n"
            f"| | |\n|---|---|\n{facts}\n\n## I soldi\n\n<div>{bars}</div>\n\n"
            f"| Voce | Importo |\n|---|---|\n{stages}\n\n"
            f"## Progetti collegati\n\n{near}\n\nFonte: <{page['source']}>\n")


CONTENDERS: dict[str, Callable[[Job], Command]] = {
    "ours": ours, "Hugo": hugo, "Eleventy": eleventy, "plain Jinja": plain_jinja,
    "MkDocs": markdown("mkdocs"), "Material": markdown("material"),
}
LARGEST = {"MkDocs": 1_000, "Material": 1_000}
"""Pages above which a contender is left out: with every page in the navigation time grows with their square."""


def install() -> None:
    """Install what we compare with: MkDocs and Material in an environment of their own, Eleventy, Hugo of Debian."""
    python = TOOLS / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(TOOLS / "venv")], check=True)
        options = ["--quiet", "--require-hashes", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([str(python), "-m", "pip", "install", *options, "-r",
                        str(ROOT / "requirements" / "bench.txt")], check=True)
    if not (ELEVENTY / "node_modules" / "@11ty").exists():
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        subprocess.run(["npm", "ci", "--ignore-scripts", "--silent"], cwd=ELEVENTY, check=True,
                       env={**os.environ, "PATH": path})
    if not shutil.which("hugo"):
        subprocess.run(["apt-get", "install", "--yes", "--no-install-recommends", "hugo"], check=True)
