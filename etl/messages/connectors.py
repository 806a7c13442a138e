"""Words for what a source gave that is not what it promised."""

from etl.messages.message import Message

MESSAGES: dict[str, Message] = {}
