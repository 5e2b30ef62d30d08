-- Spend between two days, by advertising system, currency and VAT.
-- A total for a period that lies partly outside cannot be split: `cut` counts such rows.
SELECT
    source AS source,
    currency AS currency,
    vat AS vat,
    COUNT(*) AS rows_read,
    MIN(day) AS first_day,
    MAX(until) AS last_day,
    SUM(CASE WHEN day < CAST($since AS DATE) OR until > CAST($until AS DATE) THEN 1 ELSE 0 END) AS cut,
    SUM(amount) AS amount,
    COUNT(clicks) AS rows_with_clicks,
    SUM(clicks) AS clicks,
    SUM(impressions) AS impressions
FROM spend
WHERE until >= CAST($since AS DATE) AND day <= CAST($until AS DATE)
GROUP BY source, currency, vat
ORDER BY source, currency, vat
