"""Words for what can go wrong between us and a source on the network."""

from etl.messages.message import Message

MESSAGES: dict[str, Message] = {}
