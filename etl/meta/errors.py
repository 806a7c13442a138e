"""Everything that can go wrong, as a tree. The exit code says who can mend it.

* AbitareError            exit code
  x InvalidDataError       1   the data is wrong: read the findings          -> data steward
  x DeclarationError       2   this repository is wrong: fix the file named  -> contributor
  x SourceError            3   the outside world is wrong                    -> try again, tell the owner
  x PublishError           4   the target folder or disk is wrong            -> operator
"""


class AbitareError(Exception):
    """Base of all errors that reach the command line; the message says what to do."""

    exit_code = 1


class InvalidDataError(AbitareError):
    """Critical findings: nothing was published."""

    exit_code = 1


class DeclarationError(AbitareError):
    """A schema, declaration or recipe in this repository does not hold together."""

    exit_code = 2


class SourceError(AbitareError):
    """A source outside this repository did not give what it promised."""

    exit_code = 3


class PublishError(AbitareError):
    """The finished site could not be written or put in place."""

    exit_code = 4
