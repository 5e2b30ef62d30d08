-- Advertising campaigns between two days: what each took, what became of the leads made in these days that name it in
-- their UTM mark, and the paid orders that the won ones are. The one with most leads first.
WITH brought AS (
    SELECT
        campaign AS campaign,
        COUNT(*) AS leads,
        SUM(CASE WHEN stage = 'won' THEN 1 ELSE 0 END) AS won,
        SUM(CASE WHEN stage = 'lost' THEN 1 ELSE 0 END) AS lost,
        SUM(CASE WHEN stage = 'won' AND revenue IS NOT NULL THEN 1 ELSE 0 END) AS sales,
        SUM(CASE WHEN stage = 'won' THEN COALESCE(revenue, 0) ELSE 0 END) AS revenue,
        MIN(CASE WHEN stage = 'won' THEN low_currency END) AS low_currency,
        MAX(CASE WHEN stage = 'won' THEN high_currency END) AS high_currency
    FROM lead_sales
    WHERE campaign IS NOT NULL AND created_day >= CAST($since AS DATE) AND created_day <= CAST($until AS DATE)
    GROUP BY campaign
),
advertised AS (
    SELECT LOWER(TRIM(campaign)) AS campaign, MIN(TRIM(campaign)) AS name, SUM(amount) AS amount
    FROM spend
    WHERE day >= CAST($since AS DATE) AND until <= CAST($until AS DATE) AND campaign IS NOT NULL
    GROUP BY LOWER(TRIM(campaign))
)
SELECT
    advertised.name AS name,
    advertised.amount AS amount,
    COALESCE(brought.leads, 0) AS leads,
    COALESCE(brought.won, 0) AS won,
    COALESCE(brought.lost, 0) AS lost,
    COALESCE(brought.sales, 0) AS sales,
    COALESCE(brought.revenue, 0) AS revenue,
    brought.low_currency AS low_currency,
    brought.high_currency AS high_currency
FROM advertised
LEFT JOIN brought ON brought.campaign = advertised.campaign
ORDER BY leads DESC, name
