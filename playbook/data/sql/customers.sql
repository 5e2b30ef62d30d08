-- Customers by the week or month of their first paid order, refunded ones too (refunds are counted apart);
-- `new_customers` are those whose first order falls between two days.
-- `exposed_days` are the days from each customer's first order to the last day of the data.
WITH sales AS (
    SELECT * FROM orders WHERE basis = 'sale' OR (SELECT COUNT(*) FROM orders WHERE basis = 'sale') = 0
),
bought AS (
    SELECT customer, COALESCE(created_day, paid_day) AS day
    FROM sales
    WHERE stage = 'paid' AND customer IS NOT NULL
),
firsts AS (
    SELECT customer, MIN(day) AS first_day, COUNT(*) AS orders
    FROM bought
    GROUP BY customer
)
SELECT
    CAST(DATE_TRUNC($grain, first_day) AS DATE) AS period,
    COUNT(*) AS customers,
    SUM(orders) AS orders,
    SUM(CASE WHEN first_day >= CAST($since AS DATE) AND first_day <= CAST($until AS DATE) THEN 1 ELSE 0 END) AS new_customers,
    SUM(DATE_DIFF('day', first_day, CAST($until AS DATE))) AS exposed_days
FROM firsts
GROUP BY DATE_TRUNC($grain, first_day)
ORDER BY period
