"""`python -m playbook`, and the command of the wheel."""

from __future__ import annotations

import gc

BETWEEN = 50_000
"""New objects between two searches for cycles: imports leave none, and Python looks for them every 700."""


def main() -> None:
    """Run a command."""
    gc.set_threshold(BETWEEN)
    from playbook.cli import main as run

    run()


if __name__ == "__main__":
    main()
