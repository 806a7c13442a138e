"""Words for what is strange on a project page of the programme."""

from etl.messages.message import Message

MESSAGES: dict[str, Message] = {}
