"""Words for what is strange on a project page of the programme."""

from etl.meta.messages.message import Message

LOOK_IT, LOOK_EN = "Apri la pagina e controlla.", "Open the page and check."

MESSAGES: dict[str, Message] = {
    "page-unknown-label": Message(
        "La pagina del progetto ha una voce nuova: «{found}». Non è stata letta.",
        "The project page has a new entry: “{found}”. It was not read.",
        "Decidi se va presa o ignorata, in etl/sources/programme_page.py.",
        "Decide whether to take it or to ignore it, in etl/sources/programme_page.py.", "contributor"),
    "page-not-a-project": Message(
        "La pagina non è quella di un progetto ({found}).", "The page is not that of a project ({found}).",
        LOOK_IT, LOOK_EN, "owner"),
    "page-other-project": Message(
        "La pagina parla di un altro progetto: {found} invece di {expected}.",
        "The page is about another project: {found} instead of {expected}.", LOOK_IT, LOOK_EN, "owner"),
    "page-contradiction": Message(
        "La pagina dice due cose diverse: {found}.", "The page says two different things: {found}.",
        "Segnala la contraddizione a chi cura la pagina.",
        "Report the contradiction to the owner of the page.", "owner"),
    "page-failed": Message(
        "La pagina non si può leggere: {found}.", "The page cannot be read: {found}.",
        "Il programma riprova alla prossima lettura.", "The program tries again at the next reading.", "owner"),
}
