# /// script
# requires-python = ">=3.11"
# ///
"""Step 3 in plain marimo: the same fields, figures and chart; nothing saved, nothing explained.

With `-- --frames pandas` its chart is drawn from pandas frames.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="full")


@app.cell
def setup():
    import math

    import altair as alt
    import marimo as mo

    def framed(rows):
        if mo.cli_args().get("frames") != "pandas":
            return alt.Data(values=rows)
        import pandas as pd

        return pd.DataFrame(rows)

    return alt, framed, math, mo


@app.cell
def opening(mo):
    mo.md("""
    # How much can you pay for one new client?

    A client who costs more than they bring back in the time you can wait makes every sale a loss.
    """)
    return


@app.cell
def acquisition(mo):
    cac = mo.ui.number(0, 1e9, step=0.01, value=36.86, label="What a new client costs now, $")
    lead_to_sale = mo.ui.number(0, 100, step=0.1, value=36, label="A lead becomes a payment, %")
    visit_to_lead = mo.ui.number(0, 100, step=0.1, value=5.5, label="A visit becomes a lead, %")
    months = mo.ui.number(1, 36, step=1, value=3, label="Months you can wait for the money")
    mo.vstack([mo.md("### Acquisition"), cac, lead_to_sale, visit_to_lead, months])
    return cac, lead_to_sale, months, visit_to_lead


@app.cell
def client(mo):
    purchases = mo.ui.number(0, 100, step=0.1, value=1, label="Purchases a month")
    retention = mo.ui.number(0, 100, step=0.1, value=20, label="Clients who stay for the next month, %")
    first_margin = mo.ui.radio(
        ["with the purchase", "only after the first renewal"], value="with the purchase", label="The first margin comes"
    )
    mo.vstack([mo.md("### One client"), purchases, retention, first_margin])
    return first_margin, purchases, retention


@app.cell
def purchase(mo):
    price = mo.ui.number(0, 1e9, step=0.01, value=139.73, label="Average order value, $")
    discount = mo.ui.number(0, 100, step=0.0001, value=3.9556, label="Discounts, %")
    refunds = mo.ui.number(0, 100, step=0.0001, value=6.4557, label="Refunds, %")
    returned = mo.ui.checkbox(value=True, label="Refunded goods come back and can be sold again")
    mo.vstack([mo.md("### One purchase"), price, discount, refunds, returned])
    return discount, price, refunds, returned


@app.cell
def costs(mo):
    cogs = mo.ui.number(0, 1e9, step=0.01, value=70.84, label="Goods or materials, $")
    logistics = mo.ui.number(0, 1e9, step=0.01, value=11, label="Delivery and packing, $")
    service = mo.ui.number(0, 1e9, step=0.01, value=4, label="Service and pay per purchase, $")
    commission = mo.ui.number(0, 100, step=0.1, value=2.9, label="Commissions, %")
    mo.vstack([cogs, logistics, service, commission])
    return cogs, commission, logistics, service


@app.cell
def contribution(cogs, commission, discount, logistics, price, purchases, refunds, returned, service):
    kept = price.value * (1 - discount.value / 100) * (1 - refunds.value / 100)
    goods = cogs.value * (1 - refunds.value / 100) if returned.value else cogs.value
    margin = (kept - goods - logistics.value - service.value - commission.value / 100 * kept) * purchases.value
    return (margin,)


@app.cell
def economics(cac, first_margin, margin, math, months, retention):
    stay = retention.value / 100
    late = stay if first_margin.value == "only after the first renewal" else 1

    def gathered(n):
        return late * (margin * n if stay == 1 else margin * (1 - stay**n) / (1 - stay))

    limit = gathered(months.value)
    lost = cac.value * (1 - stay) / (margin * late)
    payback = math.log(1 - lost) / math.log(stay) if 0 < stay < 1 and lost < 1 else math.inf
    return gathered, limit, payback


@app.cell
def verdict(cac, limit, mo, months):
    said = (
        f"**{'Do it' if cac.value < limit else 'Do not'}**: a client costs {cac.value:,.2f} USD, "
        f"below {limit:,.2f} USD is admissible. In {months.value} months a client brings {limit:,.2f} USD."
    )
    mo.callout(mo.md(said), kind="success" if cac.value < limit else "danger")
    return


@app.cell
def figures(lead_to_sale, limit, margin, mo, payback, visit_to_lead):
    lead = limit * lead_to_sale.value / 100
    mo.hstack(
        [
            mo.stat(f"${limit:,.2f}", label="Admissible CAC"),
            mo.stat(f"${lead:,.2f}", label="Top price of a lead"),
            mo.stat(f"${lead * visit_to_lead.value / 100:,.2f}", label="Top price of a visit"),
            mo.stat(f"${margin:,.2f}", label="Margin of a client a month"),
            mo.stat(f"{payback:.1f}", label="Pays back in, payments"),
        ]
    )
    return


@app.cell
def chart(alt, cac, framed, gathered):
    rows = [{"month": month, "margin": gathered(month)} for month in range(1, 7)]
    bars = alt.Chart(framed(rows)).mark_bar().encode(alt.X("month:O"), alt.Y("margin:Q"))
    rule = alt.Chart(framed([{"cac": cac.value}])).mark_rule(color="#c8601a").encode(y="cac:Q")
    alt.layer(bars, rule).properties(title="Margin gathered from one client, $", width=560, height=240)
    return


if __name__ == "__main__":
    app.run()
