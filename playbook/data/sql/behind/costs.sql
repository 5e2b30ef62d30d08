-- What goods cost, a product a row.
SELECT
    product AS product,
    sku AS sku,
    product_group AS product_group,
    unit_cost AS unit_cost,
    currency AS currency,
    file AS file,
    line AS line
FROM costs
