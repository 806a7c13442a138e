"""Words for what can go wrong between us and a source on the network. {found} is the address or what came from it."""

from etl.meta.messages.message import Message

STAYS_IT, STAYS_EN = "I dati di prima restano.", "The data of before stay."
AGAIN_IT = "Il programma riprova alla prossima lettura. Se dura, avvisa chi cura la fonte."
AGAIN_EN = "The program tries again at the next reading. If it lasts, tell the owner of the source."
DECLARE_IT = "Controlla la dichiarazione [source.fetch] in datasets/: indirizzo, hosts, insecure."
DECLARE_EN = "Check the declaration [source.fetch] in datasets/: address, hosts, insecure."


def stays(it: str, en: str, remedy_it: str = AGAIN_IT, remedy_en: str = AGAIN_EN, who: str = "owner") -> Message:
    """A fault of a source: what happened, that nothing is lost, and what to do."""
    return Message(f"{it} {STAYS_IT}", f"{en} {STAYS_EN}", remedy_it, remedy_en,
                   "contributor" if who == "contributor" else "owner")


MESSAGES: dict[str, Message] = {
    "source-unreachable": stays("La fonte non risponde ({found}).", "The source does not answer ({found})."),
    "source-timeout": stays("La fonte è troppo lenta ({found}).", "The source is too slow ({found})."),
    "source-status": stays("La fonte risponde con l'errore {expected} ({found}).",
                           "The source answers with the error {expected} ({found})."),
    "source-truncated": stays("Il file della fonte si interrompe prima della fine ({found}).",
                              "The source's file is cut before its end ({found})."),
    "source-empty": stays("La fonte ha dato un file vuoto ({found}).", "The source gave an empty file ({found})."),
    "source-type": stays("La fonte ha dato {expected} al posto dei dati ({found}).",
                         "The source gave {expected} in place of data ({found})."),
    "source-too-large": stays("Il file della fonte supera il limite di {expected} ({found}).",
                              "The source's file is above the limit of {expected} ({found}).", DECLARE_IT, DECLARE_EN,
                              "contributor"),
    "source-bomb": stays("Il file della fonte si gonfia in modo sospetto ({found}).",
                         "The source's file swells in a suspicious way ({found})."),
    "source-certificate": stays("Il certificato della fonte non è valido ({found}).",
                                "The certificate of the source is not valid ({found})."),
    "source-scheme": stays("L'indirizzo non è https ({found}).", "The address is not https ({found}).", DECLARE_IT,
                           DECLARE_EN, "contributor"),
    "source-host": stays("La fonte porta a un sito che non è dichiarato ({found}).",
                         "The source leads to a site that is not declared ({found}).", DECLARE_IT, DECLARE_EN,
                         "contributor"),
    "source-private-address": stays("La fonte porta a una rete privata: la richiesta è stata rifiutata ({found}).",
                                    "The source leads to a private network: the request was refused ({found})."),
    "source-redirect": stays("La fonte rimanda da un indirizzo all'altro senza fine ({found}).",
                             "The source redirects from one address to another without end ({found})."),
    "source-robots": stays("Il sito della fonte chiede ai programmi di non leggere questa pagina ({found}).",
                           "The site of the source asks programs not to read this page ({found}).",
                           "Chiedi il permesso a chi cura il sito, oppure usa un'altra fonte.",
                           "Ask the owner of the site for permission, or use another source."),
    "source-refused": stays("I dati della fonte romperebbero la pubblicazione: {expected} ({found}).",
                            "The source's data would break the release: {expected} ({found}).",
                            "Confronta la fonte con la sua dichiarazione in datasets/.",
                            "Compare the source with its declaration in datasets/.", "contributor"),
}
