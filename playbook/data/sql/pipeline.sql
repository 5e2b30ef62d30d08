-- Deals made by a day, by the week or month in which they were made and the one in which they were won or lost, which is NULL
-- while they are open and for those over later; how many have an amount, and what it is. Deals that are over and do not say
-- since when were open on no day that is known. An amount of 0 is no amount.
WITH asked AS (
    SELECT
        CAST(DATE_TRUNC($grain, created_day) AS DATE) AS period,
        CASE
            WHEN stage IN ('won', 'lost') AND closed_day <= CAST($until AS DATE)
                THEN CAST(DATE_TRUNC($grain, closed_day) AS DATE)
            ELSE NULL
        END AS closed,
        system AS system,
        CASE WHEN deal_amount > 0 THEN currency ELSE NULL END AS currency,
        CASE WHEN deal_amount > 0 THEN 1 ELSE 0 END AS with_amount,
        CASE WHEN deal_amount > 0 THEN deal_amount ELSE 0 END AS amount,
        created_day AS created_day,
        closed_day AS closed_day
    FROM leads
    WHERE created_day <= CAST($until AS DATE) AND (stage = 'open' OR closed_day IS NOT NULL)
)
SELECT
    period AS period,
    closed AS closed,
    system AS system,
    currency AS currency,
    COUNT(*) AS deals,
    SUM(with_amount) AS with_amount,
    SUM(amount) AS amount,
    MIN(created_day) AS first_day,
    MAX(GREATEST(created_day, COALESCE(closed_day, created_day))) AS last_day
FROM asked
GROUP BY period, closed, system, currency
ORDER BY system, period, closed, currency
