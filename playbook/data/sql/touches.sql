-- Visits between two days, by week and system. A row is one visit, or as many as it says.
SELECT
    CAST(DATE_TRUNC('week', visited_day) AS DATE) AS week,
    system AS system,
    COUNT(*) AS rows_read,
    MIN(visited_day) AS first_day,
    MAX(visited_day) AS last_day,
    SUM(COALESCE(visits, 1)) AS visits
FROM touches
WHERE visited_day >= CAST($since AS DATE) AND visited_day <= CAST($until AS DATE)
GROUP BY DATE_TRUNC('week', visited_day), system
ORDER BY system, week
