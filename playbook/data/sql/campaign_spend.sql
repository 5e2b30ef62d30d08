-- Spend between two days by advertising system and campaign; a total for a period counts where all of it lies inside.
SELECT source AS source, MIN(TRIM(campaign)) AS campaign, SUM(amount) AS amount
FROM spend
WHERE day >= CAST($since AS DATE) AND until <= CAST($until AS DATE)
GROUP BY source, LOWER(TRIM(campaign))
ORDER BY amount DESC, source, campaign
