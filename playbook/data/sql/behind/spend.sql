-- Spend row by row, as the advertising systems have it.
SELECT
    source AS source,
    account AS account,
    day AS day,
    until AS until,
    campaign AS campaign,
    ad_group AS ad_group,
    ad AS ad,
    amount AS amount,
    currency AS currency,
    vat AS vat,
    clicks AS clicks,
    impressions AS impressions,
    file AS file,
    line AS line
FROM spend
