"""Sentences of timeline."""

PHRASES: dict[str, tuple[str, str]] = {}
