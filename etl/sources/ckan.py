"""Connector `ckan`: a resource of a CKAN portal, from its datastore page by page, or the file that it links to."""

from __future__ import annotations

from typing import Any

from etl.sources.files import read_address, require_fields
from etl.sources.json_pages import answer, flat, listed, with_query
from etl.sources.model import Batch, FailedSourceError, Record, Request

PAGE = 1000  # rows that a datastore gives at once; portals allow thirty times as many


def read(request: Request) -> Batch:
    """One record per row of the resource that the declaration names by id (`resource`) or by format in a `package`."""
    options = request.options
    portal = options["address"].rstrip("/").removesuffix("/api/3/action")
    resource = find_resource(request, portal)
    if resource.get("datastore_active"):
        records: list[Record] | None = datastore(request, portal, resource["id"])
    else:
        form = str(options.get("format") or resource.get("format", "csv")).lower()
        records = read_address(request, resource["url"], form)
    if records is None:
        return Batch([], complete=False)
    require_fields(records, options["rows"])
    day = {"@url": f"{portal}/dataset/{options['package']}", "@date": request.today.isoformat()}
    return Batch([{**record, **day} for record in records])


def action(request: Request, portal: str, name: str, **query: Any) -> dict[str, Any]:
    """The result of one action of the portal's API."""
    url = with_query(f"{portal}/api/3/action/{name}", query)
    content = answer(request.fetcher, url)
    if not isinstance(content, dict) or content.get("success") is not True or not isinstance(content["result"], dict):
        why = content.get("error") if isinstance(content, dict) else content
        raise FailedSourceError("source-layout", found=f"{url}: {why}"[:300])
    return content["result"]


def find_resource(request: Request, portal: str) -> dict[str, Any]:
    """The one resource of the package that is wanted."""
    options = request.options
    package = action(request, portal, "package_show", id=options["package"])
    resources = listed(package, portal, "resources")
    wanted = [
        item for item in resources
        if item.get("id") == options.get("resource")
        or ("resource" not in options and str(item.get("format", "")).casefold() == options["format"].casefold())
    ]
    if len(wanted) != 1:
        seen = ", ".join(f"{item.get('id')} {item.get('format')}" for item in resources)
        raise FailedSourceError("source-layout", found=f"{options['package']}: {seen}"[:300])
    return wanted[0]


def datastore(request: Request, portal: str, resource: str) -> list[Record]:
    """Every row of a resource; its total may not move while it is read, nor a row come twice."""
    rows: list[dict[str, Any]] = []
    total = None
    while total is None or len(rows) < total:
        result = action(request, portal, "datastore_search", resource_id=resource, limit=PAGE, offset=len(rows),
                        sort="_id")
        page = listed(result, portal, "records")
        if total not in (None, result.get("total")) or not (page or result.get("total") == len(rows)):
            raise FailedSourceError("source-layout", found=f"{resource}: total {total} → {result.get('total')}")
        total = result.get("total")
        rows += page
    if len({row.get("_id") for row in rows}) != len(rows):
        raise FailedSourceError("source-layout", found=f"{resource}: _id")
    return [flat({name: value for name, value in row.items() if name != "_id"}) for row in rows]
