-- Leads, each with the money of the paid orders that it became; NULL where it became none.
WITH lead_orders AS (
    SELECT
        system AS system,
        lead_id AS lead_id,
        SUM(revenue) AS revenue,
        MIN(currency) AS low_currency,
        MAX(currency) AS high_currency
    FROM orders
    WHERE stage = 'paid' AND lead_id IS NOT NULL
    GROUP BY system, lead_id
)
SELECT
    leads.created_day AS created_day,
    leads.stage AS stage,
    leads.first_contact_at AS first_contact_at,
    COALESCE(leads.source, leads.utm_source) AS source,
    leads.segment AS segment,
    LOWER(TRIM(leads.utm_campaign)) AS campaign,
    lead_orders.revenue AS revenue,
    lead_orders.low_currency AS low_currency,
    lead_orders.high_currency AS high_currency
FROM leads
LEFT JOIN lead_orders ON lead_orders.system = leads.system AND lead_orders.lead_id = leads.id
