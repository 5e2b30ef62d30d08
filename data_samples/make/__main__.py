"""Write the exports of every firm, or of those named, into their folders."""

import sys
from importlib import import_module
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1]


def firms() -> list[str]:
    """The firms that have a module here and a folder beside it."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if (SAMPLES / path.stem).is_dir())


for firm in sys.argv[1:] or firms():
    import_module(f"data_samples.make.{firm}").make(SAMPLES / firm)
    print(firm)
