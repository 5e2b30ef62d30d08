-- Visits one by one; a visitor is a hash.
SELECT
    system AS system,
    visit_id AS id,
    visited_day AS day,
    visitor AS visitor,
    channel AS channel,
    utm_source AS utm_source,
    utm_medium AS utm_medium,
    utm_campaign AS campaign,
    COALESCE(visits, 1) AS visits,
    order_id AS order_id,
    file AS file,
    line AS line
FROM touches
