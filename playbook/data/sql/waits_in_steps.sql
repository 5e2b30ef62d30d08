-- What `waits` gives, with the seconds in steps that grow with them, never less than they were: of a minute up to an hour,
-- of a quarter of an hour up to a day, of an hour up to two weeks, of a day beyond. For so many leads that no page could
-- list each wait.
WITH stepped AS (
    SELECT
        created_hour AS week_hour,
        CASE
            WHEN waited_seconds < 0 THEN -1
            WHEN waited_seconds <= 3600 THEN CAST(CEIL(waited_seconds / 60.0) AS BIGINT) * 60
            WHEN waited_seconds <= 86400 THEN CAST(CEIL(waited_seconds / 900.0) AS BIGINT) * 900
            WHEN waited_seconds <= 1209600 THEN CAST(CEIL(waited_seconds / 3600.0) AS BIGINT) * 3600
            ELSE CAST(CEIL(waited_seconds / 86400.0) AS BIGINT) * 86400
        END AS seconds,
        stage AS stage,
        untouched AS untouched
    FROM lead_states
    WHERE created_day >= CAST($since AS DATE) AND created_day <= CAST($until AS DATE)
)
SELECT
    week_hour AS week_hour,
    seconds AS seconds,
    stage AS stage,
    untouched AS untouched,
    COUNT(*) AS leads
FROM stepped
GROUP BY week_hour, seconds, stage, untouched
ORDER BY week_hour, seconds, stage, untouched
