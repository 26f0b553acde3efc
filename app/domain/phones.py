"""Telephone numbers: however they are written, the digits are what is kept and searched."""

import re

_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("－"): "-", ord("＋"): "+"}
_EXTENSION = re.compile(r"转|分机|ext|x|#")
_COUNTRY = re.compile(r"^(?:\+|00)86|^86(?=\d{10})")
_KEPT = re.compile(r"[^\d+]")
_DIALLED_ALIKE = re.compile(r"0\d*|1\d{10}|[48]00\d{7}|\d{0,8}")
"""Numbers that are written with the country code as without it: any other has lost the 0 of its area code to it."""
_LANDLINE = re.compile(r"0(?:10|2\d)\d{8}|0[3-9]\d{9,10}")
_LOCAL = re.compile(r"[2-9]\d{6,7}")
_DASHED = re.compile(r"(?P<number>.{7,30}?)\s*-\s*(?P<extension>\d{1,5})")
_WRITTEN = re.compile(r"(?:tel:)?[\d\s+\-()（）/.]+(?:(?:转|分机|ext|x|#)[\s.:：号]{0,3}\d+)*")


def phone_digits(text: str) -> str:
    """The digits of a number as written: no spaces, dashes, brackets or +86 (``(0571) 8800-1234`` → ``057188001234``).

    An extension (``转``, ``ext``, ``#``, or after a dash: ``0571-88001234-802``) is cut off. Returns ``""`` when there
    is no digit.
    """
    written = _EXTENSION.split(_plain(text), maxsplit=1)[0].strip()
    dashed = _DASHED.fullmatch(written)
    if dashed and (_LANDLINE.fullmatch(_digits(dashed["number"])) or _LOCAL.fullmatch(dashed["number"])):
        written = dashed["number"]
    return _digits(written)


def _plain(text: str) -> str:
    return text.translate(_FULL_WIDTH).lower()


def _digits(written: str) -> str:
    kept = _KEPT.sub("", written)
    digits, codes = _COUNTRY.subn("", kept)
    digits = digits.replace("+", "")
    return f"0{digits}" if codes and not _DIALLED_ALIKE.fullmatch(digits) else digits


def looks_like_phone(text: str) -> bool:
    """Whether ``text`` was meant as a telephone number: at least four digits and nothing a name would have."""
    return bool(_WRITTEN.fullmatch(_plain(text).strip())) and len(phone_digits(text)) >= 4


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
