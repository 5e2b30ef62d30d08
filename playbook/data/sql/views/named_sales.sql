-- Paid orders as `sold` has them, with the segment that the order or its lead names, and with the channel they came by: the
-- advertising campaign or the source of the lead that became the order, else of the visit that carries the order's number.
WITH sale_leads AS (
    SELECT
        leads.system AS system,
        leads.id AS id,
        MIN(leads.segment) AS segment,
        MIN(COALESCE(campaign_marks.name, leads.source, leads.utm_source)) AS channel
    FROM leads
    LEFT JOIN campaign_marks ON campaign_marks.mark = LOWER(TRIM(leads.utm_campaign))
    GROUP BY leads.system, leads.id
),
sale_visits AS (
    SELECT
        REPLACE(touches.order_id, '#', '') AS order_id,
        MIN(COALESCE(campaign_marks.name, touches.utm_source, touches.channel)) AS channel
    FROM touches
    LEFT JOIN campaign_marks ON campaign_marks.mark = LOWER(TRIM(touches.utm_campaign))
    WHERE touches.order_id IS NOT NULL
    GROUP BY REPLACE(touches.order_id, '#', '')
)
SELECT
    sold.system AS system,
    sold.id AS id,
    sold.day AS day,
    sold.lead_id AS lead_id,
    sold.customer AS customer,
    COALESCE(sold.segment, sale_leads.segment) AS segment,
    COALESCE(sale_leads.channel, sale_visits.channel) AS channel,
    sold.revenue AS revenue,
    sold.refund AS refund,
    sold.stayed AS stayed,
    sold.own_cost AS own_cost,
    sold.cost AS cost,
    sold.low_currency AS low_currency,
    sold.high_currency AS high_currency,
    sold.pieces AS pieces,
    sold.valued AS valued,
    sold.value AS value
FROM sold
LEFT JOIN sale_leads ON sale_leads.system = sold.system AND sale_leads.id = sold.lead_id
LEFT JOIN sale_visits ON sale_visits.order_id = REPLACE(sold.id, '#', '')
