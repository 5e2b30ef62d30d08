-- Paid orders between two days by customer segment and by channel (`cut`): what they brought, what was given back, and what
-- the goods that stayed with clients cost. `uncosted` is the revenue, after refunds, of orders without a known cost. A
-- channel is the advertising campaign or the source of the lead that became the order, else of the visit that carries the
-- order's number.
WITH now AS (
    SELECT * FROM named_sales WHERE day >= CAST($since AS DATE) AND day <= CAST($until AS DATE)
),
named AS (
    SELECT
        'segment' AS cut,
        now.segment AS name,
        now.customer, now.revenue, now.refund, now.cost, now.low_currency, now.high_currency
    FROM now
    UNION ALL
    SELECT
        'channel' AS cut,
        now.channel AS name,
        now.customer, now.revenue, now.refund, now.cost, now.low_currency, now.high_currency
    FROM now
)
SELECT
    cut AS cut,
    MIN(TRIM(name)) AS name,
    COUNT(*) AS orders,
    COUNT(DISTINCT customer) AS clients,
    SUM(revenue) AS revenue,
    SUM(refund) AS refund,
    COUNT(cost) AS with_cost,
    SUM(cost) AS cost,
    SUM(CASE WHEN cost IS NULL THEN revenue - refund ELSE 0 END) AS uncosted,
    MIN(low_currency) AS low_currency,
    MAX(high_currency) AS high_currency
FROM named
GROUP BY cut, LOWER(TRIM(name))
ORDER BY cut, revenue DESC, name
