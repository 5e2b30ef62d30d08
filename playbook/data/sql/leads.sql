-- Leads made between two days, by week or month and system. A lead is off-target when its status or reason for
-- refusal says so.
SELECT
    CAST(DATE_TRUNC($grain, created_day) AS DATE) AS period,
    system AS system,
    COUNT(*) AS rows_read,
    MIN(created_day) AS first_day,
    MAX(created_day) AS last_day,
    SUM(CASE WHEN stage = 'won' THEN 1 ELSE 0 END) AS won,
    SUM(CASE WHEN stage = 'lost' THEN 1 ELSE 0 END) AS lost,
    COUNT(COALESCE(source, utm_source)) AS with_source,
    COUNT(status) AS with_status,
    SUM(CASE WHEN stage = 'lost' AND refusal_reason IS NOT NULL THEN 1 ELSE 0 END) AS lost_with_reason,
    SUM(off_target) AS off_target
FROM lead_states
WHERE created_day >= CAST($since AS DATE) AND created_day <= CAST($until AS DATE)
GROUP BY DATE_TRUNC($grain, created_day), system
ORDER BY system, period
