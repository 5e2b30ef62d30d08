-- Leads made between two days, by system.
SELECT
    system AS system,
    COUNT(*) AS leads,
    MIN(created_day) AS first_day,
    MAX(created_day) AS last_day,
    SUM(CASE WHEN stage = 'won' THEN 1 ELSE 0 END) AS won,
    SUM(CASE WHEN stage = 'lost' THEN 1 ELSE 0 END) AS lost
FROM leads
WHERE created_day >= CAST($since AS DATE) AND created_day <= CAST($until AS DATE)
GROUP BY system
ORDER BY system
