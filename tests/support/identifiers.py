"""Fiscal codes and IBANs that hold, computed apart from the program's own way."""

from __future__ import annotations

# Values of even and odd places, from the decree, written apart from the program's own table.
ODD = "1,0,5,7,9,13,15,17,19,21,2,4,18,20,11,3,6,8,12,14,16,10,22,25,24,23".split(",")


def check_letter(first: str) -> str:
    """The last letter of a fiscal code, computed in the other way: letter by letter of the alphabet."""
    total = 0
    for place, sign in enumerate(first, 1):
        number = int(sign) if sign.isdigit() else ord(sign) - ord("A")
        total += int(ODD[number]) if place % 2 else number
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[total % 26]


def iban(bban: str, country: str = "IT") -> str:
    digits = "".join(str(int(sign, 36)) for sign in f"{bban}{country}00")
    return f"{country}{98 - int(digits) % 97:02}{bban}"
