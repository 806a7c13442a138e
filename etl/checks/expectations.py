"""Great Expectations on the tables, for what a schema cannot say: order of amounts, floors, freshness.

Each expectation is built by its class: in a dictionary an unknown type would be dropped in silence.
Great Expectations takes seconds to import, so it is imported where it is used, with its telemetry off, and not at all
for tables that were checked before.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.checks.recall import Recalled, program
from etl.domain.check_names import check_name
from etl.meta.errors import DeclarationError
from etl.meta.messages import finding
from etl.meta.model import Dataset, Draft, Finding, RowRef, Severity, Table
from etl.meta.view import digest, key_of, record
from etl.runtime.by_column import by_column
from etl.runtime.cache import cache_key
from etl.runtime.workers import Submit, in_parts, processors, uncollected

if TYPE_CHECKING:
    import pandas as pd

ROW = "_row"  # position of the row in the published table


class Expectations:
    """Every declared expectation, row floor and freshness limit, checked beside what this process does meanwhile."""

    def __init__(self, root: Path, today: date, submit: Submit = partial) -> None:
        """root: the repository, whose cache keeps the findings of each table for the next run. today: of the release.

        submit: what does slow work beside this process; else it is done here, when somebody waits for it.
        """
        self._today, self._submit = today, submit
        self._recalled = Recalled(root / "build" / "cache" / "expectations.json")
        self._asked: dict[str, Asked] = {}
        if not self._recalled.before:
            submit(load)

    def ask(self, draft: Draft, names: Collection[str]) -> None:
        """Say which tables of a draft, printed already, are to be checked."""
        for name in names:
            dataset, table = draft.datasets[name], draft.tables[name]
            planned = plan(dataset, table, self._today)
            if planned:
                # A recipe may be code that only this process has read.
                asked = replace(dataset, recipe=None), table, planned
                self._asked[identity(*asked, draft.files[f"{name}.csv"])] = asked
        if any(key not in self._recalled for key in self._asked):
            self._submit(load)  # again, where nothing was seen: that takes no time

    def findings(self, broken: Collection[str]) -> list[Finding]:
        """What was found in the tables that were asked about, but for those that are not as their schemas say."""
        sound = [key for key, (dataset, *_) in self._asked.items() if dataset.name not in broken]
        unseen = [key for key in sound if key not in self._recalled]
        if unseen:
            found = self._submit(of_tables, [needed(*self._asked[key]) for key in unseen])()
            self._recalled.learn(record(unseen, found))
        told = self._recalled.take(sound)
        self._recalled.save()
        return told


Planned = list[tuple["Rule", Mapping[str, Any]]]
Asked = tuple[Dataset, Table, Planned]
"""A table to check: what is declared of it, its rows, its rules."""
Validate = Callable[[str, "pd.DataFrame", list[Any]], Any]


def identity(dataset: Dataset, table: Table, planned: Planned, printed: bytes) -> str:
    """What the findings of a table depend on: its bytes, lines, types and rules, and the programs."""
    types = [(field.name, field.type) for field in dataset.fields]
    return cache_key(dataset.name, types, dataset.key, digest(printed), table.lines, planned, *program())


def needed(dataset: Dataset, table: Table, planned: Planned) -> Asked:
    """What is asked about a table, without the columns that no rule names: it goes to another process."""
    said = str([args for (_, args), _ in planned])
    keys = {*dataset.key, *dataset.schema["primaryKey"]}
    kept = [place for place, name in enumerate(dataset.columns) if name in keys or name in said]
    fields = [dataset.schema["fields"][place] for place in kept]
    rows = by_column(table.rows, len(dataset.columns)).only(kept)
    return replace(dataset, schema={**dataset.schema, "fields": fields}), replace(table, rows=rows), planned


def load() -> None:
    """Load Great Expectations, which takes seconds, for the tables that are going to come."""
    with uncollected():
        validator()


@functools.cache
def validator() -> Validate:
    """What runs the expectations of one table: (name, typed table, expectations) -> results."""
    os.environ["GX_ANALYTICS_ENABLED"] = "False"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    tables = context.data_sources.add_pandas("tables").add_dataframe_asset("table")
    whole = tables.add_batch_definition_whole_dataframe("all")

    def validate(name: str, table: pd.DataFrame, expectations: list[Any]) -> Any:
        batch = whole.get_batch({"dataframe": table})
        suite = gx.ExpectationSuite(name=name, expectations=expectations)
        form = {"result_format": "COMPLETE", "unexpected_index_column_names": [ROW]}
        return batch.validate(suite, result_format=form).results

    return validate


def of_tables(asked: list[Asked]) -> list[list[Finding]]:
    """The findings of each table, in their order."""
    load()  # once, before there are more processes

    def share(part: int, parts: int) -> dict[int, list[Finding]]:
        return {place: of_table(*asked[place]) for place in range(part, len(asked), parts)}

    found: dict[int, list[Finding]] = {}
    for shared in in_parts(share, min(processors(), len(asked))):
        found |= shared
    return [found[place] for place in range(len(asked))]


def of_table(dataset: Dataset, table: Table, planned: Planned) -> list[Finding]:
    """The findings of one table, in the order of its rules."""
    # Results come back grouped by kind, not in the order of the suite: `meta` says which rule each is of.
    built = [
        build(dataset, kind, {**args, "meta": {"rule": rule}}) for rule, ((kind, args), _) in enumerate(planned)
    ]
    with uncollected():
        results = validator()(dataset.name, typed_frame(dataset, table), built)
    failed = {result.expectation_config.meta["rule"]: result for result in results if not result.success}
    return [describe(dataset, table, planned[rule][1], failed[rule]) for rule in sorted(failed)]


Rule = tuple[str, dict[str, Any]]


def plan(dataset: Dataset, table: Table, today: date) -> Planned:
    """The rules of one dataset: (class name, arguments) and the words for when it fails. A table with rows enough is
    not counted again: for many tables there is no other rule, and nothing of the library to load."""
    rules: list[tuple[Rule, Mapping[str, Any]]] = []
    floor = dataset.about.get("rows")
    if floor and len(table.rows) < floor["min"]:
        rules.append((("ExpectTableRowCountToBeBetween", {"min_value": floor["min"]}), {"check": "row-floor", **floor}))
    fresh = dataset.about.get("freshness")
    if fresh and any(row[dataset.columns.index(fresh["column"])] for row in table.rows):
        oldest = (today - timedelta(days=fresh["max_age_days"])).isoformat()
        newest = ("ExpectColumnMaxToBeBetween", {"column": fresh["column"], "min_value": oldest})
        rules.append((newest, {"check": "stale", **fresh}))
    if table.rows:
        rules += [((e["type"], dict(e["args"])), e) for e in dataset.about.get("expectations", [])]
    return rules


def build(dataset: Dataset, type_name: str, args: dict[str, Any]) -> Any:
    """The expectation object; an unknown class or argument is the declaration's fault."""
    from great_expectations import expectations as gxe

    where = f"datasets/{dataset.name}.toml"
    cls = getattr(gxe, type_name, None)
    if cls is None:
        raise DeclarationError(f"{where}: Great Expectations has no expectation named `{type_name}`")
    for name in (value for key, value in args.items() if key.startswith("column")):
        for column in [name] if isinstance(name, str) else name:
            if column not in dataset.columns:
                raise DeclarationError(f"{where}: {type_name} names `{column}`, which is not a column")
    try:
        return cls(**args)
    except (TypeError, ValueError) as error:
        raise DeclarationError(f"{where}: {type_name} does not take these arguments: {error}") from error


