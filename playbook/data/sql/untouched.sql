-- Leads made between two days, by whether they are open, and by the days that an open one has lain untouched on the last day
-- of its system's data.
SELECT
    stage AS stage,
    untouched AS untouched,
    touch_known AS touch_known,
    COUNT(first_contact_at) AS contacted,
    COUNT(*) AS leads
FROM lead_states
WHERE created_day >= CAST($since AS DATE) AND created_day <= CAST($until AS DATE)
GROUP BY stage, untouched, touch_known
ORDER BY stage, untouched, touch_known
