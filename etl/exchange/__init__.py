"""The release in the graphs and schemas of others: catalogues of open data, directories of services."""
