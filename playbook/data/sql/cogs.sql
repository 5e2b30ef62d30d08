-- What the items of paid orders cost us, and what those of them cost that stayed with clients: only orders all of whose items
-- have a cost are summed. By the week or month of the order.
SELECT
    CAST(DATE_TRUNC($grain, day) AS DATE) AS period,
    COUNT(*) AS orders,
    COUNT(goods) AS costed_orders,
    SUM(units) AS units,
    SUM(costed_units) AS costed_units,
    SUM(goods) AS cost,
    SUM(goods * stayed) AS stayed_cost,
    SUM(CASE WHEN goods IS NULL THEN 0 ELSE revenue - refund END) AS revenue_net,
    MIN(low_currency) AS low_currency,
    MAX(high_currency) AS high_currency
FROM sold
WHERE pieces > 0 AND day >= CAST($since AS DATE) AND day <= CAST($until AS DATE)
GROUP BY DATE_TRUNC($grain, day)
ORDER BY period
