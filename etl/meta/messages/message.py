"""The shape of a message."""

from typing import Literal, NamedTuple

Who = Literal["steward", "contributor", "owner"]


class Message(NamedTuple):
    """What is wrong and how to mend it, in each language, and who can: placeholders are named in etl/messages."""

    it: str
    en: str
    remedy_it: str
    remedy_en: str
    who: Who = "steward"
