-- Leads made between two days by the hour of the week in which they came (0 to 167 from Monday on), the seconds until the
-- first contact, what became of them, and the days that an open one has lain untouched on the last day of its system's data.
-- A system that does not say when a lead was last touched lets only those be called untouched that nobody ever contacted,
-- and none where it does not record first contacts either.
WITH systems AS (
    SELECT
        system AS system,
        COUNT(touched_day) AS touched,
        COUNT(first_contact_at) AS contacted,
        MAX(created_day) AS last_created,
        MAX(COALESCE(closed_day, created_day)) AS last_closed,
        MAX(COALESCE(first_contact_day, created_day)) AS last_contact,
        MAX(COALESCE(touched_day, created_day)) AS last_touch
    FROM leads
    GROUP BY system
),
dated AS (
    SELECT
        leads.*,
        systems.touched AS touched,
        systems.contacted AS contacted,
        GREATEST(systems.last_created, systems.last_closed, systems.last_contact, systems.last_touch) AS last_day,
        GREATEST(
            leads.created_day,
            COALESCE(leads.first_contact_day, leads.created_day),
            COALESCE(leads.touched_day, leads.created_day)
        ) AS touch
    FROM leads
    JOIN systems ON systems.system = leads.system
    WHERE leads.created_day >= CAST($since AS DATE) AND leads.created_day <= CAST($until AS DATE)
),
waited AS (
    SELECT
        CAST(DATE_TRUNC('week', created_day) AS DATE) AS week,
        created_hour AS week_hour,
        waited_seconds AS seconds,
        CASE WHEN first_contact_at IS NULL THEN 0 ELSE 1 END AS contacts,
        stage AS stage,
        CASE
            WHEN stage <> 'open' THEN NULL
            WHEN touched > 0 THEN DATE_DIFF('day', touch, last_day)
            WHEN contacted > 0 AND first_contact_at IS NULL THEN DATE_DIFF('day', created_day, last_day)
            ELSE NULL
        END AS untouched,
        CASE WHEN touched > 0 THEN 1 ELSE 0 END AS touch_known
    FROM dated
)
SELECT
    week AS week,
    week_hour AS week_hour,
    seconds AS seconds,
    stage AS stage,
    untouched AS untouched,
    touch_known AS touch_known,
    SUM(contacts) AS contacted,
    COUNT(*) AS leads
FROM waited
GROUP BY week, week_hour, seconds, stage, untouched, touch_known
ORDER BY week, week_hour, seconds, stage, untouched, touch_known
