-- Customers by the month of their first paid order and the months since: how many bought, and the gross profit they left,
-- over orders whose cost is known; `without_cost` counts the others. Months are numbered: twelve times the year and the month.
WITH bought AS (
    SELECT
        customer,
        12 * CAST(EXTRACT(YEAR FROM day) AS INTEGER) + CAST(EXTRACT(MONTH FROM day) AS INTEGER) AS month,
        revenue - refund - cost AS profit,
        CASE WHEN cost IS NULL THEN 1 ELSE 0 END AS without_cost,
        low_currency,
        high_currency
    FROM sold
    WHERE customer IS NOT NULL AND day >= CAST($since AS DATE) AND day <= CAST($until AS DATE)
),
firsts AS (
    SELECT customer, MIN(month) AS cohort FROM bought GROUP BY customer
)
SELECT
    firsts.cohort AS cohort,
    bought.month - firsts.cohort AS age,
    COUNT(DISTINCT bought.customer) AS clients,
    COUNT(*) AS orders,
    SUM(bought.profit) AS profit,
    SUM(bought.without_cost) AS without_cost,
    MIN(bought.low_currency) AS low_currency,
    MAX(bought.high_currency) AS high_currency
FROM bought
JOIN firsts ON firsts.customer = bought.customer
GROUP BY firsts.cohort, bought.month - firsts.cohort
ORDER BY cohort, age
