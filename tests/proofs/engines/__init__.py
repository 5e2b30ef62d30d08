"""The conformance run: every definition on every engine, every cell compared."""
