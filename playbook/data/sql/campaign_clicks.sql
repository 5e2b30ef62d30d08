-- Clicks on advertising between two days by week and campaign; a total for a period stands in the week it begins in.
SELECT
    CAST(DATE_TRUNC('week', day) AS DATE) AS week,
    LOWER(TRIM(campaign)) AS campaign,
    MIN(day) AS first_day,
    MAX(until) AS last_day,
    SUM(clicks) AS clicks
FROM spend
WHERE until >= CAST($since AS DATE) AND day <= CAST($until AS DATE)
GROUP BY DATE_TRUNC('week', day), LOWER(TRIM(campaign))
ORDER BY week, campaign
