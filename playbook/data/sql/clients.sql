-- Each customer's purchases after the first (days of one purchase), the days from the first to the last and to the last day
-- of the data, and the mean money of the later ones; refunded orders count as purchases.
WITH sales AS (
    SELECT * FROM orders WHERE basis = 'sale' OR (SELECT COUNT(*) FROM orders WHERE basis = 'sale') = 0
),
bought AS (
    SELECT customer, COALESCE(created_day, paid_day) AS day, SUM(revenue) AS paid
    FROM sales
    WHERE stage = 'paid' AND customer IS NOT NULL
    GROUP BY customer, COALESCE(created_day, paid_day)
),
firsts AS (
    SELECT customer, MIN(day) AS first_day, MAX(day) AS last_day, COUNT(*) AS days
    FROM bought
    GROUP BY customer
)
SELECT
    firsts.days - 1 AS repeats,
    DATE_DIFF('day', firsts.first_day, firsts.last_day) AS recency,
    DATE_DIFF('day', firsts.first_day, CAST($until AS DATE)) AS age,
    AVG(CASE WHEN bought.day > firsts.first_day THEN CAST(bought.paid AS DOUBLE) END) AS mean_paid
FROM firsts
INNER JOIN bought ON bought.customer = firsts.customer
GROUP BY firsts.customer, firsts.days, firsts.first_day, firsts.last_day
ORDER BY repeats DESC, recency DESC, age DESC, mean_paid DESC
