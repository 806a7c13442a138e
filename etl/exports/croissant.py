"""dati/croissant.json: the tables as Croissant 1.0 (MLCommons), for programs that learn from data.

One record set per table, with the types, keys and references of its schema; one per column of codes, with their words.
The rows are those of the JSON files: of a CSV its programs guess the types, and a code such as 001272 loses its nought.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from etl.exports.model import Files, for_programs
from etl.exports.rdf.naming import dataset_address, identifier
from etl.meta.model import Field, Release
from etl.meta.settings import SiteConfig
from etl.meta.view import as_json

PATH = "dati/croissant.json"
VERSION = "http://mlcommons.org/croissant/1.0"
TYPES: Mapping[str, str] = {
    "integer": "cr:Int64", "number": "cr:Float64", "boolean": "sc:Boolean", "date": "sc:Date",
    "datetime": "sc:DateTime",
}
"""Type of a column -> type here; the others are texts. An hour is one: sc:Time has seconds, which ours do not say."""
CONTEXT: Mapping[str, Any] = {
    "@language": "en", "@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/", "dct": "http://purl.org/dc/terms/", "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo", "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, "examples": {"@id": "cr:examples", "@type": "@json"},
    **{name: f"cr:{name}" for name in (
        "citeAs", "column", "equivalentProperty", "extract", "field", "fileObject", "fileProperty", "fileSet",
        "format", "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet",
        "references", "regex", "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
    )},
}
"""The context that the specification gives, which its programs compare word by word."""
Node = dict[str, Any]


def croissant_files(release: Release, config: SiteConfig) -> Files:
    """The one file; it speaks of the tables whose JSON is listed."""
    package, listed = release.package, {file["dataset"]: file for file in release.files if file["format"] == "json"}
    tables = [item | {"json": listed[item["name"]]["path"]} for item in package["resources"] if item["name"] in listed]
    files = {item["name"]: item["json"] for item in tables}
    content = {
        "@context": CONTEXT, "@type": "sc:Dataset", "@id": dataset_address(config),
        "name": package["name"], "alternateName": package["title_en"], "description": package["description_en"],
        "conformsTo": VERSION, "identifier": identifier(release, config), "license": package["licenses"][0]["path"],
        "url": config.page("data"), "version": package["version"], "datePublished": package["created"][:10],
        "creator": body(config), "publisher": body(config), "inLanguage": list(config.full),
        "citeAs": cite(release, config), "isLiveDataset": True,
        "distribution": [file_object(listed[item["name"]], config) for item in tables],
        "recordSet": [made for item in tables for made in record_sets(item, files)],
    }
    return {PATH: as_json(content)}


def body(config: SiteConfig) -> Node:
    """Who publishes."""
    known = {"url": config.owner.get("website")}
    return {"@type": "Organization", "name": config.owner.get("name", {}).get("it") or config.name,
            **{key: value for key, value in known.items() if value}}


def cite(release: Release, config: SiteConfig) -> str:
    """How to cite this version, as BibTeX; the address is that of the version, which stays."""
    package = release.package
    return (f"@misc{{{package['name']}, title = {{{package['title']}}}, author = {{{{{body(config)['name']}}}}}, "
            f"year = {{{package['created'][:4]}}}, version = {{{package['version']}}}, "
            f"url = {{{config.page('version', package['version'])}}}}}")


def file_object(file: Mapping[str, Any], config: SiteConfig) -> Node:
    """The file of a table."""
    return {"@type": "cr:FileObject", "@id": file["path"], "name": file["path"], "encodingFormat": file["media_type"],
            "contentUrl": f"{config.site_url}dati/{file['path']}", "contentSize": f"{file['bytes']} B",
            "sha256": file["sha256"]}


def record_sets(item: Mapping[str, Any], files: Mapping[str, str]) -> Iterator[Node]:
    """The codes of each column of a table, then its rows. files: table that a reference may lead to -> its file."""
    fields = [Field(about["name"], about["type"], about) for about in item["schema"]["fields"]]
    for field in fields:
        if field.categories:
            yield codes(item["name"], field)
    leads = {key["fields"][0]: taken(files[key["reference"]["resource"]], key["reference"]["fields"][0])
             for key in item["schema"].get("foreignKeys", ())
             if len(key["fields"]) == 1 and key["reference"]["resource"] in files}
    yield {
        "@type": "cr:RecordSet", "@id": item["name"], "name": item["name"],
        "description": f"{item['title_en']}: {item['description_en']}",
        "key": [{"@id": f"{item['name']}/{name}"} for name in item["schema"]["primaryKey"]],
        "field": [column(item, field, leads.get(field.name)) for field in fields],
    }


def taken(file: str, name: str) -> Node:
    """A column of a file, which is where its values are from."""
    return {"fileObject": {"@id": file}, "extract": {"jsonPath": f"$.records[*].{name}"}}


def column(item: Mapping[str, Any], field: Field, target: Node | None) -> Node:
    """A column of a table. target: the column of the file of another table that it refers to.

    mlcroissant 1.1 loses rows where a reference leads to another record set instead. What codes mean is in such a set,
    which is therefore named in words.
    """
    name = f"{item['name']}/{field.name}"
    meant = f" Codes: {name}.codes." if field.categories else ""
    made: Node = {
        "@type": "cr:Field", "@id": name, "name": field.name, "dataType": TYPES.get(field.type, "sc:Text"),
        "description": f"{field.descriptor['description_en']}{meant}",
        "source": taken(item["json"], field.name),
    }
    if field.several:
        made |= {"repeated": True}
        made["source"] |= {"transform": {"separator": "|"}}
    return made | ({"references": target} if target else {})


def codes(table: str, field: Field) -> Node:
    """What the codes of a column mean, in both languages."""
    name = f"{table}/{field.name}.codes"
    columns = ("value", "label", "label_en")
    return {
        "@type": "cr:RecordSet", "@id": name, "name": name, "dataType": "sc:Enumeration",
        "description": f"What the codes of {table}.{field.name} mean.", "key": {"@id": f"{name}/value"},
        "field": [{"@type": "cr:Field", "@id": f"{name}/{part}", "name": part, "dataType": "sc:Text"}
                  for part in columns],
        "data": [{f"{name}/{part}": code.get(part, code["label"]) for part in columns} for code in field.categories],
    }


CROISSANT = for_programs("croissant", croissant_files)
