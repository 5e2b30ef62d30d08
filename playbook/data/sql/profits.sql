-- Paid orders between two days by customer segment, by product group and by channel (`cut`): what they brought, what was
-- given back, and what the goods that stayed with clients cost.
-- Costs are those of the items where all of an order's items have one, else the order's own. `uncosted` is the revenue,
-- after refunds, of orders without a known cost. An order of several products is dealt out by the value of its lines.
-- A channel is the advertising campaign or the source of the lead that became the order, else of the visit that carries
-- the order's number.
WITH sales AS (
    SELECT * FROM orders WHERE basis = 'sale' OR (SELECT COUNT(*) FROM orders WHERE basis = 'sale') = 0
),
ranked_skus AS (
    SELECT
        LOWER(TRIM(sku)) AS name,
        unit_cost,
        currency,
        product_group,
        ROW_NUMBER() OVER (PARTITION BY LOWER(TRIM(sku)) ORDER BY taken DESC, file, line) AS place
    FROM costs
    WHERE sku IS NOT NULL
),
skus AS (
    SELECT name, unit_cost, currency, product_group FROM ranked_skus WHERE place = 1
),
ranked_products AS (
    SELECT
        LOWER(TRIM(product)) AS name,
        unit_cost,
        currency,
        product_group,
        ROW_NUMBER() OVER (PARTITION BY LOWER(TRIM(product)) ORDER BY taken DESC, file, line) AS place
    FROM costs
    WHERE product IS NOT NULL
),
products AS (
    SELECT name, unit_cost, currency, product_group FROM ranked_products WHERE place = 1
),
lines AS (
    SELECT
        items.system AS system,
        items.order_id AS order_id,
        COALESCE(skus.product_group, products.product_group, items.product, items.sku) AS name,
        CAST(COALESCE(items.quantity, 1) AS DOUBLE) * CAST(COALESCE(skus.unit_cost, products.unit_cost) AS DOUBLE) AS cost,
        CAST(COALESCE(items.quantity, 1) AS DOUBLE) * CAST(items.price AS DOUBLE) AS value,
        COALESCE(skus.currency, products.currency) AS currency
    FROM items
    LEFT JOIN skus ON skus.name = LOWER(TRIM(items.sku))
    LEFT JOIN products ON products.name = LOWER(TRIM(items.product))
),
baskets AS (
    SELECT
        system,
        order_id,
        COUNT(*) AS pieces,
        COUNT(cost) AS costed,
        COUNT(value) AS valued,
        SUM(value) AS value,
        SUM(cost) AS cost,
        MIN(currency) AS low_currency,
        MAX(currency) AS high_currency
    FROM lines
    GROUP BY system, order_id
),
paid AS (
    SELECT
        sales.system AS system,
        sales.id AS id,
        sales.lead_id AS lead_id,
        sales.customer AS customer,
        sales.segment AS segment,
        CAST(sales.revenue AS DOUBLE) AS revenue,
        CAST(COALESCE(sales.refund, 0) AS DOUBLE) AS refund,
        CASE
            WHEN sales.revenue > 0 AND sales.refund > 0
                THEN GREATEST(1 - CAST(sales.refund AS DOUBLE) / CAST(NULLIF(sales.revenue, 0) AS DOUBLE), 0)
            ELSE 1
        END AS stayed,
        CAST(sales.direct_costs AS DOUBLE) AS own_cost
    FROM sales
    WHERE sales.stage = 'paid'
        AND COALESCE(sales.created_day, sales.paid_day) >= CAST($since AS DATE)
        AND COALESCE(sales.created_day, sales.paid_day) <= CAST($until AS DATE)
),
costed AS (
    SELECT
        paid.system AS system,
        paid.id AS id,
        paid.lead_id AS lead_id,
        paid.customer AS customer,
        paid.segment AS segment,
        paid.revenue AS revenue,
        paid.refund AS refund,
        CASE WHEN baskets.pieces = baskets.costed THEN baskets.cost * paid.stayed ELSE paid.own_cost END AS cost,
        CASE WHEN baskets.pieces = baskets.costed THEN baskets.low_currency END AS low_currency,
        CASE WHEN baskets.pieces = baskets.costed THEN baskets.high_currency END AS high_currency
    FROM paid
    LEFT JOIN baskets ON baskets.system = paid.system AND baskets.order_id = paid.id
),
campaigns AS (
    SELECT LOWER(TRIM(campaign)) AS mark, MIN(TRIM(campaign)) AS name
    FROM spend
    WHERE campaign IS NOT NULL
    GROUP BY LOWER(TRIM(campaign))
),
of_leads AS (
    SELECT
        leads.system AS system,
        leads.id AS id,
        MIN(leads.segment) AS segment,
        MIN(COALESCE(campaigns.name, leads.source, leads.utm_source)) AS channel
    FROM leads
    LEFT JOIN campaigns ON campaigns.mark = LOWER(TRIM(leads.utm_campaign))
    GROUP BY leads.system, leads.id
),
of_visits AS (
    SELECT
        REPLACE(touches.order_id, '#', '') AS order_id,
        MIN(COALESCE(campaigns.name, touches.utm_source, touches.channel)) AS channel
    FROM touches
    LEFT JOIN campaigns ON campaigns.mark = LOWER(TRIM(touches.utm_campaign))
    WHERE touches.order_id IS NOT NULL
    GROUP BY REPLACE(touches.order_id, '#', '')
),
named AS (
    SELECT 'segment' AS cut, COALESCE(costed.segment, of_leads.segment) AS name,
        costed.customer, costed.id, costed.revenue, costed.refund, costed.cost, costed.low_currency, costed.high_currency
    FROM costed
    LEFT JOIN of_leads ON of_leads.system = costed.system AND of_leads.id = costed.lead_id
    UNION ALL
    SELECT 'channel' AS cut, COALESCE(of_leads.channel, of_visits.channel) AS name,
        costed.customer, costed.id, costed.revenue, costed.refund, costed.cost, costed.low_currency, costed.high_currency
    FROM costed
    LEFT JOIN of_leads ON of_leads.system = costed.system AND of_leads.id = costed.lead_id
    LEFT JOIN of_visits ON of_visits.order_id = REPLACE(costed.id, '#', '')
    UNION ALL
    SELECT 'product' AS cut, lines.name AS name,
        paid.customer, paid.id,
        paid.revenue * CASE WHEN baskets.pieces = 1 THEN 1 ELSE lines.value / NULLIF(baskets.value, 0) END AS revenue,
        paid.refund * CASE WHEN baskets.pieces = 1 THEN 1 ELSE lines.value / NULLIF(baskets.value, 0) END AS refund,
        COALESCE(lines.cost * paid.stayed, CASE WHEN baskets.pieces = 1 THEN paid.own_cost END) AS cost,
        lines.currency AS low_currency, lines.currency AS high_currency
    FROM paid
    JOIN baskets ON baskets.system = paid.system AND baskets.order_id = paid.id
    JOIN lines ON lines.system = paid.system AND lines.order_id = paid.id
    WHERE baskets.pieces = 1 OR (baskets.pieces = baskets.valued AND baskets.value > 0)
    UNION ALL
    SELECT 'product' AS cut, NULL AS name,
        costed.customer, costed.id, costed.revenue, costed.refund, costed.cost, costed.low_currency, costed.high_currency
    FROM costed
    LEFT JOIN baskets ON baskets.system = costed.system AND baskets.order_id = costed.id
    WHERE baskets.pieces IS NULL
        OR (baskets.pieces > 1 AND (baskets.pieces > baskets.valued OR baskets.value <= 0))
)
SELECT
    cut AS cut,
    MIN(TRIM(name)) AS name,
    COUNT(DISTINCT id) AS orders,
    COUNT(DISTINCT customer) AS clients,
    SUM(revenue) AS revenue,
    SUM(refund) AS refund,
    COUNT(cost) AS with_cost,
    SUM(cost) AS cost,
    SUM(CASE WHEN cost IS NULL THEN revenue - refund ELSE 0 END) AS uncosted,
    MIN(low_currency) AS low_currency,
    MAX(high_currency) AS high_currency
FROM named
GROUP BY cut, LOWER(TRIM(name))
ORDER BY cut, revenue DESC, name
