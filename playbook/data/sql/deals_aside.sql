-- Won deals that are left out of revenue, because a shop or payments say what was sold.
SELECT COUNT(*) AS deals
FROM orders
WHERE basis = 'deal' AND (SELECT COUNT(*) FROM orders WHERE basis = 'sale') > 0
