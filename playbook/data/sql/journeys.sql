-- Paths of visits to a sale, or to nothing, each with how many people went it. A visit that carries the number of an order
-- ends a journey; where none does, a paid order of a customer who is also a visitor does. Of a journey count the last eight
-- visits of the last ninety days. `all_sold` and `all_people` are those of every path, also of the rare ones left out.
-- Journeys are numbered from a visitor's last visit back: those of journey 0 led to nothing, most have no other, and so the
-- second window is over the few that sold.
WITH buyers AS (
    SELECT customer AS visitor, COALESCE(paid_at, created_at) AS moment, id AS tie
    FROM orders
    WHERE stage = 'paid'
        AND customer IN (SELECT visitor FROM touches WHERE visitor IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM touches WHERE order_id IS NOT NULL)
),
events AS (
    SELECT
        visitor AS visitor,
        visited_at AS moment,
        0 AS kind,
        COALESCE(visit_id, '') AS tie,
        CASE
            WHEN utm_source IS NOT NULL AND utm_medium IS NOT NULL THEN CONCAT(utm_source, ' / ', utm_medium)
            ELSE COALESCE(utm_source, channel)
        END AS channel,
        CASE WHEN order_id IS NOT NULL THEN 1 ELSE 0 END AS sold
    FROM touches
    WHERE visitor IS NOT NULL AND visited_day >= CAST($since AS DATE) AND visited_day <= CAST($until AS DATE)
    UNION ALL
    SELECT visitor AS visitor, moment AS moment, 1 AS kind, tie AS tie, NULL AS channel, 1 AS sold
    FROM buyers
    WHERE CAST(moment AS DATE) >= CAST($since AS DATE) AND CAST(moment AS DATE) <= CAST($until AS DATE)
),
numbered AS (
    SELECT
        events.*,
        SUM(sold) OVER (
            PARTITION BY visitor ORDER BY moment DESC, kind DESC, tie DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS journey,
        ROW_NUMBER() OVER (
            PARTITION BY visitor ORDER BY moment DESC, kind DESC, tie DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS place,
        MAX(moment) OVER (
            PARTITION BY visitor ORDER BY moment DESC, kind DESC, tie DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS last_moment
    FROM events
),
placed AS (
    SELECT
        visitor,
        journey,
        kind,
        channel,
        0 AS sold,
        DATE_DIFF('day', CAST(moment AS DATE), CAST(last_moment AS DATE)) AS days,
        place
    FROM numbered
    WHERE journey = 0
    UNION ALL
    SELECT
        visitor,
        journey,
        kind,
        channel,
        1 AS sold,
        DATE_DIFF(
            'day', CAST(moment AS DATE), CAST(MAX(moment) OVER (PARTITION BY visitor, journey) AS DATE)
        ) AS days,
        ROW_NUMBER() OVER (PARTITION BY visitor, journey ORDER BY kind, moment DESC, tie DESC) AS place
    FROM numbered
    WHERE journey > 0
),
paths AS (
    SELECT
        visitor,
        journey,
        MAX(sold) AS sold,
        MAX(CASE WHEN place = 8 THEN channel END) AS c8,
        MAX(CASE WHEN place = 7 THEN channel END) AS c7,
        MAX(CASE WHEN place = 6 THEN channel END) AS c6,
        MAX(CASE WHEN place = 5 THEN channel END) AS c5,
        MAX(CASE WHEN place = 4 THEN channel END) AS c4,
        MAX(CASE WHEN place = 3 THEN channel END) AS c3,
        MAX(CASE WHEN place = 2 THEN channel END) AS c2,
        MAX(CASE WHEN place = 1 THEN channel END) AS c1,
        MAX(CASE WHEN place = 8 THEN days END) AS d8,
        MAX(CASE WHEN place = 7 THEN days END) AS d7,
        MAX(CASE WHEN place = 6 THEN days END) AS d6,
        MAX(CASE WHEN place = 5 THEN days END) AS d5,
        MAX(CASE WHEN place = 4 THEN days END) AS d4,
        MAX(CASE WHEN place = 3 THEN days END) AS d3,
        MAX(CASE WHEN place = 2 THEN days END) AS d2,
        MAX(CASE WHEN place = 1 THEN days END) AS d1
    FROM placed
    WHERE kind = 0 AND days <= 90 AND place <= 8
    GROUP BY visitor, journey
),
counted AS (
    SELECT
        c8, c7, c6, c5, c4, c3, c2, c1,
        SUM(sold) AS sold,
        COUNT(*) - SUM(sold) AS nulls,
        AVG(d8) AS d8, AVG(d7) AS d7, AVG(d6) AS d6, AVG(d5) AS d5,
        AVG(d4) AS d4, AVG(d3) AS d3, AVG(d2) AS d2, AVG(d1) AS d1
    FROM paths
    GROUP BY c8, c7, c6, c5, c4, c3, c2, c1
)
SELECT
    counted.*,
    SUM(sold) OVER () AS all_sold,
    SUM(sold + nulls) OVER () AS all_people
FROM counted
ORDER BY sold DESC, nulls DESC, c1, c2, c3, c4, c5, c6, c7, c8
LIMIT 2000
