"""What a rule that a dataset declares is called: the library that runs it has names that nobody but it uses."""

from __future__ import annotations

import re

NAMES = {
    "ExpectColumnValuesToNotBeNull": "empty-cell",
    "ExpectColumnValuesToBeNull": "filled-cell",
    "ExpectColumnValuesToBeBetween": "out-of-range",
    "ExpectColumnPairValuesAToBeGreaterThanB": "wrong-order",
    "ExpectColumnPairValuesToBeEqual": "not-equal",
    "ExpectColumnValuesToBeInSet": "unexpected-value",
    "ExpectColumnValuesToNotBeInSet": "unlikely-value",
    "ExpectColumnValuesToMatchRegex": "unexpected-form",
    "ExpectColumnValuesToNotMatchRegex": "unlikely-form",
    "ExpectColumnValueLengthsToBeBetween": "length",
    "ExpectColumnValuesToBeUnique": "repeated-value",
    "ExpectColumnProportionOfUniqueValuesToBeBetween": "too-few-values",
    "ExpectColumnUniqueValueCountToBeBetween": "number-of-values",
    "ExpectColumnDistinctValuesToContainSet": "missing-value",
    "ExpectTableRowCountToEqual": "number-of-rows",
    "ExpectTableRowCountToBeBetween": "number-of-rows",
}
"""Class of Great Expectations -> what `check` of the quality table and people call what it finds."""
EMPTY = NAMES["ExpectColumnValuesToNotBeNull"]


def check_name(kind: str) -> str:
    """The name of a declared rule, "empty-cell"; one that has none of its own is called by its words."""
    return NAMES.get(kind) or re.sub(r"(?<!^)(?=[A-Z])", "-", kind.removeprefix("Expect")).lower()
