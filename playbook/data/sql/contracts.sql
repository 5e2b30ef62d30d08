-- Customers by the month of their first paid order and the months from it to their last one: how many there are, and in how
-- many months they have paid together. Months are numbered: twelve times the year and the month.
WITH months AS (
    SELECT DISTINCT
        customer,
        12 * CAST(EXTRACT(YEAR FROM day) AS INTEGER) + CAST(EXTRACT(MONTH FROM day) AS INTEGER) AS month
    FROM sold
    WHERE customer IS NOT NULL AND day >= CAST($since AS DATE) AND day <= CAST($until AS DATE)
),
lives AS (
    SELECT customer, MIN(month) AS cohort, MAX(month) AS latest, COUNT(*) AS paid FROM months GROUP BY customer
)
SELECT
    cohort AS cohort,
    latest - cohort AS age,
    COUNT(*) AS clients,
    SUM(paid) AS paid
FROM lives
GROUP BY cohort, latest - cohort
ORDER BY cohort, age
