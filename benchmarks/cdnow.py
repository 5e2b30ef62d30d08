"""One fit of BG/NBD in a process of its own, by lifetimes or by the playbook; a million customers by the playbook.

    python benchmarks/cdnow.py lifetimes ROWS.csv       in the environment of lifetimes; writes the customers there
    python -m benchmarks.cdnow playbook ROWS.csv
    python -m benchmarks.cdnow many 1000000

Printed is one JSON object. Seconds are the quickest of many fits, as what else the machine does only adds to them.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

FITS = 25


def lifetimes(place: str) -> None:
    """The fitter of lifetimes on the customers that the package carries."""
    import numpy as np
    from lifetimes import BetaGeoFitter
    from lifetimes.datasets import load_cdnow_summary

    rows = load_cdnow_summary(index_col=[0])
    rows.to_csv(place)
    seconds = _quickest(lambda: BetaGeoFitter(penalizer_coef=0.0).fit(rows["frequency"], rows["recency"], rows["T"]))
    found = BetaGeoFitter(penalizer_coef=0.0).fit(rows["frequency"], rows["recency"], rows["T"])
    columns = (rows[name].to_numpy(dtype=float) for name in ("frequency", "recency", "T"))
    mean = found._negative_log_likelihood(  # noqa: SLF001 - lifetimes tells it nowhere else
        np.log(found.params_.to_numpy()), *columns, np.ones(len(rows)), 0
    )
    _tell(seconds=seconds, likelihood=-float(mean) * len(rows), customers=len(rows))


def playbook(place: str) -> None:
    """The same customers by the playbook's own fit."""
    import numpy as np

    from playbook.methods.purchases import Clients, fit_pace

    with Path(place).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    x, recency, age = (np.array([float(row[name]) for row in rows]) for name in ("frequency", "recency", "T"))
    seconds = _quickest(lambda: fit_pace(Clients.of(x, recency, age)))
    found = fit_pace(Clients.of(x, recency, age))
    _tell(seconds=seconds, likelihood=found.log_likelihood, customers=len(rows))


def many(customers: str) -> None:
    """So many drawn customers, asked and solved as the question is."""
    from playbook.questions.repeat_purchases import RepeatPurchases
    from tests.methods.shoppers import drawn

    names = ("frequency", "recency", "age", "mean_value")
    columns = [column.tolist() for column in drawn(int(customers))]
    rows = [
        {name: value for name, value in zip(names, row, strict=True) if name != "mean_value" or row[0]}
        for row in zip([int(one) for one in columns[0]], *columns[1:], strict=True)
    ]
    began = time.perf_counter()
    RepeatPurchases.read({"customers": rows, "ahead": 39}).solve()
    _tell(seconds=time.perf_counter() - began, megabytes=_peak())


def _quickest(fit: Callable[[], object]) -> float:
    seconds = []
    for _ in range(FITS):
        began = time.perf_counter()
        fit()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def _peak() -> float:
    """The most memory that the process ever held, in MB."""
    text = Path("/proc/self/status").read_text("ascii")
    return int(text.split("VmHWM:")[1].split()[0]) / 1024


def _tell(**found: float) -> None:
    sys.stdout.write(json.dumps(found) + "\n")


TASKS = {"lifetimes": lifetimes, "playbook": playbook, "many": many}

if __name__ == "__main__":
    TASKS[sys.argv[1]](sys.argv[2])
