-- Leads made between two days, by the source that their system or their UTM mark names and by the segment that they name
-- (`cut`): what became of them, and the paid orders that the won ones are. The largest line first.
WITH made AS (
    SELECT * FROM lead_sales WHERE created_day >= CAST($since AS DATE) AND created_day <= CAST($until AS DATE)
),
named AS (
    SELECT 'source' AS cut, source AS name, stage, first_contact_at, revenue, low_currency, high_currency FROM made
    UNION ALL
    SELECT 'segment' AS cut, segment AS name, stage, first_contact_at, revenue, low_currency, high_currency FROM made
)
SELECT
    cut AS cut,
    MIN(TRIM(name)) AS name,
    COUNT(*) AS leads,
    COUNT(first_contact_at) AS contacted,
    SUM(CASE WHEN stage = 'won' THEN 1 ELSE 0 END) AS won,
    SUM(CASE WHEN stage = 'lost' THEN 1 ELSE 0 END) AS lost,
    SUM(CASE WHEN stage = 'won' AND revenue IS NOT NULL THEN 1 ELSE 0 END) AS sales,
    SUM(CASE WHEN stage = 'won' THEN COALESCE(revenue, 0) ELSE 0 END) AS revenue,
    MIN(CASE WHEN stage = 'won' THEN low_currency END) AS low_currency,
    MAX(CASE WHEN stage = 'won' THEN high_currency END) AS high_currency
FROM named
GROUP BY cut, LOWER(TRIM(name))
ORDER BY cut, leads DESC, name
