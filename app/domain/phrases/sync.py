"""Sentences of sync."""

PHRASES: dict[str, tuple[str, str]] = {}
