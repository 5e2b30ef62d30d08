-- Leads made between two days by channel: the advertising campaign that their UTM mark names, else their source; and the
-- won ones of them.
WITH named AS (
    SELECT leads.stage AS stage, COALESCE(campaign_marks.name, leads.source, leads.utm_source) AS name
    FROM leads
    LEFT JOIN campaign_marks ON campaign_marks.mark = LOWER(TRIM(leads.utm_campaign))
    WHERE leads.created_day >= CAST($since AS DATE) AND leads.created_day <= CAST($until AS DATE)
)
SELECT
    MIN(TRIM(name)) AS name,
    COUNT(*) AS leads,
    SUM(CASE WHEN stage = 'won' THEN 1 ELSE 0 END) AS won
FROM named
GROUP BY LOWER(TRIM(name))
ORDER BY leads DESC, name
