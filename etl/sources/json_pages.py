"""JSON as connectors read it: one answer, or a listing page by page, with the traps of listings watched."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from etl.sources.model import FailedSourceError, Fetching, Record

MOST_PAGES = 2000


def answer(fetcher: Fetching, url: str, conditional: bool = False) -> Any:
    """The JSON at an address; None when it has not changed and was not sent."""
    response = fetcher.get(url, "json", conditional)
    if response.unchanged and response.path is None:
        return None
    try:
        return json.loads(response.body)
    except ValueError as error:
        raise FailedSourceError("source-layout", found=f"{url}: JSON: {error}"[:300]) from error


def with_query(url: str, query: Mapping[str, Any]) -> str:
    """An address with more parameters, in order of name."""
    parts = urlsplit(url)
    asked = {**dict(parse_qsl(parts.query)), **{name: str(value) for name, value in query.items()}}
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(sorted(asked.items())), parts.fragment))


def listed(value: Any, url: str, *keys: str) -> list[dict[str, Any]]:
    """A list of objects below some keys of an answer; anything else is another layout."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise FailedSourceError("source-layout", found=f"{url}: {'.'.join(keys) or 'JSON'}")
    return value


def pages(fetcher: Fetching, url: str) -> Iterator[dict[str, Any]]:
    """Every result of a listing {count, next, results}; its count may not move, nor a page come twice."""
    seen: set[str] = set()
    count, given = None, 0
    while url:
        if url in seen or len(seen) > MOST_PAGES:
            raise FailedSourceError("source-layout", found=f"{url}: next")
        seen.add(url)
        page = answer(fetcher, url)
        results = listed(page, url, "results")
        if count not in (None, page.get("count")):
            raise FailedSourceError("source-layout", found=f"{url}: count {count} → {page.get('count')}")
        count, given = page.get("count"), given + len(results)
        yield from results
        url = page.get("next") or ""
    if count != given:
        raise FailedSourceError("source-layout", found=f"count {count}, results {given}")


def flat(item: Mapping[str, Any], prefix: str = "") -> Record:
    """An object as a record of text: inner fields as "outer.inner", lists with | between their items."""
    record: Record = {}
    for name, value in item.items():
        if isinstance(value, dict):
            record |= flat(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            for inner in [flat(each) if isinstance(each, dict) else {"": text_of(each)} for each in value]:
                for key, text in inner.items():
                    place = f"{prefix}{name}.{key}".rstrip(".")
                    record[place] = f"{record[place]}|{text}" if place in record else text
        else:
            record[f"{prefix}{name}"] = text_of(value)
    return record


def text_of(value: Any) -> str:
    """A JSON value as text; null and lone blanks are empty."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value).strip()
