"""The files of a release that every build makes from its tables, and the list of all files that can be downloaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from etl.exports import FORMATS
from etl.exports.model import Files, Format
from etl.meta.model import Draft
from etl.meta.settings import SiteConfig
from etl.meta.view import as_json, digest
from etl.runtime.tables import release_of
from etl.runtime.workers import side_by_side

MANIFEST = "files.json"
DATA = "dati/"


def export(release: Draft, config: SiteConfig) -> dict[str, bytes]:
    """Every file of a release that is not kept in the repository, by path in the site, and the manifest of all.

    release: with its descriptor and the files that are kept.
    """
    whole = replace(release, address=config.site_url)
    chosen = [form for form in FORMATS if form.listed]
    made = written(whole, [form for form in chosen if not form.kept])
    listed = [item for form in chosen for item in entries(form, whole, made.get(form.name, whole.files))]
    content = {"created": whole.package["created"], "version": whole.package["version"], "files": listed}
    files = together(made) | {MANIFEST: as_json(content)}
    whole = replace(whole, published=(release_of({**whole.files, **files}, config.checked_on, whole.typed), config))
    others = written(whole, [form for form in FORMATS if not form.listed])
    return {f"{DATA}{path}": data for path, data in files.items()} | together(others)


def written(draft: Draft, forms: Sequence[Format]) -> dict[str, Files]:
    """The files of each format by its name."""
    return dict(side_by_side(*(partial(files_of, form, draft) for form in forms)))


def together(made: Mapping[str, Files]) -> dict[str, bytes]:
    """The files of all formats by path."""
    return {path: data for files in made.values() for path, data in files.items()}


def files_of(form: Format, draft: Draft) -> tuple[str, Files]:
    """The name of a format and its files by path."""
    return form.name, dict(form.write(draft))


def entries(form: Format, draft: Draft, files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """What the manifest says of the files of one format: path, dataset ("" for all), size, checksum, rows, words."""
    rows = {name: len(table.rows) for name, table in draft.tables.items()}
    paths = {form.path_of(name): name for name in rows} if form.path else dict.fromkeys(files, "")
    return [
        {"path": path, "dataset": name, "format": form.name, "media_type": form.media_type,
         "file_type": form.file_type, "title": form.title, "note": form.note, "bytes": len(files[path]),
         "sha256": digest(files[path]), "rows": rows.get(name, sum(rows.values()))}
        for path, name in paths.items() if path in files
    ]
