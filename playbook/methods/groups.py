"""The four counts of a test of two groups, by the names they have in every room; light for whoever loads no numbers."""

from __future__ import annotations

COUNTS = ("control_people", "control_wins", "variant_people", "variant_wins")
"""How many were in each group, and how many of them succeeded."""
