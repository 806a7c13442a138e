"""What happened to the data from release to release."""

from etl.history.changes import change_rows, stamp
from etl.history.removals import lost_ids
from etl.history.tables import CHANGES, day_before, read_tables, tables_of

__all__ = ["CHANGES", "change_rows", "day_before", "lost_ids", "read_tables", "stamp", "tables_of"]
