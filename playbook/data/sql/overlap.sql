-- Spend of one campaign given both for a period and for days (or another period) inside it: it would count twice.
SELECT
    one.source AS source,
    one.campaign AS campaign,
    one.day AS one_from,
    one.until AS one_to,
    other.day AS other_from,
    other.until AS other_to
FROM spend AS one
JOIN spend AS other
    ON other.system = one.system
    AND other.source = one.source
    AND COALESCE(other.account, '') = COALESCE(one.account, '')
    AND COALESCE(other.campaign, '') = COALESCE(one.campaign, '')
    AND other.day <= one.until
    AND other.until >= one.day
WHERE one.until > one.day
    AND (other.day <> one.day OR other.until <> one.until)
ORDER BY one.day, other.day, one.campaign
LIMIT 1
