-- Leads made between two days, by week or month, by whether they are open, and by the days that an open one has lain
-- untouched on the last day of its system's data.
WITH lying AS (
    SELECT
        CAST(DATE_TRUNC($grain, created_day) AS DATE) AS period,
        stage AS stage,
        untouched AS untouched,
        touch_known AS touch_known,
        CASE WHEN first_contact_at IS NULL THEN 0 ELSE 1 END AS contacts
    FROM lead_states
    WHERE created_day >= CAST($since AS DATE) AND created_day <= CAST($until AS DATE)
)
SELECT
    period AS period,
    stage AS stage,
    untouched AS untouched,
    touch_known AS touch_known,
    SUM(contacts) AS contacted,
    COUNT(*) AS leads
FROM lying
GROUP BY period, stage, untouched, touch_known
ORDER BY period, stage, untouched, touch_known
