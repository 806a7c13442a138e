"""Words for personal data that must not be published."""

from etl.messages.message import Message

MESSAGES: dict[str, Message] = {}
