"""Sentences of notices."""

PHRASES: dict[str, tuple[str, str]] = {}
