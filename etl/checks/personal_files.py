"""Names of persons in the names of files, sheets and rows: "mario-rossi-domanda", "ISEE_ROSSI_MARIO"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from etl.checks.personal import surnames, words
from etl.checks.personal_bearers import bears_a_name
from etl.checks.personal_contexts import announced
from etl.checks.personal_tokens import Token, is_shaped, tokens_of

ENDINGS = "pdf|docx?|xlsx?|csv|ods|odt|rtf|jpe?g|png|tiff?|heic|msg|eml|p7m|zip|txt|json|pptx?"
FILE = re.compile(rf"\.(?:{ENDINGS})\W*$|^[\w.+-]*_[\w.+-]*$", re.IGNORECASE)


def is_file(text: str) -> bool:
    """Whether a text is the name of a file, or words joined as in one."""
    return FILE.search(text) is not None


def hidden_names(text: str) -> Iterator[str]:
    """Names of persons in the name of a file or of a row. Only surnames that we know count there, names of things being
    made of any words; beside a paper of one person (a form, a certificate) a strange word with a capital counts too."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"[_.+-]", " ", unquote(text).replace("/", " | ")))
    tokens = tokens_of(spaced)
    paper = any(token.core in words("contexts", "files") for token in tokens)
    own = any(token.core in words("contexts", "own") for token in tokens)
    of_a_body = any(token.core in words("things", "bodies") for token in tokens)
    if of_a_body and not paper:
        return
    for place, one in enumerate(tokens):
        two = tokens[place + 1] if place + 1 < len(tokens) else None
        if two and (both(one, two, paper) or both(two, one, paper)):
            if not bears_a_name(tokens, place, place + 1, spaced):
                yield spaced[one.begin: two.end]
        elif not of_a_body and (announced(tokens, place, spaced) or (
                paper and alone(one, own) and not bears_a_name(tokens, place, place, spaced))):
            yield one.text


def both(given: Token, surname: Token, paper: bool) -> bool:
    """Whether two words are a given name and a surname; paper: whether they are in the name of a paper of one."""
    if given.given and (surname.one in surnames() or (paper and not surname.ordinary)):
        return True
    return (given.given or given.plain in words("names", "words")) and (surname.family or surname.led_name)


def alone(word: Token, own: bool) -> bool:
    """Whether a word beside a paper is somebody's surname; own: whether it is a paper of one person."""
    strange = word.strange and (own or word.foreign or word.text.isupper())
    return not word.ordinary and (word.family or word.led_name or strange or is_shaped(word.one))
