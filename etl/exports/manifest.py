"""The files of a release that every build makes from its tables, and the list of all files that can be downloaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from etl.exports import FORMATS
from etl.exports.alone import DATA, Alone, Written
from etl.exports.model import Format
from etl.meta.model import Draft
from etl.meta.settings import SiteConfig
from etl.meta.view import as_json, digest
from etl.runtime.aside import aside
from etl.runtime.files import write_into
from etl.runtime.tables import release_of
from etl.runtime.workers import side_by_side

MANIFEST = "files.json"


def export(release: Draft, config: SiteConfig, folder: Path, alone: Alone | None = None) -> dict[str, str]:
    """Write every file of a release that is not kept in the repository, and the manifest of all, into a folder; gives
    their sha256 by path in it, which is that in the site.

    release: with its descriptor and the files that are kept. alone: the site before, for its files of single tables.
    """
    alone = alone or Alone()
    whole, data = replace(release, address=config.site_url), folder / DATA
    chosen = [form for form in FORMATS if form.listed]
    made = written(whole, [form for form in chosen if not form.kept], folder, alone)
    kept = {path: Written(len(content), digest(content)) for path, content in whole.files.items()}
    listed = [item for form in chosen for item in entries(form, whole, made.get(form.name, kept))]
    manifest = as_json({"created": whole.package["created"], "version": whole.package["version"], "files": listed})
    sign = write_into(data, MANIFEST, manifest)
    read = release_of(aside(whole.files, {MANIFEST: manifest}), config.checked_on, whole.typed)
    published = replace(whole, published=(read, config))
    others = written(published, [form for form in FORMATS if not form.listed], folder, alone)
    found = in_site(made, DATA) | in_site(others, "")
    alone.save(found)
    return {path: item.sha256 for path, item in found.items()} | {f"{DATA}{MANIFEST}": sign}


def written(draft: Draft, forms: Sequence[Format], folder: Path, alone: Alone) -> dict[str, dict[str, Written]]:
    """Write the files of some formats into the folder of a site; gives what they are, by format and path. They are
    written where they are made: what comes back from another process would be in memory twice."""
    return dict(side_by_side(*(partial(files_of, form, draft, folder, alone) for form in forms)))


def files_of(form: Format, draft: Draft, folder: Path, alone: Alone) -> tuple[str, dict[str, Written]]:
    """Write the files of a format; gives its name and what they are, by path."""
    if form.alone:
        return form.name, alone.files_of(form, draft, folder)
    place = DATA if form.listed else ""
    found = {path: Written(len(content), write_into(folder, place + path, content))
             for path, content in form.write(draft).items()}
    told = form.told(draft)
    return form.name, found | {path: alone.told(place + path, content, folder) for path, content in told.items()}


def in_site(made: Mapping[str, Mapping[str, Written]], place: str) -> dict[str, Written]:
    """The files of some formats by path in the site. place: the folder that their own paths begin in."""
    return {place + path: item for files in made.values() for path, item in files.items()}


def entries(form: Format, draft: Draft, files: Mapping[str, Written]) -> list[dict[str, Any]]:
    """What the manifest says of the files of one format: path, dataset ("" for all), size, checksum, rows, words."""
    rows = {name: len(table.rows) for name, table in draft.tables.items()}
    paths = {form.path_of(name): name for name in rows} if form.path else dict.fromkeys(files, "")
    return [
        {"path": path, "dataset": name, "format": form.name, "media_type": form.media_type,
         "file_type": form.file_type, "title": form.title, "note": form.note, "bytes": files[path].bytes,
         "sha256": files[path].sha256, "rows": rows.get(name, sum(rows.values()))}
        for path, name in paths.items() if path in files
    ]
