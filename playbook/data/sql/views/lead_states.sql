-- Leads, each with the days that an open one has lain untouched on the last day of its system's data, and whether its status
-- or its reason for refusal calls it off-target.
-- A system that does not say when a lead was last touched lets only those be called untouched that nobody ever contacted,
-- and none where it does not record first contacts either.
WITH lead_systems AS (
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
lead_days AS (
    SELECT
        leads.*,
        LOWER(COALESCE(leads.status, '') || ' ' || COALESCE(leads.refusal_reason, '')) AS words,
        lead_systems.touched AS touched,
        lead_systems.contacted AS contacted,
        GREATEST(
            lead_systems.last_created, lead_systems.last_closed, lead_systems.last_contact, lead_systems.last_touch
        ) AS last_day,
        GREATEST(
            leads.created_day,
            COALESCE(leads.first_contact_day, leads.created_day),
            COALESCE(leads.touched_day, leads.created_day)
        ) AS touch
    FROM leads
    JOIN lead_systems ON lead_systems.system = leads.system
)
SELECT
    lead_days.*,
    CASE
        WHEN stage <> 'open' THEN NULL
        WHEN touched > 0 THEN DATE_DIFF('day', touch, last_day)
        WHEN contacted > 0 AND first_contact_at IS NULL THEN DATE_DIFF('day', created_day, last_day)
        ELSE NULL
    END AS untouched,
    CASE WHEN touched > 0 THEN 1 ELSE 0 END AS touch_known,
    CASE
        WHEN words LIKE '%нецелев%' OR words LIKE '%не целев%' OR words LIKE '%спам%' THEN 1
        WHEN words LIKE '%off-target%' OR words LIKE '%off target%' OR words LIKE '%unqualified%' THEN 1
        WHEN words LIKE '%not qualified%' OR words LIKE '%spam%' THEN 1
        ELSE 0
    END AS off_target
FROM lead_days
