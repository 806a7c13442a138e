"""The table of all projects of the country: checked, filtered, added up and published as partitioned Parquet.

The recipe (recipe.py) is SQL that the engines read in the same way; an engine only reads a file and runs it. DuckDB
(embedded.py) works inside this process, on one machine; Spark (distributed.py) on as many as its master has. The
results are the same.
"""
