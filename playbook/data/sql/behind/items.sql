-- The lines of paid orders one by one: of which product group, else product, each is, what it was sold for and what it cost.
SELECT
    priced_items.system AS system,
    priced_items.order_id AS order_id,
    named_sales.day AS day,
    priced_items.name AS product_group,
    priced_items.product AS product,
    priced_items.sku AS sku,
    priced_items.quantity AS quantity,
    priced_items.price AS price,
    ROUND(priced_items.cost, 2) AS cost,
    priced_items.currency AS currency,
    priced_items.file AS file,
    priced_items.line AS line
FROM priced_items
JOIN named_sales ON named_sales.system = priced_items.system AND named_sales.id = priced_items.order_id
