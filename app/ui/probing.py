"""What a test of the connection found, and how it is said."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication


class Probed(NamedTuple):
    """A server that answered."""

    company: str
    milliseconds: int
    is_same_version: bool


def probed_words(probed: Probed) -> str:
    """Who answered, how fast, and whether the versions agree."""
    words = (
        QCoreApplication.translate("Probed", "{company} answered in {ms} ms, the versions agree.")
        if probed.is_same_version
        else QCoreApplication.translate(
            "Probed", "{company} answered in {ms} ms, but is of another version: update this program."
        )
    )
    return words.format(company=probed.company, ms=probed.milliseconds)
