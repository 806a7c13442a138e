"""Human Services Data Specification (Open Referral)."""

from etl.exports.hsds.files import API, HSDS, tables_of

__all__ = ["API", "HSDS", "tables_of"]
