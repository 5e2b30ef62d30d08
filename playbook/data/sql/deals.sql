-- Deals by how many days they have lasted and whether they are over, as counts: to the day on which they were won or lost,
-- or to the last day of their system's data while they are open. Without such days, or with days that run backwards, a
-- deal's length is not known.
WITH last_days AS (
    SELECT system, MAX(GREATEST(created_day, COALESCE(closed_day, created_day))) AS last_day
    FROM leads
    GROUP BY system
),
dated AS (
    SELECT
        leads.stage IN ('won', 'lost') AS closed,
        DATE_DIFF(
            'day',
            leads.created_day,
            CASE WHEN leads.stage IN ('won', 'lost') THEN leads.closed_day ELSE last_days.last_day END
        ) AS days
    FROM leads
    JOIN last_days ON last_days.system = leads.system
    WHERE leads.created_day >= CAST($since AS DATE) AND leads.created_day <= CAST($until AS DATE)
)
SELECT
    CASE WHEN days >= 0 THEN days ELSE NULL END AS days,
    closed AS closed,
    COUNT(*) AS deals
FROM dated
GROUP BY CASE WHEN days >= 0 THEN days ELSE NULL END, closed
ORDER BY closed, days
