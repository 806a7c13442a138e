"""Words for the files that people send: what was read how, and what could not be read."""

from etl.messages.message import Message

MESSAGES: dict[str, Message] = {}
