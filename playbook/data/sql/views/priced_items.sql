-- Items of orders with what they cost us: by SKU, else by the product's name; the newest cost of each, and its group.
WITH ranked_skus AS (
    SELECT
        LOWER(TRIM(sku)) AS name,
        unit_cost,
        currency,
        product_group,
        ROW_NUMBER() OVER (PARTITION BY LOWER(TRIM(sku)) ORDER BY taken DESC, file, line) AS place
    FROM costs
    WHERE sku IS NOT NULL
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
)
SELECT
    items.system AS system,
    items.order_id AS order_id,
    items.product AS product,
    items.sku AS sku,
    items.quantity AS quantity,
    items.price AS price,
    items.file AS file,
    items.line AS line,
    COALESCE(skus.product_group, products.product_group, items.product, items.sku) AS name,
    CAST(COALESCE(items.quantity, 1) AS DOUBLE) * CAST(COALESCE(skus.unit_cost, products.unit_cost) AS DOUBLE) AS cost,
    CAST(COALESCE(items.quantity, 1) AS DOUBLE) * CAST(items.price AS DOUBLE) AS value,
    COALESCE(skus.currency, products.currency) AS currency
FROM items
LEFT JOIN ranked_skus AS skus ON skus.name = LOWER(TRIM(items.sku)) AND skus.place = 1
LEFT JOIN ranked_products AS products ON products.name = LOWER(TRIM(items.product)) AND products.place = 1
