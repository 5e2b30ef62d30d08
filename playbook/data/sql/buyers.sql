-- Every customer with the days of their purchases, the first and the last of them, what they paid after refunds, and the
-- number of the last order.
WITH bought AS (
    SELECT
        customer,
        day,
        id,
        revenue - refund AS paid,
        ROW_NUMBER() OVER (PARTITION BY customer ORDER BY day DESC, id DESC) AS place
    FROM sold
    WHERE customer IS NOT NULL AND day >= CAST($since AS DATE) AND day <= CAST($until AS DATE)
)
SELECT
    customer AS customer,
    COUNT(DISTINCT day) AS purchases,
    DATE_DIFF('day', MIN(day), MAX(day)) AS span,
    DATE_DIFF('day', MAX(day), CAST($until AS DATE)) AS silent,
    SUM(paid) AS paid,
    MAX(CASE WHEN place = 1 THEN id END) AS last_order
FROM bought
GROUP BY customer
ORDER BY silent, customer
