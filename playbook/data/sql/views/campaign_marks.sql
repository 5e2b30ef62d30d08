-- Campaigns of the advertising systems by the mark that leads and visits name them by, however it is typed.
SELECT LOWER(TRIM(campaign)) AS mark, MIN(TRIM(campaign)) AS name
FROM spend
WHERE campaign IS NOT NULL
GROUP BY LOWER(TRIM(campaign))
