-- Leads made between two days by the hour of the week in which they came (0 to 167 from Monday on), the seconds until the
-- first contact, what became of them, and the days that an open one has lain untouched on the last day of its system's data.
WITH waited AS (
    SELECT
        CAST(DATE_TRUNC($grain, created_day) AS DATE) AS period,
        created_hour AS week_hour,
        waited_seconds AS seconds,
        CASE WHEN first_contact_at IS NULL THEN 0 ELSE 1 END AS contacts,
        stage AS stage,
        untouched AS untouched,
        touch_known AS touch_known
    FROM lead_states
    WHERE created_day >= CAST($since AS DATE) AND created_day <= CAST($until AS DATE)
)
SELECT
    period AS period,
    week_hour AS week_hour,
    seconds AS seconds,
    stage AS stage,
    untouched AS untouched,
    touch_known AS touch_known,
    SUM(contacts) AS contacted,
    COUNT(*) AS leads
FROM waited
GROUP BY period, week_hour, seconds, stage, untouched, touch_known
ORDER BY period, week_hour, seconds, stage, untouched, touch_known
