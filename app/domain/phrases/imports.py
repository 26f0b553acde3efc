"""Sentences of imports."""

PHRASES: dict[str, tuple[str, str]] = {}
