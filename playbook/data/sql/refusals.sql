-- Lost leads made between two days, by the reason as it was written: how many, and the money of their deals where there is
-- any, by currency. An amount of 0 is no amount. The most frequent reason first, those without one among them.
SELECT
    NULLIF(TRIM(refusal_reason), '') AS reason,
    CASE WHEN deal_amount > 0 THEN currency ELSE NULL END AS currency,
    COUNT(*) AS leads,
    SUM(CASE WHEN deal_amount > 0 THEN 1 ELSE 0 END) AS with_amount,
    SUM(CASE WHEN deal_amount > 0 THEN deal_amount ELSE 0 END) AS amount
FROM leads
WHERE stage = 'lost' AND created_day >= CAST($since AS DATE) AND created_day <= CAST($until AS DATE)
GROUP BY NULLIF(TRIM(refusal_reason), ''), CASE WHEN deal_amount > 0 THEN currency ELSE NULL END
ORDER BY leads DESC, reason, currency
