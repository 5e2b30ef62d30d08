-- Clicks on advertising between two days by week or month and campaign; a total for several stands in the first of them.
SELECT
    CAST(DATE_TRUNC($grain, day) AS DATE) AS period,
    LOWER(TRIM(campaign)) AS campaign,
    MIN(day) AS first_day,
    MAX(until) AS last_day,
    SUM(clicks) AS clicks
FROM spend
WHERE until >= CAST($since AS DATE) AND day <= CAST($until AS DATE)
GROUP BY DATE_TRUNC($grain, day), LOWER(TRIM(campaign))
ORDER BY period, campaign
