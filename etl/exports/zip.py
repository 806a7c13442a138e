"""One ZIP of everything, with a README and checksums."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from pathlib import Path

from etl.domain.citing import TABLE
from etl.domain.workbooks import fits
from etl.exports.csvw import csvw_files
from etl.exports.model import Format
from etl.exports.packed import LIBRARY, packed, put, unpacked
from etl.meta.model import Draft
from etl.meta.view import digest
from etl.runtime.aside import aside
from etl.runtime.cache import cache_key, kept_in

DOCUMENTS = {"it": f"Le fonti delle righe, con titolo, chi le pubblica e data, sono in {TABLE}.csv.\n",
             "en": f"The sources of the rows, with title, issuer and date, are in {TABLE}.csv.\n"}
WORKBOOKS = {"it": "Non stanno in un foglio di Excel, e il loro file per Excel non c'è: {names}.\n",
             "en": "Too large for a sheet of Excel, so that there is no Excel file of them: {names}.\n"}
README, SUMS = "LEGGIMI-README.txt", "SHA256SUMS"


def archive_files(draft: Draft) -> dict[str, bytes]:
    """NAME-of-the-release.zip; the same bytes for the same release."""
    files = aside(draft.files, csvw_files(draft), {README: readme(draft).encode("utf-8")})
    signs = {path: digest(files[path]) for path in sorted(files)}
    files = aside(files, {SUMS: "".join(f"{sign}  {path}\n" for path, sign in signs.items()).encode()})
    out = io.BytesIO()
    year, month, day = map(int, draft.package["created"][:10].split("-"))
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(files, key=lambda path: (path != README, path)):
            entry = zipfile.ZipInfo(path, (year, month, day, 0, 0, 0))
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            key = cache_key(LIBRARY, signs.get(path) or digest(files[path]))
            member = kept_in(draft.cache, key, partial(packed, [files[path]]), path.replace("/", "-"))
            put(archive, out, entry, unpacked(member))
    return {f"{draft.about['name']}.zip": out.getvalue()}


def readme(draft: Draft) -> str:
    """What the archive holds, in both languages, as zip.txt says it."""
    about, package = draft.about, draft.package
    licence = package["licenses"][0]
    names = ", ".join(name for name, table in draft.tables.items() if not fits(table))
    return (Path(__file__).parent / "zip.txt").read_text("utf-8").format(
        **{f"workbooks_{code}": text.format(names=names) if names else "" for code, text in WORKBOOKS.items()},
        **{f"{key}_{code}": about[key][code] for key in ("title", "description") for code in ("it", "en")},
        tables=len(draft.tables), rows=sum(len(table.rows) for table in draft.tables.values()), sums=SUMS,
        documents_it=DOCUMENTS["it"] if TABLE in draft.tables else "",
        documents_en=DOCUMENTS["en"] if TABLE in draft.tables else "",
        version=package["version"], released=package["created"][:10], address=draft.address,
        licence=licence["title"], licence_address=licence["path"],
    )


ARCHIVE = Format(
    "zip", {"it": "ZIP con tutto", "en": "ZIP with everything"},
    {"it": "Tutte le tabelle in CSV e JSON, con le spiegazioni e le impronte.",
     "en": "All tables as CSV and JSON, with explanations and checksums."},
    "", "application/zip", "ZIP", archive_files,
)
