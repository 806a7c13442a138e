"""The files of a release that every build makes from its tables, and the list of all files that can be downloaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from etl.exports import FORMATS
from etl.exports.model import Format
from etl.meta.model import Draft
from etl.meta.view import as_json, digest
from etl.runtime.workers import side_by_side

MANIFEST = "files.json"


def export(release: Draft, address: str) -> dict[str, bytes]:
    """Every file of a release that is not kept in the repository, by path in dati/, and the manifest of all.

    release: with its descriptor and the files that are kept. address: of the site, as files name it.
    """
    whole = replace(release, address=address)
    made = dict(side_by_side(*(partial(written, form, whole) for form in FORMATS if not form.kept)))
    files = {path: data for form in FORMATS for path, data in made.get(form.name, {}).items()}
    listed = [item for form in FORMATS for item in entries(form, whole, made.get(form.name, whole.files))]
    content = {"created": whole.package["created"], "version": whole.package["version"], "files": listed}
    return files | {MANIFEST: as_json(content)}


def written(form: Format, draft: Draft) -> tuple[str, dict[str, bytes]]:
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
