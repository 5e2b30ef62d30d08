-- Visits between two days, by week or month and system. A row is one visit, or as many as it says.
SELECT
    CAST(DATE_TRUNC($grain, visited_day) AS DATE) AS period,
    system AS system,
    COUNT(*) AS rows_read,
    MIN(visited_day) AS first_day,
    MAX(visited_day) AS last_day,
    SUM(COALESCE(visits, 1)) AS visits
FROM touches
WHERE visited_day >= CAST($since AS DATE) AND visited_day <= CAST($until AS DATE)
GROUP BY DATE_TRUNC($grain, visited_day), system
ORDER BY system, period
