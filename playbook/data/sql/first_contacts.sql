-- How long leads made between two days waited for their first contact, by week or month, and all together where there is no
-- `period`: how many there are, how many have a first contact, how many of these a wait that is known, and the fewest
-- seconds that half of the known waits do not exceed. A contact before its lead is no known wait.
WITH waited AS (
    SELECT
        CAST(DATE_TRUNC($grain, created_day) AS DATE) AS period,
        CASE WHEN waited_seconds >= 0 THEN waited_seconds ELSE NULL END AS seconds,
        CASE WHEN first_contact_at IS NULL THEN 0 ELSE 1 END AS contacts
    FROM leads
    WHERE created_day >= CAST($since AS DATE) AND created_day <= CAST($until AS DATE)
),
alike AS (
    SELECT period, seconds, SUM(contacts) AS contacts, COUNT(*) AS leads, COUNT(seconds) AS answers
    FROM waited
    GROUP BY period, seconds
    UNION ALL
    SELECT CAST(NULL AS DATE) AS period, seconds, SUM(contacts) AS contacts, COUNT(*) AS leads, COUNT(seconds) AS answers
    FROM waited
    GROUP BY seconds
),
placed AS (
    SELECT
        period, seconds, contacts, leads, answers,
        SUM(answers) OVER (
            PARTITION BY period ORDER BY COALESCE(seconds, -1) ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS so_far,
        SUM(answers) OVER (PARTITION BY period) AS known
    FROM alike
)
SELECT
    period AS period,
    SUM(leads) AS leads,
    SUM(contacts) AS contacted,
    SUM(answers) AS answered,
    MIN(CASE WHEN answers > 0 AND 2 * so_far >= known THEN seconds ELSE NULL END) AS median_seconds
FROM placed
GROUP BY period
ORDER BY period
