"""The script that reads what people ask of a table (site/assets/rows.js), run by one process of node."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from typing import Any

from support.repository import ROOT

ANSWER = """
require(process.argv[1]);
require("readline").createInterface({ input: process.stdin }).on("line", line => {
  const { code, values } = JSON.parse(line);
  console.log(JSON.stringify(new Function(...Object.keys(values), `return ${code}`)(...Object.values(values)) ?? null));
});
"""
WORDS = {"tests": dict.fromkeys(["has", "is", "min", "max", "empty", "full"], "?"), "true": "sì", "false": "no"}
"""The least that a table says."""


@cache
def node() -> subprocess.Popen[str]:
    """The process; it ends with the tests, when what it listens to is closed."""
    command = ["node", "-e", ANSWER, str(ROOT / "site" / "assets" / "rows.js")]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def ask(code: str, **values: Any) -> Any:
    """The value of an expression of the script, in which `Rows` and the given names can be used."""
    process = node()
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps({"code": code, "values": values}) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def read(kind: str, text: str, locale: str = "it-IT") -> list[str]:
    """What a text can mean as one of the `numbers` or `dates` of a language, first what is understood."""
    return [reading["value"] for reading in ask(f"Rows.{kind}(text, locale)", text=text, locale=locale)]


def column(kind: str = "string", **others: Any) -> dict[str, Any]:
    """One column, as the settings of a table have it."""
    return {"name": kind, "title": kind, "type": kind, "money": False, "coded": False, "labels": {}, **others}


def chosen(cells: list[str], test: str, value: str, locale: str = "it-IT", **about: Any) -> tuple[list[str], int]:
    """The cells of one column for which a condition holds, and how many tell too little; about: see `column`."""
    told = ask(
        "(table => { const filter = table.condition(0, test, value);"
        " return filter && table.choose(cells.map(cell => [cell]), [filter], null); })(Rows.rows(settings))",
        settings={"columns": [column(**about)], "words": WORDS, "locale": locale}, cells=cells, test=test, value=value)
    assert told, f"not understood: {value}"
    return [row[0] for row in told["shown"]], told["unsure"]
