"""What the peers do with the same data, each in a process of the peers' own environment; nothing of ours is imported.

    python benchmarks/peers.py TASK INPUT OUTPUT

Printed is one JSON object: the seconds of the work without the imports, the peak of memory, and a sum to compare
with ours.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

MONEY = ["Сумма, руб.", "Себестоимость", "Возврат"]
DAY = "Дата оплаты"


def import_pandas(file: str, out: str) -> None:
    """The C reader, and what it cannot do by itself (thousands parted by a no-break space) as pandas does it."""
    import pandas as pd

    began = time.perf_counter()
    frame = pd.read_csv(file, sep=";", encoding="cp1251", dtype=dict.fromkeys(MONEY, str))
    for name in MONEY:
        plain = frame[name].str.replace("\u00a0", "", regex=False).str.replace(",", ".", regex=False)
        frame[name] = pd.to_numeric(plain)
    frame[DAY] = pd.to_datetime(frame[DAY], format="%d.%m.%Y %H:%M")
    frame.to_parquet(out)
    told(time.perf_counter() - began, float(frame[MONEY[0]].sum()))


def import_polars(file: str, out: str) -> None:
    """Streamed from a UTF-8 copy: Polars reads no cp1251."""
    import polars as pl

    began = time.perf_counter()
    money = [
        pl.col(name)
        .str.replace_all("\u00a0", "", literal=True)
        .str.replace(",", ".", literal=True)
        .cast(pl.Decimal(18, 4))
        for name in MONEY
    ]
    rows = pl.scan_csv(file, separator=";", infer_schema=False)
    rows.with_columns(*money, pl.col(DAY).str.to_datetime("%d.%m.%Y %H:%M")).sink_parquet(out)
    seconds = time.perf_counter() - began
    summed = pl.scan_parquet(out).select(pl.col(MONEY[0]).sum()).collect().item()
    told(seconds, float(summed))


def attribution_channelattribution(file: str, _out: str) -> None:
    """First, last, linear and Markov, the paths made by Polars from the table of touches."""
    import ChannelAttribution
    import polars as pl

    began = time.perf_counter()
    sold = pl.col("order_id").is_not_null()
    ordered = pl.scan_parquet(file).select("visitor", "visited_at", "channel", sold.cast(pl.Int64).alias("sold"))
    journey = (pl.col("sold").cum_sum() - pl.col("sold")).over("visitor").alias("journey")
    paths = (
        ordered.sort("visitor", "visited_at")
        .with_columns(journey)
        .group_by("visitor", "journey", maintain_order=True)
        .agg(pl.col("channel").str.join(" > ").alias("path"), pl.col("sold").max())
        .group_by("path")
        .agg(pl.col("sold").sum().alias("conversions"), (pl.len() - pl.col("sold").sum()).alias("nulls"))
        .collect()
        .to_pandas()
    )
    ChannelAttribution.heuristic_models(paths, "path", "conversions")
    ChannelAttribution.markov_model(paths, "path", "conversions", var_null="nulls")
    told(time.perf_counter() - began, float(paths["conversions"].sum()))


def attribution_mam(file: str, _out: str) -> None:
    """All seven models of `marketing_attribution_models`, the package of `mam`, from the same table."""
    import polars as pl
    from mam import MAM

    began = time.perf_counter()
    sold = pl.col("order_id").is_not_null().alias("sold")
    touches = pl.scan_parquet(file).select("visitor", "visited_at", "channel", sold).collect()
    models = MAM(
        touches,
        format_type="format_1",
        channels_colname="channel",
        journey_with_conv_colname="sold",
        datetime_colname="visited_at",
        user_id_colname="visitor",
        create_journey_id_based_on_conversion=True,
    )
    for model in ("first_click", "last_click", "linear", "position_based", "time_decay", "markov", "shapley"):
        getattr(models, f"run_{model}")()
    told(time.perf_counter() - began, float(touches["sold"].sum()))


def cohorts_polars(file: str, _out: str) -> None:
    """Clients, orders and what they left by month of first order and months since, streamed."""
    import polars as pl

    began = time.perf_counter()
    month = (12 * pl.col("paid_day").dt.year().cast(pl.Int32) + pl.col("paid_day").dt.month()).alias("month")
    left = (pl.col("revenue").cast(pl.Float64) - pl.col("direct_costs").cast(pl.Float64)).alias("profit")
    bought = pl.scan_parquet(file).filter(pl.col("stage") == "paid").select("customer", month, left)
    firsts = bought.group_by("customer").agg(pl.col("month").min().alias("cohort"))
    age = (pl.col("month") - pl.col("cohort")).alias("age")
    found = (
        bought.join(firsts, on="customer")
        .group_by("cohort", age)
        .agg(pl.col("customer").n_unique().alias("clients"), pl.len().alias("orders"), pl.col("profit").sum())
        .collect(engine="streaming")
    )
    told(time.perf_counter() - began, float(found["clients"].sum()))


def told(seconds: float, sum_of: float) -> None:
    """Print what came of it, and the most memory that the process ever held."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))  # rusage tells the parent's too
    print(json.dumps({"seconds": seconds, "megabytes": peak / 1024, "sum": sum_of}))


TASKS: dict[str, Callable[[str, str], None]] = {
    "import pandas": import_pandas,
    "import polars": import_polars,
    "attribution channelattribution": attribution_channelattribution,
    "attribution mam": attribution_mam,
    "cohorts polars": cohorts_polars,
}

if __name__ == "__main__":
    TASKS[sys.argv[1]](*sys.argv[2:4])
