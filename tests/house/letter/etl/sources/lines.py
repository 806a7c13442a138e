"""Connector `lines`: a text with one NAME=VALUE on each line."""

from etl.sources.model import Batch, Request


def read(request: Request) -> Batch:
    """One record per line: its `name` and its `value`."""
    address = request.options["address"]
    body = request.fetcher.get(address, "csv", conditional=False).body.decode()
    day = {"@url": address, "@date": request.today.isoformat()}
    pairs = (line.split("=", 1) for line in body.splitlines())
    return Batch([{"name": name, "value": value, **day} for name, value in pairs])
