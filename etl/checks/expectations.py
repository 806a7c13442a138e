"""Great Expectations on the tables, for what a schema cannot say: order of amounts, floors, freshness.

Each expectation is built by its class: in a dictionary an unknown type would be dropped in silence.
Great Expectations takes seconds to import, so it is imported where it is used, with its telemetry off, and not at all
for tables that were checked before.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.cache import code_of, key_of, read_cache, write_cache
from etl.errors import DeclarationError
from etl.messages import finding
from etl.model import Dataset, Finding, RowRef, Severity

if TYPE_CHECKING:
    import pandas as pd

ROW = "_row"  # position of the row in the published table

Lines = Mapping[str, list[int | None]]
"""Dataset name -> for each published row its line in the source file (None when a recipe made it)."""


def check_expectations(
    datasets: Mapping[str, Dataset], frames: Mapping[str, pd.DataFrame], lines: Lines, today: date,
    cache: Path | None = None,
) -> list[Finding]:
    """Findings of every declared expectation, row floor and freshness limit.

    frames: published tables as text, by dataset name. today: the date of the release. cache: a file that keeps the
    findings of each table for the next run.
    """
    findings, used = [], {}
    kept = recall(cache)
    validate: Validate | None = None
    for name, frame in frames.items():
        planned = plan(datasets[name], frame, today)
        if planned:
            key = identity(datasets[name], frame, lines[name], planned)
            if key not in SEEN:
                validate = validate or validator()
                SEEN[key] = of_table(datasets[name], frame, lines[name], planned, validate)
            used[key] = SEEN[key]
            findings += SEEN[key]
    if cache and not set(used) <= kept:
        write_cache(cache, {key: [asdict(item) for item in found] for key, found in used.items()})
    return findings


def recall(cache: Path | None) -> set[str]:
    """Take what another run found into SEEN; which tables these are."""
    kept = (cache and read_cache(cache)) or {}
    for key, found in kept.items():
        SEEN.setdefault(key, [
            Finding(**{**item, "rows": tuple(RowRef(**row) for row in item["rows"])}) for item in found
        ])
    return set(kept)


Validate = Callable[[str, "pd.DataFrame", list[Any]], Any]
SEEN: dict[str, list[Finding]] = {}
"""Findings of the tables that this process has checked. A file that somebody hands in is tried against all tables, and
most of them have not changed since the try before."""


def identity(
    dataset: Dataset, frame: pd.DataFrame, lines: list[int | None], planned: list[tuple[Rule, Mapping[str, Any]]]
) -> str:
    """What the findings of a table depend on: its cells and where they stand, its types, its rules, the programs."""
    types = [(field.name, field.type) for field in dataset.fields]
    programs = version("great-expectations"), version("pandas"), code_of("checks/*.py", "messages/*.py", "model.py")
    return key_of(dataset.name, types, dataset.key, frame.to_csv(), lines, planned, *programs)


def validator() -> Validate:
    """What runs the expectations of one table: (name, typed table, expectations) -> results."""
    os.environ["GX_ANALYTICS_ENABLED"] = "False"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_pandas("tables")

    def validate(name: str, table: pd.DataFrame, expectations: list[Any]) -> Any:
        asset = source.add_dataframe_asset(name)
        batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": table})
        suite = gx.ExpectationSuite(name=name, expectations=expectations)
        form = {"result_format": "COMPLETE", "unexpected_index_column_names": [ROW]}
        return batch.validate(suite, result_format=form).results

    return validate


def of_table(
    dataset: Dataset, frame: pd.DataFrame, lines: list[int | None], planned: list[tuple[Rule, Mapping[str, Any]]],
    validate: Validate,
) -> list[Finding]:
    """The findings of one table, in the order of its rules."""
    # Results come back grouped by kind, not in the order of the suite: `meta` says which rule each is of.
    built = [
        build(dataset, kind, {**args, "meta": {"rule": rule}}) for rule, ((kind, args), _) in enumerate(planned)
    ]
    results = validate(dataset.name, typed_frame(dataset, frame), built)
    failed = {rule_of(result): result for result in results if not result.success}
    return [describe(dataset, frame, lines, planned[rule][1], failed[rule]) for rule in sorted(failed)]


Rule = tuple[str, dict[str, Any]]


def plan(dataset: Dataset, frame: pd.DataFrame, today: date) -> list[tuple[Rule, Mapping[str, Any]]]:
    """The rules of one dataset: (class name, arguments) and the words for when it fails."""
    rules: list[tuple[Rule, Mapping[str, Any]]] = []
    floor = dataset.about.get("rows")
    if floor:
        rules.append((("ExpectTableRowCountToBeBetween", {"min_value": floor["min"]}), {"check": "row-floor", **floor}))
    fresh = dataset.about.get("freshness")
    if fresh and len(frame) and (frame[fresh["column"]] != "").any():
        oldest = (today - timedelta(days=fresh["max_age_days"])).isoformat()
        newest = ("ExpectColumnMaxToBeBetween", {"column": fresh["column"], "min_value": oldest})
        rules.append((newest, {"check": "stale", **fresh}))
    if len(frame):
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


def typed_frame(dataset: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
    """The table as Great Expectations compares it: numbers as numbers, the rest as text, missing as None."""
    import pandas as pd

    out: dict[str, Any] = {ROW: range(len(frame))}
    for field in dataset.fields:
        column = frame[field.name].reset_index(drop=True)
        if field.type in ("integer", "number"):
            out[field.name] = pd.to_numeric(column.where(column != "", None))
        else:
            out[field.name] = column.astype(object).where(column != "", None)
    return pd.DataFrame(out)


def rule_of(result: Any) -> int:
    """The position of the rule that a validation result is of."""
    return int(result.expectation_config.meta["rule"])


def describe(
    dataset: Dataset, frame: pd.DataFrame, lines: list[int | None], words: Mapping[str, Any], result: Any
) -> Finding:
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
    rows = [row_ref(dataset, frame, lines, item) for item in result.result.get("unexpected_index_list") or []]
    args = words["args"]
    column = ", ".join(str(value) for key, value in args.items() if key.startswith("column"))
    percent = result.result.get("unexpected_percent")
    overall = RowRef(None, "", observed or (f"{percent:.1f} %" if percent is not None else ""))
    return Finding(
        dataset.name, words["type"], words["severity"], words["message"], words["remedy"],
        words.get("who", "steward"), column, tuple(rows) or (overall,), len(rows) or 1,
    )


def row_ref(dataset: Dataset, frame: pd.DataFrame, lines: list[int | None], item: Mapping[str, Any]) -> RowRef:
    """Where one unexpected row stands; the value shows the columns that were compared and hold something."""
    position = int(item[ROW])
    row = frame.iloc[position]
    value = "; ".join(f"{name}={row[name]}" for name in item if name != ROW and row[name])
    return RowRef(lines[position], "|".join(row[name] for name in dataset.key), value)
