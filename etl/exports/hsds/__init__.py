"""Human Services Data Specification (Open Referral)."""

from etl.exports.hsds.files import HSDS

__all__ = ["HSDS"]
