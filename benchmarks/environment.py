"""An environment of the peers' own: what is measured beside the playbook is never installed into it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def environment(place: Path | None, name: str, packages: Sequence[str]) -> Path:
    """The Python of an environment with these packages from PyPI, made on the first call in the user's cache."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = place or cache / "marketing-playbook" / name
    python = place / "bin" / "python"
    if not python.exists():
        print(f"installing {', '.join(packages)} into {place}", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    return python
