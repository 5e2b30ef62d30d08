-- Paid orders with what the goods that stayed with clients cost: those of the items where all of an order's items have a
-- cost, else the order's own; NULL where nobody knows. Won deals are orders only where no shop and no payments are imported.
WITH baskets AS (
    SELECT
        system,
        order_id,
        COUNT(*) AS pieces,
        COUNT(cost) AS costed,
        COUNT(value) AS valued,
        SUM(COALESCE(quantity, 1)) AS units,
        SUM(CASE WHEN cost IS NULL THEN 0 ELSE COALESCE(quantity, 1) END) AS costed_units,
        SUM(value) AS value,
        SUM(cost) AS cost,
        MIN(currency) AS low_currency,
        MAX(currency) AS high_currency
    FROM priced_items
    GROUP BY system, order_id
),
paid AS (
    SELECT
        *,
        COALESCE(created_day, paid_day) AS day,
        CASE
            WHEN revenue > 0 AND refund > 0
                THEN GREATEST(1 - CAST(refund AS DOUBLE) / CAST(NULLIF(revenue, 0) AS DOUBLE), 0)
            ELSE 1
        END AS stayed
    FROM orders
    WHERE stage = 'paid' AND (basis = 'sale' OR (SELECT COUNT(*) FROM orders WHERE basis = 'sale') = 0)
)
SELECT
    paid.system AS system,
    paid.id AS id,
    paid.day AS day,
    paid.lead_id AS lead_id,
    paid.customer AS customer,
    paid.segment AS segment,
    CAST(paid.revenue AS DOUBLE) AS revenue,
    CAST(COALESCE(paid.refund, 0) AS DOUBLE) AS refund,
    paid.stayed AS stayed,
    CAST(paid.direct_costs AS DOUBLE) AS own_cost,
    CASE WHEN baskets.pieces = baskets.costed THEN baskets.cost END AS goods,
    CASE
        WHEN baskets.pieces = baskets.costed THEN baskets.cost * paid.stayed ELSE CAST(paid.direct_costs AS DOUBLE)
    END AS cost,
    CASE WHEN baskets.pieces = baskets.costed THEN baskets.low_currency END AS low_currency,
    CASE WHEN baskets.pieces = baskets.costed THEN baskets.high_currency END AS high_currency,
    COALESCE(baskets.pieces, 0) AS pieces,
    COALESCE(baskets.valued, 0) AS valued,
    baskets.units AS units,
    baskets.costed_units AS costed_units,
    baskets.value AS value
FROM paid
LEFT JOIN baskets ON baskets.system = paid.system AND baskets.order_id = paid.id
