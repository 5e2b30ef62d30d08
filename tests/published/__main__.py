"""Print the table of published values with its count; `--write` puts it into README.md beside."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tests.published import plans_and_clients, tests_and_splits
from tests.published.case import SOURCES, Value

README = Path(__file__).with_name("README.md")
ALL: tuple[Value, ...] = (*tests_and_splits.values(), *plans_and_clients.values())


def table() -> str:
    """Every value with its source, question by question."""
    used = Counter(value.source for value in ALL)
    questions, most = len({value.question for value in ALL}), max(used.values())
    lines = (
        "# Published values",
        "",
        f"{len(ALL)} values from {len(used)} sources, at most {most} from one, over {questions} questions.",
        "Each is computed by the product in `test_published.py`; `python -m tests.published` prints this table.",
        "",
        "| question | what | published | source |",
        "|---|---|---|---|",
        *(_line(value) for value in sorted(ALL, key=lambda value: value.question)),
        "",
    )
    return "\n".join(lines)


def _line(value: Value) -> str:
    return f"| `{value.question}` | {value.says} | {value.told} | {SOURCES[value.source]} |"


if __name__ == "__main__":
    if "--write" in sys.argv:
        README.write_text(table(), encoding="utf-8")
    sys.stdout.write(table())
