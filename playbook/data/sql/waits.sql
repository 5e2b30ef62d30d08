-- Leads made between two days by the hour of the week in which they came (0 to 167 from Monday on), the seconds until the
-- first contact, what became of them, and the days that an open one has lain untouched on the last day of its system's data.
SELECT
    created_hour AS week_hour,
    waited_seconds AS seconds,
    stage AS stage,
    untouched AS untouched,
    COUNT(*) AS leads
FROM lead_states
WHERE created_day >= CAST($since AS DATE) AND created_day <= CAST($until AS DATE)
GROUP BY created_hour, waited_seconds, stage, untouched
ORDER BY week_hour, seconds, stage, untouched
