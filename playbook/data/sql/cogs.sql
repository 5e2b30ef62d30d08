-- What the items of paid orders cost us: by SKU, else by the product's name; the newest cost of each.
-- Only orders all of whose items have a cost are summed. By the week or month of the order.
WITH sales AS (
    SELECT * FROM orders WHERE basis = 'sale' OR (SELECT COUNT(*) FROM orders WHERE basis = 'sale') = 0
),
ranked_skus AS (
    SELECT
        LOWER(TRIM(sku)) AS name,
        unit_cost,
        currency,
        ROW_NUMBER() OVER (PARTITION BY LOWER(TRIM(sku)) ORDER BY taken DESC, file, line) AS place
    FROM costs
    WHERE sku IS NOT NULL
),
skus AS (
    SELECT name, unit_cost, currency FROM ranked_skus WHERE place = 1
),
ranked_products AS (
    SELECT
        LOWER(TRIM(product)) AS name,
        unit_cost,
        currency,
        ROW_NUMBER() OVER (PARTITION BY LOWER(TRIM(product)) ORDER BY taken DESC, file, line) AS place
    FROM costs
    WHERE product IS NOT NULL
),
products AS (
    SELECT name, unit_cost, currency FROM ranked_products WHERE place = 1
),
bought AS (
    SELECT
        items.system AS system,
        items.order_id AS order_id,
        COALESCE(items.quantity, 1) AS quantity,
        COALESCE(skus.unit_cost, products.unit_cost) AS unit_cost,
        COALESCE(skus.currency, products.currency) AS currency
    FROM items
    LEFT JOIN skus ON skus.name = LOWER(TRIM(items.sku))
    LEFT JOIN products ON products.name = LOWER(TRIM(items.product))
),
baskets AS (
    SELECT
        system,
        order_id,
        COUNT(*) AS items,
        COUNT(unit_cost) AS costed_items,
        SUM(quantity) AS units,
        SUM(CASE WHEN unit_cost IS NULL THEN 0 ELSE quantity END) AS costed_units,
        SUM(quantity * unit_cost) AS cost,
        MIN(currency) AS low_currency,
        MAX(currency) AS high_currency
    FROM bought
    GROUP BY system, order_id
)
SELECT
    CAST(DATE_TRUNC($grain, COALESCE(created_day, paid_day)) AS DATE) AS period,
    COUNT(*) AS orders,
    SUM(CASE WHEN items = costed_items THEN 1 ELSE 0 END) AS costed_orders,
    SUM(units) AS units,
    SUM(costed_units) AS costed_units,
    SUM(CASE WHEN items = costed_items THEN cost ELSE 0 END) AS cost,
    SUM(CASE WHEN items = costed_items THEN revenue - COALESCE(refund, 0) ELSE 0 END) AS revenue_net,
    MIN(low_currency) AS low_currency,
    MAX(high_currency) AS high_currency
FROM baskets
JOIN sales ON sales.system = baskets.system AND sales.id = baskets.order_id
WHERE sales.stage = 'paid'
    AND COALESCE(created_day, paid_day) >= CAST($since AS DATE)
    AND COALESCE(created_day, paid_day) <= CAST($until AS DATE)
GROUP BY DATE_TRUNC($grain, COALESCE(created_day, paid_day))
ORDER BY period
