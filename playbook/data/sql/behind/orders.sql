-- Orders one by one: who bought (as a hash), what it brought and cost, and the channel it came by. `turn` counts the paid
-- orders of a customer from the first one on. Won deals are orders only where no shop and no payments are imported.
WITH sales AS (
    SELECT *, COALESCE(created_day, paid_day) AS day
    FROM orders
    WHERE basis = 'sale' OR (SELECT COUNT(*) FROM orders WHERE basis = 'sale') = 0
)
SELECT
    sales.system AS system,
    sales.id AS id,
    sales.day AS day,
    sales.stage AS stage,
    sales.customer AS customer,
    named_sales.segment AS segment,
    named_sales.channel AS channel,
    sales.lead_id AS lead_id,
    sales.revenue AS revenue,
    sales.discount AS discount,
    sales.refund AS refund,
    ROUND(named_sales.cost, 2) AS cost,
    sales.currency AS currency,
    CASE
        WHEN sales.stage = 'paid' AND sales.customer IS NOT NULL
            THEN ROW_NUMBER() OVER (PARTITION BY sales.stage, sales.customer ORDER BY sales.day, sales.id)
    END AS turn,
    sales.file AS file,
    sales.line AS line
FROM sales
LEFT JOIN named_sales ON named_sales.system = sales.system AND named_sales.id = sales.id
