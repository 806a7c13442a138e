"""Names of persons in letters that are not Latin: Cyrillic by their endings, Arabic, Chinese, a few other languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from etl.checks.personal import words

ARABIC = re.compile("[\u0621-\u064a]+")
MARKS = re.compile("[\u064b-\u065f\u0640\u0670]")
ON = "على"  # the word for "on", which is Ali but for a letter
SAME = str.maketrans("أإآٱىة", "اااايه")  # letters that people write for each other
FROM = re.compile("ال[\u0621-\u064a]{4,}ي")
TENANT = re.compile("(?:المستأجرة?|الساكنة?) ?: ?[\u0621-\u064a]+ [\u0621-\u064a]+")
HAN = re.compile("(?<![\u3400-\u9fff])[\u3400-\u9fff]{2,4}(?![\u3400-\u9fff])")
SLAVIC = re.compile("\\b[А-ЯЇІЄҐ][а-яїієґ'ё]+ (?:[А-ЯЇІЄҐ][а-яїієґ'ё]+ )?[А-ЯЇІЄҐ][а-яїієґ'ё]*"
                    "(?:ов|ев|ова|ева|єв|ович|івна|ївна|овна|енко|єнко|чук|ський|ська)\\b")
POLITE = re.compile("([\u3400-\u9fff]{1,3})(?:先生|女士|小姐|太太)|(?:我叫|名叫|姓名[:：]?)([\u3400-\u9fff]{2,4})")
# Letters of languages in which we publish nothing: there a cell of a few words and nothing else is a name.
OTHERS = re.compile(r"[\u0590-\u05ff\u0530-\u058f\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u10a0-\u10ff"
                    r"\u1200-\u137f\uac00-\ud7a3\u200c\u200d'’.-]+")
SECOND = re.compile(r"[,(;:|/–-]")  # where the first part of a cell ends
LATIN = re.compile(r"[!-~\u00c0-\u024f]+")  # between words of ours a few of theirs are a name
PAIR = 2
FEW = range(2, 4)


def in_other_scripts(text: str) -> Iterator[str]:
    """Names in Arabic, Chinese and other letters."""
    yield from (match[0] for match in SLAVIC.finditer(text))
    yield from in_arabic(text)
    yield from in_chinese(text)
    for part in (SECOND.split(text)[0], *LATIN.split(text)):
        said = part.split()
        if len(said) in FEW and all(OTHERS.fullmatch(word) and any(map(letter, word)) for word in said):
            yield " ".join(said)


def letter(sign: str) -> bool:
    """Whether a sign is a letter of other languages, no mark of ours."""
    return not sign.isascii() and unicodedata.category(sign)[0] in "LM"


def in_arabic(text: str) -> Iterator[str]:
    """A title and a word, or a given name and what follows given names."""
    said = [word.translate(SAME) for word in ARABIC.findall(MARKS.sub("", text)) if word != ON]
    for one, two in pairwise(said):
        if one in words("scripts", "arabic_titles") or (known_arabic(one) and known_arabic(two)):
            yield f"{one} {two}"
    first = ARABIC.findall(re.split(r"[،,(:–-]", MARKS.sub("", text))[0])
    if len(first) == PAIR and known_arabic(said[0]) and FROM.fullmatch(said[1]):
        yield " ".join(first)  # a given name, and where the family is from
    yield from (match[0] for match in TENANT.finditer(text))


def known_arabic(word: str) -> bool:
    """Whether a word is a given name in Arabic letters, or one of the words that names are made of."""
    return word in words("scripts", "arabic")


def in_chinese(text: str) -> Iterator[str]:
    """A surname and one or two signs that stand alone, or a surname before what polite people say."""
    for match in (*HAN.finditer(text), *POLITE.finditer(text)):
        name = (match[1] or match[2]) if match.re is POLITE else match[0]
        surname = name[:2] in words("scripts", "chinese_double") or name[0] in words("scripts", "chinese")
        if surname and not set(name[1:]) & words("scripts", "chinese_words"):
            yield name
