-- How many rows there are in all tables.
SELECT
    (SELECT COUNT(*) FROM spend)
    + (SELECT COUNT(*) FROM touches)
    + (SELECT COUNT(*) FROM leads)
    + (SELECT COUNT(*) FROM orders)
    + (SELECT COUNT(*) FROM items)
    + (SELECT COUNT(*) FROM costs) AS found
