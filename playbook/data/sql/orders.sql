-- Orders between two days, by week or month, system and currency. An order's day is the local day it was made on.
-- Sums are over paid orders; revenue is before refunds and after discounts.
-- Won deals are orders only where no shop and no payments are imported: else one sale would count twice.
WITH sales AS (
    SELECT * FROM orders WHERE basis = 'sale' OR (SELECT COUNT(*) FROM orders WHERE basis = 'sale') = 0
),
dated AS (
    SELECT *, COALESCE(created_day, paid_day) AS day
    FROM sales
)
SELECT
    CAST(DATE_TRUNC($grain, day) AS DATE) AS period,
    system AS system,
    currency AS currency,
    COUNT(*) AS rows_read,
    MIN(day) AS first_day,
    MAX(day) AS last_day,
    SUM(CASE WHEN stage = 'paid' THEN 1 ELSE 0 END) AS paid_orders,
    SUM(CASE WHEN stage = 'paid' AND customer IS NOT NULL THEN 1 ELSE 0 END) AS known_customer,
    SUM(CASE WHEN stage = 'paid' THEN revenue ELSE 0 END) AS revenue,
    SUM(CASE WHEN stage = 'paid' THEN COALESCE(refund, 0) ELSE 0 END) AS refund,
    COUNT(refund) AS rows_with_refund,
    SUM(CASE WHEN stage = 'paid' THEN COALESCE(discount, 0) ELSE 0 END) AS discount,
    COUNT(discount) AS rows_with_discount,
    SUM(CASE WHEN stage = 'paid' THEN direct_costs ELSE NULL END) AS direct_costs,
    SUM(CASE WHEN stage = 'paid' AND direct_costs IS NOT NULL THEN 1 ELSE 0 END) AS rows_with_costs,
    SUM(CASE WHEN stage = 'paid' AND direct_costs IS NOT NULL THEN revenue - COALESCE(refund, 0) ELSE 0 END)
        AS revenue_net_with_costs
FROM dated
WHERE day >= CAST($since AS DATE) AND day <= CAST($until AS DATE)
GROUP BY DATE_TRUNC($grain, day), system, currency
ORDER BY system, currency, period
