-- Leads made between two days, by the source their system or their UTM mark names: what became of them, and the paid
-- orders that the won ones are. The largest source first.
WITH sold AS (
    SELECT
        system AS system,
        lead_id AS lead_id,
        SUM(revenue) AS revenue,
        MIN(currency) AS low_currency,
        MAX(currency) AS high_currency
    FROM orders
    WHERE stage = 'paid' AND lead_id IS NOT NULL
    GROUP BY system, lead_id
),
named AS (
    SELECT system, id, stage, first_contact_at, COALESCE(source, utm_source) AS source
    FROM leads
    WHERE created_day >= CAST($since AS DATE) AND created_day <= CAST($until AS DATE)
)
SELECT
    named.source AS source,
    COUNT(*) AS leads,
    COUNT(named.first_contact_at) AS contacted,
    SUM(CASE WHEN named.stage = 'won' THEN 1 ELSE 0 END) AS won,
    SUM(CASE WHEN named.stage = 'lost' THEN 1 ELSE 0 END) AS lost,
    SUM(CASE WHEN named.stage = 'won' AND sold.revenue IS NOT NULL THEN 1 ELSE 0 END) AS sales,
    SUM(CASE WHEN named.stage = 'won' THEN COALESCE(sold.revenue, 0) ELSE 0 END) AS revenue,
    MIN(CASE WHEN named.stage = 'won' THEN sold.low_currency END) AS low_currency,
    MAX(CASE WHEN named.stage = 'won' THEN sold.high_currency END) AS high_currency
FROM named
LEFT JOIN sold ON sold.system = named.system AND sold.lead_id = named.id
GROUP BY named.source
ORDER BY leads DESC, source
