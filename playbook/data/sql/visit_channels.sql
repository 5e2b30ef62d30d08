-- Visits between two days by week or month, the channel they came by and the campaign that their UTM mark names.
SELECT
    CAST(DATE_TRUNC($grain, visited_day) AS DATE) AS period,
    LOWER(TRIM(COALESCE(channel, utm_source))) AS channel,
    LOWER(TRIM(utm_campaign)) AS campaign,
    MIN(visited_day) AS first_day,
    MAX(visited_day) AS last_day,
    SUM(COALESCE(visits, 1)) AS visits
FROM touches
WHERE visited_day >= CAST($since AS DATE) AND visited_day <= CAST($until AS DATE)
GROUP BY DATE_TRUNC($grain, visited_day), LOWER(TRIM(COALESCE(channel, utm_source))), LOWER(TRIM(utm_campaign))
ORDER BY period, channel, campaign
