"""The telephone numbers of all desks on one page."""

from etl.meta.model import Page
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.desks.view import known_desks


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The one page."""
    return [kind.page(language, desks=known_desks(release, language))]


KINDS = (
    Kind("numbers", {"it": "numeri", "en": "numbers"}, N_("Numeri utili"), pages, ("desks/numbers.html",),
         requires=("desks",), under="home", menu=9),
)
