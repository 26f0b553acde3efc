"""Telephone numbers: however they are written, the digits are what is kept and searched."""

import re

_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}
_COUNTRY = re.compile(r"^(?:\+|00)86|^86(?=1\d{10}$)")
_KEPT = re.compile(r"[^\d+]")


def phone_digits(text: str) -> str:
    """The digits of a number as written: no spaces, dashes, brackets or +86 (``(0571) 8800-1234`` → ``057188001234``).

    An extension (``转``, ``ext``, ``#``) is cut off. Returns ``""`` when there is no digit.
    """
    plain = re.split(r"转|ext|x|#", text.translate(_FULL_WIDTH).lower(), maxsplit=1)[0]
    return _COUNTRY.sub("", _KEPT.sub("", plain)).replace("+", "")


def looks_like_phone(text: str) -> bool:
    """Whether ``text`` was meant as a telephone number: at least four digits and nothing a name would have."""
    return bool(re.fullmatch(r"[\d\s+\-()（）０-９/.转#]+", text.strip())) and len(phone_digits(text)) >= 4


def spaced_phone(digits: str) -> str:
    """Digits as people read them: ``138 0013 2046``, ``0571 8800 1234``."""
    if len(digits) == 11 and digits.startswith("1"):
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    if digits.startswith("0") and len(digits) >= 10:
        area = 3 if digits[1] in "12" else 4
        rest = digits[area:]
        return f"{digits[:area]} {rest[:-4]} {rest[-4:]}"
    return digits


def masked_phone(digits: str) -> str:
    """The number with its middle hidden: ``138 **** 2046``."""
    if len(digits) == 11 and digits.startswith("1"):
        return f"{digits[:3]} **** {digits[7:]}"
    return f"{'*' * max(0, len(digits) - 4)}{digits[-4:]}"
