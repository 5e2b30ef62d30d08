-- Spend between two days, by week or month, advertising system, currency and VAT. A row stands in the one it
-- begins in. A total for a period that lies partly outside cannot be split: `cut` counts such rows, `split` those over
-- several weeks or months.
SELECT
    CAST(DATE_TRUNC($grain, day) AS DATE) AS period,
    source AS system,
    currency AS currency,
    vat AS vat,
    COUNT(*) AS rows_read,
    MIN(day) AS first_day,
    MAX(until) AS last_day,
    SUM(CASE WHEN day < CAST($since AS DATE) OR until > CAST($until AS DATE) THEN 1 ELSE 0 END) AS cut,
    SUM(CASE WHEN DATE_TRUNC($grain, until) > DATE_TRUNC($grain, day) THEN 1 ELSE 0 END) AS split,
    SUM(amount) AS amount,
    COUNT(clicks) AS rows_with_clicks,
    SUM(clicks) AS clicks,
    COUNT(impressions) AS rows_with_impressions,
    SUM(impressions) AS impressions
FROM spend
WHERE until >= CAST($since AS DATE) AND day <= CAST($until AS DATE)
GROUP BY DATE_TRUNC($grain, day), source, currency, vat
ORDER BY system, currency, vat, period
