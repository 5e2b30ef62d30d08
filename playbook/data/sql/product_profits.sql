-- Paid orders between two days by product group: what they brought, what was given back, and what the goods that stayed with
-- clients cost. `uncosted` is the revenue, after refunds, of orders without a known cost. An order of several products is
-- dealt out by the value of its lines; one whose lines have no value has no name.
WITH now AS (
    SELECT * FROM sold WHERE day >= CAST($since AS DATE) AND day <= CAST($until AS DATE)
),
named AS (
    SELECT
        priced_items.name AS name,
        now.customer,
        now.revenue * CASE WHEN now.pieces = 1 THEN 1 ELSE priced_items.value / NULLIF(now.value, 0) END AS revenue,
        now.refund * CASE WHEN now.pieces = 1 THEN 1 ELSE priced_items.value / NULLIF(now.value, 0) END AS refund,
        COALESCE(priced_items.cost * now.stayed, CASE WHEN now.pieces = 1 THEN now.own_cost END) AS cost,
        priced_items.currency AS low_currency,
        priced_items.currency AS high_currency
    FROM now
    JOIN priced_items ON priced_items.system = now.system AND priced_items.order_id = now.id
    WHERE now.pieces = 1 OR (now.pieces = now.valued AND now.value > 0)
    UNION ALL
    SELECT
        NULL AS name,
        now.customer, now.revenue, now.refund, now.cost, now.low_currency, now.high_currency
    FROM now
    WHERE now.pieces = 0 OR (now.pieces > 1 AND (now.pieces > now.valued OR now.value <= 0))
)
SELECT
    MIN(TRIM(name)) AS name,
    COUNT(DISTINCT customer) AS clients,
    SUM(revenue) AS revenue,
    SUM(refund) AS refund,
    COUNT(cost) AS with_cost,
    SUM(cost) AS cost,
    SUM(CASE WHEN cost IS NULL THEN revenue - refund ELSE 0 END) AS uncosted,
    MIN(low_currency) AS low_currency,
    MAX(high_currency) AS high_currency
FROM named
GROUP BY LOWER(TRIM(name))
ORDER BY revenue DESC, name
