-- Campaigns that leads or visits of these days name in their UTM mark.
SELECT LOWER(TRIM(utm_campaign)) AS campaign
FROM leads
WHERE utm_campaign IS NOT NULL AND created_day >= CAST($since AS DATE) AND created_day <= CAST($until AS DATE)
UNION
SELECT LOWER(TRIM(utm_campaign)) AS campaign
FROM touches
WHERE utm_campaign IS NOT NULL AND visited_day >= CAST($since AS DATE) AND visited_day <= CAST($until AS DATE)
ORDER BY campaign
