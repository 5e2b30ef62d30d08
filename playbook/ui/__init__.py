"""Faces of a question: the marimo pages."""
