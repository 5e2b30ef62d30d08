-- Leads one by one: what each says of itself, how long it waited for a first word, how long it has lain untouched.
SELECT
    system AS system,
    id AS id,
    created_day AS day,
    closed_day AS closed_day,
    stage AS stage,
    status AS status,
    refusal_reason AS reason,
    COALESCE(source, utm_source) AS source,
    utm_campaign AS campaign,
    segment AS segment,
    deal_amount AS deal_amount,
    currency AS currency,
    CASE WHEN waited_seconds >= 0 THEN ROUND(waited_seconds / 60.0, 1) END AS waited_minutes,
    untouched AS untouched_days,
    CASE WHEN first_contact_at IS NULL THEN 0 ELSE 1 END AS contacted,
    off_target AS off_target,
    file AS file,
    line AS line
FROM lead_states