def typed_frame(dataset: Dataset, table: Table) -> pd.DataFrame:
    """The table as Great Expectations compares it: numbers as numbers, the rest as text, missing as None."""
    import pandas as pd

    rows = by_column(table.rows, len(dataset.columns))
    out: dict[str, Any] = {ROW: range(len(rows))}
    for place, field in enumerate(dataset.fields):
        column = pd.Series(rows.column(place), dtype=str)
        if field.type in ("integer", "number"):
            out[field.name] = pd.to_numeric(column.where(column != "", None))
        else:
            out[field.name] = column.astype(object).where(column != "", None)
    return pd.DataFrame(out)


def describe(dataset: Dataset, table: Table, words: Mapping[str, Any], result: Any) -> Finding:
    """One failed expectation as a finding with its rows."""
    if result.exception_info.get("raised_exception"):
        raise DeclarationError(
            f"datasets/{dataset.name}.toml: {result.expectation_config.type} failed to run: "
            f"{result.exception_info.get('exception_message')}"
        )
    observed = str(result.result.get("observed_value", ""))
    if "check" in words:
        column = words.get("column", "")
        severity: Severity = "critical" if words["check"] == "row-floor" else "warning"
        return finding(
            words["check"], dataset.name, column, [RowRef(None, "", observed)], severity,
            found=observed, expected=str(words.get("min", "")),
        )
    rows = [row_ref(dataset, table, item) for item in result.result.get("unexpected_index_list") or []]
    args = words["args"]
    column = ", ".join(str(value) for key, value in args.items() if key.startswith("column"))
    percent = result.result.get("unexpected_percent")
    overall = RowRef(None, "", observed or (f"{percent:.1f} %" if percent is not None else ""))
    return Finding(
        dataset.name, check_name(words["type"]), words["severity"], words["message"], words["remedy"],
        words.get("who", "steward"), column, tuple(rows) or (overall,), len(rows) or 1,
    )


def row_ref(dataset: Dataset, table: Table, item: Mapping[str, Any]) -> RowRef:
    """Where one unexpected row stands; the value shows the columns that were compared and hold something."""
    position = int(item[ROW])
    row = record(dataset.columns, table.rows[position])
    compared = [name for name in item if name != ROW]
    shown = "; ".join(f"{name}={row[name]}" for name in compared if row[name])
    value = row[compared[0]] if len(compared) == 1 else shown
    return RowRef(table.lines[position], key_of(row, dataset.key), value)
