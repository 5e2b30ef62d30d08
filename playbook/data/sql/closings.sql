-- Leads won or lost between two days, by the week or month of that day and system, whenever they were made.
SELECT
    CAST(DATE_TRUNC($grain, closed_day) AS DATE) AS period,
    system AS system,
    COUNT(*) AS rows_read,
    MIN(closed_day) AS first_day,
    MAX(closed_day) AS last_day,
    SUM(CASE WHEN stage = 'won' THEN 1 ELSE 0 END) AS won
FROM leads
WHERE stage IN ('won', 'lost') AND closed_day >= CAST($since AS DATE) AND closed_day <= CAST($until AS DATE)
GROUP BY DATE_TRUNC($grain, closed_day), system
ORDER BY system, period
