-- Advertising campaigns between two days: what each took, what became of the leads made in these days that name it in
-- their UTM mark, and the paid orders that the won ones are. The one with most leads first.
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
    SELECT system, id, stage, LOWER(TRIM(utm_campaign)) AS campaign
    FROM leads
    WHERE created_day >= CAST($since AS DATE) AND created_day <= CAST($until AS DATE) AND utm_campaign IS NOT NULL
),
brought AS (
    SELECT
        named.campaign AS campaign,
        COUNT(*) AS leads,
        SUM(CASE WHEN named.stage = 'won' THEN 1 ELSE 0 END) AS won,
        SUM(CASE WHEN named.stage = 'lost' THEN 1 ELSE 0 END) AS lost,
        SUM(CASE WHEN named.stage = 'won' AND sold.revenue IS NOT NULL THEN 1 ELSE 0 END) AS sales,
        SUM(CASE WHEN named.stage = 'won' THEN COALESCE(sold.revenue, 0) ELSE 0 END) AS revenue,
        MIN(CASE WHEN named.stage = 'won' THEN sold.low_currency END) AS low_currency,
        MAX(CASE WHEN named.stage = 'won' THEN sold.high_currency END) AS high_currency
    FROM named
    LEFT JOIN sold ON sold.system = named.system AND sold.lead_id = named.id
    GROUP BY named.campaign
),
paid AS (
    SELECT LOWER(TRIM(campaign)) AS campaign, MIN(TRIM(campaign)) AS name, SUM(amount) AS amount
    FROM spend
    WHERE day >= CAST($since AS DATE) AND until <= CAST($until AS DATE) AND campaign IS NOT NULL
    GROUP BY LOWER(TRIM(campaign))
)
SELECT
    paid.name AS name,
    paid.amount AS amount,
    COALESCE(brought.leads, 0) AS leads,
    COALESCE(brought.won, 0) AS won,
    COALESCE(brought.lost, 0) AS lost,
    COALESCE(brought.sales, 0) AS sales,
    COALESCE(brought.revenue, 0) AS revenue,
    brought.low_currency AS low_currency,
    brought.high_currency AS high_currency
FROM paid
LEFT JOIN brought ON brought.campaign = paid.campaign
ORDER BY leads DESC, name
